import type { Hole, Part } from '../../parts.ts'
import { int, list, normal, text, tuple } from '../constructors.ts'
import { makeUnknown } from '../interpreter/decisions.ts'
import { here, type Machine } from '../interpreter/machine.ts'
import { raise } from '../interpreter/raising.ts'
import { notModelled } from '../reasons.ts'
import { type CallArguments, plain, type StrValue, type UnknownValue, type Value } from '../value.ts'
import { countOf } from './number.ts'
import { mayTouchHole } from './parts.ts'

/** Methods of `str` that cut a text into pieces. */

export type StrMethod = (m: Machine, self: StrValue, args: CallArguments) => Value

/** The first part of a text that is not known. */
export function holeOf(self: StrValue): Hole | undefined {
  return self.parts.find((part): part is Hole => typeof part !== 'string')
}

/** What a method gives when it cannot be told from the known parts. */
export function unknownText(m: Machine, self: StrValue, name: string): UnknownValue {
  return makeUnknown(m, notModelled(`str.${name}()`), 'str', holeOf(self)?.variable)
}

export function split(fromRight: boolean): StrMethod {
  return (m, self, args) => {
    const given = args.positional[0] ?? args.keywords.get('sep')
    const limit = countOf(m, args.positional[1] ?? args.keywords.get('maxsplit') ?? int(-1, self.at))
    const at = here(m)
    const separator = given === undefined || given.type === 'none' ? undefined : plain(given)
    if (separator === '') return raise(m, 'ValueError', 'empty separator')
    const known = plain(self)
    const unknownItems = (): Value =>
      list([], at, makeUnknown(m, notModelled(`${holeOf(self)?.name ?? 'str'}.split()`), 'str', holeOf(self)?.variable))
    if (limit === undefined) return unknownItems()
    const most = limit < 0 ? Number.POSITIVE_INFINITY : limit
    if (separator === undefined) {
      if (known === undefined || (given !== undefined && given.type !== 'none')) return unknownItems()
      const words = splitWords(known, most, fromRight).map((word) => text(word, at))
      return list(words, at)
    }
    if (known === undefined && mayTouchHole(self.parts, separator)) return unknownItems()
    const pieces = splitParts(self.parts, separator)
    return list(
      limited(pieces, most, fromRight, separator).map((parts) => ({ type: 'str', parts, at })),
      at,
    )
  }
}

/** `split()` without a separator: words between runs of white space, the surplus left as it is. */
function splitWords(known: string, most: number, fromRight: boolean): readonly string[] {
  const words = [...known.matchAll(/\S+/g)]
  if (words.length === 0) return []
  if (words.length <= most) return words.map(([word]) => word)
  if (fromRight) {
    const cut = words[words.length - most - 1] as RegExpExecArray
    const head = known.slice(0, cut.index + cut[0].length)
    return [head, ...words.slice(words.length - most).map(([word]) => word)]
  }
  const cut = words[most] as RegExpExecArray
  return [...words.slice(0, most).map(([word]) => word), known.slice(cut.index)]
}

/** The pieces between occurrences of a separator that no hole can hold. */
function splitParts(parts: readonly Part[], separator: string): (readonly Part[])[] {
  const out: Part[][] = [[]]
  for (const part of parts) {
    if (typeof part !== 'string') {
      ;(out[out.length - 1] as Part[]).push(part)
      continue
    }
    part.split(separator).forEach((piece, i) => {
      if (i > 0) out.push([])
      ;(out[out.length - 1] as Part[]).push(piece)
    })
  }
  return out.map(normal)
}

function limited(
  pieces: readonly (readonly Part[])[],
  most: number,
  fromRight: boolean,
  separator: string,
): readonly (readonly Part[])[] {
  if (pieces.length - 1 <= most) return pieces
  const join = (some: readonly (readonly Part[])[]): readonly Part[] =>
    normal(some.flatMap((piece, i) => (i === 0 ? piece : [separator, ...piece])))
  if (fromRight) {
    const cut = pieces.length - most
    return [join(pieces.slice(0, cut)), ...pieces.slice(cut)]
  }
  return [...pieces.slice(0, most), join(pieces.slice(most))]
}

export function partition(fromRight: boolean): StrMethod {
  return (m, self, args) => {
    const at = here(m)
    const separator = plain(args.positional[0])
    const unknownPart = (): Value => unknownText(m, self, 'partition')
    if (separator === undefined) return tuple([unknownPart(), unknownPart(), unknownPart()], at)
    if (separator === '') return raise(m, 'ValueError', 'empty separator')
    const asText = (parts: readonly Part[]): Value => ({ type: 'str', parts: normal(parts), at })
    if (plain(self) === undefined && mayTouchHole(self.parts, separator)) {
      return tuple([unknownPart(), unknownPart(), unknownPart()], at)
    }
    const pieces = limited(splitParts(self.parts, separator), 1, fromRight, separator)
    const [before, after] = pieces
    if (after === undefined) {
      return tuple(fromRight ? [asText([]), asText([]), self] : [self, asText([]), asText([])], at)
    }
    return tuple([asText(before ?? []), asText([separator]), asText(after)], at)
  }
}
