import { missingSetup } from '../../../src/app/asgi/import-order.ts'
import { rule } from '../../../src/engine/rule.ts'

const help = {
  en: 'Call get_asgi_application() right after DJANGO_SETTINGS_MODULE is set, and import routing and consumers below it.',
  fr: 'Appelez get_asgi_application() juste après la définition de DJANGO_SETTINGS_MODULE, et importez routing et consumers en dessous.',
} as const

export default rule({
  id: 'asgi/setup-missing',
  hop: 'boot',
  severity: 'error',
  needs: 'channels-2',
  summary: {
    en: 'Nothing in the served module sets Django up',
    fr: 'Rien dans le module servi n’initialise Django',
  },
  messages: {
    model: {
      text: {
        en: 'nothing here calls get_asgi_application() or django.setup(), and this reaches {name}: boot ends with "AppRegistryNotReady: Apps aren\'t loaded yet."',
        fr: "rien ici n’appelle get_asgi_application() ni django.setup(), et ceci atteint {name} : le démarrage s’arrête sur « AppRegistryNotReady: Apps aren't loaded yet. »",
      },
      help,
      fix: { safety: 'safe', en: 'Set Django up first', fr: 'Initialiser d’abord Django' },
    },
    later: {
      // Without a model the server starts: the first socket that asks for its user meets the empty registry.
      hop: 'handshake',
      text: {
        en: 'nothing here calls get_asgi_application() or django.setup(): the first use of a model ends with "AppRegistryNotReady: Apps aren\'t loaded yet."',
        fr: "rien ici n’appelle get_asgi_application() ni django.setup() : la première utilisation d’un modèle s’arrête sur « AppRegistryNotReady: Apps aren't loaded yet. »",
      },
      help,
      fix: { safety: 'safe', en: 'Set Django up first', fr: 'Initialiser d’abord Django' },
    },
  },
  check(app, report) {
    const found = missingSetup(app)
    if (found === undefined) return
    report(found.use === undefined ? 'later' : 'model', {
      at: found.at,
      data: { name: found.use?.name ?? '' },
      edits: found.edits,
      when: found.when,
      process: found.process,
      symbol: 'django.setup',
    })
  },
})
