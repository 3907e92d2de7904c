import { dict, int, list, none, text, tuple } from '../constructors.ts'
import { numberOf } from '../equality.ts'
import { compareKnown } from '../interpreter/comparison.ts'
import { makesDefaults } from '../interpreter/default-items.ts'
import type { Machine } from '../interpreter/machine.ts'
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
    if (factory !== undefined && factory.type !== 'none') makesDefaults(run as Machine, out, factory)
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

/** What `isinstance` asks about a named tuple. */
const tupleClass = nativeClass({ class: 'tuple', bases: [] })

function recordClass(name: string, names: readonly string[], defaults: readonly Value[]): Value {
  const fields = (state: unknown): Fields => state as Fields
  const model: NativeClass = {
    class: name,
    bases: [tupleClass],
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
    compare: (run, op, self, other) => {
      const isRecord = other.type === 'object' && 'names' in ((other.state ?? {}) as object)
      const right = isRecord ? tuple(fields(other.state).values, run.at) : other
      return compareKnown(run as Machine, op, tuple(fields(self.state).values, run.at), right)
    },
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

/** `Counter(items)`: a dict whose missing keys count 0. */
const count: NativeFunction = (run, args) => {
  const [source] = args.positional
  if (source?.type === 'dict' || args.keywords.size > 0) return run.unknown(notModelled('Counter()'), 'dict')
  const out = dict([], run.at)
  const { items, rest } = source === undefined ? { items: [], rest: undefined } : run.iterate(source)
  for (const item of items) {
    const entry = out.entries.find((one) => run.same(one.key, item) === true)
    if (entry === undefined) run.setItem(out, item, int(1, run.at))
    else entry.value = int(BigInt(numberOf(entry.value) ?? 0) + 1n, run.at)
  }
  out.rest = rest
  makesDefaults(run as Machine, out, 'zero')
  return out
}

/** A deque has ways of its own, which settings hardly use. */
const deque = native('collections.deque', (run) => run.unknown(notModelled('deque()')))

export const collections = library('collections', {
  OrderedDict: orderedDict,
  defaultdict: defaultDict,
  namedtuple: native('collections.namedtuple', namedTuple),
  deque,
  Counter: native('collections.Counter', count),
})
