import type { Hop } from '../contracts/hop.ts'
import type { App } from './app.ts'

/** Whether a process type is one that no WebSocket passes: what breaks it is no break of the chain. */
export const isBeside = (process: string | undefined): boolean =>
  process !== undefined && process !== 'web' && process !== 'release'

/** Hops that the app has not: no release phase, no Django to serve, no WebSockets. */
export function absentHops(app: App): ReadonlySet<Hop> {
  const absent = new Set<Hop>()
  if (!app.isDjango) for (const hop of ['build', 'boot', 'http'] as const) absent.add(hop)
  if (app.processes.release === undefined) absent.add('release')
  if (!app.usesChannels) for (const hop of ['handshake', 'message', 'stay'] as const) absent.add(hop)
  return absent
}
