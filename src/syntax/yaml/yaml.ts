import {
  type Alias,
  isAlias,
  isCollection,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type Scalar,
  type YAMLMap,
} from 'yaml'
import type { Problem, Span } from '../../contracts/place.ts'
import { type DataDocument, type DataEntry, type DataNode, maxDepth } from '../data.ts'
import { documentOf } from './document.ts'
import { describe, messages } from './messages.ts'

/** Nodes that aliases may add to a document by being written out: more is a document made to exhaust its reader. */
const maxExpansion = 10_000

interface Reader {
  readonly text: string
  /** What each anchor names so far; `open` inside of it. */
  readonly anchors: Map<string, DataNode | 'open'>
  /** Nodes in and below a node, each alias written out. */
  readonly sizes: Map<DataNode, number>
  expansion: number
  /** Where a quote opens that is never closed. */
  openQuote?: Span
  readonly problems: Problem[]
}

/**
 * Reads YAML 1.2 with merge keys (`<<`). An alias is what its anchor names, with the anchor's places. Of a repeated key the
 * last value counts. Never throws; what could not be read is in `problems`.
 * @param only whether the first document has to be the only one
 */
export function parseYaml(text: string, only = false): DataDocument {
  const document = documentOf(text)
  const reader: Reader = { text, anchors: new Map(), sizes: new Map(), expansion: 0, problems: [] }
  const root = document.contents === null ? undefined : nodeOf(reader, document.contents, 0)
  const [error] = document.errors.filter(({ code }) => only || code !== 'MULTIPLE_DOCS')
  // What the package finds after its first error mostly follows from it, and a quote is told of where it opens.
  if (error === undefined || reader.openQuote !== undefined) return { root, problems: reader.problems }
  const first = { span: within(text, error.pos), message: describe(error.code) }
  return { root, problems: [first, ...reader.problems.filter(({ message }) => message !== first.message)] }
}

const within = (text: string, [start, end]: readonly [number, number]): Span => {
  const last = Math.min(text.length, Math.max(end, start + 1))
  return { start: Math.min(start, last), end: last }
}

function nodeOf(reader: Reader, node: Node, depth: number): DataNode {
  if (isAlias(node)) return aliased(reader, node)
  if (depth > maxDepth) return refused(reader, firstOf(spanOf(reader, node)), messages.tooDeep)
  const anchor = 'anchor' in node && typeof node.anchor === 'string' ? node.anchor : undefined
  if (anchor !== undefined) reader.anchors.set(anchor, 'open')
  const made = isMap(node)
    ? tableOf(reader, node, depth)
    : isSeq(node)
      ? listOf(reader, node.items, spanOf(reader, node), depth)
      : scalarOf(reader, node as Scalar)
  if (anchor !== undefined) reader.anchors.set(anchor, made)
  return made
}

const firstOf = ({ start, end }: Span): Span => ({ start, end: Math.min(start + 1, end) })

function aliased(reader: Reader, node: Alias): DataNode {
  const target = reader.anchors.get(node.source)
  if (target === undefined) return refused(reader, spanOf(reader, node), messages.noAnchor(node.source))
  if (target === 'open') return refused(reader, spanOf(reader, node), messages.insideItself(node.source))
  reader.expansion += sizeOf(reader, target)
  return reader.expansion > maxExpansion ? refused(reader, spanOf(reader, node), messages.bomb) : target
}

const sizeOf = (reader: Reader, node: DataNode): number => reader.sizes.get(node) ?? 1

/** A place holder for what is not read, with the reason; one reason of a kind is enough. */
function refused(reader: Reader, span: Span, message: Problem['message']): DataNode {
  if (!reader.problems.some((one) => one.message.en === message.en)) reader.problems.push({ span, message })
  return { kind: 'other', span, text: '', value: null }
}

function listOf(reader: Reader, items: readonly unknown[], span: Span, depth: number): DataNode {
  const nodes = items.map((item) => itemOf(reader, item, span.end, depth))
  return sized(reader, { kind: 'list', span, items: nodes }, nodes)
}

function sized(reader: Reader, made: DataNode, parts: Iterable<DataNode>): DataNode {
  let size = 1
  for (const part of parts) size += sizeOf(reader, part)
  reader.sizes.set(made, size)
  return made
}

