import type { App } from '../../../src/app/app.ts'
import { skippedFolders } from '../../../src/app/project/walk.ts'
import type { Place } from '../../../src/contracts/place.ts'
import { type FileTree, readText } from '../../../src/files/tree.ts'
import type { Expression, Statement } from '../../../src/syntax/python/ast.ts'
import { parseFile } from '../../../src/syntax/python/file.ts'
import { literalText, type PythonNode, walk } from '../../../src/syntax/python/walk.ts'
import { uniqueBy } from '../../../src/unique-by.ts'

/** A variable that a manifest, the configuration or the deployed app sets and no code mentions. */
export interface Unread {
  readonly name: string
  readonly at: Place
}

/** Read by Heroku, a buildpack, Python, a server or a client library itself. */
const PLATFORM =
  /^(DISABLE_COLLECTSTATIC|DEBUG_COLLECTSTATIC|WEB_CONCURRENCY|WEB_MEMORY|PORT|PYTHON\w*|PIP_\w+|PIPENV_\w+|POETRY_\w+|UV_\w+|DJANGO_SETTINGS_MODULE|DJANGO_CONFIGURATION|DJANGO_SUPERUSER_\w+|DJANGO_ALLOW_ASYNC_UNSAFE|ASGI_THREADS|GUNICORN_CMD_ARGS|FORWARDED_ALLOW_IPS|UVICORN_\w+|GRANIAN_\w+|BUILDPACK_URL|NODE_\w+|NPM_\w+|YARN_\w+|USE_NPM_INSTALL|USE_YARN_CACHE|BUILD_DIR|LANG|LC_ALL|TZ|CI|HEROKU_\w+|DATABASE_URL|PG\w+|REDIS_URL|REDIS_TLS_URL|REDISCLOUD_URL|SENTRY_\w+|NEW_RELIC_\w+|DD_\w+|DATADOG_\w+|SCOUT_\w+|ROLLBAR_\w+|HONEYBADGER_\w+|AWS_\w+|GOOGLE_APPLICATION_CREDENTIALS|CLOUDINARY_URL|SSL_CERT_\w+|REQUESTS_CA_BUNDLE|LD_LIBRARY_PATH|GDAL_LIBRARY_PATH|GEOS_LIBRARY_PATH|CELERY_BROKER_URL|FLOWER_\w+|RAILS_ENV|PROJECT_PATH|SUBDIR|MONOREPO_\w+|APP_BASE|CHROME\w*|GOOGLE_CHROME\w*|CHROMEDRIVER\w*|REMAP_SIGTERM|JEMALLOC_\w+|MALLOC_\w+|OPENSSL_\w+|ENABLE_\w+|AUTO_MIGRATE)$/

/** Libraries that make variable names of field names, prefixes or tables, so that no name need be written. */
const COMPUTED_NAMES =
  /BaseSettings|Dynaconf|dynaconf|\.prefixed\(|env_prefix|\bconfigurations\b|os\.environ\.items\(|environ\[f['"]|getenv\(f['"]|environ\.get\(f['"]/

const CODE =
  /(\.(py|pyi|js|mjs|cjs|ts|mts|tsx|jsx|vue|svelte|html|sh|bash|toml|cfg|ini|conf|rb|go|php)|(^|\/)(Procfile[^/]*|Dockerfile[^/]*|Makefile|Justfile|[^./]+))$/

/** What the tool's own configuration says is no reading of it. */
const OWN_FILE = /^dynolint\.(toml|ya?ml)$/

const FILE_LIMIT = 6000

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
  const mentioned = mentions(app.tree, new Set(entries.map(({ name }) => name)))
  if (mentioned === undefined) return []
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

/**
 * Whether code may read a variable: its whole name stands there, in Python as a text, a keyword or an attribute. A setting
 * of that name (`DEBUG = False`) reads nothing, and neither does a level of the log (`'level': 'DEBUG'`).
 */
function isRead(tree: FileTree, path: string, text: string, name: string): boolean {
  const whole = new RegExp(`(?<![A-Za-z0-9_])${name.replace(/\W/g, '\\$&')}(?![A-Za-z0-9_])`)
  if (!whole.test(text)) return false
  const module = path.endsWith('.py') ? parseFile(tree, path)?.module : undefined
  if (module === undefined || module.problems.length > 0) return true
  let read = false
  const levels = new Set<Expression>()
  walk(module, (node) => {
    for (const level of logLevels(node)) levels.add(level)
    if (node.kind === 'Constant')
      read ||= node.value.type === 'str' && whole.test(node.value.value) && !levels.has(node)
    else if (node.kind === 'Attribute') read ||= node.attr === name && !isSettings(node.value)
    else if (node.kind === 'Call') read ||= node.keywords.some(({ arg }) => arg === name)
    else if (node.kind === 'ClassDef') read ||= node.body.some((field) => isField(field, name))
    return !read
  })
  return read
}

/** What a node hands to `logging` as a level. */
function logLevels(node: PythonNode): readonly Expression[] {
  if (node.kind === 'Dict') return node.values.filter((_, index) => literalText(node.keys[index]) === 'level')
  if (node.kind !== 'Call') return []
  const named = node.keywords.filter(({ arg }) => arg === 'level').map(({ value }) => value)
  return node.func.kind === 'Attribute' && node.func.attr === 'setLevel' ? [...named, ...node.args] : named
}

/** Libraries fill the fields of a class from variables of their names. */
function isField(node: Statement, name: string): boolean {
  const targets = node.kind === 'Assign' ? node.targets : node.kind === 'AnnAssign' ? [node.target] : []
  return targets.some((target) => target.kind === 'Name' && target.id === name)
}

/** `settings.DEBUG` is the setting, not the variable. */
const isSettings = (node: Expression): boolean => node.kind === 'Name' && node.id === 'settings'

/** Which of the names stand in code; undefined when names may be computed, or the repository is too large to tell. */
function mentions(tree: FileTree, names: ReadonlySet<string>): ReadonlySet<string> | undefined {
  const found = new Set<string>()
  let files = 0
  let computed = false

  function visit(folder: string): void {
    for (const { name, kind } of tree.list(folder)) {
      if (computed || files > FILE_LIMIT) return
      const path = folder === '' ? name : `${folder}/${name}`
      if (kind === 'directory') {
        if (!skippedFolders.has(name)) visit(path)
      } else if (CODE.test(path) && !OWN_FILE.test(name)) {
        files++
        const text = readText(tree, path)?.text
        if (text === undefined) continue
        if (path.endsWith('.py') && COMPUTED_NAMES.test(text)) computed = true
        for (const one of names) if (!found.has(one) && isRead(tree, path, text, one)) found.add(one)
      }
    }
  }

  visit('')
  return computed || files > FILE_LIMIT ? undefined : found
}
