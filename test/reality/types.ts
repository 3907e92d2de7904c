import type { Case, Hop } from './case.ts'
import type { Running } from './processes.ts'

/** One web dyno: the web command on a port of its own. */
export interface Dyno {
  readonly port: number
  process: Running
  /** Ends it and starts the same command on the same port; resolves once it accepts again. */
  restart(): Promise<void>
}

/** A Redis that the case's app talks to. */
export interface Redis {
  /** What REDIS_URL holds: `rediss://:PASSWORD@127.0.0.1:PORT` or `redis://…`. */
  readonly url: string
  stop(): Promise<void>
}

/** A line of the router's log, as Heroku writes one per request. */
export interface RouterLine {
  readonly code: 'H10' | 'H12' | 'H13' | 'H15' | 'H21' | undefined
  readonly status: number
  readonly path: string
  /** Index of the dyno. */
  readonly dyno: number | undefined
}

/** The router before the dynos. */
export interface Router {
  readonly port: number
  /** `https://HOST:PORT`, as the browser's address bar shows it; HOST resolves to 127.0.0.1 only inside the rig. */
  readonly origin: string
  /** The dyno that connections made from now on reach; undefined: a random one each time. */
  pick(index: number | undefined): void
  log(): readonly RouterLine[]
  close(): Promise<void>
}

/** Bounds of the rig, scaled down from the platform's. */
export interface Time {
  /** The router's rolling window: 55 s on the platform. */
  readonly idleMs: number
  /** A web dyno must listen within this: 60 s on the platform. */
  readonly bootMs: number
  /** How long both clients stay silent before the second message. */
  readonly silenceMs: number
}

/** What one case is run in; hops fill it in order. */
export interface World {
  readonly case: Case
  /** The project's tree on the disk (absolute), as the push carried it: /app on the dyno. */
  readonly root: string
  /** The folder of the Procfile (absolute); the same as `root` on this platform. */
  readonly app: string
  /** The environment of a dyno without PORT and DYNO: config vars, buildpack, PATH of the venv. Nothing of the outer one. */
  env: Record<string, string>
  /** The config vars among them, which the build sees as well. */
  readonly config: Readonly<Record<string, string>>
  /** Folder of the virtual environment with what the build installed; '' until then. */
  venv: string
  /** Filled by boot. */
  dynos: Dyno[]
  readonly redis: Redis | undefined
  /** Made by the http hop. */
  router: Router | undefined
  /** The app's domain on the platform, e.g. `votre-app-1234567890ab.herokuapp.com`. */
  readonly host: string
  /** A folder for this run's own files (absolute), removed afterwards. */
  readonly work: string
  readonly time: Time
  /** Called in reverse order when the case is over, on every path. */
  readonly atEnd: (() => Promise<void> | void)[]
}

export type Outcome =
  | { readonly state: 'holds' }
  | { readonly state: 'breaks'; readonly evidence: string }
  /** The case cannot show it: no route, no browser, no such Python. */
  | { readonly state: 'skipped'; readonly why: string }

/** One hop of the way. Throws only when the rig itself fails. */
export type HopRun = (world: World) => Promise<Outcome>

export type { Case, Hop }