/** An item or a value; a pair in a list (`[a: b]`) is a table of its own. */
function itemOf(reader: Reader, item: unknown, from: number, depth: number): DataNode {
  if (isNode(item)) return nodeOf(reader, item, depth + 1)
  if (!isPair(item)) return { kind: 'other', span: { start: from, end: from }, text: '', value: null }
  const span = isNode(item.key) ? spanOf(reader, item.key) : { start: from, end: from }
  return pairsOf(reader, [item], span, depth + 1)
}

function tableOf(reader: Reader, node: YAMLMap, depth: number): DataNode {
  return pairsOf(reader, node.items, spanOf(reader, node), depth)
}

function pairsOf(reader: Reader, pairs: readonly Pair[], span: Span, depth: number): DataNode {
  const entries = new Map<string, DataEntry>()
  const merged: DataNode[] = []
  for (const { key, value } of pairs) {
    if (!isNode(key)) continue
    const keySpan = spanOf(reader, key)
    const made = () => itemOf(reader, value, keySpan.end, depth)
    if (isMergeKey(key)) {
      merged.push(made())
      continue
    }
    const name = nameOf(reader, key)
    if (name === undefined) {
      reader.problems.push({ span: keySpan, message: messages.noText })
      continue
    }
    if (entries.has(name)) reader.problems.push({ span: keySpan, message: messages.twice(name) })
    entries.set(name, { key: keySpan, value: made() })
  }
  for (const source of merged) merge(reader, entries, source)
  return sized(
    reader,
    { kind: 'table', span, entries },
    [...entries.values()].map(({ value }) => value),
  )
}

const isMergeKey = (key: Node): boolean => isScalar(key) && key.source === '<<' && key.type === 'PLAIN'

/** `<<: *defaults`: keys that the table has not yet; of several tables in a list the first has the say. */
function merge(reader: Reader, entries: Map<string, DataEntry>, source: DataNode): void {
  if (source.kind === 'list') for (const item of source.items) merge(reader, entries, item)
  else if (source.kind === 'table') {
    for (const [name, entry] of source.entries) if (!entries.has(name)) entries.set(name, entry)
  } else if (source.text !== '') reader.problems.push({ span: source.span, message: messages.mergesNoTable })
}

/** The text of a key: as written when it is plain, so that `8000:` and `on:` are what they look like. */
function nameOf(reader: Reader, key: Node): string | undefined {
  const node = nodeOf(reader, key, 0)
  return node.kind === 'table' || node.kind === 'list' ? undefined : node.text
}

function scalarOf(reader: Reader, node: Scalar): DataNode {
  const { text } = reader
  const [start = 0, end = start] = node.range ?? []
  const span = { start, end }
  const { value, source = '' } = node
  if (typeof value === 'boolean') return { kind: 'boolean', span, text: source, value }
  if (typeof value === 'number') return { kind: 'number', span, text: source, value }
  if (value === null) return { kind: 'other', span, text: text.slice(start, end), value }
  const written = typeof value === 'string' ? value : source
  switch (node.type) {
    case 'QUOTE_DOUBLE':
    case 'QUOTE_SINGLE': {
      const closed = isClosed(text.slice(start, end))
      if (!closed && reader.openQuote === undefined) {
        reader.openQuote = { start, end: start + 1 }
        reader.problems.push({ span: reader.openQuote, message: messages.openQuote })
      }
      return { kind: 'text', span, text: written, content: { start: start + 1, end: closed ? end - 1 : end } }
    }
    case 'BLOCK_FOLDED':
    case 'BLOCK_LITERAL': {
      const last = start + text.slice(start, end).trimEnd().length
      const below = text.indexOf('\n', start) + 1
      const content = { start: below === 0 ? last : Math.min(below, last), end: last }
      return { kind: 'text', span: { start, end: last }, text: written, content }
    }
    default:
      return { kind: 'text', span, text: written, content: span }
  }
}

/** Whether the last character is the quote that ends a text, and not one that the text holds. */
const isClosed = (quoted: string): boolean =>
  quoted[0] === '"' ? /^"(?:[^"\\]|\\[\s\S])*"$/.test(quoted) : /^'(?:[^']|'')*'$/.test(quoted)

/** A block ends with its last line, without the line ends that the package counts in. */
function spanOf({ text }: Reader, node: Node): Span {
  const [start = 0, end = start] = node.range ?? []
  const block = isCollection(node) && node.flow !== true
  return { start, end: block ? Math.max(start, start + text.slice(start, end).trimEnd().length) : end }
}
