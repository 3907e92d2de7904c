import { hostname, isLoopback } from '../knowledge/hosts.ts'
import type { Meaning } from './model.ts'

/** What a server said of itself as it started. */
export interface Announcement {
  readonly name: 'daphne' | 'uvicorn' | 'gunicorn' | 'hypercorn' | 'granian' | 'runserver'
  readonly what: 'starts' | 'listens'
  /** `0.0.0.0:5000`. */
  readonly address: string
}

/** Words of which every announcement has one. */
export const announcing = [
  'Starting server',
  'development server at',
  'Listening ',
  'unning on http',
  'Using worker',
] as const

/** Reads the start line of a server: daphne 2 to 4, uvicorn, gunicorn, hypercorn, granian, Django's and daphne's runserver. */
export function readAnnouncement(text: string): Announcement | undefined {
  const daphne = /Starting server at tcp:port=(\d{1,5})(?::interface=(\S+))?/.exec(text)
  if (daphne !== null) {
    const host = (daphne[2] ?? '').replaceAll('\\:', ':').replace(/,$/, '')
    return { name: 'daphne', what: 'starts', address: `${host.includes(':') ? `[${host}]` : host}:${daphne[1]}` }
  }
  const listens = (name: Announcement['name'], match: RegExpExecArray | null): Announcement | undefined => {
    const address = match?.[1]?.replace(/^https?:\/\//, '').replace(/\/$/, '')
    return address === undefined ? undefined : { name, what: 'listens', address: address.slice(0, 60) }
  }
  return (
    listens('daphne', /Listening on TCP address (\S+)/.exec(text)) ??
    listens('runserver', /Starting (?:ASGI\/\S+ version \S+ )?development server at (\S+)/.exec(text)) ??
    listens('uvicorn', /Uvicorn running on (https?:\/\/\S+)/.exec(text)) ??
    listens('hypercorn', /Running on (https?:\/\/\S+) \(CTRL \+ C to quit\)/.exec(text)) ??
    listens('gunicorn', /Listening at: (https?:\/\/\S+) \(\d+\)/.exec(text)) ??
    listens('granian', /\[INFO\] Listening at: (\S+)\s*$|granian\S* - INFO\s+- Listening at: (\S+)/.exec(text))
  )
}

const loopback: Meaning = {
  id: 'server/loopback',
  kind: 'application',
  name: {
    en: 'the server listens on the loopback interface',
    fr: 'le serveur écoute sur la boucle locale',
  },
  severity: 'error',
  hop: 'boot',
  meaning: {
    en: 'The web server listens on 127.0.0.1 only: the router never reaches it, and R10 follows.',
    fr: 'Le serveur web n’écoute que sur 127.0.0.1 : le routeur ne l’atteint jamais, et R10 suit.',
  },
  rules: ['procfile/bind-host'],
}
const development: Meaning = {
  id: 'server/development',
  kind: 'application',
  name: { en: 'web runs the development server', fr: 'web lance le serveur de développement' },
  severity: 'warning',
  hop: 'boot',
  meaning: {
    en: 'manage.py runserver answers the requests: it is made for development, and without daphne it takes no WebSocket.',
    fr: 'manage.py runserver répond aux requêtes : il est fait pour le développement et, sans daphne, ne prend aucun WebSocket.',
  },
  rules: ['procfile/dev-server'],
}
const wsgi: Meaning = {
  id: 'server/wsgi',
  kind: 'application',
  name: { en: 'gunicorn with a WSGI worker', fr: 'gunicorn avec un worker WSGI' },
  severity: 'warning',
  hop: 'handshake',
  meaning: {
    en: 'gunicorn runs a WSGI worker: a WebSocket never reaches Channels.',
    fr: 'gunicorn tourne avec un worker WSGI : un WebSocket n’atteint jamais Channels.',
  },
  rules: ['procfile/wsgi-server'],
}

/** What a start line of a web dyno gives away at once. */
export function announced(announcement: Announcement): Meaning | undefined {
  if (announcement.name === 'runserver') return development
  return isLoopback(hostname(announcement.address)) ? loopback : undefined
}

/** gunicorn's `Using worker: sync`: its WSGI workers have these names. */
export function readWorker(text: string): Meaning | undefined {
  return /Using worker: (?:sync|gthread|eventlet|gevent(?:_wsgi|_pywsgi)?|tornado)\s*$/.test(text) ? wsgi : undefined
}
