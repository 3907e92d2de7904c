import { normalise } from '../../../files/tree.ts'
import { none } from '../constructors.ts'
import { exception } from '../exceptions.ts'
import { exceptionClass, library, type NativeClass, native, nativeClass, object, type PythonRun } from '../library.ts'
import { notModelled } from '../reasons.ts'
import { plain, type Value } from '../value.ts'
import { callerFolder, inFolder, pathInTree } from './support/env-files.ts'

const optionalClass: NativeClass = {
  class: 'split_settings.tools._Optional',
  bases: [],
  construct: (run, args) => object(optionalClass, args.positional[0], run.at),
}

/** `optional(name)`: a text that may name nothing; an empty one stays as it is. */
const optional = native('split_settings.tools.optional', (run, args) => {
  const name = args.positional[0]
  if (name === undefined || name.type === 'none') return name ?? none(run.at)
  return plain(name) === '' ? name : object(optionalClass, name, run.at)
})

/** Files of a folder pattern in name order, as `glob.glob` then `sort` finds them: `*` and `?` within one folder. */
function matching(run: PythonRun, folder: string, pattern: string): readonly string[] | undefined {
  const path = pattern.startsWith('/') ? pathInTree(run, pattern) : normalise(inFolder(folder, pattern))
  if (path === undefined) return []
  if (!/[*?[]/.test(path)) return run.tree.kind(path) === 'file' && run.isPresent(path) ? [path] : []
  const cut = path.lastIndexOf('/')
  const parent = cut === -1 ? '' : path.slice(0, cut)
  if (/[*?[]/.test(parent)) return undefined
  const name = path.slice(cut + 1)
  // Each star tries every end of the one before it.
  if (name.includes('[') || name.split('*').length > 5) return undefined
  const source = name
    .replace(/[.+^${}()|\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  const regex = new RegExp(`^${source}$`, 's')
  return run.tree
    .list(parent)
    .filter(
      (entry) =>
        entry.kind === 'file' && regex.test(entry.name) && (!entry.name.startsWith('.') || name.startsWith('.')),
    )
    .map((entry) => (parent === '' ? entry.name : `${parent}/${entry.name}`))
    .filter((file) => run.isPresent(file))
}

/** `include(*files, scope=None)`: runs each file in the caller's names, once. */
const include = native('split_settings.tools.include', (run, args) => {
  const folder = callerFolder(run)
  const scope = args.keywords.get('scope')
  if (folder === undefined || args.open || (scope !== undefined && scope.type !== 'none' && scope.type !== 'dict')) {
    return run.unknown(notModelled('include(…)'))
  }
  const names = run.callerNames()
  const included =
    run.memory.get('split_settings') instanceof Set
      ? (run.memory.get('split_settings') as Set<string>)
      : new Set<string>()
  run.memory.set('split_settings', included)
  for (const argument of args.positional) {
    const isOptional = argument.type === 'object' && argument.model === optionalClass
    const value: Value = isOptional ? (argument.state as Value) : argument
    const pattern = plain(run.str(value))
    if (pattern === undefined) {
      run.unknown(notModelled('include(…)'))
      continue
    }
    if (pattern === '') continue
    const files = matching(run, folder, pattern)
    if (files === undefined) {
      run.unknown(notModelled(`include('${pattern}')`))
      continue
    }
    if (files.length === 0 && !isOptional) run.raise(exception('OSError'), `No such file: ${pattern}`)
    for (const file of files) {
      if (included.has(file) || file === run.caller.file) continue
      included.add(file)
      run.execute(file, names)
    }
  }
  return none(run.at)
})

/** django-split-settings: files are run in the names of the settings module. */
export const splitSettings = library('split_settings.tools', {
  include,
  optional,
  ClassInfo: nativeClass(optionalClass),
  SettingsError: exceptionClass('split_settings.tools.SettingsError', [exception('Exception')]),
})
