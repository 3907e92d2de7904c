import { obsolete } from '../../knowledge/packages/obsolete.ts'
import { packageHistory } from '../../knowledge/packages/packages.ts'
import { formatSpecifiers, type Specifier } from '../../syntax/requirements/specifier.ts'
import type { App } from '../app.ts'
import { candidates, requiredBy } from './candidates.ts'
import { demandsOf } from './closure.ts'
import { duplicates } from './duplicates.ts'
import { losesNames } from './lost-by.ts'
import type { DependencySet, Requirement } from './model.ts'
import { type Demand, resolve } from './resolve.ts'

/** Lines that no resolver can satisfy together, none of which can be left out. */
export interface Conflict {
  readonly lines: readonly [Requirement, ...Requirement[]]
  /** What the releases that the lines allow require of each other: "channels-redis 4.3.0 requires channels>=4.2.2". */
  readonly reasons: readonly Reason[]
  /** Versions of the lines with which all would fit, where one change is enough. */
  readonly remedy: { readonly line: Requirement; readonly version: string } | undefined
  /** A replaced package without which all would fit. */
  readonly drop: Requirement | undefined
}

/** What is asked of one package, by a line or otherwise. */
type Stated = Pick<Requirement, 'name' | 'specifiers' | 'extras'>

export interface Reason<Line = Requirement> {
  readonly line: Line
  readonly version: string
  /** `channels>=4.2.2` */
  readonly requires: string
}

/** The first minimal conflict of what pip installs; undefined when there is none, or the search was cut short. */
export function conflictOf(app: App): Conflict | undefined {
  const [set] = app.dependencies.alternatives
  if (set === undefined || set.locked) return undefined
  const clashing = new Set(
    duplicates(app)
      .filter(({ kind }) => kind === 'clash')
      .map(({ first }) => first.name),
  )
  const lines = usable(set).filter((line) => !clashing.has(line.name) && !pinnedTwice(set, line))
  // Python alone is another rule's: without it the packages must still contradict each other.
  if (!unsatisfiable(lines, undefined)) return undefined
  const minimal = minimise(lines)
  const [first, ...rest] = minimal
  if (first === undefined || minimal.length < 2) return undefined
  const dead = minimal.find(({ name }) => obsolete.some((one) => one.package === name && one.range === ''))
  const drop =
    dead !== undefined &&
    !unsatisfiable(
      lines.filter((line) => line !== dead),
      undefined,
    )
      ? dead
      : undefined
  const remedy = drop === undefined ? remedyOf(app, lines, minimal, set) : undefined
  return { lines: [first, ...rest], reasons: reasonsOf(minimal), remedy, drop }
}

/** Lines about known packages whose specifiers some release satisfies. */
function usable(set: DependencySet): Requirement[] {
  return [...set.requirements, ...set.constraints].filter(
    ({ name, applies, url, specifiers }) =>
      applies === true &&
      url === undefined &&
      packageHistory(name) !== undefined &&
      candidates(name, specifiers, undefined).length > 0,
  )
}

/** Different pins in different files are deps/pin-mismatch. */
function pinnedTwice(set: DependencySet, line: Requirement): boolean {
  const pins = new Set(
    set.declared(line.name).flatMap(({ pin, applies }) => (applies === true && pin !== undefined ? [pin] : [])),
  )
  return pins.size > 1
}

const asDemands = (lines: readonly Requirement[]): Demand[] =>
  demandsOf(
    lines.filter(({ role }) => role !== 'constraint'),
    lines.filter(({ role }) => role === 'constraint'),
  )

const unsatisfiable = (lines: readonly Requirement[], python: string | undefined): boolean =>
  resolve(asDemands(lines), python) === 'unsatisfiable'

/** Leaves out every line without which the rest is still unsatisfiable. Two lines that contradict each other outright say most. */
function minimise(lines: readonly Requirement[]): readonly Requirement[] {
  for (const line of lines) {
    const other = contradicted(line, lines)
    if (other !== undefined && unsatisfiable([line, other], undefined))
      return lines.filter((one) => one === line || one === other)
  }
  let rest = lines
  for (const line of lines) {
    const without = rest.filter((one) => one !== line)
    if (unsatisfiable(without, undefined)) rest = without
  }
  return rest
}

