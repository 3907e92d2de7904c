import type { App } from '../../../src/app/app.ts'
import { itemsOf, plain } from '../../../src/evaluate/python/value.ts'
import { once } from '../../../src/files/lazily.ts'
import { isPrivateHost } from '../../../src/knowledge/hosts.ts'

/**
 * Whether the host of a source (`live.example.com`, `*.example.com`) may be one that the app answers at: an entry of ALLOWED_HOSTS on
 * whatever path. True as soon as one of them is not known.
 */
export function mayBeOwn(app: App): (host: string) => boolean {
  const own = once('own hosts', () => ownHosts(app))
  return (host) => own()?.some((entry) => overlap(host.toLowerCase(), entry)) ?? true
}

/** The entries that a browser can ask for; undefined: one of them is not known, or there is none. */
function ownHosts({ settings }: App): readonly string[] | undefined {
  const entries = (settings.get('ALLOWED_HOSTS')?.alternatives ?? []).flatMap(({ value }) => {
    const items = itemsOf(value)
    const isOpen = 'rest' in value && value.rest !== undefined
    return items === undefined || isOpen ? [undefined] : items.map(plain)
  })
  const names = entries.filter((entry) => entry !== undefined).map((entry) => entry.trim().toLowerCase())
  const reached = names.filter((name) => name !== '' && !isPrivateHost(name.replace(/^\./, '')))
  return entries.includes(undefined) || reached.length === 0 ? undefined : reached
}

/** Whether a host exists that both name: `*.` of a policy stands for subdomains, the dot of Django for the domain and its subdomains. */
function overlap(source: string, entry: string): boolean {
  if (entry.includes('*')) return true
  const [own, others] = [source.replace(/^\*\./, ''), entry.replace(/^\./, '')]
  const within = (name: string, domain: string) => name.endsWith(`.${domain}`)
  if (source.startsWith('*.'))
    return within(others, own) || (entry.startsWith('.') && (own === others || within(own, others)))
  return own === others || (entry.startsWith('.') && within(own, others))
}
