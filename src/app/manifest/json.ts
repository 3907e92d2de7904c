import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser'
import type { Place } from '../../contracts/place.ts'
import type { Text } from '../../contracts/text.ts'
import type { SourceFile } from '../../files/tree.ts'
import type { Written } from '../../syntax/data.ts'
import type { ManifestProblem } from './model.ts'

/** A JSON file as a tree with the problems of strict JSON. */
export function readJson(file: SourceFile): { root: Node | undefined; problems: ManifestProblem[] } {
  const errors: ParseError[] = []
  const root = parseTree(file.text, errors, {
    disallowComments: true,
    allowTrailingComma: false,
    allowEmptyContent: false,
  })
  const [first] = errors
  const problems = first === undefined ? [] : [jsonProblem(file, first)]
  return { root, problems }
}

function jsonProblem(file: SourceFile, error: ParseError): ManifestProblem {
  const code = printParseErrorCode(error.error)
  const text = messages[code] ?? { en: `not valid JSON (${code})`, fr: `JSON invalide (${code})` }
  const end = Math.min(file.text.length, error.offset + Math.max(1, error.length))
  return { kind: 'syntax', at: { file: file.path, span: { start: Math.min(error.offset, end), end } }, message: text }
}

const messages: Record<string, Text> = {
  InvalidCommentToken: { en: 'JSON has no comments', fr: "JSON n'a pas de commentaires" },
  CommaExpected: { en: 'a comma is missing', fr: 'il manque une virgule' },
  ColonExpected: { en: 'a colon is missing', fr: 'il manque un deux-points' },
  PropertyNameExpected: {
    en: 'a property name in double quotes is expected (or a comma is one too many)',
    fr: 'un nom de propriété entre guillemets droits est attendu (ou une virgule est de trop)',
  },
  ValueExpected: {
    en: 'a value is expected (or a comma is one too many)',
    fr: 'une valeur est attendue (ou une virgule est de trop)',
  },
  CloseBraceExpected: { en: 'a closing } is missing', fr: 'il manque une } fermante' },
  CloseBracketExpected: { en: 'a closing ] is missing', fr: 'il manque un ] fermant' },
  EndOfFileExpected: {
    en: 'something follows the end of the JSON document',
    fr: 'quelque chose suit la fin du document JSON',
  },
  InvalidSymbol: { en: 'this word is no JSON value', fr: "ce mot n'est pas une valeur JSON" },
  UnexpectedEndOfString: { en: 'the quote is never closed', fr: "le guillemet n'est jamais refermé" },
}

/** The value under a key of an object. */
export function property(node: Node | undefined, name: string): Node | undefined {
  return entry(node, name)?.children?.[1]
}

/** The key and value of an object, as a property node. */
export function entry(node: Node | undefined, name: string): Node | undefined {
  return node?.type === 'object' ? node.children?.findLast((child) => child.children?.[0]?.value === name) : undefined
}

/** Keys and values of an object; empty for anything else. */
export function entries(node: Node | undefined): { key: Node; value: Node }[] {
  if (node?.type !== 'object') return []
  return (node.children ?? []).flatMap(({ children }) => {
    const [key, value] = children ?? []
    return key === undefined || value === undefined ? [] : [{ key, value }]
  })
}

/** Where a node stands; a text without its quotes. */
export function placeOf(file: string, node: Node): Place {
  const quotes = node.type === 'string' ? 1 : 0
  return { file, span: { start: node.offset + quotes, end: node.offset + node.length - quotes } }
}

export function written(file: string, node: Node | undefined): Written | undefined {
  return node?.type === 'string' ? { text: String(node.value), at: placeOf(file, node) } : undefined
}
