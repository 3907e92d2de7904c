import { exactDecimal, exactScientific } from './decimal-text.ts'
import { floatText } from './float-text.ts'

/** A format specification, taken apart: https://docs.python.org/3.12/library/string.html#format-specification-mini-language */
interface Spec {
  readonly fill: string
  readonly align: string | undefined
  readonly sign: string | undefined
  readonly alternate: boolean
  readonly width: number
  readonly grouping: string | undefined
  readonly precision: number | undefined
  readonly type: string | undefined
}

/** What Python raises for a specification, or `undefined` for one that is not computed here. */
export interface FormatError {
  readonly exception: 'ValueError' | 'OverflowError'
  readonly message: string
}

/** Wider texts are not made. */
const widest = 100_000

const error = (message: string): FormatError => ({ exception: 'ValueError', message })
const unknownCode = (type: string, of: string): FormatError =>
  error(`Unknown format code '${type}' for object of type '${of}'`)

function parse(source: string): Spec | FormatError {
  const match =
    /^(?:(.)(?=[<>=^]))?([<>=^])?([+\- ])?(z)?(#)?(0)?(\d+)?(,)?(_)?(?:(\.)(\d+)?)?(.*)$/su.exec(source) ?? []
  const [, fill, align, sign, , alternate, zero, width, comma, underscore, point, precision, type = ''] = match
  if (comma !== undefined && underscore !== undefined) return error("Cannot specify both ',' and '_'.")
  if (point !== undefined && precision === undefined) return error('Format specifier missing precision')
  if ([...type].length > 1) return error(`Invalid format specifier '${source}'`)
  return {
    fill: fill ?? (zero === undefined ? ' ' : '0'),
    align: align ?? (zero === undefined ? undefined : 'zero'),
    sign,
    alternate: alternate !== undefined,
    width: Number(width ?? 0),
    grouping: comma ?? underscore,
    precision: precision === undefined ? undefined : Number(precision),
    type: type === '' ? undefined : type,
  }
}

/** `format(value, spec)` of a text, an int (bigint; bools are ints here) or a float; undefined: not computed. */
export function formatPlain(value: string | bigint | number, source: string): string | FormatError | undefined {
  const spec = parse(source)
  if ('message' in spec) return spec
  if (spec.width > widest || (spec.precision ?? 0) > 1_000) return undefined
  if (typeof value === 'string') return formatText(value, spec)
  const refused = refusedGrouping(spec, typeof value === 'bigint' ? 'd' : undefined)
  if (refused !== undefined) return refused
  if (typeof value === 'number') return formatFloat(value, spec, 'float')
  return 'eEfFgG%'.includes(spec.type ?? 'd') ? formatFloat(Number(value), spec, 'int') : formatInt(value, spec)
}

function refusedGrouping({ grouping, type }: Spec, given: string | undefined): FormatError | undefined {
  if (grouping === undefined) return undefined
  const code = type ?? given
  if (code === undefined || 'defgEGF%'.includes(code)) return undefined
  if (grouping === '_' && 'boxX'.includes(code)) return undefined
  return error(`Cannot specify '${grouping}' with '${code}'.`)
}

function formatText(value: string, spec: Spec): string | FormatError {
  const refused = refusedGrouping(spec, 's')
  if (refused !== undefined) return refused
  if (spec.type !== undefined && spec.type !== 's') return unknownCode(spec.type, 'str')
  if (spec.sign !== undefined) return error('Sign not allowed in string format specifier')
  if (spec.alternate) return error('Alternate form (#) not allowed in string format specifier')
  if (spec.align === '=') return error("'=' alignment not allowed in string format specifier")
  const characters = [...value]
  const shown = spec.precision === undefined ? characters : characters.slice(0, spec.precision)
  return padded(shown.join(''), shown.length, spec.align === 'zero' ? '<' : (spec.align ?? '<'), spec)
}

const bases: Readonly<Record<string, number>> = { b: 2, o: 8, x: 16, X: 16 }

function formatInt(value: bigint, spec: Spec): string | FormatError {
  const { type = 'd' } = spec
  if (!'bcdoxXn'.includes(type)) return unknownCode(type, 'int')
  if (spec.precision !== undefined) return error('Precision not allowed in integer format specifier')
  if (type === 'c') {
    if (spec.sign !== undefined) return error("Sign not allowed with integer format specifier 'c'")
    if (spec.alternate) return error("Alternate form (#) not allowed with integer format specifier 'c'")
    if (value < 0n || value >= 0x110000n)
      return { exception: 'OverflowError', message: '%c arg not in range(0x110000)' }
    return aligned('', '', String.fromCodePoint(Number(value)), '', spec)
  }
  const base = bases[type] ?? 10
  const digits = (value < 0n ? -value : value).toString(base)
  const prefix = spec.alternate && base !== 10 ? `0${type}` : ''
  const shown = type === 'X' ? digits.toUpperCase() : digits
  return aligned(signOf(value < 0n, spec), prefix, shown, '', spec, base === 10 ? 3 : 4)
}

function formatFloat(value: number, spec: Spec, of: 'int' | 'float'): string | FormatError {
  const { type, precision, alternate } = spec
  if (type !== undefined && !'eEfFgGn%'.includes(type)) return unknownCode(type, of)
  const negative = value < 0 || Object.is(value, -0)
  const sign = signOf(negative && !Number.isNaN(value), spec)
  const size = Math.abs(value)
  const upper = type !== undefined && 'EFG'.includes(type)
  if (!Number.isFinite(value)) {
    const word = Number.isNaN(value) ? 'nan' : 'inf'
    return aligned(sign, '', '', (upper ? word.toUpperCase() : word) + (type === '%' ? '%' : ''), spec)
  }
  const shown = digitsOf(size, type?.toLowerCase(), precision, alternate)
  const [, whole = '', rest = ''] = /^(\d+)(.*)$/s.exec(upper ? shown.toUpperCase() : shown) ?? []
  return aligned(sign, '', whole, rest, spec)
}

/** The digits of a size: with its point, exponent and per cent. */
function digitsOf(size: number, type: string | undefined, precision: number | undefined, alternate: boolean): string {
  switch (type) {
    case 'f':
      return exactDecimal(size, precision ?? 6) + (precision === 0 && alternate ? '.' : '')
    case '%':
      return `${exactDecimal(size * 100, precision ?? 6)}${precision === 0 && alternate ? '.' : ''}%`
    case 'e':
      return scientific(size, precision ?? 6, alternate)
    case undefined:
      return precision === undefined ? floatText(size) : general(size, Math.max(precision, 1), alternate, true)
    default:
      return general(size, precision === undefined ? 6 : Math.max(precision, 1), alternate, false)
  }
}

function scientific(size: number, precision: number, alternate: boolean): string {
  const { digits, exponent } = exactScientific(size, precision)
  const rest = digits.slice(1)
  return `${digits.slice(0, 1)}${rest === '' ? (alternate ? '.' : '') : `.${rest}`}${exponentText(exponent)}`
}

const exponentText = (exponent: number): string =>
  `e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`

/** `g`: as many digits as count, with an exponent where the number is very large or small. A float keeps its `.0`. */
function general(size: number, precision: number, alternate: boolean, isFloat: boolean): string {
  const { digits, exponent } = exactScientific(size, precision - 1)
  const kept = alternate ? digits : digits.replace(/0+$/, '') || '0'
  if (exponent < -4 || exponent >= (isFloat ? precision - 1 : precision)) {
    const rest = kept.slice(1)
    return `${kept.slice(0, 1)}${rest === '' ? (alternate ? '.' : '') : `.${rest}`}${exponentText(exponent)}`
  }
  if (exponent < 0) return `0.${'0'.repeat(-exponent - 1)}${kept}`
  const whole = kept.slice(0, exponent + 1).padEnd(exponent + 1, '0')
  const rest = kept.slice(exponent + 1)
  if (rest !== '') return `${whole}.${rest}`
  return isFloat ? `${whole}.0` : alternate ? `${whole}.` : whole
}

function signOf(negative: boolean, { sign }: Spec): string {
  return negative ? '-' : sign === '+' || sign === ' ' ? sign : ''
}

/** A number with its sign, prefix and marks between groups of digits, in its width. */
function aligned(sign: string, prefix: string, whole: string, rest: string, spec: Spec, size = 3): string {
  const mark = sign + prefix
  const inside = spec.align === 'zero' || spec.align === '='
  // Zeros that fill are digits too: they are grouped with the others.
  const filled = inside && spec.fill === '0' ? spec.width - [...mark].length - [...rest].length : 0
  const body = grouped(whole, spec.grouping, size, filled) + rest
  if (!inside) return padded(mark + body, [...(mark + body)].length, spec.align ?? '>', spec)
  const missing = spec.width - [...(mark + body)].length
  return mark + spec.fill.repeat(Math.max(0, missing)) + body
}

function grouped(digits: string, mark: string | undefined, size: number, width: number): string {
  if (mark === undefined || digits === '') return digits
  let all = digits
  while (all.length + Math.floor((all.length - 1) / size) < width) all = `0${all}`
  const first = ((all.length - 1) % size) + 1
  const groups = [all.slice(0, first)]
  for (let at = first; at < all.length; at += size) groups.push(all.slice(at, at + size))
  return groups.join(mark)
}

/** `length`: how many characters `shown` has. */
function padded(shown: string, length: number, align: string, { width, fill }: Spec): string {
  const missing = Math.max(0, width - length)
  const left = align === '>' ? missing : align === '^' ? Math.floor(missing / 2) : 0
  return fill.repeat(left) + shown + fill.repeat(missing - left)
}
