import { severities } from '../contracts/severity.ts'
import { mask, sampleOf } from './mask.ts'
import type { LineGroup, Sighting } from './model.ts'

/** Kinds of unlimited variety share this many groups; what the tables know always has room. */
const maxOpenEnded = 300
const maxDynos = 20
const maxSubjects = 5

/** Counts sightings. Memory is bounded by the tables and by a cap on what they do not know; texts are masked on the way in. */
export class Groups {
  /** Sightings that found no room. */
  folded = 0
  #openEnded = 0
  readonly #groups = new Map<string, LineGroup>()
  readonly #onFirst: ((group: LineGroup) => void) | undefined

  constructor(onFirst?: (group: LineGroup) => void) {
    this.#onFirst = onFirst
  }

  add(sighting: Sighting, times = 1): void {
    const { meaning, frame, time } = sighting
    const key = meaning.kind === 'exception' ? `${meaning.id} ${frame?.file}:${frame?.line}` : meaning.id
    let group = this.#groups.get(key)
    const isNew = group === undefined
    if (group === undefined) {
      const openEnded = meaning.kind === 'exception' || meaning.kind === 'process'
      if (openEnded && this.#openEnded >= maxOpenEnded) {
        this.folded += times
        return
      }
      if (openEnded) this.#openEnded++
      const sample = sampleOf(sighting.sample)
      group = { meaning, subjects: new Set(), frame, sample, count: 0, first: time, last: time, dynos: new Map() }
      this.#groups.set(key, group)
    }
    count(group, sighting, times)
    if (isNew) this.#onFirst?.(group)
  }

  /** Errors first, then in the order of their first sighting. */
  sorted(): LineGroup[] {
    const rank = (group: LineGroup): number => severities.indexOf(group.meaning.severity)
    return [...this.#groups.values()].sort(
      (a, b) => rank(a) - rank(b) || compare(a.first ?? '', b.first ?? '') || compare(a.meaning.id, b.meaning.id),
    )
  }
}

function count(group: LineGroup, { time, dyno, subject, frame }: Sighting, times: number): void {
  group.count += times
  if (time !== undefined) {
    if (group.first === undefined || time < group.first) group.first = time
    if (group.last === undefined || time > group.last) group.last = time
  }
  group.frame ??= frame
  if (dyno !== undefined) {
    const name = group.dynos.has(dyno) || group.dynos.size < maxDynos ? dyno : '…'
    group.dynos.set(name, (group.dynos.get(name) ?? 0) + times)
  }
  if (subject !== undefined && group.subjects.size < maxSubjects) group.subjects.add(mask(subject).slice(0, 120))
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
