import type { App } from '../../../src/app/app.ts'
import type { DependencySet } from '../../../src/app/dependencies/model.ts'
import { itemsOf, plain } from '../../../src/evaluate/python/value.ts'

/** Of the sources that stand side by side, the one that brings all that the settings ask for, and what another lacks of it. */
export interface WholeSource {
  readonly file: string
  readonly other: string
  readonly lacks: readonly string[]
}

/** Undefined where each brings it, or none does, or nobody can tell. */
export function wholeSource(app: App): WholeSource | undefined {
  const [one, two, ...more] = app.dependencies.alternatives
  if (one === undefined || two === undefined || more.length > 0) return undefined
  const modules = askedModules(app)
  const lacking = (own: DependencySet, other: DependencySet): readonly string[] =>
    modules.filter((name) => own.moduleState(name) === 'absent' && other.moduleState(name) === 'installed')
  const [inOne, inTwo] = [lacking(one, two), lacking(two, one)]
  const [whole, partial, lacks] = inOne.length === 0 ? [one, two, inTwo] : [two, one, inOne]
  const [file, other] = [whole.source?.path, partial.source?.path]
  if (lacks.length === 0 || (inOne.length > 0 && inTwo.length > 0)) return undefined
  return file === undefined || other === undefined
    ? undefined
    : {
        file,
        other,
        lacks: lacks.map(
          (name) =>
            whole.distributionsOf(name).find((distribution) => whole.installed(distribution).state === 'installed') ??
            name,
        ),
      }
}

/** Top-level modules that are not the project's own: what the settings import, and the apps that they install. */
function askedModules({ settings }: App): readonly string[] {
  const imported = (settings.evaluation?.paths ?? []).flatMap(({ events }) =>
    events.flatMap((event) =>
      event.type === 'import' && event.from !== 'project' && event.guarded !== true ? [event.module] : [],
    ),
  )
  const apps = (settings.get('INSTALLED_APPS')?.alternatives ?? []).flatMap(({ value }) =>
    (itemsOf(value) ?? []).flatMap((item) => plain(item) ?? []),
  )
  return [...new Set([...imported, ...apps].map((name) => name.split('.')[0] ?? ''))]
}
