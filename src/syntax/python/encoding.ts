import type { Problem } from '../../contracts/place.ts'
import type { Text } from '../../contracts/text.ts'
import { latin1 } from '../latin1.ts'

/** A Python source as Python itself decodes it (PEP 263). Offsets of problems count in `text`. */
export interface DecodedSource {
  readonly text: string
  /** Name of the encoding as the WHATWG standard writes it, or `ascii`; `utf-8` where none was declared. */
  readonly encoding: string
  readonly problems: readonly Problem[]
}

/**
 * Decodes the bytes of a module: a byte-order mark, else the cookie in the first two lines, else UTF-8. What
 * cannot be decoded becomes U+FFFD and one problem. The byte-order mark is no part of `text`.
 */
export function decodePython(bytes: Uint8Array): DecodedSource {
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
  const body = marked ? bytes.subarray(3) : bytes
  const cookie = findCookie(body)
  if (cookie === undefined) return decodeAs(body, 'utf-8', undefined)
  const decoder = decoderName(cookie.name)
  if (decoder === undefined)
    return decodeAs(body, 'utf-8', { span: cookie.span, message: unknownEncoding(cookie.name) })
  // CPython knows but this spelling there: it refuses `utf8` after a byte-order mark.
  if (marked && !/^utf-8(?:-|$)/.test(cookie.name.toLowerCase().replaceAll('_', '-'))) {
    return decodeAs(body, 'utf-8', { span: cookie.span, message: contradiction(cookie.name) })
  }
  return decodeAs(body, decoder, undefined)
}

function decodeAs(bytes: Uint8Array, encoding: string, problem: Problem | undefined): DecodedSource {
  const text = decodeBytes(bytes, encoding)
  if (problem !== undefined) return { text, encoding, problems: [problem] }
  const at = firstUndecodable(bytes, encoding, text)
  if (at < 0) return { text, encoding, problems: [] }
  return { text, encoding, problems: [{ span: { start: at, end: at + 1 }, message: undecodable(encoding) }] }
}

function decodeBytes(bytes: Uint8Array, encoding: string): string {
  if (encoding === LATIN_1) return latin1(bytes)
  if (encoding === WINDOWS_1252) return decodeWindows1252(bytes)
  return new TextDecoder(encoding === ASCII ? 'utf-8' : encoding, { ignoreBOM: true }).decode(bytes)
}

/** Where the first undecodable byte shows in `text`; -1 if all are decodable. A U+FFFD can be in the source itself. */
function firstUndecodable(bytes: Uint8Array, encoding: string, text: string): number {
  if (encoding === ASCII) return text.search(/[^\0-\x7f]/)
  const at = text.indexOf('\uFFFD')
  if (at < 0 || encoding === LATIN_1 || encoding === WINDOWS_1252) return at
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes)
    return -1
  } catch {
    if (encoding !== 'utf-8') return at
    let from = at
    for (const encoder = new TextEncoder(); from >= 0; from = text.indexOf('\uFFFD', from + 1)) {
      const before = encoder.encode(text.slice(0, from)).length
      if (bytes[before] !== 0xef || bytes[before + 1] !== 0xbf || bytes[before + 2] !== 0xbd) return from
    }
    return at
  }
}

const ASCII = 'ascii'

/** ISO 8859-1 proper: the web's decoder of that name is windows-1252. */
const LATIN_1 = 'iso-8859-1'

const WINDOWS_1252 = 'windows-1252'

/** What windows-1252 has at 0x80 to 0x9F, as Python's codec; several versions of Node decode it as Latin-1. */
const WINDOWS_1252_HIGH = '€\uFFFD‚ƒ„…†‡ˆ‰Š‹Œ\uFFFDŽ\uFFFD\uFFFD‘’“”•–—˜™š›œ\uFFFDžŸ'

function decodeWindows1252(bytes: Uint8Array): string {
  const high = (c: string) => WINDOWS_1252_HIGH.charAt(c.charCodeAt(0) - 0x80)
  return latin1(bytes).replace(/[\x80-\x9f]/g, high)
}

interface Cookie {
  readonly name: string
  readonly span: { readonly start: number; readonly end: number }
}

