import { firstAppsImport } from '../../../src/app/settings/first-import.ts'
import type { Text } from '../../../src/contracts/text.ts'
import { rule } from '../../../src/engine/rule.ts'
import { foreignLibraries, systemLacks } from './system-lacks.ts'

const lacks = {
  text: {
    en: '{name} needs {library}, which no Heroku stack has: {effect}',
    fr: '{name} a besoin de {library}, qu’aucune stack de Heroku ne contient : {effect}',
  },
  help: { en: '{remedy}', fr: '{remedy}' },
} as const

export default rule({
  id: 'deps/system-library',
  hop: 'boot',
  severity: 'warning',
  summary: {
    en: 'A package or app needs a system library that Heroku’s stack lacks',
    fr: 'Un paquet ou une application a besoin d’une bibliothèque système absente de la stack de Heroku',
  },
  messages: {
    lacks,
    // Without it the build or each start ends; what only one function of the app may need does not.
    stops: { ...lacks, severity: 'error' },
    foreign: {
      severity: 'error',
      text: {
        en: '{setting} names a library of another system: django.contrib.gis ends with "OSError: {path}: cannot open shared object file" when it is loaded',
        fr: '{setting} nomme une bibliothèque d’un autre système : django.contrib.gis se termine par « OSError: {path}: cannot open shared object file » à son chargement',
      },
      help: {
        en: 'Take it from a variable of your own machine; and recognise the build by something other than its folder, which is not /app.',
        fr: 'Prenez-le dans une variable de votre propre machine ; et reconnaissez le build à un autre signe que son dossier, qui n’est pas /app.',
      },
    },
  },
  check(app, report) {
    for (const { setting, path, at, when, hop } of foreignLibraries(app))
      report('foreign', { at, hop, data: { setting, path }, when, restsOn: ['settings'], symbol: setting })
    for (const { need, name, at, when, buildpacksUnknown } of systemLacks(app)) {
      report(need.app !== undefined || need.compiled ? 'stops' : 'lacks', {
        at,
        hop: need.app !== undefined ? firstAppsImport(app) : need.compiled ? 'build' : 'boot',
        data: { name, library: need.library, effect: need.effect, remedy: need.remedy },
        when: buildpacksUnknown ? [...when, noBuildpack] : when,
        restsOn: need.app === undefined ? ['heroku'] : ['settings', 'heroku'],
        symbol: need.library,
      })
    }
  },
})

const noBuildpack: Text = {
  en: 'no buildpack of the app installs it',
  fr: 'aucun buildpack de l’application ne l’installe',
}
