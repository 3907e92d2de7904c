import { parseDotenv } from '../../../syntax/dotenv/dotenv.ts'
import { record, text } from '../constructors.ts'
import { exception } from '../exceptions.ts'
import type { Bound, Machine } from '../interpreter/machine.ts'
import { mro } from '../interpreter/mro.ts'
import { exceptionClass, library, type NativeClass, native, nativeClass, type PythonRun } from '../library.ts'
import {
  type CallArguments,
  type ClassValue,
  type InstanceValue,
  plain,
  type UnknownValue,
  type Value,
} from '../value.ts'
import { aliasClass, type Field, fieldClass, fieldsOf, isWithin } from './pydantic-fields.ts'
import { secretClass } from './pydantic-objects.ts'
import { notEvaluated, readsJson, validate } from './pydantic-types.ts'
import { parseJson } from './support/data.ts'
import { readPresent } from './support/env-files.ts'
import { projectPath } from './support/files.ts'

const ValidationError = exceptionClass('pydantic_core._pydantic_core.ValidationError', [exception('ValueError')])
const SettingsError = exceptionClass('pydantic_settings.exceptions.SettingsError', [exception('ValueError')])

interface Config {
  readonly prefix: string
  readonly isCaseSensitive: boolean
  readonly ignoresEmpty: boolean
  readonly isNested: boolean
  readonly extra: string
  readonly files: readonly Value[]
}

/** Options that change nothing about what a field is worth. */
const silent =
  /^(env_file_encoding|title|frozen|arbitrary_types_allowed|protected_namespaces|hide_input_in_errors|json_schema_extra|use_attribute_docstrings|env_nested_max_split|validate_assignment)$/

/** `model_config`, the inner class `Config` and the keywords of each class, the nearest last; undefined: not understood. */
function configOf(run: PythonRun, type: ClassValue, args: CallArguments): Config | undefined {
  const given = new Map<string, Value>()
  for (const base of [...mro(type)].reverse()) {
    if (base.type !== 'class') continue
    const config = base.attributes.get('model_config')?.value
    if (config !== undefined && (config.type !== 'dict' || config.rest !== undefined)) return undefined
    for (const { key, value } of config?.entries ?? []) given.set(plain(key) ?? '', value)
    const inner = base.attributes.get('Config')?.value
    if (inner !== undefined && inner.type !== 'class') return undefined
    for (const [key, { value }] of inner?.attributes ?? []) if (!key.startsWith('__')) given.set(key, value)
    for (const [key, value] of base.keywords) given.set(key, value)
  }
  for (const [key, value] of args.keywords) if (key.startsWith('_')) given.set(key.slice(1), value)
  return readConfig(run, given)
}

function readConfig(run: PythonRun, given: ReadonlyMap<string, Value>): Config | undefined {
  const known = ['env_prefix', 'env_file', 'extra', 'case_sensitive', 'env_ignore_empty', 'env_nested_delimiter']
  for (const key of given.keys()) if (!known.includes(key) && !silent.test(key)) return undefined
  const flag = (key: string): boolean | undefined => {
    const value = given.get(key)
    return value === undefined || value.type === 'none' ? false : value.type === 'bool' ? value.value : undefined
  }
  const word = (key: string, fallback: string): string | undefined =>
    given.has(key) ? plain(given.get(key)) : fallback
  const [isCaseSensitive, ignoresEmpty] = [flag('case_sensitive'), flag('env_ignore_empty')]
  const [prefix, extra] = [word('env_prefix', ''), word('extra', 'forbid')]
  const file = given.get('env_file')
  const files =
    file === undefined || file.type === 'none'
      ? []
      : file.type === 'tuple' || file.type === 'list'
        ? file.items
        : [file]
  if (isCaseSensitive === undefined || ignoresEmpty === undefined || prefix === undefined || extra === undefined)
    return undefined
  if (files.some((one) => plain(run.str(one)) === undefined)) return undefined
  const nested = given.get('env_nested_delimiter')
  const isNested = nested !== undefined && nested.type !== 'none' && plain(nested) !== ''
  return { prefix, isCaseSensitive, ignoresEmpty, isNested, extra, files }
}

