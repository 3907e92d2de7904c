import type { Place, Span } from '../../contracts/place.ts'
import { perFile } from '../../files/per-file.ts'
import { type FileTree, readText, type SourceFile } from '../../files/tree.ts'
import { getOrInsert } from '../../get-or-insert.ts'
import type { ClassDef, Expression, Import, ImportFrom, Module } from '../../syntax/python/ast.ts'
import { parsedFile } from '../../syntax/python/file.ts'
import { walk } from '../../syntax/python/walk.ts'
import type { Project } from '../project/model.ts'
import { moduleOf } from '../project/project.ts'

/** A Python file of the project, parsed, with what its imports bind. */
export interface CodeFile {
  readonly path: string
  readonly text: string
  readonly tree: Module
  /** Dotted name, from the folder above its outermost package. */
  readonly module: string
  /** Local name -> dotted path, for imports at any depth of the file. */
  readonly imports: ReadonlyMap<string, string>
  /** Modules of `from x import *`. */
  readonly stars: readonly string[]
  /** Classes by name; the last definition of a name counts. */
  readonly classes: ReadonlyMap<string, ClassDef>
  readonly firstChannelsImport: Place | undefined
}

/** Python files of the project by path and by dotted name; each is parsed once, when it is first asked for. */
export interface Code {
  /** Files of the app itself: tests, migrations and scripts of the tooling left out. */
  readonly files: readonly string[]
  /** A file without parsing it. */
  source(path: string): SourceFile | undefined
  file(path: string): CodeFile | undefined
  /** The file of a dotted module, also when the project names it from another folder than we do. */
  module(dotted: string): CodeFile | undefined
}

const aside =
  /(?:^|\/)(?:tests?|testing|migrations|docs?|examples?|scripts\/dev)\/|(?:^|\/)(?:test_[^/]*|[^/]*_tests?|tests?|conftest|setup|fabfile|noxfile)\.py$/

const codes = new WeakMap<FileTree, Code>()

/** The project's Python code, read once per tree. */
export function codeOf({
  tree,
  project,
}: {
  readonly tree: FileTree
  readonly project: Pick<Project, 'python'>
}): Code {
  const known = codes.get(tree)
  if (known !== undefined) return known
  const made = readCode(tree, project)
  codes.set(tree, made)
  return made
}

/** The project's Python code. Never throws. */
export function readCode(tree: FileTree, project: Pick<Project, 'python'>): Code {
  const parsed = new Map<string, CodeFile | undefined>()
  let modules: Map<string, string> | undefined

  function file(path: string): CodeFile | undefined {
    if (!parsed.has(path)) {
      const source = readText(tree, path)
      const usable = source !== undefined && source.text.length < 2_000_000
      parsed.set(path, usable ? codeFile(source, moduleOf(tree, path).module) : undefined)
    }
    return parsed.get(path)
  }

  function module(dotted: string): CodeFile | undefined {
    modules ??= new Map(project.python.map((path) => [moduleOf(tree, path).module, path]))
    const exact = modules.get(dotted)
    if (exact !== undefined) return file(exact)
    const tails = [...modules].filter(([name]) => name.endsWith(`.${dotted}`))
    return tails.length === 1 && tails[0] !== undefined ? file(tails[0][1]) : undefined
  }

  return {
    files: project.python.filter((path) => !aside.test(path)),
    source: (path) => readText(tree, path),
    file,
    module,
  }
}

const byModule = perFile((): Map<string, CodeFile> => new Map())

/** A file under the dotted name that the folders around it give it, which is the same as long as none of them changes. */
function codeFile(source: SourceFile, module: string): CodeFile {
  return getOrInsert(byModule(source), module, () => readFile(source, module))
}

