import type { Span } from '../../contracts/place.ts'

/** Grammars under which a Procfile is read. `classic`: Heroku's slug compiler. `fir`: the CNB Procfile buildpack. `local`: `heroku local`. */
export type Grammar = 'classic' | 'fir' | 'local'

/** What one grammar makes of a line. */
export interface LineReading {
  readonly type: string
  readonly typeSpan: Span
  readonly command: string
  readonly commandSpan: Span
  /** The type after the corrections Fir makes (`_` to `-`, lower case, no leading blanks). */
  readonly corrected: string
}

export interface ProcfileLine {
  readonly kind: 'blank' | 'comment' | 'entry' | 'other'
  /** Without the line ending. */
  readonly span: Span
  readonly text: string
  /** undefined: that platform drops the line (Fir: refuses the file). */
  readonly readings: Readonly<Record<Grammar, LineReading | undefined>>
  /**
   * - `no-space`: `web:daphne` (classic drops it);
   * - `space-before-colon`: `web : daphne` (classic's command begins with the colon);
   * - `no-colon`: classic alone takes the first word for a process type;
   * - `empty`: a type without a command;
   * - `continued`: it ends in a backslash, which nobody joins;
   * - `continuation`: the line after such a line;
   * - `type`: a type that Fir corrects or refuses.
   */
  readonly faults: readonly Fault[]
}

export type Fault = 'no-space' | 'space-before-colon' | 'no-colon' | 'empty' | 'continued' | 'continuation' | 'type'

export interface Procfile {
  readonly lines: readonly ProcfileLine[]
}

const classic = /^\s*([a-zA-Z0-9_-]+):?\s+(.*)$/
const fir = /^([^:\n]*):[ \t]*(.*)$/
const local = /^([A-Za-z0-9_-]+):\s*(.+)$/
const firType = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/

/** Reads a Procfile under all three grammars at once, line by line, in linear time. */
export function parseProcfile(text: string): Procfile {
  const lines: ProcfileLine[] = []
  let continued = false
  let start = 0
  while (start < text.length) {
    let end = start
    while (end < text.length && text[end] !== '\n' && text[end] !== '\r') end++
    const line = readLine(text.slice(start, end), start, continued)
    lines.push(line)
    continued = line.faults.includes('continued')
    start = text[end] === '\r' && text[end + 1] === '\n' ? end + 2 : end + 1
  }
  return { lines }
}

function readLine(text: string, start: number, continuation: boolean): ProcfileLine {
  const span = { start, end: start + text.length }
  const trimmed = text.trim()
  const none = { classic: undefined, fir: undefined, local: undefined }
  if (trimmed === '' && !continuation) return { kind: 'blank', span, text, readings: none, faults: [] }
  if (trimmed.startsWith('#') && !continuation) return { kind: 'comment', span, text, readings: none, faults: [] }
  const readings = {
    classic: reading(classic.exec(text), text, start),
    fir: firReading(text, start),
    local: reading(local.exec(text), text, start),
  }
  const kind = Object.values(readings).some((r) => r !== undefined) ? 'entry' : 'other'
  return { kind, span, text, readings, faults: faultsOf(text, readings, continuation) }
}

function reading(match: RegExpExecArray | null, text: string, start: number): LineReading | undefined {
  if (match === null) return undefined
  const type = match[1] as string
  const raw = match[2] as string
  const command = raw.trimEnd()
  const typeStart = start + text.indexOf(type)
  const commandStart = start + text.length - raw.length
  return {
    type,
    typeSpan: { start: typeStart, end: typeStart + type.length },
    command,
    commandSpan: { start: commandStart, end: commandStart + command.length },
    corrected: type,
  }
}

function firReading(text: string, start: number): LineReading | undefined {
  const found = reading(fir.exec(text), text, start)
  if (found === undefined || found.command === '') return undefined
  const corrected = found.type.replaceAll('_', '-').toLowerCase().trimStart()
  if (!firType.test(corrected) || corrected.length > 63) return undefined
  const blanks = found.type.length - found.type.trimStart().length
  const typeSpan = { start: start + blanks, end: start + found.type.length }
  return { ...found, type: found.type.trimStart(), typeSpan, corrected }
}

function faultsOf(text: string, readings: ProcfileLine['readings'], continuation: boolean): Fault[] {
  const faults: Fault[] = []
  if (continuation) faults.push('continuation')
  if (endsInBackslash(text.trimEnd())) faults.push('continued')
  if (continuation) return faults
  if (/^\s*[\w-]+:?\s*$/.test(text)) return [...faults, 'empty']
  if (/^\s*[\w-]+[ \t]+:/.test(text)) faults.push('space-before-colon')
  else if (/^\s*[\w-]+:\S/.test(text)) faults.push('no-space')
  else if (readings.classic !== undefined && !/^\s*[\w-]+:/.test(text)) faults.push('no-colon')
  if (faults.length === 0 && (readings.fir === undefined || readings.fir.corrected !== readings.fir.type))
    faults.push('type')
  return faults
}

function endsInBackslash(text: string): boolean {
  let count = 0
  while (text[text.length - 1 - count] === '\\') count++
  return count % 2 === 1
}
