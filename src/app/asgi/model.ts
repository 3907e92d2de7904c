import type { Place } from '../../contracts/place.ts'
import type { Text } from '../../contracts/text.ts'
import type { Condition } from '../../evaluate/condition.ts'
import type { Part } from '../../evaluate/parts.ts'
import type { Crash, Evaluation } from '../../evaluate/python/evaluation.ts'
import type { Value } from '../../evaluate/python/value.ts'
import type { GivenMethods } from './given-methods.ts'

/** The application that the web server loads: what it is made of, and what boot does to load it. */
export interface AsgiModel {
  /** The module and attribute that are served. Undefined when nothing names an ASGI module and none is found. */
  readonly served: Served | undefined
  /** The ASGI module run as the dyno runs it; undefined when its file does not exist. */
  readonly evaluation: Evaluation | undefined
  /** The served object; alternatives exclude each other. Empty when the attribute is never bound or not served as ASGI. */
  readonly application: readonly ServedApplication[]
  /** Every WebSocket (or HTTP, or worker) route of the served application, nested routers flattened, in matching order. */
  readonly routes: readonly Route[]
  /** Classes of the project that derive, directly or not, from a consumer of Channels; in file order. */
  readonly consumers: readonly Consumer[]
  /** Every use of the channel layer in project code (consumers, views, tasks, signals), in file order. Tests are left out. */
  readonly usesLayer: readonly LayerUse[]
  /** What boot does before and after the app registry is ready, one entry per explored path of the ASGI module. */
  readonly bootOrder: readonly BootPath[]
  /** Where project code imports Channels first (the ASGI module included); undefined when it never does. */
  readonly channelsImport: Place | undefined
  /** What could not be known, each once. */
  readonly unknowns: readonly { readonly why: Text; readonly at: Place }[]
}

/** Who says what is served. */
export interface Served {
  /** Dotted module: `mysite.asgi`. */
  readonly module: string
  /** Its file relative to the app's root; undefined when it does not exist. */
  readonly file: string | undefined
  readonly attribute: string
  /** Folder from which the module is imported. */
  readonly root: string
  readonly from: 'web' | 'setting' | 'layout'
  /** The target in the Procfile, or the value of ASGI_APPLICATION. */
  readonly at: Place | undefined
}

export interface ServedApplication {
  readonly when: readonly Condition[]
  readonly root: AppNode
  /** The statement that binds the served attribute. */
  readonly at: Place
}

/** One object of the served application. `at` is the expression that makes it. */
export type AppNode =
  | DjangoNode
  | ProtocolsNode
  | WrapperNode
  | UrlRouterNode
  | ChannelNamesNode
  | ConsumerNode
  | FunctionNode
  | WsgiNode
  | UncallableNode
  | OpaqueNode

/** `get_asgi_application()`: plain Django, HTTP only. */
export interface DjangoNode {
  readonly kind: 'django'
  /** `WsgiToAsgi(get_wsgi_application())`: every request of the process runs in one thread. */
  readonly bridged?: boolean
  readonly at: Place
}
/** `ProtocolTypeRouter({...})`. `open`: there may be entries nobody can name. */
export interface ProtocolsNode {
  readonly kind: 'protocols'
  readonly entries: readonly ProtocolEntry[]
  readonly open: boolean
  readonly mapping: Place
  readonly at: Place
}
export interface ProtocolEntry {
  readonly protocol: string
  readonly key: Place
  readonly app: AppNode
}
/** Something that holds an application: `path` is the dotted path of the wrapper (installed) or its project class/function. */
export interface WrapperNode {
  readonly kind: 'wrapper'
  readonly path: string
  readonly role: WrapperRole
  /** A class or function of the project: what its code does with the scope. */
  readonly custom: CustomMiddleware | undefined
  readonly inner: AppNode
  /** The origins that an OriginValidator lets in, as far as they were given where they can be read. */
  readonly origins: Value | undefined
  /** The hosts that Starlette’s TrustedHostMiddleware lets in, as given. */
  readonly hosts?: Value | undefined
  readonly at: Place
}
/**
 * `origin`: refuses foreign origins. `auth`: sets scope["user"] from the session. `session`: cookies and session without user.
 * `cookie`: cookies only. `other`: anything else, project middleware included.
 */
