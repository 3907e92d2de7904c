import type { Span } from '../contracts/place.ts'
import type { SourceFile } from './tree.ts'

/** A piece of a file's text and what stands there instead. */
export interface Replacement {
  readonly span: Span
  readonly text: string
}

/**
 * The bytes of a file with some pieces of its text replaced. What no piece touches keeps its bytes: the byte order mark,
 * line ends, bytes that are no text in its encoding. Undefined when a new text cannot be said in the file's encoding.
 * @param pieces in order, without overlap
 */
export function splice(source: SourceFile, pieces: readonly Replacement[]): Uint8Array | undefined {
  const parts: Uint8Array[] = []
  let kept = 0
  for (const { span, text } of pieces) {
    const bytes = encoded(source.encoding, text)
    if (bytes === undefined) return undefined
    const start = byteOffset(source, span.start)
    if (start < kept) throw new Error(`pieces of ${source.path} overlap at ${span.start}`)
    parts.push(source.bytes.subarray(kept, start), bytes)
    kept = byteOffset(source, span.end)
  }
  return joined([...parts, source.bytes.subarray(kept)])
}

/** The one piece in which two texts differ, in whole characters; none when they are the same. */
export function difference(before: string, after: string): Replacement[] {
  if (before === after) return []
  let start = 0
  const least = Math.min(before.length, after.length)
  while (start < least && before[start] === after[start]) start++
  if (isHigh(before.charCodeAt(start - 1))) start--
  let tail = 0
  while (tail < least - start && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++
  if (tail > 0 && isLow(before.charCodeAt(before.length - tail))) tail--
  return [{ span: { start, end: before.length - tail }, text: after.slice(start, after.length - tail) }]
}

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff
const isLow = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}

/** A text as UTF-8; a lone surrogate as U+FFFD. Nothing of Node: it runs in a browser too. */
export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

function encoded(encoding: SourceFile['encoding'], text: string): Uint8Array | undefined {
  if (encoding === 'utf-8') return utf8(text)
  const units = Array.from({ length: text.length }, (_, at) => text.charCodeAt(at))
  if (encoding === 'latin-1') return units.some((unit) => unit > 0xff) ? undefined : Uint8Array.from(units)
  const bytes = new Uint8Array(2 * units.length)
  const view = new DataView(bytes.buffer)
  for (const [at, unit] of units.entries()) view.setUint16(2 * at, unit, encoding === 'utf-16le')
  return bytes
}

/** Where the byte of a text offset stands. In UTF-16 a lone surrogate and an odd last byte count one unit, as decoded. */
function byteOffset({ encoding, text, bom, bytes }: SourceFile, offset: number): number {
  if (encoding === 'latin-1') return offset
  if (encoding === 'utf-8') return (bom ? 3 : 0) + utf8(text.slice(0, offset)).length
  return Math.min(bytes.length, 2 + 2 * offset)
}
