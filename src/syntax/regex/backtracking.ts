import type { CharSet, Regex } from './regex.ts'

/** Repeats of open length that a backtracking matcher may try against each other. */
const mostOverlapping = 3

/**
 * Whether a backtracking matcher surely ends soon on a path: no repeat of open length inside another repeat, and no more than
 * a few whose texts could be cut in several ways. Patterns come from the repository.
 */
export function isTame(regex: Regex): boolean {
  const flat = flatten(regex)
  if (flat === undefined) return false
  let overlapping = 0
  let before: CharSet | 'any' | undefined
  for (const part of flat) {
    if (part.kind === 'one') {
      // A character that the repeat before it cannot take: where that ends is settled.
      if (before !== undefined && before !== 'any' && part.point !== undefined && !holds(before, part.point)) {
        overlapping--
        before = undefined
      }
      continue
    }
    overlapping++
    if (overlapping > mostOverlapping) return false
    before = part.set
  }
  return true
}

type Part =
  | { readonly kind: 'one'; readonly point: number | undefined }
  | { readonly kind: 'open'; readonly set: CharSet | 'any' }

/** A pattern as the characters and the open repeats it is made of, in order; undefined when repeats hold repeats. */
function flatten(regex: Regex): Part[] | undefined {
  switch (regex.kind) {
    case 'set': {
      const [range] = regex.set.ranges
      const single = !regex.set.negated && regex.set.classes.length === 0 && regex.set.ranges.length === 1
      return [{ kind: 'one', point: single && range?.[0] === range?.[1] ? range?.[0] : undefined }]
    }
    case 'any':
      return [{ kind: 'one', point: undefined }]
    case 'sequence':
      return joined(regex.items)
    case 'choice':
      return joined(regex.options)
    case 'group':
    case 'look':
      return flatten(regex.inner)
    case 'repeat': {
      if (regex.inner.kind === 'set') return [{ kind: 'open', set: regex.inner.set }]
      if (regex.inner.kind === 'any') return [{ kind: 'open', set: 'any' }]
      const inner = flatten(regex.inner)
      // Repeated alternatives may take the same text in several ways: `(a|a)*`.
      const ambiguous = inner?.some(({ kind }) => kind === 'open') === true || hasChoice(regex.inner)
      if (inner === undefined || (regex.max > 1 && ambiguous)) return undefined
      return regex.min === regex.max ? inner : [{ kind: 'open', set: 'any' }, ...inner]
    }
    case 'back-reference':
      return [{ kind: 'open', set: 'any' }]
    default:
      return []
  }
}

function hasChoice(regex: Regex): boolean {
  if (regex.kind === 'choice') return true
  if (regex.kind === 'sequence') return regex.items.some(hasChoice)
  return 'inner' in regex && hasChoice(regex.inner)
}

function joined(items: readonly Regex[]): Part[] | undefined {
  const parts = items.map(flatten)
  return parts.includes(undefined) ? undefined : parts.flatMap((part) => part ?? [])
}

/** Whether a set takes a character; in doubt it does. */
function holds({ negated, ranges, classes }: CharSet, point: number): boolean {
  const char = String.fromCodePoint(point)
  const inClass = classes.some((name) => {
    if (name === 'w') return /[\p{L}\p{N}_]/u.test(char)
    if (name === 'd') return /\p{Nd}/u.test(char)
    return name === 's' ? /\s/.test(char) : true
  })
  const inside = inClass || ranges.some(([low, high]) => point >= low && point <= high)
  return negated ? classes.length > 0 || !inside : inside
}

/**
 * How many characters a text may have for a backtracking matcher to answer in milliseconds: repetition inside of repetition
 * costs exponentially, and several side by side a power of the length.
 */
export function longestText(regex: Regex): number {
  const unbounded = openRepeats(regex)
  if (unbounded === undefined) return 20
  return [20_000, 20_000, 2_000, 300, 150, 100][unbounded] ?? 40
}

/** How many repeats have no upper end; undefined when something of varying length is repeated. */
function openRepeats(regex: Regex): number | undefined {
  switch (regex.kind) {
    case 'sequence':
    case 'choice': {
      const parts = (regex.kind === 'sequence' ? regex.items : regex.options).map(openRepeats)
      return parts.includes(undefined) ? undefined : parts.reduce<number>((sum, part) => sum + (part ?? 0), 0)
    }
    case 'group':
    case 'look':
      return openRepeats(regex.inner)
    case 'repeat': {
      const inner = openRepeats(regex.inner)
      if (inner === undefined || (regex.max > 1 && varies(regex.inner))) return undefined
      return inner + (regex.max === Number.POSITIVE_INFINITY ? 1 : 0)
    }
    default:
      return 0
  }
}

/** Whether it may take texts in several ways: a repeat or alternatives inside. */
function varies(regex: Regex): boolean {
  if (regex.kind === 'sequence') return regex.items.some(varies)
  if (regex.kind === 'repeat') return regex.min !== regex.max || varies(regex.inner)
  return regex.kind === 'choice' || ('inner' in regex && varies(regex.inner))
}
