import { calledFunction } from '../../../src/app/asgi/called-function.ts'
import { bodyOf, type ProjectFunction, surelyDotted } from '../../../src/app/asgi/project-functions.ts'
import type { Code } from '../../../src/app/asgi/python-code.ts'
import { modelBehind } from '../../../src/app/asgi/query-sets.ts'
import { isThreadBridge } from '../../../src/app/asgi/thread-bridge.ts'
import type { Call, ExceptHandler, Expression, Statement, Try } from '../../../src/syntax/python/ast.ts'
import { bindingsOf, onlyAssignment } from '../../../src/syntax/python/bindings.ts'
import { children, literalText, opensScope, type PythonNode } from '../../../src/syntax/python/walk.ts'

/** An exception that code plainly may raise. */
export interface PlainException {
  /** As it is told of: `Room.DoesNotExist`, `KeyError`. */
  readonly name: string
  /** The last names of the class and of those it derives from, `Exception` left out. */
  readonly classes: readonly string[]
  /** A handler of every exception is for it too: the message of a browser, or what a visitor asks for, decides whether it comes. */
  readonly plain: boolean
}

const valueError: PlainException = { name: 'ValueError', classes: ['ValueError'], plain: true }
const keyError: PlainException = { name: 'KeyError', classes: ['KeyError', 'LookupError'], plain: false }

/** What raises for texts that a client may send, by what is called. */
const byCall: Readonly<Record<string, PlainException>> = {
  'json.loads': { name: 'json.JSONDecodeError', classes: ['JSONDecodeError', 'ValueError'], plain: true },
  'uuid.UUID': valueError,
  'datetime.datetime.strptime': valueError,
  'datetime.datetime.fromisoformat': valueError,
  'jwt.decode': {
    name: 'jwt.InvalidTokenError',
    classes: ['DecodeError', 'ExpiredSignatureError', 'InvalidSignatureError', 'InvalidTokenError', 'PyJWTError'],
    plain: true,
  },
}

/** The exceptions that a statement plainly may raise before it binds anything, itself or in a function of the project that it calls. */
export function raisedBy(code: Code, statement: Statement, of: ProjectFunction): readonly PlainException[] {
  const value = evaluatedBy(statement)
  return value === undefined ? [] : raisedIn(code, value, of, 0)
}

function evaluatedBy(node: Statement): Expression | undefined {
  switch (node.kind) {
    case 'Assign':
    case 'AnnAssign':
    case 'AugAssign':
    case 'Expr':
    case 'Return':
      return node.value
    default:
      return undefined
  }
}

function raisedIn(code: Code, value: PythonNode, of: ProjectFunction, depth: number): PlainException[] {
  const found: PlainException[] = []
  const enter = (node: PythonNode, isAwaited: boolean): void => {
    if (opensScope(node) || 'generators' in node) return
    // Whether these come to their parts is not known, nor what awaits what they raise.
    if (node.kind === 'IfExp' || node.kind === 'BoolOp' || node.kind === 'With' || node.kind === 'AsyncWith') return
    if (node.kind === 'Try') return
    if (node.kind === 'Subscript') found.push(...ofSubscript(node, of))
    if (node.kind === 'Call') found.push(...ofCall(code, node, of, isAwaited, depth))
    for (const one of children(node)) enter(one, node.kind === 'Await')
  }
  enter(value, false)
  return found
}

function ofCall(code: Code, call: Call, of: ProjectFunction, isAwaited: boolean, depth: number): PlainException[] {
  const { func, args } = call
  if (isThreadBridge(func, of.file) && args[0] !== undefined) return []
  if (func.kind === 'Call' && isThreadBridge(func.func, of.file)) {
    const [given] = func.args
    if (given === undefined || !isAwaited) return []
    const got = given.kind === 'Attribute' ? missingRow({ ...call, func: given }, 'get') : undefined
    return got === undefined ? inCalled(code, { func: given }, of, true, depth) : [got]
  }
  const isCoroutine = of.node.kind === 'AsyncFunctionDef'
  const row = missingRow(call, isCoroutine ? 'aget' : 'get')
  if (row !== undefined) return !isCoroutine || isAwaited ? [row] : []
  const dotted = surelyDotted(func, bodyOf(of))
  const known = dotted === undefined ? undefined : byCall[dotted]
  if (known !== undefined) return [known]
  if (isNumber(call, of)) return [valueError]
  return inCalled(code, call, of, isAwaited, depth)
}

/** What a function of the project lets out, where calling it (and awaiting what that gives) runs it. */
function inCalled(
  code: Code,
  called: { readonly func: Expression },
  of: ProjectFunction,
  isAwaited: boolean,
  depth: number,
): PlainException[] {
  const one = depth < 3 ? calledFunction(code, called, bodyOf(of)) : undefined
  if (one === undefined || one.node === of.node) return []
  const { node, file } = one
  const others = node.decorators.filter((by) => by.kind !== 'Name' || !/^(?:static|class)method$/.test(by.id))
  const bridged = others.length === 1 && others[0] !== undefined && isThreadBridge(others[0], file)
  if (others.length > 0 && !bridged) return []
  if ((bridged || node.kind === 'AsyncFunctionDef') && !isAwaited) return []
  return node.body.flatMap((statement) => raisedIn(code, statement, one, depth + 1))
}

