import { bytes } from '../constructors.ts'
import { exception } from '../exceptions.ts'
import { exceptionClass, library, native } from '../library.ts'
import { notModelled } from '../reasons.ts'
import { plain, type Value } from '../value.ts'
import { variableOf } from './support/convert.ts'

const BinasciiError = exceptionClass('binascii.Error', [exception('ValueError')])
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Bytes (one character each) of known bytes or ASCII text. */
function source(value: Value | undefined): string | undefined {
  return value?.type === 'bytes' ? value.value : plain(value)
}

/** As `binascii.a2b_base64` without `strict_mode`: other characters are passed over; undefined on wrong padding. */
function decode(encoded: string): string | undefined {
  let out = ''
  let buffer = 0
  let bits = 0
  let pads = 0
  let count = 0
  for (const c of encoded) {
    if (c === '=') {
      if (count % 4 >= 2 && (count % 4) + ++pads >= 4) return out
      continue
    }
    const value = alphabet.indexOf(c)
    if (value === -1) continue
    pads = 0
    count++
    buffer = ((buffer << 6) | value) & 0xffffff
    bits += 6
    if (bits >= 8) {
      bits -= 8
      out += String.fromCharCode((buffer >> bits) & 0xff)
    }
  }
  return count % 4 === 0 ? out : undefined
}

function encode(binary: string): string {
  let out = ''
  for (let i = 0; i < binary.length; i += 3) {
    const group = [0, 1, 2].map((k) => (i + k < binary.length ? binary.charCodeAt(i + k) : 0))
    const value = ((group[0] as number) << 16) | ((group[1] as number) << 8) | (group[2] as number)
    const characters = [18, 12, 6, 0].map((shift) => alphabet[(value >> shift) & 63] as string)
    const known = Math.min(3, binary.length - i) + 1
    out += characters.slice(0, known).join('').padEnd(4, '=')
  }
  return out
}

function decoder(name: string, urlSafe: boolean): Value {
  return native(`base64.${name}`, (run, args) => {
    const value = args.positional[0]
    const text = source(value)
    if (text === undefined || args.positional.length > 1 || args.keywords.size > 0) {
      return run.unknown(notModelled(`base64.${name}`), undefined, variableOf(value))
    }
    if (value?.type === 'str' && /\P{ASCII}/u.test(text)) {
      return run.raise('ValueError', 'string argument should contain only ASCII characters')
    }
    const decoded = decode(urlSafe ? text.replaceAll('-', '+').replaceAll('_', '/') : text)
    return decoded === undefined ? run.raise(BinasciiError, 'Incorrect padding') : bytes(decoded, run.at)
  })
}

function encoder(name: string, urlSafe: boolean): Value {
  return native(`base64.${name}`, (run, args) => {
    const value = args.positional[0]
    if (value?.type === 'str') return run.raise('TypeError', "a bytes-like object is required, not 'str'")
    if (value?.type !== 'bytes') return run.unknown(notModelled(`base64.${name}`))
    const encoded = encode(value.value)
    return bytes(urlSafe ? encoded.replaceAll('+', '-').replaceAll('/', '_') : encoded, run.at)
  })
}

export const base64 = library('base64', {
  b64decode: decoder('b64decode', false),
  standard_b64decode: decoder('standard_b64decode', false),
  urlsafe_b64decode: decoder('urlsafe_b64decode', true),
  b64encode: encoder('b64encode', false),
  standard_b64encode: encoder('standard_b64encode', false),
  urlsafe_b64encode: encoder('urlsafe_b64encode', true),
})
