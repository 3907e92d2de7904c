/** Digits of floats, from their exact binary value: halves go to the even neighbour, as in Python. */

/** A float that is not negative as `numerator / 2 ** shift`. */
function exact(size: number): { readonly numerator: bigint; readonly shift: bigint } {
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, size)
  const bits = view.getBigUint64(0)
  const exponent = Number((bits >> 52n) & 0x7ffn)
  const fraction = bits & 0xfffffffffffffn
  const mantissa = exponent === 0 ? fraction : fraction | 0x10000000000000n
  const power = Math.max(exponent, 1) - 1075
  return power >= 0
    ? { numerator: mantissa << BigInt(power), shift: 0n }
    : { numerator: mantissa, shift: BigInt(-power) }
}

/** `numerator / denominator`, rounded to a whole number. */
function rounded(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator
  const twice = (numerator % denominator) * 2n
  return twice > denominator || (twice === denominator && quotient % 2n === 1n) ? quotient + 1n : quotient
}

/** `size` (not negative, finite) with so many decimals: `exactDecimal(2.5, 0)` is `2`. */
export function exactDecimal(size: number, decimals: number): string {
  const { numerator, shift } = exact(size)
  const digits = rounded(numerator * 10n ** BigInt(decimals), 1n << shift)
    .toString()
    .padStart(decimals + 1, '0')
  return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
}

/** `size` (not negative, finite) as `1 + decimals` digits, of which the first stands for `10 ** exponent`. */
export function exactScientific(
  size: number,
  decimals: number,
): { readonly digits: string; readonly exponent: number } {
  if (size === 0) return { digits: '0'.repeat(decimals + 1), exponent: 0 }
  const { numerator, shift } = exact(size)
  // Seventeen digits never round a power of ten the wrong way.
  const guess = Number(size.toExponential(16).split('e')[1])
  const places = decimals - guess
  const scaled = places >= 0 ? numerator * 10n ** BigInt(places) : numerator
  const unit = places >= 0 ? 1n << shift : (1n << shift) * 10n ** BigInt(-places)
  const digits = rounded(scaled, unit).toString()
  // 9.99 in two digits is 10.
  return digits.length > decimals + 1
    ? { digits: digits.slice(0, decimals + 1), exponent: guess + 1 }
    : { digits, exponent: guess }
}
