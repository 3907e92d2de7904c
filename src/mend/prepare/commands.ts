import type { App } from '../../app/app.ts'
import type { Text } from '../../contracts/text.ts'
import { missingPackages } from './files.ts'

/** A command that a person has to run, and why. */
export interface RemainingCommand {
  readonly line: string
  readonly why: Text
}

/** What no file can do: packages of a lock, add-ons, config vars, the push. In the order to run it. */
export function commandsFor(app: App, settings: string | undefined): RemainingCommand[] {
  const commands: RemainingCommand[] = []
  const add = (line: string, en: string, fr: string): void => {
    commands.push({ line, why: { en, fr } })
  }
  const { manager } = app.dependencies
  const missing = missingPackages(app)
  const adders: Readonly<Record<string, string>> = { uv: 'uv add', poetry: 'poetry add', pipenv: 'pipenv install' }
  const adder = adders[manager]
  if (adder !== undefined && missing.length > 0)
    add(
      `${adder} ${missing.map((name) => (name.includes('[') ? `'${name}'` : name)).join(' ')}`,
      'that tool writes the lock file',
      'c’est cet outil qui écrit le fichier de verrouillage',
    )
  add(
    'git add -A && git commit -m "Prepare for Heroku"',
    'only what is committed is pushed',
    'seul ce qui est committé est poussé',
  )
  add('heroku create', 'leave it out if the app exists', 'à omettre si l’application existe')
  const reads = app.settings.evaluation?.reads
  if (reads?.has('REDIS_URL') === true)
    add(
      'heroku addons:create heroku-redis:mini',
      'sets REDIS_URL; about $3 a month, premium-0 for production',
      'définit REDIS_URL ; environ 3 $ par mois, premium-0 en production',
    )
  if (reads?.has('DATABASE_URL') === true || app.dependencies.installed('dj-database-url').state === 'installed')
    add(
      'heroku addons:create heroku-postgresql:essential-0',
      'sets DATABASE_URL; about $5 a month',
      'définit DATABASE_URL ; environ 5 $ par mois',
    )
  if (settings !== undefined)
    add(
      `heroku config:set DJANGO_SETTINGS_MODULE=${settings}`,
      'the settings of the deployed app',
      'les settings de l’application déployée',
    )
  if (reads?.has('SECRET_KEY') === true)
    add(
      'heroku config:set SECRET_KEY="$(openssl rand -base64 48)"',
      'a key of its own, which no file holds',
      'une clé propre à l’application, absente des fichiers',
    )
  if (reads?.has('ALLOWED_HOSTS') === true)
    add(
      'heroku config:set ALLOWED_HOSTS=<name>.herokuapp.com',
      'heroku domains shows the name',
      'heroku domains montre le nom',
    )
  if (reads?.has('CSRF_TRUSTED_ORIGINS') === true)
    add(
      'heroku config:set CSRF_TRUSTED_ORIGINS=https://<name>.herokuapp.com',
      'the same name, with its scheme',
      'le même nom, avec son schéma',
    )
  add('git push heroku main', 'builds, releases, starts', 'construit, publie, démarre')
  add('heroku ps:scale web=1', 'a dyno is paid while it runs', 'un dyno se paie tant qu’il tourne')
  return commands
}
