import { describe } from 'vitest'
import { check } from './cases.ts'

const head = 'import dj_database_url\n'
const pieces =
  "'NAME': '<DATABASE_URL.name>', 'USER': '<DATABASE_URL.user>', 'PASSWORD': '<DATABASE_URL.password>', " +
  "'HOST': '<DATABASE_URL.host>', 'PORT': <DATABASE_URL>"

describe('dj-database-url', () => {
  check([
    {
      name: 'reads the URL of the add-on',
      source: `${head}D = dj_database_url.config(conn_max_age=600, ssl_require=True)`,
      gives: {
        D: `{'ENGINE': 'django.db.backends.postgresql', ${pieces}, 'CONN_MAX_AGE': 600, 'CONN_HEALTH_CHECKS': False, 'DISABLE_SERVER_SIDE_CURSORS': False, 'OPTIONS': {'sslmode': 'require'}}`,
      },
    },
    {
      name: 'gives what older releases gave',
      source: `${head}D = dj_database_url.config(conn_max_age=600)`,
      versions: { 'dj-database-url': '0.5.0' },
      gives: { D: `{'ENGINE': 'django.db.backends.postgresql_psycopg2', ${pieces}, 'CONN_MAX_AGE': 600}` },
    },
    {
      name: 'keeps what it was told when the URL is not known',
      source: `${head}D = dj_database_url.config(conn_max_age=600)\nA = D.get("CONN_MAX_AGE")`,
      env: { DATABASE_URL: '?' },
      gives: { A: 'None when DATABASE_URL is unset | 600 when DATABASE_URL is set' },
    },
    {
      name: 'gives an empty dict without URL',
      source: `${head}D = dj_database_url.config()`,
      env: { DATABASE_URL: undefined },
      gives: { D: '{}' },
    },
    {
      name: 'refuses a scheme it does not know',
      source: `${head}D = dj_database_url.parse("nosuch://x")`,
      raises: "UnknownSchemeError: Scheme 'nosuch://' is unknown.",
    },
  ])
})
