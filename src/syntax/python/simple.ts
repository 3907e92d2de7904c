import type * as ast from './ast.ts'
import { parseStarExpressions, parseTest, parseYieldOrStarExpressions, startsExpression } from './expressions.ts'
import { expect, fail, failExpecting } from './failure.ts'
import { advance } from './lexer.ts'
import { identifier } from './literals.ts'
import * as message from './messages.ts'
import { parseTypeParameters } from './parameters.ts'
import { mark, type Parser, reset } from './state.ts'
import { checkDeletable, checkTarget } from './targets.ts'
import * as T from './tokens.ts'

/** Simple statements: those of one line, several of which `;` can separate. */

export function parseSimple(p: Parser): ast.Statement {
  const start = p.start
  switch (p.kind) {
    case T.IMPORT:
      return parseImport(p)
    case T.FROM:
      return parseFrom(p)
    case T.RETURN: {
      advance(p)
      const value = startsExpression(p.kind) ? parseStarExpressions(p) : undefined
      return { kind: 'Return', start, end: p.lastEnd, value }
    }
    case T.PASS:
      advance(p)
      return { kind: 'Pass', start, end: p.lastEnd }
    case T.BREAK:
      advance(p)
      return { kind: 'Break', start, end: p.lastEnd }
    case T.CONTINUE:
      advance(p)
      return { kind: 'Continue', start, end: p.lastEnd }
    case T.RAISE:
      return parseRaise(p)
    case T.ASSERT:
      return parseAssert(p)
    case T.DEL:
      return parseDelete(p)
    case T.GLOBAL:
    case T.NONLOCAL: {
      const kind = p.kind === T.GLOBAL ? 'Global' : 'Nonlocal'
      const names = parseNames(p)
      return { kind, start, end: p.lastEnd, names }
    }
    case T.NAME:
      if (p.end - p.start === 4 && p.text.startsWith('type', p.start)) {
        const back = mark(p)
        advance(p)
        if (p.kind === T.NAME) return parseTypeAlias(p, start)
        reset(p, back)
      }
      return parseExpressionStatement(p)
    default:
      return parseExpressionStatement(p)
  }
}

/** An assignment of any kind, or an expression alone. */
function parseExpressionStatement(p: Parser): ast.Statement {
  const start = p.start
  const first = parseYieldOrStarExpressions(p)
  if (p.kind === T.EQUAL) return parseAssignment(p, start, first)
  if (p.kind === T.NEWLINE || p.kind === T.SEMICOLON) return { kind: 'Expr', start, end: p.lastEnd, value: first }
  if (p.kind === T.COLON) return parseAnnotated(p, start, first)
  if (T.isAugmentedAssignment(p.kind)) return parseAugmented(p, start, first)
  if (first.kind === 'Name' && (first.id === 'print' || first.id === 'exec') && startsExpression(p.kind)) {
    fail(p, message.python2(first.id), start, p.end)
  }
  if (p.kind === T.COLON_EQUAL) fail(p, message.expected(message.code('='), message.code(':=')))
  return { kind: 'Expr', start, end: p.lastEnd, value: first }
}

function parseAssignment(p: Parser, start: number, first: ast.Expression): ast.Assign {
  const targets: ast.Expression[] = []
  let value = first
  while (p.kind === T.EQUAL) {
    checkTarget(p, value)
    targets.push(value)
    advance(p)
    value = parseYieldOrStarExpressions(p)
  }
  return { kind: 'Assign', start, end: p.lastEnd, targets, value }
}

function isSingleTarget(node: ast.Expression): boolean {
  return node.kind === 'Name' || node.kind === 'Attribute' || node.kind === 'Subscript'
}

function parseAnnotated(p: Parser, start: number, target: ast.Expression): ast.AnnAssign {
  if (!isSingleTarget(target)) failExpecting(p, message.LINE_END)
  const simple = target.kind === 'Name' && target.start === start
  advance(p)
  const annotation = parseTest(p)
  let value: ast.Expression | undefined
  if (p.kind === T.EQUAL) {
    advance(p)
    value = parseYieldOrStarExpressions(p)
  }
  return { kind: 'AnnAssign', start, end: p.lastEnd, target, annotation, value, simple }
}

