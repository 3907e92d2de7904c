import { missingSetup } from '../../../src/app/asgi/import-order.ts'
import { hasApplication } from '../../../src/app/asgi/versions.ts'
import { rule } from '../../../src/engine/rule.ts'

export default rule({
  id: 'asgi/setup-missing',
  hop: 'boot',
  severity: 'error',
  fix: 'safe',
  summary: {
    en: 'Nothing in the served module sets Django up',
    fr: 'Rien dans le module servi n’initialise Django',
  },
  messages: {
    model: {
      en: 'nothing here calls get_asgi_application() or django.setup(), and this reaches {name}: boot ends with "AppRegistryNotReady: Apps aren\'t loaded yet."',
      fr: "rien ici n’appelle get_asgi_application() ni django.setup(), et ceci atteint {name} : le démarrage s’arrête sur « AppRegistryNotReady: Apps aren't loaded yet. »",
    },
    later: {
      en: 'nothing here calls get_asgi_application() or django.setup(): the first use of a model ends with "AppRegistryNotReady: Apps aren\'t loaded yet."',
      fr: "rien ici n’appelle get_asgi_application() ni django.setup() : la première utilisation d’un modèle s’arrête sur « AppRegistryNotReady: Apps aren't loaded yet. »",
    },
  },
  mend: {
    en: 'Call get_asgi_application() right after DJANGO_SETTINGS_MODULE is set, and import routing and consumers below it.',
    fr: 'Appelez get_asgi_application() juste après la définition de DJANGO_SETTINGS_MODULE, et importez routing et consumers en dessous.',
  },
  check(app, report) {
    const found = hasApplication(app) ? missingSetup(app) : undefined
    if (found === undefined) return
    report(found.use === undefined ? 'later' : 'model', {
      at: found.at,
      // Without a model the server starts: the first socket that asks for its user meets the empty registry.
      ...(found.use === undefined && { hop: 'handshake' }),
      data: { name: found.use?.name ?? '' },
      ...(found.edits && {
        fixes: [
          {
            title: { en: 'Set Django up first', fr: 'Initialiser d’abord Django' },
            safety: 'safe',
            edits: found.edits,
          },
        ],
      }),
      when: found.when,
      symbol: 'django.setup',
    })
  },
})
