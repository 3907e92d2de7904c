import { structuredPatch } from 'diff'
import type { Edit, Fix } from '../contracts/edit.ts'
import { applyEdits } from '../engine/edits.ts'
import { readText } from '../files/tree.ts'
import { printable } from '../privacy/printable.ts'
import { maskerFor } from './masking.ts'
import { type AppReport, pathIn } from './report.ts'

/** A line of a diff and what it is. */
export interface DiffLine {
  readonly kind: 'file' | 'hunk' | 'added' | 'removed' | 'same'
  readonly text: string
}

/** What a correction does to the files, line by line, without secrets and characters that act. */
export function fixDiff(app: AppReport, { edits }: Fix): DiffLine[] {
  const whole = edits.filter(({ action }) => action !== undefined).flatMap((edit) => wholeFile(app, edit))
  const textual = edits.filter(({ action }) => action === undefined)
  const files = [...new Set(textual.map(({ file }) => file))]
  return [...whole, ...files.flatMap((file) => changed(app, file, textual))]
}

function wholeFile(app: AppReport, { file, text, action }: Edit): DiffLine[] {
  const name = printable(pathIn(app.root, file))
  if (action === 'rename') return [{ kind: 'file', text: `${name} → ${printable(pathIn(app.root, text))}` }]
  const before = readText(app.tree, file)?.text ?? ''
  return patch(app, action === 'create' ? `+ ${name}` : `- ${name}`, action === 'create' ? ['', text] : [before, ''])
}

function changed(app: AppReport, file: string, textual: readonly Edit[]): DiffLine[] {
  const before = readText(app.tree, file)?.text ?? ''
  const after = applyEdits(
    before,
    textual.filter((edit) => edit.file === file),
  ).text
  return patch(app, printable(pathIn(app.root, file)), [before, after])
}

function patch(app: AppReport, title: string, [before, after]: readonly [string, string]): DiffLine[] {
  const { mask } = maskerFor(app)
  const { hunks } = structuredPatch('', '', mask(before), mask(after), undefined, undefined, { context: 2 })
  return [
    { kind: 'file', text: title },
    ...hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines }): DiffLine[] => [
      { kind: 'hunk', text: `@@ -${oldStart},${oldLines} +${newStart},${newLines} @@` },
      ...lines.map((line): DiffLine => {
        const kind = line.startsWith('+') ? 'added' : line.startsWith('-') ? 'removed' : 'same'
        return { kind, text: printable(line) }
      }),
    ]),
  ]
}
