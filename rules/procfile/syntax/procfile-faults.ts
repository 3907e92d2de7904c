import type { App } from '../../../src/app/app.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import type { Place } from '../../../src/contracts/place.ts'
import { readText } from '../../../src/files/tree.ts'
import { platforms } from '../../../src/knowledge/platforms.ts'
import type { Grammar, ProcfileLine } from '../../../src/syntax/procfile/procfile.ts'

export type ProcfileFaultKind =
  | 'utf16'
  | 'bom'
  | 'no-space'
  | 'space-before-colon'
  | 'continued'
  | 'empty'
  | 'no-colon'
  | 'pasted'
  | 'dropped'
  | 'indented'
  | 'type'

/** A line of the Procfile that some platform drops or misreads. */
export interface ProcfileFault {
  readonly kind: ProcfileFaultKind
  readonly at: Place
  /** The type as written, or the first word. */
  readonly type: string
  /** The platform in use loses or changes a process; else only another one would. */
  readonly here: boolean
  /** Who reads the line as it was meant. */
  readonly readers: readonly Grammar[]
  readonly edits: readonly Edit[]
}

const usualTypes =
  /^(?:web|release|worker\w*|clock|beat|celery\w*|scheduler|cron|daphne|channels|urgentworker|postdeploy)$/i

/** More are no help to anyone. */
const maxFaults = 50

/** Everything wrong with the Procfile's lines, one entry per cause. */
export function procfileFaults(app: App): ProcfileFault[] {
  const { procfile, file: path } = app.processes
  const file = path === undefined ? undefined : readText(app.tree, path)
  if (procfile === undefined || path === undefined || file === undefined) return []
  const fir = platforms[app.manifest.platform].procfile === 'fir'
  const faults: ProcfileFault[] = []
  const entries = procfile.lines.filter(({ kind }) => kind === 'entry')
  const add = (
    line: ProcfileLine,
    kind: ProcfileFaultKind,
    here: boolean,
    span = line.span,
    edits: readonly Omit<Edit, 'file'>[] = [],
  ) =>
    faults.push({
      kind,
      at: { file: path, span },
      type: wordOf(line),
      here,
      readers: readersOf(line),
      edits: edits.map((edit) => ({ file: path, ...edit })),
    })
  const [first] = procfile.lines
  const inUtf8 = { span: { start: 0, end: 0 }, text: '', encoding: 'utf-8' } as const
  if (file.encoding.startsWith('utf-16') && entries[0] !== undefined)
    add(entries[0], 'utf16', true, entries[0].span, [inUtf8])
  else if (file.bom && first?.kind === 'entry') add(first, 'bom', true, first.span, [inUtf8])
  for (const [index, line] of procfile.lines.entries()) {
    if (faults.length >= maxFaults) break
    if (line.faults.includes('continuation')) continue
    if (line.faults.includes('continued')) {
      const group = continuationOf(procfile.lines, index)
      add(line, 'continued', true, lastCharacter(line), joins(file.text, group))
    }
    const own = fir ? line.readings.fir : line.readings.classic
    if (line.faults.includes('no-space'))
      add(line, 'no-space', !fir, wordSpan(line, 1), [{ span: behindColon(line), text: ' ' }])
    else if (line.faults.includes('space-before-colon'))
      add(line, 'space-before-colon', !fir, wordSpan(line, 0), [{ span: beforeColon(line), text: '' }])
    else if (line.faults.includes('empty')) add(line, 'empty', true)
    else if (line.faults.includes('no-colon')) reportNoColon(line)
    else if (line.kind === 'other') add(line, 'dropped', true)
    else if (line.faults.includes('type') && own === undefined) add(line, 'type', fir)
    else if (line.readings.local === undefined && line.readings.classic !== undefined && /^\s/.test(line.text))
      add(line, 'indented', false)
  }
  return faults

  function reportNoColon(line: ProcfileLine): void {
    const word = wordOf(line)
    const end = line.span.start + line.text.indexOf(word) + word.length
    const missesColon = usualTypes.test(word) && !/^\s*(?:daphne|celery)/.test(line.text)
    const replaces = app.processes.web === undefined
    if (missesColon) add(line, 'no-colon', fir, wordSpan(line, 0), [{ span: { start: end, end }, text: ':' }])
    else add(line, 'pasted', fir || replaces, wordSpan(line, 0))
  }
}

function wordOf({ text }: ProcfileLine): string {
  return /^\s*([^\s:]+)/.exec(text)?.[1] ?? text.trim()
}

function wordSpan(line: ProcfileLine, more: number): { start: number; end: number } {
  const word = wordOf(line)
  const start = line.span.start + line.text.indexOf(word)
  return { start, end: Math.min(line.span.end, start + word.length + more) }
}

function behindColon(line: ProcfileLine): { start: number; end: number } {
  const at = line.span.start + line.text.indexOf(':') + 1
  return { start: at, end: at }
}

function beforeColon(line: ProcfileLine): { start: number; end: number } {
  const colon = line.text.indexOf(':')
  const blanks = /\s*$/.exec(line.text.slice(0, colon))?.[0].length ?? 0
  return { start: line.span.start + colon - blanks, end: line.span.start + colon }
}

function lastCharacter({ span, text }: ProcfileLine): { start: number; end: number } {
  const end = span.start + text.trimEnd().length
  return { start: end - 1, end }
}

function continuationOf(lines: readonly ProcfileLine[], index: number): ProcfileLine[] {
  const group = [lines[index] as ProcfileLine]
  for (let i = index + 1; lines[i]?.faults.includes('continuation') === true; i++) group.push(lines[i] as ProcfileLine)
  return group
}

/** Edits that put continued lines on one line, as the shell would have joined them. */
function joins(text: string, group: readonly ProcfileLine[]): { span: { start: number; end: number }; text: string }[] {
  return group.flatMap((line, index) => {
    const next = group[index + 1]
    if (!line.faults.includes('continued')) return []
    const backslash = lastCharacter(line).start
    const start = backslash - (/\s*$/.exec(text.slice(line.span.start, backslash))?.[0].length ?? 0)
    if (next === undefined) return [{ span: { start, end: line.span.end }, text: '' }]
    const end = next.span.start + (next.text.length - next.text.trimStart().length)
    return [{ span: { start, end }, text: ' ' }]
  })
}

function readersOf({ readings }: ProcfileLine): Grammar[] {
  return (['classic', 'fir', 'local'] as const).filter((grammar) => {
    const reading = readings[grammar]
    return reading !== undefined && !reading.command.startsWith(':')
  })
}
