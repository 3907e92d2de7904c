import type { Config } from '../config/config.ts'
import type { Memo } from '../files/memo.ts'
import { getOrInsert } from '../get-or-insert.ts'
import type { Snapshot } from '../snapshot/model.ts'
import type { App } from './app.ts'
import { readDependencies } from './dependencies/dependencies.ts'
import { readEnvironment } from './environment/environment.ts'
import { readManifest } from './manifest/manifest.ts'
import { readProcesses } from './processes/processes.ts'
import { readProject } from './project/project.ts'

/** What an app is read from besides its files and what a push carries of them. */
export interface Stated {
  readonly config: Config
  readonly today: string
  readonly watched: ReadonlySet<string> | undefined
  readonly snapshot: Snapshot | undefined
}

export type AppMemo = Memo<Stated>

/** The parts of an app that follow from its files without running any Python. */
export type KeptApp = Pick<
  App,
  | 'tree'
  | 'presence'
  | 'config'
  | 'today'
  | 'watched'
  | 'snapshot'
  | 'project'
  | 'manifest'
  | 'environment'
  | 'dependencies'
  | 'processes'
>

const apps = new WeakMap<AppMemo, KeptApp>()

/** The app of the memo's present ground. Its parts are those of the check before as long as what they asked is answered alike. */
export function keptApp(memo: AppMemo): KeptApp {
  return getOrInsert(apps, memo, () => {
    const { given, lazily } = memo
    const app: KeptApp = {
      tree: memo.tree,
      presence: memo.presence,
      get config() {
        return given.config
      },
      get today() {
        return given.today
      },
      get watched() {
        return given.watched
      },
      get snapshot() {
        return given.snapshot
      },
      get project() {
        return memo.of('project', () => readProject(app, lazily))
      },
      get manifest() {
        return memo.of('manifest', () => readManifest(app))
      },
      get dependencies() {
        return memo.of('dependencies', () => readDependencies(app, lazily))
      },
      get environment() {
        return memo.of('environment', () => readEnvironment(app))
      },
      get processes() {
        return memo.of('processes', () => readProcesses(app))
      },
    }
    return app
  })
}
