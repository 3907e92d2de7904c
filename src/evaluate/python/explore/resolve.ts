import type { Condition } from '../../condition.ts'
import { sameValue } from '../equality.ts'
import type { Alternative, Resolved } from '../evaluation.ts'
import type { AskedQuestion, Bound } from '../interpreter/machine.ts'
import type { Exploration } from './explore.ts'
import { leaves } from './groups.ts'
import { joinValues } from './join.ts'
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
  if (root === undefined) return joined(live, name)
  const collapsed = collapse(root, name)
  const out: { alternatives: Alternative[]; absent: Condition[][] } = { alternatives: [], absent: [] }
  emit(collapsed, [], name, out)
  const isTold = out.alternatives.length + out.absent.length <= mostAlternatives
  if (!isTold || !live.every((run) => agrees(collapsed, run, name))) return joined(live, name)
  return out.alternatives.length === 0 ? undefined : out
}

/** More cases than this are not told apart: a rule, or a reader, could do nothing with them. */
const mostAlternatives = 16

/** Whether a run has the value that its answers lead to. */
function agrees(node: Tree, run: PathOutcome, name: string): boolean {
  if ('run' in node) return alike(node, { run }, name)
  const { index, question } = node.asked
  const answer = answerOf(run, index)
  const next = answer === undefined ? undefined : answer === question.first ? node.first : node.second
  return next === undefined || agrees(next, run, name)
}

function joined(live: readonly PathOutcome[], name: string): Resolved | undefined {
  const bounds = live.map((run) => run.names.get(name)).filter((bound) => bound !== undefined)
  const [first] = bounds
  if (first === undefined) return undefined
  const value = joinValues(bounds.map((bound) => bound.value))
  return { alternatives: [{ when: [], value, at: first.at }], absent: [] }
}

/** The first branch is that of the usual answer. */
type Tree =
  | { readonly run: PathOutcome }
  | { readonly asked: AskedQuestion; readonly first: Tree | undefined; readonly second: Tree | undefined }

/** The leaves as a tree of questions in the order they are asked; paths that crash are left out. */
function tree(
  leaves: readonly { readonly assignment: PathAnswers; readonly run: PathOutcome | undefined }[],
  at: PathAnswers,
): Tree | undefined {
  const inside = leaves.filter(({ assignment }) => [...at].every(([index, holds]) => assignment.get(index) === holds))
  const [first] = inside
  if (first === undefined) return undefined
  const next = [...first.assignment.keys()].find((index) => !at.has(index))
  if (next === undefined) return first.run === undefined ? undefined : { run: first.run }
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
function collapse(node: Tree, name: string): Tree {
  if ('run' in node) return node
  const first = node.first && collapse(node.first, name)
  const second = node.second && collapse(node.second, name)
  if (first === undefined || second === undefined) return first ?? second ?? node
  if (alike(first, second, name)) return first
  return withoutSetness(node.asked, first, second, name) ?? { asked: node.asked, first, second }
}

/**
 * A test on the text of a variable that ends like the variable being unset: `X is not "a"` covers both. Without this a
 * flag read by `os.environ.get('X') == 'a'` would have three alternatives.
 */
function withoutSetness(asked: AskedQuestion, first: Tree, second: Tree, name: string): Tree | undefined {
  const { id, variable } = asked.question
  if (variable === undefined || id !== `env:${variable}:set`) return undefined
  const [set, unset] = asked.question.first ? [first, second] : [second, first]
  if ('run' in set || set.asked.question.variable !== variable) return undefined
  if (set.first === undefined || set.second === undefined) return undefined
  // The path on which it is unset stands for both.
  if (set.asked.question.first) return alike(set.second, unset, name) ? { ...set, second: unset } : undefined
  return alike(set.first, unset, name) ? { ...set, first: unset } : undefined
}

function alike(a: Tree, b: Tree, name: string): boolean {
  if ('run' in a || 'run' in b) {
    if (!('run' in a) || !('run' in b)) return false
    const [left, right] = [a.run.names.get(name), b.run.names.get(name)]
    return left === undefined || right === undefined ? left === right : sameValue(left.value, right.value)
  }
  if (a.asked.question.id !== b.asked.question.id) return false
  if (a.first === undefined || a.second === undefined || b.first === undefined || b.second === undefined) return false
  return alike(a.first, b.first, name) && alike(a.second, b.second, name)
}

function emit(
  node: Tree,
  when: readonly Condition[],
  name: string,
  out: { alternatives: Alternative[]; absent: Condition[][] },
): void {
  if ('run' in node) {
    const bound = node.run.names.get(name)
    if (bound === undefined) out.absent.push([...when])
    else out.alternatives.push(alternative(bound, when))
    return
  }
  const { asked } = node
  const usual = asked.question.first
  if (node.first !== undefined) emit(node.first, [...when, condition(asked, usual)], name, out)
  if (node.second !== undefined) emit(node.second, [...when, condition(asked, !usual)], name, out)
}

function alternative(bound: Bound, when: readonly Condition[]): Alternative {
  return { when: simplified(when), value: bound.value, at: bound.at }
}

/** Without conditions that others imply: a text that is known is set, and is no other text. */
function simplified(when: readonly Condition[]): readonly Condition[] {
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
  const { id, variable, opaque, yes, no } = asked.question
  return { id, variable, opaque, holds, text: holds ? yes : no, at: asked.at }
}
