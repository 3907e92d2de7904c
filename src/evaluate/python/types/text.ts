import { type Place, placeKey } from '../../../contracts/place.ts'
import type { Hole, Part } from '../../parts.ts'
import { noArguments, normal } from '../constructors.ts'
import { callMethodNamed, findMethod } from '../interpreter/attributes.ts'
import { makeUnknown } from '../interpreter/decisions.ts'
import { here, limits, type Machine } from '../interpreter/machine.ts'
import { isOpaque } from '../interpreter/types.ts'
import type { NativeClass } from '../library.ts'
import { tooLarge } from '../reasons.ts'
import type { InstanceValue, ObjectValue, StrValue, UnknownValue, Value } from '../value.ts'
import { floatText } from './float-text.ts'

/** Joins texts; unknown when the result would be too large. */
export function concat(m: Machine, pieces: readonly (readonly Part[])[], at: Place): StrValue | UnknownValue {
  const parts: Part[] = []
  let length = 0
  for (const piece of pieces) {
    for (const part of piece) {
      length += typeof part === 'string' ? part.length : 1
      parts.push(part)
    }
  }
  if (length > limits.text || parts.length > 4_000) return makeUnknown(m, tooLarge, 'str')
  return { type: 'str', parts: normal(parts), at }
}

export function repeatText(m: Machine, value: StrValue, times: number): StrValue | UnknownValue {
  let length = 0
  for (const part of value.parts) length += typeof part === 'string' ? part.length : 1
  if (length * times > limits.text || value.parts.length * times > 8_000) return makeUnknown(m, tooLarge, 'str')
  const [only] = value.parts
  if (value.parts.length === 1 && typeof only === 'string') {
    return { type: 'str', parts: normal([only.repeat(times)]), at: here(m) }
  }
  const parts: Part[] = []
  for (let i = 0; i < times; i++) parts.push(...value.parts)
  return { type: 'str', parts: normal(parts), at: here(m) }
}

const holesKey = 'holes of unknown values'

/** A text nobody knows as a part of a longer one. One unknown value is one hole, whatever it is put into. */
export function toHole(m: Machine, value: Value): Hole {
  let holes = m.memory.get(holesKey) as
    | { readonly of: Map<Value, Hole>; readonly used: Map<string, number> }
    | undefined
  if (holes === undefined) {
    holes = { of: new Map(), used: new Map() }
    m.memory.set(holesKey, holes)
  }
  const known = holes.of.get(value)
  if (known !== undefined) return known
  const base = placeKey(value.at)
  const count = (holes.used.get(base) ?? 0) + 1
  holes.used.set(base, count)
  const name = count === 1 ? base : `${base}#${count}`
  const variable = value.type === 'unknown' ? value.variable : undefined
  const hole: Hole = { name, variable, chars: 'any', nonEmpty: value.type === 'unknown' && value.of === 'int' }
  const owned = value.type === 'unknown' && value.own !== undefined ? { ...hole, own: value.own } : hole
  holes.of.set(value, owned)
  return owned
}

/** `str(value)`. */
export function toText(m: Machine, value: Value): StrValue | UnknownValue {
  switch (value.type) {
    case 'str':
      return value
    case 'object': {
      const made = (value.model as NativeClass).str?.(m, value)
      if (made !== undefined) return made
      const args = value.attributes.get('args')
      if (args?.type === 'tuple') return exceptionText(m, args.items, value.class === 'KeyError')
      return hidden(m, value)
    }
    case 'instance':
      return instanceText(m, value, ['__str__', '__repr__'])
    default:
      return isOpaque(value) ? hidden(m, value) : reprText(m, value)
  }
}

function exceptionText(m: Machine, args: readonly Value[], isKey = false): StrValue | UnknownValue {
  const [only] = args
  if (only === undefined) return { type: 'str', parts: [], at: here(m) }
  if (args.length === 1) return isKey ? reprText(m, only) : toText(m, only)
  return reprText(m, { type: 'tuple', items: args, rest: undefined, at: here(m) })
}

function hidden(m: Machine, value: ObjectValue | Value): StrValue {
  return { type: 'str', parts: [toHole(m, value)], at: here(m) }
}

