/** The hops of a WebSocket on Heroku, in order; `safety` stands beside the chain. */
export declare const hops: readonly ["push", "build", "release", "boot", "http", "handshake", "message", "stay", "safety"];
export type Hop = (typeof hops)[number];
