import type { Call, Expression, FunctionDef } from '../../syntax/python/ast.ts'
import { onlyAssignment } from '../../syntax/python/bindings.ts'
import type { PythonNode } from '../../syntax/python/walk.ts'
import { followedRelation } from './followed.ts'
import { isScopeSession } from './instances.ts'
import { type LazyQuerySet, lazyQuerySet } from './lazy-query-sets.ts'
import type { BlockingCall } from './model.ts'
import { bodyOf, type ProjectFunction, surelyDotted } from './project-functions.ts'
import { type Code, type CodeFile, dottedOf } from './python-code.ts'
import { evaluatedQuery, isDjangoModel, isOtherClass, modelBehind, queryMethods, touchesManager } from './query-sets.ts'

/** Something that blocks while it is evaluated. */
export interface BlockingNode {
  readonly node: Expression
  /** What of it is shown. */
  readonly shown: Expression
  readonly what: BlockingCall['what']
  /** It asks the database of Django, whatever its names stand for. */
  readonly sure: boolean
  /** It is asked of the user that Channels' middleware puts into the scope. */
  readonly visitor?: boolean
  /** The authentication backends are asked what a user may do. */
  readonly permission?: boolean
}

const named: Readonly<Record<string, BlockingCall['what']>> = {
  'time.sleep': 'sleep',
  'urllib.request.urlopen': 'http',
  'subprocess.run': 'subprocess',
  'subprocess.call': 'subprocess',
  'subprocess.check_call': 'subprocess',
  'subprocess.check_output': 'subprocess',
  'os.system': 'subprocess',
}
/** Methods of the default cache that ask where it is kept (django/core/cache/backends/base.py). */
const ofCache =
  /^django\.core\.cache\.cache\.(?:get|set|add|delete|touch|get_or_set|has_key|incr|decr|clear|(?:get|set|delete)_many)$/
const httpMethods = new Set(['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'request'])

/** What an expression or a loop does that blocks; undefined: nothing that we know. */
export function blockingNode(code: Code, node: PythonNode, from: ProjectFunction): BlockingNode | undefined {
  const { node: around, file } = from
  const asked = asksDatabase(node, file, (query) => lazyQuerySet(code, query, from))
  if (asked !== undefined) {
    const { of, file: home } = asked.set
    const model = modelBehind(of)
    if (model !== undefined && isOtherClass(code, model, home)) return undefined
    const sure = model !== undefined && isDjangoModel(code, model, home)
    return { node: asked.node, shown: asked.shown, what: 'orm', sure }
  }
  const followed = followedRelation(code, node, from)
  if (followed !== undefined) return { ...followed, what: 'orm' }
  if (node.kind !== 'Call') return undefined
  const bridged = bridgedFunction(node, file)
  if (bridged !== undefined) return { node, shown: bridged, what: 'bridge', sure: true }
  if (isSessionKept(node, from)) return { node, shown: node.func, what: 'session', sure: true }
  const saved = savedInstance(code, node, around, file)
  if (saved) return { node, shown: node.func, what: 'orm', sure: true }
  const dotted = surelyDotted(node.func, bodyOf(from))
  const what = dotted === undefined ? undefined : knownFunction(dotted)
  if (what !== undefined) return { node, shown: node.func, what, sure: false }
  if (dotted !== undefined && ofCache.test(dotted)) return { node, shown: node.func, what: 'cache', sure: true }
  const shortcut = dotted === 'django.shortcuts.get_object_or_404' || dotted === 'django.shortcuts.get_list_or_404'
  return shortcut ? { node, shown: node.func, what: 'orm', sure: true } : undefined
}

/** Methods of a session that ask where it is kept at once (django/contrib/sessions/backends/base.py and db.py). */
const keepingSession = new Set(['save', 'flush', 'cycle_key'])

/** `self.scope["session"].save()` */
const isSessionKept = ({ func }: Call, from: ProjectFunction): boolean =>
  func.kind === 'Attribute' && keepingSession.has(func.attr) && isScopeSession(func.value, from)

/** What `async_to_sync(…)(…)` calls. */
function bridgedFunction({ func }: Call, file: CodeFile): Expression | undefined {
  const isBridge =
    func.kind === 'Call' && /^asgiref\.sync\.(?:async_to_sync|AsyncToSync)$/.test(dottedOf(func.func, file) ?? '')
  return isBridge ? func.args[0] : undefined
}

function knownFunction(dotted: string): BlockingCall['what'] | undefined {
  if (Object.hasOwn(named, dotted)) return named[dotted]
  const [root, method, ...more] = dotted.split('.')
  const http = (root === 'requests' || root === 'httpx') && httpMethods.has(method ?? '') && more.length === 0
  return http ? 'http' : undefined
}

interface Asked {
  readonly node: Expression
  readonly shown: Expression
  /** What is asked: a query set, or a manager. */
  readonly set: LazyQuerySet
}

/** The query set that an expression is worth. */
type QuerySets = (node: Expression) => LazyQuerySet | undefined

/** Where a query set or manager is made to ask the database. */
function asksDatabase(node: PythonNode, file: CodeFile, querySet: QuerySets): Asked | undefined {
  const run = evaluatedQuery(node, file)
  const set = run && querySet(run.query)
  if (run !== undefined && set !== undefined) return { node: run.at, shown: run.query, set }
  if (node.kind === 'Attribute') return node.attr === 'data' ? serialized(node, querySet) : undefined
  return node.kind === 'Call' ? askingCall(node, file, querySet) : undefined
}

/** `RoomSerializer(rooms, many=True).data` */
function serialized(node: Extract<Expression, { kind: 'Attribute' }>, querySet: QuerySets): Asked | undefined {
  const call = node.value
  const [first] = call.kind === 'Call' ? call.args : []
  if (call.kind !== 'Call' || call.func.kind !== 'Name' || first === undefined) return undefined
  const many =
    call.func.id.endsWith('Serializer') && call.keywords.some(({ arg, value }) => arg === 'many' && isTrue(value))
  const set = many ? querySet(first) : undefined
  return set && { node, shown: call.func, set }
}

const isTrue = (node: Expression): boolean => node.kind === 'Constant' && node.value.type === 'bool' && node.value.value

function askingCall(node: Call, file: CodeFile, querySet: QuerySets): Asked | undefined {
  const { func } = node
  if (func.kind !== 'Attribute' || !queryMethods.has(func.attr)) return undefined
  const set = touchesManager(func.value) ? { of: func.value, file } : querySet(func.value)
  return set && { node, shown: func, set }
}

/** `room = Room(name=name)` and then `room.save()`. */
function savedInstance(code: Code, { func }: Call, around: FunctionDef, file: CodeFile): boolean {
  if (func.kind !== 'Attribute' || !['save', 'delete', 'refresh_from_db'].includes(func.attr)) return false
  const made = func.value.kind === 'Name' ? onlyAssignment(around, func.value.id) : undefined
  return made?.kind === 'Call' && isDjangoModel(code, made.func, file)
}
