import { join } from 'node:path'
import type { Edit } from '../contracts/edit.ts'
import type { Text } from '../contracts/text.ts'
import { arrange } from '../engine/edits.ts'
import { splice } from '../files/encode.ts'
import { type FileTree, readText, type SourceFile } from '../files/tree.ts'
import { createFile, moveFile, type Refusal, removeFile, replaceFile, uninterrupted } from '../files/write.ts'
import { getOrInsert } from '../get-or-insert.ts'
import { printable } from '../privacy/printable.ts'
import { type AppReport, type FixedFile, pathIn } from '../report/report.ts'
import type { CommandLine } from './args.ts'
import type { Io } from './io.ts'

/** What became of the edits of one file. */
interface Outcome {
  readonly changed: number
  readonly refused: Refusal | undefined
}

/** What a run of `--fix` did. */
export interface Corrections {
  /** Files that were changed, from the working directory, and the rules that asked for it. */
  readonly fixed: readonly FixedFile[]
  /** Something could not be written; it was said on standard error. */
  readonly refused: boolean
}

/**
 * Applies the first fix of each finding whose safety was consented to. Each file is written whole or not at all; what no
 * edit touches keeps its bytes. Edits that overlap others are left: what they were about is found again by the next check.
 */
export function applyFixes(
  apps: readonly AppReport[],
  roots: readonly string[],
  args: CommandLine,
  io: Io,
): Corrections {
  const fixed: FixedFile[] = []
  let refused = false
  apps.forEach((app, index) => {
    const byFile = new Map<string, { edits: Edit[]; rules: Set<string> }>()
    for (const { rule, fixes } of app.findings) {
      const fix = fixes.find(({ safety }) => safety === 'safe' || args.fix === 'unsafe')
      for (const edit of fix?.edits ?? []) {
        const { edits, rules } = getOrInsert(byFile, edit.file, () => ({ edits: [], rules: new Set<string>() }))
        edits.push(edit)
        rules.add(rule)
      }
    }
    for (const [file, { edits, rules }] of byFile) {
      const outcome = uninterrupted(() => applyTo(file, edits, app.tree, roots[index] as string))
      const name = pathIn(app.root, file)
      if (outcome.refused !== undefined) {
        refused = true
        io.err(`dynolint: ${notFixed(printable(name), outcome.refused)[args.language]}\n`)
      } else if (outcome.changed > 0) fixed.push({ file: name, rules: [...rules].sort() })
    }
  })
  return { fixed, refused }
}

function notFixed(file: string, why: Refusal): Text {
  return { en: `${file} was not fixed: ${why.en}`, fr: `${file} n’a pas été corrigé : ${why.fr}` }
}

function applyTo(file: string, edits: readonly Edit[], tree: FileTree, root: string): Outcome {
  const path = join(root, file)
  const source = readText(tree, file)
  const whole = edits.find(({ action }) => action !== undefined)
  if (whole !== undefined) {
    const refused = applyWhole(path, whole, root, source)
    return { changed: refused === undefined ? 1 : 0, refused }
  }
  if (source === undefined) return { changed: 0, refused: undefined }
  const { edits: fitting, skipped } = arrange(source.text, edits)
  const utf8 = edits.some(({ encoding }) => encoding === 'utf-8')
  const bytes = splice(utf8 ? asUtf8(source) : source, fitting)
  const refused = bytes === undefined ? unsayable : replaceFile(root, path, source.bytes, bytes)
  return { changed: refused === undefined ? edits.length - skipped.length : 0, refused }
}

/** The same text, as a file in UTF-8 without a byte order mark would hold it. */
function asUtf8(source: SourceFile): SourceFile {
  return { ...source, encoding: 'utf-8', bom: false, bytes: Buffer.from(source.text, 'utf8') }
}

const unsayable: Refusal = {
  en: 'its encoding has no place for the new text',
  fr: 'son encodage ne peut pas porter le nouveau texte',
}

/** Makes a file that is not there, removes one, or moves one to where none is. */
function applyWhole(path: string, edit: Edit, root: string, source: SourceFile | undefined): Refusal | undefined {
  if (edit.action === 'create') return createFile(root, path, Buffer.from(edit.text, 'utf8'))
  const before = source?.bytes ?? new Uint8Array()
  return edit.action === 'delete' ? removeFile(root, path, before) : moveFile(root, path, join(root, edit.text), before)
}
