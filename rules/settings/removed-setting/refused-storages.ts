import type { App } from '../../../src/app/app.ts'
import { oldStorages } from '../../../src/app/settings/old-storages.ts'
import { told, verdict } from '../../../src/app/settings/verdict.ts'
import { atLeast, unknownVersion } from '../../../src/app/settings/versions.ts'
import { worldsBeside, worldsOf } from '../../../src/app/settings/worlds.ts'
import type { Hop } from '../../../src/contracts/hop.ts'
import type { Place } from '../../../src/contracts/place.ts'
import type { Text } from '../../../src/contracts/text.ts'
import { type Condition, type Contingent, pairs } from '../../../src/evaluate/condition.ts'
import type { Alternative, Resolved } from '../../../src/evaluate/python/evaluation.ts'
import { uniqueBy } from '../../../src/unique-by.ts'

/** A setting that Django 4.2 and 5.0 refuse beside STORAGES, whatever both hold. */
export interface RefusedStorage {
  readonly alias: keyof typeof oldStorages
  readonly name: string
  readonly at: Place
  /** Where STORAGES is set. */
  readonly beside: Place
  /** Where the first process that reads both ends; `process`: no WebSocket passes it. */
  readonly hop: Hop
  readonly process: string | undefined
  readonly when: readonly (Condition | Text)[]
}

/** `Settings.__init__` of Django 4.2 and 5.0 raises where a module binds both names (django/conf/__init__.py, `is_overridden`). */
export function refusedStorages(app: App): RefusedStorage[] {
  const { dependencies, inquiry } = app
  const version = [atLeast(dependencies, 'django', '4.2'), atLeast(dependencies, 'django', '5.1')]
  if (version[0] === false || version[1] === true) return []
  const found = [...worldsOf(app), ...worldsBeside(app)].flatMap(({ settings, hop, process, beside, when }) => {
    if (!settings.sure || settings.evaluation?.certainCrash !== undefined) return []
    const storages = ways(settings.get('STORAGES'))
    return (['default', 'staticfiles'] as const).flatMap((alias): RefusedStorage[] => {
      const name = oldStorages[alias]
      const both = pairs(ways(settings.get(name)), storages)
      const sure = told(
        inquiry,
        verdict(both, ({ a, b }) => a.bound !== undefined && b.bound !== undefined),
        () => undefined,
      )
      const { a, b } = sure?.where[0] ?? {}
      if (sure === undefined || a?.bound === undefined || b?.bound === undefined) return []
      const by = {
        hop,
        process: beside ? process : undefined,
        when: [...sure.when, ...(when === undefined ? [] : [when])],
      }
      return [{ alias, name, at: a.bound.at, beside: b.bound.at, ...by }]
    })
  })
  const [first, ...others] = uniqueBy(found, ({ name }) => name)
  if (first === undefined) return []
  if (version[0] === true && version[1] === false) return [first, ...others]
  inquiry.cannotTell({ ...unknownVersion(app, 'django'), hop: first.hop })
  return []
}

/** The paths on which a setting is bound, and those on which it is not. */
function ways(resolved: Resolved | undefined): (Contingent & { readonly bound: Alternative | undefined })[] {
  const { alternatives = [], absent = [] } = resolved ?? {}
  return [
    ...alternatives.map((bound) => ({ bound, when: bound.when })),
    ...absent.map((when) => ({ bound: undefined, when })),
  ]
}
