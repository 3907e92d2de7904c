/** The router's rolling window on the platform, in milliseconds. */
export const platformIdleMs = 55_000

/** How many times faster than on the platform time runs for pings and for the page's timers. */
export function speedOf(idleMs: number): number {
  return platformIdleMs / idleMs
}

/**
 * A dyno's environment under which servers send their pings as much more often as the router's window (`idleMs`) is
 * shorter than the platform's: the intervals of daphne, uvicorn and hypercorn, given or default, are divided.
 */
export function withClock(env: Readonly<Record<string, string>>, idleMs: number): Record<string, string> {
  const speed = speedOf(idleMs)
  return speed === 1 ? { ...env } : { ...env, RIG_CLOCK: String(speed) }
}
