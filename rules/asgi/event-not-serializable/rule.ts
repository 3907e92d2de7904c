import { unfitValues } from '../../../src/app/asgi/message-faults.ts'
import type { EventValue } from '../../../src/app/asgi/model.ts'
import type { Text } from '../../../src/contracts/text.ts'
import { rule } from '../../../src/engine/rule.ts'

const named: Readonly<Partial<Record<EventValue['type'], Text>>> = {
  user: { en: 'the user object of the scope', fr: 'l’objet utilisateur du scope' },
  model: { en: 'an instance of a model', fr: 'une instance de modèle' },
  generator: { en: 'a generator', fr: 'un générateur' },
}

export default rule({
  id: 'asgi/event-not-serializable',
  hop: 'message',
  severity: 'error',
  needs: 'channels-2',
  summary: {
    en: 'A message of the channel layer holds a value that Redis layers cannot write',
    fr: 'Un message du channel layer contient une valeur que les channel layers de Redis ne savent pas écrire',
  },
  messages: {
    unfit: {
      text: {
        en: 'the message given to {method} holds {type}: channels_redis raises "TypeError: can not serialize", and nothing is sent',
        fr: 'le message donné à {method} contient {type} : channels_redis lève « TypeError: can not serialize », et rien n’est envoyé',
      },
      help: {
        en: 'Send texts, numbers, lists and dicts: `.isoformat()` of a date, `str()` of a UUID or Decimal, the id of an object.',
        fr: 'Envoyez des textes, nombres, listes et dicts : `.isoformat()` d’une date, `str()` d’un UUID ou d’un Decimal, l’identifiant d’un objet.',
      },
    },
  },
  check(app, report) {
    for (const { at, type, use, when } of unfitValues(app)) {
      const shown = named[type] ?? { en: `a ${type}`, fr: `un ${type}` }
      report('unfit', { at, data: { method: use.method, type: shown }, when, symbol: `${use.method}.${type}` })
    }
  },
})