function instanceText(m: Machine, value: InstanceValue, names: readonly string[]): StrValue | UnknownValue {
  for (const name of names) {
    const method = findMethod(value, name)
    if (method === undefined) continue
    const made = callMethodNamed(m, value, method, noArguments)
    if (made.type === 'str' || made.type === 'unknown') return made
  }
  const args = value.attributes.get('args')?.value
  if (args?.type === 'tuple') return exceptionText(m, args.items)
  return hidden(m, value)
}

/** `repr(value)`. */
export function reprText(m: Machine, value: Value, { ascii = false } = {}): StrValue | UnknownValue {
  const parts = reprParts(m, value, 0)
  return concat(m, [ascii ? parts.map(inAscii) : parts], here(m))
}

/** `!r`, `!s` or `!a` of a field. */
export function converted(m: Machine, value: Value, conversion: string): StrValue | UnknownValue {
  return conversion === 's' ? toText(m, value) : reprText(m, value, { ascii: conversion === 'a' })
}

/** `ascii()`: what `repr` writes, other characters as escapes. */
function inAscii(part: Part): Part {
  if (typeof part !== 'string') return part
  return part.replace(/\P{ASCII}/gu, (c) => {
    const code = c.codePointAt(0) as number
    const [letter, length] = code < 0x100 ? ['x', 2] : code < 0x10000 ? ['u', 4] : ['U', 8]
    return `\\${letter}${code.toString(16).padStart(length as number, '0')}`
  })
}

function reprParts(m: Machine, value: Value, depth: number): readonly Part[] {
  if (depth > 30) return ['...']
  const inner = (v: Value): readonly Part[] => reprParts(m, v, depth + 1)
  switch (value.type) {
    case 'none':
      return ['None']
    case 'ellipsis':
      return ['Ellipsis']
    case 'bool':
      return [value.value ? 'True' : 'False']
    case 'int':
      return [value.value.toString()]
    case 'float':
      return [floatText(value.value)]
    case 'str':
      return quote(value.parts)
    case 'bytes':
      return [bytesText(value.value)]
    case 'list':
      return value.rest === undefined ? ['[', ...commas(value.items.map(inner)), ']'] : [toHole(m, value)]
    case 'tuple':
      if (value.rest !== undefined) return [toHole(m, value)]
      return ['(', ...commas(value.items.map(inner)), value.items.length === 1 ? ',)' : ')']
    case 'set':
      if (value.rest !== undefined || value.items.length !== 1) return [toHole(m, value)]
      return ['{', ...commas(value.items.map(inner)), '}']
    case 'dict':
      if (value.rest !== undefined) return [toHole(m, value)]
      return ['{', ...commas(value.entries.map((e) => [...inner(e.key), ': ', ...inner(e.value)])), '}']
    case 'class':
      return [`<class '${value.module.name}.${value.name}'>`]
    case 'instance': {
      const made = instanceText(m, value, ['__repr__'])
      return made.type === 'str' ? made.parts : [toHole(m, made)]
    }
    default:
      return [toHole(m, value)]
  }
}

function commas(pieces: readonly (readonly Part[])[]): Part[] {
  const out: Part[] = []
  pieces.forEach((piece, i) => {
    if (i > 0) out.push(', ')
    out.push(...piece)
  })
  return out
}

/** `repr` of bytes. */
export function bytesText(value: string): string {
  const mark = value.includes("'") && !value.includes('"') ? '"' : "'"
  const escaped = value
    .replace(/[\n\r\t\\]/g, (c) => escapes[c] as string)
    .replace(/[^ -~]/g, (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`)
  return `b${mark}${escaped.replaceAll(mark, `\\${mark}`)}${mark}`
}

const escapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\\': '\\\\' }

function quote(parts: readonly Part[]): readonly Part[] {
  const known = parts.filter((part) => typeof part === 'string').join('')
  const mark = known.includes("'") && !known.includes('"') ? '"' : "'"
  const escaped = parts.map((part) =>
    typeof part === 'string'
      ? part.replace(/[\n\r\t\\]/g, (c) => escapes[c] as string).replaceAll(mark, `\\${mark}`)
      : part,
  )
  return normal([mark, ...escaped, mark])
}
