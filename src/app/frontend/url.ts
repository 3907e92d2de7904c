import type { Edit } from '../../contracts/edit.ts'
import type { Place, Span } from '../../contracts/place.ts'
import type { ScriptSource } from '../../evaluate/javascript/source.ts'
import type { ValueHole } from '../../evaluate/javascript/values.ts'
import { isHole, partsOf, type ScriptOutcome, type TextPart } from '../../evaluate/javascript/values.ts'
import { hostname, isPrivateHost } from '../../knowledge/hosts.ts'
import type { SocketUrl, UrlHost, UrlPart } from './model.ts'

/** A text in which each hole is one character of the private use area; `origin` says where a character comes from. */
interface Flat {
  readonly text: string
  readonly holes: readonly ValueHole[]
  readonly origin: readonly { readonly part: TextPart; readonly offset: number }[]
}

const firstHole = 0xe000
const holeChar = /[\uE000-\uF8FF]/

/** Splits what a socket is opened with; undefined when it is no text. */
export function readUrl(outcome: ScriptOutcome, source: ScriptSource): SocketUrl | undefined {
  const parts = partsOf(outcome.value)
  if (parts === undefined || parts.length === 0) return undefined
  const flat = flatten(parts)
  const { text } = flat
  const base = { parts: slice(flat, 0, text.length), when: outcome.when, pageLocation: pageLocationIn(source, flat) }
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(text)?.[1]?.toLowerCase()
  const holeScheme = /^[\uE000-\uF8FF]+(?=:\/\/)/.exec(text)?.[0]
  if (text.startsWith('/') && !text.startsWith('//')) {
    return {
      ...base,
      scheme: 'page',
      schemeAt: undefined,
      host: pageHost,
      ...pathOf(flat, 0),
      slashed: undefined,
      secured: undefined,
    }
  }
  const schemeEnd = scheme !== undefined ? scheme.length + 1 : holeScheme !== undefined ? holeScheme.length + 1 : 0
  if (!text.startsWith('//', schemeEnd)) {
    return {
      ...base,
      scheme: scheme === undefined ? undefined : 'other',
      schemeAt: undefined,
      host: { kind: 'unknown', text: undefined, port: undefined, at: undefined },
      path: undefined,
      pathAt: undefined,
      query: queryOf(flat, schemeEnd),
      slashed: undefined,
      secured: undefined,
    }
  }
  const hostStart = schemeEnd + 2
  const hostEnd = endOfHost(flat, hostStart)
  const host = hostOf(flat, hostStart, hostEnd)
  const known =
    scheme === undefined
      ? schemeEnd === 0
        ? ('page' as const)
        : undefined
      : isScheme(scheme)
        ? scheme
        : ('other' as const)
  // A hole named after a whole URL, or joined of parts, may bring a path of its own.
  const opaque = flat.holes.some(
    (hole, index) =>
      text.indexOf(String.fromCharCode(firstHole + index)) < hostEnd &&
      /ur[il]|endpoint|base|path|(?:^|\.)join\(\)$/i.test(hole.name) &&
      !hole.kind.startsWith('page-'),
  )
  return {
    ...base,
    scheme: known,
    schemeAt: scheme === undefined ? undefined : placeBetween(flat, 0, hostStart),
    host,
    ...(opaque ? { path: undefined, pathAt: undefined, query: queryOf(flat, hostEnd) } : pathOf(flat, hostEnd)),
    slashed: opaque ? undefined : slashBehind(flat, hostEnd, source),
    secured: known === 'ws' ? securedScheme(flat, host, source) : undefined,
  }
}

/** A router's `useLocation()` is mostly called `location` too. Another file is not looked at. */
function pageLocationIn({ file, scopes }: ScriptSource, { origin: [first] }: Flat): SocketUrl['pageLocation'] {
  return first?.part.at.file === file && !scopes.root.declared.has('location') ? 'location' : 'window.location'
}

