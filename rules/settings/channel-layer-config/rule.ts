import type { App } from '../../../src/app/app.ts'
import { withoutEntry } from '../../../src/app/settings/dict-edits.ts'
import { unknownLayer } from '../../../src/app/settings/layers.ts'
import { told, verdict } from '../../../src/app/settings/verdict.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import type { Place } from '../../../src/contracts/place.ts'
import { rule } from '../../../src/engine/rule.ts'
import { type LayerFault, layerFaults } from './layer-faults.ts'
import { prefixApart } from './prefixes.ts'

const without = { safety: 'safe', en: 'Remove the key', fr: 'Retirer la clé' } as const

const fix = {
  safety: 'safe',
  en: 'Write it as the layer expects it',
  fr: 'L’écrire comme le channel layer l’attend',
} as const

const raised = {
  en: 'the first use of the layer raises',
  fr: 'la première utilisation du channel layer lève',
} as const

const membership = {
  text: {
    en: '{taker} drops a member of a group {written} s after it joined (`group_expiry`): from then on no message reaches its socket',
    fr: '{taker} retire un membre d’un groupe {written} s après son arrivée (`group_expiry`) : dès lors aucun message n’atteint son socket',
  },
  help: {
    en: 'Leave the key out: the default is 86400, a day.',
    fr: 'Retirez la clé : la valeur par défaut est 86400, un jour.',
  },
  fix: without,
} as const

const shared = {
  en: 'Take it from what all processes of the app share, such as a config var or HEROKU_APP_NAME, or leave the key out.',
  fr: 'Prenez-le dans ce que tous les processus de l’application partagent, par exemple une config var ou HEROKU_APP_NAME, ou retirez la clé.',
} as const

const withoutPrefix = {
  safety: 'unsafe',
  changes: {
    en: 'apps that use the same Redis share their groups, and whoever is in one during the deploy has to join again',
    fr: 'les applications qui utilisent le même Redis partagent leurs groupes, et quiconque est dans l’un d’eux pendant le déploiement doit s’y inscrire de nouveau',
  },
  en: 'Leave the prefix to Channels',
  fr: 'Laisser le préfixe à Channels',
} as const

