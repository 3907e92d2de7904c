import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CodeAction, Diagnostic, DocumentLink, Hover, Location, WorkspaceEdit } from 'vscode-languageserver/node'
import { positionsIn } from '../../src/lsp/positions.ts'
import { type Editor, type EditorOptions, editorOn, usual } from '../support/editor.ts'

let root: string
let editor: Editor
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'dynolint-lsp-')))
  cpSync('fixtures/guide', root, { recursive: true })
})
afterEach(async () => {
  await editor.end()
  rmSync(root, { recursive: true, force: true })
})

const settings = 'backend/backend/settings.py'
const start = async (options?: EditorOptions, folders: readonly string[] = [root]): Promise<void> => {
  editor = await editorOn(folders, options)
  await editor.settled()
}
const uri = (path: string): string => pathToFileURL(join(root, path)).href
const text = (path: string): string => readFileSync(join(root, path), 'utf8')
const rules = (path: string): string[] => (editor.diagnostics.get(uri(path)) ?? []).map(({ code }) => String(code))

/** The place where a piece of a file's text begins, and a little further. */
function placeOf(path: string, piece: string, further = 1): { line: number; character: number } {
  const at = text(path).indexOf(piece)
  if (at < 0) throw new Error(`${path} has no ${piece}`)
  return positionsIn(text(path), 'utf-16').at(at + further)
}

async function hover(path: string, piece: string, further = 1): Promise<string | undefined> {
  const told = await editor.request<Hover | null>('textDocument/hover', {
    textDocument: { uri: uri(path) },
    position: placeOf(path, piece, further),
  })
  return told === null ? undefined : (told.contents as { value: string }).value
}

async function definitions(path: string, piece: string): Promise<string[]> {
  const found = await editor.request<Location[]>('textDocument/definition', {
    textDocument: { uri: uri(path) },
    position: placeOf(path, piece),
  })
  return found.map(({ uri: where, range }) => `${where.slice(uri('').length + 1)}:${range.start.line + 1}`)
}

async function actions(path: string, only?: string[]): Promise<CodeAction[]> {
  const end = positionsIn(text(path), 'utf-16').at(text(path).length)
  return editor.request<CodeAction[]>('textDocument/codeAction', {
    textDocument: { uri: uri(path) },
    range: { start: { line: 0, character: 0 }, end },
    context: { diagnostics: [], ...(only === undefined ? {} : { only }) },
  })
}

