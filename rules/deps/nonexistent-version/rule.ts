import { phantomPins, unknownPins } from '../../../src/app/dependencies/index-pins.ts'
import { nearVersion } from '../../../src/app/dependencies/proposal.ts'
import { pinEdit, removalEdit } from '../../../src/app/dependencies/text-edits.ts'
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
      fix: {
        safety: 'unsafe',
        changes: {
          en: 'another release is installed than the one that was meant',
          fr: 'une autre version s’installe que celle qui était voulue',
        },
        en: 'Pin {name} to {wanted}',
        fr: 'Épingler {name} à {wanted}',
      },
    },
    phantom: {
      text: {
        en: 'the package index has no {name}, which `pip freeze` writes on Debian and Ubuntu: pip stops with "No matching distribution found for {name}==0.0.0"',
        fr: 'l’index des paquets n’a pas de {name}, que `pip freeze` écrit sous Debian et Ubuntu : pip s’arrête avec « No matching distribution found for {name}==0.0.0 »',
      },
      help: { en: 'Delete the line.', fr: 'Supprimez la ligne.' },
      fix: { safety: 'safe', en: 'Delete the line', fr: 'Supprimer la ligne' },
    },
  },
  check(app, report) {
    for (const requirement of phantomPins(app)) {
      const edit = removalEdit(app, requirement)
      report('phantom', {
        at: requirement.versionAt,
        data: { name: requirement.rawName },
        edits: edit && [edit],
        symbol: requirement.name,
      })
    }
    for (const { requirement, pin, nearest } of unknownPins(app)) {
      const wanted = nearVersion(app, requirement.name, nearest)
      const edit = wanted === undefined ? undefined : pinEdit(app, requirement, wanted)
      report('absent', {
        at: requirement.versionAt,
        data: { name: requirement.rawName, pin, nearest, wanted: wanted ?? '' },
        edits: edit && [edit],
        symbol: requirement.name,
      })
    }
  },
})
