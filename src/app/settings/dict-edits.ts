import type { Edit } from '../../contracts/edit.ts'
import type { Place } from '../../contracts/place.ts'
import { type FileTree, readText } from '../../files/tree.ts'
import type { Dict, Expression } from '../../syntax/python/ast.ts'
import { parseFile } from '../../syntax/python/file.ts'
import { eachNode } from '../project/nodes.ts'
import { lineAfter, outerEnd, quoteAt } from './source-text.ts'

/** An entry of a dict as it is written. */
interface WrittenEntry {
  readonly dict: Dict
  readonly index: number
}

/** The innermost entry of a dict that stands at a place, or whose key or value does. */
export function entryAt(tree: FileTree, { file, span }: Place): WrittenEntry | undefined {
  let found: WrittenEntry | undefined
  const isThere = (node: Expression | undefined): boolean => node?.start === span.start && node.end === span.end
  eachNode(parseFile(tree, file)?.module.body, (node) => {
    if (node.end < span.start || node.start > span.end) return false
    if (node.kind !== 'Dict') return true
    const index = node.values.findIndex((value, at) => {
      const key = node.keys[at]
      return isThere(key) || isThere(value) || (key?.start === span.start && value.end === span.end)
    })
    if (index >= 0) found = { dict: node, index }
    return true
  })
  return found
}

/** The place of the value of the entry at a place. */
export function valuePlace(tree: FileTree, at: Place): Place | undefined {
  const entry = entryAt(tree, at)
  const value = entry?.dict.values[entry.index]
  return value && { file: at.file, span: { start: value.start, end: value.end } }
}

/** Takes the entry at a place out of its dict, with the comma that goes with it. A comment between two entries stays. */
export function withoutEntry(tree: FileTree, at: Place): Edit | undefined {
  const text = readText(tree, at.file)?.text
  const entry = entryAt(tree, at)
  if (text === undefined || entry === undefined) return undefined
  const { dict, index } = entry
  const [key, value, next, previous] = [
    dict.keys[index],
    dict.values[index],
    dict.values[index + 1],
    dict.values[index - 1],
  ]
  if (key === undefined || value === undefined) return undefined
  const following = dict.keys[index + 1] ?? next
  const between = following === undefined ? '' : text.slice(value.end, following.start)
  if (/[#(]|\*\*/.test(between)) return undefined
  if (following !== undefined) return { file: at.file, span: { start: key.start, end: following.start }, text: '' }
  if (previous === undefined) return { file: at.file, span: { start: dict.start + 1, end: dict.end - 1 }, text: '' }
  const start = outerEnd(text, previous, key.start)
  if (!/^\s*,\s*$/.test(text.slice(start, key.start))) return undefined
  return { file: at.file, span: { start, end: outerEnd(text, value, dict.end - 1) }, text: '' }
}

/** The innermost dict that is written at or around a place. */
function dictAt(tree: FileTree, { file, span }: Place): Dict | undefined {
  let found: Dict | undefined
  eachNode(parseFile(tree, file)?.module.body, (node) => {
    if (node.end < span.start || node.start > span.end) return false
    if (node.kind === 'Dict' && node.start <= span.start && span.end <= node.end) found = node
    return true
  })
  return found
}

/**
 * Puts an entry at the end of the dict at a place, in its quotes and on a line of its own where the others have one. Undefined where no
 * dict is written, or where it has the key.
 * @param value as Python, written with single quotes
 */
export function withEntry(tree: FileTree, at: Place, key: string, value: string): Edit | undefined {
  const { file } = at
  const text = readText(tree, file)?.text
  const dict = dictAt(tree, at)
  if (text === undefined || dict === undefined || hasKey(dict, key)) return undefined
  const [first, last] = [dict.keys.find((one) => one !== undefined), dict.values.at(-1)]
  const quote = first === undefined ? "'" : quoteAt(tree, { file, span: { start: first.start, end: first.end } })
  const written = `'${key}': ${value}`.replaceAll("'", quote)
  if (last === undefined) return { file, span: { start: dict.start + 1, end: dict.end - 1 }, text: written }
  const behind = outerEnd(text, last, dict.end - 1)
  const comma = /^\s*,/.exec(text.slice(behind, dict.end - 1))?.[0].length
  const end = behind + (comma ?? 0)
  const isOwnLine = first !== undefined && text.slice(dict.start, first.start).includes('\n')
  const indent = first === undefined ? '' : (lineAfter(tree, file, first.start)?.indent ?? '')
  const lead = `${comma === undefined ? ',' : ''}${isOwnLine ? `\n${indent}` : ' '}`
  return { file, span: { start: end, end }, text: `${lead}${written}${comma === undefined ? '' : ','}` }
}

function hasKey({ keys }: Dict, key: string): boolean {
  return keys.some((one) => one?.kind === 'Constant' && 'value' in one.value && one.value.value === key)
}

/** The expression of a URL from which its scheme can be asked, as it is written: a name or an item, on one line. */
export function askable(tree: FileTree, at: Place | undefined): string | undefined {
  const text = at && readText(tree, at.file)?.text.slice(at.span.start, at.span.end)
  return text !== undefined && /^[A-Za-z_][\w.]*(?:\[(['"])[\w]+\1\])*$/.test(text) ? text : undefined
}
