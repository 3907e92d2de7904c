import type { Edit } from '../../contracts/edit.ts'
import type { Place, Span } from '../../contracts/place.ts'
import { type FileTree, readText } from '../../files/tree.ts'
import { linesAt } from '../../syntax/insertions.ts'
import type { Expression } from '../../syntax/python/ast.ts'
import { parseFile } from '../../syntax/python/file.ts'
import { eachNode } from '../project/nodes.ts'

/** The text at a place, as written. */
export function sourceText(tree: FileTree, { file, span }: Place): string | undefined {
  return readText(tree, file)?.text.slice(span.start, span.end)
}

/** The expression that fills exactly this place. */
export function expressionAt(tree: FileTree, { file, span }: Place): Expression | undefined {
  let found: Expression | undefined
  eachNode(parseFile(tree, file)?.module.body, (node) => {
    if (found !== undefined || node.end < span.start || node.start > span.end) return false
    if (node.start === span.start && node.end === span.end && node.kind !== 'Expr') found = node as Expression
    return true
  })
  return found
}

/** The text written with one pair of quotes and no prefix in which a place stands, quotes included. */
export function quotedAround(tree: FileTree, { file, span }: Place): { place: Place; quote: string } | undefined {
  let found: Span | undefined
  eachNode(parseFile(tree, file)?.module.body, (node) => {
    if (found !== undefined || node.start > span.start || node.end < span.end) return false
    if (node.kind === 'Constant') found = { start: node.start, end: node.end }
    return true
  })
  const text = found && readText(tree, file)?.text.slice(found.start, found.end)
  const quote = /^(["'])(?:(?!\1)[^\\\n])*\1$/.exec(text ?? '')?.[1]
  return found === undefined || quote === undefined ? undefined : { place: { file, span: found }, quote }
}

/** Whether the name at a place is bound by an import. */
export function isImport(tree: FileTree, { file, span }: Place): boolean {
  let found = false
  eachNode(parseFile(tree, file)?.module.body, (node) => {
    if (node.end < span.start || node.start > span.end) return false
    if (node.kind === 'Import' || node.kind === 'ImportFrom') found = true
    return !found
  })
  return found
}

/** Places of the elements of the list, tuple or set written at a place; undefined when none is written there. */
export function elementPlaces(tree: FileTree, place: Place): readonly Place[] | undefined {
  const node = expressionAt(tree, place)
  if (node?.kind !== 'List' && node?.kind !== 'Tuple' && node?.kind !== 'Set') return undefined
  return node.elts.map(({ start, end }) => ({ file: place.file, span: { start, end } }))
}

/** Where an expression ends with the parentheses it is written in: behind the last `)` before `limit`, comments left aside. */
export function outerEnd(text: string, { end }: Span, limit: number): number {
  let outer = end
  for (let at = end; at < limit; at++) {
    if (text[at] === '#') at = (text.indexOf('\n', at) + 1 || limit) - 1
    else if (text[at] === ')') outer = at + 1
    else if (!/\s/.test(text[at] as string)) break
  }
  return outer
}

/** The quote a string literal at a place begins with, prefixes left aside. */
export function quoteAt(tree: FileTree, place: Place): '"' | "'" {
  return /^[A-Za-z]*"/.test(sourceText(tree, place) ?? '') ? '"' : "'"
}

/** The quote that a file uses most. */
export function usualQuote(tree: FileTree, file: string): '"' | "'" {
  const text = readText(tree, file)?.text ?? ''
  return text.split('"').length > text.split("'").length ? '"' : "'"
}

interface LineBelow {
  /** Of the line above. */
  readonly indent: string
  /** Writes whole lines there. */
  insert(lines: string): Edit
}

/** The place of new lines below the one in which `offset` stands. */
export function lineAfter(tree: FileTree, file: string, offset: number): LineBelow | undefined {
  const text = readText(tree, file)?.text
  if (text === undefined) return undefined
  const end = text.indexOf('\n', offset)
  const at = end < 0 ? text.length : end + 1
  const begin = text.lastIndexOf('\n', Math.max(0, offset - 1)) + 1
  return {
    indent: /^[ \t]*/.exec(text.slice(begin))?.[0] ?? '',
    insert(lines) {
      const { start, end, text: written } = linesAt(text, at, lines)
      return { file, span: { start, end }, text: written }
    },
  }
}
