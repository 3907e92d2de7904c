import type { Place } from '../../contracts/place.ts'
import type { Text } from '../../contracts/text.ts'
import type { Condition } from '../../evaluate/condition.ts'
import type { EnvironmentChange } from '../../evaluate/environment.ts'
import type { Part } from '../../evaluate/parts.ts'
import type { MissingFile, NamedProgram, Printed, Step, Word } from '../../evaluate/shell/model.ts'
import type { Procfile } from '../../syntax/procfile/procfile.ts'

/** One way the process can go, given the answers to what is unknown. Runs of a process exclude each other. */
export interface ProcessRun {
  readonly when: readonly Condition[]
  readonly steps: readonly Step[]
  /** Servers among the steps that surely run, in order. */
  readonly servers: readonly Server[]
  /** Why the reading stopped or part of it is not known (a script that cannot be read, `eval`, too many branches). */
  readonly unknowns: readonly { readonly why: Text; readonly at: Place }[]
  readonly missing: readonly MissingFile[]
  /** Programs that a loop runs until they succeed, by the place of each; nothing else ends it. */
  readonly awaited: readonly Place[]
  /** What is looked up on the PATH, in order. */
  readonly programs: readonly NamedProgram[]
  readonly printed: readonly Printed[]
  /** The shell stays for what runs in the background, or for input: `wait`, `fg`, `read`; `first`: until one of it ends. */
  readonly waits: false | 'all' | 'first'
}

export type ServerName =
  | 'daphne'
  | 'uvicorn'
  | 'gunicorn'
  | 'hypercorn'
  | 'granian'
  | 'waitress'
  | 'uwsgi'
  | 'mod_wsgi'
  | 'runserver'
  | 'nginx-unit'
  | 'bjoern'
  | 'cherrypy'

/** Where an effective value comes from. `default`: the server's own; `at` is then the program's word. */
export type ValueSource = 'command' | 'environment' | 'file' | 'default'

/** An effective value. `parts` is undefined when nobody can know it; `why` says so. */
export interface Effective {
  readonly parts: readonly Part[] | undefined
  readonly source: ValueSource
  /** Where it was written; the program's word for a default. */
  readonly at: Place
  readonly why: Text | undefined
}

export interface BoundSocket {
  readonly kind: 'tcp' | 'unix' | 'fd' | 'other'
  /** TCP only. */
  readonly host:
    | (Effective & {
        readonly reach: 'any' | 'loopback' | 'other' | 'undetermined'
      })
    | undefined
  /**
   * TCP only. `$PORT`: the dyno's port, also as `${PORT:-8000}`. `literal`: digits, or the server's default. `absent`:
   * nothing is left of it after expansion. `offset`: $PORT and some hundreds, from a process manager. `variable`: another config var. `other`: text that is no number (`$PORT` in single quotes).
   */
  readonly port:
    | (Effective & {
        readonly worth: '$PORT' | 'offset' | 'literal' | 'absent' | 'variable' | 'other' | 'undetermined'
      })
    | undefined
  /** The option that opened it, name and value; the program's word for a default. */
  readonly at: Place
  /** The path of a file socket; undefined: not one, or nobody knows. */
  readonly path?: string | undefined
}

export interface ServerOption {
  /** Canonical long name without dashes: `bind`, `ws-ping-interval`. */
  readonly name: string
  /** The server's own name for the setting: `host`, `ws_ping_interval`, `worker_class`. */
  readonly dest: string
  /** As written: `-b`, `--po`, `-v2`. */
  readonly written: string
  readonly value: Word | undefined
  /** The value alone, also inside `--opt=value` and `-p8000`. */
  readonly valueAt: Place | undefined
  /** Option and value. */
  readonly at: Place
  readonly source: ValueSource
}

/** A command line (or environment, or file) that the server refuses: it exits with a usage error, or misunderstands. */
export interface UsageProblem {
  readonly kind:
    | 'unknown-option'
    | 'ambiguous-option'
    | 'missing-value'
    | 'unexpected-value'
    | 'invalid-value'
    | 'repeated'
    | 'extra-argument'
    | 'missing-argument'
  readonly option: string
  readonly at: Place
  readonly message: Text
  /** The nearest option that exists. */
  readonly suggestion: string | undefined
  /** Versions that have the option, when other versions of the server do: `>=4.2.2`, `<4`. */
  readonly versions: string | undefined
}

export interface ServerTarget {
  /** As the server sees it. */
  readonly text: string
  readonly at: Place
  readonly module: string
  readonly moduleAt: Place
  /** Attribute path; the server's default when none is written. Undefined when it is needed and missing. */
  readonly attribute: string | undefined
  readonly attributeAt: Place | undefined
  /** The notation the server does not take. */
  readonly fault:
    | 'dot-for-colon'
    | 'py-suffix'
    | 'slash'
    | 'empty-attribute'
    | 'empty-module'
    | 'no-attribute'
    | undefined
  /** `create_app()` or --factory. */
  readonly factory: boolean
  readonly resolution: 'found' | 'module-missing' | 'attribute-missing' | 'installed' | 'undetermined'
  /** The module's file. */
  readonly file: string | undefined
  /** Where the attribute is bound. */
  readonly definedAt: Place | undefined
  /** Module and notation that would resolve, nearest first. */
  readonly candidates: readonly string[]
  /** Folders searched, relative to the root. */
  readonly path: readonly string[]
}

