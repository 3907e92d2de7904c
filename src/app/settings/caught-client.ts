import type { Place, Span } from '../../contracts/place.ts'
import type { ExceptHandler, Expression, Try } from '../../syntax/python/ast.ts'
import { binds } from '../../syntax/python/bindings.ts'
import { parseFile } from '../../syntax/python/file.ts'
import type { App } from '../app.ts'
import { type CodeFile, codeOf, dottedOf, homeOf } from '../asgi/python-code.ts'
import { eachNode } from '../project/nodes.ts'

/**
 * Whether a client of redis-py is asked for its first answer in the `try` that makes it, whose handlers take that it has none and go on,
 * and nothing outside of such a `try` uses it: what its failures end is caught where it starts. Where the handlers bind the name to
 * something else, only what names an attribute of it counts as a use; else another module that imports it does too.
 */
export function isCaught(app: App, { file, span }: Place): boolean {
  const parsed = parseFile(app.tree, file)
  if (parsed === undefined) return false
  const code = codeOf(app).file(file)
  const takers: Try[] = []
  eachNode(parsed.module.body, (node) => {
    if (node.kind === 'Try' && node.handlers.some((handler) => goesOn(handler, code))) takers.push(node)
    return true
  })
  const own = takers.find(({ body }) => body.some((one) => contains(one, span)))
  if (own !== undefined && isAskedAtOnce(own, span)) return true
  const name = own && nameOf(own, span)
  if (own === undefined || name === undefined) return false
  let isAsked = false
  eachNode(own.body, (node) => {
    if (node.kind === 'Call' && node.func.kind === 'Attribute' && isName(node.func.value, name)) isAsked = true
    return !isAsked
  })
  let isFree = true
  eachNode(parsed.module.body, (node) => {
    const inTaker = takers.some(({ body }) => body.some((one) => one === node))
    if (node.kind === 'Attribute' && isName(node.value, name)) isFree = false
    return !inTaker
  })
  return isAsked && isFree && (isReplaced(own, name) || !isImported(app, file, name))
}

const contains = (outer: Span, inner: Span): boolean => outer.start <= inner.start && inner.end <= outer.end

const isName = (node: Expression, name: string): boolean => node.kind === 'Name' && node.id === name

function isReplaced({ handlers }: Try, name: string): boolean {
  let found = false
  eachNode(
    handlers.map(({ body }) => body),
    (node) => {
      found ||= binds(node, name)
      return !found
    },
  )
  return found
}

/** Whether another module of the project takes a name from this one. */
function isImported(app: App, file: string, name: string): boolean {
  const code = codeOf(app)
  return code.files.some((path) =>
    [...(code.file(path)?.imports.values() ?? [])].some((dotted) => {
      const home = homeOf(code, dotted)
      return path !== file && home?.name === name && home.file.path === file
    }),
  )
}

/** `redis.from_url(url).ping()`: nothing else has the client. */
function isAskedAtOnce({ body }: Try, span: Span): boolean {
  let found = false
  eachNode(body, (node) => {
    if (node.kind !== 'Call' || node.func.kind !== 'Attribute') return !found
    const { start, end } = node.func.value
    found ||= node.func.value.kind === 'Call' && start === span.start && end === span.end
    return !found
  })
  return found
}

/** The name that the client made here gets. */
function nameOf({ body }: Try, span: Span): string | undefined {
  let name: string | undefined
  eachNode(body, (node) => {
    if (node.kind === 'Assign' && contains(node.value, span))
      for (const target of node.targets) if (target.kind === 'Name') name = target.id
    return true
  })
  return name
}

/** What redis-py raises when it does not connect is a ConnectionError of its own, whose base is RedisError. */
const taken = new Set(['Exception', 'BaseException', 'RedisError'])

/** Where the names of `except` are imported from, whatever they are called there. */
const imported =
  /^(?:aio)?redis\.(?:asyncio\.)?(?:exceptions\.)?(?:ConnectionError|RedisError)$|^django_redis\.exceptions\.ConnectionInterrupted$/

/** Whether a handler takes what a client of Redis raises that does not connect, and what stands in it lets the code go on. */
export function goesOn({ type, body }: ExceptHandler, file?: CodeFile): boolean {
  const kinds = type?.kind === 'Tuple' ? type.elts : [type]
  const takes = kinds.some(
    (one) =>
      one === undefined ||
      (one.kind === 'Name' && taken.has(one.id)) ||
      (one.kind === 'Attribute' && (taken.has(one.attr) || one.attr === 'ConnectionError')) ||
      (file !== undefined && imported.test(dottedOf(one, file) ?? '')),
  )
  let ends = false
  eachNode(body, (node) => {
    if (node.kind === 'Raise') ends = true
    if (node.kind === 'Call' && node.func.kind === 'Attribute' && /^_?exit$/.test(node.func.attr)) ends = true
    return !ends
  })
  return takes && !ends
}
