/** A worker process and the conversation with it: one request, one answer, an end to those that hang. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import type { Answer, Request } from './worker.ts'

/** No sign of life, or dead: under a mutant both count as noticed. */
export type Lost = { type: 'lost'; how: 'timed out' | 'died'; complaint: string }

export interface Worker {
  ask(request: Request, silence: number): Promise<Answer | Lost>
  end(): Promise<void>
}

export function startWorker(entry: string, folder: string): Worker {
  const child = fork(entry, [], {
    cwd: folder,
    execArgv: ['--max-old-space-size=3000'],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: { ...process.env, NODE_ENV: 'test', VITEST: 'true' },
  })
  let complaint = ''
  child.stderr?.on('data', (chunk) => {
    complaint = (complaint + chunk).slice(-2000)
  })
  return {
    ask: (request, silence) => ask(child, request, silence, () => complaint),
    async end() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const gone = once(child, 'exit')
      const timer = setTimeout(() => child.kill('SIGKILL'), 2000)
      if (child.connected) child.send({ type: 'end' } satisfies Request, () => {})
      await gone
      clearTimeout(timer)
    },
  }
}

/** The answer; a child that says nothing for `silence` milliseconds is killed. */
function ask(child: ChildProcess, request: Request, silence: number, complaint: () => string): Promise<Answer | Lost> {
  return new Promise((resolve) => {
    let timer = setTimeout(hang, silence)
    const finish = (result: Answer | Lost) => {
      clearTimeout(timer)
      child.off('message', hear)
      child.off('exit', die)
      resolve(result)
    }
    function hang() {
      child.kill('SIGKILL')
      finish({ type: 'lost', how: 'timed out', complaint: complaint() })
    }
    function die() {
      finish({ type: 'lost', how: 'died', complaint: complaint() })
    }
    function hear(answer: Answer) {
      if (answer.type !== 'alive') return finish(answer)
      clearTimeout(timer)
      timer = setTimeout(hang, silence)
    }
    child.on('message', hear)
    child.on('exit', die)
    if (child.connected) child.send(request, () => {})
    else die()
  })
}
