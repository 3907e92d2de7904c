import { missingDistributions } from '../../../src/app/dependencies/missing-distributions.ts'
import type { DependencySet } from '../../../src/app/dependencies/model.ts'
import { proposedVersion } from '../../../src/app/dependencies/proposal.ts'
import type { Text } from '../../../src/contracts/text.ts'
import { rule } from '../../../src/engine/rule.ts'

const help = {
  en: 'Add {wanted} to {source}.',
  fr: 'Ajoutez {wanted} à {source}.',
} as const

const fix = { safety: 'safe', en: 'Add {wanted} to {target}', fr: 'Ajouter {wanted} à {target}' } as const
const unpinned = {
  ...fix,
  safety: 'unsafe',
  changes: {
    en: 'nothing pins it: each build installs the newest version of its day, until you write the one that you tested',
    fr: 'rien ne l’épingle : chaque build installe la version la plus récente du jour, jusqu’à ce que vous écriviez celle que vous avez testée',
  },
} as const

const absent = {
  en: '{name} is not installed, but {because}',
  fr: '{name} n’est pas installé, or {because}',
} as const
const elsewhere = {
  en: '{name} is listed only in {file}, which the build does not install, but {because}',
  fr: '{name} ne figure que dans {file}, que le build n’installe pas, or {because}',
} as const

export default rule({
  id: 'deps/missing-package',
  hop: 'boot',
  severity: 'error',
  summary: {
    en: 'A package that the running configuration needs is not installed',
    fr: 'Un paquet dont la configuration en service a besoin n’est pas installé',
  },
  messages: {
    absent: { text: absent, help, fix },
    // Of packages outside the knowledge base no version is known that goes with the others.
    'absent-unknown': { text: absent, help, fix: unpinned },
    elsewhere: { text: elsewhere, help, fix },
    'elsewhere-unknown': { text: elsewhere, help, fix: unpinned },
  },
  check(app, report) {
    const { dependencies, manifest } = app
    // Beside another platform's manifest, what is installed may be said there; on Heroku it is what the root holds.
    const elsewhereToo =
      dependencies.manager !== 'container' && !['dokku', 'render', 'railway'].includes(manifest.platform)
    const restsOn = elsewhereToo ? (['settings', 'heroku'] as const) : (['settings'] as const)
    for (const [need, ...others] of missingDistributions(app)) {
      const all = dependencies.elsewhere.filter(({ name }) => name === need.distribution.toLowerCase())
      // A group of the lock or its manifest says less than a file that is made to be installed from.
      const own = all.filter(({ role }) => role === 'dev' || role === 'other')
      const listed = own.length > 0 ? own : all
      const files = [...new Set(listed.map(({ at }) => at.file))]
      const version = proposedVersion(app, need.distribution.toLowerCase()) ?? listed.find(({ pin }) => pin)?.pin
      const bare = bounded[need.distribution] ?? need.distribution
      const wanted = version === undefined ? bare : `${need.distribution}==${version}`
      // Of several that need it, only processes of one type: what that process is to the chain, the finding is.
      const alone = others.every(({ process }) => process === need.process) ? need.process : undefined
      const edit = dependencies.addition(wanted)
      const kind = listed.length === 0 ? 'absent' : 'elsewhere'
      report(version === undefined ? `${kind}-unknown` : kind, {
        at: need.at,
        hop: need.breaks,
        process: alone,
        data: {
          name: need.distribution,
          because: need.because,
          file: { en: enumerated(files, 'and'), fr: enumerated(files, 'et') },
          wanted,
          source: adderOf(dependencies.manager) ?? dependencies.source?.path ?? 'requirements.txt',
          target: edit?.file ?? '',
        },
        related: [
          ...need.chain.map((at) => ({ at, message: { en: 'imported through this', fr: 'importé ici' } })),
          ...others.map(({ at, because }) => ({
            at,
            message: { en: `also needed: ${because.en}`, fr: `également nécessaire : ${because.fr}` },
          })),
          ...listed.map(({ at }) => ({ at, message: { en: 'listed here', fr: 'listé ici' } })),
        ],
        edits: edit && [edit],
        when: need.when,
        restsOn,
        symbol: need.distribution,
      })
    }
  },
})

/** pkg_resources went out of setuptools with 82, and is what it is asked for. */
const bounded: Readonly<Record<string, string>> = { setuptools: 'setuptools<82' }

/** `a, b and c`. */
const enumerated = (words: readonly string[], and: string): string =>
  words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} ${and} ${words.at(-1)}`

/** Where nobody but the tool writes the lock: how it is told. */
function adderOf(manager: DependencySet['manager']): Text | undefined {
  const tool = { uv: 'uv add', poetry: 'poetry add', pipenv: 'pipenv install' }[manager as string]
  if (tool === undefined) return undefined
  const file = manager === 'pipenv' ? 'Pipfile' : 'pyproject.toml'
  return { en: `${file} with \`${tool}\``, fr: `${file} avec \`${tool}\`` }
}
