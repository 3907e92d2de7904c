import { dict, int, list, none, text, tuple } from '../constructors.ts'
import { numberOf } from '../equality.ts'
import type { Machine } from '../interpreter/machine.ts'
import { factoriesKey } from '../interpreter/subscripts.ts'
import {
  library,
  type NativeClass,
  type NativeFunction,
  native,
  nativeClass,
  object,
  type PythonRun,
} from '../library.ts'
import { notModelled } from '../reasons.ts'
import { updateDict } from '../types/dict.ts'
import { type CallArguments, type DictValue, plain, type Value } from '../value.ts'

/** Dicts of `collections` are dicts: settings only fill and read them. */
function made(run: PythonRun, args: CallArguments, from: number): DictValue {
  const out = dict([], run.at)
  const source = args.positional[from]
  if (source !== undefined) updateDict(run as Machine, out, source)
  for (const [key, value] of args.keywords) run.setItem(out, text(key, run.at), value)
  return out
}

const orderedDict = nativeClass({
  class: 'collections.OrderedDict',
  bases: [],
  construct: (run, args) => made(run, args, 0),
})

const defaultDict = nativeClass({
  class: 'collections.defaultdict',
  bases: [],
  construct: (run, args) => {
    const out = made(run, args, 1)
    const [factory] = args.positional
    const factories = (run.memory.get(factoriesKey) as Map<Value, Value> | undefined) ?? new Map<Value, Value>()
    if (factory !== undefined && factory.type !== 'none') factories.set(out, factory)
    run.memory.set(factoriesKey, factories)
    return out
  },
})

interface Fields {
  readonly names: readonly string[]
  readonly values: readonly Value[]
}

/** `namedtuple('Name', 'a b')`: a class whose objects are tuples with names. */
const namedTuple: NativeFunction = (run, args) => {
  const [name, given] = args.positional
  const known = plain(given)
  const names = known === undefined ? run.iterate(given ?? list([], run.at)).items.map(plain) : known.split(/[\s,]+/)
  if (names.some((field) => field === undefined)) return run.unknown(notModelled('namedtuple()'))
  const defaults = args.keywords.get('defaults')
  const last = defaults === undefined ? [] : run.iterate(defaults).items
  return recordClass(plain(name) ?? 'namedtuple', names as string[], last)
}

function recordClass(name: string, names: readonly string[], defaults: readonly Value[]): Value {
  const fields = (state: unknown): Fields => state as Fields
  const model: NativeClass = {
    class: name,
    bases: [],
    construct: (run, args) => {
      const values = names.map((field, i) => {
        const fallback = defaults[i - names.length + defaults.length]
        const value = args.positional[i] ?? args.keywords.get(field) ?? fallback
        return value ?? run.raise('TypeError', `${name}.__new__() missing 1 required positional argument: '${field}'`)
      })
      return object(model, { names, values } satisfies Fields, run.at)
    },
    get: (_, self, attribute) => {
      const index = names.indexOf(attribute)
      return index < 0 ? undefined : fields(self.state).values[index]
    },
    item: (run, self, key) => run.item(tuple(fields(self.state).values, run.at), key),
    iterate: (_, self) => fields(self.state).values,
    length: () => names.length,
    methods: {
      _asdict: (run, self) =>
        dict(
          names.map((field, i) => ({
            key: text(field, run.at),
            value: fields(self.state).values[i] ?? none(run.at),
            at: run.at,
          })),
          run.at,
        ),
      _replace: (run, self, args) => {
        const values = names.map((field, i) => args.keywords.get(field) ?? (fields(self.state).values[i] as Value))
        return object(model, { names, values } satisfies Fields, run.at)
      },
    },
  }
  return nativeClass(model)
}

const deque: NativeFunction = (run, args) => {
  const [source] = args.positional
  const found = source === undefined ? { items: [], rest: undefined } : run.iterate(source)
  return list([...found.items], run.at, found.rest)
}

const count: NativeFunction = (run, args) => {
  const [source] = args.positional
  const out = dict([], run.at)
  if (source === undefined) return out
  const { items, rest } = run.iterate(source)
  for (const item of items) {
    const entry = out.entries.find((one) => run.same(one.key, item) === true)
    if (entry === undefined) run.setItem(out, item, int(1, run.at))
    else entry.value = int(BigInt(numberOf(entry.value) ?? 0) + 1n, run.at)
  }
  out.rest = rest
  return out
}

export const collections = library('collections', {
  OrderedDict: orderedDict,
  defaultdict: defaultDict,
  namedtuple: native('collections.namedtuple', namedTuple),
  deque: native('collections.deque', deque),
  Counter: native('collections.Counter', count),
})