/** The variables of the files that the dyno has, the last of a name counting; undefined when one rests on another. */
function readFiles(
  run: PythonRun,
  { files, isCaseSensitive, ignoresEmpty }: Config,
): ReadonlyMap<string, string> | undefined {
  const out = new Map<string, string>()
  for (const file of files) {
    const path = projectPath(run, file)
    const source = path === undefined ? undefined : readPresent(run, path)
    if (source === undefined) continue
    for (const { name, value } of parseDotenv(source)) {
      if (value === undefined || (ignoresEmpty && value === '')) continue
      if (value.includes('${')) return undefined
      out.set(isCaseSensitive ? name : name.toLowerCase(), value)
    }
  }
  return out
}

/** The names under which a field is looked for in the environment, as they are compared. */
function namesOf(field: Field, { prefix, isCaseSensitive }: Config): readonly string[] {
  const names = field.aliases.length > 0 ? field.aliases : [prefix + field.name]
  return isCaseSensitive ? names : names.map((name) => name.toLowerCase())
}

/** A variable in whatever case it is surely set, else in capitals, as config vars are written. */
function lookUp(run: PythonRun, name: string, { isCaseSensitive }: Config): Value | undefined {
  if (isCaseSensitive) return run.variable(name)
  const set = run.variableNames().filter((one) => one.toLowerCase() === name)
  if (set.length > 1) return notEvaluated(run)
  return run.variable(set[0] ?? name.toUpperCase())
}

/** What the sources say of a field, JSON decoded, of which `null` counts as nothing; undefined: nothing. */
function readSources(
  run: PythonRun,
  field: Field,
  config: Config,
  stored: ReadonlyMap<string, string>,
): Value | undefined {
  const names = namesOf(field, config)
  const inEnvironment = (name: string): Value | undefined => {
    const found = lookUp(run, name, config)
    return found !== undefined && config.ignoresEmpty && plain(found) === '' ? undefined : found
  }
  const inFile = (name: string): Value | undefined => {
    const found = stored.get(name)
    return found === undefined ? undefined : text(found, run.at)
  }
  for (const source of [inEnvironment, inFile]) {
    for (const name of names) {
      const found = source(name)
      if (found === undefined) continue
      const decoded = decode(run, field, found)
      if (decoded.type !== 'none') return decoded
      break
    }
  }
  return undefined
}

function decode(run: PythonRun, field: Field, value: Value): Value {
  const reading = readsJson(field.type)
  if (reading === undefined) return value
  const known = plain(value)
  if (known === undefined) return notEvaluated(run, value)
  const parsed = parseJson(run, known)
  if (parsed !== undefined || reading === 'lenient') return parsed ?? value
  return run.raise(SettingsError, `error parsing value for field "${field.name}" from source "EnvSettingsSource"`)
}

