/**
 * Characters that change what a terminal or a reader sees instead of being seen: controls, line and paragraph separators,
 * marks of writing direction, invisible ones.
 */
const unseen =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is made visible
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu

const short: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/** Where characters that are not seen stand in a text, and how each is written instead. */
export function unseenIn(text: string): { readonly start: number; readonly end: number; readonly shown: string }[] {
  return [...text.matchAll(unseen)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    shown: escaped(match[0]),
  }))
}

/** One line of text in which nothing acts on a terminal or hides from a reader: `\x1b`, `\u202e`, `\n`. */
export function printable(text: string): string {
  return text.replace(unseen, escaped)
}

function escaped(char: string): string {
  const code = char.codePointAt(0) as number
  if (short[char] !== undefined) return short[char]
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`
  return code < 0x10000 ? `\\u${code.toString(16).padStart(4, '0')}` : `\\u{${code.toString(16)}}`
}

/**
 * Output in which no line is a command to a CI runner: GitHub's takes a line that begins with `::` after blanks, and `##[`
 * anywhere in a line. For everything that is printed but the annotations the tool itself makes.
 */
export function withoutCommands(output: string): string {
  return output.replaceAll('##[', '#\\x23[').replace(/^([ \t]*):(?=:)/gm, '$1\\x3a')
}

/** Our own colours, as picocolors writes them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const colour = /\u001b\[\d{1,2}m/g

/** An address behind a text, and its end. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const colourOrLink = /\u001b\[\d{1,2}m|\u001b\]8;;([!-~]*)\u001b\\/g

/**
 * Lines for a terminal: line ends and the tool's colours act, every other control is shown.
 * @param address what an address behind a text must begin with; undefined: there are none
 */
export function terminal(output: string, address?: string): string {
  let out = ''
  let at = 0
  for (const match of output.matchAll(address === undefined ? colour : colourOrLink)) {
    if (address !== undefined && match[1] && !match[1].startsWith(address)) continue
    out += lines(output.slice(at, match.index)) + match[0]
    at = match.index + match[0].length
  }
  return withoutCommands(out + lines(output.slice(at)))
}

function lines(text: string): string {
  return text.split('\n').map(printable).join('\n')
}