const pageHost: UrlHost = { kind: 'page', text: undefined, port: undefined, at: undefined }

function isScheme(text: string): text is 'ws' | 'wss' | 'http' | 'https' {
  return text === 'ws' || text === 'wss' || text === 'http' || text === 'https'
}

function flatten(parts: readonly TextPart[]): Flat {
  let text = ''
  const holes: ValueHole[] = []
  const origin: { part: TextPart; offset: number }[] = []
  for (const part of parts) {
    if (isHole(part)) {
      text += String.fromCharCode(firstHole + Math.min(holes.length, 0x17ff))
      holes.push(part)
      origin.push({ part, offset: 0 })
    } else {
      for (let offset = 0; offset < part.text.length; offset++) origin.push({ part, offset })
      // A character of the kind that stands for holes here is none in a text; the offsets stay.
      text += part.text.replace(/[\uE000-\uF8FF]/g, '\uFFFD')
    }
  }
  return { text, holes, origin }
}

/** Parts of the text between two offsets. */
function slice(flat: Flat, start: number, end: number): readonly UrlPart[] {
  const parts: UrlPart[] = []
  let run = ''
  for (let index = start; index < end; index++) {
    const char = flat.text[index] as string
    if (holeChar.test(char)) {
      if (run !== '') parts.push(run)
      run = ''
      parts.push(flat.holes[char.charCodeAt(0) - firstHole] as ValueHole)
    } else run += char
  }
  if (run !== '') parts.push(run)
  return parts
}

/** The host ends at the path, or right after the page's own host when something else than a port follows. */
function endOfHost(flat: Flat, start: number): number {
  const first = flat.origin[start]?.part
  if (first !== undefined && isHole(first) && first.kind === 'page-host')
    return flat.text[start + 1] === ':' ? plainEnd(flat, start) : start + 1
  return plainEnd(flat, start)
}

