import { int, list, tuple } from '../constructors.ts'
import { library, type NativeClass, native, nativeClass, type PythonRun, take } from '../library.ts'
import { notModelled } from '../reasons.ts'
import type { UnknownValue, Value } from '../value.ts'

const largest = 10_000

/** Iterators are given as lists: settings walk through them once. */
function joined(run: PythonRun, iterables: readonly Value[]): Value {
  const items: Value[] = []
  let rest: UnknownValue | undefined
  for (const iterable of iterables) {
    const found = run.iterate(iterable)
    items.push(...found.items)
    rest ??= found.rest
  }
  return list(items, run.at, rest)
}

const chainClass: NativeClass = {
  class: 'itertools.chain',
  bases: [],
  construct: (run, args) => joined(run, args.positional),
  statics: {
    from_iterable: native('itertools.chain.from_iterable', (run, args) => {
      const outer = args.positional[0]
      if (outer === undefined) return run.unknown(notModelled('chain.from_iterable'), 'list')
      const found = run.iterate(outer)
      const inner = joined(run, found.items)
      return found.rest === undefined || inner.type !== 'list' ? inner : list(inner.items, run.at, found.rest)
    }),
  },
}

const product = native('itertools.product', (run, args) => {
  const repeat = args.keywords.get('repeat')
  if (repeat !== undefined && repeat.type !== 'int') return run.unknown(notModelled('product'), 'list')
  const pools = args.positional.map((pool) => run.iterate(pool))
  const times = repeat === undefined ? 1 : Number(repeat.value)
  if (times < 0) return run.raise('ValueError', 'repeat argument cannot be negative')
  let rows: Value[][] = [[]]
  for (let i = 0; i < times; i++) {
    for (const { items, rest } of pools) {
      if (rest !== undefined || rows.length * items.length > largest) return run.unknown(notModelled('product'), 'list')
      rows = rows.flatMap((row) => items.map((item) => [...row, item]))
    }
  }
  return list(
    rows.map((row) => tuple(row, run.at)),
    run.at,
  )
})

const repeatItem = native('itertools.repeat', (run, args) => {
  const given = take(run, 'repeat', args, ['object', 'times?'])
  const times = given.times
  if (times?.type !== 'int' || times.value > BigInt(largest) || given.object === undefined) {
    return run.unknown(notModelled('itertools.repeat'), 'list')
  }
  return list(
    Array.from({ length: Math.max(0, Number(times.value)) }, () => given.object as Value),
    run.at,
  )
})

const accumulated = native('itertools.accumulate', (run, args) => {
  const given = take(run, 'accumulate', args, ['iterable', 'func?', '*initial?'])
  const found = given.iterable === undefined ? undefined : run.iterate(given.iterable)
  if (found === undefined || found.rest !== undefined) return run.unknown(notModelled('accumulate'), 'list')
  const items = given.initial === undefined ? found.items : [given.initial, ...found.items]
  const out: Value[] = []
  for (const item of items) {
    const before = out.at(-1)
    if (before === undefined) out.push(item)
    else if (given.func === undefined) out.push(run.binary('+', before, item))
    else out.push(run.call(given.func, [before, item]))
  }
  return list(out, run.at)
})

/** `itertools` on sequences that end. */
export const itertools = library('itertools', {
  chain: nativeClass(chainClass),
  product,
  repeat: repeatItem,
  accumulate: accumulated,
  islice: native('itertools.islice', (run, args) => {
    const [iterable, ...bounds] = args.positional
    const limits = bounds.map((bound) =>
      bound.type === 'int' ? Number(bound.value) : bound.type === 'none' ? null : undefined,
    )
    const found = iterable === undefined ? undefined : run.iterate(iterable)
    if (found === undefined || found.rest !== undefined || limits.includes(undefined)) {
      return run.unknown(notModelled('islice'), 'list')
    }
    const least = limits.length === 1 ? [0] : [0, 0, 1]
    if (limits.some((limit, i) => typeof limit === 'number' && limit < (least[i] ?? 0))) {
      return run.raise('ValueError', 'Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.')
    }
    const [start, stop, step] = limits.length === 1 ? [0, limits[0], 1] : [limits[0] ?? 0, limits[1], limits[2] ?? 1]
    const cut = found.items.slice(start ?? 0, stop ?? undefined)
    return list(
      cut.filter((_, i) => i % (step ?? 1) === 0),
      run.at,
    )
  }),
  count: native('itertools.count', (run) => run.unknown(notModelled('itertools.count'))),
  zip_longest: native('itertools.zip_longest', (run, args) => {
    const rows = args.positional.map((item) => run.iterate(item))
    const fill: Value = args.keywords.get('fillvalue') ?? { type: 'none', at: run.at }
    if (rows.some(({ rest }) => rest !== undefined)) return run.unknown(notModelled('zip_longest'), 'list')
    const length = Math.max(0, ...rows.map(({ items }) => items.length))
    return list(
      Array.from({ length }, (_, i) =>
        tuple(
          rows.map(({ items }) => items[i] ?? fill),
          run.at,
        ),
      ),
      run.at,
    )
  }),
})

/** `math`: rounding, which is what settings use of it. */
function rounding(name: 'floor' | 'ceil' | 'trunc'): Value {
  return native(`math.${name}`, (run, args) => {
    const value = args.positional[0]
    if (value?.type === 'int') return value
    if (value?.type !== 'float' || !Number.isFinite(value.value)) return run.unknown(notModelled(`math.${name}`), 'int')
    return int(BigInt(Math[name](value.value)), run.at)
  })
}

export const math = library('math', { floor: rounding('floor'), ceil: rounding('ceil'), trunc: rounding('trunc') })
