import { getOrInsert } from '../../../get-or-insert.ts'
import { sameValue } from '../equality.ts'
import type { Session } from '../interpreter/machine.ts'
import type { Value } from '../value.ts'
import { sameBranch } from './join.ts'
import { answerOf, type PathAnswers, type PathOutcome } from './outcome.ts'

/** The questions a name's value depends on, and how the paths between them are told apart. */
export interface PathGroup {
  readonly questions: ReadonlySet<number>
  /** Too many to combine: only each of them alone was tried. */
  readonly joined: boolean
  /** All combinations were tried. */
  readonly complete: boolean
  /** There are more questions than runs: nothing about the value is known. */
  readonly beyond?: boolean
  /** The questions tell the branches apart in which the value is made, not every value. */
  readonly branches?: boolean
}

export interface Leaf {
  readonly assignment: PathAnswers
  readonly run: PathOutcome | undefined
  /** Every run that it covers. */
  readonly runs: readonly PathOutcome[]
}

/** Names that rest on the same questions. */
interface Family {
  readonly questions: ReadonlySet<number>
  readonly names: string[]
}

/** Names with more combinations than this are not explored in full. */
const mostLeaves = 32
/** With more questions than this they are not explored at all: there are fewer runs than questions. */
const mostProbed = 150
/** Nor those with so many questions on the usual path: each of them doubles the combinations, mostly. */
const mostQuestions = 5

/** Names by the questions their values rest on in any run, with what decides whether those are asked. */
export function families(session: Session, live: readonly PathOutcome[]): readonly Family[] {
  const taints = new Map<string, number>()
  for (const outcome of live) {
    for (const [name, taint] of outcome.taints) {
      const before = taints.get(name)
      taints.set(name, before === undefined ? taint : session.taints.union(before, taint))
    }
  }
  const parents = parentsOf(session, live)
  const byTaint = new Map<number, Family>()
  for (const [name, taint] of taints) {
    if (taint === 0) continue
    const family = byTaint.get(taint)
    if (family !== undefined) family.names.push(name)
    else byTaint.set(taint, { questions: questionsOf(session, taint, parents), names: [name] })
  }
  return [...byTaint.values()]
}

function questionsOf(session: Session, taint: number, parents: ReadonlyMap<number, number>): ReadonlySet<number> {
  if (taint === session.taints.many) return everyQuestion(session)
  return closed(session, session.taints.questions(taint), parents)
}

/** For each question the taint under which it was asked, over all runs. */
function parentsOf(session: Session, live: readonly PathOutcome[]): ReadonlyMap<number, number> {
  const out = new Map<number, number>()
  for (const outcome of live) {
    for (const { index, under } of outcome.asked.values()) {
      const before = out.get(index)
      if (before !== under) out.set(index, before === undefined ? under : session.taints.union(before, under))
    }
  }
  return out
}

function closed(session: Session, start: readonly number[], parents: ReadonlyMap<number, number>): ReadonlySet<number> {
  const out = new Set(start)
  // A set grows while it is walked: parents of parents are reached too.
  for (const index of out) {
    const above = parents.get(index) ?? 0
    if (above === session.taints.many) return everyQuestion(session)
    for (const parent of session.taints.questions(above)) out.add(parent)
  }
  return out
}

function everyQuestion(session: Session): ReadonlySet<number> {
  return new Set(session.questions.keys())
}

/** What has been found out about a name, and the assignments that still need a run. */
export interface Survey {
  readonly name: string
  readonly group: PathGroup
  readonly needs: readonly PathAnswers[]
}

/** What surveys of one exploration share. */
export interface Surveyor {
  readonly session: Session
  readonly live: readonly PathOutcome[]
  /** For each name the runs by value: equal numbers are equal values. Filled as runs come. */
  readonly classes: Map<string, ValueClasses>
  isDead(need: PathAnswers): boolean
  /** Whether the questions that matter are to be combined, after each was tried alone. */
  readonly narrowing: boolean
}

/**
 * For each name of a family: all combinations of its questions when they are few, else each question alone, and then the
 * combinations of those that were seen to matter.
 */
