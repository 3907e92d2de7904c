import { hostname, isPrivateAddress, isReservedName, isThisMachine } from '../../knowledge/hosts.ts'
import type { Expression } from '../../syntax/javascript/ast.ts'
import { longestText } from '../../syntax/regex/backtracking.ts'
import { parseRegex } from '../../syntax/regex/parse.ts'
import { isProblem } from '../../syntax/regex/regex.ts'
import { type Evaluator, evaluate, only } from './evaluate.ts'
import { placeOf } from './source.ts'
import {
  isHole,
  numeric,
  partsOf,
  plainText,
  type ScriptFrame,
  type ScriptValue,
  type TextPart,
  type ValueHole,
} from './values.ts'

/** The result of a method of a text; undefined when it cannot be told. */
export function callTextMethod(
  name: string,
  value: ScriptValue,
  args: readonly Expression[],
  e: Evaluator,
  frame: ScriptFrame,
): ScriptValue | undefined {
  const parts = partsOf(value)
  if (parts === undefined) return undefined
  const [first] = args
  switch (name) {
    case 'toString':
    case 'trim':
    case 'valueOf':
      return { type: 'text', parts }
    case 'toLowerCase':
    case 'toUpperCase':
      return {
        type: 'text',
        parts: parts.map((part) =>
          isHole(part)
            ? cased(part, name)
            : { ...part, text: name === 'toLowerCase' ? part.text.toLowerCase() : part.text.toUpperCase() },
        ),
      }
    case 'concat': {
      const others = args.map((arg) => only(evaluate(e, arg, frame)))
      const more = others.map((other) => (other === undefined ? undefined : partsOf(other)))
      return more.includes(undefined)
        ? undefined
        : { type: 'text', parts: [...parts, ...more.flatMap((one) => one ?? [])] }
    }
    case 'replace':
    case 'replaceAll':
      return replace(parts, args, name === 'replaceAll', e, frame)
    case 'startsWith':
    case 'endsWith':
    case 'includes':
    case 'match':
    case 'search':
    case 'indexOf':
      return first === undefined ? undefined : find(name, parts, first, e, frame)
    case 'split':
      return first === undefined
        ? undefined
        : split(parts, plainText(only(evaluate(e, first, frame)) ?? { type: 'nothing' }))
    case 'slice':
    case 'substring':
    case 'substr':
      return cut(parts, args, name)
    default:
      return undefined
  }
}

/** The page's host has no capitals, until it is given some. */
function cased(hole: ValueHole, name: 'toLowerCase' | 'toUpperCase'): ValueHole {
  return name === 'toUpperCase' && hole.kind.startsWith('page-') ? { ...hole, kind: 'value' } : hole
}

/**
 * Replaces in the whole text, where `^` and `$` are its ends. What follows a hole is left alone only when the needle was met before it,
 * or stands at the end.
 */
function replace(
  parts: readonly TextPart[],
  args: readonly Expression[],
  all: boolean,
  e: Evaluator,
  frame: ScriptFrame,
): ScriptValue | undefined {
  const [needle, by] = args
  const replacement = by === undefined ? undefined : plainText(only(evaluate(e, by, frame)) ?? { type: 'nothing' })
  const pattern = needle === undefined ? undefined : patternOf(needle, parts, e, frame)
  if (needle === undefined || pattern === undefined || replacement === undefined) return undefined
  const whole = parts.map((part) => (isHole(part) ? hole : part.text)).join('')
  const everywhere = all || pattern.flags.includes('g')
  const found = [...whole.matchAll(new RegExp(pattern, `${pattern.flags.replace('g', '')}g`))]
  const matches = everywhere ? found : found.slice(0, 1)
  const [first] = matches
  const atEnd = isAtEnd(needle)
  if (first === undefined) return whole.includes(hole) && !atEnd ? undefined : { type: 'text', parts }
  if (matches.some(([text]) => text.includes(hole))) return undefined
  // A page's host or a value could hold the needle: which one is the first cannot be told.
  const unseen = everywhere ? whole.slice(0, first.index) : whole.slice(0, 1)
  if (unseen.includes(hole) && !atEnd) return undefined
  return {
    type: 'text',
    parts: matches.reduceRight<readonly TextPart[]>((rest, match) => {
      const end = match.index + match[0].length
      const text = replacement.replace(/\$([$&\d])/g, (_, one: string) =>
        one === '$' ? '$' : (match[one === '&' ? 0 : Number(one)] ?? ''),
      )
      const head = between(rest, 0, match.index)
      const at = (between(rest, match.index, end + 1)[0] ?? head.at(-1))?.at ?? placeOf(frame.source, needle)
      return [
        ...head,
        ...(text === '' ? [] : [{ text, at, verbatim: false }]),
        ...between(rest, end, Number.POSITIVE_INFINITY),
      ]
    }, parts),
  }
}

/** Stands for what is not known while a text is searched. */
const hole = '\uE000'

/** Whether a pattern is met at the end of a text alone, by characters of one kind: `/\/+$/`. A hole that loses them is the hole that it was. */
function isAtEnd(needle: Expression): boolean {
  const parsed = needle.kind === 'Regex' && !needle.flags.includes('m') ? parseRegex(needle.source) : undefined
  if (parsed === undefined || isProblem(parsed) || parsed.regex.kind !== 'sequence') return false
  const [characters, end, ...more] = parsed.regex.items
  const single = characters?.kind === 'repeat' ? characters.inner : characters
  return single?.kind === 'set' && !single.set.negated && end?.kind === 'end' && more.length === 0
}

