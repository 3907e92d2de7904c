import { type Lexed, type Literal, lex } from './literals.ts'
import { type NameAt, secretNames } from './names.ts'
import { type Hidden, isPlaceholder, opaqueRuns, tokens, urlPasswords } from './tokens.ts'

/** How a text names its values: `code` quotes them, `lines` puts them behind `=`, `:` or a blank, as .env, YAML and shell do. */
export type Manner = 'python' | 'script' | 'data' | 'lines'

/** By the name of a file. */
export function mannerOf(path: string): Manner {
  if (/\.pyi?$/.test(path)) return 'python'
  if (/\.(?:[cm]?[jt]sx?|vue|svelte|html?|css|scss)$/.test(path)) return 'script'
  return /\.(?:json|ipynb|lock)$/.test(path) ? 'data' : 'lines'
}

/** Beyond this a file is no source anybody wrote: only what its shown lines say by themselves is looked at. */
const maxText = 2_000_000

/** What of a text is a secret, by its name or by its form, in order and without overlap. */
export function secretsIn(text: string, manner: Manner): Hidden[] {
  if (text.length > maxText) return []
  const found = [...urlPasswords(text), ...tokens(text), ...opaqueRuns(text)]
  const lexed = manner === 'lines' ? undefined : lex(text, manner === 'python', manner === 'script')
  for (const name of secretNames(text)) {
    const values = lexed === undefined ? lineValue(text, name) : codeValues(text, name, lexed, manner)
    // `'API_KEY': config('api_key')`: the name of the variable once more.
    const own = text.slice(name.start, name.end).toLowerCase()
    found.push(...values.filter(({ start, end }) => text.slice(start, end).toLowerCase() !== own))
  }
  return merged(found.filter(({ start, end }) => end > start && !isPlaceholder(text.slice(start, end))))
}

/** Parts in order, those that touch as one. */
export function merged(parts: Hidden[]): Hidden[] {
  const out: { start: number; end: number }[] = []
  for (const { start, end } of parts.sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = out.at(-1)
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end)
    else out.push({ start, end })
  }
  return out
}

