import type { App } from '../../../src/app/app.ts'
import { hostFaults } from '../../../src/app/settings/hosts.ts'
import { originFaults, refusedPosts } from '../../../src/app/settings/origins.ts'
import { placeOf } from '../../../src/app/settings/redis-client.ts'
import { judged } from '../../../src/app/settings/setting-verdict.ts'
import { not } from '../../../src/app/settings/system-checks/answers.ts'
import { trustsOrigin } from '../../../src/app/settings/trusted-origin.ts'
import type { Place } from '../../../src/contracts/place.ts'
import type { Condition } from '../../../src/evaluate/condition.ts'
import { itemsOf, plain, type Value } from '../../../src/evaluate/python/value.ts'
import { isForeignHost } from '../../../src/snapshot/shapes.ts'

/** A setting that leaves out domains of the deployed app. */
export interface DomainFault {
  /** `hosts`: no domain of the app is allowed. `host`: a custom domain is not. `origins`: POSTs from every domain are refused. */
  readonly kind: 'hosts' | 'host' | 'origins'
  readonly at: Place
  readonly when: readonly Condition[]
  /** The domains left out. */
  readonly domains: readonly string[]
  /** Where the snapshot names the first of them. */
  readonly domainAt: Place | undefined
}

/** ALLOWED_HOSTS and CSRF_TRUSTED_ORIGINS against the domains that lead to the app; empty without a snapshot of them. */
export function domainFaults(app: App): DomainFault[] {
  const domains = app.snapshot?.domains ?? []
  if (domains.length === 0 || app.settings.evaluation?.certainCrash !== undefined) return []
  return [...refusedHosts(app), ...refusedOrigins(app)]
}

/** One cause, one finding: what is wrong with ALLOWED_HOSTS whatever the domains are is settings/allowed-hosts'. */
function refusedHosts(app: App): DomainFault[] {
  const faults = hostFaults(app)
  // A slip beside an entry that lets browsers in says nothing of these domains, but of the one that it means.
  if (faults.some(({ kind, idle, harmless }) => kind !== 'star' && idle !== true && harmless !== true)) return []
  const domains = app.snapshot?.domains ?? []
  const refused = (name: string) => judged(app.settings, 'ALLOWED_HOSTS', ({ value }) => not(holdsHost(value, name)))
  const all = judged(app.settings, 'ALLOWED_HOSTS', ({ value }) =>
    everyOne(domains, ({ name }) => not(holdsHost(value, name))),
  )
  if (all !== undefined) {
    return [
      {
        kind: 'hosts',
        at: placeOf(app.tree, all.first),
        when: all.when,
        domains: domains.map(({ name }) => name),
        domainAt: domains[0]?.at,
      },
    ]
  }
  return domains.flatMap(({ name, kind, at }): DomainFault[] => {
    const isMeant = faults.some(({ meant }) => meant !== '' && matches(meant, name))
    const one = kind === 'custom' && !isMeant ? refused(name) : undefined
    return one === undefined || one.when.length > 0
      ? []
      : [{ kind: 'host', at: placeOf(app.tree, one.first), when: [], domains: [name], domainAt: at }]
  })
}

function refusedOrigins(app: App): DomainFault[] {
  if (originFaults(app).length > 0) return []
  const domains = app.snapshot?.domains ?? []
  const found = refusedPosts(app, (value) => everyOne(domains, ({ name }) => not(holdsOrigin(value, name))) === true)
  const listed = app.settings.get('CSRF_TRUSTED_ORIGINS')?.alternatives[0]
  if (found === undefined || listed === undefined) return []
  return [
    {
      kind: 'origins',
      at: placeOf(app.tree, listed),
      when: found.when,
      domains: domains.map(({ name }) => name),
      domainAt: domains[0]?.at,
    },
  ]
}

function everyOne<T>(all: readonly T[], test: (one: T) => boolean | undefined): boolean | undefined {
  const answers = all.map(test)
  if (answers.includes(false)) return false
  return answers.includes(undefined) ? undefined : true
}

/** Whether an entry of a list matches; undefined when an entry nobody can read may. */
function holds(value: Value, matches: (text: string) => boolean): boolean | undefined {
  const items = itemsOf(value)
  if (items === undefined) return undefined
  let open = (value as { rest?: unknown }).rest !== undefined
  for (const item of items) {
    const text = plain(item)
    if (text !== undefined && matches(text)) return true
    if (text === undefined && item.type !== 'none' && !isForeign(item)) open = true
  }
  return open ? undefined : false
}

/** An entry of which the snapshot knows that it is none of the app's domains. */
function isForeign(item: Value): boolean {
  return (
    item.type === 'str' &&
    item.parts.some((part) => typeof part !== 'string' && isForeignHost(part.name)) &&
    item.parts.every((part) => typeof part === 'string' || isForeignHost(part.name))
  )
}

/** As django.http.request.validate_host compares; a wildcard domain of the app stands for any name below it. */
function holdsHost(value: Value, domain: string): boolean | undefined {
  return holds(value, (pattern) => matches(pattern, domain))
}

function matches(pattern: string, domain: string): boolean {
  const host = domain.replace(/^\*/, 'any')
  const text = pattern.toLowerCase()
  if (text === '*' || text === host) return true
  return text.startsWith('.') && (host.endsWith(text) || host === text.slice(1))
}

/** As django.middleware.csrf compares an Origin of https with CSRF_TRUSTED_ORIGINS. */
function holdsOrigin(value: Value, domain: string): boolean | undefined {
  const host = domain.replace(/^\*/, 'any')
  return holds(value, (entry) => trustsOrigin(entry, `https://${host}`))
}
