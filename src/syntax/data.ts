import type { Place, Problem, Span } from '../contracts/place.ts'

/** A value of a TOML, JSON or YAML document and where it stands. */
export type DataNode = DataTable | DataList | DataText | DataScalar

export interface DataTable {
  readonly kind: 'table'
  /** Of a TOML table with a header: the header. */
  readonly span: Span
  readonly entries: ReadonlyMap<string, DataEntry>
}

export interface DataList {
  readonly kind: 'list'
  readonly span: Span
  readonly items: readonly DataNode[]
}

export interface DataText {
  readonly kind: 'text'
  /** With its quotes. */
  readonly span: Span
  readonly text: string
  /** Without its quotes; one that is never closed goes on to the end of what was read. */
  readonly content: Span
}

/** `text` is as written. `other` is a date, null, or nothing at all: YAML's `key:`, with an empty text. */
export type DataScalar =
  | { readonly kind: 'boolean'; readonly span: Span; readonly text: string; readonly value: boolean }
  | { readonly kind: 'number'; readonly span: Span; readonly text: string; readonly value: number }
  | { readonly kind: 'other'; readonly span: Span; readonly text: string; readonly value: Date | null }

export interface DataEntry {
  /** The key with its quotes. */
  readonly key: Span
  readonly value: DataNode
}

export interface DataDocument {
  /** Undefined when nothing could be read. */
  readonly root: DataNode | undefined
  readonly problems: readonly Problem[]
}

/** Levels of brackets or blocks in each other that a document may have: no manifest, lock or configuration comes near. */
export const maxDepth = 200

/** The value under a path of keys. */
export function at(node: DataNode | undefined, ...path: readonly string[]): DataNode | undefined {
  let current = node
  for (const key of path) current = current?.kind === 'table' ? current.entries.get(key)?.value : undefined
  return current
}

export const textOf = (node: DataNode | undefined): string | undefined =>
  node?.kind === 'text' ? node.text : undefined

export const itemsOf = (node: DataNode | undefined): readonly DataNode[] => (node?.kind === 'list' ? node.items : [])

export const entriesOf = (node: DataNode | undefined): readonly (readonly [string, DataEntry])[] =>
  node?.kind === 'table' ? [...node.entries] : []

/** The plain value: objects, arrays, texts, booleans, numbers, dates and null. */
export function plainOf(node: DataNode): unknown {
  switch (node.kind) {
    case 'table':
      return Object.fromEntries([...node.entries].map(([key, { value }]) => [key, plainOf(value)]))
    case 'list':
      return node.items.map(plainOf)
    case 'text':
      return node.text
    default:
      return node.value
  }
}

/** A text's characters without its quotes (one character on either side). */
export const insideQuotes = ({ start, end }: Span): Span =>
  end - start >= 2 ? { start: start + 1, end: end - 1 } : { start, end }

/** Where a value stands, of a text the inside of its quotes. */
export const contentOf = (node: DataNode): Span => (node.kind === 'text' ? node.content : node.span)

/** A text and where it stands, without its quotes. */
export interface Written {
  readonly text: string
  readonly at: Place
}

/** A text of a file as what others quote and change. */
export const writtenIn = (file: string, node: DataNode | undefined): Written | undefined =>
  node?.kind === 'text' ? { text: node.text, at: { file, span: node.content } } : undefined
