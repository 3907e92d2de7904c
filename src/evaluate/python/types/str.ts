import type { Hole, Part } from '../../parts.ts'
import { bool, int, list, normal, text } from '../constructors.ts'
import { numberOf } from '../equality.ts'
import { askTest, askText, deriveHole, makeUnknown } from '../interpreter/decisions.ts'
import { describe, iterate } from '../interpreter/iteration.ts'
import { here, limits, type Machine } from '../interpreter/machine.ts'
import { raise } from '../interpreter/raising.ts'
import { knownTruth } from '../interpreter/truth.ts'
import { isOpaque, typeName } from '../interpreter/types.ts'
import { notModelled, tooLarge } from '../reasons.ts'
import { type CallArguments, plain, type StrValue, type Value } from '../value.ts'
import { encodeText } from './codecs.ts'
import { formatFields, formatValue } from './format.ts'
import { countOf } from './number.ts'
import { endsWith, mayTouchHole, startsWith } from './parts.ts'
import { plainMethods, plainTests } from './str-plain.ts'
import { holeOf, partition, type StrMethod, split, unknownText } from './str-split.ts'
import { concat, converted, reprText, toHole } from './text.ts'

/** A method of `str`; text that is not known stays as holes as far as the method lets it. */
export function callStrMethod(m: Machine, self: StrValue, name: string, args: CallArguments): Value {
  const own = methods[name]
  if (own !== undefined && Object.hasOwn(methods, name)) return own(m, self, args)
  const test = plainTests[name]
  if (test !== undefined) return ask(m, self, `.${name}()`, test)
  const pure = plainMethods[name]
  if (pure === undefined) return raise(m, 'AttributeError', `'str' object has no attribute '${name}'`)
  const given = plainArguments(args)
  if (given === undefined) return unknownText(m, self, name)
  const apply = (subject: string): string | undefined => pure(subject, given)
  const known = plain(self)
  if (known !== undefined) return knownText(m, apply(known), name)
  return mapHoles(m, self, name, args, apply)
}

function knownText(m: Machine, made: string | undefined, name: string): Value {
  if (made === undefined) return makeUnknown(m, notModelled(`str.${name}()`), 'str')
  return made.length > limits.text ? makeUnknown(m, tooLarge, 'str') : text(made, here(m))
}

/** Arguments as plain texts and numbers; undefined when one is not known. */
function plainArguments(args: CallArguments): readonly (string | number | undefined)[] | undefined {
  const out: (string | number | undefined)[] = []
  for (const value of args.positional) {
    const known = plain(value)
    const number = numberOf(value)
    if (value.type === 'none') out.push(undefined)
    else if (known !== undefined) out.push(known)
    else if (number !== undefined) out.push(Number(number))
    else return undefined
  }
  return out
}

/** Methods that work character by character: on known text at once, on a hole later (`X.lower()`). */
const letterwise = new Set(['lower', 'upper', 'casefold', 'swapcase'])
const ends: Readonly<Record<string, readonly [boolean, boolean]>> = {
  strip: [true, true],
  lstrip: [true, false],
  rstrip: [false, true],
  removeprefix: [true, false],
  removesuffix: [false, true],
}

function mapHoles(
  m: Machine,
  self: StrValue,
  name: string,
  args: CallArguments,
  apply: (text: string) => string | undefined,
): Value {
  const call = `.${name}(${args.positional.map((value) => shown(m, value)).join(', ')})`
  const derived = (hole: Hole): Hole =>
    hole.chars === 'digits' && letterwise.has(name)
      ? hole
      : deriveHole(m, hole, `${hole.name}${call}`, apply, hole.chars, hole.nonEmpty)
  const [only] = self.parts
  if (self.parts.length === 1 && typeof only === 'object') return { type: 'str', parts: [derived(only)], at: here(m) }
  const inner = letterwise.has(name) || (name === 'replace' && args.positional.length === 2)
  if (inner) {
    const parts = self.parts.map((part) => (typeof part === 'string' ? (apply(part) ?? part) : part))
    const needle = plain(args.positional[0])
    const touches = needle === undefined || mayTouchHole(self.parts, needle)
    const made = parts.map((part) => (typeof part === 'string' || !touches ? part : derived(part)))
    return { type: 'str', parts: normal(made), at: here(m) }
  }
  const [front, back] = ends[name] ?? [false, false]
  if (!front && !back) return unknownText(m, self, name)
  const made = [...self.parts]
  const last = made.length - 1
  const change = (index: number): void => {
    const part = made[index] as Part
    if (typeof part === 'string') made[index] = trimmed(part, name, apply, index === 0, index === last)
    else if (part.chars === 'any') made[index] = derived(part)
  }
  if (front) change(0)
  if (back) change(last)
  return { type: 'str', parts: normal(made), at: here(m) }
}

