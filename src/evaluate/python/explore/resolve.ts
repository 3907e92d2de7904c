import { answered, type Condition } from '../../condition.ts'
import { sameValue } from '../equality.ts'
import type { Alternative, Resolved } from '../evaluation.ts'
import type { AskedQuestion, Bound } from '../interpreter/machine.ts'
import type { Value } from '../value.ts'
import type { Exploration } from './explore.ts'
import { type Leaf, leaves } from './groups.ts'
import { joinValues, sameBranch, unknownOf } from './join.ts'
import { answerOf, type PathAnswers, type PathOutcome } from './outcome.ts'

/** What a name is worth on the live paths: one alternative per value that differs, with as few conditions as tell it. */
export function resolve(exploration: Exploration, name: string): Resolved | undefined {
  const { base, runs, groups } = exploration
  const live = runs.filter((run) => run.crash === undefined)
  const group = groups.get(name)
  if (live.length === 0 || group === undefined) {
    const bound = base.names.get(name) ?? live.find((run) => run.names.has(name))?.names.get(name)
    return bound === undefined ? undefined : { alternatives: [alternative(bound, [])], absent: [] }
  }
  const found = group.joined ? undefined : leaves(live, group.questions)
  const root = found === undefined ? undefined : tree(found.leaves, new Map())
  if (root !== undefined) {
    for (const same of group.branches === true ? [sameBranch] : [sameValue, sameBranch]) {
      const told = tell(root, { name, live, same })
      if (told !== undefined) return told.alternatives.length === 0 ? undefined : told
    }
    const told = group.beyond === true ? undefined : tell(root, { name, live, same: sameValue, mixed: true })
    if (told !== undefined && told.alternatives.length > 1) return told
  }
  return joined(live, name, group.beyond === true)
}

/** What is told of a name, and how finely: by value, or by the branch that makes the value. */
interface Telling {
  readonly name: string
  readonly live: readonly PathOutcome[]
  readonly same: (a: Value, b: Value) => boolean
  /** A leaf may cover runs with several values: only what they have in common is known of it. */
  readonly mixed?: boolean
}

/** One alternative per leaf; undefined when they are too many, or do not explain every run. */
function tell(root: Tree, telling: Telling): Resolved | undefined {
  const collapsed = collapse(root, telling)
  const out: { alternatives: Alternative[]; absent: Condition[][] } = { alternatives: [], absent: [] }
  emit(collapsed, [], telling, out)
  if (out.alternatives.length + out.absent.length > mostAlternatives) return undefined
  return telling.live.every((run) => agrees(collapsed, run, telling)) ? out : undefined
}

/** More cases than this are not told apart: a rule, or a reader, could do nothing with them. */
const mostAlternatives = 16

/** Whether a run has the value that its answers lead to. */
function agrees(node: Tree, run: PathOutcome, telling: Telling): boolean {
  if ('run' in node) return isMixed(node, telling) || alike(node, { run, runs: [] }, telling)
  const { index, question } = node.asked
  const answer = answerOf(run, index)
  const next = answer === undefined ? undefined : answer === question.first ? node.first : node.second
  return next === undefined || agrees(next, run, telling)
}

/** One value for all runs; an unknown one where they are too few to tell. */
function joined(live: readonly PathOutcome[], name: string, beyond: boolean): Resolved | undefined {
  const bounds = live.map((run) => run.names.get(name)).filter((bound) => bound !== undefined)
  const [first] = bounds
  if (first === undefined) return undefined
  const values = bounds.map((bound) => bound.value)
  const value = beyond ? unknownOf(values) : joinValues(values)
  return { alternatives: [{ when: [], value, at: first.at }], absent: [] }
}

/** The first branch is that of the usual answer. */
type Tree =
  | { readonly run: PathOutcome; readonly runs: readonly PathOutcome[] }
  | { readonly asked: AskedQuestion; readonly first: Tree | undefined; readonly second: Tree | undefined }

/** The leaves as a tree of questions in the order they are asked; paths that crash are left out. */
function tree(leaves: readonly Leaf[], at: PathAnswers): Tree | undefined {
  const inside = leaves.filter(({ assignment }) => [...at].every(([index, holds]) => assignment.get(index) === holds))
  const [first] = inside
  if (first === undefined) return undefined
  const next = [...first.assignment.keys()].find((index) => !at.has(index))
  if (next === undefined) return first.run === undefined ? undefined : { run: first.run, runs: first.runs }
  const asked = inside.map(({ run }) => askedAt(run, next)).find((found) => found !== undefined)
  if (asked === undefined) return undefined
  return {
    asked,
    first: tree(inside, new Map([...at, [next, asked.question.first]])),
    second: tree(inside, new Map([...at, [next, !asked.question.first]])),
  }
}

function askedAt(run: PathOutcome | undefined, index: number): AskedQuestion | undefined {
  if (run === undefined || answerOf(run, index) === undefined) return undefined
  for (const asked of run.asked.values()) if (asked.index === index) return asked
  return undefined
}