export function survey(surveyor: Surveyor, family: Family): readonly Survey[] {
  const { session, live, narrowing } = surveyor
  const { questions, names } = family
  if (questions.size > mostProbed) {
    const group = { questions: new Set<number>(), joined: true, complete: false, beyond: true }
    return names.map((name) => ({ name, group, needs: [] }))
  }
  const [base] = live
  const usual = base === undefined ? [] : [...questions].filter((index) => answerOf(base, index) !== undefined)
  const direct = usual.length > mostQuestions ? undefined : leaves(live, questions)
  if (direct !== undefined) {
    return names.map((name) => ({ name, group: { questions, joined: false, complete: true }, needs: direct.needs }))
  }
  const probes = probe(live, questions)
  const open = probes.filter((one) => one.outcome === undefined && !surveyor.isDead(one.need)).map((one) => one.need)
  if (open.length > 0 || !narrowing) {
    return names.map((name) => ({ name, group: { questions, joined: true, complete: false }, needs: open }))
  }
  const parents = observedParents(session, probes, questions)
  return names.map((name) => {
    const found = [false, true].map((branches) => separating(surveyor, name, questions, parents, branches))
    const [values, branches] = found.map((steps) => steps.at(-1) as ReadonlySet<number>)
    // Where all cases are too many, those are told that the first questions tell apart.
    for (const few of [values, branches, ...(found[1] as Steps).toReversed().filter(({ size }) => size > 0)]) {
      const narrowed = few && leaves(live, few)
      if (few === undefined || narrowed === undefined) continue
      const needs = few === values ? narrowed.needs : [...narrowed.needs, ...oneSided(narrowed.leaves, questions)]
      return {
        name,
        group: { questions: few, joined: false, complete: false, branches: few !== values },
        needs,
      }
    }
    return { name, group: { questions, joined: true, complete: false }, needs: [] }
  })
}

/**
 * What is to be tried in each branch yet: questions that its runs all answered alike. A detail that rests on one of them would
 * else pass for what the branch always makes.
 */
function oneSided(branches: readonly Leaf[], questions: ReadonlySet<number>): PathAnswers[] {
  return branches.flatMap(({ assignment, runs: [first, ...others] }) => {
    if (first === undefined) return []
    const asked = [...questions].filter((index) => !assignment.has(index) && answerOf(first, index) !== undefined)
    return asked.flatMap((index) => {
      const holds = answerOf(first, index)
      const both = others.some((run) => (answerOf(run, index) ?? holds) !== holds)
      return both ? [] : [new Map([...assignment, [index, holds !== true]])]
    })
  })
}

/** One question answered otherwise than in a reference run, all other questions of the family kept. */
interface Probe {
  readonly index: number
  readonly need: PathAnswers
  readonly reference: PathOutcome
  readonly outcome: PathOutcome | undefined
}

function probe(live: readonly PathOutcome[], questions: ReadonlySet<number>): Probe[] {
  const out: Probe[] = []
  for (const index of questions) {
    const reference = live.find((outcome) => answerOf(outcome, index) !== undefined)
    if (reference === undefined) continue
    const need = new Map<number, boolean>()
    for (const other of questions) {
      const answer = answerOf(reference, other)
      if (answer !== undefined) need.set(other, other === index ? !answer : answer)
    }
    out.push({ index, need, reference, outcome: live.find((run) => agrees(run, need, index)) })
  }
  return out
}

/** Runs numbered by the value of one name. */
interface ValueClasses {
  readonly examples: (Value | undefined)[]
  readonly of: number[]
}

function classesOf(surveyor: Surveyor, name: string, branches: boolean): readonly number[] {
  // No name holds a blank.
  const key = branches ? `${name} by branch` : name
  const same = branches ? sameBranch : sameValue
  let classes = surveyor.classes.get(key)
  if (classes === undefined) {
    classes = { examples: [], of: [] }
    surveyor.classes.set(key, classes)
  }
  const { examples, of } = classes
  for (const outcome of surveyor.live.slice(of.length)) {
    const value = outcome.names.get(name)?.value
    let index = examples.findIndex((example) =>
      example === undefined || value === undefined ? example === value : same(example, value),
    )
    if (index < 0) index = examples.push(value) - 1
    of.push(index)
  }
  return of
}

/**
 * The few questions by whose answers the runs' values can be told apart. While two runs that answer them alike have
 * different values (or values of different `branches`), what those two answer differently is added, smallest differences first.
 */
function separating(
  surveyor: Surveyor,
  name: string,
  questions: ReadonlySet<number>,
  parents: ReadonlyMap<number, number>,
  branches: boolean,
): Steps {
  const { session, live } = surveyor
  const values = classesOf(surveyor, name, branches)
  let few: ReadonlySet<number> = new Set()
  const steps = [few]
  for (let tries = 0; tries < 10 && few.size <= 12; tries++) {
    const best = smallestContradiction(live, values, few, questions)
    if (best === undefined) break
    few = closed(session, [...few, ...best], parents)
    steps.push(few)
  }
  return steps
}

/** Ever more questions; the last ones tell all apart. */
type Steps = readonly ReadonlySet<number>[]

