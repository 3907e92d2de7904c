import { float, int, text } from '../constructors.ts'
import { numberOf } from '../equality.ts'
import { library, type NativeClass, native, nativeClass, object, type PythonRun } from '../library.ts'
import { notModelled } from '../reasons.ts'
import { wholePart } from '../types/number.ts'
import type { CallArguments, ObjectValue, Value } from '../value.ts'

const parameters = ['days', 'seconds', 'microseconds', 'milliseconds', 'minutes', 'hours', 'weeks'] as const
/** Microseconds of one unit of each parameter. */
const units: Readonly<Record<string, bigint>> = {
  days: 86_400_000_000n,
  seconds: 1_000_000n,
  microseconds: 1n,
  milliseconds: 1_000n,
  minutes: 60_000_000n,
  hours: 3_600_000_000n,
  weeks: 604_800_000_000n,
}

/** Microseconds, or undefined when they are not known. */
function micros(self: ObjectValue): bigint | undefined {
  return self.state as bigint | undefined
}

function make(total: bigint | undefined, at: Value['at']): ObjectValue {
  return object(timedeltaClass, total, at)
}

function construct(run: PythonRun, args: CallArguments): Value {
  if (args.positional.length > parameters.length) return run.raise('TypeError', 'function takes at most 7 arguments')
  let total: bigint | undefined = args.open ? undefined : 0n
  for (const [index, name] of parameters.entries()) {
    const value = args.positional[index] ?? args.keywords.get(name)
    if (value === undefined) continue
    if (value.type === 'none' || value.type === 'str') {
      return run.raise('TypeError', `unsupported type for timedelta ${name} component: ${value.type}`)
    }
    const amount = numberOf(value)
    const unit = units[name] as bigint
    if (amount === undefined) total = undefined
    else if (total !== undefined) {
      // Whole numbers are exact; a fraction is rounded to the microsecond.
      total +=
        typeof amount === 'number' && !Number.isInteger(amount)
          ? wholePart(run, Math.round(amount * Number(unit)))
          : BigInt(amount) * unit
    }
  }
  for (const name of args.keywords.keys()) {
    if (!(name in units)) return run.raise('TypeError', `'${name}' is an invalid keyword argument for __new__()`)
  }
  const days = total === undefined ? 0n : total / (units.days as bigint)
  if (days > 999_999_999n || days < -999_999_999n) {
    return run.raise('OverflowError', `days=${days}; must have magnitude <= 999999999`)
  }
  return make(total, run.at)
}

function part(total: bigint, unit: bigint): bigint {
  return ((total % unit) + unit) % unit
}

const timedeltaClass: NativeClass = {
  class: 'datetime.timedelta',
  bases: [],
  construct,
  methods: {
    total_seconds: (run, self) => {
      const total = micros(self)
      return total === undefined
        ? run.unknown(notModelled('total_seconds()'), 'float')
        : float(Number(total) / 1e6, run.at)
    },
  },
  get: (run, self, name) => {
    const total = micros(self)
    if (name !== 'days' && name !== 'seconds' && name !== 'microseconds') return undefined
    if (total === undefined) return run.unknown(notModelled(`timedelta.${name}`), 'int')
    const day = units.days as bigint
    const inDay = part(total, day)
    if (name === 'days') return int((total - inDay) / day, run.at)
    return name === 'seconds' ? int(inDay / 1_000_000n, run.at) : int(inDay % 1_000_000n, run.at)
  },
  truth: (_run, self) => {
    const total = micros(self)
    return total === undefined ? undefined : total !== 0n
  },
  str: (run, self) => {
    const total = micros(self)
    return total === undefined ? run.unknown(notModelled('str(timedelta)'), 'str') : text(written(total), run.at)
  },
  binary: (run, op, self, other, reflected) => {
    const own = micros(self)
    const right = other.type === 'object' && other.model === timedeltaClass ? micros(other) : undefined
    const factor = other.type === 'int' || other.type === 'bool' ? numberOf(other) : undefined
    if (own === undefined) return other.type === 'object' ? undefined : make(undefined, run.at)
    if (right !== undefined) {
      if (op === '+') return make(own + right, run.at)
      if (op === '-') return make(reflected ? right - own : own - right, run.at)
      if ((op === '/' || op === '//' || op === '%') && (reflected ? own : right) === 0n) {
        return run.raise('ZeroDivisionError', 'integer division or modulo by zero')
      }
      if (op === '/') return float(Number(own) / Number(right), run.at)
    }
    if (factor !== undefined && op === '*') return make(own * BigInt(factor), run.at)
    if (factor !== undefined && !reflected && op === '//' && BigInt(factor) > 0n) {
      return make((own - part(own, BigInt(factor))) / BigInt(factor), run.at)
    }
    return undefined
  },
  compare: (_run, op, self, other) => {
    if (other.type !== 'object' || other.model !== timedeltaClass)
      return op === '==' ? false : op === '!=' ? true : undefined
    const [left, right] = [micros(self), micros(other)]
    if (left === undefined || right === undefined) return undefined
    switch (op) {
      case '==':
        return left === right
      case '!=':
        return left !== right
      case '<':
        return left < right
      case '<=':
        return left <= right
      case '>':
        return left > right
      case '>=':
        return left >= right
      default:
        return undefined
    }
  },
}

/** `str(timedelta)`: `1 day, 2:03:04`. */
function written(total: bigint): string {
  const day = units.days as bigint
  const inDay = part(total, day)
  const days = (total - inDay) / day
  const seconds = inDay / 1_000_000n
  const fraction = inDay % 1_000_000n
  const two = (n: bigint): string => String(n).padStart(2, '0')
  const clock = `${seconds / 3600n}:${two((seconds / 60n) % 60n)}:${two(seconds % 60n)}`
  const tail = fraction === 0n ? '' : `.${String(fraction).padStart(6, '0')}`
  const head = days === 0n ? '' : `${days} day${days === 1n || days === -1n ? '' : 's'}, `
  return head + clock + tail
}

function now(name: string): Value {
  return native(`datetime.${name}`, (run) =>
    run.unknown({ en: 'the time of the start is not known', fr: 'l’heure du démarrage n’est pas connue' }),
  )
}

const datetimeClass: NativeClass = {
  class: 'datetime.datetime',
  bases: [],
  construct: (run) => run.unknown(notModelled('datetime()')),
  statics: { now: now('datetime.now'), utcnow: now('datetime.utcnow'), today: now('datetime.today') },
}
const dateClass: NativeClass = {
  class: 'datetime.date',
  bases: [],
  construct: (run) => run.unknown(notModelled('date()')),
  statics: { today: now('date.today') },
}

/** `datetime`: spans of time are computed, points in time are not known. */
export const datetime = library('datetime', {
  timedelta: nativeClass(timedeltaClass),
  datetime: nativeClass(datetimeClass),
  date: nativeClass(dateClass),
})
