import type { App } from '../../../src/app/app.ts'
import { firstPage } from '../../../src/app/pages/first-page.ts'
import { isApp } from '../../../src/app/settings/apps.ts'
import { type RefusedPosts, refusedPosts } from '../../../src/app/settings/origins.ts'
import { placeOf } from '../../../src/app/settings/redis-client.ts'
import { judged } from '../../../src/app/settings/setting-verdict.ts'
import { allItems } from '../../../src/app/settings/system-checks/answers.ts'
import { originPattern } from '../../../src/app/settings/trusted-origin.ts'
import { itemsOf, plain, type Value } from '../../../src/evaluate/python/value.ts'
import { isPrivateHost } from '../../../src/knowledge/hosts.ts'

/** A host of the app's own at which the forms of the admin are refused, since CSRF_TRUSTED_ORIGINS lists others. */
export interface UnlistedHost extends RefusedPosts {
  /** As ALLOWED_HOSTS has it. */
  readonly host: string
  /** Another host of ALLOWED_HOSTS that is trusted: the admin may be opened there. */
  readonly trusted: string | undefined
}

/**
 * Where ALLOWED_HOSTS names the app's hosts one by one, and Django takes their https for http. A snapshot knows the domains: what
 * it says is told by app/config-var-missing.
 */
export function unlistedHost(app: App): UnlistedHost | undefined {
  const listed = app.settings.get('CSRF_TRUSTED_ORIGINS')?.alternatives.find(({ value }) => itemsOf(value)?.length)
  if (listed === undefined || app.snapshot?.domains !== undefined) return undefined
  const hosts = publicHosts(app)
  // Only Heroku serves this name: no other place has the admin there.
  const host = hosts.find((one) => /^[^.].*\.herokuapp\.com$/.test(one)) ?? hosts[0]
  if (host === undefined || !hasAdmin(app)) return undefined
  const refused = refusedPosts(app, (value) => surelyLeavesOut(value, host))
  if (refused === undefined) return undefined
  const trusted = hosts.find((one) => !surelyLeavesOut(listed.value, one))
  // Of several names of one's own, none need be more than an old one.
  if (trusted !== undefined && !host.endsWith('.herokuapp.com')) return undefined
  return { ...refused, at: placeOf(app.tree, listed), host, trusted }
}

/** The names of ALLOWED_HOSTS by which browsers reach the app; none when others may be among them. */
function publicHosts({ settings }: App): readonly string[] {
  const [only, ...others] = settings.get('ALLOWED_HOSTS')?.alternatives ?? []
  if (only === undefined || others.length > 0 || only.when.length > 0) return []
  const names = (allItems(only.value) ?? []).map((item) => plain(item)?.toLowerCase())
  if (names.some((name) => name === undefined || !/^\.?[\w-]+(?:\.[\w-]+)*$/.test(name))) return []
  return names.filter((name) => name !== undefined).filter((name) => !isPrivateHost(name.replace(/^\./, '')))
}

function hasAdmin(app: App): boolean {
  const admin = judged(app.settings, 'INSTALLED_APPS', ({ value }) =>
    itemsOf(value)?.some((item) => isApp(item, 'django.contrib.admin')),
  )
  return admin?.when.length === 0 && firstPage(app)?.urls.has('admin:index') === true
}

/** Whether no entry lets pass an https Origin of the host, or (`.example.com`) of one below it. */
function surelyLeavesOut(value: Value, host: string): boolean {
  const items = allItems(value)
  if (items === undefined) return false
  return items.every((item) => {
    const entry = plain(item)
    if (entry === undefined) return item.type === 'none'
    const pattern = originPattern(entry)
    return pattern?.scheme !== 'https' || !meet(pattern.host, host)
  })
}

/** Whether two names, each one host or (with a dot in front) it and all below it, have a host in common. */
function meet(a: string, b: string): boolean {
  const [below, other] = [a, b].map((name) => name.replace(/^\./, '')) as [string, string]
  return (
    below === other ||
    (a.startsWith('.') && other.endsWith(`.${below}`)) ||
    (b.startsWith('.') && below.endsWith(`.${other}`))
  )
}
