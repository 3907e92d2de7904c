import type { Regex } from './regex.ts'

/** Whether some lookbehind has no fixed width: `re.compile` refuses it after it has read the whole pattern. */
export function hasVaryingLookbehind(regex: Regex): boolean {
  if (regex.kind === 'sequence') return regex.items.some(hasVaryingLookbehind)
  if (regex.kind === 'choice') return regex.options.some(hasVaryingLookbehind)
  if (!('inner' in regex)) return false
  const [least, most] = width(regex.inner)
  return (regex.kind === 'look' && !regex.ahead && least !== most) || hasVaryingLookbehind(regex.inner)
}

/** How many characters it takes at least and at most. */
function width(regex: Regex): readonly [number, number] {
  switch (regex.kind) {
    case 'set':
    case 'any':
      return [1, 1]
    case 'sequence':
      return regex.items.map(width).reduce(([a, b], [least, most]) => [a + least, b + most], [0, 0])
    case 'choice': {
      const widths = regex.options.map(width)
      return [Math.min(...widths.map(([least]) => least)), Math.max(...widths.map(([, most]) => most))]
    }
    case 'group':
    case 'other':
      return width(regex.inner)
    case 'repeat': {
      const [least, most] = width(regex.inner)
      return [regex.min * least, most === 0 ? 0 : regex.max * most]
    }
    default:
      return [0, 0]
  }
}
