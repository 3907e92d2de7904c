import type { Text } from '../../contracts/text.ts'
import type { Untold } from '../../contracts/untold.ts'
import { type Condition, decisive } from '../../evaluate/condition.ts'
import type { FileTree } from '../../files/tree.ts'
import type { Inquiry } from '../inquiry.ts'
import { undecided } from '../settings/verdict.ts'
import { rootImageStarts } from './image.ts'
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
 * Whether `test` holds for the server that gets the traffic; it answers undefined when it cannot be told. It must hold on
 * the usual run, when nobody sets the config vars the command asks for: what someone chooses by setting one is not
 * reported. When it fails on other runs, the verdict carries the conditions on which it rests. Undefined when it does not
 * hold, or when that cannot be told: then it goes on record with what `unknown` says of the server.
 */
export function judgeServer(
  app: { readonly inquiry: Inquiry; readonly tree?: FileTree },
  process: Process | undefined,
  test: (server: Server) => boolean | undefined,
  unknown: (server: Server) => Untold | undefined = () => undefined,
): ServerVerdict | undefined {
  const [usual, ...others] = process?.runs ?? []
  const server = usual === undefined ? undefined : primary(usual)
  if (usual === undefined || server === undefined) {
    app.inquiry.cannotTell(noServer(process, app.tree))
    return undefined
  }
  const answer = test(server)
  if (answer === undefined) {
    const vague = unknown(server)
    if (vague !== undefined) app.inquiry.cannotTell(vague)
  }
  if (answer !== true) return undefined
  const holds = (run: ProcessRun) => {
    const other = primary(run)
    return other !== undefined && test(other) === true
  }
  const exceptions = others.filter((run) => !holds(run))
  if (exceptions.length === 0) return { server, when: [] }
  const conditions = decisive(usual.when, exceptions)
  if (conditions.length === 0) return undefined
  const opaque = conditions.find((condition) => condition.opaque)
  if (opaque !== undefined) {
    app.inquiry.cannotTell({ what: startedBy(process), why: undecided(opaque), at: opaque.at })
    return undefined
  }
  return { server, when: conditions }
}

/** The answer to "is anything wrong": yes with a fault, no without one, undefined when `unknown` says why it cannot be told. */
export function isWrong(fault: object | string | undefined, unknown: Untold | undefined): boolean | undefined {
  if (fault !== undefined) return true
  return unknown === undefined ? false : undefined
}

function noServer(process: Process | undefined, tree: FileTree | undefined): Untold {
  const what = startedBy(process)
  if (process === undefined && tree?.kind('Dockerfile') === 'file' && rootImageStarts(tree)) {
    const why = {
      en: 'no Procfile says it, and the CMD of the Dockerfile counts only where heroku.yml or `heroku container:push` builds it',
      fr: 'aucun Procfile ne le dit, et le CMD du Dockerfile ne compte que si heroku.yml ou `heroku container:push` le construit',
    }
    return { what, why, at: { file: 'Dockerfile', span: { start: 0, end: 0 } } }
  }
  if (process === undefined) {
    const why = { en: 'no file says what a dyno starts', fr: 'aucun fichier ne dit ce que lance un dyno' }
    return { what, why, at: undefined }
  }
  const [stop] = process.runs.flatMap(({ unknowns }) => unknowns)
  const why = {
    en: 'its command starts no server that is known here',
    fr: 'sa commande ne lance aucun serveur connu ici',
  }
  return { what, why: stop?.why ?? why, at: stop?.at ?? process.command.at }
}

/** What a process starts, as the thing that is not known. */
export function startedBy(process: Process | undefined): Text {
  const type = process?.type ?? 'web'
  return { en: `what \`${type}\` starts`, fr: `ce que lance \`${type}\`` }
}

/** uvicorn, alone or as the workers of gunicorn. */
export const isUvicorn = ({ name, worker }: Server): boolean =>
  name === 'uvicorn' || worker?.startsWith('uvicorn') === true

/** Why the protocol of a server is not known. */
export function unknownProtocol(server: Server): Untold | undefined {
  const { protocol, why, at } = server.speaks
  if (protocol !== 'undetermined') return undefined
  const what = { en: `whether ${server.name} serves WebSockets`, fr: `si ${server.name} sert des WebSockets` }
  const [option] = server.workerClass?.parts ?? []
  const variable = typeof option === 'object' ? option.variable : undefined
  return { what, why, at, remedy: variable === undefined ? undefined : { by: 'env', variable } }
}
