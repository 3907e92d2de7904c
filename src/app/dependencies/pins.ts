import type { Place } from '../../contracts/place.ts'
import { contains } from '../../syntax/requirements/specifier.ts'
import { sameVersion } from '../../syntax/requirements/version.ts'
import type { App } from '../app.ts'
import type { Requirement } from './model.ts'

const CHANNELS_STACK = ['channels', 'channels-redis', 'redis', 'daphne']
const SERVERS = new Set(['daphne', 'uvicorn', 'gunicorn', 'hypercorn', 'granian', 'waitress'])

/** Listed packages whose version the project's working rests on, without an exact version anywhere. One line per package. */
export function unpinnedPackages(app: App): readonly Requirement[] {
  const { dependencies } = app
  const servers = app.processes.all
    .flatMap(({ servers }) => servers.map(({ name }) => name as string))
    .filter((name) => SERVERS.has(name))
  const wanted = new Set(['django', ...servers, ...(app.usesChannels ? CHANNELS_STACK : [])])
  const found = new Map<string, Requirement>()
  for (const requirement of dependencies.requirements) {
    const { name, applies, url, role } = requirement
    if (!wanted.has(name) || applies !== true || url !== undefined || role !== 'install' || found.has(name)) continue
    if (dependencies.declared(name).every(({ pin, url: other }) => pin === undefined && other === undefined))
      found.set(name, requirement)
  }
  return [...found.values()]
}

/** A pin that differs from what the configuration's `pins` asks for. */
export interface PolicyBreach {
  readonly requirement: Requirement
  readonly wanted: string
  /** Where the policy says so; undefined for `pins = "guide"`. */
  readonly policyAt: Place | undefined
}

export function policyBreaches(app: App): readonly PolicyBreach[] {
  const out: PolicyBreach[] = []
  for (const [name, { version, at }] of app.config.pins) {
    const breach = app.dependencies
      .declared(name)
      .find(
        ({ pin, specifiers, applies, url }) =>
          applies !== false &&
          url === undefined &&
          (pin === undefined ? !contains(specifiers, version) : !sameVersion(pin, version)),
      )
    if (breach !== undefined) out.push({ requirement: breach, wanted: version, policyAt: at })
  }
  return out
}

/** Pins of one package that differ between files which describe the same environment, the file pip reads first. */
export interface Disagreement {
  readonly first: Requirement
  readonly others: readonly Requirement[]
}

export function disagreements(app: App): readonly Disagreement[] {
  const { dependencies } = app
  const manifests = dependencies.locked || dependencies.manager === 'conflict' ? manifestPins(app) : []
  const pinned = new Map<string, Requirement[]>()
  for (const requirement of [...dependencies.requirements, ...dependencies.constraints, ...manifests]) {
    if (requirement.pin === undefined || requirement.applies !== true || requirement.name === '') continue
    pinned.set(requirement.name, [...(pinned.get(requirement.name) ?? []), requirement])
  }
  return [...pinned.values()].flatMap((list) => {
    const first = list[0] as Requirement
    const others = list.filter(
      ({ pin, at }) => at.file !== first.at.file && !sameVersion(pin as string, first.pin as string),
    )
    return others.length > 0 ? [{ first, others }] : []
  })
}

/** What the manifests of the root pin in the groups that are installed. */
const manifestPins = (app: App): readonly Requirement[] =>
  app.dependencies.files
    .filter(({ role }) => role === 'manifest')
    .flatMap(({ requirements }) => requirements.filter(({ group }) => group === 'default' || group === 'main'))
