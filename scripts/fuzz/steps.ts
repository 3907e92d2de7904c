import type { Profiler } from 'node:inspector'
import { Session } from 'node:inspector'

/** Counts calls of functions of the sources: the same on every machine. Everything is slower meanwhile. */
export interface StepCounter {
  /** Calls since the last time it was asked. */
  take(): number
  stop(): void
}

export function stepCounter(): StepCounter {
  const session = new Session()
  session.connect()
  session.post('Profiler.enable')
  session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false })
  return {
    take() {
      let calls = 0
      // An inspector of the same thread answers before `post` returns.
      session.post('Profiler.takePreciseCoverage', (error, answer: Profiler.TakePreciseCoverageReturnType) => {
        if (error !== null) throw error
        for (const { url, functions } of answer.result)
          if (url.includes('/src/') || url.includes('/rules/'))
            for (const { ranges } of functions) calls += ranges[0]?.count ?? 0
      })
      return calls
    },
    stop() {
      session.post('Profiler.stopPreciseCoverage')
      session.disconnect()
    },
  }
}
