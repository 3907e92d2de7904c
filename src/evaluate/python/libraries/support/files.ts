import { bytes, list, none, text } from '../../constructors.ts'
import { askFile } from '../../interpreter/failures.ts'
import { type Machine, sourceOf } from '../../interpreter/machine.ts'
import { treePath } from '../../interpreter/resolution.ts'
import { type NativeClass, type NativeFunction, object, type PythonRun } from '../../library.ts'
import { notModelled } from '../../reasons.ts'
import { type ObjectValue, plain, type Value } from '../../value.ts'

/** Files of the project as the dyno has them. */

/** The path in the tree that a Python path means; undefined when it is not known or leaves the project. */
export function projectPath(run: PythonRun, path: Value): string | undefined {
  const shown = run.str(path)
  const known = shown.type === 'str' ? plain(shown) : undefined
  return known === undefined ? undefined : treePath((run as Machine).session, known)
}

/** The code makes a folder: what asks for it later finds it. */
export function makeFolder(run: PythonRun, path: Value): Value {
  run.event({ type: 'folder', path: projectPath(run, path) })
  return none(run.at)
}

/**
 * Whether a path exists on the dyno. Undefined when it cannot be known: outside the project, or a folder that git does
 * not have but a build may make.
 */
export function existsOnDyno(run: PythonRun, path: Value, kind?: 'file' | 'directory'): boolean | undefined {
  const shown = run.str(path)
  const known = shown.type === 'str' ? plain(shown) : undefined
  if (known === undefined) return undefined
  const inside = treePath((run as Machine).session, known)
  if (inside === undefined) return (run as Machine).session.stack ? existsOutside(known) : undefined
  if (inside === '') return kind !== 'file'
  const found = run.tree.kind(inside)
  if (found === 'file') return run.isPresent(inside) ? kind !== 'directory' : false
  if (found === 'directory') return kind === 'file' ? false : hasPresent(run, inside, 4) ? true : undefined
  const name = inside.slice(inside.lastIndexOf('/') + 1)
  // What looks like a source or a secrets file comes from git or not at all; anything else a build may make.
  return /^\.env|\.(py|env|ini|toml|ya?ml|cfg)$/.test(name) ? false : undefined
}

/**
 * Outside the project a dyno has what its stack brings (Ubuntu's packages) and no buildpack writes there: a folder of another name
 * at the root is not there, nor is what somebody puts on a server of their own.
 */
function existsOutside(path: string): false | undefined {
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  if (!path.startsWith('/') || parts.length === 0) return undefined
  return !systemFolders.test(parts[0] as string) || ownServers.test(parts.join('/')) ? false : undefined
}

// No package of Ubuntu's has a file of these kinds in /etc itself, nor any file in the others.
const ownServers = /^(etc\/[^/]+\.(json|toml|ya?ml|env)|(home|mnt|media|srv|run\/secrets|var\/(www|secrets))\/.+)$/

const systemFolders =
  /^(app|bin|boot|cnb|dev|etc|home|layers|lib\w*|media|mnt|opt|proc|root|run|s?bin|srv|sys|tmp|usr|var|workspace)$/

function hasPresent(run: PythonRun, folder: string, depth: number): boolean {
  return run.tree.list(folder).some((entry) => {
    const path = `${folder}/${entry.name}`
    return entry.kind === 'file' ? run.isPresent(path) : depth > 0 && hasPresent(run, path, depth - 1)
  })
}

/** The names in a folder of the project that are on the dyno; undefined when the folder is not known. */
export function listFolder(run: PythonRun, path: Value): readonly string[] | undefined {
  const inside = projectPath(run, path)
  if (inside === undefined || (inside !== '' && run.tree.kind(inside) !== 'directory')) return undefined
  return run.tree
    .list(inside)
    .filter((entry) => {
      const full = inside === '' ? entry.name : `${inside}/${entry.name}`
      return entry.kind === 'file' ? run.isPresent(full) : hasPresent(run, full, 4)
    })
    .map((entry) => entry.name)
}

