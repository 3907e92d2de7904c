import type { BinaryOperator } from '../../../syntax/python/ast.ts'
import { float, int } from '../constructors.ts'
import { makeUnknown } from '../interpreter/decisions.ts'
import { here, limits, type Machine } from '../interpreter/machine.ts'
import { raise } from '../interpreter/raising.ts'
import { isOpaque, typeName } from '../interpreter/types.ts'
import type { PythonRun } from '../library.ts'
import { notSupported, tooLarge } from '../reasons.ts'
import type { Value } from '../value.ts'

/** The whole part of a float, as `int()` and `%d` take it; raises what Python does when it has none. */
export function wholePart(run: Pick<PythonRun, 'raise'>, value: number): bigint {
  if (Number.isNaN(value)) return run.raise('ValueError', 'cannot convert float NaN to integer')
  if (!Number.isFinite(value)) return run.raise('OverflowError', 'cannot convert float infinity to integer')
  return BigInt(Math.trunc(value))
}

/** An argument that counts: an int or bool, undefined when it is not known. Whatever else it is, `__index__` is missing. */
export function countOf(run: Pick<PythonRun, 'raise'>, value: Value): number | undefined {
  if (value.type === 'int') return Number(value.value)
  if (value.type === 'bool') return value.value ? 1 : 0
  if (isOpaque(value) || value.type === 'instance') return undefined
  return run.raise('TypeError', `'${typeName(value)}' object cannot be interpreted as an integer`)
}

/** Arithmetic of Python on ints and bools (bigint) and floats (number). */
export function arithmetic(m: Machine, op: BinaryOperator, x: number | bigint, y: number | bigint): Value {
  if (typeof x === 'bigint' && typeof y === 'bigint') return ints(m, op, x, y)
  return floats(m, op, Number(x), Number(y))
}

function ints(m: Machine, op: BinaryOperator, a: bigint, b: bigint): Value {
  const at = here(m)
  switch (op) {
    case '+':
      return int(a + b, at)
    case '-':
      return int(a - b, at)
    case '*':
      return bits(a) + bits(b) > limits.bits ? makeUnknown(m, tooLarge, 'int') : int(a * b, at)
    case '/':
      if (b === 0n) return raise(m, 'ZeroDivisionError', 'division by zero')
      return float(ratio(a, b), at)
    case '//':
      if (b === 0n) return raise(m, 'ZeroDivisionError', 'integer division or modulo by zero')
      return int(floorDivide(a, b), at)
    case '%':
      if (b === 0n) return raise(m, 'ZeroDivisionError', 'integer modulo by zero')
      return int(a - floorDivide(a, b) * b, at)
    case '**':
      if (b < 0n) {
        if (a === 0n) return raise(m, 'ZeroDivisionError', '0.0 cannot be raised to a negative power')
        return -b > 1000n ? makeUnknown(m, tooLarge, 'float') : float(ratio(1n, a ** -b), at)
      }
      if (b > BigInt(limits.bits) && a !== 0n && a !== 1n && a !== -1n) return makeUnknown(m, tooLarge, 'int')
      if (BigInt(bits(a)) * b > BigInt(limits.bits)) return makeUnknown(m, tooLarge, 'int')
      return int(a === 0n || a === 1n ? (b === 0n ? 1n : a) : a === -1n ? (b % 2n === 0n ? 1n : -1n) : a ** b, at)
    case '<<':
    case '>>':
      if (b < 0n) return raise(m, 'ValueError', 'negative shift count')
      if (op === '<<' && (b > BigInt(limits.bits) || bits(a) + Number(b) > limits.bits)) {
        return makeUnknown(m, tooLarge, 'int')
      }
      return int(op === '<<' ? a << b : a >> (b > BigInt(limits.bits) ? BigInt(limits.bits) : b), at)
    case '&':
      return int(a & b, at)
    case '|':
      return int(a | b, at)
    case '^':
      return int(a ^ b, at)
    default:
      return raise(m, 'TypeError', `unsupported operand type(s) for ${op}: 'int' and 'int'`)
  }
}

