/** Flags of Python's `re` by bit. */
export const flagBits = { IGNORECASE: 2, MULTILINE: 8, DOTALL: 16, UNICODE: 32, VERBOSE: 64, ASCII: 256 }

export interface Translated {
  readonly source: string
  readonly flags: string
  /** The pattern asks for letters, digits or spaces, which Python and JavaScript count differently beyond ASCII. */
  readonly classes: boolean
}

/**
 * A Python pattern as one of JavaScript that matches the same ASCII texts. Undefined when it uses what JavaScript lacks
 * (conditionals, atomic groups, possessive quantifiers, local flags, verbose mode).
 */
export function translate(pattern: string, bits: number): Translated | undefined {
  let flags = bits
  let source = pattern
  const inline = source.match(/^\(\?([aiLmsux]+)\)/)
  if (inline !== null) {
    for (const letter of inline[1] as string) {
      const bit = { i: 2, m: 8, s: 16, u: 32, x: 64, a: 256 }[letter]
      if (bit === undefined) return undefined
      flags |= bit
    }
    source = source.slice(inline[0].length)
  }
  if ((flags & flagBits.VERBOSE) !== 0) return undefined
  let out = ''
  let classes = false
  const multiline = (flags & flagBits.MULTILINE) !== 0
  for (let i = 0; i < source.length; i++) {
    const c = source[i] as string
    if (c === '\\') {
      const next = source[++i]
      if (next === undefined) return undefined
      if (/[dDwWsSbB]/.test(next)) classes = true
      if (next === 'A') out += '(?<![\\s\\S])'
      else if (next === 'Z' || next === 'z') out += '(?![\\s\\S])'
      else if (next === 'a') out += '\\x07'
      else if (/[a-zA-Z]/.test(next) && !/[dDwWsSbBnrtfvxu]/.test(next)) return undefined
      else if (next === '0') return undefined
      else out += '\\' + next
    } else if (c === '[') {
      const end = classEnd(source, i)
      if (end === undefined) return undefined
      const body = characterClass(source.slice(i + 1, end))
      if (body === undefined) return undefined
      if (/\\[dDwWsS]/.test(body)) classes = true
      out += `[${body}]`
      i = end
    } else if (c === '(' && source[i + 1] === '?') {
      const rest = source.slice(i)
      const named = rest.match(/^\(\?P<([A-Za-z_]\w*)>/)
      const back = rest.match(/^\(\?P=([A-Za-z_]\w*)\)/)
      const comment = rest.match(/^\(\?#[^)]*\)/)
      const plain = rest.match(/^\(\?(?::|=|!|<=|<!)/)
      const found = named ?? back ?? comment ?? plain
      if (found === null) return undefined
      if (named !== null) out += `(?<${named[1]}>`
      else if (back !== null) out += `\\k<${back[1]}>`
      else if (plain !== null) out += plain[0]
      i += found[0].length - 1
    } else if (c === '.') out += (flags & flagBits.DOTALL) !== 0 ? '[\\s\\S]' : '[^\\n]'
    else if (c === '^') out += multiline ? '(?<![^\\n])' : '(?<![\\s\\S])'
    else if (c === '$') out += multiline ? '(?![^\\n])' : '(?!\\n?[^\\n]|\\n\\n)(?!\\n[\\s\\S])'
    else if (/[*+?}]/.test(c) && source[i + 1] === '+') return undefined
    else if (c === '{' && /^\{,\d+\}/.test(source.slice(i))) out += '{0'
    else out += c
  }
  try {
    const js = (flags & flagBits.IGNORECASE) !== 0 ? 'i' : ''
    new RegExp(out, js)
    return { source: out, flags: js, classes }
  } catch {
    return undefined
  }
}

/** Index of the bracket that closes a class; a `]` at its very start is a member. */
function classEnd(source: string, start: number): number | undefined {
  let i = start + 1
  if (source[i] === '^') i++
  if (source[i] === ']') i++
  for (; i < source.length; i++) {
    if (source[i] === '\\') i++
    else if (source[i] === ']') return i
  }
  return undefined
}

function characterClass(body: string): string | undefined {
  let out = ''
  let i = 0
  if (body[0] === '^') {
    out = '^'
    i = 1
  }
  for (; i < body.length; i++) {
    const c = body[i] as string
    if (c === '\\') {
      const next = body[++i] as string
      if (next === 'a') out += '\\x07'
      else if (/[a-zA-Z0]/.test(next) && !/[dDwWsSbnrtfvxu]/.test(next)) return undefined
      else out += '\\' + next
    } else if (c === '[' || c === ']') out += '\\' + c
    else if (c === '&' && body[i + 1] === '&') return undefined
    else out += c
  }
  return out
}

/** Pieces of a replacement template: text, or a group by number or name. Undefined on an escape Python refuses. */
export function template(source: string): readonly (string | { readonly group: string })[] | undefined {
  const out: (string | { readonly group: string })[] = []
  for (let i = 0; i < source.length; i++) {
    if (source[i] !== '\\') {
      out.push(source[i] as string)
      continue
    }
    const rest = source.slice(i + 1)
    const group = rest.match(/^([1-9]\d?)/)?.[1] ?? rest.match(/^g<([A-Za-z_]\w*|\d+)>/)?.[1]
    if (group !== undefined) {
      out.push({ group })
      i += rest.startsWith('g') ? group.length + 3 : group.length
      continue
    }
    const next = rest[0]
    const escaped = { n: '\n', r: '\r', t: '\t', f: '\f', v: '\v', a: '\x07', b: '\b', '\\': '\\' }[next ?? '']
    if (escaped !== undefined) out.push(escaped)
    else if (next === undefined || /[a-zA-Z0-9]/.test(next)) return undefined
    else out.push('\\' + next)
    i++
  }
  return out
}

/**
 * How long a text may be for a pattern to answer in milliseconds: JavaScript's engine goes back and forth, so repetition
 * inside of repetition costs exponentially, and several side by side a power of the length.
 */
export function longestText(source: string): number {
  const plain = source.replaceAll(/\\[\s\S]|\[(?:\\[\s\S]|[^\]\\])*\]/g, 'c')
  const open: boolean[] = []
  let unbounded = 0
  for (let i = 0; i < plain.length; i++) {
    const c = plain[i]
    if (c === '(') open.push(false)
    else if (c === '|') markOpen(open)
    else if (c === ')') {
      const varies = open.pop() ?? false
      if (/^(?:[*+]|\{\d*,)/.test(plain.slice(i + 1)) && varies) return 20
      if (varies) markOpen(open)
    } else if (c === '*' || c === '+' || (c === '{' && /^\{\d*,\}/.test(plain.slice(i)))) {
      unbounded++
      markOpen(open)
    } else if ((c === '?' && plain[i - 1] !== '(') || c === '{') markOpen(open)
  }
  return [20_000, 20_000, 2_000, 300, 150, 100][unbounded] ?? 40
}

function markOpen(open: boolean[]): void {
  if (open.length > 0) open[open.length - 1] = true
}
