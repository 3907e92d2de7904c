import type { App } from '../../../src/app/app.ts'
import { missingWebsocket } from '../../../src/app/asgi/faults.ts'
import { layoutOf } from '../../../src/app/asgi/layout.ts'
import type { ProtocolsNode, Served } from '../../../src/app/asgi/model.ts'
import { websocketEntryEdits, websocketStackEdits } from '../../../src/app/asgi/websocket-stack.ts'
import { sourceText } from '../../../src/app/settings/source-text.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import { rule } from '../../../src/engine/rule.ts'
import { nearest } from '../../../src/nearest.ts'
import { parseFile } from '../../../src/syntax/python/file.ts'
import { dottedName } from '../../../src/syntax/python/names.ts'

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

const served = {
  safety: 'safe',
  en: 'Serve the router of this module',
  fr: 'Servir le routeur de ce module',
} as const

const named = { safety: 'safe', en: 'Call the entry `websocket`', fr: 'Nommer l’entrée `websocket`' } as const

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
      otherFix: served,
    },
    router: {
      text: {
        en: 'the ProtocolTypeRouter of {target} has no `websocket` entry: a WebSocket gets "No application configured for scope type \'websocket\'" and {consumer} is never reached',
        fr: "le ProtocolTypeRouter de {target} n’a pas d’entrée `websocket` : un WebSocket reçoit « No application configured for scope type 'websocket' » et {consumer} n’est jamais atteint",
      },
      help,
      fix,
      otherFix: named,
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
      otherEdits: node.kind === 'protocols' ? entryNamed(app, node) : routerServed(app, served),
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

/** An entry whose key is nearly the one: `websockets`, `websoket`. */
function entryNamed(app: App, { entries }: ProtocolsNode): readonly Edit[] | undefined {
  const unknown = entries.filter(({ protocol }) => !['http', 'lifespan', 'channel'].includes(protocol))
  const [only, ...more] = unknown.filter(({ protocol }) => nearest(protocol, ['websocket']) !== undefined)
  if (only === undefined || more.length > 0) return undefined
  const { file, span } = only.key
  const index = sourceText(app.tree, only.key)?.indexOf(only.protocol) ?? -1
  const start = span.start + index
  return index < 0 ? undefined : [{ file, span: { start, end: start + only.protocol.length }, text: 'websocket' }]
}

/** `mysite.asgi:django_application` where the same module has a router that knows WebSockets. */
function routerServed(app: App, { at, file, attribute }: Served): readonly Edit[] | undefined {
  const source = file === undefined ? undefined : parseFile(app.tree, file)
  const routers = (source?.module.body ?? []).flatMap((one) => {
    const [target, ...others] = one.kind === 'Assign' ? one.targets : []
    const isRouter =
      one.kind === 'Assign' &&
      one.value.kind === 'Call' &&
      /(?:^|\.)ProtocolTypeRouter$/.test(dottedName(one.value.func) ?? '') &&
      source?.text.slice(one.value.start, one.value.end).includes('websocket') === true
    return isRouter && target?.kind === 'Name' && others.length === 0 ? [target.id] : []
  })
  const [only, ...more] = routers
  const text = at && sourceText(app.tree, at)
  if (only === undefined || more.length > 0 || at === undefined || only === attribute) return undefined
  if (!text?.endsWith(`:${attribute}`)) return undefined
  const start = at.span.end - attribute.length
  return [{ file: at.file, span: { start, end: at.span.end }, text: only }]
}