/** `Room.objects.get(name=name)`: the row may not be there. */
function missingRow({ func, args, keywords }: Call, by: string): PlainException | undefined {
  if (func.kind !== 'Attribute' || func.attr !== by) return undefined
  const model = modelBehind(func.value)
  if (model === undefined || (args.length === 0 && keywords.length === 0)) return undefined
  const name = model.kind === 'Name' ? model.id : model.kind === 'Attribute' ? model.attr : undefined
  return name === undefined || !/^[A-Z]/.test(name)
    ? undefined
    : { name: `${name}.DoesNotExist`, classes: [`${name}.DoesNotExist`, 'ObjectDoesNotExist'], plain: true }
}

/** `int(text)` */
function isNumber({ func, args }: Call, { node, file }: ProjectFunction): boolean {
  const [given, ...more] = args
  if (func.kind !== 'Name' || (func.id !== 'int' && func.id !== 'float') || more.length > 0) return false
  if (bindingsOf(file.tree).has(func.id) || bindingsOf(node).has(func.id) || file.stars.length > 0) return false
  return given?.kind === 'Name' || given?.kind === 'Subscript' || given?.kind === 'Attribute'
}

/** `content["room"]`: not what Channels always puts there. */
function ofSubscript(
  { value, slice }: Extract<Expression, { kind: 'Subscript' }>,
  { node, file }: ProjectFunction,
): PlainException[] {
  if (literalText(slice) === undefined || isScope(value)) return []
  const made = value.kind === 'Name' ? onlyAssignment(node, value.id) : undefined
  const isMessage =
    made?.kind === 'Call' && surelyDotted(made.func, { file, functions: [node], owner: undefined }) === 'json.loads'
  return [{ ...keyError, plain: isMessage }]
}

function isScope(node: Expression): boolean {
  if (node.kind === 'Subscript') return isScope(node.value)
  if (node.kind === 'Attribute') return node.attr === 'scope' || node.attr === 'environ' || isScope(node.value)
  return node.kind === 'Name' && node.id === 'scope'
}

/** The handler that catches an exception first; undefined: none, or one before it that may. */
export function handlerOf({ handlers }: Try, raised: PlainException): ExceptHandler | undefined {
  for (const handler of handlers) {
    const catches = handler.type === undefined ? raised.plain : catchesIt(handler.type, raised)
    if (catches === undefined) return undefined
    if (catches) return handler
  }
  return undefined
}

/** Undefined: it may, by a name that stands for something else. */
function catchesIt(type: Expression, raised: PlainException): boolean | undefined {
  if (type.kind === 'Tuple') {
    const all = type.elts.map((one) => catchesIt(one, raised))
    return all.includes(true) ? true : all.includes(undefined) ? undefined : false
  }
  if (type.kind !== 'Name' && type.kind !== 'Attribute') return undefined
  const last = type.kind === 'Name' ? type.id : type.attr
  if (last === 'Exception' || last === 'BaseException') return raised.plain ? true : undefined
  if (last === 'DoesNotExist' && type.kind === 'Attribute')
    return raised.classes.includes(`${nameOf(type.value)}.${last}`)
  if (raised.classes.includes(last)) return true
  return /(?:Error|Exception|DoesNotExist|MultipleObjectsReturned|Warning|Denied|Refused)$/.test(last)
    ? false
    : undefined
}

const nameOf = (node: Expression): string =>
  node.kind === 'Name' ? node.id : node.kind === 'Attribute' ? node.attr : ''

/** Whether a call comes back, as far as can be told: what it calls has no `raise` or `assert`, and calls nothing that may not return. */
export function comesBack(code: Code, call: Call, of: ProjectFunction, depth = 0): boolean {
  const { func, keywords } = call
  if (keywords.some(({ arg }) => arg?.startsWith('raise'))) return false
  const one = calledFunction(code, call, bodyOf(of))
  if (one !== undefined) return depth < 3 && one.node !== of.node && hasNoRaise(code, one, depth)
  const last = func.kind === 'Name' ? func.id : func.kind === 'Attribute' ? func.attr : ''
  return !endings.test(last) && !isUnknown(func, of)
}

/** What is called so by packages, and by Python, seldom comes back, or only where something holds. */
const endings =
  /^_?(?:exit|quit|abort|fail|throw|kill|terminate|raise|check|require|ensure|assert|validate)|raise_|_or_(?:404|raise|fail)/i

/** A function of a package, or a method that no class of the project has: what it does with an error is its own business. */
function isUnknown(func: Expression, of: ProjectFunction): boolean {
  if (func.kind === 'Attribute' && func.value.kind === 'Name' && func.value.id === 'self')
    return !ofChannels.test(func.attr)
  if (func.kind !== 'Name') return false
  return bindingsOf(of.node).has(func.id) || bindingsOf(of.file.tree).has(func.id)
    ? !/^(?:async_to_sync|sync_to_async|database_sync_to_async)$/.test(func.id) && !/^[A-Z]/.test(func.id)
    : false
}

const ofChannels = /^(?:send|close|accept|send_json|encode_json)$/

function hasNoRaise(code: Code, one: ProjectFunction, depth: number): boolean {
  let clean = true
  const enter = (node: PythonNode): void => {
    if (!clean) return
    if (node.kind === 'Raise' || node.kind === 'Assert') clean = false
    if (node.kind === 'Call' && !comesBack(code, node, one, depth + 1)) clean = false
    if (!opensScope(node)) for (const child of children(node)) enter(child)
  }
  for (const statement of one.node.body) enter(statement)
  return clean
}
