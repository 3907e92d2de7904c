import type { Meaning, Sessions } from './model.ts'

/** The router closes a connection after this long without a byte, in milliseconds. */
const idleWindow = 55_000

export function noSessions(): Sessions {
  return { total: 0, short: 0, medium: 0, nearIdle: 0, long: 0, longest: 0 }
}

/** Counts one WebSocket that ended after `service` milliseconds. */
export function countSession(sessions: Sessions, service: number): void {
  sessions.total++
  sessions.longest = Math.max(sessions.longest, service)
  if (service < 1000) sessions.short++
  else if (service < idleWindow - 1000) sessions.medium++
  else if (service <= idleWindow + 3000) sessions.nearIdle++
  else sessions.long++
}

/**
 * Whether the durations say that sockets die of idleness: of those that lived up to the window most ended in it, and
 * there are enough of them not to be chance. With pings that work, only a small share of them ends just there.
 */
export function diesIdle({ nearIdle, long }: Sessions): boolean {
  return nearIdle >= 3 && nearIdle > long
}

export const idleMeaning: Meaning = {
  id: 'sessions/idle',
  kind: 'router',
  name: { en: 'WebSockets end after 55 s', fr: 'les WebSockets se terminent au bout de 55 s' },
  severity: 'warning',
  hop: 'stay',
  meaning: {
    en: 'Most WebSockets that live for 55 s end just then: nothing is sent on an idle socket and the router closes it. Pings from the server every 20 s keep it open.',
    fr: 'La plupart des WebSockets qui atteignent 55 s se ferment juste là : rien ne passe sur un socket inactif et le routeur le ferme. Des pings du serveur toutes les 20 s le maintiennent.',
  },
  rules: ['procfile/keepalive', 'frontend/no-reconnect'],
}
