import type { Place } from '../../contracts/place.ts'
import type { Text } from '../../contracts/text.ts'
import type { Condition } from '../../evaluate/condition.ts'
import type { Evaluation, Resolved } from '../../evaluate/python/evaluation.ts'
import type { DictValue, StrValue, Value } from '../../evaluate/python/value.ts'
import type { DynoEnvironment } from '../environment/model.ts'
import type { Inquiry } from '../inquiry.ts'
import type { SettingsDefault, SettingsFile } from '../project/model.ts'

/** Who decides which settings module a process uses, strongest first. */
export type ChosenBy = 'config-var' | 'process' | 'package' | 'asgi' | 'wsgi' | 'manage' | 'only-candidate'

/** The settings module of one process and how it comes about. */
export interface SettingsChoice {
  readonly module: string
  readonly by: ChosenBy
  /** Where the name was written; undefined when a config var of the platform says it. */
  readonly at: Place | undefined
  /**
   * The config var DJANGO_SETTINGS_MODULE would win, and nobody knows whether it is set: `module` holds when it is unset.
   * What rests on the choice itself (its existence, its name) is only possible then.
   */
  readonly overridable: boolean
  /**
   * `empty`: it exists but binds nothing (an empty package or a namespace folder). `undetermined`: it cannot be told,
   * e.g. git does not carry the file or it belongs to an installed package.
   */
  readonly state: 'resolved' | 'missing' | 'empty' | 'undetermined'
  readonly file: string | undefined
  /**
   * Nothing that the process loads names it: it is what another entry point (wsgi.py, manage.py) says, and holds only if the
   * config var DJANGO_SETTINGS_MODULE names it too. Without that the process ends with ImproperlyConfigured.
   */
  readonly assumed?: boolean | undefined
  /** The folder that the module was found from, when the web process surely does not search it. */
  readonly beyond?: string | undefined
}

/** What Django on the web dyno would read. Everything is about that process unless said otherwise. */
export interface SettingsModel {
  /** Where questions that cannot be answered go. */
  readonly inquiry: Inquiry
  /** Undefined when the project names no settings module at all. */
  readonly choice: SettingsChoice | undefined
  /** Dotted name of the module that was evaluated: the choice's, or its stand-in when the choice is empty or missing. */
  readonly module: string | undefined
  readonly file: string | undefined
  /** The module run under the web process's environment; undefined when there is none to run. */
  readonly evaluation: Evaluation | undefined
  /**
   * Whether `evaluation` is surely what the web dyno runs: false when `module` stands in for an empty choice.
   * Rules about absent settings are silent then.
   */
  readonly sure: boolean
  /** The web process's environment, in which the module was run. */
  readonly environment: DynoEnvironment
  /** Folders from which the web process imports, relative to the root. */
  readonly searchPath: readonly string[]
  /** A setting at the end of the module. Undefined: bound on no path, or nothing was evaluated. */
  get(name: string): Resolved | undefined
  /** Whether the name is surely unset on every path of a module that could be evaluated to its end. */
  isAbsent(name: string): boolean
  /** CHANNEL_LAYERS['default'], one entry per path on which it differs; `undetermined` where nothing was evaluated. */
  readonly channelLayers: readonly LayerAlternative[]
  /** Every Redis client that the settings configure, or that code loaded at boot makes. */
  readonly redisClients: readonly RedisClient[]
  /** Clients that code makes with an address nobody can say anything against: `redis.Redis(host=os.environ['CACHE_HOST'])`. */
  readonly addressedClients: readonly RedisClient[]
  /** Settings modules that the web process does not use. */
  readonly others: readonly SettingsFile[]
  /** Every default given to DJANGO_SETTINGS_MODULE in the project. */
  readonly defaults: readonly SettingsDefault[]
}

/** CHANNEL_LAYERS on some paths. */
export interface LayerAlternative {
  readonly when: readonly Condition[]
  /** The assignment of CHANNEL_LAYERS; undefined when it is unbound. */
  readonly at: Place | undefined
  /** `unset`: no CHANNEL_LAYERS. `no-default`: a dict without `default`. `undetermined`: not readable. */
  readonly state: 'unset' | 'no-default' | 'configured' | 'undetermined'
  readonly why: Text | undefined
  /** Aliases of the layers. */
  readonly aliases: readonly string[]
  readonly layer: Layer | undefined
}

