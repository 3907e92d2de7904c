import type { Process, ProcessRun, Server } from '../../../src/app/processes/model.ts'
import { baseName } from '../../../src/app/processes/programs/unwrap.ts'
import { primary } from '../../../src/app/processes/server-verdict.ts'
import type { Step } from '../../../src/evaluate/shell/model.ts'
import { known } from '../../../src/evaluate/shell/word.ts'

/** What shares a dyno with the web server. */
export interface Beside {
  /** `alone`: in the background of a shell that has nothing left to do and ends; `left`: the
   * manager that runs it is a daemon; `managed`: a worker under the manager that runs the server; `unreached`: a worker in
   * the foreground before the server. */
  readonly kind: 'unreached' | 'alone' | 'left' | 'background' | 'daemon' | 'several' | 'worker' | 'managed'
  readonly step: Step
  readonly server: Server
  /** The program as a user would call it. */
  readonly program: string
}

const longRunning =
  /^(?:rqworker|rq|rqscheduler|huey|run_huey|dramatiq|rundramatiq|qcluster|process_tasks|runworker|procrastinate|arq|taskiq|flower)$/

/** Servers and workers beside the one that gets the traffic, on the usual run. */
export function besideServer(process: Process): Beside[] {
  const [usual] = process.runs
  const server = usual === undefined ? undefined : primary(usual)
  if (usual === undefined || server === undefined) return []
  const found: Beside[] = []
  if (server.step.background && server.step.manager !== 'foreground') {
    const alone = process.runs.every((run) => endsAtOnce(run, server))
    const kind = alone ? 'alone' : 'background'
    // Where the shell ends with the first of its jobs, the dyno ends with the server.
    if (alone || usual.waits !== 'first')
      found.push({
        kind: alone && server.step.manager === 'daemon' ? 'left' : kind,
        step: server.step,
        server,
        program: server.name,
      })
  }
  const daemon = daemonOption(server)
  if (daemon !== undefined)
    found.push({ kind: 'daemon', step: { ...server.step, at: daemon.at }, server, program: server.name })
  for (const other of usual.servers) {
    if (other.step !== server.step) found.push({ kind: 'several', step: other.step, server, program: other.name })
  }
  for (const step of usual.steps) {
    const program = workerOf(process, step)
    if (program === undefined) continue
    const kind = step.manager === 'foreground' ? 'managed' : holdsUp(usual, step, server) ? 'unreached' : 'worker'
    found.push({ kind, step, server, program })
  }
  return found
}

/** Nothing is left in the foreground once the server was started, and the shell does not wait for it. */
function endsAtOnce({ steps, waits, unknowns }: ProcessRun, server: Server): boolean {
  const begun = steps.findIndex(({ at }) => at === server.step.at)
  return begun >= 0 && !waits && unknowns.length === 0 && steps.slice(begun).every(({ background }) => background)
}

/** The shell waits for it to end before it starts the server, and it does not end. */
function holdsUp({ steps }: ProcessRun, step: Step, server: Server): boolean {
  const own = steps.filter(({ captured }) => !captured)
  const [at, begun] = [own.indexOf(step), own.findIndex((one) => one.at === server.step.at)]
  const apart = step.background || step.piped || step.loop || step.fallback || step.manager !== undefined
  return at >= 0 && at < begun && !apart
}

/** Options with which a worker ends by itself, or leaves the foreground. */
const ends = /^(?:--?burst|-b|--once|--run-once|--detach|-D|--max-jobs(?:=.*)?|--duration(?:=.*)?|--help|-h|--version)$/

/** gunicorn's `-D`: the command ends at once, and the dyno with it. */
function daemonOption({ name, options }: Server): Server['options'][number] | undefined {
  const option = options.findLast(({ dest }) => dest === 'daemon')
  return name === 'gunicorn' && option !== undefined && known(option.value?.parts) === 'true' ? option : undefined
}

/** A queue worker or scheduler that runs on, not one that ends. */
function workerOf(process: Process, step: Step): string | undefined {
  if (step.argv.some(({ parts }) => ends.test(known(parts) ?? ''))) return undefined
  const django = process.django.find((command) => command.step.at === step.at)
  if (django !== undefined) return longRunning.test(django.name) ? django.name : undefined
  const words = step.argv.map(({ parts }) => known(parts) ?? '')
  const name = baseName(step.argv[0])
  const isCelery = name === 'celery' || (words.includes('-m') && words.includes('celery'))
  if (isCelery) return words.includes('worker') || words.includes('beat') ? 'celery' : undefined
  return name !== undefined && longRunning.test(name) ? name : undefined
}
