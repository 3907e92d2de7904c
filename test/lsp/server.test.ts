import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { Diagnostic, Hover } from 'vscode-languageserver/node'
import { positionsIn } from '../../src/lsp/positions.ts'
import { dynolint } from '../support/cli.ts'
import { usual } from '../support/editor.ts'
import { repository } from '../support/trees.ts'
import { actions, editor, hover, onACopy, root, rules, settings, start, text, uri } from './on-a-copy.ts'

onACopy()

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

  it('come from a server that goes on when the client refuses what it said it knows, and then looks at the files itself', async () => {
    const refuses = ['client/registerCapability', 'workspace/configuration', 'window/showMessageRequest']
    const workspace = { ...usual.workspace, configuration: true, didChangeConfiguration: { dynamicRegistration: true } }
    await start({ refuses, capabilities: { ...usual, workspace } })
    expect(rules(settings)).toEqual(['settings/channel-layer-missing', 'settings/redis-tls'])
    expect(editor.asked.map(([method]) => method)).toEqual(expect.arrayContaining(refuses.slice(0, 2)))
    // No notification tells of it.
    writeFileSync(join(root, 'Procfile'), 'web: cd backend && daphne backend.asgi:application\n')
    editor.open(join(root, settings), `${text(settings)}\n`)
    await editor.settled()
    expect(rules('Procfile')).toContain('procfile/bind-host')
  })

  it('leave out what the baseline of the configuration accepts, and tell it again without', async () => {
    const { code } = await dynolint(['--baseline', 'accepted.json', '--update-baseline'], { cwd: root })
    expect(code).toBe(0)
    const config = text('dynolint.toml')
    writeFileSync(join(root, 'dynolint.toml'), `baseline = "accepted.json"\n${config}`)
    await start()
    expect([...editor.diagnostics.values()].flat()).toEqual([])
    editor.open(join(root, 'Procfile'), 'web: cd backend && daphne backend.asgi:application\n')
    await editor.settled()
    expect([...editor.diagnostics.values()].flat().map(({ code: rule }) => rule)).toEqual([
      'procfile/bind-host',
      'procfile/bind-port',
    ])
    writeFileSync(join(root, 'accepted.json'), '{"version": 1, "findings": []}\n')
    void editor.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: uri('accepted.json'), type: 2 }],
    })
    await editor.settled()
    expect(rules(settings)).toContain('settings/redis-tls')
  })

  it('show everything, and say so, where the baseline of the configuration cannot be read', async () => {
    writeFileSync(join(root, 'accepted.json'), '{"version": 1, "findings": [\n')
    writeFileSync(join(root, 'dynolint.toml'), `baseline = "accepted.json"\n${text('dynolint.toml')}`)
    await start()
    expect(rules(settings)).toContain('settings/redis-tls')
    expect(editor.shown).toEqual([expect.stringContaining('dynolint: accepted.json:2:1: a closing ] is missing')])
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
    cpSync(join(repository, 'fixtures/two-apps'), other, { recursive: true })
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
    cpSync(join(repository, 'fixtures/guide'), join(around, 'guide'), { recursive: true })
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
