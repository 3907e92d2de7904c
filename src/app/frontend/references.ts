import type { Span } from '../../contracts/place.ts'
import { type FileTree, readText } from '../../files/tree.ts'
import { getOrInsert } from '../../get-or-insert.ts'
import { parseFile } from '../../syntax/python/file.ts'
import { extensionOf } from './files.ts'
import { resolveImport } from './read.ts'

/** Names under which a bundler or a framework starts without anyone referring to the file. */
const entries = /^(?:main|app|client|entry[\w-]*|background|content|service-?worker|sw|_app|_document)\.[cm]?[jt]sx?$/i

/** Names that start only from the top of the source folder. */
const topEntries = /^(?:index|layout|page)\.[cm]?[jt]sx?$/i

/** Folders in which a framework loads every file by itself. */
const routed = /(?:^|\/)(?:pages|app|routes|plugins|composables|layouts|middleware|stores?)\//

/** Who names which file: what a set of files says, read once. */
export interface References {
  /** Where a file's name stands, by that name. */
  mentions(name: string): readonly Mention[]
  /** Imports whose path ends in this segment, without extension and `/index`. */
  imports(segment: string): readonly Import[]
}

interface Mention {
  readonly file: string
  readonly text: string
  readonly offset: number
}

interface Import {
  readonly file: string
  readonly module: string
}

/** Reads what browser code and pages (`others`) and Python files say about files. What only a comment says is not said. */
export function referencesIn(tree: FileTree, others: readonly string[], python: readonly string[]): References {
  const mentions = new Map<string, Mention[]>()
  const imports = new Map<string, Import[]>()
  for (const file of [...python, ...others]) {
    const text = readText(tree, file)?.text
    if (text === undefined) continue
    let comments: readonly Span[] | undefined
    for (const match of text.matchAll(fileName)) {
      const [name] = match
      if (name.startsWith('%')) continue
      comments ??= commentsOf(tree, file, text)
      if (comments.some(({ start, end }) => start <= match.index && match.index < end)) continue
      getOrInsert(mentions, name, () => []).push({ file, text, offset: match.index })
    }
    if (file.endsWith('.py')) continue
    for (const [, , module = ''] of text.matchAll(specifier)) {
      getOrInsert(imports, lastSegment(module), () => []).push({ file, module })
    }
  }
  return { mentions: (name) => mentions.get(name) ?? [], imports: (segment) => imports.get(segment) ?? [] }
}

/** A name with an extension; the conversion of a format (`%s`) in front is no part of it. */
const fileName = /%[sdr]|[\p{L}\p{N}_@$~+-][\p{L}\p{N}_@$~+.-]*\.[A-Za-z]{1,5}/gu

