import type { AST } from 'toml-eslint-parser'
import { getStaticTOMLValue, ParseError, parseTOML } from 'toml-eslint-parser'
import type { Span } from '../contracts/place.ts'
import type { Text } from '../contracts/text.ts'

export type KeyPath = readonly (string | number)[]

/** A configuration file read: its plain value, and where each key stands. */
export interface Located {
  readonly value: unknown
  /** Span of the value at a path; of the deepest part of the path that exists otherwise. */
  valueAt(path: KeyPath): Span
  /** Span of the key at the end of a path; of the value when it has no key. */
  keyAt(path: KeyPath): Span
}

export interface UnreadableDocument {
  readonly span: Span
  readonly message: Text
}

/** A TOML document below `table` (`[]` for the whole). Undefined when the table does not exist. */
export function locateToml(text: string, table: readonly string[]): Located | UnreadableDocument | undefined {
  let program: AST.TOMLProgram
  try {
    program = parseTOML(text)
  } catch (error) {
    if (!(error instanceof ParseError)) throw error
    const span = { start: error.index, end: Math.min(error.index + 1, text.length) }
    return { span, message: { en: `invalid TOML: ${error.message}`, fr: `TOML invalide : ${error.message}` } }
  }
  let value: unknown = getStaticTOMLValue(program)
  for (const key of table) value = isObject(value) ? value[key] : undefined
  if (value === undefined) return undefined
  const entries = tomlEntries(program)
  const find = (path: KeyPath): TomlEntry | undefined => {
    const wanted = [...table, ...path]
    return entries.find(
      (entry) => entry.path.length === wanted.length && entry.path.every((part, i) => part === wanted[i]),
    )
  }
  const deepest = (path: KeyPath): TomlEntry | undefined => {
    for (let length = path.length; length >= 0; length--) {
      const entry = find(path.slice(0, length))
      if (entry !== undefined) return entry
    }
    return undefined
  }
  return {
    value,
    valueAt: (path) => deepest(path)?.value ?? { start: 0, end: 0 },
    keyAt: (path) => find(path)?.key ?? deepest(path)?.value ?? { start: 0, end: 0 },
  }
}

interface TomlEntry {
  readonly path: KeyPath
  readonly key: Span
  readonly value: Span
}

/** Every key and array element of a document with its full path. A `[table]` header is the key of its last part. */
function tomlEntries(program: AST.TOMLProgram): TomlEntry[] {
  const entries: TomlEntry[] = []
  function content(node: AST.TOMLContentNode, path: KeyPath): void {
    if (node.type === 'TOMLArray') {
      node.elements.forEach((element, index) => {
        entries.push({ path: [...path, index], key: spanOf(element), value: spanOf(element) })
        content(element, [...path, index])
      })
    }
    if (node.type === 'TOMLInlineTable') for (const pair of node.body) keyValue(pair, path)
  }
  function keyValue(pair: AST.TOMLKeyValue, above: KeyPath): void {
    const path = [...above]
    pair.key.keys.forEach((key, index) => {
      path.push(key.type === 'TOMLBare' ? key.name : key.value)
      const last = index === pair.key.keys.length - 1
      entries.push({ path: [...path], key: spanOf(key), value: last ? spanOf(pair.value) : spanOf(pair) })
    })
    content(pair.value, path)
  }
  for (const node of program.body[0].body) {
    if (node.type === 'TOMLKeyValue') keyValue(node, [])
    else {
      entries.push({ path: node.resolvedKey, key: spanOf(node.key), value: spanOf(node.key) })
      for (const pair of node.body) keyValue(pair, node.resolvedKey)
    }
  }
  return entries
}

function spanOf(node: { readonly range: readonly [number, number] }): Span {
  return { start: node.range[0], end: node.range[1] }
}

/** A YAML document. */
export async function locateYaml(text: string): Promise<Located | UnreadableDocument> {
  const { isMap, isNode, isPair, isScalar, isSeq, parseDocument } = await import('yaml')
  const document = parseDocument(text)
  const [error] = document.errors
  if (error !== undefined) {
    const span = { start: error.pos[0], end: error.pos[1] }
    return { span, message: { en: `invalid YAML: ${error.message}`, fr: `YAML invalide : ${error.message}` } }
  }
  const whole: Span = { start: 0, end: 0 }
  const rangeOf = (node: unknown): Span =>
    isNode(node) && node.range ? { start: node.range[0], end: node.range[1] } : whole
  function walk(path: KeyPath): { key: Span; value: Span; complete: boolean } {
    let at: unknown = document.contents
    let result = { key: rangeOf(at), value: rangeOf(at), complete: true }
    for (const part of path) {
      const pair = isMap(at) ? at.items.find((item) => isScalar(item.key) && item.key.value === part) : undefined
      const item = isSeq(at) ? at.items[Number(part)] : undefined
      if (isPair(pair)) {
        at = pair.value
        result = { key: rangeOf(pair.key), value: at === null ? rangeOf(pair.key) : rangeOf(at), complete: true }
      } else if (item !== undefined) {
        at = item
        result = { key: rangeOf(item), value: rangeOf(item), complete: true }
      } else return { ...result, complete: false }
    }
    return result
  }
  return {
    value: document.toJS(),
    valueAt: (path) => walk(path).value,
    keyAt: (path) => {
      const { key, value, complete } = walk(path)
      return complete ? key : value
    },
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
