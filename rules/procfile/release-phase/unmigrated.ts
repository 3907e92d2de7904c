import type { App } from '../../../src/app/app.ts'
import { servedConsumers } from '../../../src/app/asgi/consumer-code.ts'
import { type Code, type CodeFile, codeOf, dottedOf, findClass, placeIn } from '../../../src/app/asgi/python-code.ts'
import { isDjangoModel, modelBehind } from '../../../src/app/asgi/query-sets.ts'
import { reachedMethods } from '../../../src/app/asgi/reached-methods.ts'
import { firstPage } from '../../../src/app/pages/first-page.ts'
import { mentions } from '../../../src/app/pages/mentions.ts'
import type { Process } from '../../../src/app/processes/model.ts'
import { type AnyNode, eachNode } from '../../../src/app/project/nodes.ts'
import { type DecisiveCommand, decisiveCommands, hasOption } from '../../../src/app/settings/decisive-commands.ts'
import { commandProvider, runsDjangos } from '../../../src/app/settings/management-commands.ts'
import { migrationNames, migrationsOf, type OwnApp, ownApps } from '../../../src/app/settings/own-apps.ts'
import { settingsOfCommand } from '../../../src/app/settings/worlds.ts'
import type { Place, Span } from '../../../src/contracts/place.ts'
import type { Step } from '../../../src/evaluate/shell/model.ts'
import { known } from '../../../src/evaluate/shell/word.ts'
import type { ClassDef, Expression } from '../../../src/syntax/python/ast.ts'

/** An app whose models get no table from the `migrate` of a deploy, with the code that asks for one. */
export interface UnmigratedApp extends DecisiveCommand {
  readonly kind: 'no-package' | 'no-migrations'
  readonly own: OwnApp
  readonly model: string
  /** Where a table is asked for: by the first page before any other, by a socket before the rest. */
  readonly asked: Place
  readonly by: 'first-page' | 'handshake' | 'message' | undefined
  /** The deploy runs makemigrations and rests on it, and no other program runs before: nobody makes the tables in another way. */
  readonly isMade: boolean
}

/** What makes tables in another way, or migrations for an app by its name. */
const otherWays = ['run_syncdb', '--run-syncdb', 'makemigrations', 'schema_editor', 'create_model']

/**
 * Apps of the project with models of which the push carries no migrations (MigrationLoader.load_disk of Django 3.2 to 6.0): without
 * a package of them `migrate` passes the app by, and so does a `makemigrations` that does not name it; with an empty one
 * `makemigrations` before `migrate` helps.
 */
export function unmigratedApps(app: App): UnmigratedApp[] {
  const { processes, settings } = app
  const one = decisiveCommands(app).find(({ command }) => command.name === 'migrate')
  const all = [...processes.hooks, ...processes.scripts, ...processes.all]
  if (one === undefined || !migratesAll(one) || all.some(isUnread) || mentions(app, otherWays)) return []
  if (settings.get('MIGRATION_MODULES') !== undefined || settings.get('DATABASE_ROUTERS') !== undefined) return []
  const used = settingsOfCommand(app, one.command)
  if (used === undefined || commandProvider(app, used, 'migrate') !== 'django.core') return []
  const makes = all.flatMap(({ django }) => django.filter(({ name }) => name === 'makemigrations'))
  // A word may be the label of an app.
  if (makes.some(({ args }) => args.some(({ parts }) => known(parts)?.startsWith('-') !== true))) return []
  // No command of Django's makes a table by itself.
  const isMade = makes.length > 0 && programsBefore(app, one).every((step) => runsDjangos(app, step))
  return (ownApps(app, used) ?? []).flatMap((own): UnmigratedApp[] => {
    const migrations = migrationsOf(app, used, own)
    if (migrations !== undefined && (makes.length > 0 || migrationNames(app, migrations).length > 0)) return []
    const asking = askingFor(app, modelsOf(app, own))
    const kind = migrations === undefined ? 'no-package' : 'no-migrations'
    return asking === undefined ? [] : [{ ...one, kind, own, ...asking, isMade }]
  })
}

/** Without the name of an app, and nothing but that. */
function migratesAll(one: DecisiveCommand): boolean {
  const options = ['-h', '--help', '--version', '--run-syncdb', '--plan', '--check', '--fake', '--database']
  return hasOption(one, options) === false && one.words.every((word) => word?.startsWith('-') === true)
}

const isUnread = ({ runs, django }: Process): boolean =>
  runs.some(({ unknowns }) => unknowns.length > 0) ||
  django.some(({ name, args }) => name === 'syncdb' || args.some(({ parts }) => known(parts) === '--run-syncdb'))

/** What a deploy runs before this command: the build's hooks, the release, and what stands before it in its process. */
function programsBefore(app: App, { process, command }: DecisiveCommand): readonly Step[] {
  const { hooks, release } = app.processes
  const before = process.steps.findIndex(({ at }) => at === command.step.at)
  const others = process === release || release === undefined ? hooks : [...hooks, release]
  return [...others.flatMap(({ steps }) => steps), ...process.steps.slice(0, before)]
}

