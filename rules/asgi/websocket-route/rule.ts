import { missingWebsocket } from '../../../src/app/asgi/faults.ts'
import { layoutOf } from '../../../src/app/asgi/layout.ts'
import { websocketEntryEdits, websocketStackEdits } from '../../../src/app/asgi/websocket-stack.ts'
import { rule } from '../../../src/engine/rule.ts'

const help = {
  en: 'Serve a ProtocolTypeRouter whose `websocket` entry is a URLRouter with the consumers’ routes.',
  fr: 'Servez un ProtocolTypeRouter dont l’entrée `websocket` est un URLRouter portant les routes des consumers.',
} as const

const fix = {
  safety: 'unsafe',
  en: 'Serve WebSockets beside HTTP',
  fr: 'Servir les WebSockets à côté de HTTP',
  changes: {
    en: 'sockets are accepted from the hosts of ALLOWED_HOSTS, with the visitor’s session',
    fr: 'les sockets sont acceptés depuis les hôtes d’ALLOWED_HOSTS, avec la session du visiteur',
  },
} as const

export default rule({
  id: 'asgi/websocket-route',
  hop: 'handshake',
  severity: 'error',
  needs: 'channels-2',
  summary: {
    en: 'The served application answers no WebSocket though the project has consumers',
    fr: 'L’application servie ne répond à aucun WebSocket alors que le projet a des consumers',
  },
  messages: {
    plain: {
      text: {
        en: '{target} is plain Django: a WebSocket gets "Django can only handle ASGI/HTTP connections, not websocket." and {consumer} is never reached',
        fr: '{target} est l’application Django seule : un WebSocket reçoit « Django can only handle ASGI/HTTP connections, not websocket. » et {consumer} n’est jamais atteint',
      },
      help,
      fix,
    },
    router: {
      text: {
        en: 'the ProtocolTypeRouter of {target} has no `websocket` entry: a WebSocket gets "No application configured for scope type \'websocket\'" and {consumer} is never reached',
        fr: "le ProtocolTypeRouter de {target} n’a pas d’entrée `websocket` : un WebSocket reçoit « No application configured for scope type 'websocket' » et {consumer} n’est jamais atteint",
      },
      help,
      fix,
    },
  },
  check(app, report) {
    const found = missingWebsocket(app)
    const { served } = app.asgi
    const consumer = found?.consumers[0]
    if (found === undefined || served === undefined || consumer === undefined) return
    const { node } = found
    const layout = layoutOf(app)
    const edits =
      layout === undefined || found.when.length > 0
        ? undefined
        : node.kind === 'protocols'
          ? websocketEntryEdits(app, node, layout)
          : node.at.file === layout.asgiFile
            ? websocketStackEdits(app, layout)
            : undefined
    report(found.node.kind === 'django' ? 'plain' : 'router', {
      edits,
      at: found.node.kind === 'protocols' ? found.node.mapping : found.node.at,
      data: { target: `${served.module}:${served.attribute}`, consumer: consumer.name },
      related: [
        { at: consumer.at, message: { en: 'this consumer waits for a route', fr: 'ce consumer attend une route' } },
        ...(served.at === undefined
          ? []
          : [{ at: served.at, message: { en: 'this names what is served', fr: 'ceci nomme ce qui est servi' } }]),
      ],
      when: found.when,
      symbol: served.attribute,
    })
  },
})
