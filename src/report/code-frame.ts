import type { Span } from '../contracts/place.ts'
import { lineStarts, positionAt } from '../files/lines.ts'
import { hiddenText, type Masker, type Readable } from '../privacy/masker.ts'
import { unseenIn } from '../privacy/printable.ts'

/** Columns of source shown at most; longer lines are cut around the marked part. */
const widest = 110

export interface FrameOptions {
  readonly mark: (text: string) => string
  readonly dim: (text: string) => string
  /** What of a part of the file must not be shown. */
  readonly hidden: Masker['hidden']
  /** Columns of a line of the frame. */
  readonly width?: number
  /** Without carets where they would stand under the whole line. */
  readonly brief?: boolean
}

/** A part of a line and what is shown for it. */
interface Rewrite {
  readonly start: number
  readonly end: number
  readonly shown: string
}

/**
 * The first line of `span` with a rule of carets under it, and how many more lines the span covers. Tabs become one
 * blank each, secrets and characters that are not seen are written otherwise; the carets stand where they should.
 */
export function codeFrame(source: Readable, span: Span, options: FrameOptions): string[] {
  const { mark, dim, hidden, brief = false } = options
  const starts = lineStarts(source.text)
  const first = positionAt(starts, span.start)
  const last = positionAt(starts, Math.max(span.start, span.end - 1))
  const lineStart = starts[first.line - 1] as number
  const written = source.text
    .slice(lineStart, starts[first.line] ?? source.text.length)
    .replace(/[\r\n]+$/, '')
    .replace(/\t/g, ' ')
  const { line, at } = rewritten(written, hidden(source, lineStart, lineStart + written.length), lineStart)
  const number = String(first.line)
  const width = Math.min(widest, (options.width ?? Number.POSITIVE_INFINITY) - number.length - 7)
  const from = at(first.column - 1)
  const end = last.line === first.line ? at(span.end - lineStart) : line.length
  const to = Math.max(from + 1, end)
  const cut = from > width - 30 ? Math.max(0, from - 30) : 0
  const shown = line.slice(cut, cut + width)
  const carets = '^'.repeat(Math.max(1, Math.min(to, cut + width) - from))
  const gutter = ' '.repeat(number.length)
  const more = last.line > first.line ? dim(` … ${last.line}`) : ''
  const code = `  ${dim(`${number} |`)} ${cut > 0 ? dim('…') : ''}${shown}${cut + width < line.length ? dim('…') : ''}`
  if (brief && isWhole(line, from, to)) return [code + more]
  return [code, `  ${dim(`${gutter} |`)} ${' '.repeat(from - cut + (cut > 0 ? 1 : 0))}${mark(carets)}${more}`]
}

/** Whether nothing but blanks and a comma or bracket stands beside a part of a line. */
function isWhole(line: string, from: number, to: number): boolean {
  return line.slice(0, from).trim() === '' && /^[\s,)\]}:({[]*$/.test(line.slice(to))
}

/** Control characters of ASCII have pictures of their own, one column wide. */
function picture(one: Rewrite): Rewrite {
  const code = /^\\x([01][0-9a-f]|7f)$/.exec(one.shown)?.[1]
  if (code === undefined) return one
  return { ...one, shown: String.fromCharCode(code === '7f' ? 0x2421 : 0x2400 + Number.parseInt(code, 16)) }
}

/** A line as it is shown, and where a column of the line stands in that. */
function rewritten(
  written: string,
  hidden: ReturnType<Masker['hidden']>,
  lineStart: number,
): { readonly line: string; readonly at: (column: number) => number } {
  const secrets = hidden.map(({ start, end }) => ({
    start: start - lineStart,
    end: end - lineStart,
    shown: hiddenText,
  }))
  const unseen = unseenIn(written)
    .map(picture)
    .filter((one) => !secrets.some(({ start, end }) => one.start < end && one.end > start))
  const rewrites: Rewrite[] = [...secrets, ...unseen].sort((a, b) => a.start - b.start)
  let line = ''
  let kept = 0
  for (const { start, end, shown } of rewrites) {
    line += written.slice(kept, start) + shown
    kept = end
  }
  line += written.slice(kept)
  const at = (column: number): number => {
    let moved = 0
    for (const { start, end, shown } of rewrites) {
      if (column <= start) break
      if (column < end) return start + moved + shown.length
      moved += shown.length - (end - start)
    }
    return column + moved
  }
  return { line, at }
}
