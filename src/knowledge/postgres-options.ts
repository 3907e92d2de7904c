/**
 * What `DATABASES[…]['OPTIONS']` may hold under Django's own PostgreSQL backends: they hand it to the driver, which refuses every
 * other name before it connects.
 *
 * Sources: the keywords of libpq 18, as PQconndefaults() of psycopg-binary 3.3.9 lists them, with those it still takes and no longer
 * lists; `get_connection_params()` of django/db/backends/postgresql/base.py (5.2); the arguments of psycopg2.connect() 2.9 and
 * psycopg.Connection.connect() 3.3. Tried with both drivers on 2026-11-30.
 */
const accepted = new Set([
  // libpq
  ...['service', 'servicefile', 'user', 'password', 'passfile', 'channel_binding', 'connect_timeout', 'dbname', 'host'],
  ...['hostaddr', 'port', 'client_encoding', 'options', 'application_name', 'fallback_application_name', 'keepalives'],
  ...['keepalives_idle', 'keepalives_interval', 'keepalives_count', 'tcp_user_timeout', 'sslmode', 'sslnegotiation'],
  ...[
    'sslcompression',
    'sslcert',
    'sslkey',
    'sslcertmode',
    'sslpassword',
    'sslrootcert',
    'sslcrl',
    'sslcrldir',
    'sslsni',
  ],
  ...['requirepeer', 'requiressl', 'require_auth', 'min_protocol_version', 'max_protocol_version'],
  ...['ssl_min_protocol_version', 'ssl_max_protocol_version', 'gssencmode', 'krbsrvname', 'gsslib', 'gssdelegation'],
  ...[
    'replication',
    'target_session_attrs',
    'load_balance_hosts',
    'scram_client_key',
    'scram_server_key',
    'authtype',
    'tty',
  ],
  ...['oauth_issuer', 'oauth_client_id', 'oauth_client_secret', 'oauth_scope', 'sslkeylogfile'],
  // Django
  ...['isolation_level', 'assume_role', 'pool', 'server_side_binding'],
  // psycopg 3 and psycopg2
  ...['autocommit', 'prepare_threshold', 'context', 'row_factory', 'cursor_factory', 'conninfo'],
  ...['dsn', 'connection_factory', 'async', 'async_'],
])

/** Whether a driver of PostgreSQL refuses an option of this name, whichever it is: names are told apart by case. */
export function isRefusedOption(name: string): boolean {
  return !accepted.has(name)
}

/** What Django reads beside OPTIONS, in the database's own dict (`DATABASES` in docs.djangoproject.com/en/5.2/ref/settings). */
const ofDatabase = new Set([
  'ATOMIC_REQUESTS',
  'AUTOCOMMIT',
  'CONN_HEALTH_CHECKS',
  'CONN_MAX_AGE',
  'DISABLE_SERVER_SIDE_CURSORS',
  'TIME_ZONE',
])

export const belongsToDatabase = (name: string): boolean => ofDatabase.has(name)

/** The backends of Django that hand OPTIONS to the driver; another package's may take some of it for itself. */
export const postgresEngines: ReadonlySet<string> = new Set([
  'django.db.backends.postgresql',
  'django.db.backends.postgresql_psycopg2',
  'django.contrib.gis.db.backends.postgis',
])
