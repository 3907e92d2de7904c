/** The hops of a WebSocket on Heroku, in order; `safety` stands beside the chain. */
export const hops = ['push', 'build', 'release', 'boot', 'http', 'handshake', 'message', 'stay', 'safety'] as const
export type Hop = (typeof hops)[number]
