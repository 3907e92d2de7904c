import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSession } from '../../../src/evaluate/python/evaluate.ts'
import { runOnce } from '../../../src/evaluate/python/explore/outcome.ts'
import { toJson } from '../../../src/evaluate/python/json.ts'
import { repr } from '../../../src/evaluate/python/repr.ts'
import { memoryTree } from '../../../src/files/memory.ts'
import { takeFaults } from '../../support/faults.ts'
import { environment, redisUrl, run, show } from './run.ts'

describe('programs without an end or a bound', () => {
  it.each([
    ["X = 'x' * 10**9", '<?>'],
    ['X = 10 ** 10 ** 8', '<?>'],
    ['X = 1 << 10 ** 9', '<?>'],
    ['X = [0] * 10**9', '<?>'],
    ['X = list(range(10**12))', '[…]'],
    ["X = ('a' * 1000).replace('a', 'b' * 1000)", '<?>'],
    ["import re\nX = re.match(r'(a+)+$', 'a' * 40 + 'b')", '<?>'],
    ["import re\nX = re.search(r'(?:a|a)*b', 'a' * 60)", '<?>'],
    ["import re\nX = re.search(r'.*.*.*.*=', 'a' * 5000)", '<?>'],
    ["import re\nX = re.match(r'(redis)s?://(.*):(.*)@(.*)', 'redis://:p@h').group(3)", "'p'"],
    ["X = ','.join(['a' * 1000] * 1000)", '<?>'],
    ["X = 'a'.zfill(10**9)", '<?>'],
    ["X = ('a' * 200000).replace('a', 'b' * 200000)", '<?>'],
    ["X = b'a'\nfor i in range(60):\n    X += X", undefined],
    ['X = [1]\nfor i in range(60):\n    X = [*X, *X]', undefined],
    ['X = [1]\nfor i in range(60):\n    X[:0] = X', undefined],
    ['X = [1]\nfor i in range(60):\n    X.extend(X)', undefined],
    ['X = [1]\nfor i in range(60):\n    X *= 2', undefined],
    ["X = f'{1:1000000000d}'", "'<settings.py:6>'"],
    ["X = '%1000000000d' % 1", "'<settings.py:4>'"],
    ['while True:\n    X = 1', '<?>'],
    ['X = 0\nwhile True:\n    X += 1', '<?>'],
    ['X = []\nwhile True:\n    X.append(1)', undefined],
    ['def f(): return f()\nX = f()', '<?>'],
    ['def f(n): return f(n - 1) + f(n - 2)\nX = f(1000)', '<?>'],
    ['f = lambda: (f(), f())\nX = f()', undefined],
    ['class A:\n    def __getattr__(self, n): return getattr(self, n)\nX = A().y', '<?>'],
    ['class A:\n    def __eq__(self, o): return self == o\nX = A() == A()', undefined],
    ['X = []\nX.append(X)', undefined],
    ["X = {}\nX['x'] = X\nY = str(X)", undefined],
    ['X = 1\nfor i in range(10000):\n    for j in range(10000):\n        X += 1', '<?>'],
    ["X = 'a'\nfor i in range(60):\n    X = X + X", '<?>'],
    ['X = [1]\nfor i in range(60):\n    X = X + X', undefined],
    ['X = (1,)\nfor i in range(100):\n    X = (X, X)', undefined],
    [`X = ${'('.repeat(3000)}1${')'.repeat(3000)}`, undefined],
    [`X = ${'['.repeat(3000)}${']'.repeat(3000)}`, undefined],
    [`X = ${Array.from({ length: 2000 }, () => '1').join(' + ')}`, '2000'],
    [`X = ${'not '.repeat(3000)}1`, undefined],
    [`X = ${'-'.repeat(3000)}1`, undefined],
    [`X = f${'(f'.repeat(1)})`, undefined],
    [`x = 1\nX = x${'.real'.repeat(3000)}`, undefined],
    [`X = 1 ${'if 1 else 2 '.repeat(2000)}`, undefined],
    [`if 0: pass\n${'elif 0: pass\n'.repeat(2000)}else: X = 1`, '1'],
    [`${Array.from({ length: 200 }, (_, i) => `${' '.repeat(i)}if 1:\n`).join('')}${' '.repeat(200)}X = 1`, undefined],
  ])('%s', (source, expected) => {
    const evaluation = run(source)
    const shown = show(evaluation, 'X')
    if (expected !== undefined) expect(shown).toBe(expected)
  })

  it('goes on after a statement that takes too long', () => {
    expect(show(run('def f(n): return f(n - 1) + f(n - 2)\nA = f(1000)\nX = 1'), 'X')).toBe('1')
  })

  it('survives modules that import each other without end', () => {
    const files = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`m${i}.py`, `import m${i + 1}\nx = ${i}`]))
    const evaluation = run({ ...files, 'settings.py': 'import m0\nX = m0.x', 'm300.py': '' })
    expect(show(evaluation, 'X')).toBe('0')
  })

  it('explores a bounded number of paths', () => {
    const flags = Array.from({ length: 300 }, (_, i) => `if os.environ.get('V${i}'):\n    X.append(${i})`)
    const evaluation = run(`import os\nX = []\n${flags.join('\n')}`, { others: 'unknown' })
    expect(evaluation.paths.length).toBeLessThanOrEqual(200)
    expect(evaluation.get('X')?.alternatives).toHaveLength(1)
  })
})

