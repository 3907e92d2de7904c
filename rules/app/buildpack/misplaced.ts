import type { App } from '../../../src/app/app.ts'
import { buildpacksOf } from '../../../src/app/manifest/buildpacks.ts'
import type { Place } from '../../../src/contracts/place.ts'

/** A buildpack whose effect meets heroku/python at the wrong time. */
export interface MisplacedBuildpack {
  readonly name: string
  readonly at: Place
  /** The lock file beside which it writes requirements.txt; undefined: it stands behind heroku/python. */
  readonly lock: string | undefined
}

/** Buildpacks that have to run before heroku/python and do not, and those that write a second file to install from. */
export function misplacedBuildpacks(app: App): MisplacedBuildpack[] {
  const all = buildpacksOf(app)
  const python = all.findIndex(({ facts }) => facts?.name === 'heroku/python')
  const locks = ['uv.lock', 'poetry.lock', 'Pipfile.lock'].filter((path) => app.tree.kind(path) === 'file')
  return all.flatMap(({ facts, written: { at } }, index): MisplacedBuildpack[] => {
    if (facts === undefined || python === -1) return []
    const { name } = facts
    if (facts.stands !== undefined && index > python) return [{ name, at, lock: undefined }]
    const [lock] = locks
    return facts.writes?.includes('requirements.txt') === true && lock !== undefined ? [{ name, at, lock }] : []
  })
}
