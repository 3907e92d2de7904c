import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Editor, type EditorOptions, editorOn, usual } from '../support/editor.ts'

let root: string
let editor: Editor
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'dynolint-lsp-')))
  cpSync('fixtures/guide', root, { recursive: true })
})
afterEach(() => {
  editor.end()
  rmSync(root, { recursive: true, force: true })
})

const start = async (options?: EditorOptions): Promise<void> => {
  editor = await editorOn([root], options)
  await editor.settled()
}
const uri = (path: string): string => pathToFileURL(join(root, path)).href
const text = (path: string): string => readFileSync(join(root, path), 'utf8')
const rules = (path: string): string[] => (editor.diagnostics.get(uri(path)) ?? []).map(({ code }) => String(code))

describe('the server', () => {
  it('tells', async () => {
    await start()
    console.log(JSON.stringify([...editor.diagnostics], undefined, 1).slice(0, 3000), editor.shown, editor.asked)
    console.log(rules('Procfile'))
  })
})
