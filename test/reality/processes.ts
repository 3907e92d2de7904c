import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { familyOf } from './family.ts'

export interface StartOptions {
  /** The program and its arguments, or a line for `bash -c`. */
  readonly argv?: readonly string[]
  readonly command?: string
  readonly cwd: string
  /** The whole environment: nothing is inherited. */
  readonly env: Readonly<Record<string, string>>
  /** The file its output goes to. */
  readonly log: string
}

export interface Running {
  /** The id of its first process, and of the group that this one leads. */
  readonly pid: number
  /** What it and its children have written so far. */
  log(): string
  /** Resolves with its exit code, or 128 + the signal's number as a shell has it. */
  readonly exited: Promise<number>
  /** The exit code once it has exited. */
  code(): number | undefined
  /** The ids of its process and of all that descend from it, whatever group or session they are in. */
  members(): number[]
  /** SIGTERM to all of them, SIGKILL after the grace period; resolves when its first process is gone. */
  stop(graceMs?: number): Promise<void>
}

const signals: Readonly<Record<string, number>> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGABRT: 6,
  SIGKILL: 9,
  SIGTERM: 15,
}

/** What still runs, by its first process: ended when this program ends, however it ends. */
const families = new Map<number, () => number[]>()

/** Starts a process in a group of its own. Rejects only when the program cannot be started. */
export async function startProcess(options: StartOptions): Promise<Running> {
  const [program, ...args] = options.argv ?? ['bash', '-c', options.command ?? '']
  if (program === undefined) throw new Error('startProcess: nothing to start')
  const output = openSync(options.log, 'a')
  const child = spawn(program, args, {
    cwd: options.cwd,
    env: { ...options.env },
    detached: true,
    stdio: ['ignore', output, output],
  })
  closeSync(output)
  let code: number | undefined
  const exited = new Promise<number>((resolve) => {
    child.once('exit', (status, signal) => {
      code = status ?? 128 + (signals[signal ?? ''] ?? 0)
      resolve(code)
    })
  })
  const pid = await new Promise<number>((resolve, reject) => {
    child.once('error', reject)
    child.once('spawn', () => resolve(child.pid as number))
  })
  const members = familyOf(pid)
  families.set(pid, members)

  async function stop(graceMs = 3000): Promise<void> {
    // Known before the first ends: who is left alone then has no parent that tells.
    signal(members(), 'SIGTERM')
    const gone = await within(graceMs, exited)
    // Children outlive a first process that does not wait for them.
    for (let left = members(), tries = 0; left.length > 0 && tries < 300; left = members(), tries++) {
      signal(left, 'SIGKILL')
      await delay(10)
    }
    if (gone === undefined) await exited
    families.delete(pid)
  }

  return { pid, log: () => readFileSync(options.log, 'utf8'), exited, code: () => code, members, stop }
}

/** Runs a process to its end. Ends it after `limitMs`: the code is then 124, as of timeout(1). */
export async function runProcess(options: StartOptions, limitMs: number): Promise<{ code: number; log: string }> {
  const running = await startProcess(options)
  const code = await within(limitMs, running.exited)
  await running.stop(1000)
  return { code: code ?? 124, log: running.log() }
}

/** Ends every process that this program still has, at once. */
export function endAll(): void {
  for (const members of families.values()) signal(members(), 'SIGKILL')
  families.clear()
}

function signal(members: readonly number[], name: 'SIGTERM' | 'SIGKILL'): void {
  for (const pid of members) {
    try {
      process.kill(pid, name)
    } catch {
      // It is gone already.
    }
  }
}

/** Resolves after some milliseconds. */
export function delay(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms)
  })
}

/** What a promise gives within some milliseconds; undefined when it takes longer. */
export async function within<Value>(ms: number, promise: Promise<Value>): Promise<Value | undefined> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}

process.once('exit', endAll)
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    endAll()
    process.exit(128 + (signals[signal] as number))
  })
}
