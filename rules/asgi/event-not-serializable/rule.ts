import { mayPut, unfitValues } from '../../../src/app/asgi/message-faults.ts'
import type { EventValue } from '../../../src/app/asgi/model.ts'
import { unfitJson } from '../../../src/app/asgi/unfit-values.ts'
import { sourceText } from '../../../src/app/settings/source-text.ts'
import type { Text } from '../../../src/contracts/text.ts'
import { rule } from '../../../src/engine/rule.ts'
import { fitted, textKeys } from './fitted.ts'

const named: Readonly<Partial<Record<EventValue['type'], Text>>> = {
  user: { en: 'the user object of the scope', fr: 'l’objet utilisateur du scope' },
  model: { en: 'an instance of a model', fr: 'une instance de modèle' },
  'lazy text': { en: 'a text that is not translated yet (lazy)', fr: 'un texte pas encore traduit (lazy)' },
  file: { en: 'a file of a model (FieldFile)', fr: 'un fichier de modèle (FieldFile)' },
  generator: { en: 'a generator', fr: 'un générateur' },
}

const help = {
  en: 'Send strings, numbers, lists and dicts: `.isoformat()` of a date, `str()` of a UUID, a Decimal or a lazy text, the id of an object, `.url` of a file.',
  fr: 'Envoyez des chaînes, nombres, listes et dicts : `.isoformat()` d’une date, `str()` d’un UUID, d’un Decimal ou d’un texte lazy, l’identifiant d’un objet, `.url` d’un fichier.',
} as const

export default rule({
  id: 'asgi/event-not-serializable',
  hop: 'message',
  severity: 'error',
  needs: 'channels-2',
  summary: {
    en: 'A message holds a value that Redis layers, or JSON, cannot serialize',
    fr: 'Un message contient une valeur que les channel layers de Redis, ou JSON, ne savent pas sérialiser',
  },
  messages: {
    unfit: {
      text: {
        en: 'the message given to {method} holds {type}: channels_redis raises "TypeError: can not serialize", and nothing is sent',
        fr: 'le message donné à {method} contient {type} : channels_redis lève « TypeError: can not serialize », et rien n’est envoyé',
      },
      help,
      fix: {
        safety: 'unsafe',
        changes: {
          en: 'the handlers get a string, a list or an id instead of the object',
          fr: 'les méthodes reçoivent une chaîne, une liste ou un identifiant au lieu de l’objet',
        },
        en: 'Send {instead}',
        fr: 'Envoyer {instead}',
      },
    },
    key: {
      text: {
        en: 'the message given to {method} holds a dict with a key that is not a string: msgpack writes it, but each consumer that receives it ends with "ValueError: int is not allowed for map key when strict_map_key=True"',
        fr: 'le message donné à {method} contient un dict avec une clé qui n’est pas une chaîne : msgpack l’écrit, mais chaque consumer qui le reçoit s’arrête sur « ValueError: int is not allowed for map key when strict_map_key=True »',
      },
      help: {
        en: 'Turn the keys into strings: `{str(key): value for key, value in …}`.',
        fr: 'Convertissez les clés en chaînes : `{str(clé): valeur for clé, valeur in …}`.',
      },
      fix: {
        safety: 'unsafe',
        changes: {
          en: 'the handlers get strings as keys',
          fr: 'les méthodes reçoivent des chaînes comme clés',
        },
        en: 'Turn the keys into strings',
        fr: 'Convertir les clés en chaînes',
      },
    },
    json: {
      text: {
        en: '{method} is given {type}: "TypeError: Object of type … is not JSON serializable", and the socket closes',
        fr: '{method} reçoit {type} : « TypeError: Object of type … is not JSON serializable », et le socket se ferme',
      },
      help,
      fix: {
        safety: 'unsafe',
        changes: {
          en: 'the page gets a string, a list or an id',
          fr: 'la page reçoit une chaîne, une liste ou un identifiant',
        },
        en: 'Send {instead}',
        fr: 'Envoyer {instead}',
      },
    },
  },
  check(app, report) {
    for (const value of unfitJson(app)) {
      const { at, type, by: method, ofUser } = value
      if ((type === 'user' || ofUser === true) && mayPut(app, 'user')) continue
      const shown = named[type] ?? { en: `a ${type}`, fr: `un ${type}` }
      const fit = fitted(app.tree, value)
      const data = { method, type: shown, instead: fit?.text ?? '' }
      report('json', { at, data, edits: fit && [fit], symbol: `${method}.${type} ${sourceText(app.tree, at)}` })
    }
    for (const value of unfitValues(app)) {
      const { at, type, use, brought, when } = value
      if (type === 'number as a key') {
        report('key', {
          at,
          data: { method: use.method },
          edits: textKeys(app.tree, at),
          when,
          symbol: brought ? `${use.method}.key ${sourceText(app.tree, at)}` : `${use.method}.key`,
          related: brought ? [{ at: use.at, message: { en: 'sent here', fr: 'envoyé ici' } }] : [],
        })
        continue
      }
      const shown = named[type] ?? { en: `a ${type}`, fr: `un ${type}` }
      const fit = fitted(app.tree, value)
      report('unfit', {
        at,
        data: { method: use.method, type: shown, instead: fit?.text ?? '' },
        edits: fit && [fit],
        when,
        symbol: brought ? `${use.method}.${type} ${sourceText(app.tree, at)}` : `${use.method}.${type}`,
        related: !brought ? [] : [{ at: use.at, message: { en: 'sent here', fr: 'envoyé ici' } }],
      })
    }
  },
})
