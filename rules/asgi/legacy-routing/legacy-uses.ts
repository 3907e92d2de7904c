import type { App } from '../../../src/app/app.ts'
import type { AppNode, CustomMiddleware } from '../../../src/app/asgi/model.ts'
import { codeOf, importedModule, placeIn } from '../../../src/app/asgi/python-code.ts'
import { innerNodes } from '../../../src/app/asgi/routes.ts'
import { channelsMajor } from '../../../src/app/asgi/versions.ts'
import { socketVisits } from '../../../src/app/asgi/visits.ts'
import { type Place, placeKey } from '../../../src/contracts/place.ts'
import type { Text } from '../../../src/contracts/text.ts'
import type { Condition } from '../../../src/evaluate/condition.ts'
import type { Misfit } from '../../../src/evaluate/python/evaluation.ts'
import type { Import, ImportFrom } from '../../../src/syntax/python/ast.ts'
import { walk } from '../../../src/syntax/python/walk.ts'

/** Something that the installed Channels no longer has. */
export interface LegacyUse {
  readonly kind: 'import' | Misfit['kind']
  readonly name: string
  readonly at: Place
  /** For an import: the version that removed it. For an application: the one that is installed. */
  readonly version: string
  readonly instead: Text
  readonly when: readonly (Condition | Text)[]
}

interface Removal {
  readonly removed: 2 | 4
  readonly instead: Text
}

const consumersInstead: Text = { en: 'consumers routed by a URLRouter', fr: 'des consumers routés par un URLRouter' }
const layerInstead: Text = { en: 'get_channel_layer() and group_send', fr: 'get_channel_layer() et group_send' }
const stackInstead: Text = { en: 'AuthMiddlewareStack and self.scope', fr: 'AuthMiddlewareStack et self.scope' }
const asgiInstead: Text = { en: 'django.core.asgi.get_asgi_application', fr: 'django.core.asgi.get_asgi_application' }
const nothing: Text = { en: 'nothing: it is gone', fr: 'rien : c’est supprimé' }

/** Dotted names and whole modules that are gone. [S: channels 1.1.8, 2.4.0, 3.0.5 and 4.3.2 compared] */
const removals: Readonly<Record<string, Removal>> = {
  'channels.Group': { removed: 2, instead: layerInstead },
  'channels.Channel': { removed: 2, instead: layerInstead },
  'channels.channel_layers': { removed: 2, instead: layerInstead },
  'channels.route': { removed: 2, instead: consumersInstead },
  'channels.route_class': { removed: 2, instead: consumersInstead },
  'channels.include': { removed: 2, instead: consumersInstead },
  'channels.routing.route': { removed: 2, instead: consumersInstead },
  'channels.routing.route_class': { removed: 2, instead: consumersInstead },
  'channels.routing.include': { removed: 2, instead: consumersInstead },
  'channels.asgi': { removed: 2, instead: asgiInstead },
  'channels.channel': { removed: 2, instead: layerInstead },
  'channels.binding': { removed: 2, instead: nothing },
  'channels.delay': { removed: 2, instead: nothing },
  'channels.handler': { removed: 2, instead: asgiInstead },
  'channels.message': { removed: 2, instead: nothing },
  'channels.test': { removed: 2, instead: { en: 'channels.testing', fr: 'channels.testing' } },
  'channels.generic.websockets': {
    removed: 2,
    instead: { en: 'channels.generic.websocket', fr: 'channels.generic.websocket' },
  },
  'channels.auth.channel_session_user': { removed: 2, instead: stackInstead },
  'channels.auth.channel_session_user_from_http': { removed: 2, instead: stackInstead },
  'channels.auth.http_session_user': { removed: 2, instead: stackInstead },
  'channels.sessions.channel_session': { removed: 2, instead: stackInstead },
  'channels.sessions.enforce_ordering': { removed: 2, instead: nothing },
  'channels.sessions.http_session': { removed: 2, instead: stackInstead },
  'channels.http': { removed: 4, instead: asgiInstead },
  'channels.staticfiles': { removed: 4, instead: { en: 'the runserver of daphne', fr: 'le runserver de daphne' } },
  'channels.hacks': { removed: 4, instead: nothing },
  'channels.signals': { removed: 4, instead: nothing },
}

/** Names of files that Django or Channels load in every app; others may be left-overs. */
const loaded = /(?:^|\/)(?:models|apps|consumers|routing|urls|views|signals|tasks|middlewares?|asgi)\.py$/

