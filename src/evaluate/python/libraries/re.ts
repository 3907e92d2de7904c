import { int, list, none, record, text, tuple } from '../constructors.ts'
import { numberOf } from '../equality.ts'
import { exception } from '../exceptions.ts'
import {
  exceptionClass,
  library,
  type Method,
  type NativeClass,
  native,
  nativeClass,
  object,
  type PythonRun,
  take,
} from '../library.ts'
import { notModelled } from '../reasons.ts'
import { type CallArguments, type NativeValue, type ObjectValue, plain, type Value } from '../value.ts'
import { intMember } from './support/constants.ts'
import { variableOf } from './support/convert.ts'
import { flagBits, type RunnableRegex, template, translate } from './support/regex.ts'

/** A compiled pattern. `regex` is undefined when JavaScript cannot express it. */
export interface PatternState {
  readonly pattern: string | undefined
  readonly flags: number
  readonly regex: RunnableRegex | undefined
}

function bitsOf(value: Value | undefined): number | undefined {
  if (value === undefined || value.type === 'none') return 0
  if (value.type === 'object') return numberOf(value.attributes.get('value') ?? value) as number | undefined
  return value.type === 'int' ? Number(value.value) : undefined
}

const reError = exceptionClass('re.error', [exception('Exception')])

function compiled(run: PythonRun, pattern: Value | undefined, flags: Value | undefined): PatternState {
  if (pattern?.type === 'object' && pattern.model === patternClass) return pattern.state as PatternState
  const known = plain(pattern)
  const number = bitsOf(flags)
  const bits = typeof number === 'bigint' ? Number(number) : number
  const regex = known === undefined || bits === undefined ? undefined : translate(known, bits)
  if (regex !== undefined && 'message' in regex)
    return run.raise(reError, `${regex.message} at position ${regex.offset}`)
  return { pattern: known, flags: bits ?? 0, regex }
}

type How = 'match' | 'search' | 'fullmatch' | 'all'

/** The pattern ready to be run on a text; undefined when it cannot be, or might count letters differently. */
function ready(
  state: PatternState,
  subject: Value | undefined,
  how: How,
): { regex: RegExp; known: string } | undefined {
  const known = plain(subject)
  if (known === undefined || state.regex === undefined || known.length > state.regex.longest) return undefined
  const { source, flags } = state.regex
  // biome-ignore lint/suspicious/noControlCharactersInRegex: beyond ASCII
  if (flags.includes('i') && /[^\x00-\x7f]/.test(known)) return undefined
  const whole = how === 'fullmatch' ? `(?:${source})(?![\\s\\S])` : source
  return { regex: new RegExp(whole, `${flags}d${how === 'all' ? 'g' : how === 'search' ? '' : 'y'}`), known }
}

function unknownMatch(run: PythonRun, name: string, subject: Value | undefined): Value {
  return run.unknown(notModelled(`re.${name}`), undefined, variableOf(subject))
}

function matcher(name: 'match' | 'search' | 'fullmatch') {
  return (run: PythonRun, state: PatternState, subject: Value | undefined): Value => {
    const found = ready(state, subject, name)
    if (found === undefined) return unknownMatch(run, name, subject)
    const match = found.regex.exec(found.known)
    return match === null ? none(run.at) : object(matchClass, match, run.at)
  }
}

function matchesOf(state: PatternState, subject: Value | undefined): RegExpMatchArray[] | undefined {
  const found = ready(state, subject, 'all')
  if (found === undefined) return undefined
  const matches = [...found.known.matchAll(found.regex)]
  return state.regex?.shortFirst === true && matches.some(([whole]) => whole === '') ? undefined : matches
}

function findAll(run: PythonRun, state: PatternState, subject: Value | undefined): Value {
  const matches = matchesOf(state, subject)
  if (matches === undefined) return run.unknown(notModelled('re.findall'), 'list', variableOf(subject))
  return list(
    matches.map((match) => {
      const groups = match.slice(1).map((group) => text(group ?? '', run.at))
      if (groups.length === 0) return text(match[0], run.at)
      return groups.length === 1 ? (groups[0] as Value) : tuple(groups, run.at)
    }),
    run.at,
  )
}

