import type { Part } from '../parts.ts'
import { objectJson } from './json-objects.ts'
import { repr } from './repr.ts'
import { type CallArguments, calleePath, display, plain, type StrValue, type Value } from './value.ts'

/** A value as JSON, with the Python types that JSON has no form for. */
export interface Shown {
  readonly value: unknown
  /**
   * By JSON Pointer (RFC 6901) into `value`: `tuple` where an array was a tuple, `float` where a whole number was one.
   * Absent when there is none.
   */
  readonly types?: Readonly<Record<string, 'tuple' | 'float'>>
}

/**
 * A value as JSON, for `show settings --format json` and comparison with CPython.
 * - Tuples are arrays, as lists; `types` tells them apart. So it does for floats without a fraction.
 * - Integers beyond 2^53 are `{"$int": "…"}`; `nan`, infinities and -0.0 `{"$float": "nan"}`, as Python writes them.
 * - A text of which parts are not known is `{"$template": "rediss://:<REDIS_URL.password>@…", "parts": […]}`; a part is
 *   known text, or a name with the characters it may hold (`digits`, `word`, `host`, `any`) and `nonEmpty`.
 * - What nobody knows is `{"undetermined": reason, "variable"?: name, "type"?: what it surely is}`; a list, set or dict
 *   that may hold more ends with `{"$more": reason}` (in a dict under the key `$more`).
 * - A dict whose keys are not all text, or could be taken for one of these forms, is `{"$dict": [[key, value], …]}`.
 * - Everything else is `{"$type": "set" | "bytes" | "pathlib.Path" | …, "repr": "…"}` with what it holds: `items` (a set's
 *   are sorted), `value` (a path's or pattern's text, a timedelta's seconds, bytes as Latin-1), an instance's `class`, a
 *   call's `path`, `args` and `keywords`.
 */
export function toJson(value: Value): Shown {
  const types: Record<string, 'tuple' | 'float'> = {}
  const shown = convert(value, { above: [], at: '', types })
  return Object.keys(types).length === 0 ? { value: shown } : { value: shown, types }
}

interface Position {
  readonly above: readonly Value[]
  readonly at: string
  readonly types: Record<string, 'tuple' | 'float'>
}

type Inner = (value: Value, ...keys: readonly (string | number)[]) => unknown

function convert(value: Value, { above, at, types }: Position): unknown {
  if (above.includes(value)) return { $type: 'cycle' }
  if (above.length > 60) return { undetermined: 'it is nested too deeply to be shown' }
  const within = [...above, value]
  const inner: Inner = (v, ...keys) => convert(v, { above: within, at: at + keys.map(pointer).join(''), types })
  switch (value.type) {
    case 'none':
      return null
    case 'bool':
      return value.value
    case 'int': {
      const small = value.value <= 9007199254740991n && value.value >= -9007199254740991n
      return small ? Number(value.value) : { $int: value.value.toString() }
    }
    case 'float':
      if (!Number.isFinite(value.value) || Object.is(value.value, -0)) return { $float: repr(value) }
      if (Number.isInteger(value.value)) types[at] = 'float'
      return value.value
    case 'str':
      return textJson(value)
    case 'list':
    case 'tuple': {
      if (value.type === 'tuple') types[at] = 'tuple'
      const items = value.items.map((item, i) => inner(item, i))
      return value.rest === undefined ? items : [...items, { $more: value.rest.reason.en }]
    }
    case 'set': {
      const sorted = value.items.map((item) => ({ item, shown: repr(item, 1_000) }))
      sorted.sort((a, b) => (a.shown < b.shown ? -1 : a.shown > b.shown ? 1 : 0))
      const items = sorted.map(({ item }, i) => inner(item, 'items', i))
      const more = value.rest === undefined ? [] : [{ $more: value.rest.reason.en }]
      return { ...named(value, value.frozen ? 'frozenset' : 'set'), items: [...items, ...more] }
    }
    case 'dict':
      return dict(value, inner)
    case 'bytes':
      return { ...named(value, 'bytes'), value: value.value }
    case 'unknown':
      return {
        undetermined: value.reason.en,
        ...(value.variable !== undefined && { variable: value.variable }),
        ...(value.of !== undefined && { type: value.of }),
      }
    case 'object':
      return { ...named(value, value.class), ...objectJson(value, inner, textJson) }
    case 'instance':
      return { ...named(value, 'instance'), class: value.class.name }
    case 'method':
      return { ...named(value, 'method'), function: inner(value.function, 'function') }
    case 'call':
      return { ...named(value, 'call'), path: calleePath(value) ?? null, ...passed(value.args, inner) }
    default:
      return named(value, value.type)
  }
}

function pointer(key: string | number): string {
  return `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`
}

function named(value: Value, type: string): { readonly $type: string; readonly repr: string } {
  return { $type: type, repr: repr(value, 1_000) }
}

function dict(value: Extract<Value, { type: 'dict' }>, inner: Inner): unknown {
  const keys = value.entries.map((entry) => plain(entry.key))
  const more = value.rest === undefined ? undefined : { $more: value.rest.reason.en }
  if (keys.every((key) => key !== undefined && !isReserved(key)) && new Set(keys).size === keys.length) {
    const entries = value.entries.map((entry, i) => [keys[i], inner(entry.value, keys[i] ?? '')] as const)
    return Object.fromEntries(more === undefined ? entries : [...entries, ['$more', more.$more]])
  }
  const pairs = value.entries.map((entry, i) => [inner(entry.key, '$dict', i, 0), inner(entry.value, '$dict', i, 1)])
  return { $dict: more === undefined ? pairs : [...pairs, more] }
}

/** Keys that would make a dict look like one of the other forms. */
function isReserved(key: string): boolean {
  return key.startsWith('$') || key === 'undetermined' || key === '__proto__'
}

function textJson(value: StrValue): unknown {
  const known = plain(value)
  if (known !== undefined) return known
  const part = (part: Part): unknown =>
    typeof part === 'string' ? part : { name: part.name, chars: part.chars, nonEmpty: part.nonEmpty }
  return { $template: display(value), parts: value.parts.map(part) }
}

function passed(args: CallArguments, inner: Inner): object {
  const keywords = [...args.keywords].map(([name, value]) => [name, inner(value, 'keywords', name)])
  return { args: args.positional.map((value, i) => inner(value, 'args', i)), keywords: Object.fromEntries(keywords) }
}
