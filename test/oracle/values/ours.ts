import { evaluate } from '../../../src/evaluate/python/evaluate.ts'
import type { Evaluation } from '../../../src/evaluate/python/evaluation.ts'
import { repr } from '../../../src/evaluate/python/repr.ts'
import type { Value } from '../../../src/evaluate/python/value.ts'
import { memoryTree } from '../../../src/files/memory.ts'

/** Expressions about one subject with CPython's answers; those of `open` are left open by the evaluator. */
export interface Vector {
  readonly about: string
  readonly setup: string
  /** The expression, and what CPython 3.12 gave: a value as `repr` writes it, or `!` and the exception's class. */
  readonly answers: readonly (readonly [expression: string, answer: string, open?: 'open'])[]
}

/** What CPython made of a program: its values of a, b, c, d and e as `repr` writes them, or `!` and the exception that ends it. */
export interface Program {
  readonly source: string
  readonly answer: string | Readonly<Record<string, string>>
  /** Names that the evaluator leaves open, or `!` for how it ends. */
  readonly open?: readonly string[]
}

export const names = ['a', 'b', 'c', 'd', 'e'] as const

/** What the evaluator makes of a program; names that it leaves open are absent, and undefined is a program it leaves open. */
export function programAnswer(source: string): Program['answer'] | undefined {
  const evaluation = evaluated(source)
  if (evaluation.certainCrash !== undefined) return `!${evaluation.certainCrash.exception}`
  if (evaluation.bounded || evaluation.paths.length !== 1) return undefined
  const known = names.flatMap((name): [string, string][] => {
    const resolved = evaluation.get(name)
    const [only, ...others] = resolved?.alternatives ?? []
    if (only === undefined || others.length > 0 || only.when.length > 0 || isOpen(only.value)) return []
    return [[name, repr(only.value, 2_000)]]
  })
  return Object.fromEntries(known)
}

function evaluated(source: string): Evaluation {
  return evaluate({
    tree: memoryTree({ 'settings.py': source }),
    module: 'settings',
    environment: { get: () => ({ state: 'absent' }), names: () => [] },
    searchPath: [''],
    packages: () => 'absent',
    python: '3.12',
  })
}

/** What the evaluator makes of expressions, each of which may raise; undefined: it leaves that open. */
export function answers(setup: string, expressions: readonly string[]): (string | undefined)[] {
  const out: (string | undefined)[] = []
  // Few at once: what one leaves open is no reason to doubt many others, and steps are counted for a module.
  for (let at = 0; at < expressions.length; at += 10) {
    const some = expressions.slice(at, at + 10)
    const tries = some.map(
      (one, i) =>
        `try:\n    R${i} = ('value', ${one})\nexcept Exception as e:\n    R${i} = ('raised', type(e).__name__)\n`,
    )
    const evaluation = evaluated(`${setup}\n${tries.join('')}`)
    out.push(...some.map((_, i) => answerOf(evaluation, `R${i}`)))
  }
  return out
}

function answerOf(evaluation: Evaluation, name: string): string | undefined {
  const resolved = evaluation.get(name)
  const [only, ...others] = resolved?.alternatives ?? []
  if (resolved === undefined || only === undefined || others.length > 0 || resolved.absent.length > 0) return undefined
  const { value } = only
  if (only.when.length > 0 || value.type !== 'tuple') return undefined
  const [kind, result] = value.items
  if (kind?.type !== 'str' || result === undefined || isOpen(result)) return undefined
  if (kind.parts[0] !== 'raised') return repr(result, 2_000)
  return result.type === 'str' ? `!${result.parts.join('')}` : undefined
}

/** Something in it is not known, or is no value that CPython's answer could be compared with. */
export function isOpen(value: Value, depth = 0): boolean {
  // A list may hold itself.
  if (depth > 20) return true
  const inner = (one: Value): boolean => isOpen(one, depth + 1)
  switch (value.type) {
    case 'none':
    case 'ellipsis':
    case 'bool':
    case 'int':
    case 'float':
    case 'bytes':
      return false
    case 'str':
      return value.parts.some((part) => typeof part !== 'string')
    case 'list':
    case 'tuple':
      return value.rest !== undefined || value.items.some(inner)
    case 'dict':
      return value.rest !== undefined || value.entries.some((entry) => inner(entry.key) || inner(entry.value))
    default:
      return true
  }
}
