import { unknownPins } from '../../../src/app/dependencies/index-pins.ts'
import { rule } from '../../../src/engine/rule.ts'

export default rule({
  id: 'deps/nonexistent-version',
  hop: 'build',
  severity: 'error',
  summary: {
    en: 'A pin to a version that the package index does not have',
    fr: 'Une version épinglée que l’index des paquets n’a pas',
  },
  messages: {
    absent: {
      text: {
        en: 'the package index has no {name} {pin}: pip stops with "No matching distribution found for {name}=={pin}"',
        fr: 'l’index des paquets n’a pas de {name} {pin} : pip s’arrête avec « No matching distribution found for {name}=={pin} »',
      },
      help: {
        en: 'Pin a release that exists; the next one after it is {nearest}.',
        fr: 'Épinglez une version qui existe ; la suivante est {nearest}.',
      },
    },
  },
  check(app, report) {
    for (const { requirement, pin, nearest } of unknownPins(app))
      report('absent', {
        at: requirement.versionAt,
        data: { name: requirement.rawName, pin, nearest },
        symbol: requirement.name,
      })
  },
})
