import { repr } from './repr.ts'
import { type CallArguments, display, type Part, plain, type StrValue, type Value } from './value.ts'

/**
 * A value as JSON, for `show settings --format json` and comparison with CPython.
 * - Tuples are arrays, as lists. Integers beyond 2^53 are `{"$int": "…"}`; `nan` and infinities `{"$float": "nan"}`.
 * - A text of which parts are not known is `{"$template": "rediss://:<REDIS_URL.password>@…"}`.
 * - What nobody knows is `{"undetermined": reason, "variable"?: name}`; a list, set or dict that may hold more ends with
 *   `{"$more": reason}` (in a dict under the key `$more`).
 * - A dict whose keys are not all text is `{"$dict": [[key, value], …]}`.
 * - Everything else is `{"$type": "set" | "bytes" | "pathlib.Path" | …, "repr": "…"}`; a set also has sorted `items`, a
 *   path its text as `value`.
 */
export function toJson(value: Value): unknown {
  return convert(value, [])
}

function convert(value: Value, above: readonly Value[]): unknown {
  if (above.includes(value) || above.length > 60) return { $type: 'cycle' }
  const inner = (v: Value): unknown => convert(v, [...above, value])
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
      return Number.isFinite(value.value) ? value.value : { $float: String(value.value) }
    case 'str':
      return text(value)
    case 'list':
    case 'tuple': {
      const items = value.items.map(inner)
      return value.rest === undefined ? items : [...items, { $more: value.rest.reason.en }]
    }
    case 'set': {
      const items = value.items.map((item) => ({ shown: repr(item, 1_000), json: inner(item) }))
      items.sort((a, b) => (a.shown < b.shown ? -1 : a.shown > b.shown ? 1 : 0))
      const more = value.rest === undefined ? [] : [{ $more: value.rest.reason.en }]
      const type = value.frozen ? 'frozenset' : 'set'
      return { $type: type, repr: repr(value, 1_000), items: [...items.map(({ json }) => json), ...more] }
    }
    case 'dict':
      return dict(value, inner)
    case 'unknown':
      return value.variable === undefined
        ? { undetermined: value.reason.en }
        : { undetermined: value.reason.en, variable: value.variable }
    case 'object': {
      const state = value.state as Value | undefined
      const shown = value.class === 'pathlib.Path' && state?.type === 'str' ? { value: text(state) } : {}
      return { $type: value.class, repr: repr(value, 1_000), ...shown }
    }
    case 'call':
      return { $type: 'call', repr: repr(value, 1_000), ...passed(value.args, inner) }
    default:
      return { $type: value.type, repr: repr(value, 1_000) }
  }
}

function dict(value: Extract<Value, { type: 'dict' }>, inner: (value: Value) => unknown): unknown {
  const keys = value.entries.map((entry) => plain(entry.key))
  const more = value.rest === undefined ? undefined : { $more: value.rest.reason.en }
  if (keys.every((key) => key !== undefined && !key.startsWith('$') && key !== '__proto__')) {
    const entries = value.entries.map((entry, i) => [keys[i], inner(entry.value)] as const)
    return Object.fromEntries(more === undefined ? entries : [...entries, ['$more', more.$more]])
  }
  const pairs = value.entries.map((entry) => [inner(entry.key), inner(entry.value)])
  return { $dict: more === undefined ? pairs : [...pairs, more] }
}

function text(value: StrValue): unknown {
  const known = plain(value)
  return known ?? { $template: display(value), holes: value.parts.filter(isHole).map((hole) => hole.name) }
}

function isHole(part: Part): part is Exclude<Part, string> {
  return typeof part !== 'string'
}

function passed(args: CallArguments, inner: (value: Value) => unknown): object {
  const keywords = Object.fromEntries([...args.keywords].map(([name, value]) => [name, inner(value)]))
  return { args: args.positional.map(inner), keywords }
}
