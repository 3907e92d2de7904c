import type { EvaluatedPath, Evaluation, Event } from '../../evaluate/python/evaluation.ts'
import { plain } from '../../evaluate/python/value.ts'
import type { Step } from '../../evaluate/shell/model.ts'
import { readText } from '../../files/tree.ts'
import type { Module, Statement } from '../../syntax/python/ast.ts'
import { parseFile } from '../../syntax/python/file.ts'
import type { App } from '../app.ts'
import type { DynoEnvironment } from '../environment/model.ts'
import { argvOf } from '../processes/command-line.ts'
import type { Server } from '../processes/model.ts'
import { workingFolder } from '../processes/servers/invocation.ts'
import type { TaskCommand } from '../processes/task-target.ts'
import type { ManageFile, ResolvedModule, SettingsDefault } from '../project/model.ts'
import { eachNode } from '../project/nodes.ts'
import type { ChosenBy, SettingsChoice } from './model.ts'
import { mayAddFolders } from './search-path.ts'

const VARIABLE = 'DJANGO_SETTINGS_MODULE'

/** What the choice needs of the app, and a way to run the module the server loads. */
export interface ChoiceContext extends Pick<App, 'tree' | 'project' | 'processes' | 'environment'> {
  run(module: string, searchPath: readonly string[], environment: DynoEnvironment): Evaluation | undefined
}

/** The choice, with what evaluating the settings needs. */
export interface Chosen {
  readonly choice: SettingsChoice
  readonly searchPath: readonly string[]
  readonly environment: DynoEnvironment
}

type Named = Pick<SettingsChoice, 'module' | 'by' | 'at' | 'overridable'>

/**
 * The settings module of a process that serves, the web process when none is named: config var > its command > what runs
 * before Django is set up > manage.py.
 */
export function chooseSettings(context: ChoiceContext, web = context.processes.web): Chosen | undefined {
  const server = web?.server ?? web?.servers[0]
  const step = server?.step ?? web?.steps.at(-1)
  const folder = server === undefined ? step?.cwd : workingFolder(server)
  const environment =
    step === undefined
      ? context.environment
      : context.environment.forProcess(step.changes, { folder, argv: argvOf(step) })
  const searchPath = searchPathOf(context, server, step)
  const named = fromEnvironment(environment, step) ?? fromTarget(context, server, searchPath, environment)
  const found = named ?? fromDefaults(context, searchPath, environment, entryKinds(server))
  if (found === undefined) return undefined
  const reached = reachable(context, found, searchPath)
  const beyond =
    reached.length > searchPath.length && isClosed(context, server, environment) ? reached.at(-1) : undefined
  const assumed = named === undefined && namesNothing(context, server, searchPath, environment)
  const choice = { ...found, ...stateOf(context, found.module, reached), beyond, assumed }
  return { choice, searchPath: reached, environment }
}

/** The settings module of a program that runs tasks: config var > its command > what the module it loads says. */
export function chooseTaskSettings(
  context: ChoiceContext,
  { step, target }: Pick<TaskCommand, 'step' | 'target'>,
  { module, found }: { readonly module: string; readonly found: Pick<ResolvedModule, 'file'> },
): Chosen | undefined {
  const environment = context.environment.forProcess(step.changes, { argv: argvOf(step) })
  const searchPath = target?.folders ?? []
  const named = fromEnvironment(environment, step) ?? fromModule(context, module, found.file, searchPath, environment)
  if (named === undefined) return undefined
  return { choice: { ...named, ...stateOf(context, named.module, searchPath) }, searchPath, environment }
}

/** Nothing adds folders to what the server searches: no PYTHONPATH of the project's, and no line of a module that it loads. */
export function isClosed(
  context: Pick<ChoiceContext, 'tree' | 'project'>,
  server: Server | undefined,
  environment: DynoEnvironment,
): boolean {
  const { target } = server ?? {}
  if (target?.file === undefined || target.resolution !== 'found') return false
  const path = environment.get('PYTHONPATH')
  // The buildpack sets it to the app's own folder.
  const isOwn = path.state === 'known' && path.parts.every((part) => part === '/app' || part === '/app/')
  if (path.state === 'set' || (path.state === 'known' && !isOwn) || server?.open === true) return false
  if (mayAddFolders(context)) return false
  const packages = target.file.split('/').map((_, index, parts) => [...parts.slice(0, index), '__init__.py'].join('/'))
  return [target.file, ...packages].every((file) => readText(context.tree, file)?.text.includes('sys.path') !== true)
}

