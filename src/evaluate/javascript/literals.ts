import type { Span } from '../../contracts/place.ts'
import type { StringLiteral } from '../../syntax/javascript/ast.ts'
import { decodeEscapes } from '../../syntax/javascript/tokens.ts'
import { placeOf, type ScriptSource } from './source.ts'
import type { TextPart, ValueHole } from './values.ts'

/** A literal's text, with what a server-side template writes into it as holes. */
export function stringParts(node: StringLiteral, source: ScriptSource): readonly TextPart[] {
  return textParts(node.value, { start: node.start + 1, end: node.end - 1 }, source)
}

/** The text between two offsets of a literal; `value` is what it stands for when no template mark is in it. */
export function textParts(value: string, span: Span, source: ScriptSource): readonly TextPart[] {
  const holes = source.holes.filter((hole) => hole.start >= span.start && hole.end <= span.end)
  const raw = source.masked.slice(span.start, span.end)
  if (holes.length === 0)
    return value === '' ? [] : [{ text: value, at: placeOf(source, span), verbatim: raw === value }]
  if (holes.some((hole) => hole.kind === 'tag' && control.test(hole.source)))
    return [{ name: 'template', kind: 'server', at: placeOf(source, span) }]
  const parts: TextPart[] = []
  const add = (start: number, end: number): void => {
    const written = source.masked.slice(start, end)
    const text = decodeEscapes(written)
    if (text !== '') parts.push({ text, at: placeOf(source, { start, end }), verbatim: text === written })
  }
  let position = span.start
  for (const hole of holes) {
    add(position, hole.start)
    parts.push(serverHole(hole.source, source, hole))
    position = hole.end
  }
  add(position, span.end)
  return parts
}

const control =
  /^(?:if|elif|else|endif|for|empty|endfor|block|endblock|with|endwith|ifequal|ifnotequal|spaceless|filter|include)\b/

/** The hole of what a template writes at `span`. */
export function serverHole(written: string, source: ScriptSource, span: Span): ValueHole {
  const name = (written.split('|')[0] ?? written).trim()
  const host = /^request\.(?:get_host|META\.HTTP_HOST|headers\.host|host)(?:\(\))?$/i.test(name)
  return { name, kind: host ? 'page-host' : 'server', at: placeOf(source, span) }
}
