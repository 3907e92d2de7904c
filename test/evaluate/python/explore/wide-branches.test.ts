import { describe, expect, it } from 'vitest'
import { entryOf, plain } from '../../../../src/evaluate/python/value.ts'
import { redisUrl, run, show } from '../run.ts'

/** Branches that change names which cannot be read off them: both sides must be explored all the same. */
const cases: readonly [string, Readonly<Record<string, string>>, Readonly<Record<string, string>>][] = [
  [
    'a star-import',
    {
      'settings.py': "import os\nLAYER = 'memory'\nif os.environ.get('X'):\n    from prod import *\nURL = LAYER + '!'",
      'prod.py': "LAYER = 'redis'\nNEW = 1",
    },
    {
      LAYER: "'memory' when X is unset | 'redis' when X is set",
      URL: "'memory!' when X is unset | 'redis!' when X is set",
      NEW: '1 when X is set | - when X is unset',
    },
  ],
  [
    'a star-import in a module that is imported',
    {
      'settings.py': 'import base\nfrom base import *\nURL = base.LAYER',
      'base.py': "import os\nLAYER = 'memory'\nif os.environ.get('X'):\n    from prod import *",
      'prod.py': "LAYER = 'redis'",
    },
    {
      LAYER: "'memory' when X is unset | 'redis' when X is set",
      URL: "'memory' when X is unset | 'redis' when X is set",
    },
  ],
  [
    'globals() and locals()',
    {
      'settings.py':
        "import os\nA = 1\nB = 1\nif os.environ.get('X'):\n    globals().update(A=2)\nif os.environ.get('Y'):\n    locals()['B'] = 2",
    },
    {
      A: '1 when X is unset | 2 when X is set',
      B: '1 when Y is unset | 2 when Y is set',
    },
  ],
  [
    'a function that binds globals',
    {
      'settings.py':
        "import os\nA = 1\ndef production():\n    global A\n    A = 2\nif os.environ.get('X'):\n    production()",
    },
    { A: '1 when X is unset | 2 when X is set' },
  ],
  [
    'a library that is given the namespace',
    {
      'settings.py':
        "import os\nimport django_heroku\nALLOWED_HOSTS = []\nif os.environ.get('X'):\n    django_heroku.settings(locals(), databases=False, test_runner=False, staticfiles=False, logging=False)",
    },
    { ALLOWED_HOSTS: "[] when X is unset | ['*'] when X is set" },
  ],
  [
    'the environment',
    {
      'settings.py':
        "import os\nif os.environ.get('X'):\n    os.environ['Y'] = 'a'\nif os.environ.get('Z'):\n    os.environ.setdefault('W', 'b')\nA = os.environ.get('Y')\nB = os.environ.get('W', '')",
    },
    { A: "None when X is unset | 'a' when X is set", B: "'' when Z is unset | 'b' when Z is set" },
  ],
]

describe('both sides of a branch that binds what it does not name', () => {
  it.each(cases)('%s', (_, files, expected) => {
    const env = { X: '?', Z: '?', ...(JSON.stringify(files).includes("'Y'] = ") ? {} : { Y: '?' }) }
    const evaluation = run(files, { env, packages: () => 'installed' })
    const shown = Object.fromEntries(Object.keys(expected).map((name) => [name, show(evaluation, name)]))
    expect(shown).toEqual(expected)
    expect(evaluation.names()).not.toContain('*')
  })
})

describe('what a module requires', () => {
  it('is nothing where it raises whatever is set', () => {
    const source =
      "import os\nif os.environ.get('KIND', 'a') == 'a':\n    A = Missing()\nelse:\n    raise NotImplementedError()"
    const evaluation = run(source, { env: { KIND: '?' } })
    expect(evaluation.certainCrash).toBeDefined()
    expect(evaluation.required).toEqual([])
  })
})

