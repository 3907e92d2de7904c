import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { positionsIn } from '../../src/lsp/positions.ts'
import { type Editor, editorOn } from '../support/editor.ts'
import { numbers } from '../support/numbers.ts'
import { repository } from '../support/trees.ts'

/**
 * After any row of edits a server says what one says that was just started: nothing that it keeps is about a text that is gone.
 * `EDITS=5000 SEED=7 npx vitest run test/lsp/edits` for a longer search.
 */

const edits = Number(process.env.EDITS ?? 120)
const seed = Number(process.env.SEED ?? 1)

const files = [
  'Procfile',
  'requirements.txt',
  'dynolint.toml',
  'backend/backend/settings.py',
  'backend/backend/asgi.py',
  'backend/notifications/routing.py',
  'backend/notifications/consumers.py',
  'frontend/src/notifications.js',
  'backend/templates/index.html',
]

/** Pieces that are put somewhere; most break something, and an undo follows now and then. */
const pieces = [
  '\n', ' ', '#', "'", '"', '(', ')', '{', ':', '$PORT', '-b 127.0.0.1 ', 'DEBUG = True\n', 'if REDIS_URL:\n    ', '🙂', 'é',
  'daphne', 'channels==4.3.2\n', 'web: gunicorn backend.wsgi\n', "CHANNEL_LAYERS = {}\n", 'import missing\n', 'from . import views\n',
  "ws/chat/", 'new WebSocket("ws://localhost:8000/ws/x/")\n', '# dynolint: ignore[settings/redis-tls] x\n', '[rules]\n"settings/debug" = "off"\n',
  'release: python backend/manage.py migrate\n', "ALLOWED_HOSTS = ['*']\n", 'await ', '    ', '\r\n',
] // biome-ignore format: a list

describe('random edits', () => {
  it(`leave nothing behind (${edits} with seed ${seed})`, async () => {
    const random = numbers(seed)
    const below = (limit: number): number => Math.floor(random() * limit)
    const root = realpathSync(mkdtempSync(join(tmpdir(), 'dynolint-edits-')))
    const mirror = realpathSync(mkdtempSync(join(tmpdir(), 'dynolint-mirror-')))
    cpSync(join(repository, 'fixtures/guide'), root, { recursive: true })
    const editor = await editorOn([root])
    const texts = new Map(files.map((file) => [file, readFileSync(join(root, file), 'utf8')]))
    const original = new Map(texts)
    const open = new Map<string, string>()
    try {
      for (let count = 0; count < edits; count++) {
        const file = files[below(files.length)] as string
        const before = texts.get(file) as string
        const uri = open.get(file) ?? editor.open(join(root, file), before)
        open.set(file, uri)
        const start = below(before.length + 1)
        const end = Math.min(before.length, start + (below(3) === 0 ? below(12) : 0))
        const undo = below(4) === 0
        const put = undo ? (original.get(file) as string) : (pieces[below(pieces.length)] as string)
        const range = { start: positionsIn(before, 'utf-16').at(start), end: positionsIn(before, 'utf-16').at(end) }
        editor.change(uri, [undo ? { text: put } : { range, text: put }])
        // A place inside a line end is the end of its line.
        const positions = positionsIn(before, 'utf-16')
        const from = positions.offset(range.start)
        texts.set(
          file,
          undo ? put : before.slice(0, from) + put + before.slice(Math.max(from, positions.offset(range.end))),
        )
        if (below(5) === 0) save(editor, root, file, texts.get(file) as string)
        if (below(9) === 0) {
          save(editor, root, file, texts.get(file) as string)
          editor.close(uri)
          open.delete(file)
        }
        if (below(3) > 0) continue
        await editor.settled()
        const told = said(editor, root)
        rmSync(mirror, { recursive: true })
        cpSync(join(repository, 'fixtures/guide'), mirror, { recursive: true })
        for (const [path, text] of texts) writeFileSync(join(mirror, path), text)
        const fresh = await editorOn([mirror])
        await fresh.settled()
        const expected = said(fresh, mirror)
        await fresh.end()
        expect(told, `after edit ${count} of seed ${seed}`).toEqual(expected)
      }
      expect(editor.shown).toEqual([])
    } finally {
      await editor.end()
      rmSync(root, { recursive: true })
      rmSync(mirror, { recursive: true })
    }
  }, 3_600_000)
})

function save(editor: Editor, root: string, file: string, text: string): void {
  writeFileSync(join(root, file), text)
  const uri = pathToFileURL(join(root, file)).href
  void editor.connection.sendNotification('textDocument/didSave', { textDocument: { uri } })
}

function said(editor: Editor, root: string): Record<string, unknown> {
  const base = pathToFileURL(root).href
  const entries = [...editor.diagnostics].map(([uri, all]) => [uri.slice(base.length), all] as const)
  return JSON.parse(JSON.stringify(Object.fromEntries(entries.sort())).replaceAll(base, ''))
}
