import { piecesOf, type UrlState } from '../../../src/evaluate/libraries/urllib.ts'
import { calleePath, type StrValue, type Value } from '../../../src/evaluate/value.ts'
import type { Encoded } from './encode.ts'

/** What the evaluator says of one value beside what CPython says. `open`: it does not claim to know. */
export type Verdict =
  | { readonly verdict: 'equal' }
  | { readonly verdict: 'open'; readonly reason: string }
  | { readonly verdict: 'wrong'; readonly path: string; readonly ours: string; readonly theirs: string }

const equal: Verdict = { verdict: 'equal' }

function open(reason: string): Verdict {
  return { verdict: 'open', reason }
}

/** The worse of several: wrong, then open. */
function worst(verdicts: readonly Verdict[]): Verdict {
  return (
    verdicts.find(({ verdict }) => verdict === 'wrong') ?? verdicts.find(({ verdict }) => verdict === 'open') ?? equal
  )
}

type Form = Exclude<Encoded, null | boolean | number | string | readonly Encoded[]>

function form(value: Encoded): Form | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Form) : undefined
}

function get<K extends string>(value: Encoded, key: K): Extract<Form, Record<K, unknown>>[K] | undefined {
  const found = form(value) as Record<string, unknown> | undefined
  return found !== undefined && key in found ? (found[key] as Extract<Form, Record<K, unknown>>[K]) : undefined
}

/** Compares a value of the evaluator with CPython's, as harness.py writes it. Types count: a list is no tuple. */
export function compare(ours: Value, theirs: Encoded, at = ''): Verdict {
  return compareWithin(ours, theirs, at, [])
}

/** `outer`: the containers of ours that hold it, so that one which holds itself is known. */
function compareWithin(ours: Value, theirs: Encoded, at: string, outer: readonly Value[]): Verdict {
  const above = [...outer, ours]
  const wrong = (): Verdict => ({ verdict: 'wrong', path: at, ours: show(ours), theirs: JSON.stringify(theirs) })
  const same = (condition: boolean): Verdict => (condition ? equal : wrong())
  if (get(theirs, '$cycle') === true) return outer.includes(ours) ? equal : wrong()
  if (outer.includes(ours)) return wrong()
  switch (ours.type) {
    case 'unknown':
      return ours.of === undefined || couldBe(ours.of, theirs) ? open(ours.reason.en) : wrong()
    case 'none':
      return same(theirs === null)
    case 'ellipsis':
      return same(get(theirs, '$ellipsis') === true)
    case 'bool':
      return same(theirs === ours.value)
    case 'int':
      return same(
        typeof theirs === 'number' ? BigInt(theirs) === ours.value : get(theirs, '$int') === String(ours.value),
      )
    case 'float': {
      const text = get(theirs, '$float')
      return same(text !== undefined && Object.is(readFloat(text), ours.value))
    }
    case 'str':
      return typeof theirs === 'string' ? compareText(ours, theirs, wrong) : wrong()
    case 'bytes':
      return same(get(theirs, '$bytes') === ours.value)
    case 'list':
      return Array.isArray(theirs) ? compareItems(ours, theirs as Encoded[], at, above, wrong) : wrong()
    case 'tuple': {
      const items = get(theirs, '$tuple')
      return items === undefined ? wrong() : compareItems(ours, items, at, above, wrong)
    }
    case 'set': {
      const items = get(theirs, '$set')
      if (items === undefined) return wrong()
      if (ours.rest !== undefined) return open(ours.rest.reason.en)
      if (ours.items.length !== items.length) return ours.items.some(isOpen) ? open('members are not known') : wrong()
      return worst(ours.items.map((item) => bestOf(item, items, at, wrong)))
    }
    case 'dict': {
      const pairs = get(theirs, '$dict')
      return pairs === undefined ? wrong() : compareDict(ours, pairs, at, above, wrong)
    }
    case 'module':
      return same(get(theirs, '$module') === ours.name || get(theirs, '$stub') === ours.name)
    case 'function':
    case 'class':
      return compareName(ours.name, theirs, wrong)
    case 'native':
      return compareName(ours.name, theirs, wrong)
    case 'method':
      return compareName(show(ours.function), theirs, wrong)
    case 'instance':
      return compareName(ours.class.name, theirs, wrong)
    case 'external':
      return comparePath(ours.path, theirs)
    case 'call':
      return comparePath(calleePath({ ...ours }) ?? 'call', theirs)
    case 'object':
      return compareObject(ours, theirs, wrong)
  }
}

