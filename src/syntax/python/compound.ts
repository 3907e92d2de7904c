import type * as ast from './ast.ts'
import { parseArguments } from './calls.ts'
import { MAX_CHAIN, parseNamed, parseStarExpressions, parseTest } from './expressions.ts'
import { DAMAGE, expect, fail, failExpecting } from './failure.ts'
import { advance, nextLine } from './lexer.ts'
import { identifier } from './literals.ts'
import { parseMatch } from './match.ts'
import * as message from './messages.ts'
import { parseParameters, parseTypeParameters } from './parameters.ts'
import { recover } from './recover.ts'
import { parseIdentifier } from './simple.ts'
import { mark, type Parser, reset } from './state.ts'
import { parseSuite } from './statements.ts'
import { parseTarget, parseTargets } from './targets.ts'
import * as T from './tokens.ts'

/** Statements with blocks. Each ends with the last token of its last block, a `;` included, as in CPython. */

const NO_STATEMENTS: readonly ast.Statement[] = []
const NO_DECORATORS: readonly ast.Expression[] = []

/** The compound statement at the start of a line; undefined if it is a simple one. */
export function parseCompound(p: Parser): ast.Statement | undefined {
  switch (p.kind) {
    case T.NAME:
      return parseMatch(p)
    case T.IF:
      return parseIf(p)
    case T.DEF:
      return parseFunction(p, p.start, NO_DECORATORS, false)
    case T.CLASS:
      return parseClass(p, NO_DECORATORS)
    case T.FOR:
      return parseFor(p, p.start, false)
    case T.WHILE:
      return parseWhile(p)
    case T.TRY:
      return parseTry(p)
    case T.WITH:
      return parseWith(p, p.start, false)
    case T.ASYNC:
      return parseAsync(p, NO_DECORATORS)
    case T.AT:
      return parseDecorated(p)
    case T.ELIF:
    case T.ELSE:
    case T.EXCEPT:
    case T.FINALLY:
      return fail(p, message.orphan(p.text.slice(p.start, p.end)))
    default:
      return undefined
  }
}

/** The body of `else` or `finally` in `column`, or nothing; damage in its header costs the clause. */
function parseClause(p: Parser, keyword: number, column: number): readonly ast.Statement[] {
  if (p.kind !== keyword || p.column !== column) return NO_STATEMENTS
  const { start, blocks } = p
  try {
    advance(p)
    return parseSuite(p, column)
  } catch (thrown) {
    p.blocks = blocks
    return [recover(p, start, column, thrown)]
  }
}

interface Arm {
  readonly start: number
  readonly test: ast.Expression
  readonly body: ast.Statement[]
}

function parseArm(p: Parser, column: number): Arm {
  const start = p.start
  advance(p)
  const test = parseNamed(p)
  return { start, test, body: parseSuite(p, column) }
}

/** The arms are read in a loop and nested from the last one, since elif chains are long in generated code. */
function parseIf(p: Parser): ast.If {
  const { column, blocks } = p
  const first = parseArm(p, column)
  const rest: Arm[] = []
  let orelse = NO_STATEMENTS
  while (p.kind === T.ELIF && p.column === column) {
    const start = p.start
    try {
      if (rest.length > MAX_CHAIN) fail(p, message.TOO_DEEP)
      rest.push(parseArm(p, column))
    } catch (thrown) {
      p.blocks = blocks
      orelse = [recover(p, start, column, thrown)]
    }
  }
  if (orelse === NO_STATEMENTS) orelse = parseClause(p, T.ELSE, column)
  const end = p.lastEnd
  for (let i = rest.length - 1; i >= 0; i--) {
    const { start, test, body } = rest[i] as Arm
    orelse = [{ kind: 'If', start, end, test, body, orelse }]
  }
  return { kind: 'If', start: first.start, end, test: first.test, body: first.body, orelse }
}

function parseWhile(p: Parser): ast.While {
  const { column } = p
  const { start, test, body } = parseArm(p, column)
  const orelse = parseClause(p, T.ELSE, column)
  return { kind: 'While', start, end: p.lastEnd, test, body, orelse }
}

function parseFor(p: Parser, start: number, isAsync: boolean): ast.For {
  const { column } = p
  advance(p)
  const target = parseTargets(p)
  expect(p, T.IN, 'in')
  const iter = parseStarExpressions(p)
  const body = parseSuite(p, column)
  const orelse = parseClause(p, T.ELSE, column)
  return { kind: isAsync ? 'AsyncFor' : 'For', start, end: p.lastEnd, target, iter, body, orelse }
}

function parseTry(p: Parser): ast.Try {
  const { start, column, blocks } = p
  const keywordEnd = p.end
  advance(p)
  const body = parseSuite(p, column)
  const handlers: ast.ExceptHandler[] = []
  const stars: boolean[] = []
  while (p.kind === T.EXCEPT && p.column === column) {
    const handlerStart = p.start
    try {
      handlers.push(parseHandler(p, column, stars))
    } catch (thrown) {
      p.blocks = blocks
      const damaged = recover(p, handlerStart, column, thrown)
      const { end } = damaged
      handlers.push({
        kind: 'ExceptHandler',
        start: handlerStart,
        end,
        type: undefined,
        name: undefined,
        body: [damaged],
      })
    }
  }
  const orelse = handlers.length > 0 ? parseClause(p, T.ELSE, column) : NO_STATEMENTS
  const hasFinally = p.kind === T.FINALLY && p.column === column
  const finalbody = parseClause(p, T.FINALLY, column)
  if (handlers.length === 0 && !hasFinally) {
    p.problems.push({ span: { start, end: keywordEnd }, message: message.NO_HANDLER })
  }
  return { kind: 'Try', start, end: p.lastEnd, star: stars[0] === true, body, handlers, orelse, finalbody }
}

