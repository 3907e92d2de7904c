import type { Span } from '../contracts/place.ts'
import { lineStarts, positionAt } from '../files/lines.ts'
import type { SourceFile } from '../files/tree.ts'
import { getOrInsert } from '../get-or-insert.ts'
import { parsePython } from '../syntax/python/parse.ts'
import type { Finding, SuppressedFinding } from './finding.ts'

/** `# dynolint: ignore[rule, rule] reason`, on the line it excuses or alone on the line above. */
export interface Suppression {
  readonly file: string
  /** The comment from its marker on. */
  readonly span: Span
  /** 1-based line whose findings it excuses. */
  readonly line: number
  /** Rule ids as written, each with its place. Empty: the brackets are missing, which excuses nothing. */
  readonly rules: readonly { readonly id: string; readonly span: Span }[]
  readonly reason: string
}

/** Cheap test before anything is parsed. */
export const marker = 'dynolint:'

const directive = /(?:#|\/\/|\/\*|<!--|\{#)\s*dynolint:\s*ignore(?:\[([^\]\n]*)\])?([^\n]*)/g

/** The suppressions of one file. Python comments come from its tokens; elsewhere a comment is what follows its marker. */
export function suppressionsOf(file: SourceFile): Suppression[] {
  if (!file.text.includes(marker)) return []
  const starts = lineStarts(file.text)
  const comments = file.path.endsWith('.py') ? parsePython(file.text).comments : undefined
  const out: Suppression[] = []
  for (const match of file.text.matchAll(directive)) {
    const start = match.index
    if (comments !== undefined && !comments.some((comment) => comment.start <= start && start < comment.end)) continue
    if (comments === undefined && !opensComment(file.text, start)) continue
    const line = positionAt(starts, start).line
    const alone = file.text.slice(starts[line - 1], start).trim() === ''
    out.push({
      file: file.path,
      span: { start, end: start + match[0].trimEnd().length },
      line: alone ? nextCodeLine(file.text, starts, line) : line,
      rules: ruleNames(match[1], start + match[0].indexOf('[') + 1),
      reason: (match[2] ?? '').replace(/(\*\/|-->|#\})\s*$/, '').trim(),
    })
  }
  return out
}

/** A `#` inside a word (a URL's fragment) opens no comment in any of the languages read here. */
function opensComment(text: string, start: number): boolean {
  return start === 0 || text[start] !== '#' || /\s/.test(text[start - 1] as string)
}

function ruleNames(list: string | undefined, offset: number): Suppression['rules'] {
  if (list === undefined) return []
  const names: { id: string; span: Span }[] = []
  let at = offset
  for (const piece of list.split(',')) {
    const id = piece.trim()
    const start = at + piece.indexOf(id)
    if (id !== '') names.push({ id, span: { start, end: start + id.length } })
    at += piece.length + 1
  }
  return names
}

/** The next line that is neither blank nor a comment: stacked comments above a line all reach it. */
function nextCodeLine(text: string, starts: readonly number[], line: number): number {
  for (let next = line + 1; next <= starts.length; next++) {
    const content = text.slice(starts[next - 1], starts[next]).trim()
    if (content !== '' && !/^(#|\/\/|<!--|\{#)/.test(content)) return next
  }
  return line + 1
}

export interface Suppressed {
  readonly kept: readonly Finding[]
  readonly suppressed: readonly SuppressedFinding[]
  /** Rule names of suppressions that excused nothing. */
  readonly unused: readonly { readonly suppression: Suppression; readonly id: string; readonly span: Span }[]
}

/**
 * Splits findings into kept and suppressed. A suppression reaches a finding whose span touches its line.
 * A rule the configuration switched off cannot be judged unused, nor one that did not run: `judged` tells.
 */
export function suppress(
  findings: readonly Finding[],
  suppressions: readonly Suppression[],
  textOf: (file: string) => string,
  judged: (rule: string) => boolean,
): Suppressed {
  const used = new Set<string>()
  const lines = new Map<string, readonly number[]>()
  const kept: Finding[] = []
  const suppressed: SuppressedFinding[] = []
  for (const finding of findings) {
    const starts = getOrInsert(lines, finding.at.file, () => lineStarts(textOf(finding.at.file)))
    const first = positionAt(starts, finding.at.span.start).line
    const last = positionAt(starts, Math.max(finding.at.span.start, finding.at.span.end - 1)).line
    const hit = suppressions.filter(
      (s) =>
        s.file === finding.at.file && s.line >= first && s.line <= last && s.rules.some((r) => r.id === finding.rule),
    )
    for (const s of hit) used.add(`${s.file}\0${s.span.start}\0${finding.rule}`)
    const [comment] = hit
    if (comment === undefined) kept.push(finding)
    else suppressed.push({ ...finding, accepted: { by: 'comment', reason: comment.reason } })
  }
  const unused = suppressions.flatMap((suppression) =>
    (suppression.rules.length > 0 ? suppression.rules : [{ id: '', span: suppression.span }])
      .filter(({ id }) => !used.has(`${suppression.file}\0${suppression.span.start}\0${id}`) && judged(id))
      .map(({ id, span }) => ({ suppression, id, span })),
  )
  return { kept, suppressed, unused }
}
