import { conditionsOf, usedFirst } from '../../../src/app/frontend/insecure-sockets.ts'
import type { FrontendModel, Socket, SocketUrl } from '../../../src/app/frontend/model.ts'
import { type Place, placeKey } from '../../../src/contracts/place.ts'
import type { Text } from '../../../src/contracts/text.ts'
import { uniqueBy } from '../../../src/unique-by.ts'

/** A socket whose address is good on the developer's machine only. */
export interface LocalSocket {
  readonly socket: Socket
  readonly url: SocketUrl
  readonly at: Place
  readonly when: Text | undefined
}

/** Sockets that surely connect to a local host or a port of their own; one that a test or a variable switches is left alone. */
export function localSockets({ sockets }: FrontendModel): LocalSocket[] {
  const found = sockets.flatMap((socket) => {
    const url = socket.urls.find((one) => one.when.length === 0 && (one.host.kind === 'local' || hasOwnPort(one)))
    if (url === undefined) return []
    const at = url.host.at ?? socket.argument ?? socket.at
    return [{ socket, url, at, when: conditionsOf(socket, []) }]
  })
  return uniqueBy(usedFirst(found), ({ at }) => placeKey(at))
}

/** A socket that goes to the developer's machine when a variable of the build is not set, for which another socket has a public host. */
export interface LocalFallback {
  readonly socket: Socket
  readonly at: Place
  readonly host: string
  readonly variable: string
  /** Where another socket falls back to, and where that is written. */
  readonly other: string
  readonly otherAt: Place
  readonly when: Text | undefined
}

/** Two fallbacks of one variable that disagree: who wrote the public one did not count on the variable being set. */
export function localFallbacks({ sockets }: FrontendModel): LocalFallback[] {
  const found = sockets.flatMap((socket): LocalFallback[] => {
    const variable = variableOf(socket)
    const local = socket.urls.find(({ host }) => host.kind === 'local')
    const { at = socket.at, text: host = '' } = local?.host ?? {}
    const others = sockets.filter((one) => variable !== undefined && variableOf(one) === variable)
    const [elsewhere] = others.flatMap(({ urls }) => urls.filter(isPublic))
    if (variable === undefined || local === undefined || elsewhere?.host.at === undefined) return []
    const when = conditionsOf(socket, [unset(variable)])
    const { text: other = '', at: otherAt } = elsewhere.host
    return [{ socket, at, host, variable, other, otherAt, when }]
  })
  return uniqueBy(found, ({ at }) => placeKey(at))
}

/** The variable of the build that says the host, if it is set. */
const variableOf = ({ urls }: Socket): string | undefined =>
  urls.length === 2 ? urls.find(({ host }) => host.kind === 'env')?.host.text : undefined

const isPublic = ({ host }: SocketUrl): boolean => host.kind === 'own' || host.kind === 'literal'

const unset = (variable: string): Text => ({
  en: `${variable} is not set for the build`,
  fr: `${variable} n’est pas définie pour le build`,
})

/** `location.hostname + ':8000'`, `wss://chat.example.com:8000` */
function hasOwnPort({ host }: SocketUrl): boolean {
  return (
    (host.kind === 'page' || host.kind === 'own') &&
    host.port !== undefined &&
    host.port !== '443' &&
    host.port !== '80'
  )
}
