import type { App } from '../../../src/app/app.ts'
import type { Moment } from '../../../src/app/asgi/consumer-code.ts'
import { type SocketFault, socketVisits } from '../../../src/app/asgi/visits.ts'
import { expressionAt, sourceText } from '../../../src/app/settings/source-text.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import type { Hop } from '../../../src/contracts/hop.ts'
import { type Place, placeKey } from '../../../src/contracts/place.ts'
import { rule } from '../../../src/engine/rule.ts'
import { uniqueBy } from '../../../src/unique-by.ts'
import { bareLocks } from './bare-locks.ts'
import { decoded, othersHandedOn, socketsHandedOn } from './corrections.ts'
import { missingMessages } from './exception-messages.ts'
import { missingRows } from './missing-rows.ts'
import { numericSubjects } from './numeric-subjects.ts'
import { tuplesAfterIn } from './tuples-after-in.ts'
import { unaccepted } from './unaccepted.ts'
import { unboundMessages } from './unbound-messages.ts'
import { type UnboundName, unboundNames } from './unbound-names.ts'
import { undefinedNames } from './undefined-names.ts'
import { unsetAttributes } from './unset-attributes.ts'

const raises = {
  en: 'This line raises for every socket: correct it.',
  fr: 'Cette ligne lève une exception quel que soit le socket : corrigez-la.',
} as const

const aroundText = {
  en: 'the code around the consumers ends with "{error}" for every WebSocket: no handshake succeeds',
  fr: 'le code autour des consumers se termine par « {error} » à chaque WebSocket : aucune poignée de main n’aboutit',
} as const

const connectText = {
  en: '{of} ends with "{error}" at each handshake: no socket opens',
  fr: '{of} se termine par « {error} » à chaque poignée de main : aucun socket ne s’ouvre',
} as const

const decode = {
  en: 'The query string and the headers of a scope are bytes, and so are the keys made of them: decode first, as in `parse_qs(scope["query_string"].decode())`, or ask for `b"…"`.',
  fr: 'La chaîne de requête et les en-têtes d’un scope sont des octets, tout comme les clés qu’on en tire : décodez d’abord, comme dans `parse_qs(scope["query_string"].decode())`, ou demandez `b"…"`.',
} as const

// Whether what leads to that line ever happens is not known.
const unset = {
  severity: 'warning',
  text: {
    en: "nothing sets or defines `self.{name}`: \"AttributeError: '{consumer}' object has no attribute '{name}'\" whenever this line runs",
    fr: "rien ne définit `self.{name}` : « AttributeError: '{consumer}' object has no attribute '{name}' » chaque fois que cette ligne s’exécute",
  },
  help: {
    en: 'Write the name of an attribute that is set, or set this one before, in `connect` for example.',
    fr: 'Écrivez le nom d’un attribut qui est défini, ou définissez celui-ci avant, dans `connect` par exemple.',
  },
} as const

const undefinedText = {
  en: 'nothing defines `{name}`: "NameError: name \'{name}\' is not defined" whenever this line runs',
  fr: "rien ne définit `{name}` : « NameError: name '{name}' is not defined » chaque fois que cette ligne s’exécute",
} as const

const hopOf = { connect: 'handshake', message: 'message', leave: 'stay' } as const satisfies Record<Moment, Hop>

