import type { Text } from '../../contracts/text.ts'

/** A release that installs and then fails, or lets someone in. Reviewed by hand; the source says how it was established. */
export interface Defect {
  readonly package: string
  /** PEP 440 range of the affected releases. */
  readonly affected: string
  /** First release without it. */
  readonly good: string
  /** What must be so in the project for it to matter; undefined: always. */
  readonly condition:
    | 'core-layer-without-timeout'
    | 'certificate-check-off'
    | 'certificate-check-off-in-layer'
    | 'daphne-in-use'
    | 'daphne-may-serve'
    | 'uvicorn-opens-sockets'
    | 'uvicorn-worker-in-use'
    | 'layer-of-a-celery-task'
    | undefined
  /** It shows beside these releases of another package only, a pair that the metadata of both allow. */
  readonly beside?: { readonly package: string; readonly affected: string }
  readonly severity: 'error' | 'warning'
  readonly effect: Text
  /** The CVEs it is, when it is a vulnerability. */
  readonly vulnerabilities?: readonly string[]
  readonly source: string
  /** Day on which the source was last held against this entry. */
  readonly checked: string
}

/** redis/connection.py and redis/asyncio/connection.py of 6.0.0: `ssl_check_hostname` is true by default, whatever ssl_cert_reqs says. */
const uncheckedName = {
  package: 'redis',
  affected: '==6.0.0',
  good: '6.1.0',
  effect: {
    en: 'with ssl_cert_reqs None it fails: "Cannot set verify_mode to CERT_NONE when check_hostname is enabled."',
    fr: 'avec ssl_cert_reqs à None, il échoue : « Cannot set verify_mode to CERT_NONE when check_hostname is enabled. »',
  },
  source: 'https://github.com/redis/redis-py/releases/tag/v6.1.0',
  checked: '2026-11-22',
} as const

