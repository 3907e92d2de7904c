import type { Untold } from '../../contracts/untold.ts'
import { variableValue } from '../../evaluate/python/reasons.ts'
import { known } from '../../evaluate/shell/word.ts'
import type { BoundSocket, Effective, Process, Server } from './model.ts'

/** A bind value that keeps the router away. */
export interface BindFault {
  readonly value: Effective
  readonly socket: BoundSocket
}

/** Servers whose binding a rule may judge: not runserver (its own rule), and not behind something that owns $PORT. */
function isJudged({ name, step }: Server): boolean {
  return name !== 'runserver' && !step.wrappers.some(({ ownsPort }) => ownsPort)
}

/** The host through which a server is cut off from the router: all its TCP sockets are on the loopback interface. */
export function hostFault(server: Server): BindFault | undefined {
  const tcp = server.sockets.filter(({ kind }) => kind === 'tcp')
  const reached = server.sockets.some(
    ({ kind, host }) => kind === 'fd' || kind === 'other' || (kind === 'tcp' && host?.reach !== 'loopback'),
  )
  const [socket] = tcp
  if (!isJudged(server) || reached || socket?.host === undefined) return undefined
  if (socket.host.source === 'default' && server.open) return undefined
  return { value: socket.host, socket }
}

export type PortFaultKind = 'literal' | 'default' | 'swallowed' | 'case' | 'quoted' | 'absent' | 'offset'

/** How a server misses the dyno's port: none of its TCP sockets is on $PORT, and all of them are known. */
export function portFault(server: Server): (BindFault & { readonly kind: PortFaultKind }) | undefined {
  if (!isJudged(server)) return undefined
  const tcp = server.sockets.filter(({ kind }) => kind === 'tcp')
  if (tcp.length === 0 || tcp.length < server.sockets.filter(({ kind }) => kind !== 'unix').length) return undefined
  const faults = tcp.map((socket) => ({ socket, kind: kindOf(server, socket) }))
  if (faults.some(({ kind }) => kind === undefined)) return undefined
  const [first] = faults
  const { socket, kind } = first as { socket: BoundSocket; kind: PortFaultKind }
  const value = kind === 'swallowed' ? socket.host : socket.port
  return value === undefined ? undefined : { value, socket, kind }
}

function kindOf(server: Server, { host, port }: BoundSocket): PortFaultKind | undefined {
  if (port === undefined) return undefined
  switch (port.worth) {
    case 'literal':
      if (port.source !== 'default') return 'literal'
      if (server.open) return undefined
      return host?.source !== 'default' &&
        (host?.parts ?? []).some((part) => typeof part === 'object' && part.variable === 'PORT')
        ? 'swallowed'
        : 'default'
    case 'offset':
      return 'offset'
    case 'absent':
      return port.source === 'default' ? undefined : 'absent'
    case 'variable': {
      const [hole] = port.parts ?? []
      return typeof hole === 'object' && hole.variable?.toUpperCase() === 'PORT' ? 'case' : undefined
    }
    case 'other':
      return /^[%$]?[{(]?%?PORT%?[)}]?%?$/i.test(known(port.parts) ?? '') ? 'quoted' : undefined
    default:
      return undefined
  }
}

/**
 * The file socket on which alone a server listens. Undefined where anything else that the process starts may own the port
 * and pass requests on: a reverse proxy, a program that is not known.
 */
export function fileSocket(process: Process, server: Server): BoundSocket | undefined {
  const [socket] = server.sockets
  const others = process.steps.filter(
    (step) => step !== server.step && !process.django.some((one) => one.step === step),
  )
  if (!isJudged(server) || server.open || socket === undefined || others.length > 0) return undefined
  return server.sockets.every(({ kind }) => kind === 'unix') ? socket : undefined
}

/** Where a server that may be judged listens, when nobody can tell; `host` and `port` are asked for separately. */
export function unknownBinding(server: Server, which: 'host' | 'port'): Untold | undefined {
  if (!isJudged(server)) return undefined
  const vague = server.sockets.find((socket) => {
    const value = socket[which]
    if (value === undefined) return false
    const answer = 'worth' in value ? value.worth : value.reach
    return answer === 'undetermined' || answer === 'variable' || (value.source === 'default' && server.open)
  })
  const value = vague?.[which]
  if (vague === undefined || value === undefined) return undefined
  const [part] = value.parts ?? []
  const variable = typeof part === 'object' ? part.variable : undefined
  return {
    what: { en: `where ${server.name} listens`, fr: `où ${server.name} écoute` },
    why: value.why ?? (variable === undefined ? elsewhere : variableValue(variable)),
    at: vague.at,
    remedy: variable === undefined ? undefined : { by: 'env', variable },
  }
}

const elsewhere = {
  en: 'options may come from a file or a variable that cannot be read',
  fr: 'des options viennent peut-être d’un fichier ou d’une variable illisible',
}
