import type { App } from '../../app/app.ts'
import { importEdit } from '../../app/project/imports.ts'
import { hostsFromVariable } from '../../app/settings/host-edits.ts'
import {
  elementPlaces,
  expressionAt,
  lineAfter,
  quoteAt,
  sourceText,
  usualQuote,
} from '../../app/settings/source-text.ts'
import { atLeast } from '../../app/settings/versions.ts'
import type { Edit } from '../../contracts/edit.ts'
import type { Place } from '../../contracts/place.ts'
import type { Alternative } from '../../evaluate/python/evaluation.ts'
import { isTruthy } from '../../evaluate/python/truth.ts'
import { entryOf, itemsOf, plain } from '../../evaluate/python/value.ts'
import { readText } from '../../files/tree.ts'
import { appended } from './layout.ts'
import type { Creator } from './preparation.ts'

/** A setting that is bound in one way only, by an assignment of the project's own files. */
function bound(app: App, name: string): Alternative | undefined {
  const found = app.settings.get(name)
  const [only, ...others] = found?.alternatives ?? []
  return others.length === 0 && only?.when.length === 0 && readText(app.tree, only.at.file) !== undefined
    ? only
    : undefined
}

const withQuotes = (app: App, file: string, text: string): string => text.replaceAll("'", usualQuote(app.tree, file))

/** Replaces a place by an expression that uses `os`. */
function fromEnvironment(app: App, at: Place, text: string, module = 'os'): readonly Edit[] {
  const imported = importEdit(app, at.file, module)
  return [...(imported === undefined ? [] : [imported]), { ...at, text }]
}

export const secretKey: Creator = (app) => {
  const key = bound(app, 'SECRET_KEY')
  const written = key && expressionAt(app.tree, key.value.at)
  if (key?.value.type !== 'str' || written?.kind !== 'Constant') return undefined
  const line = lineAfter(app.tree, key.value.at.file, key.value.at.span.end)
  if (line === undefined || line.indent !== '') return undefined
  const { file } = key.value.at
  const imported = importEdit(app, file, 'os')
  // The line with the key stays as it is: nobody has to show it to show the change.
  const text = "if 'DYNO' in os.environ:\n    SECRET_KEY = os.environ['SECRET_KEY']\n"
  return {
    title: {
      en: 'Take SECRET_KEY from a config var on the dyno',
      fr: 'Prendre SECRET_KEY dans une config var sur le dyno',
    },
    edits: [...(imported === undefined ? [] : [imported]), line.insert(withQuotes(app, file, text))],
  }
}

export const debug: Creator = (app) => {
  const value = bound(app, 'DEBUG')?.value
  if (value === undefined || isTruthy(value) !== true || expressionAt(app.tree, value.at)?.kind !== 'Constant')
    return undefined
  const q = usualQuote(app.tree, value.at.file)
  return {
    title: { en: 'Leave DEBUG off on a dyno', fr: 'Laisser DEBUG désactivé sur un dyno' },
    edits: fromEnvironment(app, value.at, `${q}DYNO${q} not in os.environ`),
  }
}

const local = /^(?:localhost|127\.0\.0\.1|\[::1\]|0\.0\.0\.0)$/

export const allowedHosts: Creator = (app) => {
  const value = bound(app, 'ALLOWED_HOSTS')?.value
  const items = value && itemsOf(value)
  if (value === undefined || items === undefined || expressionAt(app.tree, value.at)?.kind !== 'List') return undefined
  const hosts = items.map(plain)
  if (!hosts.every((host) => host !== undefined && (local.test(host) || host === '*'))) return undefined
  const edits = hostsFromVariable(app, value)
  return (
    edits && {
      title: { en: 'Take ALLOWED_HOSTS from a config var', fr: 'Prendre ALLOWED_HOSTS dans une config var' },
      edits,
    }
  )
}

export const csrfOrigins: Creator = (app) => {
  const hosts = bound(app, 'ALLOWED_HOSTS')
  if (app.settings.get('CSRF_TRUSTED_ORIGINS') !== undefined || hosts === undefined) return undefined
  // Before 4.0 they were host names, and those of ALLOWED_HOSTS needed none.
  if (atLeast(app.dependencies, 'django', '4.0') !== true) return undefined
  const line = lineAfter(app.tree, hosts.at.file, hosts.value.at.span.end)
  if (line === undefined || line.indent !== '' || hosts.value.at.file !== hosts.at.file) return undefined
  const text = `CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get('CSRF_TRUSTED_ORIGINS', '').split(',') if origin]\n`
  const imported = importEdit(app, hosts.at.file, 'os')
  return {
    title: {
      en: 'Take CSRF_TRUSTED_ORIGINS from a config var',
      fr: 'Prendre CSRF_TRUSTED_ORIGINS dans une config var',
    },
    edits: [...(imported === undefined ? [] : [imported]), line.insert(withQuotes(app, hosts.at.file, text))],
  }
}

