import type * as ast from './ast.ts'
import { BRACKET, parsePrimary } from './atoms.ts'
import { parseNamed, parseStarNamed, parseTupleRest } from './expressions.ts'
import { DAMAGE, expect, fail, failExpecting, nest } from './failure.ts'
import { advance, nextLine } from './lexer.ts'
import { identifier, numberValue } from './literals.ts'
import * as message from './messages.ts'
import { recover } from './recover.ts'
import { parseIdentifier } from './simple.ts'
import { mark, type Parser, reset } from './state.ts'
import { parseSuite } from './statements.ts'
import { parseStrings } from './text-literals.ts'
import * as T from './tokens.ts'

/** `match` and its patterns (PEP 634). `match`, `case` and `_` are names everywhere else. */

/** A `match` statement; undefined, and nothing consumed, if the line is something else. */
export function parseMatch(p: Parser): ast.Match | undefined {
  if (!isWord(p, 'match')) return undefined
  const { start, column, lineStart } = p
  const back = mark(p)
  const subject = parseSubject(p)
  if (subject === undefined) {
    reset(p, back)
    return undefined
  }
  const headerEnd = p.lastEnd
  nextLine(p)
  if (p.column <= column) fail(p, message.INDENTED_BLOCK, lineStart, headerEnd, lineStart)
  if (!isWord(p, 'case')) failExpecting(p, message.code('case'))
  const caseColumn = p.column
  const cases: ast.MatchCase[] = []
  while (p.kind !== T.EOF && p.column >= caseColumn) cases.push(parseCaseSafely(p))
  return { kind: 'Match', start, end: p.lastEnd, subject, cases }
}

function isWord(p: Parser, word: string): boolean {
  return p.kind === T.NAME && p.end - p.start === word.length && p.text.startsWith(word, p.start)
}

/** What is between `match` and a colon that ends the line; undefined if the line is no match statement. */
function parseSubject(p: Parser): ast.Expression | undefined {
  advance(p)
  if (!canStartSubject(p.kind)) return undefined
  try {
    const start = p.start
    const first = parseStarNamed(p)
    if (first.kind === 'Starred' && p.kind !== T.COMMA) return undefined
    const subject = p.kind === T.COMMA ? parseTupleRest(p, start, first, true) : first
    if (p.kind !== T.COLON) return undefined
    advance(p)
    return p.kind === T.NEWLINE ? subject : undefined
  } catch (thrown) {
    if (thrown !== DAMAGE) throw thrown
    return undefined
  }
}

function canStartSubject(kind: number): boolean {
  return (
    kind !== T.EQUAL && kind !== T.DOT && kind !== T.NEWLINE && kind !== T.COMMA && kind !== T.COLON && kind !== T.RPAR
  )
}

/** Damage in the header of a case costs this case: it might match anything, and what it does is unknown. */
function parseCaseSafely(p: Parser): ast.MatchCase {
  const { start, column, blocks } = p
  try {
    if (!isWord(p, 'case')) fail(p, message.CASE_ONLY)
    return parseCase(p, column)
  } catch (thrown) {
    p.blocks = blocks
    const damaged = recover(p, start, column, thrown)
    const pattern: ast.Pattern = { kind: 'MatchAs', start, end: start, pattern: undefined, name: undefined }
    return { pattern, guard: undefined, body: [damaged] }
  }
}

function parseCase(p: Parser, column: number): ast.MatchCase {
  advance(p)
  const pattern = parsePatterns(p)
  let guard: ast.Expression | undefined
  if (p.kind === T.IF) {
    advance(p)
    guard = parseNamed(p)
  }
  return { pattern, guard, body: parseSuite(p, column) }
}

/** `patterns`: one pattern, or a sequence without brackets. */
function parsePatterns(p: Parser): ast.Pattern {
  const start = p.start
  const first = parseMaybeStar(p)
  if (p.kind !== T.COMMA) return first.kind === 'MatchStar' ? failExpecting(p, message.code(',')) : first
  const patterns = [first]
  while (p.kind === T.COMMA) {
    advance(p)
    if (p.kind === T.COLON || p.kind === T.IF) break
    patterns.push(parseMaybeStar(p))
  }
  return { kind: 'MatchSequence', start, end: p.lastEnd, patterns }
}

function parseMaybeStar(p: Parser): ast.Pattern {
  if (p.kind !== T.STAR) return parsePattern(p)
  const start = p.start
  advance(p)
  const name = parseIdentifier(p)
  return { kind: 'MatchStar', start, end: p.lastEnd, name: name === '_' ? undefined : name }
}

/** `a | b as c` */
function parsePattern(p: Parser): ast.Pattern {
  const start = p.start
  nest(p, BRACKET)
  let pattern = parseClosed(p)
  if (p.kind === T.VBAR) {
    const patterns = [pattern]
    while (p.kind === T.VBAR) {
      advance(p)
      patterns.push(parseClosed(p))
    }
    pattern = { kind: 'MatchOr', start, end: p.lastEnd, patterns }
  }
  if (p.kind === T.AS) {
    advance(p)
    if (isWord(p, '_')) fail(p, message.PATTERN_NAME)
    const name = parseIdentifier(p)
    pattern = { kind: 'MatchAs', start, end: p.lastEnd, pattern, name }
  }
  p.nesting -= BRACKET
  return pattern
}

