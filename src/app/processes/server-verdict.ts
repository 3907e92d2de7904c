import type { Condition } from '../../evaluate/condition.ts'
import type { Process, ProcessRun, Server } from './model.ts'

/** A server of which something is true, and what that rests on (nothing: it is certain). */
export interface ServerVerdict {
  readonly server: Server
  readonly when: readonly Condition[]
}

/** The server of a run to which the router's traffic goes: the one on $PORT, else the last one in the foreground. */
export function primary({ servers }: ProcessRun): Server | undefined {
  const [only, ...others] = servers
  if (others.length === 0) return only
  const onPort = servers.filter(({ sockets }) => sockets.some(({ port }) => port?.worth === '$PORT'))
  if (onPort.length === 1) return onPort[0]
  return servers.findLast(({ step }) => !step.background) ?? only
}

/**
 * Whether `test` holds for the server that gets the traffic. It must hold on the usual run, when nobody sets the config
 * vars the command asks for: what someone chooses by setting one is not reported. When it fails on other runs, the
 * verdict carries the conditions on which it rests; undefined when those are opaque, or when it does not hold.
 */
export function judgeServer(
  process: Process | undefined,
  test: (server: Server) => boolean,
): ServerVerdict | undefined {
  const [usual, ...others] = process?.runs ?? []
  const server = usual === undefined ? undefined : primary(usual)
  if (usual === undefined || server === undefined || !test(server)) return undefined
  const holds = (run: ProcessRun) => {
    const other = primary(run)
    return other !== undefined && test(other)
  }
  const exceptions = others.filter((run) => !holds(run))
  if (exceptions.length === 0) return { server, when: [] }
  const when = usual.when.filter((condition) => exceptions.some((run) => differs(run, condition)))
  const decisive = when.filter((condition) => exceptions.some((run) => alone(run, when, condition)))
  const conditions = decisive.length > 0 ? decisive : when
  return conditions.length === 0 || conditions.some(({ opaque }) => opaque) ? undefined : { server, when: conditions }
}

function differs({ when }: ProcessRun, condition: Condition): boolean {
  return when.some(({ id, holds }) => id === condition.id && holds !== condition.holds)
}

/** The run differs from the usual one in this condition and no other of the list. */
function alone(run: ProcessRun, all: readonly Condition[], condition: Condition): boolean {
  return all.every((other) => differs(run, other) === (other.id === condition.id))
}
