/**
 * Token kinds, and what can be looked up by kind. Numbers, so that the reader's inner loops compare small
 * integers and index flat tables.
 */

export const EOF: number = 0
export const NEWLINE: number = 1
export const NAME: number = 2
export const INT: number = 3
export const FLOAT: number = 4
export const IMAGINARY: number = 5
export const STRING: number = 6
/** The opening of an f-string or t-string, quotes included; the parser reads on from there. */
export const FORMAT_STRING: number = 7
/** What is no token; the parser's `message` says why. */
export const INVALID: number = 8
export const LPAR: number = 9
export const RPAR: number = 10
export const LSQB: number = 11
export const RSQB: number = 12
export const LBRACE: number = 13
export const RBRACE: number = 14
export const COMMA: number = 15
export const COLON: number = 16
export const SEMICOLON: number = 17
export const DOT: number = 18
export const ELLIPSIS: number = 19
export const ARROW: number = 20
export const EQUAL: number = 21
export const COLON_EQUAL: number = 22
export const EXCLAMATION: number = 23
export const TILDE: number = 24

export const AT: number = 25
export const PLUS: number = 26
export const MINUS: number = 27
export const STAR: number = 28
export const SLASH: number = 29
export const PERCENT: number = 30
export const DOUBLE_STAR: number = 31
export const LEFT_SHIFT: number = 32
export const RIGHT_SHIFT: number = 33
export const VBAR: number = 34
export const CIRCUMFLEX: number = 35
export const AMPERSAND: number = 36
export const DOUBLE_SLASH: number = 37
/** `op=` has the kind of `op` plus this. */
export const AUGMENTED: number = 13
const LAST_AUGMENTED = DOUBLE_SLASH + AUGMENTED

export const LESS: number = 51
export const GREATER: number = 52
export const EQUAL_EQUAL: number = 53
export const NOT_EQUAL: number = 54
export const LESS_EQUAL: number = 55
export const GREATER_EQUAL: number = 56

export const FALSE: number = 57
export const NONE: number = 58
export const TRUE: number = 59
export const AND: number = 60
export const AS: number = 61
export const ASSERT: number = 62
export const ASYNC: number = 63
export const AWAIT: number = 64
export const BREAK: number = 65
export const CLASS: number = 66
export const CONTINUE: number = 67
export const DEF: number = 68
export const DEL: number = 69
export const ELIF: number = 70
export const ELSE: number = 71
export const EXCEPT: number = 72
export const FINALLY: number = 73
export const FOR: number = 74
export const FROM: number = 75
export const GLOBAL: number = 76
export const IF: number = 77
export const IMPORT: number = 78
export const IN: number = 79
export const IS: number = 80
export const LAMBDA: number = 81
export const NONLOCAL: number = 82
export const NOT: number = 83
export const OR: number = 84
export const PASS: number = 85
export const RAISE: number = 86
export const RETURN: number = 87
export const TRY: number = 88
export const WHILE: number = 89
export const WITH: number = 90
export const YIELD: number = 91

/** Binding strength of operators, from `or` (1) and `and` (2) up to `*` (10), as in Python's grammar. */
export const OR_LEVEL: number = 1
export const NOT_LEVEL: number = 3
export const COMPARE_LEVEL: number = 4
export const BIT_OR_LEVEL: number = 5

/** Level of each binary operator by token kind; 0 is no operator. `not` stands for `not in`. */
export const LEVEL = new Uint8Array(92)
/** How each binary and comparison operator is written, by token kind. */
export const OPERATOR: string[] = new Array(92).fill('')

const levels: readonly (readonly (readonly [number, string])[])[] = [
  [[OR, 'or']],
  [[AND, 'and']],
  [],
  [
    [LESS, '<'],
    [GREATER, '>'],
    [EQUAL_EQUAL, '=='],
    [NOT_EQUAL, '!='],
    [LESS_EQUAL, '<='],
    [GREATER_EQUAL, '>='],
    [IN, 'in'],
    [IS, 'is'],
    [NOT, 'not in'],
  ],
  [[VBAR, '|']],
  [[CIRCUMFLEX, '^']],
  [[AMPERSAND, '&']],
  [
    [LEFT_SHIFT, '<<'],
    [RIGHT_SHIFT, '>>'],
  ],
  [
    [PLUS, '+'],
    [MINUS, '-'],
  ],
  [
    [STAR, '*'],
    [SLASH, '/'],
    [PERCENT, '%'],
    [AT, '@'],
    [DOUBLE_SLASH, '//'],
  ],
]
for (let level = 0; level < levels.length; level++) {
  for (const [kind, written] of levels[level] as readonly (readonly [number, string])[]) {
    LEVEL[kind] = level + 1
    OPERATOR[kind] = written
  }
}
OPERATOR[DOUBLE_STAR] = '**'

