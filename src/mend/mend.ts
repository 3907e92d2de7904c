import { type CheckInput, type CheckResult, check } from '../check.ts'
import { type Hop, hops } from '../contracts/hop.ts'
import type { Finding } from '../engine/finding.ts'
import { type Choice, editsOf, type Plan, plansOf } from '../engine/plans.ts'
import { changedPresence, changedTree } from '../files/changed.ts'
import type { SourceFile } from '../files/tree.ts'
import { type Changes, withEdits } from './apply.ts'

/** An app as it is after some changes, and what is said of it then. */
export interface State {
  readonly changes: Changes
  readonly result: CheckResult
}

/** A plan that was carried out. */
export interface Applied {
  readonly findings: readonly Finding[]
  /** Also those of plans that had to come along, in order. */
  readonly choices: readonly Choice[]
}

/** A plan that was not carried out: it would break something, or it would leave what it is to end. */
export interface Withheld {
  readonly plan: Plan
  /** What it would bring; of one that ends nothing, its own finding. */
  readonly because: Finding
  readonly why: 'breaks' | 'stays'
}

export interface Mended {
  readonly before: CheckResult
  readonly after: State
  readonly applied: readonly Applied[]
  readonly withheld: readonly Withheld[]
}

export interface MendOptions {
  /** Whether plans that change behaviour are consented to. */
  readonly unsafe: boolean
  /** Only plans with a finding that this holds for. */
  readonly concerns?: ((finding: Finding) => boolean) | undefined
  /** What was changed before; nothing by default. */
  readonly start?: State
  /** Files that cannot be written: what would change them is left. */
  readonly frozen?: ReadonlySet<string>
}

/** More passes than any project has needed: what is not at rest by then is left as it is. */
const mostPasses = 20

/**
 * Carries out what is consented to, in memory, until nothing is left to do: each plan whole or not at all. A plan that would
 * break its own hop or an earlier one takes the plans along that end the new break, as far as they are consented to; where
 * there is none, it is left. So is one that ends none of its findings, or whose findings come back.
 */
export function mend(input: CheckInput, options: MendOptions): Mended {
  const before = options.start ?? stateOf(input, new Map())
  const withheld = new Map<string, Withheld>()
  const applied: Applied[] = []
  const seen = new Set([printOf(before.changes)])
  /** By plan that was carried out: how many findings like its own there were then. */
  const done = new Map<string, number>()
  let state = before
  for (let pass = 0; pass < mostPasses; pass++) {
    const plans = wanted(state, options).filter(({ plan }) => {
      if (withheld.has(keyOf(plan))) return false
      const [finding] = plan.findings
      if (finding === undefined || likeThose(plan, state) < (done.get(keyOf(plan)) ?? Number.POSITIVE_INFINITY))
        return true
      withheld.set(keyOf(plan), { plan, because: finding, why: 'stays' })
      return false
    })
    if (plans.length === 0) break
    const next = atOnce(input, state, plans, options) ?? oneByOne(input, state, plans, options, withheld)
    // What has been before comes again for ever.
    if (next === undefined || seen.has(printOf(next.state.changes))) break
    seen.add(printOf(next.state.changes))
    for (const plan of next.plans) done.set(keyOf(plan), likeThose(plan, state))
    state = next.state
    applied.push(...next.applied)
  }
  return { before: before.result, after: state, applied, withheld: [...withheld.values()] }
}

/** What is said of an app after some changes. */
export function stateOf(input: CheckInput, changes: Changes): State {
  const files = filesOf(changes)
  const tree = changedTree(input.tree, files)
  return { changes, result: check({ ...input, tree, presence: changedPresence(input.presence, files) }) }
}

const filesOf = (changes: Changes): ReadonlyMap<string, SourceFile | undefined> =>
  new Map([...changes].map(([path, { file }]) => [path, file]))

interface Wanted {
  readonly plan: Plan
  readonly choice: Choice
}

function wanted({ result }: State, { unsafe, concerns }: MendOptions): Wanted[] {
  return plansOf(result.report.tree, result.report.findings).flatMap((plan) => {
    if (concerns !== undefined && !plan.findings.some(concerns)) return []
    const choice = plan.choices.find(({ safety }) => safety === 'safe' || unsafe)
    return choice === undefined ? [] : [{ plan, choice }]
  })
}

interface Step {
  readonly state: State
  readonly plans: readonly Plan[]
  readonly applied: readonly Applied[]
}

/** Every plan in one go; undefined when that cannot be done or breaks something, and each has to be looked at alone. */
function atOnce(input: CheckInput, state: State, plans: readonly Wanted[], options: MendOptions): Step | undefined {
  const next = stepped(
    input,
    state,
    plans.map(({ choice }) => choice),
    options,
  )
  if (next === undefined) return undefined
  if (plans.some(({ plan }) => brokenBy(plan, state, next).length > 0 || isIdle(plan, state, next))) return undefined
  if (leavesOne(plans, state, next)) return undefined
  return {
    state: next,
    plans: plans.map(({ plan }) => plan),
    applied: plans.map(({ plan, choice }) => appliedOf(plan, [choice])),
  }
}

