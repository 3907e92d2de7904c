/**
 * A part of a string that is not known, of which something is: `redis://` + hole(userinfo) + `@` + hole(host) …
 * `chars` bounds what it can contain: digits [0-9], word [A-Za-z0-9_-], host [A-Za-z0-9.-], any (no bound).
 */
export interface Hole {
  /** What stands there, for display and comparison: `PORT`, `REDIS_URL.password`. Equal names hold equal text. */
  readonly name: string
  /** The config var it comes from. */
  readonly variable: string | undefined
  readonly chars: 'digits' | 'word' | 'host' | 'any'
  readonly nonEmpty: boolean
  /** Who alone has this text: a `process` that makes it while it starts, a `dyno` that is given it. Undefined: nothing says so. */
  readonly own?: 'process' | 'dyno' | undefined
}

/** Known text or a hole. In a normal form no two known texts are adjacent and none is empty. */
export type Part = string | Hole

/** Joins neighbouring known texts and drops empty ones. */
export function joinParts(parts: readonly Part[]): Part[] {
  const out: Part[] = []
  for (const part of parts) {
    const last = out.at(-1)
    if (part === '') continue
    if (typeof part === 'string' && typeof last === 'string') out[out.length - 1] = last + part
    else out.push(part)
  }
  return out
}
