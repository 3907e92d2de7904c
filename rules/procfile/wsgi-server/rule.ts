import type { App } from '../../../src/app/app.ts'
import { namedTarget } from '../../../src/app/asgi/named-target.ts'
import { asgiServed, wsgiServed } from '../../../src/app/asgi/unfit.ts'
import { daphneInstead, gunicornWithUvicorn } from '../../../src/app/processes/command-edits.ts'
import { judgeServer, unknownProtocol } from '../../../src/app/processes/server-verdict.ts'
import { heldStatement, withoutStatement } from '../../../src/app/project/statement-edits.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import type { Place } from '../../../src/contracts/place.ts'
import { rule } from '../../../src/engine/rule.ts'

const help = {
  en: 'Start an ASGI server, e.g. `web: daphne -b 0.0.0.0 -p $PORT {asgi}`{note}.',
  fr: 'Lancez un serveur ASGI, par exemple `web: daphne -b 0.0.0.0 -p $PORT {asgi}`{note}.',
} as const

const fix = {
  safety: 'unsafe',
  en: 'Start daphne instead',
  fr: 'Lancer daphne à la place',
  changes: {
    en: 'another server answers all requests: one process, and the old options are gone',
    fr: 'un autre serveur répond à toutes les requêtes : un seul processus, et les anciennes options disparaissent',
  },
} as const

const otherFix = {
  safety: 'unsafe',
  en: 'Keep gunicorn, with uvicorn workers',
  fr: 'Garder gunicorn, avec des workers uvicorn',
  changes: {
    en: 'requests are served asynchronously; several worker processes share the memory of the dyno',
    fr: 'les requêtes sont servies de façon asynchrone ; plusieurs workers se partagent la mémoire du dyno',
  },
} as const

const worker = {
  text: {
    en: '`web` starts {server} with a WSGI worker ({why}): WebSocket handshakes never reach Channels ("Unexpected response code: 404")',
    fr: '`web` lance {server} avec un worker WSGI ({why}) : les poignées de main WebSocket n’arrivent jamais à Channels (« Unexpected response code: 404 »)',
  },
  help,
  fix,
  otherFix,
} as const

const server = {
  text: {
    en: '`web` starts {server}, which serves WSGI only: WebSocket handshakes never reach Channels ("Unexpected response code: 404")',
    fr: '`web` lance {server}, qui ne sert que du WSGI : les poignées de main WebSocket n’arrivent jamais à Channels (« Unexpected response code: 404 »)',
  },
  help,
  fix,
} as const

