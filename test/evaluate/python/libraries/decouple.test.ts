import { describe } from 'vitest'
import { check } from './cases.ts'

const head = 'from decouple import config, Csv\n'

describe('python-decouple', () => {
  check([
    {
      name: 'asks one question about a flag',
      source: `${head}D = config("DEBUG", default=False, cast=bool)`,
      env: { DEBUG: '?' },
      gives: { D: 'False when DEBUG reads as false | True when DEBUG reads as true' },
    },
    {
      name: 'keeps the type of what it cannot know',
      source: `${head}H = config("H", default="a, b", cast=Csv())\nN = config("N", default=5, cast=int)`,
      env: { H: '?', N: '?' },
      gives: {
        H: "['a', 'b'] when H is unset | […] when H is set",
        N: '5 when N is unset | <N> when N is set',
      },
    },
    {
      name: 'requires a variable without default',
      source: `${head}S = config("SECRET_KEY")`,
      env: { SECRET_KEY: '?' },
      gives: { S: "'<SECRET_KEY>'" },
      requires: ['SECRET_KEY'],
    },
    {
      name: 'raises when it is not set',
      source: `${head}S = config("SECRET_KEY")`,
      raises: 'UndefinedValueError: SECRET_KEY not found. Declare it as envvar or define a default value.',
    },
    {
      name: 'refuses a word it does not know',
      source: `${head}D = config("DEBUG", cast=bool)`,
      env: { DEBUG: 'maybe' },
      raises: 'ValueError: Invalid truth value: maybe',
    },
    {
      name: 'finds settings.ini before .env, from the caller upwards',
      source: 'from app.inner import A, B',
      files: {
        'app/__init__.py': '',
        'app/inner.py': 'from decouple import config\nA = config("a")\nB = config("B", default="none")',
        'settings.ini': '[settings]\nA = ini %%\n',
        '.env': 'A=env\nB=env\n',
      },
      gives: { A: "'ini %'", B: "'none'" },
    },
    {
      name: 'passes over a .env that git does not carry',
      source: `${head}A = config("A", default="none")`,
      files: { '.env': 'A=1\n' },
      isPresent: (path) => path !== '.env',
      gives: { A: "'none'" },
    },
  ])
})
