import * as vscode from 'vscode'
import {
  LanguageClient,
  type LanguageClientOptions,
  type ServerOptions,
  TransportKind,
} from 'vscode-languageclient/node'
import type { EditorChain } from '../../../src/lsp/chain.ts'
import { type ChainNode, chainTree } from './chain-tree.ts'
import { serverScript } from './server.ts'

/** What the server watches besides open documents is asked for by itself; these are the documents it is told of. */
const documents = [{ scheme: 'file' }]

let client: LanguageClient | undefined

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const tree = chainView()
  const view = vscode.window.createTreeView('dynolint.chain', { treeDataProvider: tree })
  context.subscriptions.push(
    view,
    tree,
    vscode.commands.registerCommand('dynolint.restart', async () => {
      await stop()
      await start(context)
    }),
    vscode.commands.registerCommand('dynolint.showOutput', () => client?.outputChannel.show()),
    vscode.commands.registerCommand('dynolint.showChain', async () => {
      await vscode.commands.executeCommand('dynolint.chain.focus')
      tree.refresh()
    }),
    vscode.languages.onDidChangeDiagnostics(() => {
      if (view.visible) tree.refresh()
    }),
    view.onDidChangeVisibility(({ visible }) => {
      if (visible) tree.refresh()
    }),
    vscode.workspace.onDidChangeConfiguration(async (event) => {
      if (event.affectsConfiguration('dynolint.server')) await vscode.commands.executeCommand('dynolint.restart')
    }),
  )
  await vscode.commands.executeCommand('setContext', 'dynolint.active', true)
  await start(context)
}

export async function deactivate(): Promise<void> {
  await stop()
}

/** One that could not be started has nothing to stop. */
async function stop(): Promise<void> {
  if (client?.isRunning() === true) await client.stop()
}

async function start(context: vscode.ExtensionContext): Promise<void> {
  const named = vscode.workspace.getConfiguration('dynolint').get('server', '')
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath
  const module = serverScript(named, context.extensionPath, folder)
  const run = { module, args: ['lsp'], transport: TransportKind.stdio }
  const server: ServerOptions = { run, debug: run }
  const options: LanguageClientOptions = {
    documentSelector: documents,
    synchronize: { configurationSection: 'dynolint' },
    middleware: {
      async executeCommand(command, args, next) {
        const result = await next(command, args)
        if (command === 'dynolint.checkProject') tell(result as Counts)
        return result
      },
    },
  }
  client = new LanguageClient('dynolint', 'dynolint', server, options)
  try {
    await client.start()
  } catch (error) {
    void vscode.window.showErrorMessage(
      vscode.l10n.t(
        'dynolint: the server could not be started: {0}',
        error instanceof Error ? error.message : String(error),
      ),
    )
  }
}

interface Counts {
  readonly projects: number
  readonly findings: number
}

function tell({ projects, findings }: Counts): void {
  const text = vscode.l10n.t('dynolint: findings: {0}, projects: {1}', findings, projects)
  vscode.window.setStatusBarMessage(text, 5000)
}

/** Asks the server when the view is shown, and again after the diagnostics changed: a burst of changes once. */
function chainView(): vscode.TreeDataProvider<ChainNode> & vscode.Disposable & { refresh(): void } {
  const changed = new vscode.EventEmitter<undefined>()
  let timer: NodeJS.Timeout | undefined
  return {
    onDidChangeTreeData: changed.event,
    async getChildren(node) {
      if (node !== undefined) return [...node.children]
      if (client?.isRunning() !== true) return []
      const chains = await client.sendRequest<EditorChain[]>('dynolint/chain')
      return [...chainTree(chains, vscode.env.language.startsWith('fr') ? 'fr' : 'en')]
    },
    getTreeItem: itemOf,
    refresh() {
      clearTimeout(timer)
      timer = setTimeout(() => changed.fire(undefined), 300)
    },
    dispose() {
      clearTimeout(timer)
      changed.dispose()
    },
  }
}

function itemOf({ label, description, icon, at, children }: ChainNode): vscode.TreeItem {
  const { None, Collapsed } = vscode.TreeItemCollapsibleState
  const item = new vscode.TreeItem(label, children.length > 0 ? Collapsed : None)
  item.description = description
  item.tooltip = description === '' ? label : `${label}: ${description}`
  if (icon !== undefined) {
    const [name, colour] = icon
    item.iconPath =
      colour === undefined ? new vscode.ThemeIcon(name) : new vscode.ThemeIcon(name, new vscode.ThemeColor(colour))
  }
  if (at !== null) {
    const { start, end } = at.range
    const selection = new vscode.Range(start.line, start.character, end.line, end.character)
    item.command = { command: 'vscode.open', title: label, arguments: [vscode.Uri.parse(at.uri), { selection }] }
  }
  return item
}
