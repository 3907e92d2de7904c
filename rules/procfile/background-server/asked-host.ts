import { baseName } from '../../../src/app/processes/programs/unwrap.ts'
import type { Step } from '../../../src/evaluate/shell/model.ts'
import { known } from '../../../src/evaluate/shell/word.ts'
import { hostname, isContainerName } from '../../../src/knowledge/hosts.ts'

/** How a program that asks a host for a sign of life reads its command line. */
interface AskingProgram {
  /** `pair`: the first two operands are host and port; `urls`: each operand is one; `option`: what -h or --host names. */
  readonly asks: 'pair' | 'urls' | 'option'
  /** Short options that take a value. */
  readonly valued: string
  /** Long options that take none: behind any other, the next word may be its value. */
  readonly flags: readonly string[]
}

const clientFlags = ['quiet', 'silent', 'verbose', 'force', 'no-password', 'no-psqlrc', 'tuples-only', 'skip-ssl']

/**
 * From the manuals of netcat-openbsd 1.226, inetutils-telnet 2.5, curl 8.5, wget 1.21, PostgreSQL 16, MySQL 8.4 and Redis 7
 * (the versions of Ubuntu 24.04 and of the add-ons, read 2026-11-30).
 */
const programs: Readonly<Record<string, AskingProgram>> = {
  nc: { asks: 'pair', valued: 'IiMmOPpqsTVWwXx', flags: [] },
  netcat: { asks: 'pair', valued: 'IiMmOPpqsTVWwXx', flags: [] },
  telnet: { asks: 'pair', valued: 'Xbekln', flags: [] },
  curl: {
    asks: 'urls',
    valued: 'AbcCdDeEFHKmoPQrtTuUwxXyYz',
    flags: ['silent', 'fail', 'fail-with-body', 'show-error', 'head', 'location', 'insecure', 'verbose', 'include'],
  },
  wget: {
    asks: 'urls',
    valued: 'aABDeiIloOPQRtTUwX',
    flags: ['quiet', 'spider', 'no-verbose', 'verbose', 'no-check-certificate', 'server-response'],
  },
  pg_isready: { asks: 'option', valued: 'dhptU', flags: clientFlags },
  psql: { asks: 'option', valued: 'cdfFhLopPRTUv', flags: clientFlags },
  mysql: { asks: 'option', valued: 'DehPRSu', flags: clientFlags },
  mysqladmin: { asks: 'option', valued: 'ChiPrStuw', flags: clientFlags },
  'redis-cli': {
    asks: 'option',
    valued: 'adhinprstuDX',
    flags: ['raw', 'no-raw', 'tls', 'no-auth-warning', 'insecure'],
  },
}

/**
 * The host that a program asks, where its name is one that containers alone have. What a program outside of the table asks
 * is read from its operands, and counts where `services` (those of compose) has each host among them.
 */
export function askedHost(step: Step, services: { has(name: string): boolean }): string | undefined {
  const words = step.argv.slice(1).map(({ parts, splits }) => (splits ? undefined : known(parts)))
  const program = Object.entries(programs).find(([name]) => name === baseName(step.argv[0]))?.[1]
  const hosts = program === undefined ? writtenHosts(words) : readHosts(words, program)
  const isOther = (host: string | undefined) =>
    host === undefined || !isContainerName(host) || (program === undefined && !services.has(host))
  return hosts.some(isOther) ? undefined : hosts[0]
}

function readHosts(words: readonly (string | undefined)[], program: AskingProgram): (string | undefined)[] {
  const { operands, named } = readOptions(words, program)
  if (program.asks === 'option') return named
  if (program.asks === 'urls') return operands.map(hostOfUrl)
  return operands.length === 2 ? [operands[0]?.toLowerCase()] : []
}

/** As getopt reads it. A word that is not known counts as an operand. */
function readOptions(
  words: readonly (string | undefined)[],
  { valued, flags }: AskingProgram,
): { operands: (string | undefined)[]; named: (string | undefined)[] } {
  const operands: (string | undefined)[] = []
  const named: (string | undefined)[] = []
  for (let index = 0; index < words.length; index++) {
    const word = words[index]
    if (word === '--') return { operands: [...operands, ...words.slice(index + 1)], named }
    if (word === undefined || !/^-./.test(word)) {
      operands.push(word)
      continue
    }
    const long = /^--([^=]+)(?:=(.*))?$/s.exec(word)
    const letter = long === null ? [...word.slice(1)].find((one) => valued.includes(one)) : undefined
    const attached = long === null ? word.slice(word.indexOf(letter ?? '') + 1) : long[2]
    if (long === null ? letter === undefined : attached === undefined && flags.includes(long[1] as string)) continue
    const value = attached === undefined || attached === '' ? words[++index] : attached
    if (letter === 'h' || long?.[1] === 'host') named.push(value?.toLowerCase())
  }
  return { operands, named }
}

const hostOfUrl = (url: string | undefined): string | undefined =>
  url === undefined ? undefined : hostname(url.replace(/^[a-z][a-z0-9+.-]*:\/\//i, '').replace(/[/?#].*$/s, ''))

/** `db:5432`, `redis://broker`, `db 5432` among the words of a program that is not known. */
function writtenHosts(words: readonly (string | undefined)[]): string[] {
  return words.flatMap((word, index) => {
    if (word === undefined || word.startsWith('-')) return []
    const isAddress = /^[a-z][a-z0-9+.-]*:\/\/|^[\w.-]+:\d+$/i.test(word)
    return isAddress || /^\d{2,5}$/.test(words[index + 1] ?? '') ? [hostOfUrl(word) as string] : []
  })
}
