import type { Place, Problem, Span } from '../contracts/place.ts'

/** A value of a TOML or JSON document and where it stands. */
export type DataNode =
  | { readonly kind: 'table'; readonly span: Span; readonly entries: ReadonlyMap<string, DataEntry> }
  | { readonly kind: 'list'; readonly span: Span; readonly items: readonly DataNode[] }
  | { readonly kind: 'text'; readonly span: Span; readonly text: string }
  | { readonly kind: 'boolean'; readonly span: Span; readonly value: boolean }
  /** Numbers, dates, null: nothing here asks for them. `text` is as written. */
  | { readonly kind: 'other'; readonly span: Span; readonly text: string }

export interface DataEntry {
  readonly key: Span
  readonly value: DataNode
}

export interface DataDocument {
  /** Undefined when nothing could be read. */
  readonly root: DataNode | undefined
  readonly problems: readonly Problem[]
}

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

/** A text's characters without its quotes (one character on either side). */
export const insideQuotes = ({ start, end }: Span): Span =>
  end - start >= 2 ? { start: start + 1, end: end - 1 } : { start, end }
/** A text and where it stands, without its quotes. */
export interface Written {
  readonly text: string
  readonly at: Place
}
