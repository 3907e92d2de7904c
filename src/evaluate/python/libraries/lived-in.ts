import { walk } from '../../../syntax/python/walk.ts'
import type { Machine } from '../interpreter/machine.ts'
import type { Binding, UnknownValue, Value } from '../value.ts'

/** How deep a value of a module is looked into. */
const depth = 4

/**
 * Modules as they are in a process that has served others before: what can be changed in place may hold more by then, and a name
 * that is None, or that a function declares as global, something else.
 */
export function liveIn(m: Machine, unknown: UnknownValue): void {
  const seen = new Set<Value>()
  for (const module of new Set(m.modules.values())) {
    if (module.type !== 'module' || module.file === undefined) continue
    loosenNames(module.names, unknown, seen, depth)
    for (const name of globalsOf(m, module.file)) {
      const bound = module.names.get(name)
      if (bound !== undefined) module.names.set(name, { ...bound, value: unknown })
    }
  }
}

function loosenNames(names: Map<string, Binding>, unknown: UnknownValue, seen: Set<Value>, left: number): void {
  for (const [name, bound] of names) {
    if (bound.value.type === 'none') names.set(name, { ...bound, value: unknown })
    else loosen(bound.value, unknown, seen, left)
  }
}

function loosen(value: Value, unknown: UnknownValue, seen: Set<Value>, left: number): void {
  if (left === 0 || seen.has(value)) return
  switch (value.type) {
    case 'dict':
      seen.add(value)
      value.rest ??= unknown
      for (const entry of value.entries) loosen(entry.value, unknown, seen, left - 1)
      break
    case 'list':
    case 'set':
      seen.add(value)
      value.rest ??= unknown
      for (const item of value.items) loosen(item, unknown, seen, left - 1)
      break
    case 'class':
    case 'instance':
      seen.add(value)
      loosenNames(value.attributes, unknown, seen, left - 1)
      break
    default:
      break
  }
}

/** Names of a file's module that one of its functions may bind. */
function globalsOf(m: Machine, file: string): ReadonlySet<string> {
  const names = new Set<string>()
  const parsed = m.session.parse(file)
  if (parsed !== undefined)
    walk(parsed.module, (node) => {
      if (node.kind === 'Global') for (const name of node.names) names.add(name)
    })
  return names
}