/** The end of a longer text: what is trimmed is known as long as something of the known part remains. */
function trimmed(
  part: string,
  name: string,
  apply: (text: string) => string | undefined,
  first: boolean,
  last: boolean,
): string {
  if (name === 'removeprefix' || name === 'removesuffix') return apply(part) ?? part
  // A guard keeps the side that touches a hole.
  const guard = '\u0000'
  const made = apply(`${first ? '' : guard}${part}${last ? '' : guard}`) ?? part
  return made.replaceAll(guard, '')
}

function shown(m: Machine, value: Value): string {
  const made = reprText(m, value)
  return made.type === 'str' ? (plain(made) ?? '…') : '…'
}

function ask(m: Machine, self: StrValue, call: string, test: (text: string) => boolean): Value {
  const known = plain(self)
  if (known !== undefined) return bool(test(known), here(m))
  const [only] = self.parts
  if (self.parts.length !== 1 || typeof only !== 'object') return bool(askTest(m, m.node, [self]), here(m))
  if (call === '.isdigit()' && only.chars === 'digits') return bool(true, here(m))
  const name = `${only.name}${call}`
  const answer = askText(m, {
    hole: only,
    suffix: call,
    test,
    yes: { en: `\`${name}\` is true`, fr: `\`${name}\` est vrai` },
    no: { en: `\`${name}\` is false`, fr: `\`${name}\` est faux` },
  })
  return bool(answer, here(m))
}

/** What a text is to begin or end with; undefined: not known. */
function affixText(m: Machine, name: string, option: Value): string | undefined {
  if (option.type !== 'str' && !isOpaque(option)) {
    return raise(m, 'TypeError', `${name} first arg must be str or a tuple of str, not ${typeName(option)}`)
  }
  return plain(option)
}

function affix(
  name: 'startswith' | 'endswith',
  known: (parts: readonly Part[], affix: string) => boolean | undefined,
  test: (text: string, affix: string) => boolean,
): StrMethod {
  return (m, self, args) => {
    const [given] = args.positional
    const options = given?.type === 'tuple' ? given.items : given === undefined ? [] : [given]
    if (args.positional.length > 1) {
      const subject = plain(self)
      const window = subject === undefined ? undefined : windowOf(m, subject, args.positional.slice(1))
      const affixes = options.map((option) => affixText(m, name, option))
      if (window === undefined || affixes.includes(undefined)) {
        return makeUnknown(m, notModelled(`str.${name}()`), 'bool')
      }
      const isIn = window.start <= window.end && affixes.some((one) => test(textIn(window), one as string))
      return bool(isIn, here(m))
    }
    let open: Value | undefined
    for (const option of options) {
      const given = affixText(m, name, option)
      const answer = given === undefined ? undefined : known(self.parts, given)
      if (answer === true) return bool(true, here(m))
      if (answer === undefined) open = option
    }
    if (open === undefined) return bool(false, here(m))
    const texts = options.map(plain)
    if (texts.includes(undefined)) return bool(askTest(m, m.node, [self, ...options]), here(m))
    const call = `.${name}(${texts.map((t) => `"${t}"`).join(', ')})`
    return ask(m, self, call, (subject) => texts.some((t) => test(subject, t as string)))
  }
}