function couldBe(type: string, theirs: Encoded): boolean {
  switch (type) {
    case 'int':
      return typeof theirs === 'number' || typeof theirs === 'boolean' || get(theirs, '$int') !== undefined
    case 'float':
      return typeof theirs === 'number' || get(theirs, '$float') !== undefined
    case 'bool':
      return typeof theirs === 'boolean'
    case 'str':
      return typeof theirs === 'string' || get(theirs, '$lazy') !== undefined
    case 'list':
      return Array.isArray(theirs)
    default:
      return get(theirs, '$dict') !== undefined
  }
}

function readFloat(text: string): number {
  if (text === 'nan') return Number.NaN
  return text.includes('inf') ? (text.startsWith('-') ? -Infinity : Infinity) : Number(text)
}

/** Text with holes is open when CPython's text fits the known parts, wrong otherwise. */
function compareText(ours: StrValue, theirs: string, wrong: () => Verdict): Verdict {
  if (ours.parts.every((part) => typeof part === 'string')) return ours.parts.join('') === theirs ? equal : wrong()
  const classes = { digits: '[0-9]', word: '[A-Za-z0-9_-]', host: '[A-Za-z0-9.-]', any: '[\\s\\S]' }
  const source = ours.parts.map((part) =>
    typeof part === 'string'
      ? part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
      : classes[part.chars] + (part.nonEmpty ? '+' : '*'),
  )
  return new RegExp(`^${source.join('')}$`).test(theirs) ? open('a part of the text is not known') : wrong()
}

interface Sequence {
  readonly items: readonly Value[]
  readonly rest: { readonly reason: { readonly en: string } } | undefined
}

function compareItems(
  ours: Sequence,
  theirs: readonly Encoded[],
  at: string,
  above: readonly Value[],
  wrong: () => Verdict,
): Verdict {
  if (ours.rest !== undefined) return open(ours.rest.reason.en)
  if (ours.items.length !== theirs.length) return wrong()
  return worst(ours.items.map((item, i) => compareWithin(item, theirs[i] as Encoded, `${at}[${i}]`, above)))
}

function bestOf(item: Value, candidates: readonly Encoded[], at: string, wrong: () => Verdict): Verdict {
  const verdicts = candidates.map((candidate) => compare(item, candidate, at))
  return (
    verdicts.find(({ verdict }) => verdict === 'equal') ?? verdicts.find(({ verdict }) => verdict === 'open') ?? wrong()
  )
}

function isOpen(value: Value): boolean {
  return value.type === 'unknown' || (value.type === 'str' && value.parts.some((part) => typeof part !== 'string'))
}

function compareDict(
  ours: Extract<Value, { type: 'dict' }>,
  theirs: readonly (readonly [Encoded, Encoded])[],
  at: string,
  above: readonly Value[],
  wrong: () => Verdict,
): Verdict {
  if (ours.rest === undefined && ours.entries.length !== theirs.length) {
    return ours.entries.some(({ key }) => isOpen(key)) ? open('keys are not known') : wrong()
  }
  const verdicts = ours.entries.map(({ key, value }): Verdict => {
    const name = isOpen(key) ? '?' : show(key)
    const pair = theirs.find(([other]) => compare(key, other).verdict === 'equal')
    if (pair === undefined) return isOpen(key) ? open('a key is not known') : wrong()
    return compareWithin(value, pair[1], `${at}[${name}]`, above)
  })
  return worst(ours.rest === undefined ? verdicts : [...verdicts, open(ours.rest.reason.en)])
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1)
}

/** Classes and functions are the same when their own names are: packages export them under other paths than they define. */
function compareName(name: string, theirs: Encoded, wrong: () => Verdict): Verdict {
  const path = get(theirs, '$callable') ?? get(theirs, '$object') ?? get(theirs, '$stub')
  return path !== undefined && lastOf(path) === lastOf(name) ? equal : wrong()
}

