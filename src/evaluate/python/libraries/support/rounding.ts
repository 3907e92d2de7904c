import type { Place } from '../../../../contracts/place.ts'
import { int } from '../../constructors.ts'
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
  if (!Number.isInteger(places) || places < 0 || places > 15 || Math.abs(value) > 1e15) {
    return undefined
  }
  const scaled = value * 10 ** places
  const isHalf = Number.isInteger(scaled * 2) && !Number.isInteger(scaled) && scaled / 10 ** places === value
  const even = Math.floor(scaled) % 2 === 0 ? Math.floor(scaled) : Math.ceil(scaled)
  return {
    type: 'float',
    value: isHalf && isExact(value) ? even / 10 ** places : Number(value.toFixed(places)),
    at: at,
  }
}

/** Whether a float has so few binary digits that its decimal digits end early. */
function isExact(value: number): boolean {
  return Number.isInteger(value * 1024)
}

/** `round(value)` of a float. */
export function roundToWhole(value: number): number {
  const below = Math.floor(value)
  return value - below === 0.5 ? below + (below % 2 === 0 ? 0 : 1) : Math.round(value)
}
