import type { App } from '../../../src/app/app.ts'
import { type Code, codeOf } from '../../../src/app/asgi/python-code.ts'
import { runModule } from '../../../src/app/settings/run-module.ts'
import { verdict } from '../../../src/app/settings/verdict.ts'
import { atLeast } from '../../../src/app/settings/versions.ts'
import type { Place } from '../../../src/contracts/place.ts'
import type { Condition } from '../../../src/evaluate/condition.ts'
import { entryOf, itemsOf, plain, type Value } from '../../../src/evaluate/python/value.ts'
import type { Expression } from '../../../src/syntax/python/ast.ts'
import { type PythonNode, walk } from '../../../src/syntax/python/walk.ts'

/** A content policy of the app that lets no page open a socket to its own host. */
export interface ClosedPolicy {
  /** The directive that decides: `connect-src`, or `default-src` where there is none. */
  readonly directive: string
  readonly sources: string
  readonly at: Place
  readonly when: readonly Condition[]
}

const directives = ['connect-src', 'default-src'] as const

/** The policies that the settings and the project's own middleware give to each page, as far as they shut its sockets out. */
export function closedPolicies(app: App): ClosedPolicy[] {
  const code = codeOf(app)
  // A view may have a policy of its own, or none: decorators of Django and django-csp.
  if (code.files.some((path) => isDecorated(code, path))) return []
  return [...ofSettings(app), ...ofMiddleware(app)]
}

function isDecorated(code: Code, path: string): boolean {
  if (code.source(path)?.text.includes('csp') !== true) return false
  const imported = [...(code.file(path)?.imports.values() ?? [])]
  return imported.some((dotted) => /^(?:csp\.decorators|django\.views\.decorators\.csp)\./.test(dotted))
}

/** Whether one of the sources takes in `wss:` on the page's own host; undefined: one of them is not known. */
export function coversSockets(sources: readonly (string | undefined)[]): boolean | undefined {
  // A host without a scheme takes that of the page; browsers let its sockets through.
  const covers = (source: string) =>
    source === '*' ||
    source === "'self'" ||
    /^wss?:/i.test(source) ||
    /^[a-z0-9*][\w.*-]*(?::[\d*]+)?(?:\/|$)/i.test(source)
  if (sources.some((source) => source !== undefined && covers(source))) return true
  return sources.includes(undefined) ? undefined : false
}

interface Setting {
  readonly name: string
  readonly middleware: string
  /** The sources of a directive in the value of the setting. */
  readonly sourcesOf: (value: Value, directive: string) => Value | undefined
}

/** Django 6.0 (`SECURE_CSP`) and django-csp 4.0 (`CONTENT_SECURITY_POLICY`). */
const settings: readonly Setting[] = [
  {
    name: 'SECURE_CSP',
    middleware: 'django.middleware.csp.ContentSecurityPolicyMiddleware',
    sourcesOf: (value, directive) => entryOf(value, directive)?.value,
  },
  {
    name: 'CONTENT_SECURITY_POLICY',
    middleware: 'csp.middleware.CSPMiddleware',
    sourcesOf: (value, directive) => entryOf(entryOf(value, 'DIRECTIVES')?.value, directive)?.value,
  },
]

function ofSettings(app: App): ClosedPolicy[] {
  const used = middlewareOf(app)
  const isOld = atLeast(app.dependencies, 'django-csp', '4.0') === false
  const one = settings.flatMap(({ name, middleware, sourcesOf }) => {
    if (!used.has(middleware) || (isOld && name === 'CONTENT_SECURITY_POLICY')) return []
    const value = app.settings.get(name)
    return closed(value?.absent.length === 0 ? value.alternatives : [], sourcesOf)
  })
  if (!isOld || !used.has('csp.middleware.CSPMiddleware')) return one
  // django-csp before 4.0: a setting for each directive.
  const names: Readonly<Record<string, string>> = { 'connect-src': 'CSP_CONNECT_SRC', 'default-src': 'CSP_DEFAULT_SRC' }
  const directive = directives.find((name) => app.settings.get(names[name] ?? '') !== undefined)
  const value = directive === undefined ? undefined : app.settings.get(names[directive] ?? '')
  if (directive === undefined || value === undefined || value.absent.length > 0) return one
  return [...one, ...closed(value.alternatives, (given, name) => (name === directive ? given : undefined))]
}

