import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Agreement, agreementOf, type Shown } from './agreement.ts'
import type { Case } from './case.ts'
import type { Row } from './table.ts'
import { projectOf } from './tree.ts'

/** What reality showed for one case, stored so that the linter can be held to it without Python. */
export interface Vector extends Shown {
  /** Of the project and its environment at that time. */
  readonly hash: string
  /** How the linter compared then: what agreed has to go on agreeing. */
  readonly agreement: Agreement
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

/** Writes the results of these rows, leaves those of other cases, and drops those whose case is gone: one file per area. */
export function storeVectors(rows: readonly Row[], all: readonly Case[]): void {
  mkdirSync(folder, { recursive: true })
  const versions = versionsHere()
  const date = new Date().toISOString().slice(0, 10)
  const exists = new Set(all.map(({ name }) => name))
  for (const area of new Set(rows.map((row) => areaOf(row.case.name)))) {
    const file = join(folder, `${area}.json`)
    const stored = new Map(Object.entries(existsSync(file) ? readArea(file) : {}))
    for (const row of rows.filter((one) => areaOf(one.case.name) === area)) {
      const { hash } = projectOf(row.case)
      const agreement = agreementOf(row.said, row.shown)
      stored.set(row.case.name, { hash, ...row.shown, agreement, date, versions })
    }
    const kept = [...stored].filter(([name]) => exists.has(name)).sort(([a], [b]) => (a < b ? -1 : 1))
    if (kept.length > 0) writeFileSync(file, `${JSON.stringify(Object.fromEntries(kept), null, 2)}\n`)
  }
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