export function isAugmentedAssignment(kind: number): boolean {
  return kind >= AT + AUGMENTED && kind <= LAST_AUGMENTED
}

const KEYWORDS: readonly (readonly [string, number])[] = [
  ['False', FALSE],
  ['None', NONE],
  ['True', TRUE],
  ['and', AND],
  ['as', AS],
  ['assert', ASSERT],
  ['async', ASYNC],
  ['await', AWAIT],
  ['break', BREAK],
  ['class', CLASS],
  ['continue', CONTINUE],
  ['def', DEF],
  ['del', DEL],
  ['elif', ELIF],
  ['else', ELSE],
  ['except', EXCEPT],
  ['finally', FINALLY],
  ['for', FOR],
  ['from', FROM],
  ['global', GLOBAL],
  ['if', IF],
  ['import', IMPORT],
  ['in', IN],
  ['is', IS],
  ['lambda', LAMBDA],
  ['nonlocal', NONLOCAL],
  ['not', NOT],
  ['or', OR],
  ['pass', PASS],
  ['raise', RAISE],
  ['return', RETURN],
  ['try', TRY],
  ['while', WHILE],
  ['with', WITH],
  ['yield', YIELD],
]

/** Keywords by a key of length, first and second letter; the key is unique among Python's keywords but for a few. */
const byKey: (readonly [string, number][] | undefined)[] = new Array(4096).fill(undefined)
for (const [word, kind] of KEYWORDS) {
  const key = keyOf(word.length, word.charCodeAt(0), word.charCodeAt(1))
  byKey[key] = [...(byKey[key] ?? []), [word, kind]]
}

function keyOf(length: number, first: number, second: number): number {
  return (length << 8) | (((first & 31) << 3) ^ (second & 31))
}

/** Kind of the ASCII word in `text` from `start` to `end`: a keyword's, or NAME. */
export function wordKind(text: string, start: number, end: number): number {
  const length = end - start
  if (length < 2 || length > 8) return NAME
  const found = byKey[keyOf(length, text.charCodeAt(start), text.charCodeAt(start + 1))]
  if (found === undefined) return NAME
  for (let i = 0; i < found.length; i++) {
    const [word, kind] = found[i] as [string, number]
    if (text.startsWith(word, start)) return kind
  }
  return NAME
}

/** What the lexer does with an ASCII character; 0 stands for those that are no part of Python. */
export const C_SPACE: number = 1
export const C_LETTER: number = 2
export const C_DIGIT: number = 3
export const C_QUOTE: number = 4
export const C_OPEN: number = 5
export const C_CLOSE: number = 6
export const C_SINGLE: number = 7
export const C_OPERATOR: number = 8
export const C_NEWLINE: number = 9
export const C_COMMENT: number = 10
export const C_BACKSLASH: number = 11
export const C_DOT: number = 12

export const CHARACTER = new Uint8Array(128)
/** 1 for the ASCII characters that go on an identifier. */
export const WORD = new Uint8Array(128)
/** Kind of the tokens that are one character whatever follows, by character. */
export const SINGLE = new Uint8Array(128)

function mark(characters: string, what: number): void {
  for (let i = 0; i < characters.length; i++) CHARACTER[characters.charCodeAt(i)] = what
}
for (let c = 0; c < 128; c++) {
  const letter = (c >= 65 && c <= 90) || (c >= 97 && c <= 122) || c === 95
  const digit = c >= 48 && c <= 57
  if (letter) CHARACTER[c] = C_LETTER
  if (digit) CHARACTER[c] = C_DIGIT
  if (letter || digit) WORD[c] = 1
}
mark(' \t\f', C_SPACE)
mark('"\'', C_QUOTE)
mark('([{', C_OPEN)
mark(')]}', C_CLOSE)
mark(',;~', C_SINGLE)
mark('+-*/%@&|^<>=!:', C_OPERATOR)
mark('\r\n', C_NEWLINE)
mark('#', C_COMMENT)
mark('\\', C_BACKSLASH)
mark('.', C_DOT)
for (const [character, kind] of [
  ['(', LPAR],
  [')', RPAR],
  ['[', LSQB],
  [']', RSQB],
  ['{', LBRACE],
  ['}', RBRACE],
  [',', COMMA],
  [';', SEMICOLON],
  ['~', TILDE],
  ['+', PLUS],
  ['-', MINUS],
  ['*', STAR],
  ['/', SLASH],
  ['%', PERCENT],
  ['@', AT],
  ['&', AMPERSAND],
  ['|', VBAR],
  ['^', CIRCUMFLEX],
  ['<', LESS],
  ['>', GREATER],
  ['=', EQUAL],
  ['!', EXCLAMATION],
  [':', COLON],
] as const) {
  SINGLE[character.charCodeAt(0)] = kind
}
