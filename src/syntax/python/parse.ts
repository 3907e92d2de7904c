import type { Module } from './ast.ts'
import { nextLine } from './lexer.ts'
import { NUL } from './messages.ts'
import { createParser } from './state.ts'
import { parseStatements, passConflicts } from './statements.ts'

/**
 * Reads a Python module of any version from 3.8 to 3.14. Never throws: what cannot be parsed becomes
 * `Damaged` statements and `problems`. A leading U+FEFF is skipped. Takes time linear in the text.
 */
export function parsePython(text: string): Module {
  const reading = read(text, new Set())
  const nul = text.indexOf('\0')
  // Python looks for it before it reads a line: what else seems wrong follows from it (UTF-16 has one beside each letter).
  if (nul >= 0) return { ...reading.module, problems: [{ span: { start: nul, end: nul + 1 }, message: NUL }] }
  const { problems } = reading.module
  return problems.length === 0 || reading.longStrings.length === 0 ? reading.module : mendQuotes(text, reading).module
}

interface Reading {
  readonly module: Module
  /** Starts of the triple-quoted strings of more than one line. */
  readonly longStrings: readonly number[]
  /** How many statements were understood. */
  readonly statements: number
}

function read(text: string, brokenStrings: ReadonlySet<number>): Reading {
  const p = createParser(text, brokenStrings)
  nextLine(p)
  const body = parseStatements(p, 0)
  passConflicts(p, body)
  const problems = p.problems.sort((a, b) => a.span.start - b.span.start)
  const module: Module = { kind: 'Module', start: 0, end: text.length, body, problems, comments: p.comments }
  return { module, longStrings: p.longStrings, statements: p.statements }
}

/** How often a damaged text is read again at most: it keeps the time linear. */
const MAX_READINGS = 6

/**
 * Triple quotes that were never closed pair up with the next ones, so that code becomes text and text becomes
 * code. Where a string of several lines precedes a problem, its first line alone may be the damage: the text is
 * read again on that assumption, which stands if more of it then makes sense and no more is damaged.
 */
function mendQuotes(text: string, first: Reading): Reading {
  let best = first
  let broken: ReadonlySet<number> = new Set()
  let from = 0
  let readings = 0
  while (readings < MAX_READINGS) {
    const problem = best.module.problems.find(({ span }) => span.start >= from)
    if (problem === undefined) break
    const at = problem.span.start
    const suspects = best.longStrings.filter((start) => start >= from && start < at).slice(-2)
    from = at + 1
    for (let i = suspects.length - 1; i >= 0 && readings < MAX_READINGS; i--) {
      const suspect = suspects[i] as number
      const trial = read(text, new Set([...broken, suspect]))
      readings++
      if (isBetter(trial, best)) {
        best = trial
        broken = new Set([...broken, suspect])
        from = suspect + 1
        break
      }
    }
  }
  return best
}

function isBetter(trial: Reading, best: Reading): boolean {
  return trial.statements > best.statements && trial.module.problems.length <= best.module.problems.length
}
