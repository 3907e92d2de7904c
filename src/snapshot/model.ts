import type { Place } from '../contracts/place.ts'
import type { Written } from '../syntax/data.ts'
import type { Shape } from './shapes.ts'

/** What `dynolint snapshot` writes: facts about a deployed app, without a single secret. Every fact may be missing. */
export interface SnapshotDocument {
  /** Version of the format. */
  readonly snapshot: 1
  readonly app?: string
  /** Day on which it was taken, `2026-11-22`. */
  readonly taken?: string
  readonly stack?: string
  readonly buildpacks?: readonly string[]
  readonly domains?: readonly { readonly name: string; readonly kind: 'heroku' | 'custom' }[]
  readonly addons?: readonly {
    readonly service: string
    readonly plan?: string
    /** Config vars it sets on this app, by name. */
    readonly variables: readonly string[]
  }[]
  /** Dynos of the formation by process type; one-off dynos are left out. */
  readonly dynos?: readonly {
    readonly type: string
    readonly size?: string
    /** Number of dynos that run, start or sleep. */
    readonly up: number
    /** Number of those that crashed or are down. */
    readonly down: number
  }[]
  /** Config var to the shape of its value. */
  readonly config?: Readonly<Record<string, Shape>>
}

/** An add-on that is attached to the deployed app. */
export interface AttachedAddon {
  /** `heroku-redis` */
  readonly service: string
  readonly plan: string | undefined
  readonly variables: readonly string[]
  /** The plan when it is named, else the service. */
  readonly at: Place
}

/** The dynos of one process type. */
export interface RunningDynos {
  readonly type: string
  readonly size: string | undefined
  readonly up: number
  readonly down: number
  readonly at: Place
}

/** A snapshot with the place of every fact, for findings. Undefined: the snapshot does not say. */
export interface Snapshot {
  /** The file it came from, relative to the app's root. */
  readonly file: string
  readonly app: string | undefined
  readonly stack: Written | undefined
  readonly buildpacks: readonly Written[] | undefined
  readonly domains:
    | readonly { readonly name: string; readonly kind: 'heroku' | 'custom'; readonly at: Place }[]
    | undefined
  readonly addons: readonly AttachedAddon[] | undefined
  readonly dynos: readonly RunningDynos[] | undefined
  /** The list of dynos. */
  readonly dynosAt: Place | undefined
  /** Every config var of the app: a name that is not among them is not set. */
  readonly config: ReadonlyMap<string, { readonly shape: Shape; readonly at: Place }> | undefined
}
