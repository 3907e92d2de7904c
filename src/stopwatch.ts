/** Runs a part of the work and counts its time for it. */
export type During = <T>(part: string, work: () => T) => T

/** Time by part: what one part asks of another counts for the other alone, so that the times add up. */
export interface Stopwatch {
  readonly during: During
  /** Counts for this part from here until the function that it gives is called. */
  enter(part: string): () => void
  /** Milliseconds by part. */
  times(): ReadonlyMap<string, number>
}

/** @param now - a clock in milliseconds; what it says now counts for the part `start` */
export function stopwatch(now: () => number): Stopwatch {
  let part = 'start'
  let last = 0
  const times = new Map<string, number>()
  const turnTo = (next: string): void => {
    const time = now()
    times.set(part, (times.get(part) ?? 0) + time - last)
    last = time
    part = next
  }
  const enter = (next: string): (() => void) => {
    const outer = part
    turnTo(next)
    return () => turnTo(outer)
  }
  return {
    enter,
    during(next, work) {
      const leave = enter(next)
      try {
        return work()
      } finally {
        leave()
      }
    },
    times() {
      turnTo(part)
      return times
    },
  }
}