function bits(a: bigint): number {
  return a === 0n ? 1 : (a < 0n ? -a : a).toString(16).length * 4
}

function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient
}

/** `a / b` of whole numbers, as the float that is nearest to it. */
function ratio(a: bigint, b: bigint): number {
  const [x, y] = [Number(a), Number(b)]
  if (Number.isSafeInteger(x) && Number.isSafeInteger(y)) return x / y
  const sign = a < 0n !== b < 0n ? -1 : 1
  const [n, d] = [a < 0n ? -a : a, b < 0n ? -b : b]
  // Sixty-odd bits of the quotient, and one more that says whether something is left: enough to round once.
  const shift = BigInt(d.toString(2).length - n.toString(2).length + 66)
  const quotient = shift >= 0n ? (n << shift) / d : n / (d << -shift)
  const rest = shift >= 0n ? (n << shift) % d : n % (d << -shift)
  return sign * scaled(Number(quotient * 2n + (rest === 0n ? 0n : 1n)), -Number(shift) - 1)
}

/** `value * 2 ** exponent`, in two steps so that neither leaves the range too early. */
function scaled(value: number, exponent: number): number {
  const half = Math.trunc(exponent / 2)
  return value * 2 ** half * 2 ** (exponent - half)
}

/** Quotient and rest as CPython computes them: the rest has the sign of the divisor, also when it is zero. */
function divmod(a: number, b: number): readonly [number, number] {
  let rest = a % b
  const quotient = (a - rest) / b
  let floored = rest !== 0 && b < 0 !== rest < 0 ? quotient - 1 : quotient
  if (rest === 0) rest = b < 0 ? -0 : 0
  else if (b < 0 !== rest < 0) rest += b
  if (floored === 0) floored = a / b < 0 || Object.is(a / b, -0) ? -0 : 0
  else floored = floored - Math.floor(floored) > 0.5 ? Math.floor(floored) + 1 : Math.floor(floored)
  return [floored, rest]
}

/** `a ** b`. JavaScript's own result may be off by a bit: whole exponents of moderate size are computed exactly. */
function power(m: Machine, a: number, b: number): Value {
  const at = here(m)
  if (b === 0.5) return float(Math.sqrt(a), at)
  if (!Number.isInteger(b) || Math.abs(b) > 64 || !Number.isFinite(a) || a === 0) return float(a ** b, at)
  const [numerator, denominator] = fractionOf(a)
  const size = BigInt(Math.abs(b))
  const [n, d] = [numerator ** size, denominator ** size]
  const made = b < 0 ? ratio(d, n) : ratio(n, d)
  return Number.isFinite(made) ? float(made, at) : raise(m, 'OverflowError', "(34, 'Numerical result out of range')")
}

/** A finite float as a fraction. */
function fractionOf(value: number): readonly [bigint, bigint] {
  let denominator = 1n
  let numerator = value
  while (!Number.isInteger(numerator)) {
    numerator *= 2
    denominator *= 2n
  }
  return [BigInt(numerator), denominator]
}

function floats(m: Machine, op: BinaryOperator, a: number, b: number): Value {
  const at = here(m)
  switch (op) {
    case '+':
      return float(a + b, at)
    case '-':
      return float(a - b, at)
    case '*':
      return float(a * b, at)
    case '/':
      return b === 0 ? raise(m, 'ZeroDivisionError', 'float division by zero') : float(a / b, at)
    case '//':
      return b === 0 ? raise(m, 'ZeroDivisionError', 'float floor division by zero') : float(divmod(a, b)[0], at)
    case '%':
      return b === 0 ? raise(m, 'ZeroDivisionError', 'float modulo') : float(divmod(a, b)[1], at)
    case '**':
      if (a < 0 && !Number.isInteger(b)) return makeUnknown(m, notSupported('complex'))
      if (a === 0 && b < 0) return raise(m, 'ZeroDivisionError', '0.0 cannot be raised to a negative power')
      return power(m, a, b)
    default:
      return raise(m, 'TypeError', `unsupported operand type(s) for ${op}: 'float' and 'float'`)
  }
}
