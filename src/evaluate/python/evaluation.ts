import type { Place } from '../../contracts/place.ts'
import type { Condition } from '../condition.ts'
import type { Rebinding } from './interpreter/trace.ts'
import type { CallArguments, ClassValue, UnknownValue, Value } from './value.ts'

export interface Alternative {
  /** All of these must hold. Empty: on every path. */
  readonly when: readonly Condition[]
  readonly value: Value
  /** The assignment that bound it. */
  readonly at: Place
}

/** A name at the end of the module: at least one alternative; the conditions exclude each other. `absent` lists paths where it is unbound. */
export interface Resolved {
  readonly alternatives: readonly Alternative[]
  readonly absent: readonly (readonly Condition[])[]
}

/** An exception that leaves the module, with the imports that led there (outermost first). */
export interface Crash {
  readonly when: readonly Condition[]
  /** `KeyError`, `ImproperlyConfigured`, `ModuleNotFoundError`, `SyntaxError` … */
  readonly exception: string
  readonly message: string
  readonly at: Place
  readonly chain: readonly Place[]
  /** The config var whose absence raised it (`os.environ['X']`, `env('X')`, a guard that raises ImproperlyConfigured). */
  readonly variable: string | undefined
}

/** What happened while the modules ran, in order. `chain`: import statements that led there, outermost first. */
export type Event = {
  readonly chain: readonly Place[]
  readonly at: Place
} /** `fatal`: the process ends here, and what comes behind is run as if the package were installed. */ & (
  | {
      readonly type: 'import'
      readonly module: string
      readonly from: 'project' | 'external' | 'missing'
      readonly fatal?: true
      /** Something around it catches that it fails. */
      readonly guarded?: true
    }
  /** A file of the project is run as a module. */
  | { readonly type: 'load'; readonly file: string }
  /** A name that an installed package no longer has is imported, or (`undefined`) a module of it; the process ends here. */
  | { readonly type: 'lost'; readonly module: string; readonly name: string | undefined }
  /**
   * `guarded`: it may not have been reached, or something around it catches what a failing connection raises; `onlyFor`: it is
   * reached, and all that is caught around it are errors of the database. `of`: the call whose result's method it is:
   * `getLogger('chat')` of `getLogger('chat').info(…)`.
   */
  | {
      readonly type: 'call'
      readonly path: string
      readonly args: CallArguments
      readonly guarded?: true
      readonly onlyFor?: 'database'
      readonly of?: CallArguments | undefined
    }
  /** An attribute or entry of something that is not modelled got a value: `celery.Celery().conf.broker_url`. */
  | { readonly type: 'assign'; readonly path: string; readonly value: Value }
  | {
      readonly type: 'environ'
      readonly name: string
      readonly value: Value
      readonly how: 'assign' | 'setdefault' | 'delete'
      readonly effective: boolean
      /** The line of the file that says so. */
      readonly source?: Place | undefined
    }
  /** A class was created; `bases` holds the dotted external paths it derives from, transitively. */
  | { readonly type: 'class'; readonly name: string; readonly bases: readonly string[] }
  | { readonly type: 'setting'; readonly name: string }
  /** The start of Django comes to this; what follows happens then, up to the next of these. */
  | { readonly type: 'moment'; readonly moment: StartMoment; readonly command: string | undefined }
  /** What the start looks up and does not get, which ends the process there; the run goes on behind it. */
  | {
      readonly type: 'failure'
      readonly exception: string
      readonly message: string
      readonly variable: string | undefined
      /** Where the exception was raised, when that is in the code that was looked up. */
      readonly lookup: Lookup
    }
  /**
   * A pattern of the URLconf, by its name with its namespaces and its path without the first slash (undefined: not known), and its view; or patterns
   * below a namespace that nobody can name.
   */
  | {
      readonly type: 'route'
      readonly name: string | undefined
      readonly path: string | undefined
      readonly view: Value | undefined
    }
  | { readonly type: 'routes-open'; readonly prefix: string }
  /** The function or method that answers a request is called. */
  | { readonly type: 'view'; readonly defined: Place }
  /** A class-based view renders a template; `open`: its context may hold more. */
  | {
      readonly type: 'render'
      readonly template: Value
      readonly context: Value | undefined
      readonly open: boolean
    }
  /** A dict whose keys are bytes is asked for a text, which it surely has not; undefined: for bytes. */
  | { readonly type: 'key'; readonly name: string | undefined }
  /** What came of a step of a socket's life, see `libraries/socket-visit.ts`; `at`: where it raised, else what was called. */
  | ({ readonly type: 'visit' } & Visit)
  /** The classes that a module binds at the end of a run that was asked for them. */
  | { readonly type: 'classes'; readonly classes: readonly ClassValue[] }
  /** The content policy that a page has once it went through the middleware, see `libraries/django-policy.ts`. */
  | { readonly type: 'policy'; readonly policy: PagePolicy }
  /** A folder was made, by its path in the tree; undefined: one elsewhere, or nobody knows which. */
  | { readonly type: 'folder'; readonly path: string | undefined }
)

