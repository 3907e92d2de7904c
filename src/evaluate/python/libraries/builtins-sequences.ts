import { bool, int, list, tuple } from '../constructors.ts'
import { numberOf } from '../equality.ts'
import { compareKnown } from '../interpreter/comparison.ts'
import { derive } from '../interpreter/decisions.ts'
import { limits, type Machine } from '../interpreter/machine.ts'
import { knownTruth } from '../interpreter/truth.ts'
import type { NativeFunction, PythonRun } from '../library.ts'
import { notModelled, tooLarge } from '../reasons.ts'
import { countOf } from '../types/number.ts'
import { sortValues } from '../types/sort.ts'
import type { CallArguments, UnknownValue, Value } from '../value.ts'

/** Built-in functions that make, combine and reduce sequences. Iterators are lists here. */

export function argument(run: PythonRun, args: CallArguments, index: number, name: string): Value {
  return args.positional[index] ?? run.raise('TypeError', `${name}() takes at least ${index + 1} arguments`)
}

export function unknownCall(run: PythonRun, name: string, of?: UnknownValue['of']): UnknownValue {
  return run.unknown(notModelled(`${name}()`), of)
}

const range: NativeFunction = (run, args) => {
  const bounds = args.positional.map(numberOf)
  if (bounds.some((bound) => typeof bound !== 'bigint')) return list([], run.at, unknownCall(run, 'range', 'int'))
  const [a = 0n, b, c = 1n] = bounds as bigint[]
  const [start, end] = b === undefined ? [0n, a] : [a, b]
  if (c === 0n) return run.raise('ValueError', 'range() arg 3 must not be zero')
  const count = c > 0n ? (end - start + c - 1n) / c : (start - end - c - 1n) / -c
  if (count > BigInt(limits.items)) return list([], run.at, run.unknown(tooLarge, 'int'))
  const items: Value[] = []
  for (let i = 0n; i < count; i++) items.push(int(start + i * c, run.at))
  return list(items, run.at)
}

const enumerate: NativeFunction = (run, args) => {
  const { items, rest } = run.iterate(argument(run, args, 0, 'enumerate'))
  const start = args.positional[1] ?? args.keywords.get('start') ?? int(0, run.at)
  const first = countOf(run, start)
  const number = (i: number): Value =>
    first === undefined ? unknownCall(run, 'enumerate', 'int') : int(first + i, run.at)
  const pairs = items.map((item, i) => tuple([number(i), item], run.at))
  return list(pairs, run.at, rest && derive(rest))
}

const zip: NativeFunction = (run, args) => {
  const sources = args.positional.map((value) => run.iterate(value))
  const rest = sources.find((source) => source.rest !== undefined)?.rest
  const lengths = sources.map((source) => source.items.length)
  const count = sources.length === 0 ? 0 : Math.min(...lengths)
  const strict = args.keywords.get('strict')
  if (strict !== undefined && rest === undefined && lengths.some((length) => length !== count)) {
    const isStrict = knownTruth(run as Machine, strict)
    if (isStrict === undefined) return list([], run.at, unknownCall(run, 'zip'))
    // Python raises when the shortest ends: what reads all of it, as settings do, never sees the pairs before.
    if (isStrict) return run.raise('ValueError', 'zip() arguments have different lengths')
  }
  const items: Value[] = []
  for (let i = 0; i < count; i++)
    items.push(
      tuple(
        sources.map((source) => source.items[i] as Value),
        run.at,
      ),
    )
  return list(items, run.at, rest && derive(rest))
}

const map: NativeFunction = (run, args) => {
  const fn = argument(run, args, 0, 'map')
  const sources = args.positional.slice(1).map((value) => run.iterate(value))
  const count = sources.length === 0 ? 0 : Math.min(...sources.map((source) => source.items.length))
  const items: Value[] = []
  for (let i = 0; i < count; i++)
    items.push(
      run.call(
        fn,
        sources.map((source) => source.items[i] as Value),
      ),
    )
  const rest = sources.find((source) => source.rest !== undefined)?.rest
  const keepsText = fn.type === 'native' && /^str(\.|$)/.test(fn.name)
  return list(items, run.at, rest && derive(rest, keepsText ? 'str' : undefined))
}

