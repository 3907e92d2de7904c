import type { Place } from '../../../contracts/place.ts'
import { type FileTree, join, readText } from '../../../files/tree.ts'
import { type NginxDirective, type NginxWord, parseNginx } from '../../../syntax/nginx/nginx.ts'

/** A directive of nginx with the file it stands in; what it includes stands in its place. */
export interface Directive {
  readonly name: string
  readonly words: readonly NginxWord[]
  readonly at: Place
  readonly block: readonly Directive[] | undefined
  /** It is there whatever the template's Ruby code decides. */
  readonly sure: boolean
}

/** Stands for directives that nobody can know: of a file that is not here, or written by Ruby code. */
export const OPEN = '(open)'

export interface NginxConfig {
  readonly directives: readonly Directive[]
  /** Where it cannot be read: nginx does not start then, or it is not what it seems. */
  readonly problem: Place | undefined
}

interface Including {
  readonly tree: FileTree
  /** The folder of the main file, to which nginx takes the names of all others as relative. */
  readonly folder: string
  /** The path in the tree of an absolute path on the dyno. */
  readonly toTree: (path: string) => string | undefined
  problem: Place | undefined
  depth: number
}

/** The configuration in a file, with what it includes from the repository; undefined: there is no such file. */
export function readConfig(
  tree: FileTree,
  file: string,
  toTree: (path: string) => string | undefined,
): NginxConfig | undefined {
  const folder = file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : ''
  const including: Including = { tree, folder, toTree, problem: undefined, depth: 0 }
  const directives = directivesOf(including, file)
  return directives && { directives, problem: including.problem }
}

const maxDepth = 8

function directivesOf(including: Including, file: string): readonly Directive[] | undefined {
  const source = readText(including.tree, file)
  if (source === undefined) return undefined
  // What is included is read as it stands: the template alone goes through erb.
  const { directives, problem } = parseNginx(source.text, including.depth === 0 && file.endsWith('.erb'))
  if (problem !== undefined) including.problem ??= { file, span: problem }
  return placed(including, file, directives, true)
}

function placed(
  including: Including,
  file: string,
  directives: readonly NginxDirective[],
  around: boolean,
): readonly Directive[] {
  return directives.flatMap(({ name = OPEN, words, span, block, sure }) => {
    const own = around && sure
    const found: Directive = {
      name,
      words,
      at: { file, span },
      block: block && placed(including, file, block, own),
      sure: own,
    }
    return name === 'include' ? included(including, found) : [found]
  })
}

function included(including: Including, directive: Directive): readonly Directive[] {
  const written = directive.words[0]?.text
  // Types of files: the buildpack brings this one.
  if (written !== undefined && /(?:^|\/)mime\.types$/.test(written)) return []
  const open = [{ ...directive, name: OPEN }]
  if (written === undefined || including.depth >= maxDepth) return open
  const path = written.startsWith('/') ? including.toTree(written) : join(including.folder, written)
  const files = path === undefined ? undefined : matching(including.tree, path)
  if (files === undefined) return open
  including.depth++
  const found = files.flatMap((file) => directivesOf(including, file) ?? open)
  including.depth--
  return directive.sure ? found : found.map(unsure)
}

const unsure = (one: Directive): Directive => ({ ...one, sure: false, block: one.block?.map(unsure) })

/** The files of the repository that a name stands for, where its last part may have stars; undefined: nobody can tell. */
function matching(tree: FileTree, path: string): readonly string[] | undefined {
  if (!/[*?[]/.test(path)) return tree.kind(path) === 'file' ? [path] : undefined
  const cut = path.lastIndexOf('/')
  const [folder, name] = [path.slice(0, Math.max(0, cut)), path.slice(cut + 1)]
  if (/[*?[]/.test(folder) || /[?[]/.test(name) || tree.kind(folder) !== 'directory') return undefined
  const [first = '', ...parts] = name.split('*')
  const fits = (entry: string) => {
    let rest = entry
    if (!rest.startsWith(first) || (entry.startsWith('.') && !name.startsWith('.'))) return false
    rest = rest.slice(first.length)
    for (const [index, part] of parts.entries()) {
      const at = index === parts.length - 1 ? rest.length - part.length : rest.indexOf(part)
      if (at < 0 || !rest.startsWith(part, at)) return false
      rest = rest.slice(at + part.length)
    }
    return true
  }
  return tree
    .list(folder)
    .filter(({ kind, name: entry }) => kind === 'file' && fits(entry))
    .map(({ name: entry }) => (folder === '' ? entry : `${folder}/${entry}`))
}

/** The directives of a name among others, in order. */
export const named = (directives: readonly Directive[] | undefined, name: string): readonly Directive[] =>
  directives?.filter((one) => one.name === name) ?? []

/** Whether there may be directives in a block that nobody can know. */
export const isOpen = (directives: readonly Directive[] | undefined): boolean => named(directives, OPEN).length > 0
