import type { Text } from '../../contracts/text.ts'
import { type FileTree, readText } from '../../files/tree.ts'

export interface FrontendFile {
  readonly path: string
  readonly text: string
}

export interface FrontendFiles {
  /** Files that mention sockets and are read. */
  readonly files: readonly FrontendFile[]
  /** Every script and page that was met, whether or not it mentions sockets; built and vendored ones left out. */
  readonly all: readonly string[]
  readonly skipped: readonly { readonly file: string; readonly why: Text }[]
  readonly bounded: boolean
}

const maxFiles = 8000
const maxDepth = 14
const maxLength = 1_000_000

const extensions = new Set([
  'js',
  'mjs',
  'cjs',
  'ts',
  'mts',
  'tsx',
  'jsx',
  'vue',
  'svelte',
  'html',
  'htm',
  'djhtml',
  'jinja',
  'jinja2',
  'j2',
])

/** Folders that builds write to, and that some projects keep in place of sources. */
const builtFolders = new Set(['dist', 'build', 'out'])

/** Folders that hold other people's code, tests, or what a framework's build or collectstatic made. */
const skippedFolders = new Set([
  'node_modules',
  'bower_components',
  'jspm_packages',
  '.next',
  '.nuxt',
  '.output',
  '.svelte-kit',
  '.parcel-cache',
  'staticfiles',
  'static_root',
  'staticroot',
  'static_collected',
  'collected_static',
  'collectedstatic',
  'static_cdn',
  'static-cdn',
  'assets_built',
  'vendor',
  'vendors',
  'third_party',
  'third-party',
  'site-packages',
  'dist-packages',
  '__pycache__',
  'coverage',
  'htmlcov',
  'storybook-static',
  '__tests__',
  '__mocks__',
  'tests',
  'test',
  'e2e',
  'cypress',
  'playwright',
  'venv',
  'env',
  'virtualenv',
  'media',
  'fixtures',
  'docs',
  'examples',
])

/** Words without which a file opens no socket that we know. */
const mentions = ['ebSocket', 'ebsocket', 'ockette', 'artysocket', 'artySocket', 'ws-connect', 'hx-ws', 'graphql-ws']

/** Scripts and pages that open sockets, by a bounded walk; what a build wrote only where no other file opens any. */
export function frontendFiles(tree: FileTree, excluded: (path: string) => boolean = () => false): FrontendFiles {
  const files: FrontendFile[] = []
  const all: string[] = []
  const skipped: { file: string; why: Text }[] = []
  const built: { readonly path: string; readonly depth: number }[] = []
  let bounded = false

  function visit(folder: string, depth: number): void {
    if (depth > maxDepth) bounded = true
    if (bounded) return
    for (const entry of tree.list(folder)) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`
      if (excluded(path)) continue
      if (entry.kind === 'directory') {
        if (builtFolders.has(entry.name.toLowerCase())) built.push({ path, depth: depth + 1 })
        else if (
          !entry.name.startsWith('.') &&
          !skippedFolders.has(entry.name.toLowerCase()) &&
          tree.kind(`${path}/pyvenv.cfg`) === undefined
        )
          visit(path, depth + 1)
      } else if (extensions.has(extensionOf(entry.name))) visitFile(path, entry.name)
    }
  }

  function visitFile(path: string, name: string): void {
    const why = leftOutByName(name)
    if (why !== undefined) {
      if (why !== unimportant && mentionsSocket(readText(tree, path)?.text ?? '')) skipped.push({ file: path, why })
      return
    }
    all.push(path)
    if (all.length >= maxFiles) bounded = true
    const text = readText(tree, path)?.text
    if (text === undefined || !mentionsSocket(text)) return
    const reason = leftOutByContent(text)
    if (reason === undefined) files.push({ path, text })
    else skipped.push({ file: path, why: reason })
  }

  visit('', 0)
  // Those that stand in these are added while they are read.
  if (files.length === 0) for (const { path, depth } of built) visit(path, depth)
  return { files, all, skipped, bounded }
}

export function extensionOf(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1).toLowerCase()
}

function mentionsSocket(text: string): boolean {
  return mentions.some((word) => text.includes(word))
}

const unimportant: Text = { en: '', fr: '' }

function leftOutByName(name: string): Text | undefined {
  if (/\.(?:test|spec|stories|story|e2e|cy)\.[^.]+$|\.d\.[cm]?ts$/i.test(name)) return unimportant
  if (/[.-]min\.[^.]+$|\.(?:chunk|bundle|prod)\.js$|[.-][0-9a-f]{8,}\.(?:chunk\.)?m?js$/i.test(name)) {
    return { en: 'it is built or minified', fr: 'il est construit ou minifié' }
  }
  if (
    /^(?:reconnecting-?websocket|websocketbridge|robust-websocket|sockette|socket\.io|stomp|sockjs)(?:[.-][\w.-]*)?\.[cm]?js$/i.test(
      name,
    )
  ) {
    return { en: 'it is a copy of a library', fr: 'c’est la copie d’une bibliothèque' }
  }
  return undefined
}

/** Nobody writes lines of thousands of characters by hand. */
function leftOutByContent(text: string): Text | undefined {
  if (text.length > maxLength) return { en: 'it is too large', fr: 'il est trop volumineux' }
  for (const word of mentions) {
    for (let index = text.indexOf(word); index >= 0; index = text.indexOf(word, index + word.length)) {
      const start = text.lastIndexOf('\n', index)
      const end = text.indexOf('\n', index)
      if ((end < 0 ? text.length : end) - start < 3000) return undefined
    }
  }
  return { en: 'its lines are those of a built file', fr: 'ses lignes sont celles d’un fichier construit' }
}
