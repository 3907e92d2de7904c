import { createRequire } from 'node:module'
import type { Document, ParsedNode } from 'yaml'

/** The package, loaded with the first document: most projects have no YAML. The bundle has it inside (scripts/bundle.mjs). */
export const library = (): typeof import('yaml') => createRequire(import.meta.url)('yaml')

/** The package's own tree of the first document, for those who change its text. Never throws. */
export const documentOf = (text: string): Document.Parsed<ParsedNode> =>
  library().parseDocument(text, { merge: true, prettyErrors: false, uniqueKeys: false, logLevel: 'error' })
