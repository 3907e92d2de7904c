import { getOrInsert } from '../../../get-or-insert.ts'
import type { Session } from '../interpreter/machine.ts'
import { families, type PathGroup, type Surveyor, survey } from './groups.ts'
import { answerOf, type ExploreTarget, type PathAnswers, type PathOutcome, runOnce } from './outcome.ts'

/**
 * Which paths are worth running. A run takes the first answer to every question; the others are explored per name: a
 * name's value can only change with the questions it rests on (its taint), so only their combinations are run, and
 * combinations for names that share no question are run together.
 */
export interface Exploration {
  readonly base: PathOutcome
  readonly runs: readonly PathOutcome[]
  /** Answers that together raise. */
  readonly fatal: readonly PathAnswers[]
  /** Questions that decide about a name; names that are missing are the same on every path. */
  readonly groups: ReadonlyMap<string, PathGroup>
  readonly bounded: boolean
}

/** `narrowing`: runs that are left for combinations where trying each question alone takes all others. */
const limits = { runs: 150, narrowing: 50, steps: 1_000_000, base: 120, rounds: 60, samples: 8 }

/** A start runs most of a project each time, and is asked for what fails alone: few questions decide about that. */
const startLimits = { runs: 16, narrowing: 0, steps: 150_000 }

interface Explorer {
  readonly session: Session
  readonly target: ExploreTarget
  readonly runs: PathOutcome[]
  readonly fatal: PathAnswers[]
  /** The same by the questions they hold. */
  readonly fatalBy: Map<number, PathAnswers[]>
  readonly byKey: Map<string, PathOutcome>
  /** Assignments that no run can be had for, by key. */
  readonly dead: Set<string>
  /** Assignments that spoil a run they share, by key. */
  readonly alone: Set<string>
  readonly groups: Map<string, PathGroup>
  readonly classes: Surveyor['classes']
  steps: number
  bounded: boolean
}

export function explore(session: Session, target: ExploreTarget): Exploration {
  const e: Explorer = {
    session,
    target,
    runs: [],
    fatal: [],
    fatalBy: new Map(),
    byKey: new Map(),
    dead: new Set(),
    alone: new Set(),
    groups: new Map(),
    classes: new Map(),
    steps: 0,
    bounded: false,
  }
  const base = findBase(e, new Map(), new Set()) ?? longest(e)
  if (base.exhausted) e.bounded = true
  if (base.crash === undefined) {
    exploreFrom(e, base, false)
    if ([...e.groups.values()].some((group) => !group.complete)) {
      takeSamples(e, base)
      exploreFrom(e, base, true)
    }
  }
  if (e.bounded && base.crash === undefined) forgetUntried(e, base)
  const runs = [base, ...e.runs.filter((run) => run !== base)]
  return { base, runs, fatal: e.fatal, groups: e.groups, bounded: e.bounded }
}

function isSpent({ runs, steps, target }: Explorer, narrowing: boolean): boolean {
  const most = target.after === undefined ? limits : startLimits
  return runs.length >= most.runs + (narrowing ? most.narrowing : 0) || steps >= most.steps
}

/** Names for which some answers were still to be tried when the runs ran out: those that were made do not tell their value. */
function forgetUntried(e: Explorer, base: PathOutcome): void {
  const untried = openNeeds(e, base, true)
  const open = new Set(untried.flatMap((need) => [...need.keys()]))
  for (const [name, group] of e.groups) {
    if (!group.complete && [...group.questions].some((index) => open.has(index)))
      e.groups.set(name, { ...group, beyond: true })
  }
}

function keyOf(answers: PathAnswers): string {
  return [...answers]
    .map(([index, holds]) => (holds ? index + 1 : -index - 1))
    .sort((a, b) => a - b)
    .join(',')
}

function run(e: Explorer, given: PathAnswers): PathOutcome {
  const key = keyOf(given)
  const known = e.byKey.get(key)
  if (known !== undefined) return known
  const outcome = runOnce(e.session, e.target, given)
  e.byKey.set(key, outcome)
  e.runs.push(outcome)
  e.steps += outcome.steps
  if (outcome.crash !== undefined) addFatal(e, answersBehind(e, outcome))
  return outcome
}

