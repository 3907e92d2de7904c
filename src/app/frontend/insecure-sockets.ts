import { type Place, placeKey } from '../../contracts/place.ts'
import type { Text } from '../../contracts/text.ts'
import type { Condition } from '../../evaluate/condition.ts'
import { uniqueBy } from '../../unique-by.ts'
import type { FrontendModel, Socket, SocketUrl } from './model.ts'

/** A socket that a browser refuses to open from a page served over https. */
export interface InsecureSocket {
  readonly socket: Socket
  readonly url: SocketUrl
  readonly at: Place
  readonly when: Text | undefined
}

/** Sockets opened with `ws://` in production; those that share one literal count once. */
export function insecureSockets({ sockets }: FrontendModel): InsecureSocket[] {
  const found = sockets.flatMap((socket) => {
    const [url] = socket.urls
      .filter(({ scheme, host }) => scheme === 'ws' && host.kind !== 'local')
      .sort((a, b) => a.when.length - b.when.length)
    if (url === undefined) return []
    const at = url.schemeAt ?? socket.argument ?? socket.at
    const unsure = url.host.kind === 'env' || url.host.kind === 'unknown'
    const name = url.host.text ?? ''
    const remote: readonly Text[] = unsure
      ? [{ en: `${name} is not a local host`, fr: `${name} n’est pas un hôte local` }]
      : []
    return [{ socket, url, at, when: conditionsOf(socket, [...url.when, ...remote]) }]
  })
  return uniqueBy(usedFirst(found), ({ at }) => placeKey(at))
}

/** Those in files that something refers to first: what they share with others is about them. */
export function usedFirst<T extends { readonly socket: Socket }>(found: readonly T[]): T[] {
  return [...found].sort((a, b) => Number(b.socket.referenced) - Number(a.socket.referenced))
}

/** What a finding about a socket depends on: unanswered tests, and whether the file is in use at all. */
export function conditionsOf(socket: Socket, when: readonly (Condition | Text)[]): Text | undefined {
  const file = socket.at.file
  const used: readonly Text[] = socket.referenced
    ? []
    : [
        {
          en: `${file} is in use (nothing that runs refers to it)`,
          fr: `${file} est utilisé (rien de ce qui s’exécute n’y fait référence)`,
        },
      ]
  const all = [...used, ...when.map((one) => ('text' in one ? one.text : one))]
  if (all.length === 0) return undefined
  return { en: all.map(({ en }) => en).join(' and '), fr: all.map(({ fr }) => fr).join(' et que ') }
}
