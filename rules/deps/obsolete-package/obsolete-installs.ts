import type { App } from '../../../src/app/app.ts'
import { codeOf } from '../../../src/app/asgi/python-code.ts'
import { requiredBy } from '../../../src/app/dependencies/candidates.ts'
import type { Requirement } from '../../../src/app/dependencies/model.ts'
import { releaseOf } from '../../../src/app/dependencies/releases.ts'
import { type Obsolete, obsolete } from '../../../src/knowledge/packages/obsolete.ts'
import { packageHistory } from '../../../src/knowledge/packages/packages.ts'
import { isInRange } from '../../../src/syntax/requirements/specifier.ts'

export interface ObsoleteInstall {
  readonly requirement: Requirement
  readonly entry: Obsolete
  /** Another listed package that requires it: it stands here because of a `pip freeze`. */
  readonly requiredBy: Requirement | undefined
  /** No file of the project imports it, and it does nothing by itself. */
  readonly idle: boolean
}

/** Listed packages that are replaced or dead; of a lock only those its manifest lists too. */
export function obsoleteInstalls(app: App): readonly ObsoleteInstall[] {
  const { dependencies } = app
  const manifest = dependencies.files
    .filter(({ role }) => role === 'manifest')
    .flatMap(({ requirements }) => requirements)
  const found = new Map<string, ObsoleteInstall>()
  for (const requirement of dependencies.requirements) {
    const { name, applies, role } = requirement
    const entry = obsolete.find((one) => one.package === name && concerns(one, requirement))
    if (entry === undefined || applies === false || found.has(name)) continue
    const listed = role === 'lock' ? manifest.find((one) => one.name === name) : requirement
    if (listed === undefined) continue
    found.set(name, { requirement: listed, entry, requiredBy: requirerOf(app, name), idle: isIdle(app, entry) })
  }
  return [...found.values()]
}

function isIdle(app: App, { module }: Obsolete): boolean {
  if (module === undefined) return false
  const isOf = (dotted: string): boolean => dotted === module || dotted.startsWith(`${module}.`)
  const code = codeOf(app)
  return !code.files.some((path) => {
    const file = code.file(path)
    return file?.stars.some(isOf) === true || [...(file?.imports.values() ?? [])].some(isOf)
  })
}

function concerns({ range }: Obsolete, requirement: Requirement): boolean {
  if (range === '') return true
  return requirement.pin !== undefined && isInRange(range, requirement.pin)
}

/** A pinned, listed package whose release requires `name`. */
function requirerOf(app: App, name: string): Requirement | undefined {
  const { requirements, python } = app.dependencies
  return requirements.find((one) => {
    const { pin } = one
    const release = pin === undefined ? undefined : releaseOf(packageHistory(one.name)?.releases ?? [], pin)
    return (
      release !== undefined && requiredBy(release, one.extras, python.version).some((needed) => needed.name === name)
    )
  })
}
