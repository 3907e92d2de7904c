import type { Config, ConfigProblem, Ignore } from '../config/config.ts'
import type { Problem, Span } from '../contracts/place.ts'
import type { Presence } from '../files/present.ts'
import type { FileTree } from '../files/tree.ts'
import type { Snapshot } from '../snapshot/model.ts'
import type { AsgiModel } from './asgi/model.ts'
import type { DependencySet } from './dependencies/model.ts'
import type { DynoEnvironment } from './environment/model.ts'
import type { FrontendModel } from './frontend/model.ts'
import type { Inquiry } from './inquiry.ts'
import type { AppMemo } from './kept-app.ts'
import type { Manifest } from './manifest/model.ts'
import type { ProcessModel } from './processes/model.ts'
import type { Project } from './project/model.ts'
import type { SettingsModel } from './settings/model.ts'

/** A file the deploy needs of which a part could not be read. */
export interface ParseProblem extends Problem {
  readonly file: string
}

/** What the tool notices about its own inputs; the rules of `engine/` report it. */
export interface Audit {
  readonly configProblems: readonly ConfigProblem[]
  readonly tooLarge: readonly { readonly file: string; readonly bytes: number }[]
  /** Files and folders that are there and that the system does not let be read; grows as more is asked for. */
  readonly unreadable?: readonly string[]
  /** Parts of the model and rules that threw, each error once: our fault. Filled as they are asked for. */
  readonly failures: { readonly part: string; readonly error: unknown }[]
  /** Filled once all other rules have run: names in ignore comments that excused nothing. */
  unusedSuppressions: readonly {
    readonly file: string
    readonly span: Span
    readonly rule: string
    readonly known: boolean
    readonly nearest: string | undefined
  }[]
  /** Filled with them: entries of the configuration that accepted nothing. */
  unusedIgnores: readonly Ignore[]
}

/**
 * What Heroku would run from one root. Every part is computed on first use and remembered; none throws.
 * Paths everywhere are relative to the app's root, with `/`.
 */
export interface App {
  readonly tree: FileTree
  readonly config: Config
  /** The day for which it is judged, as `2026-11-29`: nothing else knows the date. */
  readonly today: string
  /** Names of settings of which every binding is to be told: for `why`. */
  readonly watched: ReadonlySet<string> | undefined
  /** What `git push heroku` carries of the tree. */
  readonly presence: Presence
  /** What the deployed app has; undefined when no snapshot of it was given. */
  readonly snapshot: Snapshot | undefined
  /**
   * The folder of the repository that the root is, when it is not the repository itself, which is what `git push` sends;
   * `mover`: the buildpack that makes it the root.
   */
  readonly below: { readonly folder: string; readonly mover: string | undefined } | undefined
  /** Python files, settings modules and manage.py of the repository. */
  readonly project: Project
  /** app.json, heroku.yml, project.toml, other platforms' manifests. */
  readonly manifest: Manifest
  /** What a variable is worth on the dyno, before any process changes it. */
  readonly environment: DynoEnvironment
  /** What the build would install. */
  readonly dependencies: DependencySet
  /** Process types and the commands they start. */
  readonly processes: ProcessModel
  /** The settings module as the web dyno sees it. */
  readonly settings: SettingsModel
  /** The application the web server loads, its routes and consumers. */
  readonly asgi: AsgiModel
  /** Sockets the browser opens. */
  readonly frontend: FrontendModel
  /** Channels is imported in project code, is in INSTALLED_APPS, or the ASGI module builds a ProtocolTypeRouter. */
  readonly usesChannels: boolean
  /** A Django project at all: a manage.py, a settings module, or django among the dependencies. */
  readonly isDjango: boolean
  /** What could not be told while a rule asked. */
  readonly inquiry: Inquiry
  /** Syntax problems of the files that were used; parts add to it when they are computed. */
  readonly parseProblems: ParseProblem[]
  readonly audit: Audit
  /** What checks before this one computed; undefined: nobody checks twice. */
  readonly memo?: AppMemo | undefined
}
