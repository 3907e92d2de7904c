import { subjectTo } from '../../../src/app/settings/combine.ts'
import { firstImport } from '../../../src/app/settings/first-import.ts'
import type { Text } from '../../../src/contracts/text.ts'
import { rule } from '../../../src/engine/rule.ts'
import { systemLacks } from './system-lacks.ts'

export default rule({
  id: 'deps/system-library',
  hop: 'boot',
  severity: 'warning',
  fix: 'none',
  summary: {
    en: 'A package or app needs a system library that Heroku’s stack lacks',
    fr: 'Un paquet ou une application a besoin d’une bibliothèque système absente de la pile d’Heroku',
  },
  messages: {
    lacks: {
      en: '{name} needs {library}, which no Heroku stack has: {effect}',
      fr: '{name} a besoin de {library}, qu’aucune pile d’Heroku ne contient : {effect}',
    },
  },
  mend: { en: '{remedy}', fr: '{remedy}' },
  check(app, report) {
    for (const { need, name, at, when: conditions, buildpacksUnknown } of systemLacks(app)) {
      const when = subjectTo(app, conditions, { heroku: true, settings: need.app !== undefined })
      if (when === 'never') continue
      report('lacks', {
        at,
        ...(need.compiled && { hop: 'build' }),
        ...(need.app !== undefined && { hop: firstImport(app) }),
        data: { name, library: need.library, effect: need.effect, remedy: need.remedy },
        ...(buildpacksUnknown ? { when: noBuildpack } : when && { when }),
        symbol: need.library,
      })
    }
  },
})

const noBuildpack: Text = {
  en: 'no buildpack of the app installs it',
  fr: 'aucun buildpack de l’application ne l’installe',
}
