import type { App } from '../../../src/app/app.ts'
import { calledFunction } from '../../../src/app/asgi/called-function.ts'
import { type ConsumerCode, servedConsumers } from '../../../src/app/asgi/consumer-code.ts'
import type { AppNode, Consumer } from '../../../src/app/asgi/model.ts'
import { compileRoute } from '../../../src/app/asgi/pattern/match.ts'
import { type Code, type CodeFile, codeOf, dottedOf, findClass, placeIn } from '../../../src/app/asgi/python-code.ts'
import { parametersOf, routesTo } from '../../../src/app/asgi/route-parameters.ts'
import { nodesOf } from '../../../src/app/asgi/routes.ts'
import { isOpaque, websocketStacks } from '../../../src/app/asgi/stacks.ts'
import { routesReachedBy } from '../../../src/app/frontend/reached-routes.ts'
import { engineOf, findTemplate } from '../../../src/app/pages/engines.ts'
import { filesRendered } from '../../../src/app/pages/template-faults.ts'
import { type ViewRoute, viewRoutes } from '../../../src/app/pages/view-routes.ts'
import { within } from '../../../src/app/settings/redis-client.ts'
import type { Place } from '../../../src/contracts/place.ts'
import { readText } from '../../../src/files/tree.ts'
import type { ClassDef, Expression } from '../../../src/syntax/python/ast.ts'
import { literalText, type PythonNode, walk } from '../../../src/syntax/python/walk.ts'

/** A consumer that asks nobody who it is, for what a page shows to those alone who signed in. */
export interface Unasked {
  readonly consumer: Consumer
  /** The parameter that both routes have. */
  readonly parameter: string
  readonly at: Place
  /** Where the page asks for a sign-in. */
  readonly guard: Place
}

/** Names that many things have. */
const general = /^(?:pk|id|slug|name|uuid|key|path|lang|language|locale)$/

/** What says nothing of who is there. */
const impersonal = new Set(['url_route', 'path', 'raw_path', 'type'])

/** Consumers of one parameter whose page is guarded, and which read nothing that could tell who opens them. */
export function unaskedConsumers(app: App): Unasked[] {
  const open = servedConsumers(app).filter((code) => code.consumer.routed && asksNobody(app, code))
  const code = codeOf(app)
  const isSocket = ({ at }: ViewRoute) => app.asgi.routes.some((route) => within(at, route.at))
  const views = open.length === 0 ? [] : viewRoutes(code).filter((route) => !isSocket(route))
  const guarded = views.flatMap((route) => guardOf(code, route) ?? [])
  return open.flatMap(({ consumer }): Unasked[] => {
    const [names, ...others] = routesTo(app, consumer).map(parametersOf)
    const [parameter, ...more] = names ?? []
    if (parameter === undefined || more.length > 0 || others.length > 0 || general.test(parameter)) return []
    const pages = views.filter(({ pattern }) => hasParameter(pattern, parameter))
    const guards = guarded.filter(({ pattern }) => hasParameter(pattern, parameter))
    const [first] = guards
    if (opensElsewhere(app, consumer, views)) return []
    // Where another page of it is open to all, so may the socket be.
    return first === undefined || guards.length < pages.length
      ? []
      : [{ consumer, parameter, at: consumer.at, guard: first.guard }]
  })
}

/**
 * A page that asks for no sign-in shows a template which opens the socket, itself, in one that it extends or includes, or by a script; or
 * none of the others names the script, so that any page may bring it.
 */
function opensElsewhere(app: App, consumer: Consumer, views: readonly ViewRoute[]): boolean {
  const code = codeOf(app)
  const routes = app.asgi.routes
    .filter(({ protocol, app: end }) => protocol === 'websocket' && nodesOf(end).some((one) => isOf(one, consumer)))
    .map(compileRoute)
  const openers = app.frontend.sockets
    .filter((socket) => routesReachedBy(socket, routes).length > 0)
    .map(({ at }) => at.file)
  if (openers.length === 0) return false
  const isOpen = ({ view, file }: ViewRoute) => guardIn(code, view, file) === undefined
  const shownBy = (some: readonly ViewRoute[]) => some.flatMap(({ view, file }) => templatesOf(app, code, view, file))
  const shown = shownBy(views.filter(isOpen))
  return openers.some((opener) => {
    if (opener.includes('templates/')) return shown.includes(opener)
    const name = opener.slice(opener.lastIndexOf('/') + 1)
    const brings = (file: string) => readText(app.tree, file)?.text.includes(name) === true
    return shown.some(brings) || !shownBy(views.filter((one) => !isOpen(one))).some(brings)
  })
}

const isOf = (node: AppNode, { at }: Consumer): boolean => node.kind === 'consumer' && node.consumer?.at === at

