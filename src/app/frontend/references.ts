import { type FileTree, readText } from '../../files/tree.ts'
import { parseFile } from '../../syntax/python/file.ts'
import { extensionOf } from './files.ts'
import { resolveImport } from './read.ts'

/** Names under which a bundler or a framework starts without anyone referring to the file. */
const entries = /^(?:main|app|client|entry[\w-]*|background|content|service-?worker|sw|_app|_document)\.[cm]?[jt]sx?$/i

/** Names that start only from the top of the source folder. */
const topEntries = /^(?:index|layout|page)\.[cm]?[jt]sx?$/i

/** Folders in which a framework loads every file by itself. */
const routed = /(?:^|\/)(?:pages|app|routes|plugins|composables|layouts|middleware|stores?)\//

/**
 * Whether something in the project refers to a file of browser code: a script tag, an import, a template that includes it, a view
 * that renders it. Leans to yes: only a file whose name nothing mentions may be dead.
 */
export function isReferenced(
  tree: FileTree,
  file: string,
  others: readonly string[],
  python: readonly string[],
): boolean {
  const name = file.slice(file.lastIndexOf('/') + 1)
  const extension = extensionOf(name)
  if (extension === 'html' || extension === 'htm' || !isBundled(tree, file)) {
    return [name, compiled(name)].some((one) => mentioned(tree, one, [...python, ...others], file))
  }
  if (entries.test(name) || (topEntries.test(name) && belowPackage(tree, file).split('/').length <= 2)) return true
  if (routed.test(file)) return true
  return others.some((other) => other !== file && imports(tree, other, file))
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

function mentioned(tree: FileTree, name: string, files: readonly string[], self: string): boolean {
  return files.some((file) => {
    const text = file === self ? undefined : readText(tree, file)?.text
    if (text === undefined || !mentions(text, name, self)) return false
    return !file.endsWith('.py') || inCode(tree, file, name)
  })
}

/** Template folders of apps: Django finds what is below them by its whole path from there. */
const belowTemplates = /(?:^|\/)templates\/(.+\/)[^/]+$/

/**
 * Whether a text names a file. A view that renders `'room.html'` does not render `chat/room.html`; a name put together from
 * parts may.
 */
function mentions(text: string, name: string, file: string): boolean {
  const folder = belowTemplates.exec(file)?.[1]
  if (folder === undefined) return text.includes(name)
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const before = text.slice(Math.max(0, at - 200), at)
    const bare = /\b(?:render|render_to_string|get_template|template_name)\b[^'"\n]*(?<!\+\s*)['"]$/.test(before)
    if (!bare) return true
  }
  return false
}

/** Whether a Python file names something outside its comments: code that is commented out refers to nothing. */
function inCode(tree: FileTree, file: string, name: string): boolean {
  const parsed = parseFile(tree, file)
  if (parsed === undefined) return true
  const { text, module } = parsed
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    if (!module.comments.some(({ start, end }) => start <= at && at < end)) return true
  }
  return false
}

const specifier = /(?:from|import|require)\s*\(?\s*(['"])([^'"\n]{1,200})\1/g

function imports(tree: FileTree, from: string, file: string): boolean {
  const text = readText(tree, from)?.text
  if (text === undefined) return false
  const stem = file.replace(/(?:\/index)?\.[^./]+$/, '')
  const last = stem.slice(stem.lastIndexOf('/') + 1)
  if (!text.includes(last)) return false
  for (const match of text.matchAll(specifier)) {
    const module = match[2] as string
    if (resolveImport(tree, from, module) === file) return true
    // An alias that we do not know: its tail decides.
    if (
      !module.startsWith('.') &&
      module.replace(/(?:\/index)?\.[jt]sx?$/, '').endsWith(last) &&
      stem.endsWith(module.replace(/^[^/]*\//, ''))
    )
      return true
  }
  return false
}
