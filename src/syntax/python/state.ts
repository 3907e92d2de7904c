import type { Problem, Span } from '../../contracts/place.ts'
import type { Text } from '../../contracts/text.ts'
import type { Expression } from './ast.ts'
import * as T from './tokens.ts'

/**
 * The state of the lexer and the parser, which are one: a token is read when it is needed. Who needs to go back
 * takes a {@link mark} and {@link reset}s to it.
 */
export interface Parser {
  readonly text: string
  readonly length: number
  /** Where lexing goes on: the end of the current token. */
  position: number
  kind: number
  start: number
  end: number
  /** About the current token: how a string is written, or whether a name has non-ASCII characters. */
  flags: number
  /** End of the last token consumed that was no line end. */
  lastEnd: number
  /** How many brackets are open. */
  depth: number
  /** Bracket depth of the innermost replacement field of an f-string; -1 outside of them. */
  fieldDepth: number
  /** Start of the first token of the logical line, and its indentation with tabs to 8 and with tabs as 1. */
  lineStart: number
  column: number
  tabColumn: number
  previousColumn: number
  /** Elements of the lists being read, innermost last: see {@link take}. */
  readonly scratch: Expression[]
  top: number
  /** Recursion of expressions and of blocks, against overflow of the stack. */
  nesting: number
  blocks: number
  readonly comments: Span[]
  readonly problems: Problem[]
  /** How many statements were understood. */
  statements: number
  /** End of the last statement that was skipped as damage. */
  damageEnd: number
  /** Conflict markers passed since the last statement. */
  readonly conflicts: Span[]
  inConflict: boolean
  mixedTabs: boolean
  /** Caches of {@link lineBreak} and {@link nextBackslash}: the answer for offsets from the first to the second. */
  breakFrom: number
  breakAt: number
  backslashFrom: number
  backslashAt: number
  readonly carriageReturns: boolean
  /** Starts of the triple-quoted strings of more than one line. */
  readonly longStrings: number[]
  /** Starts of triple-quoted strings to be read as damage of one line. */
  readonly brokenStrings: ReadonlySet<number>
  /** Start of the first triple double and single quotes that have no counterpart: then no later ones have. */
  readonly unclosed: [number, number]
  /** Characters read in vain before damage was noticed: see `isHopeless`. */
  wasted: number
  /** Why the current token is INVALID. */
  invalid: Text | undefined
  /** The failure being thrown. */
  failure: Text | undefined
  failureStart: number
  failureEnd: number
  failureLine: number
}

export const MAX_BRACKETS = 200

export function createParser(text: string, brokenStrings: ReadonlySet<number>): Parser {
  return {
    text,
    length: text.length,
    position: text.charCodeAt(0) === 0xfeff ? 1 : 0,
    kind: T.NEWLINE,
    start: 0,
    end: 0,
    flags: 0,
    lastEnd: 0,
    depth: 0,
    fieldDepth: -1,
    lineStart: 0,
    column: 0,
    tabColumn: 0,
    previousColumn: 0,
    scratch: [],
    top: 0,
    nesting: 0,
    blocks: 0,
    comments: [],
    problems: [],
    statements: 0,
    damageEnd: -1,
    conflicts: [],
    inConflict: false,
    mixedTabs: false,
    breakFrom: 0,
    breakAt: -1,
    backslashFrom: 0,
    backslashAt: -1,
    carriageReturns: text.includes('\r'),
    longStrings: [],
    brokenStrings,
    unclosed: [Infinity, Infinity],
    wasted: 0,
    invalid: undefined,
    failure: undefined,
    failureStart: 0,
    failureEnd: 0,
    failureLine: 0,
  }
}

export function push(p: Parser, element: Expression): void {
  p.scratch[p.top++] = element
}

/**
 * The elements pushed since `top` was `from`, as a list of just their number: lists that grow by themselves keep
 * room for 17 elements, which would be half of a tree's memory.
 */
export function take(p: Parser, from: number): Expression[] {
  const taken = p.scratch.slice(from, p.top)
  p.top = from
  return taken
}

/** What a parser must remember to come back: see {@link reset}. */
export interface Mark {
  readonly position: number
  readonly kind: number
  readonly start: number
  readonly end: number
  readonly flags: number
  readonly lastEnd: number
  readonly depth: number
  readonly nesting: number
  readonly comments: number
}

export function mark(p: Parser): Mark {
  return {
    position: p.position,
    kind: p.kind,
    start: p.start,
    end: p.end,
    flags: p.flags,
    lastEnd: p.lastEnd,
    depth: p.depth,
    nesting: p.nesting,
    comments: p.comments.length,
  }
}

/** Goes back to a {@link mark} taken on the same logical line. */
export function reset(p: Parser, to: Mark): void {
  p.wasted += p.position - to.position
  p.position = to.position
  p.kind = to.kind
  p.start = to.start
  p.end = to.end
  p.flags = to.flags
  p.lastEnd = to.lastEnd
  p.depth = to.depth
  p.nesting = to.nesting
  p.top = 0
  p.comments.length = to.comments
  p.fieldDepth = -1
}
