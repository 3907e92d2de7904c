import { Worker } from 'node:worker_threads'

/** Ends the process when one case takes longer than a number of seconds, and says which: nothing else can, while it runs. */
export interface Watchdog {
  begin(target: number, index: number): void
  stop(): void
}

/** `names`: of the targets, by their numbers. */
export function watchdog(seconds: number, names: readonly string[]): Watchdog {
  const shared = new Int32Array(new SharedArrayBuffer(8))
  const worker = new Worker(
    `const { workerData } = require('node:worker_threads')
    const { writeSync } = require('node:fs')
    const { shared, seconds, names } = workerData
    let [last, since] = ['', Date.now()]
    setInterval(() => {
      const now = names[shared[0]] + ', case ' + shared[1]
      if (now !== last) [last, since] = [now, Date.now()]
      if (Date.now() - since < seconds * 1000) return
      writeSync(2, now + ': does not end\\n')
      process.kill(process.pid, 'SIGKILL')
    }, 500)`,
    { eval: true, workerData: { shared, seconds, names } },
  )
  worker.unref()
  return {
    begin(target, index) {
      shared[0] = target
      shared[1] = index
    },
    stop: () => void worker.terminate(),
  }
}
