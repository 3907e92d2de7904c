import { bool, none } from '../constructors.ts'
import { same } from '../equality.ts'
import { derive, makeUnknown } from '../interpreter/decisions.ts'
import { iterate } from '../interpreter/iteration.ts'
import { here, type Machine, touch } from '../interpreter/machine.ts'
import { raise } from '../interpreter/raising.ts'
import { notModelled } from '../reasons.ts'
import type { CallArguments, SetValue, UnknownValue, Value } from '../value.ts'
import { needHashable } from './hashable.ts'
import { forgetItems, hasItem } from './item-index.ts'
import { combine, type SetItems, unknownItem } from './set-algebra.ts'

/** Adds an item unless it is there. An item that may be there already is kept too. */
export function addToSet(m: Machine, set: SetValue, item: Value): void {
  if (item.type === 'unknown') set.rest ??= item
  else if (hasItem(set.items, item) !== true) {
    needHashable(m, item)
    set.items.push(item)
  }
}

/** Methods that a frozenset lacks. */
const changing = new Set([
  'add', 'discard', 'remove', 'pop', 'clear', 'update', 'difference_update', 'intersection_update', 'symmetric_difference_update',
]) // biome-ignore format: a list of words

/** The items of an iterable, each once. */
function setOf(m: Machine, value: Value): SetValue {
  const found = iterate(m, value, m.node)
  const made: SetValue = { type: 'set', frozen: false, items: [], rest: found.rest, at: here(m) }
  for (const item of found.items) addToSet(m, made, item)
  return made
}

const operators: Readonly<Record<string, string>> = {
  union: '|',
  intersection: '&',
  difference: '-',
  symmetric_difference: '^',
}

function changes(m: Machine, self: SetValue): boolean {
  touch(m, self)
  if (m.activation.uncertain === undefined) return true
  self.rest ??= m.activation.uncertain
  return false
}

function others(m: Machine, args: CallArguments): { items: Value[]; rest: UnknownValue | undefined } {
  const items: Value[] = []
  let rest: UnknownValue | undefined
  for (const argument of args.positional) {
    const found = iterate(m, argument, m.node)
    items.push(...found.items)
    rest ??= found.rest
  }
  return { items, rest }
}

function combined(m: Machine, operator: string, self: SetValue, sources: readonly SetItems[]): SetItems {
  return sources.reduce((left, right) => combine(m, operator, left, right) ?? left, {
    items: [...self.items],
    rest: self.rest,
  })
}

/** What may have been taken out is no longer surely there. */
function keep(m: Machine, self: SetValue, isSure: (item: Value) => boolean): UnknownValue {
  self.items = self.items.filter(isSure)
  self.rest ??= unknownItem(m)
  return self.rest
}

export const setMethodNames: ReadonlySet<string> = new Set([
  ...Object.keys(operators), 'add', 'discard', 'remove', 'pop', 'clear', 'copy', 'update', 'difference_update',
  'intersection_update', 'symmetric_difference_update', 'issubset', 'issuperset', 'isdisjoint',
]) // biome-ignore format: a list of words

export function callSetMethod(m: Machine, self: SetValue, name: string, args: CallArguments): Value {
  const at = here(m)
  if (self.frozen && changing.has(name)) {
    return raise(m, 'AttributeError', `'frozenset' object has no attribute '${name}'`)
  }
  const operator = operators[name]
  if (operator !== undefined) {
    const sources = args.positional.map((argument) => setOf(m, argument))
    const { items, rest } = combined(m, operator, self, sources)
    return { type: 'set', frozen: self.frozen, items: [...items], rest, at }
  }
  switch (name) {
    case 'add':
      if (changes(m, self) && args.positional[0] !== undefined) addToSet(m, self, args.positional[0])
      return none(at)
    case 'discard':
    case 'remove': {
      const [value] = args.positional
      if (value === undefined) return none(at)
      if (value.type !== 'set') needHashable(m, value)
      const isDone = changes(m, self)
      const index = isDone ? self.items.findIndex((item) => same(item, value) === true) : -1
      if (index >= 0) {
        self.items.splice(index, 1)
        forgetItems(self.items)
      } else if (hasItem(self.items, value) !== false) keep(m, self, (item) => same(item, value) === false)
      else if (name === 'remove' && isDone && self.rest === undefined) raise(m, 'KeyError', '')
      return none(at)
    }
    case 'pop':
      changes(m, self)
      return derive(keep(m, self, () => false))
    case 'clear':
      if (changes(m, self)) {
        self.items = []
        self.rest = undefined
      } else keep(m, self, () => false)
      return none(at)
    case 'update': {
      const other = others(m, args)
      if (!changes(m, self)) return none(at)
      for (const item of other.items) addToSet(m, self, item)
      self.rest ??= other.rest
      return none(at)
    }
    case 'difference_update':
    case 'intersection_update':
    case 'symmetric_difference_update': {
      const sources = args.positional.map((argument) => setOf(m, argument))
      if (changes(m, self))
        Object.assign(self, combined(m, operators[name.replace('_update', '')] as string, self, sources))
      else keep(m, self, () => false)
      return none(at)
    }
    case 'issubset':
    case 'issuperset':
    case 'isdisjoint':
      return relation(m, self, name, others(m, args))
    default:
      return { ...self, items: [...self.items], at }
  }
}

function relation(
  m: Machine,
  self: SetValue,
  name: string,
  other: { readonly items: readonly Value[]; readonly rest: UnknownValue | undefined },
): Value {
  if (self.rest !== undefined || other.rest !== undefined) return makeUnknown(m, notModelled(`set.${name}()`), 'bool')
  const [from, to] = name === 'issuperset' ? [other.items, self.items] : [self.items, other.items]
  const answers = from.map((item) => hasItem(to, item))
  if (answers.includes(undefined)) return makeUnknown(m, notModelled(`set.${name}()`), 'bool')
  return bool(name === 'isdisjoint' ? !answers.includes(true) : !answers.includes(false), here(m))
}