/** Models of an app that Django keeps in tables of their own. */
function modelsOf(app: App, own: OwnApp): ReadonlySet<ClassDef> {
  const code = codeOf(app)
  const isModels = (path: string) => path === `${own.folder}/models.py` || path.startsWith(`${own.folder}/models/`)
  const files = code.files.filter(isModels).flatMap((path) => code.file(path) ?? [])
  return new Set(
    files.flatMap((file) =>
      [...file.classes.values()].filter((one) => {
        const isModel = one.bases.some((base) => isDjangoModel(code, base, file))
        return isModel && hasTable(code, one, file)
      }),
    ),
  )
}

/** Neither its `Meta` nor the one that it inherits says `managed` or the like, or takes over what another one says. */
function hasTable(code: Code, { body, bases }: ClassDef, file: CodeFile, depth = 0): boolean {
  const isMeta = (one: Expression) => one.kind === 'Name' && one.id === 'Meta'
  if (body.some((one) => one.kind === 'Assign' && one.targets.some(isMeta))) return false
  const meta = body.find((one) => one.kind === 'ClassDef' && one.name === 'Meta')
  // Being abstract is not handed down.
  const said = ['managed', 'proxy', 'app_label', ...(depth === 0 ? ['abstract'] : [])]
  if (meta?.kind === 'ClassDef') {
    let isSaid = meta.bases.length > 0
    eachNode(meta.body, (node) => {
      isSaid ||= node.kind === 'Name' && said.includes(node.id)
      return true
    })
    return !isSaid
  }
  return bases.every((base) => {
    const dotted = dottedOf(base, file)
    const found = dotted === undefined || depth > 6 ? undefined : findClass(code, dotted)
    return found === undefined || hasTable(code, found.node, found.file, depth + 1)
  })
}

type Asking = Pick<UnmigratedApp, 'model' | 'asked' | 'by'>

/** The code that asks for one of these models: that of the first page before any other, and what a socket comes to before the rest. */
function askingFor(app: App, models: ReadonlySet<ClassDef>): Asking | undefined {
  if (models.size === 0) return undefined
  const code = codeOf(app)
  const views = firstPage(app)?.paths.flatMap(({ rendered }) => rendered.map(({ at }) => at)) ?? []
  const files = code.files.flatMap((path) => code.file(path) ?? [])
  const ofFirst = files.flatMap((file) => {
    const own = views.filter((at) => at.file === file.path)
    const isView = ({ start, end }: Span) => own.some(({ span }) => start <= span.start && span.end <= end)
    return own.length === 0 ? [] : askedIn(app, file, models, file.tree.body.filter(isView), isDeciding)
  })
  const [first] = ofFirst
  if (first !== undefined) return { ...first, by: 'first-page' }
  const ofSockets = askedBySockets(app, models)
  const socket = ofSockets.find(({ by }) => by === 'handshake') ?? ofSockets[0]
  if (socket !== undefined) return socket
  const [other] = files.flatMap((file) => askedIn(app, file, models, file.tree.body, () => false))
  return other && { ...other, by: undefined }
}

/** What the methods of served consumers ask for whenever a socket connects or says something. */
function askedBySockets(app: App, models: ReadonlySet<ClassDef>): Asking[] {
  return servedConsumers(app).flatMap((consumer) =>
    reachedMethods(app, consumer).flatMap(({ node, file, moment }) => {
      if (moment === 'leave') return []
      const by = moment === 'connect' ? ('handshake' as const) : ('message' as const)
      return askedIn(app, file, models, node.body, isDeciding).map((one) => ({ ...one, by }))
    }),
  )
}

/** Whether what stands in a node need not happen when its function runs. */
const isDeciding = ({ kind }: AnyNode): boolean => ['If', 'IfExp', 'Try', 'BoolOp', 'Lambda', 'While'].includes(kind)

/** What of this code asks for one of the models; `leaves`: nodes that are passed by. */
function askedIn(
  app: App,
  file: CodeFile,
  models: ReadonlySet<ClassDef>,
  body: readonly AnyNode[],
  leaves: (node: AnyNode) => boolean,
): Omit<Asking, 'by'>[] {
  const found: Omit<Asking, 'by'>[] = []
  eachNode(body, (node) => {
    const asked = leaves(node) ? undefined : expressionAsked(file, node)
    const dotted = asked === undefined ? undefined : dottedOf(asked, file)
    const model = dotted === undefined ? undefined : findClass(codeOf(app), dotted)?.node
    if (model !== undefined && models.has(model)) found.push({ model: model.name, asked: placeIn(file, node) })
    return !leaves(node)
  })
  return found
}

const shortcuts = new Set(['django.shortcuts.get_object_or_404', 'django.shortcuts.get_list_or_404'])

/** The expression of the model that a node asks for: by its manager, a shortcut, or as the model of a generic view. */
function expressionAsked(file: CodeFile, node: AnyNode): Expression | undefined {
  if (node.kind === 'Attribute') return modelBehind(node)
  if (node.kind === 'Call') return shortcuts.has(dottedOf(node.func, file) ?? '') ? node.args[0] : undefined
  if (node.kind !== 'ClassDef') return undefined
  const isGeneric = node.bases.some((base) => dottedOf(base, file)?.startsWith('django.views.generic.') === true)
  return node.body.flatMap((one) =>
    isGeneric && one.kind === 'Assign' && one.targets.some((target) => target.kind === 'Name' && target.id === 'model')
      ? [one.value]
      : [],
  )[0]
}