/** Drops questions whose answer does not matter for the name. */
function collapse(node: Tree, telling: Telling): Tree {
  if ('run' in node) return node
  const first = node.first && collapse(node.first, telling)
  const second = node.second && collapse(node.second, telling)
  if (first === undefined || second === undefined) return first ?? second ?? node
  if (alike(first, second, telling)) return merged(first, second)
  return withoutSetness(node.asked, first, second, telling) ?? { asked: node.asked, first, second }
}

/**
 * A test on the text of a variable that ends like the variable being unset: `X is not "a"` covers both. Without this a
 * flag read by `os.environ.get('X') == 'a'` would have three alternatives.
 */
function withoutSetness(asked: AskedQuestion, first: Tree, second: Tree, telling: Telling): Tree | undefined {
  const { id, variable } = asked.question
  if (variable === undefined || id !== `env:${variable}:set`) return undefined
  const [set, unset] = asked.question.first ? [first, second] : [second, first]
  if ('run' in set || set.asked.question.variable !== variable) return undefined
  if (set.first === undefined || set.second === undefined) return undefined
  // The path on which it is unset stands for both.
  if (set.asked.question.first)
    return alike(set.second, unset, telling) ? { ...set, second: merged(unset, set.second) } : undefined
  return alike(set.first, unset, telling) ? { ...set, first: merged(unset, set.first) } : undefined
}

/** Two trees that are alike as one. */
function merged(a: Tree, b: Tree): Tree {
  if ('run' in a) return 'run' in b ? { run: a.run, runs: [...a.runs, ...b.runs] } : a
  if ('run' in b) return a
  const both = (one: Tree | undefined, other: Tree | undefined): Tree | undefined =>
    one === undefined || other === undefined ? (one ?? other) : merged(one, other)
  return { asked: a.asked, first: both(a.first, b.first), second: both(a.second, b.second) }
}

/** Whether a leaf covers runs with several values. */
function isMixed({ run, runs }: Extract<Tree, { readonly run: PathOutcome }>, { name, same, mixed }: Telling): boolean {
  const value = run.names.get(name)?.value
  return (
    mixed === true &&
    runs.some((other) => {
      const found = other.names.get(name)?.value
      return value === undefined || found === undefined ? value !== found : !same(value, found)
    })
  )
}

function alike(a: Tree, b: Tree, telling: Telling): boolean {
  if ('run' in a || 'run' in b) {
    if (!('run' in a) || !('run' in b)) return false
    if (isMixed(a, telling) || isMixed(b, telling)) return isMixed(a, telling) && isMixed(b, telling)
    const [left, right] = [a.run.names.get(telling.name), b.run.names.get(telling.name)]
    return left === undefined || right === undefined ? left === right : telling.same(left.value, right.value)
  }
  if (a.asked.question.id !== b.asked.question.id) return false
  if (a.first === undefined || a.second === undefined || b.first === undefined || b.second === undefined) return false
  return alike(a.first, b.first, telling) && alike(a.second, b.second, telling)
}

function emit(
  node: Tree,
  when: readonly Condition[],
  telling: Telling,
  out: { alternatives: Alternative[]; absent: Condition[][] },
): void {
  if ('run' in node) {
    const bound = [node.run, ...(isMixed(node, telling) ? node.runs : [])]
      .map((run) => run.names.get(telling.name))
      .find((one) => one !== undefined)
    const isOne = telling.same === sameValue && telling.mixed !== true
    if (bound === undefined) out.absent.push([...when])
    else out.alternatives.push(alternative(isOne ? bound : inBranch(bound, node.runs, telling.name), when))
    return
  }
  const { asked } = node
  const usual = asked.question.first
  if (node.first !== undefined) emit(node.first, [...when, condition(asked, usual)], telling, out)
  if (node.second !== undefined) emit(node.second, [...when, condition(asked, !usual)], telling, out)
}

/** What a name is worth on all runs of a branch. */
function inBranch(bound: Bound, runs: readonly PathOutcome[], name: string): Bound {
  return { ...bound, value: joinValues([bound.value, ...runs.flatMap((run) => run.names.get(name)?.value ?? [])]) }
}

function alternative(bound: Bound, when: readonly Condition[]): Alternative {
  return { when: simplified(when), value: bound.value, at: bound.at }
}

/** Without conditions that others imply: a text that is known is set, and is no other text. */
export function simplified(when: readonly Condition[]): readonly Condition[] {
  const texts = when.filter(
    ({ id, variable, holds }) => holds && variable !== undefined && id !== `env:${variable}:set`,
  )
  if (texts.length === 0) return when
  return when.filter((condition) => {
    const { id, variable, holds } = condition
    if (variable === undefined) return true
    const same = texts.filter((other) => other.variable === variable)
    if (id === `env:${variable}:set`) return same.length === 0
    const equal = same.find((other) => other.id.startsWith(`env:${variable}=`))
    if (equal === undefined || equal === condition) return true
    // Of a text that is known, every other test of it is settled; of what is made from it, only those that fail.
    return holds && !id.startsWith(`env:${variable} in `)
  })
}

/** A question with an answer, as rules and messages read it. */
export function condition(asked: AskedQuestion, holds: boolean): Condition {
  return answered(asked.question, holds, asked.at)
}