/** The first plan that can be carried out; those before it that cannot are withheld. */
function oneByOne(
  input: CheckInput,
  state: State,
  plans: readonly Wanted[],
  options: MendOptions,
  withheld: Map<string, Withheld>,
): Step | undefined {
  for (const { plan, choice } of plans) {
    const result = carryOut(input, state, plan, choice, options)
    if ('state' in result) return { state: result.state, plans: [plan], applied: [result.applied] }
    if (result.because !== undefined) withheld.set(keyOf(plan), { plan, because: result.because, why: result.why })
  }
  return undefined
}

/** Why a plan was not carried out; `because` undefined: it cannot be written at all. */
export type Refused = Pick<Withheld, 'because' | 'why'> | { readonly because: undefined }

/** One choice of a plan, with what has to come along, unless it breaks what nothing consented to mends, or ends nothing. */
export function carryOut(
  input: CheckInput,
  state: State,
  plan: Plan,
  choice: Choice,
  options: MendOptions,
): { readonly state: State; readonly applied: Applied } | Refused {
  const choices = [choice]
  let now = stepped(input, state, [choice], options)
  for (let round = 0; now !== undefined && round < 5; round++) {
    const [broken] = brokenBy(plan, state, now)
    if (broken === undefined) {
      const [own] = plan.findings
      if (own !== undefined && isIdle(plan, state, now)) return { because: own, why: 'stays' }
      return { state: now, applied: appliedOf(plan, choices) }
    }
    const along = wanted(now, { unsafe: options.unsafe }).find(({ plan: other }) => other.findings.includes(broken))
    if (along === undefined) return { because: broken, why: 'breaks' }
    choices.push(along.choice)
    now = stepped(input, now, [along.choice], options)
  }
  return { because: undefined }
}

function stepped(
  input: CheckInput,
  { changes, result }: State,
  choices: readonly Choice[],
  { frozen }: MendOptions,
): State | undefined {
  const edits = choices.flatMap(editsOf)
  if (edits.some(({ file, text, action }) => frozen?.has(file) || (action === 'rename' && frozen?.has(text))))
    return undefined
  const next = withEdits(result.report.tree, changes, edits)
  return next && stateOf(input, next)
}

/**
 * Certain errors that were not there before, at the first hop that the plan mends or before it. Later ones were there, unseen:
 * nobody got that far. A file that cannot be parsed any more is broken by the edit itself, whenever it is read.
 */
function brokenBy({ findings }: Plan, before: State, after: State): Finding[] {
  const first = Math.min(...findings.map(({ hop }) => rank(hop)))
  const known = new Set(before.result.report.findings.map(identityOf))
  return after.result.report.findings.filter(
    (one) =>
      one.severity === 'error' &&
      one.certainty === 'certain' &&
      (one.rule === 'engine/parse-error' || (!one.beside && rank(one.hop) <= first)) &&
      !known.has(identityOf(one)),
  )
}

/** Whether everything that a plan is to end is still there, if in other words: they may quote what was changed. */
function isIdle({ findings }: Plan, before: State, after: State): boolean {
  const stays = (nameOf: Name) => findings.every((one) => countOf(one, after, nameOf) >= countOf(one, before, nameOf))
  return stays(identityOf) || stays(wordlessOf)
}

/** Whether of several plans that end findings of one name, one ends none. */
function leavesOne(plans: readonly Wanted[], before: State, after: State): boolean {
  const firsts = plans.flatMap(({ plan }) => plan.findings.slice(0, 1))
  return firsts.some((one) => {
    const alike = firsts.filter((other) => wordlessOf(other) === wordlessOf(one)).length
    return countOf(one, after, wordlessOf) > countOf(one, before, wordlessOf) - alike
  })
}

type Name = (finding: Finding) => string

const countOf = (finding: Finding, { result }: State, nameOf: Name = identityOf): number =>
  result.report.findings.filter((one) => nameOf(one) === nameOf(finding)).length

/** How many findings say what those of a plan say. */
const likeThose = ({ findings }: Plan, state: State): number =>
  findings.reduce((sum, one) => sum + countOf(one, state), 0)

const rank = (hop: Hop): number => hops.indexOf(hop)

/** What a finding is about, wherever it stands. */
export const identityOf = ({ rule, symbol, message }: Finding): string => `${rule} ${symbol} ${message.en}`

/** What a finding is about, in whatever words, in its file. */
const wordlessOf = ({ rule, kind, symbol, at }: Finding): string => `${rule} ${kind} ${symbol} ${at.file}`

/** What makes a plan the same one after other edits. */
export const keyOf = ({ findings }: Plan): string => findings.map(identityOf).sort().join('\n')

const appliedOf = ({ findings }: Plan, choices: readonly Choice[]): Applied => ({ findings, choices })

function printOf(changes: Changes): string {
  return JSON.stringify([...changes].map(([path, { file }]) => [path, file?.encoding, file?.bom, file?.text]).sort())
}