export type WrapperRole = 'origin' | 'auth' | 'session' | 'cookie' | 'transparent' | 'other'
export interface CustomMiddleware {
  readonly name: string
  readonly at: Place
  /** Keys of the scope it sets; undefined when they cannot be listed. */
  readonly sets: readonly string[] | undefined
  /** Those of them that it leaves as they are on some ways: `if token: scope["user"] = …`. */
  readonly keeps: readonly string[]
  /** What it takes a credential from. */
  readonly reads: readonly CredentialSource[]
  /** It hands the scope to code that is not read, which may find a credential in it. */
  readonly readsElsewhere: boolean
  /** It may answer the handshake itself: it does more with `send` than hand it on to what it wraps. */
  readonly answers: boolean
  /** It is called with the scope alone, as Channels 2 did: `__call__(self, scope)`. */
  readonly asgi2: boolean
  /** Blocking calls of its coroutines, and of what these run. */
  readonly blocking: readonly BlockingCall[]
}
export interface CredentialSource {
  readonly from: 'query' | 'cookie' | 'header' | 'subprotocol'
  /** The parameter, cookie or header it looks for, when literal. */
  readonly name: string | undefined
  readonly at: Place
}
/** `URLRouter([...])`. `open`: the list may hold routes nobody can name. */
export interface UrlRouterNode {
  readonly kind: 'routes'
  readonly routes: readonly RouteNode[]
  readonly open: boolean
  readonly list: Place
  readonly at: Place
}
export interface RouteNode {
  readonly pattern: RoutePattern
  readonly app: AppNode
  readonly at: Place
}
/** `ChannelNameRouter({...})`: what `runworker` serves. */
export interface ChannelNamesNode {
  readonly kind: 'channels'
  readonly entries: readonly { readonly name: string; readonly key: Place; readonly app: AppNode }[]
  readonly open: boolean
  readonly at: Place
}
/** A consumer class where an application is expected. */
export interface ConsumerNode {
  readonly kind: 'consumer'
  /** Name of the class as written in its definition. */
  readonly name: string
  /** Its model when the class is of the project. */
  readonly consumer: Consumer | undefined
  /** `class`: the bare class. `as_asgi`: `.as_asgi()` was called. `uncalled`: it was not. `instance`: the class was called. */
  readonly form: 'class' | 'as_asgi' | 'uncalled' | 'instance'
  /** The expression that routes it: `ChatConsumer`, `ChatConsumer.as_asgi()`; undefined when it is out of reach. */
  readonly use: Place | undefined
  readonly at: Place
}
/** A function of the project (`async def application(scope, receive, send)`). */
export interface FunctionNode {
  readonly kind: 'function'
  readonly name: string
  readonly at: Place
}
/** `get_wsgi_application()`: an ASGI server that calls it gets a TypeError. */
export interface WsgiNode {
  readonly kind: 'wsgi'
  /** What makes it: `get_wsgi_application()`, the class of a WSGI middleware. */
  readonly made: string
  readonly at: Place
}
/** Something that cannot be called at all: `application = None`. */
export interface UncallableNode {
  readonly kind: 'uncallable'
  /** As Python would show it. */
  readonly shown: string
  readonly at: Place
}
/** Nobody can know here what it is. */
export interface OpaqueNode {
  readonly kind: 'unknown'
  readonly why: Text
  readonly at: Place
}

/** `path('ws/<str:room>/')`, `re_path(r'^ws/$')`, `url(...)`. */
export interface RoutePattern {
  readonly type: 'path' | 're_path' | 'url' | 'include' | 'unknown'
  /** The pattern as the function got it; undefined when it is not wholly known. */
  readonly text: string | undefined
  /** Keys of the dict behind the view, which are parameters too; undefined: not readable. */
  readonly extra: readonly string[] | undefined
  /** Where the pattern's text is written. */
  readonly at: Place
}

/** One flattened route: the patterns from the outermost router to the endpoint. */
export interface Route {
  readonly protocol: string
  readonly patterns: readonly RoutePattern[]
  /** For each pattern: something other than a URLRouter stands directly behind it, so that it must match to its end. */
  readonly closed: readonly boolean[]
  readonly app: AppNode
  /** The `path(...)` call of the endpoint. */
  readonly at: Place
  readonly when: readonly Condition[]
}

/** A consumer class of the project. */
export interface Consumer {
  readonly name: string
  readonly file: string
  /** The class's name in its definition. */
  readonly at: Place
  /** Dotted Channels classes it derives from, transitively. */
  readonly bases: readonly string[]
  readonly kind: 'websocket' | 'http' | 'other'
  readonly async: boolean
  /** Names of all its methods, inherited ones of the project included; `open`: a base of it could not be read. */
  readonly methods: ReadonlyMap<string, Place>
  readonly open: boolean
  /** What it may have besides: set on `self`, or from outside. */
  readonly given: GivenMethods
  /** `groups = [...]` in the class body. */
  readonly groups: Place | undefined
  /** The alias of the layer on which it listens; `?` when it cannot be read. */
  readonly layer: string
  /** Keys of the scope that its code reads, with the first place of each: user, session, url_route, query_string, cookies … */
  readonly scope: ReadonlyMap<string, Place>
  /** Keys it cannot do without: read with `scope["user"]`, not `.get`, and neither set nor tested for by its own code. */
  readonly requires: ReadonlyMap<string, Place>
  readonly usesLayer: readonly LayerUse[]
  /** Blocking calls of its coroutines, and of the coroutines and functions of the project that they run. */
  readonly blocking: readonly BlockingCall[]
  /** It is routed in the served application. */
  readonly routed: boolean
}

