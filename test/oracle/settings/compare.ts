import type { Encoded } from './encode.ts'

/** What the evaluator says of one value beside what CPython says. `open`: it does not claim to know. */
export type Verdict =
  | { readonly verdict: 'equal' }
  | { readonly verdict: 'open'; readonly reason: string }
  | { readonly verdict: 'wrong'; readonly path: string; readonly ours: string; readonly theirs: string }

/** A value as `show settings --format json` prints it, read back from its text. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** The keys of the document that speak of one value. */
export interface Printed {
  readonly value?: Json
  readonly types?: Readonly<Record<string, 'tuple' | 'float'>>
  readonly undetermined?: string
  readonly type?: string
}

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

function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

type Form = Exclude<Encoded, null | boolean | number | string | readonly Encoded[]>

function get<K extends string>(value: Encoded, key: K): Extract<Form, Record<K, unknown>>[K] | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const found = value as Record<string, unknown>
  return key in found ? (found[key] as Extract<Form, Record<K, unknown>>[K]) : undefined
}

/** Compares a printed value with CPython's, as harness.py writes it. Types count: a list is no tuple, 1 is not 1.0. */
export function compare(ours: Printed, theirs: Encoded): Verdict {
  if (ours.undetermined !== undefined) return unknown(ours.undetermined, ours.type, '', theirs)
  return new Comparer(ours.types ?? {}).compare(ours.value ?? null, theirs, '')
}

function unknown(reason: string, type: Json | undefined, at: string, theirs: Encoded): Verdict {
  if (typeof type !== 'string' || couldBe(type, theirs)) return open(reason)
  return { verdict: 'wrong', path: at, ours: `unknown ${type}`, theirs: JSON.stringify(theirs) }
}

class Comparer {
  private readonly types: Readonly<Record<string, 'tuple' | 'float'>>

  constructor(types: Readonly<Record<string, 'tuple' | 'float'>>) {
    this.types = types
  }

  /** `at`: the JSON Pointer of ours. */
  compare(ours: Json, theirs: Encoded, at: string): Verdict {
    const same = (condition: boolean): Verdict => (condition ? equal : this.wrong(ours, theirs, at))
    if (ours === null || typeof ours === 'boolean') return same(theirs === ours)
    if (typeof ours === 'number') {
      if (Number.isInteger(ours) && this.types[at] !== 'float') return same(theirs === ours)
      const text = get(theirs, '$float')
      return same(text !== undefined && Object.is(Number(text), ours))
    }
    if (typeof ours === 'string') return same(theirs === ours)
    if (Array.isArray(ours)) {
      const items = this.types[at] === 'tuple' ? get(theirs, '$tuple') : theirs
      return Array.isArray(items) ? this.items(ours as Json[], items, at) : this.wrong(ours, theirs, at)
    }
    return this.object(ours as { readonly [key: string]: Json }, theirs, at)
  }

  private wrong(ours: Json, theirs: Encoded, at: string): Verdict {
    return { verdict: 'wrong', path: at, ours: JSON.stringify(ours), theirs: JSON.stringify(theirs) }
  }

  private items(ours: readonly Json[], theirs: readonly Encoded[], at: string): Verdict {
    const last = ours.at(-1)
    if (isObject(last) && '$more' in last) return open(String(last.$more))
    if (ours.length !== theirs.length) return this.wrong(ours, theirs, at)
    return worst(ours.map((item, i) => this.compare(item, theirs[i] as Encoded, `${at}/${i}`)))
  }

  private object(ours: { readonly [key: string]: Json }, theirs: Encoded, at: string): Verdict {
    if (typeof ours.undetermined === 'string') return unknown(ours.undetermined, ours.type, at, theirs)
    if (typeof ours.$int === 'string') {
      return get(theirs, '$int') === ours.$int ? equal : this.wrong(ours, theirs, at)
    }
    if (typeof ours.$float === 'string') {
      return get(theirs, '$float') === ours.$float ? equal : this.wrong(ours, theirs, at)
    }
    if ('$template' in ours) return this.text(ours, theirs, at)
    if (typeof ours.$type === 'string') return this.typed(ours.$type, ours, theirs, at)
    return this.dict(ours, theirs, at)
  }

  private typed(type: string, ours: { readonly [key: string]: Json }, theirs: Encoded, at: string): Verdict {
    const shown = String(ours.repr)
    const same = (condition: boolean): Verdict => (condition ? equal : this.wrong(ours, theirs, at))
    switch (type) {
      case 'cycle':
        return same(get(theirs, '$cycle') === true)
      case 'ellipsis':
        return same(get(theirs, '$ellipsis') === true)
      case 'bytes':
        return same(get(theirs, '$bytes') === ours.value)
      case 'set':
      case 'frozenset':
        return this.set(ours, theirs, at)
      case 'module':
        return same(get(theirs, '$module') === shown || get(theirs, '$stub') === shown)
      case 'function':
      case 'class':
      case 'native':
      case 'method':
        return same(isNamed(shown, theirs))
      case 'instance':
        return same(isNamed(String(ours.class), theirs))
      case 'external':
        return comparePath(shown, theirs)
      case 'call':
        return comparePath(typeof ours.path === 'string' ? ours.path : 'call', theirs)
      default:
        return this.modelled(type, ours, theirs, at)
    }
  }

