import {
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  type InitializeParams,
  type InitializeResult,
  TextDocumentSyncKind,
} from 'vscode-languageserver/node'
import { about } from '../about.generated.ts'
import type { Language } from '../contracts/text.ts'
import { UsageError } from '../contracts/usage-error.ts'
import { actionKinds } from './actions.ts'
import { type Buffers, openBuffers, pathOf, uriOf } from './buffers.ts'
import { type Client, clientOf } from './client.ts'
import { merged, publisher } from './publisher.ts'
import { answer, commands, type RequestContext } from './requests.ts'
import { type EditorSettings, readSettings } from './settings.ts'
import { views } from './view.ts'
import { watchedFiles } from './watched-files.ts'
import { openWorkspace, type Workspace } from './workspace.ts'

/** What the server is told by the process that it runs in. */
export interface ServerHost {
  readonly today: () => string
  /** The language of whoever does not say: the environment's. */
  readonly language: Language
}

/** After the last change, before the diagnostics are told: a burst of keystrokes is one check. Milliseconds. */
const delay = 60

/** Speaks the Language Server Protocol on a connection, until the client ends it. */
export function serve(connection: Connection, host: ServerHost): void {
  let client: Client = clientOf({ capabilities: {}, processId: null, rootUri: null })
  let folders: readonly string[] = []
  let given: EditorSettings = readSettings(undefined)
  const byFolder = new Map<string, EditorSettings>()
  const buffers: Buffers = openBuffers(() => client.unit)
  const workspace: Workspace = openWorkspace({
    buffers,
    today: host.today,
    settings: (folder) => byFolder.get(folder) ?? given,
    watched: () => client.watches,
  })
  const told = publisher((uri, diagnostics) => {
    const version = buffers.get(uri)?.version
    void connection.sendDiagnostics({ uri, diagnostics, ...(version === undefined ? {} : { version }) })
  })
  const language = (): Language => given.language ?? client.language ?? host.language

  connection.onInitialize((params) => {
    client = clientOf(params)
    given = readSettings(params.initializationOptions)
    folders = foldersOf(params)
    for (const folder of folders) workspace.addFolder(folder)
    return capabilities(client)
  })

  connection.onInitialized(() => {
    const watching = (): Promise<unknown> =>
      connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: watchedFiles })
    // It does not watch after all (eglot 1.9 cannot read braces in a pattern): the files are looked at for each answer.
    if (client.watches) unlessRefused(watching, () => (client = { ...client, watches: false }))
    if (client.registersSettings)
      unlessRefused(() => connection.client.register(DidChangeConfigurationNotification.type, { section: 'dynolint' }))
    if (client.folders) {
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const paths = (all: readonly { readonly uri: string }[]) => all.flatMap(({ uri }) => pathOf(uri) ?? [])
        for (const folder of paths(removed)) workspace.removeFolder(folder)
        for (const folder of paths(added)) workspace.addFolder(folder)
        folders = [...folders.filter((one) => !paths(removed).includes(one)), ...paths(added)]
        renewSettings()
      })
    }
    renewSettings()
  })

  /** Nothing is checked before the settings are known. */
  let ready: Promise<void> = Promise.resolve()
  function renewSettings(): void {
    ready = askSettings().catch((error) => context.complain(error))
    workspace.changed(undefined)
    changed()
  }

  /** What the client says for each folder; what it was started with counts where it says nothing. */
  async function askSettings(): Promise<void> {
    if (!client.hasSettings) return
    const items = [undefined, ...folders.map(uriOf)].map((scopeUri) =>
      scopeUri === undefined ? { section: 'dynolint' } : { section: 'dynolint', scopeUri },
    )
    const [global, ...scoped] = (await connection.workspace.getConfiguration(items)) as unknown[]
    if (global !== null && global !== undefined) given = readSettings(global)
    byFolder.clear()
    for (const [index, one] of scoped.entries()) {
      const folder = folders[index]
      if (folder !== undefined && one !== null && one !== undefined) byFolder.set(folder, readSettings(one))
    }
  }

  connection.onDidChangeConfiguration(({ settings }) => {
    const section = (settings as { readonly dynolint?: unknown } | null | undefined)?.dynolint
    if (!client.hasSettings && section !== undefined && section !== null) given = readSettings(section)
    renewSettings()
  })

  connection.onDidOpenTextDocument(({ textDocument: { uri, version, text } }) => {
    const buffer = buffers.open(uri, version, text)
    if (buffer === undefined) return
    workspace.edited(buffer.path)
    changed()
  })
  connection.onDidChangeTextDocument(({ textDocument: { uri, version }, contentChanges }) => {
    const buffer = buffers.change(uri, version, contentChanges)
    if (buffer === undefined) return
    workspace.edited(buffer.path)
    changed()
  })
  connection.onDidCloseTextDocument(({ textDocument: { uri } }) => {
    const buffer = buffers.close(uri)
    if (buffer === undefined) return
    workspace.edited(buffer.path)
    changed()
  })
  connection.onDidSaveTextDocument(({ textDocument: { uri } }) => {
    const path = pathOf(uri)
    if (path === undefined) return
    workspace.changed([path])
    changed()
  })
  connection.onDidChangeWatchedFiles(({ changes }) => {
    const paths = changes.flatMap(({ uri }) => pathOf(uri) ?? [])
    if (paths.length === 0) return
    workspace.changed(paths)
    changed()
  })

  let timer: NodeJS.Timeout | undefined
  function changed(): void {
    clearTimeout(timer)
    timer = setTimeout(() => void tell(), delay)
  }
  connection.onShutdown(() => clearTimeout(timer))
  // For clients that want to wait until everything was told, as tests do.
  connection.onRequest('dynolint/settled', async () => {
    clearTimeout(timer)
    await tell()
    return null
  })

  /** What is wrong with a configuration or inside the tool, each time it is another. */
  const complaints = new Set<string>()

  async function tell(): Promise<void> {
    if (client.pulls) {
      if (client.refreshes) unlessRefused(() => connection.languages.diagnostics.refresh())
      return
    }
    await ready
    try {
      const maps = []
      for (const project of await workspace.projects()) maps.push(await context.diagnostics(project))
      // Something changed meanwhile: the next round tells.
      if ((await workspace.projects()).some((one) => one.isStale())) return
      told.publish(merged(maps))
    } catch (error) {
      context.complain(error)
    }
  }

  const view = views(buffers, () => client, language)
  const context: RequestContext = {
    connection,
    buffers,
    workspace,
    client: () => client,
    language,
    changed,
    diagnostics: async (project) => {
      const view = await context.view(project)
      if (view.checked.fault !== undefined) context.complain(view.checked.fault)
      for (const { part, error } of view.checked.failures) context.complain(new Error(`${part}: ${String(error)}`))
      return view.diagnostics()
    },
    complain(error) {
      const text = error instanceof UsageError ? error.text[language()] : String(error)
      if (complaints.has(text)) return
      complaints.add(text)
      unlessRefused(() => connection.window.showErrorMessage(`dynolint: ${text}`))
    },
    async view(project) {
      await ready
      return view(await project.current())
    },
  }
  answer(context)
  connection.listen()
}

/** A client may answer a request with an error, also one that it said it knows; the server goes on without. */
function unlessRefused(request: () => unknown, refused: () => void = () => undefined): void {
  Promise.resolve(request()).catch(refused)
}

function foldersOf({ workspaceFolders, rootUri }: InitializeParams): string[] {
  const uris = workspaceFolders?.map(({ uri }) => uri) ?? (rootUri === null || rootUri === undefined ? [] : [rootUri])
  return uris.flatMap((uri) => pathOf(uri) ?? [])
}

function capabilities({ unit, pulls }: Client): InitializeResult {
  return {
    serverInfo: { name: 'dynolint', version: about.version },
    capabilities: {
      positionEncoding: unit,
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
      codeActionProvider: { codeActionKinds: actionKinds },
      hoverProvider: true,
      definitionProvider: true,
      documentLinkProvider: {},
      executeCommandProvider: { commands },
      workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      ...(pulls
        ? { diagnosticProvider: { identifier: 'dynolint', interFileDependencies: true, workspaceDiagnostics: true } }
        : {}),
    },
  }
}
