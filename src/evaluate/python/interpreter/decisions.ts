import { placeKey, type Span } from '../../../contracts/place.ts'
import type { Text } from '../../../contracts/text.ts'
import { getOrInsert } from '../../../get-or-insert.ts'
import type { Hole } from '../../parts.ts'
import type { PythonQuestion } from '../library.ts'
import type { UnknownValue, Value } from '../value.ts'
import { addTaint, here, type Machine, sourceOf, type TextFact } from './machine.ts'

/** The answer to a question on this path; recorded, so that the other answer is explored. */
export function decide(m: Machine, question: PythonQuestion): boolean {
  const known = m.asked.get(question.id)
  if (known !== undefined) {
    addTaint(m, m.session.taints.of(known.index))
    return known.holds
  }
  if (m.activation.uncertain !== undefined) return question.first
  let index = m.session.questionIndex.get(question.id)
  const holds = (index === undefined ? undefined : m.given.get(index)) ?? question.first
  if (index === undefined) {
    index = m.session.questions.length
    m.session.questions.push(question)
    m.session.questionIndex.set(question.id, index)
  }
  const under = m.session.taints.union(m.taint, m.activation.control)
  m.asked.set(question.id, { index, question, holds, at: here(m), under })
  getOrInsert(m.askedAbout, question.variable, () => []).push(index)
  addTaint(m, m.session.taints.of(index))
  return holds
}

/** Whether a variable of unknown state is set. */
export function askSet(m: Machine, name: string): boolean {
  return decide(m, {
    id: `env:${name}:set`,
    variable: name,
    opaque: false,
    yes: { en: `${name} is set`, fr: `${name} est définie` },
    no: { en: `${name} is unset`, fr: `${name} n’est pas définie` },
    first: false,
  })
}

/**
 * Asks about the outcome of a test on values that cannot be known. `node` is the test as written; `negated`: it is written the
 * other way round (`!=` for an equality).
 */
export function askTest(m: Machine, node: Span, about: readonly (Value | undefined)[], negated = false): boolean {
  const source = sourceOf(m, node)
  const isTrue = { en: `\`${source}\` is true`, fr: `\`${source}\` est vrai` }
  const isFalse = { en: `\`${source}\` is false`, fr: `\`${source}\` est faux` }
  const variable = variableOf(about)
  return decide(m, {
    id: placed(m, node, variable),
    variable,
    opaque: variable === undefined,
    yes: negated ? isFalse : isTrue,
    no: negated ? isTrue : isFalse,
    first: false,
  })
}

/** Asks whether a value that cannot be known counts as true: one question, wherever the same value is tested again. */
export function askTruth(m: Machine, node: Span, value: Value): boolean {
  const known = m.truths.get(value)
  const asked = known === undefined ? undefined : m.asked.get(known)
  if (asked !== undefined) return decide(m, asked.question)
  if (m.activation.uncertain === undefined) m.truths.set(value, placed(m, node, variableOf([value])))
  return askTest(m, node, [value])
}

function placed(m: Machine, node: Span, variable: string | undefined): string {
  return variable === undefined
    ? `opaque:${m.activation.file}:${node.start}`
    : `test:${variable}:${m.activation.file}:${node.start}`
}

function variableOf(values: readonly (Value | undefined)[]): string | undefined {
  for (const value of values) {
    if (value?.type === 'unknown' && value.variable !== undefined) return value.variable
    if (value?.type === 'str') {
      for (const part of value.parts) if (typeof part !== 'string' && part.variable !== undefined) return part.variable
    }
    if ((value?.type === 'list' || value?.type === 'tuple') && value.rest?.variable !== undefined) {
      return value.rest.variable
    }
  }
  return undefined
}

/** A yes-or-no question about the text of one hole. */
export interface TextQuestion {
  readonly hole: Hole
  /** Follows the hole's name in the id: `=true`, `.startswith("a")`. */
  readonly suffix: string
  readonly test: (text: string) => boolean
  /** The only texts for which `test` is true, when they are few. */
  readonly among?: readonly string[]
  readonly yes: Text
  readonly no: Text
}

