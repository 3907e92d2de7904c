import type { Place } from '../../../contracts/place.ts'
import type { Word } from '../../../evaluate/shell/model.ts'
import { mark, marked, originOf, sub } from '../../../evaluate/shell/word.ts'
import { readText } from '../../../files/tree.ts'
import { parsePython } from '../../../syntax/python/parse.ts'
import type { ResolvedModule } from '../../project/model.ts'
import type { ServerInputs } from '../inputs.ts'
import type { ServerTarget } from '../model.ts'
import { topLevelNames } from './module-names.ts'

/** How a server reads its target. */
export interface TargetForm {
  /** The attribute when none is written; undefined: a colon is required. */
  readonly attribute: string | undefined
  /** `path/to/module` is read as a file's path. */
  readonly paths: boolean
  /** `name()` calls a factory. */
  readonly calls: boolean
  readonly factory: boolean
}

export interface SearchPath {
  /** Folders of the tree, first wins. */
  readonly folders: readonly string[]
  /** A folder on it is not known, or lies outside the app. */
  readonly open: boolean
}

/** Splits a target word and looks for its module and attribute as Python would. */
export function readTarget(
  app: ServerInputs,
  word: Word,
  form: TargetForm,
  path: SearchPath,
): ServerTarget | undefined {
  const text = marked(word)
  if (word.splits || text.includes(mark)) return undefined
  const colon = text.indexOf(':')
  const moduleText = colon === -1 ? text : text.slice(0, colon)
  const written = colon === -1 ? undefined : text.slice(colon + 1)
  const called = form.calls && written !== undefined ? /^([A-Za-z_]\w*)\(.*\)$/s.exec(written) : null
  const attribute =
    called?.[1] ?? (written === '' && form.attribute === undefined ? undefined : written) ?? form.attribute
  const base: Omit<ServerTarget, 'resolution' | 'file' | 'definedAt' | 'candidates' | 'fault'> = {
    text,
    at: originOf(word),
    module: moduleText,
    moduleAt: sub(word, 0, moduleText.length).at,
    attribute: written === '' ? undefined : attribute,
    attributeAt: written === undefined ? undefined : sub(word, colon + 1).at,
    factory: form.factory || called !== null,
    path: path.folders,
  }
  const module = form.paths ? modulePath(moduleText) : { name: moduleText, folder: undefined }
  const folders =
    module.folder === undefined
      ? path.folders
      : path.folders.map((folder) => joinFolder(folder, module.folder as string))
  const found = app.project.resolve(module.name, folders)
  const fault = faultOf(app, text, base.attribute, found, form, folders)
  const resolved = resolve(app, module.name, base.attribute, found, { folders, open: path.open })
  const candidates = resolved.resolution === 'found' && fault === undefined ? [] : candidatesOf(app, text, path.folders)
  return { ...base, fault, ...resolved, candidates }
}

function joinFolder(folder: string, below: string): string {
  return [folder, below].filter((part) => part !== '').join('/')
}

function modulePath(text: string): { name: string; folder: string | undefined } {
  const slash = text.lastIndexOf('/')
  if (slash === -1) return { name: text.replace(/\.py$/, ''), folder: undefined }
  return { name: text.slice(slash + 1).replace(/\.py$/, ''), folder: text.slice(0, slash).replace(/^\.\/?/, '') }
}

function faultOf(
  app: ServerInputs,
  text: string,
  attribute: string | undefined,
  found: ResolvedModule | undefined,
  form: TargetForm,
  folders: readonly string[],
): ServerTarget['fault'] {
  const [module = '', ...rest] = text.split(':')
  if (module === '') return 'empty-module'
  if (!form.paths && module.includes('/')) return 'slash'
  if (!form.paths && /\.py$/.test(module) && found === undefined) return 'py-suffix'
  if (rest.length > 0 && rest.join(':') === '') return 'empty-attribute'
  if (rest.length > 0) return undefined
  const dot = module.lastIndexOf('.')
  const parent = dot === -1 ? undefined : app.project.resolve(module.slice(0, dot), folders)
  if (found === undefined && parent !== undefined && parent.kind !== 'namespace') {
    const bound = lookIn(app, parent, module.slice(dot + 1), folders, 0)
    if (bound !== 'absent') return 'dot-for-colon'
  }
  return attribute === undefined ? 'no-attribute' : undefined
}

type Resolution = Pick<ServerTarget, 'resolution' | 'file' | 'definedAt'>

function resolve(
  app: ServerInputs,
  module: string,
  attribute: string | undefined,
  found: ResolvedModule | undefined,
  path: SearchPath,
): Resolution {
  if (found === undefined) {
    const missing = { file: undefined, definedAt: undefined }
    if (path.open) return { ...missing, resolution: 'undetermined' }
    const [top = ''] = module.split('.')
    const own = app.project.resolve(top, path.folders)
    if (own !== undefined && own.kind !== 'namespace') return { ...missing, resolution: 'module-missing' }
    return { ...missing, resolution: outsideState(app, top, own !== undefined, path.folders) }
  }
  const file = found.kind === 'namespace' ? undefined : found.file
  if (attribute === undefined) return { resolution: 'attribute-missing', file, definedAt: undefined }
  const [name = ''] = attribute.split('.')
  const bound = lookIn(app, found, name, path.folders, 0)
  if (bound === 'unknown') return { resolution: 'undetermined', file, definedAt: undefined }
  if (bound === 'absent') return { resolution: 'attribute-missing', file, definedAt: undefined }
  return { resolution: 'found', file, definedAt: bound }
}

