import type { Span } from '../contracts/place.ts'
import { lineStarts, positionAt } from '../files/lines.ts'

/** Columns of source shown at most; longer lines are cut around the marked part. */
const width = 110

/**
 * The first line of `span` with a rule of carets under it, and how many more lines the span covers. Tabs become one
 * blank each and other control characters their pictures, so that the carets stand where they should and a file cannot
 * command the reader's terminal.
 */
export function codeFrame(
  source: string,
  span: Span,
  mark: (text: string) => string,
  dim: (text: string) => string,
): string[] {
  const starts = lineStarts(source)
  const first = positionAt(starts, span.start)
  const last = positionAt(starts, Math.max(span.start, span.end - 1))
  const lineStart = starts[first.line - 1] as number
  const line = source
    .slice(lineStart, starts[first.line] ?? source.length)
    .replace(/[\r\n]+$/, '')
    .replace(/\t/g, ' ')
    .replace(control, shownControl)
  const from = first.column - 1
  const to = last.line === first.line ? Math.max(from + 1, span.end - lineStart) : Math.max(from + 1, line.length)
  const cut = from > width - 30 ? Math.max(0, from - 30) : 0
  const shown = line.slice(cut, cut + width)
  const carets = '^'.repeat(Math.max(1, Math.min(to, cut + width) - from))
  const number = String(first.line)
  const gutter = ' '.repeat(number.length)
  const more = last.line > first.line ? dim(` … ${last.line}`) : ''
  return [
    `  ${dim(`${number} |`)} ${cut > 0 ? dim('…') : ''}${shown}${cut + width < line.length ? dim('…') : ''}`,
    `  ${dim(`${gutter} |`)} ${' '.repeat(from - cut + (cut > 0 ? 1 : 0))}${mark(carets)}${more}`,
  ]
}

/** Neither a blank nor a line end: what a terminal would obey. */
const control = /\p{Cc}/gu

/** `␀` for a NUL; what Unicode has no picture of is the replacement character. */
function shownControl(character: string): string {
  const code = character.charCodeAt(0)
  return code < 0x20 ? String.fromCharCode(0x2400 + code) : code === 0x7f ? '\u2421' : '\ufffd'
}
