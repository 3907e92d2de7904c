import type { App } from '../../../src/app/app.ts'
import {
  type Database,
  defaultDatabases,
  isDatabaseDefault,
  unknownDatabase,
} from '../../../src/app/settings/databases.ts'
import type { SettingsModel } from '../../../src/app/settings/model.ts'
import { anchorOf, usualSettings } from '../../../src/app/settings/setting-verdict.ts'
import { told, verdict } from '../../../src/app/settings/verdict.ts'
import { rule } from '../../../src/engine/rule.ts'
import { together } from '../../../src/evaluate/condition.ts'
import { entryOf } from '../../../src/evaluate/python/value.ts'
import { asksDatabase } from './database-users.ts'
import { addonInstead, addonNamed } from './edits.ts'
import { migrating } from './migrating.ts'

const help = {
  en: 'Attach Heroku Postgres and read DATABASE_URL, e.g. DATABASES = {"default": dj_database_url.config()}.',
  fr: 'Attachez Heroku Postgres et lisez DATABASE_URL, par exemple DATABASES = {"default": dj_database_url.config()}.',
} as const

const addon = {
  safety: 'unsafe',
  changes: {
    en: 'the dyno reads and writes the database of DATABASE_URL',
    fr: 'le dyno lit et écrit dans la base de données de DATABASE_URL',
  },
  needs: {
    en: 'heroku addons:create heroku-postgresql:essential-0, where the app has none yet',
    fr: 'heroku addons:create heroku-postgresql:essential-0, si l’application n’en a pas encore',
  },
  costs: { en: 'about $5 a month', fr: 'environ 5 $ par mois' },
  en: 'Use the Postgres of DATABASE_URL',
  fr: 'Utiliser le Postgres de DATABASE_URL',
} as const

export default rule({
  id: 'settings/ephemeral-database',
  hop: 'http',
  severity: 'warning',
  needs: 'django',
  restsOn: ['settings'],
  summary: {
    en: 'The database on the dyno is SQLite, or there is none',
    fr: 'La base de données du dyno est SQLite, ou il n’y en a pas',
  },
  messages: {
    sqlite: {
      text: {
        en: 'the database on the dyno is a SQLite file: each dyno has its own, and it is lost at every restart, at least once a day',
        fr: 'la base de données du dyno est un fichier SQLite : chaque dyno a le sien, et il disparaît à chaque redémarrage, au moins une fois par jour',
      },
      help,
      fix: addon,
    },
    none: {
      text: {
        en: 'no default database is configured on the dyno: the first query raises ImproperlyConfigured "settings.DATABASES is improperly configured"',
        fr: 'aucune base de données par défaut n’est configurée sur le dyno : la première requête lève ImproperlyConfigured « settings.DATABASES is improperly configured »',
      },
      help,
      fix: addon,
    },
    'none-migrated': {
      severity: 'error',
      text: {
        en: 'no default database is configured on the dyno: migrate in `{type}` ends with ImproperlyConfigured "{error}"',
        fr: 'aucune base de données par défaut n’est configurée sur le dyno : migrate, dans `{type}`, s’arrête sur ImproperlyConfigured « {error} »',
      },
      help,
    },
  },
  check(app, report) {
    if (app.settings.evaluation?.certainCrash !== undefined) return
    const databases = defaultDatabases(app)
    const found = told(
      app.inquiry,
      verdict(databases, ({ state, engine }) =>
        state === 'undetermined' ? undefined : state === 'missing' || engine === 'sqlite3' || engine === 'spatialite',
      ),
      unknownDatabase,
    )
    if (found === undefined || found.when.some(isDatabaseDefault)) return
    const [database] = found.where
    if (database.state === 'missing' && (!app.settings.sure || !usesDatabase(app))) return
    const command = database.state === 'missing' ? migrating(app) : undefined
    const when = command && together(command.when, found.when)
    if (command !== undefined && when !== undefined) {
      const { process, hop } = command
      const run = command.command.at
      report('none-migrated', {
        at: database.at ?? run,
        data: { type: process.type, error: errorOf(app.settings, database) },
        related: database.at === undefined ? [] : [{ at: run, message: { en: 'run here', fr: 'lancée ici' } }],
        hop,
        when,
        symbol: 'DATABASES',
      })
      return
    }
    const at = database.at ?? anchorOf(app.settings, usualSettings)
    if (at === undefined) return
    const missing = database.state === 'missing'
    report(missing ? 'none' : 'sqlite', {
      at,
      edits: missing ? addonNamed(app) : database.at && addonInstead(app, database.at),
      when: found.when,
      symbol: 'DATABASES',
    })
  },
})

/** Of an entry that is empty, and of other entries without this one (django/db/backends/dummy, django/db/utils.py of 3.2 to 6.0). */
function errorOf(settings: SettingsModel, { assignment }: Database): string {
  const all = settings.get('DATABASES')?.alternatives.find(({ at }) => at === assignment)?.value
  const isOther = all?.type === 'dict' && all.entries.length > 0 && entryOf(all, 'default') === undefined
  return isOther
    ? "You must define a 'default' database."
    : 'settings.DATABASES is improperly configured. Please supply the ENGINE value.'
}

/** djongo configures the database itself; a project that asks none may need none. */
function usesDatabase(app: App): boolean {
  return app.dependencies.installed('djongo').state !== 'installed' && asksDatabase(app)
}
