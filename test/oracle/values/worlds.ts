import type { Condition } from '../../../src/evaluate/condition.ts'
import { evaluate } from '../../../src/evaluate/python/evaluate.ts'
import type { Evaluation } from '../../../src/evaluate/python/evaluation.ts'
import { repr } from '../../../src/evaluate/python/repr.ts'
import { memoryTree } from '../../../src/files/memory.ts'
import { isOpen, names, type Program } from './ours.ts'

/** Environments in which a program is run; the evaluator knows nothing of these variables. */
export const worlds: readonly Readonly<Record<string, string>>[] = [
  {},
  { FLAG: '1' },
  { FLAG: '', MODE: 'dev' },
  { FLAG: 'x', NUM: '3' },
  { MODE: 'a', NUM: '7' },
  { FLAG: '0', MODE: 'prod', NUM: '0' },
]

/** A program that reads variables, CPython's answer in each of the worlds, and what the evaluator says. */
export interface OpenProgram {
  readonly source: string
  readonly answers: readonly Program['answer'][]
  readonly ours: readonly string[]
}

export function openEvaluation(source: string): Evaluation {
  return evaluate({
    tree: memoryTree({ 'settings.py': source }),
    module: 'settings',
    environment: { get: () => ({ state: 'unknown' }), names: () => [] },
    searchPath: [''],
    packages: () => 'absent',
    python: '3.12',
  })
}

/** Alternatives of each name, of where it is unbound, and of how the program may end: a line each, with its conditions. */
export function told(evaluation: Evaluation): readonly string[] {
  const lines = evaluation.bounded ? ['cut short'] : []
  for (const { crash, when } of evaluation.paths)
    if (crash !== undefined) lines.push(under(`! ${crash.exception}`, when))
  for (const name of names) {
    const resolved = evaluation.get(name)
    for (const { value, when } of resolved?.alternatives ?? [])
      lines.push(under(`${name} = ${isOpen(value) ? `${value.type} …` : repr(value, 300)}`, when))
    for (const when of resolved?.absent ?? []) lines.push(under(`no ${name}`, when))
  }
  return lines
}

const under = (what: string, when: readonly Condition[]): string =>
  when.length === 0 ? what : `${what}  if ${when.map(({ text }) => text.en).join(' and ')}`

/** What of CPython's answer in one world is not among the alternatives. */
export function missed(evaluation: Evaluation, answer: Program['answer']): readonly string[] {
  // That a value nobody knows may be one that raises is not claimed: what the code asks for is taken to be set and of use.
  if (evaluation.bounded || typeof answer === 'string') return []
  return Object.entries(answer).flatMap(([name, theirs]) => {
    const alternatives = evaluation.get(name)?.alternatives ?? []
    return alternatives.some(({ value }) => isOpen(value) || repr(value, 2_000) === theirs)
      ? []
      : [`${name}: ${theirs}`]
  })
}
