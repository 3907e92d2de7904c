import jsTokens from 'js-tokens'
import type { Span } from '../../contracts/place.ts'

export type TokenType =
  | 'name'
  | 'private'
  | 'string'
  | 'template'
  | 'number'
  | 'regex'
  | 'punctuator'
  | 'jsx'
  | 'jsx-name'
  | 'jsx-text'
  | 'invalid'

/** A token that means something: white space and comments are left out. */
export interface Token extends Span {
  readonly type: TokenType
  readonly value: string
  /** A line ends between the previous token and this one. */
  readonly newline: boolean
  /** For an opening bracket the index of its closer, and the other way round; -1 when there is none. */
  match: number
}

export interface Tokens {
  readonly tokens: readonly Token[]
  readonly comments: readonly Span[]
}

const types: Readonly<Record<string, TokenType>> = {
  IdentifierName: 'name',
  PrivateIdentifier: 'private',
  StringLiteral: 'string',
  NoSubstitutionTemplate: 'template',
  TemplateHead: 'template',
  TemplateMiddle: 'template',
  TemplateTail: 'template',
  NumericLiteral: 'number',
  RegularExpressionLiteral: 'regex',
  Punctuator: 'punctuator',
  JSXPunctuator: 'jsx',
  JSXIdentifier: 'jsx-name',
  JSXText: 'jsx-text',
  JSXString: 'string',
}

/** Tokens of `text`; spans are offsets into it plus `offset`. `jsx` is needed for elements, and spoils `<T>value` casts. */
export function tokenise(text: string, options: { readonly jsx: boolean; readonly offset?: number }): Tokens {
  const tokens: Token[] = []
  const comments: Span[] = []
  let position = options.offset ?? 0
  let newline = false
  for (const { type, value } of jsTokens(text, { jsx: options.jsx } as { jsx: true })) {
    const start = position
    const end = start + value.length
    position = end
    if (type === 'WhiteSpace') continue
    if (type === 'LineTerminatorSequence') newline = true
    else if (type === 'SingleLineComment' || type === 'MultiLineComment' || type === 'HashbangComment') {
      comments.push({ start, end })
      if (value.includes('\n')) newline = true
    } else {
      tokens.push({
        type: value === '@' ? 'punctuator' : (types[type] ?? 'invalid'),
        value,
        start,
        end,
        newline,
        match: -1,
      })
      newline = false
    }
  }
  matchBrackets(tokens)
  return { tokens, comments }
}

const closers: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' }

/** Pairs brackets; a closer that fits no open bracket is left alone, open ones that it jumps over stay unmatched. */
function matchBrackets(tokens: readonly Token[]): void {
  const open: { index: number; closer: string }[] = []
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index] as Token
    if (token.type !== 'punctuator' && token.type !== 'jsx') continue
    const closer = closers[token.value]
    if (closer !== undefined) open.push({ index, closer: closer + token.type })
    else if (token.value === ')' || token.value === ']' || token.value === '}') {
      const at = open.findLastIndex((entry) => entry.closer === token.value + token.type)
      if (at < 0) continue
      const opener = (open[at] as { index: number }).index
      open.length = at
      token.match = opener
      ;(tokens[opener] as Token).match = index
    }
  }
}

const simple: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v', 0: '\0' }

/** The text that a literal's body (without its quotes) stands for. */
export function decodeEscapes(body: string): string {
  if (!body.includes('\\')) return body
  return body.replace(
    /\\(?:u\{([0-9a-fA-F]+)\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(\r\n|[\s\S]))/g,
    (_, braced?: string, unicode?: string, hex?: string, other?: string) => {
      const code = braced ?? unicode ?? hex
      if (code !== undefined) {
        const point = Number.parseInt(code, 16)
        return point <= 0x10ffff ? String.fromCodePoint(point) : ''
      }
      if (other === '\n' || other === '\r\n') return ''
      return simple[other as string] ?? (other as string)
    },
  )
}
