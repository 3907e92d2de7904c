import type { Place } from '../../contracts/place.ts'
import type { Defect } from '../../knowledge/packages/defects.ts'
import { packageHistory } from '../../knowledge/packages/packages.ts'
import type { App } from '../app.ts'
import { unknownPins } from './index-pins.ts'
import { defectiveInstalls } from './known-defects.ts'
import type { DependencySet, Requirement } from './model.ts'
import { releaseOf } from './releases.ts'

/** Django and what carries its WebSockets, the packages a pins policy is about; what others are fitted to comes first. */
export const stack = [
  'django',
  'channels',
  'channels-redis',
  'redis',
  'daphne',
  'uvicorn',
  'uvicorn-worker',
  'gunicorn',
  'hypercorn',
  'granian',
  'asgiref',
  'channels-postgres',
  'channels-rabbitmq',
  'autobahn',
  'twisted',
  'msgpack',
  'websockets',
  'wsproto',
  'hiredis',
  'aioredis',
  'asgi-redis',
] as const

/** One package of the stack as the build installs it. */
export interface StackPin {
  readonly name: string
  /** The line that names it; undefined for a package that only comes along. */
  readonly line: Requirement | undefined
  /** Where its version is decided: its line, or that of the requirement which brings it. */
  readonly at: Place | undefined
  /** Installed version: exact, or what pip would choose today. */
  readonly version: string | undefined
  readonly exact: boolean
  readonly yanked: boolean
  /** Pinned to a version that was never released. */
  readonly unreleased: boolean
  readonly defects: readonly Defect[]
  /** What the configuration's `pins` asks for. */
  readonly policy: string | undefined
}

/** What is installed; where the build stops over several managers, what the first of them would install. */
export const setInForce = (app: App): DependencySet => app.dependencies.alternatives[0] ?? app.dependencies

/** The packages of the stack that the build installs, in the order of {@link stack}. */
export function stackPins(app: App): readonly StackPin[] {
  const dependencies = setInForce(app)
  const defective = new Map(defectiveInstalls(app).map(({ name, defects }) => [name, defects]))
  const unreleased = new Set(unknownPins(app).map(({ requirement }) => requirement.name))
  return stack.flatMap((name) => {
    const { state, version, expected, via } = dependencies.installed(name)
    if (state !== 'installed') return []
    const lines = dependencies.declared(name).filter(({ applies }) => applies !== false)
    const line = lines.find(({ pin }) => pin !== undefined) ?? lines[0]
    const known = version ?? expected
    const release = known === undefined ? undefined : releaseOf(packageHistory(name)?.releases ?? [], known)
    return [
      {
        name,
        line,
        at: line?.versionAt ?? via,
        version: known,
        exact: version !== undefined,
        yanked: release?.yanked ?? false,
        unreleased: unreleased.has(name),
        defects: defective.get(name) ?? [],
        policy: app.config.pins.get(name)?.version,
      },
    ]
  })
}
