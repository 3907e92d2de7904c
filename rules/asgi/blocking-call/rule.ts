import type { App } from '../../../src/app/app.ts'
import { refusesInLoop } from '../../../src/app/asgi/async-unsafe.ts'
import { mayPut } from '../../../src/app/asgi/message-faults.ts'
import type { BlockingCall } from '../../../src/app/asgi/model.ts'
import { blockingCallsOf } from '../../../src/app/asgi/served-calls.ts'
import type { Judged } from '../../../src/app/settings/setting-verdict.ts'
import { placeKey } from '../../../src/contracts/place.ts'
import { rule } from '../../../src/engine/rule.ts'
import { uniqueBy } from '../../../src/unique-by.ts'
import { type QueryOfView, queriesOfAsyncViews } from './async-views.ts'
import { allAwaited } from './awaited.ts'
import { asksDatabaseForPermissions } from './backends.ts'
import { keepsSessionsInDatabase, keptCache } from './cache.ts'
import { endlessLoops } from './endless.ts'

const orm = {
  text: {
    en: '{coroutine} is a coroutine and queries the database with {name}: "SynchronousOnlyOperation: You cannot call this from an async context"',
    fr: '{coroutine} est une coroutine et interroge la base avec {name} : « SynchronousOnlyOperation: You cannot call this from an async context »',
  },
  help: {
    en: 'Put it in a function decorated with `@database_sync_to_async` and await that, or use the async methods (`aget`, `acreate`, `async for`).',
    fr: 'Placez-le dans une fonction décorée par `@database_sync_to_async` et appelez-la avec `await`, ou utilisez les méthodes asynchrones (`aget`, `acreate`, `async for`).',
  },
  fix: {
    safety: 'unsafe',
    changes: {
      en: 'the query runs in a thread, and the coroutine waits for it',
      fr: 'la requête s’exécute dans un thread, et la coroutine l’attend',
    },
    en: 'Query with {instead}',
    fr: 'Interroger avec {instead}',
  },
} as const

const endless = {
  text: {
    en: '{coroutine} never comes out of this loop, and a consumer handles one thing after the other: messages that come meanwhile are never handled',
    fr: '{coroutine} ne sort jamais de cette boucle, et un consumer traite une chose après l’autre : les messages qui arrivent entre-temps ne sont jamais traités',
  },
  help: {
    en: 'In an asynchronous consumer, run the loop beside it: `self.task = asyncio.create_task(…)`, cancelled in `disconnect`.',
    fr: 'Dans un consumer asynchrone, exécutez la boucle à côté : `self.task = asyncio.create_task(…)`, annulée dans `disconnect`.',
  },
} as const

const view = {
  hop: 'http',
  text: {
    en: '{coroutine} is an asynchronous view and queries the database with {name} in the event loop: the page ends with "SynchronousOnlyOperation: You cannot call this from an async context"',
    fr: '{coroutine} est une vue asynchrone et interroge la base avec {name} dans la boucle d’événements : la page se termine sur « SynchronousOnlyOperation: You cannot call this from an async context »',
  },
  help: {
    en: 'Await it: the async methods (`aget`, `acreate`, `async for`), or `await sync_to_async(…)()` around all that asks the database; or make the view a plain `def`.',
    fr: 'Attendez le résultat : les méthodes asynchrones (`aget`, `acreate`, `async for`), ou `await sync_to_async(…)()` autour de tout ce qui interroge la base ; ou faites de la vue un simple `def`.',
  },
} as const

const template = {
  ...view,
  text: {
    en: '{coroutine} is an asynchronous view and hands its template the query set `{name}`, which nothing has run yet: it is run where the template looks at it, in the event loop, and the page ends with "SynchronousOnlyOperation: You cannot call this from an async context"',
    fr: '{coroutine} est une vue asynchrone et donne à son template le QuerySet `{name}`, que rien n’a encore exécuté : il l’est là où le template le lit, dans la boucle d’événements, et la page se termine sur « SynchronousOnlyOperation: You cannot call this from an async context »',
  },
  help: {
    en: 'Make a list of it before: `[room async for room in rooms]`, or `await sync_to_async(list)(rooms)`; or make the view a plain `def`.',
    fr: 'Faites-en une liste avant : `[room async for room in rooms]`, ou `await sync_to_async(list)(rooms)` ; ou faites de la vue un simple `def`.',
  },
} as const

