import { join } from 'node:path'
import type { Edit } from '../contracts/edit.ts'
import type { Text } from '../contracts/text.ts'
import { arrange } from '../engine/edits.ts'
import { splice } from '../files/encode.ts'
import { type FileTree, readText, type SourceFile } from '../files/tree.ts'
import { createFile, moveFile, type Refusal, removeFile, replaceFile, uninterrupted } from '../files/write.ts'
import { printable } from '../privacy/printable.ts'
import { type AppReport, pathIn } from '../report/report.ts'
import type { CommandLine } from './args.ts'
import { exit, type Io } from './io.ts'

/** What became of the edits of one file. */
interface Outcome {
  readonly changed: number
  /** Left for another run: they overlap others. */
  readonly skipped: number
  readonly refused: Refusal | undefined
}

/**
 * Applies the first fix of each finding whose safety was consented to. Each file is written whole or not at all; what no
 * edit touches keeps its bytes. Prints what changed and what could not be written; a second run tells what is left.
 */
export function applyFixes(apps: readonly AppReport[], roots: readonly string[], args: CommandLine, io: Io): number {
  let changed = 0
  let skipped = 0
  let refused = false
  apps.forEach((app, index) => {
    const edits = new Map<string, Edit[]>()
    for (const finding of app.findings) {
      const fix = finding.fixes.find(({ safety }) => safety === 'safe' || args.fix === 'unsafe')
      for (const edit of fix?.edits ?? []) edits.set(edit.file, [...(edits.get(edit.file) ?? []), edit])
    }
    for (const [file, list] of edits) {
      const outcome = uninterrupted(() => applyTo(file, list, app.tree, roots[index] as string))
      const name = printable(pathIn(app.root, file))
      changed += outcome.changed
      skipped += outcome.skipped
      if (outcome.refused !== undefined) {
        refused = true
        io.err(`dynolint: ${notFixed(name, outcome.refused)[args.language]}\n`)
      } else if (outcome.changed > 0) io.out(args.language === 'fr' ? `corrigé : ${name}\n` : `fixed ${name}\n`)
    }
  })
  io.out(summary(changed, skipped, args.language))
  return refused ? exit.trouble : exit.clean
}

function notFixed(file: string, why: Refusal): Text {
  return { en: `${file} was not fixed: ${why.en}`, fr: `${file} n’a pas été corrigé : ${why.fr}` }
}

function applyTo(file: string, edits: readonly Edit[], tree: FileTree, root: string): Outcome {
  const path = join(root, file)
  const source = readText(tree, file)
  const whole = edits.find(({ action }) => action !== undefined)
  if (whole !== undefined) {
    const refused = applyWhole(path, whole, root, source)
    return { changed: refused === undefined ? 1 : 0, skipped: 0, refused }
  }
  if (source === undefined) return { changed: 0, skipped: 0, refused: undefined }
  const { edits: fitting, skipped } = arrange(source.text, edits)
  const utf8 = edits.some(({ encoding }) => encoding === 'utf-8')
  const bytes = splice(utf8 ? asUtf8(source) : source, fitting)
  const refused = bytes === undefined ? unsayable : replaceFile(root, path, source.bytes, bytes)
  return { changed: refused === undefined ? edits.length - skipped.length : 0, skipped: skipped.length, refused }
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

function summary(changed: number, skipped: number, language: 'en' | 'fr'): string {
  const again =
    skipped === 0
      ? ''
      : language === 'fr'
        ? ` ; ${skipped} en attente d’une seconde passe`
        : `; ${skipped} left for a second run`
  return language === 'fr' ? `${changed} modification(s)${again}\n` : `${changed} edit(s)${again}\n`
}