const join: StrMethod = (m, self, args) => {
  const given = args.positional[0]
  if (given === undefined) return raise(m, 'TypeError', 'str.join() takes exactly one argument (0 given)')
  const { items, rest } = iterate(m, given, m.node)
  const pieces: (readonly Part[])[] = []
  items.forEach((item, i) => {
    if (i > 0) pieces.push(self.parts)
    if (item.type === 'str') pieces.push(item.parts)
    else if (isOpaque(item) || item.type === 'instance') pieces.push([toHole(m, item)])
    else raise(m, 'TypeError', `sequence item ${i}: expected str instance, ${typeName(item)} found`)
  })
  if (rest !== undefined) pieces.push([toHole(m, rest)])
  return concat(m, pieces, here(m))
}

/** Fields without a name are numbered as they come; Python takes either those or numbers, not both. */
interface Numbering {
  next: number
  isManual: boolean | undefined
}

const format: StrMethod = (m, self, args) =>
  concat(m, formatted(m, self, args, { next: 0, isManual: undefined }), here(m))

function formatted(m: Machine, self: StrValue, args: CallArguments, numbering: Numbering): (readonly Part[])[] {
  const pieces: (readonly Part[])[] = []
  for (const part of self.parts) {
    if (typeof part !== 'string') {
      pieces.push([part])
      continue
    }
    const fields = formatFields(part)
    if (fields === undefined) return raise(m, 'ValueError', "Single '}' encountered in format string")
    for (const field of fields) {
      if ('literal' in field) pieces.push([field.literal])
      else pieces.push(fieldText(m, self, field, args, numbering))
    }
  }
  return pieces
}

function fieldText(
  m: Machine,
  self: StrValue,
  field: { readonly name: string; readonly conversion: string; readonly spec: string },
  args: CallArguments,
  numbering: Numbering,
): readonly Part[] {
  let value = fieldValue(m, self, field.name, args, numbering)
  if (field.conversion !== '') {
    if (!'sra'.includes(field.conversion)) {
      raise(m, 'ValueError', `Unknown conversion specifier '${field.conversion}'`)
    }
    value = converted(m, value, field.conversion)
  }
  const inner = text(field.spec, self.at)
  const spec = field.spec.includes('{') ? concat(m, formatted(m, inner, args, numbering), here(m)) : inner
  const known = plain(spec)
  const made = known === undefined ? value : formatValue(m, value, known)
  return known !== undefined && made.type === 'str' ? made.parts : [toHole(m, made)]
}

function fieldValue(m: Machine, self: StrValue, name: string, args: CallArguments, numbering: Numbering): Value {
  const [head = ''] = name.split(/[.[]/)
  const isNumbered = head === '' || /^\d+$/.test(head)
  if (isNumbered) {
    if (numbering.isManual !== undefined && numbering.isManual !== (head !== '')) {
      const [from, to] = numbering.isManual
        ? ['manual field specification', 'automatic field numbering']
        : ['automatic field numbering', 'manual field specification']
      raise(m, 'ValueError', `cannot switch from ${from} to ${to}`)
    }
    numbering.isManual = head !== ''
  }
  let value = isNumbered ? args.positional[head === '' ? numbering.next++ : Number(head)] : args.keywords.get(head)
  if (value === undefined) {
    if (args.open) value = makeUnknown(m, notModelled(`{${name}}`), 'str')
    else if (isNumbered) {
      return raise(
        m,
        'IndexError',
        `Replacement index ${head === '' ? numbering.next - 1 : head} out of range for positional args tuple`,
      )
    } else return raise(m, 'KeyError', `'${head}'`)
  }
  for (const [, attribute, key] of name.slice(head.length).matchAll(/\.(\w+)|\[([^\]]*)\]/g)) {
    if (attribute !== undefined) value = m.attribute(value, attribute)
    else value = m.item(value, /^\d+$/.test(key ?? '') ? int(Number(key), self.at) : text(key ?? '', self.at))
  }
  return value
}

/** The stretch of a text that `start` and `end` of `find`, `count` and the others mean: offsets in characters. */
interface Window {
  readonly characters: readonly string[]
  readonly start: number
  readonly end: number
}

