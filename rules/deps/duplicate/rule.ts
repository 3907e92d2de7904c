import { duplicates } from '../../../src/app/dependencies/duplicates.ts'
import type { Requirement } from '../../../src/app/dependencies/model.ts'
import { removalEdit } from '../../../src/app/dependencies/text-edits.ts'
import { rule } from '../../../src/engine/rule.ts'
import { compareVersionTexts } from '../../../src/syntax/requirements/version.ts'

const help = { en: 'Keep one line.', fr: 'Gardez une seule ligne.' } as const

export default rule({
  id: 'deps/duplicate',
  hop: 'build',
  severity: 'error',
  summary: {
    en: 'One package is listed twice',
    fr: 'Un paquet est listé deux fois',
  },
  messages: {
    clash: {
      text: {
        en: '{name} is listed twice, {first} and {second}, and no version satisfies both: pip stops with "ResolutionImpossible"',
        fr: '{name} est listé deux fois, {first} et {second}, et aucune version ne satisfait les deux : pip s’arrête avec « ResolutionImpossible »',
      },
      help,
      fix: {
        safety: 'unsafe',
        changes: {
          en: 'the other version is no longer asked for: what was tested with it runs with this one',
          fr: 'l’autre version n’est plus demandée : ce qui a été testé avec elle tourne avec celle-ci',
        },
        en: 'Keep {name} {kept}',
        fr: 'Garder {name} {kept}',
      },
    },
    different: {
      severity: 'warning',
      text: {
        en: '{name} is listed twice with different versions, {first} and {second}; pip takes both, and pip before 20.3, uv’s export and most readers trip over it',
        fr: '{name} est listé deux fois avec des versions différentes, {first} et {second} ; pip prend les deux, et pip avant 20.3, l’export d’uv et la plupart des lecteurs s’y perdent',
      },
      help,
    },
    identical: {
      severity: 'warning',
      text: {
        en: '{name} is listed twice with the same version',
        fr: '{name} est listé deux fois avec la même version',
      },
      help,
      fix: { safety: 'safe', en: 'Remove the second line', fr: 'Supprimer la seconde ligne' },
    },
  },
  check(app, report) {
    for (const { first, second, kind } of duplicates(app)) {
      const [kept, left] = newer(second, first) ? [second, first] : [first, second]
      const edit = kind === 'different' ? undefined : removalEdit(app, kind === 'clash' ? left : second)
      const written = (range: string) => range || { en: 'any version', fr: 'toute version' }
      report(kind, {
        at: second.at,
        data: {
          name: second.rawName,
          first: written(first.range),
          second: written(second.range),
          kept: written(kept.range),
        },
        related: [{ at: first.at, message: { en: 'listed first here', fr: 'listé d’abord ici' } }],
        edits: edit && [edit],
        symbol: second.name,
      })
    }
  },
})

/** Of two lines that exclude each other: an exact version wins over a range, and the newer over the older. */
const newer = ({ pin }: Requirement, other: Requirement): boolean =>
  pin !== undefined && (other.pin === undefined || compareVersionTexts(pin, other.pin) > 0)
