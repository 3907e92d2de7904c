import { unpinnedPackages } from '../../../src/app/dependencies/pins.ts'
import { mayBeHeldBack, proposedVersion } from '../../../src/app/dependencies/proposal.ts'
import { pinEdit } from '../../../src/app/dependencies/text-edits.ts'
import { rule } from '../../../src/engine/rule.ts'

const help = {
  en: 'Pin it ({pin}), or let a lock file do it.',
  fr: 'Épinglez-le ({pin}), ou laissez un fichier de verrouillage le faire.',
} as const

export default rule({
  id: 'deps/unpinned',
  hop: 'build',
  severity: 'warning',
  needs: 'django',
  summary: {
    en: 'A package of the Channels stack has no exact version, and no lock file fixes it',
    fr: 'Un paquet de la stack Channels n’a pas de version exacte, et aucun fichier de verrouillage ne la fixe',
  },
  messages: {
    free: {
      text: {
        en: '{name} has no version: every build installs the newest one that goes with the others that day',
        fr: '{name} n’a pas de version : chaque build installe la plus récente qui convienne aux autres ce jour-là',
      },
      help,
      fix: {
        safety: 'unsafe',
        changes: {
          en: 'later releases are not installed until the line is changed',
          fr: 'les versions suivantes ne s’installent plus tant que la ligne ne change pas',
        },
        en: 'Pin {name} to {version}',
        fr: 'Épingler {name} à {version}',
      },
    },
    range: {
      text: {
        en: '{name} is only bounded ({range}): every build installs the newest version in that range, whatever was tested',
        fr: '{name} est seulement borné ({range}) : chaque build installe la plus récente dans cet intervalle, quoi qu’on ait testé',
      },
      help,
      fix: {
        safety: 'unsafe',
        changes: {
          en: 'later releases are not installed until the line is changed',
          fr: 'les versions suivantes ne s’installent plus tant que la ligne ne change pas',
        },
        en: 'Pin {name} to {version}',
        fr: 'Épingler {name} à {version}',
      },
    },
  },
  check(app, report) {
    for (const requirement of unpinnedPackages(app)) {
      const { name, rawName, range, versionAt, at } = requirement
      const version = mayBeHeldBack(app, name) ? undefined : proposedVersion(app, name)
      const edit = version === undefined ? undefined : pinEdit(app, requirement, version)
      report(range === '' ? 'free' : 'range', {
        at: range === '' ? at : versionAt,
        data: { name: rawName, range, pin: `${rawName}==${version ?? '…'}`, version: version ?? '' },
        edits: edit && [edit],
        symbol: name,
      })
    }
  },
})
