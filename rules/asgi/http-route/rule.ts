import { bridgedHttp, missingHttp } from '../../../src/app/asgi/faults.ts'
import { rule } from '../../../src/engine/rule.ts'
import { askedEnviron } from './environ.ts'

const help = {
  en: 'Add `"http": get_asgi_application()`.',
  fr: 'Ajoutez `"http": get_asgi_application()`.',
} as const

const environ = {
  help: {
    en: 'Write `request.META`: the headers (`HTTP_…`) and REMOTE_ADDR stand in it under both. For keys of `wsgi.…` the request has its own: `request.scheme`, `request.body`.',
    fr: 'Écrivez `request.META` : les en-têtes (`HTTP_…`) et REMOTE_ADDR s’y trouvent dans les deux cas. Pour les clés `wsgi.…`, la requête a les siennes : `request.scheme`, `request.body`.',
  },
  fix: { safety: 'safe', en: 'Read request.META', fr: 'Lire request.META' },
} as const

const pages = {
  every: { en: 'every page', fr: 'chaque page' },
  first: { en: 'the first page', fr: 'la première page' },
} as const

export default rule({
  id: 'asgi/http-route',
  hop: 'http',
  severity: 'error',
  needs: 'channels-2',
  summary: {
    en: 'The ProtocolTypeRouter has no `http` entry, so no page is served',
    fr: 'Le ProtocolTypeRouter n’a pas d’entrée `http` : aucune page n’est servie',
  },
  messages: {
    missing: {
      text: {
        en: 'this ProtocolTypeRouter has no `http` entry: since Channels 4 every page fails with "No application configured for scope type \'http\'"',
        fr: "ce ProtocolTypeRouter n’a pas d’entrée `http` : depuis Channels 4, chaque page échoue avec « No application configured for scope type 'http' »",
      },
      help,
      fix: { safety: 'safe', en: 'Serve HTTP with Django', fr: 'Servir HTTP avec Django' },
    },
    implicit: {
      severity: 'warning',
      text: {
        en: 'this ProtocolTypeRouter has no `http` entry: Channels 3 adds one with a DeprecationWarning, Channels 4 no longer does and every page fails',
        fr: 'ce ProtocolTypeRouter n’a pas d’entrée `http` : Channels 3 en ajoute une avec un DeprecationWarning, Channels 4 ne le fait plus et chaque page échoue',
      },
      help,
      fix: { safety: 'safe', en: 'Serve HTTP with Django', fr: 'Servir HTTP avec Django' },
    },
    environ: {
      ...environ,
      text: {
        en: "{by}() runs for {of} and reads request.environ, which only requests of WSGI have: under {server} it ends with \"AttributeError: 'ASGIRequest' object has no attribute 'environ'\", a 500",
        fr: "{by}() s’exécute pour {of} et lit request.environ, que seules les requêtes WSGI ont : sous {server}, cela s’arrête sur « AttributeError: 'ASGIRequest' object has no attribute 'environ' », une erreur 500",
      },
    },
    'environ-perhaps': {
      ...environ,
      severity: 'warning',
      text: {
        en: "{by}() reads request.environ, which only requests of WSGI have: under {server} the page that reaches this line ends with \"AttributeError: 'ASGIRequest' object has no attribute 'environ'\", a 500",
        fr: "{by}() lit request.environ, que seules les requêtes WSGI ont : sous {server}, la page qui arrive à cette ligne s’arrête sur « AttributeError: 'ASGIRequest' object has no attribute 'environ' », une erreur 500",
      },
    },
    bridge: {
      severity: 'warning',
      text: {
        en: 'WsgiToAsgi answers http: it runs every request of the process in one thread, one after the other, and the consumers’ database_sync_to_async in the same; a slow page holds up all others',
        fr: 'WsgiToAsgi répond aux requêtes http : il exécute toutes les requêtes du processus dans un seul thread, l’une après l’autre, et le database_sync_to_async des consumers dans le même ; une page lente retarde toutes les autres',
      },
      help: {
        en: 'Serve `get_asgi_application()` (django.core.asgi) under `http`: each request then has a thread of its own.',
        fr: 'Servez `get_asgi_application()` (django.core.asgi) sous `http` : chaque requête a alors son propre thread.',
      },
    },
  },
  check(app, report) {
    for (const { at, names, server, by, of, when } of askedEnviron(app)) {
      const edits = names?.map((place) => ({ ...place, text: 'META' }))
      const more = { at, edits, when, restsOn: ['settings'] as const, symbol: `environ ${by}` }
      if (of === 'some') report('environ-perhaps', { ...more, data: { by, server } })
      else report('environ', { ...more, data: { by, server, of: pages[of] } })
    }
    const bridged = bridgedHttp(app)
    if (bridged !== undefined) report('bridge', { at: bridged.at, when: bridged.when, symbol: 'http bridge' })
    const found = missingHttp(app)
    if (found === undefined) return
    report(found.major === 4 ? 'missing' : 'implicit', {
      at: found.node.mapping,
      edits: found.edits,
      when: found.when,
      symbol: 'http',
    })
  },
})
