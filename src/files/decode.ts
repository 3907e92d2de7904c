import type { Problem } from '../contracts/place.ts'
import type { Text } from '../contracts/text.ts'
import type { SourceFile } from './tree.ts'

const undecodable: Text = {
  en: 'bytes that are not valid UTF-8',
  fr: 'des octets qui ne sont pas de l’UTF-8 valide',
}

/**
 * Decodes as pip does (`pip._internal.utils.encoding`, and Python for source without a cookie): a byte order mark
 * decides (UTF-8, UTF-16), else UTF-8. Bytes that are not UTF-8 are read as latin-1, so that offsets stay meaningful,
 * and reported as a problem at the first bad place.
 */
export function decode(path: string, bytes: Uint8Array): SourceFile {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return utf16(path, bytes, 'utf-16le')
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return utf16(path, bytes, 'utf-16be')
  const bom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return { path, text, encoding: 'utf-8', bom, bytes, problems: [] }
  } catch {
    const text = latin1(bytes)
    return { path, text, encoding: 'latin-1', bom: false, bytes, problems: [problemAt(firstInvalid(bytes))] }
  }
}

/** Each byte is a character; what browsers call latin-1 is not. */
export function latin1(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192))
  return text
}

function utf16(path: string, bytes: Uint8Array, encoding: 'utf-16le' | 'utf-16be'): SourceFile {
  const text = new TextDecoder(encoding).decode(bytes)
  const odd = bytes.length % 2 === 1
  const problems = odd ? [problemAt(Math.max(0, text.length - 1))] : []
  return { path, text, encoding, bom: true, bytes, problems }
}

function problemAt(offset: number): Problem {
  return { span: { start: offset, end: offset + 1 }, message: undecodable }
}

/** Offset of the first byte that does not belong to UTF-8: where a lenient decoder puts U+FFFD that is not written out. */
function firstInvalid(bytes: Uint8Array): number {
  const lenient = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
  let from = 0
  let offset = 0
  for (;;) {
    const at = lenient.indexOf('\ufffd', from)
    if (at < 0) return offset
    offset += new TextEncoder().encode(lenient.slice(from, at)).length
    const written = bytes[offset] === 0xef && bytes[offset + 1] === 0xbf && bytes[offset + 2] === 0xbd
    if (!written) return offset
    offset += 3
    from = at + 1
  }
}

/** What a file holds: its text, or that it is none. */
export function decodeFile(path: string, bytes: Uint8Array): SourceFile | 'binary' {
  // A NUL makes no image of a module: Python imports it by its name, and refuses it.
  return !path.endsWith('.py') && looksBinary(bytes) ? 'binary' : decode(path, bytes)
}

/** A NUL in the first kilobytes of something that is not UTF-16 with a BOM: an image, an archive, a database. */
export function looksBinary(bytes: Uint8Array): boolean {
  const bom16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
  if (bom16) return false
  // UTF-16 without a BOM is text to its author: every other byte is NUL, and a rule wants to say so.
  const head = bytes.subarray(0, 8000)
  let nul = 0
  for (const byte of head) if (byte === 0) nul++
  return nul > 0 && !looksUtf16(head, nul)
}

function looksUtf16(head: Uint8Array, nul: number): boolean {
  const half = head.length / 2
  return nul > half * 0.8 && nul <= half + 1
}
