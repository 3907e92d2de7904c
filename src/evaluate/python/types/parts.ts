import type { Hole, Part } from '../../parts.ts'

/**
 * What can be said of a text of which parts are unknown. Every function answers for all texts the parts stand for:
 * true or false when they agree, undefined when they do not.
 */

const classes: Readonly<Record<Hole['chars'], RegExp | undefined>> = {
  digits: /^[0-9]$/,
  word: /^[A-Za-z0-9_-]$/,
  host: /^[A-Za-z0-9.-]$/,
  any: undefined,
}

export function allows(hole: Hole, character: string): boolean {
  return classes[hole.chars]?.test(character) ?? true
}

/** Whether every character of `text` can stand in the hole, and the hole can have that length. */
export function canBe(hole: Hole, text: string): boolean {
  if (text === '') return !hole.nonEmpty
  const pattern = classes[hole.chars]
  if (pattern === undefined) return true
  for (const character of text) if (!pattern.test(character)) return false
  return true
}

/**
 * Reads `text` along the parts, from their start or from anywhere. A state is `cell * 2 + inside`, where a cell is one
 * character of known text or a hole, and `inside` says that the hole has taken a character.
 * `any`: some reading gets through; `atEnd`: one ends where the parts end; `holes`: one needs a hole.
 */
function walk(
  parts: readonly Part[],
  text: string,
  anywhere: boolean,
): { readonly atEnd: boolean; readonly any: boolean; readonly holes: boolean } {
  const cells: (string | Hole)[] = []
  for (const part of parts) {
    if (typeof part === 'string') for (const unit of split(part)) cells.push(unit)
    else cells.push(part)
  }
  const end = cells.length
  // A state's bits: 1 when some way there kept to known texts, 2 when some way took or skipped a hole.
  let states = new Map<number, number>()
  const enter = (into: Map<number, number>, cell: number, inside: number, bit: number): void => {
    const key = cell * 2 + inside
    const before = into.get(key) ?? 0
    if ((before & bit) !== 0) return
    into.set(key, before | bit)
    const content = cells[cell]
    // A hole can be left when it has taken something or may be empty.
    if (typeof content === 'object' && (inside === 1 || !content.nonEmpty)) enter(into, cell + 1, 0, 2)
  }
  if (anywhere) for (let cell = 0; cell <= end; cell++) states.set(cell * 2, 1)
  else enter(states, 0, 0, 1)
  for (const unit of split(text)) {
    const next = new Map<number, number>()
    for (const [key, bits] of states) {
      const cell = key >> 1
      const content = cells[cell]
      if (content === undefined) continue
      for (const bit of [1, 2]) {
        if ((bits & bit) === 0) continue
        if (typeof content === 'string') {
          if ((key & 1) === 0 && content === unit) enter(next, cell + 1, 0, bit)
        } else if (allows(content, unit)) enter(next, cell, 1, 2)
      }
    }
    states = next
    if (states.size === 0) return { atEnd: false, any: false, holes: false }
  }
  let holes = false
  for (const bits of states.values()) if ((bits & 2) !== 0) holes = true
  return { atEnd: states.has(end * 2), any: true, holes }
}

function split(text: string): string[] {
  return text.split('')
}

/** Texts longer than this are not matched against holes. */
const longest = 2_000

function tooLong(parts: readonly Part[], text: string): boolean {
  if (text.length > longest) return true
  let length = 0
  for (const part of parts) length += typeof part === 'string' ? part.length : 1
  return length > longest
}

function isKnown(parts: readonly Part[]): boolean {
  return parts.length === 0 || (parts.length === 1 && typeof parts[0] === 'string')
}

function known(parts: readonly Part[]): string {
  return (parts[0] as string | undefined) ?? ''
}

