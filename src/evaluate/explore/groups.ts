import type { Session } from '../interpreter/machine.ts'
import { sameValue } from '../same.ts'
import { type Answers, answerOf, type Outcome } from './outcome.ts'

/** The questions a name's value depends on, and how the paths between them are told apart. */
export interface Group {
  readonly questions: ReadonlySet<number>
  /** Too many to combine: only each of them alone was tried. */
  readonly joined: boolean
}

export interface Leaf {
  readonly assignment: Answers
  readonly run: Outcome | undefined
}

/** Names that rest on the same questions. */
interface Family {
  readonly questions: ReadonlySet<number>
  readonly names: string[]
}

/** More combinations than this are not told apart: a rule, or a reader, could do nothing with them. */
const mostLeaves = 16

/** Names by the questions their values rest on in any run, with what decides whether those are asked. */
export function families(session: Session, live: readonly Outcome[]): readonly Family[] {
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
    else byTaint.set(taint, { questions: closed(session, session.taints.questions(taint), parents), names: [name] })
  }
  return [...byTaint.values()]
}

/** For each question the taint under which it was asked, over all runs. */
function parentsOf(session: Session, live: readonly Outcome[]): ReadonlyMap<number, number> {
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
  for (const index of out) for (const parent of session.taints.questions(parents.get(index) ?? 0)) out.add(parent)
  return out
}

/** What has been found out about a name, and the assignments that still need a run. */
export interface Survey {
  readonly name: string
  readonly group: Group
  readonly needs: readonly Answers[]
}

/**
 * For each name of a family: all combinations of its questions when they are few, else each question alone, and then the
 * combinations of those that were seen to matter.
 */
export function survey(
  session: Session,
  live: readonly Outcome[],
  family: Family,
  isDead: (need: Answers) => boolean,
): readonly Survey[] {
  const { questions, names } = family
  const direct = leaves(live, questions)
  if (direct !== undefined) {
    return names.map((name) => ({ name, group: { questions, joined: false }, needs: direct.needs }))
  }
  const probes = probe(live, questions)
  const open = probes.filter((one) => one.outcome === undefined && !isDead(one.need)).map((one) => one.need)
  if (open.length > 0) return names.map((name) => ({ name, group: { questions, joined: true }, needs: open }))
  const parents = observedParents(session, probes, questions)
  return names.map((name) => {
    const changing = probes.filter((one) => one.outcome !== undefined && !unchanged(one.reference, one.outcome, name))
    const few = closed(
      session,
      changing.map((one) => one.index),
      parents,
    )
    const narrowed = leaves(live, few)
    if (narrowed === undefined) return { name, group: { questions, joined: true }, needs: [] }
    return { name, group: { questions: few, joined: false }, needs: narrowed.needs }
  })
}

/** One question answered otherwise than in a reference run, all other questions of the family kept. */
interface Probe {
  readonly index: number
  readonly need: Answers
  readonly reference: Outcome
  readonly outcome: Outcome | undefined
}

function probe(live: readonly Outcome[], questions: ReadonlySet<number>): Probe[] {
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
function agrees(outcome: Outcome, need: Answers, index: number): boolean {
  if (answerOf(outcome, index) === undefined) return false
  for (const [other, holds] of need) if ((answerOf(outcome, other) ?? holds) !== holds) return false
  return true
}

function unchanged(a: Outcome, b: Outcome, name: string): boolean {
  const [left, right] = [a.names.get(name), b.names.get(name)]
  if (left === undefined || right === undefined) return left === right
  return sameValue(left.value, right.value)
}

/**
 * Walks the combinations of some questions in the order they are asked: those that a run covers, and those that need
 * one. Undefined when there are too many.
 */
export function leaves(
  live: readonly Outcome[],
  questions: ReadonlySet<number>,
): { readonly leaves: readonly Leaf[]; readonly needs: readonly Answers[] } | undefined {
  const found: Leaf[] = []
  const needs: Answers[] = []
  const visit = (assignment: Map<number, boolean>, candidates: readonly Outcome[]): boolean => {
    if (found.length >= mostLeaves) return false
    const [run] = candidates
    if (run === undefined) {
      needs.push(assignment)
      found.push({ assignment, run: undefined })
      return true
    }
    for (const { index, holds } of run.asked.values()) {
      if (!questions.has(index) || assignment.has(index)) continue
      return [holds, !holds].every((answer) =>
        visit(
          new Map([...assignment, [index, answer]]),
          candidates.filter((outcome) => answerOf(outcome, index) === answer),
        ),
      )
    }
    found.push({ assignment, run })
    return true
  }
  if (!visit(new Map(), live)) return undefined
  return { leaves: found, needs }
}
