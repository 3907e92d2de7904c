import type { Place } from '../../contracts/place.ts'
import type { Hole, Part } from '../parts.ts'
import type {
  BoolValue,
  BytesValue,
  CallArguments,
  DictEntry,
  DictValue,
  ExternalValue,
  FloatValue,
  IntValue,
  ListValue,
  NoneValue,
  SetValue,
  StrValue,
  TupleValue,
  UnknownValue,
  Value,
} from './value.ts'

/** Constructors of values. `at` is where the value was written. */

export function none(at: Place): NoneValue {
  return { type: 'none', at }
}

export function bool(value: boolean, at: Place): BoolValue {
  return { type: 'bool', value, at }
}

export function int(value: bigint | number, at: Place): IntValue {
  return { type: 'int', value: typeof value === 'bigint' ? value : BigInt(Math.trunc(value)), at }
}

export function float(value: number, at: Place): FloatValue {
  return { type: 'float', value, at }
}

/** A string of wholly known text. */
export function text(value: string, at: Place): StrValue {
  return { type: 'str', parts: value === '' ? [] : [value], at }
}

/** A string of parts, brought to normal form. */
export function str(parts: readonly Part[], at: Place): StrValue {
  return { type: 'str', parts: normal(parts), at }
}

export function bytes(value: string, at: Place): BytesValue {
  return { type: 'bytes', value, at }
}

export function list(items: Value[], at: Place, rest?: UnknownValue): ListValue {
  return { type: 'list', items, rest, at }
}

export function tuple(items: readonly Value[], at: Place, rest?: UnknownValue): TupleValue {
  return { type: 'tuple', items, rest, at }
}

/** The caller has removed duplicates. */
export function set(items: Value[], at: Place, rest?: UnknownValue): SetValue {
  return { type: 'set', frozen: false, items, rest, at }
}

export function dict(entries: DictEntry[], at: Place, rest?: UnknownValue): DictValue {
  return { type: 'dict', entries, rest, at }
}

/** A dict with known text keys; entries whose value is undefined are left out. */
export function record(fields: Readonly<Record<string, Value | undefined>>, at: Place): DictValue {
  const entries: DictEntry[] = []
  for (const [key, value] of Object.entries(fields))
    if (value !== undefined) entries.push({ key: text(key, at), value, at })
  return dict(entries, at)
}

export function external(path: string, at: Place): ExternalValue {
  return { type: 'external', path, at }
}

/** An unknown text: `hole('REDIS_URL.port', 'REDIS_URL', 'digits')`. Not empty unless said. */
export function hole(name: string, variable: string | undefined, chars: Hole['chars'] = 'any', nonEmpty = true): Hole {
  return { name, variable, chars, nonEmpty }
}

export const noArguments: CallArguments = { positional: [], keywords: new Map(), open: false }

/** Joins adjacent known texts and drops empty ones. */
export function normal(parts: readonly Part[]): readonly Part[] {
  let clean = true
  for (let i = 0; i < parts.length && clean; i++) {
    const part = parts[i]
    if (part === '' || (typeof part === 'string' && typeof parts[i + 1] === 'string')) clean = false
  }
  if (clean) return parts
  const out: Part[] = []
  for (const part of parts) {
    const last = out.length - 1
    if (part === '') continue
    if (typeof part === 'string' && typeof out[last] === 'string') out[last] = (out[last] as string) + part
    else out.push(part)
  }
  return out
}
