import { defaultDatabases, isDatabaseDefault, unknownDatabase } from '../../../src/app/settings/databases.ts'
import { withoutEntry } from '../../../src/app/settings/dict-edits.ts'
import { told, verdict } from '../../../src/app/settings/verdict.ts'
import { rule } from '../../../src/engine/rule.ts'
import { belongsToDatabase } from '../../../src/knowledge/postgres-options.ts'
import { refusedOptions } from './refused.ts'

const text = {
  en: 'OPTIONS of the database holds {names}, which PostgreSQL’s driver does not know: it refuses to connect with \'invalid connection option "{first}"\', and whatever asks the database ends there',
  fr: 'OPTIONS de la base de données contient {names}, que le pilote de PostgreSQL ne connaît pas : il refuse de se connecter avec « invalid connection option "{first}" », et tout ce qui interroge la base s’arrête là',
} as const

const fix = {
  safety: 'safe',
  en: 'Remove {first}',
  fr: 'Retirer {first}',
} as const

export default rule({
  id: 'settings/database-options',
  hop: 'http',
  severity: 'error',
  needs: 'django',
  restsOn: ['settings'],
  summary: {
    en: 'OPTIONS of the database holds a name that PostgreSQL’s driver refuses',
    fr: 'OPTIONS de la base de données contient un nom que refuse le pilote de PostgreSQL',
  },
  messages: {
    misplaced: {
      text,
      help: {
        en: 'Django reads these beside OPTIONS: DATABASES["default"]["{first}"]. The value that you want may be its default.',
        fr: 'Django les lit à côté de OPTIONS : DATABASES["default"]["{first}"]. La valeur voulue est peut-être celle par défaut.',
      },
      fix,
    },
    refused: {
      text,
      help: {
        en: 'Remove what is no option of libpq; connections are shared by a pool: `"pool": {"max_size": …}` in OPTIONS, with psycopg 3 and Django 5.1.',
        fr: 'Retirez ce qui n’est pas une option de libpq ; un pool partage les connexions : `"pool": {"max_size": …}` dans OPTIONS, avec psycopg 3 et Django 5.1.',
      },
      fix,
    },
  },
  check(app, report) {
    const found = told(
      app.inquiry,
      verdict(defaultDatabases(app), (database) => {
        if (database.state !== 'known') return database.state === 'missing' ? false : undefined
        return refusedOptions(database).length > 0
      }),
      unknownDatabase,
    )
    const refused = found === undefined ? [] : refusedOptions(found.where[0])
    const [first] = refused
    if (found === undefined || first === undefined || found.when.some(isDatabaseDefault)) return
    const migrates = app.processes.release?.django.some(({ name }) => name === 'migrate') === true
    const edit = refused.length === 1 ? withoutEntry(app.tree, first.at) : undefined
    report(refused.every(({ name }) => belongsToDatabase(name)) ? 'misplaced' : 'refused', {
      at: first.at,
      data: { first: first.name, names: refused.map(({ name }) => `\`${name}\``).join(', ') },
      // The release is the first that connects when it migrates.
      hop: migrates ? 'release' : undefined,
      edits: edit && [edit],
      when: found.when,
      symbol: 'DATABASES',
    })
  },
})
