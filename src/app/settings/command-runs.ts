import { external } from '../../evaluate/python/constructors.ts'
import type { Crash, Evaluation } from '../../evaluate/python/evaluation.ts'
import type { Machine } from '../../evaluate/python/interpreter/machine.ts'
import { calleePath, itemsOf, type Value } from '../../evaluate/python/value.ts'
import { getOrInsert } from '../../get-or-insert.ts'
import type { App } from '../app.ts'
import { type DecisiveCommand, decisiveCommands } from './decisive-commands.ts'
import type { SettingsModel } from './model.ts'
import { migrationNames, migrationsOf, ownApps, runAs } from './own-apps.ts'
import { settingsOfCommand } from './worlds.ts'

/** Code of the project that a command runs and that opens a file that is not on the dyno, whatever happens before. */
export interface FileCrash extends DecisiveCommand {
  readonly kind: 'migration-file' | 'command-file'
  readonly crash: Crash
}

const nowhere = { file: '', span: { start: 0, end: 0 } }

const crashes = new WeakMap<App, readonly FileCrash[]>()

/** What data migrations and commands of the project open in vain; a file that the push leaves behind is noted by the run itself. */
export function fileCrashes(app: App): readonly FileCrash[] {
  return getOrInsert(crashes, app, () => readCrashes(app))
}

function readCrashes(app: App): FileCrash[] {
  return decisiveCommands(app).flatMap((one): FileCrash[] => {
    const settings = settingsOfCommand(app, one.command)
    if (settings === undefined) return []
    const found = one.command.name === 'migrate' ? inMigrations(app, settings, one) : inCommand(app, settings, one)
    return found.map((crash) => ({
      ...one,
      kind: one.command.name === 'migrate' ? 'migration-file' : 'command-file',
      crash,
    }))
  })
}

/** The functions of `RunPython`, each with an app registry and an editor that answer anything. */
function inMigrations(app: App, settings: SettingsModel, one: DecisiveCommand): Crash[] {
  // `migrate chat 0003` applies some of them.
  if (one.words.some((word) => word === undefined || !word.startsWith('-'))) return []
  return (ownApps(app, settings) ?? []).flatMap((own) => {
    const migrations = migrationsOf(app, settings, own)
    return (migrations === undefined ? [] : migrationNames(app, migrations)).flatMap((name) => {
      const { certainCrash } = runMigration(app, settings, one, `${migrations?.module}.${name}`)
      return certainCrash?.exception === 'FileNotFoundError' ? [certainCrash] : []
    })
  })
}

/** A migration's module as `migrate` loads it, and what the functions of its `RunPython` then do, as far as they stand before `end`. */
export function runMigration(
  app: App,
  settings: SettingsModel,
  one: DecisiveCommand,
  module: string,
  end?: number,
): Evaluation {
  const key = end === undefined ? 'forwards' : `forwards to ${end}`
  return runAs(app, settings, one, module, { key, run: (m) => runForwards(m, module, end) })
}

function runForwards(m: Machine, name: string, end: number | undefined): void {
  const module = m.modules.get(name)
  const migration = module?.type === 'module' ? module.names.get('Migration')?.value : undefined
  const operations = migration?.type === 'class' ? migration.attributes.get('operations')?.value : undefined
  for (const operation of (itemsOf(operations) ?? []).slice(0, end)) {
    const code = codeOfRunPython(operation)
    if (code?.type === 'function')
      m.call(code, [
        external('django.db.migrations.state.StateApps', nowhere),
        external('django.db.backends.base.schema.BaseDatabaseSchemaEditor', nowhere),
      ])
  }
}

/** What a `RunPython` calls when it is applied. */
export function codeOfRunPython(operation: Value): Value | undefined {
  if (
    operation.type !== 'call' ||
    !/^django\.db\.migrations\.(?:\w+\.)*RunPython$/.test(calleePath(operation.callee) ?? '')
  )
    return undefined
  return operation.args.positional[0] ?? operation.args.keywords.get('code')
}

/** `handle()` of a command of the project that takes no arguments of its own and gets none. */
function inCommand(app: App, settings: SettingsModel, one: DecisiveCommand): Crash[] {
  const { command, words } = one
  if (words.length > 0) return []
  const own = (ownApps(app, settings) ?? []).filter(
    ({ module }) =>
      app.project.resolve(`${module}.management.commands.${command.name}`, settings.searchPath)?.kind === 'module',
  )
  // Of two apps with the command the first one's counts, which is not the matter here.
  const [only, ...others] = own
  if (only === undefined || others.length > 0) return []
  const module = `${only.module}.management.commands.${command.name}`
  const { certainCrash } = runAs(app, settings, one, module, { key: 'handle', run: (m) => runHandle(m, module) })
  return certainCrash?.exception === 'FileNotFoundError' ? [certainCrash] : []
}

function runHandle(m: Machine, name: string): void {
  const module = m.modules.get(name)
  const type = module?.type === 'module' ? module.names.get('Command')?.value : undefined
  if (type?.type !== 'class' || type.attributes.has('add_arguments') || type.attributes.has('__init__')) return
  if (type.attributes.get('handle')?.value.type !== 'function') return
  m.call(m.attribute(m.call(type, []), 'handle'), [])
}