/** A module that the repository does not hold: installed, surely missing, or nobody knows. */
function outsideState(
  app: ServerInputs,
  top: string,
  isNamespace: boolean,
  folders: readonly string[],
): ServerTarget['resolution'] {
  const state = app.dependencies.moduleState(top)
  if (state === 'installed') return 'installed'
  if (state === 'absent' || isNamespace || isProjectName(app, top)) return 'module-missing'
  const named = app.dependencies.requirements.some(({ name }) => name.replaceAll('-', '_') === top.toLowerCase())
  const hasOwn = app.project.python.some(
    (file) => /(?:^|\/)[aw]sgi\.py$/.test(file) && targetOf(app, file, folders) !== undefined,
  )
  return named || !hasOwn ? 'undetermined' : 'module-missing'
}

/** A folder or module of that name stands somewhere in the repository: it is the project's, not a package to install. */
function isProjectName(app: ServerInputs, name: string): boolean {
  return app.project.python.some((file) => file.split('/').some((part) => part === name || part === `${name}.py`))
}

function lookIn(
  app: ServerInputs,
  module: ResolvedModule,
  name: string,
  folders: readonly string[],
  depth: number,
): Place | 'absent' | 'unknown' {
  if (module.kind === 'namespace') return 'absent'
  const file = readText(app.tree, module.file)
  if (file === undefined || depth > 5) return 'unknown'
  const { names, stars, open } = topLevelNames(parsePython(file.text))
  const span = names.get(name)
  if (span !== undefined) return { file: module.file, span }
  let unknown = open
  for (const star of stars) {
    const source = starSource(app, module, star, folders)
    const inner = source === undefined ? 'unknown' : lookIn(app, source, name, folders, depth + 1)
    if (inner === 'unknown') unknown = true
    else if (inner !== 'absent') return inner
  }
  return unknown ? 'unknown' : 'absent'
}

function starSource(
  app: ServerInputs,
  module: ResolvedModule,
  star: { module: string; level: number },
  folders: readonly string[],
): ResolvedModule | undefined {
  if (star.level === 0) return app.project.resolve(star.module, folders)
  const parts = module.file.split('/')
  const keep = parts.length - star.level
  if (keep < 0 || star.module === '') return undefined
  return app.project.resolve(star.module, [parts.slice(0, keep).join('/')])
}

/** Targets that exist and resemble the one written: modules of the same last name, seen from the search path. */
function candidatesOf(app: ServerInputs, text: string, folders: readonly string[]): string[] {
  const words = text
    .replace(/\.py\b/, '')
    .split(/[:./]/)
    .filter((word) => word !== '')
  const wanted = words.find((word) => word === 'asgi' || word === 'wsgi' || word === 'routing') ?? 'asgi'
  return modulesCalled(app, wanted, words, folders)
}

/** ASGI applications of the project, as targets seen from the folders a server searches, the likeliest first. */
export function asgiTargets(app: ServerInputs, target: ServerTarget | undefined, cwd: string | undefined): string[] {
  const folders = target?.path ?? (cwd === undefined ? [] : [cwd])
  return modulesCalled(app, 'asgi', (target?.module ?? '').split('.'), folders)
}

function modulesCalled(
  app: ServerInputs,
  wanted: string,
  words: readonly string[],
  folders: readonly string[],
): string[] {
  const out: { target: string; score: number }[] = []
  for (const file of app.project.python) {
    if (!file.endsWith(`/${wanted}.py`) && file !== `${wanted}.py`) continue
    const target = targetOf(app, file, folders)
    if (target === undefined || !findsSettings(app, file, folders)) continue
    const parts = target.split(/[.:]/)
    const shared = parts.filter((part) => words.includes(part)).length
    out.push({ target, score: shared * 10 - parts.length })
  }
  return [...new Set(out.sort((a, b) => b.score - a.score).map(({ target }) => target))].slice(0, 3)
}

/** What the module names as the settings is seen from the same folders: it could not be served else. */
function findsSettings({ project }: ServerInputs, file: string, folders: readonly string[]): boolean {
  const named = project.defaults.filter((one) => one.file === file)
  const elsewhere = ({ module }: { module: string }) =>
    project.settings.some((one) => `.${one.module}`.endsWith(`.${module}`)) &&
    project.resolve(module, folders) === undefined
  return !named.some(elsewhere)
}

/** `package.module:application` for a file that binds `application`, as seen from the first folder that finds it. */
function targetOf(app: ServerInputs, file: string, folders: readonly string[]): string | undefined {
  for (const folder of folders) {
    const prefix = folder === '' ? '' : `${folder}/`
    if (!file.startsWith(prefix)) continue
    const module = file.slice(prefix.length, -3).replaceAll('/', '.')
    const found = app.project.resolve(module, folders)
    if (found?.file === file && lookIn(app, found, 'application', folders, 0) !== 'absent')
      return `${module}:application`
  }
  return undefined
}
