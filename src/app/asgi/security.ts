import type { Edit } from '../../contracts/edit.ts'
import { type Place, placeKey } from '../../contracts/place.ts'
import type { Untold } from '../../contracts/untold.ts'
import type { Condition } from '../../evaluate/condition.ts'
import { isTruthy } from '../../evaluate/python/truth.ts'
import { itemsOf, plain, type Value } from '../../evaluate/python/value.ts'
import type { Call } from '../../syntax/python/ast.ts'
import { parseFile } from '../../syntax/python/file.ts'
import { uniqueBy } from '../../unique-by.ts'
import type { App } from '../app.ts'
import { nodesAround } from '../project/around.ts'
import { fromImportEdit, fromImported } from '../project/imports.ts'
import { verdict } from '../settings/verdict.ts'
import { atLeast } from '../settings/versions.ts'
import type { AppNode, Consumer, WrapperNode } from './model.ts'
import { firmest, type OriginCheck, originCheck } from './origin-check.ts'
import { isOpaque, type StackEnd, sets, type WebsocketStack, websocketStacks } from './stacks.ts'

/** A WebSocket stack that trusts cookies and takes connections from any page. */
export interface OpenOrigin {
  readonly at: Place
  /** The wrapper through which cookies count. */
  readonly by: WrapperNode
  /** A consumer that acts for the user or the session, and where it reads them; undefined: none does. */
  readonly reader: { readonly consumer: Consumer; readonly key: string; readonly at: Place } | undefined
  /** The origin is looked at, in a way that lets others pass. */
  readonly check: OriginCheck | undefined
  /** Where the validator of Channels is told to let in every origin. */
  readonly star: Place | undefined
  /** The cookie is the session's, and nothing says that browsers send it from pages of other sites. */
  readonly kept: boolean
  readonly when: readonly Condition[]
  readonly edits: readonly Edit[] | undefined
}

export function openOrigins(app: App): OpenOrigin[] {
  const found = websocketStacks(app.asgi.application).flatMap((stack) => {
    const open = stack.ends.filter((one) => !isGuarded(app, one) && cookieWrapper(one) !== undefined)
    const checked = open.map((one) => ({ one, check: ownCheck(app, one) }))
    for (const { check } of checked) if (check?.kind === 'unsure') app.inquiry.cannotTell(untold(check))
    const unsafe = checked.filter(({ check }) => check?.kind !== 'compared' && check?.kind !== 'unsure')
    const worst = unsafe.find(({ check }) => check === undefined) ?? unsafe[0]
    const end = worst?.one ?? emptyEnd(stack)
    const by = end === undefined ? undefined : cookieWrapper(end)
    if (end === undefined || by === undefined || isGuarded(app, end)) return []
    // Who sets another cookie may say of it what they like.
    const anySite = by.custom === undefined ? sentFromAnySite(app) : []
    const when = app.asgi.application.length > 1 ? stack.when : []
    const lax = end.wrappers.find((wrapper) => starOf(wrapper) !== undefined)
    const star = lax && starOf(lax)
    return [
      {
        at: stack.app.at,
        by,
        reader: readerOf({ ...stack, ends: unsafe.map(({ one }) => one) }),
        check: worst?.check,
        star,
        kept: anySite === undefined,
        // That other settings hold other origins is a premise, which every finding about settings rests on.
        when: [...(star === undefined ? when : when.filter(isNoSettingsModule)), ...(anySite ?? [])],
        edits: lax === undefined ? wrapped(app, stack.app) : byAllowedHosts(app, lax.at),
      },
    ]
  })
  return uniqueBy(found, ({ at }) => placeKey(at))
}

/**
 * Under which conditions browsers send the session cookie along from pages of any site: SESSION_COOKIE_SAMESITE is `None`, `'None'` or
 * False. Undefined: nothing says so, and Django's own default is `'Lax'` from 2.1 on, the first release that has the setting.
 */
