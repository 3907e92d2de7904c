import { join, relative, resolve, sep } from 'node:path'
import { about } from '../about.generated.ts'
import { readApp } from '../app/read-app.ts'
import { existsSync, lstatSync } from '../files/fs.ts'
import { findRoots } from '../files/roots.ts'
import { disk } from '../files/source.ts'
import { createFile, uninterrupted } from '../files/write.ts'
import { openApp } from '../open/open.ts'
import type { CommandLine } from './args.ts'
import { configFilesIn } from './config-files.ts'
import { exit, type Io, UsageError } from './io.ts'

/**
 * `dynolint init [path]`: writes a dynolint.toml that says what is known and can be extended, never replaces one, and shows
 * what a hook and a CI step would be.
 */
export async function init(args: CommandLine, io: Io): Promise<number> {
  const folder = resolve(io.cwd, args.rest[0] ?? '.')
  if (!existsSync(folder)) {
    throw new UsageError({ en: `no such folder: ${args.rest[0]}`, fr: `dossier introuvable : ${args.rest[0]}` })
  }
  const file = join(folder, 'dynolint.toml')
  if (lstatSync(file, { throwIfNoEntry: false }) !== undefined) {
    throw new UsageError({
      en: `${file} exists already; it was left as it is`,
      fr: `${file} existe déjà ; il est resté tel quel`,
    })
  }
  const [other] = configFilesIn(folder)
  if (other !== undefined) {
    throw new UsageError({
      en: `${join(folder, other)} configures dynolint already, and a dynolint.toml would hide it`,
      fr: `${join(folder, other)} configure déjà dynolint, et un dynolint.toml le masquerait`,
    })
  }
  const roots = findRoots(folder, disk)
  const addons = new Set<string>()
  const platforms = new Set<string>()
  for (const root of roots) {
    const { manifest } = readApp(await openApp(root, args, io))
    platforms.add(manifest.platform)
    for (const { service, plan } of manifest.addons ?? [])
      addons.add(plan === undefined ? service : `${service}:${plan}`)
  }
  const shown = roots.map((root) => relative(folder, root).split(sep).join('/'))
  const [platform = 'heroku-classic'] = platforms
  const text = configuration(platform, shown, [...addons].sort(), args.language)
  const refused = uninterrupted(() => createFile(folder, file, Buffer.from(text, 'utf8')))
  if (refused !== undefined) {
    throw new UsageError({
      en: `${file} was not written: ${refused.en}`,
      fr: `${file} n’a pas été écrit : ${refused.fr}`,
    })
  }
  io.out(`${args.language === 'fr' ? 'écrit :' : 'wrote'} ${file}\n\n${whatElse(folder, args.language)}`)
  return exit.clean
}

/** A text as TOML writes it: its escapes are those of JSON. */
const quoted = (text: string): string => JSON.stringify(text)

/** Tables stand at the end and are comments, so that a line can be added anywhere. */
function configuration(
  platform: string,
  roots: readonly string[],
  addons: readonly string[],
  language: 'en' | 'fr',
): string {
  const fr = language === 'fr'
  const [only, another] = roots
  const root = another === undefined ? quoted(only ?? '') : `[${roots.map(quoted).join(', ')}]`
  const listed = addons.length > 0 ? addons : ['heroku-redis:premium-0']
  const addonsLine = `addons = [${listed.map(quoted).join(', ')}]`
  const lines = [
    `#:schema ${about.repository}/raw/v${about.version}/schemas/config.schema.json`,
    fr
      ? '# dynolint : ce qu’il ne peut pas lire dans le projet. Ôtez le # des lignes à utiliser.'
      : '# dynolint: what it cannot read in the project. Take the # off the lines you want.',
    `platform = ${quoted(platform)}`,
    ...(roots.some((one) => one !== '') ? [`root = ${root}`] : []),
    ...(addons.length > 0
      ? [
          fr
            ? '# Ceux que listent les manifestes ; ajoutez-y les autres.'
            : '# Those that the manifests list; add the others.',
          addonsLine,
        ]
      : [
          fr ? '# Les add-ons de l’application, avec leur plan :' : '# The add-ons of the app, with their plans:',
          `# ${addonsLine}`,
        ]),
    fr ? '# Ce qui n’est pas lu :' : '# What is not read:',
    '# exclude = ["legacy/**"]',
    '',
    fr
      ? '# Sévérité d’une règle : "off", "info", "warning" ou "error".'
      : '# Severity of a rule: "off", "info", "warning" or "error".',
    '# [rules]',
    '# "settings/debug" = "warning"',
    '',
    fr
      ? '# Config vars du dyno ; false pour une variable absente à coup sûr.'
      : '# Config vars on the dyno; false for one that is certainly not set.',
    '# [env]',
    '# USE_REDIS = "True"',
    '# DEBUG = false',
  ]
  return `${lines.join('\n')}\n`
}

function whatElse(folder: string, language: 'en' | 'fr'): string {
  const fr = language === 'fr'
  const hook = existsSync(join(folder, '.pre-commit-config.yaml'))
    ? fr
      ? 'Pour pre-commit, sous repos: dans .pre-commit-config.yaml :'
      : 'For pre-commit, below repos: in .pre-commit-config.yaml:'
    : fr
      ? 'Pour pre-commit, un .pre-commit-config.yaml :'
      : 'For pre-commit, a .pre-commit-config.yaml:'
  const step = fr ? 'Pour l’intégration continue (GitHub Actions) :' : 'For CI (GitHub Actions), a step:'
  return `${hook}
repos:
  - repo: ${about.repository}
    rev: v${about.version}
    hooks:
      - id: dynolint

${step}
- uses: ${new URL(about.repository).pathname.slice(1)}@v${about.version}
`
}