const textsKey = 'texts read from files'

/** The file a text was read from, when it is the whole of it. */
export function fileOfText(run: PythonRun, value: Value): string | undefined {
  return (run.memory.get(textsKey) as Map<Value, string> | undefined)?.get(value)
}

/** The text of a file of the project, remembered so that `exec` can run it. */
export function readWhole(run: PythonRun, path: string): Value {
  const file = run.tree.read(path)
  if (typeof file === 'string') return run.unknown(notModelled(path), 'str')
  const made = text(file.text, run.at)
  const texts = (run.memory.get(textsKey) as Map<Value, string> | undefined) ?? new Map<Value, string>()
  run.memory.set(textsKey, texts)
  texts.set(made, path)
  return made
}

/** State of an open file: its path in the tree and whether it was opened as bytes. */
interface OpenFile {
  readonly path: string
  readonly binary: boolean
}

const fileModel: NativeClass = {
  class: 'io.TextIOWrapper',
  bases: [],
  iterate: (run, self) => lines(run, self),
  methods: {
    read: (run, self) => content(run, self),
    readline: (run, self) => lines(run, self)?.[0] ?? text('', run.at),
    readlines: (run, self) => list([...(lines(run, self) ?? [])], run.at),
    close: (run) => none(run.at),
  },
}

function content(run: PythonRun, self: ObjectValue): Value {
  const { path, binary } = self.state as OpenFile
  const made = readWhole(run, path)
  const known = plain(made)
  return binary && known !== undefined
    ? bytes(String.fromCharCode(...new TextEncoder().encode(known.slice(0, 50_000))), run.at)
    : made
}

function lines(run: PythonRun, self: ObjectValue): readonly Value[] | undefined {
  const known = plain(content(run, self))
  return known?.match(/[^\n]*\n|[^\n]+$/g)?.map((line) => text(line, run.at)) ?? (known === '' ? [] : undefined)
}

/** `open(path, mode)`. A file that git does not have is not on the dyno. */
export const openFile: NativeFunction = (run, args) => {
  const path = args.positional[0] ?? args.keywords.get('file')
  const mode = plain(args.positional[1] ?? args.keywords.get('mode')) ?? 'r'
  if (path === undefined || /[wax+]/.test(mode)) return run.unknown(notModelled('open()'))
  return openPath(run, path, mode.includes('b'))
}

export function openPath(run: PythonRun, path: Value, binary: boolean): Value {
  const inside = projectPath(run, path)
  if (inside !== undefined && run.tree.kind(inside) === 'file' && run.isPresent(inside)) {
    return object(fileModel, { path: inside, binary } satisfies OpenFile, run.at)
  }
  const shown = plain(run.str(path))
  if (existsOnDyno(run, path, 'file') === undefined && !isMeantElsewhere(run, shown)) {
    askFile(run as Machine, shown ?? sourceOf(run as Machine, (run as Machine).node))
    return run.unknown(notModelled('open()'))
  }
  return run.raise('FileNotFoundError', `[Errno 2] No such file or directory: '${shown ?? ''}'`)
}

/**
 * Whether a path that is relative to the working directory names a file of the project when it is taken from a folder that is
 * not: the file that is meant is there, and no build that could make another one runs.
 */
function isMeantElsewhere(run: PythonRun, path: string | undefined): boolean {
  const m = run as Machine
  const inside = path === undefined ? undefined : treePath(m.session, path)
  if (path === undefined || inside === undefined || path.startsWith('/')) return false
  if (['bin/pre_compile', 'bin/post_compile', 'package.json'].some((file) => run.tree.kind(file) === 'file'))
    return false
  const written = path.replace(/^(?:\.\/)+/, '')
  const folders = run.tree.list('').flatMap(({ name, kind }) => (kind === 'directory' ? [name] : []))
  return ['', ...m.session.searchPath, ...folders].some((folder) => {
    const file = folder === '' ? written : `${folder}/${written}`
    return file !== inside && run.tree.kind(file) === 'file' && run.isPresent(file)
  })
}
