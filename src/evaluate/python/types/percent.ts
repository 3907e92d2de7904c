import type { Part } from '../../parts.ts'
import { int, text } from '../constructors.ts'
import { numberOf } from '../equality.ts'
import { makeUnknown } from '../interpreter/decisions.ts'
import { here, type Machine } from '../interpreter/machine.ts'
import { raise } from '../interpreter/raising.ts'
import { isOpaque, typeName } from '../interpreter/types.ts'
import { notSupported, unknownKey } from '../reasons.ts'
import { plain, type StrValue, type UnknownValue, type Value } from '../value.ts'
import { lookUp } from './dict.ts'
import { formatValue } from './format.ts'
import { wholePart } from './number.ts'
import { concat, reprText, toHole, toText } from './text.ts'

const directive = /%(?:\(([^)]*)\))?([#0\- +]*)(\d+|\*)?(?:\.(\d+|\*))?[hlL]?(.)/gs

/** `template % values`. */
export function percent(m: Machine, template: StrValue, values: Value): StrValue | UnknownValue {
  const pieces: (readonly Part[])[] = []
  const state = { next: 0 }
  for (const part of template.parts) {
    if (typeof part !== 'string') {
      // A directive could stand in a hole; no setting does that.
      pieces.push([part])
      continue
    }
    let end = 0
    const isLast = part === template.parts.at(-1)
    for (const match of part.matchAll(directive)) {
      pieces.push([part.slice(end, match.index)])
      end = match.index + match[0].length
      if (match[3] === '*' || match[4] === '*') return makeUnknown(m, notSupported(match[0]), 'str')
      if (match[5] === '%') pieces.push(['%'])
      else {
        const value = argument(m, values, match[1], state)
        pieces.push(formatted(m, value, match).parts)
      }
    }
    const left = part.slice(end)
    if (isLast && left.includes('%')) return raise(m, 'ValueError', 'incomplete format')
    pieces.push([left])
  }
  if (leavesSome(template, values, state.next)) {
    return raise(m, 'TypeError', 'not all arguments converted during string formatting')
  }
  return concat(m, pieces, here(m))
}

/** Whether a value is left over. What can be asked for keys (a dict, a list) may go unused; a text may not. */
function leavesSome(template: StrValue, values: Value, taken: number): boolean {
  if (values.type === 'tuple') return values.rest === undefined && taken !== values.items.length
  const isScalar = numberOf(values) !== undefined || ['none', 'set', 'str', 'ellipsis'].includes(values.type)
  return isScalar && taken === 0 && template.parts.every((part) => typeof part === 'string')
}

function argument(m: Machine, values: Value, key: string | undefined, state: { next: number }): Value {
  if (key !== undefined) {
    if (values.type === 'unknown') return values
    if (['tuple', 'str', 'none', 'set'].includes(values.type) || numberOf(values) !== undefined) {
      return raise(m, 'TypeError', 'format requires a mapping')
    }
    if (values.type !== 'dict') return m.item(values, { type: 'str', parts: key === '' ? [] : [key], at: here(m) })
    const found = lookUp(values, { type: 'str', parts: key === '' ? [] : [key], at: here(m) })
    if (found === 'open') return makeUnknown(m, unknownKey)
    return found?.value ?? raise(m, 'KeyError', `'${key}'`)
  }
  if (values.type !== 'tuple') {
    if (state.next++ > 0) raise(m, 'TypeError', 'not enough arguments for format string')
    return values
  }
  const value = values.items[state.next++]
  if (value !== undefined) return value
  if (values.rest !== undefined) return values.rest
  return raise(m, 'TypeError', 'not enough arguments for format string')
}

/** One directive with its value: https://docs.python.org/3.12/library/stdtypes.html#printf-style-string-formatting */
function formatted(m: Machine, value: Value, match: RegExpMatchArray): StrValue {
  const [directive, , flags = '', width = '', precision, type = ''] = match
  if (!'sradiouxXeEfFgGc'.includes(type)) {
    return raise(m, 'ValueError', `unsupported format character '${type}' (0x${type.codePointAt(0)?.toString(16)})`)
  }
  if (type === 'c') return character(m, value, flags, width)
  const isText = 'sra'.includes(type)
  const shown = isText
    ? type === 's'
      ? toText(m, value)
      : reprText(m, value, { ascii: type === 'a' })
    : number(m, value, type)
  if (shown.type === 'str' && width === '' && precision === undefined) return shown
  const left = flags.includes('-')
  const sign = isText ? '' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : ''
  const zero = !isText && !left && flags.includes('0') ? '0' : ''
  const align = width === '' || zero !== '' ? '' : left ? '<' : '>'
  const alternate = !isText && flags.includes('#') ? '#' : ''
  // `%.3d` asks for three digits, which a specification of `format` cannot say.
  if (shown.type === 'int' && precision !== undefined) {
    return holding(m, makeUnknown(m, notSupported(directive), 'str'))
  }
  const letter = isText ? '' : 'diu'.includes(type) ? 'd' : type
  const digits = precision === undefined ? '' : `.${precision}`
  return holding(m, formatValue(m, shown, `${align}${sign}${alternate}${zero}${width}${digits}${letter}`))
}

function holding(m: Machine, made: StrValue | UnknownValue): StrValue {
  return made.type === 'str' ? made : { type: 'str', parts: [toHole(m, made)], at: here(m) }
}

/** What a directive for numbers takes: `%d` the whole part, `%x` ints alone, `%f` any number. */
function number(m: Machine, value: Value, type: string): Value {
  const given = numberOf(value)
  if (given === undefined) {
    if (isOpaque(value) || value.type === 'object' || value.type === 'instance') return value
    const needs = 'oxX'.includes(type) ? 'an integer is required' : 'a real number is required'
    return raise(
      m,
      'TypeError',
      `${'eEfFgG'.includes(type) ? 'must be real number' : `%${type} format: ${needs}`}, not ${typeName(value)}`,
    )
  }
  if ('diu'.includes(type)) return int(typeof given === 'bigint' ? given : wholePart(m, given), here(m))
  if ('oxX'.includes(type)) {
    if (typeof given === 'bigint') return int(given, here(m))
    return raise(m, 'TypeError', `%${type} format: an integer is required, not float`)
  }
  return { type: 'float', value: Number(given), at: here(m) }
}

function character(m: Machine, value: Value, flags: string, width: string): StrValue {
  const code = numberOf(value)
  const known = plain(value)
  if (typeof code === 'number' || (known !== undefined && [...known].length !== 1) || hasNoCharacter.has(value.type)) {
    return raise(m, 'TypeError', '%c requires int or char')
  }
  if (code === undefined && known === undefined) return { type: 'str', parts: [toHole(m, value)], at: here(m) }
  if (code !== undefined && (code < 0n || code >= 0x110000n)) {
    return raise(m, 'OverflowError', '%c arg not in range(0x110000)')
  }
  const shown = text(code === undefined ? (known as string) : String.fromCodePoint(Number(code)), here(m))
  return width === '' ? shown : holding(m, formatValue(m, shown, `${flags.includes('-') ? '<' : '>'}${width}`))
}

const hasNoCharacter: ReadonlySet<Value['type']> = new Set(['none', 'list', 'dict', 'tuple', 'set', 'bytes'])
