import { bool, dict, float, int, list, none, text } from '../../constructors.ts'
import type { PythonRun } from '../../library.ts'
import { type DictEntry, plain, type Value } from '../../value.ts'

/** Python values of JSON text; undefined when Python's `json.loads` would raise. Keeps integers of any size and key order. */
export function parseJson(run: PythonRun, source: string): Value | undefined {
  let at = 0
  const { at: place } = run
  const skip = (): void => {
    while (at < source.length && ' \t\n\r'.includes(source[at] as string)) at++
  }
  const fail = Symbol('fail')
  const words: Readonly<Record<string, () => Value>> = {
    null: () => none(place),
    true: () => bool(true, place),
    false: () => bool(false, place),
    NaN: () => float(Number.NaN, place),
    Infinity: () => float(Number.POSITIVE_INFINITY, place),
    '-Infinity': () => float(Number.NEGATIVE_INFINITY, place),
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: JSON allows none in strings
  const match = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y
  const number = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/y
  const string = (): string => {
    match.lastIndex = at
    const found = match.exec(source)?.[0]
    if (found === undefined) throw fail
    at += found.length
    return JSON.parse(found) as string
  }
  const value = (depth: number): Value => {
    if (depth > 100) throw fail
    skip()
    const next = source[at]
    if (next === '"') return text(string(), place)
    if (next === '[') {
      at++
      const items: Value[] = []
      skip()
      if (source[at] === ']') at++
      else {
        for (;;) {
          items.push(value(depth + 1))
          skip()
          const end = source[at++]
          if (end === ']') break
          if (end !== ',') throw fail
        }
      }
      return list(items, place)
    }
    if (next === '{') {
      at++
      const entries = new Map<string, DictEntry>()
      skip()
      if (source[at] === '}') at++
      else {
        for (;;) {
          skip()
          const key = string()
          skip()
          if (source[at++] !== ':') throw fail
          entries.set(key, { key: text(key, place), value: value(depth + 1), at: place })
          skip()
          const end = source[at++]
          if (end === '}') break
          if (end !== ',') throw fail
        }
      }
      return dict([...entries.values()], place)
    }
    number.lastIndex = at
    const found = number.exec(source)
    if (found !== null && !source.startsWith('-Infinity', at)) {
      at += found[0].length
      return found[1] === undefined && found[2] === undefined
        ? int(BigInt(found[0]), place)
        : float(Number(found[0]), place)
    }
    for (const [word, make] of Object.entries(words)) {
      if (!source.startsWith(word, at)) continue
      at += word.length
      return make()
    }
    throw fail
  }
  try {
    const result = value(0)
    skip()
    return at === source.length ? result : undefined
  } catch (error) {
    if (error !== fail) throw error
    return undefined
  }
}

export interface JsonLayout {
  readonly indent: string | undefined
  readonly itemSeparator: string
  readonly keySeparator: string
  readonly sortKeys: boolean
  readonly ascii: boolean
}

/** JSON text of a value as `json.dumps` writes it; undefined when some part is not known or not serialisable. */
export function toJsonText(value: Value, layout: JsonLayout, level = 0): string | undefined {
  switch (value.type) {
    case 'none':
      return 'null'
    case 'bool':
      return String(value.value)
    case 'int':
      return String(value.value)
    case 'float':
      return floatText(value.value)
    case 'str': {
      const known = plain(value)
      return known === undefined ? undefined : quoteJson(known, layout.ascii)
    }
    case 'list':
    case 'tuple': {
      if (value.rest !== undefined) return undefined
      const items = value.items.map((item) => toJsonText(item, layout, level + 1))
      return items.includes(undefined) ? undefined : wrap('[', ']', items as string[], layout, level)
    }
    case 'dict': {
      if (value.rest !== undefined) return undefined
      // Python sorts the keys before they are texts, and refuses to compare some.
      if (layout.sortKeys && value.entries.some(({ key }) => key.type !== 'str')) return undefined
      const pairs: [string, string][] = []
      for (const entry of value.entries) {
        const key = keyText(entry.key)
        const item = toJsonText(entry.value, layout, level + 1)
        if (key === undefined || item === undefined) return undefined
        pairs.push([key, quoteJson(key, layout.ascii) + layout.keySeparator + item])
      }
      if (layout.sortKeys) pairs.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      return wrap(
        '{',
        '}',
        pairs.map(([, pair]) => pair),
        layout,
        level,
      )
    }
    default:
      return undefined
  }
}

function wrap(open: string, close: string, items: readonly string[], layout: JsonLayout, level: number): string {
  if (items.length === 0) return open + close
  if (layout.indent === undefined) return open + items.join(layout.itemSeparator) + close
  const inner = '\n' + layout.indent.repeat(level + 1)
  const separator = layout.itemSeparator.trimEnd() + inner
  return open + inner + items.join(separator) + '\n' + layout.indent.repeat(level) + close
}

function keyText(key: Value): string | undefined {
  if (key.type === 'str') return plain(key)
  if (key.type === 'int' || key.type === 'bool') return String(key.value)
  return key.type === 'none' ? 'null' : undefined
}

function quoteJson(known: string, ascii: boolean): string {
  const quoted = JSON.stringify(known)
  if (!ascii) return quoted
  return quoted.replace(/[\u007f-\uffff]/g, (c) => '\\u' + c.charCodeAt(0).toString(16).padStart(4, '0'))
}

/** Python's `repr` of a float. */
export function floatText(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity'
  const shortest = Object.is(value, -0) ? '-0' : String(value)
  const exponent = shortest.match(/^(-?[0-9.]+)e([+-])([0-9]+)$/)
  if (exponent !== null) return `${exponent[1]}e${exponent[2]}${(exponent[3] as string).padStart(2, '0')}`
  const magnitude = Math.abs(value)
  if (magnitude !== 0 && magnitude >= 1e16) {
    const [mantissa, power] = value.toExponential().split('e+')
    return `${mantissa}e+${(power as string).padStart(2, '0')}`
  }
  if (magnitude !== 0 && magnitude < 1e-4) {
    const [mantissa, power] = value.toExponential().split('e-')
    return `${mantissa}e-${(power as string).padStart(2, '0')}`
  }
  return Number.isInteger(value) ? shortest + '.0' : shortest
}
