import { bool, dict, list, record, set, text, tuple } from '../constructors.ts'
import { among } from '../equality.ts'
import { type NativeClass, nativeClass, object, type PythonRun } from '../library.ts'
import { notModelled } from '../reasons.ts'
import { type CallArguments, plain, type Value } from '../value.ts'
import { parseDatabaseUrl } from './dj-database-url.ts'
import { builtin, isOpen, readsTrue, truthWord, variableOf } from './support/convert.ts'
import { literalEval } from './support/literal.ts'

/** `configurations.values` of django-configurations 2.5: settings that read `DJANGO_<NAME>` when they are set up. */

type Kind =
  | 'text'
  | 'bool'
  | 'int'
  | 'float'
  | 'list'
  | 'tuple'
  | 'set'
  | 'dict'
  | 'path'
  | 'secret'
  | 'database'
  | 'opaque'

interface State {
  readonly kind: Kind
  readonly fallback: Value
  readonly environ: boolean
  readonly name: string | undefined
  readonly prefix: string
  readonly required: boolean
  readonly options: ReadonlyMap<string, Value>
}

export function valueState(value: Value): State | undefined {
  return value.type === 'object' && value.class.startsWith('configurations.values.')
    ? (value.state as State)
    : undefined
}

/** What a value object becomes under a name; anything else stays as it is. */
export function setUpValue(run: PythonRun, name: string, value: Value): Value {
  const state = valueState(value)
  return state === undefined ? value : read(run, state, name)
}

function read(run: PythonRun, state: State, name: string): Value {
  const full = (state.prefix === '' ? '' : `${state.prefix}_`) + (state.name ?? name.toUpperCase())
  const found = state.environ ? run.variable(full) : undefined
  if (found === undefined && state.required) {
    const message = `Value '${name}' is required to be set as the environment variable '${full}'`
    return run.raise('ValueError', message, full)
  }
  const value = found === undefined ? state.fallback : toPython(run, state, found)
  if (state.kind === 'secret' && !run.truth(value)) return run.raise('ValueError', `Secret value '${name}' is not set`)
  return state.kind === 'path' ? path(run, state, value) : value
}

function refuse(run: PythonRun, kind: string, value: Value): never {
  return run.raise('ValueError', `Cannot interpret ${kind} value ${plain(run.repr(value)) ?? ''}`)
}

function toPython(run: PythonRun, state: State, value: Value): Value {
  switch (state.kind) {
    case 'text':
    case 'secret':
    case 'path':
      return value
    case 'bool': {
      if (isOpen(value)) return bool(readsTrue(run, value, 'configurations'), run.at)
      const word = truthWord((plain(value) ?? '').trim(), ['yes', 'y', 'true', '1'], ['no', 'n', 'false', '0', ''])
      return word === undefined ? refuse(run, 'boolean', value) : bool(word, run.at)
    }
    case 'int':
    case 'float': {
      const call = (): Value => run.call(builtin(run, state.kind), [value])
      return run.attempt(call, ['TypeError', 'ValueError'], () => refuse(run, '', value))
    }
    case 'list':
    case 'tuple':
    case 'set':
      return sequence(run, state, value)
    case 'dict': {
      const known = plain(value)
      if (known === undefined) return run.unknown(notModelled('DictValue'), 'dict', variableOf(value))
      if (known === '') return dict([], run.at)
      const literal = literalEval(known, run.at)
      if (literal === undefined) return run.unknown(notModelled('DictValue'), 'dict')
      return literal === 'invalid' || literal.type !== 'dict' ? refuse(run, 'dict', value) : literal
    }
    case 'database': {
      const alias = plain(state.options.get('alias')) ?? 'default'
      return record({ [alias]: parseDatabaseUrl(run, value, {}) }, run.at)
    }
    default:
      return run.unknown(notModelled('configurations.values'), undefined, variableOf(value))
  }
}

function sequence(run: PythonRun, state: State, value: Value): Value {
  const separator = state.options.get('separator') ?? text(',', run.at)
  const split = run.method(run.method(value, 'strip', []), 'split', [separator])
  if (split.type !== 'list') return split
  const stripped = split.items.map((item) => run.method(item, 'strip', []))
  const kept = stripped.filter((item) => item.type !== 'str' || item.parts.length > 0)
  const converter = state.options.get('converter')
  const items = converter === undefined ? kept : kept.map((item) => run.call(converter, [item]))
  return collect(run, state.kind, items, split.rest)
}

