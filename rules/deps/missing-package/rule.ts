import { missingDistributions } from '../../../src/app/dependencies/missing-distributions.ts'
import type { DependencySet } from '../../../src/app/dependencies/model.ts'
import { proposedVersion } from '../../../src/app/dependencies/proposal.ts'
import type { Text } from '../../../src/contracts/text.ts'
import { rule } from '../../../src/engine/rule.ts'

const help = {
  en: 'Add {wanted} to {source}.',
  fr: 'Ajoutez {wanted} à {source}.',
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
    absent: {
      text: {
        en: '{name} is not installed, but {because}',
        fr: '{name} n’est pas installé, or {because}',
      },
      help,
      fix: { safety: 'safe', en: 'Add {wanted} to {target}', fr: 'Ajouter {wanted} à {target}' },
    },
    elsewhere: {
      text: {
        en: '{name} stands only in {file}, which the build does not install, but {because}',
        fr: '{name} n’est que dans {file}, que le build n’installe pas, or {because}',
      },
      help,
      fix: { safety: 'safe', en: 'Add {wanted} to {target}', fr: 'Ajouter {wanted} à {target}' },
    },
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
      const version = proposedVersion(app, need.distribution.toLowerCase())
      const wanted = version === undefined ? need.distribution : `${need.distribution}==${version}`
      // Of several that need it, only processes of one type: what that process is to the chain, the finding is.
      const alone = others.every(({ process }) => process === need.process) ? need.process : undefined
      const edit = version === undefined ? undefined : dependencies.addition(wanted)
      report(listed.length === 0 ? 'absent' : 'elsewhere', {
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