/** A file's text after a workspace edit. */
function applied(edit: WorkspaceEdit | undefined, path: string): string {
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

describe('diagnostics', () => {
  it('of every document come without being asked for, with related places and the page of the rule', async () => {
    await start()
    expect(rules(settings)).toEqual(['settings/channel-layer-missing', 'settings/redis-tls'])
    expect(rules('requirements.txt')).toContain('deps/python-version')
    const [, tls] = editor.diagnostics.get(uri(settings)) ?? []
    expect(tls).toMatchObject({
      severity: 1,
      source: 'dynolint',
      codeDescription: { href: expect.stringMatching(/\/dynolint\/rules\/settings\/redis-tls$/) },
      relatedInformation: [{ location: { uri: uri(settings) }, message: 'the URL is read here' }],
    })
  })

  it('follow the open document, and the file again when it is closed', async () => {
    await start()
    const procfile = editor.open(join(root, 'Procfile'), 'web: cd backend && daphne backend.asgi:application\n')
    await editor.settled()
    expect(rules('Procfile')).toContain('procfile/bind-host')
    editor.change(procfile, [{ text: text('Procfile') }])
    await editor.settled()
    expect(rules('Procfile')).toEqual([])
    editor.change(procfile, [
      { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 4 } }, text: 'wbe:' },
    ])
    await editor.settled()
    expect(rules('Procfile')).not.toEqual([])
    editor.close(procfile)
    await editor.settled()
    expect(rules('Procfile')).toEqual([])
  })

  it('of one file change with another', async () => {
    await start()
    editor.open(join(root, 'requirements.txt'), text('requirements.txt').replace('daphne==4.1.1\n', ''))
    await editor.settled()
    expect(rules('backend/backend/settings.py')).toContain('deps/missing-package')
  })

  it('know a document that is not saved yet', async () => {
    rmSync(join(root, 'Procfile'))
    await start()
    const before = [...editor.diagnostics.values()].flat().map(({ code }) => code)
    expect(before).toContain('procfile/missing')
    editor.open(join(root, 'Procfile'), 'web: cd backend && daphne -b 0.0.0.0 -p $PORT backend.asgi:application\n')
    await editor.settled()
    expect([...editor.diagnostics.values()].flat().map(({ code }) => code)).not.toContain('procfile/missing')
  })

  it('are told anew when files change on the disk', async () => {
    await start()
    writeFileSync(join(root, 'Procfile'), 'web: cd backend && daphne backend.asgi:application\n')
    void editor.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: uri('Procfile'), type: 2 }],
    })
    await editor.settled()
    expect(rules('Procfile')).toContain('procfile/bind-host')
    expect(editor.asked.map(([method]) => method)).toEqual(['client/registerCapability'])
  })

  it('are right without a client that watches files', async () => {
    const { workspace, ...rest } = usual
    const { didChangeWatchedFiles: _, ...others } = workspace ?? {}
    await start({ capabilities: { ...rest, workspace: others } })
    writeFileSync(join(root, 'Procfile'), 'web: cd backend && daphne backend.asgi:application\n')
    editor.open(join(root, settings), `${text(settings)}\n`)
    await editor.settled()
    expect(rules('Procfile')).toContain('procfile/bind-host')
  })

  it('speak the editor’s language, or the one of its settings', async () => {
    await start({ locale: 'fr' })
    const [first] = editor.diagnostics.get(uri(settings)) ?? []
    expect(first?.message).toContain('CHANNEL_LAYERS n’est pas défini')
    expect(first?.codeDescription?.href).toMatch(/\/fr\/rules\//)
    await editor.end()
    await start({ locale: 'fr', initializationOptions: { language: 'en' } })
    expect(editor.diagnostics.get(uri(settings))?.[0]?.message).toContain('CHANNEL_LAYERS is not set')
  })

  it('count columns as the client does', async () => {
    const line = text(settings).replace("'BACKEND': ", "'é😀': 1, 'BACKEND': ")
    writeFileSync(join(root, settings), line)
    await start()
    const utf16 = editor.diagnostics.get(uri(settings))
    await editor.end()
    await start({ capabilities: { ...usual, general: { positionEncodings: ['utf-8', 'utf-16'] } } })
    const utf8 = editor.diagnostics.get(uri(settings))
    expect(editor.initialized.capabilities.positionEncoding).toBe('utf-8')
    const texts = (all: readonly Diagnostic[] | undefined, unit: 'utf-8' | 'utf-16') => {
      const positions = positionsIn(line, unit)
      return (all ?? []).map(({ range }) => line.slice(positions.offset(range.start), positions.offset(range.end)))
    }
    expect(texts(utf8, 'utf-8')).toEqual(texts(utf16, 'utf-16'))
    // A change is read in the same unit.
    const open = editor.open(join(root, 'Procfile'), '# é😀 web: daphne\n')
    const at = { line: 0, character: 9 }
    editor.change(open, [{ range: { start: { line: 0, character: 0 }, end: at }, text: '' }])
    const { contents } = await editor.request<Hover>('textDocument/hover', {
      textDocument: { uri: open },
      position: { line: 0, character: 1 },
    })
    expect((contents as { value: string }).value).toContain('**web**')
  })

  it('of several folders and of a document outside of them', async () => {
    const other = join(root, 'frontend')
    rmSync(other, { recursive: true })
    cpSync('fixtures/two-apps', other, { recursive: true })
    await start(undefined, [root, other])
    expect(rules(settings)).toContain('settings/redis-tls')
    const ofOther = [...editor.diagnostics.keys()].filter((one) => one.startsWith(pathToFileURL(other).href))
    expect(ofOther.length).toBeGreaterThan(0)
    await editor.end()
    await start(undefined, [])
    expect(editor.diagnostics.size).toBe(0)
    editor.open(join(root, 'Procfile'), 'web: cd backend && daphne backend.asgi:application\n')
    await editor.settled()
    expect(rules('Procfile')).toContain('procfile/bind-host')
  })

  it('of a document that is in no project leave the projects beside it closed', async () => {
    await start(undefined, [])
    const around = realpathSync(mkdtempSync(join(tmpdir(), 'dynolint-lsp-')))
    cpSync('fixtures/guide', join(around, 'guide'), { recursive: true })
    mkdirSync(join(around, 'notes'))
    for (const folder of [around, join(around, 'notes')]) {
      writeFileSync(join(folder, 'settings.py'), 'DEBUG = True\n')
      editor.open(join(folder, 'settings.py'), 'DEBUG = True\n')
    }
    await editor.settled()
    expect(await editor.request<unknown[]>('dynolint/chain')).toEqual([])
    rmSync(around, { recursive: true })
    expect([...editor.diagnostics.values()].flat()).toEqual([])
  })

  it('follow the folders', async () => {
    await start({}, [])
    const change = (added: unknown[], removed: unknown[]) =>
      editor.connection.sendNotification('workspace/didChangeWorkspaceFolders', { event: { added, removed } })
    await change([{ uri: uri(''), name: 'guide' }], [])
    await editor.settled()
    expect(rules(settings)).toContain('settings/redis-tls')
    await change([], [{ uri: uri(''), name: 'guide' }])
    await editor.settled()
    expect(editor.diagnostics.size).toBe(0)
  })

  it('keep to the configuration, also while it is written', async () => {
    await start()
    const config = editor.open(join(root, 'dynolint.toml'), '[rules]\n"settings/redis-tls" = "off"\n')
    await editor.settled()
    expect(rules(settings)).not.toContain('settings/redis-tls')
    editor.change(config, [{ text: '[rules]\n"settings/redis-tls" = "info"\n' }])
    await editor.settled()
    expect(editor.diagnostics.get(uri(settings))?.find(({ code }) => code === 'settings/redis-tls')?.severity).toBe(3)
  })

  it('keep to the editor’s settings of each folder', async () => {
    let given: unknown = { env: { USE_REDIS: false }, snapshot: 12 }
    const capabilities = { ...usual, workspace: { ...usual.workspace, configuration: true } }
    await start({ capabilities, configuration: (scope) => (scope === undefined ? null : given) })
    expect(rules('dynolint.toml')).toEqual([])
    given = { enable: false }
    void editor.connection.sendNotification('workspace/didChangeConfiguration', { settings: null })
    await editor.settled()
    await editor.settled()
    expect(editor.diagnostics.size).toBe(0)
  })

  it('hold no secret', async () => {
    const secret = 'postgres://owner:hunter2secret9@db.example.com:5432/app'
    writeFileSync(join(root, settings), `${text(settings)}\nARCHIVE_URL = '${secret}'\n`)
    await start()
    const told = [
      JSON.stringify([...editor.diagnostics]),
      await hover(settings, 'ARCHIVE_URL'),
      JSON.stringify(await actions(settings)),
    ]
    for (const one of told) expect(one).not.toContain('hunter2secret9')
    expect(told[1]).toContain('…')
  })

  it('say a mistake of the settings once', async () => {
    await start({ initializationOptions: { config: 'nowhere.toml' } })
    editor.open(join(root, 'Procfile'), 'web: daphne\n')
    await editor.settled()
    expect(editor.shown).toEqual(['dynolint: no such configuration file: nowhere.toml'])
  })
})

