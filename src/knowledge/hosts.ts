/**
 * What a host name or an address says about who reaches it. Facts from the IANA special-purpose address registries
 * (RFC 6890, read 2026-11-29) and the special-use domain names (RFC 6761, 6762; `.internal`: ICANN 2024).
 *
 * A host comes as it is written, with or without brackets; without a port (see `hostname`).
 */

/** `[::1]:8000`, `user:pw@host:80` -> the host alone, without brackets, in lower case. */
export function hostname(authority: string): string {
  const host = authority.slice(authority.lastIndexOf('@') + 1).toLowerCase()
  const bracket = /^\[([^\]]*)\]/.exec(host)
  if (bracket !== null) return bracket[1] as string
  // More than one colon is an IPv6 address without brackets.
  return /^[^:]*:\d*$/.test(host) ? host.slice(0, host.indexOf(':')) : host
}

/** Whether a server that listens there hears the machine itself only. */
export function isLoopback(host: string): boolean {
  const name = bare(host)
  return localNames.has(name) || name.endsWith('.localhost') || isWithin(name, ['127.0.0.0/8', '::1/128'])
}

/** Whether a connection to this host stays on the machine that makes it: Linux connects the unspecified address to itself. */
export const isThisMachine = (host: string): boolean =>
  isLoopback(host) || isWithin(bare(host), ['0.0.0.0/32', '::/128'])

/** localhost as RFC 6761 has it, and as Debian and Red Hat write it into /etc/hosts. */
const localNames = new Set([
  'localhost',
  'localhost.localdomain',
  'localhost4',
  'localhost6',
  'ip6-localhost',
  'ip6-loopback',
])

/** Whether an address belongs to a network of its own, to which the internet has no way: neither a browser nor a dyno outside of it. */
export const isPrivateAddress = (host: string): boolean => isWithin(bare(host), privateNetworks)

const privateNetworks = [
  // RFC 1918
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  // Link-local: RFC 3927, 4291.
  '169.254.0.0/16',
  'fe80::/10',
  // Behind a carrier's NAT: RFC 6598.
  '100.64.0.0/10',
  // Unique local: RFC 4193.
  'fc00::/7',
]

/** Whether only a network of containers resolves a name: one label, as compose calls its services, or Docker's own. */
export function isContainerName(host: string): boolean {
  const name = bare(host)
  return /^(?=.*[a-z_-])[a-z0-9_-]+$/.test(name) ? !localNames.has(name) : name.endsWith('.docker.internal')
}

/** Whether a name is reserved for networks of one's own and for tests, so that no public DNS knows it. */
export const isReservedName = (host: string): boolean => /\.(?:local|internal|test|invalid)$/.test(bare(host))

/** Whether nobody reaches a host but from the same machine, the same network or the same containers. */
export const isPrivateHost = (host: string): boolean =>
  isThisMachine(host) || isPrivateAddress(host) || isContainerName(host) || isReservedName(host)

/**
 * Whether a name lies in a domain in which another platform names what it runs, or a tunnel a developer's machine: no DNS leads from there to
 * Heroku's router. Each domain is what its owner's documentation gives to apps without a domain of their own.
 */
export const isHostedElsewhere = (host: string): boolean => {
  const name = bare(host)
  return otherPlatforms.some((domain) => name === domain || name.endsWith(`.${domain}`))
}

/** Whether everybody can have a name in this domain: a platform gives each of its apps one. */
export const isSharedDomain = (host: string): boolean => ['herokuapp.com', ...otherPlatforms].includes(bare(host))

const otherPlatforms = (
  'railway.app onrender.com vercel.app now.sh netlify.app fly.dev pythonanywhere.com azurewebsites.net elasticbeanstalk.com run.app ' +
  'appspot.com ondigitalocean.app koyeb.app replit.app replit.dev repl.co glitch.me github.io pages.dev web.app firebaseapp.com ' +
  'ngrok.io ngrok.app ngrok-free.app trycloudflare.com loca.lt gitpod.io app.github.dev'
).split(' ')

const bare = (host: string): string =>
  host
    .trim()
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '')

function isWithin(host: string, networks: readonly string[]): boolean {
  const bits = bitsOf(host)
  return bits !== undefined && networks.some((network) => contains(network, bits))
}

function contains(network: string, bits: string): boolean {
  const [address = '', length] = network.split('/')
  const own = bitsOf(address)
  return own?.length === bits.length && bits.startsWith(own.slice(0, Number(length)))
}

/** The 32 or 128 bits of an address; an IPv4 address in an IPv6 one (`::ffff:127.0.0.1`) is itself. */
function bitsOf(host: string): string | undefined {
  const four = ipv4(host)
  if (four !== undefined) return four
  const mapped = /^::ffff:([\d.]+)$/.exec(host)
  return mapped === null ? ipv6(host) : ipv4(mapped[1] as string)
}

const binary = (number: number, width: number): string => number.toString(2).padStart(width, '0')

/** Dotted; the last of fewer than four numbers fills the rest, as C's inet_aton reads `127.1`. */
function ipv4(host: string): string | undefined {
  const numbers = /^\d+(?:\.\d+){1,3}$/.test(host) ? host.split('.').map(Number) : []
  const last = numbers.pop()
  const width = 32 - 8 * numbers.length
  if (last === undefined || last >= 2 ** width || numbers.some((number) => number > 255)) return undefined
  return numbers.map((number) => binary(number, 8)).join('') + binary(last, width)
}

function ipv6(host: string): string | undefined {
  const [head = '', tail, more] = host.replace(/%.*$/, '').split('::')
  const groups = (text: string): string[] => (text === '' ? [] : text.split(':'))
  const [first, second] = [groups(head), groups(tail ?? '')]
  const missing = 8 - first.length - second.length
  if (more !== undefined || (tail === undefined ? missing !== 0 : missing < 1)) return undefined
  const all = [...first, ...Array.from({ length: missing }, () => '0'), ...second]
  if (!all.every((group) => /^[\da-f]{1,4}$/.test(group))) return undefined
  return all.map((group) => binary(Number.parseInt(group, 16), 16)).join('')
}
