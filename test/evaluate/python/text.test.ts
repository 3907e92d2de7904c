import { describe, expect, it } from 'vitest'
import { redisUrl, run, show } from './run.ts'

const url = 'rediss://:<REDIS_URL.password>@<REDIS_URL.host>:<REDIS_URL.port>'

/** What an expression over `u` (a Redis URL of known shape) or `v` (a text nobody knows) is worth. */
const cases: readonly (readonly [string, string])[] = [
  ['u', `'${url}'`],
  ["u + '/0'", `'${url}/0'`],
  ["f'{u}/1'", `'${url}/1'`],
  ["'%s/2' % u", `'${url}/2'`],
  ["'{}/3'.format(u)", `'${url}/3'`],
  ["'/'.join([u, '4'])", `'${url}/4'`],
  ["u.startswith('rediss://')", 'True'],
  ["u.startswith('redis://')", 'False'],
  ["u.startswith(('redis://', 'rediss://'))", 'True'],
  ["u.endswith('/')", 'False'],
  ["u.replace('rediss://', 'redis://')", `'${url.replace('rediss', 'redis')}'`],
  ["u.replace('redis://', 'rediss://')", `'${url}'`],
  ["u.split('://')[0]", "'rediss'"],
  ["u.split('@')[1]", "'<REDIS_URL.host>:<REDIS_URL.port>'"],
  ["u.split('@')[-1].split(':')[0]", "'<REDIS_URL.host>'"],
  ["u.split(':')[-1]", "'<REDIS_URL.port>'"],
  ["u.rsplit(':', 1)[1]", "'<REDIS_URL.port>'"],
  ["u.partition('://')[0]", "'rediss'"],
  ['u[:6]', "'rediss'"],
  ['u[8:]', `'//${url.slice(9)}'`.replace('//', '/')],
  ["'ssl' in u", "False when `'ssl' in u` is false | True when `'ssl' in u` is true"],
  ["'rediss' in u", 'True'],
  ["'?' in u", 'False'],
  ["'' in ''", 'True'],
  ["'' in v", 'True'],
  ["'a' in ''", 'False'],
  ["u == ''", 'False'],
  ["u == 'redis://localhost:6379'", 'False'],
  ['u == u', 'True'],
  ['bool(u)', 'True'],
  ['not u', 'False'],
  ["u or 'x'", `'${url}'`],
  ["u.strip('/')", `'${url}'`],
  ['u.strip()', `'${url}'`],
  ["u.rstrip('/')", `'${url}'`],
  ['u.upper()[:6]', "'REDISS'"],
  ["[x for x in [u, ''] if x]", `['${url}']`],
  ["{'default': u}['default']", `'${url}'`],
  ['(u,)[0] is u', 'True'],
  ['u is None', 'False'],
  ['isinstance(u, str)', 'True'],
  ['type(u) is str', 'True'],
  ['len(u)', '<?>'],
  ['str(u)', `'${url}'`],
  ['v', "'<V>'"],
  ['v.strip()', "'<V.strip()>'"],
  ["v.lower() == 'on'", 'False when V.lower() is not "on" | True when V.lower() is "on"'],
  ["v.startswith('redis')", 'False when `V.startswith("redis")` is false | True when `V.startswith("redis")` is true'],
  ["'https://' + v", "'https://<V>'"],
  ["('https://' + v).startswith('https')", 'True'],
  ["('https://' + v) == 'http://x'", 'False'],
  ["('https://' + v) == 'https://x'", 'False when V is not "x" | True when V is "x"'],
  ["v.split(',')", '[…]'],
  ["[h.strip() for h in v.split(',')]", '[…]'],
  ["['a'] + v.split(',')", "['a', …]"],
  ["['a', *v.split(',')]", "['a', …]"],
  ["','.join(v.split(','))", "'<settings.py:"],
  ['v[:32]', "'<V[:32]>'"],
  ['v[0]', "'<V[0]>'"],
  ["f'{v!r}'", '"\'<V>\'"'],
  ['int(v)', '<V>'],
  ['int(v) + 1', '<V>'],
  ["f'{int(v)}'", "'<settings.py:"],
  ['int(v) == 5', 'False when `int(v) == 5` is false | True when `int(v) == 5` is true'],
  ["v in ['a', 'b']", 'False when V is none of "a", "b" | True when V is one of "a", "b"'],
  ['v.isdigit()', 'False when `V.isdigit()` is false | True when `V.isdigit()` is true'],
  ['v * 2', "'<V><V>'"],
  ['v == v * 1', 'True'],
  ["v + 'a' == v + 'b'", 'False'],
  ['p', "'<PORT>'"],
  ['p.isdigit()', 'True'],
  ["p == 'abc'", 'False'],
  ["'a' in p", 'False'],
  ["p.split(',')", "['<PORT>']"],
]

describe('text of which parts are not known', () => {
  it.each(cases)('%s', (expression, expected) => {
    const source = `import os\nu = os.environ['REDIS_URL']\nv = os.environ['V']\np = os.environ['PORT']\nX = ${expression}`
    const port = [{ name: 'PORT', variable: 'PORT', chars: 'digits' as const, nonEmpty: true }]
    const shown = show(run(source, { env: { REDIS_URL: redisUrl, V: 'set?', PORT: port } }), 'X')
    if (expected.endsWith(':')) expect(shown.startsWith(expected)).toBe(true)
    else expect(shown).toBe(expected)
  })

  it('takes a text for what an earlier answer says it is', () => {
    const source =
      "import os\nv = os.environ['V']\nX = 0\nif v == 'b':\n    X = ['a', 'b'].index(v) if v in ('a', 'b') else 9"
    expect(show(run(source, { env: { V: 'set?' } }), 'X')).toBe('0 when V is not "b" | 1 when V is "b"')
  })
})
