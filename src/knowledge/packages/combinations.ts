import type { Text } from '../../contracts/text.ts'
import { besideOthers } from './combinations-beside.ts'

/** Releases that pip installs together, or on a Python, and that fail there: the metadata of all allow it. */
export interface Combination {
  readonly package: string
  /** PEP 440 range of the releases that fail. */
  readonly affected: string
  /** The first minor version of Python 3 on which they do; none: on each. */
  readonly since?: number
  /** Only beside these releases of another package. */
  readonly beside?: { readonly package: string; readonly affected: string }
  /** Only where this distribution is surely not installed. */
  readonly without?: string
  /** First release without it that was seen to work; `replaced`: the package that has taken its place. */
  readonly good: string
  readonly replaced?: true
  /** `pkg_resources`: only where no setuptools before 82 is installed, which brought that module last. */
  readonly lacks?: 'pkg_resources'
  /**
   * What makes a process load it: the server of `web` or the class of its workers, one of these apps, a database of this
   * engine, an import of one of these modules on the way, a worker that the program starts, the handshake of a server that
   * takes the package for it, a channel layer by the beginning of its class. `install`: the build stops at it.
   * `pages`: pages of one of these apps fail.
   */
  readonly loadedBy:
    | { readonly server: 'gunicorn' | 'uvicorn' }
    | { readonly workerClass: string }
    /** `option`: only one whose CONFIG has it, and true. */
    | { readonly layer: `channels_redis.${string}`; readonly option?: string }
    | { readonly install: true }
    | { readonly pages: readonly string[] }
    | { readonly apps: readonly string[]; readonly server?: 'daphne'; readonly imports?: readonly string[] }
    /** `times`: only a query that returns a time, with USE_TZ on. */
    | { readonly engine: 'postgresql'; readonly reads?: 'times' }
    | { readonly imports: readonly string[] }
    /** `broker`: only one whose broker is of this kind. */
    | { readonly worker: 'celery'; readonly broker?: 'redis' }
    | { readonly sockets: 'websockets' }
  /** What the process ends with. */
  readonly error: string
  readonly why: Text
  /** Where it was reported, or the release notes that explain it. */
  readonly source: string
}

const pkgResources = {
  source: 'https://setuptools.pypa.io/en/stable/history.html',
  lacks: 'pkg_resources',
  since: 13,
  error: "ModuleNotFoundError: No module named 'pkg_resources'",
  why: {
    en: 'it imports pkg_resources, which setuptools 82 removed',
    fr: 'il importe pkg_resources, que setuptools 82 a supprimé',
  },
} as const

const simplejwt = {
  ...pkgResources,
  package: 'djangorestframework-simplejwt',
  affected: '>=4.8,<5.3.1',
  good: '5.3.1',
} as const

const yasg = { ...pkgResources, package: 'drf-yasg', affected: '>=1.20,<1.21.8', good: '1.21.8' } as const

const psycopg2 = {
  source: 'https://www.psycopg.org/docs/news.html',
  affected: '<2.9.10',
  since: 13,
  good: '2.9.10',
  loadedBy: { engine: 'postgresql' },
  error: 'ImproperlyConfigured: Error loading psycopg2 or psycopg module',
  why: {
    en: 'it has no wheel for this Python, and what pip builds from the source cannot be imported ("undefined symbol: _PyInterpreterState_Get")',
    fr: 'il n’a pas de wheel pour ce Python, et ce que pip construit depuis les sources ne peut pas être importé (« undefined symbol: _PyInterpreterState_Get »)',
  },
} as const

/** psycopg/psycopg2#1293: the zone of a time is a timedelta since 2.9, which is not equal to 0. */
const zones = {
  package: 'django',
  affected: '<3.1',
  good: '3.1.14',
  loadedBy: { engine: 'postgresql', reads: 'times' },
  error: "AssertionError: database connection isn't set to UTC",
  why: {
    en: 'psycopg2 2.9 gives the zone of a time as a timedelta, and Django before 3.1 compares it with 0, so that every query that returns a time fails',
    fr: 'psycopg2 2.9 donne le fuseau d’une date sous forme de timedelta, et Django avant 3.1 le compare à 0 : toute requête qui renvoie une date échoue',
  },
  source: 'https://github.com/psycopg/psycopg2/issues/1293',
} as const

/**
 * Run on 2026-11-29 with Python 3.13.0, installed by pip and loaded: the releases that fail, and the first good ones of
 * gunicorn, psycopg2-binary, Twisted, djangorestframework-simplejwt, razorpay and APScheduler;
 * those of the others were read in their wheels. The classic buildpack installs a setuptools of its own up to Python 3.12.
 */
export const combinations: readonly Combination[] = [
  { ...pkgResources, package: 'gunicorn', affected: '<21', good: '21.2.0', loadedBy: { server: 'gunicorn' } },
  // Most projects name it in their URLs alone.
  { ...simplejwt, loadedBy: { apps: ['rest_framework_simplejwt'], imports: ['rest_framework_simplejwt'] } },
  {
    ...pkgResources,
    package: 'django-widget-tweaks',
    affected: '==1.4.12',
    good: '1.5.0',
    loadedBy: { apps: ['widget_tweaks'] },
  },
  { ...yasg, loadedBy: { apps: ['drf_yasg'], imports: ['drf_yasg'] } },
  {
    ...pkgResources,
    package: 'razorpay',
    affected: '>=1.3,<=1.4.2',
    good: '2.0.0',
    loadedBy: { imports: ['razorpay'] },
  },
  {
    ...pkgResources,
    package: 'apscheduler',
    affected: '>=3.9.1,<=3.10.1',
    good: '3.10.4',
    loadedBy: { imports: ['apscheduler.schedulers'] },
  },
  { ...zones, beside: { package: 'psycopg2', affected: '>=2.9' } },
  { ...zones, beside: { package: 'psycopg2-binary', affected: '>=2.9' } },
  { ...psycopg2, package: 'psycopg2' },
  { ...psycopg2, package: 'psycopg2-binary' },
  {
    package: 'twisted',
    affected: '>=21,<24',
    since: 13,
    good: '24.3.0',
    loadedBy: { apps: ['daphne'], server: 'daphne' },
    error: "ModuleNotFoundError: No module named 'cgi'",
    why: {
      en: 'it imports the module cgi, which Python 3.13 removed',
      fr: 'il importe le module cgi, que Python 3.13 a supprimé',
    },
    source: 'https://peps.python.org/pep-0594/',
  },
  {
    // Read in the wheels: 4.2.30 and 5.1.15 copy so, 5.2 does not; older ones do not start on that Python.
    package: 'django',
    affected: '>=4.2,<5.2',
    since: 14,
    good: '5.2',
    loadedBy: { pages: ['django.contrib.admin'] },
    error: "AttributeError: 'super' object has no attribute 'dicts' and no __dict__ for setting new attributes",
    why: {
      en: 'it copies the context of a template with copy(super()), which Python 3.14 no longer allows: the lists and forms of the admin, and every inclusion tag',
      fr: 'il copie le contexte d’un gabarit par copy(super()), ce que Python 3.14 ne permet plus : listes et formulaires de l’admin, et toute inclusion tag',
    },
    source: 'https://code.djangoproject.com/ticket/35844',
  },
  ...besideOthers,
]
