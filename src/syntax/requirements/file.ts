import type { Problem, Span } from '../../contracts/place.ts'
import type { Text } from '../../contracts/text.ts'
import { type FileRequirement, readEditable, readRequirement, type Surroundings } from './line.ts'
import { type LogicalLine, logicalLines, type Mapped, offsetAt, slice, spanOf } from './lines.ts'
import { breakOptions, type LineOptions, parseOptions } from './options.ts'

/** A line of a requirements file. `span` covers the line's content, comment left out. */
export type RequirementLine = { readonly span: Span; readonly number: number } & (
  | { readonly type: 'requirement'; readonly requirement: FileRequirement }
  /** `-r file` or `-c file`. */
  | { readonly type: 'include'; readonly path: string; readonly pathSpan: Span; readonly constraint: boolean }
  | { readonly type: 'options'; readonly options: LineOptions }
  | { readonly type: 'error'; readonly problem: Problem }
)

export interface RequirementsFile {
  readonly lines: readonly RequirementLine[]
  /** References `${NAME}` whose value is not known. */
  readonly unknownVariables: readonly { readonly name: string; readonly span: Span }[]
}

/** Reads a requirements file as pip 26.3 does, without following includes. Never throws. */
export function parseRequirementsFile(text: string, surroundings: Surroundings): RequirementsFile {
  const lines: RequirementLine[] = []
  const unknownVariables: { name: string; span: Span }[] = []
  for (const line of logicalLines(text, surroundings.variable)) {
    const span = spanOf(line, 0, line.text.length)
    for (const name of line.unknownVariables) {
      const at = line.text.indexOf(`\${${name}}`)
      unknownVariables.push({ name, span: spanOf(line, at, at + name.length + 3) })
    }
    lines.push({ span, number: line.number, ...readLine(line, surroundings) })
  }
  return { lines, unknownVariables }
}

type LineContent =
  | { readonly type: 'requirement'; readonly requirement: FileRequirement }
  | { readonly type: 'include'; readonly path: string; readonly pathSpan: Span; readonly constraint: boolean }
  | { readonly type: 'options'; readonly options: LineOptions }
  | { readonly type: 'error'; readonly problem: Problem }

function readLine(line: LogicalLine, surroundings: Surroundings): LineContent {
  const from = breakOptions(line.text)
  const options = parseOptions(line, from)
  if ('message' in options) return failed(line, options.start, options.end, options.message)
  const args = slice(line, 0, from > 0 && from < line.text.length ? from - 1 : from)
  const editable = options.editables[0]
  if (args.text === '' && editable === undefined) {
    const include = options.requirements[0] ?? options.constraints[0]
    if (include === undefined) return { type: 'options', options }
    const pathSpan = spanOf(line, include.start, include.end)
    return { type: 'include', path: include.text, pathSpan, constraint: options.requirements.length === 0 }
  }
  const content: Mapped = args.text !== '' ? args : wordAsText(line, editable as { text: string; start: number })
  const read =
    editable !== undefined
      ? readEditable(content, surroundings)
      : readRequirement(content, options.hashes, surroundings)
  return 'error' in read
    ? failed(content, read.error.span.start, read.error.span.end, read.error.message)
    : { type: 'requirement', requirement: read }
}

/** The value of `-e` with offsets; when quotes were taken away the offsets are those of the word's start onwards. */
function wordAsText(line: Mapped, word: { text: string; start: number }): Mapped {
  const at = line.text.indexOf(word.text, word.start)
  const start = at < 0 ? word.start : at
  const last = offsetAt(line, line.text.length - 1) ?? 0
  return {
    text: word.text,
    offsets: Array.from({ length: word.text.length }, (_, i) => offsetAt(line, start + i) ?? last).map((one) =>
      Math.min(one, last),
    ),
  }
}

function failed(mapped: Mapped, start: number, end: number, message: Text): LineContent {
  return { type: 'error', problem: { span: spanOf(mapped, start, end), message } }
}
