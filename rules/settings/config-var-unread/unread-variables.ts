import type { App } from '../../../src/app/app.ts'
import { mentionedVariables } from '../../../src/app/settings/mentioned-variables.ts'
import type { Place } from '../../../src/contracts/place.ts'
import { uniqueBy } from '../../../src/unique-by.ts'

/** A variable that a manifest, the configuration or the deployed app sets and no code mentions. */
export interface Unread {
  readonly name: string
  readonly at: Place
}

/** Read by Heroku, a buildpack, Python, a server or a client library itself. */
const PLATFORM =
  /^(DISABLE_COLLECTSTATIC|DEBUG_COLLECTSTATIC|WEB_CONCURRENCY|WEB_MEMORY|PORT|PYTHON\w*|PIP_\w+|PIPENV_\w+|POETRY_\w+|UV_\w+|DJANGO_SETTINGS_MODULE|DJANGO_CONFIGURATION|DJANGO_SUPERUSER_\w+|DJANGO_ALLOW_ASYNC_UNSAFE|ASGI_THREADS|GUNICORN_CMD_ARGS|FORWARDED_ALLOW_IPS|UVICORN_\w+|GRANIAN_\w+|BUILDPACK_URL|NODE_\w+|NPM_\w+|YARN_\w+|USE_NPM_INSTALL|USE_YARN_CACHE|BUILD_DIR|LANG|LC_ALL|TZ|CI|HEROKU_\w+|DATABASE_URL|PG\w+|REDIS_URL|REDIS_TLS_URL|REDISCLOUD_URL|SENTRY_\w+|NEW_RELIC_\w+|DD_\w+|DATADOG_\w+|SCOUT_\w+|ROLLBAR_\w+|HONEYBADGER_\w+|AWS_\w+|GOOGLE_APPLICATION_CREDENTIALS|CLOUDINARY_URL|SSL_CERT_\w+|REQUESTS_CA_BUNDLE|LD_LIBRARY_PATH|GDAL_LIBRARY_PATH|GEOS_LIBRARY_PATH|CELERY_BROKER_URL|FLOWER_\w+|RAILS_ENV|PROJECT_PATH|SUBDIR|MONOREPO_\w+|APP_BASE|CHROME\w*|GOOGLE_CHROME\w*|CHROMEDRIVER\w*|REMAP_SIGTERM|JEMALLOC_\w+|MALLOC_\w+|OPENSSL_\w+|ENABLE_\w+|AUTO_MIGRATE)$/

/** Variables of app.json, heroku.yml, the tool's own configuration and the deployed app that nothing in the repository mentions. Documentation and manifests do not count. */
export function unreadVariables(app: App): Unread[] {
  const { appJson, herokuYml } = app.manifest
  const stated = [...app.config.envAt].filter(([name]) => app.config.env[name] !== false)
  const entries = [
    ...(appJson?.env ?? []),
    ...(herokuYml?.env ?? []),
    ...stated.map(([name, at]) => ({ name, at })),
    ...setByHand(app),
  ].filter(({ name }) => !PLATFORM.test(name))
  // What fills the settings from outside reads variables by rules of its own.
  if (entries.length === 0 || app.settings.evaluation?.open !== undefined) return []
  const { names: mentioned, whole } = mentionedVariables(app.tree, new Set(entries.map(({ name }) => name)))
  if (!whole) return []
  // A library may read one by a name of its own: django_heroku SECRET_KEY.
  const reads = app.settings.evaluation?.reads
  const unread = entries
    .filter(({ name }) => !mentioned.has(name) && reads?.has(name) !== true)
    .map(({ name, at }) => ({ name, at }))
  // One that a manifest sets as well is told there.
  return uniqueBy(unread, ({ name }) => name)
}

/**
 * Config vars of the deployed app that no add-on sets. Where nothing lists the add-ons, URLs and secrets may be theirs and are
 * left out.
 */
function setByHand({ snapshot }: App): Unread[] {
  const theirs = snapshot?.addons?.flatMap(({ variables }) => variables)
  return [...(snapshot?.config ?? [])]
    .filter(([name, { shape }]) =>
      theirs === undefined ? !/^secret$|^url$|-url\b/.test(shape) : !theirs.includes(name) && !isTwin(name, theirs),
    )
    .map(([name, { at }]) => ({ name, at }))
}

/** Add-ons leave further variables of their prefix behind: `PAPERTRAIL_API_TOKEN` beside `PAPERTRAIL_URL`. */
function isTwin(name: string, theirs: readonly string[]): boolean {
  const [prefix = ''] = name.split('_')
  return theirs.some((other) => other.startsWith(`${prefix}_`))
}
