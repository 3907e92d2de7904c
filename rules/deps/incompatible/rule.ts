import { conflictOf } from '../../../src/app/dependencies/conflict.ts'
import { pinEdit } from '../../../src/app/dependencies/text-edits.ts'
import { rule } from '../../../src/engine/rule.ts'

export default rule({
  id: 'deps/incompatible',
  hop: 'build',
  severity: 'error',
  summary: {
    en: 'Pins or ranges that no resolver can satisfy together',
    fr: 'Des versions ou intervalles qu’aucun résolveur ne peut satisfaire ensemble',
  },
  messages: {
    conflict: {
      text: {
        en: '{lines} cannot be installed together ({reasons}): pip stops with "ResolutionImpossible"',
        fr: '{lines} ne peuvent pas être installés ensemble ({reasons}) : pip s’arrête avec « ResolutionImpossible »',
      },
      help: { en: '{remedy}', fr: '{remedy}' },
      fix: {
        safety: 'unsafe',
        changes: {
          en: 'another release is installed, with all its differences',
          fr: 'une autre version s’installe, avec toutes ses différences',
        },
        en: 'Pin {name} to {version}',
        fr: 'Épingler {name} à {version}',
      },
    },
  },
  check(app, report) {
    const conflict = conflictOf(app)
    if (conflict === undefined) return
    const { lines, reasons, remedy, drop } = conflict
    const at = drop ?? reasons[0]?.line ?? lines[0]
    const names = lines.map(({ rawName, range }) => rawName + range)
    const edit = remedy && pinEdit(app, remedy.line, remedy.version)
    const join = (word: string) => [names.slice(0, -1).join(', '), names.at(-1)].join(` ${word} `)
    const statements = (verb: string) =>
      reasons.map(({ line, version, requires }) => `${line.rawName} ${version} ${verb} ${requires}`).join('; ')
    report('conflict', {
      at: at.versionAt,
      data: {
        lines: { en: join('and'), fr: join('et') },
        // What contradicts may stand further down: in what these lines bring along.
        reasons: {
          en: statements('requires') || 'through what they require in turn',
          fr: statements('exige') || 'par ce qu’ils exigent à leur tour',
        },
        remedy:
          drop !== undefined
            ? {
                en: `Drop ${drop.rawName}, which is obsolete: the others go together.`,
                fr: `Supprimez ${drop.rawName}, qui est obsolète : les autres vont ensemble.`,
              }
            : remedy === undefined
              ? { en: 'Change one of these versions.', fr: 'Changez l’une de ces versions.' }
              : {
                  en: `With ${remedy.line.rawName}==${remedy.version} they go together.`,
                  fr: `Avec ${remedy.line.rawName}==${remedy.version}, ils vont ensemble.`,
                },
        name: remedy?.line.rawName ?? '',
        version: remedy?.version ?? '',
      },
      related: lines
        .filter((line) => line !== at)
        .map((line) => ({
          at: line.versionAt,
          message: { en: `against ${line.rawName}${line.range}`, fr: `contre ${line.rawName}${line.range}` },
        })),
      edits: edit && [edit],
      symbol: lines
        .map(({ name }) => name)
        .sort()
        .join('+'),
    })
  },
})
