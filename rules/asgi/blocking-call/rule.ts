import { hasApplication } from '../../../src/app/asgi/versions.ts'
import { atLeast } from '../../../src/app/settings/versions.ts'
import { rule } from '../../../src/engine/rule.ts'

export default rule({
  id: 'asgi/blocking-call',
  hop: 'message',
  severity: 'warning',
  fix: 'none',
  summary: {
    en: 'A coroutine of a consumer blocks the event loop',
    fr: 'Une coroutine d’un consumer bloque la boucle d’événements',
  },
  messages: {
    orm: {
      en: '{consumer}.{method} is a coroutine and asks the database with {name}: "SynchronousOnlyOperation: You cannot call this from an async context"',
      fr: '{consumer}.{method} est une coroutine et interroge la base avec {name} : « SynchronousOnlyOperation: You cannot call this from an async context »',
    },
    unguarded: {
      en: '{consumer}.{method} is a coroutine and asks the database with {name}, which blocks: every other socket and page of the process waits meanwhile',
      fr: '{consumer}.{method} est une coroutine et interroge la base avec {name}, ce qui bloque : tous les autres sockets et pages du processus attendent pendant ce temps',
    },
    other: {
      en: '{consumer}.{method} is a coroutine and {name} blocks: every other socket and page of the process waits meanwhile',
      fr: '{consumer}.{method} est une coroutine et {name} bloque : tous les autres sockets et pages du processus attendent pendant ce temps',
    },
  },
  mend: {
    orm: {
      en: 'Put it in a function decorated with `@database_sync_to_async` and await that, or use the async methods (`aget`, `acreate`, `async for`).',
      fr: 'Placez-le dans une fonction décorée par `@database_sync_to_async` et attendez-la, ou utilisez les méthodes asynchrones (`aget`, `acreate`, `async for`).',
    },
    unguarded: {
      en: 'Put it in a function decorated with `@database_sync_to_async` and await that.',
      fr: 'Placez-le dans une fonction décorée par `@database_sync_to_async` et attendez-la.',
    },
    other: {
      en: 'Use an asynchronous counterpart (`asyncio.sleep`, `httpx.AsyncClient`), or wrap it in `sync_to_async`.',
      fr: 'Utilisez un équivalent asynchrone (`asyncio.sleep`, `httpx.AsyncClient`), ou enveloppez-le dans `sync_to_async`.',
    },
  },
  check(app, report) {
    if (!hasApplication(app)) return
    // Django refuses the database in coroutines since 3.0; before, the call just blocks.
    const orm = atLeast(app.dependencies, 'Django', '3.0') === false ? 'unguarded' : 'orm'
    for (const consumer of app.asgi.consumers) {
      const first = new Map(consumer.blocking.toReversed().map((call) => [call.methodAt.span.start, call]))
      for (const call of first.values()) {
        const others = consumer.blocking.filter(
          (other) => other !== call && other.methodAt.span.start === call.methodAt.span.start,
        )
        const message = call.what === 'orm' ? orm : 'other'
        // The exception comes before the socket is accepted.
        const refused = message === 'orm' && (call.method === 'connect' || call.method === 'websocket_connect')
        report(message, {
          at: call.at,
          ...(refused && { hop: 'handshake' }),
          data: { consumer: consumer.name, method: call.method, name: call.name },
          related: others.map(({ at }) => ({ at, message: { en: 'this blocks too', fr: 'ceci bloque aussi' } })),
          symbol: `${consumer.name}.${call.method}`,
        })
      }
    }
  },
})
