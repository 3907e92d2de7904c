import { library } from '../library.ts'
import { constant } from './support/constants.ts'

const lower = 'abcdefghijklmnopqrstuvwxyz'
const digits = '0123456789'
const punctuation = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~'
const whitespace = ' \t\n\r\v\f'

/** Constants of `string`. */
export const string = library('string', {
  ascii_lowercase: constant(lower),
  ascii_uppercase: constant(lower.toUpperCase()),
  ascii_letters: constant(lower + lower.toUpperCase()),
  digits: constant(digits),
  hexdigits: constant(`${digits}abcdefABCDEF`),
  octdigits: constant('01234567'),
  punctuation: constant(punctuation),
  whitespace: constant(whitespace),
  printable: constant(digits + lower + lower.toUpperCase() + punctuation + whitespace),
})