export default rule({
  id: 'asgi/websocket-error',
  hop: 'handshake',
  severity: 'error',
  needs: 'channels',
  summary: {
    en: 'Code of the served application fails with every WebSocket',
    fr: 'Du code de l’application servie échoue à chaque WebSocket',
  },
  messages: {
    around: {
      text: {
        en: 'the code around the consumers ends with "{error}" for every WebSocket: no handshake succeeds',
        fr: 'le code autour des consumers se termine par « {error} » à chaque WebSocket : aucune poignée de main n’aboutit',
      },
      help: {
        en: 'Limit what is meant for pages to `scope["type"] == "http"`, and pass every other scope on unchanged.',
        fr: 'Ne faites ce qui concerne les pages que si `scope["type"] == "http"`, et transmettez tout autre scope tel quel.',
      },
      fix: { safety: 'safe', en: 'Hand sockets on before', fr: 'Transmettre les sockets avant' },
    },
    'around-else': { text: aroundText, help: raises },
    'around-bytes': {
      text: aroundText,
      help: decode,
      fix: { safety: 'safe', en: 'Decode the query string', fr: 'Décoder la chaîne de requête' },
    },
    'connect-bytes': { text: connectText, help: decode },
    'never-there': {
      severity: 'warning',
      text: {
        en: 'no socket ever has "{name}" here: all keys are bytes',
        fr: 'aucun socket n’a jamais « {name} » ici : toutes les clés sont des octets',
      },
      help: decode,
    },
    'never-let-in': {
      text: {
        en: 'no socket ever has "{name}" here, as all keys are bytes, and the consumer turns away everyone without it: no handshake succeeds',
        fr: 'aucun socket n’a jamais « {name} » ici, car toutes les clés sont des octets, et le consumer refuse quiconque ne l’apporte pas : aucune poignée de main n’aboutit',
      },
      help: decode,
    },
    header: {
      text: {
        en: 'no browser sends the header {header} with a WebSocket: "{error}" at each handshake of a page',
        fr: 'aucun navigateur n’envoie l’en-tête {header} avec un WebSocket : « {error} » à chaque poignée de main d’une page',
      },
      help: {
        en: 'Take the token from the query string, a subprotocol or the session cookie, and read the header with `.get()`.',
        fr: 'Prenez le jeton dans la chaîne de requête, un sous-protocole ou le cookie de session, et lisez l’en-tête avec `.get()`.',
      },
    },
    ignored: {
      text: {
        en: '{of} returns for a WebSocket without calling the application or answering: the server refuses each handshake',
        fr: '{of} se termine pour un WebSocket sans appeler l’application ni répondre : le serveur refuse chaque poignée de main',
      },
      help: {
        en: 'Pass on every scope that it does not handle: `return await app(scope, receive, send)`.',
        fr: 'Transmettez tout scope qui ne le concerne pas : `return await app(scope, receive, send)`.',
      },
      fix: { safety: 'safe', en: 'Hand on what it does not handle', fr: 'Transmettre ce qui ne le concerne pas' },
    },
    connect: {
      text: {
        en: '{of} ends with "{error}" at each handshake: no socket opens',
        fr: '{of} se termine par « {error} » à chaque poignée de main : aucun socket ne s’ouvre',
      },
      help: raises,
    },
    unaccepted: {
      text: {
        en: '{consumer}.connect() takes the place of the one that accepts, and no code of the consumer calls accept(): the handshake is never answered',
        fr: '{consumer}.connect() remplace celle qui accepte, et aucun code du consumer n’appelle accept() : la poignée de main reste sans réponse',
      },
      help: {
        en: 'Accept at the end of `connect`: `await self.accept()`, without `await` in a synchronous consumer.',
        fr: 'Acceptez à la fin de `connect` : `await self.accept()`, sans `await` dans un consumer synchrone.',
      },
    },
    message: {
      hop: 'message',
      text: {
        en: '{of} ends with "{error}" at each message, which closes the socket',
        fr: '{of} se termine par « {error} » à chaque message, ce qui ferme le socket',
      },
      help: raises,
    },
    unset,
    undefined: {
      severity: 'warning',
      text: undefinedText,
      help: {
        en: 'Import or define it in this module, or write the name that is meant.',
        fr: 'Importez-le ou définissez-le dans ce module, ou écrivez le nom voulu.',
      },
    },
    'undefined-member': {
      severity: 'warning',
      text: undefinedText,
      help: {
        en: 'Write `self.{name}`: a method does not see the names of its class.',
        fr: 'Écrivez `self.{name}` : une méthode ne voit pas les noms de sa classe.',
      },
    },
    ...unboundMessages,
    'no-message': {
      severity: 'warning',
      text: {
        en: 'exceptions of Python 3 have no `message`: `{name}.message` ends with an AttributeError whenever this line runs, in place of what the handler is for',
        fr: 'les exceptions de Python 3 n’ont pas de `message` : `{name}.message` se termine par une AttributeError chaque fois que cette ligne s’exécute, au lieu de ce que fait le gestionnaire',
      },
      help: { en: 'Write `str({name})`.', fr: 'Écrivez `str({name})`.' },
    },
    lock: {
      text: {
        en: '{of} locks rows outside of a transaction: "TransactionManagementError: select_for_update cannot be used outside of a transaction." SQLite leaves the lock out, and hides it',
        fr: '{of} verrouille des lignes hors d’une transaction : « TransactionManagementError: select_for_update cannot be used outside of a transaction. » SQLite n’en verrouille aucune, et le cache',
      },
      help: {
        en: 'Put the query and what is saved after it into `with transaction.atomic():`, in a synchronous function.',
        fr: 'Placez la requête et ce qui est enregistré ensuite dans `with transaction.atomic():`, dans une fonction synchrone.',
      },
    },
    // Whether the page brings a token, and when a query is asked, is not known.
    subject: {
      severity: 'warning',
      text: {
        en: 'here PyJWT refuses each token that the project makes: "InvalidSubjectError: Subject must be a string", as `sub` is a number in them; from 2.10 on `decode` looks at it',
        fr: 'PyJWT refuse ici chaque jeton que crée le projet : « InvalidSubjectError: Subject must be a string », car `sub` y est un nombre ; depuis la 2.10, `decode` le vérifie',
      },
      help: {
        en: 'Write `"sub": str(…)` where the token is made. Visitors who have one already need a new one.',
        fr: 'Écrivez `"sub": str(…)` là où le jeton est créé. Les visiteurs qui en ont déjà un devront en obtenir un nouveau.',
      },
      fix: {
        safety: 'unsafe',
        changes: {
          en: 'code that takes `sub` for a number gets a string, which Django’s queries by id take too',
          fr: 'le code qui prend `sub` pour un nombre reçoit une chaîne, que les requêtes de Django par id acceptent aussi',
        },
        en: 'Make it a string',
        fr: 'En faire une chaîne',
      },
    },
    tuple: {
      severity: 'warning',
      text: {
        en: 'psycopg 3 does not turn a tuple after IN into a list, which psycopg2 did: "ProgrammingError: syntax error" from PostgreSQL whenever this query runs',
        fr: 'psycopg 3 ne transforme pas en liste un tuple placé après IN, ce que faisait psycopg2 : « ProgrammingError: syntax error » de PostgreSQL chaque fois que cette requête s’exécute',
      },
      help: {
        en: 'Write `= ANY(%s)` and give a list.',
        fr: 'Écrivez `= ANY(%s)` et donnez une liste.',
      },
    },
    leave: {
      hop: 'stay',
      severity: 'warning',
      text: {
        en: '{of} ends with "{error}" whenever a socket closes: the code after that line never runs',
        fr: '{of} se termine par « {error} » à chaque fermeture d’un socket : le code qui suit cette ligne ne s’exécute jamais',
      },
      help: raises,
    },
  },
  check(app, report) {
    const { faults, misses } = socketVisits(app)
    for (const { name, at, chain, refused } of misses)
      report(refused ? 'never-let-in' : 'never-there', {
        at,
        data: { name },
        related: importedThrough(chain),
        symbol: name,
      })
    const closed = new Set(faults.filter(({ step }) => step === 'connect').map(consumerOf))
    for (const fault of faults) {
      const { step, of, ofAt, ended, exception, message, at, chain, when, header, bytes, misfit } = fault
      // An application of Channels 2 is another rule's finding.
      if (misfit !== undefined) continue
      // What never opens receives nothing.
      if (step !== 'handshake' && step !== 'connect' && closed.has(consumerOf(fault))) continue
      const error = message === '' ? exception : `${exception}: ${message}`
      const shared = {
        at,
        when,
        related: importedThrough(chain),
        symbol: `${of} ${exception}`,
      }
      if (ended === 'ignored') report('ignored', { ...shared, data: { of }, edits: othersHandedOn(app, of) })
      else if (header !== undefined) {
        // Without a page that opens a socket, it may be for clients that send what they like.
        if (app.frontend.sockets.length > 0) report('header', { ...shared, data: { header, error } })
      } else if (step === 'handshake') {
        const around = { ...shared, data: { error } }
        if (bytes) report('around-bytes', { ...around, edits: decoded(app, at) })
        else if (exception === 'KeyError') report('around', { ...around, edits: socketsHandedOn(app, at, message) })
        else report('around-else', around)
      } else {
        const name = step === 'event' ? 'message' : step === 'connect' && bytes ? 'connect-bytes' : step
        report(name, { ...shared, data: { of, error }, related: [...shared.related, ...calledFrom(at, ofAt)] })
      }
    }
    const told = new Set(faults.map(({ at }) => placeKey(at)))
    for (const one of uniqueBy(unsetAttributes(app), ({ at }) => placeKey(at))) {
      const { consumer, name, at, moment, always, near } = one
      if (told.has(placeKey(at))) continue
      const related = near === undefined ? [] : [hasNear(consumer, near)]
      const shared = { at, related, symbol: `${consumer} ${name}` }
      const error = `AttributeError: '${consumer}' object has no attribute '${name}'`
      if (always !== undefined) report(moment, { ...shared, data: { of: always, error } })
      else report('unset', { ...shared, hop: hopOf[moment], data: { consumer, name } })
    }
    for (const one of uniqueBy(undefinedNames(app), ({ at }) => placeKey(at))) {
      const { name, at, moment, always, member, near } = one
      if (told.has(placeKey(at))) continue
      const like = member === undefined ? near : undefined
      const shared = {
        at,
        symbol: `${always ?? ''} ${name}`.trim(),
        related: [
          ...(member === undefined ? [] : [hasNear(member.consumer, { name, at: member.at })]),
          ...(like === undefined
            ? []
            : [{ at: like.at, message: { en: `this module has ${like.name}`, fr: `ce module a ${like.name}` } }]),
        ],
      }
      const error = `NameError: name '${name}' is not defined`
      if (always !== undefined) report(moment, { ...shared, data: { of: always, error } })
      else
        report(member === undefined ? 'undefined' : 'undefined-member', {
          ...shared,
          hop: hopOf[moment],
          data: { name },
        })
    }
    const raising = faults.filter(({ step }) => step === 'handshake' || step === 'connect')
    for (const { consumer, at } of raising.length > 0 ? [] : uniqueBy(unaccepted(app), (one) => placeKey(one.at)))
      report('unaccepted', { at, data: { consumer }, symbol: `${consumer} accept` })
    for (const { name, at, moment, after } of uniqueBy(unboundNames(app), (one) => placeKey(one.at))) {
      if (faults.some((one) => one.exception === 'UnboundLocalError' && surrounds(one.at, at))) continue
      const shared = { at, hop: hopOf[moment], symbol: `${after.kind} ${name}` }
      if (after.kind === 'handler')
        report('unbound-handler', { ...shared, data: { name, exception: after.exception }, related: onWay(after) })
      else if (after.kind === 'early') report('unbound-early', { ...shared, data: { name } })
      else
        report('unbound-branch', {
          ...shared,
          when: [otherwise],
          data: { name },
          related: [{ at: after.test, message: { en: 'this decides', fr: 'ceci en décide' } }],
        })
    }
    for (const { name, by, at, moment } of uniqueBy(missingRows(app), (one) => placeKey(one.at)))
      report('no-row', { at, hop: hopOf[moment], when: [noRow], data: { name, by }, symbol: `${by} ${name}` })
    for (const { name, at, moment, derived } of uniqueBy(missingMessages(app), (one) => placeKey(one.at)))
      report('no-message', {
        at,
        hop: hopOf[moment],
        when: derived ? [isPlain] : [],
        data: { name },
        symbol: `${name}.message`,
      })
    for (const { at, made, moment } of uniqueBy(numericSubjects(app), (one) => placeKey(one.at)))
      report('subject', {
        at,
        hop: hopOf[moment],
        related: [{ at: made, message: number }],
        edits: asText(app, made),
        symbol: 'jwt sub',
      })
    for (const { at, moment, when } of uniqueBy(tuplesAfterIn(app), (one) => placeKey(one.at)))
      report('tuple', { at, hop: hopOf[moment], when, symbol: 'tuple after IN' })
    for (const { of, moment, at, when } of uniqueBy(bareLocks(app), (one) => placeKey(one.at)))
      report('lock', { at, hop: hopOf[moment], when, data: { of }, symbol: `${of} lock` })
  },
})

