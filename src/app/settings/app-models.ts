import type { Condition } from '../../evaluate/condition.ts'
import type { Environment } from '../../evaluate/environment.ts'
import type { Bound, Machine } from '../../evaluate/python/interpreter/machine.ts'
import { mro } from '../../evaluate/python/interpreter/mro.ts'
import type { ClassValue } from '../../evaluate/python/value.ts'
import type { App } from '../app.ts'
import type { SettingsModel } from './model.ts'
import type { OwnApp } from './own-apps.ts'
import { runModule } from './run-module.ts'

/** The classes that the `models` module of an app binds, on one path. */
export interface BoundClasses {
  readonly when: readonly Condition[]
  readonly classes: readonly ClassValue[]
}

/**
 * Classes of an app's `models`, its own and those of modules below it, on every path that the config vars allow as far as what
 * stands in the classes rests on them. Undefined: the app has no such module, or nobody can tell what it binds.
 */
export function classesOfModels(
  app: App,
  settings: SettingsModel,
  environment: Environment,
  own: OwnApp,
): readonly BoundClasses[] | undefined {
  const module = `${own.module}.models`
  if (app.project.resolve(module, settings.searchPath) === undefined) return undefined
  const run = { key: 'classes', run: (m: Machine) => tellClasses(m, module) }
  const { certainCrash, bounded, paths } = runModule(app, module, settings.searchPath, environment, run)
  if (certainCrash !== undefined || bounded) return undefined
  const found = paths
    .filter(({ crash }) => crash === undefined)
    .map(({ when, events }) => ({
      when,
      classes: events.flatMap((event) => (event.type === 'classes' ? event.classes : [])),
    }))
  return found.length === 0 ? undefined : found
}

/** Notes the classes as they stand at the end, and has all paths explored on which they are others. */
function tellClasses(m: Machine, name: string): void {
  const module = m.modules.get(name)
  if (module?.type !== 'module') return
  const bound = [...module.names.values()].flatMap(({ value }) => (value.type === 'class' ? [value] : []))
  const classes = bound.filter((one) => `${one.module.name}.`.startsWith(`${name}.`))
  widen(m, module.names)
  for (const one of classes)
    for (const base of mro(one)) {
      if (base.type !== 'class') continue
      widen(m, base.attributes)
      for (const { value } of base.attributes.values()) if (value.type === 'class') widen(m, value.attributes)
    }
  m.event({ type: 'classes', classes: [...new Set(classes)] })
}

/** What a name is worth or whether it is bound rests on this too. */
function widen(m: Machine, names: Map<string, Bound>): void {
  const { taints } = m.session
  for (const { value, taint } of names.values())
    m.wide = taints.union(m.wide, taints.union(taint ?? 0, m.objectTaints.get(value) ?? 0))
  for (const taint of m.implicitTaints.get(names)?.values() ?? []) m.wide = taints.union(m.wide, taint)
}