describe('a branch whose details rest on more config vars than can be combined', () => {
  const source = [
    'import os',
    "engine = os.environ.get('ENGINE')",
    'if engine is None:',
    "    engine = 'postgresql' if 'HOST' in os.environ else 'sqlite'",
    "if engine == 'sqlite':",
    "    conf = {'ENGINE': 'sqlite3', 'NAME': 'db.sqlite3'}",
    "elif engine == 'postgresql':",
    "    conf = {'ENGINE': 'postgresql', 'HOST': os.getenv('HOST'), 'NAME': os.getenv('NAME', 'x')}",
    "    conf.update(USER=os.getenv('USER', 'x'), PASSWORD=os.getenv('PASS', 'x'), OPTIONS={'sslmode': os.getenv('MODE'), 'sslrootcert': os.getenv('CA'), 'sslcert': os.getenv('CERT'), 'sslkey': os.getenv('KEY')})",
    'else:',
    "    conf = {'ENGINE': 'mysql', 'HOST': os.getenv('HOST'), 'NAME': os.getenv('NAME', 'x')}",
    "    conf.update(USER=os.getenv('USER', 'x'), PASSWORD=os.getenv('PASS', 'x'), OPTIONS={'ssl_mode': os.getenv('MODE'), 'ssl': {'ca': os.getenv('CA'), 'cert': os.getenv('CERT'), 'key': os.getenv('KEY')}})",
    "if os.getenv('TIMEOUT') is not None:",
    "    conf['CONN_MAX_AGE'] = 60",
    "DATABASES = {'default': conf}",
  ].join('\n')

  const names = ['ENGINE', 'HOST', 'NAME', 'USER', 'PASS', 'MODE', 'CA', 'CERT', 'KEY', 'TIMEOUT']
  const others = ['A', 'B'].map((name) => Array.from({ length: 149 }, (_, i) => `${name}_${i}`))
  const lists = others.map((all, i) => `LIST_${i} = [${all.map((name) => `os.getenv('${name}')`).join(', ')}]`)

  it.each([
    ['alone', source],
    ['beside lists that take up the runs', source.replace('import os', ['import os', ...lists].join('\n'))],
  ])('has no detail of which only one side was tried: %s', (_, text) => {
    const evaluation = run(text, { env: Object.fromEntries([...names, ...others.flat()].map((name) => [name, '?'])) })
    const found = evaluation.get('DATABASES')?.alternatives ?? []
    const engines = found.map(({ value }) => plain(entryOf(entryOf(value, 'default')?.value, 'ENGINE')?.value))
    expect(new Set(engines)).toEqual(new Set(['sqlite3', 'postgresql', 'mysql']))
    for (const { value, when } of found) {
      const database = entryOf(value, 'default')?.value
      const told = when.map(({ text }) => text.en)
      if (entryOf(database, 'HOST')?.value.type === 'none') expect(told).toContain('HOST is unset')
      if (plain(entryOf(database, 'USER')?.value) === 'x') expect(told).toContain('USER is unset')
    }
  })
})

describe('a value that rests on more config vars than can be combined', () => {
  const source = `import os
ON = ('1', 'true', 'yes')
SHARED = os.environ.get('REDIS_URL')
EAGER = os.environ.get('EAGER', '').lower() in ON
CACHE = os.environ.get('CACHE_URL') or SHARED
CHANNEL = os.environ.get('CHANNEL_URL') or SHARED
FORCED = os.environ.get('FORCED', '').lower() in ON
DEBUG = os.environ.get('DEBUG', '').lower() in ON
if not EAGER:
    import json as client
if CACHE.startswith('redis://'):
    import json as client
used = False
if FORCED:
    pass
elif CHANNEL.startswith('redis://'):
    try:
        client.dumps({})
        if os.environ.get('MODERN', '').lower() in ON:
            used = True
        elif os.environ.get('OLD', '').lower() in ON or DEBUG:
            used = True
    except Exception:
        pass
if used:
    LAYER = {'default': {'BACKEND': 'redis', 'URL': CHANNEL}}
else:
    LAYER = {'default': {'BACKEND': 'memory'}}`

  it('is known in the cases that the first questions tell apart', () => {
    const names = ['EAGER', 'CACHE_URL', 'CHANNEL_URL', 'FORCED', 'DEBUG', 'MODERN', 'OLD']
    const env = { REDIS_URL: redisUrl, ...Object.fromEntries(names.map((name) => [name, '?'])) }
    const found = run(source, { env }).get('LAYER')?.alternatives ?? []
    const told = found.map(({ value, when }) => {
      const backend = plain(entryOf(entryOf(value, 'default')?.value, 'BACKEND')?.value)
      return `${backend} when ${when.map(({ text }) => text.en).join(' and ')}`
    })
    expect(told[0]).toBe('memory when CHANNEL_URL is unset')
    const isPlain = '`CHANNEL_URL.startswith("redis://")` is true'
    for (const one of told)
      expect(one.startsWith('redis ')).toBe(one.includes(isPlain) && one.includes('MODERN.lower() is one'))
  })
})