export default rule({
  id: 'asgi/blocking-call',
  hop: 'message',
  severity: 'warning',
  needs: 'channels-2',
  summary: {
    en: 'A coroutine of a consumer or a view blocks the event loop, or a method blocks its own consumer',
    fr: 'Une coroutine d’un consumer ou d’une vue bloque la boucle d’événements, ou une méthode bloque son propre consumer',
  },
  messages: {
    orm,
    // The exception comes before the socket is accepted.
    'orm-refused': { ...orm, hop: 'handshake' },
    // Nothing decides whether it is reached.
    'orm-surely': { ...orm, severity: 'error' },
    'orm-surely-refused': { ...orm, severity: 'error', hop: 'handshake' },
    unguarded: {
      text: {
        en: '{coroutine} is a coroutine and queries the database with {name}, which blocks: every other socket and page of the process waits meanwhile',
        fr: '{coroutine} est une coroutine et interroge la base avec {name}, ce qui bloque : tous les autres sockets et pages du processus attendent pendant ce temps',
      },
      help: {
        en: 'Put it in a function decorated with `@database_sync_to_async` and await that.',
        fr: 'Placez-le dans une fonction décorée par `@database_sync_to_async` et appelez-la avec `await`.',
      },
    },
    other: {
      text: {
        en: '{coroutine} is a coroutine and {name} blocks: every other socket and page of the process waits meanwhile',
        fr: '{coroutine} est une coroutine et {name} bloque : tous les autres sockets et pages du processus attendent pendant ce temps',
      },
      help: {
        en: 'Use an asynchronous counterpart (`asyncio.sleep`, `httpx.AsyncClient`), or wrap it in `sync_to_async`.',
        fr: 'Utilisez un équivalent asynchrone (`asyncio.sleep`, `httpx.AsyncClient`), ou enveloppez-le dans `sync_to_async`.',
      },
      fix: { safety: 'safe', en: 'Wait with {instead}', fr: 'Attendre avec {instead}' },
    },
    // One round trip to a machine nearby.
    cache: {
      severity: 'info',
      text: {
        en: '{coroutine} is a coroutine and asks Redis with {name}: every other socket and page of the process waits for the answer',
        fr: '{coroutine} est une coroutine et interroge Redis avec {name} : tous les autres sockets et pages du processus attendent la réponse',
      },
      help: {
        en: 'Await its asynchronous twin: `await cache.aget(…)` (Django 4.0 and later).',
        fr: 'Utilisez son équivalent asynchrone : `await cache.aget(…)` (depuis Django 4.0).',
      },
    },
    // Whether anybody opens the page, and gets to that place of it, is not known.
    view,
    'view-surely': { ...view, severity: 'error' },
    template,
    'template-surely': { ...template, severity: 'error' },
    endless: { ...endless, severity: 'error' },
    // Whether the page sends anything is not known.
    'endless-page': endless,
    'endless-leave': {
      ...endless,
      hop: 'stay',
      text: {
        en: '{coroutine} waits for what only `disconnect` sets, and a consumer handles one thing after the other: once the page is gone, the loop goes on until it ends for another reason, a send fails or the server ends it',
        fr: '{coroutine} attend ce que seul `disconnect` définit, et un consumer traite une chose après l’autre : une fois la page partie, la boucle continue jusqu’à ce qu’elle finisse pour une autre raison, qu’un envoi échoue ou que le serveur l’arrête',
      },
    },
  },
  check(app, report) {
    const missed = { group: 'endless', page: 'endless-page', leave: 'endless-leave' } as const
    for (const { consumer, method, at, misses, calledAt } of endlessLoops(app)) {
      report(missed[misses], {
        at,
        data: { coroutine: `${consumer}.${method}` },
        related:
          calledAt === undefined ? [] : [{ at: calledAt, message: { en: 'called from here', fr: 'appelé ici' } }],
        symbol: `${consumer}.${method} loop`,
      })
    }
    if (refusesInLoop(app)) for (const query of firstOfViews(app)) report(...toldView(query))
    const orm = refusesInLoop(app) ? 'orm' : 'unguarded'
    const { calls, cached, when } = blocking(app)
    for (const [first, ...others] of byCoroutine(cached))
      report('cache', {
        at: first.at,
        data: { coroutine: first.coroutine, name: first.name },
        related: [
          ...(first.inside === undefined ? [] : [{ at: first.inside, message: { en: 'here', fr: 'ici' } }]),
          ...others.map(({ at }) => ({ at, message: { en: 'this too', fr: 'ceci aussi' } })),
        ],
        when,
        symbol: `${first.coroutine} cache`,
      })
    for (const [first, ...others] of byCoroutine(calls)) {
      const message = first.what === 'orm' ? orm : 'other'
      // A safe fix is that of the calls it is safe for; the queries are told when it is carried out.
      const sleeping = [first, ...others].filter(({ what }) => first.what === 'orm' || what !== 'orm')
      const way = allAwaited(app, sleeping)
      const certain = message === 'orm' && first.sure
      const refused = message === 'orm' && first.connecting
      report(certain ? (refused ? 'orm-surely-refused' : 'orm-surely') : refused ? 'orm-refused' : message, {
        at: first.at,
        data: { coroutine: first.coroutine, name: first.name, instead: way?.instead ?? '' },
        edits: message === 'unguarded' ? undefined : way?.edits,
        related: [
          ...(first.inside === undefined ? [] : [{ at: first.inside, message: { en: 'here', fr: 'ici' } }]),
          ...others.map(({ at }) => ({ at, message: { en: 'this blocks too', fr: 'ceci bloque aussi' } })),
        ],
        symbol: first.coroutine,
      })
    }
  },
})

