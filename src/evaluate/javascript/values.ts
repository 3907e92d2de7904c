import type { Place } from '../../contracts/place.ts'
import { hostname, isPrivateHost } from '../../knowledge/hosts.ts'
import type { FunctionExpression, ObjectLiteral } from '../../syntax/javascript/ast.ts'
import { type Condition, pairs, together } from '../condition.ts'
import type { ScopeVariable, ScriptContext } from './scopes.ts'
import type { ScriptSource } from './source.ts'

/** Text of which only the kind is known. */
export interface ValueHole {
  /** As a user would name it: `roomName`, `location.host`, `VITE_WS_URL`, `room.id`. */
  readonly name: string
  /**
   * `page-host`/`page-hostname`: of the page's own URL. `env`: a variable of the build. `server`: rendered by a template,
   * `server-port`: the port that the server listens on, behind the router.
   */
  readonly kind: 'page-host' | 'page-hostname' | 'env' | 'server' | 'server-port' | 'value'
  readonly at: Place
}

/** Text that stands in the source (`verbatim`: character by character, so that offsets inside it can be computed). */
export interface KnownText {
  readonly text: string
  readonly at: Place
  readonly verbatim: boolean
}
export type TextPart = KnownText | ValueHole

/** What a JavaScript expression is worth in a browser that shows a page over https, in production. */
export type ScriptValue =
  /** `number`: it is one, written as JavaScript writes it. */
  | { readonly type: 'text'; readonly parts: readonly TextPart[]; readonly number?: boolean }
  | { readonly type: 'boolean'; readonly value: boolean }
  /** null and undefined, and what `&&` gives back when its left side counts as false. */
  | { readonly type: 'nothing' }
  | { readonly type: 'object'; readonly node: ObjectLiteral; readonly frame: ScriptFrame }
  /** `open`: there may be more behind the items, or nothing. */
  | { readonly type: 'list'; readonly items: readonly ScriptValue[]; readonly open?: boolean }
  | { readonly type: 'function'; readonly node: FunctionExpression; readonly frame: ScriptFrame }
  | { readonly type: 'host'; readonly object: HostObject }
  /** A URL object: its `href`. */
  | { readonly type: 'url'; readonly parts: readonly TextPart[] }
  /** `ref(x)` and `computed(() => x)` of Vue, `useRef(x)` of React: the value sits in `.value` or `.current`. */
  | { readonly type: 'box'; readonly inner: readonly ScriptOutcome[] }
  /** `id`: equal ids are the same value, see `identityOf`. */
  | { readonly type: 'unknown'; readonly hole: ValueHole; readonly id: string; readonly of?: ElementPart }

/** An element of the page, by the selector that names it: itself, its `dataset`, or the text inside. */
export interface ElementPart {
  readonly selector: string
  readonly what: 'element' | 'dataset' | 'text'
}

export type HostObject = 'window' | 'location' | 'document' | 'process' | 'env' | 'import' | 'import.meta'

/** One of the values an expression can have, and the unanswerable tests under which it has it. */
export interface ScriptOutcome {
  readonly value: ScriptValue
  readonly when: readonly Condition[]
}

/** Where an expression is evaluated: its file, its place, and what parameters are worth in this call. */
export interface ScriptFrame {
  readonly source: ScriptSource
  readonly context: ScriptContext
  readonly parameters: ReadonlyMap<ScopeVariable, readonly ScriptOutcome[]> | undefined
}

export function isHole(part: TextPart): part is ValueHole {
  return 'kind' in part
}

export function known(text: string, at: Place, verbatim = false): ScriptValue {
  return { type: 'text', parts: text === '' ? [] : [{ text, at, verbatim }] }
}

/** A number as the text it is joined to others as. */
export function numeric(value: number, at: Place, verbatim = false): ScriptValue {
  return { type: 'text', parts: [{ text: String(value), at, verbatim }], number: true }
}

/** What a number is; undefined for everything else. */
export function numberOf(value: ScriptValue): number | undefined {
  return value.type === 'text' && value.number === true ? Number(plainText(value)) : undefined
}

/** The whole text when nothing of it is unknown. */
export function plainText(value: ScriptValue): string | undefined {
  if (value.type !== 'text' && value.type !== 'url') return undefined
  let text = ''
  for (const part of value.parts) {
    if (isHole(part)) return undefined
    text += part.text
  }
  return text
}

/** The parts a value becomes when it is joined to a text; undefined when it becomes `[object Object]`. */
export function partsOf(value: ScriptValue): readonly TextPart[] | undefined {
  switch (value.type) {
    case 'text':
    case 'url':
      return value.parts
    case 'nothing':
      return []
    case 'unknown':
      return [value.hole]
    case 'box':
      return value.inner.length === 1 && value.inner[0] !== undefined ? partsOf(value.inner[0].value) : undefined
    default:
      return undefined
  }
}

/** Whether a value counts as true; undefined when it cannot be told. */
export function truth(value: ScriptValue): boolean | undefined {
  switch (value.type) {
    case 'boolean':
      return value.value
    case 'nothing':
      return false
    case 'text': {
      if (value.parts.length === 0) return false
      if (value.number === true) return !['0', '-0', 'NaN'].includes(plainText(value) ?? '')
      if (value.parts.some((part) => !isHole(part) && part.text !== '')) return true
      return value.parts.some((part) => isHole(part) && part.kind.startsWith('page-host')) ? true : undefined
    }
    case 'unknown':
      return undefined
    default:
      return true
  }
}

/** Whether two values are equal; undefined when it cannot be told. The page's own host is never a local one in production. */
export function equal(a: ScriptValue, b: ScriptValue): boolean | undefined {
  const left = plainText(a)
  const right = plainText(b)
  if (left !== undefined && right !== undefined) {
    // A number and a text: it depends on whether `==` or `===` asks.
    return (numberOf(a) === undefined) === (numberOf(b) === undefined) ? left === right : undefined
  }
  if (a.type === 'boolean' && b.type === 'boolean') return a.value === b.value
  if (a.type === 'nothing' && b.type === 'nothing') return true
  const text = left ?? right
  const other = left === undefined ? a : b
  if (text === undefined || other.type !== 'text') return undefined
  const first = other.parts[0]
  if (first === undefined) return text === ''
  if (!isHole(first)) return text.startsWith(first.text) ? undefined : false
  return first.kind.startsWith('page-host') && (text === '' || isPrivateHost(hostname(text))) ? false : undefined
}

/** Every combination of two lists of outcomes, bounded. */
export function combine(
  left: readonly ScriptOutcome[],
  right: readonly ScriptOutcome[],
  make: (a: ScriptValue, b: ScriptValue) => ScriptValue,
): readonly ScriptOutcome[] {
  const both = pairs(left, right).slice(0, maxOutcomes)
  return both.map(({ a, b, when }) => ({ value: make(a.value, b.value), when }))
}

export const maxOutcomes = 8

/** Outcomes under further conditions; those that contradict them cannot be. */
export function under(when: readonly Condition[], outcomes: readonly ScriptOutcome[]): readonly ScriptOutcome[] {
  return outcomes.flatMap((outcome) => {
    const all = together(when, outcome.when)
    return all === undefined ? [] : [{ value: outcome.value, when: all }]
  })
}
