import type { App } from '../../../src/app/app.ts'
import { mentions } from '../../../src/app/pages/mentions.ts'
import type { DjangoCommand, Process } from '../../../src/app/processes/model.ts'
import { defaultDatabases } from '../../../src/app/settings/databases.ts'
import { providerOf } from '../../../src/app/settings/management-commands.ts'
import { verdict } from '../../../src/app/settings/verdict.ts'
import type { Place } from '../../../src/contracts/place.ts'
import type { Condition } from '../../../src/evaluate/condition.ts'
import { readText } from '../../../src/files/tree.ts'

const migration = /(?:^|\/)migrations\/\d{4}_\w+\.py$/

/** Folders and files of what may deploy: it may run migrate in a one-off dyno. */
const pipelines = ['.github/workflows', '.circleci', '.gitlab-ci.yml', 'bitbucket-pipelines.yml', '.travis.yml']

/**
 * The web process of an app whose database server gets its tables from nobody: no process, script or hook runs `migrate`. Undefined
 * where one does or may, where the push carries no migration, and where the database is a file.
 */
export function neverMigrated(app: App): { readonly at: Place; readonly when: readonly Condition[] } | undefined {
  const [server] = app.processes.web?.servers ?? []
  if (server === undefined || mayBeRun(app, 'migrate') || mentions(app, ['call_command', 'MigrationExecutor']))
    return undefined
  if (!app.project.python.some((path) => migration.test(path) && app.presence.isPresent(path))) return undefined
  const answer = verdict(defaultDatabases(app), ({ state, engine = '' }) =>
    state === 'undetermined' ? undefined : /postgresql|postgis|mysql|oracle/.test(engine),
  )
  if (answer.state !== 'holds') return undefined
  return { at: server.step.at, when: answer.when }
}

/** Whether a process, a script, a hook or what deploys runs a management command, or may, as far as its own text does not tell. */
export function mayBeRun(app: App, command: string): boolean {
  const { hooks, scripts, all } = app.processes
  return (
    [...hooks, ...scripts, ...all].some((one) => mayRun(app, one, command)) ||
    pipelines.some((path) => names(app, path, command))
  )
}

/** Whether what a process runs is not all known, or a command of it is the wanted one or may run it. */
function mayRun(app: App, { runs, django }: Process, wanted: string): boolean {
  const isOther = (command: DjangoCommand) =>
    providerOf(app, command)?.startsWith('django.') !== true && !['runworker', 'runserver'].includes(command.name)
  return (
    runs.some(({ unknowns }) => unknowns.length > 0) ||
    django.some((command) => command.name === wanted || command.name === 'test' || isOther(command))
  )
}

function names(app: Pick<App, 'tree'>, path: string, command: string): boolean {
  const { tree } = app
  if (tree.kind(path) === 'directory') return tree.list(path).some(({ name }) => names(app, `${path}/${name}`, command))
  return readText(tree, path)?.text.includes(command) === true
}
