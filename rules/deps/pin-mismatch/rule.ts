import type { App } from '../../../src/app/app.ts'
import { type Disagreement, disagreements, policyBreaches } from '../../../src/app/dependencies/pins.ts'
import { pinEdit } from '../../../src/app/dependencies/text-edits.ts'
import { rule } from '../../../src/engine/rule.ts'
import { compareVersionTexts } from '../../../src/syntax/requirements/version.ts'

export default rule({
  id: 'deps/pin-mismatch',
  hop: 'build',
  severity: 'error',
  summary: {
    en: 'A pin differs from `pins` in the configuration, or files of one install pin a package differently',
    fr: 'Une version épinglée diffère de `pins` dans la configuration, ou des fichiers d’une même installation épinglent un paquet différemment',
  },
  messages: {
    policy: {
      text: {
        en: '{name} is {written} here, but the configuration pins {name}=={wanted}',
        fr: '{name} est {written} ici, mais la configuration épingle {name}=={wanted}',
      },
      help: { en: 'Write {name}=={wanted}, or change `pins`.', fr: 'Écrivez {name}=={wanted}, ou changez `pins`.' },
      fix: { safety: 'safe', en: 'Pin {name} to {wanted}', fr: 'Épingler {name} à {wanted}' },
    },
    files: {
      text: {
        en: '{name} is {written} here and {other} in {file}: what is tested and what is installed are not the same',
        fr: '{name} est {written} ici et {other} dans {file} : ce qui est testé et ce qui est installé ne sont pas identiques',
      },
      help: {
        en: 'Decide on one version, and let one file alone name it.',
        fr: 'Choisissez une version, et laissez un seul fichier la nommer.',
      },
      fix: {
        safety: 'unsafe',
        changes: {
          en: 'what one of the files asked for is no longer installed',
          fr: 'ce que demandait l’un des fichiers ne s’installe plus',
        },
        en: 'Write {wanted} in all of them',
        fr: 'Écrire {wanted} dans tous',
      },
    },
    managers: {
      text: {
        en: '{name} is {written} here and {other} in {file}, and other packages differ too ({count}): what is tested and what is installed are not the same',
        fr: '{name} est {written} ici et {other} dans {file}, et d’autres paquets diffèrent aussi ({count}) : ce qui est testé et ce qui est installé ne sont pas identiques',
      },
      help: {
        en: 'Keep the file whose versions you test, and delete the other.',
        fr: 'Gardez le fichier dont vous testez les versions, et supprimez l’autre.',
      },
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
        related:
          policyAt === undefined
            ? []
            : [{ at: policyAt, message: { en: 'the configuration', fr: 'la configuration' } }],
        edits: edit && [edit],
        symbol: name,
      })
    }
    for (const [{ first, others }, ...alike] of byCause(app, told)) {
      const other = others[0]
      if (other === undefined) continue
      const all = [first, ...others]
      const wanted = all.reduce((a, b) => (compareVersionTexts(a.pin ?? '', b.pin ?? '') < 0 ? b : a)).pin ?? ''
      const edits = all.flatMap((one) => (one.pin === wanted ? [] : [pinEdit(app, one, wanted)]))
      report(alike.length > 0 ? 'managers' : 'files', {
        at: first.versionAt,
        data: {
          name: first.rawName,
          written: first.range,
          other: other.range,
          file: other.at.file,
          count: alike.length,
          wanted,
        },
        edits: alike.length === 0 && edits.every((edit) => edit !== undefined) ? edits : undefined,
        related: [
          ...others.map(({ versionAt, range }) => ({
            at: versionAt,
            message: { en: `${range} here`, fr: `${range} ici` },
          })),
          ...alike.map(({ first: { versionAt, rawName, range }, others: [there] }) => ({
            at: versionAt,
            message: {
              en: `${rawName} is ${range} here and ${there?.range} in the other file`,
              fr: `${rawName} est ${range} ici et ${there?.range} dans l’autre fichier`,
            },
          })),
        ],
        symbol: first.name,
      })
    }
  },
})

/** Two managers' files side by side differ in many packages for one reason; any other disagreement stands for itself. */
function byCause(app: App, told: ReadonlySet<string>): readonly (readonly [Disagreement, ...Disagreement[]])[] {
  const found = disagreements(app).filter(({ first }) => !told.has(first.name))
  const [head, ...rest] = found
  if (app.dependencies.manager !== 'conflict' || head === undefined) return found.map((one) => [one] as const)
  return [[head, ...rest]]
}
