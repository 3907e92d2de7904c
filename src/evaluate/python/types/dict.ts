import type { Place } from '../../../contracts/place.ts'
import { list, none, tuple } from '../constructors.ts'
import { same } from '../equality.ts'
import { exception } from '../exceptions.ts'
import { askHoleIs } from '../interpreter/comparison.ts'
import { makeUnknown } from '../interpreter/decisions.ts'
import { makerOf } from '../interpreter/default-items.ts'
import { iterate, unpack } from '../interpreter/iteration.ts'
import { here, limits, type Machine, touch } from '../interpreter/machine.ts'
import { makeException, raise, raised } from '../interpreter/raising.ts'
import { isOpaque } from '../interpreter/types.ts'
import type { NativeClass } from '../library.ts'
import { everyVariable, tooLarge, unknownKey } from '../reasons.ts'
import { type CallArguments, type DictEntry, type DictValue, isOpenTo, plain, type Value, widened } from '../value.ts'
import { needHashable } from './hashable.ts'
import { isIndexed, keyIndex } from './key-index.ts'
import { reprText } from './text.ts'

const index = keyIndex<DictEntry>(({ key }) => key)

/** The entry of a key, `undefined` when there surely is none, `open` when that cannot be known. */
export function lookUp(dict: DictValue, key: Value): DictEntry | 'open' | undefined {
  const indexed = index.find(dict.entries, key)
  if (indexed === undefined) {
    const isOpenText = key.type === 'str' || key.type === 'unknown'
    return isOpenText && dict.entries.length > mostCompared ? 'open' : search(dict, dict.entries, key)
  }
  return indexed.found ?? search(dict, indexed.others, key)
}

/** A key that holds something unknown is compared with no more keys than this, and a dict holds no more of them. */
const mostCompared = 256

function search(dict: DictValue, entries: readonly DictEntry[], key: Value): DictEntry | 'open' | undefined {
  const text = plain(key)
  let open = isOpenTo(dict.rest, key)
  for (const entry of entries) {
    const other = text === undefined ? undefined : plain(entry.key)
    const answer = other === undefined ? same(entry.key, key) : other === text
    if (answer === true) return entry
    if (answer === undefined) open = true
  }
  return open ? 'open' : undefined
}

/**
 * Like {@link lookUp}, but a key that is the text of a config var is asked about: the path where it is one of the keys,
 * and the one where it is none.
 */
export function findEntry(m: Machine, dict: DictValue, key: Value): DictEntry | 'open' | undefined {
  needHashable(m, key)
  const found = lookUp(dict, key)
  noteKind(m, dict, key, found !== undefined)
  if (found !== 'open' || key.type !== 'str' || key.parts.length !== 1) return found
  const [hole] = key.parts
  if (typeof hole !== 'object' || hole.variable === undefined || dict.entries.length > 8) return found
  for (const entry of dict.entries) {
    const text = plain(entry.key)
    if (text !== undefined && askHoleIs(m, hole, [text])) return entry
  }
  return !isOpenTo(dict.rest, key) && dict.entries.every((entry) => plain(entry.key) !== undefined) ? undefined : 'open'
}

/** Leaves a note of who asks for a text, or for bytes, where all keys are bytes. */
export function noteKind(m: Machine, dict: DictValue, key: Value, mayBeThere: boolean): void {
  if (dict.rest?.keys === undefined || m.events.length >= limits.events) return
  const name = mayBeThere ? undefined : plain(key)
  if (mayBeThere === (key.type === 'str') || (!mayBeThere && name === undefined)) return
  m.events.push({ type: 'key', name, at: here(m), chain: m.activation.chain })
}

/** `dict[key] = value` without looking at the course of the run: for literals and copies. */
export function setEntry(m: Machine, dict: DictValue, key: Value, value: Value, at: Place): void {
  needHashable(m, key)
  const found = lookUp(dict, key)
  if (found !== undefined && found !== 'open') {
    found.value = value
    found.at = at
    return
  }
  if (isOpaque(key)) {
    if (!isOpenTo(dict.rest)) dict.rest = makeUnknown(m, unknownKey)
    return
  }
  if (dict.entries.length >= limits.items || isBeyondComparing(dict.entries, key))
    dict.rest ??= makeUnknown(m, tooLarge)
  else dict.entries.push({ key, value, at })
}

function isBeyondComparing(entries: readonly DictEntry[], key: Value): boolean {
  return entries.length > mostCompared && !isIndexed(key) && index.compared(entries) > mostCompared
}

/** A copy of the environment that a program writes to, or takes something out of, is no longer all of it as it is. */
function alter(m: Machine, dict: DictValue): void {
  touch(m, dict)
  if (dict.rest?.reason === everyVariable) dict.rest = { ...dict.rest, reason: unknownKey }
}

/** `dict[key] = value` of a program. */
export function assignEntry(m: Machine, dict: DictValue, key: Value, value: Value, at: Place): void {
  alter(m, dict)
  if (m.activation.uncertain === undefined) {
    setEntry(m, dict, key, value, at)
    return
  }
  const found = lookUp(dict, key)
  if (found === undefined || found === 'open') dict.rest = widened(dict.rest, m.activation.uncertain)
  else found.value = m.activation.uncertain
}