export function sentFromAnySite(app: App): readonly Condition[] | undefined {
  if (atLeast(app.dependencies, 'django', '2.1') === false) return []
  const { alternatives = [], absent = [] } = app.settings.get('SESSION_COOKIE_SAMESITE') ?? {}
  const all = [...alternatives, ...absent.map((when) => ({ value: undefined, when }))]
  const answer = verdict<{ readonly value: Value | undefined; readonly when: readonly Condition[] }>(
    all,
    ({ value }) => value !== undefined && (isTruthy(value) === false || plain(value)?.toLowerCase() === 'none'),
  )
  return answer.state === 'holds' ? answer.when : undefined
}

/** What the consumer, or a middleware of the project in front of it, makes of the origin itself; the one that lets the fewest pass. */
function ownCheck(app: App, { consumer, wrappers }: StackEnd): OriginCheck | undefined {
  const classes = [...wrappers.flatMap(({ custom }) => custom ?? []), ...(consumer === undefined ? [] : [consumer])]
  const found = classes.flatMap(({ at, name }) => originCheck(app, at.file, name) ?? [])
  return firmest(found)
}

const untold = ({ at }: OriginCheck): Untold => ({
  what: { en: 'which origins may open a socket', fr: 'quelles origines peuvent ouvrir un socket' },
  why: {
    en: 'code that dynolint does not follow decides by the Origin header',
    fr: 'du code que dynolint ne suit pas en décide d’après l’en-tête Origin',
  },
  at,
  hop: 'safety',
})

/** A stack of which no consumer can be named is judged by its wrappers alone. */
function emptyEnd(stack: WebsocketStack): StackEnd | undefined {
  if (stack.ends.length > 0) return undefined
  const wrappers: WrapperNode[] = []
  for (let node: AppNode = stack.app; node.kind === 'wrapper'; node = node.inner) wrappers.push(node)
  return { name: '', consumer: undefined, wrappers, at: stack.app.at }
}

/** Something of a package looks at the origin, or may; what a class of the project makes of it is asked of its code. */
function isGuarded(app: App, { wrappers }: StackEnd): boolean {
  return wrappers.some((wrapper) => {
    const { role, path, custom } = wrapper
    if (role === 'origin') return starOf(wrapper) === undefined
    if (custom === undefined) return /origin/i.test(path) || isOpaque(wrapper)
    return /origin/i.test(path) && originCheck(app, custom.at.file, custom.name) === undefined
  })
}

/** The wrapper through which cookies count for a consumer. */
const isNoSettingsModule = ({ variable }: Condition): boolean => variable !== 'DJANGO_SETTINGS_MODULE'

/** `OriginValidator(…, ["*"])` lets in every origin, and who sends none (channels/security/websocket.py). */
const starOf = ({ origins }: WrapperNode): Place | undefined =>
  itemsOf(origins)?.find((item) => plain(item) === '*')?.at

export function cookieWrapper({ wrappers }: StackEnd): WrapperNode | undefined {
  return wrappers.find(
    (wrapper) =>
      wrapper.role === 'auth' ||
      wrapper.role === 'session' ||
      wrapper.custom?.reads.some(({ from }) => from === 'cookie') === true,
  )
}

/** A consumer that acts for a visitor whom a cookie names. */
export function readerOf({ ends }: Pick<WebsocketStack, 'ends'>): OpenOrigin['reader'] {
  for (const { consumer, wrappers } of ends) {
    if (consumer === undefined) continue
    for (const key of ['user', 'session']) {
      const at = consumer.scope.get(key)
      // A user that a token in the URL proves is not lent by a cookie, unless that of the session stays where no token comes.
      const fromToken = wrappers.some(
        ({ custom }) =>
          custom?.sets?.includes(key) === true &&
          !custom.keeps.includes(key) &&
          custom.reads.every(({ from }) => from !== 'cookie'),
      )
      if (at !== undefined && !fromToken) return { consumer, key, at }
    }
  }
  return undefined
}