const names = fc.constantFrom('a', 'b', 'c', 'os', 'X', 'len', 'str')
const atoms = fc.oneof(
  names,
  fc.constantFrom(
    '1',
    '0',
    '-1',
    '2.5',
    "''",
    "'a,b'",
    'None',
    'True',
    '[]',
    '{}',
    '()',
    '[1, "x"]',
    '{"k": 1}',
    'b"x"',
  ),
  fc.constantFrom(
    "os.environ.get('A')",
    "os.environ['B']",
    "os.environ.get('REDIS_URL', 'd')",
    'ext.thing',
    'ext.call(1)',
  ),
)
const operators = fc.constantFrom(
  '+',
  '-',
  '*',
  '/',
  '//',
  '%',
  '**',
  '|',
  '&',
  '==',
  '!=',
  '<',
  '>',
  'in',
  'not in',
  'is',
  'and',
  'or',
)
const methods = fc.constantFrom(
  'split',
  'lower',
  'append',
  'get',
  'update',
  'items',
  'strip',
  'format',
  'join',
  'pop',
  'replace',
  'nope',
  'startswith',
  'insert',
)
const expressions = fc.letrec<{ e: string }>((tie) => ({
  e: fc.oneof(
    { depthSize: 'small' },
    atoms,
    fc.tuple(tie('e'), operators, tie('e')).map(([l, o, r]) => `(${l} ${o} ${r})`),
    fc
      .tuple(tie('e'), methods, fc.array(tie('e'), { maxLength: 2 }))
      .map(([s, m, a]) => `(${s}).${m}(${a.join(', ')})`),
    fc.tuple(tie('e'), tie('e')).map(([s, k]) => `(${s})[${k}]`),
    fc.tuple(tie('e'), tie('e')).map(([s, k]) => `(${s})[${k}:]`),
    fc.tuple(tie('e'), tie('e'), tie('e')).map(([a, t, b]) => `(${a} if ${t} else ${b})`),
    fc.tuple(names, tie('e'), tie('e')).map(([n, i, v]) => `[${v} for ${n} in ${i}]`),
    fc.tuple(names, fc.array(tie('e'), { maxLength: 2 })).map(([f, a]) => `${f}(${a.join(', ')})`),
    fc.tuple(tie('e'), tie('e')).map(([a, b]) => `f'{${a.replace(/'/g, '"')}}-{${b.replace(/'/g, '"')}!r:>5}'`),
    fc.tuple(tie('e'), tie('e')).map(([a, b]) => `{**${a}, 'z': ${b}}`),
    fc.tuple(tie('e'), tie('e')).map(([a, b]) => `[*${a}, ${b}]`),
    fc.tuple(names, tie('e')).map(([n, v]) => `(lambda ${n}: ${v})(1)`),
  ),
})).e
const indent = (block: string): string => block.replace(/^/gm, '    ')
const statements = fc.letrec<{ s: string; block: string }>((tie) => ({
  s: fc.oneof(
    { depthSize: 'small' },
    fc.tuple(names, expressions).map(([n, e]) => `${n} = ${e}`),
    fc.tuple(names, expressions).map(([n, e]) => `${n} += ${e}`),
    fc.tuple(names, expressions, expressions).map(([n, k, e]) => `${n}[${k}] = ${e}`),
    expressions,
    fc.tuple(expressions, tie('block'), tie('block')).map(([t, a, b]) => `if ${t}:\n${a}\nelse:\n${b}`),
    fc.tuple(names, expressions, tie('block')).map(([n, e, b]) => `for ${n} in ${e}:\n${b}`),
    fc.tuple(expressions, tie('block')).map(([t, b]) => `while ${t}:\n${b}`),
    fc.tuple(tie('block'), tie('block')).map(([a, b]) => `try:\n${a}\nexcept Exception as X:\n${b}`),
    fc
      .tuple(names, names, tie('block'), expressions)
      .map(([f, p, b, e]) => `def ${f}(${p}, *args):\n${b}\n    return ${e}`),
    fc.tuple(names, names, tie('block')).map(([c, base, b]) => `class ${c}(${base}):\n${b}`),
    fc.constantFrom(
      'del a',
      'global b',
      'import ext',
      'from ext import *',
      'import other',
      'raise a',
      'assert b',
      'pass',
      'break',
      'continue',
      'X = )',
      'globals().update(a)',
    ),
    fc
      .tuple(expressions, expressions, tie('block'))
      .map(
        ([s, v, b]) =>
          `match ${s}:\n    case [a, *b]:\n${indent(b)}\n    case {'k': c}:\n        pass\n    case ${/^\w+$/.test(v) ? `${v}` : '_'}:\n        pass`,
      ),
  ),
  block: fc.array(tie('s'), { minLength: 1, maxLength: 3 }).map((lines) => indent(lines.join('\n'))),
})).s
const programs = fc.array(statements, { minLength: 1, maxLength: 8 }).map((lines) => `import os\n${lines.join('\n')}`)

