import { rule } from '../../../src/engine/rule.ts'
import { legacyUses } from './legacy-uses.ts'
import { rewritten } from './rewritten.ts'

const help = {
  en: 'Use {instead}.',
  fr: 'Utilisez {instead}.',
} as const

export default rule({
  id: 'asgi/legacy-routing',
  hop: 'boot',
  severity: 'error',
  needs: 'channels-2',
  summary: {
    en: 'The code uses something that the installed Channels has removed',
    fr: 'Le code utilise ce que la version installée de Channels a supprimé',
  },
  messages: {
    import: {
      text: {
        en: '{name} was removed in Channels {version}: this import raises ImportError',
        fr: '{name} a été supprimé dans Channels {version} : cet import lève ImportError',
      },
      help,
    },
    takes: {
      hop: 'handshake',
      text: {
        en: '{name} takes the scope alone, as in Channels 2; Channels {version} calls it with scope, receive and send here: every connection raises TypeError ("__call__() takes 2 positional arguments but 4 were given")',
        fr: '{name} ne prend que le scope, comme dans Channels 2 ; Channels {version} l’appelle ici avec scope, receive et send : chaque connexion lève TypeError (« __call__() takes 2 positional arguments but 4 were given »)',
      },
      help,
      fix: {
        safety: 'safe',
        en: 'Take scope, receive and send, and hand them on',
        fr: 'Prendre scope, receive et send, et les transmettre',
      },
    },
    called: {
      hop: 'handshake',
      text: {
        en: '{name} is called with the scope alone, as in Channels 2; in Channels {version} it takes scope, receive and send: every connection raises TypeError ("__call__() missing 2 required positional arguments")',
        fr: '{name} est appelé avec le seul scope, comme dans Channels 2 ; dans Channels {version}, il prend scope, receive et send : chaque connexion lève TypeError (« __call__() missing 2 required positional arguments »)',
      },
      help,
    },
    mistaken: {
      hop: 'handshake',
      text: {
        en: 'the `__call__` of {name} is no coroutine function: a router of Channels {version} takes it for an application of Channels 2 and calls it with the scope alone, and every connection raises TypeError ("__call__() missing 2 required positional arguments")',
        fr: 'le `__call__` de {name} n’est pas une coroutine : un routeur de Channels {version} y voit une application de Channels 2 et l’appelle avec le seul scope ; chaque connexion lève TypeError (« __call__() missing 2 required positional arguments »)',
      },
      help,
    },
  },
  check(app, report) {
    for (const { kind, name, at, version, instead, when } of legacyUses(app)) {
      const edits = kind === 'takes' ? rewritten(app, name, at) : undefined
      report(kind, { at, data: { name, version, instead }, edits, when, symbol: name })
    }
  },
})
