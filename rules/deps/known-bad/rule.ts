import { defectiveInstalls } from '../../../src/app/dependencies/known-defects.ts'
import { replacementVersion } from '../../../src/app/dependencies/proposal.ts'
import { pinEdit } from '../../../src/app/dependencies/text-edits.ts'
import { subjectTo } from '../../../src/app/settings/combine.ts'
import { rule } from '../../../src/engine/rule.ts'

export default rule({
  id: 'deps/known-bad',
  hop: 'message',
  severity: 'warning',
  fix: 'unsafe',
  summary: {
    en: 'A package is installed in a version with a known defect or vulnerability',
    fr: 'Un paquet est installé dans une version qui a un défaut ou une vulnérabilité connus',
  },
  messages: {
    pinned: { en: '{name} {version}: {effects}', fr: '{name} {version} : {effects}' },
    chosen: {
      en: 'nothing pins {name}, and a build today installs {version}: {effects}',
      fr: 'rien ne fige {name}, et une construction installe aujourd’hui {version} : {effects}',
    },
  },
  mend: {
    en: 'Use {name} {good} or another release without it{also}.',
    fr: 'Utilisez {name} {good} ou une autre version sans ce défaut{also}.',
  },
  check(app, report) {
    for (const { name, version, exact, at, requirement, defects, when: conditions } of defectiveInstalls(app)) {
      const when = subjectTo(app, conditions, { settings: defects[0].condition === 'core-layer-without-timeout' })
      if (when === 'never') continue
      const timeout = defects[0].condition === 'core-layer-without-timeout'
      const good = replacementVersion(app, name) ?? defects[0].good
      const edit = requirement && pinEdit(app, requirement, good)
      report(exact ? 'pinned' : 'chosen', {
        at,
        severity: exact && timeout ? 'error' : 'warning',
        ...(!timeout && { hop: 'safety' }),
        data: {
          name,
          version,
          effects: {
            en: defects.map(({ effect }) => effect.en).join('; '),
            fr: defects.map(({ effect }) => effect.fr).join(' ; '),
          },
          good,
          also: timeout
            ? {
                en: ', or give the layer’s host "socket_timeout": None',
                fr: ', ou donnez à l’hôte de la couche "socket_timeout": None',
              }
            : '',
        },
        ...(edit && {
          fixes: [
            { title: { en: `Pin ${name} to ${good}`, fr: `Figer ${name} à ${good}` }, safety: 'unsafe', edits: [edit] },
          ],
        }),
        ...(when && { when }),
        symbol: name,
      })
    }
  },
})
