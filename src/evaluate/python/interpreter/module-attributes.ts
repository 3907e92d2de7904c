import { external, text } from '../constructors.ts'
import type { ModuleValue, Value } from '../value.ts'
import { callValue } from './calls.ts'
import { derive } from './decisions.ts'
import { libraryModule } from './imports.ts'
import { addTaint, here, type Machine } from './machine.ts'
import { read } from './names.ts'
import { namesDict } from './names-dict.ts'

/** An attribute of a module that is not among its names. */
export function moduleAttribute(m: Machine, module: ModuleValue, name: string): Value | undefined {
  if (module.at.file === '') {
    const path = `${module.name}.${name}`
    if (name === '__name__') return text(module.name, here(m))
    return libraryModule(m, path) ?? external(path, here(m))
  }
  if (name === '__dict__') return namesDict(module.names, here(m))
  const dynamic = module.names.get('__getattr__')?.value
  if (dynamic !== undefined) {
    return callValue(m, dynamic, { positional: [text(name, here(m))], keywords: new Map(), open: false })
  }
  const open = m.openModules.get(module)
  if (open !== undefined) return derive(open)
  // That it is not bound rests on the branches that could have bound it.
  addTaint(m, m.implicitTaints.get(module.names)?.get(name) ?? 0)
  return undefined
}

/** Like {@link moduleAttribute}, with the names first. */
export function findAttributeOfModule(m: Machine, module: ModuleValue, name: string): Value | undefined {
  const bound = module.names.get(name)
  return bound === undefined ? moduleAttribute(m, module, name) : read(m, bound)
}
