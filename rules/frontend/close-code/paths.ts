import type { ConsumerCode, ConsumerMethod } from '../../../src/app/asgi/consumer-code.ts'
import { memberName } from '../../../src/app/asgi/consumer-code.ts'
import { argumentFor } from '../../../src/app/asgi/project-functions.ts'
import type { Call, Expression, FunctionDef, Statement } from '../../../src/syntax/python/ast.ts'
import { children, isFunction, type PythonNode } from '../../../src/syntax/python/walk.ts'

/** Whether accept() ran on a way to a place: on none, on some; `ended`: no way leads there. */
export type Accepted = 'no' | 'maybe' | 'ended'

/** A call of close() on a way through the consumer. */
export interface ClosingCall {
  readonly call: Call
  readonly method: ConsumerMethod
  readonly accepted: Accepted
  /** What the caller hands the method for its parameters. */
  readonly given: HandedArguments
}

/** The arguments of a method on the way, with those of its caller. */
export interface HandedArguments {
  readonly arguments: ReadonlyMap<string, Expression>
  readonly by: { readonly method: ConsumerMethod; readonly given: HandedArguments } | undefined
}

/** A way that is not followed to its end. */
export class TooDeep extends Error {}

const farthest = 6

/**
 * Follows a consumer's method as Python runs it, through the methods that it calls, and says of each `close()` whether `accept()` may have
 * run before. What is only named (a callback), or called and not awaited (a task), runs some time later: after accept().
 */
