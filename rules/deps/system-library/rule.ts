import { firstImport } from '../../../src/app/settings/first-import.ts'
import type { Text } from '../../../src/contracts/text.ts'
import { rule } from '../../../src/engine/rule.ts'
import { systemLacks } from './system-lacks.ts'

export default rule({
  id: 'deps/system-library',
  hop: 'boot',
  severity: 'warning',
  summary: {
    en: 'A package or app needs a system library that Heroku’s stack lacks',
    fr: 'Un paquet ou une application a besoin d’une bibliothèque système absente de la stack de Heroku',
  },
  messages: {
    lacks: {
      text: {
        en: '{name} needs {library}, which no Heroku stack has: {effect}',
        fr: '{name} a besoin de {library}, qu’aucune stack de Heroku ne contient : {effect}',
      },
      help: { en: '{remedy}', fr: '{remedy}' },
    },
  },
  check(app, report) {
    for (const { need, name, at, when, buildpacksUnknown } of systemLacks(app)) {
      report('lacks', {
        at,
        hop: need.app !== undefined ? firstImport(app) : need.compiled ? 'build' : 'boot',
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
