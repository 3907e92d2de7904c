import { type Defect, defects } from '../../knowledge/packages/defects.ts'
import { obsolete } from '../../knowledge/packages/obsolete.ts'
import { packageHistory } from '../../knowledge/packages/packages.ts'
import { isPinVersion } from '../../syntax/requirements/version.ts'
import type { App } from '../app.ts'
import { candidates } from './candidates.ts'
import { demandsOf } from './closure.ts'
import { defectOf, type Held, heldBack, minimal, type Posed, solve } from './held-back.ts'
import { missingDistributions } from './missing-distributions.ts'
import type { Requirement } from './model.ts'
import { setInForce, stack } from './stack.ts'

/** One package of the compatible newest set. */
export interface NewestPin {
  readonly name: string
  readonly version: string
  /** What is known against it, when no release without a defect fits. */
  readonly defect: Defect | undefined
  /** Why it is not the newest release there is, each reason for the newest release the ones before leave; empty when it is. */
  readonly held: readonly Held[]
}

export type NewestSet =
  | { readonly kind: 'found'; readonly pins: readonly NewestPin[]; readonly django: string | undefined }
  /** No versions fit beside the lines that stay; these cannot be had together. */
  | { readonly kind: 'none'; readonly because: readonly Posed[] }
  | { readonly kind: 'undecided' }

/**
 * The newest versions of the stack that fit the project's Python, its Django series and every other line. What comes first in
 * the stack is as new as it can be, and the rest is fitted to it; a release without a known defect goes before a newer one.
 */
export function newestSet(app: App): NewestSet {
  const { python } = setInForce(app)
  const names = wantedPackages(app)
  const django = names.includes('django') ? djangoSeries(app) : undefined
  const fixed = keptLines(app)
  if (django !== undefined) fixed.push(seriesOf(django))
  for (const name of names)
    fixed.push({ demand: { name, specifiers: [], extras: extrasOf(app, name), constraint: false } })
  const base = solve(fixed, python.version)
  if (base === 'undecided') return { kind: 'undecided' }
  if (base === 'unsatisfiable') return { kind: 'none', because: minimal(fixed, python.version) }
  const feared = defects.filter(
    ({ condition }) => condition !== 'core-layer-without-timeout' || names.includes('channels-redis'),
  )
  const pins: NewestPin[] = []
  for (const name of names) {
    const version = newestOf(name, fixed, python.version, feared)
    if (version === undefined) return { kind: 'undecided' }
    pins.push({
      name,
      version,
      defect: defectOf(name, version, feared),
      held: heldBack(name, version, fixed, python.version, feared),
    })
    fixed.push({ demand: { name, specifiers: [{ operator: '==', version }], extras: [], constraint: false } })
  }
  return { kind: 'found', pins, django }
}

/** The policy that {@link newestSet} makes: its pins, and those of the present policy about other packages. */
export function newestPolicy(app: App, pins: readonly NewestPin[]): ReadonlyMap<string, string> {
  const policy = new Map([...app.config.pins].map(([name, { version }]) => [name, version]))
  for (const { name } of pins) policy.delete(name)
  return new Map([...pins.map(({ name, version }): [string, string] => [name, version]), ...policy])
}

const RETIRED = new Set(obsolete.flatMap((one) => (one.range === '' ? [one.package] : [])))

/** What the set is about: packages of the stack that are listed or missing, and what a Channels project rests on. */
function wantedPackages(app: App): string[] {
  const dependencies = setInForce(app)
  const missing = new Set(missingDistributions(app).map(([{ distribution }]) => distribution))
  const servers = new Set(app.processes.all.flatMap(({ servers: all }) => all.map(({ name }) => name as string)))
  return stack.filter((name) => {
    if (RETIRED.has(name)) return false
    const lines = dependencies.declared(name).filter(({ applies }) => applies === true)
    if (lines.some(({ url }) => url !== undefined)) return false
    if (lines.some(({ role }) => role !== 'constraint') || missing.has(name)) return true
    const comesAlong = dependencies.installed(name).state === 'installed'
    if (name === 'channels') return app.usesChannels
    return comesAlong && (servers.has(name) || name === 'django' || name === 'redis' || name === 'channels-redis')
  })
}

const extrasOf = (app: App, name: string): readonly string[] => [
  ...new Set(
    setInForce(app)
      .requirements.filter((one) => one.name === name && one.applies === true)
      .flatMap(({ extras }) => extras),
  ),
]

/** Lines about packages outside the stack, which stay as they are, and pins of the present policy about them. */
function keptLines(app: App): Posed[] {
  const outside = ({ name }: { readonly name: string }) => !(stack as readonly string[]).includes(name)
  const { requirements, constraints } = setInForce(app)
  const posed = (line: Requirement): Posed[] => {
    const [demand] = line.role === 'constraint' ? demandsOf([], [line]) : demandsOf([line], [])
    return demand === undefined ? [] : [{ demand, line }]
  }
  const lines = [...requirements, ...constraints]
    .filter(outside)
    .filter(({ name }) => packageHistory(name) !== undefined)
  const policy = [...app.config.pins].flatMap(([name, { version }]): Posed[] =>
    outside({ name }) && isPinVersion(version)
      ? [{ demand: { name, specifiers: [{ operator: '==', version }], extras: [], constraint: true }, policy: true }]
      : [],
  )
  return [...lines.flatMap(posed), ...policy]
}

/** `5.2`: the series the project is on, by its pin or by what pip would install. */
function djangoSeries(app: App): string | undefined {
  const { version, expected } = setInForce(app).installed('django')
  return /^\d+\.\d+/.exec(version ?? expected ?? '')?.[0]
}

const seriesOf = (series: string): Posed => ({
  demand: { name: 'django', specifiers: [{ operator: '==', version: `${series}.*` }], extras: [], constraint: true },
  series: true,
})

/** The newest release that fits; one without a known defect comes first whatever its age. */
function newestOf(
  name: string,
  posed: readonly Posed[],
  python: string | undefined,
  feared: readonly Defect[],
): string | undefined {
  const own = posed.filter(({ demand }) => demand.name === name).flatMap(({ demand }) => demand.specifiers)
  const versions = candidates(name, own, python).map(({ version }) => version)
  const fits = (version: string): boolean => {
    const chosen: Posed = { demand: { name, specifiers: [{ operator: '==', version }], extras: [], constraint: true } }
    return typeof solve([...posed, chosen], python) !== 'string'
  }
  const sound = versions.filter((version) => defectOf(name, version, feared) === undefined)
  return sound.find(fits) ?? versions.find(fits)
}
