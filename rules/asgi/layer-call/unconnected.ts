import type { App } from '../../../src/app/app.ts'
import { withCalled } from '../../../src/app/asgi/called-function.ts'
import type { ProjectFunction } from '../../../src/app/asgi/project-functions.ts'
import {
  type Code,
  type CodeFile,
  codeOf,
  dottedOf,
  findClass,
  importedModule,
  placeIn,
} from '../../../src/app/asgi/python-code.ts'
import { ownApps } from '../../../src/app/settings/own-apps.ts'
import { startsOf } from '../../../src/app/settings/start.ts'
import { worldsOf } from '../../../src/app/settings/worlds.ts'
import type { Place } from '../../../src/contracts/place.ts'
import type { ClassDef, FunctionDef } from '../../../src/syntax/python/ast.ts'
import { children, isFunction, type PythonNode } from '../../../src/syntax/python/walk.ts'

/** A receiver that sends through the layer, in a module that no process ever imports. */
export interface Unconnected {
  readonly name: string
  readonly at: Place
  readonly file: string
  /** The import in a configuration that Django does not use; undefined: there is none at all. */
  readonly importedAt: Place | undefined
  /** Nothing else in the project sends anything. */
  readonly alone: boolean
}

/** Modules that are there for their receivers alone: whoever wants them has to import them. */
const ofReceivers = /(?:^|\/)(?:signals|receivers|handlers)(?:\.py$|\/)/

/**
 * `@receiver` functions of which the signal never hears: their module is loaded neither while Django starts (`ready()` of the
 * configurations that it uses, models, URLs) nor by the served module, and nothing else in the project imports it.
 */
export function unconnected(app: App): Unconnected[] {
  const code = codeOf(app)
  const sends = app.asgi.usesLayer.filter(({ kind }) => kind === 'group_send' || kind === 'send')
  if (sends.length === 0) return []
  const candidates = code.files.filter(
    (path) => ofReceivers.test(path) && /\breceiver\b/.test(code.source(path)?.text ?? ''),
  )
  if (candidates.length === 0 || importsByName(code)) return []
  const loads = loadedFiles(app)
  if (loads === undefined) return []
  const found = candidates.flatMap((path) => {
    const file = loads.has(path) ? undefined : code.file(path)
    const imports = file && importsOf(code, file)
    // Any other import may run while something is asked for.
    if (file === undefined || imports === undefined || imports.some(({ isOfConfig }) => !isOfConfig)) return []
    return receiversIn(file).flatMap((node) => {
      const functions: ProjectFunction[] = [{ node, file, owner: undefined }]
      const told = sends.filter(({ at }) =>
        withCalled(code, functions, 2).some((one) => one.file.path === at.file && isIn(one.node, at)),
      )
      return told.length === 0 ? [] : [{ node, file, told, importedAt: imports[0]?.at }]
    })
  })
  const own = (use: (typeof sends)[number]) =>
    found.some(({ node, file }) => file.path === use.at.file && isIn(node, use.at))
  const alone = sends.every(own)
  return found.map(({ node, file, importedAt }) => ({
    name: node.name,
    at: placeIn(file, node.nameSpan),
    file: file.path,
    importedAt,
    alone,
  }))
}

const isIn = ({ start, end }: FunctionDef, { span }: Place): boolean => start <= span.start && span.end <= end

/** Every file that a process of the project imports while it starts; undefined: that cannot be told. */
function loadedFiles(app: App): ReadonlySet<string> | undefined {
  const starts = startsOf(app)
  const { evaluation, served } = app.asgi
  const worlds = worldsOf(app)
  if (evaluation === undefined || served?.from !== 'web' || worlds.length === 0) return undefined
  if (worlds.some(({ settings }) => ownApps(app, settings) === undefined)) return undefined
  if (worlds.some((world) => !starts.some((start) => start.world === world))) return undefined
  const all = [evaluation, ...starts.map((start) => start.evaluation)]
  if (all.some(({ bounded }) => bounded)) return undefined
  return new Set(
    all.flatMap(({ paths }) =>
      paths.flatMap(({ events }) => events.flatMap((event) => (event.type === 'load' ? [event.file] : []))),
    ),
  )
}

/** Code that imports modules by a text may mean any of them. */
function importsByName(code: Code): boolean {
  return code.files.some((path) =>
    /\b(?:import_module|__import__|autodiscover_modules|import_string|load_module|exec)\s*\(/.test(
      code.source(path)?.text ?? '',
    ),
  )
}

const receiversIn = (file: CodeFile): FunctionDef[] =>
  file.tree.body.filter(
    (node): node is FunctionDef =>
      isFunction(node) &&
      node.decorators.some(
        (one) =>
          one.kind === 'Call' && /^django\.dispatch\.(?:dispatcher\.)?receiver$/.test(dottedOf(one.func, file) ?? ''),
      ),
  )

interface Import {
  readonly at: Place
  /** It stands in a class that configures an app. */
  readonly isOfConfig: boolean
}

/** Every import of a module, by any file of the project. */
function importsOf(code: Code, wanted: CodeFile): Import[] {
  const name = wanted.module.slice(wanted.module.lastIndexOf('.') + 1)
  return code.files.flatMap((path) => {
    const file = path !== wanted.path && code.source(path)?.text.includes(name) === true ? code.file(path) : undefined
    const found: Import[] = []
    const enter = (node: PythonNode, within: ClassDef | undefined): void => {
      if (file !== undefined && means(node, file, wanted))
        found.push({ at: placeIn(file, node), isOfConfig: within !== undefined && configures(code, within, file) })
      for (const child of children(node)) enter(child, node.kind === 'ClassDef' ? node : within)
    }
    if (file !== undefined) enter(file.tree, undefined)
    return found
  })
}

/** Whether an import brings a module, something of it, or something below it. */
function means(node: PythonNode, file: CodeFile, { module }: CodeFile): boolean {
  const isMeant = (dotted: string) =>
    dotted === module || dotted.startsWith(`${module}.`) || module.endsWith(`.${dotted}`)
  if (node.kind === 'Import') return node.names.some(({ name }) => isMeant(name))
  if (node.kind !== 'ImportFrom') return false
  const from = importedModule(node, file.module, file.path.endsWith('__init__.py')) ?? ''
  return isMeant(from) || node.names.some(({ name }) => isMeant(`${from}.${name}`))
}

function configures(code: Code, { bases }: ClassDef, file: CodeFile, depth = 0): boolean {
  return bases.some((base) => {
    const dotted = dottedOf(base, file) ?? ''
    if (/^django\.apps\.(?:config\.)?AppConfig$/.test(dotted)) return true
    const found = depth > 4 ? undefined : findClass(code, dotted.includes('.') ? dotted : `${file.module}.${dotted}`)
    return found !== undefined && configures(code, found.node, found.file, depth + 1)
  })
}
