import type { Profile } from '../config/config.ts'

/** How an app is opened: what a command line or an editor says besides the configuration. */
export interface OpenOptions {
  /** A configuration file to use instead of the nearest one. */
  readonly config: string | undefined
  /** NAME -> value, or false for "surely not set". */
  readonly env: Readonly<Record<string, string | false>>
  /** Files with facts of the deployed app: a snapshot, and raw outputs of the heroku CLI. */
  readonly facts: {
    readonly snapshot: string | undefined
    readonly configVars: string | undefined
    readonly addons: string | undefined
    readonly ps: string | undefined
  }
  /** Which rules speak, when it is not what the configuration says. */
  readonly profile?: Profile | undefined
}
