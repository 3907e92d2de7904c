import type * as ast from './ast.ts'
import { parseCompound } from './compound.ts'
import { fail, failExpecting } from './failure.ts'
import { advance, nextLine } from './lexer.ts'
import * as message from './messages.ts'
import { recover } from './recover.ts'
import { parseSimple } from './simple.ts'
import type { Parser } from './state.ts'
import * as T from './tokens.ts'

/** Lists of statements: the module, blocks, and what stands on one line. */

/** Statements up to the first line indented less than `column`; 0, or the indentation of the current line. */
export function parseStatements(p: Parser, column: number): ast.Statement[] {
  const tabColumn = column === 0 ? 0 : p.tabColumn
  const body: ast.Statement[] = []
  let stray = -1
  while (p.kind !== T.EOF && p.column >= column) {
    if (p.conflicts.length > 0) passConflicts(p, body)
    if (p.column === column) {
      stray = -1
      if (p.tabColumn !== tabColumn) noteTabs(p)
    } else if (p.column !== stray) {
      stray = p.column
      noteStray(p)
    }
    parseStatement(p, body)
  }
  // A copy has no room left to grow in.
  return body.slice()
}

export function passConflicts(p: Parser, into: ast.Statement[]): void {
  for (const { start, end } of p.conflicts) into.push({ kind: 'Damaged', start, end })
  p.conflicts.length = 0
}

/** A line off its block's indentation: one problem for a run of them; its statement is kept. */
function noteStray(p: Parser): void {
  const why = p.column > p.previousColumn ? message.UNEXPECTED_INDENT : message.UNMATCHED_DEDENT
  p.problems.push({ span: { start: p.start, end: p.end }, message: why })
}

/** Said once for a file, since one editor setting is behind all of it. */
function noteTabs(p: Parser): void {
  if (p.mixedTabs) return
  p.mixedTabs = true
  p.problems.push({ span: { start: p.start, end: p.end }, message: message.TABS })
}

function parseStatement(p: Parser, into: ast.Statement[]): void {
  const start = p.start
  const column = p.column
  const blocks = p.blocks
  const before = into.length
  try {
    const compound = parseCompound(p)
    if (compound === undefined) parseSimpleLine(p, into)
    else into.push(compound)
    p.statements++
  } catch (thrown) {
    into.length = before
    addDamaged(p, into, recover(p, start, column, thrown))
    p.blocks = blocks
  }
}

/** Damaged statements in a row, such as lines of text after an unclosed string, are one damage: the first says why. */
function addDamaged(p: Parser, into: ast.Statement[], damaged: ast.Damaged): void {
  const previous = into.at(-1)
  const { end } = damaged
  if (previous?.kind === 'Damaged' && previous.end === p.damageEnd) {
    into[into.length - 1] = { kind: 'Damaged', start: previous.start, end }
    p.problems.pop()
  } else into.push(damaged)
  p.damageEnd = end
}

/** Simple statements up to the end of the line, which is consumed. */
function parseSimpleLine(p: Parser, into: ast.Statement[]): void {
  do {
    into.push(parseSimple(p))
    if (p.kind !== T.SEMICOLON) break
    advance(p)
  } while (p.kind !== T.NEWLINE)
  if (p.kind !== T.NEWLINE) failExpecting(p, message.LINE_END)
  nextLine(p)
}

const MAX_BLOCKS = 100

/**
 * The colon and what is under it. `column` is the indentation of the header. A colon that is missing before
 * an indented block is a problem and no more.
 */
export function parseSuite(p: Parser, column: number): ast.Statement[] {
  const header = p.lineStart
  const { tabColumn } = p
  const missing = p.kind === T.NEWLINE
  // A conflict marker before a clause has no list of statements to stand in.
  p.conflicts.length = 0
  if (!missing) {
    if (p.kind !== T.COLON) failExpecting(p, message.code(':'))
    advance(p)
  }
  if (p.kind !== T.NEWLINE) {
    const line: ast.Statement[] = []
    parseSimpleLine(p, line)
    return line.slice()
  }
  const at = p.lastEnd
  nextLine(p)
  const block = p.kind !== T.EOF && p.column > column
  if (!block || p.blocks === MAX_BLOCKS) failHeader(p, header, at, missing, block)
  if (missing) p.problems.push({ span: { start: header, end: at }, message: missingColon() })
  if (p.tabColumn <= tabColumn) noteTabs(p)
  p.blocks++
  const body = parseStatements(p, p.column)
  p.blocks--
  return body
}

function missingColon() {
  return message.expected(message.code(':'), message.LINE_END)
}

function failHeader(p: Parser, header: number, end: number, missing: boolean, block: boolean): never {
  const why = block ? message.TOO_DEEP : missing ? missingColon() : message.INDENTED_BLOCK
  fail(p, why, header, end, header)
}
