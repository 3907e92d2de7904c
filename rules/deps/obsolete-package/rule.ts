import { rule } from '../../../src/engine/rule.ts'
import { obsoleteInstalls } from './obsolete-installs.ts'

const help = { en: 'Use {instead} instead.', fr: 'Utilisez plutôt {instead}.' } as const

export default rule({
  id: 'deps/obsolete-package',
  hop: 'build',
  severity: 'warning',
  summary: {
    en: 'A replaced or abandoned package of this stack is listed',
    fr: 'Un paquet remplacé ou abandonné de cette stack est listé',
  },
  messages: {
    listed: {
      text: { en: '{name} {why}', fr: '{name} {why}' },
      help,
    },
    idle: {
      severity: 'info',
      text: {
        en: '{name} {why}, and no file of the project imports it',
        fr: '{name} {why}, et aucun fichier du projet ne l’importe',
      },
      help: { en: 'Remove the line.', fr: 'Retirez la ligne.' },
    },
    frozen: {
      severity: 'info',
      text: {
        en: '{name} {why}; it is listed because {requirer} requires it',
        fr: '{name} {why} ; il est listé parce que {requirer} l’exige',
      },
      help,
    },
  },
  check(app, report) {
    for (const { requirement, entry, requiredBy, idle } of obsoleteInstalls(app))
      report(requiredBy !== undefined ? 'frozen' : idle ? 'idle' : 'listed', {
        at: requirement.at,
        data: {
          name: requirement.rawName,
          why: entry.why,
          instead: entry.instead,
          requirer: requiredBy === undefined ? '' : `${requiredBy.rawName} ${requiredBy.pin ?? ''}`.trim(),
        },
        related: requiredBy && [{ at: requiredBy.at, message: { en: 'requires it', fr: 'l’exige' } }],
        symbol: requirement.name,
      })
  },
})
