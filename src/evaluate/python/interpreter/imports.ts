import type { Span } from '../../../contracts/place.ts'
import type { Import, ImportFrom } from '../../../syntax/python/ast.ts'
import { external, list, none, text } from '../constructors.ts'
import { nowhere } from '../library.ts'
import { starImport, tooDeep } from '../reasons.ts'
import { isStandard } from '../stdlib.ts'
import { type Binding, type ModuleValue, plain, type Value } from '../value.ts'
import { decide, makeUnknown } from './decisions.ts'
import { catchesImports } from './failures.ts'
import { iterate } from './iteration.ts'
import { addTaint, type Bound, here, type Machine, standAt } from './machine.ts'
import { findAttributeOfModule } from './module-attributes.ts'
import { isPartial, runModule } from './modules.ts'
import { openModule, storeName } from './names.ts'
import { raise } from './raising.ts'
import { foldersOf, locate, presence } from './resolution.ts'

/** `import a.b, c as d`. */
export function importModules(m: Machine, s: Import): void {
  for (const alias of s.names) {
    standAt(m, alias)
    const leaf = importModule(m, alias.name, true)
    const [top = alias.name] = alias.name.split('.')
    const value = alias.asname === undefined ? (m.modules.get(top) ?? leaf) : leaf
    storeName(m, alias.asname ?? top, value, alias)
  }
}

/** `from a import b, c` and `from a import *`. */
export function importFrom(m: Machine, s: ImportFrom): void {
  standAt(m, s)
  const base = s.level === 0 ? (s.module ?? '') : relativeName(m, s.level, s.module)
  const source = importModule(m, base, s.level === 0)
  for (const alias of s.names) {
    standAt(m, alias)
    if (alias.name === '*') importStar(m, source, base, alias)
    else storeName(m, alias.asname ?? alias.name, importedName(m, source, base, alias.name), alias)
  }
}

function relativeName(m: Machine, level: number, module: string | undefined): string {
  const own = m.activation.frame.module
  const file = own.importsFrom ?? own.file
  const isPackage = file === undefined || file.endsWith('__init__.py')
  const parts = own.name.split('.')
  const keep = parts.length - level + (isPackage ? 1 : 0)
  if (keep <= 0 || own.name === '__main__') {
    return raise(m, 'ImportError', 'attempted relative import with no known parent package')
  }
  return [...parts.slice(0, keep), ...(module === undefined ? [] : [module])].join('.')
}

function importedName(m: Machine, source: Value, base: string, name: string): Value {
  askName(m, source, base, name)
  if (source.type === 'external')
    return libraryModule(m, `${base}.${name}`) ?? external(`${source.path}.${name}`, here(m))
  if (source.type !== 'module') return makeUnknown(m, starImport(base))
  const found = findAttributeOfModule(m, source, name)
  if (found !== undefined) return found
  const path = `${source.name}.${name}`
  if (m.modules.has(path)) return m.modules.get(path) as Value
  if (locate(m, path) !== undefined) return importModule(m, path)
  const reason = m.files.includes(source.file ?? '') ? ` (${source.file})` : ''
  const from = isPartial(m, source)
    ? `partially initialized module '${source.name}' (most likely due to a circular import)`
    : `'${source.name}'`
  return raise(m, 'ImportError', `cannot import name '${name}' from ${from}${reason}`)
}

function importStar(m: Machine, source: Value, base: string, node: Span): void {
  const { names } = m.activation.frame.module
  if (source.type !== 'module') {
    openModule(m, names, makeUnknown(m, starImport(base)))
    return
  }
  const open = m.openModules.get(source)
  if (open !== undefined) openModule(m, names, open)
  const all = source.names.get('__all__')?.value
  if (all === undefined) {
    for (const [name, bound] of source.names) if (!name.startsWith('_')) bindImported(m, name, bound, node)
  } else {
    const { items, rest } = iterate(m, all, node)
    if (rest !== undefined) openModule(m, names, rest)
    for (const item of items) {
      const name = plain(item)
      if (name !== undefined) storeName(m, name, importedName(m, source, base, name), node)
    }
  }
  // What a model leaves out is not known to be missing.
  if (m.session.libraries.has(base) && source.file === undefined) openModule(m, names, makeUnknown(m, starImport(base)))
}

