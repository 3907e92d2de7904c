import {
  databaseEdit,
  databaseHost,
  defaultDatabases,
  isDatabaseDefault,
  unknownDatabase,
} from '../../../src/app/settings/databases.ts'
import { standsInVariable } from '../../../src/app/settings/redis-endpoint.ts'
import { told, verdict } from '../../../src/app/settings/verdict.ts'
import { rule } from '../../../src/engine/rule.ts'

const fix = {
  safety: 'unsafe',
  changes: {
    en: 'wherever DATABASE_URL is set, the app uses that database; what is in the old one is not moved',
    fr: 'partout où DATABASE_URL est définie, l’application utilise cette base ; le contenu de l’ancienne n’est pas déplacé',
  },
  en: 'Read DATABASE_URL',
  fr: 'Lire DATABASE_URL',
} as const

const help = {
  en: 'Read DATABASE_URL on the dyno, e.g. DATABASES = {"default": dj_database_url.config(default=…)}.',
  fr: 'Lisez DATABASE_URL sur le dyno, par exemple DATABASES = {"default": dj_database_url.config(default=…)}.',
} as const

export default rule({
  id: 'settings/database-url',
  hop: 'http',
  severity: 'error',
  needs: 'django',
  restsOn: ['settings'],
  summary: {
    en: 'The database on the dyno is a local or literal host, and DATABASE_URL is not read',
    fr: 'La base de données du dyno est un hôte local ou littéral, et DATABASE_URL n’est pas lue',
  },
  messages: {
    loopback: {
      text: {
        en: 'the database on the dyno is on {host}, the dyno itself, where no server runs: "connection refused"; nothing reads DATABASE_URL',
        fr: 'la base de données du dyno est sur {host}, le dyno lui-même, où aucun serveur ne tourne : « connection refused » ; rien ne lit DATABASE_URL',
      },
      help,
      fix,
    },
    docker: {
      text: {
        en: 'the database on the dyno is on `{host}`, a name only a network of containers resolves: "could not translate host name"; nothing reads DATABASE_URL',
        fr: 'la base de données du dyno est sur `{host}`, un nom que seul un réseau de conteneurs résout : « could not translate host name » ; rien ne lit DATABASE_URL',
      },
      help,
      fix,
    },
    literal: {
      severity: 'warning',
      text: {
        en: 'the database on the dyno is on {host} as written in the source; nothing reads DATABASE_URL, which Heroku Postgres sets and changes when it moves',
        fr: 'la base de données du dyno est sur {host} tel qu’il est écrit dans le code source ; rien ne lit DATABASE_URL, que Heroku Postgres définit et change quand il déménage',
      },
      help,
      fix,
    },
  },
  check(app, report) {
    const { evaluation } = app.settings
    if (evaluation === undefined || evaluation.reads.has('DATABASE_URL')) return
    const databases = defaultDatabases(app)
    const found = told(
      app.inquiry,
      verdict(databases, (one) => (one.state === 'undetermined' ? undefined : databaseHost(one) !== undefined)),
      unknownDatabase,
    )
    const host = found && databaseHost(found.where[0])
    if (found === undefined || host === undefined || found.when.some(isDatabaseDefault)) return
    // The configuration says it, not the source.
    if (host.kind === 'literal' && standsInVariable(app.environment, host.host)) return
    const edits = databaseEdit(app, found.where[0])
    const migrates = app.processes.release?.django.some(({ name }) => name === 'migrate') === true
    report(host.kind, {
      at: host.at,
      data: { host: host.host },
      // The release is the first that connects when it migrates.
      hop: migrates ? 'release' : undefined,
      edits,
      when: found.when,
      symbol: 'DATABASES',
    })
  },
})
