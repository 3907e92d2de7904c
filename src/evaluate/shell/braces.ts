const limit = 200

/** Brace expansion of a raw word: `a{b,c}` -> `ab`, `ac`; `{1..3}` -> `1`, `2`, `3`. Quotes and escapes are respected. */
export function alternativesOf(text: string): string[] {
  const group = firstGroup(text)
  if (group === undefined) return [text]
  const before = text.slice(0, group.start)
  const after = alternativesOf(text.slice(group.end))
  const inner = group.items.flatMap((item) => alternativesOf(item))
  return inner.flatMap((item) => after.map((rest) => before + item + rest)).slice(0, limit)
}

interface Group {
  readonly start: number
  readonly end: number
  readonly items: readonly string[]
}

function firstGroup(text: string): Group | undefined {
  for (let i = 0; i < text.length; i++) {
    i = skipQuoted(text, i)
    if (text[i] !== '{' || text[i - 1] === '$') continue
    const group = groupAt(text, i)
    if (group !== undefined) return group
  }
  return undefined
}

function groupAt(text: string, start: number): Group | undefined {
  const items: string[] = []
  let depth = 0
  let from = start + 1
  for (let i = start; i < text.length; i++) {
    const next = skipQuoted(text, i)
    if (next !== i) {
      i = next
      continue
    }
    if (text[i] === '{') depth++
    else if (text[i] === ',' && depth === 1) {
      items.push(text.slice(from, i))
      from = i + 1
    } else if (text[i] === '}' && --depth === 0) {
      const last = text.slice(from, i)
      if (items.length > 0) return { start, end: i + 1, items: [...items, last] }
      const range = sequence(last)
      return range === undefined ? undefined : { start, end: i + 1, items: range }
    }
  }
  return undefined
}

/** The index of the last character of a quoted stretch that begins at `i`; `i` when none does. */
function skipQuoted(text: string, i: number): number {
  const char = text[i]
  if (char === '\\') return i + 1
  if (char !== "'" && char !== '"') return i
  for (let j = i + 1; j < text.length; j++) {
    if (text[j] === '\\' && char === '"') j++
    else if (text[j] === char) return j
  }
  return i
}

function sequence(text: string): string[] | undefined {
  const numbers = /^(-?\d{1,6})\.\.(-?\d{1,6})(?:\.\.(-?\d{1,6}))?$/.exec(text)
  const letters = /^([A-Za-z])\.\.([A-Za-z])(?:\.\.(-?\d{1,6}))?$/.exec(text)
  if (letters !== null) {
    const by = Math.abs(Number(letters[3] ?? 1)) || 1
    const [from, to] = [letters[1] as string, letters[2] as string].map((c) => c.charCodeAt(0)) as [number, number]
    return steps(from, to, by).map((code) => String.fromCharCode(code))
  }
  if (numbers === null) return undefined
  const [, first, last, by] = numbers as unknown as [string, string, string, string | undefined]
  const padded = /^-?0\d/.test(first) || /^-?0\d/.test(last)
  const width = padded ? Math.max(first.length, last.length) : 0
  return steps(Number(first), Number(last), Math.abs(Number(by ?? 1)) || 1).map((n) => pad(n, width))
}

function pad(value: number, width: number): string {
  const digits = String(Math.abs(value))
  return value < 0 ? `-${digits.padStart(width - 1, '0')}` : digits.padStart(width, '0')
}

function steps(from: number, to: number, by: number): number[] {
  const out: number[] = []
  for (let n = from; (from <= to ? n <= to : n >= to) && out.length < limit; n += from <= to ? by : -by) out.push(n)
  return out
}
