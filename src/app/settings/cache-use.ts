import type { Place } from '../../contracts/place.ts'
import { itemsOf, plain, type Value } from '../../evaluate/python/value.ts'
import { readText } from '../../files/tree.ts'
import { cacheless } from '../../knowledge/packages/cacheless.ts'
import { parsedFile } from '../../syntax/python/file.ts'
import { literalText, type PythonNode, walk } from '../../syntax/python/walk.ts'
import type { App } from '../app.ts'
import { eachStanding } from '../asgi/project-functions.ts'
import { type CodeFile, codeOf, dottedOf } from '../asgi/python-code.ts'
import { frontendFiles } from '../frontend/files.ts'
import { goesOn } from './caught-client.ts'
import type { RedisClient } from './model.ts'

/** `caught`: every question stands in a `try` whose handlers take that there is no answer. `unasked`: there is none. */
export type SparedCache = 'caught' | 'unasked'

/**
 * What no page and no socket suffers from, though a cache of CACHES fails: undefined where something asks it outside of a `try`, or
 * where that cannot be told, as of packages that may.
 */
export function sparedCache(app: App, { alias, assignment }: RedisClient): SparedCache | undefined {
  const { settings } = app
  if (alias === undefined || app.project.bounded || !settings.sure || mayBeAskedBySettings(app)) return undefined
  if (alias !== 'default') return isNamed(app, alias, assignment) ? undefined : 'unasked'
  if (isAskedByTemplate(app)) return undefined
  const code = codeOf(app)
  const answers = code.files.flatMap((path) => {
    const file = mentioning.test(code.source(path)?.text ?? '') ? code.file(path) : undefined
    return file === undefined ? [] : usesIn(file)
  })
  if (answers.length === 0) return 'unasked'
  return answers.every((isCaught) => isCaught) ? 'caught' : undefined
}

/** Most files do not have the words at all: they need no parse. */
const mentioning = /cache|redis|limit|throttl/

/** Sessions in a cache, throttles of REST framework, and applications or middlewares of which nobody says that they ask none. */
function mayBeAskedBySettings(app: App): boolean {
  const { settings } = app
  const isEvery = (name: string, test: (value: Value) => boolean): boolean =>
    settings.get(name)?.alternatives.every(({ value }) => test(value)) ?? settings.isAbsent(name)
  const areKnown = (value: Value): boolean =>
    !isOpen(value) && itemsOf(value)?.every((item) => isCacheless(app, plain(item))) === true
  return !(
    isEvery('SESSION_ENGINE', (value) => besideCaches.test(plain(value) ?? '')) &&
    isEvery('REST_FRAMEWORK', hasNoThrottle) &&
    isEvery('INSTALLED_APPS', areKnown) &&
    isEvery('MIDDLEWARE', areKnown)
  )
}

const besideCaches = /^django\.contrib\.sessions\.backends\.(?:db|file|signed_cookies)$/

const isOpen = (value: Value): boolean => (value as { rest?: unknown }).rest !== undefined

const hasNoThrottle = (value: Value): boolean =>
  value.type === 'dict' &&
  !isOpen(value) &&
  value.entries.every(({ key }) => plain(key)?.includes('THROTTLE') === false)

/** What is the project's own is read with its code. */
function isCacheless({ project, settings }: App, name: string | undefined): boolean {
  if (name === undefined) return false
  const [top = ''] = name.split('.')
  const isKnown = cacheless.some((one) => name === one || name.startsWith(`${one}.`))
  return isKnown || project.resolve(top, settings.searchPath) !== undefined
}

/** Whether a text of the project that is no key of a dict beside CACHES is the name of a cache: an alias of sessions, `caches['pages']`. */
function isNamed(app: App, alias: string, { file }: Place): boolean {
  return app.project.python.some((path) => {
    const source = readText(app.tree, path)
    if (source?.text.includes(alias) === false) return false
    let found = source === undefined
    const keys = new Set<PythonNode>()
    if (source !== undefined)
      walk(parsedFile(source).module, (node) => {
        if (node.kind === 'Dict' && path === file) for (const key of node.keys) if (key !== undefined) keys.add(key)
        found ||= literalText(node) === alias && !keys.has(node)
        return !found
      })
    return found
  })
}

/** A template with `{% cache %}`. */
const isAskedByTemplate = ({ tree }: App): boolean =>
  frontendFiles(tree).all.some((path) => /\{%-?\s*load\b[^%]*\bcache\b/.test(readText(tree, path)?.text ?? ''))

const askers =
  /^(?:django\.core\.cache|django\.core\.cache\.\w+|django\.views\.decorators\.cache\.cache_page|django\.middleware\.cache\.\w+|(?:django_)?ratelimit\..*|django_redis\..*|rest_framework\.throttling\..*)$/

/** Each place where a file names what asks a cache: whether it stands in a `try` that goes on. */
function usesIn(file: CodeFile): boolean[] {
  const found: boolean[] = []
  eachStanding(file, (node, _, parents) => {
    if (node.kind !== 'Name' || !askers.test(dottedOf(node, file) ?? '')) return
    found.push(parents.some((parent, index) => isTaking(parent, parents[index + 1] ?? node, file)))
  })
  return found
}

/** A `try` whose handlers go on, around what stands below its body. */
const isTaking = (node: PythonNode, below: PythonNode, file: CodeFile): boolean =>
  node.kind === 'Try' && node.body.some((one) => one === below) && node.handlers.some((one) => goesOn(one, file))