/** Most telling first, per package. */
export const defects: readonly Defect[] = [
  {
    package: 'redis',
    affected: '>=8.0.0',
    good: '7.4.1',
    condition: 'core-layer-without-timeout',
    severity: 'error',
    effect: {
      en: 'redis-py 8 gives up reading after 5 s by default, exactly as long as RedisChannelLayer waits for a message: "TimeoutError: Timeout reading from …" about every 5 s on every idle consumer, and the socket closes with 1011',
      fr: 'redis-py 8 cesse de lire au bout de 5 s par défaut, exactement le temps que RedisChannelLayer attend un message : « TimeoutError: Timeout reading from … » toutes les 5 s environ sur chaque consumer au repos, et le socket se ferme avec 1011',
    },
    source: 'https://github.com/django/channels_redis/issues/422',
    checked: '2026-11-22',
  },
  { ...uncheckedName, condition: 'certificate-check-off-in-layer', severity: 'error' },
  { ...uncheckedName, condition: 'certificate-check-off', severity: 'warning' },
  ...['==4.1.1', '==4.2.0'].map(
    (affected): Defect => ({
      package: 'daphne',
      affected,
      good: affected === '==4.1.1' ? '4.1.2' : '4.2.1',
      condition: undefined,
      severity: 'warning',
      effect: {
        en: 'its wheel lacks daphne/management: `manage.py runserver` silently stays WSGI and WebSockets get 404 in development',
        fr: 'son wheel n’a pas daphne/management : `manage.py runserver` reste WSGI sans rien dire et les WebSockets reçoivent 404 en développement',
      },
      source: 'https://github.com/django/daphne/issues/508',
      checked: '2026-11-22',
    }),
  ),
  {
    package: 'daphne',
    affected: '<4.2.2',
    good: '4.2.2',
    condition: 'daphne-may-serve',
    severity: 'warning',
    effect: {
      en: 'CVE-2026-44545 (a client exhausts the memory with an unbounded WebSocket message) and CVE-2026-44546 (headers smuggled through an upgrade)',
      fr: 'CVE-2026-44545 (un client épuise la mémoire avec un message WebSocket sans limite) et CVE-2026-44546 (injection d’en-têtes par la requête d’upgrade)',
    },
    vulnerabilities: ['CVE-2026-44545', 'CVE-2026-44546'],
    source: 'https://github.com/django/daphne/blob/main/CHANGELOG.txt',
    checked: '2026-11-22',
  },
  {
    package: 'channels',
    affected: '>=3.0.0,<3.0.3',
    good: '3.0.3',
    condition: undefined,
    severity: 'warning',
    effect: {
      en: 'CVE-2020-35681: AsgiHandler may hand one session to another visitor',
      fr: 'CVE-2020-35681 : AsgiHandler peut donner la session d’un visiteur à un autre',
    },
    vulnerabilities: ['CVE-2020-35681'],
    source: 'https://channels.readthedocs.io/en/stable/releases/3.0.3.html',
    checked: '2026-11-22',
  },
  {
    package: 'autobahn',
    affected: '==25.9.1',
    good: '25.10.2',
    condition: 'daphne-in-use',
    severity: 'warning',
    effect: {
      en: 'its native code was built for the processor of one machine: on another, daphne dies of "Illegal instruction" when a WebSocket opens',
      fr: 'son code natif a été construit pour le processeur d’une seule machine : sur une autre, daphne meurt d’une « Illegal instruction » à l’ouverture d’un WebSocket',
    },
    source: 'https://github.com/crossbario/autobahn-python/issues/1717',
    checked: '2026-11-22',
  },
  {
    package: 'autobahn',
    affected: '==25.10.1',
    good: '25.10.2',
    condition: 'daphne-in-use',
    severity: 'warning',
    effect: {
      en: 'where its native module is missing, daphne fails when a WebSocket opens ("NVX module not found"); the wheels for Linux have it',
      fr: 'là où son module natif manque, daphne échoue à l’ouverture d’un WebSocket (« NVX module not found ») ; les wheels pour Linux l’ont',
    },
    source: 'https://github.com/crossbario/autobahn-python/issues/1731',
    checked: '2026-11-22',
  },
  {
    package: 'uvicorn-worker',
    affected: '<0.4.0',
    beside: { package: 'uvicorn', affected: '>=0.36.0' },
    good: '0.4.0',
    condition: 'uvicorn-worker-in-use',
    severity: 'error',
    effect: {
      en: 'it calls Config.setup_event_loop(), which uvicorn 0.36 took out: every worker of gunicorn ends with an AttributeError as it starts ("Worker failed to boot", H10)',
      fr: 'il appelle Config.setup_event_loop(), qu’uvicorn 0.36 a retiré : chaque worker de gunicorn s’arrête dès son lancement avec une AttributeError (« Worker failed to boot », H10)',
    },
    // uvicorn_worker/_workers.py of 0.3.0 and 0.4.0, uvicorn/config.py of 0.35.0, 0.36.0 and 0.38.0
    source: 'https://github.com/Kludex/uvicorn-worker/releases/tag/0.4.0',
    checked: '2026-11-29',
  },
  {
    package: 'websockets',
    affected: '<10.0',
    beside: { package: 'uvicorn', affected: '>=0.16.0' },
    good: '10.0',
    condition: 'uvicorn-opens-sockets',
    severity: 'error',
    effect: {
      en: 'uvicorn hands it a logger, which it takes from 10.0 on: every handshake ends with "TypeError: __init__() got an unexpected keyword argument \'logger\'"',
      fr: "uvicorn lui passe un logger, qu’il n’accepte qu’à partir de 10.0 : chaque poignée de main se termine par « TypeError: __init__() got an unexpected keyword argument 'logger' »",
    },
    // uvicorn/protocols/websockets/websockets_impl.py of 0.15.0 and 0.16.0, websockets/legacy/server.py of 9.1
    source: 'https://github.com/Kludex/uvicorn/issues/1320',
    checked: '2026-11-29',
  },
  {
    package: 'channels-redis',
    affected: '==4.0.0',
    good: '4.1.0',
    condition: 'layer-of-a-celery-task',
    severity: 'warning',
    effect: {
      en: 'it keeps the connections of an event loop that has ended: what a Celery task sends through async_to_sync fails from the second time on ("RuntimeError: Event loop is closed")',
      fr: 'il garde les connexions d’une boucle d’événements terminée : ce qu’une tâche Celery envoie par async_to_sync échoue dès la deuxième fois (« RuntimeError: Event loop is closed »)',
    },
    source: 'https://github.com/django/channels_redis/issues/332',
    checked: '2026-11-29',
  },
]
