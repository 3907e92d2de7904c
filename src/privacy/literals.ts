/** A quoted text: `from` and `to` bound its content. */
export interface Literal {
  readonly start: number
  readonly from: number
  readonly to: number
  readonly end: number
}

export interface Lexed {
  readonly literals: readonly Literal[]
  readonly comments: readonly { readonly start: number; readonly end: number }[]
}

/**
 * The quoted texts and comments of code in any of the languages a project holds, roughly: what a quote opens, the same quote
 * closes, on its line unless it is a triple quote or a backtick. Good enough to tell a key from its value.
 */
export function lex(text: string, hash: boolean, slashes: boolean): Lexed {
  const literals: Literal[] = []
  const comments: { start: number; end: number }[] = []
  const lineEnd = (at: number): number => {
    const end = text.indexOf('\n', at)
    return end < 0 ? text.length : end
  }
  const opening = /["'`#]|\/[/*]/g
  for (let match = opening.exec(text); match !== null; match = opening.exec(text)) {
    const at = match.index
    const what = match[0]
    if (what === '#' || what === '//') {
      const blank = at === 0 || /[\s;]/.test(text[at - 1] as string)
      if (!blank || !(what === '#' ? hash : slashes)) continue
      opening.lastIndex = lineEnd(at)
      comments.push({ start: at, end: opening.lastIndex })
    } else if (what === '/*') {
      if (!slashes) continue
      const end = text.indexOf('*/', at + 2)
      opening.lastIndex = end < 0 ? text.length : end + 2
      comments.push({ start: at, end: opening.lastIndex })
    } else {
      // An apostrophe in a word opens nothing; `b'` and `rf'` are prefixes.
      if (what === "'" && /[A-Za-z]{3}$|(?:^|[^A-Za-z])[^\WrbfuRBFU]$/.test(text.slice(Math.max(0, at - 3), at)))
        continue
      const literal = quoted(text, at, what, lineEnd)
      literals.push(literal)
      opening.lastIndex = literal.end
    }
  }
  return { literals, comments }
}

function quoted(text: string, at: number, quote: string, lineEnd: (at: number) => number): Literal {
  const triple = quote !== '`' && text.startsWith(quote.repeat(3), at)
  const closing = triple ? quote.repeat(3) : quote
  const from = at + closing.length
  const limit = triple || quote === '`' ? text.length : undefined
  for (let i = from; i < (limit ?? text.length); i++) {
    if (text[i] === '\\') i++
    else if (text.startsWith(closing, i)) return { start: at, from, to: i, end: i + closing.length }
    else if (limit === undefined && text[i] === '\n') break
  }
  const end = limit ?? lineEnd(at)
  return { start: at, from: Math.min(from, end), to: end, end }
}
