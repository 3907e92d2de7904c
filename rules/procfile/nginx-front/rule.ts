import type { App } from '../../../src/app/app.ts'
import { buildpacksOf } from '../../../src/app/manifest/buildpacks.ts'
import type { Server } from '../../../src/app/processes/model.ts'
import { judgeServer } from '../../../src/app/processes/server-verdict.ts'
import type { Text } from '../../../src/contracts/text.ts'
import { rule } from '../../../src/engine/rule.ts'
import { faultOf, type Look, type NginxFault } from './faults.ts'

const closed = {
  en: 'the router connects to $PORT ("Error R10 (Boot timeout) -> Web process failed to bind to $PORT")',
  fr: 'le routeur se connecte à $PORT (« Error R10 (Boot timeout) -> Web process failed to bind to $PORT »)',
} as const

const listen = {
  help: {
    en: 'Write `listen <%= ENV["PORT"] %>;` in config/nginx.conf.erb.',
    fr: 'Écrivez `listen <%= ENV["PORT"] %>;` dans config/nginx.conf.erb.',
  },
  fix: { safety: 'safe', en: 'Let nginx listen on $PORT', fr: 'Faire écouter nginx sur $PORT' },
} as const

export default rule({
  id: 'procfile/nginx-front',
  hop: 'boot',
  severity: 'error',
  restsOn: ['heroku'],
  summary: {
    en: 'nginx in front of the server is not on $PORT, never starts, or does not find the server',
    fr: 'nginx, devant le serveur, n’est pas sur $PORT, ne démarre jamais ou ne trouve pas le serveur',
  },
  messages: {
    elsewhere: {
      text: {
        en: `nginx listens on \`{listens}\` alone, but ${closed.en}`,
        fr: `nginx écoute seulement sur \`{listens}\`, mais ${closed.fr}`,
      },
      ...listen,
    },
    variable: {
      text: {
        en: 'nginx takes `{listens}` for the name of a host: it puts in no variables here, and ends (host not found in "{listens}" of the "listen" directive)',
        fr: 'nginx prend `{listens}` pour le nom d’un hôte : il ne remplace pas de variable ici, et s’arrête (« host not found in "{listens}" of the "listen" directive »)',
      },
      ...listen,
    },
    loopback: {
      text: {
        en: `nginx listens on \`{listens}\`, which only the dyno itself reaches, but ${closed.en}`,
        fr: `nginx écoute sur \`{listens}\`, que seul le dyno lui-même peut joindre, mais ${closed.fr}`,
      },
      ...listen,
    },
    default: {
      text: {
        en: `this \`server\` has no \`listen\`: nginx takes port 8000, but ${closed.en}`,
        fr: `ce \`server\` n’a pas de \`listen\` : nginx prend le port 8000, mais ${closed.fr}`,
      },
      help: listen.help,
    },
    waits: {
      text: {
        en: `\`{script}\` starts nginx only once there is a file /tmp/app-initialized, and nothing here makes it: $PORT stays closed, but ${closed.en}`,
        fr: `\`{script}\` ne démarre nginx qu’une fois présent le fichier /tmp/app-initialized, et rien ici ne le crée : $PORT reste fermé, mais ${closed.fr}`,
      },
      help: {
        en: 'Write `{script} -f …`, which starts nginx at once, or make the file when the server is ready (`when_ready` of gunicorn).',
        fr: 'Écrivez `{script} -f …`, qui démarre nginx aussitôt, ou créez le fichier quand le serveur est prêt (`when_ready` de gunicorn).',
      },
      fix: { safety: 'safe', en: 'Start nginx at once', fr: 'Démarrer nginx aussitôt' },
    },
    twice: {
      text: {
        en: '{server} and nginx both listen on $PORT: the second of them finds the address in use and ends, and the dyno with it ("H10 App crashed")',
        fr: '{server} et nginx écoutent tous deux sur $PORT : le second trouve l’adresse déjà prise et s’arrête, et le dyno avec lui (« H10 App crashed »)',
      },
      help: {
        en: 'Let the server listen where nginx hands requests on to: `daphne -u /tmp/nginx.socket …`, `uvicorn --uds /tmp/nginx.socket …`.',
        fr: 'Faites écouter le serveur là où nginx transmet les requêtes : `daphne -u /tmp/nginx.socket …`, `uvicorn --uds /tmp/nginx.socket …`.',
      },
    },
    upstream: {
      hop: 'http',
      text: {
        en: 'nginx hands pages on to `{address}`, where nothing listens ({server} listens on `{own}`): each is answered 502',
        fr: 'nginx transmet les pages à `{address}`, où rien n’écoute ({server} écoute sur `{own}`) : chacune reçoit 502',
      },
      help: { en: 'Write the same address in both places.', fr: 'Écrivez la même adresse aux deux endroits.' },
      fix: {
        safety: 'safe',
        en: 'Hand pages on to where the server listens',
        fr: 'Transmettre les pages là où le serveur écoute',
      },
    },
  },
  check(app, report) {
    const { web } = app.processes
    const known = new Map<Server, Look>()
    const look = (server: Server): Look => {
      const found = known.get(server) ?? faultOf(app, web, server)
      known.set(server, found)
      return found
    }
    const unlisted = buildpackUnsaid(app)
    if (unlisted === 'without') return
    const kinds = ['twice', 'waits', 'listen', 'upstream'] as const
    for (const kind of kinds) {
      const verdict = judgeServer(
        app,
        web,
        (server) => {
          const { faults, unknown } = look(server)
          const about = faults.some((one) => one.about === kind)
          return about ? true : unknown.some((one) => one.about === kind) ? undefined : false
        },
        (server) => look(server).unknown.find((one) => one.about === kind)?.untold,
      )
      const fault = verdict && look(verdict.server).faults.find((one) => one.about === kind)
      if (verdict === undefined || fault === undefined) continue
      const when = [...verdict.when, ...(unlisted === undefined ? [] : [unlisted])]
      tell(fault, when)
    }
    function tell({ kind, at, data, edits, related }: NginxFault, when: Parameters<typeof report>[1]['when']): void {
      report(kind, { at, data, edits, related, when, symbol: 'web' })
    }
  },
})

/** `without`: those that are listed bring no nginx, which procfile/command-missing tells. */
function buildpackUnsaid(app: App): Text | 'without' | undefined {
  const listed = buildpacksOf(app)
  if (listed.some(({ facts }) => facts?.name === 'heroku-community/nginx')) return undefined
  if (listed.length > 0 && listed.every(({ facts }) => facts !== undefined && !facts.builds)) return 'without'
  return {
    en: 'nginx comes with heroku-buildpack-nginx, which no file lists',
    fr: 'nginx vient de heroku-buildpack-nginx, qu’aucun fichier ne cite',
  }
}
