import { atLeast } from '../../../src/app/settings/versions.ts'
import { rule } from '../../../src/engine/rule.ts'

const orm = {
  text: {
    en: '{consumer}.{method} is a coroutine and asks the database with {name}: "SynchronousOnlyOperation: You cannot call this from an async context"',
    fr: '{consumer}.{method} est une coroutine et interroge la base avec {name} : « SynchronousOnlyOperation: You cannot call this from an async context »',
  },
  help: {
    en: 'Put it in a function decorated with `@database_sync_to_async` and await that, or use the async methods (`aget`, `acreate`, `async for`).',
    fr: 'Placez-le dans une fonction décorée par `@database_sync_to_async` et attendez-la, ou utilisez les méthodes asynchrones (`aget`, `acreate`, `async for`).',
  },
} as const

export default rule({
  id: 'asgi/blocking-call',
  hop: 'message',
  severity: 'warning',
  needs: 'channels-2',
  summary: {
    en: 'A coroutine of a consumer blocks the event loop',
    fr: 'Une coroutine d’un consumer bloque la boucle d’événements',
  },
  messages: {
    orm,
    // The exception comes before the socket is accepted.
    'orm-refused': { ...orm, hop: 'handshake' },
    unguarded: {
      text: {
        en: '{consumer}.{method} is a coroutine and asks the database with {name}, which blocks: every other socket and page of the process waits meanwhile',
        fr: '{consumer}.{method} est une coroutine et interroge la base avec {name}, ce qui bloque : tous les autres sockets et pages du processus attendent pendant ce temps',
      },
      help: {
        en: 'Put it in a function decorated with `@database_sync_to_async` and await that.',
        fr: 'Placez-le dans une fonction décorée par `@database_sync_to_async` et attendez-la.',
      },
    },
    other: {
      text: {
        en: '{consumer}.{method} is a coroutine and {name} blocks: every other socket and page of the process waits meanwhile',
        fr: '{consumer}.{method} est une coroutine et {name} bloque : tous les autres sockets et pages du processus attendent pendant ce temps',
      },
      help: {
        en: 'Use an asynchronous counterpart (`asyncio.sleep`, `httpx.AsyncClient`), or wrap it in `sync_to_async`.',
        fr: 'Utilisez un équivalent asynchrone (`asyncio.sleep`, `httpx.AsyncClient`), ou enveloppez-le dans `sync_to_async`.',
      },
    },
  },
  check(app, report) {
    // Django refuses the database in coroutines since 3.0; before, the call just blocks.
    const orm = atLeast(app.dependencies, 'Django', '3.0') === false ? 'unguarded' : 'orm'
    for (const consumer of app.asgi.consumers) {
      const first = new Map(consumer.blocking.toReversed().map((call) => [call.methodAt.span.start, call]))
      for (const call of first.values()) {
        const others = consumer.blocking.filter(
          (other) => other !== call && other.methodAt.span.start === call.methodAt.span.start,
        )
        const message = call.what === 'orm' ? orm : 'other'
        const connecting = call.method === 'connect' || call.method === 'websocket_connect'
        report(message === 'orm' && connecting ? 'orm-refused' : message, {
          at: call.at,
          data: { consumer: consumer.name, method: call.method, name: call.name },
          related: others.map(({ at }) => ({ at, message: { en: 'this blocks too', fr: 'ceci bloque aussi' } })),
          symbol: `${consumer.name}.${call.method}`,
        })
      }
    }
  },
})
