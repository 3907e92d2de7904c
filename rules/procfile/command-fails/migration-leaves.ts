import type { App } from '../../../src/app/app.ts'
import { type DecisiveCommand, decisiveCommands, hasOption } from '../../../src/app/settings/decisive-commands.ts'
import { commandProvider } from '../../../src/app/settings/management-commands.ts'
import { type MigrationPackage, migrationNames, migrationsOf, ownApps } from '../../../src/app/settings/own-apps.ts'
import { settingsOfCommand } from '../../../src/app/settings/worlds.ts'
import type { Place } from '../../../src/contracts/place.ts'
import { known } from '../../../src/evaluate/shell/word.ts'
import { readText } from '../../../src/files/tree.ts'
import { dependenciesIn } from './migration-dependencies.ts'

/** A `migrate` that refuses to choose between the last migrations of an app. */
export interface SeveralLeaves extends DecisiveCommand {
  /** Its label, as far as its package says it. */
  readonly app: string
  /** As Django lists them: `0002_dish_vegan, 0002_supper_address`. */
  readonly leaves: readonly [string, string, ...string[]]
  /** The last of them. */
  readonly at: Place
}

/** `migrate` of each process where an app has several migrations that no other one of it follows (`MigrationLoader.detect_conflicts`). */
export function conflictingMigrations(app: App): SeveralLeaves[] {
  return decisiveCommands(app).flatMap((one): SeveralLeaves[] => {
    const settings = one.command.name === 'migrate' ? settingsOfCommand(app, one.command) : undefined
    if (hasOption(one, ['-h', '--help', '--version']) !== false || isMerged(app, one)) return []
    if (settings === undefined || commandProvider(app, settings, 'migrate') !== 'django.core') return []
    return (ownApps(app, settings) ?? []).flatMap((own): SeveralLeaves[] => {
      const migrations = migrationsOf(app, settings, own)
      const { leaves, labels } = (migrations && leavesOf(app, migrations)) ?? { leaves: [], labels: new Set<string>() }
      const [first, second, ...others] = leaves
      if (migrations === undefined || first === undefined || second === undefined) return []
      // An AppConfig may give the app another label than its package has; its migrations name it.
      const [only = own.label, ...more] = labels
      const label = labels.has(own.label) || more.length > 0 ? own.label : only
      const file = `${migrations.folder}/${others.at(-1) ?? second}.py`
      const at = { file, span: { start: 0, end: 0 } }
      return [{ ...one, app: label, leaves: [first, second, ...others], at }]
    })
  })
}

/** `makemigrations --merge` writes the missing one before, as Django's own message says; other words may. */
function isMerged(app: App, { process }: DecisiveCommand): boolean {
  return [...app.processes.hooks, process].some(({ django }) =>
    django.some(({ name, args }) => {
      const words = args.map(({ parts }) => known(parts))
      return name === 'makemigrations' && words.some((word) => word === undefined || word.startsWith('--m'))
    }),
  )
}

/** Undefined: one of them replaces others, or does not say plainly which ones it follows. */
function leavesOf(
  app: App,
  migrations: MigrationPackage,
): { readonly leaves: readonly string[]; readonly labels: ReadonlySet<string> } | undefined {
  const names = migrationNames(app, migrations)
  const followed = new Set<string>()
  const labels = new Set<string>()
  for (const name of names) {
    const source = readText(app.tree, `${migrations.folder}/${name}.py`)
    const before = source === undefined ? undefined : dependenciesIn(source)
    if (before === undefined) return undefined
    // Whatever the label: it is not known for sure.
    for (const { app: label, name: other } of before) {
      followed.add(other)
      if (names.includes(other)) labels.add(label)
    }
  }
  return { leaves: names.filter((name) => !followed.has(name)), labels }
}
