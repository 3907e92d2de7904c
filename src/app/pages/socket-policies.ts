import type { Place } from '../../contracts/place.ts'
import type { Untold } from '../../contracts/untold.ts'
import type { Condition } from '../../evaluate/condition.ts'
import type { PagePolicy } from '../../evaluate/python/evaluation.ts'
import { passMiddleware } from '../../evaluate/python/libraries/django-policy.ts'
import { isTruthy } from '../../evaluate/python/truth.ts'
import { itemsOf, plain, type StrValue, type Value } from '../../evaluate/python/value.ts'
import type { App } from '../app.ts'
import { type Code, type CodeFile, codeOf } from '../asgi/python-code.ts'
import { eachNode } from '../project/nodes.ts'
import { runModule } from '../settings/run-module.ts'
import { atLeast } from '../settings/versions.ts'
import { firstPage } from './first-page.ts'

/** What a page's policy says of sockets, on some of the paths through settings and middleware. */
export interface SocketPolicy {
  readonly when: readonly Condition[]
  /** `open`: none, or one that says nothing of connections. Undefined: it cannot be told. */
  readonly connections: Connections | 'open' | undefined
  /** The browser makes `wss:` of `ws:`: `upgrade-insecure-requests`. Undefined: it cannot be told. */
  readonly upgrades: boolean | undefined
}

/** The directive that decides of connections: `connect-src`, or `default-src` where there is none. */
export interface Connections {
  readonly directive: string
  /** Undefined: one that is not known. */
  readonly sources: readonly (string | undefined)[]
  readonly at: Place
}

/**
 * The content policies that Django gives to pages which open sockets from these files: by MIDDLEWARE, on each path. Empty when no
 * code and no setting has to do with one, or the settings cannot be read.
 */
export function socketPolicies(app: App, files: readonly string[]): readonly SocketPolicy[] {
  const { settings } = app
  const { module, searchPath, environment, evaluation } = settings
  if (module === undefined || evaluation === undefined || evaluation.certainCrash !== undefined) return []
  const code = codeOf(app)
  const named = new Set(middlewareNames(app))
  const writers = code.files.filter((path) => writesPolicy(code, path))
  if (writers.length === 0 && ![...named].some((name) => /^csp\.|\.csp\./.test(name))) return []
  const own = new Set([...named].map((name) => code.module(name.slice(0, name.lastIndexOf('.')))?.path))
  const options = {
    path: isFirstPage(app, files) ? '/' : undefined,
    others: writers.some((path) => !own.has(path)) || code.files.some((path) => decoratesPolicy(code, path)),
    old: atLeast(app.dependencies, 'django-csp', '4.0') === false,
  }
  const variables = environment.forProcess([
    { name: 'DJANGO_SETTINGS_MODULE', parts: [module], at: { file: '', span: { start: 0, end: 0 } } },
  ])
  const run = runModule(app, module, searchPath, variables, {
    key: `policy ${JSON.stringify(options)}`,
    run: (m) => passMiddleware(m, options),
  })
  return run.paths.flatMap(({ crash, when, events }) => {
    const found = crash === undefined ? events.find(({ type }) => type === 'policy') : undefined
    return found?.type === 'policy'
      ? [{ when, connections: connectionsOf(found.policy), upgrades: upgradesIn(found.policy) }]
      : []
  })
}

/** The page with the socket may have none of Django's, or one that its view gives it. */
export const whichPolicy = {
  what: { en: 'the content policy of the pages', fr: 'la politique de contenu des pages' },
  why: {
    en: 'which one the page with the socket has cannot be told',
    fr: 'on ne peut pas savoir laquelle s’applique à la page du socket',
  },
  at: undefined,
} as const satisfies Untold

function middlewareNames(app: App): string[] {
  const alternatives = app.settings.get('MIDDLEWARE')?.alternatives ?? []
  return alternatives.flatMap(({ value }) => (itemsOf(value) ?? []).flatMap((item) => plain(item) ?? []))
}

/** Whether the view of `/` renders each of these files, or one that the name of a template stands for. */
function isFirstPage(app: App, files: readonly string[]): boolean {
  const names = firstPage(app)?.paths.flatMap(({ rendered }) => rendered.map(({ name }) => name)) ?? []
  return files.length > 0 && files.every((file) => names.some((name) => file === name || file.endsWith(`/${name}`)))
}

