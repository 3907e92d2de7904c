import { rule } from '../../../src/engine/rule.ts'
import { obsoleteInstalls } from './obsolete-installs.ts'

export default rule({
  id: 'deps/obsolete-package',
  hop: 'build',
  severity: 'warning',
  fix: 'none',
  summary: {
    en: 'A replaced or dead package of this stack is listed',
    fr: 'Un paquet remplacé ou mort de cette pile est listé',
  },
  messages: {
    listed: { en: '{name} {why}', fr: '{name} {why}' },
    frozen: {
      en: '{name} {why}; it is listed because {requirer} requires it',
      fr: '{name} {why} ; il est listé parce que {requirer} l’exige',
    },
  },
  mend: { en: 'Use {instead} instead.', fr: 'Utilisez plutôt {instead}.' },
  check(app, report) {
    for (const { requirement, entry, requiredBy } of obsoleteInstalls(app))
      report(requiredBy === undefined ? 'listed' : 'frozen', {
        at: requirement.at,
        data: {
          name: requirement.rawName,
          why: entry.why,
          instead: entry.instead,
          requirer: requiredBy === undefined ? '' : `${requiredBy.rawName} ${requiredBy.pin ?? ''}`.trim(),
        },
        ...(requiredBy && {
          severity: 'info',
          related: [{ at: requiredBy.at, message: { en: 'requires it', fr: 'l’exige' } }],
        }),
        symbol: requirement.name,
      })
  },
})