/** Something of a package that is not modelled: named, and equal when CPython's object goes by that name. */
function comparePath(path: string, theirs: Encoded): Verdict {
  const stub = get(theirs, '$stub')
  if (stub !== undefined) return stub === path || stub === `${path}()` ? equal : open(`\`${path}\` is not modelled`)
  const named = get(theirs, '$callable') ?? get(theirs, '$object') ?? get(theirs, '$module')
  return named !== undefined && lastOf(named) === lastOf(path.replace(/\(\)$/, ''))
    ? equal
    : open(`\`${path}\` is not modelled`)
}

function compareObject(ours: Extract<Value, { type: 'object' }>, theirs: Encoded, wrong: () => Verdict): Verdict {
  const member = ours.attributes.get('value')
  if (member?.type === 'int' && ours.attributes.has('name')) return theirs === Number(member.value) ? equal : wrong()
  const state = ours.state
  if (ours.class === 'datetime.timedelta') {
    const span = get(theirs, '$timedelta')
    if (span === undefined) return wrong()
    if (typeof state !== 'bigint') return open('a span of time is not known')
    const [days, seconds, micros] = span.map((part) => BigInt(part)) as [bigint, bigint, bigint]
    return (days * 86_400n + seconds) * 1_000_000n + micros === state ? equal : wrong()
  }
  if (ours.class === 're.Pattern') {
    const pattern = (state as { readonly pattern?: string }).pattern
    const theirPattern = get(theirs, '$pattern')
    if (theirPattern === undefined) return wrong()
    return pattern === undefined ? open('a pattern is not known') : pattern === theirPattern ? equal : wrong()
  }
  const path = get(theirs, '$path')
  if (path !== undefined) {
    const own = textOfObject(ours)
    return own === undefined ? open('a path is not known') : compareText(own, path, wrong)
  }
  if (typeof theirs === 'string') {
    const own = textOfObject(ours)
    return own === undefined ? open(`an object of ${ours.class}`) : compareText(own, theirs, wrong)
  }
  const tuple = get(theirs, '$tuple')
  if (tuple !== undefined) {
    const pieces = ours.class.startsWith('urllib.parse.') ? piecesOf(state as UrlState) : undefined
    if (pieces === undefined) return open(`an object of ${ours.class}`)
    const items = pieces.map((parts): Value => ({ type: 'str', parts, at: ours.at }))
    return compareItems({ items, rest: undefined }, tuple, '', [], wrong)
  }
  return compareName(ours.class, theirs, wrong)
}

/** Paths and lazy texts of models keep their text as their state. */
function textOfObject(value: Extract<Value, { type: 'object' }>): StrValue | undefined {
  const { state } = value
  if (typeof state === 'string') return { type: 'str', parts: state === '' ? [] : [state], at: value.at }
  if (typeof state !== 'object' || state === null) return undefined
  if ('type' in state && state.type === 'str') return state as StrValue
  for (const inner of Object.values(state)) {
    if (typeof inner === 'object' && inner !== null && 'type' in inner && inner.type === 'str') return inner as StrValue
  }
  return undefined
}

/** A short rendering for reports. */
export function show(value: Value, depth = 0): string {
  if (depth > 12) return '…'
  const inner = (item: Value): string => show(item, depth + 1)
  switch (value.type) {
    case 'none':
      return 'None'
    case 'bool':
    case 'int':
    case 'float':
      return String(value.value)
    case 'str':
      return JSON.stringify(value.parts.map((part) => (typeof part === 'string' ? part : `<${part.name}>`)).join(''))
    case 'list':
    case 'tuple':
    case 'set':
      return `${value.type}[${value.items.map(inner).join(', ')}${value.rest === undefined ? '' : ', …'}]`
    case 'dict':
      return `{${value.entries.map(({ key, value: item }) => `${inner(key)}: ${inner(item)}`).join(', ')}${value.rest === undefined ? '' : ', …'}}`
    case 'unknown':
      return `?(${value.reason.en})`
    case 'external':
      return value.path
    case 'call':
      return calleePath(value) ?? 'call()'
    case 'object':
      return `<${value.class} ${textOfObject(value) === undefined ? '' : show(textOfObject(value) as Value)}>`
    case 'class':
    case 'function':
    case 'module':
    case 'native':
      return value.name
    case 'instance':
      return `<${value.class.name}>`
    default:
      return value.type
  }
}