function smallestContradiction(
  live: readonly PathOutcome[],
  values: readonly number[],
  few: ReadonlySet<number>,
  questions: ReadonlySet<number>,
): readonly number[] | undefined {
  let best: readonly number[] | undefined
  for (const runs of [...sameAnswers(live, few), ...sameLeaf(live, few)]) {
    for (let i = 0; i < runs.length; i++) {
      for (let j = i + 1; j < runs.length; j++) {
        const [a, b] = [runs[i] as number, runs[j] as number]
        if (values[a] === values[b]) continue
        const found = differing(live[a] as PathOutcome, live[b] as PathOutcome, questions).filter(
          (one) => !few.has(one),
        )
        if (found.length > 0 && (best === undefined || found.length < best.length)) best = found
        if (best?.length === 1) return best
      }
    }
  }
  return best
}

/** The numbers of the runs that answer some questions alike, or were not asked alike. */
function sameAnswers(live: readonly PathOutcome[], few: ReadonlySet<number>): readonly (readonly number[])[] {
  const alike = new Map<string, number[]>()
  for (const [i, outcome] of live.entries()) {
    const key = [...few].map((index) => outcome.answers[index] ?? 0).join('')
    getOrInsert(alike, key, () => []).push(i)
  }
  return [...alike.values()]
}

/** Those that one leaf covers: some of them may not have been asked what the others were, for a reason that is not among the questions. */
function sameLeaf(live: readonly PathOutcome[], few: ReadonlySet<number>): readonly (readonly number[])[] {
  const numbers = new Map(live.map((run, i) => [run, i]))
  return (leaves(live, few)?.leaves ?? []).map(({ runs }) => runs.map((run) => numbers.get(run) as number))
}

/** The questions that two runs were both asked and answered differently. */
function differing(a: PathOutcome, b: PathOutcome, questions: ReadonlySet<number>): number[] {
  const out: number[] = []
  for (const index of questions) {
    const [left, right] = [a.answers[index] ?? 0, b.answers[index] ?? 0]
    if (left !== 0 && right !== 0 && left !== right) out.push(index)
  }
  return out
}

/** For each question those whose answer was seen to decide whether it is asked, as a taint. */
function observedParents(
  session: Session,
  probes: readonly Probe[],
  questions: ReadonlySet<number>,
): ReadonlyMap<number, number> {
  const out = new Map<number, number>()
  for (const { index, reference, outcome } of probes) {
    if (outcome === undefined) continue
    for (const other of questions) {
      if ((answerOf(reference, other) === undefined) === (answerOf(outcome, other) === undefined)) continue
      out.set(other, session.taints.union(out.get(other) ?? 0, session.taints.of(index)))
    }
  }
  return out
}

/** Whether a run was asked the question, and differs from nothing else that it was asked. */
function agrees(outcome: PathOutcome, need: PathAnswers, index: number): boolean {
  if (answerOf(outcome, index) === undefined) return false
  for (const [other, holds] of need) if ((answerOf(outcome, other) ?? holds) !== holds) return false
  return true
}

/**
 * Walks the combinations of some questions in the order they are asked: those that a run covers, and those that need
 * one. Undefined when there are too many.
 */
export function leaves(
  live: readonly PathOutcome[],
  questions: ReadonlySet<number>,
): { readonly leaves: readonly Leaf[]; readonly needs: readonly PathAnswers[] } | undefined {
  const found: Leaf[] = []
  const needs: PathAnswers[] = []
  const visit = (assignment: Map<number, boolean>, candidates: readonly PathOutcome[]): boolean => {
    if (found.length >= mostLeaves) return false
    const [run] = candidates
    if (run === undefined) {
      needs.push(assignment)
      found.push({ assignment, run: undefined, runs: [] })
      return true
    }
    const first = firstAsked(run, questions, assignment)
    if (first !== undefined) {
      const { index, holds } = first
      return [holds, !holds].every((answer) =>
        visit(
          new Map([...assignment, [index, answer]]),
          candidates.filter((outcome) => answerOf(outcome, index) === answer),
        ),
      )
    }
    found.push({ assignment, run, runs: candidates })
    return true
  }
  if (!visit(new Map(), live)) return undefined
  return { leaves: found, needs }
}

const orders = new WeakMap<PathOutcome, ReadonlyMap<number, number>>()

/** Of some questions the one that a run was asked first, with its answer; those already assigned apart. */
function firstAsked(
  run: PathOutcome,
  questions: ReadonlySet<number>,
  assigned: ReadonlyMap<number, boolean>,
): { readonly index: number; readonly holds: boolean } | undefined {
  // A run may be asked thousands of questions, and a family is about a few: the order is looked up, not walked.
  const order = orders.get(run) ?? new Map([...run.asked.values()].map(({ index }, position) => [index, position]))
  orders.set(run, order)
  let first: number | undefined
  for (const index of questions) {
    const position = assigned.has(index) ? undefined : order.get(index)
    if (position !== undefined && (first === undefined || position < (order.get(first) as number))) first = index
  }
  const holds = first === undefined ? undefined : answerOf(run, first)
  return first === undefined || holds === undefined ? undefined : { index: first, holds }
}
