import { type AST, ParseError, parseTOML } from 'toml-eslint-parser'
import type { Span } from '../../contracts/place.ts'
import type { DataDocument, DataEntry, DataNode } from '../data.ts'

type Table = Map<string, DataEntry>
interface OpenTable {
  readonly kind: 'table'
  readonly span: Span
  readonly entries: Table
}
interface OpenList {
  readonly kind: 'list'
  readonly span: Span
  readonly items: DataNode[]
}

/** Reads TOML 1.0; the first error ends the reading, and then there is no root. Never throws. */
export function parseToml(text: string): DataDocument {
  let program: AST.TOMLProgram
  try {
    program = parseTOML(text)
  } catch (failure) {
    const index = failure instanceof ParseError ? failure.index : 0
    const start = Math.min(Math.max(0, index), text.length)
    const message = failure instanceof Error ? failure.message : String(failure)
    const span = { start, end: Math.min(start + 1, text.length) }
    return { root: undefined, problems: [{ span, message: { en: `TOML: ${message}`, fr: `TOML : ${message}` } }] }
  }
  const root: OpenTable = { kind: 'table', span: { start: 0, end: text.length }, entries: new Map() }
  for (const node of program.body[0].body) {
    if (node.type === 'TOMLKeyValue') assign(root.entries, node)
    else {
      const table = openTable(root, node)
      for (const pair of node.body) assign(table, pair)
    }
  }
  return { root, problems: [] }
}

const spanOf = ({ range }: { range: readonly [number, number] }): Span => ({ start: range[0], end: range[1] })

/** The table a header opens; `[[x]]` adds one to a list. */
function openTable(root: OpenTable, header: AST.TOMLTable): Table {
  let current: OpenTable = root
  const keys = header.key.keys
  let position = 0
  for (const [index, step] of header.resolvedKey.entries()) {
    if (typeof step === 'number') continue
    const next = header.resolvedKey[index + 1]
    const key = keys[Math.min(position++, keys.length - 1)]
    const keySpan = key === undefined ? spanOf(header) : spanOf(key)
    current =
      typeof next === 'number' ? listItem(current, step, next, keySpan, header) : child(current, step, keySpan, header)
  }
  return current.entries
}

function child(parent: OpenTable, name: string, key: Span, header: AST.TOMLNode): OpenTable {
  const known = parent.entries.get(name)?.value
  if (known?.kind === 'table') return known as OpenTable
  const made: OpenTable = { kind: 'table', span: spanOf(header), entries: new Map() }
  parent.entries.set(name, { key, value: made })
  return made
}

function listItem(parent: OpenTable, name: string, index: number, key: Span, header: AST.TOMLNode): OpenTable {
  const known = parent.entries.get(name)?.value
  const list: OpenList =
    known?.kind === 'list' ? (known as OpenList) : { kind: 'list', span: spanOf(header), items: [] }
  if (list !== known) parent.entries.set(name, { key, value: list })
  const item = list.items[index]
  if (item?.kind === 'table') return item as OpenTable
  const made: OpenTable = { kind: 'table', span: spanOf(header), entries: new Map() }
  list.items[index] = made
  return made
}

const nameOf = (key: AST.TOMLBare | AST.TOMLQuoted): string => (key.type === 'TOMLBare' ? key.name : key.value)

function assign(entries: Table, pair: AST.TOMLKeyValue): void {
  const keys = pair.key.keys
  let current = entries
  for (const key of keys.slice(0, -1))
    current = child({ kind: 'table', span: spanOf(pair), entries: current }, nameOf(key), spanOf(key), pair).entries
  const last = keys.at(-1)
  if (last !== undefined) current.set(nameOf(last), { key: spanOf(last), value: dataOf(pair.value) })
}

function dataOf(node: AST.TOMLContentNode): DataNode {
  const span = spanOf(node)
  if (node.type === 'TOMLArray') return { kind: 'list', span, items: node.elements.map(dataOf) }
  if (node.type === 'TOMLInlineTable') {
    const entries: Table = new Map()
    for (const pair of node.body) assign(entries, pair)
    return { kind: 'table', span, entries }
  }
  if (node.kind === 'string') return { kind: 'text', span, text: node.value }
  if (node.kind === 'boolean') return { kind: 'boolean', span, value: node.value }
  return {
    kind: 'other',
    span,
    text: node.kind === 'integer' || node.kind === 'float' ? node.number : String(node.value),
  }
}
