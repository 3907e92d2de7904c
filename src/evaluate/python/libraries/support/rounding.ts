import type { Place } from '../../../../contracts/place.ts'
import { int } from '../../constructors.ts'
import { exactDecimal } from '../../types/decimal-text.ts'
import type { Value } from '../../value.ts'

/** `round(value, places)`: halves go to the even neighbour, as far as the value holds one exactly. Undefined: not computed here. */
export function roundTo(value: number | bigint, places: number, at: Place): Value | undefined {
  if (typeof value === 'bigint') {
    if (places >= 0) return int(value, at)
    if (places < -60) return int(0, at)
    const unit = 10n ** BigInt(-places)
    const rest = ((value % unit) + unit) % unit
    const below = value - rest
    const up = rest * 2n > unit || (rest * 2n === unit && (below / unit) % 2n !== 0n)
    return int(up ? below + unit : below, at)
  }
  if (!Number.isInteger(places) || places < 0 || places > 300 || !Number.isFinite(value)) return undefined
  const size = Number(exactDecimal(Math.abs(value), places))
  return { type: 'float', value: value < 0 || Object.is(value, -0) ? -size : size, at }
}

/** `round(value)` of a float. */
export function roundToWhole(value: number): number {
  const below = Math.floor(value)
  return value - below === 0.5 ? below + (below % 2 === 0 ? 0 : 1) : Math.round(value)
}