describe('a client that asks for diagnostics', () => {
  const capabilities = {
    ...usual,
    workspace: { ...usual.workspace, diagnostics: { refreshSupport: true } },
    textDocument: { ...usual.textDocument, diagnostic: { relatedDocumentSupport: true } },
  }
  interface Report {
    kind: string
    resultId: string
    items: Diagnostic[]
    relatedDocuments?: Record<string, Report>
  }

  it('is told none, gets those of a document with the others, and is asked to ask again', async () => {
    await start({ capabilities })
    expect(editor.diagnostics.size).toBe(0)
    const document = { textDocument: { uri: uri('Procfile') } }
    const first = await editor.request<Report>('textDocument/diagnostic', document)
    expect(first).toMatchObject({ kind: 'full', items: [] })
    expect(first.relatedDocuments?.[uri(settings)]?.items.map(({ code }) => code)).toContain('settings/redis-tls')
    const again = { ...document, previousResultId: first.resultId }
    expect(await editor.request<Report>('textDocument/diagnostic', again)).toMatchObject({ kind: 'unchanged' })
    editor.open(join(root, 'Procfile'), 'web: cd backend && daphne backend.asgi:application\n')
    await editor.settled()
    expect(editor.asked.map(([method]) => method)).toContain('workspace/diagnostic/refresh')
    const changed = await editor.request<Report>('textDocument/diagnostic', again)
    expect(changed.items.map(({ code }) => code)).toContain('procfile/bind-host')
  })

  it('gets those of the whole workspace, and only what changed', async () => {
    await start({ capabilities })
    type All = { items: (Report & { uri: string; version: number | null })[] }
    const first = await editor.request<All>('workspace/diagnostic', { previousResultIds: [] })
    expect(first.items.map((one) => one.uri)).toContain(uri(settings))
    const previousResultIds = first.items.map((one) => ({ uri: one.uri, value: one.resultId }))
    const second = await editor.request<All>('workspace/diagnostic', { previousResultIds })
    expect(new Set(second.items.map(({ kind }) => kind))).toEqual(new Set(['unchanged']))
  })
})