/** The parts between two offsets of a text in which each hole is one character. */
function between(parts: readonly TextPart[], from: number, to: number): TextPart[] {
  let offset = 0
  return parts.flatMap((part) => {
    const start = offset
    const text = isHole(part) ? hole : part.text
    offset += text.length
    if (start >= from && offset <= to) return [part]
    const cutText = text.slice(Math.max(0, from - start), Math.max(0, to - start))
    return isHole(part) || cutText === '' ? [] : [{ ...part, text: cutText, verbatim: false }]
  })
}

function patternOf(node: Expression, parts: readonly TextPart[], e: Evaluator, frame: ScriptFrame): RegExp | undefined {
  if (node.kind === 'Regex') {
    const parsed = parseRegex(node.source)
    // What could take for ever on this text, or cannot be told, is left alone.
    const length = parts.reduce((sum, part) => sum + (isHole(part) ? 0 : part.text.length), 0)
    if (isProblem(parsed) || length > longestText(parsed.regex)) return undefined
    try {
      return new RegExp(node.source, node.flags.replace(/[^gimsu]/g, ''))
    } catch {
      return undefined
    }
  }
  const value = only(evaluate(e, node, frame))
  const text = value === undefined ? undefined : plainText(value)
  return text === undefined ? undefined : new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
}

/** Whether a text begins with, ends with or holds something. `indexOf` and `search` answer with a position. */
function find(
  name: string,
  parts: readonly TextPart[],
  needle: Expression,
  e: Evaluator,
  frame: ScriptFrame,
): ScriptValue | undefined {
  const at = placeOf(frame.source, needle)
  const pattern = patternOf(needle, parts, e, frame)
  if (pattern === undefined) return undefined
  const anchored =
    name === 'startsWith'
      ? new RegExp(`^(?:${pattern.source})`, pattern.flags)
      : name === 'endsWith'
        ? new RegExp(`(?:${pattern.source})$`, pattern.flags)
        : pattern
  const whole = parts.some(isHole) ? undefined : parts.map((part) => (isHole(part) ? '' : part.text)).join('')
  const position = name === 'indexOf' || name === 'search'
  const answer = (found: number): ScriptValue =>
    position ? numeric(found, at) : { type: 'boolean', value: found >= 0 }
  if (whole !== undefined) return answer(whole.search(anchored))
  const first = parts[0]
  if (first !== undefined && !isHole(first)) {
    const found = first.text.search(name === 'startsWith' ? anchored : pattern)
    if (found >= 0 && name !== 'endsWith') return answer(found)
  }
  // The page is not served from the developer's machine.
  const words = pattern.source.replace(/\\(.)/g, '$1')
  const local = words.split('|').every((word) => isLocal(word.replace(/^[\^(]+|[)$]+$/g, '')))
  return local && parts.some((part) => isHole(part) && part.kind.startsWith('page-')) ? answer(-1) : undefined
}

/** A name, or the beginning of an address (`192.168.`), under which no page is served to the public. */
function isLocal(word: string): boolean {
  const start = /^(?:\d{1,3}\.){1,3}/.exec(word)?.[0]
  const host = start === undefined ? hostname(word) : `${start}0.0.0`.split('.').slice(0, 4).join('.')
  return isThisMachine(host) || isPrivateAddress(host) || isReservedName(host)
}

/** The pieces that surely end before what is not known, and what the last one begins with apart. */
function split(parts: readonly TextPart[], separator: string | undefined): ScriptValue | undefined {
  if (separator === undefined || separator === '') return undefined
  const items: ScriptValue[] = []
  let piece: TextPart[] = []
  for (const part of parts) {
    if (isHole(part)) return items.length === 0 ? undefined : { type: 'list', items, open: true }
    const texts = part.text.split(separator)
    for (const [index, text] of texts.entries()) {
      if (index > 0) {
        items.push({ type: 'text', parts: piece })
        piece = []
      }
      if (text !== '') piece.push({ text, at: part.at, verbatim: false })
    }
  }
  return { type: 'list', items: [...items, { type: 'text', parts: piece }] }
}

function cut(parts: readonly TextPart[], args: readonly Expression[], name: string): ScriptValue | undefined {
  const numbers = args.map((arg) => (arg.kind === 'Number' ? Number(arg.text) : Number.NaN))
  const first = parts[0]
  if (first === undefined || isHole(first) || numbers.some(Number.isNaN)) return undefined
  const [start, end] = name === 'substring' && numbers.length > 1 ? numbers.toSorted((a, b) => a - b) : numbers
  if (start === undefined) return undefined
  if (end === undefined) {
    return start <= first.text.length
      ? { type: 'text', parts: [{ ...first, text: first.text.slice(start), verbatim: false }, ...parts.slice(1)] }
      : undefined
  }
  const stop = name === 'substr' ? start + end : end
  return stop <= first.text.length
    ? { type: 'text', parts: [{ ...first, text: first.text.slice(start, stop), verbatim: false }] }
    : undefined
}
