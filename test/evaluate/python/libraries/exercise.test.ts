import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSession } from '../../../../src/evaluate/python/evaluate.ts'
import { runOnce } from '../../../../src/evaluate/python/explore/outcome.ts'
import { libraries, libraryNames } from '../../../../src/evaluate/python/libraries/index.ts'
import { classOf, type NativeClass } from '../../../../src/evaluate/python/library.ts'
import { methodNames } from '../../../../src/evaluate/python/types/methods.ts'
import { memoryTree } from '../../../../src/files/memory.ts'
import { takeFaults } from '../../../support/faults.ts'
import { environment } from '../run.ts'

/**
 * Whatever a project hands to a model, the model answers, or raises as Python would: it never throws an error of its own.
 * What the answer is, others test.
 */

/** Values of every kind that the evaluator knows. */
const values = [
  'None',
  'True',
  '0',
  '-1',
  '3',
  '2 ** 70',
  '1.5',
  "float('nan')",
  "float('inf')",
  "''",
  "'a'",
  "'b,c=d'",
  "'%d'",
  "'{:d} {:>{}}'",
  "'(['",
  "'{x} {0} %s %(a)s %'",
  "'redis://:p@h:99999/0?x=%zz#['",
  "'é\\ud800😀'",
  "f'{UNKNOWN}/x'",
  "b'\\xff'",
  '[]',
  "[1, 'a', None]",
  '[[1, 2], (3, 4)]',
  '()',
  "('a', 'b')",
  '{}',
  "{'a': 1, 2: [3]}",
  '{1, 2}',
  'frozenset([1])',
  'range(3)',
  'UNKNOWN',
  'external.thing',
  'external.call(1)',
  'lambda *a, **k: a',
  'str',
  'C',
  'C()',
  'ValueError',
  "ValueError('x')",
  'object()',
  'os',
  'os.environ',
  'os.path.join',
  'slice(None, 2)',
  "pathlib.Path('x')",
  "re.compile('a')",
  'datetime.timedelta(1)',
  'collections.OrderedDict(a=1)',
  'external_list()',
  'environ.Env()',
]
/** Keywords that one model or another takes. */
const keywords = `default cast key encoding errors sep maxsplit indent separators var env reverse conn_max_age multiple
  delimiter sort_keys strict flags count days hours end start engine base mode maxlen default_factory prefix overwrite
  ssl_require file exist_ok`.split(/\s+/)
const operand = fc.constantFrom(...values)
const value = fc.oneof(
  { weight: 8, arbitrary: operand },
  { weight: 1, arbitrary: fc.constantFrom('*UNKNOWN', '*[1, 2]') },
)
const keyword = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.tuple(fc.constantFrom(...keywords), operand).map(([k, v]) => `${k}=${v}`),
  },
  { weight: 1, arbitrary: fc.constantFrom('**UNKNOWN', "**{'a': 1}") },
)
const argumentsOf = fc
  .tuple(fc.array(value, { maxLength: 4 }), fc.uniqueArray(keyword, { maxLength: 2, selector: (k) => k.split('=')[0] }))
  .map(([positional, named]) => [...positional, ...named].join(', '))
/** What can be done with any object `x`, besides calling a method of it. */
const uses = fc.oneof(
  fc.constantFrom(
    'str(x)',
    'repr(x)',
    'len(x)',
    'bool(x)',
    'list(x)',
    "f'{x!r:>5}'",
    'x()',
    '-x',
    'not x',
    'del x.a',
    '[*x]',
  ),
  operand.map((v) => `x[${v}]`),
  operand.map((v) => `x[${v}] = 1`),
  operand.map((v) => `del x[${v}]`),
  operand.map((v) => `${v} in x`),
  operand.map((v) => `x.a = ${v}`),
  operand.map((v) => `\n    with x as y: ${v}`),
  fc
    .tuple(
      fc.constantFrom('+', '-', '*', '/', '//', '%', '**', '|', '&', '==', '!=', '<', '<=', 'is', 'and'),
      operand,
      fc.boolean(),
    )
    .map(([op, v, left]) => (left ? `x ${op} ${v}` : `${v} ${op} x`)),
)

/** More of them is a longer search: `EXERCISE_ROUNDS=200`. */
const rounds = Number(process.env.EXERCISE_ROUNDS ?? 12)

function sampled<T>(arbitrary: fc.Arbitrary<T>, seed: number, numRuns = rounds): T[] {
  return fc.sample(arbitrary, { seed, numRuns })
}