/** A server the process starts. */
export interface Server {
  readonly name: ServerName
  /** The word that names the program (`daphne`, `-m daphne`'s module). */
  readonly at: Place
  /** What the server itself sets in the environment before it imports the application; already in that of `step`. */
  readonly changes?: readonly EnvironmentChange[]
  readonly step: Step
  /** The run's conditions. */
  readonly when: readonly Condition[]
  /** Version pinned by the dependency set, when it is exact. */
  readonly version: string | undefined
  readonly speaks: {
    readonly protocol: 'asgi' | 'wsgi' | 'rsgi' | 'undetermined'
    /** What decides it: the worker class, the interface option, the program. */
    readonly at: Place
    readonly why: Text
  }
  /** gunicorn's worker class as written. */
  readonly workerClass: Effective | undefined
  /** The worker class of a package that serves, itself or as the base of the project's own; undefined: none, or not known. */
  readonly worker: string | undefined
  /** Number of worker processes; the default is the server's (WEB_CONCURRENCY for uvicorn and gunicorn). */
  readonly workers: Effective
  readonly sockets: readonly BoundSocket[]
  readonly target: ServerTarget | undefined
  readonly options: readonly ServerOption[]
  readonly problems: readonly UsageProblem[]
  /** Folders of the project that its configuration file makes; undefined among them: nobody knows which. */
  readonly makes?: readonly (string | undefined)[] | undefined
  /** Options may come from something unreadable (a configuration file, `$OPTS`): absence proves nothing. */
  readonly open: boolean
  /** WebSocket keepalive pings the server sends by itself. */
  readonly pings: {
    /** Seconds; 0 = none; undefined = undetermined. */
    readonly interval: number | undefined
    readonly source: ValueSource
    readonly at: Place
    /** What serves the sockets and is not asked to ping. */
    readonly library?: 'wsproto' | 'websockets-sansio'
  }
  /** Whether X-Forwarded-Proto/-For are taken over, so that the application sees https/wss. */
  readonly proxyHeaders: boolean | undefined
  /** The server answers WebSocket upgrades at all (`--ws none` does not). */
  readonly webSockets: boolean | undefined
}

/** A subcommand of manage.py or django-admin that a step runs. */
export interface DjangoCommand {
  /** `runworker`, `migrate` … */
  readonly name: string
  /** The subcommand's word. */
  readonly at: Place
  readonly args: readonly Word[]
  readonly step: Step
}

export interface Process {
  /** As written: `web`, `Web`, `worker`. */
  readonly type: string
  /** The type's name where it was written. */
  readonly at: Place
  /** The command where it was written. */
  readonly command: { readonly text: string; readonly at: Place; readonly form: 'shell' | 'exec' }
  readonly runs: readonly ProcessRun[]
  /** Servers of all runs, in order; several in one run when the command starts several. */
  readonly servers: readonly Server[]
  /**
   * The server of the usual run: when nobody sets the config vars the command asks for. Undefined when there is none, or
   * when it depends on the outcome of a program.
   */
  readonly server: Server | undefined
  /** Every step of every run, each written command once. */
  readonly steps: readonly Step[]
  /** What manage.py is asked to do, in order. */
  readonly django: readonly DjangoCommand[]
  /** The platform in use drops the line (see procfile/syntax); what it was meant to start is here all the same. */
  readonly lost: boolean
}

export type ProcfileNearMiss = {
  readonly file: string
  readonly why: 'case' | 'extension' | 'spelling' | 'folder'
}

export interface ProcessModel {
  /** Where the process types come from; undefined: nowhere. */
  readonly from: 'procfile' | 'heroku.yml' | 'dockerfile' | undefined
  /** The file that defines them. */
  readonly file: string | undefined
  /** The Procfile's lines, when it is what defines them. */
  readonly procfile: Procfile | undefined
  /** Files that look like a Procfile that Heroku does not read. */
  readonly nearMisses: readonly ProcfileNearMiss[]
  /** In order of writing; a type written twice stands once, with its last command. */
  readonly all: readonly Process[]
  /** Commands of app.json's `scripts`, which run once when an app is made from it: `postdeploy`. */
  readonly scripts: readonly Process[]
  /** Scripts that the Python buildpack runs in the build: `bin/pre_compile`, `bin/post_compile`. */
  readonly hooks: readonly Process[]
  /** Exactly `web`. */
  readonly web: Process | undefined
  readonly release: Process | undefined
  /** Earlier lines of a type that is written again, with what is `lost` and the line that wins. */
  readonly overridden: readonly {
    readonly type: string
    readonly at: Place
    readonly lost: Process
    readonly by: Process
  }[]
  get(type: string): Process | undefined
}