/** One layer as written: `{'BACKEND': …, 'CONFIG': {…}}`. */
export interface Layer {
  readonly at: Place
  readonly dict: DictValue
  /** Dotted path of BACKEND when it is a known text. */
  readonly backend: string | undefined
  /** The BACKEND value; undefined when the key is missing. */
  readonly backendValue: Value | undefined
  /** Where BACKEND was written: its value when it stands there, else the entry. */
  readonly backendAt: Place | undefined
  /** BACKEND is a plain string literal in the dict itself, so that it can be edited. */
  readonly backendWritten: boolean
  /** The CONFIG value; undefined when the key is surely missing. */
  readonly configValue: Value | undefined
  /** CONFIG when it is a dict. */
  readonly config: DictValue | undefined
  /** The `hosts` value; undefined when the key is surely missing. */
  readonly hostsValue: Value | undefined
  /** Where `hosts` was written. */
  readonly hostsAt: Place | undefined
  /** Entries of `hosts`; undefined when hosts is not a readable list. */
  readonly hosts: readonly Host[] | undefined
}

/** One entry of `hosts`. */
export interface Host {
  readonly kind: 'url' | 'tuple' | 'dict' | 'other'
  readonly value: Value
  /** The URL: of a text, or of a dict's `address`. */
  readonly url: StrValue | undefined
  /** A dict's `address`, whatever it is. */
  readonly address?: Value | undefined
  /** Host and port of a tuple or of a dict with `host`. */
  readonly host: Value | undefined
  readonly port: Value | undefined
  /** The other keys of a dict. */
  readonly options: ReadonlyMap<string, Value>
  /** The dict holds keys nobody can name. */
  readonly open: boolean
  readonly at: Place
}

/** Who connects to Redis. */
export type RedisConsumer =
  | 'layer'
  | 'django-cache'
  | 'django-redis'
  | 'django-redis-cache'
  | 'celery-broker'
  | 'celery-backend'
  | 'rq'
  | 'huey'
  | 'dramatiq'
  | 'redis-py'

/** Where a client connects to. */
export type Endpoint =
  /** A URL; the scheme is undefined when it comes out of a config var that may hold any. */
  | { readonly kind: 'url'; readonly url: StrValue; readonly scheme: string | undefined }
  | { readonly kind: 'address'; readonly host: Value; readonly port: Value | undefined }
  /** Nothing was given: the client's own default, localhost. */
  | { readonly kind: 'default' }
  | { readonly kind: 'undetermined' }

/**
 * What stands behind an endpoint on the dyno.
 * - `addon`: the variable a Redis add-on of the app sets. `variable`: another config var (`name`), known to be set or not.
 * - `loopback`, `docker` (a bare one-label name), `literal` (a full host name in the source).
 */
export interface RedisTarget {
  readonly kind: 'addon' | 'variable' | 'loopback' | 'docker' | 'literal' | 'undetermined'
  /** The config var, or the host as written. */
  readonly name: string
}

/** How a client treats the server's certificate. `plain`: the connection has no TLS at all. */
export type CertificateCheck = 'plain' | 'checked' | 'unchecked' | 'undetermined'

/** One Redis client that the settings configure, on the paths `when`. */
export interface RedisClient {
  readonly consumer: RedisConsumer
  /** As a reader would name it: `CHANNEL_LAYERS`, `CACHES['default']`, `CELERY_BROKER_URL`. */
  readonly setting: string
  /** What tells clients made by the same function apart: the place of the call. */
  readonly group?: string
  readonly when: readonly Condition[]
  readonly endpoint: Endpoint
  readonly target: RedisTarget
  readonly certificate: CertificateCheck
  /** Where the address was given to the client. */
  readonly at: Place
  /** Where the address itself was written, when that is elsewhere. */
  readonly read: Place | undefined
  /** Related place: the assignment of the setting. */
  readonly assignment: Place
  /** The host of a channel layer, and the layer. */
  readonly host?: Host | undefined
  readonly layer?: LayerAlternative
  /** There is none on these paths. */
  readonly absent?: true
  /** Of CACHES: the name of the cache there. */
  readonly alias?: string | undefined
  /** It keeps its failures to itself, or may: whoever asks it gets nothing, and no exception. */
  readonly quiet?: boolean
}