/** Whether a file names the header itself. */
function writesPolicy(code: Code, path: string): boolean {
  if (!/content-security-policy/i.test(code.source(path)?.text ?? '')) return false
  let found = false
  eachNode(code.file(path)?.tree.body, (node) => {
    if (node.kind === 'Constant' && node.value.type === 'str')
      found ||= node.value.value.toLowerCase() === 'content-security-policy'
    return !found
  })
  return found
}

/** Whether a file imports decorators with which a view gets a policy of its own, or none: those of Django 6.0 and django-csp. */
function decoratesPolicy(code: Code, path: string): boolean {
  if (code.source(path)?.text.includes('csp') !== true) return false
  const file = code.file(path)
  return file !== undefined && importsOf(file).some((dotted) => decorators.test(dotted))
}

const decorators = /^(?:csp\.decorators|django\.views\.decorators\.csp)(?:\.|$)/

/** Everything that a file imports, by its dotted path. */
function importsOf(file: CodeFile): string[] {
  const modules: string[] = []
  eachNode(file.tree.body, (node) => {
    if (node.kind === 'Import') modules.push(...node.names.map(({ name }) => name))
    return true
  })
  return [...modules, ...file.stars, ...file.imports.values()]
}

const directives = ['connect-src', 'default-src'] as const

function connectionsOf(policy: PagePolicy): SocketPolicy['connections'] {
  switch (policy.by) {
    case 'none':
      return 'open'
    case 'unknown':
      return undefined
    case 'text':
      return policy.value.type === 'str' ? inText(policy.value, policy.at) : undefined
    case 'directives': {
      const directive = directives.find((name) => policy.values.has(name))
      const value = directive === undefined ? undefined : policy.values.get(directive)
      if (directive === undefined || value === undefined) return 'open'
      return { directive, sources: sourcesOf(value), at: value.at }
    }
  }
}

const upgrading = 'upgrade-insecure-requests'

function upgradesIn(policy: PagePolicy): boolean | undefined {
  switch (policy.by) {
    case 'none':
      return false
    case 'unknown':
      return undefined
    case 'text':
      return policy.value.type === 'str' ? asksToUpgrade(withHoles(policy.value)) : undefined
    case 'directives': {
      const value = policy.values.get(upgrading)
      return value === undefined ? false : isTruthy(value)
    }
  }
}

/** Whether a policy as a text makes browsers ask for everything over https; undefined: a hole may say so. */
export function asksToUpgrade(policy: string): boolean | undefined {
  const names = policy.split(';').map((part) => part.trim().split(/\s+/)[0]?.toLowerCase() ?? '')
  if (names.includes(upgrading)) return true
  return names.some((name) => name.includes(hole)) ? undefined : false
}

/** Stands for a part of a text that nobody knows. */
const hole = '\0'

const withHoles = ({ parts }: StrValue): string =>
  parts.map((part) => (typeof part === 'string' ? part : hole)).join('')

/** What a policy as a text says. A hole alone in the place of a directive may be any number of them. */
function inText(value: StrValue, written: Place): SocketPolicy['connections'] {
  const { at } = value
  const all = withHoles(value)
    .split(';')
    .map((part) => part.trim().split(/\s+/))
  const isOpen = all.some(([name]) => name?.includes(hole))
  for (const directive of directives) {
    const [first] = all.filter(([name]) => name?.toLowerCase() === directive)
    if (first !== undefined) {
      const sources = first.slice(1).map((source) => (source.includes(hole) ? undefined : source))
      return { directive, sources, at: at.file === '' ? written : at }
    }
    if (isOpen) return undefined
  }
  return 'open'
}

function sourcesOf(value: Value): (string | undefined)[] {
  const text = plain(value)
  if (text !== undefined) return text.split(/\s+/)
  const items = itemsOf(value)?.map(sourceOf) ?? [undefined]
  const isOpen = 'rest' in value && value.rest !== undefined
  return isOpen ? [...items, undefined] : items
}

/** Constants of `django.utils.csp.CSP` and `csp.constants` are named as the keywords they stand for. */
function sourceOf(value: Value): string | undefined {
  const [, name] =
    (value.type === 'external' && /^(?:django\.utils\.csp\.CSP|csp\.constants)\.([A-Z_]+)$/.exec(value.path)) || []
  return name === undefined ? plain(value) : `'${name.toLowerCase().replaceAll('_', '-')}'`
}
