import { errors } from './entry.ts'

/** Errors of Django and the database at run time (Django 3.2 to 6.0, psycopg). */
export const settingsErrors = errors({
  'django/host': {
    name: 'DisallowedHost',
    hop: 'http',
    pattern: /Invalid HTTP_HOST header: '([^']*)'/,
    meaning: {
      en: 'The host of the request is not in ALLOWED_HOSTS: 400. The app’s domain is name-hash.herokuapp.com (heroku domains).',
      fr: 'L’hôte de la requête n’est pas dans ALLOWED_HOSTS : 400. Le domaine de l’application est nom-empreinte.herokuapp.com (heroku domains).',
    },
    rules: ['settings/allowed-hosts'],
  },
  'django/csrf-origin': {
    name: 'CSRF: Origin checking failed',
    hop: 'http',
    pattern: /Origin checking failed - (\S+) does not match any trusted origins/,
    meaning: {
      en: 'Django takes the request for http behind the router, or its origin is not in CSRF_TRUSTED_ORIGINS: every POST of a browser gets 403.',
      fr: 'Django prend la requête pour du http derrière le routeur, ou son origine n’est pas dans CSRF_TRUSTED_ORIGINS : chaque POST d’un navigateur reçoit 403.',
    },
    rules: ['settings/csrf-trusted-origins', 'settings/proxy-ssl-header'],
  },
  'django/manifest': {
    name: 'Missing staticfiles manifest entry',
    hop: 'http',
    pattern: /Missing staticfiles manifest entry for '([^']*)'/,
    meaning: {
      en: 'A static file was not collected in the build: what `release:` collects is thrown away.',
      fr: 'Un fichier statique n’a pas été collecté au build : ce que `release:` collecte est perdu.',
    },
    rules: ['procfile/release-phase', 'settings/static-root'],
  },
  'django/static-root': {
    name: { en: 'STATIC_ROOT is not set', fr: 'STATIC_ROOT n’est pas défini' },
    hop: 'build',
    pattern: /using the staticfiles app without having set the STATIC_ROOT setting/,
    meaning: {
      en: 'collectstatic has no folder to collect into: STATIC_ROOT is not set.',
      fr: 'collectstatic n’a pas de dossier où collecter : STATIC_ROOT n’est pas défini.',
    },
    rules: ['settings/static-root'],
  },
  'database/sqlite': {
    name: 'no such table',
    hop: 'http',
    pattern: /\bno such table: (\w+)/,
    meaning: {
      en: 'SQLite answers on the dyno, with an empty file: the settings do not use DATABASE_URL, or it is not set.',
      fr: 'C’est SQLite qui répond sur le dyno, avec un fichier vide : les settings n’utilisent pas DATABASE_URL, ou elle n’est pas définie.',
    },
    rules: ['settings/ephemeral-database', 'settings/database-url'],
  },
  'database/relation': {
    name: 'relation does not exist',
    hop: 'release',
    pattern: /\brelation "([\w.]+)" does not exist/,
    meaning: {
      en: 'The migrations were not run on this database (`release: python manage.py migrate`).',
      fr: 'Les migrations n’ont pas été appliquées à cette base (`release: python manage.py migrate`).',
    },
    rules: ['procfile/release-phase'],
  },
  'database/connections': {
    name: 'too many connections',
    hop: 'http',
    pattern: /too many connections for role|remaining connection slots are reserved|sorry, too many clients already/,
    meaning: {
      en: 'The database plan allows no more connections. Under ASGI each thread keeps its own when CONN_MAX_AGE is above 0.',
      fr: 'Le plan de la base n’admet pas plus de connexions. En ASGI, chaque thread garde la sienne quand CONN_MAX_AGE dépasse 0.',
    },
    rules: ['settings/conn-max-age', 'settings/django-heroku'],
  },
  'database/local': {
    name: { en: 'the database is looked for on the dyno itself', fr: 'la base est cherchée sur le dyno lui-même' },
    hop: 'http',
    pattern:
      /connection to server at "(localhost|127\.0\.0\.1|::1)".*refused|could not connect to server: Connection refused|connection to server on socket "[^"]*" failed/,
    meaning: {
      en: 'The settings do not use DATABASE_URL, or it is not set: the dyno has no database of its own.',
      fr: 'Les settings n’utilisent pas DATABASE_URL, ou elle n’est pas définie : le dyno n’a pas de base à lui.',
    },
    rules: ['settings/database-url', 'app/config-var-missing'],
  },
  'database/unknown-host': {
    name: { en: 'the database host does not resolve', fr: 'l’hôte de la base est introuvable' },
    hop: 'http',
    pattern: /could not translate host name "([^"]*)" to address|failed to resolve host '([^']*)'/,
    meaning: {
      en: 'The name of the database host is unknown on the dyno: a name of docker-compose, or an add-on that is gone.',
      fr: 'Le nom de l’hôte de la base est inconnu sur le dyno : un nom de docker-compose, ou un add-on supprimé.',
    },
    rules: ['settings/database-url'],
  },
  'database/sslmode': {
    name: { en: 'sslmode with SQLite', fr: 'sslmode avec SQLite' },
    hop: 'boot',
    pattern: /'sslmode' is an invalid keyword argument/,
    meaning: {
      en: 'An option of Postgres reaches SQLite: DATABASE_URL is not set and the default database is SQLite.',
      fr: 'Une option de Postgres arrive à SQLite : DATABASE_URL n’est pas définie et la base par défaut est SQLite.',
    },
    rules: ['settings/ephemeral-database', 'settings/django-heroku'],
  },
  // Last: what is no Redis, as far as the log says.
  'tls/certificate': {
    name: 'CERTIFICATE_VERIFY_FAILED',
    severity: 'warning',
    hop: undefined,
    pattern: /CERTIFICATE_VERIFY_FAILED/,
    meaning: {
      en: 'The certificate of a server could not be verified; the log does not say that it is Redis.',
      fr: 'Le certificat d’un serveur n’a pu être vérifié ; le journal ne dit pas qu’il s’agit de Redis.',
    },
  },
})
