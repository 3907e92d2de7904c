import type { Session } from '../interpreter/machine.ts'
import { sameValue } from '../same.ts'
import { type Answers, type Outcome, runOnce, type Target } from './outcome.ts'

/**
 * Which paths are worth running. A run takes the first answer to every question; the others are explored per name: a
 * name's value can only change with the questions it rests on (its taint), so only their combinations are run, and
 * combinations for names that share no question are run together.
 */
export interface Exploration {
  readonly base: Outcome
  readonly runs: readonly Outcome[]
  /** Answers that together raise. */
  readonly fatal: readonly Answers[]
  /** Questions that decide about a name; names that are missing are the same on every path. */
  readonly groups: ReadonlyMap<string, Group>
  readonly bounded: boolean
}

/** The questions a name's value depends on. */
export interface Group {
  readonly questions: ReadonlySet<string>
  /** Too many to combine: only each of them alone was tried. */
  readonly joined: boolean
}

const limits = { runs: 160, steps: 4_000_000, combined: 5, base: 48 }

interface Explorer {
  readonly session: Session
  readonly target: Target
  readonly runs: Outcome[]
  readonly fatal: Map<string, boolean>[]
  readonly byKey: Map<string, Outcome>
  steps: number
  bounded: boolean
}

export function explore(session: Session, target: Target): Exploration {
  const e: Explorer = { session, target, runs: [], fatal: [], byKey: new Map(), steps: 0, bounded: false }
  const base = findBase(e, new Map(), new Set()) ?? longest(e)
  if (base.exhausted) e.bounded = true
  if (base.crash === undefined) exploreFrom(e, base)
  const runs = [base, ...e.runs.filter((run) => run !== base)]
  return { base, runs, fatal: e.fatal, groups: groupsOf(e), bounded: e.bounded }
}

function keyOf(answers: Answers): string {
  return [...answers]
    .map(([id, holds]) => `${holds ? '+' : '-'}${id}`)
    .sort()
    .join('\n')
}

function run(e: Explorer, given: Answers): Outcome {
  const key = keyOf(given)
  const known = e.byKey.get(key)
  if (known !== undefined) return known
  const outcome = runOnce(e.session, e.target, given)
  e.byKey.set(key, outcome)
  e.runs.push(outcome)
  e.steps += outcome.steps
  if (outcome.crash !== undefined) recordFatal(e, outcome)
  return outcome
}

function outOfBudget(e: Explorer): boolean {
  return e.runs.length >= limits.runs || e.steps >= limits.steps
}

/** The answers a crash rests on; they are never tried together again. */
function recordFatal(e: Explorer, outcome: Outcome): Map<string, boolean> {
  const answers = new Map<string, boolean>()
  for (const index of e.session.taints.questions(outcome.crash?.taint ?? 0)) {
    const id = e.session.questions[index]?.id ?? ''
    const asked = outcome.asked.get(id)
    if (asked !== undefined) answers.set(id, asked.holds)
  }
  if (answers.size > 0) e.fatal.push(answers)
  return answers
}

/** A path that does not crash, first answers preferred: the most recent question behind a crash is answered otherwise. */
function findBase(e: Explorer, given: Map<string, boolean>, tried: Set<string>): Outcome | undefined {
  const key = keyOf(given)
  if (tried.has(key) || e.runs.length >= limits.base) return undefined
  tried.add(key)
  const outcome = run(e, given)
  if (outcome.crash === undefined) return outcome
  const behind = e.session.taints
    .questions(outcome.crash.taint)
    .map((index) => outcome.asked.get(e.session.questions[index]?.id ?? ''))
    .filter((asked) => asked !== undefined && !given.has(asked.question.id))
  const order = [...outcome.asked.keys()]
  behind.sort((a, b) => order.indexOf(b?.question.id ?? '') - order.indexOf(a?.question.id ?? ''))
  for (const asked of behind) {
    if (asked === undefined) continue
    const found = findBase(e, new Map([...given, [asked.question.id, !asked.holds]]), tried)
    if (found !== undefined) return found
  }
  return undefined
}

/** Without a path that ends, the one that came furthest. */
function longest(e: Explorer): Outcome {
  return e.runs.reduce((best, outcome) => (outcome.steps > best.steps ? outcome : best))
}

