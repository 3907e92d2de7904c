import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { configurations } from './configs.ts'

/** Servers that are asked, and the releases of each, newest first. */
export const releases: Readonly<Record<string, readonly [string, string]>> = {
  daphne: ['4.2.3', '4.0.0'],
  uvicorn: ['0.54.0', '0.29.0'],
  gunicorn: ['27.0.1', '20.1.0'],
  hypercorn: ['0.18.0', '0.14.4'],
  granian: ['2.8.7', '1.7.6'],
  waitress: ['3.0.2', '2.1.2'],
}

/** Config vars of the dyno on which the lines run: those of heroku-buildpack-python, one worker. */
export const variables: Readonly<Record<string, string>> = {
  PORT: '5151',
  WEB_CONCURRENCY: '1',
  FORWARDED_ALLOW_IPS: '*',
  GUNICORN_CMD_ARGS: '--access-logfile -',
}

/** The command lines of a server. */
export function linesOf(server: string): string[] {
  const text = readFileSync(join(import.meta.dirname, `lines/${server}.txt`), 'utf8')
  return text.split('\n').filter((line) => line !== '')
}

const probes = [
  'mysite/__init__.py',
  'mysite/asgi.py',
  'mysite/wsgi.py',
  'backend/api/__init__.py',
  'backend/api/asgi.py',
]

/** The project in which the lines run: probe applications and configuration files. */
export function projectFiles(): Record<string, string> {
  const own = probes.map((path) => [path, readFileSync(join(import.meta.dirname, 'probe', path), 'utf8')])
  return { ...Object.fromEntries(own), 'manage.py': '', ...configurations }
}
