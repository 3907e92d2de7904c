import type { Call } from '../../syntax/python/ast.ts'
import { isParameter } from '../../syntax/python/bindings.ts'
import { walk } from '../../syntax/python/walk.ts'
import { calledFunction } from './called-function.ts'
import { bodyOf, type ProjectFunction } from './project-functions.ts'
import type { Code } from './python-code.ts'

/** `handshake(self)`; `super(ChatConsumer, self)` is no other code, and what keeps the consumer calls nothing of it. */
export function isGivenSelf({ func, args, keywords }: Call): boolean {
  if (func.kind === 'Name' && /^(?:super|isinstance|getattr|setattr|hasattr|id|str|repr|type|print)$/.test(func.id))
    return false
  if (func.kind === 'Attribute' && /^(?:add|append|discard|remove)$/.test(func.attr)) return false
  return [...args, ...keywords.map(({ value }) => value)].some((one) => one.kind === 'Name' && one.id === 'self')
}

/** Whether what a call calls may ask one of these of the consumer that it is given; code that cannot be read may. */
export function mayAskOfIt(all: Code, call: Call, within: ProjectFunction, names: ReadonlySet<string>): boolean {
  const called = calledFunction(all, call, bodyOf(within))
  if (called === undefined) return true
  let may = false
  walk(called.node, (inner) => {
    may ||= inner.kind === 'Attribute' && names.has(inner.attr)
    may ||= inner.kind === 'Call' && inner.args.some((one) => one.kind === 'Name' && isParameter(one.id, called.node))
    return !may
  })
  return may
}