/** Wraps the application and imports the validator beside another import of Channels. */
function wrapped(app: App, node: AppNode): readonly Edit[] | undefined {
  const { file, span } = node.at
  const source = parseFile(app.tree, file)
  if (source === undefined) return undefined
  const { text, module } = source
  if (!/^[\w.]+\s*\(/.test(text.slice(span.start, span.end)) || !text.slice(span.start, span.end).endsWith(')'))
    return undefined
  const beside = module.body.find(
    (statement) =>
      statement.kind === 'ImportFrom' && statement.level === 0 && statement.module?.startsWith('channels') === true,
  )
  if (beside === undefined || beside.start > span.start) return undefined
  const name = 'AllowedHostsOriginValidator'
  const edits: Edit[] = [
    { file, span: { start: span.start, end: span.start }, text: `${name}(` },
    { file, span: { start: span.end, end: span.end }, text: ')' },
  ]
  if (new RegExp(`import[^\\n]*\\b${name}\\b`).test(text)) return edits
  const imported = fromImportEdit(app, file, 'channels.security.websocket', name)
  return imported === undefined || imported.span.start > span.start ? undefined : [imported, ...edits]
}

/** A consumer needs something of its scope that nothing puts there. */
export interface UnsetKey {
  readonly consumer: Consumer
  readonly key: 'user' | 'session'
  readonly at: Place
  readonly route: Place
  readonly when: readonly Condition[]
}

export function unsetKeys(app: App): UnsetKey[] {
  const found = new Map<string, UnsetKey>()
  const safe = new Set<string>()
  for (const stack of websocketStacks(app.asgi.application)) {
    for (const { consumer, wrappers, at } of stack.ends) {
      if (consumer === undefined) continue
      for (const key of ['user', 'session'] as const) {
        const read = consumer.requires.get(key)
        if (read === undefined) continue
        const id = `${placeKey(consumer.at)}:${key}`
        if (wrappers.some((wrapper) => sets(wrapper, key) || isOpaque(wrapper))) safe.add(id)
        else if (!found.has(id))
          found.set(id, { consumer, key, at: read, route: at, when: app.asgi.application.length > 1 ? stack.when : [] })
      }
    }
  }
  return [...found].flatMap(([id, one]) => (safe.has(id) ? [] : [one]))
}

/** `OriginValidator(application, ['*'])` -> `AllowedHostsOriginValidator(application)` */
function byAllowedHosts(app: App, at: Place): readonly Edit[] | undefined {
  const { file } = at
  const call = nodesAround(app.tree, at).findLast(
    (node): node is Call =>
      node.kind === 'Call' && node.func.kind === 'Name' && node.func.id === 'OriginValidator' && node.args.length > 0,
  )
  const inner = call?.args[0]
  const last = call?.args[1] ?? call?.keywords[0]?.value
  if (call?.func.kind !== 'Name' || inner === undefined || last === undefined) return undefined
  if (call.args.length + call.keywords.length !== 2) return undefined
  const imported = renamedImport(app, file)
  return imported === undefined
    ? undefined
    : [
        ...imported,
        { file, span: { start: call.func.start, end: call.func.end }, text: 'AllowedHostsOriginValidator' },
        { file, span: { start: inner.end, end: last.end }, text: '' },
      ]
}

/** The import of OriginValidator becomes that of its sibling, where nothing else in the file uses it. */
function renamedImport(app: App, file: string): readonly Edit[] | undefined {
  const source = parseFile(app.tree, file)
  const uses = source?.text.match(/\bOriginValidator\b/g)?.length ?? 0
  const aliases = (source?.module.body ?? []).flatMap((one) =>
    one.kind === 'ImportFrom' && one.module === 'channels.security.websocket' ? one.names : [],
  )
  const own = aliases.find(({ name, asname }) => name === 'OriginValidator' && asname === undefined)
  const other = aliases.some(({ name }) => name === 'AllowedHostsOriginValidator')
  if (own !== undefined && uses === 2 && !other)
    return [{ file, span: { start: own.start, end: own.end }, text: 'AllowedHostsOriginValidator' }]
  return fromImported(app, file, 'channels.security.websocket', 'AllowedHostsOriginValidator')
}
