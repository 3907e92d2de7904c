import type { App } from '../../../src/app/app.ts'
import { layerFaults } from '../../../src/app/asgi/message-faults.ts'
import { deafNames } from '../../../src/app/asgi/own-names.ts'
import { blockingCallsOf } from '../../../src/app/asgi/served-calls.ts'
import { heldStatement, withoutStatement } from '../../../src/app/project/statement-edits.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import type { Place } from '../../../src/contracts/place.ts'
import { rule } from '../../../src/engine/rule.ts'
import { sentApart, unheardTypes } from './apart.ts'
import { inThread, throughLayer } from './bridges.ts'
import { leftOthers } from './left-groups.ts'
import { unconnected } from './unconnected.ts'
import { unsignalled } from './unsignalled.ts'

const dropped = {
  text: {
    en: '{method} is a coroutine that nothing awaits: it never runs ("RuntimeWarning: coroutine was never awaited")',
    fr: '{method} est une coroutine que rien n’attend : elle ne s’exécute jamais (« RuntimeWarning: coroutine was never awaited »)',
  },
  help: {
    en: 'Write `await` before it in a coroutine, `async_to_sync(layer.{method})(…)` elsewhere.',
    fr: 'Écrivez `await` devant dans une coroutine, `async_to_sync(layer.{method})(…)` ailleurs.',
  },
  fix: { safety: 'safe', en: 'Add await', fr: 'Ajouter await' },
} as const

const through = {
  text: {
    en: '{coroutine} is a coroutine and runs async_to_sync with {method}: "RuntimeError: You cannot use AsyncToSync in the same thread as an async event loop"',
    fr: '{coroutine} est une coroutine et exécute async_to_sync avec {method} : « RuntimeError: You cannot use AsyncToSync in the same thread as an async event loop »',
  },
  help: {
    en: 'Await what is asynchronous, or run the function in a thread: `await sync_to_async({method})(…)`.',
    fr: 'Attendez ce qui est asynchrone, ou exécutez la fonction dans un thread : `await sync_to_async({method})(…)`.',
  },
  fix: {
    safety: 'safe',
    en: 'Run the function in a thread with sync_to_async',
    fr: 'Exécuter la fonction dans un thread par sync_to_async',
  },
} as const

const throughOther = {
  safety: 'safe',
  en: 'Send through the layer `{joined}`',
  fr: 'Envoyer par le channel layer `{joined}`',
} as const

const unheardSignal = {
  text: {
    en: 'nothing imports {file} while the app starts: the signal never calls {name}, and what it would send is never sent',
    fr: 'rien n’importe {file} au démarrage de l’application : le signal n’appelle jamais {name}, et ce qu’elle enverrait ne part jamais',
  },
  help: {
    en: 'Import it in `ready()` of the AppConfig that Django uses: the only one of `apps.py`, the one with `default = True`, or the one that INSTALLED_APPS names.',
    fr: 'Importez-le dans `ready()` de l’AppConfig que Django utilise : la seule de `apps.py`, celle qui porte `default = True`, ou celle que nomme INSTALLED_APPS.',
  },
} as const

