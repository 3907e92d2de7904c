import { describe } from 'vitest'
import { check, redis } from './cases.ts'

const head = 'import environ\nenv = environ.Env(DEBUG=(bool, False))\n'

describe('django-environ', () => {
  check([
    {
      name: 'an object that is no URL makes a config that is not known',
      source: `import environ, os
A = environ.Env.cache_url_config(os.environ)
B = environ.Env.db_url_config(environ.Path('/x'))`,
      gives: { A: '<?>', B: '<?>' },
    },
    {
      name: 'asks one question about a flag, not one per word',
      source: `${head}D = env("DEBUG")\nB = env.bool("B")`,
      env: { DEBUG: '?', B: '?' },
      gives: {
        D: 'False when DEBUG reads as false | True when DEBUG reads as true',
        B: 'False when B reads as false | True when B reads as true',
      },
      requires: ['B'],
    },
    {
      name: 'keeps the type of what it cannot know',
      source: `${head}H = env.list("H", default=["a"])\nN = env.int("N", default=1)\nJ = env.json("J", default={})`,
      env: { H: '?', N: '?', J: '?' },
      gives: {
        H: "['a'] when H is unset | […] when H is set",
        N: '1 when N is unset | <N> when N is set',
        J: '{} when J is unset | <J> when J is set',
      },
    },
    {
      name: 'reads the URLs of add-ons',
      source: `${head}C = env.cache("REDIS_URL")\nL = env.channels("REDIS_URL")\nD = env.db()["ENGINE"]`,
      gives: {
        C: `{'BACKEND': 'django_redis.cache.RedisCache', 'LOCATION': '${redis}'}`,
        L: `{'BACKEND': 'channels_redis.core.RedisChannelLayer', 'CONFIG': {'hosts': ['${redis}']}}`,
        D: "'django.db.backends.postgresql'",
      },
    },
    {
      name: 'raises for a variable that is not set',
      source: `${head}S = env("SECRET_KEY")`,
      raises: 'ImproperlyConfigured: Set the SECRET_KEY environment variable',
    },
    {
      name: 'before 0.5 knows no rediss cache',
      source: `${head}C = env.cache("REDIS_URL")`,
      versions: { 'django-environ': '0.4.5' },
      raises: "KeyError: 'rediss'",
    },
    {
      name: 'reads a .env that is on the dyno',
      source: `${head}environ.Env.read_env("/app/.env")\nA = env("A")`,
      files: { '.env': 'A=1\n' },
      env: { A: '?' },
      gives: { A: "'1' when A is unset | '<A>' when A is set" },
    },
    {
      name: 'passes over a .env that git does not carry',
      source: `${head}environ.Env.read_env("/app/.env")\nA = env("A", default="none")`,
      files: { '.env': 'A=1\n' },
      isPresent: (path) => path !== '.env',
      gives: { A: "'none'" },
    },
    {
      name: 'joins paths',
      source: 'import environ\nroot = environ.Path(__file__) - 1\nA = root("a", "b")\nB = str(root.path("c"))',
      gives: { A: "'/app/a/b'", B: "'/app/c'" },
    },
  ])
})