describe('code actions', () => {
  it('carry each fix, the safe one preferred, and mend what they are about', async () => {
    await start()
    const fix = (await actions(settings)).find(
      ({ kind, diagnostics }) => kind === 'quickfix' && diagnostics?.[0]?.code === 'settings/redis-tls',
    )
    expect(fix?.edit).toBeDefined()
    editor.open(join(root, settings), applied(fix?.edit, settings))
    await editor.settled()
    expect(rules(settings)).not.toContain('settings/redis-tls')
  })

  it('make a file where the client makes files, and are not offered elsewhere', async () => {
    writeFileSync(join(root, 'runtime.txt'), 'python-3.12.4\n')
    await start()
    const made = (all: CodeAction[]) => all.filter(({ edit }) => JSON.stringify(edit)?.includes('.python-version'))
    const [create] = made(await actions('runtime.txt'))
    expect(create?.edit?.documentChanges?.[0]).toEqual({ kind: 'create', uri: uri('.python-version') })
    await editor.end()
    await start({ capabilities: { ...usual, workspace: {} } })
    expect(made(await actions('runtime.txt'))).toEqual([])
    const plain = (await actions(settings)).find(({ edit }) => edit !== undefined)
    expect(Object.keys(plain?.edit?.changes ?? {})).toEqual([uri(settings)])
  })

  it('ignore a finding where it stands', async () => {
    await start()
    const ignore = (await actions(settings)).find(({ title }) => title === 'Ignore settings/redis-tls here')
    const text = applied(ignore?.edit, settings)
    expect(text).toContain('                # dynolint: ignore[settings/redis-tls]\n                "hosts"')
    editor.open(join(root, settings), text)
    await editor.settled()
    expect(rules(settings)).not.toContain('settings/redis-tls')
  })

  it('open the page of a rule', async () => {
    await start()
    const page = (await actions(settings)).find(({ title }) => title === 'Open the page of settings/redis-tls')
    await editor.request('workspace/executeCommand', page?.command)
    expect(editor.asked.at(-1)).toMatchObject([
      'window/showDocument',
      { uri: expect.stringMatching(/settings\/redis-tls$/), external: true },
    ])
  })

  it('fix all that is safe in a document, and in the project, when they are asked for', async () => {
    writeFileSync(join(root, 'Procfile'), text('Procfile').replace('-b 0.0.0.0 -p $PORT ', ''))
    await start()
    const [inFile, ...others] = await actions('Procfile', ['source.fixAll'])
    expect(others).toEqual([])
    expect(inFile?.kind).toBe('source.fixAll.dynolint')
    expect(applied(inFile?.edit, 'Procfile')).toContain('-p $PORT -b 0.0.0.0')
    const [project] = await actions(settings, ['source.dynolint.fixProject'])
    expect(applied(project?.edit, 'Procfile')).toContain('-p $PORT -b 0.0.0.0')
    expect(await actions(settings, ['refactor'])).toEqual([])
  })
})