function bindImported(m: Machine, name: string, bound: Bound, node: Span): void {
  const { taint } = m
  addTaint(m, bound.taint ?? 0)
  storeName(m, name, bound.value, node)
  m.taint = taint
}

/**
 * Imports by dotted name, running packages on the way; what `importlib.import_module` returns. `written`: an import
 * statement names it, so that a package that is missing is one to install.
 */
export function importModule(m: Machine, name: string, written = false): Value {
  const known = m.modules.get(name)
  if (known !== undefined) {
    recordImport(m, name, known)
    return known
  }
  const parts = name.split('.')
  let parent: Value | undefined
  for (let i = 1; i <= parts.length; i++) {
    const path = parts.slice(0, i).join('.')
    const loaded = m.modules.get(path)
    const value: Value = loaded ?? load(m, path, parent, { asked: i === parts.length, written })
    if (loaded === undefined) {
      m.modules.set(path, value)
      bindInParent(m, parent, parts[i - 1] as string, value)
    }
    parent = value
  }
  return parent as Value
}

function recordImport(m: Machine, module: string, value: Value): void {
  const from = value.type === 'module' && value.at.file !== '' ? 'project' : 'external'
  m.event({ type: 'import', module, from })
}

function bindInParent(m: Machine, parent: Value | undefined, name: string, value: Value): void {
  if (parent?.type !== 'module' || parent.at.file === '') return
  parent.names.set(name, { value, at: here(m) })
}

/** Loads a module that is not loaded yet. `asked`: it is the one an import names, which is recorded before it runs. */
function load(
  m: Machine,
  path: string,
  parent: Value | undefined,
  { asked, written }: { readonly asked: boolean; readonly written: boolean },
): Value {
  if (path === '' || m.activation.chain.length > 120) return makeUnknown(m, tooDeep)
  const isTop = parent === undefined
  if (isTop || (parent.type === 'module' && parent.at.file !== '')) {
    const found = locate(m, path)
    const isHidden = isTop && found?.kind === 'namespace' && presence(m, path) === 'installed'
    if (found !== undefined && !isHidden) {
      if (asked) m.event({ type: 'import', module: path, from: 'project' })
      return found.kind === 'namespace' ? namespace(m, path, found.folders) : runModule(m, path, found)
    }
    if (!isTop) return missing(m, path)
    const installed = loadInstalled(m, path, written)
    if (asked) m.event({ type: 'import', module: path, from: 'external', ...(isCaught(m) ? { guarded: true } : {}) })
    return installed
  }
  if (asked) m.event({ type: 'import', module: path, from: 'external' })
  if (m.session.lacks(path, '*')) lost(m, path, undefined)
  return libraryModule(m, path) ?? external(path, nowhere)
}

function loadInstalled(m: Machine, name: string, written: boolean): Value {
  const state = presence(m, name)
  if (state === 'absent') return written && goesOn(m, name) ? lacking(m, name) : missing(m, name)
  if (state === 'unknown' && m.activation.importGuards > 0 && !askInstalled(m, name)) return missing(m, name)
  return libraryModule(m, name) ?? external(name, nowhere)
}

/**
 * Whether the run goes on behind an import that ends it on the dyno. A package that is not installed will be, once that is
 * told: what stands below is as good as known. Where something catches the exception, it is for the code to say what comes.
 */
function goesOn(m: Machine, name: string): boolean {
  return !isCaught(m) && m.activation.uncertain === undefined && !isStandard(name) && !m.session.ownModule(name)
}

/** Whether something around the present code catches an import that fails. */
function isCaught({ activation }: Machine): boolean {
  return activation.suppressing > 0 || activation.guards.some((handlers) => handlers.some(catchesImports))
}

