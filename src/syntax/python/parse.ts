import type { Module } from './ast.ts'
import { createParser, nextLine } from './lexer.ts'
import { parseStatements, passConflicts } from './statements.ts'

/**
 * Reads a Python module of any version from 3.8 to 3.14. Never throws: what cannot be parsed becomes
 * `Damaged` statements and `problems`. A leading U+FEFF is skipped. Takes time linear in the text.
 */
export function parsePython(text: string): Module {
  const best = read(text, new Set())
  if (best.problems.length === 0) return best.module
  return best.module
}

interface Reading {
  readonly module: Module
  readonly problems: Module['problems']
  readonly longStrings: readonly number[]
}

function read(text: string, brokenStrings: ReadonlySet<number>): Reading {
  const p = createParser(text, brokenStrings)
  nextLine(p)
  const body = parseStatements(p, 0)
  passConflicts(p, body)
  const problems = p.problems.sort((a, b) => a.span.start - b.span.start)
  const module: Module = { kind: 'Module', start: 0, end: text.length, body, problems, comments: p.comments }
  return { module, problems, longStrings: p.longStrings }
}