const isPlain = {
  en: 'the exception is one of Python’s or Django’s own',
  fr: 'l’exception est l’une de celles de Python ou de Django',
}

const surrounds = (one: Place, { file, span }: Place): boolean =>
  one.file === file && one.span.start <= span.start && span.end <= one.span.end

const noRow = { en: 'no row matches', fr: 'aucune ligne ne correspond' }

const otherwise = {
  en: 'a client sends what none of these branches is for',
  fr: 'un client envoie ce que ne prévoit aucune de ces branches',
}

const onWay = ({ raised, handler, exception }: Extract<UnboundName['after'], { readonly kind: 'handler' }>) => [
  { at: raised, message: { en: `this may raise ${exception}`, fr: `ceci peut lever ${exception}` } },
  { at: handler, message: { en: 'this handler goes on', fr: 'après ce gestionnaire, le code continue' } },
]

const number = { en: 'this is a number', fr: 'ceci est un nombre' }

/** `ChatConsumer` of `ChatConsumer.receive`, with its file. */
const consumerOf = ({ of, ofAt }: SocketFault): string => `${ofAt.file} ${of.slice(0, of.lastIndexOf('.'))}`

const importedThrough = (chain: SocketFault['chain']) =>
  chain.map((place) => ({ at: place, message: { en: 'imported through this', fr: 'importé ici' } }))

const calledFrom = (at: SocketFault['at'], ofAt: SocketFault['at']) =>
  at.file === ofAt.file ? [] : [{ at: ofAt, message: { en: 'called from here', fr: 'appelé ici' } }]

const hasNear = (consumer: string, { name, at }: { readonly name: string; readonly at: Place }) => ({
  at,
  message: { en: `${consumer} has ${name}`, fr: `${consumer} a ${name}` },
})

function asText(app: App, at: Place): readonly Edit[] | undefined {
  const written = expressionAt(app.tree, at) === undefined ? undefined : sourceText(app.tree, at)
  return written === undefined ? undefined : [{ ...at, text: `str(${written})` }]
}
