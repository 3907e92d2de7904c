import type { App } from '../../../src/app/app.ts'
import { type MissingDistribution, missingDistributions } from '../../../src/app/dependencies/missing-distributions.ts'
import type { DependencySet, Requirement } from '../../../src/app/dependencies/model.ts'
import { proposedVersion } from '../../../src/app/dependencies/proposal.ts'
import { worldsOf } from '../../../src/app/settings/worlds.ts'
import type { Text } from '../../../src/contracts/text.ts'
import { rule } from '../../../src/engine/rule.ts'
import { type LeftOutPackage, leftOutGroups } from './left-out.ts'
import { groupsOwn } from './of-group.ts'

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
  en: '{name} is not installed, but {because}{ends}',
  fr: '{name} n’est pas installé, or {because}{ends}',
} as const
const elsewhere = {
  en: '{name} is listed only in {file}, which the build does not install, but {because}{ends}',
  fr: '{name} ne figure que dans {file}, que le build n’installe pas, or {because}{ends}',
} as const

const grouped = {
  en: '{name} is listed in {file} under {groups} only, which `{command}` leaves out, but {because}{ends}',
  fr: '{name} ne figure dans {file} que sous {groups}, que `{command}` laisse de côté, or {because}{ends}',
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
    grouped: {
      text: grouped,
      help,
      fix: {
        safety: 'unsafe',
        changes: {
          en: 'all that the group lists is installed wherever the project is',
          fr: 'tout ce que le groupe énumère est installé partout où le projet l’est',
        },
        en: 'List what {groups} holds among the dependencies of the project too',
        fr: 'Inscrire aussi le contenu de {groups} parmi les dépendances du projet',
      },
    },
    'left-out': {
      text: {
        en: '`{command}` leaves out {group} of {file}, and with it {count} packages that are needed ({names}); the first is {name}: {because}{ends}',
        fr: '`{command}` laisse de côté {group} de {file}, et avec lui {count} paquets dont le code a besoin ({names}) ; le premier est {name} : {because}{ends}',
      },
      help: {
        en: 'Move what runs on the dyno from {group} to the project’s own dependencies, and lock again.',
        fr: 'Déplacez ce qui tourne sur le dyno de {group} vers les dépendances du projet, et refaites le fichier de verrouillage.',
      },
    },
  },
  check(app, report) {
    const { dependencies, manifest } = app
    // Beside another platform's manifest, what is installed may be said there; on Heroku it is what the root holds.
    const elsewhereToo =
      dependencies.manager !== 'container' && !['dokku', 'render', 'railway'].includes(manifest.platform)
    const restsOn = elsewhereToo ? (['settings', 'heroku'] as const) : (['settings'] as const)
    const leftOut: LeftOutPackage[] = []
    for (const needs of missingDistributions(app)) {
      const [need] = needs
      const all = dependencies.elsewhere.filter(({ name }) => name === need.distribution.toLowerCase())
      // A group of the lock or its manifest says less than a file that is made to be installed from.
      const own = all.filter(({ role }) => role === 'dev' || role === 'other')
      const listed = own.length > 0 ? own : all
      const files = listed.map(({ at }) => at.file)
      const command = own.length > 0 ? undefined : installs[dependencies.manager as string]
      if (listed.length > 0 && command !== undefined) {
        leftOut.push({ needs, listed })
        continue
      }
      const version = proposedVersion(app, need.distribution.toLowerCase()) ?? listed.find(({ pin }) => pin)?.pin
      const bare = bounded[need.distribution] ?? need.distribution
      const wanted = version === undefined ? bare : `${need.distribution}==${version}`
      const edit = dependencies.addition(wanted)
      const kind = listed.length === 0 ? 'absent' : 'elsewhere'
      const data = {
        name: need.distribution,
        because: need.because,
        ends: endOf(app, need),
        wanted,
        source: adderOf(dependencies.manager) ?? dependencies.source?.path ?? 'requirements.txt',
      }
      report(version === undefined ? `${kind}-unknown` : kind, {
        ...needing(needs, [], listed),
        restsOn,
        data: { ...data, file: inWords(files), target: edit?.file ?? '' },
        edits: edit && [edit],
      })
    }
    const command = installs[dependencies.manager as string] ?? ''
    for (const { group, packages } of leftOutGroups(leftOut)) {
      const [{ needs, listed }, ...more] = packages
      const [{ distribution: name, because }] = needs
      const ends = endOf(app, needs[0])
      const { file, groups } = groupsOf(listed)
      const found = { ...needing(needs, more, listed), restsOn }
      if (group === undefined || more.length === 0) {
        const wanted = lockedAs(name, listed)
        const source = adderOf(dependencies.manager) ?? file
        const data = { name, because, ends, wanted, source, file, groups, command }
        report('grouped', { ...found, data, edits: groupsOwn(app, listed) })
        continue
      }
      const names = inWords(packages.map((one) => one.needs[0].distribution))
      const data = { name, because, ends, names, count: packages.length, group: `\`${group}\``, file, command }
      report('left-out', { ...found, data, symbol: group })
    }
  },
})

/** What an import that fails before anything is started ends. */
function endOf(app: App, { breaks, imports }: MissingDistribution): Text {
  const collects = worldsOf(app).some(({ hop, process }) => hop === 'build' && process === undefined)
  if (imports && breaks === 'build')
    return collects
      ? {
          en: ': collectstatic ends with "ModuleNotFoundError", and the build with it',
          fr: ' : collectstatic se termine sur « ModuleNotFoundError », et le build avec lui',
        }
      : {
          en: ': the build ends with "ModuleNotFoundError"',
          fr: ' : le build se termine sur « ModuleNotFoundError »',
        }
  return imports && breaks === 'release'
    ? {
        en: ': the release ends with "ModuleNotFoundError"',
        fr: ' : la release se termine sur « ModuleNotFoundError »',
      }
    : { en: '', fr: '' }
}

/** What a report says of the needs of a package, of other packages that are missing for the same reason, and of the lines that list it. */
function needing(needs: LeftOutPackage['needs'], more: readonly LeftOutPackage[], listed: readonly Requirement[]) {
  const [need, ...others] = needs
  const all = [...needs, ...more.flatMap((one) => one.needs)]
  return {
    at: need.at,
    hop: need.breaks,
    // Of several that need it, only processes of one type: what that process is to the chain, the finding is.
    process: all.every(({ process }) => process === need.process) ? need.process : undefined,
    related: [
      ...need.chain.map((at) => ({ at, message: { en: 'imported through this', fr: 'importé ici' } })),
      ...others.map(({ at, because }) => ({
        at,
        message: { en: `also needed: ${because.en}`, fr: `également nécessaire : ${because.fr}` },
      })),
      ...more.map(({ needs: [{ at, distribution, because }] }) => ({
        at,
        message: { en: `${distribution}: ${because.en}`, fr: `${distribution} : ${because.fr}` },
      })),
      ...listed.map(({ at }) => ({ at, message: { en: 'listed here', fr: 'listé ici' } })),
    ],
    when: need.when,
    symbol: need.distribution,
  }
}

/** A package as the lock has it, which has tried it with the others; without a version where the lock has several. */
function lockedAs(name: string, listed: readonly Requirement[]): string {
  const [version, ...others] = new Set(listed.flatMap(({ pin }) => pin ?? []))
  return version === undefined || others.length > 0 ? name : `${name}==${version}`
}

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
