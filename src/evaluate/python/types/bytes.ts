import type { Machine } from '../interpreter/machine.ts'
import { raise } from '../interpreter/raising.ts'
import { type Method, type NativeClass, object, type PythonRun } from '../library.ts'
import { notModelled } from '../reasons.ts'
import type { CallArguments, ObjectValue, UnknownValue, Value } from '../value.ts'

const notText = "a bytes-like object is required, not 'str'"
const noIndex = "argument should be integer or bytes-like object, not 'str'"

/** Methods of bytes whose first argument cannot be a text, and what they say of one (CPython 3.9 to 3.14). */
const refusals: Readonly<Record<string, string>> = {
  split: notText,
  rsplit: notText,
  partition: notText,
  rpartition: notText,
  replace: notText,
  strip: notText,
  lstrip: notText,
  rstrip: notText,
  removeprefix: notText,
  removesuffix: notText,
  find: noIndex,
  rfind: noIndex,
  index: noIndex,
  rindex: noIndex,
  count: noIndex,
  startswith: 'startswith first arg must be bytes or a tuple of bytes, not str',
  endswith: 'endswith first arg must be bytes or a tuple of bytes, not str',
}

/** Raises what a method of bytes raises when it is given a text. */
export function refuseText(m: Machine, name: string, { positional }: CallArguments): void {
  const refusal = Object.hasOwn(refusals, name) ? refusals[name] : undefined
  if (refusal !== undefined && positional[0]?.type === 'str') raise(m, 'TypeError', refusal)
}

/** `of`: what the method gives. */
const method =
  (name: string, of?: 'bytes' | NonNullable<UnknownValue['of']>): Method =>
  (run, _self, args) => {
    refuseText(run as Machine, name, args)
    return of === 'bytes' ? unknownBytes(run) : run.unknown(notModelled(`bytes.${name}()`), of)
  }

const methods: Readonly<Record<string, Method>> = Object.fromEntries(
  (
    [
      ['str', 'decode hex'],
      ['bytes', 'capitalize center expandtabs ljust lower lstrip removeprefix removesuffix replace rjust rstrip strip'],
      ['bytes', 'swapcase title translate upper zfill join'],
      ['list', 'split rsplit splitlines'],
      ['int', 'count find index rfind rindex'],
      ['bool', 'endswith isalnum isalpha isascii isdigit islower isspace istitle isupper startswith'],
      [undefined, 'fromhex maketrans partition rpartition'],
    ] as const
  ).flatMap(([of, names]) => names.split(' ').map((name) => [name, method(name, of)])),
)

const bytesClass: NativeClass = {
  class: 'bytes',
  bases: [],
  isWhole: true,
  methods,
  get: (run, _self, name) => (name.startsWith('__') ? run.unknown(notModelled(`bytes.${name}`)) : undefined),
  contains: (run, _self, key) => (key.type === 'str' ? run.raise('TypeError', notText) : undefined),
  item: (run, _self, key) => (key.type === 'int' ? run.unknown(notModelled('bytes[…]'), 'int') : unknownBytes(run)),
  truth: () => undefined,
  length: () => undefined,
  iterate: () => undefined,
  str: (run) => run.unknown(notModelled('str(bytes)'), 'str'),
  compare: () => undefined,
  binary: (run, op, _self, other, reflected) => {
    if (op !== '+' || other.type !== 'str') return undefined
    return run.raise(
      'TypeError',
      reflected ? 'can only concatenate str (not "bytes") to str' : "can't concat str to bytes",
    )
  },
}

/** Bytes that nobody can know: what a socket brings. */
export function unknownBytes(run: Pick<PythonRun, 'at'>): ObjectValue {
  return object(bytesClass, undefined, run.at)
}

/** A value is surely bytes, known or not. */
export function isBytes(value: Value | undefined): boolean {
  return value?.type === 'bytes' || (value?.type === 'object' && value.model === bytesClass)
}
