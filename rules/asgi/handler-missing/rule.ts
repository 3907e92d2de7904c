import { unhandledTypes, untypedMessages } from '../../../src/app/asgi/message-faults.ts'
import { unreadMessages } from '../../../src/app/asgi/workers.ts'
import { samePlace } from '../../../src/contracts/place.ts'
import { rule } from '../../../src/engine/rule.ts'
import { methodTypo, renamed, typed, withoutUnderscore } from './counterpart.ts'
import { lackingMembers } from './lacking-members.ts'
import { overriddenTypes } from './overridden-types.ts'
import { misledTypes } from './own-methods.ts'
import { pageTypes } from './page-types.ts'

const missing = {
  text: {
    en: 'no consumer has a method {handler} for messages of type `{type}`: the consumer that gets one ends with "ValueError: No handler for message type {type}"',
    fr: 'aucun consumer n’a de méthode {handler} pour les messages de type `{type}` : celui qui en reçoit un s’arrête sur « ValueError: No handler for message type {type} »',
  },
  help: {
    en: 'Define `{handler}(self, event)` in the consumer, or correct the type.',
    fr: 'Définissez `{handler}(self, event)` dans le consumer, ou corrigez le type.',
  },
} as const

const renameMethod = {
  safety: 'unsafe',
  changes: {
    en: 'code outside of the project that calls the method by its name no longer finds it',
    fr: 'du code hors du projet qui appelle la méthode par son nom ne la trouve plus',
  },
  en: 'Rename the method {method} to {handler}',
  fr: 'Renommer la méthode {method} en {handler}',
} as const

const overridden = {
  help: {
    en: 'Write the type last (`{**payload, "type": "{type}"}`), or send the payload under a key of its own.',
    fr: 'Écrivez le type en dernier (`{**payload, "type": "{type}"}`), ou envoyez les données sous une clé à part.',
  },
  fix: {
    safety: 'unsafe',
    changes: {
      en: 'the other type does not arrive any more',
      fr: 'l’autre type n’arrive plus',
    },
    en: 'Write the type last',
    fr: 'Écrire le type en dernier',
  },
} as const

