import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Agreement } from '../agreement.ts'
import type { Hop } from '../case.ts'
import { versionsHere } from '../vectors.ts'
import type { ListedProject } from './list.ts'
import { type ProjectRow, saysOf } from './table.ts'

/** What one public project showed. Its tree is not ours to keep, so it can be read and not be played again from here. */
export interface ProjectVector {
  readonly commit: string
  /** Of its files. */
  readonly hash: string
  /** The build of today, where it refuses the tree. */
  readonly build?: { readonly evidence: string; readonly agreement: Agreement }
  readonly breaks: Hop | 'none'
  readonly evidence: string
  readonly skipped: Readonly<Partial<Record<Hop, string>>>
  readonly linter: string
  readonly agreement: Agreement
  readonly stoodIn: boolean
  readonly versions: Readonly<Record<string, string>>
  /** `YYYY-MM-DD` */
  readonly date: string
}

export const projectVectors = join(import.meta.dirname, '../vectors/projects.json')

/** The stored results, by repository. */
export function readProjectVectors(): Record<string, ProjectVector> {
  if (!existsSync(projectVectors)) return {}
  return JSON.parse(readFileSync(projectVectors, 'utf8')) as Record<string, ProjectVector>
}

/** Writes the results of listed projects, leaves those of others, and drops those that are no longer listed. */
export function storeProjects(rows: readonly ProjectRow[], all: readonly ListedProject[]): void {
  const stored = new Map(Object.entries(readProjectVectors()))
  const date = new Date().toISOString().slice(0, 10)
  for (const row of rows) {
    if ('why' in row || row.project.commit === '') continue
    const { project, hash, shown, after, agreement, build, stoodIn, python } = row
    stored.set(project.repository, {
      ...{ commit: project.commit, hash },
      ...(build === undefined ? {} : { build }),
      ...{ breaks: shown.breaks, evidence: masked(shown.evidence), skipped: shown.skipped },
      ...{ linter: saysOf(after), agreement, stoodIn, versions: { python, ...versionsHere() }, date },
    })
  }
  const listed = new Set(all.map(({ repository }) => repository))
  const kept = [...stored].filter(([name]) => listed.has(name)).sort(([a], [b]) => (a < b ? -1 : 1))
  writeFileSync(projectVectors, `${JSON.stringify(Object.fromEntries(kept), null, 2)}\n`)
}

/** Evidence without passwords of URLs, and without anything that is long and mixed enough to be a key. */
export function masked(evidence: string): string {
  return evidence
    .replace(/(\w:\/\/)[^/\s@]*@/gu, '$1…@')
    .replace(/(?=[\w+=-]*\d)(?=[\w+=-]*[A-Za-z])[\w+=-]{24,}/gu, '…')
}
