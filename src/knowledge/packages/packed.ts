/** Releases of one package, in version order. Runs are `[first index, value]` wherever the value changes. */
export interface PackedPackage {
  /** Parted by blanks. */
  readonly versions: string
  /** Day of the first upload as the index says it, counted from 1970-01-01; 0: not said. */
  readonly days: readonly number[]
  /** Indexes of releases whose every file is yanked. */
  readonly yanked: readonly number[]
  /** `Requires-Python`; empty: none declared. */
  readonly python: readonly (readonly [number, string])[]
  /** `Requires-Dist`; null: not known (no wheel). */
  readonly requires: readonly (readonly [number, readonly string[] | null])[]
}

export interface Packed {
  /** Day of the refresh, `2026-11-22`. */
  readonly date: string
  readonly packages: Readonly<Record<string, PackedPackage>>
}

export interface Release {
  readonly version: string
  /** Of the first upload, as the index says (a re-upload or a mirror may differ), from 1970-01-01; 0 when it does not. */
  readonly day: number
  readonly yanked: boolean
  readonly requiresPython: string
  /** Dependency specifiers; undefined when the release has no readable metadata. */
  readonly requires: readonly string[] | undefined
}

export interface PackageHistory {
  readonly name: string
  /** Oldest first, by version. */
  readonly releases: readonly Release[]
}

/** The day of a release as `2024-04-03`; empty when the index does not say it. */
export const dateOf = ({ day }: Release): string =>
  day === 0 ? '' : new Date(day * 86_400_000).toISOString().slice(0, 10)

/** Runs spread out: the value at every index. */
export function spread<T>(runs: readonly (readonly [number, T])[], length: number): (T | undefined)[] {
  const out = new Array<T | undefined>(length)
  for (const [position, [first, value]] of runs.entries()) out.fill(value, first, runs[position + 1]?.[0] ?? length)
  return out
}

/** The history of one package by its normalised name. */
export function unpack(packed: Packed, name: string): PackageHistory | undefined {
  const entry = Object.hasOwn(packed.packages, name) ? packed.packages[name] : undefined
  if (entry === undefined) return undefined
  const versions = entry.versions === '' ? [] : entry.versions.split(' ')
  const pythons = spread(entry.python, versions.length)
  const requires = spread(entry.requires, versions.length)
  const yanked = new Set(entry.yanked)
  const releases = versions.map((version, index) => ({
    version,
    day: entry.days[index] ?? 0,
    yanked: yanked.has(index),
    requiresPython: pythons[index] ?? '',
    requires: requires[index] ?? undefined,
  }))
  return { name, releases }
}