export default rule({
  id: 'asgi/handler-missing',
  hop: 'message',
  severity: 'error',
  needs: 'channels-2',
  security: 'some',
  summary: {
    en: 'A message is sent with a type that no consumer handles',
    fr: 'Un message est envoyé avec un type qu’aucun consumer ne traite',
  },
  messages: {
    missing: {
      ...missing,
      fix: {
        safety: 'unsafe',
        changes: {
          en: 'the message goes to that method',
          fr: 'le message va à cette méthode',
        },
        en: 'Send it to {wanted}',
        fr: 'L’envoyer à {wanted}',
      },
      otherFix: renameMethod,
    },
    // Other messages have the type too: it is the method that is misspelt.
    method: { ...missing, fix: renameMethod },
    member: {
      text: {
        en: '{consumer} is in the group `{group}` too and has no method {handler}: its sockets end with "ValueError: No handler for message type {type}"',
        fr: '{consumer} est aussi dans le groupe `{group}` et n’a pas de méthode {handler} : ses sockets s’arrêtent sur « ValueError: No handler for message type {type} »',
      },
      help: {
        en: 'Define `{handler}(self, event)` in {consumer} as well, or have each kind of consumer join groups of its own.',
        fr: 'Définissez `{handler}(self, event)` dans {consumer} aussi, ou inscrivez chaque sorte de consumer à des groupes qui lui sont propres.',
      },
    },
    misled: {
      text: {
        en: 'a message of type `{type}` is given to {handler}(), which Channels calls for something else: "{raises}" in each consumer that gets one',
        fr: 'un message de type `{type}` est donné à {handler}(), que Channels appelle pour autre chose : « {raises} » dans chaque consumer qui en reçoit un',
      },
      help: {
        en: 'Give the message a type of its own (`chat.message`) and the consumer a method for it (`chat_message`).',
        fr: 'Donnez au message un type qui lui est propre (`chat.message`) et au consumer la méthode qui le traite (`chat_message`).',
      },
    },
    unread: {
      severity: 'warning',
      text: {
        en: 'no process type runs `runworker {channel}`: nothing reads what is sent to the channel `{channel}`',
        fr: 'aucun type de processus ne lance `runworker {channel}` : rien ne lit ce qui est envoyé au canal `{channel}`',
      },
      help: {
        en: 'Add a line to the Procfile (`worker: python manage.py runworker {channel}`), and scale it: `heroku ps:scale worker=1`.',
        fr: 'Ajoutez une ligne au Procfile (`worker: python manage.py runworker {channel}`), et lancez-la : `heroku ps:scale worker=1`.',
      },
    },
    malformed: {
      text: {
        en: 'the type `{type}` begins with an underscore, which Channels refuses: "ValueError: Malformed type in message (leading underscore)"',
        fr: 'le type `{type}` commence par un tiret bas, ce que Channels refuse : « ValueError: Malformed type in message (leading underscore) »',
      },
      help: { en: 'Use a type without the leading underscore.', fr: 'Utilisez un type sans tiret bas initial.' },
      fix: { safety: 'safe', en: 'Leave out the underscore', fr: 'Retirer le tiret bas' },
    },
    overridden: {
      ...overridden,
      text: {
        en: '`{through}` brings a `type` of its own, which replaces `{type}`: no consumer has a method for `{other}`, and the one that gets the message ends with "ValueError: No handler for message type {other}"',
        fr: '`{through}` apporte son propre `type`, qui remplace `{type}` : aucun consumer n’a de méthode pour `{other}`, et celui qui reçoit le message s’arrête sur « ValueError: No handler for message type {other} »',
      },
    },
    'overridden-open': {
      ...overridden,
      text: {
        en: '`{through}` brings a `type` of its own, which replaces `{type}`: the message goes to the method that `{value}` names, or to none ("ValueError: No handler for message type …")',
        fr: '`{through}` apporte son propre `type`, qui remplace `{type}` : le message va à la méthode que nomme `{value}`, ou à aucune (« ValueError: No handler for message type … »)',
      },
    },
    // Everybody in the group is at the mercy of one page.
    'overridden-by-page': {
      ...overridden,
      text: {
        en: '`{through}` is all that the browser sent, and comes after the type `{type}`: a page sends `type: "{other}"`, for which no consumer has a method: "ValueError: No handler for message type {other}", and every socket of the group closes',
        fr: '`{through}` est tout ce que le navigateur a envoyé, et suit le type `{type}` : une page envoie `type: "{other}"`, pour lequel aucun consumer n’a de méthode : « ValueError: No handler for message type {other} », et tous les sockets du groupe se ferment',
      },
    },
    'overridden-sent': {
      ...overridden,
      hop: 'safety',
      severity: 'warning',
      security: true,
      text: {
        en: '`{through}` is all that the browser sent, and comes after the type `{type}`: a visitor who sends a `type` chooses the method that runs in every consumer of the group, or ends them all with ValueError',
        fr: '`{through}` est tout ce que le navigateur a envoyé, et suit le type `{type}` : un visiteur qui envoie un `type` choisit la méthode exécutée dans chaque consumer du groupe, ou les arrête tous par ValueError',
      },
    },
    untyped: {
      text: {
        en: 'the message has no `type`: the consumer that gets it ends with "ValueError: Incoming message has no \'type\' attribute"',
        fr: "le message n’a pas de `type` : le consumer qui le reçoit s’arrête sur « ValueError: Incoming message has no 'type' attribute »",
      },
      help: {
        en: 'Add `"type"` with the name of the method that handles it: `{"type": "chat.message", …}` is for `chat_message`.',
        fr: 'Ajoutez `"type"` avec le nom de la méthode qui le traite : `{"type": "chat.message", …}` va à `chat_message`.',
      },
      fix: {
        safety: 'unsafe',
        changes: {
          en: 'the message goes to that method',
          fr: 'le message va à cette méthode',
        },
        en: 'Send it to {wanted}',
        fr: 'L’envoyer à {wanted}',
      },
    },
  },
  check(app, report) {
    for (const { channel, nameAt, at } of unreadMessages(app)) {
      report('unread', { at: nameAt ?? at, data: { channel }, symbol: `channel ${channel}` })
    }
    for (const { event, at, method } of untypedMessages(app)) {
      const one = event === undefined ? undefined : typed(app, event.at)
      report('untyped', {
        at: event?.at ?? at,
        data: { wanted: one?.wanted ?? '' },
        edits: one && [one.edit],
        symbol: method,
      })
    }
    for (const { within, type, through, other, value, valueAt, sent, at, edits } of overriddenTypes(app)) {
      const more = { at, edits, symbol: `${within} ${type} ${through}` }
      const related = samePlace(at, valueAt)
        ? []
        : [{ at: valueAt, message: { en: 'the other type comes from here', fr: 'l’autre type vient d’ici' } }]
      if (sent) {
        for (const { text, at: sentAt, when } of pageTypes(app))
          report('overridden-by-page', {
            ...more,
            data: { type, through, other: text },
            related: [{ at: sentAt, message: { en: 'the page sends it here', fr: 'la page l’envoie ici' } }],
            when,
            symbol: `${within} ${type} ${through} ${text}`,
          })
        report('overridden-sent', { ...more, data: { type, through } })
      } else if (other !== undefined) report('overridden', { ...more, related, data: { type, through, other } })
      else {
        const when = {
          en: `\`${value}\` is not the name of a handler`,
          fr: `\`${value}\` n’est pas le nom d’un gestionnaire`,
        }
        report('overridden-open', { ...more, related, when, data: { type, through, value } })
      }
    }
    for (const { consumer, type, handler, at, group, joinedAt, when } of lackingMembers(app)) {
      report('member', {
        at,
        when,
        data: { consumer: consumer.name, group, handler, type },
        related: [{ at: joinedAt, message: { en: 'it joins the group here', fr: 'il s’inscrit au groupe ici' } }],
        symbol: `${type} ${consumer.name}`,
      })
    }
    const misled = misledTypes(app)
    for (const { type, at, handler, raises } of misled) {
      report('misled', { at, data: { type, handler, raises }, symbol: type })
    }
    for (const { type, at, handler, near, malformed } of unhandledTypes(app)) {
      if (misled.some((one) => samePlace(one.at, at))) continue
      const one = malformed ? undefined : renamed(app, at, type, near?.name)
      const method = malformed ? undefined : methodTypo(app, handler, near)
      const isMethod = method?.isConfirmed === true
      report(malformed ? 'malformed' : isMethod ? 'method' : 'missing', {
        at,
        data: { type, handler, wanted: one?.wanted ?? '', method: near?.name ?? '' },
        edits: malformed ? withoutUnderscore(app, at, type, handler) : isMethod ? method.edits : one && [one.edit],
        otherEdits: isMethod ? undefined : method?.edits,
        related:
          near === undefined
            ? []
            : [
                {
                  at: near.at,
                  message: { en: `${near.consumer.name} has ${near.name}`, fr: `${near.consumer.name} a ${near.name}` },
                },
              ],
        symbol: type,
      })
    }
  },
})
