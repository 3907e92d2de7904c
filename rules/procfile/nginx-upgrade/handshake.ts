import { type Directive, isOpen, named } from '../../../src/app/processes/nginx/config.ts'
import type { Blocks } from '../../../src/app/processes/nginx/locations.ts'
import { textFor, type Variables } from '../../../src/app/processes/nginx/values.ts'

/** What becomes of a handshake that nginx hands on. Each `undefined`: it cannot be told. */
export interface HandedOn {
  /** The header arrives with what asks for a WebSocket. */
  readonly upgrade: boolean | undefined
  readonly connection: boolean | undefined
  /** What the configuration says of the HTTP version; `default`: nothing. */
  readonly version: string | undefined
  /** The block whose proxy_set_header count, undefined: there are none. */
  readonly level: Directive | undefined
  /** The directives that say it wrong. */
  readonly wrong: readonly Directive[]
}

/** A handshake as the router hands it on. */
const request: Variables = { http_upgrade: 'websocket', http_connection: 'Upgrade' }

/** What the blocks around a proxy_pass make of the headers of a handshake, by nginx's rules of inheritance. */
export function handedOn(chain: Blocks): HandedOn {
  const level = levelOf(chain, 'proxy_set_header')
  const asks = {
    upgrade: (value: string) => /^websocket$/i.test(value),
    connection: (value: string) => isUpgrade(value),
  }
  const upgrade = headerOf(level, chain, 'upgrade', asks.upgrade)
  const connection = headerOf(level, chain, 'connection', asks.connection)
  const versions = levelOf(chain, 'proxy_http_version')
  const [version] = versions === 'unknown' ? [] : named(versions?.block, 'proxy_http_version')
  return {
    upgrade: upgrade.answer,
    connection: connection.answer,
    version: versions === undefined ? 'default' : version?.words[0]?.text,
    level: level === 'unknown' ? undefined : level,
    wrong: [...upgrade.wrong, ...connection.wrong],
  }
}

const isUpgrade = (value: string): boolean => value.split(',').some((token) => token.trim().toLowerCase() === 'upgrade')

/** The innermost block that has such a directive: those of the blocks around it do not count then. */
function levelOf(chain: Blocks, name: string): Directive | 'unknown' | undefined {
  for (const level of chain.toReversed()) {
    const own = named(level.block, name)
    if (own.some(({ sure }) => sure)) return level
    if (own.length > 0 || isOpen(level.block)) return 'unknown'
  }
  return undefined
}

interface Answer {
  readonly answer: boolean | undefined
  readonly wrong: readonly Directive[]
}

function headerOf(
  level: Directive | 'unknown' | undefined,
  chain: Blocks,
  header: string,
  asks: (value: string) => boolean,
): Answer {
  if (level === 'unknown') return { answer: undefined, wrong: [] }
  const all = named(level?.block, 'proxy_set_header')
  const unknowable = { answer: undefined, wrong: [] }
  // A name that Ruby code writes may be this one.
  if (isOpen(level?.block) || all.some(({ words }) => words[0]?.text === undefined)) return unknowable
  const own = all.filter(({ words }) => words[0]?.text?.toLowerCase() === header)
  const values = own.map(({ words }) => textFor(words[1], chain, request))
  const answers = new Set(values.map((value) => value && asks(value)))
  if (own.length === 0) return { answer: false, wrong: [] }
  if (answers.size > 1 || own.some(({ sure }) => !sure)) return unknowable
  const [answer] = answers
  if (answer === undefined) return unknowable
  return answer === true ? { answer, wrong: [] } : { answer: false, wrong: own }
}
