import { type Agreement, firstHop, type Shown } from '../agreement.ts'
import type { Said } from '../verdict.ts'
import type { ListedProject } from './list.ts'

/** A project that was played. */
export interface PlayedProject {
  readonly project: ListedProject
  /** Of its files. */
  readonly hash: string
  readonly shown: Shown
  /** All the linter said, and what of it the hops after a stand-in can show. */
  readonly said: readonly Said[]
  readonly after: readonly Said[]
  /** The Python it ran with; '' when the build ended before there was one. */
  readonly python: string
  readonly stoodIn: boolean
  /** Where the buildpack of today would refuse the tree. */
  readonly build: { readonly evidence: string; readonly agreement: Agreement } | undefined
  readonly agreement: Agreement
}

export type ProjectRow = PlayedProject | { readonly project: ListedProject; readonly why: string }

/** What the linter says, as `hop: rules` of its errors, then its warnings. */
export function saysOf(said: readonly Said[]): string {
  const named = (severity: Said['severity']): string[] => {
    const rules = said.filter((finding) => finding.severity === severity)
    return [...new Set(rules.map(({ hop, rule }) => `${rule} (${hop})`))]
  }
  const [errors, warnings] = [named('error'), named('warning')]
  const first = firstHop(said.filter(({ severity, beside }) => severity === 'error' && !beside))
  const head = first === undefined ? 'no error' : `${first}: ${errors.join(', ')}`
  return warnings.length === 0 ? head : `${head}; warnings ${warnings.join(', ')}`
}

/** One line about a project. */
export function lineOf(row: ProjectRow): string {
  if ('why' in row) return `not run     ${row.project.repository}: ${row.why}`
  const { project, shown, after, python, stoodIn, build } = row
  const reality = shown.breaks === 'none' ? 'works' : `breaks at ${shown.breaks} (${shown.evidence})`
  const refused = build === undefined ? '' : `; the build of today: ${build.evidence} [${build.agreement}]`
  const skipped = Object.entries(shown.skipped).map(([hop, why]) => ` [${hop} not seen: ${why}]`)
  const odd = shown.breaks === project.breaks ? '' : `; expected ${project.breaks}`
  const who = `${project.repository} (Python ${python}${stoodIn ? ', stands in' : ''})`
  return `${row.agreement.padEnd(12)}${who}: ${reality}${odd}; linter: ${saysOf(after)}${skipped.join('')}${refused}`
}

/** The sums over all projects. */
export function tableOf(rows: readonly ProjectRow[]): string {
  const played = rows.filter((row) => !('why' in row)) as PlayedProject[]
  const count = (wanted: Agreement): number => played.filter(({ agreement }) => agreement === wanted).length
  const refused = played.flatMap(({ build }) => (build === undefined ? [] : [build]))
  return [
    `projects played      ${played.length}`,
    `first broken hop     ${count('agrees') + count('hop only')} agree`,
    `false alarms         ${count('false alarm')}`,
    `misses               ${count('miss')}`,
    `another hop          ${count('other hop')}`,
    `not to be seen       ${count('not seen')}`,
    `refused by the build of today  ${refused.length}, of which the linter says so ${refused.filter(({ agreement }) => agreement === 'agrees' || agreement === 'hop only').length}`,
    `not run              ${rows.length - played.length}`,
    '',
  ].join('\n')
}
