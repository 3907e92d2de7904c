import type { Span } from '../../contracts/place.ts'
import { decodeEscapes } from '../../syntax/javascript/tokens.ts'
import { type Condition, together } from '../condition.ts'
import { stops } from './questions.ts'
import { placeOf, type ScriptSource } from './source.ts'
import { onHttps, questionsBetween } from './template-branches.ts'
import { maxOutcomes, type ScriptOutcome, type TextPart, type ValueHole } from './values.ts'

/** What a literal can be: several texts where the template chooses between parts of it. */
export function textOutcomes(value: string, span: Span, source: ScriptSource): readonly ScriptOutcome[] {
  const inside = source.holes.filter((hole) => hole.start >= span.start && hole.end <= span.end)
  const tags = inside.filter((hole) => hole.kind === 'tag' && control.test(hole.source))
  const words = tags.map((hole) => /^\w+/.exec(hole.source)?.[0])
  const whole = words.filter((word) => word === 'if').length === words.filter((word) => word === 'endif').length
  if (tags.length === 0 || !whole || words.some((word) => !/^(?:if|elif|else|endif)$/.test(word ?? ''))) {
    return [{ value: { type: 'text', parts: textParts(value, span, source) }, when: [] }]
  }
  let outcomes: readonly Piece[] = [{ parts: [], when: [] }]
  const ends = [...tags.map(({ start }) => start), span.end]
  for (const [index, end] of ends.entries()) {
    const start = index === 0 ? span.start : (tags[index - 1]?.end ?? end)
    if (start >= end) continue
    const asked = questionsBetween(source, span.start, start) ?? []
    const parts = textParts(decodeEscapes(source.masked.slice(start, end)), { start, end }, source)
    outcomes = outcomes.flatMap((before) => [
      ...piece(
        before,
        parts,
        asked.map((ask) => ask(true)),
        source,
      ),
      ...stops(asked).flatMap((when) => piece(before, [], when, source)),
    ])
  }
  return outcomes.slice(0, maxOutcomes).map(({ parts, when }) => ({ value: { type: 'text', parts }, when }))
}

interface Piece {
  readonly parts: readonly TextPart[]
  readonly when: readonly Condition[]
}

function piece(
  before: Piece,
  parts: readonly TextPart[],
  conditions: readonly Condition[],
  { seesHttp }: ScriptSource,
): readonly Piece[] {
  const open = conditions.filter((condition) => onHttps(condition) === undefined)
  const when = conditions.some((condition) => onHttps(condition) === (seesHttp === true))
    ? undefined
    : together(before.when, open)
  return when === undefined ? [] : [{ parts: [...before.parts, ...parts], when }]
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
    parts.push(...(source.written?.(hole, placeOf(source, hole)) ?? [serverHole(hole.source, source, hole)]))
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
  if (/^request\.META\.SERVER_PORT$/.test(name)) return { name, kind: 'server-port', at: placeOf(source, span) }
  const host = /^request\.(?:get_host|META\.HTTP_HOST|headers\.host|host)(?:\(\))?$/i.test(name)
  return { name, kind: host ? 'page-host' : 'server', at: placeOf(source, span) }
}
