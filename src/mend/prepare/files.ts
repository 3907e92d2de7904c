import type { App } from '../../app/app.ts'
import { layoutOf, processLines } from '../../app/asgi/layout.ts'
import { fittingPython } from '../../app/dependencies/fitting-python.ts'
import { proposedVersion } from '../../app/dependencies/proposal.ts'
import { readText } from '../../files/tree.ts'
import { appended, created } from './layout.ts'
import type { Creator, Preparation } from './preparation.ts'

export const procfile: Creator = (app) => {
  const layout = layoutOf(app)
  const { processes, tree, manifest } = app
  if (layout === undefined || manifest.platform !== 'heroku-classic') return undefined
  if (processes.web !== undefined || processes.nearMisses.length > 0) return undefined
  const { web, release } = processLines(layout)
  const title = {
    en: 'Start daphne, and migrate before each release',
    fr: 'Lancer daphne, et migrer avant chaque release',
  }
  if (tree.kind('Procfile') === undefined) return { title, edits: [created('Procfile', `${web}\n${release}\n`)] }
  if (processes.from !== 'procfile') return undefined
  return { title, edits: [appended(app, 'Procfile', processes.release === undefined ? [web, release] : [web])] }
}

export const pythonVersion: Creator = (app) => {
  if (app.dependencies.python.from !== 'default' || app.tree.kind('.python-version') !== undefined) return undefined
  const { minor: python } = fittingPython(app.dependencies.requirements)
  return {
    title: { en: `Ask for Python ${python}`, fr: `Demander Python ${python}` },
    edits: [created('.python-version', `${python}\n`)],
  }
}

/** What a Channels project on Heroku imports, with the packages any of which will do. */
const packages: readonly (readonly string[])[] = [
  ['django'],
  ['channels'],
  ['daphne'],
  ['channels-redis'],
  ['dj-database-url', 'django-environ', 'environs'],
  ['psycopg[binary]', 'psycopg2', 'psycopg2-binary', 'psycopg'],
  ['whitenoise'],
]

const bare = (name: string): string => name.replace(/\[.*/, '')

/** The packages that are missing, as the installer names them. */
export function missingPackages({ dependencies }: App): string[] {
  return packages.flatMap((any) =>
    any.every((name) => dependencies.installed(bare(name)).state === 'absent') ? [any[0] as string] : [],
  )
}

/** redis comes along unpinned, and its newest release gives up a read that the channel layer waits for. */
const unpinnedRedis = ({ dependencies }: App): string[] =>
  dependencies.installed('redis').transitive && dependencies.declared('redis').length === 0 ? ['redis'] : []

/** One package at a time, so that each is fitted to those before it. */
export const requirements: Creator = (app) => {
  const { dependencies } = app
  const missing = [...missingPackages(app), ...unpinnedRedis(app)]
  if (dependencies.manager === 'none') return requirementsFile(app)
  const [name] = missing
  const version = name && proposedVersion(app, bare(name))
  const edit = version === undefined ? undefined : dependencies.addition(`${name}==${version}`)
  if (edit === undefined) return undefined
  return { title: { en: `Require ${name}==${version}`, fr: `Demander ${name}==${version}` }, edits: [edit] }
}

/** A requirements.txt in the root: the one of the project's own folder, or a new one. */
function requirementsFile(app: App): Preparation | undefined {
  if (app.tree.kind('requirements.txt') !== undefined) return undefined
  const { folder } = layoutOf(app) ?? { folder: '' }
  const own = [`${folder}/requirements.txt`, 'requirements/production.txt', 'requirements/base.txt'].find(
    (path) => readText(app.tree, path) !== undefined,
  )
  const version = proposedVersion(app, 'django')
  const text = own === undefined ? `Django==${version}\n` : `-r ${own}\n`
  if (own === undefined && version === undefined) return undefined
  return {
    title: { en: 'List what has to be installed', fr: 'Lister ce qu’il faut installer' },
    edits: [created('requirements.txt', text)],
  }
}

export const appJson: Creator = (app) => {
  const { tree, settings } = app
  if (tree.kind('app.json') !== undefined || tree.kind('heroku.yml') !== undefined) return undefined
  const reads = settings.evaluation?.reads
  const values: Readonly<Record<string, unknown>> = {
    SECRET_KEY: { generator: 'secret' },
    ALLOWED_HOSTS: { description: 'host names, with commas' },
    CSRF_TRUSTED_ORIGINS: { description: 'origins with their scheme, with commas' },
  }
  const env = Object.fromEntries(Object.entries(values).filter(([name]) => reads?.has(name) === true))
  const document = {
    addons: ['heroku-redis:premium-0', 'heroku-postgresql:essential-0'],
    env,
    formation: { web: { quantity: 1, size: 'basic' } },
  }
  return {
    title: {
      en: 'Describe the app for Heroku, with its paid add-ons',
      fr: 'Décrire l’application pour Heroku, avec ses add-ons payants',
    },
    edits: [created('app.json', `${JSON.stringify(document, undefined, 2)}\n`)],
  }
}

/** What must not be pushed, and what would do as well. */
const ignored: readonly (readonly string[])[] = [
  ['.env', '*.env', '.env*'],
  ['__pycache__/', '__pycache__', '*.pyc', '*.py[cod]'],
  ['staticfiles/', 'staticfiles', '/staticfiles/', '/staticfiles'],
  ['*.sqlite3', 'db.sqlite3'],
]

export const gitignore: Creator = (app) => {
  const title = {
    en: 'Keep generated and secret files out of git',
    fr: 'Garder hors de git les fichiers générés ou secrets',
  }
  const text = readText(app.tree, '.gitignore')?.text
  if (text === undefined) {
    if (app.tree.kind('.gitignore') !== undefined) return undefined
    return { title, edits: [created('.gitignore', `${ignored.map(([first]) => first).join('\n')}\n`)] }
  }
  const lines = new Set(text.split(/\r?\n/).map((line) => line.trim()))
  // Whoever commits the database on purpose does so.
  const missing = ignored.slice(0, 3).filter((any) => !any.some((line) => lines.has(line) || lines.has(`**/${line}`)))
  return missing.length === 0
    ? undefined
    : {
        title,
        edits: [
          appended(
            app,
            '.gitignore',
            missing.map(([first]) => first as string),
          ),
        ],
      }
}