export function closingCalls(code: ConsumerCode, start: ConsumerMethod, accepted: Accepted) {
  const closes: ClosingCall[] = []
  const visited = new Set<FunctionDef>()
  let accepts = 0
  /** What may have been accepted where something raises, one entry for each `try` around. */
  const raising: { accepted: boolean }[] = []

  const nothing: HandedArguments = { arguments: new Map(), by: undefined }
  run(start, accepted, nothing, [])
  return { closes, visited }

  interface Frame {
    readonly method: ConsumerMethod
    readonly given: HandedArguments
    readonly stack: readonly FunctionDef[]
    readonly returns: Accepted[]
    readonly jumps: Accepted[]
  }

  /** What holds when a method has run. */
  function run(
    method: ConsumerMethod,
    before: Accepted,
    given: HandedArguments,
    stack: readonly FunctionDef[],
  ): Accepted {
    if (stack.includes(method.node)) return before
    if (stack.length > farthest) throw new TooDeep()
    visited.add(method.node)
    const frame = { method, given, stack: [...stack, method.node], returns: [], jumps: [] }
    const end = block(method.node.body, before, frame)
    return either(end, ...frame.returns)
  }

  function block(statements: readonly Statement[], before: Accepted, frame: Frame): Accepted {
    let now = before
    for (const statement of statements) {
      if (now === 'ended') return now
      mayRaise(now)
      now = step(statement, now, frame)
    }
    return now
  }

  function step(node: Statement, before: Accepted, frame: Frame): Accepted {
    switch (node.kind) {
      case 'If': {
        const tested = value(node.test, before, frame)
        return either(block(node.body, tested, frame), block(node.orelse, tested, frame))
      }
      case 'Match': {
        const asked = value(node.subject, before, frame)
        return either(asked, ...node.cases.map(({ body }) => block(body, asked, frame)))
      }
      case 'For':
      case 'AsyncFor':
      case 'While':
        return loop(node, value(node.kind === 'While' ? node.test : node.iter, before, frame), frame)
      case 'With':
      case 'AsyncWith':
        return block(
          node.body,
          values(
            node.items.map(({ context }) => context),
            before,
            frame,
          ),
          frame,
        )
      case 'Try':
        return attempt(node, before, frame)
      case 'Return':
        frame.returns.push(node.value === undefined ? before : value(node.value, before, frame))
        return 'ended'
      case 'Raise':
        if (node.exc !== undefined) mayRaise(value(node.exc, before, frame))
        return 'ended'
      case 'Break':
      case 'Continue':
        frame.jumps.push(before)
        return 'ended'
      case 'ClassDef':
        return before
      default:
        return isFunction(node)
          ? later(() => block(node.body, 'maybe', frame), before)
          : values(children(node), before, frame)
    }
  }

  function loop(
    node: Extract<Statement, { kind: 'For' | 'AsyncFor' | 'While' }>,
    before: Accepted,
    frame: Frame,
  ): Accepted {
    const inside: Frame = { ...frame, jumps: [] }
    const once = either(before, block(node.body, before, inside), ...inside.jumps)
    const again = either(once, block(node.body, once, inside), ...inside.jumps)
    return block(node.orelse, again, frame)
  }

  function attempt(node: Extract<Statement, { kind: 'Try' }>, before: Accepted, frame: Frame): Accepted {
    const own = { accepted: false }
    raising.push(own)
    const body = block(node.body, before, frame)
    raising.pop()
    const raised = own.accepted ? 'maybe' : before
    const ends = [block(node.orelse, body, frame), ...node.handlers.map((one) => block(one.body, raised, frame))]
    const end = either(...ends)
    const last = block(node.finalbody, either(raised, ...ends), frame)
    return end === 'ended' || node.finalbody.length === 0 ? end : last
  }

  function mayRaise(now: Accepted): void {
    if (now === 'maybe') for (const one of raising) one.accepted = true
  }

  function values(nodes: readonly PythonNode[], before: Accepted, frame: Frame): Accepted {
    return nodes.reduce((now, node) => value(node, now, frame), before)
  }

  function value(node: PythonNode, before: Accepted, frame: Frame, awaited = false): Accepted {
    if (node.kind === 'Await') return value(node.value, before, frame, true)
    if (node.kind === 'Lambda') return later(() => value(node.body, 'maybe', frame), before)
    if (node.kind === 'Call') return called(node, before, frame, awaited)
    if (node.kind !== 'Attribute') return values(children(node), before, frame)
    const member = memberName(node)
    if (member === undefined) return value(node.value, before, frame)
    if (member.name === 'accept') return accepting()
    const method = memberOf(member, frame.method)
    return method === undefined ? before : later(() => run(method, 'maybe', nothing, frame.stack), before)
  }

  function called(node: Call, before: Accepted, frame: Frame, awaited: boolean): Accepted {
    const member = memberName(node.func)
    const given = [...node.args, ...node.keywords]
    const now = values(member === undefined ? [node.func, ...given] : given, before, frame)
    mayRaise(now)
    if (member === undefined) return now
    if (member.name === 'close') {
      closes.push({ call: node, method: frame.method, accepted: now, given: frame.given })
      return now
    }
    if (member.name === 'accept') return accepting()
    const method = memberOf(member, frame.method)
    // The generic consumers accept in their connect().
    if (method === undefined) return member.of === 'super' && member.name === 'connect' ? accepting() : now
    const handed: HandedArguments = {
      arguments: argumentsOf(node, method),
      by: { method: frame.method, given: frame.given },
    }
    const isLater = code.async && method.node.kind === 'AsyncFunctionDef' && !awaited
    return isLater ? later(() => run(method, 'maybe', handed, frame.stack), now) : run(method, now, handed, frame.stack)
  }

  function accepting(): Accepted {
    accepts++
    return 'maybe'
  }

  /** What runs at another time: only whether it accepts counts here. */
  function later(runs: () => void, before: Accepted): Accepted {
    const already = accepts
    runs()
    return accepts > already ? 'maybe' : before
  }

  function memberOf(member: { readonly name: string; readonly of: 'self' | 'super' }, from: ConsumerMethod) {
    if (member.of === 'self') return code.methods.get(member.name)
    const index = code.classes.findIndex(({ node }) => node.body.includes(from.node))
    const above = code.classes.slice(index + 1)
    return code.functions.find(
      ({ node }) => node.name === member.name && above.some((one) => one.node.body.includes(node)),
    )
  }

  function argumentsOf(call: Call, method: ConsumerMethod): ReadonlyMap<string, Expression> {
    const { posonly, args, kwonly } = method.node.args
    const owner = code.classes.find(({ node }) => node.body.includes(method.node))?.node
    return new Map(
      [...posonly, ...args, ...kwonly].flatMap(({ name }): [string, Expression][] => {
        const handed = argumentFor(call, { ...method, owner }, name)
        return handed === undefined ? [] : [[name, handed]]
      }),
    )
  }
}

/** What holds where several ways meet. */
function either(...ways: readonly Accepted[]): Accepted {
  return ways.includes('maybe') ? 'maybe' : ways.includes('no') ? 'no' : 'ended'
}
