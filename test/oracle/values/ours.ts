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
    const evaluation = evaluate({
      tree: memoryTree({ 'settings.py': `${setup}\n${tries.join('')}` }),
      module: 'settings',
      environment: { get: () => ({ state: 'absent' }), names: () => [] },
      searchPath: [''],
      packages: () => 'absent',
      python: '3.12',
    })
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
function isOpen(value: Value): boolean {
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
      return value.rest !== undefined || value.items.some(isOpen)
    case 'dict':
      return value.rest !== undefined || value.entries.some((entry) => isOpen(entry.key) || isOpen(entry.value))
    default:
      return true
  }
}
