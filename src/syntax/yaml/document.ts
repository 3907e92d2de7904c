import { type Document, type ParsedNode, parseDocument } from 'yaml'

/** The package's own tree of the first document, for those who change its text. Never throws. */
export const documentOf = (text: string): Document.Parsed<ParsedNode> =>
  parseDocument(text, { merge: true, prettyErrors: false, uniqueKeys: false, logLevel: 'error' })