function splitAt(run: PythonRun, state: PatternState, subject: Value | undefined, limit: Value | undefined): Value {
  const matches = matchesOf(state, subject)
  const most = limit === undefined ? 0 : limit.type === 'int' ? Number(limit.value) : undefined
  if (matches === undefined || most === undefined) {
    return run.unknown(notModelled('re.split'), 'list', variableOf(subject))
  }
  const known = plain(subject) as string
  if (most < 0) return list([text(known, run.at)], run.at)
  const items: Value[] = []
  let from = 0
  for (const match of most > 0 ? matches.slice(0, most) : matches) {
    items.push(text(known.slice(from, match.index), run.at))
    for (const group of match.slice(1)) items.push(group === undefined ? none(run.at) : text(group, run.at))
    from = (match.index as number) + match[0].length
  }
  items.push(text(known.slice(from), run.at))
  return list(items, run.at)
}

function substitute(run: PythonRun, state: PatternState, given: Readonly<Record<string, Value | undefined>>): Value {
  const subject = given.string
  const matches = matchesOf(state, subject)
  const replacement = given.repl
  const limit = given.count === undefined ? 0 : Number(numberOf(given.count) ?? Number.NaN)
  const pieces = replacement?.type === 'str' ? template(plain(replacement) ?? '\\q') : undefined
  const isCallable = replacement !== undefined && replacement.type !== 'str' && replacement.type !== 'unknown'
  if (matches === undefined || Number.isNaN(limit) || (pieces === undefined && !isCallable)) {
    return run.unknown(notModelled('re.sub'), 'str', variableOf(subject))
  }
  const wrong = pieces === undefined ? undefined : groupNotIn(state, pieces)
  if (wrong !== undefined && /^\d+$/.test(wrong)) return run.raise(reError, `invalid group reference ${wrong}`)
  if (wrong !== undefined) return run.raise('IndexError', `unknown group name '${wrong}'`)
  const known = plain(subject) as string
  if (limit < 0) return text(known, run.at)
  let out: Value = text('', run.at)
  let from = 0
  for (const match of limit > 0 ? matches.slice(0, limit) : matches) {
    const written =
      pieces === undefined
        ? run.call(replacement as Value, [object(matchClass, match, run.at)])
        : text(
            pieces.map((piece) => (typeof piece === 'string' ? piece : (groupOf(match, piece.group) ?? ''))).join(''),
            run.at,
          )
    out = run.binary('+', run.binary('+', out, text(known.slice(from, match.index), run.at)), written)
    from = (match.index as number) + match[0].length
  }
  return run.binary('+', out, text(known.slice(from), run.at))
}

/** The first group of a replacement that the pattern has not: Python says so before it looks at the text. */
function groupNotIn(
  { regex }: PatternState,
  pieces: readonly (string | { readonly group: string })[],
): string | undefined {
  if (regex === undefined || 'message' in regex) return undefined
  const match = new RegExp(`${regex.source}|`, regex.flags.replace(/[dgy]/g, '')).exec('')
  for (const piece of pieces) {
    if (typeof piece === 'string' || match === null) continue
    const { group } = piece
    if (/^\d+$/.test(group) ? Number(group) >= match.length : !Object.hasOwn(match.groups ?? {}, group)) return group
  }
  return undefined
}

function groupOf(match: RegExpMatchArray, key: string): string | undefined {
  return /^\d+$/.test(key) ? match[Number(key)] : match.groups?.[key]
}

const matchClass: NativeClass = {
  class: 're.Match',
  bases: [],
  truth: () => true,
  methods: {
    group: (run, self, args) => {
      const keys = args.positional.length === 0 ? [int(0, run.at)] : args.positional
      const groups = keys.map((key) => group(run, self, key))
      return groups.length === 1 ? (groups[0] as Value) : tuple(groups, run.at)
    },
    groups: (run, self) =>
      tuple(
        (self.state as RegExpMatchArray).slice(1).map((found) => orNone(run, found)),
        run.at,
      ),
    groupdict: (run, self) => {
      const groups = Object.entries((self.state as RegExpMatchArray).groups ?? {})
      return record(Object.fromEntries(groups.map(([name, found]) => [name, orNone(run, found)])), run.at)
    },
    start: (run, self, args) => edge(run, self, args, 0),
    end: (run, self, args) => edge(run, self, args, 1),
    span: (run, self, args) => tuple([edge(run, self, args, 0), edge(run, self, args, 1)], run.at),
  },
  item: group,
}

function orNone(run: PythonRun, found: string | undefined): Value {
  return found === undefined ? none(run.at) : text(found, run.at)
}

function group(run: PythonRun, self: ObjectValue, key: Value): Value {
  const match = self.state as RegExpMatchArray
  const name = key.type === 'int' ? String(key.value) : plain(key)
  if (name === undefined) return run.unknown(notModelled('Match.group'))
  const exists = /^\d+$/.test(name) ? Number(name) < match.length : Object.hasOwn(match.groups ?? {}, name)
  return exists ? orNone(run, groupOf(match, name)) : run.raise('IndexError', 'no such group')
}