function collect(run: PythonRun, kind: Kind, items: Value[], rest?: Parameters<typeof list>[2]): Value {
  if (kind === 'tuple') return tuple(items, run.at, rest)
  if (kind === 'list') return list(items, run.at, rest)
  return set(
    items.filter((item, i) => among(item, items.slice(0, i)) !== true),
    run.at,
    rest,
  )
}

function path(run: PythonRun, state: State, value: Value): Value {
  const paths = run.importModule('os.path')
  const expanded = run.call(run.attribute(paths, 'expanduser'), [value])
  const check = state.options.get('check_exists')
  if (check === undefined || run.truth(check)) {
    const exists = run.call(run.attribute(paths, 'exists'), [expanded])
    if (!run.truth(exists)) return run.raise('ValueError', 'Path does not exist.')
  }
  return run.call(run.attribute(paths, 'abspath'), [expanded])
}

/** The default as the class keeps it. */
function fallbackOf(run: PythonRun, kind: Kind, given: Value | undefined, options: ReadonlyMap<string, Value>): Value {
  const isNone = given === undefined || given.type === 'none'
  if (kind === 'list' || kind === 'tuple' || kind === 'set') {
    if (isNone) return collect(run, kind, [])
    const { items, rest } = run.iterate(given)
    const converter = options.get('converter')
    return collect(
      run,
      kind,
      converter === undefined ? [...items] : items.map((item) => run.call(converter, [item])),
      rest,
    )
  }
  if (kind === 'dict') return isNone ? dict([], run.at) : given
  if (kind === 'database') {
    const alias = plain(options.get('alias')) ?? 'default'
    return isNone ? dict([], run.at) : record({ [alias]: parseDatabaseUrl(run, given, {}) }, run.at)
  }
  if (kind === 'bool' && given?.type !== 'bool') return run.raise('ValueError', 'Default value is not a boolean value')
  return given ?? { type: 'none', at: run.at }
}

function construct(run: PythonRun, model: NativeClass, kind: Kind, args: CallArguments): Value {
  const names = ['default', 'environ', 'environ_name', 'environ_prefix', 'environ_required']
  const options = new Map(args.keywords)
  args.positional.forEach((value, i) => {
    if (names[i] !== undefined) options.set(names[i], value)
  })
  const isDatabase = kind === 'database'
  const prefix = options.get('environ_prefix')
  const environ = options.get('environ')
  const named = options.get('environ_name')
  const required = options.get('environ_required')
  const state: State = {
    kind,
    fallback: fallbackOf(run, kind, options.get('default'), options),
    environ: kind === 'secret' || environ === undefined || run.truth(environ),
    name: plain(named) ?? (isDatabase ? 'DATABASE_URL' : undefined),
    prefix: prefix === undefined ? (isDatabase ? '' : 'DJANGO') : (plain(prefix) ?? '').replace(/_$/, ''),
    required: kind === 'secret' || (required !== undefined && run.truth(required)),
    options,
  }
  const late = isDatabase || options.has('late_binding')
  // Given a name of its own, or nothing to read, it is worth its value at once.
  const isReady = (state.environ && state.name !== undefined) || (!state.environ && run.truth(state.fallback))
  return isReady && !late ? read(run, state, state.name ?? '') : object(model, state, run.at)
}

function valueClass(name: string, kind: Kind): Value {
  const model: NativeClass = {
    class: `configurations.values.${name}`,
    bases: [],
    construct: (run, args) => construct(run, model, kind, args),
    get: (run, self, attribute) => {
      const state = self.state as State
      return attribute === 'value'
        ? state.name === undefined
          ? state.fallback
          : read(run, state, state.name)
        : undefined
    },
  }
  return nativeClass(model)
}

const kinds: Readonly<Record<string, Kind>> = {
  Value: 'text',
  BooleanValue: 'bool',
  IntegerValue: 'int',
  PositiveIntegerValue: 'int',
  FloatValue: 'float',
  ListValue: 'list',
  BackendsValue: 'list',
  TupleValue: 'tuple',
  SetValue: 'set',
  DictValue: 'dict',
  EmailValue: 'text',
  URLValue: 'text',
  IPValue: 'text',
  RegexValue: 'text',
  PathValue: 'path',
  SecretValue: 'secret',
  DatabaseURLValue: 'database',
  DecimalValue: 'opaque',
  SingleNestedListValue: 'opaque',
  SingleNestedTupleValue: 'opaque',
  EmailURLValue: 'opaque',
  CacheURLValue: 'opaque',
  SearchURLValue: 'opaque',
}

export const valueClasses: Readonly<Record<string, Value>> = Object.fromEntries(
  Object.entries(kinds).map(([name, kind]) => [name, valueClass(name, kind)]),
)
