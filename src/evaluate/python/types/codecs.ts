import { bytes, text } from '../constructors.ts'
import { makeUnknown } from '../interpreter/decisions.ts'
import { here, limits, type Machine } from '../interpreter/machine.ts'
import { raise } from '../interpreter/raising.ts'
import { notModelled, tooLarge } from '../reasons.ts'
import { type BytesValue, type CallArguments, plain, type StrValue, type Value } from '../value.ts'

type Codec = 'utf-8' | 'latin-1' | 'ascii'

/** Names of the three encodings that settings use, as `codecs.lookup` reads them. */
const aliases: Readonly<Record<string, Codec>> = {
  utf_8: 'utf-8', utf8: 'utf-8', u8: 'utf-8', utf: 'utf-8', latin_1: 'latin-1', latin1: 'latin-1', latin: 'latin-1', iso_8859_1: 'latin-1',
  iso8859_1: 'latin-1', l1: 'latin-1', ascii: 'ascii', us_ascii: 'ascii',
} // biome-ignore format: a table

/** The encoding that a call asks for; undefined: another one, or with a way of its own with errors. */
function codecOf({ positional, keywords }: CallArguments): Codec | undefined {
  const errors = positional[1] ?? keywords.get('errors')
  if (errors !== undefined && plain(errors) !== 'strict') return undefined
  const name = positional[0] ?? keywords.get('encoding')
  if (name === undefined) return 'utf-8'
  const key =
    plain(name)
      ?.toLowerCase()
      .replace(/[^a-z0-9]+/g, '_') ?? ''
  return Object.hasOwn(aliases, key) ? aliases[key] : undefined
}

/** `text.encode(encoding, errors)`. */
export function encodeText(m: Machine, self: StrValue, args: CallArguments): Value {
  const known = plain(self)
  const codec = codecOf(args)
  if (known === undefined || codec === undefined) {
    const variable = self.parts.find((part) => typeof part !== 'string' && part.variable !== undefined)
    return makeUnknown(
      m,
      notModelled('str.encode()'),
      undefined,
      typeof variable === 'object' ? variable.variable : undefined,
    )
  }
  if (known.length > limits.text) return makeUnknown(m, tooLarge)
  const limit = codec === 'ascii' ? 0x7f : codec === 'latin-1' ? 0xff : 0x10ffff
  const wrong = [...known].find((c) => isBeyond(c.codePointAt(0) as number, limit))
  if (wrong !== undefined) {
    return raise(
      m,
      'UnicodeEncodeError',
      `'${codec}' codec can't encode character in position ${[...known].indexOf(wrong)}`,
    )
  }
  return bytes(codec === 'utf-8' ? utf8(known) : known, here(m))
}

/** Half of a pair of UTF-16 has no bytes in any of them. */
const isBeyond = (code: number, limit: number): boolean => code > limit || (code >= 0xd800 && code < 0xe000)

/** `data.decode(encoding, errors)`; the value of bytes has one character for each. */
export function decodeBytes(m: Machine, self: BytesValue, args: CallArguments): Value {
  const codec = codecOf(args)
  if (codec === undefined) return makeUnknown(m, notModelled('bytes.decode()'), 'str')
  if (codec === 'latin-1') return text(self.value, here(m))
  const fails = (): never => raise(m, 'UnicodeDecodeError', `'${codec}' codec can't decode byte in the given bytes`)
  if (codec === 'ascii') return /^[\0-\x7f]*$/.test(self.value) ? text(self.value, here(m)) : fails()
  try {
    const data = Uint8Array.from(self.value, (c) => c.charCodeAt(0))
    return text(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(data), here(m))
  } catch {
    return fails()
  }
}

/** The UTF-8 of a text, one character a byte. */
function utf8(known: string): string {
  return Array.from(new TextEncoder().encode(known), (byte) => String.fromCharCode(byte)).join('')
}
