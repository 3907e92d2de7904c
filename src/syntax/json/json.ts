import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser'
import type { Text } from '../../contracts/text.ts'
import type { DataDocument, DataEntry, DataNode } from '../data.ts'

/** Reads JSON; what is broken is passed over and reported. Of a repeated key the last value counts. Never throws. */
export function parseJson(text: string): DataDocument {
  const errors: ParseError[] = []
  const tree = parseTree(text, errors, { disallowComments: true })
  const problems = errors.map(({ error, offset, length }) => ({
    span: { start: offset, end: offset + Math.max(length, offset < text.length ? 1 : 0) },
    message: describe(printParseErrorCode(error)),
  }))
  return { root: tree === undefined ? undefined : nodeOf(tree), problems }
}

const described: Readonly<Record<string, Text>> = {
  CommaExpected: { en: 'a comma is missing here', fr: 'il manque une virgule ici' },
  ColonExpected: { en: 'a colon is missing here', fr: 'il manque un deux-points ici' },
  ValueExpected: { en: 'a value is missing here', fr: 'il manque une valeur ici' },
  PropertyNameExpected: { en: 'a quoted key is expected here', fr: 'une clé entre guillemets est attendue ici' },
  CloseBraceExpected: { en: 'a closing brace is missing', fr: 'il manque une accolade fermante' },
  CloseBracketExpected: { en: 'a closing bracket is missing', fr: 'il manque un crochet fermant' },
  EndOfFileExpected: { en: 'the document should end here', fr: 'le document devrait se terminer ici' },
  InvalidCommentToken: { en: 'JSON knows no comments', fr: 'JSON ne connaît pas les commentaires' },
  UnexpectedEndOfString: { en: 'this text is not closed', fr: 'ce texte n’est pas fermé' },
}

const describe = (code: string): Text =>
  described[code] ?? { en: `this is no JSON (${code})`, fr: `ce n’est pas du JSON (${code})` }

function nodeOf(node: Node): DataNode {
  const span = { start: node.offset, end: node.offset + node.length }
  switch (node.type) {
    case 'object': {
      const entries = new Map<string, DataEntry>()
      for (const { children } of node.children ?? []) {
        const [key, value] = children ?? []
        if (key === undefined || value === undefined) continue
        const keySpan = { start: key.offset, end: key.offset + key.length }
        entries.set(String(key.value), { key: keySpan, value: nodeOf(value) })
      }
      return { kind: 'table', span, entries }
    }
    case 'array':
      return { kind: 'list', span, items: (node.children ?? []).map(nodeOf) }
    case 'string':
      return { kind: 'text', span, text: String(node.value) }
    case 'boolean':
      return { kind: 'boolean', span, value: node.value === true }
    default:
      return { kind: 'other', span, text: String(node.value) }
  }
}
