import type { Place } from '../contracts/place.ts'
import type { Severity } from '../contracts/severity.ts'
import type { Text } from '../contracts/text.ts'

/** How the tool was configured for one app root: the file's content, checked, with defaults filled in. */
export interface Config {
  /** Rule id -> severity or `off`. */
  readonly rules: Readonly<Record<string, Severity | 'off'>>
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
  /** The app has no web process on purpose. */
  readonly workerOnly: boolean
}

/** A mistake in the tool's own configuration. `at` is undefined for one that came from the command line. */
export interface ConfigProblem {
  readonly at: Place | undefined
  readonly message: Text
}

export const defaultConfig: Config = {
  rules: {},
  exclude: [],
  env: {},
  envAt: new Map(),
  pins: new Map(),
  addons: undefined,
  platform: 'heroku-classic',
  platformStated: false,
  snapshot: undefined,
  workerOnly: false,
}