const COOKIE = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/
const BLANK = /^[ \t\f]*(?:#.*)?$/

/** The declaration in the first line, or in the second if the first holds no code. */
function findCookie(bytes: Uint8Array): Cookie | undefined {
  const head = latin1(bytes.subarray(0, 1024))
  const first = /^[^\r\n]*/.exec(head)?.[0] ?? ''
  const next = /^(?:\r\n|\r|\n)/.exec(head.slice(first.length))?.[0].length ?? 0
  const inFirst = COOKIE.exec(first)
  if (inFirst !== null) return cookieOf(inFirst, 0)
  if (!BLANK.test(first)) return undefined
  const from = first.length + next
  const second = COOKIE.exec(/^[^\r\n]*/.exec(head.slice(from))?.[0] ?? '')
  return second === null ? undefined : cookieOf(second, from)
}

function cookieOf(match: RegExpExecArray, from: number): Cookie {
  const name = match[1] as string
  const end = from + match[0].length
  return { name, span: { start: end - name.length, end } }
}

/** Python's names of encodings that the decoder of the platform spells otherwise. */
const ALIASES: Readonly<Record<string, string>> = {
  utf_8: 'utf-8',
  utf8: 'utf-8',
  u8: 'utf-8',
  utf: 'utf-8',
  cp65001: 'utf-8',
  utf_8_sig: 'utf-8',
  latin_1: LATIN_1,
  latin1: LATIN_1,
  latin: LATIN_1,
  l1: LATIN_1,
  iso_8859_1: LATIN_1,
  iso8859_1: LATIN_1,
  '8859': LATIN_1,
  cp819: LATIN_1,
  ascii: ASCII,
  us_ascii: ASCII,
  '646': ASCII,
  iso_8859_15: 'iso-8859-15',
  iso8859_15: 'iso-8859-15',
  latin_9: 'iso-8859-15',
  latin9: 'iso-8859-15',
  iso_8859_2: 'iso-8859-2',
  latin_2: 'iso-8859-2',
  latin2: 'iso-8859-2',
  iso_8859_5: 'iso-8859-5',
  iso_8859_7: 'iso-8859-7',
  mac_roman: 'macintosh',
  macroman: 'macintosh',
  euc_jp: 'euc-jp',
  eucjp: 'euc-jp',
  shift_jis: 'shift_jis',
  sjis: 'shift_jis',
  cp932: 'shift_jis',
  ms932: 'shift_jis',
  euc_kr: 'euc-kr',
  cp949: 'euc-kr',
  koi8_r: 'koi8-r',
  koi8_u: 'koi8-u',
  big5: 'big5',
  gb2312: 'gbk',
  gbk: 'gbk',
  cp936: 'gbk',
  gb18030: 'gb18030',
  cp866: 'ibm866',
}

function decoderName(name: string): string | undefined {
  const normal = name.toLowerCase().replace(/[-.\s]/g, '_')
  const known = Object.hasOwn(ALIASES, normal) ? ALIASES[normal] : vendorAlias(normal)
  if (known !== undefined) return known
  const windows = /^(?:windows_|cp)?(125[0-8]|874)$/.exec(normal)
  return windows === null ? undefined : `windows-${windows[1]}`
}

/** Emacs and vim write `utf-8-unix` or `latin-1-dos`. */
function vendorAlias(normal: string): string | undefined {
  if (normal.startsWith('utf_8_')) return 'utf-8'
  return /^(?:latin_1|iso_8859_1|iso_latin_1)_/.test(normal) ? LATIN_1 : undefined
}

function unknownEncoding(name: string): Text {
  return { en: `Unknown encoding \`${name}\``, fr: `Encodage inconnu : \`${name}\`` }
}

function contradiction(name: string): Text {
  return {
    en: `The file starts with a UTF-8 byte-order mark but declares \`${name}\``,
    fr: `Le fichier commence par une marque d’ordre UTF-8 mais déclare \`${name}\``,
  }
}

function undecodable(encoding: string): Text {
  return { en: `This byte is not valid ${encoding}`, fr: `Cet octet n’est pas valide en ${encoding}` }
}