const markupComments = /<!--[\s\S]*?-->|\{#.*?#\}|\{%-?\s*comment\b[\s\S]*?\{%-?\s*endcomment\s*-?%\}/g

/** Comments of a Python file or of a page. A script's are not looked for: a file that is named in one counts as used. */
function commentsOf(tree: FileTree, file: string, text: string): readonly Span[] {
  if (file.endsWith('.py')) return parseFile(tree, file)?.module.comments ?? []
  const extension = extensionOf(file)
  if (extension !== 'html' && extension !== 'htm') return []
  return [...text.matchAll(markupComments)].map(({ 0: whole, index }) => ({ start: index, end: index + whole.length }))
}

/**
 * Whether something in the project refers to a file of browser code: a script tag, an import, a template that includes it, a view
 * that renders it. Leans to yes: only a file whose name nothing mentions may be dead. `isUnreached`: what stands there in Python code
 * never runs.
 */
export function isReferenced(
  tree: FileTree,
  file: string,
  references: References,
  isUnreached: (file: string, offset: number) => boolean = () => false,
): boolean {
  const name = file.slice(file.lastIndexOf('/') + 1)
  const extension = extensionOf(name)
  if (extension === 'html' || extension === 'htm' || !isBundled(tree, file)) {
    const names = [...new Set([name, compiled(name)])]
    return names.some((one) =>
      mentionsOf(references, one, file).some((mention) => !isDead(mention, references, isUnreached)),
    )
  }
  if (entries.test(name) || (topEntries.test(name) && belowPackage(tree, file).split('/').length <= 2)) return true
  if (routed.test(file)) return true
  return isImported(tree, file, references)
}

/** What the page loads instead of a TypeScript file. */
function compiled(name: string): string {
  return name.replace(/\.(?:[cm]?tsx?|jsx)$/, '.js')
}

/** A file below a package.json is put together by a bundler: what no other file imports is not in the bundle. */
function isBundled(tree: FileTree, file: string): boolean {
  return packageFolder(tree, file) !== undefined && /(?:^|\/)(?:src|app|lib|components?|pages|client|js)\//.test(file)
}

/** The path from the folder of the package on. */
function belowPackage(tree: FileTree, file: string): string {
  return file.slice(packageFolder(tree, file)?.length ?? 0).replace(/^\//, '')
}

/** The nearest folder with a package.json. */
function packageFolder(tree: FileTree, file: string): string | undefined {
  for (let folder = parent(file); ; folder = parent(folder)) {
    if (tree.kind(folder === '' ? 'package.json' : `${folder}/package.json`) === 'file') return folder
    if (folder === '') return undefined
  }
}

function parent(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : ''
}

/**
 * Where another file names this one. A view that renders `'room.html'` does not render `chat/room.html`; a name put
 * together from parts may.
 */
function mentionsOf(references: References, name: string, self: string): readonly Mention[] {
  const inFolder = belowTemplates.test(self)
  return references.mentions(name).filter((mention) => mention.file !== self && !(inFolder && isBare(mention)))
}

/** In a view that nothing reaches, or in a page of which only such views and other dead pages know. */
function isDead(
  { file, offset }: Mention,
  references: References,
  isUnreached: (file: string, offset: number) => boolean,
  seen: ReadonlySet<string> = new Set(),
): boolean {
  if (file.endsWith('.py')) return isUnreached(file, offset)
  if (!/\.(?:html?|djhtml)$/.test(file)) return false
  if (seen.has(file)) return true
  const mentions = mentionsOf(references, file.slice(file.lastIndexOf('/') + 1), file)
  const below = new Set([...seen, file])
  return mentions.length > 0 && mentions.every((one) => isDead(one, references, isUnreached, below))
}

/** Template folders of apps: Django finds what is below them by its whole path from there. */
const belowTemplates = /(?:^|\/)templates\/(.+\/)[^/]+$/

function isBare({ text, offset }: Mention): boolean {
  return bareName.test(text.slice(Math.max(0, offset - 200), offset))
}

const bareName = /\b(?:render|render_to_string|get_template|template_name)\b[^'"\n]*(?<!\+\s*)['"]$/

const specifier = /(?:from|import|require)\s*\(?\s*(['"])([^'"\n]{1,200})\1/g

function lastSegment(module: string): string {
  const stem = module.replace(/(?:\/index)?(?:\.[cm]?[jt]sx?|\.vue|\.svelte)?$/, '')
  return stem.slice(stem.lastIndexOf('/') + 1)
}

function isImported(tree: FileTree, file: string, references: References): boolean {
  const stem = file.replace(/(?:\/index)?\.[^./]+$/, '')
  const last = stem.slice(stem.lastIndexOf('/') + 1)
  return references.imports(last).some(({ file: from, module }) => {
    if (from === file) return false
    if (resolveImport(tree, from, module) === file) return true
    // An alias that we do not know: its tail decides.
    const path = module.replace(/(?:\/index)?\.[jt]sx?$/, '')
    return !module.startsWith('.') && path.endsWith(last) && stem.endsWith(module.replace(/^[^/]*\//, ''))
  })
}