/** Answers from what is already known on this path about the hole, else asks. */
export function askText(m: Machine, question: TextQuestion): boolean {
  const { hole, test, among } = question
  const known = fromFacts(m, hole.name, test, among)
  if (known !== undefined) {
    taintByHole(m, hole)
    return known
  }
  // An earlier answer could have made this question needless: whether it is asked rests on those.
  const { taint } = m
  taintByHole(m, hole)
  const id = `${hole.variable === undefined ? 'opaque' : 'env'}:${hole.name}${question.suffix}`
  const holds = decide(m, {
    id,
    variable: hole.variable,
    opaque: hole.variable === undefined,
    yes: question.yes,
    no: question.no,
    first: false,
  })
  m.taint = taint
  const asked = m.asked.get(id)
  if (asked !== undefined) addTaint(m, m.session.taints.of(asked.index))
  if (m.activation.uncertain !== undefined) return holds
  const facts = m.facts.get(hole.name)
  const fact: TextFact = { test, among, holds }
  if (facts === undefined) m.facts.set(hole.name, [fact])
  else facts.push(fact)
  return holds
}

/** An answer that follows from earlier ones rests on them; on all about the variable, to be simple. */
function taintByHole(m: Machine, hole: Hole): void {
  for (const index of m.askedAbout.get(hole.variable) ?? []) addTaint(m, m.session.taints.of(index))
}

function fromFacts(
  m: Machine,
  hole: string,
  test: (text: string) => boolean,
  among: readonly string[] | undefined,
): boolean | undefined {
  const candidates = candidatesOf(m, hole)
  if (candidates !== undefined && candidates.length > 0) {
    if (candidates.every(test)) return true
    if (!candidates.some(test)) return false
  }
  if (among !== undefined && !among.some((text) => consistent(m, hole, text))) return false
  return undefined
}

/** The few texts a hole can still be, when an earlier answer bounds them. */
function candidatesOf(m: Machine, hole: string): readonly string[] | undefined {
  for (const fact of m.facts.get(hole) ?? []) {
    if (fact.holds && fact.among !== undefined) return fact.among.filter((text) => consistent(m, hole, text))
  }
  const derivation = m.derivations.get(hole)
  if (derivation === undefined) return undefined
  const base = candidatesOf(m, derivation.base)
  if (base === undefined) return undefined
  const mapped = base.map(derivation.apply)
  return mapped.every((text) => text !== undefined) ? (mapped as string[]) : undefined
}

/** Whether a hole can be `text` after all answers so far. */
function consistent(m: Machine, hole: string, text: string): boolean {
  for (const fact of m.facts.get(hole) ?? []) if (fact.test(text) !== fact.holds) return false
  for (const derived of m.derivedFrom.get(hole) ?? []) {
    const mapped = m.derivations.get(derived)?.apply(text)
    if (mapped !== undefined && !consistent(m, derived, mapped)) return false
  }
  return true
}

/** A hole whose text is `apply` of another's: `name` reads as an expression, `X.lower()`. */
export function deriveHole(
  m: Machine,
  base: Hole,
  name: string,
  apply: (text: string) => string | undefined,
  chars: Hole['chars'],
  nonEmpty: boolean,
): Hole {
  if (!m.derivations.has(name)) {
    m.derivations.set(name, { base: base.name, apply })
    const others = m.derivedFrom.get(base.name)
    if (others === undefined) m.derivedFrom.set(base.name, [name])
    else others.push(name)
  }
  const made: Hole = { name, variable: base.variable, chars, nonEmpty }
  return base.own === undefined ? made : { ...made, own: base.own }
}

/** Makes an unknown value and remembers it once per place and reason. */
export function makeUnknown(
  m: Machine,
  reason: Text,
  of: UnknownValue['of'] = undefined,
  variable: string | undefined = undefined,
): UnknownValue {
  const value: UnknownValue = { type: 'unknown', reason, of, variable, at: here(m) }
  if (m.unknowns.size < 1000) {
    const key = `${placeKey(value.at)}:${reason.en}`
    if (!m.unknowns.has(key)) m.unknowns.set(key, value)
  }
  return value
}

/** The same lack of knowledge, of another type. */
export function derive(value: UnknownValue, of: UnknownValue['of'] = undefined): UnknownValue {
  return value.of === of && value.keys === undefined ? value : { ...value, of, keys: undefined }
}
