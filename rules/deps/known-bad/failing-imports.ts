import type { App } from '../../../src/app/app.ts'
import { type Met, metAnywhere } from '../../../src/app/settings/start.ts'
import type { Place } from '../../../src/contracts/place.ts'
import { type Unimportable, unimportable } from '../../../src/knowledge/packages/unimportable.ts'
import { isInRange } from '../../../src/syntax/requirements/specifier.ts'

/** An import that raises, because the installed release cannot be imported on the Python of the dyno. */
export interface FailingImport extends Pick<Met, 'at' | 'chain' | 'when' | 'hop'> {
  readonly entry: Unimportable
  readonly version: string
  readonly python: string
  /** Where the release is written. */
  readonly via: Place | undefined
}

/** Every such package once, at the first hop that imports it. What a `try` around it catches is left out. */
export function failingImports(app: App): FailingImport[] {
  const { version: python, refused } = app.dependencies.python
  // No build installs anything on a Python that the buildpack refuses.
  if (python === undefined || refused !== undefined) return []
  const entries = new Map<string, { entry: Unimportable; version: string; via: Place | undefined }>()
  for (const entry of unimportable) {
    const { state, version: pinned, expected, via } = app.dependencies.installed(entry.package)
    const version = pinned ?? expected
    if (state !== 'installed' || version === undefined || entries.has(entry.module)) continue
    if (isInRange(entry.affected, version) && isInRange(entry.python, python))
      entries.set(entry.module, { entry, version, via })
  }
  if (entries.size === 0) return []
  const met = metAnywhere(app, (event) => {
    if (event.type !== 'import' || event.from !== 'external' || event.guarded === true) return undefined
    const [top = ''] = event.module.split('.')
    return entries.has(top) ? top : undefined
  })
  return [...entries].flatMap(([module, found]) => {
    const first = met.find(({ key }) => key === module)
    return first === undefined ? [] : [{ ...first.met, ...found, python }]
  })
}
