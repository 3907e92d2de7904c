import type { App } from '../../../src/app/app.ts'
import { type ConsumerCode, type ConsumerMethod, methodOfConsumer } from '../../../src/app/asgi/consumer-code.ts'
import { isGivenSelf, mayAskOfIt } from '../../../src/app/asgi/handed-consumer.ts'
import { constantAt } from '../../../src/app/asgi/module-constants.ts'
import { type Code, type CodeFile, codeOf, placeIn } from '../../../src/app/asgi/python-code.ts'
import { reachedMethods } from '../../../src/app/asgi/reached-methods.ts'
import type { Place } from '../../../src/contracts/place.ts'
import type { Call, Expression, FunctionDef } from '../../../src/syntax/python/ast.ts'
import { isParameter, onlyAssignment } from '../../../src/syntax/python/bindings.ts'
import { literalText, walk } from '../../../src/syntax/python/walk.ts'
import { type ClosingCall, closingCalls, type HandedArguments, TooDeep } from './paths.ts'

/** With what a consumer closes its sockets. */
export interface Closes {
  /** Where it does before it accepted any, by code. */
  readonly before: ReadonlyMap<number, readonly Place[]>
  /** Codes with which it also closes one that it may have accepted; undefined: one that cannot be read. */
  readonly after: ReadonlySet<number | undefined>
}

/** With which codes a consumer closes, before and after it accepts; undefined: other code may do either. */
export function closesOf(app: App, code: ConsumerCode): Closes | undefined {
  const connect = code.methods.get('connect')
  const all = codeOf(app)
  if (connect === undefined || !isAlone(all, code)) return undefined
  try {
    const first = closingCalls(code, connect, 'no')
    const later = laterMethods(app, code, first.visited).flatMap((one) => closingCalls(code, one, 'maybe').closes)
    return sorted(all, [...first.closes, ...later])
  } catch (error) {
    if (error instanceof TooDeep) return undefined
    throw error
  }
}

/** What runs when the socket is open. What only runs when it is gone tells nobody anything. */
function laterMethods(app: App, code: ConsumerCode, visited: ReadonlySet<FunctionDef>): ConsumerMethod[] {
  const reached = new Map(reachedMethods(app, code).map(({ node, moment }) => [node, moment]))
  return code.functions.filter(({ node }) => {
    const moment = reached.get(node)
    return moment === 'connect' ? !visited.has(node) : moment !== 'leave'
  })
}

function sorted(all: Code, closes: readonly ClosingCall[]): Closes {
  const before = new Map<number, Place[]>()
  const after = new Set<number | undefined>()
  for (const { call, method, accepted, given } of closes) {
    const value = codeIn(all, call, method, given)
    if (accepted === 'maybe') after.add(value)
    else if (value !== undefined && accepted === 'no')
      before.set(value, [...(before.get(value) ?? []), placeIn(method.file, call)])
  }
  return { before, after }
}

/** Names by which other code accepts or closes. */
const acting: ReadonlySet<string> = new Set(['accept', 'close', 'base_send', 'send'])

/** Decorators that only say where a function runs. */
const plain =
  /^(?:database_sync_to_async|sync_to_async|async_to_sync|staticmethod|classmethod|property|cached_property|override)$/

/** Whether nothing but its own methods accepts or closes a socket of the consumer, and each where they call `self.close()`. */
function isAlone(all: Code, code: ConsumerCode): boolean {
  if (['accept', 'close', 'dispatch', 'websocket_connect', '__init__'].some((name) => code.methods.has(name)))
    return false
  return code.functions.every((method) => {
    let alone = method.node.decorators.every((one) => plain.test(lastName(one)))
    const within = methodOfConsumer(code, method)
    const closing = new Set<Expression>()
    eachDeep(method.node, (inner) => {
      if (inner.kind === 'Call') closing.add(inner.func)
      if (inner.kind === 'Call' && isGivenSelf(inner)) alone &&= !mayAskOfIt(all, inner, within, acting)
      if (inner.kind === 'Attribute')
        alone &&= inner.attr !== 'base_send' && (inner.attr !== 'close' || closing.has(inner) || !isOwn(inner.value))
      if (inner.kind === 'Name') alone &&= inner.id !== 'AcceptConnection'
      alone &&= !/^websocket\.(?:accept|close)$/.test(literalText(inner) ?? '')
    })
    return alone
  })
}

