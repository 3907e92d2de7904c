import { compiledPackages } from './compiled.ts'
import { spread } from './packed.ts'
import { readWheels } from './wheels.generated.ts'

/** What the index has of packages with compiled code, for a dyno (Linux, x86_64); runs are `[first index, value]` wherever it changes. */
export interface PackedWheels {
  /** Day of the refresh, `2026-11-22`. */
  readonly date: string
  readonly packages: Readonly<Record<string, PackedFiles>>
}

interface PackedFiles {
  /** Oldest first; yanked ones too, which a pin still installs, and none on trial, parted by blanks. */
  readonly versions: string
  /** Newest minor version of Python 3 with a wheel; 0: none, {@link anyPython}: one wheel serves all that follow. */
  readonly newest: readonly (readonly [number, number])[]
  /** 1: pip can build it from its source. */
  readonly source: readonly (readonly [number, number])[]
  /** `Requires-Python`; empty: none declared. */
  readonly python: readonly (readonly [number, string])[]
}

/** Stands for a wheel that is for no one Python: `py3-none`, `abi3`. */
export const anyPython = 99

/** The files of one release. */
export interface ReleaseFiles {
  /** Newest minor version of Python 3 with a wheel for the dyno; 0: no wheel, {@link anyPython}: for all. */
  readonly newest: number
  readonly source: boolean
  readonly requiresPython: string
}

let packed: PackedWheels | undefined
const known = new Map<string, ReadonlyMap<string, ReleaseFiles>>()

/**
 * The releases of one of {@link compiledPackages}, oldest first, without those on trial; undefined for another package. `name` is normalised.
 */
export function compiledReleases(name: string): ReadonlyMap<string, ReleaseFiles> | undefined {
  if (!compiledPackages.includes(name)) return undefined
  packed ??= readWheels()
  const entry = packed.packages[name]
  if (entry === undefined) return undefined
  let releases = known.get(name)
  if (releases === undefined) {
    const versions = entry.versions.split(' ')
    const [newest, source, python] = [
      spread(entry.newest, versions.length),
      spread(entry.source, versions.length),
      spread(entry.python, versions.length),
    ]
    releases = new Map(
      versions.map((version, index) => [
        version,
        { newest: newest[index] ?? 0, source: source[index] === 1, requiresPython: python[index] ?? '' },
      ]),
    )
    known.set(name, releases)
  }
  return releases
}