/** A line that the newest release of another one, as it is allowed, excludes. */
function contradicted(line: Requirement, lines: readonly Requirement[]): Requirement | undefined {
  const [release] = candidates(line.name, line.specifiers, undefined)
  const needs = release === undefined ? [] : requiredBy(release, line.extras, undefined)
  return lines.find((other) =>
    needs.some(
      ({ name, specifiers }) =>
        name === other.name && candidates(name, [...other.specifiers, ...specifiers], undefined).length === 0,
    ),
  )
}

/** What contradicts what, as the newest allowed release of each line states it: a line outright, else a package two of them need. */
export function reasonsOf<Line extends Stated>(lines: readonly Line[]): Reason<Line>[] {
  const all = lines.flatMap((line) => {
    const release = candidates(line.name, line.specifiers, undefined)[0]
    const needs = release === undefined ? [] : requiredBy(release, line.extras, undefined)
    return needs.map((needed) => ({ line, version: release?.version ?? '', needed }))
  })
  const outright = all.filter(({ needed }) => {
    const other = lines.find(({ name }) => name === needed.name)
    return (
      other !== undefined && candidates(other.name, [...other.specifiers, ...needed.specifiers], undefined).length === 0
    )
  })
  const shared = sharedRequirements(lines)
  const telling =
    outright.length > 0
      ? outright
      : all.filter(({ needed }) => shared.has(needed.name) || lines.some(({ name }) => name === needed.name))
  return telling.map(({ line, version, needed }) => ({
    line,
    version,
    requires: needed.name + formatSpecifiers(needed.specifiers),
  }))
}

/** Packages outside the lines that two of them require. */
function sharedRequirements(lines: readonly Stated[]): ReadonlySet<string> {
  const counts = new Map<string, number>()
  for (const { name, specifiers, extras } of lines) {
    const release = candidates(name, specifiers, undefined)[0]
    for (const needed of new Set(
      release === undefined ? [] : requiredBy(release, extras, undefined).map((one) => one.name),
    ))
      counts.set(needed, (counts.get(needed) ?? 0) + 1)
  }
  return new Set([...counts].filter(([, count]) => count > 1).map(([name]) => name))
}

/** The first line that can have another version with which all known packages fit, and that the project's imports bear. */
function remedyOf(
  app: App,
  lines: readonly Requirement[],
  minimal: readonly Requirement[],
  set: DependencySet,
): Conflict['remedy'] {
  for (const line of [...minimal].sort((a, b) => freedom(a) - freedom(b))) {
    const before = candidates(line.name, line.specifiers, undefined)[0]?.version
    if (before === undefined) continue
    const others = asDemands(lines.filter((one) => one !== line))
    const fitting = (specifiers: readonly Specifier[]): string | undefined => {
      const freed: Demand = { name: line.name, specifiers, extras: line.extras, constraint: line.role === 'constraint' }
      const solution = resolve([...others, freed], set.python.version)
      return typeof solution === 'string' ? undefined : solution.get(line.name)
    }
    // Much rests on Django and Channels: they are moved as little as can be. Of another package the newest will do.
    const newest = freedom(line) === 0 ? [[]] : []
    for (const specifiers of [...newest, ...seriesAfter(line.name, before, set.python.version)]) {
      const version = fitting(specifiers)
      if (version !== undefined && !losesNames(app, line.name, before, version)) return { line, version }
    }
  }
  return undefined
}

/** The series after a version, oldest first: each as what pins its newest patch. */
function seriesAfter(name: string, version: string, python: string | undefined): readonly (readonly Specifier[])[] {
  const newest = new Map<string, string>()
  for (const release of candidates(name, [{ operator: '>', version }], python)) {
    const series = release.version.split('.', 2).join('.')
    if (!newest.has(series)) newest.set(series, release.version)
  }
  return [...newest.values()].reverse().map((one) => [{ operator: '==', version: one }])
}

/** Packages that much else rests on are changed last. */
const freedom = ({ name }: Requirement): number => ['django', 'channels'].indexOf(name) + 1
