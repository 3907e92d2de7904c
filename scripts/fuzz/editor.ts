import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Diagnostic } from 'vscode-languageserver/node'
import { positionsIn } from '../../src/lsp/positions.ts'
import { type Editor, editorOn } from '../../test/support/editor.ts'
import { mutated } from './mutations.ts'
import type { Random } from './random.ts'
import { type Files, textIn } from './samples.ts'
import { type Target, target } from './target.ts'

/** What a client says: a method, its parameters, and whether it waits for an answer. `$root` stands for the workspace's address. */
interface Message {
  readonly method: string
  readonly params: unknown
  readonly asks: boolean
}

interface EditorCase {
  readonly files: Files
  readonly messages: readonly Message[]
}

const asked = ['textDocument/hover', 'textDocument/definition', 'textDocument/codeAction', 'textDocument/documentLink', 'workspace/executeCommand', 'textDocument/diagnostic', 'nobody/knows'] // biome-ignore format: a list
const numbers = [0, 1, 2, 7, 40, 1_000, 2 ** 31 - 1, -1, 1.5]

/** Values that no client should send. */
const odd: readonly unknown[] = [null, [], {}, '', 0, true, 'file:///%zz', [null], { textDocument: null }]

function messagesFor(files: Files, random: Random): Message[] {
  const texts = Object.values(files).map(textIn)
  const names = Object.keys(files)
  const uri = (): string =>
    random.below(8) === 0
      ? random.one([
          'untitled:x',
          'file:///',
          'file:///%zz',
          'http://a/b',
          '',
          '$root',
          '$root/../x',
          '$root/nobody.py',
        ])
      : `$root/${random.one(names)}`
  const position = () => ({ line: random.one(numbers), character: random.one(numbers) })
  const range = () => ({ start: position(), end: position() })
  const text = (): string => mutated(random.one(texts), texts, random)
  const message = (): Message => {
    const kind = random.below(10)
    const textDocument = { uri: uri(), version: random.below(9), languageId: 'python' }
    if (kind < 2)
      return {
        method: 'textDocument/didOpen',
        params: { textDocument: { ...textDocument, text: text() } },
        asks: false,
      }
    if (kind < 5) {
      const change = () =>
        random.below(4) === 0 ? { text: text() } : { range: range(), text: text().slice(0, random.below(40)) }
      const contentChanges = Array.from({ length: random.below(3) }, change)
      return { method: 'textDocument/didChange', params: { textDocument, contentChanges }, asks: false }
    }
    if (kind === 5) {
      const method = random.one([
        'textDocument/didClose',
        'textDocument/didSave',
        'workspace/didChangeWatchedFiles',
        'workspace/didChangeConfiguration',
        '$/cancelRequest',
        '$/setTrace',
      ])
      const params = {
        textDocument,
        id: 1,
        changes: [{ uri: uri(), type: 1 + random.below(3) }],
        settings: random.one(odd),
        value: 'off',
      }
      return { method, params, asks: false }
    }
    const method = random.one(asked)
    if (kind === 6) return { method, params: random.one(odd), asks: true }
    const params = {
      textDocument,
      position: position(),
      range: range(),
      context: {
        diagnostics: [],
        ...(random.below(3) === 0 ? { only: [random.one(['quickfix', 'source.fixAll', 'x'])] } : {}),
      },
      command: random.one(['dynolint.checkProject', 'dynolint.openPage', 'x']),
      arguments: random.one([[], [null], ['settings/debug'], ['https://example.com'], [{}]]),
    }
    return { method, params, asks: true }
  }
  return Array.from({ length: 3 + random.below(12) }, message)
}

/** The server over its protocol: every request is answered, nothing ends it, ranges are those of the documents. */
export function editorTarget(projects: readonly Files[]): Target<EditorCase> {
  return target<EditorCase>({
    name: 'editor',
    make(random) {
      const files = random.one(projects)
      return { files, messages: messagesFor(files, random) }
    },
    async judge({ files, messages }) {
      // A folder of its own around the workspace: a document beside that is a project as well.
      const around = realpathSync(mkdtempSync(join(tmpdir(), 'dynolint-fuzz-')))
      const root = join(around, 'workspace')
      for (const [path, content] of Object.entries(files)) {
        mkdirSync(dirname(join(root, path)), { recursive: true })
        writeFileSync(join(root, path), content)
      }
      const editor = await editorOn([root])
      try {
        return await converse(editor, root, messages)
      } finally {
        await editor.end()
        rmSync(around, { recursive: true })
      }
    },
    *smaller({ files, messages }) {
      for (let at = 0; at < messages.length; at++)
        yield { files, messages: messages.filter((_, index) => index !== at) }
    },
  })
}

async function converse(editor: Editor, root: string, messages: readonly Message[]): Promise<string | undefined> {
  const base = pathToFileURL(root).href
  const texts = new Map<string, string>()
  for (const { method, params, asks } of messages) {
    const said = JSON.parse(JSON.stringify(params ?? null).replaceAll('$root', base)) as unknown
    follow(texts, method, said)
    if (!asks) await editor.connection.sendNotification(method, said as object)
    else await editor.request(method, said).catch(() => undefined)
  }
  await editor.settled()
  for (const [uri, diagnostics] of editor.diagnostics) {
    const text = texts.get(uri)
    const wrong = text === undefined ? undefined : wrongRange(text, diagnostics)
    if (wrong !== undefined) return wrong
  }
  return editor.shown.find((message) => /throws|TypeError|RangeError|internal/.test(message))
}

/** Texts of documents that were sent whole last; of one that was changed in ranges nothing is known here. */
function follow(texts: Map<string, string>, method: string, params: unknown): void {
  const { textDocument, contentChanges } = (params ?? {}) as {
    textDocument?: { uri: string; text?: string } | null
    contentChanges?: readonly { range?: unknown; text: string }[]
  }
  if (textDocument === undefined || textDocument === null) return
  if (method === 'textDocument/didOpen' && textDocument.text !== undefined)
    texts.set(textDocument.uri, textDocument.text)
  const last = contentChanges?.at(-1)
  if (method === 'textDocument/didClose' || (last !== undefined && last.range !== undefined))
    texts.delete(textDocument.uri)
  else if (last !== undefined && texts.has(textDocument.uri)) texts.set(textDocument.uri, last.text)
}

function wrongRange(text: string, diagnostics: readonly Diagnostic[]): string | undefined {
  const plain = text.replace(/^\ufeff/, '')
  const positions = positionsIn(plain, 'utf-16')
  for (const { range, code } of diagnostics) {
    const [start, end] = [positions.offset(range.start), positions.offset(range.end)]
    const back = positions.at(end)
    if (start > end || back.line !== range.end.line || back.character !== range.end.character)
      return `${code} has a range outside of its document: ${JSON.stringify(range)}`
  }
  return undefined
}
