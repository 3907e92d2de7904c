import { unfitValues } from '../../../src/app/asgi/message-faults.ts'
import type { EventValue } from '../../../src/app/asgi/model.ts'
import type { Text } from '../../../src/contracts/text.ts'
import { rule } from '../../../src/engine/rule.ts'
import { fitted, textKeys } from './fitted.ts'

const named: Readonly<Partial<Record<EventValue['type'], Text>>> = {
  user: { en: 'the user object of the scope', fr: 'l’objet utilisateur du scope' },
  model: { en: 'an instance of a model', fr: 'une instance de modèle' },
  'lazy text': { en: 'a text that is not translated yet (lazy)', fr: 'un texte pas encore traduit (lazy)' },
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
        en: 'Send texts, numbers, lists and dicts: `.isoformat()` of a date, `str()` of a UUID, a Decimal or a lazy text, the id of an object.',
        fr: 'Envoyez des textes, nombres, listes et dicts : `.isoformat()` d’une date, `str()` d’un UUID, d’un Decimal ou d’un texte lazy, l’identifiant d’un objet.',
      },
      fix: {
        safety: 'unsafe',
        changes: {
          en: 'the handlers get a text, a list or an id where they got the object',
          fr: 'les méthodes reçoivent un texte, une liste ou un identifiant au lieu de l’objet',
        },
        en: 'Send {instead}',
        fr: 'Envoyer {instead}',
      },
    },
    key: {
      text: {
        en: 'the message given to {method} holds a dict with a key that is no text: msgpack writes it, and each consumer that receives it ends with "ValueError: int is not allowed for map key when strict_map_key=True"',
        fr: 'le message donné à {method} contient un dict avec une clé qui n’est pas un texte : msgpack l’écrit, et chaque consumer qui le reçoit s’arrête sur « ValueError: int is not allowed for map key when strict_map_key=True »',
      },
      help: {
        en: 'Make the keys texts: `{str(key): value for key, value in …}`.',
        fr: 'Faites des clés des textes : `{str(clé): valeur for clé, valeur in …}`.',
      },
      fix: {
        safety: 'unsafe',
        changes: {
          en: 'the handlers get texts for keys',
          fr: 'les méthodes reçoivent des textes pour clés',
        },
        en: 'Make the keys texts',
        fr: 'Faire des clés des textes',
      },
    },
  },
  check(app, report) {
    for (const { at, type, use, when } of unfitValues(app)) {
      if (type === 'number as a key') {
        report('key', {
          at,
          data: { method: use.method },
          edits: textKeys(app.tree, at),
          when,
          symbol: `${use.method}.key`,
        })
        continue
      }
      const shown = named[type] ?? { en: `a ${type}`, fr: `un ${type}` }
      const fit = fitted(app.tree, at, type)
      report('unfit', {
        at,
        data: { method: use.method, type: shown, instead: fit?.text ?? '' },
        edits: fit && [fit],
        when,
        symbol: `${use.method}.${type}`,
      })
    }
  },
})