/** The header Content-Security-Policy of a page: as a text that code wrote at a place, or by the directives that are asked for. */
export type PagePolicy =
  | { readonly by: 'none' | 'unknown' }
  | { readonly by: 'text'; readonly value: Value; readonly at: Place }
  | { readonly by: 'directives'; readonly values: ReadonlyMap<string, Value> }

/** What Django imports and looks up from its settings, in the order in which it does; see `libraries/django-start.ts`. */
export type StartMoment =
  | 'logging'
  | 'apps'
  | 'models'
  | 'ready'
  | 'command'
  | 'handler'
  | 'urls'
  | 'templates'
  | 'page'
  | 'caches'
  | 'static'

/** A step in the life of a socket: what stands around the consumer, and what Channels calls of it. */
export type VisitStep = 'handshake' | 'connect' | 'message' | 'event' | 'leave'

/**
 * Who opens the socket. `any`: it may send any header. The other two are a browser, which lets no page choose headers: with
 * no more of them than every browser sends, and with all that one or a proxy may add.
 */
export type Visitor = 'any' | 'bare browser' | 'browser'

/** What came of a step. */
export interface Visit {
  readonly visitor: Visitor
  readonly step: VisitStep
  /** What was called: `TokenMiddleware`, `ChatConsumer.connect`. */
  readonly of: string
  /** Where that is written. */
  readonly ofAt: Place
  /**
   * `raised`: an exception left it that no `raise` of the project states. `refused`: it closed the socket without accepting it.
   * `ignored`: it returned without having called or answered anything. `done`: all else.
   */
  readonly ended: 'raised' | 'refused' | 'ignored' | 'done'
  readonly exception: string
  readonly message: string
  /** An application was called with other arguments than it takes, which raised. */
  readonly misfit: Misfit | undefined
  /** Packages that it imports and that are not installed. */
  readonly lacks: readonly { readonly module: string; readonly at: Place; readonly chain: readonly Place[] }[]
}

/**
 * `takes`: an application of the project's takes the scope alone, as those of ASGI 2, and gets (scope, receive, send). `called`: one that
 * takes all three is given fewer by code of the project. `mistaken`: it is given the scope alone by a router of Channels 3, as it is no
 * coroutine function. `at`: the call for `called`, else the name of its class.
 */
export interface Misfit {
  readonly kind: 'takes' | 'called' | 'mistaken'
  readonly name: string
  readonly at: Place
}

/** Something that the start looks up. */
export interface Lookup {
  /** What names it: a setting, or what a framework looks for by itself. */
  readonly by: string
  /** The dotted path, as written. */
  readonly path: string
  /** It is the path itself that leads nowhere, not the code behind it that raises. */
  readonly dangling: boolean
  /** It is there, and does not take what Django gives it. */
  readonly contract?: true
}

/** One explored path. */
export interface EvaluatedPath {
  readonly when: readonly Condition[]
  readonly crash: Crash | undefined
  readonly events: readonly Event[]
  /** `sys.path` at the end, as folders on the dyno; undefined stands for what nobody knows. */
  readonly searchPath: readonly (string | undefined)[]
}

/** A module run under an environment. */
export interface Evaluation {
  /** Dotted name and file of the module that was asked for. */
  readonly module: string
  readonly file: string | undefined
  /** Names bound at module level on some path that does not crash, in order of first binding. */
  names(): readonly string[]
  get(name: string): Resolved | undefined
  readonly paths: readonly EvaluatedPath[]
  /** Crashes that happen whatever the unknown variables are. When there is one, names come from the longest run before it. */
  readonly certainCrash: Crash | undefined
  /** Variables of unknown state without which the module raises, in order. */
  readonly required: readonly { readonly name: string; readonly at: Place }[]
  /** Every config var asked for, by name, with the places. */
  readonly reads: ReadonlyMap<string, readonly Place[]>
  /** Files that were loaded, in order. */
  readonly files: readonly string[]
  /** Something depends on the working directory: a relative path, `os.getcwd()`. */
  readonly asksFolder: boolean
  /** Something asks how the process was started: `sys.argv`. */
  readonly asksArgv: boolean
  /** Values that could not be determined and why, each once: for --verbose and `show`. */
  readonly unknowns: readonly UnknownValue[]
  /** Why the module may hold names that no path shows: something unknown was handed it, or fills it. */
  readonly open: UnknownValue | undefined
  /** What happened to the names that were watched, in order of the first run in which it did. */
  readonly rebindings: readonly (Rebinding & { readonly when: readonly Condition[] })[]
  /** The exploration was cut short (too many paths or steps); alternatives may be missing and rules must not be certain. */
  readonly bounded: boolean
}