/** What manage.py names as the settings, itself or through a project module that it imports. */
export function manageDefault(
  { tree, project }: Pick<App, 'tree' | 'project'>,
  manage: ManageFile | undefined,
): SettingsDefault | undefined {
  if (manage === undefined) return undefined
  const own = project.defaults.find(({ file }) => file === manage.path)
  if (own !== undefined) return own
  const imported = new Set<string>()
  eachNode(parseFile(tree, manage.path)?.module.body, (node) => {
    const names =
      node.kind === 'Import'
        ? node.names.map(({ name }) => name)
        : node.kind === 'ImportFrom' && node.level === 0 && node.module !== undefined
          ? [node.module, ...node.names.map(({ name }) => `${node.module}.${name}`)]
          : []
    for (const name of names) {
      const found = project.resolve(name, [manage.folder])
      if (found !== undefined && found.kind !== 'namespace') imported.add(found.file)
    }
    return true
  })
  const [only, another] = project.defaults.filter(({ file }) => imported.has(file))
  return another === undefined ? only : undefined
}

/**
 * The search path, with the one folder more from which the module resolves when it does from no other: asgi.py or manage.py
 * put it on sys.path, or the working directory is not what the command says.
 */
function reachable(context: ChoiceContext, { module, at }: Named, searchPath: readonly string[]): readonly string[] {
  const resolves = (path: readonly string[]) =>
    (context.project.resolve(module, path)?.kind ?? 'namespace') !== 'namespace'
  if (context.project.resolve(module, searchPath) !== undefined) return searchPath
  const beside = at?.file.includes('/') ? at.file.slice(0, at.file.lastIndexOf('/')) : ''
  if (resolves([beside])) return [...searchPath, beside]
  const path = module.replaceAll('.', '/')
  const roots = context.project.python.flatMap((file) => {
    const tail = [`${path}.py`, `${path}/__init__.py`].find((one) => file.endsWith(`/${one}`))
    return tail === undefined ? [] : [file.slice(0, -tail.length - 1)]
  })
  const [only, another] = roots.filter((root) => resolves([root]))
  return only === undefined || another !== undefined ? searchPath : [...searchPath, only]
}

/** The server's folders, then those that hold manage.py: what the buildpack and a release phase would import from. */
function searchPathOf(context: ChoiceContext, server: Server | undefined, step: Step | undefined): string[] {
  const own = server?.target?.path ?? (step?.cwd === undefined ? [] : [step.cwd])
  const path = [...own, '']
  const reachable = path.some((root) => context.tree.kind(root === '' ? 'manage.py' : `${root}/manage.py`) === 'file')
  const served = server?.target?.resolution === 'found'
  if (!reachable && !served) path.push(...context.project.manage.map(({ folder }) => folder))
  return [...new Set(path)]
}

function fromEnvironment(environment: DynoEnvironment, step: Step | undefined): Named | undefined {
  const variable = environment.get(VARIABLE)
  if (variable.state !== 'known') return undefined
  const [only] = variable.parts
  if (variable.parts.length !== 1 || typeof only !== 'string') return undefined
  const change = step?.changes.findLast(({ name }) => name === VARIABLE)
  return { module: only, by: change ? 'process' : 'config-var', at: change?.at, overridable: false }
}

/** Runs the module that the server loads: package `__init__`s first, as Python does. */
function fromTarget(
  context: ChoiceContext,
  server: Server | undefined,
  searchPath: readonly string[],
  environment: DynoEnvironment,
): Named | undefined {
  const target = server?.target
  if (target?.file === undefined || target.module === '') return undefined
  return fromModule(context, target.module, target.file, searchPath, environment)
}

function fromModule(
  context: ChoiceContext,
  target: string,
  file: string,
  searchPath: readonly string[],
  environment: DynoEnvironment,
): Named | undefined {
  const evaluation = context.run(target, searchPath, environment)
  for (const path of evaluation?.paths ?? []) {
    const event = settingOf(path)
    if (event === undefined) continue
    const module = plain(event.value)
    if (module === undefined) continue
    return {
      module,
      by: chosenBy(event, file),
      at: event.value.at,
      overridable: overridable(event, environment),
    }
  }
  return undefined
}

