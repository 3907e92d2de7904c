import type { Part } from '../../parts.ts'
import { bool, list, none, str, text, tuple } from '../constructors.ts'
import { absolute } from '../interpreter/imports.ts'
import type { Machine } from '../interpreter/machine.ts'
import { workingFolder } from '../interpreter/resolution.ts'
import { isOpaque } from '../interpreter/types.ts'
import {
  library,
  type Method,
  type NativeClass,
  type NativeFunction,
  native,
  nativeClass,
  object,
  type PythonRun,
} from '../library.ts'
import { notModelled } from '../reasons.ts'
import { equalParts } from '../types/parts.ts'
import { type NativeValue, type ObjectValue, plain, type StrValue, type Value } from '../value.ts'
import { existsOnDyno, listFolder, makeFolder, openPath, projectPath, readWhole } from './support/files.ts'
import { absolutePath, baseName, joinPaths, parentPath } from './support/paths.ts'

/** A path object's state is its text. */
function textOf(self: ObjectValue): StrValue {
  return self.state as StrValue
}

export function makePath(run: PythonRun, parts: readonly Part[]): ObjectValue {
  return object(model, str(parts, run.at), run.at)
}

function unknownPath(run: PythonRun, name: string): Value {
  return run.unknown(notModelled(`Path.${name}`))
}

/** The text of a path argument: text, a path object, or something whose `str()` it is. */
function partsOf(run: PythonRun, value: Value): readonly Part[] | undefined {
  if (value.type === 'str') return value.parts
  if (isOpaque(value) || value.type === 'object' || value.type === 'instance') {
    const made = run.str(value)
    return made.type === 'str' ? made.parts : undefined
  }
  const shown = value.type === 'none' ? 'NoneType' : value.type
  return run.raise('TypeError', `expected str, bytes or os.PathLike object, not ${shown}`)
}

/** pathlib drops `.` components and doubled slashes but keeps `..`. */
function tidy(parts: readonly Part[]): readonly Part[] {
  const [only] = parts
  if (parts.length === 1 && typeof only === 'string') {
    const tidied = only
      .replace(/\/+(\.\/+)*/g, '/')
      .replace(/^\.\/+|(?<=.)\/\.$/g, '')
      .replace(/^\/\.$/, '/')
    return [tidied.length > 1 ? tidied.replace(/\/$/, '') : tidied]
  }
  const last = parts[parts.length - 1]
  return typeof last === 'string' && last.length > 1 ? [...parts.slice(0, -1), last.replace(/\/+$/, '')] : parts
}

function joined(run: PythonRun, start: readonly Part[] | undefined, values: readonly Value[]): Value {
  let made = start
  for (const value of values) {
    const parts = partsOf(run, value)
    made = parts === undefined ? undefined : made === undefined ? parts : joinPaths(made, parts)
    if (made === undefined) return unknownPath(run, 'joinpath()')
  }
  return makePath(run, tidy(made === undefined || made.length === 0 ? ['.'] : made))
}

const construct: NativeFunction = (run, args) => joined(run, undefined, args.positional)

const resolve: Method = (run, self) => {
  const made = absolutePath((run as Machine).session, textOf(self).parts)
  return made === undefined ? unknownPath(run, 'resolve()') : makePath(run, made)
}

function parent(run: PythonRun, self: ObjectValue): Value {
  const parts = textOf(self).parts
  const made = parentPath(parts)
  if (made === undefined) return unknownPath(run, 'parent')
  return makePath(run, made.length === 0 ? ['.'] : made)
}

function parents(run: PythonRun, self: ObjectValue): Value {
  const out: Value[] = []
  let current: Value = self
  while (current.type === 'object' && out.length < 60) {
    const next: Value = parent(run, current)
    if (next.type !== 'object') return next
    if (equalParts(textOf(next).parts, textOf(current).parts) === true) break
    out.push(next)
    current = next
  }
  return tuple(out, run.at)
}

function test(kind?: 'file' | 'directory'): Method {
  return (run, self) => {
    const answer = existsOnDyno(run, textOf(self), kind)
    return answer === undefined ? run.unknown(notModelled('Path.exists()'), 'bool') : bool(answer, run.at)
  }
}

