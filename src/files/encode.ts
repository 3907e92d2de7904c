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
  return Buffer.concat([...parts, source.bytes.subarray(kept)])
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

function encoded(encoding: SourceFile['encoding'], text: string): Uint8Array | undefined {
  if (encoding === 'utf-8') return Buffer.from(text, 'utf8')
  if (encoding === 'latin-1') {
    for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0xff) return undefined
    return Buffer.from(text, 'latin1')
  }
  const bytes = Buffer.from(text, 'utf16le')
  return encoding === 'utf-16be' ? bytes.swap16() : bytes
}

/** Where the byte of a text offset stands. In UTF-16 a lone surrogate and an odd last byte count one unit, as decoded. */
function byteOffset({ encoding, text, bom, bytes }: SourceFile, offset: number): number {
  if (encoding === 'latin-1') return offset
  if (encoding === 'utf-8') return (bom ? 3 : 0) + Buffer.byteLength(text.slice(0, offset), 'utf8')
  return Math.min(bytes.length, 2 + 2 * offset)
}
