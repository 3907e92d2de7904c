import { placeIn } from '../../../src/app/asgi/python-code.ts'
import { placeKey } from '../../../src/contracts/place.ts'
import { rule } from '../../../src/engine/rule.ts'
import { asFunction, asyncTasks } from './async-tasks.ts'
import { awaitFaults } from './await-faults.ts'
import { calledAtOnce } from './called-at-once.ts'
import { droppedSenders } from './dropped-senders.ts'
import { scopeCoroutines } from './scope-coroutines.ts'

const dropped = { en: 'Write `await {name}(…)`.', fr: 'Écrivez `await {name}(…)`.' } as const
const awaitIt = { safety: 'safe', en: 'Add await', fr: 'Ajouter await' } as const

const returnsNone = {
  text: {
    en: "Channels awaits {consumer}.{method}, which is not a coroutine: \"TypeError: object NoneType can't be used in 'await' expression\"",
    fr: "Channels attend {consumer}.{method}, qui n’est pas une coroutine : « TypeError: object NoneType can't be used in 'await' expression »",
  },
  help: {
    en: 'Define it with `async def`, and await what it calls.',
    fr: 'Définissez-la avec `async def`, et attendez ce qu’elle appelle.',
  },
} as const

const neverRuns = {
  text: {
    en: '{consumer} is a synchronous consumer, and {method} is a coroutine: Channels calls it and awaits nothing, so it never runs',
    fr: '{consumer} est un consumer synchrone, et {method} est une coroutine : Channels l’appelle sans rien attendre, elle ne s’exécute donc jamais',
  },
  help: {
    en: 'Define it with `def`, or derive the consumer from the asynchronous class.',
    fr: 'Définissez-la avec `def`, ou dérivez le consumer de la classe asynchrone.',
  },
} as const

const unsent = {
  en: '{name} is a coroutine function that sends to the sockets, and what it returns here is thrown away: nothing is sent ("RuntimeWarning: coroutine was never awaited")',
  fr: '{name} est une fonction coroutine qui envoie aux sockets, et ce qu’elle renvoie ici est jeté : rien n’est envoyé (« RuntimeWarning: coroutine was never awaited »)',
} as const

const bridge = {
  text: unsent,
  help: {
    en: 'Write `async_to_sync({name})(…)`, which runs it and waits, where no event loop runs in the thread.',
    fr: 'Écrivez `async_to_sync({name})(…)`, qui l’exécute et attend, là où aucune boucle d’événements ne tourne dans le thread.',
  },
  fix: {
    safety: 'unsafe',
    en: 'Run it with async_to_sync',
    fr: 'L’exécuter par async_to_sync',
    changes: {
      en: 'the caller waits until the message is sent, and raises RuntimeError if a coroutine calls it in its loop',
      fr: 'l’appelant attend que le message soit envoyé, et lève RuntimeError si une coroutine l’appelle dans sa boucle',
    },
  },
} as const

const task = {
  text: {
    en: '{name} is a coroutine, and Celery calls its tasks without awaiting anything: nothing of it runs ("RuntimeWarning: coroutine was never awaited")',
    fr: '{name} est une coroutine, et Celery appelle ses tâches sans rien attendre : rien n’en est exécuté (« RuntimeWarning: coroutine was never awaited »)',
  },
  help: {
    en: 'Define the task with `def`, and call what is asynchronous with `async_to_sync(…)`.',
    fr: 'Définissez la tâche avec `def`, et appelez ce qui est asynchrone avec `async_to_sync(…)`.',
  },
  fix: {
    safety: 'safe',
    en: 'Make it a function that runs what it awaits',
    fr: 'En faire une fonction qui exécute ce qu’elle attend',
  },
} as const

const unrun = {
  severity: 'warning',
  text: {
    en: '{consumer}.{method} calls {name} without awaiting it: it never runs ("RuntimeWarning: coroutine was never awaited")',
    fr: '{consumer}.{method} appelle {name} sans l’attendre : elle ne s’exécute jamais (« RuntimeWarning: coroutine was never awaited »)',
  },
} as const