function parseClosed(p: Parser): ast.Pattern {
  const start = p.start
  switch (p.kind) {
    case T.NAME:
      return parseNamePattern(p)
    case T.LPAR:
    case T.LSQB:
      return parseSequence(p)
    case T.LBRACE:
      return parseMapping(p)
    case T.NONE:
    case T.TRUE:
    case T.FALSE: {
      const value = p.kind === T.NONE ? null : p.kind === T.TRUE
      advance(p)
      return { kind: 'MatchSingleton', start, end: p.lastEnd, value }
    }
    default: {
      const value = parseLiteral(p)
      return { kind: 'MatchValue', start, end: p.lastEnd, value }
    }
  }
}

/** A string, or a number that may be negative or complex. */
function parseLiteral(p: Parser): ast.Expression {
  const start = p.start
  if (p.kind === T.STRING || p.kind === T.FORMAT_STRING) return parseStrings(p)
  const left = parseNumber(p, true)
  if (p.kind !== T.PLUS && p.kind !== T.MINUS) return left
  const op = p.kind === T.PLUS ? '+' : '-'
  advance(p)
  const right = parseNumber(p, false)
  return { kind: 'BinOp', start, end: p.lastEnd, left, op, right }
}

function parseNumber(p: Parser, signed: boolean): ast.Expression {
  const start = p.start
  if (signed && p.kind === T.MINUS) {
    advance(p)
    const operand = parseNumber(p, false)
    return { kind: 'UnaryOp', start, end: p.lastEnd, op: '-', operand }
  }
  if (p.kind !== T.INT && p.kind !== T.FLOAT && p.kind !== T.IMAGINARY) failExpecting(p, message.PATTERN)
  const value = numberValue(p)
  advance(p)
  return { kind: 'Constant', start, end: p.lastEnd, value }
}

/** A capture, the wildcard, a dotted value or a class pattern. */
function parseNamePattern(p: Parser): ast.Pattern {
  const start = p.start
  const name: ast.Name = { kind: 'Name', start, end: p.end, id: identifier(p) }
  advance(p)
  let value: ast.Expression = name
  while (p.kind === T.DOT) {
    advance(p)
    const attr = parseIdentifier(p)
    value = { kind: 'Attribute', start, end: p.lastEnd, value, attr }
  }
  if (p.kind === T.LPAR) return parseClassPattern(p, start, value)
  if (value !== name) return { kind: 'MatchValue', start, end: p.lastEnd, value }
  return { kind: 'MatchAs', start, end: p.lastEnd, pattern: undefined, name: name.id === '_' ? undefined : name.id }
}

function parseClassPattern(p: Parser, start: number, cls: ast.Expression): ast.Pattern {
  const patterns: ast.Pattern[] = []
  const kwdAttrs: string[] = []
  const kwdPatterns: ast.Pattern[] = []
  advance(p)
  while (p.kind !== T.RPAR) {
    const pattern = parsePattern(p)
    if (p.kind === T.EQUAL && pattern.kind === 'MatchAs' && pattern.pattern === undefined) {
      kwdAttrs.push(pattern.name ?? '_')
      advance(p)
      kwdPatterns.push(parsePattern(p))
    } else {
      if (kwdAttrs.length > 0) fail(p, message.POSITIONAL_AFTER_KEYWORD, pattern.start, pattern.end)
      patterns.push(pattern)
    }
    if (p.kind !== T.COMMA) break
    advance(p)
  }
  expect(p, T.RPAR, ')')
  return { kind: 'MatchClass', start, end: p.lastEnd, cls, patterns, kwdAttrs, kwdPatterns }
}

/** `[a, *b]`, `(a, b)`, or a group `(a)`. */
function parseSequence(p: Parser): ast.Pattern {
  const start = p.start
  const isList = p.kind === T.LSQB
  const close = isList ? T.RSQB : T.RPAR
  const patterns: ast.Pattern[] = []
  let comma = false
  advance(p)
  while (p.kind !== close) {
    patterns.push(parseMaybeStar(p))
    if (p.kind !== T.COMMA) break
    comma = true
    advance(p)
  }
  expect(p, close, isList ? ']' : ')')
  const first = patterns[0]
  if (!isList && !comma && first !== undefined) {
    return first.kind === 'MatchStar' ? fail(p, message.STAR_HERE, first.start, first.end) : first
  }
  return { kind: 'MatchSequence', start, end: p.lastEnd, patterns }
}

function parseMapping(p: Parser): ast.Pattern {
  const start = p.start
  const keys: ast.Expression[] = []
  const patterns: ast.Pattern[] = []
  let rest: string | undefined
  advance(p)
  while (p.kind !== T.RBRACE) {
    if (p.kind === T.DOUBLE_STAR) {
      advance(p)
      rest = parseIdentifier(p)
    } else {
      keys.push(parseMappingKey(p))
      expect(p, T.COLON, ':')
      patterns.push(parsePattern(p))
    }
    if (p.kind !== T.COMMA) break
    advance(p)
  }
  expect(p, T.RBRACE, '}')
  return { kind: 'MatchMapping', start, end: p.lastEnd, keys, patterns, rest }
}

function parseMappingKey(p: Parser): ast.Expression {
  const { kind } = p
  if (kind === T.NONE || kind === T.TRUE || kind === T.FALSE) return parsePrimary(p)
  if (kind !== T.NAME) return parseLiteral(p)
  const key = parsePrimary(p)
  return key.kind === 'Attribute'
    ? key
    : fail(p, message.expected(message.PATTERN, message.code(p.text.slice(key.start, key.end))), key.start, key.end)
}
