import { judgeServer } from '../../../src/app/processes/server-verdict.ts'
import { rule } from '../../../src/engine/rule.ts'

export default rule({
  id: 'procfile/server-not-web',
  hop: 'handshake',
  severity: 'warning',
  summary: {
    en: 'An ASGI server runs in a process other than `web`, where no traffic arrives',
    fr: 'Un serveur ASGI tourne dans un autre processus que `web`, où n’arrive aucun trafic',
  },
  messages: {
    idle: {
      text: {
        en: '{server} in `{type}` gets no traffic: the router sends requests and WebSockets to `web` only, and this dyno costs money for nothing',
        fr: '{server}, dans `{type}`, ne reçoit aucun trafic : le routeur n’envoie requêtes et WebSockets qu’à `web`, et ce dyno est payé pour rien',
      },
      help: {
        en: 'Let one ASGI server in `web` serve HTTP and WebSockets together, and delete `{type}`.',
        fr: 'Laissez un seul serveur ASGI, dans `web`, servir HTTP et WebSockets, et supprimez `{type}`.',
      },
    },
  },
  check(app, report) {
    const { all, web } = app.processes
    if (web === undefined) return
    for (const process of all) {
      if (process === web || process.type === 'release') continue
      const verdict = judgeServer(app, process, ({ speaks }) => speaks.protocol === 'asgi')
      if (verdict === undefined) continue
      report('idle', {
        at: verdict.server.at,
        data: { server: verdict.server.name, type: process.type },
        related: [{ at: web.at, message: { en: 'all traffic goes here', fr: 'tout le trafic arrive ici' } }],
        when: verdict.when,
        symbol: process.type,
      })
    }
  },
})
