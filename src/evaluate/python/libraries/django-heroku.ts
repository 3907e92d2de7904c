import { dict, int, list, none, record, text, tuple } from '../constructors.ts'
import type { Machine } from '../interpreter/machine.ts'
import { library, native, nativeClass, type PythonRun, take } from '../library.ts'
import { notModelled } from '../reasons.ts'
import { type DictValue, plain, type Value } from '../value.ts'
import { parseDatabaseUrl } from './dj-database-url.ts'

/** What differs between django-heroku 0.3.1 and its fork django-on-heroku 1.1.2. */
type Fork = 'django_heroku' | 'django_on_heroku'

const whitenoise = 'whitenoise.middleware.WhiteNoiseMiddleware'

/** Reads and changes the dict that `settings()` is given: mostly `locals()`, which is live. */
interface Target {
  has(name: string): boolean
  get(name: string): Value
  set(name: string, value: Value): void
}

function targetOf(run: PythonRun, config: Value): Target {
  return {
    has: (name) => run.contains(config, text(name, run.at)) ?? false,
    get: (name) => run.item(config, text(name, run.at)),
    set: (name, value) => run.setItem(config, text(name, run.at), value),
  }
}

/** `settings(config, *, db_colors=False, databases=True, …)` */
function settings(fork: Fork): Value {
  return native(`${fork}.settings`, (run, args) => {
    run.event({ type: 'call', path: `${fork}.settings`, args })
    const given = take(run, 'settings', args, [
      'config',
      '*db_colors?',
      '*databases?',
      '*test_runner?',
      '*staticfiles?',
      '*allowed_hosts?',
      '*logging?',
      '*secret_key?',
      '*geodjango?',
      '*db_ssl_required?',
    ])
    const wants = (name: string, fallback = true): boolean => {
      const value = given[name]
      return value === undefined ? fallback : run.truth(value)
    }
    const config = given.config
    if (config === undefined || (config.type !== 'dict' && config.type !== 'object')) {
      return run.unknown(notModelled(`${fork}.settings`))
    }
    const target = targetOf(run, config)
    const ssl = fork === 'django_on_heroku' ? wants('db_ssl_required') : true
    if (wants('databases')) databases(run, fork, target, wants('db_colors', false), ssl, wants('geodjango', false))
    if (wants('test_runner') && run.variable('CI') !== undefined) {
      target.set('TEST_RUNNER', text(`${fork}.HerokuDiscoverRunner`, run.at))
    }
    if (wants('staticfiles')) staticFiles(run, fork, target)
    if (wants('allowed_hosts')) target.set('ALLOWED_HOSTS', list([text('*', run.at)], run.at))
    if (wants('logging')) target.set('LOGGING', loggingSettings(run))
    if (wants('secret_key')) {
      const key = run.variable('SECRET_KEY')
      if (key !== undefined) target.set('SECRET_KEY', key)
    }
    // Whether it sets one rests on what it asked.
    const m = run as Machine
    m.wide = m.session.taints.union(m.wide, m.taint)
    return none(run.at)
  })
}

function databases(run: PythonRun, fork: Fork, target: Target, colors: boolean, ssl: boolean, gis: boolean): void {
  if (!target.has('DATABASES')) target.set('DATABASES', record({ default: none(run.at) }, run.at))
  const options = {
    conn_max_age: connectionAge(run, fork, target),
    ssl_require: { type: 'bool' as const, value: ssl, at: run.at },
  }
  if (colors) {
    for (const name of run.variableNames()) {
      if (!name.startsWith('HEROKU_POSTGRESQL')) continue
      const url = run.variable(name)
      if (url === undefined) continue
      const color = name.slice('HEROKU_POSTGRESQL_'.length).split('_')[0] as string
      run.setItem(target.get('DATABASES'), text(color, run.at), parseDatabaseUrl(run, url, options))
    }
  }
  const url = run.variable('DATABASE_URL')
  if (url === undefined) return
  const parsed = run.truth(url) ? parseDatabaseUrl(run, url, options) : dict([], run.at)
  if (gis && parsed.type === 'dict') useGis(run, parsed)
  run.setItem(target.get('DATABASES'), text('default', run.at), parsed)
  if (run.variable('CI') !== undefined) {
    const tests = fork === 'django_heroku' || parsed.type !== 'dict' ? parsed : copyOf(run, parsed)
    run.setItem(parsed, text('TEST', run.at), tests)
  }
}

