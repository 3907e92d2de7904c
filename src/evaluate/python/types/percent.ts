import type { Part } from '../../parts.ts'
import { makeUnknown } from '../interpreter/decisions.ts'
import { here, type Machine } from '../interpreter/machine.ts'
import { raise } from '../interpreter/raising.ts'
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
    for (const match of part.matchAll(directive)) {
      pieces.push([part.slice(end, match.index)])
      end = match.index + match[0].length
      if (match[5] === '%') pieces.push(['%'])
      else {
        const value = argument(m, values, match[1], state)
        pieces.push(formatted(m, value, match).parts)
      }
    }
    pieces.push([part.slice(end)])
  }
  const taken = values.type === 'tuple' ? state.next : undefined
  if (values.type === 'tuple' && values.rest === undefined && taken !== values.items.length && taken !== undefined) {
    return raise(m, 'TypeError', 'not all arguments converted during string formatting')
  }
  return concat(m, pieces, here(m))
}

function argument(m: Machine, values: Value, key: string | undefined, state: { next: number }): Value {
  if (key !== undefined) {
    if (values.type === 'unknown') return values
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

function formatted(m: Machine, value: Value, match: RegExpMatchArray): StrValue {
  const [, , flags = '', width = '', precision, type = ''] = match
  const shown =
    type === 'r' || type === 'a'
      ? reprText(m, value)
      : type === 's'
        ? toText(m, value)
        : 'diouxXeEfFgGc'.includes(type)
          ? value
          : makeUnknown(m, notSupported(match[0]), 'str')
  if (shown.type === 'str' && width === '' && precision === undefined) return shown
  const align = flags.includes('-') ? '<' : flags.includes('0') ? '' : '>'
  const zero = flags.includes('0') && !flags.includes('-') ? '0' : ''
  const sign = flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : ''
  const letter = type === 'i' || type === 'u' ? 'd' : 'sra'.includes(type) ? '' : type
  const number =
    shown.type === 'float' && letter === 'd'
      ? { ...shown, type: 'int' as const, value: wholePart(m, shown.value) }
      : shown
  if (letter !== '' && (number.type === 'str' || number.type === 'none')) {
    const hasHoles = number.type === 'str' && plain(number) === undefined
    if (!hasHoles) raise(m, 'TypeError', `%${type} format: a real number is required`)
  }
  const spec = `${zero === '' && width !== '' ? align : ''}${sign}${zero}${width}${precision === undefined ? '' : `.${precision}`}${letter}`
  const made = formatValue(m, number, letter === 'd' && spec === 'd' && number.type === 'bool' ? 'd' : spec)
  return made.type === 'str' ? made : { type: 'str', parts: [toHole(m, made)], at: here(m) }
}