/** The module that the server loads never sets the variable before Django looks for it. */
function namesNothing(
  context: ChoiceContext,
  server: Server | undefined,
  searchPath: readonly string[],
  environment: DynoEnvironment,
): boolean {
  const target = server?.target
  const loads = target?.resolution === 'found' || target?.resolution === 'attribute-missing'
  if (target?.file === undefined || target.module === '' || !loads) return false
  const evaluation = context.run(target.module, searchPath, environment)
  if (evaluation === undefined || evaluation.bounded) return false
  return evaluation.paths.every(
    (path) => (path.crash === undefined || path.crash.variable === VARIABLE) && settingOf(path) === undefined,
  )
}

type EnvironEvent = Extract<Event, { type: 'environ' }>

/** The assignment of the variable that is in force when Django is set up. */
function settingOf(path: EvaluatedPath): EnvironEvent | undefined {
  let current: EnvironEvent | undefined
  for (const event of path.events) {
    if (event.type === 'environ' && event.name === VARIABLE && event.effective) current = event
    if (event.type === 'call' && /^django\.(setup|core\.(asgi|wsgi)\.get_(asgi|wsgi)_application)$/.test(event.path))
      break
  }
  return current?.how === 'delete' ? undefined : current
}

function chosenBy(event: EnvironEvent, target: string): ChosenBy {
  if (event.at.file !== target) return 'package'
  return /wsgi/.test(target) ? 'wsgi' : 'asgi'
}

function overridable(event: Pick<EnvironEvent, 'how'>, environment: DynoEnvironment): boolean {
  return event.how === 'setdefault' && environment.get(VARIABLE).state !== 'absent'
}

const BY: Readonly<Record<SettingsDefault['kind'], ChosenBy>> = {
  manage: 'manage',
  asgi: 'asgi',
  wsgi: 'wsgi',
  celery: 'package',
  other: 'package',
}

/** The entry points a server goes through, the likeliest first. */
function entryKinds(server: Server | undefined): readonly SettingsDefault['kind'][] {
  if (server?.name === 'runserver') return ['manage', 'asgi', 'wsgi']
  return server?.speaks.protocol === 'wsgi' ? ['wsgi', 'asgi', 'manage'] : ['asgi', 'wsgi', 'manage']
}

/** Without a module to run: what the entry points say, or the only settings module there is. */
function fromDefaults(
  context: ChoiceContext,
  searchPath: readonly string[],
  environment: DynoEnvironment,
  kinds: readonly SettingsDefault['kind'][],
): Named | undefined {
  const entries = kinds.flatMap((kind) => context.project.defaults.filter((entry) => entry.kind === kind))
  const resolving = entries.filter(({ module }) => context.project.resolve(module, searchPath) !== undefined)
  const entry = resolving[0] ?? entries[0]
  if (entry !== undefined) {
    return { module: entry.module, by: BY[entry.kind], at: entry.at, overridable: overridable(entry, environment) }
  }
  const [only, another] = context.project.settings
  if (only === undefined || another !== undefined) return undefined
  return { module: only.module, by: 'only-candidate', at: undefined, overridable: true }
}

/** Whether the module is there and binds anything. */
export function stateOf(
  context: Pick<App, 'tree' | 'project'>,
  module: string,
  searchPath: readonly string[],
): Pick<SettingsChoice, 'state' | 'file'> {
  const found = context.project.resolve(module, searchPath)
  if (found === undefined) {
    const [top] = module.split('.')
    const known = context.project.resolve(top ?? '', searchPath)
    return { state: known === undefined && searchPath.length === 0 ? 'undetermined' : 'missing', file: undefined }
  }
  if (found.kind === 'namespace') return { state: 'empty', file: found.file }
  const parsed = parseFile(context.tree, found.file)
  if (parsed === undefined) return { state: 'undetermined', file: found.file }
  return { state: bindsNothing(parsed.module) ? 'empty' : 'resolved', file: found.file }
}

/** Nothing but comments, docstrings and `pass`. */
function bindsNothing({ body }: Module): boolean {
  return body.every(({ kind }, index) => kind === 'Pass' || (kind === 'Expr' && isText(body[index])))
}

function isText(statement: Statement | undefined): boolean {
  return statement?.kind === 'Expr' && statement.value.kind === 'Constant'
}