/** Whether two texts are equal. */
export function equalParts(a: readonly Part[], b: readonly Part[]): boolean | undefined {
  if (isKnown(a)) return isKnown(b) ? known(a) === known(b) : equalsText(b, known(a))
  if (isKnown(b)) return equalsText(a, known(b))
  const [left, right] = withoutCommon(a, b)
  if (left.length === 0 && right.length === 0) return true
  if (left.length === 0 || right.length === 0) {
    const other = left.length === 0 ? right : left
    return other.some((part) => typeof part === 'string' || part.nonEmpty) ? false : undefined
  }
  const [l, r] = [left[0], right[0]]
  if (typeof l === 'string' && typeof r === 'string') return false
  const [le, re] = [left[left.length - 1], right[right.length - 1]]
  if (typeof le === 'string' && typeof re === 'string') return false
  return undefined
}

function equalsText(parts: readonly Part[], text: string): boolean | undefined {
  if (tooLong(parts, text)) return undefined
  return walk(parts, text, false).atEnd ? undefined : false
}

/** Both without what they begin and end with in common. */
export function withoutCommon(a: readonly Part[], b: readonly Part[]): [readonly Part[], readonly Part[]] {
  const left = [...a]
  const right = [...b]
  while (left.length > 0 && right.length > 0) {
    const [l, r] = [left[0] as Part, right[0] as Part]
    if (typeof l === 'string' && typeof r === 'string') {
      let same = 0
      while (same < l.length && same < r.length && l[same] === r[same]) same++
      if (same === 0) break
      dropFront(left, l.slice(same))
      dropFront(right, r.slice(same))
      if (same < l.length && same < r.length) break
    } else if (typeof l !== 'string' && typeof r !== 'string' && l.name === r.name) {
      left.shift()
      right.shift()
    } else break
  }
  while (left.length > 0 && right.length > 0) {
    const [l, r] = [left[left.length - 1] as Part, right[right.length - 1] as Part]
    if (typeof l === 'string' && typeof r === 'string') {
      let same = 0
      while (same < l.length && same < r.length && l[l.length - 1 - same] === r[r.length - 1 - same]) same++
      if (same === 0) break
      dropBack(left, l.slice(0, l.length - same))
      dropBack(right, r.slice(0, r.length - same))
      if (same < l.length && same < r.length) break
    } else if (typeof l !== 'string' && typeof r !== 'string' && l.name === r.name) {
      left.pop()
      right.pop()
    } else break
  }
  return [left, right]
}

function dropFront(parts: Part[], rest: string): void {
  if (rest === '') parts.shift()
  else parts[0] = rest
}

function dropBack(parts: Part[], rest: string): void {
  if (rest === '') parts.pop()
  else parts[parts.length - 1] = rest
}

export function startsWith(parts: readonly Part[], prefix: string): boolean | undefined {
  const first = typeof parts[0] === 'string' ? parts[0] : ''
  if (first.startsWith(prefix)) return true
  if (isKnown(parts)) return false
  if (tooLong(parts, prefix)) return undefined
  return walk(parts, prefix, false).any ? undefined : false
}

export function endsWith(parts: readonly Part[], suffix: string): boolean | undefined {
  const end = parts[parts.length - 1]
  const last = typeof end === 'string' ? end : ''
  if (last.endsWith(suffix)) return true
  if (isKnown(parts)) return false
  if (tooLong(parts, suffix)) return undefined
  return walk(parts, suffix, true).atEnd ? undefined : false
}

export function contains(parts: readonly Part[], needle: string): boolean | undefined {
  // Every text holds the empty one, the empty text too.
  if (needle === '') return true
  if (parts.some((part) => typeof part === 'string' && part.includes(needle))) return true
  if (isKnown(parts)) return false
  if (tooLong(parts, needle)) return undefined
  return walk(parts, needle, true).any ? undefined : false
}

/** Whether some occurrence of `needle` could reach into a hole. When not, the known texts tell all occurrences. */
export function mayTouchHole(parts: readonly Part[], needle: string): boolean {
  if (isKnown(parts)) return false
  if (tooLong(parts, needle)) return true
  return walk(parts, needle, true).holes
}

/** Whether the text is non-empty. */
export function nonEmpty(parts: readonly Part[]): boolean | undefined {
  if (parts.length === 0) return false
  return parts.some((part) => typeof part === 'string' || part.nonEmpty) ? true : undefined
}
