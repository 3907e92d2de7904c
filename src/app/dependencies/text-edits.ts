import type { Edit } from '../../contracts/edit.ts'
import type { Place } from '../../contracts/place.ts'
import { readText } from '../../files/tree.ts'
import type { App } from '../app.ts'
import type { Requirement } from './model.ts'

/** Whether a requirement stands on a line of a requirements file (or Dockerfile) that can be edited by itself. */
const isLine = (app: App, { at, hashes }: Requirement): boolean => {
  const format = app.dependencies.files.find(({ path }) => path === at.file)?.format
  return (format === 'requirements' || format === 'dockerfile') && hashes.length === 0
}

/** Where the specifiers of a line begin: after the name and its extras. */
function headEnd(app: App, { at }: Requirement): number | undefined {
  const text = readText(app.tree, at.file)?.text.slice(at.span.start, at.span.end)
  const head = text === undefined ? null : /^[A-Za-z0-9][A-Za-z0-9._-]*(?:\s*\[[^\]]*\])?/.exec(text)
  return head === null ? undefined : at.span.start + head[0].length
}

/** Pins a line to one version: `channels>=4` -> `channels==4.3.2`. Undefined where a tool must do it. */
export function pinEdit(app: App, requirement: Requirement, version: string): Edit | undefined {
  if (!isLine(app, requirement) || requirement.url !== undefined) return undefined
  const start = headEnd(app, requirement)
  if (start === undefined) return undefined
  const { versionAt, at } = requirement
  const hasVersion = requirement.specifiers.length > 0 && versionAt.file === at.file
  const end = hasVersion ? versionAt.span.end : start
  const text = readText(app.tree, at.file)?.text.slice(start, end) ?? ''
  if (text.includes('\\') || text.includes('(')) return undefined
  return { file: at.file, span: { start, end }, text: `==${version}` }
}

/** Asks for an extra: `uvicorn==0.30` -> `uvicorn[standard]==0.30`. */
export function extraEdit(app: App, requirement: Requirement, extra: string): Edit | undefined {
  if (!isLine(app, requirement) || requirement.url !== undefined) return undefined
  const end = headEnd(app, requirement)
  if (end === undefined) return undefined
  const bracketed = requirement.extras.length > 0
  const at = bracketed ? end - 1 : end
  return { file: requirement.at.file, span: { start: at, end: at }, text: bracketed ? `,${extra}` : `[${extra}]` }
}

/** Puts another requirement where one stands, on a line that can be edited by itself. */
export function lineEdit(app: App, requirement: Requirement, text: string): Edit | undefined {
  if (!isLine(app, requirement) || requirement.marker !== undefined) return undefined
  const { file, span } = requirement.at
  return { file, span, text }
}

/** Adds an environment marker to a line that has none. */
export function markerEdit(app: App, requirement: Requirement, marker: string): Edit | undefined {
  if (!isLine(app, requirement) || requirement.marker !== undefined) return undefined
  const { file, span } = requirement.at
  return { file, span: { start: span.end, end: span.end }, text: ` ; ${marker}` }
}

/** Takes a whole physical line away, its line end included; undefined when the requirement takes several. */
export function removalEdit(app: App, requirement: Requirement): Edit | undefined {
  if (!isLine(app, requirement)) return undefined
  const { file, span } = requirement.at
  const text = readText(app.tree, file)?.text
  if (text === undefined || /[\r\n]/.test(text.slice(span.start, span.end))) return undefined
  const start = Math.max(text.lastIndexOf('\n', span.start - 1), text.lastIndexOf('\r', span.start - 1)) + 1
  // An editable requirement is the path behind its option.
  if (!/^\s*(?:(?:-e|--editable)[\s=]\s*)?$/.test(text.slice(start, span.start))) return undefined
  const rest = /[\r\n]/.exec(text.slice(span.end))
  const lineEnd = rest === null ? text.length : span.end + rest.index
  const eol = /^(?:\r\n|\n|\r)/.exec(text.slice(lineEnd))?.[0].length ?? 0
  return { file, span: { start, end: lineEnd + eol }, text: '' }
}

/** Takes the hashes of a line away; undefined when it goes on in the next one, or holds something else behind them. */
export function hashesEdit(app: App, { at: { file, span }, hashes }: Requirement): Edit | undefined {
  const text = readText(app.tree, file)?.text ?? ''
  const rest = /^[^\r\n]*/.exec(text.slice(span.end))?.[0] ?? ''
  const line = text.slice(span.start, span.end) + rest
  const written = /(?:\s+--hash[= ]\S+)+\s*$/.exec(line)
  if (written === null || written[0].split('--hash').length - 1 !== hashes.length) return undefined
  const start = span.start + written.index
  return { file, span: { start, end: start + written[0].length }, text: '' }
}

/** Writes a line with a blank or one `=` between name and version as a pin: `redis=5.0` -> `redis==5.0`. */
export function pinnedLine(app: App, { file, span }: Place): Edit | undefined {
  const text = readText(app.tree, file)?.text
  if (text === undefined) return undefined
  const start = Math.max(text.lastIndexOf('\n', span.start - 1), text.lastIndexOf('\r', span.start - 1)) + 1
  const line = /^[^\r\n]*/.exec(text.slice(start))?.[0] ?? ''
  const parts = /^([A-Za-z0-9][\w.-]*(?:\[[^\]]*\])?)(\s*=\s*|[ \t]+)\d[\w.+!-]*\s*(?:#.*)?$/.exec(line)
  const [, head = '', between = ''] = parts ?? []
  if (parts === null) return undefined
  const at = start + head.length
  return { file, span: { start: at, end: at + between.length }, text: '==' }
}
