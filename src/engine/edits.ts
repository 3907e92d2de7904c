import type { Edit } from '../contracts/edit.ts'

/**
 * `text` with the edits of one file applied, and the edits left out because they overlap an earlier one (by position;
 * equal edits count once). Offsets are those of the unchanged text.
 */
export function applyEdits(text: string, edits: readonly Edit[]): { text: string; skipped: readonly Edit[] } {
  const sorted = [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end)
  const skipped: Edit[] = []
  let out = ''
  let at = 0
  let previous: Edit | undefined
  for (const edit of sorted) {
    if (previous !== undefined && same(previous, edit)) continue
    if (edit.span.start < at) {
      skipped.push(edit)
      continue
    }
    out += text.slice(at, edit.span.start) + edit.text
    at = edit.span.end
    previous = edit
  }
  return { text: out + text.slice(at), skipped }
}

function same(a: Edit, b: Edit): boolean {
  return a.span.start === b.span.start && a.span.end === b.span.end && a.text === b.text
}
