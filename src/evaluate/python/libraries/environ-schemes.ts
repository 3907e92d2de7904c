/** URL schemes of django-environ and what they stand for. Source: environ/environ.py of django-environ 0.14.0. */

export const databaseEngines: Readonly<Record<string, string>> = {
  postgres: 'django.db.backends.postgresql',
  postgresql: 'django.db.backends.postgresql',
  psql: 'django.db.backends.postgresql',
  pgsql: 'django.db.backends.postgresql',
  postgis: 'django.contrib.gis.db.backends.postgis',
  prometheus_postgresql: 'django_prometheus.db.backends.postgresql',
  prometheus_postgis: 'django_prometheus.db.backends.postgis',
  cockroachdb: 'django_cockroachdb',
  mysql: 'django.db.backends.mysql',
  mysql2: 'django.db.backends.mysql',
  'mysql-connector': 'mysql.connector.django',
  mysqlgis: 'django.contrib.gis.db.backends.mysql',
  prometheus_mysql: 'django_prometheus.db.backends.mysql',
  mssql: 'mssql',
  oracle: 'django.db.backends.oracle',
  pyodbc: 'sql_server.pyodbc',
  redshift: 'django_redshift_backend',
  spatialite: 'django.contrib.gis.db.backends.spatialite',
  prometheus_spatialite: 'django_prometheus.db.backends.spatialite',
  sqlite: 'django.db.backends.sqlite3',
  prometheus_sqlite: 'django_prometheus.db.backends.sqlite3',
  ldap: 'ldapdb.backends.ldap',
}

const smtp = 'django.core.mail.backends.smtp.EmailBackend'

export const emailBackends: Readonly<Record<string, string | undefined>> = {
  smtp,
  smtps: smtp,
  'smtp+tls': smtp,
  'smtp+ssl': smtp,
  consolemail: 'django.core.mail.backends.console.EmailBackend',
  filemail: 'django.core.mail.backends.filebased.EmailBackend',
  memorymail: 'django.core.mail.backends.locmem.EmailBackend',
  dummymail: 'django.core.mail.backends.dummy.EmailBackend',
}

export const searchEngines: Readonly<Record<string, string | undefined>> = {
  elasticsearch: 'haystack.backends.elasticsearch_backend.ElasticsearchSearchEngine',
  elasticsearch2: 'haystack.backends.elasticsearch2_backend.Elasticsearch2SearchEngine',
  elasticsearch5: 'haystack.backends.elasticsearch5_backend.Elasticsearch5SearchEngine',
  elasticsearch7: 'haystack.backends.elasticsearch7_backend.Elasticsearch7SearchEngine',
  solr: 'haystack.backends.solr_backend.SolrEngine',
  whoosh: 'haystack.backends.whoosh_backend.WhooshEngine',
  xapian: 'haystack.backends.xapian_backend.XapianEngine',
  simple: 'haystack.backends.simple_backend.SimpleEngine',
}