export const database: Creator = (app) => {
  if (app.settings.evaluation?.reads.has('DATABASE_URL') !== false) return undefined
  const value = bound(app, 'DATABASES')?.value
  const entry = value?.type === 'dict' ? entryOf(value, 'default')?.value : undefined
  if (entry?.type !== 'dict' || expressionAt(app.tree, entry.at)?.kind !== 'Dict') return undefined
  const engine = plain(entryOf(entry, 'ENGINE')?.value)
  const name = entryOf(entry, 'NAME')?.value
  const written = name && sourceText(app.tree, name.at)
  if (engine !== 'django.db.backends.sqlite3' || written === undefined || written.includes('\n')) return undefined
  const inner = written.includes('"') ? '"' : "'"
  const outer = inner === '"' ? "'" : '"'
  if (written.includes(outer) || /^[A-Za-z]*['"]/.test(written) !== false) return undefined
  return {
    title: { en: 'Take the database from DATABASE_URL', fr: 'Prendre la base de données dans DATABASE_URL' },
    edits: fromEnvironment(
      app,
      entry.at,
      `dj_database_url.config(default=f${outer}sqlite:///{${written}}${outer})`,
      'dj_database_url',
    ),
  }
}

const security = 'django.middleware.security.SecurityMiddleware'

export const staticFiles: Creator = (app) => {
  const value = bound(app, 'MIDDLEWARE')?.value
  const items = value && itemsOf(value)
  const apps = app.settings.get('INSTALLED_APPS')?.alternatives[0]?.value
  const serves = (apps && itemsOf(apps))?.some((one) => plain(one) === 'django.contrib.staticfiles') === true
  if (value === undefined || items === undefined || !serves) return undefined
  if (app.dependencies.installed('whitenoise').state !== 'installed') return undefined
  if (items.some((item) => /whitenoise|servestatic/i.test(plain(item) ?? 'whitenoise'))) return undefined
  const place = elementPlaces(app.tree, value.at)?.find((_, index) => plain(items[index]) === security)
  if (place === undefined) return undefined
  const q = quoteAt(app.tree, place)
  const indent = lineAfter(app.tree, place.file, place.span.start)?.indent ?? ''
  const end = { start: place.span.end, end: place.span.end }
  const lines = sourceText(app.tree, value.at)?.includes('\n') === true
  const between = lines ? `,\n${indent}` : ', '
  return {
    title: { en: 'Serve static files with WhiteNoise', fr: 'Servir les fichiers statiques avec WhiteNoise' },
    edits: [{ file: place.file, span: end, text: `${between}${q}whitenoise.middleware.WhiteNoiseMiddleware${q}` }],
  }
}

/** STATIC_ROOT where STATIC_URL is not followed by one. */
export const staticRoot: Creator = (app) => {
  const url = bound(app, 'STATIC_URL')
  const base = bound(app, 'BASE_DIR')
  if (app.settings.get('STATIC_ROOT') !== undefined || url === undefined || base === undefined) return undefined
  const line = lineAfter(app.tree, url.at.file, url.value.at.span.end)
  if (line === undefined || line.indent !== '' || url.value.at.file !== url.at.file) return undefined
  const path = base.value.type === 'object'
  const text = path
    ? `STATIC_ROOT = BASE_DIR / 'staticfiles'\n`
    : `STATIC_ROOT = os.path.join(BASE_DIR, 'staticfiles')\n`
  const imported = path ? undefined : importEdit(app, url.at.file, 'os')
  return {
    title: { en: 'Say where collectstatic puts its files', fr: 'Indiquer où collectstatic met ses fichiers' },
    edits: [...(imported === undefined ? [] : [imported]), line.insert(withQuotes(app, url.at.file, text))],
  }
}

const redisLines = [
  '',
  '# Redis of Heroku speaks TLS with a certificate of its own making; a local one speaks plain.',
  "REDIS_URL = os.environ.get('REDIS_URL', 'redis://localhost:6379/0')",
  "redis_host = {'address': REDIS_URL}",
  "if REDIS_URL.startswith('rediss://'):",
  "    redis_host['ssl_cert_reqs'] = None",
  '',
  'CHANNEL_LAYERS = {',
  "    'default': {",
  "        'BACKEND': 'channels_redis.core.RedisChannelLayer',",
  "        'CONFIG': {'hosts': [redis_host]},",
  '    },',
  '}',
]

/** Redis as the layer, where there is none, where it stays in the process, or where it is a machine of the developer's. */
export const channelLayer: Creator = (app) => {
  const { file, channelLayers } = app.settings
  const [only, ...others] = channelLayers
  if (file === undefined || only === undefined || others.length > 0 || only.when.length > 0) return undefined
  if (app.settings.evaluation?.reads.has('REDIS_URL') === true) return undefined
  const title = { en: 'Use Redis with TLS as the channel layer', fr: 'Utiliser Redis avec TLS comme channel layer' }
  const imported = importEdit(app, file, 'os')
  const imports = imported === undefined ? [] : [imported]
  if (only.state === 'unset') {
    const end = appended(app, file, redisLines)
    return { title, edits: [...imports, { ...end, text: withQuotes(app, file, end.text) }] }
  }
  const { at, layer } = only
  if (only.state !== 'configured' || at === undefined || layer === undefined || only.aliases.length !== 1)
    return undefined
  if (!isLocal(app, layer)) return undefined
  const value = bound(app, 'CHANNEL_LAYERS')?.value
  if (value === undefined || value.at.file !== file || expressionAt(app.tree, value.at)?.kind !== 'Dict')
    return undefined
  const whole = sourceText(app.tree, at)?.startsWith('CHANNEL_LAYERS') === true ? at : undefined
  const start =
    whole?.span.start ?? readText(app.tree, file)?.text.lastIndexOf('CHANNEL_LAYERS', value.at.span.start) ?? -1
  if (start < 0) return undefined
  const text = withQuotes(app, file, redisLines.slice(1).join('\n'))
  return { title, edits: [...imports, { file, span: { start, end: value.at.span.end }, text }] }
}

function isLocal(
  app: App,
  { backend, hosts }: NonNullable<App['settings']['channelLayers'][number]['layer']>,
): boolean {
  if (backend === 'channels.layers.InMemoryChannelLayer') return true
  if (backend !== 'channels_redis.core.RedisChannelLayer' || hosts?.length !== 1) return false
  const [host] = hosts
  const text = host && sourceText(app.tree, host.at)
  return text !== undefined && /\b(?:localhost|127\.0\.0\.1|redis)\b/.test(text) && !text.includes('environ')
}