export default rule({
  id: 'asgi/not-awaited',
  hop: 'message',
  severity: 'error',
  needs: 'channels-2',
  summary: {
    en: 'A coroutine of a consumer, of a helper that sends or of Celery is not awaited, or Channels awaits something that is not one',
    fr: 'Une coroutine d’un consumer, d’une fonction qui envoie ou de Celery n’est pas attendue, ou Channels attend ce qui n’en est pas une',
  },
  messages: {
    accept: {
      hop: 'handshake',
      text: {
        en: '{consumer}.{method} calls {name} without awaiting it: it never runs, and the handshake is never answered',
        fr: '{consumer}.{method} appelle {name} sans l’attendre : elle ne s’exécute jamais, et la poignée de main reste sans réponse',
      },
      help: dropped,
      fix: awaitIt,
    },
    sent: {
      text: {
        en: '{consumer}.{method} calls {name} without awaiting it: nothing is sent ("RuntimeWarning: coroutine was never awaited")',
        fr: '{consumer}.{method} appelle {name} sans l’attendre : rien n’est envoyé (« RuntimeWarning: coroutine was never awaited »)',
      },
      help: dropped,
      fix: awaitIt,
    },
    own: {
      ...unrun,
      help: {
        en: 'Write `await {name}(…)`, or `asyncio.create_task({name}(…))` for what goes on in the background.',
        fr: 'Écrivez `await {name}(…)`, ou `asyncio.create_task({name}(…))` pour ce qui continue en arrière-plan.',
      },
      fix: {
        ...awaitIt,
        safety: 'unsafe',
        changes: {
          en: 'the coroutine runs, and the method waits for it',
          fr: 'la coroutine s’exécute, et la méthode l’attend',
        },
      },
    },
    refused: {
      ...unrun,
      help: {
        en: 'Write `await {name}(…)` and `return` after it: the method goes on after a close.',
        fr: 'Écrivez `await {name}(…)`, suivi de `return` : après une fermeture, la méthode continue.',
      },
    },
    used: {
      text: {
        en: '{consumer}.{method} uses what {name}(…) returns as if it were the result: it is a coroutine that nothing awaits',
        fr: '{consumer}.{method} utilise ce que renvoie {name}(…) comme si c’était le résultat : c’est une coroutine que rien n’attend',
      },
      help: {
        en: 'Write `(await {name}(…))`, with the parentheses.',
        fr: 'Écrivez `(await {name}(…))`, avec les parenthèses.',
      },
      fix: awaitIt,
    },
    called: {
      text: {
        en: '{name} gets what a function returns instead of the function: "TypeError: sync_to_async can only be applied to sync functions."',
        fr: '{name} reçoit ce que renvoie une fonction au lieu de la fonction : « TypeError: sync_to_async can only be applied to sync functions. »',
      },
      help: {
        en: 'Pass the function and call the result: `await {name}(function)(arguments)`.',
        fr: 'Passez la fonction et appelez le résultat : `await {name}(fonction)(arguments)`.',
      },
      fix: { safety: 'safe', en: 'Pass the function', fr: 'Passer la fonction' },
    },
    'in-scope': {
      text: {
        en: '{middleware} puts what {name}(…) returns into scope["{key}"] without awaiting it: {consumer} gets a coroutine there ("AttributeError: \'coroutine\' object has no attribute …")',
        fr: '{middleware} met ce que renvoie {name}(…) dans scope["{key}"] sans l’attendre : {consumer} y trouve une coroutine (« AttributeError: \'coroutine\' object has no attribute … »)',
      },
      help: dropped,
      fix: awaitIt,
    },
    'called-at-once': {
      text: {
        en: '{name} runs at once, and on_commit() gets what it returns instead of the function: TypeError ("on_commit()\'s callback must be a callable.") every time, in what has called this',
        fr: "{name} s’exécute tout de suite, et on_commit() reçoit ce qu’il renvoie au lieu de la fonction : TypeError (« on_commit()'s callback must be a callable. ») à chaque fois, dans ce qui l’a appelé",
      },
      help: {
        en: 'Hand over the function: `transaction.on_commit(partial({name}, …))`, or `lambda: {name}(…)`.',
        fr: 'Passez la fonction : `transaction.on_commit(partial({name}, …))`, ou `lambda: {name}(…)`.',
      },
      fix: { safety: 'safe', en: 'Hand over the function', fr: 'Passer la fonction' },
    },
    'sync-connect': { ...returnsNone, hop: 'handshake' },
    'sync-message': returnsNone,
    // The body has run, and the socket is closed: a traceback for each visitor is what is left.
    'sync-leave': { ...returnsNone, hop: 'stay', severity: 'warning' },
    'async-connect': { ...neverRuns, hop: 'handshake' },
    'async-message': neverRuns,
    'async-leave': { ...neverRuns, hop: 'stay', severity: 'warning' },
    sender: { text: unsent, help: dropped, fix: awaitIt },
    'sender-sync': bridge,
    'sender-later': {
      ...bridge,
      text: {
        en: '{name} is a coroutine function that sends to the sockets, and what calls it here awaits nothing: nothing is sent ("RuntimeWarning: coroutine was never awaited")',
        fr: '{name} est une fonction coroutine qui envoie aux sockets, et ce qui l’appelle ici n’attend rien : rien n’est envoyé (« RuntimeWarning: coroutine was never awaited »)',
      },
      help: { en: 'Hand over `async_to_sync({name})`.', fr: 'Passez `async_to_sync({name})`.' },
    },
    task,
    // What does not run has no part in messages, as far as can be seen.
    'task-aside': { ...task, severity: 'warning' },
    'codec-sync': {
      text: {
        en: "{consumer}.{method} is not a coroutine, and AsyncJsonWebsocketConsumer awaits it: \"TypeError: object str can't be used in 'await' expression\" with each message",
        fr: "{consumer}.{method} n’est pas une coroutine, et AsyncJsonWebsocketConsumer l’attend : « TypeError: object str can't be used in 'await' expression » à chaque message",
      },
      help: {
        en: 'Define it with `async def` (and keep `@classmethod`).',
        fr: 'Définissez-la avec `async def` (et gardez `@classmethod`).',
      },
      fix: { safety: 'safe', en: 'Write `async def`', fr: 'Écrire `async def`' },
    },
    'codec-async': {
      text: {
        en: '{consumer} is a synchronous consumer, and {method} is a coroutine: JsonWebsocketConsumer takes the coroutine itself for the result, and each message fails',
        fr: '{consumer} est un consumer synchrone, et {method} est une coroutine : JsonWebsocketConsumer prend la coroutine elle-même pour le résultat, et chaque message échoue',
      },
      help: { en: 'Define it with `def`.', fr: 'Définissez-la avec `def`.' },
    },
  },
  check(app, report) {
    const unsentAt = new Set<string>()
    for (const { kind, name, within, at, edits } of droppedSenders(app)) {
      unsentAt.add(placeKey(at))
      report(kind, { at, data: { name }, edits, symbol: `${within} ${name}` })
    }
    for (const { isConnecting, middleware, name, key, consumer, readAt, at, edits } of scopeCoroutines(app))
      report('in-scope', {
        at,
        hop: isConnecting ? 'handshake' : 'message',
        data: { middleware, name, key, consumer: consumer.name },
        edits,
        related: [{ at: readAt, message: { en: 'read here', fr: 'lu ici' } }],
        symbol: `${middleware} ${key}`,
      })
    for (const { name, within, at, edits } of calledAtOnce(app))
      report('called-at-once', { at, data: { name }, edits, symbol: `${within} ${name}` })
    for (const { kind, consumer, method, name, at, edits } of awaitFaults(app)) {
      if (unsentAt.has(placeKey(at))) continue
      const data = { consumer, method, name }
      report(kind, { at, data, edits, symbol: `${consumer}.${method}` })
    }
    for (const found of asyncTasks(app)) {
      const { node, file, sends } = found
      const at = placeIn(file, node.nameSpan)
      const edits = asFunction(app, found)
      report(sends ? 'task' : 'task-aside', { at, data: { name: node.name }, edits, symbol: node.name })
    }
  },
})