function parseAugmented(p: Parser, start: number, target: ast.Expression): ast.AugAssign {
  if (!isSingleTarget(target)) fail(p, message.ASSIGNMENT, target.start, target.end)
  const op = T.OPERATOR[p.kind - T.AUGMENTED] as ast.BinaryOperator
  advance(p)
  const value = parseYieldOrStarExpressions(p)
  return { kind: 'AugAssign', start, end: p.lastEnd, target, op, value }
}

function parseTypeAlias(p: Parser, start: number): ast.TypeAlias {
  const name: ast.Name = { kind: 'Name', start: p.start, end: p.end, id: identifier(p) }
  advance(p)
  const typeParams = parseTypeParameters(p)
  expect(p, T.EQUAL, '=')
  const value = parseTest(p)
  return { kind: 'TypeAlias', start, end: p.lastEnd, name, typeParams, value }
}

function parseRaise(p: Parser): ast.Raise {
  const start = p.start
  let exc: ast.Expression | undefined
  let cause: ast.Expression | undefined
  advance(p)
  if (startsExpression(p.kind)) {
    exc = parseTest(p)
    if (p.kind === T.FROM) {
      advance(p)
      cause = parseTest(p)
    }
  }
  return { kind: 'Raise', start, end: p.lastEnd, exc, cause }
}

function parseAssert(p: Parser): ast.Assert {
  const start = p.start
  advance(p)
  const test = parseTest(p)
  let msg: ast.Expression | undefined
  if (p.kind === T.COMMA) {
    advance(p)
    msg = parseTest(p)
  }
  return { kind: 'Assert', start, end: p.lastEnd, test, msg }
}

function parseDelete(p: Parser): ast.Delete {
  const start = p.start
  const targets: ast.Expression[] = []
  advance(p)
  do {
    const target = parseTest(p)
    checkDeletable(p, target)
    targets.push(target)
    if (p.kind !== T.COMMA) break
    advance(p)
  } while (startsExpression(p.kind))
  return { kind: 'Delete', start, end: p.lastEnd, targets }
}

/** The names after `global` or `nonlocal`. */
function parseNames(p: Parser): string[] {
  const names: string[] = []
  do {
    advance(p)
    names.push(parseIdentifier(p))
  } while (p.kind === T.COMMA)
  return names
}

export function parseIdentifier(p: Parser): string {
  if (p.kind !== T.NAME) failExpecting(p, message.IDENTIFIER)
  const name = identifier(p)
  advance(p)
  return name
}

function parseDotted(p: Parser): string {
  let name = parseIdentifier(p)
  while (p.kind === T.DOT) {
    advance(p)
    name += '.' + parseIdentifier(p)
  }
  return name
}

function parseAlias(p: Parser, dotted: boolean): ast.Alias {
  const start = p.start
  const name = dotted ? parseDotted(p) : parseIdentifier(p)
  let asname: string | undefined
  if (p.kind === T.AS) {
    advance(p)
    asname = parseIdentifier(p)
  }
  return { kind: 'alias', start, end: p.lastEnd, name, asname }
}

function parseImport(p: Parser): ast.Import {
  const start = p.start
  const names: ast.Alias[] = []
  do {
    advance(p)
    names.push(parseAlias(p, true))
  } while (p.kind === T.COMMA)
  return { kind: 'Import', start, end: p.lastEnd, names }
}

function parseFrom(p: Parser): ast.ImportFrom {
  const start = p.start
  let level = 0
  advance(p)
  while (p.kind === T.DOT || p.kind === T.ELLIPSIS) {
    level += p.kind === T.DOT ? 1 : 3
    advance(p)
  }
  const module = level > 0 && p.kind === T.IMPORT ? undefined : parseDotted(p)
  expect(p, T.IMPORT, 'import')
  const names = parseImported(p)
  return { kind: 'ImportFrom', start, end: p.lastEnd, module, level, names }
}

function parseImported(p: Parser): ast.Alias[] {
  if (p.kind === T.STAR) {
    const star: ast.Alias = { kind: 'alias', start: p.start, end: p.end, name: '*', asname: undefined }
    advance(p)
    return [star]
  }
  const names: ast.Alias[] = []
  const parenthesised = p.kind === T.LPAR
  if (parenthesised) advance(p)
  do {
    names.push(parseAlias(p, false))
    if (p.kind !== T.COMMA) break
    advance(p)
    if (!parenthesised && p.kind === T.NEWLINE) fail(p, message.TRAILING_COMMA)
  } while (p.kind !== T.RPAR)
  if (parenthesised) expect(p, T.RPAR, ')')
  return names
}
