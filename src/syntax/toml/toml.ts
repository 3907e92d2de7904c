import { type AST, ParseError, parseTOML } from 'toml-eslint-parser'
import type { Problem, Span } from '../../contracts/place.ts'
import type { Text } from '../../contracts/text.ts'
import { type DataDocument, type DataEntry, type DataNode, maxDepth } from '../data.ts'
import { describe } from './messages.ts'

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
  const program = programOf(text)
  if ('problem' in program) return { root: undefined, problems: [program.problem] }
  const reader: Reader = { text, problems: [] }
  const root: OpenTable = { kind: 'table', span: { start: 0, end: text.length }, entries: new Map() }
  for (const node of program.body[0].body) {
    if (node.type === 'TOMLKeyValue') assign(reader, root.entries, node, 1)
    else {
      const table = openTable(root, node)
      for (const pair of node.body) assign(reader, table, pair, 1)
    }
  }
  return reader.problems.length > 0 ? { root: undefined, problems: reader.problems } : { root, problems: [] }
}

interface Reader {
  readonly text: string
  readonly problems: Problem[]
}

/** The parser's own tree, or what is wrong with the text. */
export function programOf(text: string): AST.TOMLProgram | { readonly problem: Problem } {
  try {
    return parseTOML(text)
  } catch (failure) {
    const index = failure instanceof ParseError ? failure.index : 0
    const start = Math.min(Math.max(0, index), text.length)
    // Anything else comes from arrays or tables in each other: the parser calls itself once per level.
    const message = failure instanceof ParseError ? describe(failure.message) : tooDeep
    return { problem: { span: { start, end: Math.min(start + 1, text.length) }, message } }
  }
}

const spanOf = ({ range }: { range: readonly [number, number] }): Span => ({ start: range[0], end: range[1] })

/** The table a header opens; `[[x]]` adds one to a list. */
function openTable(root: OpenTable, header: AST.TOMLTable): Table {
  let current: OpenTable = root
  const keys = header.key.keys
  const span = spanOf(header.key)
  let position = 0
  for (const [index, step] of header.resolvedKey.entries()) {
    if (typeof step === 'number') continue
    const next = header.resolvedKey[index + 1]
    const key = keys[Math.min(position++, keys.length - 1)]
    const keySpan = key === undefined ? span : spanOf(key)
    current =
      typeof next === 'number' ? listItem(current, step, next, keySpan, span) : child(current, step, keySpan, span)
  }
  return current.entries
}

function child(parent: OpenTable, name: string, key: Span, span: Span): OpenTable {
  const known = parent.entries.get(name)?.value
  if (known?.kind === 'table') return known as OpenTable
  const made: OpenTable = { kind: 'table', span, entries: new Map() }
  parent.entries.set(name, { key, value: made })
  return made
}

function listItem(parent: OpenTable, name: string, index: number, key: Span, span: Span): OpenTable {
  const known = parent.entries.get(name)?.value
  const list: OpenList = known?.kind === 'list' ? (known as OpenList) : { kind: 'list', span, items: [] }
  if (list !== known) parent.entries.set(name, { key, value: list })
  const item = list.items[index]
  if (item?.kind === 'table') return item as OpenTable
  const made: OpenTable = { kind: 'table', span, entries: new Map() }
  list.items[index] = made
  return made
}

/** The text of one part of a key. */
export const nameOf = (key: AST.TOMLBare | AST.TOMLQuoted): string => (key.type === 'TOMLBare' ? key.name : key.value)

function assign(reader: Reader, entries: Table, pair: AST.TOMLKeyValue, depth: number): void {
  const keys = pair.key.keys
  let current = entries
  for (const key of keys.slice(0, -1))
    current = child(
      { kind: 'table', span: spanOf(pair), entries: current },
      nameOf(key),
      spanOf(key),
      spanOf(pair),
    ).entries
  const last = keys.at(-1)
  if (last !== undefined) current.set(nameOf(last), { key: spanOf(last), value: dataOf(reader, pair.value, depth) })
}

function dataOf(reader: Reader, node: AST.TOMLContentNode, depth: number): DataNode {
  const span = spanOf(node)
  if (node.type === 'TOMLValue') return scalarOf(reader, node)
  if (depth > maxDepth) {
    if (reader.problems.length === 0)
      reader.problems.push({ span: { start: span.start, end: span.start + 1 }, message: tooDeep })
    return { kind: 'list', span, items: [] }
  }
  if (node.type === 'TOMLArray')
    return { kind: 'list', span, items: node.elements.map((item) => dataOf(reader, item, depth + 1)) }
  const entries: Table = new Map()
  for (const pair of node.body) assign(reader, entries, pair, depth + 1)
  return { kind: 'table', span, entries }
}

const tooDeep: Text = {
  en: `TOML: more than ${maxDepth} levels in each other are not read`,
  fr: `TOML : plus de ${maxDepth} niveaux imbriqués ne sont pas lus`,
}

function scalarOf({ text }: Reader, node: AST.TOMLValue): DataNode {
  const span = spanOf(node)
  switch (node.kind) {
    case 'string': {
      const quotes = node.multiline ? 3 : 1
      return { kind: 'text', span, text: node.value, content: { start: span.start + quotes, end: span.end - quotes } }
    }
    case 'boolean':
      return { kind: 'boolean', span, text: String(node.value), value: node.value }
    case 'integer':
    case 'float':
      return { kind: 'number', span, text: node.number, value: node.value }
    default:
      return { kind: 'other', span, text: text.slice(span.start, span.end), value: node.value }
  }
}
