import type { Place } from '../../../contracts/place.ts'
import { list, none, text, tuple } from '../constructors.ts'
import { type NativeClass, object } from '../library.ts'
import { unknownKey, unknownName } from '../reasons.ts'
import { type Binding, type DictValue, type ObjectValue, plain, type Value } from '../value.ts'
import { derive } from './decisions.ts'
import type { Machine } from './machine.ts'
import { openModule, read } from './names.ts'

/** What `globals()`, `locals()`, `vars()` and `module.__dict__` give: a live view of names. */
export function namesDict(names: Map<string, Binding>, at: Place): ObjectValue {
  return object(model, names, at)
}

function namesOf(self: ObjectValue): Map<string, Binding> {
  return self.state as Map<string, Binding>
}

/** The names an object made by {@link namesDict} shows; undefined for others. */
export function viewedNames(value: Value | undefined): Map<string, Binding> | undefined {
  return value?.type === 'object' && value.model === model ? namesOf(value) : undefined
}

function store(m: Machine, self: ObjectValue, key: Value, value: Value): void {
  const name = plain(key)
  if (name === undefined) {
    openModule(m, namesOf(self), m.unknown(unknownName))
    return
  }
  const taint = m.session.taints.union(m.taint, m.activation.control)
  const bound = { value: m.activation.uncertain ?? value, at: m.at, taint }
  namesOf(self).set(name, bound)
}

function find(m: Machine, self: ObjectValue, key: Value | undefined): Value | undefined {
  const name = plain(key)
  if (name === undefined) return m.unknown(unknownKey)
  const bound = namesOf(self).get(name)
  return bound === undefined ? undefined : read(m, bound)
}

function update(m: Machine, self: ObjectValue, value: Value): void {
  if (value.type === 'dict') {
    for (const entry of value.entries) store(m, self, entry.key, entry.value)
    if (value.rest !== undefined) openModule(m, namesOf(self), derive(value.rest))
    return
  }
  const viewed = viewedNames(value)
  if (viewed !== undefined) {
    for (const [name, bound] of viewed) store(m, self, text(name, bound.at), read(m, bound))
    return
  }
  const { items, rest } = m.iterate(value)
  for (const item of items) {
    if (value.type === 'list' || value.type === 'tuple') {
      const pair = m.iterate(item).items
      if (pair[0] !== undefined && pair[1] !== undefined) store(m, self, pair[0], pair[1])
    } else store(m, self, item, m.item(value, item))
  }
  if (rest !== undefined) openModule(m, namesOf(self), derive(rest))
}

function copied(self: ObjectValue, at: Place): DictValue {
  const entries = [...namesOf(self)].map(([name, { value, at: bound }]) => ({
    key: text(name, bound),
    value,
    at: bound,
  }))
  return { type: 'dict', entries, rest: undefined, at }
}

const model: NativeClass = {
  class: 'dict',
  bases: [],
  item: (run, self, key) => {
    const found = find(run as Machine, self, key)
    return found ?? run.raise('KeyError', `'${plain(key) ?? '…'}'`)
  },
  setItem: (run, self, key, value) => store(run as Machine, self, key, value),
  deleteItem: (_, self, key) => void namesOf(self).delete(plain(key) ?? ''),
  contains: (_, self, key) => {
    const name = plain(key)
    return name === undefined ? undefined : namesOf(self).has(name)
  },
  iterate: (run, self) => [...namesOf(self).keys()].map((name) => text(name, run.at)),
  length: (_, self) => namesOf(self).size,
  compare: (run, op, self, other) =>
    op === '==' || op === '!=' ? run.equal(copied(self, run.at), other) === (op === '==') : undefined,
  methods: {
    get: (run, self, args) => find(run as Machine, self, args.positional[0]) ?? args.positional[1] ?? none(run.at),
    update: (run, self, args) => {
      const [value] = args.positional
      if (value !== undefined) update(run as Machine, self, value)
      for (const [name, made] of args.keywords) store(run as Machine, self, text(name, run.at), made)
      if (args.open) openModule(run as Machine, namesOf(self), run.unknown(unknownName))
      return none(run.at)
    },
    setdefault: (run, self, args) => {
      const [key, value = none(run.at)] = args.positional
      const found = find(run as Machine, self, key)
      if (found !== undefined || key === undefined) return found ?? none(run.at)
      store(run as Machine, self, key, value)
      return value
    },
    pop: (run, self, args) => {
      const found = find(run as Machine, self, args.positional[0])
      namesOf(self).delete(plain(args.positional[0]) ?? '')
      return found ?? args.positional[1] ?? run.raise('KeyError', `'${plain(args.positional[0]) ?? '…'}'`)
    },
    keys: (run, self) =>
      list(
        [...namesOf(self).keys()].map((name) => text(name, run.at)),
        run.at,
      ),
    values: (run, self) =>
      list(
        [...namesOf(self).values()].map((bound) => bound.value),
        run.at,
      ),
    items: (run, self) =>
      list(
        [...namesOf(self)].map(([name, { value, at }]) => tuple([text(name, at), value], at)),
        run.at,
      ),
    copy: (run, self) => copied(self, run.at),
  },
}
