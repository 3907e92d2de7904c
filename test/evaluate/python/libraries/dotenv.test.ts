import { describe } from 'vitest'
import { check } from './cases.ts'

const source = 'import os\nfrom dotenv import load_dotenv\nload_dotenv()\nA = os.environ.get("A")\n'

describe('python-dotenv', () => {
  check([
    {
      name: 'sets what the environment lacks',
      source,
      files: { '.env': 'A=1\n' },
      env: { A: '?' },
      gives: { A: "'1' when A is unset | '<A>' when A is set" },
    },
    {
      name: 'overrides it when told to',
      source: source.replace('load_dotenv()', 'load_dotenv(override=True)'),
      files: { '.env': 'A=1\n' },
      env: { A: '?' },
      gives: { A: "'1'" },
    },
    {
      name: 'does nothing when git does not carry the file',
      source,
      files: { '.env': 'A=1\n' },
      env: { A: '?' },
      isPresent: (path) => path !== '.env',
      gives: { A: "None when A is unset | '<A>' when A is set" },
    },
    {
      name: 'django-dotenv reads beside the caller',
      source: 'import dotenv, os\ndotenv.read_dotenv()\nA = os.environ.get("A")',
      files: { '.env': 'A=1\n' },
      gives: { A: "'1'" },
    },
  ])
})