function addFatal(e: Explorer, answers: PathAnswers): boolean {
  if (answers.size === 0 || e.fatal.some((known) => keyOf(known) === keyOf(answers))) return false
  e.fatal.push(answers)
  for (const index of answers.keys()) getOrInsert(e.fatalBy, index, () => []).push(answers)
  return true
}

/** The answers a crash rests on; they are never tried together again. */
function answersBehind(e: Explorer, outcome: PathOutcome): PathAnswers {
  const answers = new Map<number, boolean>()
  for (const index of e.session.taints.questions(outcome.crash?.taint ?? 0)) {
    const holds = answerOf(outcome, index)
    if (holds !== undefined) answers.set(index, holds)
  }
  return answers
}

/** A path that does not crash, first answers preferred: the most recent question behind a crash is answered otherwise. */
function findBase(e: Explorer, given: Map<number, boolean>, tried: Set<string>): PathOutcome | undefined {
  const key = keyOf(given)
  if (tried.has(key) || e.runs.length >= limits.base) return undefined
  tried.add(key)
  const outcome = run(e, given)
  if (outcome.crash === undefined) return outcome
  const order = [...outcome.asked.values()].map((asked) => asked.index)
  const behind = [...answersBehind(e, outcome)].filter(([index]) => !given.has(index))
  behind.sort(([a], [b]) => order.indexOf(b) - order.indexOf(a))
  for (const [index, holds] of behind) {
    const found = findBase(e, new Map([...given, [index, !holds]]), tried)
    if (found !== undefined) return found
  }
  return undefined
}

/** Without a path that ends, the one that came furthest. */
function longest(e: Explorer): PathOutcome {
  return e.runs.reduce((best, outcome) => (outcome.steps > best.steps ? outcome : best))
}

/** `narrowing`: where there are too many questions, those that matter are now combined. */
function exploreFrom(e: Explorer, base: PathOutcome, narrowing: boolean): void {
  for (let round = 0; round < limits.rounds; round++) {
    const packs = packed(e, base, openNeeds(e, base, narrowing))
    if (packs.length === 0) return
    for (const pack of packs) {
      if (isSpent(e, narrowing)) {
        e.bounded = true
        return
      }
      tryPack(e, pack)
    }
  }
  e.bounded = true
}

/**
 * Runs with mixed answers to all questions. Where not all combinations were tried, they show whether what was concluded
 * from the others holds.
 */
function takeSamples(e: Explorer, base: PathOutcome): void {
  for (let sample = 0; sample < limits.samples; sample++) {
    if (isSpent(e, true)) return
    const wanted = new Map<number, boolean>()
    for (const index of e.session.questions.keys()) {
      if (!base.given.has(index)) wanted.set(index, mixed(sample, index))
    }
    run(e, withoutCrash(e, base, new Map([...base.given, ...wanted])))
  }
}

/** The first sample answers yes to all, the second no, the others half of each in ever other ways. */
function mixed(sample: number, index: number): boolean {
  if (sample < 2) return sample === 0
  return (Math.imul(index + 1, 0x9e3779b1) >>> (sample * 3)) % 2 === 0
}

function withoutCrash(e: Explorer, base: PathOutcome, answers: Map<number, boolean>): PathAnswers {
  for (let tries = 0; tries < 50; tries++) {
    const crash = e.fatal.find((fatal) => happens(e, base, answers, fatal))
    const last = crash === undefined ? undefined : [...crash.keys()].pop()
    if (crash === undefined || last === undefined) break
    answers.set(last, !crash.get(last))
  }
  return answers
}

function tryPack(e: Explorer, pack: Pack): void {
  const before = { runs: e.runs.length, fatal: e.fatal.length }
  const outcome = run(e, pack.given)
  const isNew = e.runs.length > before.runs
  if (outcome.crash === undefined && isNew && pack.needs.every((need) => covers(outcome, need))) return
  // A crash that was explained keeps the next packs away from it.
  if (outcome.crash !== undefined && e.fatal.length > before.fatal) return
  for (const need of pack.needs) {
    if (outcome.crash === undefined && isNew && covers(outcome, need)) continue
    if (pack.needs.length === 1) e.dead.add(keyOf(need))
    else e.alone.add(keyOf(need))
  }
}

