import type { Edit } from '../contracts/edit.ts'
import { applyEdits, lineEndOf } from '../engine/edits.ts'
import type { Finding } from '../engine/finding.ts'
import { suppress, suppressionsOf } from '../engine/suppressions.ts'
import { lineStarts, positionAt } from '../files/lines.ts'
import type { SourceFile } from '../files/tree.ts'
import { parsePython } from '../syntax/python/parse.ts'

/** Comments by the ending of a file's name: what opens one and what closes it. */
const comments: readonly (readonly [RegExp, string, string])[] = [
  [/\.(?:py|toml|ya?ml|txt|in|sh|cfg|ini)$|(?:^|\/)(?:Procfile|Pipfile|Dockerfile|Makefile|\.env)[^/]*$/, '# ', ''],
  [/\.(?:[cm]?[jt]sx?)$/, '// ', ''],
  [/\.(?:html?|vue|svelte)$/, '<!-- ', ' -->'],
]

/**
 * The edit that excuses a finding: a comment on the line above it. Undefined where no comment can stand, as in JSON or inside a
 * text of several lines: what is offered is tried first.
 */
export function ignoreEdit(finding: Finding, file: SourceFile): Edit | undefined {
  const comment = comments.find(([name]) => name.test(file.path))
  if (comment === undefined) return undefined
  const starts = lineStarts(file.text)
  const start = starts[positionAt(starts, finding.at.span.start).line - 1] as number
  const indent = /^[ \t]*/.exec(file.text.slice(start))?.[0] ?? ''
  const [, open, close] = comment
  const text = `${indent}${open}dynolint: ignore[${finding.rule}]${close}${lineEndOf(file.text)}`
  const edit: Edit = { file: finding.at.file, span: { start, end: start }, text }
  return excuses(edit, finding, file) ? edit : undefined
}

function excuses(edit: Edit, finding: Finding, file: SourceFile): boolean {
  const { text } = applyEdits(file.text, [edit])
  const after: SourceFile = { ...file, path: finding.at.file, text }
  const moved = edit.text.length
  const { start, end } = finding.at.span
  const at = { ...finding.at, span: { start: start + moved, end: end + moved } }
  const { kept } = suppress(
    [{ ...finding, at }],
    suppressionsOf(after),
    () => text,
    () => true,
  )
  if (kept.length > 0) return false
  return !file.path.endsWith('.py') || parsePython(text).problems.length <= parsePython(file.text).problems.length
}