export function removeEntry(m: Machine, dict: DictValue, key: Value): DictEntry | 'open' | undefined {
  alter(m, dict)
  const found = findEntry(m, dict, key)
  if (m.activation.uncertain !== undefined) {
    dict.rest = widened(dict.rest, m.activation.uncertain)
    return 'open'
  }
  if (found === 'open') dict.rest ??= makeUnknown(m, unknownKey)
  else if (found !== undefined) {
    dict.entries.splice(dict.entries.indexOf(found), 1)
    index.forget(dict.entries)
  }
  return found
}

export function keyError(m: Machine, key: Value): never {
  const shown = reprText(m, key)
  const known = shown.type === 'str' ? plain(shown) : undefined
  if (known !== undefined && key.type !== 'str') throw raised(m, makeException(m, exception('KeyError'), [key]))
  return raise(m, 'KeyError', known ?? '…')
}

/** `dict.update(value)`. */
export function updateDict(m: Machine, dict: DictValue, value: Value): void {
  if (value.type === 'dict') {
    alter(m, dict)
    for (const entry of [...value.entries]) assignEntry(m, dict, entry.key, entry.value, entry.at)
    dict.rest = widened(dict.rest, value.rest)
    return
  }
  const mapping = value.type === 'object' ? (value.model as NativeClass).mapping?.(m, value) : undefined
  if (mapping !== undefined) {
    updateDict(m, dict, mapping)
    return
  }
  if (value.type === 'object' || value.type === 'instance') {
    const keys = iterate(m, value, m.node)
    if (keys.rest !== undefined && keys.items.length === 0) {
      dict.rest = widened(dict.rest, keys.rest)
      return
    }
    for (const key of keys.items) assignEntry(m, dict, key, m.item(value, key), here(m))
    return
  }
  const { items, rest } = iterate(m, value, m.node)
  for (const item of items) {
    const [key, made] = unpack(m, item, 2, undefined, m.node)
    assignEntry(m, dict, key as Value, made as Value, here(m))
  }
  dict.rest = widened(dict.rest, rest)
}

type DictMethod = (m: Machine, self: DictValue, args: CallArguments) => Value

function unknownValue(m: Machine, self: DictValue): Value {
  return self.rest === undefined ? none(here(m)) : makeUnknown(m, self.rest.reason)
}

const methods: Readonly<Record<string, DictMethod>> = {
  get: (m, self, args) => {
    const [key, fallback = args.keywords.get('default') ?? none(here(m))] = args.positional
    if (key === undefined) return raise(m, 'TypeError', 'get expected at least 1 argument, got 0')
    const found = findEntry(m, self, key)
    if (found === 'open') return self.rest === undefined ? makeUnknown(m, unknownKey) : unknownValue(m, self)
    return found?.value ?? fallback
  },
  setdefault: (m, self, args) => {
    const [key, fallback = none(here(m))] = args.positional
    if (key === undefined) return raise(m, 'TypeError', 'setdefault expected at least 1 argument, got 0')
    const found = findEntry(m, self, key)
    if (found === 'open') return makeUnknown(m, unknownKey)
    if (found !== undefined) return found.value
    assignEntry(m, self, key, fallback, here(m))
    return fallback
  },
  pop: (m, self, args) => {
    const [key, fallback] = args.positional
    if (key === undefined) return raise(m, 'TypeError', 'pop expected at least 1 argument, got 0')
    // An empty dict asks no key for its hash.
    if (self.entries.length === 0 && self.rest === undefined && fallback !== undefined) return fallback
    const found = removeEntry(m, self, key)
    if (found === 'open') return makeUnknown(m, unknownKey)
    return found?.value ?? fallback ?? keyError(m, key)
  },
  popitem: (m, self) => {
    touch(m, self)
    if (m.activation.uncertain !== undefined || self.rest !== undefined) return makeUnknown(m, unknownKey)
    const entry = self.entries.pop()
    index.forget(self.entries)
    return entry === undefined ? raise(m, 'KeyError', 'dictionary is empty') : tuple([entry.key, entry.value], here(m))
  },
  update: (m, self, args) => {
    const [value] = args.positional
    // A Counter adds to what it has.
    if (makerOf(m, self) === 'zero') {
      alter(m, self)
      self.entries = []
      self.rest = makeUnknown(m, unknownKey)
      return none(here(m))
    }
    if (value !== undefined) updateDict(m, self, value)
    for (const [key, made] of args.keywords) {
      assignEntry(m, self, { type: 'str', parts: [key], at: here(m) }, made, here(m))
    }
    if (args.open && !isOpenTo(self.rest)) self.rest = makeUnknown(m, unknownKey)
    return none(here(m))
  },
  clear: (m, self) => {
    touch(m, self)
    if (m.activation.uncertain !== undefined) self.rest ??= m.activation.uncertain
    else {
      self.entries = []
      self.rest = undefined
    }
    return none(here(m))
  },
  copy: (m, self) => ({ ...self, entries: self.entries.map((entry) => ({ ...entry })), at: here(m) }),
  keys: (m, self) =>
    list(
      self.entries.map((entry) => entry.key),
      here(m),
      self.rest,
    ),
  values: (m, self) =>
    list(
      self.entries.map((entry) => entry.value),
      here(m),
      self.rest,
    ),
  items: (m, self) =>
    list(
      self.entries.map((entry) => tuple([entry.key, entry.value], entry.at)),
      here(m),
      self.rest,
    ),
}

export const dictMethodNames: ReadonlySet<string> = new Set([...Object.keys(methods), 'fromkeys'])

export function callDictMethod(m: Machine, self: DictValue, name: string, args: CallArguments): Value {
  const method = methods[name]
  return method === undefined ? makeUnknown(m, unknownKey) : method(m, self, args)
}