/** One query of each view: what ends the first page before any other. */
function firstOfViews(app: App): QueryOfView[] {
  const all = queriesOfAsyncViews(app)
  const ordered = [...all.filter((one) => one.isFirstPage), ...all.filter((one) => !one.isFirstPage)]
  return uniqueBy(ordered, ({ viewAt }) => placeKey(viewAt))
}

function toldView({ how, isFirstPage, view: coroutine, at, name, inside }: QueryOfView) {
  const message = how === 'call' ? ('view' as const) : ('template' as const)
  const told = how === 'call' ? { en: 'here', fr: 'ici' } : { en: 'run here', fr: 'exécuté ici' }
  return [
    isFirstPage ? (`${message}-surely` as const) : message,
    {
      at,
      data: { coroutine, name },
      related: inside === undefined ? [] : [{ at: inside, message: told }],
      symbol: coroutine,
    },
  ] as const
}

/** The blocking calls of everything that the sockets run, those of a cache in Redis apart: a cache in the database is queried. */
function blocking(app: App): { calls: BlockingCall[]; cached: BlockingCall[]; when: Judged['when'] } {
  const isOther = ({ what, visitor, permission }: BlockingCall) =>
    what === 'bridge' || (visitor && mayPut(app, 'user')) || (permission && !asksDatabaseForPermissions(app))
  const all = blockingCallsOf(app)
    .filter((call) => !isOther(call))
    .flatMap((call): BlockingCall[] => (call.what === 'session' ? sessionQuery(app, call) : [call]))
  const calls = all.filter(({ what }) => what !== 'cache')
  const asked = all.filter(({ what }) => what === 'cache')
  const kept = asked.length === 0 ? undefined : keptCache(app)
  if (kept?.in === 'redis') return { calls, cached: asked, when: kept.when }
  const isDatabase = kept !== undefined && kept.when.length === 0
  const queries = isDatabase ? asked.map((call): BlockingCall => ({ ...call, what: 'orm' })) : []
  return { calls: [...calls, ...queries], cached: [], when: [] }
}

/** A session of Django's that is kept in the database is queried. */
const sessionQuery = (app: App, call: BlockingCall): BlockingCall[] =>
  keepsSessionsInDatabase(app) && !mayPut(app, 'session') ? [{ ...call, what: 'orm' }] : []

/** Calls coroutine by coroutine; what is sure first. */
function byCoroutine(all: readonly BlockingCall[]): (readonly [BlockingCall, ...BlockingCall[]])[] {
  const groups = new Map<string, [BlockingCall, ...BlockingCall[]]>()
  for (const call of all) {
    const key = placeKey(call.methodAt)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [call])
    else if (call.what === 'orm' && call.sure && !group[0].sure) group.unshift(call)
    else group.push(call)
  }
  return [...groups.values()]
}