function readFile(source: SourceFile, module: string): CodeFile {
  const { path, text } = source
  const tree = parsedFile(source).module
  const imports = new Map<string, string>()
  const stars: string[] = []
  const classes = new Map<string, ClassDef>()
  let firstChannelsImport: Place | undefined
  walk(tree, (node) => {
    if (node.kind === 'ClassDef') classes.set(node.name, node)
    if (node.kind !== 'Import' && node.kind !== 'ImportFrom') return
    for (const [local, dotted] of importsOf(node, { path, module })) imports.set(local, dotted)
    if (node.kind === 'Import') {
      for (const { name, start, end } of node.names)
        if (isChannels(name)) firstChannelsImport ??= { file: path, span: { start, end } }
      return
    }
    const from = importedModule(node, module, path.endsWith('__init__.py'))
    if (from === undefined) return
    if (isChannels(from)) firstChannelsImport ??= { file: path, span: { start: node.start, end: node.end } }
    if (node.names.some(({ name }) => name === '*')) stars.push(from)
  })
  return { path, text, tree, module, imports, stars, classes, firstChannelsImport }
}

/** The names that an import statement binds in a file, each with the dotted path that it then stands for. */
export function importsOf(
  node: Import | ImportFrom,
  { path, module }: Pick<CodeFile, 'path' | 'module'>,
): readonly (readonly [string, string])[] {
  if (node.kind === 'Import')
    return node.names.map(({ name, asname }) => {
      const root = name.split('.')[0] as string
      return asname === undefined ? [root, root] : [asname, name]
    })
  const from = importedModule(node, module, path.endsWith('__init__.py'))
  if (from === undefined) return []
  return node.names.flatMap(({ name, asname }) =>
    name === '*' ? [] : [[asname ?? name, from === '' ? name : `${from}.${name}`] as const],
  )
}

function isChannels(dotted: string): boolean {
  return dotted === 'channels' || dotted.startsWith('channels.')
}

/** The absolute module of `from … import`; undefined when it leaves the outermost package. */
export function importedModule(node: ImportFrom, module: string, isPackage: boolean): string | undefined {
  if (node.level === 0) return node.module ?? ''
  const parts = module.split('.')
  const up = node.level - (isPackage ? 1 : 0)
  if (up > parts.length) return undefined
  return [...parts.slice(0, parts.length - up), ...(node.module === undefined ? [] : [node.module])].join('.')
}

/** The dotted path that a name or attribute stands for in a file: `WebsocketConsumer` -> `channels.generic.websocket.WebsocketConsumer`. */
export function dottedOf(node: Expression, file: CodeFile): string | undefined {
  if (node.kind === 'Name') {
    const imported = file.imports.get(node.id)
    if (imported !== undefined) return imported
    return file.classes.has(node.id) ? `${file.module}.${node.id}` : node.id
  }
  if (node.kind !== 'Attribute') return undefined
  const inner = dottedOf(node.value, file)
  return inner === undefined ? undefined : `${inner}.${node.attr}`
}

/** The module of the project that a dotted path leads into, and the name in it that the path ends with. */
export function homeOf(code: Code, dotted: string): { readonly file: CodeFile; readonly name: string } | undefined {
  const cut = dotted.lastIndexOf('.')
  const file = cut < 0 ? undefined : code.module(dotted.slice(0, cut))
  return file && { file, name: dotted.slice(cut + 1) }
}

/** A class of the project by dotted path, through re-exports and star imports. */
export function findClass(
  code: Code,
  dotted: string,
  depth = 0,
): { readonly file: CodeFile; readonly node: ClassDef } | undefined {
  const home = depth > 6 ? undefined : homeOf(code, dotted)
  if (home === undefined) return undefined
  const { file, name } = home
  const node = file.classes.get(name)
  if (node !== undefined) return { file, node }
  const imported = file.imports.get(name)
  if (imported !== undefined && imported !== dotted) return findClass(code, imported, depth + 1)
  for (const star of file.stars) {
    const found = findClass(code, `${star}.${name}`, depth + 1)
    if (found !== undefined) return found
  }
  return undefined
}

export function placeIn(file: { readonly path: string }, span: Span): Place {
  return { file: file.path, span: { start: span.start, end: span.end } }
}
