import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser'
import type { Problem, Span } from '../../contracts/place.ts'
import type { Text } from '../../contracts/text.ts'
import { type DataDocument, type DataEntry, type DataNode, maxDepth } from '../data.ts'

/** Reads JSON; what is broken is passed over and reported. Of a repeated key the last value counts. Never throws. */
export function parseJson(text: string): DataDocument {
  const deep = tooDeep(text)
  if (deep !== undefined) return { root: undefined, problems: [deep] }
  const errors: ParseError[] = []
  const tree = parseTree(text, errors, { disallowComments: true })
  const problems = errors.map(({ error, offset, length }) => {
    const end = Math.min(text.length, offset + Math.max(length, 1))
    return { span: { start: Math.min(offset, end), end }, message: describe(printParseErrorCode(error)) }
  })
  return { root: tree === undefined ? undefined : nodeOf(text, tree), problems }
}

/** The bracket that opens one level too many: the parser calls itself once per level. */
function tooDeep(text: string): Problem | undefined {
  let depth = 0
  for (let index = 0; index < text.length; index++) {
    const char = text[index]
    if (char === '"') index = stringEnd(text, index)
    else if (char === '}' || char === ']') depth--
    else if (char === '{' || char === '[') depth++
    if (depth > maxDepth) {
      const message = {
        en: `more than ${maxDepth} levels in each other are not read`,
        fr: `plus de ${maxDepth} niveaux imbriqués ne sont pas lus`,
      }
      return { span: { start: index, end: index + 1 }, message }
    }
  }
  return undefined
}

/** Where a text that begins at `start` ends: its closing quote, else the end of its line. */
function stringEnd(text: string, start: number): number {
  for (let index = start + 1; index < text.length; index++) {
    if (text[index] === '\\') index++
    else if (text[index] === '"' || text[index] === '\n') return index
  }
  return text.length
}

const described: Readonly<Record<string, Text>> = {
  CommaExpected: { en: 'a comma is missing', fr: 'il manque une virgule' },
  ColonExpected: { en: 'a colon is missing', fr: 'il manque un deux-points' },
  ValueExpected: {
    en: 'a value is expected (or a comma is one too many)',
    fr: 'une valeur est attendue (ou une virgule est de trop)',
  },
  PropertyNameExpected: {
    en: 'a property name in double quotes is expected (or a comma is one too many)',
    fr: 'un nom de propriété entre guillemets droits est attendu (ou une virgule est de trop)',
  },
  CloseBraceExpected: { en: 'a closing } is missing', fr: 'il manque une } fermante' },
  CloseBracketExpected: { en: 'a closing ] is missing', fr: 'il manque un ] fermant' },
  EndOfFileExpected: {
    en: 'something follows the end of the JSON document',
    fr: 'quelque chose suit la fin du document JSON',
  },
  InvalidCommentToken: { en: 'JSON has no comments', fr: 'JSON n’a pas de commentaires' },
  InvalidSymbol: { en: 'this word is no JSON value', fr: 'ce mot n’est pas une valeur JSON' },
  InvalidNumberFormat: { en: 'this is no JSON number', fr: 'ce n’est pas un nombre JSON' },
  UnexpectedEndOfString: { en: 'the quote is never closed', fr: 'le guillemet n’est jamais refermé' },
  UnexpectedEndOfNumber: { en: 'this number is cut short', fr: 'ce nombre est tronqué' },
  UnexpectedEndOfComment: { en: 'JSON has no comments', fr: 'JSON n’a pas de commentaires' },
  InvalidUnicode: { en: '\\u needs four hexadecimal digits', fr: '\\u demande quatre chiffres hexadécimaux' },
  InvalidEscapeCharacter: {
    en: 'JSON has no such escape after a backslash',
    fr: 'JSON ne connaît pas ce caractère après une barre oblique inverse',
  },
  InvalidCharacter: {
    en: 'a control character stands in this text',
    fr: 'ce texte contient un caractère de contrôle',
  },
}

const describe = (code: string): Text =>
  described[code] ?? { en: `not valid JSON (${code})`, fr: `JSON invalide (${code})` }

/** The parser counts two characters for the end of a comment that has none. */
const spanOf = (text: string, { offset, length }: Node): Span => ({
  start: Math.min(offset, text.length),
  end: Math.min(offset + length, text.length),
})

function nodeOf(text: string, node: Node): DataNode {
  const span = spanOf(text, node)
  switch (node.type) {
    case 'object': {
      const entries = new Map<string, DataEntry>()
      for (const { children } of node.children ?? []) {
        const [key, value] = children ?? []
        if (key === undefined || value === undefined) continue
        entries.set(String(key.value), { key: spanOf(text, key), value: nodeOf(text, value) })
      }
      return { kind: 'table', span, entries }
    }
    case 'array':
      return { kind: 'list', span, items: (node.children ?? []).map((item) => nodeOf(text, item)) }
    case 'string': {
      const closed = stringEnd(text, span.start) === span.end - 1 && text[span.end - 1] === '"'
      const content = { start: span.start + 1, end: closed ? span.end - 1 : span.end }
      return { kind: 'text', span, text: String(node.value), content }
    }
    case 'boolean':
      return { kind: 'boolean', span, text: text.slice(span.start, span.end), value: node.value === true }
    case 'number':
      return { kind: 'number', span, text: text.slice(span.start, span.end), value: Number(node.value) }
    default:
      return { kind: 'other', span, text: text.slice(span.start, span.end), value: null }
  }
}
