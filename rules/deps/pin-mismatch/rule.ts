import { disagreements, policyBreaches } from '../../../src/app/dependencies/pins.ts'
import { pinEdit } from '../../../src/app/dependencies/text-edits.ts'
import { rule } from '../../../src/engine/rule.ts'

export default rule({
  id: 'deps/pin-mismatch',
  hop: 'build',
  severity: 'error',
  fix: 'safe',
  summary: {
    en: 'A pin differs from the configured policy, or files of one install pin a package differently',
    fr: 'Une version figée diffère de la politique configurée, ou des fichiers d’une même installation figent un paquet différemment',
  },
  messages: {
    policy: {
      en: '{name} is {written} here, but the configuration pins {name}=={wanted}',
      fr: '{name} est {written} ici, mais la configuration fige {name}=={wanted}',
    },
    files: {
      en: '{name} is {written} here and {other} in {file}: what is tested and what is installed are not the same',
      fr: '{name} est {written} ici et {other} dans {file} : ce qui est testé et ce qui est installé ne sont pas identiques',
    },
  },
  mend: {
    policy: { en: 'Write {name}=={wanted}, or change `pins`.', fr: 'Écrivez {name}=={wanted}, ou changez `pins`.' },
    files: {
      en: 'Decide on one version, and let one file alone name it.',
      fr: 'Choisissez une version, et laissez un seul fichier la nommer.',
    },
  },
  check(app, report) {
    const told = new Set<string>()
    for (const { requirement, wanted, policyAt } of policyBreaches(app)) {
      const { name, rawName, range, versionAt } = requirement
      const edit = pinEdit(app, requirement, wanted)
      told.add(name)
      report('policy', {
        at: versionAt,
        data: { name: rawName, written: range, wanted },
        related: policyAt === undefined ? [] : [{ at: policyAt, message: { en: 'the policy', fr: 'la politique' } }],
        ...(edit && {
          fixes: [
            {
              title: { en: `Pin ${rawName} to ${wanted}`, fr: `Figer ${rawName} à ${wanted}` },
              safety: 'safe',
              edits: [edit],
            },
          ],
        }),
        symbol: name,
      })
    }
    for (const { first, others } of disagreements(app)) {
      const other = others[0]
      if (other === undefined || told.has(first.name)) continue
      report('files', {
        at: first.versionAt,
        data: { name: first.rawName, written: first.range, other: other.range, file: other.at.file },
        related: others.map(({ versionAt, range }) => ({
          at: versionAt,
          message: { en: `${range} here`, fr: `${range} ici` },
        })),
        symbol: first.name,
      })
    }
  },
})