function cut(name: string): readonly [string, string] {
  const dot = name.lastIndexOf('.')
  return dot > 0 && dot < name.length - 1 ? [name.slice(0, dot), name.slice(dot)] : [name, '']
}

function get(run: PythonRun, self: ObjectValue, attribute: string): Value | undefined {
  const { parts } = textOf(self)
  switch (attribute) {
    case 'parent':
      return parent(run, self)
    case 'parents':
      return parents(run, self)
    case 'name':
    case 'stem':
    case 'suffix': {
      const name = baseName(parts)
      if (name === undefined) return run.unknown(notModelled(`Path.${attribute}`), 'str')
      const known = plain(str(name, run.at))
      // The current folder has no name, though `.` is what it is written as.
      if (known === '.') return text('', run.at)
      if (attribute === 'name') return str(name, run.at)
      if (known === undefined) return run.unknown(notModelled(`Path.${attribute}`), 'str')
      return text(cut(known)[attribute === 'stem' ? 0 : 1], run.at)
    }
    case 'parts': {
      const known = plain(textOf(self))
      if (known === undefined) return run.unknown(notModelled('Path.parts'))
      const pieces = known.split('/').filter((piece) => piece !== '' && piece !== '.')
      return tuple(
        (known.startsWith('/') ? ['/', ...pieces] : pieces).map((piece) => text(piece, run.at)),
        run.at,
      )
    }
    case 'anchor':
    case 'root':
      return text(typeof parts[0] === 'string' && parts[0].startsWith('/') ? '/' : '', run.at)
    default:
      return undefined
  }
}