export interface BlockingCall {
  readonly at: Place
  /** What is called, as written without arguments: `Message.objects.create`, `time.sleep`. */
  readonly name: string
  /**
   * `bridge`: async_to_sync is called, which raises where a loop runs. `cache`: Django’s default cache, `session`: the session of the
   * scope, wherever they are kept.
   */
  readonly what: 'orm' | 'cache' | 'session' | 'sleep' | 'http' | 'subprocess' | 'bridge'
  /** It is the user of the scope whose relation is followed: another middleware may have put one there that brings it along. */
  readonly visitor: boolean
  /** The authentication backends are asked, of which that of Django asks the database. */
  readonly permission: boolean
  /** The coroutine it stands in, with its class: `ChatConsumer.receive`, `find_user`. */
  readonly coroutine: string
  readonly method: string
  readonly methodAt: Place
  /** Where it happens, when `at` calls a function that does it. */
  readonly inside: Place | undefined
  /** It happens before the socket is accepted. */
  readonly connecting: boolean
  /** Nothing decides whether it happens, and it is surely a model of Django that is asked. */
  readonly sure: boolean
}

/** One use of the channel layer. */
export interface LayerUse {
  readonly at: Place
  /** `groups`: the consumer attribute. `get`: get_channel_layer() alone. `unknown`: a method that the layer does not have. */
  readonly kind:
    | 'get'
    | 'groups'
    | 'group_add'
    | 'group_discard'
    | 'group_send'
    | 'send'
    | 'receive'
    | 'new_channel'
    | 'flush'
    | 'unknown'
  /** Method name as written. */
  readonly method: string
  /** The alias given to get_channel_layer, or the consumer's channel_layer_alias; `default` unless said, `?` when unreadable. */
  readonly alias: string
  /** Group or channel: first argument, as far as known. */
  readonly name: readonly Part[] | undefined
  readonly nameAt: Place | undefined
  /** The first argument is `self.channel_name`, the name of the one channel of a consumer. */
  readonly ownChannel: boolean
  /** The second one is: the consumer itself is put into the group, or taken out of it. */
  readonly ownMember: boolean
  /** `type` of a literal message, and where the message says it: as a text, or by the name of a constant. */
  readonly type: { readonly text: string; readonly at: Place } | undefined
  /** The message when it is written as a dict. */
  readonly event: EventDict | undefined
  /**
   * `await`: awaited. `bridge`: passed uncalled to async_to_sync. `called-bridge`: async_to_sync was given the called coroutine.
   * `dropped`: the coroutine is made and thrown away. `other`: returned, gathered, stored.
   */
  readonly drive: 'await' | 'bridge' | 'called-bridge' | 'dropped' | 'other'
  /** The whole call expression (the argument of async_to_sync for `called-bridge`). */
  readonly call: Place
  readonly consumer: string | undefined
  /** The function it stands in is a coroutine. */
  readonly async: boolean
}

/** A message written as a dict. */
export interface EventDict {
  readonly at: Place
  /** It has the key `type`, or may have it: `**event`, a key that is no literal, a name that other code changes. */
  readonly typed: boolean
  /** Values of a type that channels_redis has no form for. */
  readonly unfit: readonly EventValue[]
}
export interface EventValue {
  readonly at: Place
  /** `user`: what stands under `user` in the scope. */
  readonly type:
    | 'user'
    | 'datetime'
    | 'date'
    | 'time'
    | 'timedelta'
    | 'file'
    | 'Decimal'
    | 'UUID'
    | 'set'
    | 'generator'
    | 'QuerySet'
    | 'model'
    | 'lazy text'
    | 'number as a key'
  /** It is read from the user of the scope. */
  readonly ofUser?: boolean
  /** Of an instance: its key is a UUID. */
  readonly uuidKey?: boolean
  /** What stands there holds it among others. */
  readonly inside?: boolean
}

/** One step of boot: `chain` are the import statements that led there, outermost first. */
export interface BootStep {
  readonly at: Place
  readonly chain: readonly Place[]
}

export interface BootPath {
  readonly when: readonly Condition[]
  readonly crash: Crash | undefined
  /** First call that fills the app registry: get_asgi_application(), django.setup() … */
  readonly setup: (BootStep & { readonly call: string }) | undefined
  /** First time DJANGO_SETTINGS_MODULE is given a value; undefined when nothing does. */
  readonly settingsNamed: BootStep | undefined
  /** Things that need the app registry and came before it was ready, in order. */
  readonly early: readonly EarlyUse[]
  /** First thing that needs settings and came before DJANGO_SETTINGS_MODULE was named by code. */
  readonly settingsNeeded: (BootStep & { readonly what: string }) | undefined
}
export interface EarlyUse extends BootStep {
  /** `model`: a model class is created. `module`: an installed package's models are imported. `call`: get_user_model() at import. */
  readonly kind: 'model' | 'module' | 'call'
  /** `chat.models.Room`, `django.contrib.auth.models`, `get_user_model()`. */
  readonly name: string
}
