import { PassThrough } from 'node:stream'
import { pathToFileURL } from 'node:url'
import {
  type ClientCapabilities,
  createConnection,
  createMessageConnection,
  type Diagnostic,
  ErrorCodes,
  type InitializeResult,
  type MessageConnection,
  ResponseError,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node'
import { serve } from '../../src/lsp/server.ts'
import { today } from './app.ts'

/** An editor in this process, over the same messages as one outside of it. */
export interface Editor {
  readonly initialized: InitializeResult
  readonly connection: MessageConnection
  /** What it was told last, by document; a document with none is left out. */
  readonly diagnostics: ReadonlyMap<string, readonly Diagnostic[]>
  /** Messages for the user. */
  readonly shown: readonly string[]
  /** What the server asked of it besides: method and parameters. */
  readonly asked: readonly (readonly [string, unknown])[]
  open(path: string, text: string): string
  change(uri: string, changes: readonly unknown[]): void
  close(uri: string): void
  /** Waits until the server has told what holds for all that was said to it. */
  settled(): Promise<void>
  request<T>(method: string, params?: unknown): Promise<T>
  end(): Promise<void>
}

/** What most editors can do. */
export const usual: ClientCapabilities = {
  general: { positionEncodings: ['utf-16'] },
  workspace: {
    workspaceFolders: true,
    workspaceEdit: { documentChanges: true, resourceOperations: ['create', 'rename', 'delete'] },
    didChangeWatchedFiles: { dynamicRegistration: true },
  },
  textDocument: {
    publishDiagnostics: { relatedInformation: true },
    hover: { contentFormat: ['markdown', 'plaintext'] },
  },
  window: { showDocument: { support: true } },
}

export interface EditorOptions {
  readonly capabilities?: ClientCapabilities
  readonly initializationOptions?: unknown
  readonly locale?: string
  /** Answers to `workspace/configuration`, by scope. */
  readonly configuration?: (scope: string | undefined) => unknown
  /** Requests that it answers with an error, though it said that it knows them. */
  readonly refuses?: readonly string[]
}

export async function editorOn(folders: readonly string[], options: EditorOptions = {}): Promise<Editor> {
  const [toServer, toClient] = [new PassThrough(), new PassThrough()]
  const server = createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient))
  serve(server, { today: () => today, language: 'en' })
  const connection = createMessageConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer))
  const diagnostics = new Map<string, readonly Diagnostic[]>()
  const shown: string[] = []
  const asked: (readonly [string, unknown])[] = []
  connection.onNotification('textDocument/publishDiagnostics', (told: { uri: string; diagnostics: Diagnostic[] }) => {
    if (told.diagnostics.length === 0) diagnostics.delete(told.uri)
    else diagnostics.set(told.uri, told.diagnostics)
  })
  connection.onNotification('window/showMessage', ({ message }: { message: string }) => {
    shown.push(message)
  })
  connection.onRequest((method, params) => {
    asked.push([method, params])
    if (options.refuses?.includes(method)) return new ResponseError(ErrorCodes.InternalError, 'Internal error')
    if (method === 'window/showMessageRequest') shown.push((params as { message: string }).message)
    if (method !== 'workspace/configuration') return method === 'window/showDocument' ? { success: true } : null
    const { items } = params as { items: readonly { scopeUri?: string }[] }
    return items.map(({ scopeUri }) => options.configuration?.(scopeUri) ?? null)
  })
  connection.listen()
  const workspaceFolders = folders.map((folder) => ({ uri: pathToFileURL(folder).href, name: folder }))
  const initialized = await connection.sendRequest<InitializeResult>('initialize', {
    processId: null,
    rootUri: workspaceFolders[0]?.uri ?? null,
    workspaceFolders,
    capabilities: options.capabilities ?? usual,
    ...(options.locale === undefined ? {} : { locale: options.locale }),
    ...(options.initializationOptions === undefined ? {} : { initializationOptions: options.initializationOptions }),
  })
  await connection.sendNotification('initialized', {})
  const versions = new Map<string, number>()
  const next = (uri: string): number => {
    const version = (versions.get(uri) ?? 0) + 1
    versions.set(uri, version)
    return version
  }
  return {
    initialized,
    connection,
    diagnostics,
    shown,
    asked,
    open(path, text) {
      const uri = pathToFileURL(path).href
      void connection.sendNotification('textDocument/didOpen', {
        textDocument: { uri, languageId: 'python', version: next(uri), text },
      })
      return uri
    },
    change(uri, contentChanges) {
      const textDocument = { uri, version: next(uri) }
      void connection.sendNotification('textDocument/didChange', { textDocument, contentChanges })
    },
    close(uri) {
      void connection.sendNotification('textDocument/didClose', { textDocument: { uri } })
    },
    settled: () => connection.sendRequest('dynolint/settled'),
    request: (method, params) => connection.sendRequest(method, params),
    async end() {
      await connection.sendRequest('shutdown')
      connection.dispose()
      server.dispose()
    },
  }
}
