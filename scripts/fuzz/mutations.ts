import type { Random } from './random.ts'

/** Characters and words that mean something to one of the languages, or to nobody. */
const pieces: readonly string[] = [
  ...'()[]{}<>\'"`#:;,.=+-*/\\|&!?@$%^~_0 \t\n\r\f\v\0'.split(''),
  ...['\r\n', '\\\n', '"""', "'''", '${', '$(', '{{', '}}', '{%', '%}', '<!--', '-->', '<script>', '</script>', '/*', '*/'],
  ...['//', '<<EOF\n', '&&', '||', ';;', '=>', ':=', '**', '==', '>=', '~=', '- ', '---\n', '&a ', '*a', '<<: ', '[[', ']]'],
  ...['(?P<a>', '(?:', '(?=', '{1,99999}', '\\1', '[^', '\\d+', 'é', '🙂', '\u2028', '\u202e', '\ufeff', '\ud800', '\u00a0'],
  ...['if ', 'else:', 'for x in ', 'while 1:', 'def f(', 'class A(', 'lambda: ', 'return ', 'yield ', 'import ', 'from . import '],
  ...['async ', 'await ', 'with ', 'try:', 'except:', 'match x:\n case ', 'del ', 'global ', 'not ', 'f"{', 'r"', 'b"', '1e999', '0x'],
  ...['export ', 'default ', 'function ', 'new ', 'const ', '=>{', 'case ', 'switch(', 'enum ', 'interface ', '<A/>', '`${'],
  ...['$PORT', 'web: ', 'release: ', 'daphne ', 'exec ', 'FROM ', 'CMD [', '-r ', '--hash=', '; python_version < "3"', '@ https://'],
  ...['null', 'true', 'NaN', '99999999999999999999', '-0', '__proto__', 'constructor', 'toString', 'os.environ["A"]', '\u001b[31m'],
] // biome-ignore format: a list

type Mutation = (text: string, random: Random, other: string) => string

/** A stretch of the text: short mostly, now and then as long as may be. */
function stretch(text: string, random: Random): readonly [number, number] {
  const start = random.below(text.length + 1)
  const longest = random.below(8) === 0 ? text.length : 24
  return [start, Math.min(text.length, start + random.below(longest + 1))]
}

const mutations: readonly Mutation[] = [
  // insert
  (text, random) => {
    const at = random.below(text.length + 1)
    return text.slice(0, at) + random.one(pieces) + text.slice(at)
  },
  // replace
  (text, random) => {
    const [start, end] = stretch(text, random)
    return text.slice(0, start) + random.one(pieces) + text.slice(end)
  },
  // delete
  (text, random) => {
    const [start, end] = stretch(text, random)
    return text.slice(0, start) + text.slice(end)
  },
  // duplicate
  (text, random) => {
    const [start, end] = stretch(text, random)
    const times = random.below(16) === 0 ? 1 + random.below(60) : 1
    return text.slice(0, end) + text.slice(start, end).repeat(times) + text.slice(end)
  },
  // swap two lines
  (text, random) => {
    const lines = text.split('\n')
    const [a, b] = [random.below(lines.length), random.below(lines.length)]
    const [one, other] = [lines[a] ?? '', lines[b] ?? '']
    lines[a] = other
    lines[b] = one
    return lines.join('\n')
  },
  // truncate
  (text, random) => text.slice(0, random.below(text.length + 1)),
  // splice with another text of the kind
  (text, random, other) => text.slice(0, random.below(text.length + 1)) + other.slice(random.below(other.length + 1)),
  // any UTF-16 unit
  (text, random) => {
    const at = random.below(text.length + 1)
    return (
      text.slice(0, at) + String.fromCharCode(random.below(random.below(2) === 0 ? 256 : 65536)) + text.slice(at + 1)
    )
  },
  // deep
  (text, random) => {
    const at = random.below(text.length + 1)
    return text.slice(0, at) + random.one(pieces).repeat(1 + random.below(600)) + text.slice(at)
  },
]

/** One to six changes of a text; `others` are texts of its kind, for splices. No longer than 60,000 characters. */
export function mutated(text: string, others: readonly string[], random: Random): string {
  let out = text
  for (let left = 1 + random.below(6); left > 0; left--) {
    // Depth is tried less often than the rest: it makes texts that are slow and all alike.
    const mutation = random.below(12) === 0 ? random.one(mutations) : random.one(mutations.slice(0, -1))
    out = mutation(out, random, random.one(others)).slice(0, 60_000)
  }
  return out
}

/** A text as bytes of some encoding, some of them wrong. */
export function asBytes(text: string, random: Random): Uint8Array {
  const kind = random.below(4)
  const bytes =
    kind === 0
      ? Buffer.from(`\ufeff${text}`, 'utf16le')
      : kind === 1
        ? Buffer.from(text, 'latin1')
        : Buffer.from(kind === 2 ? `\ufeff${text}` : text, 'utf8')
  for (let left = random.below(4); left > 0 && bytes.length > 0; left--)
    bytes[random.below(bytes.length)] = random.below(256)
  return Uint8Array.from(bytes)
}