const header = `import collections, datetime, environ, external, os, pathlib, re
UNKNOWN = os.environ.get('SOME_UNKNOWN')
class C:
    a = 1
    def __init__(self, *a, **k): pass
    def m(self): return self
def external_list(): return [external.a, 1]
`

/** Runs statements, each of which may raise, and gives the faults they met. */
function faultsOf(statements: readonly string[]): string[] {
  const found: string[] = []
  // Few at once, so that none is left out for lack of steps.
  for (let at = 0; at < statements.length; at += 20) {
    const lines = statements.slice(at, at + 20).map((s) => `try:\n    ${s}\nexcept BaseException: pass`)
    const source = `${header}${lines.join('\n')}\nDONE = True\n`
    const session = createSession({
      tree: memoryTree({ 'settings.py': source, '.env': 'A=1\n', 'other.py': 'B = 2\n' }),
      module: 'settings',
      environment: environment({ KNOWN: 'x' }, 'unknown'),
      searchPath: [''],
      packages: () => 'installed',
    })
    const outcome = runOnce(session, { before: [], name: 'settings', file: undefined }, new Map())
    expect(outcome.exhausted || outcome.names.has('DONE'), source).toBe(true)
    const written = source.split('\n')
    for (const { model, line, error } of takeFaults()) {
      found.push(
        `${model ?? 'interpreter'}: ${error instanceof Error ? error.message : error}: ${written[(line ?? 1) - 1]?.trim()}`,
      )
    }
  }
  return [...new Set(found)]
}

/** Statements that call a name of a module and, when it is a class, use and call what it gives. */
function exercise(path: string, model: NativeClass | undefined, seed: number): string[] {
  const out = sampled(argumentsOf, seed).map((args) => `${path}(${args})`)
  if (model === undefined) return out
  const makes = sampled(argumentsOf, seed + 1)
  const methods = [...membersOf(model)]
  for (const [index, use] of sampled(uses, seed + 2).entries()) {
    out.push(`x = ${path}(${makes[index % makes.length]}); ${use}`)
  }
  for (const [number, method] of methods.entries()) {
    for (const [index, args] of sampled(argumentsOf, seed + 3 + number, Math.ceil(rounds / 4)).entries()) {
      out.push(`${path}(${makes[index % makes.length]}).${method}(${args})`, `${path}.${method}(${args})`)
    }
  }
  return out
}

function membersOf(model: NativeClass): Set<string> {
  const own = [...Object.keys(model.methods ?? {}), ...Object.keys(model.statics ?? {})]
  return new Set([...own, ...model.bases.flatMap((base) => [...membersOf(classOf(base) ?? { class: '', bases: [] })])])
}

describe('a library model throws no error of its own', () => {
  it.each(libraryNames)('%s', (module) => {
    const names = Object.entries(libraries.get(module)?.names ?? {})
    const statements = names.flatMap(([name, given], index) => {
      const native = typeof given !== 'function' && given.type === 'native' ? classOf(given) : undefined
      const path = module === 'builtins' ? name : `${module}.${name}`
      return exercise(path, native, index * 1000).map((s) => (module === 'builtins' ? s : `import ${module}; ${s}`))
    })
    expect(faultsOf(statements)).toEqual([])
  })

  it.each(['str', 'bytes', 'list', 'tuple', 'set', 'dict', 'int', 'float', 'bool'])('methods of %s', (type) => {
    const made: Record<string, string[]> = {
      str: ["'a,b'", "''", "f'{UNKNOWN}/x'", "'{0} %s'"],
      bytes: ["b'a'", "b''"],
      list: ["[1, 'a']", '[]', '[UNKNOWN, *external.x]'],
      tuple: ["(1, 'a')", '()'],
      set: ['{1, 2}', 'set()'],
      dict: ["{'a': 1}", '{}', '{UNKNOWN: 1, **external.x}'],
      int: ['3', '2 ** 70'],
      float: ['1.5', "float('nan')"],
      bool: ['True'],
    }
    const statements = [...methodNames(type)].flatMap((method, index) =>
      sampled(argumentsOf, index * 77, rounds * 2).flatMap((args) =>
        (made[type] ?? []).map((self) => `(${self}).${method}(${args})`),
      ),
    )
    const used = (made[type] ?? []).flatMap((self) =>
      sampled(uses, self.length, rounds * 4).map((use) => `x = ${self}; ${use}`),
    )
    expect(faultsOf([...statements, ...used])).toEqual([])
  })
})