describe('hover', () => {
  it('on a command tells what it starts and where that listens', async () => {
    await start()
    expect(await hover('Procfile', 'daphne')).toMatchInlineSnapshot(`
      "**web**  
      Starts: \`daphne\` 4.1.1, ASGI (daphne serves ASGI applications)  
      Listens on: \`0.0.0.0:$PORT\`  
      Loads: \`backend.asgi:application\` (backend/backend/asgi.py)  
      WebSocket ping: 20 s"
    `)
  })

  it('on a setting tells its value on the dyno, with the condition', async () => {
    await start()
    expect(await hover(settings, 'CHANNEL_LAYERS')).toMatchInlineSnapshot(`
      "**CHANNEL_LAYERS**  
      On the dyno: \`{'default': {'BACKEND': 'channels_redis.core.RedisChannelLayer', 'CONFIG': {'hosts': ['rediss://:<REDIS_URL.password>@<REDIS_URL.host>:<REDIS_URL.port>']}}}\` (backend/backend/settings.py:66)"
    `)
    expect(await hover(settings, 'ALLOWED_HOSTS')).toMatchInlineSnapshot(`
      "**ALLOWED_HOSTS**  
      On the dyno: \`['votre-app.herokuapp.com']\` (backend/backend/settings.py:11)"
    `)
  })

  it('on the name of a config var tells what is known of it', async () => {
    await start()
    expect(await hover(settings, "'REDIS_URL'")).toMatchInlineSnapshot(`
      "**REDIS_URL**  
      On the dyno: \`rediss://:<REDIS_URL.password>@<REDIS_URL.host>:<REDIS_URL.port>\` (the add-on heroku-redis)"
    `)
    expect(await hover(settings, "'SECRET_KEY'")).toMatchInlineSnapshot(`
      "**SECRET_KEY**  
      On the dyno: \`…\` (dynolint's configuration)"
    `)
  })

  it('on a requirement tells the version in force and what is known of it', async () => {
    await start()
    expect(await hover('requirements.txt', 'channels-redis')).toMatchInlineSnapshot(`
      "**channels-redis**  
      Version in force: \`4.2.0\`  
      Newest known release: \`4.3.0\` (2025-07-22)"
    `)
    expect(await hover('requirements.txt', 'whitenoise')).toMatchInlineSnapshot(`
      "**whitenoise**  
      Version in force: \`6.11.0\`  
      Newest known release: \`6.12.0\` (2026-02-27)"
    `)
  })

  it('on a socket tells its route, and on a route its sockets', async () => {
    await start()
    expect(await hover('frontend/src/notifications.js', 'new WebSocket')).toMatchInlineSnapshot(
      `"Reaches: \`ws/notifications/\` → \`NotificationConsumer\` (backend/notifications/routing.py:6)"`,
    )
    expect(await hover('backend/notifications/routing.py', 'path(')).toMatchInlineSnapshot(`
      "**\`ws/notifications/\` → \`NotificationConsumer\`**  
      Opened by: \`WebSocket\` (frontend/src/notifications.js:5)"
    `)
  })

  it('speaks French, and plain text to who reads no Markdown', async () => {
    await start({ locale: 'fr', capabilities: { ...usual, textDocument: {} } })
    expect(await hover('Procfile', 'daphne')).toMatchInlineSnapshot(`
      "web
      Lance : daphne 4.1.1, ASGI (daphne sert des applications ASGI)
      Écoute : 0.0.0.0:$PORT
      Charge : backend.asgi:application (backend/backend/asgi.py)
      Ping WebSocket : 20 s"
    `)
    expect(await hover(settings, 'CHANNEL_LAYERS')).toMatchInlineSnapshot(`
      "CHANNEL_LAYERS
      Sur le dyno : {'default': {'BACKEND': 'channels_redis.core.RedisChannelLayer', 'CONFIG': {'hosts': ['rediss://:<REDIS_URL.password>@<REDIS_URL.host>:<REDIS_URL.port>']}}} (backend/backend/settings.py:66)"
    `)
  })

  it('is silent where there is nothing to tell', async () => {
    await start()
    expect(await hover(settings, 'import os')).toBeUndefined()
    expect(await hover('dynolint.toml', 'USE_REDIS')).toBeUndefined()
  })
})

