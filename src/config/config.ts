import type { Place } from '../contracts/place.ts'
import type { Severity } from '../contracts/severity.ts'
import type { Text } from '../contracts/text.ts'

/** How much is asked of a project, from the least on; a rule says from which on it speaks. */
export const profiles = ['guide', 'strict', 'pedantic'] as const
export type Profile = (typeof profiles)[number]

/** An entry of `ignore` or `per-file-ignores`: findings of some rules that are accepted in some files. */
export interface Ignore {
  /** Glob or path, relative to the app's root. */
  readonly path: string
  /** The rule or the glob of rules as written, and the rules that are meant. */
  readonly rule: string
  readonly rules: ReadonlySet<string>
  readonly reason: string
  /** Where the rule is written. */
  readonly at: Place
}

/** How the tool was configured for one app root: the file's content, checked, with defaults filled in. */
export interface Config {
  /** From which rules speak that nothing else turns on or off. */
  readonly profile: Profile
  /** Rule id -> severity or `off`; globs are written out. */
  readonly rules: Readonly<Record<string, Severity | 'off'>>
  /** Rules that the configuration names by their whole id: they speak whatever the profile. */
  readonly named: ReadonlySet<string>
  readonly ignores: readonly Ignore[]
  /** Globs, relative to the root, of files that are not read. */
  readonly exclude: readonly string[]
  /** Config vars on the dyno: a text, or `false` for "surely not set". Values from `--env`/`--unset` come last. */
  readonly env: Readonly<Record<string, string | false>>
  /** Where the configuration file names each of them; those of the command line have no place. */
  readonly envAt: ReadonlyMap<string, Place>
  /** Pins policy: normalised package name -> version, with the place it was written (undefined for `pins = "guide"`). */
  readonly pins: ReadonlyMap<string, { readonly version: string; readonly at: Place | undefined }>
  /** Add-ons attached to the app, as `service:plan` or `service`; undefined: not said. */
  readonly addons: readonly string[] | undefined
  readonly platform: 'heroku-classic' | 'heroku-fir' | 'heroku-container' | 'dokku' | 'render' | 'railway'
  /** Whether `platform` was written by the user rather than defaulted. */
  readonly platformStated: boolean
  /** A snapshot of the deployed app: the file as written (relative to the configuration), and where. */
  readonly snapshot: { readonly file: string; readonly at: Place } | undefined
  /** Findings that are accepted as they are: the file as written (relative to the configuration), and where. */
  readonly baseline: { readonly file: string; readonly at: Place } | undefined
  /** The app has no web process on purpose. */
  readonly workerOnly: boolean
}

/** A mistake in the tool's own configuration. `at` is undefined for one that came from the command line. */
export interface ConfigProblem {
  readonly at: Place | undefined
  readonly message: Text
}

export const defaultConfig: Config = {
  profile: 'guide',
  rules: {},
  named: new Set(),
  ignores: [],
  exclude: [],
  env: {},
  envAt: new Map(),
  pins: new Map(),
  addons: undefined,
  platform: 'heroku-classic',
  platformStated: false,
  snapshot: undefined,
  baseline: undefined,
  workerOnly: false,
}