/** Files a pattern matches; the pattern may hold `*`, `?` and `**`. */
function glob(deep: boolean): Method {
  return (run, self, args) => {
    const pattern = plain(args.positional[0])
    const base = projectPath(run, textOf(self))
    // Each star tries every end of the one before it.
    const stars = pattern?.replaceAll('**/', '').split('*').length ?? 0
    if (pattern === undefined || base === undefined || stars > 5 || pattern.split('**/').length > 3)
      return list([], run.at, run.unknown(notModelled('Path.glob()')))
    const source = (deep && !pattern.startsWith('**') ? `**/${pattern}` : pattern)
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replace(/\*\*\//g, '\u0000')
      .replace(/\*/g, '[^/]*')
      .replace(/\?/g, '[^/]')
      .replaceAll('\u0000', '(?:[^/]+/)*')
    const test = new RegExp(`^${source}$`)
    const out: Value[] = []
    const visit = (folder: string, prefix: string, depth: number): void => {
      for (const name of listFolder(run, text(absolute(run as Machine, folder), run.at)) ?? []) {
        if (test.test(prefix + name))
          out.push(makePath(run, [absolute(run as Machine, `${folder === '' ? '' : `${folder}/`}${name}`)]))
        if (depth > 0) visit(folder === '' ? name : `${folder}/${name}`, `${prefix}${name}/`, depth - 1)
      }
    }
    visit(base, '', deep || pattern.includes('**') ? 8 : pattern.split('/').length - 1)
    return list(out, run.at)
  }
}

const readText: Method = (run, self) => {
  const opened = openPath(run, textOf(self), false)
  const path = projectPath(run, textOf(self))
  return opened.type === 'object' && path !== undefined ? readWhole(run, path) : opened
}

const relativeTo: Method = (run, self, args) => {
  const [to, from] = [
    plain(textOf(self)),
    args.positional[0] === undefined ? undefined : partsOf(run, args.positional[0]),
  ]
  const base = from === undefined ? undefined : plain(str(from, run.at))
  if (to === undefined || base === undefined) return unknownPath(run, 'relative_to()')
  const isHere = base === '' || base === '.'
  if (to === base) return makePath(run, ['.'])
  if (isHere && !to.startsWith('/')) return makePath(run, [to])
  const prefix = base.endsWith('/') ? base : `${base}/`
  return to.startsWith(prefix)
    ? makePath(run, [to.slice(prefix.length)])
    : run.raise('ValueError', `'${to}' is not in the subpath`)
}

function renamed(change: (stem: string, suffix: string, given: string) => string): Method {
  return (run, self, args) => {
    const [folder, name, given] = [
      parentPath(textOf(self).parts),
      baseName(textOf(self).parts),
      plain(args.positional[0]),
    ]
    const known = name === undefined ? undefined : plain(str(name, run.at))
    if (folder === undefined || known === undefined || given === undefined) return unknownPath(run, 'with_name()')
    const [stem, suffix] = cut(known)
    if (known === '' || known === '.')
      return run.raise('ValueError', `${plain(textOf(self)) ?? known} has an empty name`)
    const isSuffix = change('', '', given) === given && change('x', '', given) !== given
    const isWrong = isSuffix ? given !== '' && !/^\.[^/]+$/.test(given) : /\/|^\.?$/.test(change(stem, suffix, given))
    if (isWrong) return run.raise('ValueError', `Invalid ${isSuffix ? 'suffix' : 'name'} '${given}'`)
    return joined(run, folder.length === 0 ? undefined : folder, [text(change(stem, suffix, given), run.at)])
  }
}

const self: Method = (_, path) => path
const nothing: Method = (run) => none(run.at)
const asText: Method = (_, path) => textOf(path)

const cwd = native('pathlib.Path.cwd', (run) => {
  const m = run as Machine
  return makePath(run, [absolute(m, workingFolder(m.session))])
})

const purePath: NativeValue = nativeClass({ class: 'pathlib.PurePath', bases: [], construct })

const model: NativeClass = {
  class: 'pathlib.Path',
  bases: [purePath],
  construct,
  statics: { cwd, home: native('pathlib.Path.home', (run) => makePath(run, ['/app'])) },
  get,
  str: (_, path) => textOf(path),
  binary: (run, op, path, other, reflected) => {
    if (op !== '/') return undefined
    if (!reflected) return joined(run, textOf(path).parts, [other])
    const start = other.type === 'str' ? other.parts : undefined
    return start === undefined ? undefined : joined(run, start, [path])
  },
  compare: (_, op, path, other) => {
    if (op !== '==' && op !== '!=') return undefined
    if (other.type !== 'object' || other.model !== model) return op === '!='
    const answer = equalParts(textOf(path).parts, textOf(other).parts)
    return answer === undefined ? undefined : answer === (op === '==')
  },
  methods: {
    resolve,
    absolute: resolve,
    expanduser: self,
    joinpath: (run, path, args) => joined(run, textOf(path).parts, args.positional),
    as_posix: asText,
    __str__: asText,
    __fspath__: asText,
    exists: test(),
    is_file: test('file'),
    is_dir: test('directory'),
    is_absolute: (run, path) => {
      const [first] = textOf(path).parts
      return bool(typeof first === 'string' && first.startsWith('/'), run.at)
    },
    mkdir: (run, path) => makeFolder(run, textOf(path)),
    touch: nothing,
    read_text: readText,
    open: (run, path, args) => {
      const mode = plain(args.positional[0] ?? args.keywords.get('mode')) ?? 'r'
      if (/[wax+]/.test(mode)) return run.unknown(notModelled('Path.open()'))
      return openPath(run, textOf(path), mode.includes('b'))
    },
    iterdir: (run, path) => {
      const names = listFolder(run, textOf(path))
      if (names === undefined) return list([], run.at, run.unknown(notModelled('Path.iterdir()')))
      return list(
        names.map((name) => joined(run, textOf(path).parts, [text(name, run.at)])),
        run.at,
      )
    },
    glob: glob(false),
    rglob: glob(true),
    relative_to: relativeTo,
    with_name: renamed((_stem, _suffix, given) => given),
    with_suffix: renamed((stem, _suffix, given) => stem + given),
    with_stem: renamed((_stem, suffix, given) => given + suffix),
  },
}

const path = nativeClass(model)

/** `pathlib`: every flavour of path is a POSIX path. */
export const pathlib = library('pathlib', {
  // What the module imports for itself, editors offer to import from it. In 3.13 it was a package, which had no such name.
  os: (run) => (run.python.startsWith('3.13') ? run.unknown(notModelled('pathlib.os')) : run.importModule('os')),
  Path: path,
  PosixPath: path,
  PurePath: path,
  PurePosixPath: path,
})
