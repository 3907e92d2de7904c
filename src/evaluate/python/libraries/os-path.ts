import type { Part } from '../../parts.ts'
import { bool, str, text, tuple } from '../constructors.ts'
import type { Machine } from '../interpreter/machine.ts'
import { isOpaque } from '../interpreter/types.ts'
import { library, type NativeFunction, native, type PythonRun } from '../library.ts'
import { notModelled } from '../reasons.ts'
import { plain, type StrValue, type UnknownValue, type Value } from '../value.ts'
import { existsOnDyno } from './support/files.ts'
import { absolutePath, baseName, joinPaths, normalPath, parentPath } from './support/paths.ts'

/** The text of a path argument; raises TypeError for what is no path, as Python does. */
function pathText(run: PythonRun, value: Value | undefined, name: string): StrValue | UnknownValue {
  if (value === undefined) return run.raise('TypeError', `${name}() missing 1 required positional argument`)
  if (value.type === 'str') return value
  if (isOpaque(value) || value.type === 'object' || value.type === 'instance') return run.str(value)
  return run.raise(
    'TypeError',
    `expected str, bytes or os.PathLike object, not ${value.type === 'none' ? 'NoneType' : value.type}`,
  )
}

type PathFunction = (run: PythonRun, parts: readonly Part[]) => readonly Part[] | undefined

function path(name: string, apply: PathFunction): Value {
  return native(`os.path.${name}`, (run, args) => {
    const given = pathText(run, args.positional[0], name)
    const made = given.type === 'str' ? apply(run, given.parts) : undefined
    return made === undefined ? run.unknown(notModelled(`os.path.${name}()`), 'str') : str(made, run.at)
  })
}

const join: NativeFunction = (run, args) => {
  let made: readonly Part[] | undefined
  for (const value of args.positional) {
    const given = pathText(run, value, 'join')
    if (given.type !== 'str') return run.unknown(given.reason, 'str', given.variable)
    made = made === undefined ? given.parts : joinPaths(made, given.parts)
    if (made === undefined) return run.unknown(notModelled('os.path.join()'), 'str')
  }
  if (args.open) return run.unknown(notModelled('os.path.join()'), 'str')
  return str(made ?? [], run.at)
}

function test(name: string, kind?: 'file' | 'directory'): Value {
  return native(`os.path.${name}`, (run, args) => {
    const given = pathText(run, args.positional[0], name)
    const answer = existsOnDyno(run, given, kind)
    return answer === undefined ? run.unknown(notModelled(`os.path.${name}()`), 'bool') : bool(answer, run.at)
  })
}

const split: NativeFunction = (run, args) => {
  const given = pathText(run, args.positional[0], 'split')
  const [head, tail] = given.type === 'str' ? [parentPath(given.parts), baseName(given.parts)] : []
  if (head === undefined || tail === undefined) return run.unknown(notModelled('os.path.split()'))
  return tuple([str(head, run.at), str(tail, run.at)], run.at)
}

const splitext: NativeFunction = (run, args) => {
  const known = plain(pathText(run, args.positional[0], 'splitext'))
  if (known === undefined) return run.unknown(notModelled('os.path.splitext()'))
  const match = /^(.*[^/.][^/]*?)(\.[^./]*)$/s.exec(known)
  return tuple([text(match?.[1] ?? known, run.at), text(match?.[2] ?? '', run.at)], run.at)
}

const relpath: NativeFunction = (run, args) => {
  const m = run as Machine
  const start = args.positional[1] ?? args.keywords.get('start') ?? text('.', run.at)
  const [to, from] = [args.positional[0], start].map((value) => {
    const known = plain(pathText(run, value, 'relpath'))
    if (known === '')
      return value === start
        ? plain(str(absolutePath(m.session, []) ?? [], run.at))
            ?.split('/')
            .filter(Boolean)
        : run.raise('ValueError', 'no path specified')
    const whole = known === undefined ? undefined : absolutePath(m.session, [known])
    return whole === undefined ? undefined : plain(str(whole, run.at))?.split('/').filter(Boolean)
  })
  if (to === undefined || from === undefined) return run.unknown(notModelled('os.path.relpath()'), 'str')
  let common = 0
  while (common < to.length && common < from.length && to[common] === from[common]) common++
  const made = [...from.slice(common).map(() => '..'), ...to.slice(common)].join('/')
  return text(made === '' ? '.' : made, run.at)
}

const expanduser: PathFunction = (_, parts) => {
  const [first, ...rest] = parts
  return typeof first === 'string' && /^~(\/|$)/.test(first) ? [`/app${first.slice(1)}`, ...rest] : parts
}

/** `os.path` on the dyno: paths are text, joined and cut without looking at a disk. */
export const osPath = library('os.path', {
  join: native('os.path.join', join),
  dirname: path('dirname', (_, parts) => parentPath(parts)),
  basename: path('basename', (_, parts) => baseName(parts)),
  abspath: path('abspath', (run, parts) => absolutePath((run as Machine).session, parts)),
  realpath: path('realpath', (run, parts) => absolutePath((run as Machine).session, parts)),
  normpath: path('normpath', (_, parts) => normalPath(parts)),
  expanduser: path('expanduser', expanduser),
  expandvars: path('expandvars', (_, parts) =>
    parts.some((p) => typeof p === 'string' && p.includes('$')) ? undefined : parts,
  ),
  exists: test('exists'),
  lexists: test('lexists'),
  isfile: test('isfile', 'file'),
  isdir: test('isdir', 'directory'),
  isabs: native('os.path.isabs', (run, args) => {
    const given = pathText(run, args.positional[0], 'isabs')
    const [first] = given.type === 'str' ? given.parts : []
    if (given.type !== 'str' || typeof first === 'object') return run.unknown(notModelled('os.path.isabs()'), 'bool')
    return bool(first?.startsWith('/') ?? false, run.at)
  }),
  split: native('os.path.split', split),
  splitext: native('os.path.splitext', splitext),
  relpath: native('os.path.relpath', relpath),
  sep: (run) => text('/', run.at),
  pardir: (run) => text('..', run.at),
  curdir: (run) => text('.', run.at),
})
