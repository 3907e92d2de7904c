import type { App } from '../../../src/app/app.ts'
import { sparedCache } from '../../../src/app/settings/cache-use.ts'
import { isCaught } from '../../../src/app/settings/caught-client.ts'
import type { RedisClient } from '../../../src/app/settings/model.ts'
import type { RuleId } from '../../../src/contracts/rule-id.ts'
import { rule } from '../../../src/engine/rule.ts'
import { isOfConsumer, misplacedClients } from './misplaced-clients.ts'

const fix = {
  safety: 'unsafe',
  needs: {
    en: 'the variable wherever the project runs, on the developer’s machine as well',
    fr: 'la variable partout où le projet tourne, y compris sur la machine de développement',
  },
  en: 'Connect to {variable}',
  fr: 'Se connecter à {variable}',
} as const

const id: RuleId = 'settings/redis-url'

const help = {
  en: 'Read the URL from {variable}, with the local address as default only, and do not check the certificate of a rediss:// one (`ssl_cert_reqs`: None): Heroku’s is self-signed.',
  fr: 'Lisez l’URL dans {variable}, ne gardez l’adresse locale que comme valeur par défaut, et ne vérifiez pas le certificat d’une URL rediss:// (`ssl_cert_reqs`: None) : celui de Heroku est auto-signé.',
} as const

const literal = {
  text: {
    en: '{setting} connects to {host} as written in the source instead of the URL in {variable}, which the add-on sets and changes when it moves or rotates its credentials',
    fr: '{setting} se connecte à {host} tel qu’il est écrit dans le code source, et non à l’URL de {variable}, que l’add-on définit et change quand il déménage ou renouvelle ses identifiants',
  },
  help,
} as const

const fixElsewhere = {
  ...fix,
  safety: 'unsafe',
  changes: {
    en: 'what is kept in the Redis of the other host stays there',
    fr: 'ce que garde le Redis de l’autre hôte y reste',
  },
} as const

export default rule({
  id,
  hop: 'message',
  severity: 'error',
  restsOn: ['settings'],
  summary: {
    en: 'A Redis client connects to an address where there is no Redis add-on',
    fr: 'Un client Redis se connecte à une adresse derrière laquelle il n’y a aucun add-on Redis',
  },
  messages: {
    loopback: {
      text: {
        en: '{setting} connects to {host}, the dyno itself, where no Redis runs: "Error 111 connecting to {host}"{effect}',
        fr: '{setting} se connecte à {host}, le dyno lui-même, où aucun Redis ne tourne : « Error 111 connecting to {host} »{effect}',
      },
      help,
      fix,
    },
    socket: {
      text: {
        en: '{setting} connects to the socket {host} on the dyno itself, where no Redis runs: "Error 2 connecting to unix socket"{effect}',
        fr: '{setting} se connecte au socket {host} du dyno lui-même, où aucun Redis ne tourne : « Error 2 connecting to unix socket »{effect}',
      },
      help,
      fix,
    },
    default: {
      text: {
        en: '{setting} names no host, so it connects to localhost, where no Redis runs on a dyno: "Error 111 connecting to localhost:6379"{effect}',
        fr: '{setting} ne nomme aucun hôte et se connecte donc à localhost, où aucun Redis ne tourne sur un dyno : « Error 111 connecting to localhost:6379 »{effect}',
      },
      help,
      fix,
    },
    docker: {
      text: {
        en: '{setting} connects to `{host}`, a name only a network of containers resolves: "Name or service not known" on a dyno{effect}',
        fr: '{setting} se connecte à `{host}`, un nom que seul un réseau de conteneurs résout : « Name or service not known » sur un dyno{effect}',
      },
      help,
      fix,
    },
    quiet: {
      severity: 'warning',
      text: {
        en: '{setting} connects to {host}, where no Redis can be reached from a dyno: every command fails, IGNORE_EXCEPTIONS hides it, and nothing is ever cached',
        fr: '{setting} se connecte à {host}, où un dyno n’atteint aucun Redis : toute commande échoue, IGNORE_EXCEPTIONS l’étouffe, et rien n’est jamais mis en cache',
      },
      help,
      fix,
    },
    caught: {
      severity: 'warning',
      text: {
        en: '{setting} connects to {host}, where no Redis can be reached from a dyno: every command fails, `except` catches it, and the dyno always does what stands there',
        fr: '{setting} se connecte à {host}, où un dyno n’atteint aucun Redis : toute commande échoue, `except` l’attrape, et le dyno fait toujours ce qui s’y trouve',
      },
      help,
      fix,
    },
    unasked: {
      severity: 'warning',
      text: {
        en: '{setting} connects to {host}, where no Redis can be reached from a dyno: the first command would fail, and nothing in the project gives it one',
        fr: '{setting} se connecte à {host}, où un dyno n’atteint aucun Redis : la première commande échouerait, et rien dans le projet ne lui en donne',
      },
      help,
      fix,
    },
    literal: { ...literal, fix },
    // A host of somebody else may stay where it is.
    'literal-elsewhere': { ...literal, severity: 'warning', fix: fixElsewhere },
  },
  check(app, report) {
    for (const { client, message, when, effect, edits, variable } of misplacedClients(app)) {
      const elsewhere = message === 'literal' && !/\.amazonaws\.com$|\.herokuapp\.com$/.test(client.target.name)
      const spared = message === 'literal' || client.target.name === '' ? undefined : sparedBy(app, client)
      report(elsewhere ? 'literal-elsewhere' : (spared ?? message), {
        at: client.at,
        data: { setting: client.setting, host: client.target.name, effect, variable },
        related:
          client.read === undefined
            ? []
            : [{ at: client.read, message: { en: 'the address is written here', fr: 'l’adresse est écrite ici' } }],
        hop: client.consumer === 'layer' || isOfConsumer(app, client) ? undefined : 'http',
        edits,
        when,
        symbol: client.setting,
      })
    }
  },
})

/** What keeps the failures of a client to itself, or that it has none as nothing asks it. */
function sparedBy(app: App, client: RedisClient): 'quiet' | 'caught' | 'unasked' | undefined {
  if (client.quiet === true) return 'quiet'
  return client.consumer === 'redis-py' && isCaught(app, client.at) ? 'caught' : sparedCache(app, client)
}
