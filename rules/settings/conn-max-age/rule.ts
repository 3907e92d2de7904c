import { rule } from '../../../src/engine/rule.ts'
import { persistentConnections, refusedPool } from './persistent.ts'

export default rule({
  id: 'settings/conn-max-age',
  hop: 'http',
  severity: 'warning',
  restsOn: ['settings'],
  summary: {
    en: 'Database connections stay open under an ASGI server, one per thread',
    fr: 'Les connexions à la base restent ouvertes sous un serveur ASGI, une par thread',
  },
  messages: {
    pool: {
      severity: 'error',
      text: {
        en: 'a pool and persistent connections exclude each other: the first connection raises ImproperlyConfigured "Pooling doesn\'t support persistent connections."',
        fr: "un pool et des connexions persistantes s’excluent : la première connexion lève ImproperlyConfigured « Pooling doesn't support persistent connections. »",
      },
      help: {
        en: 'Set CONN_MAX_AGE to 0 (or leave it out): the pool keeps the connections.',
        fr: 'Mettez CONN_MAX_AGE à 0 (ou retirez-le) : le pool garde les connexions.',
      },
      fix: { safety: 'safe', en: 'Leave the connections to the pool', fr: 'Laisser les connexions au pool' },
    },
    kept: {
      text: {
        en: 'database connections are kept {age} under {server}: an ASGI server runs requests in many threads, each keeps its own connection, and the plan’s limit is soon reached: "too many connections for role"',
        fr: 'les connexions à la base sont gardées {age} sous {server} : un serveur ASGI traite les requêtes dans de nombreux threads, chacun garde la sienne, et la limite du plan est vite atteinte : « too many connections for role »',
      },
      help: {
        en: 'Set conn_max_age to 0, or use a connection pool (psycopg’s, PgBouncer).',
        fr: 'Mettez conn_max_age à 0, ou utilisez un pool de connexions (celui de psycopg, PgBouncer).',
      },
      fix: {
        safety: 'unsafe',
        changes: {
          en: 'a connection to the database is opened for every request',
          fr: 'une connexion à la base s’ouvre à chaque requête',
        },
        en: 'Close connections after each request',
        fr: 'Fermer les connexions après chaque requête',
      },
    },
  },
  check(app, report) {
    const refused = refusedPool(app)
    if (refused !== undefined) {
      const { at, hop, edits, when } = refused
      report('pool', { at, hop, edits, when, symbol: 'CONN_MAX_AGE pool' })
    }
    const kept = persistentConnections(app)
    if (kept === undefined) return
    report('kept', {
      at: kept.at,
      data: { server: kept.server, age: kept.age },
      related: [
        { at: kept.serverAt, message: { en: 'the ASGI server is started here', fr: 'le serveur ASGI est lancé ici' } },
      ],
      edits: kept.edits,
      when: kept.when,
      symbol: 'CONN_MAX_AGE',
    })
  },
})
