import type { App } from '../../../src/app/app.ts'
import { type Directive, isOpen, type NginxConfig, named } from '../../../src/app/processes/nginx/config.ts'
import type { Place } from '../../../src/contracts/place.ts'
import { readText } from '../../../src/files/tree.ts'

/** Where nginx listens, when it is not where the router connects. */
export type Listening =
  /** `listens`: the address as written. `word`: what of it may be replaced, where nothing else listens. */
  | {
      readonly kind: 'elsewhere' | 'variable'
      readonly at: Place
      readonly listens: string
      readonly word: Place | undefined
    }
  /** On $PORT of the loopback interface. */
  | { readonly kind: 'loopback'; readonly at: Place; readonly listens: string; readonly word: Place }
  /** There is no `listen`: without root rights nginx takes port 8000 (seen with nginx 1.22). */
  | { readonly kind: 'default'; readonly at: Place }
  | { readonly kind: 'port' }
  | { readonly kind: 'unknown'; readonly at: Place | undefined }

/** Whether any server of a configuration listens on the dyno's port. */
export function listening(app: App, { directives }: NginxConfig): Listening {
  const around = directives.filter(({ name }) => name === 'http' || name === 'stream' || name === 'mail')
  if (isOpen(directives) || around.some(({ block }) => isOpen(block))) return { kind: 'unknown', at: around[0]?.at }
  const servers = around.flatMap(({ block }) => named(block, 'server'))
  const open = servers.find(({ block }) => isOpen(block))
  if (open !== undefined) return { kind: 'unknown', at: open.at }
  const listens = servers.flatMap(({ block }) => named(block, 'listen'))
  const onPort = listens.filter(isOnPort)
  if (onPort.length > 0) return reachedOn(app, onPort)
  const vague = [...listens, ...servers].find(
    ({ sure, words }) => !sure || words.some(({ text }) => text === undefined),
  )
  if (vague !== undefined) return { kind: 'unknown', at: vague.at }
  const [first, ...others] = listens
  const [server] = servers
  if (server === undefined) return { kind: 'unknown', at: around[0]?.at }
  if (first === undefined) return { kind: 'default', at: { ...server.at, span: nameOf(server) } }
  const [word] = first.words
  const text = word?.text
  // What looks like a place for a value may get one before nginx starts.
  if (word === undefined || text === undefined || !isAddress(text)) return { kind: 'unknown', at: first.at }
  const place = { file: first.at.file, span: word.span }
  const kind = text === '$PORT' ? 'variable' : 'elsewhere'
  return { kind, at: first.at, listens: text, word: others.length === 0 ? place : undefined }
}

const isOnPort = ({ words }: Directive): boolean => words[0]?.holes.some((code) => /\bPORT\b/.test(code)) === true

/** `8080`, `*:80`, `[::]:80`, `unix:/tmp/x`, and `$PORT`, which is the name of a host to nginx (seen with 1.22). */
const isAddress = (text: string): boolean => /^(?:(?:[\w.*-]+|\[[\da-f:]*\]):)?\d+$|^unix:|^\$PORT$/.test(text)

function reachedOn(app: App, onPort: readonly Directive[]): Listening {
  const places = onPort.map(({ at, words }) => ({ at, word: { file: at.file, span: words[0]?.span ?? at.span } }))
  const written = ({ word }: (typeof places)[number]) =>
    readText(app.tree, word.file)?.text.slice(word.span.start, word.span.end) ?? ''
  const reached = places.some((one) => !/^["']?(?:127\.\d+\.\d+\.\d+|localhost|\[::1\]):/i.test(written(one)))
  const [first] = places
  const unsure = onPort.find(({ sure }) => !sure)
  if (unsure !== undefined && onPort.every(({ sure }) => !sure)) return { kind: 'unknown', at: unsure.at }
  if (reached || first === undefined) return { kind: 'port' }
  return { kind: 'loopback', at: first.at, listens: written(first), word: first.word }
}

const nameOf = ({ name, at: { span } }: Directive) => ({ start: span.start, end: span.start + name.length })