export default rule({
  id: 'settings/channel-layer-config',
  hop: 'message',
  severity: 'error',
  needs: 'channels-2',
  restsOn: ['settings'],
  summary: {
    en: 'CONFIG of the channel layer holds what its class refuses or ignores',
    fr: 'Le CONFIG du channel layer contient ce que sa classe refuse ou ignore',
  },
  messages: {
    'hosts-string': {
      text: {
        en: `\`hosts\` is a string: ${raised.en} ValueError "You must pass a list of Redis hosts, even if there is only one."`,
        fr: `\`hosts\` est une chaîne : ${raised.fr} ValueError « You must pass a list of Redis hosts, even if there is only one. »`,
      },
      help: { en: 'Put it into a list.', fr: 'Mettez-la dans une liste.' },
      fix,
    },
    'host-shape': {
      text: {
        en: `\`{written}\` is not a host: a set has no order, and neither a URL nor a (host, port) tuple can be read from it; ${raised.en} an exception`,
        fr: `\`{written}\` n’est pas un hôte : un ensemble n’a pas d’ordre, et on ne peut y lire ni URL ni tuple (hôte, port) ; ${raised.fr} une exception`,
      },
      help: {
        en: 'Write a URL, a tuple `(host, port)` or a dict with `address`.',
        fr: 'Écrivez une URL, un tuple `(hôte, port)` ou un dict avec `address`.',
      },
      fix,
    },
    'host-scheme': {
      text: {
        en: `the host \`{written}\` is not a Redis URL: ${raised.en} ValueError "Redis URL must specify one of the following schemes (redis://, rediss://, unix://)"; parentheses around one string do not make a tuple`,
        fr: `l’hôte \`{written}\` n’est pas une URL Redis : ${raised.fr} ValueError « Redis URL must specify one of the following schemes (redis://, rediss://, unix://) » ; des parenthèses autour d’une seule chaîne ne font pas un tuple`,
      },
      help: {
        en: 'Write the whole URL (`{meant}`), or the tuple `(host, port)`.',
        fr: 'Écrivez l’URL entière (`{meant}`), ou le tuple `(hôte, port)`.',
      },
    },
    'unknown-key': {
      text: {
        en: `{taker} does not accept \`{written}\`: ${raised.en} TypeError "unexpected keyword argument"`,
        fr: `{taker} n’accepte pas \`{written}\` : ${raised.fr} TypeError « unexpected keyword argument »`,
      },
      help: {
        en: 'Remove the key. Options of the connection belong in the dict of a host: `{"address": url, …}`.',
        fr: 'Retirez la clé. Les options de connexion vont dans le dict d’un hôte : `{"address": url, …}`.',
      },
      fix: without,
    },
    'newer-key': {
      text: {
        en: `{taker} takes \`{written}\` from channels_redis {meant} on, and an older one is installed: ${raised.en} TypeError`,
        fr: `{taker} prend \`{written}\` à partir de channels_redis {meant}, et une version plus ancienne est installée : ${raised.fr} TypeError`,
      },
      help: {
        en: 'Install channels_redis {meant} or later, or remove the key.',
        fr: 'Installez channels_redis {meant} ou une version plus récente, ou retirez la clé.',
      },
      fix: without,
    },
    'memory-key': {
      text: {
        en: `InMemoryChannelLayer does not accept \`{written}\`: ${raised.en} TypeError "unexpected keyword argument"`,
        fr: `InMemoryChannelLayer n’accepte pas \`{written}\` : ${raised.fr} TypeError « unexpected keyword argument »`,
      },
      help: {
        en: 'Remove the key, or use channels_redis.core.RedisChannelLayer, for which it was meant.',
        fr: 'Retirez la clé, ou utilisez channels_redis.core.RedisChannelLayer, pour lequel elle était prévue.',
      },
      fix: without,
    },
    'ignored-key': {
      severity: 'warning',
      text: {
        en: '{taker} silently ignores `{written}`',
        fr: '{taker} ignore `{written}` sans rien dire',
      },
      help: { en: 'Remove the key.', fr: 'Retirez la clé.' },
      fix: without,
    },
    'layer-key': {
      severity: 'warning',
      text: {
        en: 'Channels reads only BACKEND, CONFIG and TEST_CONFIG of a layer: `{written}` has no effect',
        fr: 'Channels ne lit d’un channel layer que BACKEND, CONFIG et TEST_CONFIG : `{written}` est sans effet',
      },
      help: { en: 'Move it into CONFIG, or remove it.', fr: 'Déplacez-la dans CONFIG, ou retirez-la.' },
      fix: without,
    },
    routing: {
      text: {
        en: `ROUTING belongs to Channels 1: ${raised.en} InvalidChannelLayerError "ROUTING key found for default"`,
        fr: `ROUTING appartient à Channels 1 : ${raised.fr} InvalidChannelLayerError « ROUTING key found for default »`,
      },
      help: {
        en: 'Remove the key; the routes belong in the ASGI application.',
        fr: 'Retirez la clé ; les routes vont dans l’application ASGI.',
      },
      fix: without,
    },
    'tls-key': {
      text: {
        en: `{taker} does not accept \`{written}\` here: ${raised.en} TypeError "unexpected keyword argument"`,
        fr: `{taker} n’accepte pas \`{written}\` ici : ${raised.fr} TypeError « unexpected keyword argument »`,
      },
      help: {
        en: 'Write `"hosts": [{"address": url, "ssl_cert_reqs": None}]` (channels_redis 4.1 and later; before 4.0 the key is `ssl`, with an SSLContext).',
        fr: 'Écrivez `"hosts": [{"address": url, "ssl_cert_reqs": None}]` (channels_redis 4.1 et plus ; avant 4.0 la clé est `ssl`, avec un SSLContext).',
      },
      fix: without,
    },
    'tls-value': {
      text: {
        en: `\`ssl_cert_reqs\` is the string "{written}": ${raised.en} RedisError "Invalid SSL Certificate Requirements Flag"`,
        fr: `\`ssl_cert_reqs\` est la chaîne « {written} » : ${raised.fr} RedisError « Invalid SSL Certificate Requirements Flag »`,
      },
      help: { en: 'Write None or "none".', fr: 'Écrivez None ou "none".' },
      fix,
    },
    'tls-enum': {
      text: {
        en: `redis-py before 6.0 does not take the constant {written} in its asyncio client: ${raised.en} AttributeError "'RedisSSLContext' object has no attribute 'cert_reqs'"`,
        fr: `redis-py avant 6.0 n’accepte pas la constante {written} dans son client asyncio : ${raised.fr} AttributeError « 'RedisSSLContext' object has no attribute 'cert_reqs' »`,
      },
      help: { en: 'Write None.', fr: 'Écrivez None.' },
      fix,
    },
    'tls-query': {
      text: {
        en: `the URL says \`{written}\`, which redis-py does not know: ${raised.en} RedisError "Invalid SSL Certificate Requirements Flag"`,
        fr: `l’URL dit \`{written}\`, que redis-py ne connaît pas : ${raised.fr} RedisError « Invalid SSL Certificate Requirements Flag »`,
      },
      help: { en: 'Write `ssl_cert_reqs=none`.', fr: 'Écrivez `ssl_cert_reqs=none`.' },
      fix,
    },
    'tls-plain': {
      text: {
        en: `\`{written}\` beside a {meant} URL: a plain connection takes no such option; ${raised.en} TypeError "unexpected keyword argument 'ssl_cert_reqs'"`,
        fr: `\`{written}\` à côté d’une URL {meant} : une connexion en clair ne prend pas cette option ; ${raised.fr} TypeError « unexpected keyword argument 'ssl_cert_reqs' »`,
      },
      help: {
        en: 'Add the key only when the URL starts with rediss://.',
        fr: 'N’ajoutez la clé que si l’URL commence par rediss://.',
      },
      fix,
    },
    'socket-timeout': {
      text: {
        en: 'Redis’s client gives up reading after {written} s, and {taker} waits 5 s for a message: "TimeoutError: Timeout reading from …", and every silent socket closes with 1011',
        fr: 'le client Redis cesse de lire au bout de {written} s, et {taker} attend un message pendant 5 s : « TimeoutError: Timeout reading from … », et tout socket silencieux se ferme avec 1011',
      },
      help: {
        en: 'Give `socket_timeout` more than 5 s (for example 30), or None.',
        fr: 'Donnez à `socket_timeout` plus de 5 s (par exemple 30), ou None.',
      },
      fix,
    },
    'number-text': {
      text: {
        en: "`{written}` is a string, and {taker} calculates with it: \"TypeError: '<=' not supported between instances of 'str' and 'int'\" (or of `-`) with the first message",
        fr: "`{written}` est une chaîne, et {taker} calcule avec : « TypeError: '<=' not supported between instances of 'str' and 'int' » (ou de `-`) au premier message",
      },
      help: {
        en: 'A config var is always a string: write `int(…)` around it.',
        fr: 'Une config var est toujours une chaîne : entourez-la de `int(…)`.',
      },
      fix,
    },
    'own-key': {
      text: {
        en: 'each process makes a new key when it starts, so none can read what another one sent: "cryptography.fernet.InvalidToken", and the socket closes',
        fr: 'chaque processus crée une nouvelle clé au démarrage, aucun ne peut donc lire ce qu’un autre a envoyé : « cryptography.fernet.InvalidToken », et le socket se ferme',
      },
      help: {
        en: 'Read the key from a config var, which all processes share: `os.environ["…"]` without a default.',
        fr: 'Lisez la clé dans une config var, commune à tous les processus : `os.environ["…"]` sans valeur par défaut.',
      },
    },
    'own-prefix': {
      text: {
        en: 'each process makes a new prefix when it starts: what one sends reaches no socket of another worker or dyno',
        fr: 'chaque processus crée un nouveau préfixe au démarrage : ce que l’un envoie n’atteint aucun socket d’un autre worker ou dyno',
      },
      help: shared,
      fix: withoutPrefix,
    },
    'own-prefix-of-dyno': {
      text: {
        en: 'the prefix holds the name of the dyno: what one dyno sends (web, worker or one-off) reaches no socket of another',
        fr: 'le préfixe contient le nom du dyno : ce qu’un dyno envoie (web, worker ou ponctuel) n’atteint aucun socket d’un autre',
      },
      help: shared,
      fix: withoutPrefix,
    },
    'prefix-apart': {
      text: {
        en: 'the prefix is `{own}` in the web process and `{other}` in `{process}`: what {name} sends there reaches no socket',
        fr: 'le préfixe est `{own}` dans le processus web et `{other}` dans `{process}` : ce que {name} y envoie n’atteint aucun socket',
      },
      help: shared,
      fix: withoutPrefix,
    },
    'group-expiry': membership,
    'group-expiry-short': { ...membership, severity: 'warning' },
  },
  check(app, report) {
    const faultsOf = new Map(
      app.settings.channelLayers.map((one) => [one, one.layer === undefined ? [] : layerFaults(app, one.layer)]),
    )
    const done = new Set<string>()
    for (const fault of [...faultsOf.values()].flat()) {
      if (done.has(key(fault))) continue
      done.add(key(fault))
      const found = told(
        app.inquiry,
        verdict(app.settings.channelLayers, (one) => faultsOf.get(one)?.some((other) => key(other) === key(fault))),
        unknownLayer,
      )
      if (found === undefined) continue
      report(fault.kind, {
        at: fault.at,
        data: { written: fault.written, meant: fault.meant, taker: fault.taker },
        edits: fault.edits,
        when: found.when,
        symbol: `CHANNEL_LAYERS ${fault.kind} ${fault.written}`,
      })
    }
    const apart = prefixApart(app)
    if (apart === undefined) return
    const { own, other, process, name, at, sentAt } = apart
    report('prefix-apart', {
      at,
      data: { own, other, process, name },
      edits: withoutKey(app, at),
      related: [{ at: sentAt, message: { en: 'sent here', fr: 'envoyé ici' } }],
      symbol: 'CHANNEL_LAYERS prefix',
    })
  },
})

function key({ kind, at, written }: LayerFault): string {
  return `${kind} ${at.file} ${at.span.start} ${written}`
}

function withoutKey(app: App, at: Place): readonly Edit[] | undefined {
  const edit = withoutEntry(app.tree, at)
  return edit && [edit]
}
