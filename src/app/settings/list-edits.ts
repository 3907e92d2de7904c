import type { Edit } from '../../contracts/edit.ts'
import { type Place, sameSpan } from '../../contracts/place.ts'
import type { Value } from '../../evaluate/python/value.ts'
import { readText } from '../../files/tree.ts'
import type { App } from '../app.ts'
import { elementPlaces, lineAfter, outerEnd, quoteAt, sourceText } from './source-text.ts'

/** Moves an element of a list that is written as one list to its first place. Undefined when it is not written so. */
export function moveFirst(app: App, list: Value, item: Value): readonly Edit[] | undefined {
  const places = elementPlaces(app.tree, list.at)
  const [first] = places ?? []
  const index = places?.findIndex(({ span }) => sameSpan(span, item.at.span)) ?? -1
  const text = readText(app.tree, list.at.file)?.text
  if (places === undefined || first === undefined || text === undefined || index < 1 || item.at.file !== list.at.file)
    return undefined
  const before = places[index - 1]
  const place = places[index]
  if (before === undefined || place === undefined) return undefined
  const between = text.slice(before.span.end, place.span.start)
  // A comment between the two elements belongs to one of them; moving text around it would misplace it.
  if (!/^\s*,\s*$/.test(between)) return undefined
  return [
    inFront(app, text, list, first, sourceText(app.tree, place) ?? ''),
    { file: list.at.file, span: { start: before.span.end, end: place.span.end }, text: '' },
  ]
}

/** Puts a text first into a list that is written as one list. */
export function insertFirst(app: App, list: Value, name: string): readonly Edit[] | undefined {
  const [first] = elementPlaces(app.tree, list.at) ?? []
  const text = readText(app.tree, list.at.file)?.text
  if (first === undefined || text === undefined) return undefined
  const quote = quoteAt(app.tree, first)
  return [inFront(app, text, list, first, `${quote}${name}${quote}`)]
}

/** Puts a text last into a list that is written as one list, on a line of its own where the others have one. */
export function insertLast(app: App, list: Value, name: string): readonly Edit[] | undefined {
  const last = elementPlaces(app.tree, list.at)?.at(-1)
  const text = readText(app.tree, list.at.file)?.text
  if (last === undefined || text === undefined) return undefined
  const { file, span } = list.at
  const quote = quoteAt(app.tree, last)
  const behind = outerEnd(text, last.span, span.end - 1)
  const comma = /^\s*,/.exec(text.slice(behind, span.end - 1))?.[0].length
  const at = behind + (comma ?? 0)
  const lead = `${comma === undefined ? ',' : ''}${separator(app, text, list, last.span.start).slice(1)}`
  return [
    { file, span: { start: at, end: at }, text: `${lead}${quote}${name}${quote}${comma === undefined ? '' : ','}` },
  ]
}

/** A new first element. A comment above the first one there is stays with it. */
function inFront(app: App, text: string, list: Value, first: Place, element: string): Edit {
  const { file, span } = list.at
  const opening = span.start + 1
  if (!text.slice(opening, first.span.start).includes('#')) {
    const at = { start: first.span.start, end: first.span.start }
    return { file, span: at, text: `${element}${separator(app, text, list, first.span.start)}` }
  }
  const indent = lineAfter(app.tree, file, first.span.start)?.indent ?? ''
  return { file, span: { start: opening, end: opening }, text: `\n${indent}${element},` }
}

/** What stands between two elements: a new line with the first one's indentation, or a space. */
function separator(app: App, text: string, list: Value, at: number): string {
  const lead = text.slice(list.at.span.start, at)
  return lead.includes('\n') ? `,\n${lineAfter(app.tree, list.at.file, at)?.indent ?? ''}` : ', '
}

/** Takes an element out of the list it is written in, with its comma; on a line of its own, with that line. */
export function withoutElement(app: App, list: Place, item: Place): Edit | undefined {
  const places = elementPlaces(app.tree, list)
  const text = readText(app.tree, list.file)?.text
  const index = places?.findIndex(({ span }) => sameSpan(span, item.span)) ?? -1
  if (text === undefined || places === undefined || index < 0 || item.file !== list.file) return undefined
  const comma = /^\s*,[ \t]*/.exec(text.slice(item.span.end, list.span.end))?.[0].length ?? 0
  const end = item.span.end + comma
  const lineStart = text.lastIndexOf('\n', item.span.start - 1) + 1
  const line = /^\r?\n/.exec(text.slice(end))?.[0].length
  if (line !== undefined && lineStart > list.span.start && text.slice(lineStart, item.span.start).trim() === '')
    return { file: list.file, span: { start: lineStart, end: end + line }, text: '' }
  if (comma > 0 || index === 0) return { file: list.file, span: { start: item.span.start, end }, text: '' }
  const before = places[index - 1]
  return before && { file: list.file, span: { start: before.span.end, end: item.span.end }, text: '' }
}