function edge(run: PythonRun, self: ObjectValue, args: CallArguments, side: 0 | 1): Value {
  const key = args.positional[0]
  const index = key === undefined ? 0 : key.type === 'int' ? Number(key.value) : undefined
  const { indices } = self.state as RegExpMatchArray & { readonly indices?: readonly ([number, number] | undefined)[] }
  if (index === undefined || indices === undefined) return run.unknown(notModelled('Match.span'), 'int')
  if (index < 0 || index >= indices.length) return run.raise('IndexError', 'no such group')
  return int(indices[index]?.[side] ?? -1, run.at)
}

function method(use: (run: PythonRun, state: PatternState, args: CallArguments) => Value): Method {
  return (run, self, args) => use(run, self.state as PatternState, args)
}

const search = { match: matcher('match'), search: matcher('search'), fullmatch: matcher('fullmatch') }

const patternClass: NativeClass = {
  class: 're.Pattern',
  bases: [],
  truth: () => true,
  methods: {
    ...Object.fromEntries(
      Object.entries(search).map(([name, use]) => [
        name,
        method((run, state, args) => use(run, state, take(run, name, args, ['string', 'pos?', 'endpos?']).string)),
      ]),
    ),
    findall: method((run, state, args) => findAll(run, state, take(run, 'findall', args, ['string']).string)),
    split: method((run, state, args) => {
      const given = take(run, 'split', args, ['string', 'maxsplit?'])
      return splitAt(run, state, given.string, given.maxsplit)
    }),
    sub: method((run, state, args) => substitute(run, state, take(run, 'sub', args, ['repl', 'string', 'count?']))),
  },
  get: (run, self, name) => {
    const state = self.state as PatternState
    if (name === 'pattern') return state.pattern === undefined ? undefined : text(state.pattern, run.at)
    return name === 'flags' ? int(state.flags | flagBits.UNICODE, run.at) : undefined
  },
}

function free(
  name: string,
  parameters: readonly string[],
  use: (run: PythonRun, state: PatternState, given: Readonly<Record<string, Value | undefined>>) => Value,
): NativeValue {
  return native(`re.${name}`, (run, args) => {
    const given = take(run, name, args, ['pattern', ...parameters])
    return use(run, compiled(run, given.pattern, given.flags), given)
  })
}

function flag(name: keyof typeof flagBits): Value {
  return intMember('re.RegexFlag', name, flagBits[name])
}

/** `re` on known texts, as far as JavaScript's expressions mean the same. */
export const re = library('re', {
  compile: free('compile', ['flags?'], (run, state) => object(patternClass, state, run.at)),
  match: free('match', ['string', 'flags?'], (run, state, given) => search.match(run, state, given.string)),
  search: free('search', ['string', 'flags?'], (run, state, given) => search.search(run, state, given.string)),
  fullmatch: free('fullmatch', ['string', 'flags?'], (run, state, given) => search.fullmatch(run, state, given.string)),
  findall: free('findall', ['string', 'flags?'], (run, state, given) => findAll(run, state, given.string)),
  split: free('split', ['string', 'maxsplit?', 'flags?'], (run, state, given) =>
    splitAt(run, state, given.string, given.maxsplit),
  ),
  sub: free('sub', ['repl', 'string', 'count?', 'flags?'], substitute),
  escape: native('re.escape', (run, args) => {
    const value = take(run, 'escape', args, ['pattern']).pattern
    const known = plain(value)
    if (known === undefined) return run.unknown(notModelled('re.escape'), 'str', variableOf(value))
    return text(
      known.replace(/[()[\]{}?*+\-|^$\\.&~# \t\n\r\v\f]/g, (c) => '\\' + c),
      run.at,
    )
  }),
  I: flag('IGNORECASE'),
  IGNORECASE: flag('IGNORECASE'),
  M: flag('MULTILINE'),
  MULTILINE: flag('MULTILINE'),
  S: flag('DOTALL'),
  DOTALL: flag('DOTALL'),
  U: flag('UNICODE'),
  UNICODE: flag('UNICODE'),
  X: flag('VERBOSE'),
  VERBOSE: flag('VERBOSE'),
  A: flag('ASCII'),
  ASCII: flag('ASCII'),
  Pattern: nativeClass(patternClass),
  error: reError,
})