const isOwn = (node: Expression): boolean => (node.kind === 'Name' && node.id === 'self') || node.kind === 'Call'

const eachDeep = (node: FunctionDef, visit: Parameters<typeof walk>[1]): void => {
  for (const statement of node.body)
    walk(statement, (inner) => {
      visit(inner)
    })
}

const lastName = (node: Expression): string =>
  node.kind === 'Name' ? node.id : node.kind === 'Attribute' ? node.attr : ''

/** The code of a close(); undefined: not known. */
function codeIn(all: Code, call: Call, method: ConsumerMethod, given: HandedArguments): number | undefined {
  const { args, keywords } = call
  if (args.some(({ kind }) => kind === 'Starred') || keywords.some(({ arg }) => arg === undefined)) return undefined
  const value = args[0] ?? keywords.find(({ arg }) => arg === 'code')?.value
  return value === undefined ? normal : numberAt(all, value, method, given)
}

/** What `close()` sends by itself. */
const normal = 1000

function numberAt(
  all: Code,
  node: Expression,
  method: ConsumerMethod,
  given: HandedArguments,
  depth = 0,
): number | undefined {
  if (depth > 6) return undefined
  if (node.kind === 'Constant')
    return node.value.type === 'int' ? Number(node.value.value) : node.value.type === 'none' ? normal : undefined
  if (node.kind === 'Name') {
    if (isParameter(node.id, method.node)) return ofParameter(all, node.id, method, given, depth)
    const local = onlyAssignment(method.node, node.id)
    if (local !== undefined) return numberAt(all, local, method, given, depth + 1)
  }
  const names = { function: method.node, attributes: new Map() }
  const found = constantAt(node, { code: all, file: method.file, names })
  return found && plainNumber(found.value)
}

const plainNumber = (node: Expression): number | undefined =>
  node.kind === 'Constant' && node.value.type === 'int' ? Number(node.value.value) : undefined

function ofParameter(
  all: Code,
  name: string,
  method: ConsumerMethod,
  given: HandedArguments,
  depth: number,
): number | undefined {
  const handed = given.arguments.get(name)
  if (handed !== undefined && given.by !== undefined)
    return numberAt(all, handed, given.by.method, given.by.given, depth + 1)
  const { posonly, args, kwonly } = method.node.args
  const own = [...posonly, ...args, ...kwonly].find((one) => one.name === name)
  return given.by === undefined || own?.default === undefined ? undefined : plainNumber(own.default)
}

/** Codes with which other code than a consumer itself closes one that it has: `other.close(code=4001)`; undefined: one that cannot be read. */
export function closesElsewhere(app: App): ReadonlySet<number | undefined> {
  const code = codeOf(app)
  const found = new Set<number | undefined>()
  for (const path of code.files) {
    const file: CodeFile | undefined =
      code.source(path)?.text.includes('.close(') === true ? code.file(path) : undefined
    if (file !== undefined)
      walk(file.tree, (node) => {
        if (node.kind !== 'Call' || node.func.kind !== 'Attribute' || node.func.attr !== 'close') return
        const { value } = node.func
        const given = node.args[0] ?? node.keywords.find(({ arg }) => arg === 'code')?.value
        const isSelf = (value.kind === 'Name' && value.id === 'self') || value.kind === 'Call'
        if (!isSelf && given !== undefined) found.add(plainNumber(given))
      })
  }
  return found
}
