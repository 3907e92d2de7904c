import type { Place } from '../../../contracts/place.ts'
import type { Word } from '../../../evaluate/shell/model.ts'
import { known, mark, marked, plainWord, sub } from '../../../evaluate/shell/word.ts'
import { isLoopback } from '../../../knowledge/hosts.ts'
import type { BoundSocket, Effective, ValueSource } from '../model.ts'
import { byDefault, effective } from './effective.ts'

type Host = NonNullable<BoundSocket['host']>
type Port = NonNullable<BoundSocket['port']>

/** What a server listens on when it is told nothing. */
export function defaultSocket(host: string, port: string, at: Place): BoundSocket {
  return { kind: 'tcp', host: hostOf(byDefault(host, at)), port: portOf(byDefault(port, at)), at }
}

/** A TCP socket from a host and a port given apart. */
export function tcpSocket(host: Effective, port: Effective, at: Place): BoundSocket {
  return { kind: 'tcp', host: hostOf(host), port: portOf(port), at }
}

export function hostOf(value: Effective): Host {
  return { ...value, reach: reachOf(value) }
}

function reachOf({ parts }: Effective): Host['reach'] {
  const text = known(parts)?.trim().toLowerCase()
  if (text === undefined) return 'undetermined'
  const bare = text.replace(/^\[(.*)\]$/, '$1')
  if (bare === '' || bare === '0.0.0.0' || bare === '::' || bare === '*' || bare === '0') return 'any'
  return isLoopback(bare) ? 'loopback' : 'other'
}

export function portOf(value: Effective): Port {
  return { ...value, worth: worthOf(value) }
}

function worthOf({ parts, source }: Effective): Port['worth'] {
  if (parts === undefined) return 'undetermined'
  if (parts.length === 0) return 'absent'
  const text = known(parts)
  if (text !== undefined) return source === 'default' || /^\s*\d+(?:_\d+)*\s*$/.test(text) ? 'literal' : 'other'
  const [only] = parts
  if (parts.length !== 1 || typeof only !== 'object') return 'other'
  if (only.variable === 'PORT' && only.name === 'PORT') return '$PORT'
  if (/^PORT\+\d+$/.test(only.name)) return 'offset'
  return only.variable === undefined ? 'undetermined' : 'variable'
}

export interface AddressForm {
  /** Host of an address that names only a port (`:8000`). */
  readonly emptyHost: string
  /** Port of an address that names only a host. */
  readonly port: string
  /** gunicorn takes `tcp://` off and reads the port between the first colon and the next. */
  readonly gunicorn?: true
}

/** `0.0.0.0:8000`, `[::]:$PORT`, `unix:/tmp/x`, `fd://3`, `:8000` as gunicorn and hypercorn read a bind address. */
export function bindAddress(word: Word, source: ValueSource, at: Place, form: AddressForm): BoundSocket {
  const text = marked(word)
  if (word.splits)
    return { kind: 'tcp', host: hostOf(effective(word, source)), port: portOf(effective(word, source)), at }
  if (/^unix:/.test(text)) {
    const path = known(word.parts)?.slice('unix:'.length)
    return {
      kind: 'unix',
      host: undefined,
      port: undefined,
      at,
      path: form.gunicorn ? path?.replace(/^\/\//, '') : path,
    }
  }
  if (/^fd:\/\//.test(text)) return { kind: 'fd', host: undefined, port: undefined, at }
  const skip = form.gunicorn === true && text.startsWith('tcp://') ? 6 : 0
  const close = text.indexOf(']', skip)
  const colon =
    close !== -1 ? text.indexOf(':', close) : form.gunicorn === true ? text.indexOf(':', skip) : text.lastIndexOf(':')
  if (colon < skip) {
    if (text.slice(skip).includes(mark)) return wholeHole(word, source, at)
    return tcpSocket(effective(sub(word, skip), source), byDefault(form.port, at), at)
  }
  const hostWord = close === -1 ? sub(word, skip, colon) : sub(word, skip + 1, close)
  const host = colon === skip ? { ...byDefault(form.emptyHost, at), source } : effective(hostWord, source)
  const next = form.gunicorn === true && close === -1 ? text.indexOf(':', colon + 1) : -1
  return tcpSocket(host, effective(sub(word, colon + 1, next === -1 ? undefined : next), source), at)
}

/** `--bind $ADDRESS`: nobody can know what it holds, unless it is the port alone. */
function wholeHole(word: Word, source: ValueSource, at: Place): BoundSocket {
  const unknown: Effective = {
    ...effective(word, source),
    parts: undefined,
    why: { en: 'the address comes from a variable', fr: 'l’adresse vient d’une variable' },
  }
  return tcpSocket(unknown, unknown, at)
}

/** A Twisted endpoint description: `tcp:port=8000:interface=0.0.0.0`, `tcp:8000`, `unix:/tmp/x`. */
export function endpoint(word: Word, source: ValueSource, at: Place): BoundSocket {
  const text = marked(word)
  const fields = splitFields(text)
  const kind = fields[0]?.text ?? ''
  if (kind === 'unix') {
    const [, ...rest] = known(word.parts) === undefined ? [] : fields
    const [path] = rest.filter((one) => !one.text.includes('=') || one.text.startsWith('address='))
    return { kind: 'unix', host: undefined, port: undefined, at, path: path?.text.replace(/^address=/, '') }
  }
  if (kind === 'fd') return { kind: 'fd', host: undefined, port: undefined, at }
  if (!/^(?:tcp6?|ssl|tls)$/.test(kind)) return { kind: 'other', host: undefined, port: undefined, at }
  const field = (name: string) => {
    const found = fields.findLast((f) => f.text.startsWith(`${name}=`))
    if (found === undefined) return undefined
    const value = sub(word, found.start + name.length + 1, found.start + found.length)
    const text = known(value.parts)
    return text?.includes('\\') === true ? plainWord(text.replace(/\\(.)/g, '$1'), value.at) : value
  }
  const second = fields[1]
  const bare =
    second === undefined || second.text.includes('=')
      ? undefined
      : sub(word, second.start, second.start + second.length)
  const port = field('port') ?? bare
  const host = field('interface')
  return tcpSocket(
    host === undefined ? byDefault('', at) : effective(host, source),
    port === undefined ? byDefault('', at) : effective(port, source),
    at,
  )
}

/** Fields between colons; a backslash takes the meaning from the colon behind it. */
function splitFields(text: string): { text: string; start: number; length: number }[] {
  const out: { text: string; start: number; length: number }[] = []
  let start = 0
  for (let i = 0; i <= text.length; i++) {
    if (text[i] === '\\') i++
    else if (i === text.length || text[i] === ':') {
      out.push({ text: text.slice(start, i), start, length: i - start })
      start = i + 1
    }
  }
  return out
}
