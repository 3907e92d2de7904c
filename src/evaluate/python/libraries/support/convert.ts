import { placeKey } from '../../../../contracts/place.ts'
import { list, text } from '../../constructors.ts'
import type { PythonRun } from '../../library.ts'
import { display, plain, type StrValue, type UnknownValue, type Value } from '../../value.ts'

/** Conversions that several models of environment readers share. */

/** A builtin by name, as project code would see it. */
export function builtin(run: PythonRun, name: string): Value {
  return run.attribute(run.importModule('builtins'), name)
}

export function isBuiltin(value: Value | undefined, name: string): boolean {
  return value?.type === 'native' && (value.name === name || value.name === `builtins.${name}`)
}

/** The config var behind a value that is not known, or not wholly. */
export function variableOf(value: Value | undefined): string | undefined {
  if (value?.type === 'unknown') return value.variable
  if (value?.type !== 'str') return undefined
  for (const part of value.parts) if (typeof part !== 'string' && part.variable !== undefined) return part.variable
  return undefined
}

/** Text that depends on what nobody knows. */
export function isOpen(value: Value | undefined): value is StrValue | UnknownValue {
  return value?.type === 'unknown' || (value?.type === 'str' && plain(value) === undefined)
}

/**
 * Whether a text counts as true to a reader that knows a list of words: one question per variable and reader, so that
 * an unknown variable makes two paths and not one per word.
 */
export function readsTrue(run: PythonRun, value: StrValue | UnknownValue, reader: string): boolean {
  const variable = variableOf(value)
  const shown = variable ?? (value.type === 'str' ? display(value) : undefined)
  return run.decide({
    id: shown === undefined ? `opaque:${placeKey(run.at)}` : `${reader}:${shown}`,
    variable,
    opaque: shown === undefined,
    ofText: true,
    yes: { en: `${shown ?? 'a value'} reads as true`, fr: `${shown ?? 'une valeur'} se lit comme vrai` },
    no: { en: `${shown ?? 'a value'} reads as false`, fr: `${shown ?? 'une valeur'} se lit comme faux` },
    first: false,
  })
}

/** `bool` of a text by lists of words, lower-cased; undefined when the text is in neither. */
export function truthWord(known: string, yes: readonly string[], no: readonly string[]): boolean | undefined {
  const word = known.toLowerCase()
  return yes.includes(word) ? true : no.includes(word) ? false : undefined
}

/** `[x for x in value.split(separator) if x]`; the items of a text with holes keep them. */
export function splitItems(run: PythonRun, value: Value, separator = ','): Value {
  const split = run.method(value, 'split', [text(separator, run.at)])
  if (split.type !== 'list') return split
  return list(
    split.items.filter((item) => item.type !== 'str' || item.parts.length > 0),
    run.at,
    split.rest,
  )
}

/** Python's `int` of a known text: undefined when it would raise ValueError. */
export function parseInteger(known: string): bigint | undefined {
  const match = known.trim().match(/^([+-]?)([0-9]+(?:_[0-9]+)*)$/)
  if (match === null) return undefined
  const digits = BigInt((match[2] as string).replaceAll('_', ''))
  return match[1] === '-' ? -digits : digits
}
