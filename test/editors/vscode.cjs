/**
 * Stands in for the module `vscode` in a plain Node: what the extension and its client library touch answers, and what was registered
 * or shown is kept for the test. Everything else is a function that does nothing.
 */
const Module = require('node:module')
const { pathToFileURL, fileURLToPath } = require('node:url')

class Uri {
  constructor(value) {
    this.value = value
    this.scheme = value.slice(0, value.indexOf(':'))
    this.fsPath = this.scheme === 'file' ? fileURLToPath(value) : value
    this.path = this.fsPath
  }
  toString() {
    return this.value
  }
  static parse = (value) => new Uri(value)
  static file = (path) => new Uri(pathToFileURL(path).href)
}

class EventEmitter {
  listeners = new Set()
  event = (listener) => {
    this.listeners.add(listener)
    return { dispose: () => this.listeners.delete(listener) }
  }
  fire(value) {
    for (const listener of this.listeners) listener(value)
  }
  dispose() {}
}

class Disposable {
  constructor(end) {
    this.end = end
  }
  dispose() {
    this.end?.()
  }
  static from = (...all) =>
    new Disposable(() => {
      for (const one of all) one.dispose()
    })
}

class TreeItem {
  constructor(label, collapsibleState) {
    Object.assign(this, { label, collapsibleState })
  }
}

class Range {
  constructor(a, b, c, d) {
    Object.assign(this, { start: { line: a, character: b }, end: { line: c, character: d } })
  }
}

class Named {
  constructor(id, colour) {
    Object.assign(this, { id, colour })
  }
}

class CancellationTokenSource {
  token = { isCancellationRequested: false, onCancellationRequested: nothing }
  cancel() {
    this.token.isCancellationRequested = true
  }
  dispose() {}
}

class Kind {
  constructor(value) {
    this.value = value
  }
  append(part) {
    return new Kind(this.value === '' ? part : `${this.value}.${part}`)
  }
}
for (const [name, value] of Object.entries({ Empty: '', QuickFix: 'quickfix', Refactor: 'refactor', Source: 'source' }))
  Kind[name] = new Kind(value)
Object.assign(Kind, {
  SourceFixAll: new Kind('source.fixAll'),
  SourceOrganizeImports: new Kind('source.organizeImports'),
})
for (const name of ['Extract', 'Inline', 'Move', 'Rewrite'])
  Kind[`Refactor${name}`] = new Kind(`refactor.${name.toLowerCase()}`)

const seen = { commands: new Map(), views: new Map(), messages: [], context: {} }
const settings = {}
const changedDiagnostics = new EventEmitter()
const nothing = () => new Disposable()

const explicit = {
  __esModule: true,
  Uri,
  EventEmitter,
  Disposable,
  TreeItem,
  Range,
  ThemeIcon: Named,
  ThemeColor: Named,
  CodeActionKind: Kind,
  CancellationTokenSource,
  TreeItemCollapsibleState: { None: 0, Collapsed: 1, Expanded: 2 },
  version: '1.100.0',
  env: anything({ language: 'en', appName: 'test', machineId: 'test' }),
  l10n: { t: (text, ...values) => text.replace(/\{(\d)\}/g, (_, at) => String(values[at])) },
  commands: {
    registerCommand(id, run) {
      if (seen.commands.has(id)) throw new Error(`command '${id}' already exists`)
      seen.commands.set(id, run)
      return new Disposable(() => seen.commands.delete(id))
    },
    async executeCommand(id, ...args) {
      if (id === 'setContext') seen.context[args[0]] = args[1]
      return seen.commands.get(id)?.(...args)
    },
  },
  languages: anything({
    onDidChangeDiagnostics: changedDiagnostics.event,
    match: () => 0,
    createDiagnosticCollection: () => ({
      set: (...given) => seen.messages.push(['diagnostics', ...given]),
      delete() {},
      clear() {},
      dispose() {},
    }),
  }),
  window: anything({
    createTreeView(id, { treeDataProvider }) {
      seen.views.set(id, treeDataProvider)
      return { visible: true, onDidChangeVisibility: nothing, dispose() {} }
    },
    createOutputChannel: () => channel(),
    showErrorMessage: async (text) => void seen.messages.push(['error', text]),
    setStatusBarMessage: (text) => void seen.messages.push(['status', text]),
    tabGroups: anything({ all: [] }),
    visibleTextEditors: [],
    activeTextEditor: undefined,
  }),
  workspace: anything({
    workspaceFolders: [],
    textDocuments: [],
    notebookDocuments: [],
    getConfiguration: () => ({
      get: (name, otherwise) => settings[name] ?? otherwise,
      inspect: () => undefined,
      has: () => false,
    }),
    createFileSystemWatcher: () => anything({ dispose() {} }),
    getWorkspaceFolder: () => undefined,
  }),
}

function channel() {
  const write = (line) => void seen.messages.push(['output', line])
  const levels = {
    appendLine: write,
    append: write,
    error: write,
    warn: write,
    info: write,
    debug: write,
    trace: write,
  }
  return { ...levels, clear() {}, show() {}, dispose() {}, logLevel: 2, onDidChangeLogLevel: nothing }
}

/** What is not given is a function that does nothing; a class when it is written like one. */
function anything(given) {
  return new Proxy(given, {
    get(target, name) {
      if (name in target || typeof name === 'symbol') return target[name]
      if (/^on[A-Z]|^register|^create|^set/.test(name)) return nothing
      if (/^[A-Z]/.test(name)) {
        const made = class {}
        target[name] = new Proxy(made, { get: (one, key) => (key in one || typeof key === 'symbol' ? one[key] : key) })
        return target[name]
      }
      return undefined
    },
  })
}

// Copied by its own names into namespaces: what others derive from has to be there.
const derived = [
  'CompletionItem',
  'CodeLens',
  'DocumentLink',
  'CodeAction',
  'Diagnostic',
  'CallHierarchyItem',
  'TypeHierarchyItem',
]
for (const name of [
  ...derived,
  'SymbolInformation',
  'InlayHint',
  'CancellationError',
  'DocumentSymbol',
  'CompletionList',
])
  explicit[name] = class {}

const vscode = anything(explicit)
const load = Module._load
Module._load = function (request, ...rest) {
  return request === 'vscode' ? vscode : load.call(this, request, ...rest)
}
module.exports = { vscode, seen, settings, changedDiagnostics }
