import type { Edit } from '../../contracts/edit.ts'
import { sameSpan } from '../../contracts/place.ts'
import type { Value } from '../../evaluate/python/value.ts'
import { readText } from '../../files/tree.ts'
import type { App } from '../app.ts'
import { elementPlaces, lineAfter, quoteAt, sourceText } from './source-text.ts'

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
  if (between.includes('#')) return undefined
  return [
    {
      file: list.at.file,
      span: { start: first.span.start, end: first.span.start },
      text: `${sourceText(app.tree, place)}${separator(app, text, list, first.span.start)}`,
    },
    { file: list.at.file, span: { start: before.span.end, end: place.span.end }, text: '' },
  ]
}

/** Puts a text first into a list that is written as one list. */
export function insertFirst(app: App, list: Value, name: string): readonly Edit[] | undefined {
  const [first] = elementPlaces(app.tree, list.at) ?? []
  const text = readText(app.tree, list.at.file)?.text
  if (first === undefined || text === undefined) return undefined
  const quote = quoteAt(app.tree, first)
  const at = first.span.start
  return [
    {
      file: list.at.file,
      span: { start: at, end: at },
      text: `${quote}${name}${quote}${separator(app, text, list, at)}`,
    },
  ]
}

/** What stands between two elements: a new line with the first one's indentation, or a space. */
function separator(app: App, text: string, list: Value, at: number): string {
  const lead = text.slice(list.at.span.start, at)
  return lead.includes('\n') ? `,\n${lineAfter(app.tree, list.at.file, at)?.indent ?? ''}` : ', '
}
