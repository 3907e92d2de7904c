import { type InitializeParams, MarkupKind } from 'vscode-languageserver/node'
import type { Language } from '../contracts/text.ts'
import type { EditForm } from './fixes.ts'
import type { PositionUnit } from './positions.ts'

/** What the client can do, of what the server has a use for. */
export interface Client {
  readonly unit: PositionUnit
  /** It asks for diagnostics itself, and is then not told them. */
  readonly pulls: boolean
  /** It asks again when it is told to. */
  readonly refreshes: boolean
  /** It takes the diagnostics of other documents with those it asked for. */
  readonly takesRelated: boolean
  readonly related: boolean
  readonly markdown: boolean
  readonly edits: EditForm
  readonly opensPages: boolean
  /** It can be asked to watch files. */
  readonly watches: boolean
  /** It can be asked for its settings. */
  readonly hasSettings: boolean
  /** It tells of changed settings when it is asked to. */
  readonly registersSettings: boolean
  readonly folders: boolean
  readonly language: Language | undefined
}

export function clientOf({ capabilities, locale }: InitializeParams): Client {
  const { workspace, textDocument, window, general } = capabilities
  const operations = workspace?.workspaceEdit?.resourceOperations ?? []
  return {
    // In the client's order of preference; without a word UTF-16 is the protocol's.
    unit:
      general?.positionEncodings?.find((one) => one === 'utf-8' || one === 'utf-16') === 'utf-8' ? 'utf-8' : 'utf-16',
    pulls: textDocument?.diagnostic !== undefined,
    refreshes: workspace?.diagnostics?.refreshSupport === true,
    takesRelated: textDocument?.diagnostic?.relatedDocumentSupport === true,
    related:
      textDocument?.publishDiagnostics?.relatedInformation === true ||
      textDocument?.diagnostic?.relatedInformation === true,
    markdown: textDocument?.hover?.contentFormat?.includes(MarkupKind.Markdown) === true,
    edits: {
      documentChanges: workspace?.workspaceEdit?.documentChanges === true,
      files: ['create', 'rename', 'delete'].every((one) => (operations as readonly string[]).includes(one)),
    },
    opensPages: window?.showDocument?.support === true,
    watches: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    hasSettings: workspace?.configuration === true,
    registersSettings: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    folders: workspace?.workspaceFolders === true,
    language: locale === undefined ? undefined : locale.toLowerCase().startsWith('fr') ? 'fr' : 'en',
  }
}