export default rule({
  id: 'procfile/wsgi-server',
  hop: 'handshake',
  severity: 'error',
  needs: 'channels-2',
  summary: {
    en: '`web` runs a WSGI server, which does not support WebSockets',
    fr: '`web` lance un serveur WSGI, qui ne prend pas en charge les WebSockets',
  },
  messages: {
    worker,
    // Server and application speak past each other: not even a page comes.
    'worker-no-page': {
      ...worker,
      hop: 'http',
      text: {
        en: '`web` starts {server} with a WSGI worker ({why}), and `{target}` is an ASGI application: every page fails with a TypeError (500)',
        fr: '`web` lance {server} avec un worker WSGI ({why}), et `{target}` est une application ASGI : chaque page échoue avec une TypeError (500)',
      },
    },
    server,
    'server-no-page': {
      ...server,
      hop: 'http',
      text: {
        en: '`web` starts {server}, which serves WSGI only, and `{target}` is an ASGI application: every page fails with a TypeError (500)',
        fr: '`web` lance {server}, qui ne sert que du WSGI, et `{target}` est une application ASGI : chaque page échoue avec une TypeError (500)',
      },
    },
    target: {
      hop: 'http',
      text: {
        en: '{server} serves ASGI, but `{target}` is a WSGI application: every request fails with a TypeError (500)',
        fr: '{server} sert de l’ASGI, mais `{target}` est une application WSGI : chaque requête échoue avec une TypeError (500)',
      },
      help,
      fix,
    },
    object: {
      hop: 'http',
      text: {
        en: '{server} speaks ASGI, but the application that answers requests for pages is WSGI (`{made}`): every page fails with a TypeError (500)',
        fr: '{server} parle ASGI, mais l’application qui répond aux requêtes de pages est en WSGI (`{made}`) : chaque page échoue avec une TypeError (500)',
      },
      help: {
        en: 'Create it with `get_asgi_application()` of `django.core.asgi`, and put only ASGI middleware around it.',
        fr: 'Créez-la avec `get_asgi_application()` de `django.core.asgi`, et n’entourez-la que de middlewares ASGI.',
      },
      fix: {
        safety: 'unsafe',
        changes: {
          en: 'what `{made}` did, it does no longer: files are served by WhiteNoise’s middleware in MIDDLEWARE alone',
          fr: 'ce que faisait `{made}` ne se fait plus : seul le middleware de WhiteNoise dans MIDDLEWARE sert des fichiers',
        },
        en: 'Leave the WSGI wrapper out',
        fr: 'Omettre l’enveloppe WSGI',
      },
    },
    rsgi: {
      hop: 'http',
      text: {
        en: '{why}: Django and Channels speak ASGI, so every request fails',
        fr: '{why} : Django et Channels parlent ASGI, chaque requête échoue donc',
      },
      help,
      fix,
    },
  },
  check(app, report) {
    const { web } = app.processes
    if (web === undefined) return
    const verdict = judgeServer(
      app,
      web,
      (server) => {
        const { protocol } = server.speaks
        if (protocol === 'undetermined') return server.name === 'runserver' ? false : undefined
        return protocol === 'wsgi' || protocol === 'rsgi' || wsgiServed(app, server) !== undefined
      },
      unknownProtocol,
    )
    if (verdict === undefined) return
    const { server } = verdict
    const { protocol, at, why } = server.speaks
    const object = wsgiServed(app, server)
    const when = [...verdict.when, ...(object?.when ?? [])]
    const daphne = daphneInstead(app, web, server)
    if (object !== undefined && (object.inside || daphne === undefined || daphne.target === server.target?.text)) {
      report('object', {
        at: object.node.at,
        data: { server: server.name, made: object.node.made },
        edits: unwrapped(app, object.node.at),
        related: [{ at: server.at, message: { en: 'the server', fr: 'le serveur' } }],
        when,
        symbol: 'web',
      })
      return
    }
    const kind = server.name === 'gunicorn' ? 'worker' : 'server'
    const wsgi = asgiServed(app, server) ? (`${kind}-no-page` as const) : kind
    const named = namedTarget(app)
    const message = protocol === 'rsgi' ? 'rsgi' : object !== undefined ? 'target' : wsgi
    report(message, {
      at: message === 'target' ? (server.target?.at ?? at) : server.at,
      data: {
        server: server.name,
        why,
        target: server.target?.text ?? '',
        asgi: daphne?.target ?? named.target,
        note: daphne === undefined ? named.note : '',
      },
      related: at === server.at ? [] : [{ at, message: why }],
      edits: daphne?.edits,
      ...(kind === 'worker' && message === wsgi ? { otherEdits: gunicornWithUvicorn(app, web, server)?.edits } : {}),
      when,
      symbol: 'web',
    })
  },
})

/** `application = WhiteNoise(application, …)` goes: the application that it was put around stays. */
function unwrapped(app: App, at: Place): readonly Edit[] | undefined {
  const held = heldStatement(app.tree, at)
  if (held?.statement.kind !== 'Assign' || held.holder !== undefined) return undefined
  const { targets, value } = held.statement
  const [target, ...others] = targets
  const inner = value.kind === 'Call' ? value.args[0] : undefined
  if (target?.kind !== 'Name' || others.length > 0 || inner?.kind !== 'Name' || inner.id !== target.id) return undefined
  const edit = withoutStatement(app.tree, at.file, held)
  return edit && [edit]
}
