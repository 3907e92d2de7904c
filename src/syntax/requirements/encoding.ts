import type { SourceFile } from '../../files/tree.ts'
import { latin1 } from '../latin1.ts'

/** How pip reads the bytes of a requirements file. */
export interface DecodedRequirements {
  readonly text: string
  /** `undecodable`: pip stops with UnicodeDecodeError (or LookupError for a coding it does not know). */
  readonly state: 'utf-8' | 'utf-16' | 'cookie' | 'undecodable'
  /** The name in a `# -*- coding: … -*-` line, if any. */
  readonly cookie: string | undefined
}

/** A BOM decides; else a coding comment in the first two lines; else UTF-8 (the locale's encoding on a dyno is UTF-8 too). */
export function decodeRequirements(file: SourceFile): DecodedRequirements {
  if (file.bom) {
    const state = file.problems.length > 0 ? 'undecodable' : file.encoding === 'utf-8' ? 'utf-8' : 'utf-16'
    return { text: file.text, state, cookie: undefined }
  }
  const cookie = codingCookie(file.bytes)
  if (cookie === undefined)
    return { text: file.text, state: file.problems.length > 0 ? 'undecodable' : 'utf-8', cookie }
  const text = decode(file.bytes, cookie)
  return { text: text ?? file.text, state: text === undefined ? 'undecodable' : 'cookie', cookie }
}

function codingCookie(bytes: Uint8Array): string | undefined {
  let start = 0
  for (let line = 0; line < 2; line++) {
    const end = bytes.indexOf(10, start)
    const content = latin1(bytes.subarray(start, end < 0 ? bytes.length : end))
    const name = content.startsWith('#') ? /coding[:=][ \t\r\f\v]*([-\w.]+)/.exec(content)?.[1] : undefined
    if (name !== undefined) return name
    if (end < 0) return undefined
    start = end + 1
  }
  return undefined
}

/** Python's codec names differ from the web's labels in the Latin-1 family and in their punctuation. */
function decode(bytes: Uint8Array, name: string): string | undefined {
  const plain = name.toLowerCase().replace(/[_ ]/g, '-')
  if (/^(?:latin-?1|iso-?8859-1|l1|8859)$/.test(plain)) return latin1(bytes)
  if (/^(?:us-)?ascii$/.test(plain)) return bytes.some((byte) => byte > 127) ? undefined : latin1(bytes)
  const label = plain.replace(/^cp125/, 'windows-125').replace(/^latin-?(\d+)$/, 'latin$1')
  try {
    return new TextDecoder(label, { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}
