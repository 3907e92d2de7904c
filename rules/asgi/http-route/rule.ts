import { missingHttp } from '../../../src/app/asgi/faults.ts'
import { rule } from '../../../src/engine/rule.ts'

const help = {
  en: 'Add `"http": get_asgi_application()`.',
  fr: 'Ajoutez `"http": get_asgi_application()`.',
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
  },
  check(app, report) {
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
