import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Agreement, agreements, type Judgement, type Shown, surprises } from './agreement.ts'
import type { Case } from './case.ts'
import { judgementOf, type Row } from './table.ts'
import { projectOf } from './tree.ts'

/** What reality showed for one case, stored so that the linter can be held to it without Python. */
export interface Vector extends Shown {
  /** Of the project and its environment at that time. */
  readonly hash: string
  /** How the linter compared then: it may get better, never worse. */
  readonly agreement: Agreement
  /** The chain had a ✓ at the hop that broke. */
  readonly falseTick?: true
  /** Hops at which the chain had a `?` though a person could have told. */
  readonly couldHaveKnown?: readonly string[]
  /** In which ways the linter was not what the author expects. */
  readonly surprises?: readonly string[]
  /** `YYYY-MM-DD` */
  readonly date: string
  /** Programs it was seen with. */
  readonly versions: Readonly<Record<string, string>>
}

const folder = join(import.meta.dirname, 'vectors')

/** Every stored result, by the case's name. */
export function readVectors(): ReadonlyMap<string, Vector> {
  if (!existsSync(folder)) return new Map()
  return new Map(
    readdirSync(folder)
      .filter((name) => name.endsWith('.json') && name !== 'projects.json')
      .flatMap((name) => Object.entries(readArea(join(folder, name)))),
  )
}

/**
 * Writes the results of these rows, leaves those of other cases, and drops those whose case is gone: one file per area. `replayed`:
 * only what the linter says is new, reality was seen when it was seen.
 */
export function storeVectors(rows: readonly Row[], all: readonly Case[], replayed = true): void {
  mkdirSync(folder, { recursive: true })
  const versions = versionsHere()
  const date = new Date().toISOString().slice(0, 10)
  const exists = new Set(all.map(({ name }) => name))
  for (const area of new Set(rows.map((row) => areaOf(row.case.name)))) {
    const file = join(folder, `${area}.json`)
    const stored = new Map(Object.entries(existsSync(file) ? readArea(file) : {}))
    for (const row of rows.filter((one) => areaOf(one.case.name) === area)) {
      const { hash } = projectOf(row.case)
      const seen = replayed ? undefined : stored.get(row.case.name)
      const { breaks, evidence, skipped } = row.shown
      const when = { date: seen?.date ?? date, versions: seen?.versions ?? versions }
      stored.set(row.case.name, { hash, breaks, evidence, skipped, ...compared(row), ...when })
    }
    const kept = [...stored].filter(([name]) => exists.has(name)).sort(([a], [b]) => (a < b ? -1 : 1))
    if (kept.length > 0) writeFileSync(file, `${JSON.stringify(Object.fromEntries(kept), null, 2)}\n`)
  }
}

function compared(row: Row): Pick<Vector, 'agreement' | 'falseTick' | 'couldHaveKnown' | 'surprises'> {
  const { agreement, falseTick, couldHaveKnown } = judgementOf(row)
  const odd = surprises(row.case, row.said, row.shown)
  return {
    agreement,
    ...(falseTick ? { falseTick } : {}),
    ...(couldHaveKnown.length === 0 ? {} : { couldHaveKnown }),
    ...(odd.length === 0 ? {} : { surprises: odd }),
  }
}

/**
 * In which ways the linter is worse than when this was seen. A `?` that was a ✓ is none of them: it can be the honest answer, and
 * the table counts it.
 */
export function worse(vector: Vector, now: Judgement, odd: readonly string[]): string[] {
  const rank = (agreement: Agreement): number => agreements.indexOf(agreement)
  return [
    ...(rank(now.agreement) > rank(vector.agreement) ? [`${now.agreement}, was ${vector.agreement}`] : []),
    ...(now.falseTick && vector.falseTick !== true ? ['a false ✓ that was none'] : []),
    ...odd.filter((one) => vector.surprises?.includes(one) !== true),
  ]
}

function readArea(file: string): Record<string, Vector> {
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, Vector>
}

function areaOf(name: string): string {
  return name.split('/')[0] as string
}

let found: Record<string, string> | undefined

/** The programs of this machine, asked once per run. */
export function versionsHere(): Record<string, string> {
  if (found !== undefined) return found
  const redis = line('redis-server', ['--version'])
  const chromium = line('chromium', ['--version'])
  found = {
    node: process.versions.node,
    ...(redis === undefined ? {} : { redis: /v=(\S+)/u.exec(redis)?.[1] ?? redis }),
    ...(chromium === undefined ? {} : { chromium: /\d[\d.]*/u.exec(chromium)?.[0] ?? chromium }),
  }
  return found
}

function line(program: string, args: readonly string[]): string | undefined {
  try {
    return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  } catch {
    return undefined
  }
}