function copyOf(run: PythonRun, original: DictValue): Value {
  const entries = original.entries.map((entry) => ({ ...entry }))
  return dict(entries, run.at, original.rest)
}

/** The fork lets CONN_MAX_AGE, a setting or a config var, say it. */
function connectionAge(run: PythonRun, fork: Fork, target: Target): Value {
  if (fork === 'django_heroku') return int(600, run.at)
  const variable = run.variable('CONN_MAX_AGE')
  const read =
    variable === undefined ? int(600, run.at) : run.call(run.attribute(run.importModule('builtins'), 'int'), [variable])
  return target.has('CONN_MAX_AGE') ? target.get('CONN_MAX_AGE') : read
}

function useGis(run: PythonRun, parsed: DictValue): void {
  const engine = parsed.entries.find((entry) => plain(entry.key) === 'ENGINE')
  const name = plain(engine?.value) ?? ''
  const gis = ['postgres', 'sqlite', 'oracle'].find((kind) => name.includes(kind))
  const backends = { postgres: 'postgis', sqlite: 'spatialite', oracle: 'oracle' }
  if (engine !== undefined && gis !== undefined) {
    engine.value = text(`django.contrib.gis.db.backends.${backends[gis as keyof typeof backends]}`, run.at)
  }
}

function staticFiles(run: PythonRun, fork: Fork, target: Target): void {
  const path = run.attribute(run.importModule('os.path'), 'join')
  target.set('STATIC_ROOT', run.call(path, [target.get('BASE_DIR'), text('staticfiles', run.at)]))
  target.set('STATIC_URL', text('/static/', run.at))
  const key = target.has('MIDDLEWARE_CLASSES') ? 'MIDDLEWARE_CLASSES' : 'MIDDLEWARE'
  const { items, rest } = run.iterate(target.get(key))
  const security = items.findIndex((item) => plain(item) === 'django.middleware.security.SecurityMiddleware')
  const at = fork === 'django_on_heroku' ? security + 1 : 0
  const all = [...items.slice(0, at), text(whitenoise, run.at), ...items.slice(at)]
  target.set(key, tuple(all, run.at, rest))
  target.set('STATICFILES_STORAGE', text('whitenoise.storage.CompressedManifestStaticFilesStorage', run.at))
}

function loggingSettings(run: PythonRun): Value {
  const say = (value: string): Value => text(value, run.at)
  const dictOf = (fields: Readonly<Record<string, Value>>): Value => record(fields, run.at)
  const verbose =
    '%(asctime)s [%(process)d] [%(levelname)s] pathname=%(pathname)s lineno=%(lineno)s ' +
    'funcname=%(funcName)s %(message)s'
  return dictOf({
    version: int(1, run.at),
    disable_existing_loggers: { type: 'bool', value: false, at: run.at },
    formatters: dictOf({
      verbose: dictOf({ format: say(verbose), datefmt: say('%Y-%m-%d %H:%M:%S') }),
      simple: dictOf({ format: say('%(levelname)s %(message)s') }),
    }),
    handlers: dictOf({
      null: dictOf({ level: say('DEBUG'), class: say('logging.NullHandler') }),
      console: dictOf({ level: say('DEBUG'), class: say('logging.StreamHandler'), formatter: say('verbose') }),
    }),
    loggers: dictOf({
      testlogger: dictOf({ handlers: list([say('console')], run.at), level: say('INFO') }),
    }),
  })
}

function herokuPackage(fork: Fork, module: string): ReturnType<typeof library> {
  return library(module, {
    settings: settings(fork),
    HerokuDiscoverRunner: nativeClass({ class: `${fork}.HerokuDiscoverRunner`, bases: [] }),
  })
}

/** django-heroku 0.3.1 and django-on-heroku 1.1.2: what `settings(locals())` sets. */
export const djangoHeroku = herokuPackage('django_heroku', 'django_heroku')
export const djangoHerokuCore = herokuPackage('django_heroku', 'django_heroku.core')
export const djangoOnHeroku = herokuPackage('django_on_heroku', 'django_on_heroku')