interface Alternative {
  readonly value: Value
  readonly when: readonly Condition[]
  readonly at: Place
}

function closed(alternatives: readonly Alternative[], sourcesOf: Setting['sourcesOf']): ClosedPolicy[] {
  const answer = verdict(alternatives, ({ value }) => {
    const sources = decisive(value, sourcesOf)
    if (sources === undefined) return value.type === 'unknown' ? undefined : false
    const covers = coversSockets(sources.items)
    return covers === undefined ? undefined : !covers
  })
  const [first] = answer.state === 'holds' ? answer.where : []
  const found = first && decisive(first.value, sourcesOf)
  if (answer.state !== 'holds' || first === undefined || found === undefined) return []
  const at = found.value.at.file === '' ? first.at : found.value.at
  return [{ directive: found.directive, sources: found.items.join(' '), at, when: answer.when }]
}

function decisive(value: Value, sourcesOf: Setting['sourcesOf']) {
  for (const directive of directives) {
    const sources = sourcesOf(value, directive)
    if (sources === undefined) continue
    const text = plain(sources)
    const items = text === undefined ? itemsOf(sources)?.map((item) => plain(item)) : text.split(/\s+/)
    return { directive, value: sources, items: items ?? [undefined] }
  }
  return undefined
}

function middlewareOf(app: App): Set<string> {
  const alternatives = app.settings.get('MIDDLEWARE')?.alternatives ?? []
  return new Set(alternatives.flatMap(({ value }) => (itemsOf(value) ?? []).flatMap((item) => plain(item) ?? [])))
}

/** Policies that a middleware of the project writes into the header itself. */
function ofMiddleware(app: App): ClosedPolicy[] {
  const code = codeOf(app)
  return [...middlewareOf(app)].flatMap((path) => {
    const module = path.slice(0, path.lastIndexOf('.'))
    const file = code.module(module)
    if (file === undefined || !/content-security-policy/i.test(file.text)) return []
    const evaluation = runModule(app, module, app.settings.searchPath, app.settings.environment)
    const given: Expression[] = []
    walk(file.tree, (node) => {
      given.push(...headerValues(node))
    })
    const [only, ...more] = given
    if (only === undefined || more.length > 0) return []
    const values =
      only.kind === 'Name' ? evaluation.get(only.id)?.alternatives.map(({ value }) => plain(value)) : [written(only)]
    const [text] = values ?? []
    if (values === undefined || values.length !== 1 || text === undefined) return []
    const all = text.split(';').map((part) => part.trim().split(/\s+/))
    for (const directive of directives) {
      const [, ...sources] = all.find(([name]) => name?.toLowerCase() === directive) ?? []
      if (!all.some(([name]) => name?.toLowerCase() === directive)) continue
      if (coversSockets(sources) !== false) return []
      return [
        {
          directive,
          sources: sources.join(' '),
          at: { file: file.path, span: { start: only.start, end: only.end } },
          when: [],
        },
      ]
    }
    return []
  })
}

const written = (node: Expression): string | undefined =>
  node.kind === 'Constant' && node.value.type === 'str' ? node.value.value : undefined

const isHeader = (node: Expression | undefined): boolean =>
  node !== undefined && written(node)?.toLowerCase() === 'content-security-policy'

/** `response["Content-Security-Policy"] = …`, `response.headers.setdefault("Content-Security-Policy", …)`. */
function headerValues(node: PythonNode): Expression[] {
  if (node.kind === 'Assign')
    return node.targets.some((target) => target.kind === 'Subscript' && isHeader(target.slice)) ? [node.value] : []
  if (node.kind !== 'Call' || node.func.kind !== 'Attribute' || node.func.attr !== 'setdefault') return []
  const [name, value] = node.args
  return isHeader(name) && value !== undefined ? [value] : []
}
