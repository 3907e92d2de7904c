import { FILE_HEADERS_ONLY, formatPatch, structuredPatch } from 'diff'
import type { Edit, Fix } from '../../src/contracts/edit.ts'
import { applyEdits } from '../../src/engine/edits.ts'
import { type FileTree, readText } from '../../src/files/tree.ts'

/** What becomes of a file: its new text, or its new name. */
type Change =
  | { readonly kind: 'text'; readonly file: string; readonly text: string; readonly encoding: 'utf-8' | undefined }
  | { readonly kind: 'create'; readonly file: string; readonly text: string }
  | { readonly kind: 'delete'; readonly file: string }
  | { readonly kind: 'rename'; readonly file: string; readonly to: string }

type Files = Readonly<Record<string, string | Uint8Array>>

/** The files after a fix. */
export function fixedFiles(files: Files, tree: FileTree, fix: Fix): Files {
  const out = { ...files }
  for (const change of changesOf(tree, fix)) {
    if (change.kind === 'text' || change.kind === 'create') out[change.file] = change.text
    else {
      if (change.kind === 'rename') out[change.to] = out[change.file] ?? ''
      delete out[change.file]
    }
  }
  return out
}

/** A fix as a unified diff without a final line end. What no lines can show, a new name or encoding, is a line of its own. */
export function diffOf(tree: FileTree, fix: Fix): string {
  return changesOf(tree, fix)
    .map((change) => showChange(tree, change))
    .join('\n')
}

function showChange(tree: FileTree, change: Change): string {
  const { file } = change
  const before = readText(tree, file)
  const text = before?.text ?? ''
  if (change.kind === 'rename') return `rename from ${file}\nrename to ${change.to}`
  if (change.kind === 'create') return patch('/dev/null', file, '', change.text)
  if (change.kind === 'delete') return patch(file, '/dev/null', text, '')
  const lines = text === change.text ? [] : [patch(file, file, text, change.text)]
  if (change.encoding !== undefined) lines.unshift(`${file}: ${before?.encoding} -> ${change.encoding}`)
  return lines.join('\n')
}

function patch(from: string, to: string, before: string, after: string): string {
  const text = formatPatch(
    structuredPatch(from, to, before, after, undefined, undefined, { context: 2 }),
    FILE_HEADERS_ONLY,
  )
  // An empty line of context is written without its blank, as editors leave it.
  // A NUL as findings show it: a page that held one would be no text.
  return text.replace(/\n$/, '').replace(/^ $/gm, '').replaceAll('\0', '\u2400')
}

function changesOf(tree: FileTree, { edits }: Fix): Change[] {
  const whole = edits.filter(({ action }) => action !== undefined).map(wholeChange)
  const textual = edits.filter(({ action }) => action === undefined)
  return [...whole, ...[...new Set(textual.map(({ file }) => file))].map((file) => textChange(tree, file, textual))]
}

function wholeChange({ file, text, action }: Edit): Change {
  if (action === 'create') return { kind: 'create', file, text }
  return action === 'rename' ? { kind: 'rename', file, to: text } : { kind: 'delete', file }
}

function textChange(tree: FileTree, file: string, textual: readonly Edit[]): Change {
  const edits = textual.filter((edit) => edit.file === file)
  const { text, skipped } = applyEdits(readText(tree, file)?.text ?? '', edits)
  if (skipped.length > 0) throw new Error(`the edits of one fix overlap in ${file}`)
  return { kind: 'text', file, text, encoding: edits.find(({ encoding }) => encoding !== undefined)?.encoding }
}
