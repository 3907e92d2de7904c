import { text } from '../constructors.ts'
import { numberOf } from '../equality.ts'
import { makeUnknown } from '../interpreter/decisions.ts'
import { here, type Machine } from '../interpreter/machine.ts'
import { raise } from '../interpreter/raising.ts'
import { typeName } from '../interpreter/types.ts'
import { notSupported } from '../reasons.ts'
import { plain, type StrValue, type UnknownValue, type Value } from '../value.ts'
import { formatPlain } from './format-spec.ts'
import { toHole, toText } from './text.ts'

/** `format(value, spec)`: what f-strings and `str.format` do with a field. */
export function formatValue(m: Machine, value: Value, spec: string): StrValue | UnknownValue {
  if (spec === '' || (spec === 's' && value.type === 'str')) return toText(m, value)
  const known = value.type === 'str' ? plain(value) : numberOf(value)
  if (known === undefined) {
    if (hasNoFormat.has(value.type)) {
      return raise(m, 'TypeError', `unsupported format string passed to ${typeName(value)}.__format__`)
    }
    return { type: 'str', parts: [toHole(m, value)], at: here(m) }
  }
  const made = formatPlain(known, spec)
  if (made === undefined) return makeUnknown(m, notSupported(`format(…, "${spec}")`), 'str')
  return typeof made === 'string' ? text(made, here(m)) : raise(m, made.exception, made.message)
}

/** Types whose `__format__` is the one of `object`, which takes no specification. */
const hasNoFormat: ReadonlySet<Value['type']> = new Set([
  'none', 'list', 'dict', 'tuple', 'set', 'bytes', 'ellipsis', 'function', 'method', 'module', 'class',
]) // biome-ignore format: a list of words

type Field =
  | { readonly literal: string }
  | { readonly name: string; readonly conversion: string; readonly spec: string }

/** Splits a format string into literal text and fields; undefined when Python would refuse it. */
export function formatFields(template: string): readonly Field[] | undefined {
  const out: Field[] = []
  let literal = ''
  let i = 0
  while (i < template.length) {
    const c = template[i]
    if ((c === '{' || c === '}') && template[i + 1] === c) {
      literal += c
      i += 2
    } else if (c === '}') return undefined
    else if (c === '{') {
      let depth = 1
      let j = i + 1
      while (j < template.length && depth > 0) {
        if (template[j] === '{') depth++
        else if (template[j] === '}') depth--
        j++
      }
      if (depth > 0) return undefined
      if (literal !== '') out.push({ literal })
      literal = ''
      const field = /^([^!:[]*(?:\[[^\]]*\][^!:[]*)*)(?:!([^:]))?(?::(.*))?$/s.exec(template.slice(i + 1, j - 1))
      if (field === null) return undefined
      out.push({ name: field[1] ?? '', conversion: field[2] ?? '', spec: field[3] ?? '' })
      i = j
    } else {
      literal += c
      i++
    }
  }
  if (literal !== '') out.push({ literal })
  return out
}