/** The files of the templates that a view, as a URL pattern has it, names itself, with those that they extend and include. */
function templatesOf(app: App, code: Code, view: Expression, file: CodeFile): string[] {
  const of =
    view.kind === 'Call' && view.func.kind === 'Attribute'
      ? findClass(code, dottedOf(view.func.value, file) ?? '')?.node
      : calledFunction(code, { func: view }, { file, functions: [], owner: undefined })?.node
  const named = new Set<string>()
  for (const one of of === undefined ? [view] : [view, of])
    walk(one, (node) => {
      const text = literalText(node)
      if (text !== undefined && /\.\w+$/.test(text)) named.add(text)
    })
  const engine = engineOf(app)
  if (engine === undefined) return []
  return [...named].flatMap((name) => {
    const found = findTemplate(app, engine, name)
    return found.state === 'file'
      ? [found.template.file, ...filesRendered({ app, engine, urls: undefined, statics: undefined }, found.template)]
      : []
  })
}

const hasParameter = (pattern: string, name: string): boolean => new RegExp(`<(?:[^<>:]+:)?${name}>`).test(pattern)

/** Words of code that looks for a proof itself, in a message perhaps. */
const proof = /token|jwt|auth(?!or)|ticket|secret|signature|signing|password|invite|permission|api_?key/i

function asksNobody(app: App, { consumer, functions, classes }: ConsumerCode): boolean {
  if ([...consumer.scope.keys()].some((key) => !impersonal.has(key))) return false
  if (!consumer.usesLayer.some(({ kind, ownMember }) => kind === 'group_add' && ownMember)) return false
  const stacks = websocketStacks(app.asgi.application)
  const ends = stacks.flatMap((stack) => stack.ends.filter((end) => end.consumer?.at === consumer.at))
  const wrappers = ends.flatMap((end) => end.wrappers)
  if (ends.length === 0 || stacks.some((stack) => stack.open)) return false
  if (wrappers.some((one) => isOpaque(one) || one.custom !== undefined)) return false
  const looksForProof = (node: PythonNode): boolean =>
    (node.kind === 'Name' && proof.test(node.id)) ||
    (node.kind === 'Attribute' && (proof.test(node.attr) || node.attr === 'user' || node.attr === 'close')) ||
    (node.kind === 'Constant' && node.value.type === 'str' && proof.test(node.value.value))
  let looks = false
  for (const { node } of functions)
    walk(node, (inner) => {
      looks ||= looksForProof(inner) || handsScopeOn(inner)
      return !looks
    })
  return !looks && classes.every(({ node }) => node.decorators.length === 0)
}

/** `who(self)`, `who(self.scope)`: somebody else looks at it. */
function handsScopeOn(node: PythonNode): boolean {
  if (node.kind !== 'Call') return false
  return [...node.args, ...node.keywords.map(({ value }) => value)].some(
    (given) => (given.kind === 'Name' && given.id === 'self') || (given.kind === 'Attribute' && given.attr === 'scope'),
  )
}

interface Guarded {
  readonly pattern: string
  readonly guard: Place
}

const decorators =
  /^django\.contrib\.(?:auth\.decorators\.(?:login_required|permission_required)|admin\.views\.decorators\.staff_member_required)$/
const mixins = /^django\.contrib\.auth\.mixins\.(?:LoginRequiredMixin|PermissionRequiredMixin)$/
const permissions = /^rest_framework\.permissions\.(?:IsAuthenticated|IsAdminUser)$/

function guardOf(code: Code, { pattern, view, file }: ViewRoute): Guarded | undefined {
  const guard = guardIn(code, view, file)
  return guard && { pattern, guard }
}

/** What asks for a sign-in: around a view, above it, or in its class. */
function guardIn(code: Code, view: Expression, file: CodeFile): Place | undefined {
  if (view.kind === 'Call') {
    if (view.func.kind === 'Attribute' && view.func.attr === 'as_view') {
      const found = findClass(code, dottedOf(view.func.value, file) ?? '')
      return found && guardOfClass(found.node, found.file)
    }
    if (decorators.test(dottedOf(view.func, file) ?? '')) return placeIn(file, view.func)
    const [inner] = view.args
    return inner === undefined ? undefined : guardIn(code, inner, file)
  }
  const found = calledFunction(code, { func: view }, { file, functions: [], owner: undefined })
  const above = found?.node.decorators.find((one) => isGuard(one, found.file))
  return found && above && placeIn(found.file, above)
}

/** `@login_required`, `@permission_required("chat.view_room")`, `@permission_classes([IsAuthenticated])`. */
function isGuard(node: Expression, file: CodeFile): boolean {
  const named = node.kind === 'Call' ? node.func : node
  const dotted = dottedOf(named, file) ?? ''
  if (dotted === 'rest_framework.decorators.permission_classes')
    return node.kind === 'Call' && isOfMembers(node.args[0], file)
  return decorators.test(dotted)
}

function guardOfClass(node: ClassDef, file: CodeFile): Place | undefined {
  const base = node.bases.find((one) => mixins.test(dottedOf(one, file) ?? ''))
  if (base !== undefined) return placeIn(file, base)
  const set = node.body.find(
    (one) =>
      one.kind === 'Assign' &&
      one.targets.some((target) => target.kind === 'Name' && target.id === 'permission_classes') &&
      isOfMembers(one.value, file),
  )
  return set && placeIn(file, set)
}

function isOfMembers(node: Expression | undefined, file: CodeFile): boolean {
  const items = node?.kind === 'List' || node?.kind === 'Tuple' ? node.elts : []
  return items.some((one) => permissions.test(dottedOf(one, file) ?? ''))
}
