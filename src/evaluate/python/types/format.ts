import { text } from '../constructors.ts'
import { numberOf } from '../equality.ts'
import { makeUnknown } from '../interpreter/decisions.ts'
import { here, limits, type Machine } from '../interpreter/machine.ts'
import { raise } from '../interpreter/raising.ts'
import { typeName } from '../interpreter/types.ts'
import { notSupported, tooLarge } from '../reasons.ts'
import { plain, type StrValue, type UnknownValue, type Value } from '../value.ts'
import { toHole, toText } from './text.ts'

/** `format(value, spec)`: what f-strings and `str.format` do with a field. */
export function formatValue(m: Machine, value: Value, spec: string): StrValue | UnknownValue {
  if (spec === '' || (spec === 's' && value.type === 'str')) return toText(m, value)
  const number = numberOf(value)
  const known = value.type === 'str' ? plain(value) : undefined
  if (number === undefined && known === undefined) {
    if (value.type === 'none' || value.type === 'list' || value.type === 'dict' || value.type === 'tuple') {
      return raise(m, 'TypeError', `unsupported format string passed to ${typeName(value)}.__format__`)
    }
    return { type: 'str', parts: [toHole(m, value)], at: here(m) }
  }
  const parsed = /^(?:(.)?([<>=^]))?([+\- ])?(#)?(0)?(\d+)?([,_])?(?:\.(\d+))?([a-zA-Z%])?$/su.exec(spec)
  if (parsed === null) {
    if (number === undefined) return raise(m, 'ValueError', `Invalid format specifier '${spec}'`)
    return makeUnknown(m, notSupported(`format(…, "${spec}")`), 'str')
  }
  const [, fill, align, sign, alternate, zero, widthText, grouping, precisionText, type] = parsed
  const width = Number(widthText ?? 0)
  const precision = precisionText === undefined ? undefined : Number(precisionText)
  if (width > limits.text || (precision ?? 0) > 1000) return makeUnknown(m, tooLarge, 'str')
  if (number === undefined) {
    const shown = precision === undefined ? (known as string) : (known as string).slice(0, precision)
    return text(pad(shown, width, align ?? '<', fill ?? (zero === undefined ? ' ' : '0')), here(m))
  }
  const digits = formatNumber(number, type, precision, alternate !== undefined)
  if (digits === undefined) return makeUnknown(m, notSupported(`format(…, "${spec}")`), 'str')
  const negative = digits.startsWith('-')
  const body = grouping === undefined ? digits.replace(/^-/, '') : group(digits.replace(/^-/, ''), grouping)
  const mark = negative ? '-' : sign === '+' ? '+' : sign === ' ' ? ' ' : ''
  if (zero !== undefined && align === undefined) {
    return text(mark + body.padStart(width - mark.length, '0'), here(m))
  }
  if (align === '=') return text(mark + body.padStart(width - mark.length, fill ?? ' '), here(m))
  return text(pad(mark + body, width, align ?? '>', fill ?? ' '), here(m))
}

function pad(shown: string, width: number, align: string, fill: string): string {
  if (align === '<') return shown.padEnd(width, fill)
  if (align === '^')
    return shown.padStart(shown.length + Math.floor((width - shown.length) / 2), fill).padEnd(width, fill)
  return shown.padStart(width, fill)
}

function formatNumber(
  number: number | bigint,
  type: string | undefined,
  precision: number | undefined,
  alternate: boolean,
): string | undefined {
  const whole = typeof number === 'bigint' ? number : undefined
  switch (type) {
    case undefined:
    case 'd':
    case 'n':
      if (whole !== undefined) return whole.toString()
      return type === undefined && precision === undefined ? String(number) : undefined
    case 'x':
    case 'X':
    case 'o':
    case 'b': {
      if (whole === undefined) return undefined
      const base = type === 'o' ? 8 : type === 'b' ? 2 : 16
      const shown = (whole < 0n ? -whole : whole).toString(base)
      const prefixed = (alternate ? `0${type.toLowerCase()}` : '') + shown
      return (whole < 0n ? '-' : '') + (type === 'X' ? prefixed.toUpperCase() : prefixed)
    }
    case 'f':
    case 'F':
      return Number(number).toFixed(Math.min(precision ?? 6, 100))
    case '%':
      return `${(Number(number) * 100).toFixed(Math.min(precision ?? 6, 100))}%`
    case 'e':
      return Number(number)
        .toExponential(precision ?? 6)
        .replace(/e([+-])(\d)$/, 'e$10$2')
    case 's':
      return undefined
    default:
      return undefined
  }
}

function group(digits: string, mark: string): string {
  const [whole, rest] = digits.split('.') as [string, string | undefined]
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, mark)
  return rest === undefined ? grouped : `${grouped}.${rest}`
}

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
      const field = /^([^!:]*)(?:!([sra]))?(?::(.*))?$/s.exec(template.slice(i + 1, j - 1))
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
