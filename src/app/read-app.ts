import type { Config, ConfigProblem } from '../config/config.ts'
import { itemsOf, plain } from '../evaluate/python/value.ts'
import { alwaysPresent, type Presence } from '../files/present.ts'
import type { FileTree } from '../files/tree.ts'
import type { Snapshot } from '../snapshot/model.ts'
import type { During } from '../stopwatch.ts'
import type { App, Audit } from './app.ts'
import { readAsgi } from './asgi/asgi.ts'
import type { AppNode } from './asgi/model.ts'
import { readDependencies } from './dependencies/dependencies.ts'
import { readEnvironment } from './environment/environment.ts'
import { readFrontend } from './frontend/frontend.ts'
import { newInquiry } from './inquiry.ts'
import { type AppMemo, keptApp } from './kept-app.ts'
import { readManifest } from './manifest/manifest.ts'
import { readProcesses } from './processes/processes.ts'
import { readProject } from './project/project.ts'
import { readSettings } from './settings/settings.ts'

/** What an app is read from. */
export interface AppInput {
  /** The app's files; its root is where Heroku's would be. */
  readonly tree: FileTree
  readonly config: Config
  /** The day for which the app is judged, as `2026-11-29`: whether a Python is still built with depends on it. */
  readonly today: string
  /** Names of settings of which every binding is to be told. */
  readonly watched?: ReadonlySet<string> | undefined
  /** What a push would carry of the tree; everything by default. */
  readonly presence?: Presence | undefined
  /** What the deployed app has. Findings stand in its file, which the tree must hold. */
  readonly snapshot?: Snapshot | undefined
  /** Where the app's root lies in its repository, when that is not the repository's own root. */
  readonly below?: App['below']
  readonly configProblems?: readonly ConfigProblem[] | undefined
  readonly tooLarge?: readonly { readonly file: string; readonly bytes: number }[] | undefined
  /** Files and folders that could not be read. It may grow while the check runs. */
  readonly unreadable?: readonly string[] | undefined
  /** What checks of the same root before this one computed; it stands on this check's ground. */
  readonly memo?: AppMemo | undefined
  /** Counts the time that each part takes. */
  readonly during?: During | undefined
}

/**
 * The model of one app. Parts are computed when they are first asked for, and each only once; a part may ask for others
 * (settings ask for dependencies and processes) as long as none needs itself.
 */
export function readApp(input: AppInput): App {
  const { tree, config, today, presence = alwaysPresent, snapshot } = input
  const kept = input.memo && keptApp(input.memo)
  const { configProblems = [], tooLarge = [], unreadable = [], during = untimed } = input
  const failures: Failed[] = []
  const project = once('project', failures, () => during('project', () => kept?.project ?? readProject(app)))
  const manifest = once('manifest', failures, () => during('manifest', () => kept?.manifest ?? readManifest(app)))
  const environment = once('environment', failures, () =>
    during('environment', () => kept?.environment ?? readEnvironment(app)),
  )
  const dependencies = once('dependencies', failures, () =>
    during('dependencies', () => kept?.dependencies ?? readDependencies(app)),
  )
  const processes = once('processes', failures, () => during('processes', () => kept?.processes ?? readProcesses(app)))
  const settings = once('settings', failures, () => during('settings', () => readSettings(app)))
  const asgi = once('asgi', failures, () => during('asgi', () => readAsgi(app)))
  const frontend = once('frontend', failures, () => during('frontend', () => readFrontend(app)))
  const channels = once('usesChannels', failures, () => during('usesChannels', () => usesChannels(app)))
  const app: App = {
    tree,
    config,
    today,
    watched: input.watched,
    presence,
    snapshot,
    below: input.below,
    inquiry: newInquiry(),
    parseProblems: [],
    memo: input.memo,
    audit: { configProblems, tooLarge, unreadable, failures, unusedSuppressions: [], unusedIgnores: [] },
    get project() {
      return project()
    },
    get manifest() {
      return manifest()
    },
    get environment() {
      return environment()
    },
    get dependencies() {
      return dependencies()
    },
    get processes() {
      return processes()
    },
    get settings() {
      return settings()
    },
    get asgi() {
      return asgi()
    },
    get frontend() {
      return frontend()
    },
    get usesChannels() {
      return channels()
    },
    get isDjango() {
      return isDjango(app)
    },
  }
  return app
}

type Failed = Audit['failures'][number]

const untimed: During = (_, work) => work()

/** Notes who threw, unless the same fault was met before: where it began is told, not all that needed it. */
export function noteFailure(failures: Failed[], part: string, error: unknown): void {
  const said = String(error)
  if (!failures.some((known) => String(known.error) === said)) failures.push({ part, error })
}

/**
 * A part that is computed on first use. One that throws is noted by its name and throws the same error to everyone who asks:
 * what needs it stays silent, everything else goes on.
 */
function once<T>(part: string, failures: Failed[], compute: () => T): () => T {
  let state: 'new' | 'computing' | 'done' | 'failed' = 'new'
  let value: T
  let failure: unknown
  return () => {
    if (state === 'failed') throw failure
    if (state === 'computing') throw new Error(`the model's part ${part} needs itself`)
    if (state === 'new') {
      state = 'computing'
      try {
        value = compute()
        state = 'done'
      } catch (error) {
        state = 'failed'
        failure = error
        noteFailure(failures, part, error)
        throw error
      }
    }
    return value
  }
}

function isDjango(app: App): boolean {
  return (
    app.project.manage.length > 0 ||
    app.project.settings.length > 0 ||
    app.dependencies.installed('django').state === 'installed'
  )
}

function usesChannels(app: App): boolean {
  if (app.asgi.channelsImport !== undefined) return true
  const apps = app.settings.get('INSTALLED_APPS')
  if (apps?.alternatives.some(({ value }) => itemsOf(value)?.some((item) => plain(item) === 'channels'))) return true
  return app.asgi.application.some(({ root }) => holdsProtocols(root))
}

function holdsProtocols(node: AppNode): boolean {
  return node.kind === 'protocols' || (node.kind === 'wrapper' && holdsProtocols(node.inner))
}
