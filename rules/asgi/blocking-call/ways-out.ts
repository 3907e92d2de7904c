import type { App } from '../../../src/app/app.ts'
import { calledFunction } from '../../../src/app/asgi/called-function.ts'
import {
  type ConsumerCode,
  type ConsumerMethod,
  memberName,
  methodOfConsumer,
} from '../../../src/app/asgi/consumer-code.ts'
import { bodyOf, type ProjectFunction } from '../../../src/app/asgi/project-functions.ts'
import { type Code, type CodeFile, codeOf, dottedOf, findClass } from '../../../src/app/asgi/python-code.ts'
import type { Call, ExceptHandler, Expression, For, While } from '../../../src/syntax/python/ast.ts'
import { children, opensScope, type PythonNode, walk } from '../../../src/syntax/python/walk.ts'

export type PythonLoop = While | For

/** How a loop of a consumer may come to an end. */
export interface Ways {
  /** The consumer has something run later, or holds the task it runs in: what that cancels is not followed. */
  cancels(): boolean
  /** Something in a loop ends it. */
  leaves(loop: PythonLoop, where: ConsumerMethod): boolean
  /** An exception may leave a loop while the socket is open. */
  raises(loop: PythonLoop, where: ConsumerMethod): boolean
  /** What runs within this context manager ends by itself alone: no time limit, no exception that is passed over. */
  passes(context: Expression, where: ConsumerMethod): boolean
  /** An attribute of the consumer is set by more than these many statements of its own methods. */
  setsElsewhere(attribute: string, own: number): boolean
}

const later = /^(?:current_task|all_tasks|call_later|call_at|call_soon|call_soon_threadsafe)$/

export function waysOut(app: App, code: ConsumerCode): Ways {
  const project = codeOf(app)
  return {
    cancels: () => code.functions.some(({ node }) => namesLater(node)),
    leaves: (loop, method) => leaves(project, loop, methodOfConsumer(code, method)),
    raises: (loop, { file }) =>
      !catchesAll(loop) && !(loop.kind === 'While' && loop.body.every((statement) => isCalm(code, statement, file))),
    passes: (context, method) => passes(project, context, methodOfConsumer(code, method)),
    setsElsewhere: (attribute, own) => setsInMethods(code, attribute) > own || setsOutside(project, attribute),
  }
}

function namesLater(node: PythonNode): boolean {
  let found = false
  walk(node, (inner) => {
    found ||= later.test(inner.kind === 'Attribute' ? inner.attr : inner.kind === 'Name' ? inner.id : '')
  })
  return found
}

const calledBy = (project: Code, call: Pick<Call, 'func'>, from: ProjectFunction): ProjectFunction | undefined =>
  calledFunction(project, call, bodyOf(from))

/** A function of the project raises something, itself or in what it calls. */
function raises(project: Code, from: ProjectFunction, depth: number): boolean {
  let found = false
  for (const statement of from.node.body)
    walk(statement, (inner) => {
      if (opensScope(inner)) return false
      found ||= inner.kind === 'Raise' || inner.kind === 'Assert' || endsProcess(inner)
      const called = !found && depth < 3 && inner.kind === 'Call' ? calledBy(project, inner, from) : undefined
      found ||= called !== undefined && called.node !== from.node && raises(project, called, depth + 1)
      return !found
    })
  return found
}

function leaves(project: Code, loop: PythonLoop, from: ProjectFunction): boolean {
  let ends = false
  const visit = (node: PythonNode, around: { readonly own: boolean; readonly caught: boolean }): void => {
    if (ends || opensScope(node)) return
    const { own, caught } = around
    if (node.kind === 'Return' || node.kind === 'Raise' || (node.kind === 'Break' && own)) ends = true
    if (endsProcess(node) || (node.kind === 'Assert' && !caught)) ends = true
    // The end of a task or a future that is awaited is an exception here, also its cancellation.
    if (node.kind === 'Await' && node.value.kind !== 'Call') ends = true
    if (node.kind === 'Call' && !caught) {
      const called = calledBy(project, node, from)
      ends ||= isCalled(node, 'wait_for') || (called !== undefined && raises(project, called, 0))
    }
    if (node.kind === 'Try') {
      const all = caught || node.handlers.some(catchesEverything)
      for (const statement of node.body) visit(statement, { own, caught: all })
      for (const child of [...node.handlers, ...node.orelse, ...node.finalbody]) visit(child, around)
    } else if (node.kind === 'While' || node.kind === 'For' || node.kind === 'AsyncFor') {
      for (const child of children(node)) visit(child, { own: own && node.orelse.some((one) => one === child), caught })
    } else for (const child of children(node)) visit(child, around)
  }
  for (const statement of loop.body) visit(statement, { own: true, caught: false })
  return ends
}

