import type { App } from '../../../src/app/app.ts'
import { namedTarget } from '../../../src/app/asgi/named-target.ts'
import { daphneInstead } from '../../../src/app/processes/command-edits.ts'
import type { Server } from '../../../src/app/processes/model.ts'
import { judgeServer } from '../../../src/app/processes/server-verdict.ts'
import { appIndex } from '../../../src/app/settings/apps.ts'
import { modernChannels } from '../../../src/app/settings/channels.ts'
import { judged } from '../../../src/app/settings/setting-verdict.ts'
import { rule } from '../../../src/engine/rule.ts'

const dev = {
  text: {
    en: '`web` starts `{command}`, Django’s development server: it reloads code, is not secured, and serves WebSockets only if daphne is in INSTALLED_APPS',
    fr: '`web` lance `{command}`, le serveur de développement de Django : il recharge le code, n’est pas sécurisé et ne sert les WebSockets que si daphne est dans INSTALLED_APPS',
  },
  help: {
    en: 'Start a production server: `web: daphne -b 0.0.0.0 -p $PORT {asgi}`{note}.',
    fr: 'Lancez un serveur de production : `web: daphne -b 0.0.0.0 -p $PORT {asgi}`{note}.',
  },
  fix: {
    safety: 'unsafe',
    en: 'Start daphne instead',
    fr: 'Lancer daphne à la place',
    changes: {
      en: 'code is no longer reloaded, and static files come from WhiteNoise or nowhere',
      fr: 'le code n’est plus rechargé, et les fichiers statiques viennent de WhiteNoise ou de nulle part',
    },
  },
} as const

export default rule({
  id: 'procfile/dev-server',
  hop: 'boot',
  severity: 'error',
  summary: {
    en: '`web` runs Django’s development server',
    fr: '`web` lance le serveur de développement de Django',
  },
  messages: {
    dev,
    // Reachable and with daphne behind it, it serves: what is wrong shows under load.
    'dev-serves': {
      ...dev,
      severity: 'warning',
      text: {
        en: '`web` starts `{command}`, Django’s development server: it reloads code, is not secured and is not built for load',
        fr: '`web` lance `{command}`, le serveur de développement de Django : il recharge le code, n’est ni sécurisé ni fait pour la charge',
      },
    },
    'dev-without-sockets': { ...dev, hop: 'handshake' },
  },
  check(app, report) {
    const { web } = app.processes
    const verdict = judgeServer(app, web, ({ name }) => name === 'runserver')
    if (web === undefined || verdict === undefined) return
    const { server, when } = verdict
    const speaks = !modernChannels(app) || hasDaphneApp(app)
    const fix = app.usesChannels ? daphneInstead(app, web, server) : undefined
    const named = namedTarget(app)
    report(!isOpen(server) ? 'dev' : speaks ? 'dev-serves' : 'dev-without-sockets', {
      at: server.at,
      data: {
        command: 'runserver',
        asgi: fix?.target ?? named.target,
        note: fix === undefined ? named.note : '',
      },
      edits: fix?.edits,
      when,
      symbol: 'web',
    })
  },
})

/** It listens on $PORT, on all interfaces. */
function isOpen({ sockets }: Server): boolean {
  return sockets.some(({ host, port }) => host?.reach === 'any' && port?.worth === '$PORT')
}

function hasDaphneApp(app: App): boolean {
  return judged(app.settings, 'INSTALLED_APPS', (one) => (appIndex(app, one, 'daphne') ?? -1) >= 0)?.when.length === 0
}