const filter: NativeFunction = (run, args) => {
  const fn = argument(run, args, 0, 'filter')
  const { items, rest } = run.iterate(argument(run, args, 1, 'filter'))
  const kept: Value[] = []
  let open = rest
  for (const item of items) {
    const test = fn.type === 'none' ? item : run.call(fn, [item])
    const known = knownTruth(run as Machine, test)
    if (known === undefined && test.type !== 'str') open ??= unknownCall(run, 'filter')
    else if (known ?? run.truth(test)) kept.push(item)
  }
  return list(kept, run.at, open)
}

const sorted: NativeFunction = (run, args) => {
  const { items, rest } = run.iterate(argument(run, args, 0, 'sorted'))
  const made = rest === undefined ? sortValues(run as Machine, items, args) : undefined
  return made === undefined ? list([], run.at, rest ?? unknownCall(run, 'sorted')) : list(made, run.at)
}

const reversed: NativeFunction = (run, args) => {
  const { items, rest } = run.iterate(argument(run, args, 0, 'reversed'))
  return list([...items].reverse(), run.at, rest)
}

const sum: NativeFunction = (run, args) => {
  const { items, rest } = run.iterate(argument(run, args, 0, 'sum'))
  if (rest !== undefined) return unknownCall(run, 'sum')
  let total: Value = args.positional[1] ?? args.keywords.get('start') ?? int(0, run.at)
  if (total.type === 'str') return run.raise('TypeError', "sum() can't sum strings [use ''.join(seq) instead]")
  for (const item of items) total = run.binary('+', total, item)
  return total
}

function extreme(name: 'min' | 'max'): NativeFunction {
  return (run, args) => {
    const first = argument(run, args, 0, name)
    const source = args.positional.length === 1 ? run.iterate(first) : { items: args.positional, rest: undefined }
    const fallback = args.keywords.get('default')
    if (source.rest !== undefined) return unknownCall(run, name)
    if (source.items.length === 0) return fallback ?? run.raise('ValueError', `${name}() iterable argument is empty`)
    const key = args.keywords.get('key')
    const keyOf = (value: Value): Value => (key === undefined || key.type === 'none' ? value : run.call(key, [value]))
    let best = source.items[0] as Value
    for (const item of source.items.slice(1)) {
      const better = compareKnown(run as Machine, name === 'min' ? '<' : '>', keyOf(item), keyOf(best))
      if (better === undefined) return unknownCall(run, name)
      if (better) best = item
    }
    return best
  }
}

function quantifier(name: 'any' | 'all'): NativeFunction {
  return (run, args) => {
    const { items, rest } = run.iterate(argument(run, args, 0, name))
    const decisive = name === 'any'
    const known = items.map((item) => knownTruth(run as Machine, item))
    if (known.includes(decisive)) return bool(decisive, run.at)
    if (rest !== undefined) return run.unknown(rest.reason, 'bool', rest.variable)
    for (const item of items) {
      if ((knownTruth(run as Machine, item) ?? run.truth(item)) === decisive) return bool(decisive, run.at)
    }
    return bool(!decisive, run.at)
  }
}

const next: NativeFunction = (run, args) => {
  const { items, rest } = run.iterate(argument(run, args, 0, 'next'))
  const [first] = items
  if (first !== undefined) return first
  if (rest !== undefined) return derive(rest, rest.of)
  return args.positional[1] ?? run.raise('StopIteration', '')
}

export const sequenceFunctions: Readonly<Record<string, NativeFunction>> = {
  range,
  enumerate,
  zip,
  map,
  filter,
  sorted,
  reversed,
  sum,
  next,
  min: extreme('min'),
  max: extreme('max'),
  any: quantifier('any'),
  all: quantifier('all'),
  iter: (run, args) => {
    const { items, rest } = run.iterate(argument(run, args, 0, 'iter'))
    return list([...items], run.at, rest)
  },
}