function codeValues(text: string, name: NameAt, { literals, comments }: Lexed, manner: Manner): Hidden[] {
  const around = lastAt(literals, name.start)
  if (around !== undefined && name.start < around.end) {
    if (name.start !== around.from || name.end !== around.to) return inline(text, name.end, around.to)
    // In JSON a comma parts one entry from the next, but for `"name": "TOKEN", "value": …`.
    const other =
      manner === 'data'
        ? /^"\s*,(?!\s*"(?:value|default)")/.test(text.slice(around.end - 1, around.end + 80))
        : /^\s*,/.test(text.slice(around.end, around.end + 80)) && isListed(text, around, literals, comments)
    return other ? [] : valuesFrom(text, around.end, literals, comments)
  }
  const comment = lastAt(comments, name.start)
  if (comment !== undefined && name.start < comment.end) return inline(text, name.end, comment.end)
  // `if not token:` opens a block.
  const block =
    manner === 'python' && /^[ \t]*:[ \t]*(?:#.*)?$/m.test(text.slice(name.end, name.end + 200).split('\n', 1)[0] ?? '')
  return block ? [] : valuesFrom(text, name.end, literals, comments)
}

/**
 * Whether a quoted name is one entry of a list among its likes, as an app in INSTALLED_APPS: the next entry is not its value. An
 * argument of a call, an option of a command line (`'--token', 'x'`) and the first of a pair in a list of pairs do name the next, and so
 * does one whose neighbours are no names (`['password', 'hunter2']`).
 */
function isListed(text: string, name: Literal, literals: Lexed['literals'], comments: Lexed['comments']): boolean {
  if (text[name.from] === '-') return false
  const open = openedBefore(text, name.start, literals, comments)
  if (open === undefined || text[open] !== '[') return false
  const isPair = text.slice(open + 1, name.start).trim() === ''
  const around = openedBefore(text, open, literals, comments)
  if (isPair && around !== undefined && /[[(]/.test(text[around] as string)) return false
  return areNames(text, open, name, literals)
}

/** Whether all that a list quotes, up to its first bracket or end behind a name, is a name: of a module, of a field. */
function areNames(text: string, open: number, name: Literal, literals: Lexed['literals']): boolean {
  const first = literals.findIndex(({ start }) => start > open)
  const entries: string[] = []
  let next = ''
  for (let index = first; index < literals.length && index < first + 400; index++) {
    const { start, from, to } = literals[index] as Literal
    if (start > name.end && /[[\](){}]/.test(text.slice((literals[index - 1] as Literal).end, start))) break
    entries.push(text.slice(from, to))
    if (start > name.start && next === '') next = text.slice(from, to)
  }
  if (!entries.every((entry) => /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/.test(entry))) return false
  // `oauth2_provider` among modules is one of them; alone with a name it may be what that stands for.
  return !/\d/.test(next) || entries.some((entry) => entry.includes('.'))
}

/** The bracket that is open at an offset, looked for in what stands shortly before. */
function openedBefore(
  text: string,
  at: number,
  literals: Lexed['literals'],
  comments: Lexed['comments'],
): number | undefined {
  let depth = 0
  for (let i = at - 1; i >= Math.max(0, at - 6000); i--) {
    const skipped = [lastAt(literals, i), lastAt(comments, i)].find((one) => one !== undefined && i < one.end)
    if (skipped !== undefined) {
      i = skipped.start
      continue
    }
    const char = text[i] as string
    if (')]}'.includes(char)) depth++
    else if ('([{'.includes(char) && --depth < 0) return i
  }
  return undefined
}

/** The last of some places that starts at or before an offset. */
function lastAt<T extends { readonly start: number }>(places: readonly T[], offset: number): T | undefined {
  let low = 0
  let high = places.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((places[middle] as T).start <= offset) low = middle + 1
    else high = middle
  }
  return places[low - 1]
}

/** What is written behind the name of a switch, and no secret. */
const plainWord = /^(?:true|false|yes|no|null|none)$/i

/** `name=value` inside a quoted text or a comment: a query, a connection string, JSON in a string. */
function inline(text: string, at: number, end: number): Hidden[] {
  const lead = /\\?["']?[ \t]*[=:][ \t]*\\?["']?/y
  lead.lastIndex = at
  if (lead.exec(text) === null) return []
  const run = /[^\s&"'`,;<>\\]+/y
  run.lastIndex = lead.lastIndex
  const value = run.exec(text)?.[0]
  if (value === undefined || value.length < 3 || /^[{$%(]/.test(value) || plainWord.test(value)) return []
  if (/^[A-Za-z_][\w.]*[([]$/.test(value) && /["']/.test(text[run.lastIndex] ?? '')) return quotedIn(text, at, end)
  return [{ start: lead.lastIndex, end: Math.min(end, lead.lastIndex + value.length) }]
}

/** `# SECRET_KEY = os.environ.get('SECRET_KEY', 'x')`: a line of code that was put aside names its value as code does. */
function quotedIn(text: string, at: number, end: number): Hidden[] {
  const code = text.slice(at, end)
  const { literals, comments } = lex(code, true, true)
  return valuesFrom(code, 0, literals, comments).map((one) => ({ start: one.start + at, end: one.end + at }))
}

/** What comes between a name and its value in code: brackets and quotes of a key, an annotation, then the sign. */
const sign = /[\])"' \t]*(?::[ \t]*[\w.[\], |]{1,60}?[ \t]*(?==[^=]))?(?:=>|[:?+]?={1,3}|:|,)/y

/** Keys of manifests whose values are for people. */
const prose = /^(?:description|generator|type|help|help_text|label|name|verbose_name|title|required|scope)$/i

/** The quoted texts of the value that starts behind a name, to the end of its expression. */
function valuesFrom(text: string, at: number, literals: Lexed['literals'], comments: Lexed['comments']): Hidden[] {
  sign.lastIndex = at
  const said = sign.exec(text)?.[0]
  // `if not env('TOKEN'):` and `f(env('TOKEN'), x)`: behind a call only an assignment or a comparison names its value.
  if (said === undefined || (said.includes(')') && !said.endsWith('='))) return []
  const found: Hidden[] = []
  let depth = 0
  let key = ''
  let last = '='
  for (let i = sign.lastIndex; i < Math.min(text.length, at + 6000); i++) {
    const literal = lastAt(literals, i)
    if (literal?.start === i) {
      if (/^\s*:/.test(text.slice(literal.end, literal.end + 20)) && (depth > 0 || text[sign.lastIndex - 1] === ','))
        key = text.slice(literal.from, literal.to)
      else {
        if (!prose.test(key) && isValue(text, literal)) found.push({ start: literal.from, end: literal.to })
        key = ''
      }
      i = literal.end - 1
      last = '"'
      continue
    }
    const comment = lastAt(comments, i)
    if (comment?.start === i) {
      i = comment.end - 1
      continue
    }
    const char = text[i] as string
    if ('([{'.includes(char)) depth++
    else if (')]}'.includes(char) && --depth < 0) break
    else if ((char === ',' || char === ';') && depth === 0) break
    else if (char === '\n' && depth === 0 && !'=:,+\\('.includes(last)) break
    else if (/\d/.test(char) && !/[\w.]/.test(text[i - 1] ?? '')) {
      const digits = /\d+/y
      digits.lastIndex = i
      const number = digits.exec(text)?.[0] ?? ''
      if (number.length >= 4) found.push({ start: i, end: i + number.length })
      i += number.length - 1
    }
    if (!/\s/.test(char)) last = char
  }
  return found
}

/** Whether a quoted text could be the secret itself: no variable's name, no codec, no import path, no plain address. */
function isValue(text: string, literal: Literal): boolean {
  const content = text.slice(literal.from, literal.to)
  if (content.trim() === '' || /^(?:utf-?8|ascii|latin-?1|hex|base64|utf-16)$/i.test(content)) return false
  if (/^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*){2,}$/.test(content) || /^[a-z][a-z+.-]*:\/\//i.test(content)) return false
  const before = text
    .slice(Math.max(0, literal.start - 12), literal.start)
    .replace(/[rbfu]{0,2}$/i, '')
    .trimEnd()
  return !(/[([]$/.test(before) && /^[A-Z][A-Z0-9_]*$/.test(content) && /[A-Z]_|^[A-Z]+$/.test(content))
}

/** The value behind a name in a file of lines: to the end of the line, or of the word in a command. */
function lineValue(text: string, name: NameAt): Hidden[] {
  const lineStart = text.lastIndexOf('\n', name.start - 1) + 1
  const newline = text.indexOf('\n', name.end)
  const lineEnd = newline < 0 ? text.length : newline
  const before = text.slice(lineStart, name.start)
  const lead = /["'\])]*(?:[ \t]*(?:=>|[:?+]?=|:)[ \t]*|[ \t]+)/y
  lead.lastIndex = name.end
  const sign = lead.exec(text)?.[0]
  if (sign === undefined || lead.lastIndex >= lineEnd) return below(text, lineEnd)
  // A blank alone is a sign only behind an option, in a Dockerfile, or in a netrc.
  const option = text[name.start] === '-'
  if (/^["'\])]*[ \t]+$/.test(sign) && !option && !/(?:--?|\b(?:ENV|ARG|login \S+|setenv|set)[ \t]+)$/i.test(before))
    return []
  const from = lead.lastIndex
  const rest = text.slice(from, lineEnd)
  const quote = /^[bfru]?(["'])/.exec(rest)
  if (quote !== null) {
    const open = from + quote[0].length
    const close = text.indexOf(quote[1] as string, open)
    return [{ start: open, end: close < 0 || close > lineEnd ? lineEnd : close }]
  }
  if (/^[|>][+-]?\d?\s*$/.test(rest)) return block(text, lineEnd, before.length - before.trimStart().length)
  if (plainWord.test(rest.trim()) || /^\d{0,3}\s*$/.test(rest)) return []
  // Before a command more words follow; alone on its line, blanks belong to the value.
  const alone = /^\s*(?:export\s+|-\s+|ENV\s+)?["']?$/i.test(before)
  const value = (alone ? rest.trimEnd() : (/^\S+/.exec(rest)?.[0] ?? '')).replace(/[,;)]+$/, '')
  return value.length < 3 || /^(?:\$[({\w]|\{\{|<|%\()/.test(value) ? [] : [{ start: from, end: from + value.length }]
}

/** `- key: NAME` with its value on the next line. */
function below(text: string, lineEnd: number): Hidden[] {
  const next = /\s*["']?(?:value|default)["']?[ \t]*:[ \t]*["']?/y
  next.lastIndex = lineEnd
  if (next.exec(text) === null) return []
  const value = /[^\n"']+/y
  value.lastIndex = next.lastIndex
  const found = value.exec(text)?.[0].trimEnd()
  return found === undefined ? [] : [{ start: next.lastIndex, end: next.lastIndex + found.length }]
}

/** The lines of a YAML block: those indented deeper than its key. */
function block(text: string, lineEnd: number, indent: number): Hidden[] {
  let end = lineEnd
  for (let at = lineEnd + 1; at < text.length; ) {
    const newline = text.indexOf('\n', at)
    const stop = newline < 0 ? text.length : newline
    const line = text.slice(at, stop)
    if (line.trim() !== '' && line.length - line.trimStart().length <= indent) break
    end = stop
    at = stop + 1
  }
  return [{ start: lineEnd + 1, end }]
}
