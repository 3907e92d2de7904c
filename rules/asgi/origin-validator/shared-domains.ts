import type { App } from '../../../src/app/app.ts'
import { cookieWrapper, type OpenOrigin, readerOf, sentFromAnySite } from '../../../src/app/asgi/security.ts'
import { websocketStacks } from '../../../src/app/asgi/stacks.ts'
import { judged } from '../../../src/app/settings/setting-verdict.ts'
import type { Place } from '../../../src/contracts/place.ts'
import type { Condition } from '../../../src/evaluate/condition.ts'
import { itemsOf, plain, type Value } from '../../../src/evaluate/python/value.ts'
import { isSharedDomain } from '../../../src/knowledge/hosts.ts'
import { uniqueBy } from '../../../src/unique-by.ts'

/** A validator that lets in the pages of everybody who has an app on a platform, to sockets with the cookies of visitors. */
export interface SharedDomain {
  /** The entry. */
  readonly at: Place
  readonly domain: string
  readonly validator: Place
  readonly reader: NonNullable<OpenOrigin['reader']>
  readonly when: readonly Condition[]
}

/**
 * The domains of platforms that validators let in whole, where browsers send the session cookie from pages of any site. Without
 * that nothing happens: each app in such a domain is a site of its own (Public Suffix List), from which `Lax` withholds the cookie.
 */
export function sharedDomains(app: App): SharedDomain[] {
  const anySite = sentFromAnySite(app)
  if (anySite === undefined) return []
  const found = websocketStacks(app.asgi.application).flatMap(({ ends, when }) =>
    ends.flatMap((end): SharedDomain[] => {
      const validators = end.wrappers.filter(({ role }) => role === 'origin')
      const [validator] = validators
      const by = cookieWrapper(end)
      const reader = readerOf({ ends: [end] })
      // What two let in, both have to; who sets another cookie may say of it what they like.
      if (validator === undefined || validators.length > 1 || by === undefined || by.custom !== undefined) return []
      const entry = reader && sharedEntry(app, validator)
      if (entry === undefined || reader === undefined) return []
      const { at, domain } = entry
      const conditions = app.asgi.application.length > 1 ? when : []
      return [{ at, domain, validator: validator.at, reader, when: [...entry.when, ...anySite, ...conditions] }]
    }),
  )
  return uniqueBy(found, ({ domain }) => domain)
}

type Validator = Parameters<typeof cookieWrapper>[0]['wrappers'][number]

function sharedEntry(
  app: App,
  { path, origins }: Validator,
): (Pick<SharedDomain, 'at' | 'domain'> & { readonly when: readonly Condition[] }) | undefined {
  if (path !== 'channels.security.websocket.AllowedHostsOriginValidator') {
    const item = origins && sharedIn(origins)
    return item && { at: item.at, domain: plain(item) ?? '', when: [] }
  }
  const found = judged(app.settings, 'ALLOWED_HOSTS', ({ value }) => sharedIn(value) !== undefined)
  const item = found && sharedIn(found.first.value)
  return found && item && { at: found.first.at, domain: plain(item) ?? '', when: found.when }
}

/**
 * The entry that lets in whatever a name ends with, as `match_allowed_origin` of channels/security/websocket.py reads it: a dot in front, and
 * with a scheme that of pages which may send a Secure cookie.
 */
const sharedIn = (value: Value): Value | undefined =>
  itemsOf(value)?.find((item) => {
    const [, domain] = /^(?:https:\/\/)?\.([^/:]+)(?::443)?\/?$/i.exec(plain(item)?.trim() ?? '') ?? []
    return domain !== undefined && isSharedDomain(domain)
  })