  private set(ours: { readonly [key: string]: Json }, theirs: Encoded, at: string): Verdict {
    const items = get(theirs, '$set')
    const own = ours.items as readonly Json[]
    if (items === undefined) return this.wrong(ours, theirs, at)
    const last = own.at(-1)
    if (isObject(last) && '$more' in last) return open(String(last.$more))
    if (own.length !== items.length)
      return own.some(isOpen) ? open('members are not known') : this.wrong(ours, theirs, at)
    return worst(
      own.map((item, i) => {
        const verdicts = items.map((other) => this.compare(item, other, `${at}/items/${i}`))
        const best = verdicts.find(({ verdict }) => verdict === 'equal')
        return best ?? verdicts.find(({ verdict }) => verdict === 'open') ?? this.wrong(item, theirs, at)
      }),
    )
  }

  private dict(ours: { readonly [key: string]: Json }, theirs: Encoded, at: string): Verdict {
    const pairs = get(theirs, '$dict')
    if (pairs === undefined) return this.wrong(ours, theirs, at)
    const more = Array.isArray(ours.$dict)
      ? (ours.$dict as Json[]).filter(isObject).map(({ $more }) => $more)[0]
      : ours.$more
    const entries: readonly (readonly [Json, string, Json, string])[] = Array.isArray(ours.$dict)
      ? (ours.$dict as Json[]).flatMap((pair, i) =>
          Array.isArray(pair) ? [[pair[0], `${at}/$dict/${i}/0`, pair[1], `${at}/$dict/${i}/1`] as const] : [],
        )
      : Object.entries(ours)
          .filter(([key]) => key !== '$more')
          .map(([key, value]) => [key, '', value, `${at}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`] as const)
    if (more === undefined && entries.length !== pairs.length) {
      return entries.some(([key]) => isOpen(key)) ? open('keys are not known') : this.wrong(ours, theirs, at)
    }
    const verdicts = entries.map(([key, keyAt, value, valueAt]): Verdict => {
      const pair = pairs.find(([other]) => this.compare(key, other, keyAt).verdict === 'equal')
      if (pair !== undefined) return this.compare(value, pair[1], valueAt)
      return isOpen(key) ? open('a key is not known') : this.wrong(ours, theirs, at)
    })
    return worst(more === undefined ? verdicts : [...verdicts, open(String(more))])
  }

  /** Text with holes is open when CPython's text fits the known parts, wrong otherwise. */
  private text(ours: { readonly [key: string]: Json }, theirs: Encoded, at: string): Verdict {
    const classes: Record<string, string> = { digits: '[0-9]', word: '[A-Za-z0-9_-]', host: '[A-Za-z0-9.-]' }
    const source = (ours.parts as readonly Json[]).map((part) =>
      isObject(part)
        ? (classes[String(part.chars)] ?? '[\\s\\S]') + (part.nonEmpty === true ? '+' : '*')
        : String(part).replace(/[.*+?^${}()|[\]\\]/g, '\\$&'),
    )
    const fits = typeof theirs === 'string' && new RegExp(`^${source.join('')}$`).test(theirs)
    return fits ? open('a part of the text is not known') : this.wrong(ours, theirs, at)
  }

  /** An object of a library's model. */
  private modelled(type: string, ours: { readonly [key: string]: Json }, theirs: Encoded, at: string): Verdict {
    const { value, items } = ours
    const span = get(theirs, '$timedelta')
    if (type === 'datetime.timedelta') {
      if (span === undefined) return this.wrong(ours, theirs, at)
      if (typeof value !== 'number') return open('a span of time is not known')
      const [days, seconds, micros] = span
      return (days * 86_400 + seconds) * 1e6 + micros === Math.round(value * 1e6) ? equal : this.wrong(ours, theirs, at)
    }
    if (typeof value === 'number') return this.compare(value, theirs, at)
    const text = get(theirs, '$pattern') ?? get(theirs, '$path') ?? (typeof theirs === 'string' ? theirs : undefined)
    if (type === 're.Pattern' && get(theirs, '$pattern') === undefined) return this.wrong(ours, theirs, at)
    if (text !== undefined) {
      return value === undefined ? open(`an object of ${type}`) : this.compare(value, text, `${at}/value`)
    }
    const tuple = get(theirs, '$tuple')
    if (tuple !== undefined) {
      return Array.isArray(items) ? this.items(items as Json[], tuple, `${at}/items`) : open(`an object of ${type}`)
    }
    return isNamed(type, theirs) ? equal : this.wrong(ours, theirs, at)
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

function isOpen(value: Json): boolean {
  return isObject(value) && ('undetermined' in value || '$template' in value)
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1)
}

/** Classes and functions are the same when their own names are: packages export them under other paths than they define. */
function isNamed(name: string, theirs: Encoded): boolean {
  const path = get(theirs, '$callable') ?? get(theirs, '$object') ?? get(theirs, '$stub')
  return path !== undefined && (lastOf(path) === lastOf(name) || (name === 'lambda' && lastOf(path) === '<lambda>'))
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
