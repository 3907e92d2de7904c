import { missingDistributions } from '../../../src/app/dependencies/missing-distributions.ts'
import type { DependencySet, Requirement } from '../../../src/app/dependencies/model.ts'
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

const grouped = {
  en: '{name} is listed in {file} under {groups} only, which `{command}` leaves out, but {because}',
  fr: '{name} ne figure dans {file} que sous {groups}, que `{command}` laisse de côté, or {because}',
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
    // Nobody writes a lock by hand.
    grouped: { text: grouped, help },
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
      const files = listed.map(({ at }) => at.file)
      const version = proposedVersion(app, need.distribution.toLowerCase()) ?? listed.find(({ pin }) => pin)?.pin
      const bare = bounded[need.distribution] ?? need.distribution
      const wanted = version === undefined ? bare : `${need.distribution}==${version}`
      // Of several that need it, only processes of one type: what that process is to the chain, the finding is.
      const alone = others.every(({ process }) => process === need.process) ? need.process : undefined
      const edit = dependencies.addition(wanted)
      const command = own.length > 0 ? undefined : installs[dependencies.manager as string]
      const kind = listed.length === 0 ? 'absent' : 'elsewhere'
      const base = {
        at: need.at,
        hop: need.breaks,
        process: alone,
        related: [
          ...need.chain.map((at) => ({ at, message: { en: 'imported through this', fr: 'importé ici' } })),
          ...others.map(({ at, because }) => ({
            at,
            message: { en: `also needed: ${because.en}`, fr: `également nécessaire : ${because.fr}` },
          })),
          ...listed.map(({ at }) => ({ at, message: { en: 'listed here', fr: 'listé ici' } })),
        ],
        when: need.when,
        restsOn,
        symbol: need.distribution,
      }
      const data = {
        name: need.distribution,
        because: need.because,
        wanted,
        source: adderOf(dependencies.manager) ?? dependencies.source?.path ?? 'requirements.txt',
      }
      if (listed.length > 0 && command !== undefined) {
        report('grouped', { ...base, data: { ...data, ...groupsOf(listed), command } })
        continue
      }
      report(version === undefined ? `${kind}-unknown` : kind, {
        ...base,
        data: { ...data, file: inWords(files), target: edit?.file ?? '' },
        edits: edit && [edit],
      })
    }
  },
})

/** What the buildpack runs, which leaves out every group and extra but the project's own dependencies. */
const installs: Readonly<Record<string, string>> = {
  uv: 'uv sync --locked --no-default-groups',
  poetry: 'poetry sync --only main',
  pipenv: 'pipenv install --deploy',
}

/** Where it stands, and the groups and extras as the manifest calls them; a lock does not always say. */
function groupsOf(listed: readonly Requirement[]): { readonly file: Text; readonly groups: Text } {
  const named = listed.filter(({ role }) => role === 'manifest')
  const names = named.flatMap(({ group }) => (group === undefined ? [] : [`\`${group}\``]))
  const file = inWords((named.length === 0 ? listed : named).map(({ at }) => at.file))
  const unnamed = { en: 'a group or an extra', fr: 'un groupe ou un extra' }
  return { file, groups: names.length === 0 ? unnamed : inWords(names) }
}

/** pkg_resources went out of setuptools with 82, and is what it is asked for. */
const bounded: Readonly<Record<string, string>> = { setuptools: 'setuptools<82' }

/** `a, b and c`, each once. */
function inWords(all: readonly string[]): Text {
  const words = [...new Set(all)]
  const joined = (and: string): string =>
    words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} ${and} ${words.at(-1)}`
  return { en: joined('and'), fr: joined('et') }
}

/** Where nobody but the tool writes the lock: how it is told. */
function adderOf(manager: DependencySet['manager']): Text | undefined {
  const tool = { uv: 'uv add', poetry: 'poetry add', pipenv: 'pipenv install' }[manager as string]
  if (tool === undefined) return undefined
  const file = manager === 'pipenv' ? 'Pipfile' : 'pyproject.toml'
  return { en: `${file} with \`${tool}\``, fr: `${file} avec \`${tool}\`` }
}
