import { int, none } from '../constructors.ts'
import { among, numberOf, same } from '../equality.ts'
import { equal } from '../interpreter/comparison.ts'
import { derive, makeUnknown } from '../interpreter/decisions.ts'
import { iterate } from '../interpreter/iteration.ts'
import { here, type Machine, touch } from '../interpreter/machine.ts'
import { extendList } from '../interpreter/operators.ts'
import { raise } from '../interpreter/raising.ts'
import { notModelled } from '../reasons.ts'
import type { CallArguments, ListValue, TupleValue, Value } from '../value.ts'
import { countOf as wholeOf } from './number.ts'
import { sortValues } from './sort.ts'

type ListMethod = (m: Machine, self: ListValue, args: CallArguments) => Value

function required(m: Machine, args: CallArguments, name: string): Value {
  return args.positional[0] ?? raise(m, 'TypeError', `${name}() takes exactly one argument (0 given)`)
}

/** Whether a change is certain to happen; else the list only learns that it may hold something else. */
function changes(m: Machine, self: ListValue): boolean {
  touch(m, self)
  if (m.activation.uncertain === undefined) return true
  self.rest ??= m.activation.uncertain
  return false
}

const methods: Readonly<Record<string, ListMethod>> = {
  append: (m, self, args) => {
    const value = required(m, args, 'list.append')
    if (changes(m, self)) extendList(m, self, [value], undefined)
    return none(here(m))
  },
  extend: (m, self, args) => {
    const { items, rest } = iterate(m, required(m, args, 'list.extend'), m.node)
    if (changes(m, self)) extendList(m, self, items, rest)
    return none(here(m))
  },
  insert: (m, self, args) => {
    const [position, value] = args.positional
    if (position === undefined || value === undefined) {
      return raise(m, 'TypeError', `insert expected 2 arguments, got ${args.positional.length}`)
    }
    if (!changes(m, self)) return none(here(m))
    const index = wholeOf(m, position)
    // Where it stands is not known; that it is there is.
    if (index === undefined) self.items.push(value)
    else self.items.splice(clamp(Number(index), self.items.length), 0, value)
    return none(here(m))
  },
  remove: (m, self, args) => {
    const value = required(m, args, 'list.remove')
    if (!changes(m, self)) return none(here(m))
    // One before it that may be equal may be the one that goes.
    const index = self.items.findIndex((item) => same(item, value) !== false)
    const first = self.items[index]
    if (first !== undefined && same(first, value) === true) self.items.splice(index, 1)
    else if (self.rest === undefined && among(value, self.items) === false) {
      raise(m, 'ValueError', 'list.remove(x): x not in list')
    } else self.rest ??= makeUnknown(m, notModelled('list.remove()'))
    return none(here(m))
  },
  pop: (m, self, args) => {
    const [position] = args.positional
    if (!changes(m, self)) return makeUnknown(m, notModelled('list.pop()'))
    const index = position === undefined ? -1 : numberOf(position)
    if (index === undefined || self.rest !== undefined) {
      self.rest ??= makeUnknown(m, notModelled('list.pop()'))
      return derive(self.rest)
    }
    const at = Number(index) < 0 ? self.items.length + Number(index) : Number(index)
    const [taken] = self.items.splice(Math.max(at, 0), at < 0 ? 0 : 1)
    return taken ?? raise(m, 'IndexError', self.items.length === 0 ? 'pop from empty list' : 'pop index out of range')
  },
  clear: (m, self) => {
    if (changes(m, self)) {
      self.items = []
      self.rest = undefined
    }
    return none(here(m))
  },
  copy: (m, self) => ({ ...self, items: [...self.items], at: here(m) }),
  reverse: (m, self) => {
    if (changes(m, self)) self.items.reverse()
    return none(here(m))
  },
  sort: (m, self, args) => {
    if (!changes(m, self)) return none(here(m))
    const sorted = sortValues(m, self.items, args)
    if (sorted === undefined) self.rest ??= makeUnknown(m, notModelled('list.sort()'))
    else self.items = sorted
    return none(here(m))
  },
  index: (m, self, args) => indexOf(m, self, args),
  count: (m, self, args) => countOf(m, self, args),
}

function clamp(index: number, length: number): number {
  return index < 0 ? Math.max(length + index, 0) : Math.min(index, length)
}

function indexOf(m: Machine, self: ListValue | TupleValue, args: CallArguments): Value {
  const value = required(m, args, `${self.type}.index`)
  if (self.rest !== undefined && among(value, self.items) !== true) return makeUnknown(m, self.rest.reason, 'int')
  const length = self.items.length
  const bound = (given: Value | undefined, fallback: number): number | undefined => {
    if (given === undefined) return fallback
    if (given.type === 'none')
      return raise(m, 'TypeError', 'slice indices must be integers or have an __index__ method')
    const count = wholeOf(m, given)
    return count !== undefined && count < 0 ? Math.max(0, count + length) : count
  }
  const [start, end] = [bound(args.positional[1], 0), bound(args.positional[2], length)]
  if (start === undefined || end === undefined) return makeUnknown(m, notModelled(`${self.type}.index()`), 'int')
  const index = self.items.findIndex((item, i) => i >= start && i < end && equal(m, item, value, m.node))
  return index >= 0 ? int(index, here(m)) : raise(m, 'ValueError', `${self.type}.index(x): x not in ${self.type}`)
}

function countOf(m: Machine, self: ListValue | TupleValue, args: CallArguments): Value {
  const value = required(m, args, `${self.type}.count`)
  if (self.rest !== undefined) return makeUnknown(m, self.rest.reason, 'int')
  return int(self.items.filter((item) => equal(m, item, value, m.node)).length, here(m))
}

export const listMethodNames: ReadonlySet<string> = new Set(Object.keys(methods))
export const tupleMethodNames: ReadonlySet<string> = new Set(['index', 'count'])

export function callListMethod(m: Machine, self: ListValue, name: string, args: CallArguments): Value {
  return (methods[name] as ListMethod)(m, self, args)
}

export function callTupleMethod(m: Machine, self: TupleValue, name: string, args: CallArguments): Value {
  return name === 'index' ? indexOf(m, self, args) : countOf(m, self, args)
}
