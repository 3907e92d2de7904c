import type { Closure } from '../interpreter/machine.ts'
import type { CallArguments, Value } from '../value.ts'

/** How deep an object is looked into. */
const depth = 8

/** The objects that can be got at from some: what they hold, and what they were made with. */
export function reachedFrom(values: readonly Value[]): ReadonlySet<Value> {
  const found = new Set<Value>()
  for (const value of values) visit(value, depth, found)
  return found
}

/** Whether something that can be called and that leads to one of these values is among what was handed to code that is not read. */
export function isHandedOn(handed: readonly CallArguments[], values: ReadonlySet<Value>): boolean {
  return handed.some((args) => argumentsOf(args).some((one) => leadsTo(one, values)))
}

function leadsTo(value: Value, values: ReadonlySet<Value>): boolean {
  return [...reachedFrom([value])].some((one) => values.has(one) && isTelling(one))
}

/** Values that two objects share without having to do with each other. */
function isTelling({ type }: Value): boolean {
  return ['function', 'method', 'native', 'instance', 'call'].includes(type)
}

function argumentsOf({ positional, keywords }: CallArguments): Value[] {
  return [...positional, ...keywords.values()]
}

function visit(value: Value, left: number, found: Set<Value>): void {
  if (left === 0 || found.has(value)) return
  found.add(value)
  for (const one of partsOf(value)) visit(one, left - 1, found)
}

function partsOf(value: Value): readonly Value[] {
  switch (value.type) {
    case 'list':
    case 'tuple':
    case 'set':
      return value.items
    case 'dict':
      return value.entries.map((entry) => entry.value)
    case 'instance':
      return [...value.attributes.values()].map((bound) => bound.value)
    case 'method':
      return [value.self, value.function]
    case 'call':
      return [value.callee, ...argumentsOf(value.args)]
    case 'function': {
      const { parent, defaults } = value.closure as Closure
      const found = [...defaults.values()]
      for (let frame = parent; frame?.kind === 'function'; frame = frame.parent)
        for (const bound of frame.names.values()) found.push(bound.value)
      return found
    }
    default:
      return []
  }
}
