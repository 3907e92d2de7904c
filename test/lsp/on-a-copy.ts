import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach } from 'vitest'
import type { CodeAction, Hover, Location, WorkspaceEdit } from 'vscode-languageserver/node'
import { positionsIn } from '../../src/lsp/positions.ts'
import { type Editor, type EditorOptions, editorOn } from '../support/editor.ts'
import { repository } from '../support/trees.ts'

export let root: string
export let editor: Editor

/** A copy of the guide's project for each test of a file, and an end to the editor that was started on it. */
export function onACopy(): void {
  beforeEach(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'dynolint-lsp-')))
    cpSync(join(repository, 'fixtures/guide'), root, { recursive: true })
  })
  afterEach(async () => {
    await editor.end()
    rmSync(root, { recursive: true, force: true })
  })
}

export const settings = 'backend/backend/settings.py'
export const start = async (options?: EditorOptions, folders: readonly string[] = [root]): Promise<void> => {
  editor = await editorOn(folders, options)
  await editor.settled()
}
export const uri = (path: string): string => pathToFileURL(join(root, path)).href
export const text = (path: string): string => readFileSync(join(root, path), 'utf8')
export const rules = (path: string): string[] =>
  (editor.diagnostics.get(uri(path)) ?? []).map(({ code }) => String(code))

/** The place where a piece of a file's text begins, and a little further. */
export function placeOf(path: string, piece: string, further = 1): { line: number; character: number } {
  const at = text(path).indexOf(piece)
  if (at < 0) throw new Error(`${path} has no ${piece}`)
  return positionsIn(text(path), 'utf-16').at(at + further)
}

export async function hover(path: string, piece: string, further = 1): Promise<string | undefined> {
  const told = await editor.request<Hover | null>('textDocument/hover', {
    textDocument: { uri: uri(path) },
    position: placeOf(path, piece, further),
  })
  return told === null ? undefined : (told.contents as { value: string }).value
}

export async function definitions(path: string, piece: string): Promise<string[]> {
  const found = await editor.request<Location[]>('textDocument/definition', {
    textDocument: { uri: uri(path) },
    position: placeOf(path, piece),
  })
  return found.map(({ uri: where, range }) => `${where.slice(uri('').length + 1)}:${range.start.line + 1}`)
}

export async function actions(path: string, only?: string[]): Promise<CodeAction[]> {
  const end = positionsIn(text(path), 'utf-16').at(text(path).length)
  return editor.request<CodeAction[]>('textDocument/codeAction', {
    textDocument: { uri: uri(path) },
    range: { start: { line: 0, character: 0 }, end },
    context: { diagnostics: [], ...(only === undefined ? {} : { only }) },
  })
}

/** A file's text after a workspace edit. */
export function applied(edit: WorkspaceEdit | undefined, path: string): string {
  const positions = positionsIn(text(path), 'utf-16')
  const edits = (edit?.documentChanges ?? []).flatMap((one) =>
    'edits' in one && one.textDocument.uri === uri(path) ? one.edits : [],
  )
  return edits
    .map((one) => one as { range: { start: never; end: never }; newText: string })
    .map(({ range, newText }) => ({ ...range, newText }))
    .map((one) => [positions.offset(one.start), positions.offset(one.end), one.newText] as const)
    .sort((a, b) => b[0] - a[0])
    .reduce((now, [from, to, put]) => now.slice(0, from) + put + now.slice(to), text(path))
}
