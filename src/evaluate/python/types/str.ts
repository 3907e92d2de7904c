import type { Hole, Part } from '../../parts.ts'
import { bool, bytes, int, list, normal, text } from '../constructors.ts'
import { numberOf } from '../equality.ts'
import { askTest, askText, deriveHole, makeUnknown } from '../interpreter/decisions.ts'
import { describe, iterate } from '../interpreter/iteration.ts'
import { here, limits, type Machine } from '../interpreter/machine.ts'
import { raise } from '../interpreter/raising.ts'
import { isOpaque, typeName } from '../interpreter/types.ts'
import { notModelled, tooLarge } from '../reasons.ts'
import { type CallArguments, plain, type StrValue, type Value } from '../value.ts'
import { formatFields, formatValue } from './format.ts'
import { endsWith, mayTouchHole, startsWith } from './parts.ts'
import { plainMethods, plainTests } from './str-plain.ts'
import { holeOf, partition, type StrMethod, split, unknownText } from './str-split.ts'
import { concat, reprText, toHole } from './text.ts'

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
      const from = numberOf(args.positional[1] as Value)
      if (subject === undefined || from === undefined) return makeUnknown(m, notModelled(`str.${name}()`), 'bool')
      return bool(
        options.some((o) => test(subject.slice(Number(from)), plain(o) ?? '\u0000')),
        here(m),
      )
    }
    let open: Value | undefined
    for (const option of options) {
      if (option.type !== 'str' && !isOpaque(option)) {
        raise(m, 'TypeError', `${name} first arg must be str or a tuple of str, not ${typeName(option)}`)
      }
      const affixText = plain(option)
      const answer = affixText === undefined ? undefined : known(self.parts, affixText)
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
    else if (isOpaque(item)) pieces.push([toHole(m, item)])
    else raise(m, 'TypeError', `sequence item ${i}: expected str instance, ${typeName(item)} found`)
  })
  if (rest !== undefined) pieces.push([toHole(m, rest)])
  return concat(m, pieces, here(m))
}

const format: StrMethod = (m, self, args) => {
  const pieces: (readonly Part[])[] = []
  let next = 0
  for (const part of self.parts) {
    if (typeof part !== 'string') {
      pieces.push([part])
      continue
    }
    const fields = formatFields(part)
    if (fields === undefined) return raise(m, 'ValueError', "Single '}' encountered in format string")
    for (const field of fields) {
      if ('literal' in field) {
        pieces.push([field.literal])
        continue
      }
      const [head = ''] = field.name.split(/[.[]/)
      let value: Value | undefined
      if (head === '' || /^\d+$/.test(head)) value = args.positional[head === '' ? next++ : Number(head)]
      else value = args.keywords.get(head)
      if (value === undefined) {
        if (args.open) value = makeUnknown(m, notModelled(`{${field.name}}`), 'str')
        else if (head === '' || /^\d+$/.test(head)) {
          return raise(m, 'IndexError', 'Replacement index out of range for positional args tuple')
        } else return raise(m, 'KeyError', `'${head}'`)
      }
      for (const [, attribute, key] of field.name.slice(head.length).matchAll(/\.(\w+)|\[([^\]]*)\]/g)) {
        if (attribute !== undefined) value = m.attribute(value, attribute)
        else value = m.item(value, /^\d+$/.test(key ?? '') ? int(Number(key), self.at) : text(key ?? '', self.at))
      }
      if (field.conversion === 'r' || field.conversion === 'a') value = reprText(m, value)
      const made = field.spec.includes('{') ? value : formatValue(m, value, field.spec)
      pieces.push(made.type === 'str' ? made.parts : [toHole(m, made)])
    }
  }
  return concat(m, pieces, here(m))
}

function position(name: string, find: (subject: string, needle: string, from: number) => number): StrMethod {
  return (m, self, args) => {
    const known = plain(self)
    const needle = plain(args.positional[0])
    if (known === undefined || needle === undefined) {
      return makeUnknown(m, notModelled(`str.${name}()`), 'int', holeOf(self)?.variable)
    }
    const from = args.positional[1] === undefined ? 0 : Number(numberOf(args.positional[1]) ?? 0)
    const found = find(known, needle, from)
    if (found < 0 && (name === 'index' || name === 'rindex')) return raise(m, 'ValueError', 'substring not found')
    return int(found, here(m))
  }
}

function count(subject: string, needle: string): number {
  return needle === '' ? subject.length + 1 : subject.split(needle).length - 1
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
  splitlines: (m, self) => {
    const known = plain(self)
    const at = here(m)
    if (known === undefined) return list([], at, unknownText(m, self, 'splitlines'))
    const lines = known.split(/\r\n|\n|\r/)
    if (lines[lines.length - 1] === '') lines.pop()
    return list(
      lines.map((line) => text(line, at)),
      at,
    )
  },
  encode: (m, self) => {
    const known = plain(self)
    if (known === undefined) return makeUnknown(m, notModelled('str.encode()'), undefined, holeOf(self)?.variable)
    return bytes(String.fromCharCode(...new TextEncoder().encode(known.slice(0, 50_000))), here(m))
  },
  find: position('find', (subject, needle, from) => subject.indexOf(needle, from)),
  rfind: position('rfind', (subject, needle) => subject.lastIndexOf(needle)),
  index: position('index', (subject, needle, from) => subject.indexOf(needle, from)),
  rindex: position('rindex', (subject, needle) => subject.lastIndexOf(needle)),
  count: position('count', count),
  translate: (m, self, args) =>
    makeUnknown(m, notModelled(`str.translate(${describe(args.positional[0] ?? self)})`), 'str'),
}

export const strMethodNames: ReadonlySet<string> = new Set([
  ...Object.keys(methods),
  ...Object.keys(plainMethods),
  ...Object.keys(plainTests),
])
