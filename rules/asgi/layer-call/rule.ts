import { layerFaults } from '../../../src/app/asgi/message-faults.ts'
import { rule } from '../../../src/engine/rule.ts'

const dropped = {
  text: {
    en: '{method} is a coroutine that nothing awaits: it never runs ("RuntimeWarning: coroutine was never awaited")',
    fr: '{method} est une coroutine que rien n’attend : elle ne s’exécute jamais (« RuntimeWarning: coroutine was never awaited »)',
  },
  help: {
    en: 'Write `await` before it in a coroutine, `async_to_sync(layer.{method})(…)` elsewhere.',
    fr: 'Écrivez `await` devant dans une coroutine, `async_to_sync(layer.{method})(…)` ailleurs.',
  },
  fix: { safety: 'safe', en: 'Await it', fr: 'L’attendre' },
} as const

export default rule({
  id: 'asgi/layer-call',
  hop: 'message',
  severity: 'error',
  needs: 'channels-2',
  summary: {
    en: 'A call of the channel layer fails or does nothing',
    fr: 'Un appel du channel layer échoue ou ne fait rien',
  },
  messages: {
    unknown: {
      text: {
        en: 'a channel layer has no method {method}: AttributeError; {detail} is meant',
        fr: 'un channel layer n’a pas de méthode {method} : AttributeError ; il s’agit de {detail}',
      },
      help: { en: 'Call {detail}.', fr: 'Appelez {detail}.' },
      fix: { safety: 'safe', en: 'Call the method that is meant', fr: 'Appeler la méthode voulue' },
    },
    dropped,
    // Messages go on arriving: what is left behind is a name in the group until it expires.
    'dropped-leaving': { ...dropped, severity: 'warning' },
    called: {
      text: {
        en: 'async_to_sync gets the coroutine that {method}(…) returns instead of {method} itself: nothing is sent',
        fr: 'async_to_sync reçoit la coroutine que renvoie {method}(…) au lieu de {method} elle-même : rien n’est envoyé',
      },
      help: { en: 'Write `async_to_sync(layer.{method})(…)`.', fr: 'Écrivez `async_to_sync(layer.{method})(…)`.' },
      fix: { safety: 'safe', en: 'Hand over the method itself', fr: 'Passer la méthode elle-même' },
    },
    bridged: {
      text: {
        en: 'async_to_sync is called in a coroutine: "RuntimeError: You cannot use AsyncToSync in the same thread as an async event loop"',
        fr: 'async_to_sync est appelé dans une coroutine : « RuntimeError: You cannot use AsyncToSync in the same thread as an async event loop »',
      },
      help: { en: 'Write `await layer.{method}(…)`.', fr: 'Écrivez `await layer.{method}(…)`.' },
      fix: { safety: 'safe', en: 'Await it', fr: 'L’attendre' },
    },
    name: {
      text: {
        en: 'the name given to {method} holds `{detail}`: Channels takes ASCII letters, digits, hyphens, underscores and periods only (TypeError)',
        fr: 'le nom donné à {method} contient `{detail}` : Channels n’admet que lettres ASCII, chiffres, tirets, tirets bas et points (TypeError)',
      },
      help: {
        en: 'Build the name from such characters, for example from an id.',
        fr: 'Construisez le nom avec ces seuls caractères, par exemple à partir d’un identifiant.',
      },
      fix: {
        safety: 'unsafe',
        changes: {
          en: 'the name is another one: whoever builds the old one elsewhere has to build this one',
          fr: 'le nom est un autre : qui construit l’ancien ailleurs doit construire celui-ci',
        },
        en: 'Write `_` for it',
        fr: 'Écrire `_` à la place',
      },
    },
    'long-name': {
      text: {
        en: 'the name given to {method} has at least {detail} characters: Channels takes fewer than 100 (TypeError)',
        fr: 'le nom donné à {method} a au moins {detail} caractères : Channels en admet moins de 100 (TypeError)',
      },
      help: {
        en: 'Use a shorter name, for example a hash.',
        fr: 'Utilisez un nom plus court, par exemple un condensat.',
      },
    },
  },
  check(app, report) {
    for (const { kind, use, at, detail, edits } of layerFaults(app)) {
      report(kind === 'dropped' && use.method === 'group_discard' ? 'dropped-leaving' : kind, {
        at,
        data: { method: use.method, detail },
        edits,
        symbol: use.method,
      })
    }
  },
})