describe('go to definition', () => {
  it('leads from a process to what it loads', async () => {
    await start()
    expect(await definitions('Procfile', 'backend.asgi:application')).toEqual([
      expect.stringMatching(/^backend\/backend\/asgi\.py:\d+$/),
    ])
  })

  it('leads from a socket to its route and back', async () => {
    await start()
    const [route] = await definitions('frontend/src/notifications.js', 'new WebSocket')
    expect(route).toMatch(/^backend\/notifications\/routing\.py:\d+$/)
    expect(await definitions('backend/notifications/routing.py', 'path(')).toEqual(['frontend/src/notifications.js:5'])
  })

  it('leads from the name of a setting to its assignments', async () => {
    writeFileSync(
      join(root, 'backend/notifications/models.py'),
      'from django.conf import settings\n\nlayers = settings.CHANNEL_LAYERS\n',
    )
    await start()
    expect(await definitions('backend/notifications/models.py', 'CHANNEL_LAYERS')).toEqual([`${settings}:66`])
  })
})

describe('links', () => {
  it('lead from a process to its module, from requirements to those they take in, from an ignored rule to its page', async () => {
    writeFileSync(join(root, 'requirements.txt'), `-r base.txt\n${text('requirements.txt')}`)
    writeFileSync(join(root, 'base.txt'), 'msgpack==1.1.2\n')
    writeFileSync(join(root, settings), `${text(settings)}\nX = 1  # dynolint: ignore[settings/debug]\n`)
    await start()
    const links = async (path: string) =>
      (await editor.request<DocumentLink[]>('textDocument/documentLink', { textDocument: { uri: uri(path) } })).map(
        ({ target }) => target,
      )
    expect(await links('Procfile')).toEqual([uri('backend/backend/asgi.py')])
    expect(await links('requirements.txt')).toEqual([uri('base.txt')])
    expect(await links(settings)).toEqual([expect.stringMatching(/rules\/settings\/debug$/)])
  })
})

describe('other requests', () => {
  it('end when the client takes them back', async () => {
    await start()
    const { CancellationTokenSource } = await import('vscode-languageserver/node')
    const source = new CancellationTokenSource()
    editor.open(join(root, settings), `${text(settings)}\n`)
    const params = { textDocument: { uri: uri(settings) }, position: { line: 1, character: 1 } }
    const asked = editor.connection.sendRequest('textDocument/hover', params, source.token)
    source.cancel()
    await expect(asked).rejects.toMatchObject({ code: -32800 })
  })

  it('check the project anew, and tell its chain', async () => {
    await start()
    mkdirSync(join(root, 'more'))
    writeFileSync(join(root, 'Procfile'), 'web: cd backend && daphne backend.asgi:application\n')
    const counts = await editor.request('workspace/executeCommand', { command: 'dynolint.checkProject' })
    expect(counts).toEqual({ projects: 1, findings: expect.any(Number) })
    expect(rules('Procfile')).toEqual([])
    await editor.settled()
    expect(rules('Procfile')).toContain('procfile/bind-host')
    const [chain] =
      await editor.request<{ uri: string; text: string; links: { hop: string; state: string }[] }[]>('dynolint/chain')
    expect(chain?.uri).toBe(uri(''))
    expect(chain?.links.find(({ hop }) => hop === 'boot')?.state).toBe('breaks')
    expect(chain?.text).toContain('boot ✗')
  })

  it('are answered about what is no file, or of no project', async () => {
    await start()
    for (const strange of ['untitled:Untitled-1', 'file:///nowhere/at/all.py', 'git:/x.py']) {
      const textDocument = { uri: strange }
      expect(
        await editor.request('textDocument/hover', { textDocument, position: { line: 0, character: 0 } }),
      ).toBeNull()
      expect(await editor.request('textDocument/documentLink', { textDocument })).toEqual([])
    }
  })
})
