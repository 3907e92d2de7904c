import type { Text } from '../../../contracts/text.ts'
import { sameValue } from '../equality.ts'
import { type DictEntry, plain, type UnknownValue, type Value } from '../value.ts'

const reason: Text = {
  en: 'it depends on too many config vars to tell each case',
  fr: 'elle dépend de trop de config vars pour distinguer chaque cas',
}

/**
 * One value for many paths: what they agree on is kept, what differs is unknown. For values that rest on more questions
 * than can be combined, such as a DATABASES entry of six config vars.
 */
export function joinValues(values: readonly Value[]): Value {
  const [first, ...others] = values as [Value, ...Value[]]
  const different = others.filter((value) => !sameValue(first, value))
  return different.length === 0 ? first : merge([first, ...different])
}

/**
 * Whether two values can be one value whose details differ: what one piece of code makes, with other texts in it. Two dicts
 * that stand in different places, or have other keys, are what exclusive branches make: no run has a mixture of them.
 */
export function sameBranch(a: Value, b: Value): boolean {
  if (a === b) return true
  if (a.type === 'dict' || b.type === 'dict') {
    if (a.type !== 'dict' || b.type !== 'dict' || a.entries.length !== b.entries.length) return false
    if (a.at.file !== b.at.file || a.at.span.start !== b.at.span.start) return sameValue(a, b)
    return a.entries.every(({ key, value }) => {
      const name = plain(key)
      const other = name === undefined ? undefined : b.entries.find((entry) => plain(entry.key) === name)
      return other !== undefined && sameBranch(value, other.value)
    })
  }
  const [left, right] = [itemsOf(a), itemsOf(b)]
  if (left === undefined || right === undefined) return left === right
  // A list that grows on some paths is one list: what all of them hold is known.
  if (left.length !== right.length) return ![...left, ...right].some(isNested)
  return left.every((item, i) => sameBranch(item, right[i] as Value))
}

function itemsOf(value: Value): readonly Value[] | undefined {
  return value.type === 'list' || value.type === 'tuple' ? value.items : undefined
}

function isNested(value: Value): boolean {
  return value.type === 'dict' || itemsOf(value) !== undefined
}

function merge(values: readonly Value[]): Value {
  const [first] = values as [Value]
  if (isNested(first) && !values.every((value) => sameBranch(first, value))) return unknownOf(values)
  if (first.type === 'dict' && values.every((value) => value.type === 'dict')) return mergeDicts(first, values)
  if (first.type === 'list' || first.type === 'tuple') {
    const lists = values.filter((value): value is typeof first => value.type === first.type)
    if (lists.length === values.length) return mergeLists(first, lists)
  }
  return unknownOf(values)
}

/** Lists of one length are joined item by item; else what all hold is kept, and that there is more. */
function mergeLists<L extends Extract<Value, { type: 'list' | 'tuple' }>>(first: L, lists: readonly L[]): Value {
  if (lists.every((other) => other.items.length === first.items.length)) {
    return { ...first, items: first.items.map((_, i) => joinValues(lists.map((list) => list.items[i] as Value))) }
  }
  const items = first.items.filter((item) => lists.every((list) => list.items.some((other) => sameValue(item, other))))
  return { ...first, items, rest: first.rest ?? unknownOf(lists) }
}

function mergeDicts(first: Extract<Value, { type: 'dict' }>, values: readonly Value[]): Value {
  const dicts = values as readonly Extract<Value, { type: 'dict' }>[]
  const entries: DictEntry[] = []
  let rest = dicts.find((dict) => dict.rest !== undefined)?.rest
  const keys = new Map<string, DictEntry>()
  for (const dict of dicts) {
    for (const entry of dict.entries) {
      const key = plain(entry.key)
      if (key === undefined) return unknownOf(values)
      if (!keys.has(key)) keys.set(key, entry)
    }
  }
  for (const [key, entry] of keys) {
    const found = dicts.map((dict) => dict.entries.find((other) => plain(other.key) === key))
    const present = found.filter((other) => other !== undefined)
    if (present.length === dicts.length) {
      entries.push({ ...entry, value: joinValues(present.map((other) => other.value)) })
    } else rest ??= unknownOf(values)
  }
  return { ...first, entries, rest }
}

const types = new Set(['int', 'float', 'bool', 'str', 'list', 'dict'])

/** An unknown value of the type that all have in common. */
export function unknownOf(values: readonly Value[]): UnknownValue {
  const found = new Set(values.map((value) => (value.type === 'unknown' ? value.of : value.type)))
  const [only] = found
  const of = found.size === 1 && only !== undefined && types.has(only) ? (only as UnknownValue['of']) : undefined
  const variables = new Set(values.flatMap(variablesOf))
  const [variable] = variables
  return {
    type: 'unknown',
    reason,
    of,
    variable: variables.size === 1 ? variable : undefined,
    at: (values[0] as Value).at,
  }
}

function variablesOf(value: Value): readonly string[] {
  if (value.type === 'unknown') return value.variable === undefined ? [] : [value.variable]
  if (value.type !== 'str') return []
  return value.parts.flatMap((part) => (typeof part === 'string' || part.variable === undefined ? [] : [part.variable]))
}