/** Imports and middleware that the Channels of the build no longer supports. */
export function legacyUses(app: App): LegacyUse[] {
  const major = channelsMajor(app)
  if (major === undefined) return []
  const ran = new Set(app.asgi.evaluation?.files ?? [])
  return [...legacyImports(app, major, ran), ...(major === 3 || major === 4 ? oldApplications(app, major) : [])]
}

function legacyImports(app: App, major: number, ran: ReadonlySet<string>): LegacyUse[] {
  const code = codeOf(app)
  return code.files.flatMap((path) => {
    if (!ran.has(path) && !loaded.test(path)) return []
    const file = code.source(path)?.text.includes('channels') === true ? code.file(path) : undefined
    if (file === undefined) return []
    const found: LegacyUse[] = []
    walk(file.tree, (node) => {
      // What a try block imports has an answer to its absence.
      if (node.kind === 'Try') return false
      if (node.kind !== 'Import' && node.kind !== 'ImportFrom') return true
      for (const { name, removal } of removedNames(node, file.module, path.endsWith('__init__.py'))) {
        if (removal.removed > major) continue
        const when = ran.has(path) ? [] : [{ en: `${path} is imported`, fr: `${path} est importé` }]
        found.push({
          kind: 'import',
          name,
          at: placeIn(file, node),
          version: `${removal.removed}.0`,
          instead: removal.instead,
          when,
        })
      }
      return true
    })
    return found
  })
}

function removedNames(
  node: Import | ImportFrom,
  module: string,
  isPackage: boolean,
): { name: string; removal: Removal }[] {
  const names = node.kind === 'Import' ? node.names.map(({ name }) => name) : fromNames(node, module, isPackage)
  const found = new Map<string, Removal>()
  for (const name of names) {
    const parts = name.split('.')
    for (let length = parts.length; length > 1; length--) {
      const key = parts.slice(0, length).join('.')
      if (!Object.hasOwn(removals, key)) continue
      found.set(key, removals[key] as Removal)
      break
    }
  }
  return [...found].map(([name, removal]) => ({ name, removal }))
}

function fromNames(node: ImportFrom, module: string, isPackage: boolean): string[] {
  const from = importedModule(node, module, isPackage)
  return from === undefined ? [] : node.names.map(({ name }) => `${from}.${name}`)
}

/**
 * Applications that are called, or call what they wrap, with the scope alone: those that Channels itself calls, by how it calls them
 * (Channels 3 takes one of ASGI 2 for what it is in its routers alone, Channels 4 nowhere; channels/routing.py of 3.0.5 and 4.2.0), and
 * where a socket fails at it.
 */
function oldApplications(app: App, major: 3 | 4): LegacyUse[] {
  const found = new Map<string, LegacyUse>()
  for (const { misfit, when } of socketVisits(app).faults) {
    if (misfit === undefined) continue
    const { kind, name, at } = misfit
    found.set(placeKey(at), { ...applicationUse(kind, name, at, major), when })
  }
  for (const { root } of app.asgi.application)
    for (const { name, at } of refused(root, major))
      if (!found.has(placeKey(at))) found.set(placeKey(at), applicationUse('takes', name, at, major))
  return [...found.values()]
}

const applicationUse = (kind: Misfit['kind'], name: string, at: Place, major: 3 | 4): LegacyUse => ({
  kind,
  name,
  at,
  version: `${major}`,
  instead: {
    en: '`async def __call__(self, scope, receive, send)`, which ends with `await self.inner(scope, receive, send)`',
    fr: '`async def __call__(self, scope, receive, send)`, qui se termine par `await self.inner(scope, receive, send)`',
  },
  when: [],
})

/** The middlewares of the project that take the scope alone and stand where Channels gives them more. */
function refused(node: AppNode, major: 3 | 4, parent?: AppNode): CustomMiddleware[] {
  const own = node.kind === 'wrapper' && node.custom?.asgi2 === true && givesAll(parent, major) ? [node.custom] : []
  return [...own, ...innerNodes(node).flatMap((inner) => refused(inner, major, node))]
}

function givesAll(parent: AppNode | undefined, major: 3 | 4): boolean {
  if (parent?.kind === 'protocols' || parent?.kind === 'routes') return major === 4
  return parent?.kind === 'wrapper' && parent.custom === undefined && parent.path.startsWith('channels.')
}
