import type { Expression, Match, Pattern } from '../../../syntax/python/ast.ts'
import { bool, list, none } from '../constructors.ts'
import { notModelled, unknownLoop } from '../reasons.ts'
import { findEntry } from '../types/dict.ts'
import { type DictValue, plain, type Value } from '../value.ts'
import { findAttribute, findInClass } from './attributes.ts'
import { fieldsOf } from './classes.ts'
import { equal } from './comparison.ts'
import { askTest, makeUnknown } from './decisions.ts'
import { evaluate } from './expressions.ts'
import { iterate } from './iteration.ts'
import { runUncertain } from './loops.ts'
import { addControl, here, leave, type Machine, place, standAt } from './machine.ts'
import { markBranches, storeName } from './names.ts'
import { isSubclass } from './raising.ts'
import { type Completion, normal, runBlock } from './statements.ts'
import { truth } from './truth.ts'
import { isInstanceOf, isOpaque } from './types.ts'

export function runMatch(m: Machine, s: Match): Completion {
  const outside = m.activation
  const subject = evaluate(m, s.subject)
  const bodies = s.cases.map((c) => c.body)
  if (m.activation.uncertain !== undefined && isOpaque(subject)) {
    for (const body of bodies) runUncertain(m, makeUnknown(m, unknownLoop), () => void runBlock(m, body))
    return normal
  }
  let completion: Completion = normal
  for (const c of s.cases) {
    standAt(m, c.pattern)
    const holds = matches(m, c.pattern, subject) && (c.guard === undefined || truth(m, evaluate(m, c.guard), c.guard))
    const { taint } = m
    addControl(m, taint)
    if (!holds) continue
    completion = runBlock(m, c.body)
    m.taint = taint
    break
  }
  markBranches(m, bodies, m.activation.control === outside.control ? 0 : m.activation.control)
  leave(m, outside)
  return completion
}

function matches(m: Machine, pattern: Pattern, subject: Value): boolean {
  switch (pattern.kind) {
    case 'MatchValue':
      return equal(m, subject, evaluate(m, pattern.value), pattern)
    case 'MatchSingleton': {
      const wanted = pattern.value === null ? none(here(m)) : bool(pattern.value, here(m))
      if (isOpaque(subject)) return askTest(m, pattern, [subject])
      return wanted.type === 'none'
        ? subject.type === 'none'
        : subject.type === 'bool' && subject.value === pattern.value
    }
    case 'MatchAs':
      if (pattern.pattern !== undefined && !matches(m, pattern.pattern, subject)) return false
      if (pattern.name !== undefined) storeName(m, pattern.name, subject, pattern)
      return true
    case 'MatchOr':
      return pattern.patterns.some((p) => matches(m, p, subject))
    case 'MatchSequence':
      return matchesSequence(m, pattern.patterns, subject, pattern)
    case 'MatchMapping':
      return matchesMapping(m, pattern, subject)
    case 'MatchClass':
      return matchesClass(m, pattern, subject)
    case 'MatchStar':
      return true
    default:
      return false
  }
}

function matchesSequence(m: Machine, patterns: readonly Pattern[], subject: Value, node: Pattern): boolean {
  if (subject.type !== 'list' && subject.type !== 'tuple') {
    return isOpaque(subject) && askTest(m, node, [subject])
  }
  const { items, rest } = iterate(m, subject, node)
  if (rest !== undefined) return askTest(m, node, [subject])
  const star = patterns.findIndex((p) => p.kind === 'MatchStar')
  if (star < 0) {
    return items.length === patterns.length && patterns.every((p, i) => matches(m, p, items[i] as Value))
  }
  const after = patterns.length - 1 - star
  if (items.length < patterns.length - 1) return false
  const starred = patterns[star]
  if (starred?.kind === 'MatchStar' && starred.name !== undefined) {
    storeName(m, starred.name, list(items.slice(star, items.length - after), here(m)), starred)
  }
  return (
    patterns.slice(0, star).every((p, i) => matches(m, p, items[i] as Value)) &&
    patterns.slice(star + 1).every((p, i) => matches(m, p, items[items.length - after + i] as Value))
  )
}

function matchesMapping(m: Machine, pattern: Extract<Pattern, { kind: 'MatchMapping' }>, subject: Value): boolean {
  if (subject.type !== 'dict') {
    return isOpaque(subject) && askTest(m, pattern, [subject])
  }
  const used = new Set<unknown>()
  for (let i = 0; i < pattern.keys.length; i++) {
    const found = findEntry(m, subject, evaluate(m, pattern.keys[i] as Expression))
    if (found === undefined) return false
    if (found === 'open') return askTest(m, pattern, [subject])
    used.add(found)
    if (!matches(m, pattern.patterns[i] as Pattern, found.value)) return false
  }
  if (pattern.rest !== undefined) {
    const entries = subject.entries.filter((entry) => !used.has(entry)).map((entry) => ({ ...entry }))
    const remaining: DictValue = { type: 'dict', entries, rest: subject.rest, at: place(m, pattern) }
    storeName(m, pattern.rest, remaining, pattern)
  }
  return true
}

function matchesClass(m: Machine, pattern: Extract<Pattern, { kind: 'MatchClass' }>, subject: Value): boolean {
  const type = evaluate(m, pattern.cls)
  if (!(isOf(m, subject, type) ?? askTest(m, pattern, [subject]))) return false
  const names = pattern.patterns.length === 0 ? [] : positions(m, type)
  return (
    pattern.patterns.every((part, i) => {
      if (names === 'itself') return matches(m, part, subject)
      const name = names?.[i]
      const value =
        name === undefined ? makeUnknown(m, notModelled('__match_args__')) : findAttribute(m, subject, name, pattern)
      return value !== undefined && matches(m, part, value)
    }) &&
    pattern.kwdAttrs.every((attribute, i) => {
      const value = findAttribute(m, subject, attribute, pattern)
      return value !== undefined && matches(m, pattern.kwdPatterns[i] as Pattern, value)
    })
  )
}

function isOf(m: Machine, subject: Value, type: Value): boolean | undefined {
  if (type.type === 'native' && subject.type !== 'instance') return isInstanceOf(subject, type.name)
  if (subject.type === 'instance') return isSubclass(m, subject.class, type)
  return type.type === 'class' && !isOpaque(subject) ? false : undefined
}

/** Of these one positional pattern stands for the whole subject. */
const whole = new Set('bool bytearray bytes dict float frozenset int list set str tuple'.split(' '))

/** The attributes that the positional patterns of a class are about; undefined when nobody can tell. */
function positions(m: Machine, type: Value): readonly string[] | 'itself' | undefined {
  if (type.type === 'native' && whole.has(type.name)) return 'itself'
  if (type.type !== 'class') return undefined
  const given = findInClass(m, type, '__match_args__', undefined)
  if (given === undefined) return fieldsOf(type)?.map(({ name }) => name)
  const names = given.type === 'tuple' && given.rest === undefined ? given.items.map(plain) : [undefined]
  return names.every((name) => name !== undefined) ? (names as string[]) : undefined
}