function exploreFrom(e: Explorer, base: Outcome): void {
  const alone = new Set<string>()
  for (let round = 0; round < 40; round++) {
    const needs = openNeeds(e).filter((need) => !isDead(e, base, need))
    const fresh = needs.filter((need) => !alone.has(`dead ${keyOf(need)}`))
    if (fresh.length === 0) return
    for (const pack of packed(e, base, fresh, alone)) {
      if (outOfBudget(e)) {
        e.bounded = true
        return
      }
      const before = e.runs.length
      const outcome = run(e, pack.given)
      const useless = outcome.crash !== undefined || e.runs.length === before
      if (!useless) continue
      for (const need of pack.needs) alone.add(pack.needs.length === 1 ? `dead ${keyOf(need)}` : keyOf(need))
    }
  }
  e.bounded = true
}

/** Assignments that some name still needs a run for. */
function openNeeds(e: Explorer): Answers[] {
  const needs = new Map<string, Answers>()
  const live = e.runs.filter((outcome) => outcome.crash === undefined)
  const seen = new Set<string>()
  for (const group of groupsOf(e).values()) {
    const key = [...group.questions].sort().join('\n')
    if (seen.has(key)) continue
    seen.add(key)
    const wanted = group.joined ? singles(live, group) : leaves(live, group).needs
    for (const need of wanted) needs.set(keyOf(need), need)
  }
  return [...needs.values()]
}

/** One flip for each question, in the surroundings in which it was asked, all others kept. */
function singles(live: readonly Outcome[], group: Group): Answers[] {
  const needs: Answers[] = []
  for (const id of group.questions) {
    const run = live.find((outcome) => outcome.asked.has(id))
    const asked = run?.asked.get(id)
    if (run === undefined || asked === undefined) continue
    const need = new Map<string, boolean>()
    for (const other of group.questions) {
      const answer = run.asked.get(other)
      if (answer !== undefined) need.set(other, other === id ? !answer.holds : answer.holds)
    }
    // What was asked after it may not be asked any more.
    const isDone = live.some((outcome) => differsOnlyIn(outcome, run, group.questions) === id)
    if (!isDone) needs.push(need)
  }
  return needs
}

/** The one question of a set that two runs were both asked and answered differently; undefined when there is not one. */
function differsOnlyIn(a: Outcome, b: Outcome, questions: ReadonlySet<string>): string | undefined {
  let found: string | undefined
  for (const id of questions) {
    const [left, right] = [a.asked.get(id), b.asked.get(id)]
    if (left === undefined || right === undefined || left.holds === right.holds) continue
    if (found !== undefined) return undefined
    found = id
  }
  return found
}

export interface Leaf {
  readonly assignment: Answers
  readonly run: Outcome | undefined
}

/** Walks the combinations of a group's questions: those that a run covers, and those that need one. */
export function leaves(
  live: readonly Outcome[],
  group: Group,
): { readonly leaves: readonly Leaf[]; readonly needs: readonly Answers[] } {
  const found: Leaf[] = []
  const needs: Answers[] = []
  const visit = (assignment: Map<string, boolean>): void => {
    const run = live.find((outcome) => covers(outcome, assignment))
    if (run === undefined) {
      needs.push(assignment)
      found.push({ assignment, run: undefined })
      return
    }
    for (const asked of run.asked.values()) {
      const { id } = asked.question
      if (!group.questions.has(id) || assignment.has(id)) continue
      visit(new Map([...assignment, [id, asked.holds]]))
      visit(new Map([...assignment, [id, !asked.holds]]))
      return
    }
    found.push({ assignment, run })
  }
  visit(new Map())
  return { leaves: found, needs }
}

function covers(outcome: Outcome, assignment: Answers): boolean {
  for (const [id, holds] of assignment) if (outcome.asked.get(id)?.holds !== holds) return false
  return true
}

/** The answer a run will give to a question unless told otherwise. */
function usual(e: Explorer, base: Outcome, given: Answers, id: string): boolean | undefined {
  const answer = given.get(id) ?? base.asked.get(id)?.holds
  if (answer !== undefined) return answer
  const index = e.session.questionIndex.get(id)
  return index === undefined ? undefined : e.session.questions[index]?.first
}

/**
 * The answers to give for an assignment: what the base needs, the assignment, and what keeps both out of known crashes.
 * Undefined when that cannot be had.
 */
