/** The switch inside instrumented sources: which mutants are in force, and which places were reached. */

/** How often each place was asked since the counts were last cleared, by number of the mutant. */
export let hits = new Uint32Array(0)
let active = new Uint8Array(0)
let limit = Number.POSITIVE_INFINITY

/** Thrown by a place that a mutant has made a loop without end of. */
export class Endless extends Error {}

export function prepare(count: number): void {
  hits = new Uint32Array(count)
  active = new Uint8Array(count)
}

/** Puts these mutants in force and no others; a place asked more than `most` times ends what runs. */
export function activate(ids: readonly number[], most = Number.POSITIVE_INFINITY): void {
  active.fill(0)
  hits.fill(0)
  for (const id of ids) active[id] = 1
  limit = most
}

export function clearHits(): void {
  hits.fill(0)
}

function asked(id: number): boolean {
  const count = (hits[id] ?? 0) + 1
  hits[id] = count
  if (active[id] !== 1) return false
  if (count > limit) throw new Endless(`asked ${count} times`)
  return true
}

Object.assign(globalThis, { __mutant__: asked })
