import type { Edit } from '../contracts/edit.ts'
import { sameSpan } from '../contracts/place.ts'

/**
 * The edits of one file in the order of their places, with the line ends the file has, and those left out because they
 * overlap an earlier one; equal edits count once. Offsets are those of the unchanged text.
 */
export function arrange(
  text: string,
  edits: readonly Edit[],
): { readonly edits: readonly Edit[]; readonly skipped: readonly Edit[] } {
  const sorted = [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end)
  const lineEnd = lineEndOf(text)
  const kept: Edit[] = []
  const skipped: Edit[] = []
  let previous: Edit | undefined
  for (const edit of sorted) {
    if (previous !== undefined && same(previous, edit)) continue
    if (edit.span.start < (previous?.span.end ?? 0)) {
      skipped.push(edit)
      continue
    }
    kept.push({ ...edit, text: edit.text.replace(/\r?\n/g, lineEnd) })
    previous = edit
  }
  return { edits: kept, skipped }
}

/** `text` with the edits of one file applied, and the edits left out (see {@link arrange}). */
export function applyEdits(text: string, edits: readonly Edit[]): { text: string; skipped: readonly Edit[] } {
  const arranged = arrange(text, edits)
  let out = ''
  let at = 0
  for (const edit of arranged.edits) {
    out += text.slice(at, edit.span.start) + edit.text
    at = edit.span.end
  }
  return { text: out + text.slice(at), skipped: arranged.skipped }
}

function same(a: Edit, b: Edit): boolean {
  return sameSpan(a.span, b.span) && a.text === b.text
}

/** What most lines of a text end with. */
export function lineEndOf(text: string): '\r\n' | '\n' {
  const all = text.split('\n').length - 1
  const pairs = text.split('\r\n').length - 1
  return pairs * 2 > all ? '\r\n' : '\n'
}