function complete(e: Explorer, base: Outcome, assignment: Answers): Map<string, boolean> | undefined {
  const given = new Map([...base.given, ...assignment])
  for (let tries = 0; tries < 20; tries++) {
    const crash = e.fatal.find((fatal) => [...fatal].every(([id, holds]) => usual(e, base, given, id) === holds))
    if (crash === undefined) return given
    const free = [...crash.keys()].filter((id) => !assignment.has(id) && !(given.has(id) && !base.given.has(id)))
    const last = free[free.length - 1]
    if (last === undefined) return undefined
    given.set(last, !crash.get(last))
  }
  return undefined
}

function isDead(e: Explorer, base: Outcome, assignment: Answers): boolean {
  return complete(e, base, assignment) === undefined
}

interface Pack {
  readonly needs: Answers[]
  wanted: Map<string, boolean>
  given: Map<string, boolean>
}

/** Puts needs that do not contradict each other into one run. */
function packed(e: Explorer, base: Outcome, needs: readonly Answers[], alone: ReadonlySet<string>): Pack[] {
  const packs: Pack[] = []
  for (const need of needs) {
    const solo = alone.has(keyOf(need))
    const fitting = solo ? undefined : packs.find((pack) => tryAdd(e, base, pack, need))
    if (fitting !== undefined) continue
    const given = complete(e, base, need)
    if (given !== undefined) packs.push({ needs: [need], wanted: new Map(need), given })
  }
  return packs
}

function tryAdd(e: Explorer, base: Outcome, pack: Pack, need: Answers): boolean {
  for (const [id, holds] of need) if ((pack.wanted.get(id) ?? holds) !== holds) return false
  const wanted = new Map([...pack.wanted, ...need])
  const given = complete(e, base, wanted)
  if (given === undefined) return false
  pack.needs.push(need)
  pack.wanted = wanted
  pack.given = given
  return true
}

/** For each name the questions its value rests on in any run, with what decides whether those are asked. */
function groupsOf(e: Explorer): Map<string, Group> {
  const { session } = e
  const live = e.runs.filter((outcome) => outcome.crash === undefined)
  const questions = new Map<string, Set<string>>()
  for (const outcome of live) {
    for (const [name, taint] of outcome.taints) {
      let set = questions.get(name)
      if (set === undefined) {
        set = new Set()
        questions.set(name, set)
      }
      for (const index of session.taints.questions(taint)) set.add(session.questions[index]?.id ?? '')
    }
  }
  const groups = new Map<string, Group>()
  for (const [name, set] of questions) {
    const closed = withParents(e, live, set)
    if (closed.size <= limits.combined) groups.set(name, { questions: closed, joined: false })
    else groups.set(name, narrowed(e, live, name, closed))
  }
  return groups
}

function withParents(e: Explorer, live: readonly Outcome[], set: ReadonlySet<string>): Set<string> {
  const out = new Set(set)
  const pending = [...set]
  while (pending.length > 0) {
    const id = pending.pop() as string
    for (const outcome of live) {
      const asked = outcome.asked.get(id)
      if (asked === undefined) continue
      for (const index of e.session.taints.questions(asked.under)) {
        const parent = e.session.questions[index]?.id ?? ''
        if (!out.has(parent)) {
          out.add(parent)
          pending.push(parent)
        }
      }
    }
  }
  return out
}

/** Of many questions, those that were seen to change the value: when they are few they are combined after all. */
function narrowed(e: Explorer, live: readonly Outcome[], name: string, all: ReadonlySet<string>): Group {
  const changing = new Set<string>()
  const tried = new Set<string>()
  for (let i = 0; i < live.length; i++) {
    for (let j = i + 1; j < live.length; j++) {
      const id = differsOnlyIn(live[i] as Outcome, live[j] as Outcome, all)
      if (id === undefined || changing.has(id)) continue
      tried.add(id)
      if (!unchanged(live[i] as Outcome, live[j] as Outcome, name)) changing.add(id)
    }
  }
  const closed = withParents(e, live, changing)
  if (tried.size < all.size || closed.size > limits.combined) return { questions: all, joined: true }
  return { questions: closed, joined: false }
}

export function unchanged(a: Outcome, b: Outcome, name: string): boolean {
  const [left, right] = [a.names.get(name), b.names.get(name)]
  if (left === undefined || right === undefined) return left === right
  return sameValue(left.value, right.value)
}