/** Nothing in a node raises, as far as calls and operators tell. */
function isCalm(code: ConsumerCode, node: PythonNode, file: CodeFile): boolean {
  if (node.kind === 'Subscript' || node.kind === 'Assert' || opensScope(node)) return false
  if ((node.kind === 'BinOp' || node.kind === 'AugAssign') && /[/%]/.test(node.op)) return false
  if (node.kind === 'Call') {
    const member = memberName(node.func)
    const isSend = member?.of === 'self' && /^send(?:_json)?$/.test(member.name) && !code.methods.has(member.name)
    const isKnown = calm.test(dottedOf(node.func, file) ?? '')
    if (!isSend && !isKnown && !(node.func.kind === 'Attribute' && node.func.attr === 'isoformat')) return false
  }
  return children(node).every((child) => isCalm(code, child, file))
}

function passes(project: Code, context: Expression, from: ProjectFunction): boolean {
  if (context.kind !== 'Call') return false
  const { func } = context
  const { file } = from
  const name = func.kind === 'Attribute' ? func.attr : func.kind === 'Name' ? func.id : undefined
  if (name === undefined || limiting.has(name) || calledBy(project, context, from) !== undefined) return false
  const dotted = dottedOf(func, file)
  if (dotted !== undefined && findClass(project, dotted) !== undefined) return false
  return func.kind === 'Attribute' || file.imports.has(name)
}

function setsInMethods(code: ConsumerCode, attribute: string): number {
  let sets = 0
  for (const { node } of code.functions)
    walk(node, (inner) => {
      if (targetsOf(inner).some((target) => memberName(target)?.name === attribute)) sets++
    })
  return sets
}

/** Some file sets an attribute of the name of another object than `self`. */
function setsOutside(project: Code, attribute: string): boolean {
  return project.files.some((path) => {
    if (project.source(path)?.text.includes(`.${attribute}`) !== true) return false
    const file = project.file(path)
    let sets = false
    if (file !== undefined)
      walk(file.tree, (inner) => {
        sets ||= targetsOf(inner).some(
          (target) => target.kind === 'Attribute' && target.attr === attribute && memberName(target)?.of === undefined,
        )
      })
    return sets
  })
}

function targetsOf(node: PythonNode): readonly Expression[] {
  const targets = node.kind === 'Assign' ? node.targets : node.kind === 'AugAssign' ? [node.target] : []
  return targets.flatMap((target) => (target.kind === 'Tuple' ? target.elts : [target]))
}

const isCalled = ({ func }: Call, name: string): boolean =>
  (func.kind === 'Attribute' && func.attr === name) || (func.kind === 'Name' && func.id === name)

/** `sys.exit()`, `os._exit()`, `exit()` */
const endsProcess = (node: PythonNode): boolean =>
  node.kind === 'Call' && ['exit', '_exit', 'quit', 'abort'].some((name) => isCalled(node, name))

/** Contexts that pass over an exception, or end what is within when the time is over or something else fails. */
const limiting: ReadonlySet<string> = new Set([
  ...['suppress', 'ignored', 'timeout', 'timeout_at', 'move_on_after', 'move_on_at', 'fail_after', 'fail_at'],
  ...['CancelScope', 'open_cancel_scope', 'TaskGroup', 'create_task_group', 'open_nursery', 'ExitStack'],
  'AsyncExitStack',
])

const namesOf = ({ type }: ExceptHandler): string[] =>
  (type === undefined ? [] : type.kind === 'Tuple' ? type.elts : [type]).map((one) =>
    one.kind === 'Attribute' ? one.attr : one.kind === 'Name' ? one.id : '',
  )

const catchesEverything = (handler: ExceptHandler): boolean =>
  handler.type === undefined || namesOf(handler).some((name) => name === 'Exception' || name === 'BaseException')

/** It catches something else than the cancellation of the task, which does not come as long as the socket is open. */
export const catchesMore = (handler: ExceptHandler): boolean =>
  handler.type === undefined || namesOf(handler).some((name) => name !== 'CancelledError')

/** Whatever a loop's body raises is caught in it, by something that raises nothing itself. */
function catchesAll({ body }: PythonLoop): boolean {
  const [only, ...more] = body
  return (
    more.length === 0 &&
    only?.kind === 'Try' &&
    only.orelse.length === 0 &&
    only.finalbody.length === 0 &&
    only.handlers.every((handler) => handler.body.every(isQuiet)) &&
    only.handlers.some(catchesEverything)
  )
}

/** Calls that raise nothing. */
const calm =
  /^(?:asyncio\.sleep|time\.(?:time|monotonic)|random\.(?:random|randint|uniform)|json\.dumps|datetime\.(?:datetime\.)?(?:now|utcnow)|django\.utils\.timezone\.now|str|print|dict)$/

/** `pass`, `continue`, `logger.exception(…)` */
const isQuiet = (node: PythonNode): boolean =>
  node.kind === 'Pass' || node.kind === 'Continue' || (node.kind === 'Expr' && node.value.kind === 'Call')
