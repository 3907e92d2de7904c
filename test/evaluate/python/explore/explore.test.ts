import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Condition } from '../../../../src/evaluate/condition.ts'
import { createSession } from '../../../../src/evaluate/python/evaluate.ts'
import type { Resolved } from '../../../../src/evaluate/python/evaluation.ts'
import { explore } from '../../../../src/evaluate/python/explore/explore.ts'
import { resolve } from '../../../../src/evaluate/python/explore/resolve.ts'
import { toJson } from '../../../../src/evaluate/python/json.ts'
import { repr } from '../../../../src/evaluate/python/repr.ts'
import type { Value } from '../../../../src/evaluate/python/value.ts'
import { memoryTree } from '../../../../src/files/memory.ts'
import { environment, run } from '../run.ts'

/**
 * What the exploration says about variables of unknown state is compared with runs in which every variable is known:
 * for each combination, exactly one alternative must hold, and its value must be the value of that run.
 */

const variables = ['A', 'B', 'C', 'D'] as const
const texts = [undefined, 'on', 'off'] as const

const tests = fc.oneof(
  fc.constantFrom(...variables).map((v) => `os.environ.get('${v}')`),
  fc.constantFrom(...variables).map((v) => `os.environ.get('${v}', 'off') == 'on'`),
  fc.constantFrom(...variables).map((v) => `'${v}' in os.environ`),
  fc.constantFrom(...variables).map((v) => `os.environ.get('${v}') in ('on', 'x')`),
  fc.constantFrom(...variables).map((v) => `flag('${v}')`),
  fc.constantFrom('x', 'y', 'z', 'x == 1', "y == 'on'", 'len(l) > 2', "'k' in d", 'not x', 'early()', 'o.v'),
)
const combined = fc.oneof(
  tests,
  fc.tuple(tests, fc.constantFrom('and', 'or'), tests).map(([a, op, b]) => `(${a}) ${op} (${b})`),
  tests.map((t) => `not (${t})`),
)
const simple = fc.oneof(
  fc
    .tuple(fc.constantFrom('x', 'y', 'z'), fc.constantFrom('1', '2', 'None', "'on'", 'x', 'y', '[1]'))
    .map(([n, v]) => `${n} = ${v}`),
  fc.tuple(fc.constantFrom('x', 'y', 'z'), combined).map(([n, t]) => `${n} = bool(${t})`),
  fc.tuple(fc.constantFrom('x', 'y', 'z'), combined).map(([n, t]) => `${n} = 1 if ${t} else 2`),
  fc.constantFrom(
    'l.append(1)',
    'l.append(x)',
    "d['k'] = 1",
    "d['k'] = y",
    "d.pop('k', None)",
    'l = l + [2]',
    'm = l',
    'm[0] = 9',
    'e = d',
  ),
  fc.constantFrom(
    'o.v = x',
    'o.v = 1',
    'change()',
    "e['q'] = 1",
    'del w',
    'w = 1',
    'l = l[:3]',
    "y = env('A', 'z')",
    'x = [t for t in l if t]',
  ),
  fc.constantFrom(
    'for i in l:\n    z = i',
    'for i in range(2):\n    l.append(i)',
    'while len(l) > 3:\n    l.pop()',
    'try:\n    w\n    z = 5\nexcept NameError:\n    z = 6',
  ),
)
const indent = (block: string): string => block.replace(/^/gm, '    ')
const statements = fc.letrec<{ s: string; block: string }>((tie) => ({
  s: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    simple,
    fc.tuple(combined, tie('block')).map(([t, b]) => `if ${t}:\n${b}`),
    fc.tuple(combined, tie('block'), tie('block')).map(([t, a, b]) => `if ${t}:\n${a}\nelse:\n${b}`),
    fc
      .tuple(combined, tie('block'), combined, tie('block'), tie('block'))
      .map(([t, a, u, b, c]) => `if ${t}:\n${a}\nelif ${u}:\n${b}\nelse:\n${c}`),
    fc
      .tuple(fc.constantFrom(...variables), tie('block'), tie('block'))
      .map(([v, a, b]) => `try:\n    x = os.environ['${v}']\n${a}\nexcept KeyError:\n${b}`),
    fc
      .tuple(fc.constantFrom(...variables), tie('block'), tie('block'))
      .map(([v, a, b]) => `match os.environ.get('${v}'):\n    case 'on':\n${indent(a)}\n    case _:\n${indent(b)}`),
  ),
  block: fc.array(tie('s'), { minLength: 1, maxLength: 2 }).map((lines) => indent(lines.join('\n'))),
})).s
const head = `import os
def flag(name):
    v = os.environ.get(name)
    if v is None:
        return False
    return v == 'on'
def env(name, default=None):
    return os.environ.get(name, default)
def early():
    if os.environ.get('A'):
        return 1
    return 0
class O:
    v = 0
o = O()
x = y = z = w = 0
l = [0]
m = [1]
d = {}
e = {}
def change():
    global z
    if flag('B'):
        z = 7
        l.append(7)
`
const programs = fc
  .array(statements, { minLength: 1, maxLength: 5 })
  .map((lines) => `${head}${lines.join('\n')}\nv = o.v\n`)

