import type { Bit } from './words.ts'

/** A shell pattern as a regular expression over a whole text; undefined when a part of it is unknown. */
export function patternOf(bits: readonly Bit[]): RegExp | undefined {
  const body = patternBody(bits)
  return body === undefined ? undefined : compile(`^(?:${body})$`)
}

/** The pattern's body, unanchored. `lazy`: `*` takes as little as it can. */
export function patternBody(bits: readonly Bit[], lazy = false): string | undefined {
  let out = ''
  for (const { part, quoted } of bits) {
    if (typeof part !== 'string') return undefined
    out += quoted ? escapeText(part) : translate(part, lazy)
  }
  return out
}

export function compile(body: string): RegExp | undefined {
  try {
    return new RegExp(body, 'su')
  } catch {
    return undefined
  }
}

/** Whether a word holds an unquoted pattern character. */
export function hasPattern(bits: readonly Bit[]): boolean {
  return bits.some(({ part, quoted }) => !quoted && typeof part === 'string' && /[*?[]/.test(part))
}

function translate(text: string, lazy: boolean): string {
  let out = ''
  for (let i = 0; i < text.length; i++) {
    const char = text[i] as string
    if (char === '*') out += lazy ? '.*?' : '.*'
    else if (char === '?') out += '.'
    else if (char === '[') {
      const close = text.indexOf(']', text[i + 1] === '!' || text[i + 1] === '^' ? i + 3 : i + 2)
      if (close === -1) out += '\\['
      else {
        out += bracket(text.slice(i + 1, close))
        i = close
      }
    } else out += escapeText(char)
  }
  return out
}

const classes: Record<string, string> = {
  alpha: 'A-Za-z',
  digit: '0-9',
  alnum: 'A-Za-z0-9',
  upper: 'A-Z',
  lower: 'a-z',
  space: '\\s',
  blank: ' \\t',
  punct: '!-\\/:-@\\[-`{-~',
  xdigit: '0-9A-Fa-f',
  word: '\\w',
}

function bracket(content: string): string {
  const negated = content.startsWith('!') || content.startsWith('^')
  const body = (negated ? content.slice(1) : content)
    .replace(/[\\\]^&|~]/g, '\\$&')
    .replace(/\[:(\w+):\\\]/g, (whole, name: string) => classes[name] ?? whole)
    .replace(/\[/g, '\\[')
  return `[${negated ? '^' : ''}${body}]`
}

function escapeText(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
}