const leaveJoined = {
  en: 'Leave the group that was joined: keep its name in one attribute, and give that to both calls.',
  fr: 'Quittez le groupe auquel il s’est inscrit : gardez son nom dans un seul attribut, et donnez-le aux deux appels.',
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
        en: 'a channel layer has no method {method}: AttributeError; did you mean {detail}?',
        fr: 'un channel layer n’a pas de méthode {method} : AttributeError ; vouliez-vous dire {detail} ?',
      },
      help: { en: 'Call {detail}.', fr: 'Appelez {detail}.' },
      fix: { safety: 'safe', en: 'Call the method that is meant', fr: 'Appeler la méthode voulue' },
    },
    dropped,
    // Messages go on arriving: what is left behind is a name in the group until it expires.
    'dropped-leaving': { ...dropped, severity: 'warning' },
    'left-other': {
      severity: 'warning',
      hop: 'stay',
      text: {
        en: 'nothing joins the group that is left here, and the consumer never leaves the one it joined: every message of that group goes on being written for sockets that are gone, until their membership expires (`group_expiry`, a day unless it is set)',
        fr: 'rien ne s’inscrit au groupe quitté ici, et le consumer ne quitte jamais celui auquel il s’est inscrit : chaque message de ce groupe continue d’être écrit pour des sockets disparus, jusqu’à l’expiration de leur inscription (`group_expiry`, un jour par défaut)',
      },
      help: leaveJoined,
    },
    'left-nothing': {
      severity: 'info',
      hop: 'stay',
      text: {
        en: 'nothing joins the group that is left here, and the consumer never leaves the one it joined: this line does nothing',
        fr: 'rien ne s’inscrit au groupe quitté ici, et le consumer ne quitte jamais celui auquel il s’est inscrit : cette ligne ne fait rien',
      },
      help: leaveJoined,
    },
    called: {
      text: {
        en: 'async_to_sync gets the coroutine that {method}(…) returns instead of {method} itself: nothing is sent',
        fr: 'async_to_sync reçoit la coroutine que renvoie {method}(…) au lieu de {method} elle-même : rien n’est envoyé',
      },
      help: { en: 'Write `async_to_sync(layer.{method})(…)`.', fr: 'Écrivez `async_to_sync(layer.{method})(…)`.' },
      fix: { safety: 'safe', en: 'Pass the method itself', fr: 'Passer la méthode elle-même' },
    },
    bridged: {
      text: {
        en: 'async_to_sync is called in a coroutine: "RuntimeError: You cannot use AsyncToSync in the same thread as an async event loop"',
        fr: 'async_to_sync est appelé dans une coroutine : « RuntimeError: You cannot use AsyncToSync in the same thread as an async event loop »',
      },
      help: { en: 'Write `await layer.{method}(…)`.', fr: 'Écrivez `await layer.{method}(…)`.' },
      fix: { safety: 'safe', en: 'Add await', fr: 'Ajouter await' },
    },
    'bridged-other': {
      text: {
        en: '{coroutine} is a coroutine and runs {method} with async_to_sync: "RuntimeError: You cannot use AsyncToSync in the same thread as an async event loop"',
        fr: '{coroutine} est une coroutine et exécute {method} avec async_to_sync : « RuntimeError: You cannot use AsyncToSync in the same thread as an async event loop »',
      },
      help: { en: 'Write `await {method}(…)`.', fr: 'Écrivez `await {method}(…)`.' },
    },
    apart: {
      text: {
        en: 'this goes through the layer `{alias}`, and the members of all groups are on `{joined}`: the two share nothing (another prefix or kind), so nobody gets it',
        fr: 'ceci passe par le channel layer `{alias}`, et les membres de tous les groupes sont sur `{joined}` : les deux n’ont rien en commun (autre préfixe ou autre type), personne ne le reçoit donc',
      },
      help: {
        en: 'Send with `get_channel_layer("{joined}")`, or give both layers the same prefix.',
        fr: 'Envoyez avec `get_channel_layer("{joined}")`, ou donnez le même préfixe aux deux channel layers.',
      },
      fix: throughOther,
    },
    unheard: {
      text: {
        en: 'this goes through the layer `{alias}`, and {consumer}, which handles `{type}`, listens on `{joined}`: the two share nothing (another prefix or kind), so nobody gets it',
        fr: 'ceci passe par le channel layer `{alias}`, et {consumer}, qui traite `{type}`, écoute sur `{joined}` : les deux n’ont rien en commun (autre préfixe ou autre type), personne ne le reçoit donc',
      },
      help: {
        en: 'Send with `get_channel_layer("{joined}")`, or take `channel_layer_alias` out of the consumer.',
        fr: 'Envoyez avec `get_channel_layer("{joined}")`, ou retirez `channel_layer_alias` du consumer.',
      },
      fix: throughOther,
    },
    unsignalled: {
      severity: 'warning',
      text: {
        en: 'bulk_create() sends no post_save, and nothing else here makes rows of {model}: {receiver}(), which sends to the sockets, is not called for them',
        fr: 'bulk_create() n’envoie pas de post_save, et rien d’autre ici ne crée de lignes de {model} : {receiver}(), qui envoie aux sockets, n’est pas appelée pour elles',
      },
      help: {
        en: 'After bulk_create(), send what the receiver sends, or save the rows one by one.',
        fr: 'Envoyez après bulk_create() ce qu’envoie le récepteur, ou enregistrez les lignes une à une.',
      },
    },
    unconnected: unheardSignal,
    // Something else sends too.
    'unconnected-beside': { ...unheardSignal, severity: 'warning' },
    'own-name': {
      text: {
        en: '{coroutine} gives the consumer another {method} and joins with it: Channels listens on the name that the layer gave, so no message of the group arrives',
        fr: '{coroutine} donne au consumer un autre {method} et s’inscrit avec lui : Channels écoute sous le nom donné par le channel layer, aucun message du groupe n’arrive donc',
      },
      help: {
        en: 'Leave `self.channel_name` as it is, and keep a name of your own under another attribute.',
        fr: 'Laissez `self.channel_name` tel quel, et gardez un nom à vous sous un autre attribut.',
      },
      fix: {
        safety: 'unsafe',
        changes: {
          en: 'whatever else reads self.channel_name gets the name that the layer gave',
          fr: 'tout ce qui lit self.channel_name par ailleurs reçoit le nom donné par le channel layer',
        },
        en: 'Keep the name that the layer gave',
        fr: 'Garder le nom donné par le channel layer',
      },
    },
    'late-groups': {
      text: {
        en: '{coroutine} sets {method}, and Channels has joined the groups before it calls that: no message of a group arrives',
        fr: '{coroutine} définit {method}, alors que Channels s’est inscrit aux groupes avant de l’appeler : aucun message d’un groupe n’arrive',
      },
      help: {
        en: 'Set it in the class or in `__init__`, or join with `group_add(group, self.channel_name)`.',
        fr: 'Définissez-le dans la classe ou dans `__init__`, ou inscrivez-vous avec `group_add(group, self.channel_name)`.',
      },
    },
    'own-channel': {
      text: {
        en: '{method} gets the name of the channel as the name of a group: "TypeError: Group name must be a valid unicode string", as it holds a `!`',
        fr: '{method} reçoit le nom du canal comme nom de groupe : « TypeError: Group name must be a valid unicode string », car il contient un `!`',
      },
      help: {
        en: 'The group comes first, as in `group_add(group, self.channel_name)`; one channel is sent to with `send`.',
        fr: 'Le groupe vient en premier, comme dans `group_add(group, self.channel_name)` ; on envoie à un seul canal avec `send`.',
      },
    },
    through,
    // The exception comes before the socket is accepted.
    'through-refused': { ...through, hop: 'handshake' },
    // Something decides whether it is reached, or may catch it.
    'through-perhaps': { ...through, severity: 'warning' },
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
          en: 'the name changes: code that builds the old one elsewhere has to build the new one',
          fr: 'le nom change : le code qui construit l’ancien ailleurs doit construire le nouveau',
        },
        en: 'Write `_` instead',
        fr: 'Écrire `_` à la place',
      },
    },
    'long-name': {
      text: {
        en: 'the name given to {method} has at least {detail} characters: Channels takes fewer than 100 (TypeError)',
        fr: 'le nom donné à {method} a au moins {detail} caractères : Channels en admet moins de 100 (TypeError)',
      },
      help: {
        en: 'Use a shorter name: one hash, or the beginning of it.',
        fr: 'Utilisez un nom plus court : un seul hash, ou son début.',
      },
    },
  },
  check(app, report) {
    for (const { kind, use, at, detail, edits, when } of layerFaults(app)) {
      report(kind === 'dropped' && use.method === 'group_discard' ? 'dropped-leaving' : kind, {
        at,
        when,
        data: { method: use.method, detail },
        edits,
        symbol: use.method,
      })
    }
    for (const { name, at, file, importedAt, alone } of unconnected(app)) {
      const unused = {
        en: 'in a configuration that Django does not use',
        fr: 'dans une configuration que Django n’utilise pas',
      }
      report(alone ? 'unconnected' : 'unconnected-beside', {
        at,
        data: { name, file },
        related: importedAt === undefined ? [] : [{ at: importedAt, message: unused }],
        symbol: name,
      })
    }
    for (const { model, receiver, receiverAt, at } of unsignalled(app))
      report('unsignalled', {
        at,
        data: { model, receiver },
        related: [{ at: receiverAt, message: { en: 'the receiver', fr: 'le récepteur' } }],
        symbol: `${model} bulk_create`,
      })
    for (const { use, joined, kept } of leftOthers(app))
      report(kept === undefined ? 'left-nothing' : 'left-other', {
        at: use.nameAt ?? use.at,
        when: kept ?? [],
        related: [
          { at: joined.nameAt ?? joined.at, message: { en: 'this one is joined', fr: 'inscription à celui-ci' } },
        ],
        symbol: `${use.consumer} group_discard`,
      })
    const apart = sentApart(app)
    for (const { use, type, consumer, when } of unheardTypes(app)) {
      if (apart.some((one) => one.use === use)) continue
      report('unheard', {
        at: use.at,
        when,
        data: { alias: use.alias, consumer: consumer.name, type, joined: consumer.layer },
        edits: throughLayer(app, use, consumer.layer),
        related: [{ at: consumer.at, message: { en: 'it listens here', fr: 'l’écoute est ici' } }],
        symbol: `${use.alias} ${type}`,
      })
    }
    for (const { use, joined, when } of apart) {
      report('apart', {
        at: use.at,
        when,
        data: { alias: use.alias, joined: joined.alias },
        edits: throughLayer(app, use, joined.alias),
        related: [{ at: joined.at, message: { en: 'a group is joined here', fr: 'inscription à un groupe ici' } }],
        symbol: `${use.alias} ${joined.alias}`,
      })
    }
    for (const { attribute, consumer, method, at } of deafNames(app)) {
      const data = { coroutine: `${consumer}.${method}`, method: `self.${attribute}` }
      const found = { at, data, symbol: `${consumer} ${attribute}` }
      if (attribute === 'groups') report('late-groups', found)
      else report('own-name', { ...found, edits: keptName(app, at) })
    }
    for (const { at, name, what, inside, sure, connecting, coroutine } of blockingCallsOf(app)) {
      // Calls of the layer’s own methods are among those above.
      if (what !== 'bridge' || app.asgi.usesLayer.some((use) => isWithin(use.at, at))) continue
      const through = sure ? (connecting ? 'through-refused' : 'through') : 'through-perhaps'
      const data = { coroutine, method: name }
      const symbol = `${coroutine} ${name}`
      if (inside === undefined) {
        report('bridged-other', { at, data, symbol })
        continue
      }
      report(through, {
        at,
        data,
        related: [{ at: inside, message: { en: 'here', fr: 'ici' } }],
        edits: inThread(app, at),
        symbol,
      })
    }
  },
})

const isWithin = (inner: Place, outer: Place): boolean =>
  inner.file === outer.file && outer.span.start <= inner.span.start && inner.span.end <= outer.span.end

/** Without the statement that sets it, the name of the channel is the one that the layer gave. */
function keptName(app: App, at: Place): readonly Edit[] | undefined {
  const held = heldStatement(app.tree, at)
  const isAlone = held?.statement.kind === 'Assign' && held.statement.targets.length === 1
  const edit = isAlone ? withoutStatement(app.tree, at.file, held) : undefined
  return edit && [edit]
}