function parseHandler(p: Parser, column: number, stars: boolean[]): ast.ExceptHandler {
  const start = p.start
  advance(p)
  const star = p.kind === T.STAR
  if (stars.length > 0 && stars[0] !== star) fail(p, message.MIXED_EXCEPT)
  stars.push(star)
  if (star) advance(p)
  const type = star || p.kind !== T.COLON ? parseCaught(p) : undefined
  let name: string | undefined
  if (type !== undefined && p.kind === T.AS) {
    advance(p)
    name = parseIdentifier(p)
  }
  const body = parseSuite(p, column)
  return { kind: 'ExceptHandler', start, end: p.lastEnd, type, name, body }
}

/** The exceptions a handler catches: since 3.14 several need no parentheses, unless a name follows. */
function parseCaught(p: Parser): ast.Expression {
  const start = p.start
  const first = parseTest(p)
  if (p.kind !== T.COMMA) return first
  const elts = [first]
  while (p.kind === T.COMMA) {
    advance(p)
    if (p.kind === T.COLON) break
    elts.push(parseTest(p))
  }
  if (p.kind === T.AS) fail(p, message.NEEDS_PARENTHESES)
  return { kind: 'Tuple', start, end: p.lastEnd, elts }
}

function parseWith(p: Parser, start: number, isAsync: boolean): ast.With {
  const { column } = p
  advance(p)
  const items = (p.kind === T.LPAR ? parseParenthesisedItems(p) : undefined) ?? parseItems(p)
  const body = parseSuite(p, column)
  return { kind: isAsync ? 'AsyncWith' : 'With', start, end: p.lastEnd, items, body }
}

function parseItems(p: Parser): ast.WithItem[] {
  const items = [parseItem(p)]
  while (p.kind === T.COMMA) {
    advance(p)
    items.push(parseItem(p))
  }
  return items
}

function parseItem(p: Parser): ast.WithItem {
  const context = parseTest(p)
  if (p.kind !== T.AS) return { context, vars: undefined }
  advance(p)
  return { context, vars: parseTarget(p) }
}

/** `(a as b, c)` before the colon; undefined, and back at the parenthesis, if it is part of an expression. */
function parseParenthesisedItems(p: Parser): ast.WithItem[] | undefined {
  const back = mark(p)
  try {
    const items: ast.WithItem[] = []
    advance(p)
    do {
      items.push(parseItem(p))
      if (p.kind !== T.COMMA) break
      advance(p)
    } while (p.kind !== T.RPAR)
    expect(p, T.RPAR, ')')
    if (p.kind === T.COLON) return items
  } catch (thrown) {
    if (thrown !== DAMAGE) throw thrown
  }
  reset(p, back)
  return undefined
}

function parseAsync(p: Parser, decorators: readonly ast.Expression[]): ast.Statement {
  const start = p.start
  advance(p)
  if (p.kind === T.DEF) return parseFunction(p, start, decorators, true)
  if (decorators.length === 0 && p.kind === T.FOR) return parseFor(p, start, true)
  if (decorators.length === 0 && p.kind === T.WITH) return parseWith(p, start, true)
  return failExpecting(p, message.code('def'))
}

function parseDecorated(p: Parser): ast.Statement {
  const { column, lineStart } = p
  let line = lineStart
  const decorators: ast.Expression[] = []
  while (p.kind === T.AT && p.column === column) {
    line = p.lineStart
    advance(p)
    decorators.push(parseNamed(p))
    if (p.kind !== T.NEWLINE) failExpecting(p, message.LINE_END)
    nextLine(p)
  }
  if (p.column === column) {
    if (p.kind === T.DEF) return parseFunction(p, p.start, decorators, false)
    if (p.kind === T.CLASS) return parseClass(p, decorators)
    if (p.kind === T.ASYNC) return parseAsync(p, decorators)
  }
  return fail(p, message.DECORATED, lineStart, p.lastEnd, line)
}

/** The name behind `def` or `class`, and its type parameters. */
function parseName(p: Parser) {
  advance(p)
  if (p.kind !== T.NAME) failExpecting(p, message.IDENTIFIER)
  const nameSpan = { start: p.start, end: p.end }
  const name = identifier(p)
  advance(p)
  const typeParams = parseTypeParameters(p)
  return { name, nameSpan, typeParams }
}

function parseFunction(
  p: Parser,
  start: number,
  decorators: readonly ast.Expression[],
  isAsync: boolean,
): ast.FunctionDef {
  const { column } = p
  const { name, nameSpan, typeParams } = parseName(p)
  expect(p, T.LPAR, '(')
  const args = parseParameters(p, T.RPAR, true)
  expect(p, T.RPAR, ')')
  let returns: ast.Expression | undefined
  if (p.kind === T.ARROW) {
    advance(p)
    returns = parseTest(p)
  }
  const body = parseSuite(p, column)
  const kind = isAsync ? 'AsyncFunctionDef' : 'FunctionDef'
  return { kind, start, end: p.lastEnd, name, nameSpan, args, body, decorators, returns, typeParams }
}

function parseClass(p: Parser, decorators: readonly ast.Expression[]): ast.ClassDef {
  const { start, column } = p
  const { name, nameSpan, typeParams } = parseName(p)
  const passed = p.kind === T.LPAR ? parseArguments(p) : undefined
  const bases = passed === undefined ? [] : passed.args
  const keywords = passed === undefined ? [] : passed.keywords
  const body = parseSuite(p, column)
  return { kind: 'ClassDef', start, end: p.lastEnd, name, nameSpan, bases, keywords, body, decorators, typeParams }
}