function plainEnd(flat: Flat, start: number): number {
  const found = flat.text.slice(start).search(/[/?#]/)
  return found < 0 ? flat.text.length : start + found
}

function hostOf(flat: Flat, start: number, end: number): UrlHost {
  const text = flat.text.slice(start, end)
  const at = placeBetween(flat, start, end)
  const holes = [...text]
    .filter((char) => holeChar.test(char))
    .map((char) => flat.holes[char.charCodeAt(0) - firstHole] as ValueHole)
  const last = holes.at(-1)
  const port = last?.kind === 'server-port' && /:[^:]$/.test(text) ? last.name : /:(\d+)$/.exec(text)?.[1]
  const [first] = holes
  // Whatever the port is, nobody answers on the visitor's own machine.
  const before = /^([^\uE000-\uF8FF]+):[\d\uE000-\uF8FF]+$/.exec(text)?.[1]
  if (first !== undefined && before !== undefined && isPrivateHost(hostname(before)))
    return { kind: 'local', text: before, port: undefined, at }
  if (first === undefined) {
    const name = hostname(text)
    return { kind: name === '' ? 'unknown' : isPrivateHost(name) ? 'local' : 'literal', text, port, at }
  }
  if (first.kind.startsWith('page-host') && holeChar.test(text[0] as string))
    return { kind: 'page', text: first.name, port, at }
  return { kind: first.kind === 'env' ? 'env' : 'unknown', text: first.name, port, at }
}

function pathOf(flat: Flat, start: number): Pick<SocketUrl, 'path' | 'pathAt' | 'query'> {
  const length = flat.text.slice(start).search(/[?#]/)
  const end = length < 0 ? flat.text.length : start + length
  const path = slice(flat, start, end)
  return {
    path: path.length === 0 ? ['/'] : path,
    pathAt: placeBetween(flat, start, end),
    query: queryOf(flat, start),
  }
}

/** What stands behind the first `?`; a value in front of it has none of its own. */
function queryOf(flat: Flat, start: number): readonly UrlPart[] | undefined {
  const found = /^[^?#]*\?([^#]*)/.exec(flat.text.slice(start))
  if (found === null) return undefined
  const end = start + found[0].length
  return slice(flat, end - (found[1] as string).length, end)
}

/** Where the characters between two offsets are written, as far as they stand in one literal. */
function placeBetween(flat: Flat, start: number, end: number): Place | undefined {
  const first = flat.origin[start]
  if (first === undefined || end <= start) return undefined
  if (isHole(first.part) || !first.part.verbatim) return first.part.at
  let last = first.offset
  for (let index = start + 1; index < end && flat.origin[index]?.part === first.part; index++)
    last = (flat.origin[index] as { offset: number }).offset
  const { file, span } = first.part.at
  return { file, span: { start: span.start + first.offset, end: span.start + last + 1 } }
}

/** The edit that puts a slash behind the path: inside the literal that ends it, or behind the value that does. */
function slashBehind(flat: Flat, start: number, source: ScriptSource): Edit | undefined {
  const stop = flat.text.slice(start).search(/[?#]/)
  const end = stop < 0 ? flat.text.length : start + stop
  const last = flat.origin[end - 1]
  if (end <= start || last === undefined || last.part.at.file !== source.file) return undefined
  const { file, span } = last.part.at
  if (!isHole(last.part)) {
    if (!last.part.verbatim) return undefined
    const after = span.start + last.offset + 1
    return { file, span: { start: after, end: after }, text: '/' }
  }
  const next = source.text[span.end]
  const inTemplate = next === '}' && source.text.slice(0, span.start).endsWith('${')
  if (inTemplate) return { file, span: { start: span.end + 1, end: span.end + 1 }, text: '/' }
  return stop < 0 && /\+\s*$/.test(source.text.slice(Math.max(0, span.start - 80), span.start))
    ? { file, span: { start: span.end, end: span.end }, text: " + '/'" }
    : undefined
}

/** `'ws'` alone, as in `const scheme = 'ws'`. */
function schemeInVariable(source: ScriptSource, span: Span, file: string, page: string): Edit | undefined {
  const quote = source.text[span.start - 1]
  if ((quote !== '"' && quote !== "'") || source.text[span.end] !== quote) return undefined
  const text = `(${page}.protocol === ${quote}https:${quote} ? ${quote}wss${quote} : ${quote}ws${quote})`
  return { file, span: { start: span.start - 1, end: span.end + 1 }, text }
}

/** The edit that makes `ws://` follow the page, or secure when the host is another one; undefined when the literal is out of reach. */
function securedScheme(flat: Flat, host: UrlHost, source: ScriptSource): Edit | undefined {
  const page = pageLocationIn(source, flat)
  const first = flat.origin[0]?.part
  if (first === undefined || isHole(first) || !first.verbatim || first.at.file !== source.file) return undefined
  const { file, span } = first.at
  if (first.text.toLowerCase() === 'ws' && host.kind === 'page') return schemeInVariable(source, span, file, page)
  if (!/^ws:\/\//i.test(first.text)) return undefined
  const two = { start: span.start, end: span.start + 2 }
  if (host.kind !== 'page') return { file, span: two, text: 'wss' }
  const quote = source.text[span.start - 1]
  if (quote === '`') return { file, span: two, text: `\${${page}.protocol === 'https:' ? 'wss' : 'ws'}` }
  if (quote !== '"' && quote !== "'") return undefined
  const rest = source.text.slice(span.start + 5, span.end)
  const choice = `(${page}.protocol === ${quote}https:${quote} ? ${quote}wss://${quote} : ${quote}ws://${quote})`
  if (rest !== '') return { file, span: { start: span.start - 1, end: span.start + 5 }, text: `${choice} + ${quote}` }
  return { file, span: { start: span.start - 1, end: span.end + 1 }, text: choice }
}
