import type { Text } from '../../contracts/text.ts'
import type { Combination } from './combinations.ts'
import { builtInVain } from './combinations-built.ts'

const encryption = {
  package: 'channels-redis',
  without: 'cryptography',
  good: '2.0',
  error: "ValueError: Cannot run with encryption without 'cryptography' installed.",
  why: {
    en: 'symmetric_encryption_keys need the package cryptography, which `channels-redis[cryptography]` brings, and nothing here does: the layer cannot be made',
    fr: 'symmetric_encryption_keys a besoin du paquet cryptography, que `channels-redis[cryptography]` apporte, et ici rien d’autre : le channel layer ne peut pas être créé',
  },
  source: 'https://github.com/django/channels_redis#symmetric_encryption_keys',
} as const

const notes = 'https://docs.djangoproject.com/en/dev/internals/deprecation/'

/** Releases of an app that ask Django for what a release of it took out. */
function removedFromDjango(
  release: string,
  lost: string,
  error: string,
  more: Pick<Combination, 'package' | 'affected' | 'good' | 'replaced' | 'loadedBy'> & { readonly source?: string },
): Combination {
  const why: Text = {
    en: `it asks for ${lost}, which Django ${release} removed`,
    fr: `il demande ${lost}, que Django ${release} a supprimé`,
  }
  return { beside: { package: 'django', affected: `>=${release}` }, error, why, source: notes, ...more }
}

const restFramework = {
  package: 'djangorestframework',
  loadedBy: {
    imports: ['serializers', 'views', 'viewsets', 'routers', 'generics', 'decorators', 'response'].map(
      (name) => `rest_framework.${name}`,
    ),
  },
} as const

/**
 * Run on 2026-11-30: each release that fails, and each first good one, was installed by pip with Python 3.11 to 3.13 and
 * loaded as the entry says, with Django 4.2.16 or 5.2.4 where Django is the other half. Releases between the two were not.
 */
