import { join } from 'node:path'
import type {
  CreateFile,
  DeleteFile,
  RenameFile,
  TextDocumentEdit,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver/node'
import type { Edit, Fix } from '../contracts/edit.ts'
import { arrange } from '../engine/edits.ts'
import type { Finding } from '../engine/finding.ts'
import { readText } from '../files/tree.ts'
import { getOrInsert } from '../get-or-insert.ts'
import { hiddenText } from '../privacy/masker.ts'
import { type Buffers, uriOf } from './buffers.ts'
import type { Places } from './places.ts'
import type { Checked } from './project.ts'

/** What a client can do with a workspace edit. */
export interface EditForm {
  /** It takes versions of documents. */
  readonly documentChanges: boolean
  /** It makes, renames and deletes files. */
  readonly files: boolean
}

/** The one place that knows what a finding offers: each fix with whether it keeps what works. */
export function fixesOf(finding: Finding): readonly Fix[] {
  return finding.fixes
}

/**
 * Edits of a project for the client; undefined when it cannot do them, when they would write a hidden secret down, or when two
 * of them stand in each other's way.
 */
export function workspaceEdit(
  edits: readonly Edit[],
  checked: Checked,
  { places, buffers, form }: { readonly places: Places; readonly buffers: Buffers; readonly form: EditForm },
): WorkspaceEdit | undefined {
  if (edits.some(({ text, encoding }) => text.includes(hiddenText) || encoding !== undefined)) return undefined
  const whole = edits.filter(({ action }) => action !== undefined)
  if (whole.length > 0 && !(form.files && form.documentChanges)) return undefined
  const byFile = new Map<string, Edit[]>()
  for (const edit of edits) if (edit.action === undefined) getOrInsert(byFile, edit.file, (): Edit[] => []).push(edit)
  const texts = new Map<string, TextEdit[]>()
  for (const [file, own] of byFile) {
    const arranged = arrange(readText(checked.app.tree, file)?.text ?? '', own)
    if (arranged.skipped.length > 0) return undefined
    texts.set(
      file,
      arranged.edits.map(({ span, text }) => ({ range: places.range({ file, span }), newText: text })),
    )
  }
  if (!form.documentChanges) {
    return { changes: Object.fromEntries([...texts].map(([file, own]) => [places.uri(file), own])) }
  }
  const changed = [...texts].map(
    ([file, own]): TextDocumentEdit => ({
      textDocument: { uri: places.uri(file), version: buffers.at(join(checked.root, file))?.version ?? null },
      edits: own,
    }),
  )
  return { documentChanges: [...whole.flatMap((edit) => fileOperation(edit, checked, places)), ...changed] }
}

function fileOperation(
  { file, text, action }: Edit,
  checked: Checked,
  places: Places,
): (CreateFile | RenameFile | DeleteFile | TextDocumentEdit)[] {
  const uri = places.uri(file)
  if (action === 'delete') return [{ kind: 'delete', uri }]
  if (action === 'rename') return [{ kind: 'rename', oldUri: uri, newUri: uriOf(join(checked.root, text)) }]
  const start = { line: 0, character: 0 }
  return [
    { kind: 'create', uri },
    { textDocument: { uri, version: null }, edits: [{ range: { start, end: start }, newText: text }] },
  ]
}
