import { none, text } from '../constructors.ts'
import { askInstalled } from '../interpreter/imports.ts'
import type { Machine } from '../interpreter/machine.ts'
import { library, type NativeClass, type NativeFunction, native, object, take } from '../library.ts'
import { unknownModuleName } from '../reasons.ts'
import { plain, type Value } from '../value.ts'

/** The name `import_module` means: `.a` is relative to `package`. */
function absoluteName(name: string, anchor: Value | undefined): string | undefined {
  const dots = /^\.*/.exec(name)?.[0].length ?? 0
  if (dots === 0) return name
  const parts = plain(anchor)?.split('.')
  if (parts === undefined || dots > parts.length) return undefined
  return [...parts.slice(0, parts.length - dots + 1), name.slice(dots)].join('.')
}

const importModule: NativeFunction = (run, args) => {
  const given = take(run, 'import_module', args, ['name', 'package?'])
  const name = plain(given.name)
  const absolute = name === undefined ? undefined : absoluteName(name, given.package)
  return absolute === undefined ? run.unknown(unknownModuleName) : run.importModule(absolute)
}

// What it knows of the module is not listed.
const spec: NativeClass = { class: 'importlib.machinery.ModuleSpec', bases: [], methods: {} }

/** A spec, or None when there is no such module; raises when its package is missing, as Python does. */
const findSpec: NativeFunction = (run, args) => {
  const given = take(run, 'find_spec', args, ['name', 'package?'])
  const name = plain(given.name)
  const absolute = name === undefined ? undefined : absoluteName(name, given.package)
  if (absolute === undefined) return run.unknown(unknownModuleName)
  const dot = absolute.lastIndexOf('.')
  if (dot > 0) run.importModule(absolute.slice(0, dot))
  const state = run.findModule(absolute)
  const found = state === 'unknown' ? askInstalled(run as Machine, absolute) : state !== 'missing'
  return found ? object(spec, absolute, run.at, new Map([['name', text(absolute, run.at)]])) : none(run.at)
}

export const importlib = library('importlib', {
  import_module: native('importlib.import_module', importModule),
  reload: native('importlib.reload', (run, args) => args.positional[0] ?? none(run.at)),
  invalidate_caches: native('importlib.invalidate_caches', (run) => none(run.at)),
  util: (run) => run.importModule('importlib.util'),
})

export const importlibUtil = library('importlib.util', {
  find_spec: native('importlib.util.find_spec', findSpec),
})