/** The package as if it were installed; that it is not is told. */
function lacking(m: Machine, name: string): Value {
  // Whether the run gets here must be explored like a value.
  m.wide = m.session.taints.union(m.wide, m.session.taints.union(m.activation.control, m.taint))
  m.event({ type: 'import', module: name, from: 'missing', fatal: true })
  return libraryModule(m, name) ?? external(name, nowhere)
}

/** Tells of a name that the installed version of a package does not have. */
export function askName(m: Machine, source: Value, module: string, name: string): void {
  const isInstalled = source.type === 'external' || (source.type === 'module' && source.at.file === '')
  if (isInstalled && !m.patched.has(`${module}.${name}`) && m.session.lacks(module, name)) lost(m, module, name)
}

/** The installed version has no such name, or (`undefined`) no such module: it is told, and the run goes on as if it had. */
function lost(m: Machine, module: string, name: string | undefined): void {
  if (!goesOn(m, module)) {
    if (name === undefined) missing(m, module)
    raise(m, 'ImportError', `cannot import name '${name}' from '${module}'`)
  }
  m.wide = m.session.taints.union(m.wide, m.session.taints.union(m.activation.control, m.taint))
  m.event({ type: 'lost', module, name })
}

/** Whether a package of unknown presence is there; both answers are explored. */
export function askInstalled(m: Machine, name: string): boolean {
  return decide(m, {
    id: `package:${name}`,
    variable: undefined,
    opaque: true,
    yes: { en: `${name} can be imported`, fr: `${name} peut être importé` },
    no: { en: `${name} cannot be imported`, fr: `${name} ne peut pas être importé` },
    first: true,
  })
}

function missing(m: Machine, path: string): never {
  m.event({ type: 'import', module: path, from: 'missing' })
  return raise(m, 'ModuleNotFoundError', `No module named '${path}'`)
}

function namespace(m: Machine, name: string, folders: readonly string[]): ModuleValue {
  // The first module of a run is imported by no file, and a module without a place counts as a library's.
  const at = m.activation.file === '' ? { file: folders[0] ?? '', span: { start: 0, end: 0 } } : here(m)
  const paths = folders.map((folder) => text(absolute(m, folder), at))
  const names = new Map<string, Binding>([
    ['__name__', { value: text(name, at), at }],
    ['__path__', { value: list(paths, at), at }],
    ['__file__', { value: none(at), at }],
  ])
  return { type: 'module', name, file: undefined, names, at }
}

/** The path a file has on the dyno. */
export function absolute(m: Machine, path: string): string {
  return path === '' ? m.session.home : `${m.session.home}/${path}`
}

/** The module a model describes, made once per run. */
export function libraryModule(m: Machine, path: string): ModuleValue | undefined {
  const model = m.session.libraries.get(path)
  if (model === undefined) return undefined
  const known = m.modules.get(path)
  if (known?.type === 'module') return known
  const names = new Map<string, Binding>()
  const made: ModuleValue = { type: 'module', name: path, file: undefined, names, at: nowhere }
  m.modules.set(path, made)
  const { length } = m.events
  for (const [name, member] of Object.entries(model.names)) {
    const value = typeof member === 'function' ? member(m) : member
    names.set(name, { value, at: nowhere })
  }
  // What a model imports to make its names is nothing the project did.
  m.events.length = length
  return made
}

/** What `import name` would find, without running it. */
export function findModule(m: Machine, name: string): 'project' | 'external' | 'missing' | 'unknown' {
  const known = m.modules.get(name)
  if (known !== undefined) return known.type === 'module' && known.at.file !== '' ? 'project' : 'external'
  if (foldersOf(m, name) !== undefined && locate(m, name) !== undefined) return 'project'
  const [top = name] = name.split('.')
  if (top !== name && findModule(m, top) === 'project') return 'missing'
  const state = presence(m, top)
  return state === 'absent' ? 'missing' : state === 'unknown' ? 'unknown' : 'external'
}
