import { rule } from '../../../src/engine/rule.ts'
import { earlyModels } from './early-models.ts'

export default rule({
  id: 'settings/apps-not-ready',
  hop: 'boot',
  severity: 'error',
  needs: 'django',
  summary: {
    en: 'An app imports models before the app registry is ready',
    fr: 'Une application importe des modèles avant que le registre des applications soit prêt',
  },
  messages: {
    model: {
      text: {
        en: 'this reaches the model {name} while the apps of INSTALLED_APPS are still being imported: django.setup() ends with "{error}"',
        fr: 'ceci atteint le modèle {name} alors que les applications d’INSTALLED_APPS sont encore en cours d’import : django.setup() se termine sur « {error} »',
      },
      help: {
        en: 'Import it in AppConfig.ready(), or in the function that needs it.',
        fr: 'Importez-le dans AppConfig.ready(), ou dans la fonction qui en a besoin.',
      },
    },
  },
  check(app, report) {
    for (const { name, at, chain, when, hop } of earlyModels(app)) {
      report('model', {
        at,
        data: { name, error: "AppRegistryNotReady: Apps aren't loaded yet." },
        related: chain.map((place) => ({ at: place, message: { en: 'imported through this', fr: 'importé ici' } })),
        hop,
        when,
        restsOn: ['settings'],
        symbol: name,
      })
    }
  },
})
