import { missingDistributions } from '../../../src/app/dependencies/missing-distributions.ts'
import { portFault } from '../../../src/app/processes/bind-faults.ts'
import type { BoundSocket, Effective, Server } from '../../../src/app/processes/model.ts'
import { judgeServer } from '../../../src/app/processes/server-verdict.ts'
import type { Part } from '../../../src/evaluate/parts.ts'
import { appOf } from '../../support/app.ts'
import { projectFiles, variables } from './lines.ts'
import { type Outcome, watched } from './observe.ts'

export interface Verdict {
  /** What differs, in words; empty: nothing. */
  readonly differences: readonly string[]
  /** What the model does not say. */
  readonly silent: readonly string[]
}

/** What the model says of a command. */
export interface Prediction {
  readonly server: Server | undefined
  /** A distribution without which it does not start (deps/missing-package). */
  readonly missing: string | undefined
}

/** The model's reading of a command in the probe project, with these pins. */
export function predict(command: string, requirements: readonly string[]): Prediction {
  const files = { ...projectFiles(), 'requirements.txt': `${requirements.join('\n')}\n`, Procfile: `web: ${command}\n` }
  const app = appOf(files)
  const { web } = app.processes
  const missing = missingDistributions(app)
    .flat()
    .find(({ because }) => /\bworker\b/.test(because.en))
  return { server: judgeServer(app, web, () => true)?.server ?? web?.server, missing: missing?.distribution }
}

/** Compares what the model says of a server with what it did. */
export function compare({ server, missing }: Prediction, outcome: Outcome): Verdict {
  if (server === undefined) return { differences: ['the model sees no server'], silent: [] }
  const differences: string[] = []
  const silent: string[] = []
  const hold = (what: string, ours: string | undefined, theirs: string) => {
    if (ours === undefined) silent.push(what)
    else if (ours !== theirs) differences.push(`${what}: the model says ${ours}, the server ${theirs}`)
  }
  const refusal = missing ?? refused(server)
  hold(
    'start',
    refusal === undefined ? undefined : refusal === '' ? 'starts' : 'exits',
    outcome.exit === undefined ? 'starts' : 'exits',
  )
  if (outcome.exit !== undefined || refusal !== '') return { differences, silent }
  if (outcome.listens.length > 0) hold('listens', addresses(server, outcome), [...outcome.listens].sort().join(' '))
  const { protocol } = server.speaks
  // The target says more than the server: procfile/wsgi-server goes by it too.
  const fits = protocol === 'undetermined' ? undefined : protocol === 'asgi' && !server.target?.module.endsWith('.wsgi')
  const webSocket =
    fits === undefined || (fits && server.webSockets === undefined) ? undefined : fits && server.webSockets === true
  hold(
    'WebSocket',
    webSocket === undefined ? undefined : webSocket ? 'accepted' : 'refused',
    outcome.webSocket ?? 'refused',
  )
  if (outcome.pings !== undefined) hold('pings', ...pingsOf(server, outcome.pings))
  const proxy = server.proxyHeaders
  const secure = proxy === undefined ? undefined : proxy ? 'https' : 'http'
  if (!outcome.listens.every((one) => one.startsWith('unix:'))) {
    if (outcome.http !== undefined) hold('scheme over HTTP', secure, outcome.http)
    // A scope without a scheme means ws: daphne never puts one in.
    if (outcome.ws !== undefined && outcome.ws !== '?')
      hold('scheme over WebSocket', secure?.replace('http', 'ws'), outcome.ws)
  }
  return { differences, silent }
}

/** Why the model says the server ends at once; '' when it says it starts; undefined when it does not say. */
export function refused(server: Server): string | undefined {
  const problem = server.problems.find(({ kind }) => kind !== 'repeated')
  if (problem !== undefined) return problem.message.en
  const { target } = server
  // waitress can be given a module alone; it starts, and fails at each request.
  if (target?.fault === 'no-attribute' && server.name === 'waitress') return undefined
  if (target?.fault !== undefined) return target.fault
  if (target?.resolution === 'module-missing' || target?.resolution === 'attribute-missing') return target.resolution
  if (server.sockets.some(({ port }) => port?.worth === 'other' || port?.worth === 'absent'))
    return 'a port that is no number'
  if (portFault(server)?.kind === 'swallowed') return 'a host that holds the port'
  const unsaid = server.sockets.some(
    ({ kind, port }) => kind === 'other' || port?.worth === 'undetermined' || port?.worth === 'variable',
  )
  const worker = server.workerClass
  if (server.open || unsaid || (worker !== undefined && worker.parts === undefined)) return undefined
  return ''
}

function addresses(server: Server, { listens }: Outcome): string | undefined {
  const ours = server.sockets.map((socket) => addressOf(socket, listens))
  if (ours.some((one) => one === undefined)) return undefined
  return [...new Set(ours.flatMap((one) => one?.split(' ') ?? []))].sort().join(' ')
}

function addressOf(socket: BoundSocket, listens: readonly string[]): string | undefined {
  if (socket.kind === 'unix') return listens.find((one) => one.startsWith('unix:')) ?? 'unix'
  if (socket.kind === 'fd') return '127.0.0.1:5777'
  const [host, port] = [textOf(socket.host), textOf(socket.port)]
  if (host === undefined || port === undefined || socket.host === undefined) return undefined
  const number = Number(port.replaceAll('_', '')) % 65_536
  const candidates = hostForms(host, socket.host.reach).map((form) => `${form}:${number}`)
  const found = candidates.filter((one) => listens.includes(one))
  return found.length > 0 ? found.join(' ') : candidates[0]
}

/** How the kernel may show a host: names and empty texts have several forms. */
function hostForms(host: string, reach: string): string[] {
  const bare = host.trim().replace(/^\[(.*)\]$/, '$1')
  if (bare === '' || bare === '*' || bare === '0') return ['0.0.0.0', '[::]']
  if (reach === 'loopback' && /^[a-z]/i.test(bare)) return ['127.0.0.1', '[::1]']
  return [bare.includes(':') ? `[${bare}]` : bare]
}

function textOf(value: Effective | undefined): string | undefined {
  const texts = value?.parts?.map(textOfPart)
  return texts === undefined || texts.some((text) => text === undefined) ? undefined : texts.join('')
}

function textOfPart(part: Part): string | undefined {
  return typeof part === 'string' ? part : variables[part.variable ?? '']
}

/**
 * The interval as expected and as seen. daphne looks every 2 seconds who was silent for too long, so that its pings come
 * up to 2 seconds later than asked for.
 */
function pingsOf({ pings: { interval } }: Server, seen: readonly number[]): [string | undefined, string] {
  const [first, second] = seen
  if (interval === undefined) return [undefined, '']
  const expected = interval === 0 || interval > watched ? 'none' : `every ${interval} s`
  if (first === undefined) return [expected, 'none']
  const gap = second === undefined ? first : second - first
  const late = gap - interval
  return [expected, interval > 0 && late > -0.6 && late < 2.6 ? expected : `every ${gap} s`]
}
