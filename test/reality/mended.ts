import { rules } from '../../rules/index.generated.ts'
import type { CheckInput } from '../../src/check.ts'
import { loadConfig } from '../../src/config/load.ts'
import type { Finding } from '../../src/engine/finding.ts'
import { type Mended, mend } from '../../src/mend/mend.ts'
import { today } from '../support/app.ts'
import { causesOf, type Shown } from './agreement.ts'
import { type Case, hops } from './case.ts'
import { changedProject, type Project, projectOf } from './tree.ts'
import { linterEnvironment } from './verdict.ts'

/** A project as the corrections leave it, and why it is as it was where they leave all. */
export interface Correction {
  readonly project: Project
  readonly isChanged: boolean
  /** Something of it is about what breaks: a rule that the case names, or a finding of that hop. */
  readonly isMeant: boolean
  /** What was done, as rules. */
  readonly by: readonly string[]
  /** Why nothing is done about what breaks, where that is so. */
  readonly reason: string
}

/** What the linter makes of a case: the safe corrections to a fixpoint, then those that change behaviour. */
export async function corrected(one: Case, breaks?: Shown['breaks']): Promise<Correction> {
  const project = projectOf(one)
  const safe = await mendOnce(one, project, false)
  const between = changedProject(one, project, safe.after.changes)
  const unsafe = await mendOnce(one, between, true)
  const done = [...safe.applied, ...unsafe.applied]
  return {
    project: changedProject(one, between, unsafe.after.changes),
    isChanged: done.length > 0,
    isMeant: done.some(({ findings }) =>
      findings.some(({ rule, hop }) => causesOf(one.expect).includes(rule) || hop === breaks),
    ),
    by: [
      ...new Set(done.flatMap(({ choices }) => choices.flatMap(({ fixes }) => fixes.map(({ rule }) => rule)))),
    ].sort(),
    reason: reasonOf(unsafe.after.result.report.findings, unsafe, breaks),
  }
}

async function mendOnce(one: Case, project: Project, unsafe: boolean): Promise<Mended> {
  const loaded = await loadConfig(
    project.tree,
    rules.map(({ id }) => id),
  )
  const input: CheckInput = {
    ...{ today, tree: project.tree, presence: project.presence, configProblems: loaded.problems },
    config: { ...loaded.config, env: linterEnvironment(one, loaded.config.env) },
  }
  return mend(input, { unsafe })
}

/** Why nothing is done about what breaks: by the rules that speak of it, or because none does. */
function reasonOf(findings: readonly Finding[], { withheld }: Mended, breaks: Shown['breaks'] | undefined): string {
  if (withheld.length > 0)
    return `withheld, for it would break something: ${rulesOf(withheld.map(({ because }) => because))}`
  const open = findings.filter(({ severity, fixes }) => severity !== 'info' && fixes.length === 0)
  const there = open.filter(({ hop }) => hop === breaks)
  const errors = open.filter(({ severity }) => severity === 'error')
  if (there.length > 0) return `without a fix: ${rulesOf(there)}`
  if (errors.length > 0) return `without a fix, told at another hop: ${rulesOf(errors)}`
  return findings.length === 0 ? 'nothing is found' : 'nothing is found at the hop that breaks'
}

const rulesOf = (findings: readonly Finding[]): string =>
  [...new Set(findings.map(({ rule }) => rule))].sort().join(', ')

/** What became of a case. `harmed`: it worked, and does no longer. */
export type Fate = 'whole way' | 'mended' | 'not mended' | 'worse' | 'no fix' | 'works' | 'harmed' | 'untouched'

/**
 * @param now undefined: nothing was changed
 * @param isMeant whether what was changed is about what breaks: else the case has no fix, though it was played
 */
export function fateOf(before: Pick<Shown, 'breaks'>, now: Pick<Shown, 'breaks'> | undefined, isMeant: boolean): Fate {
  const rank = (hop: Shown['breaks']): number => (hop === 'none' ? hops.length : hops.indexOf(hop))
  const [old, seen] = [rank(before.breaks), now && rank(now.breaks)]
  if (before.breaks === 'none') return seen === undefined ? 'untouched' : seen < old ? 'harmed' : 'works'
  if (seen === undefined) return 'no fix'
  if (seen === hops.length) return 'whole way'
  if (seen === old && !isMeant) return 'no fix'
  return seen > old ? 'mended' : seen === old ? 'not mended' : 'worse'
}

export interface Fated {
  readonly name: string
  readonly fate: Fate
  readonly before: Shown['breaks']
  readonly now: Shown['breaks'] | undefined
  /** By which rules, or why not, or what broke. */
  readonly told: string
  /** What the linter says where it offers nothing. */
  readonly reason: string
}

/** Cases without a fix, by what is said instead: the most frequent reason first. */
export function reasonsOf(all: readonly Pick<Fated, 'name' | 'fate' | 'reason'>[]): string[] {
  const groups = new Map<string, string[]>()
  for (const { name, fate, reason } of all)
    if (fate === 'no fix') groups.set(reason, [...(groups.get(reason) ?? []), name])
  return [...groups]
    .sort(([a, one], [b, other]) => other.length - one.length || (a < b ? -1 : 1))
    .map(([reason, names]) => `  ${String(names.length).padStart(3)}  ${reason}: ${names.join(', ')}`)
}

/** The table of what corrections did, and every case that is not as it should be. */
export function mendedTable(all: readonly Fated[]): string {
  const breaking = all.filter(({ before }) => before !== 'none')
  const working = all.filter(({ before }) => before === 'none')
  const count = (...fates: Fate[]): number => all.filter(({ fate }) => fates.includes(fate)).length
  const share = (part: number, of: number): string =>
    `${part} of ${of} (${of === 0 ? 100 : Math.round((1000 * part) / of) / 10} %)`
  const offered = breaking.length - count('no fix')
  const lines = [
    `breaking cases          ${breaking.length}`,
    `with a fix              ${share(offered, breaking.length)}`,
    `of these mended         ${share(count('mended', 'whole way'), offered)}`,
    `of these the whole way  ${share(count('whole way'), offered)}`,
    `of all the whole way    ${share(count('whole way'), breaking.length)}`,
    `worse                   ${count('worse')}`,
    `working cases           ${working.length}, edited ${count('works', 'harmed')}, harmed ${count('harmed')}`,
    '',
    'No fix, by reason:',
    ...reasonsOf(breaking),
    '',
    'Not the whole way:',
    ...all
      .filter(({ fate }) => !['whole way', 'works', 'untouched'].includes(fate))
      .map(
        ({ name, fate, before, now, told }) =>
          `  ${fate.padEnd(10)} ${name}: ${before}${now === undefined ? '' : ` -> ${now}`}; ${told}`,
      ),
  ]
  return `${lines.join('\n')}\n`
}