/** Fills an object of a class of settings: arguments, the environment, the file, the default, in this order. */
function fill(run: PythonRun, self: InstanceValue, args: CallArguments): UnknownValue | undefined {
  const m = run as Machine
  const fields = fieldsOf(m, self.class, settingsClass)
  const config = configOf(run, self.class, args)
  const stored = config === undefined ? undefined : readFiles(run, config)
  if (fields === undefined || config === undefined || stored === undefined || args.open || args.positional.length > 0)
    return notEvaluated(run)
  const known = new Set(
    [...fields.values()].flatMap((field) => (field.aliases.length > 0 ? field.aliases : [field.name])),
  )
  const extras = [...args.keywords.keys()].filter((key) => !key.startsWith('_') && !known.has(key))
  const used = new Set([...fields.values()].flatMap((field) => namesOf(field, config)))
  const others = [...stored].filter(([name, value]) => value !== '' && !used.has(name))
  if (others.length > 0 && (config.isNested || config.prefix !== '' || config.extra === 'allow'))
    return notEvaluated(run)
  // The case of an argument may differ from the field's; which of them counts is left open.
  if (extras.length > 0 && config.extra !== 'ignore') return notEvaluated(run)

  const before = m.taint
  const values = new Map<Field, { readonly value: Value | undefined; readonly taint: number }>()
  for (const field of fields.values()) {
    m.taint = before
    const given = (field.aliases.length > 0 ? field.aliases : [field.name]).flatMap(
      (name) => args.keywords.get(name) ?? [],
    )
    const isOpen =
      field.isOpen || (config.isNested && (readsJson(field.type) !== undefined || field.type.kind === 'open'))
    const value = isOpen ? notEvaluated(run) : (given[0] ?? readSources(run, field, config, stored))
    values.set(field, { value, taint: m.taint })
  }
  for (const [field, { value, taint }] of values) {
    m.taint = m.session.taints.union(before, taint)
    const made = settle(run, self.class.name, field, config, value)
    const bound = m.session.taints.union(m.taint, m.activation.control)
    const binding: Bound = { value: made, at: made.at, taint: bound }
    self.attributes.set(field.name, binding)
  }
  m.taint = before
  if (others.length > 0 && config.extra === 'forbid')
    return run.raise(
      ValidationError,
      `1 validation error for ${self.class.name}\n${others[0]?.[0]}\n  Extra inputs are not permitted`,
    )
  return undefined
}

/** The value of a field from what the sources say, checked as pydantic does, a default too. */
function settle(run: PythonRun, of: string, field: Field, config: Config, found: Value | undefined): Value {
  if (field.isOpen) return found ?? notEvaluated(run)
  const value = found ?? (field.factory === undefined ? field.default : run.call(field.factory, []))
  const name = field.aliases[0] ?? field.name
  const [first] = namesOf(field, config)
  if (value === undefined)
    return run.raise(
      ValidationError,
      `1 validation error for ${of}\n${name}\n  Field required`,
      config.isCaseSensitive ? first : first?.toUpperCase(),
    )
  const made = validate(run, field.type, value)
  if (made === undefined || !isWithin(field, made))
    return run.raise(ValidationError, `1 validation error for ${of}\n${name}\n  Input should be valid`)
  return made
}

/** Names that pydantic gives its classes: there, and not known. */
const api =
  'model_config model_fields model_computed_fields model_fields_set model_extra model_copy model_dump model_dump_json model_construct model_json_schema model_validate model_validate_json model_validate_strings model_rebuild dict json copy schema parse_obj construct __fields__'.split(
    ' ',
  )

const settingsClass: NativeClass = {
  class: 'pydantic_settings.BaseSettings',
  bases: [],
  construct: (run) => notEvaluated(run),
  initialise: fill,
  statics: Object.fromEntries(
    api.map((name) => [
      name,
      {
        type: 'external',
        path: `pydantic_settings.BaseSettings.${name}`,
        at: { file: '', span: { start: 0, end: 0 } },
      },
    ]),
  ),
}

/** `SettingsConfigDict(…)` and `ConfigDict(…)`: a dict of its keywords. */
function configDict(name: string): Value {
  return native(name, (run, args) => {
    if (args.open || args.positional.length > 0) return notEvaluated(run)
    return record(Object.fromEntries(args.keywords), run.at)
  })
}

const shared = {
  Field: nativeClass(fieldClass),
  AliasChoices: nativeClass(aliasClass),
  SecretStr: nativeClass(secretClass),
  ValidationError,
  ConfigDict: configDict('pydantic.ConfigDict'),
}

/** What the class of pydantic 1 does with its settings is not modelled. */
const firstSettings = nativeClass({
  class: 'pydantic.BaseSettings',
  bases: [],
  construct: (run) => notEvaluated(run),
})

export const pydanticSettings = library('pydantic_settings', {
  BaseSettings: nativeClass(settingsClass),
  SettingsConfigDict: configDict('pydantic_settings.SettingsConfigDict'),
  SettingsError,
})
export const pydantic = library('pydantic', { ...shared, BaseSettings: firstSettings })
export const pydanticEnvSettings = library('pydantic.env_settings', { BaseSettings: firstSettings })
