import { type Place, samePlace } from '../../contracts/place.ts'
import type { Evaluation } from '../../evaluate/python/evaluation.ts'
import type { App } from '../app.ts'
import { isRedisVariable } from './redis-endpoint.ts'
import { isLacking, openRuns } from './without-config-vars.ts'

/** A config var that the deployed app lacks. */
export interface MissingVariable {
  readonly name: string
  /** `needed`: boot raises without it. `declared`: app.json asks for it, and code reads it. */
  readonly kind: 'needed' | 'declared'
  readonly at: Place
  /** Where app.json declares it as well. */
  readonly declaredAt: Place | undefined
}

/** Config vars without which the deployed app does not start, then those that app.json requires and code reads. */
export function missingVariables(app: App): MissingVariable[] {
  const declared = new Map((app.manifest.appJson?.env ?? []).map((entry) => [entry.name, entry]))
  const found = new Map<string, MissingVariable>()
  const reads = new Set<string>()
  for (const { evaluation } of openRuns(app)) {
    for (const name of evaluation.reads.keys()) reads.add(name)
    for (const { name, at } of neededBy(evaluation)) {
      // The Redis add-on is app/redis-addon's, and the settings module asgi/settings-default's.
      if (found.has(name) || !isLacking(app, name) || isRedisVariable(name) || name === 'DJANGO_SETTINGS_MODULE')
        continue
      found.set(name, { name, kind: 'needed', at, declaredAt: declared.get(name)?.at })
    }
  }
  for (const { name, required, value, generated, at } of declared.values()) {
    if (!required || value !== undefined || generated || found.has(name)) continue
    if (isLacking(app, name) && reads.has(name)) found.set(name, { name, kind: 'declared', at, declaredAt: undefined })
  }
  return [...found.values()]
}

/** Variables whose absence alone makes a module raise: required ones, and guards that raise. */
export function neededBy(evaluation: Evaluation): { readonly name: string; readonly at: Place }[] {
  const guards = evaluation.paths.flatMap(({ crash }) => {
    if (crash?.variable === undefined || crash.when.some(({ opaque }) => opaque)) return []
    const alone = crash.when.every(({ variable, holds }) => variable === crash.variable && !holds)
    return alone ? [{ name: crash.variable, at: crash.at }] : []
  })
  return [...evaluation.required, ...guards]
}

/** Whether a crash would not happen if the config vars that the app lacks were set: their absence is the cause. */
export function isForLack(app: App, what: 'settings' | 'asgi', at: Place): boolean {
  const open = openRuns(app).find((run) => run.what === what)
  if (open === undefined) return false
  const { certainCrash } = open.evaluation
  const same = certainCrash !== undefined && samePlace(certainCrash.at, at)
  return !same && neededBy(open.evaluation).some(({ name }) => isLacking(app, name))
}