export const besideOthers: readonly Combination[] = [
  ...builtInVain,
  removedFromDjango(
    '4.0',
    'LANGUAGE_SESSION_KEY',
    "ImportError: cannot import name 'LANGUAGE_SESSION_KEY' from 'django.utils.translation'",
    {
      package: 'channels',
      affected: '>=2,<=3.0.3',
      good: '3.0.5',
      loadedBy: { imports: ['channels.auth'] },
      source: 'https://github.com/django/channels/issues/1610',
    },
  ),
  removedFromDjango('5.0', 'timezone.utc', "ImportError: cannot import name 'utc' from 'django.utils.timezone'", {
    ...restFramework,
    affected: '>=3.11,<=3.13.1',
    good: '3.14.0',
  }),
  removedFromDjango(
    '3.1',
    'FieldDoesNotExist of django.db.models.fields',
    "ImportError: cannot import name 'FieldDoesNotExist' from 'django.db.models.fields'",
    { ...restFramework, affected: '>=3.9,<=3.10.3', good: '3.14.0' },
  ),
  removedFromDjango(
    '4.2',
    'parse_header of its multipart parser',
    "ImportError: cannot import name 'parse_header' from 'django.http.multipartparser'",
    { ...restFramework, affected: '==3.13.*', good: '3.14.0' },
  ),
  {
    package: 'djangorestframework',
    affected: '>=3.11,<=3.12.4',
    beside: { package: 'django', affected: '>=4.0' },
    without: 'pytz',
    good: '3.14.0',
    loadedBy: restFramework.loadedBy,
    error: "ModuleNotFoundError: No module named 'pytz'",
    why: {
      en: 'it imports pytz, which Django brought until 3.2, and declares it nowhere',
      fr: 'il importe pytz, que Django apportait jusqu’à la version 3.2, et ne le déclare nulle part',
    },
    source: 'https://docs.djangoproject.com/en/dev/releases/4.0/',
  },
  removedFromDjango('3.0', 'django.utils.six', "ImportError: cannot import name 'six' from 'django.utils'", {
    package: 'django-cors-headers',
    affected: '<=2.5.3',
    good: '3.5.0',
    loadedBy: { apps: ['corsheaders'] },
  }),
  removedFromDjango(
    '4.0',
    'the argument providing_args of Signal',
    "TypeError: Signal.__init__() got an unexpected keyword argument 'providing_args'",
    {
      package: 'django-cors-headers',
      affected: '>=3.0,<=3.2.1',
      good: '3.5.0',
      loadedBy: { imports: ['corsheaders.middleware'] },
    },
  ),
  removedFromDjango(
    '4.0',
    'ugettext_lazy',
    "ImportError: cannot import name 'ugettext_lazy' from 'django.utils.translation'",
    { package: 'django-filter', affected: '<=2.0.0', good: '2.4.0', loadedBy: { imports: ['django_filters'] } },
  ),
  removedFromDjango(
    '3.1',
    'FieldDoesNotExist of django.db.models.fields',
    "ImportError: cannot import name 'FieldDoesNotExist' from 'django.db.models.fields'",
    { package: 'django-filter', affected: '==2.2.0', good: '2.4.0', loadedBy: { imports: ['django_filters'] } },
  ),
  removedFromDjango('3.0', 'django.utils.lru_cache', "ModuleNotFoundError: No module named 'django.utils.lru_cache'", {
    package: 'django-crispy-forms',
    affected: '<=1.7.2',
    good: '1.9.2',
    loadedBy: { imports: ['crispy_forms.helper', 'crispy_forms.layout'] },
  }),
  removedFromDjango('4.0', 'django.conf.urls.url', "ImportError: cannot import name 'url' from 'django.conf.urls'", {
    package: 'django-rest-auth',
    affected: '<=0.9.5',
    good: 'dj-rest-auth',
    loadedBy: { imports: ['rest_auth.urls'] },
    replaced: true,
  }),
  removedFromDjango('4.0', 'force_text', "ImportError: cannot import name 'force_text' from 'django.utils.encoding'", {
    package: 'graphene-django',
    affected: '>=2,<=2.15.0',
    good: '3.0.0',
    loadedBy: { imports: ['graphene_django'] },
  }),
  removedFromDjango(
    '4.0',
    'ugettext_lazy',
    "ImportError: cannot import name 'ugettext_lazy' from 'django.utils.translation'",
    { package: 'django-mptt', affected: '<=0.10.0', good: '0.12.0', loadedBy: { apps: ['mptt'] } },
  ),
  {
    package: 'djangorestframework-simplejwt',
    affected: '<=4.3.0',
    beside: { package: 'pyjwt', affected: '>=2' },
    good: '4.6.0',
    loadedBy: { imports: ['rest_framework_simplejwt'] },
    error: "AttributeError: 'str' object has no attribute 'decode'",
    why: {
      en: 'it decodes what PyJWT 1 returned as bytes, and PyJWT 2 returns text: every login is a 500',
      fr: 'il décode ce que PyJWT 1 renvoyait en octets, et PyJWT 2 renvoie du texte : chaque connexion donne 500',
    },
    source: 'https://pyjwt.readthedocs.io/en/stable/changelog.html',
  },
  {
    package: 'psycopg',
    affected: '>=3.1,<3.1.8',
    beside: { package: 'django', affected: '>=4.2' },
    good: '3.1.8',
    loadedBy: { engine: 'postgresql' },
    error: 'ImproperlyConfigured: psycopg version 3.1.8 or newer is required; you have 3.1.7',
    why: {
      en: 'Django asks for 3.1.8 when it loads the database',
      fr: 'Django exige la 3.1.8 quand il charge la base de données',
    },
    source: 'https://docs.djangoproject.com/en/4.2/releases/4.2/',
  },
  {
    package: 'hiredis',
    affected: '<=2.0.0',
    beside: { package: 'redis', affected: '>=5.0.8' },
    good: '2.2.3',
    loadedBy: { layer: 'channels_redis.' },
    error: "TypeError: 'notEnoughData' is an invalid keyword argument for this function",
    why: {
      en: 'redis-py takes hiredis wherever it is installed, and gives its reader an argument that it has not: every connection fails',
      fr: 'redis-py utilise hiredis dès qu’il est installé, et donne à son lecteur un argument qu’il n’a pas : chaque connexion échoue',
    },
    source: 'https://github.com/redis/hiredis-py/issues/196',
  },
  { ...encryption, affected: '>=2', loadedBy: { layer: 'channels_redis.core.', option: 'symmetric_encryption_keys' } },
  {
    ...encryption,
    affected: '>=4.2',
    loadedBy: { layer: 'channels_redis.pubsub.', option: 'symmetric_encryption_keys' },
  },
  {
    package: 'environs',
    affected: '<11',
    beside: { package: 'marshmallow', affected: '>=4' },
    good: '11.2.1',
    loadedBy: { imports: ['environs'] },
    error: "AttributeError: module 'marshmallow' has no attribute '__version_info__'",
    why: {
      en: 'it asks marshmallow for names that marshmallow 4 no longer has',
      fr: 'il demande à marshmallow des noms que marshmallow 4 n’a plus',
    },
    source: 'https://github.com/sloria/environs/issues/416',
  },
  {
    package: 'websockets',
    affected: '>=8,<10',
    since: 10,
    beside: { package: 'uvicorn', affected: '<0.16' },
    good: '10.4',
    loadedBy: { sockets: 'websockets' },
    error: "TypeError: Lock.__init__() got an unexpected keyword argument 'loop'",
    why: {
      en: 'it gives asyncio the argument loop, which Python 3.10 removed: pages are answered, and every handshake ends the connection',
      fr: 'il donne à asyncio l’argument loop, que Python 3.10 a supprimé : les pages répondent, et chaque poignée de main ferme la connexion',
    },
    source: 'https://docs.python.org/3/whatsnew/3.10.html#removed',
  },
  {
    package: 'uvicorn',
    affected: '==0.11.*',
    since: 10,
    good: '0.13.4',
    loadedBy: { server: 'uvicorn' },
    error: "RuntimeError: There is no current event loop in thread 'MainThread'.",
    why: {
      en: 'it asks for an event loop before there is one',
      fr: 'il demande une boucle d’événements avant qu’il y en ait une',
    },
    source: 'https://docs.python.org/3/library/asyncio-eventloop.html#asyncio.get_event_loop',
  },
  {
    package: 'celery',
    affected: '>=4.4,<5',
    since: 11,
    good: '5.0.5',
    loadedBy: { imports: ['celery'] },
    error: "ImportError: cannot import name 'formatargspec' from 'inspect'",
    why: {
      en: 'its vine imports a function that Python 3.11 removed',
      fr: 'sa dépendance vine importe une fonction que Python 3.11 a supprimée',
    },
    source: 'https://docs.python.org/3/whatsnew/3.11.html#removed',
  },
  {
    package: 'celery',
    affected: '==5.2.*',
    since: 12,
    good: '5.3.0',
    loadedBy: { worker: 'celery' },
    error: "AttributeError: 'EntryPoints' object has no attribute 'get'",
    why: {
      en: 'it reads entry points as the dict that they were until Python 3.11',
      fr: 'il lit les entry points comme le dict qu’ils étaient jusqu’à Python 3.11',
    },
    source: 'https://github.com/celery/celery/pull/7785',
  },
  {
    package: 'kombu',
    affected: '==5.7.0',
    beside: { package: 'redis', affected: '>=0' },
    without: 'packaging',
    good: '5.7.0',
    loadedBy: { worker: 'celery', broker: 'redis' },
    error: "ModuleNotFoundError: No module named 'packaging'",
    why: {
      en: 'its transport for Redis imports packaging, which only `celery[redis]` and `kombu[redis]` bring',
      fr: 'son transport pour Redis importe packaging, que seuls `celery[redis]` et `kombu[redis]` apportent',
    },
    source: 'https://github.com/celery/kombu/pull/2524',
  },
  {
    package: 'gunicorn',
    affected: '<=20.1.0',
    beside: { package: 'eventlet', affected: '>=0.30.3' },
    good: '21.2.0',
    loadedBy: { workerClass: 'eventlet' },
    error: "ImportError: cannot import name 'ALREADY_HANDLED' from 'eventlet.wsgi'",
    why: {
      en: 'its worker imports a name that eventlet 0.30.3 removed',
      fr: 'son worker importe un nom qu’eventlet 0.30.3 a supprimé',
    },
    source: 'https://github.com/benoitc/gunicorn/pull/2581',
  },
  {
    package: 'eventlet',
    affected: '<=0.33.3',
    since: 12,
    good: '0.38.2',
    loadedBy: { workerClass: 'eventlet' },
    error: 'RuntimeError: eventlet worker requires eventlet 0.24.1 or higher',
    why: {
      en: 'it asks for what Python 3.12 removed, and gunicorn takes its ImportError for an old release',
      fr: 'il demande ce que Python 3.12 a supprimé, et gunicorn prend son ImportError pour une version trop ancienne',
    },
    source: 'https://eventlet.readthedocs.io/en/latest/changelog.html',
  },
  {
    package: 'eventlet',
    affected: '>=0.34,<=0.36.1',
    since: 13,
    good: '0.38.2',
    loadedBy: { workerClass: 'eventlet' },
    error: "AttributeError: module 'eventlet.green.thread' has no attribute 'start_joinable_thread'",
    why: {
      en: 'it stands in for the threading of Python 3.12, and Python 3.13 asks it for more',
      fr: 'il remplace le threading de Python 3.12, et Python 3.13 lui en demande davantage',
    },
    source: 'https://eventlet.readthedocs.io/en/latest/changelog.html',
  },
  removedFromDjango(
    '4.0',
    'ugettext_lazy',
    "ImportError: cannot import name 'ugettext_lazy' from 'django.utils.translation'",
    { package: 'django-celery-beat', affected: '<=1.6.0', good: '2.0.0', loadedBy: { apps: ['django_celery_beat'] } },
  ),
  removedFromDjango(
    '4.0',
    'ugettext_lazy',
    "ImportError: cannot import name 'ugettext_lazy' from 'django.utils.translation'",
    {
      package: 'django-celery-results',
      affected: '<=1.2.1',
      good: '2.0.1',
      loadedBy: { apps: ['django_celery_results'] },
    },
  ),
  removedFromDjango(
    '3.1',
    'FieldDoesNotExist of django.db.models.fields',
    "ImportError: cannot import name 'FieldDoesNotExist' from 'django.db.models.fields'",
    {
      package: 'django-import-export',
      affected: '<=1.2.0',
      good: '2.5.0',
      loadedBy: { imports: ['import_export.resources', 'import_export.admin'] },
    },
  ),
  removedFromDjango('4.0', 'force_text', "ImportError: cannot import name 'force_text' from 'django.utils.encoding'", {
    package: 'django-ckeditor',
    affected: '<=5.9.0',
    good: '6.0.0',
    loadedBy: { imports: ['ckeditor.fields', 'ckeditor.widgets'] },
  }),
  removedFromDjango('4.0', 'force_text', "ImportError: cannot import name 'force_text' from 'django.utils.encoding'", {
    package: 'django-phonenumber-field',
    affected: '<=3.0.1',
    good: '6.4.0',
    loadedBy: { imports: ['phonenumber_field.modelfields'] },
  }),
  removedFromDjango(
    '4.0',
    'ugettext_lazy',
    "ImportError: cannot import name 'ugettext_lazy' from 'django.utils.translation'",
    { package: 'django-debug-toolbar', affected: '<=1.11.1', good: '3.2.4', loadedBy: { apps: ['debug_toolbar'] } },
  ),
  removedFromDjango('4.0', 'django.conf.urls.url', "ImportError: cannot import name 'url' from 'django.conf.urls'", {
    package: 'django-debug-toolbar',
    affected: '>=2,<=2.2.1',
    good: '3.2.4',
    loadedBy: { imports: ['debug_toolbar.middleware', 'debug_toolbar.toolbar'] },
  }),
  removedFromDjango('4.0', 'force_text', "ImportError: cannot import name 'force_text' from 'django.utils.encoding'", {
    package: 'django-tinymce',
    affected: '<=2.8.0',
    good: '3.4.0',
    loadedBy: { apps: ['tinymce'] },
  }),
  removedFromDjango('3.0', 'django.utils.six', "ModuleNotFoundError: No module named 'django.utils.six'", {
    package: 'whitenoise',
    affected: '<=3.3.1',
    good: '4.1.4',
    loadedBy: { imports: ['whitenoise.storage', 'whitenoise.django'] },
  }),
  {
    package: 'django',
    affected: '>=1.11,<=2.0.13',
    since: 10,
    good: '3.0.14',
    loadedBy: { imports: ['django'] },
    error: "ImportError: cannot import name 'Iterator' from 'collections'",
    why: {
      en: 'it takes abstract classes from collections, where Python 3.10 no longer has them',
      fr: 'il prend des classes abstraites dans collections, où Python 3.10 ne les a plus',
    },
    source: 'https://docs.python.org/3/whatsnew/3.10.html#removed',
  },
]