function covers(outcome: PathOutcome, assignment: PathAnswers): boolean {
  for (const [index, holds] of assignment) if ((answerOf(outcome, index) ?? holds) !== holds) return false
  return true
}

/** Assignments that some name still needs a run for; also says how each name's paths are told apart. */
function openNeeds(e: Explorer, base: PathOutcome, narrowing: boolean): readonly PathAnswers[] {
  const live = e.runs.filter((outcome) => outcome.crash === undefined)
  const needs = new Map<string, PathAnswers>()
  const isDead = (need: PathAnswers): boolean => e.dead.has(keyOf(need)) || complete(e, base, need) === undefined
  e.groups.clear()
  for (const family of families(e.session, live)) {
    for (const found of survey({ session: e.session, live, classes: e.classes, isDead, narrowing }, family)) {
      e.groups.set(found.name, found.group)
      if (found.group.beyond === true) e.bounded = true
      for (const need of found.needs) needs.set(keyOf(need), need)
    }
  }
  return [...needs.values()].filter((need) => !isDead(need))
}

/** The answer a run will give to a question unless told otherwise. */
function usual(e: Explorer, base: PathOutcome, given: PathAnswers, index: number): boolean | undefined {
  return given.get(index) ?? answerOf(base, index) ?? e.session.questions[index]?.first
}

/**
 * The answers to give for an assignment: what the base needs, the assignment, and what keeps both out of known crashes.
 * Undefined when that cannot be had.
 */
function complete(e: Explorer, base: PathOutcome, assignment: PathAnswers): Map<number, boolean> | undefined {
  const given = new Map([...base.given, ...assignment])
  for (let tries = 0; tries < 20; tries++) {
    const crash = e.fatal.find((fatal) => happens(e, base, given, fatal))
    if (crash === undefined) return given
    const free = [...crash.keys()].filter((i) => !assignment.has(i) && (!given.has(i) || base.given.has(i)))
    const last = free[free.length - 1]
    if (last === undefined) return undefined
    given.set(last, !crash.get(last))
  }
  return undefined
}

function happens(e: Explorer, base: PathOutcome, given: PathAnswers, fatal: PathAnswers): boolean {
  for (const [index, holds] of fatal) if (usual(e, base, given, index) !== holds) return false
  return true
}

/** Needs that one run serves: what they want together, and the answers that run is given. */
interface Pack {
  readonly needs: PathAnswers[]
  readonly wanted: Map<number, boolean>
  given: Map<number, boolean>
}

/** Puts needs that do not contradict each other into one run. */
function packed(e: Explorer, base: PathOutcome, needs: readonly PathAnswers[]): readonly Pack[] {
  const packs: Pack[] = []
  const separate: Pack[] = []
  for (const need of needs) {
    const solo = e.alone.has(keyOf(need))
    if (!solo && packs.some((pack) => tryAdd(e, base, pack, need))) continue
    const given = complete(e, base, need)
    if (given !== undefined) (solo ? separate : packs).push({ needs: [need], wanted: new Map(need), given })
  }
  return [...packs, ...separate]
}

function tryAdd(e: Explorer, base: PathOutcome, pack: Pack, need: PathAnswers): boolean {
  for (const [index, holds] of need) if ((pack.wanted.get(index) ?? holds) !== holds) return false
  if (!joins(e, base, pack, need)) {
    const given = complete(e, base, new Map([...pack.wanted, ...need]))
    if (given === undefined) return false
    pack.given = given
  }
  pack.needs.push(need)
  for (const [index, holds] of need) pack.wanted.set(index, holds)
  return true
}

/**
 * Adds the need to what the run is given, when no crash that holds one of its questions happens then. Thousands of needs may
 * join one run, so nothing is copied and only those crashes are looked at.
 */
function joins(e: Explorer, base: PathOutcome, { given }: Pack, need: PathAnswers): boolean {
  for (const [index, holds] of need) if ((given.get(index) ?? holds) !== holds) return false
  const added = [...need.keys()].filter((index) => !given.has(index))
  for (const [index, holds] of need) given.set(index, holds)
  const crashes = added.some((index) => e.fatalBy.get(index)?.some((fatal) => happens(e, base, given, fatal)))
  if (crashes) for (const index of added) given.delete(index)
  return !crashes
}