/** Undefined when a bound is not known. */
function windowOf(m: Machine, subject: string, [start, end]: readonly (Value | undefined)[]): Window | undefined {
  const characters = [...subject]
  const bound = (value: Value | undefined, fallback: number): number | undefined => {
    if (value === undefined || value.type === 'none') return fallback
    const count = countOf(m, value)
    return count !== undefined && count < 0 ? Math.max(0, count + characters.length) : count
  }
  const [from, to] = [bound(start, 0), bound(end, characters.length)]
  return from === undefined || to === undefined
    ? undefined
    : { characters, start: from, end: Math.min(to, characters.length) }
}

const textIn = ({ characters, start, end }: Window): string => characters.slice(start, Math.max(start, end)).join('')

function position(name: string, find: (inside: string, needle: string) => number): StrMethod {
  return (m, self, args) => {
    const known = plain(self)
    const [needleValue, ...bounds] = args.positional
    if (
      needleValue !== undefined &&
      !isOpaque(needleValue) &&
      needleValue.type !== 'str' &&
      needleValue.type !== 'instance'
    ) {
      return raise(m, 'TypeError', `must be str, not ${typeName(needleValue)}`)
    }
    const needle = plain(needleValue)
    const window = known === undefined ? undefined : windowOf(m, known, bounds)
    if (window === undefined || needle === undefined) {
      return makeUnknown(m, notModelled(`str.${name}()`), 'int', holeOf(self)?.variable)
    }
    const inside = textIn(window)
    const none = name === 'count' ? 0 : -1
    const found = window.start > window.end ? none : find(inside, needle)
    if (found < 0 && (name === 'index' || name === 'rindex')) return raise(m, 'ValueError', 'substring not found')
    if (found < 0 || name === 'count') return int(found, here(m))
    return int(window.start + [...inside.slice(0, found)].length, here(m))
  }
}

function count(inside: string, needle: string): number {
  return needle === '' ? [...inside].length + 1 : inside.split(needle).length - 1
}

/** What ends a line: https://docs.python.org/3.12/library/stdtypes.html#str.splitlines */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they end lines for Python
const lineEnd = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/g

function linesOf(known: string, keepEnds: boolean): string[] {
  const lines: string[] = []
  let from = 0
  for (const match of known.matchAll(lineEnd)) {
    const end = match.index + match[0].length
    lines.push(known.slice(from, keepEnds ? end : match.index))
    from = end
  }
  return from < known.length ? [...lines, known.slice(from)] : lines
}

const methods: Readonly<Record<string, StrMethod>> = {
  startswith: affix('startswith', startsWith, (subject, prefix) => subject.startsWith(prefix)),
  endswith: affix('endswith', endsWith, (subject, suffix) => subject.endsWith(suffix)),
  split: split(false),
  rsplit: split(true),
  partition: partition(false),
  rpartition: partition(true),
  join,
  format,
  format_map: (m, self, args) => {
    const [given] = args.positional
    const keywords = new Map<string, Value>()
    if (given?.type === 'dict') for (const e of given.entries) keywords.set(plain(e.key) ?? '', e.value)
    return format(m, self, { positional: [], keywords, open: given?.type !== 'dict' || given.rest !== undefined })
  },
  splitlines: (m, self, args) => {
    const known = plain(self)
    const at = here(m)
    const keep = args.positional[0] ?? args.keywords.get('keepends')
    const keepEnds = keep === undefined ? false : knownTruth(m, keep)
    if (known === undefined || keepEnds === undefined) return list([], at, unknownText(m, self, 'splitlines'))
    const lines = linesOf(known, keepEnds)
    return list(
      lines.map((line) => text(line, at)),
      at,
    )
  },
  encode: (m, self, args) => encodeText(m, self, args),
  find: position('find', (inside, needle) => inside.indexOf(needle)),
  rfind: position('rfind', (inside, needle) => inside.lastIndexOf(needle)),
  index: position('index', (inside, needle) => inside.indexOf(needle)),
  rindex: position('rindex', (inside, needle) => inside.lastIndexOf(needle)),
  count: position('count', count),
  translate: (m, self, args) =>
    makeUnknown(m, notModelled(`str.translate(${describe(args.positional[0] ?? self)})`), 'str'),
}

export const strMethodNames: ReadonlySet<string> = new Set([
  ...Object.keys(methods),
  ...Object.keys(plainMethods),
  ...Object.keys(plainTests),
])