describe('any program', () => {
  it('is evaluated without a fault of the evaluator, within its steps, and always to the same values', () => {
    fc.assert(
      fc.property(programs, (source) => {
        const options = {
          tree: memoryTree({ 'settings.py': source, 'other.py': 'from settings import *\nb = a' }),
          module: 'settings',
          environment: environment({ REDIS_URL: redisUrl }, 'unknown'),
          searchPath: [''],
          packages: (name: string) => (name === 'ext' ? ('unknown' as const) : ('absent' as const)),
        }
        const session = createSession(options)
        const outcome = runOnce(session, { before: [], name: 'settings', file: undefined }, new Map())
        expect(takeFaults()).toEqual([])
        expect(outcome.steps).toBeLessThan(500_000)
        const again = runOnce(createSession(options), { before: [], name: 'settings', file: undefined }, new Map())
        const shown = (run: typeof outcome): string[] =>
          [...run.names].map(([name, { value }]) => `${name}=${repr(value)}`)
        expect(shown(again)).toEqual(shown(outcome))
        for (const { value } of outcome.names.values()) JSON.stringify(toJson(value))
      }),
      { numRuns: 400, seed: 20261 },
    )
  })

  it('has alternatives whose conditions exclude each other', () => {
    fc.assert(
      fc.property(programs, (source) => {
        const evaluation = run({ 'settings.py': source, 'other.py': 'b = 1' }, { others: 'unknown' })
        for (const name of evaluation.names()) {
          const resolved = evaluation.get(name)
          const all = [...(resolved?.alternatives.map(({ when }) => when) ?? []), ...(resolved?.absent ?? [])]
          for (const [i, one] of all.entries()) {
            for (const other of all.slice(i + 1)) {
              const excluded = one.some((a) => other.some((b) => a.variable === b.variable && a.holds !== b.holds))
              expect(excluded || one.length === 0 || other.length === 0 ? excluded : true).toBe(true)
            }
          }
        }
      }),
      { numRuns: 60, seed: 20262 },
    )
  })
})

describe('more config vars than there are runs', () => {
  const branches = (count: number): string =>
    Array.from({ length: count }, (_, i) => `if os.environ.get('V${i}'):\n    X += 1`).join('\n')

  it('leave a name that rests on all of them unknown, and say why', () => {
    const evaluation = run(`import os\nX = 0\nY = 7\n${branches(300)}`, { others: 'unknown' })
    expect(show(evaluation, 'X')).toBe('<?>')
    expect(evaluation.get('X')?.alternatives[0]?.value).toMatchObject({
      type: 'unknown',
      of: 'int',
      reason: { en: 'it depends on too many config vars to tell each case' },
    })
    expect(show(evaluation, 'Y')).toBe('7')
    expect(evaluation.bounded).toBe(true)
  })

  it('leave a name unknown also when every run that was made gives one value', () => {
    const all = Array.from({ length: 200 }, (_, i) => `os.environ.get('V${i}') == 'x'`).join(' and ')
    const evaluation = run(`import os\nDEBUG = ${all}`, { others: 'unknown' })
    expect(show(evaluation, 'DEBUG')).not.toBe('False')
  })

  it('are told apart where each decides about a name of its own', () => {
    const source = Array.from({ length: 300 }, (_, i) => `A${i} = 1 if os.environ.get('V${i}') else 2`).join('\n')
    const evaluation = run(`import os\n${source}`, { others: 'unknown' })
    for (const i of [0, 150, 299]) {
      expect(show(evaluation, `A${i}`)).toBe(`2 when V${i} is unset | 1 when V${i} is set`)
    }
    expect(evaluation.bounded).toBe(false)
  })

  it('are not tried together where that raises', () => {
    const source = `import os
A = 1 if os.environ.get('VA') else 2
B = 1 if os.environ.get('VB') else 2
if A == 1 and B == 1:
    raise RuntimeError('both')
C = A, B`
    expect(show(run(source, { others: 'unknown' }), 'A')).toContain('1 when')
    expect(show(run(source, { others: 'unknown' }), 'B')).toContain('1 when')
  })
})

describe('keys that nobody knows', () => {
  const keys = (count: number): string =>
    Array.from({ length: count }, (_, i) => `D[os.environ.get('K${i}', '')] = ${i}`).join('\n')

  it('are kept apart from a known one while they are few', () => {
    expect(show(run(`import os\nD = {}\n${keys(3)}\nD['a'] = 9\nX = D['a']`, { others: 'unknown' }), 'X')).toContain(
      '9',
    )
  })

  it('beyond a few hundred may be any key', () => {
    const source = `import ext\nD = {}\n${Array.from({ length: 400 }, (_, i) => `D['p' + ext.f(${i}) + 'q'] = ${i}`).join('\n')}\nX = D.get('zzz')`
    expect(show(run(source, { packages: () => 'installed' }), 'X')).toBe('<?>')
  })
})
