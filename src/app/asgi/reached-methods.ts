import { getOrInsert } from '../../get-or-insert.ts'
import { bindingsOf } from '../../syntax/python/bindings.ts'
import { literalText, walk } from '../../syntax/python/walk.ts'
import type { App } from '../app.ts'
import { type ConsumerCode, type ConsumerMethod, calledMethods, type Moment, memberName } from './consumer-code.ts'

/** A function of a consumer that runs when something happens to its socket, if not each time. */
export interface ReachedMethod extends ConsumerMethod {
  readonly moment: Moment
}

/** What is told of a function that several moments lead to: a message rather than the handshake, and that rather than the end. */
const moments: readonly Moment[] = ['message', 'connect', 'leave']

/**
 * The functions of a consumer that Channels calls, and those that these name in turn: `self.find()`, `database_sync_to_async(self.find)`,
 * `{'move': self.move}`, or a table of the class that they read does: `self.commands` of `commands = {'move': move}`. Where one looks for a method by a name that is computed (`getattr(self, f'on_{kind}')`), it may be any.
 */
export function reachedMethods(app: App, code: ConsumerCode): ReachedMethod[] {
  const found = new Map<unknown, ReachedMethod>()
  const roots = calledMethods(app, code)
  const tables = tablesOf(code)
  for (const moment of moments) {
    const wanted: ConsumerMethod[] = roots.filter((one) => one.moment === moment)
    for (let next = wanted.pop(); next !== undefined; next = wanted.pop()) {
      if (found.has(next.node)) continue
      found.set(next.node, { node: next.node, file: next.file, moment })
      const names = namedIn(next)
      const isNamed = (name: string) =>
        names === 'any' || names.has(name) || [...names].some((one) => tables.get(one)?.has(name))
      wanted.push(...code.functions.filter(({ node }) => isNamed(node.name)))
    }
  }
  return [...found.values()]
}

/** Members that a function names of its consumer. */
function namedIn({ node }: ConsumerMethod): ReadonlySet<string> | 'any' {
  const names = new Set<string>()
  let any = false
  walk(node, (inner) => {
    const member = inner.kind === 'Attribute' ? memberName(inner) : undefined
    if (member !== undefined) names.add(member.name)
    if (inner.kind !== 'Call' || inner.func.kind !== 'Name' || inner.func.id !== 'getattr') return
    const [of, name] = inner.args
    if (of?.kind !== 'Name' || of.id !== 'self') return
    const text = literalText(name)
    if (text === undefined) any = true
    else names.add(text)
  })
  return any ? 'any' : names
}

/** What the values of attributes name that the classes of a consumer bind themselves. */
function tablesOf({ classes }: ConsumerCode): ReadonlyMap<string, ReadonlySet<string>> {
  const tables = new Map<string, Set<string>>()
  for (const { node } of classes)
    for (const [attribute, all] of bindingsOf(node)) {
      const names = getOrInsert(tables, attribute, () => new Set<string>())
      for (const { value } of all)
        if (value !== undefined)
          walk(value, (inner) => {
            if (inner.kind === 'Name') names.add(inner.id)
          })
    }
  return tables
}