const options = {
  module: 'settings',
  environment: environment({}, 'unknown'),
  searchPath: [''],
  packages: () => 'absent' as const,
}

function holds({ id, holds: answer }: Condition, env: Readonly<Record<string, string | undefined>>): boolean {
  const [, name = '', rest = ''] = /^env:([A-D])(.*)$/.exec(id) ?? []
  const text = env[name]
  if (rest === ':set') return (text !== undefined) === answer
  // A question about a text that is not there is only asked where it is.
  if (rest.startsWith('=')) return (text === rest.slice(1)) === answer
  if (rest.startsWith(' in ')) return (text !== undefined && rest.includes(`"${text}"`)) === answer
  throw new Error(`not a question of these programs: ${id}`)
}

function valueIn(resolved: Resolved | undefined, env: Readonly<Record<string, string | undefined>>): string {
  if (resolved === undefined) return '-'
  const all = [
    ...resolved.alternatives.map(({ when, value }) => ({ when, shown: repr(value, 2_000) })),
    ...resolved.absent.map((when) => ({ when, shown: '-' })),
  ]
  const matching = all.filter(({ when }) => when.every((condition) => holds(condition, env)))
  if (matching.length !== 1)
    return `${matching.length} alternatives: ${JSON.stringify(all.map((a) => [a.shown, a.when.map((w) => w.text.en)]))}`
  return (matching[0]?.shown ?? '').replace(/<([A-D])>/g, (_, name: string) => env[name] ?? '?')
}

function isUndetermined(value: Value): boolean {
  return /"(undetermined|\$more)"/.test(JSON.stringify(toJson(value)))
}

describe('alternatives', () => {
  it('say what a run with known variables gives, for every combination', () => {
    fc.assert(
      fc.property(programs, (source) => {
        const session = createSession({ ...options, tree: memoryTree({ 'settings.py': source }) })
        const exploration = explore(session, { before: [], name: 'settings', file: undefined })
        if (exploration.bounded) return
        const names = ['x', 'y', 'z', 'w', 'l', 'm', 'd', 'e', 'v']
        for (let i = 0; i < texts.length ** variables.length; i++) {
          const env = Object.fromEntries(
            variables.map((v, k) => [v, texts[Math.floor(i / texts.length ** k) % texts.length]]),
          )
          const known = run(source, { env })
          for (const name of names) {
            const expected = known.certainCrash === undefined ? valueIn(known.get(name), {}) : 'crash'
            if (expected === 'crash') continue
            if (exploration.groups.get(name)?.complete === false) continue
            const resolved = resolve(exploration, name)
            if (resolved?.alternatives.some(({ value }) => isUndetermined(value))) continue
            expect(`${name} = ${valueIn(resolved, env)} ${JSON.stringify(env)}`).toBe(
              `${name} = ${expected} ${JSON.stringify(env)}`,
            )
          }
        }
      }),
      { numRuns: Number(process.env.EXPLORE_RUNS ?? 12), seed: Number(process.env.EXPLORE_SEED ?? 7) },
    )
  }, 600_000)
})
