import type { App } from '../../../src/app/app.ts'
import type { Requirement } from '../../../src/app/dependencies/model.ts'
import { appIndex } from '../../../src/app/settings/apps.ts'
import { defaultDatabases } from '../../../src/app/settings/databases.ts'
import { firstImport } from '../../../src/app/settings/first-import.ts'
import { judged } from '../../../src/app/settings/setting-verdict.ts'
import { verdict } from '../../../src/app/settings/verdict.ts'
import { atLeast } from '../../../src/app/settings/versions.ts'
import type { Place } from '../../../src/contracts/place.ts'
import type { Condition } from '../../../src/evaluate/condition.ts'
import { type Combination, combinations } from '../../../src/knowledge/packages/combinations.ts'
import { contains, parseSpecifiers } from '../../../src/syntax/requirements/specifier.ts'

/** A release that is installed and fails on the Python that the build installs. */
export interface Failing {
  readonly combination: Combination
  /** The package as it is written. */
  readonly name: string
  readonly version: string
  readonly at: Place
  readonly python: string
  /** Where it is loaded first. */
  readonly hop: 'build' | 'release' | 'boot'
  readonly when: readonly Condition[]
}

/** Every release that is pinned, loaded on the way to the socket, and fails there. */
export function failingCombinations(app: App): readonly Failing[] {
  const { python } = app.dependencies
  const minor = Number(python.minor?.split('.')[1])
  return combinations.flatMap((combination): Failing[] => {
    if (!(minor >= combination.since) || python.minor === undefined) return []
    const installed = app.dependencies.installed(combination.package)
    const { version } = installed
    if (version === undefined || !contains(parseSpecifiers(combination.affected) ?? [], version)) return []
    if (combination.lacks === 'pkg_resources' && !lacksPkgResources(app)) return []
    const loaded = loads(app, combination)
    const pin = pinned(app, combination.package)
    const at = pin?.versionAt ?? installed.via
    if (loaded === undefined || at === undefined) return []
    return [{ combination, name: pin?.rawName ?? combination.package, version, at, python: python.minor, ...loaded }]
  })
}

const pinned = (app: App, name: string): Requirement | undefined =>
  app.dependencies.declared(name).find(({ pin, applies }) => pin !== undefined && applies === true)

/** Nothing installs setuptools, or nothing keeps the newest away. */
function lacksPkgResources({ dependencies }: App): boolean {
  const { state } = dependencies.installed('setuptools')
  return state === 'absent' || atLeast(dependencies, 'setuptools', '82') === true
}

/** Where it is loaded for the first time, and on which paths; undefined: nowhere, or nobody can tell. */
function loads(app: App, { loadedBy }: Combination): Pick<Failing, 'hop' | 'when'> | undefined {
  if ('engine' in loadedBy) {
    // django.setup() loads the engine as soon as a model has a relation of many to many, as those of auth have.
    const auth = judged(app.settings, 'INSTALLED_APPS', (one) => hasApp(one, ['django.contrib.auth']))
    const answer = verdict(defaultDatabases(app), ({ state, engine }) =>
      state === 'undetermined' ? undefined : engine === loadedBy.engine,
    )
    // Django prefers psycopg 3 where it is installed.
    if (app.dependencies.installed('psycopg').state !== 'absent') return undefined
    if (auth === undefined || answer.state !== 'holds') return undefined
    return { hop: firstImport(app), when: [...answer.when, ...auth.when] }
  }
  if ('apps' in loadedBy) {
    const app_ = judged(app.settings, 'INSTALLED_APPS', (one) => hasApp(one, loadedBy.apps))
    if (app_ !== undefined) return { hop: firstImport(app), when: app_.when }
  }
  return loadedBy.server !== undefined && app.processes.web?.server?.name === loadedBy.server
    ? { hop: 'boot', when: [] }
    : undefined
}

function hasApp(one: Parameters<typeof appIndex>[0], names: readonly string[]): boolean | undefined {
  const indices = names.map((name) => appIndex(one, name))
  return indices.some((index) => index !== undefined && index >= 0) || (indices.includes(undefined) ? undefined : false)
}
