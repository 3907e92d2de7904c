/** The hops of a WebSocket on Heroku, in order; `safety` stands beside the chain. */
export const hops = ['push', 'build', 'release', 'boot', 'http', 'handshake', 'message', 'stay', 'safety'] as const
export type Hop = (typeof hops)[number]

/** What is known of the app besides findings: hops that do not exist for it, and hops whose inputs could not be known. */
export interface HopFacts {
  readonly notApplicable: ReadonlySet<Hop>
  readonly undetermined: ReadonlySet<Hop>
}
