import { library, type NativeClass, native, nativeClass, object, type PythonRun, take } from '../library.ts'
import { notModelled } from '../reasons.ts'
import type { CallArguments, Value } from '../value.ts'

interface Partial {
  readonly callee: Value
  readonly args: CallArguments
}

const partialClass: NativeClass = {
  class: 'functools.partial',
  bases: [],
  construct: (run, args) => {
    const [callee, ...positional] = args.positional
    if (callee === undefined) return run.raise('TypeError', "type 'partial' takes at least one argument")
    return object(partialClass, { callee, args: { ...args, positional } } satisfies Partial, run.at)
  },
  call: (run, self, args) => {
    const state = self.state as Partial
    if (state.args.open || args.open) return run.unknown(notModelled('partial(…)'))
    const keywords = new Map([...state.args.keywords, ...args.keywords])
    return run.call(state.callee, [...state.args.positional, ...args.positional], keywords)
  },
  get: (run, self, name) => {
    const state = self.state as Partial
    return name === 'func'
      ? state.callee
      : name === 'args'
        ? { type: 'tuple', items: state.args.positional, rest: undefined, at: run.at }
        : undefined
  },
}

/** A decorator that leaves what it decorates as it is, as far as settings can tell. */
function transparent(name: string): Value {
  return native(`functools.${name}`, (run, args) => args.positional[0] ?? run.unknown(notModelled(name)))
}

/** `lru_cache` with or without arguments. */
const lruCache = native('functools.lru_cache', (_run, args) => {
  const [first] = args.positional
  const isFunction = first !== undefined && first.type !== 'int' && first.type !== 'none' && first.type !== 'bool'
  return isFunction ? first : transparent('lru_cache')
})

const reduce = native('functools.reduce', (run: PythonRun, args) => {
  const given = take(run, 'reduce', args, ['function', 'iterable', 'initial?'])
  const [callee, iterable] = [given.function, given.iterable]
  if (callee === undefined || iterable === undefined) return run.unknown(notModelled('reduce'))
  const { items, rest } = run.iterate(iterable)
  if (rest !== undefined) return run.unknown(notModelled('reduce'))
  const [first, ...others] = given.initial === undefined ? items : [given.initial, ...items]
  if (first === undefined) return run.raise('TypeError', 'reduce() of empty iterable with no initial value')
  return others.reduce((left, right) => run.call(callee, [left, right]), first)
})

export const functools = library('functools', {
  partial: nativeClass(partialClass),
  reduce,
  cache: transparent('cache'),
  lru_cache: lruCache,
  wraps: native('functools.wraps', () => transparent('wraps')),
})
