import { bool, list, none, text } from '../constructors.ts'
import { exception } from '../exceptions.ts'
import {
  exceptionClass,
  library,
  type Method,
  type NativeClass,
  nativeClass,
  object,
  type PythonRun,
  take,
} from '../library.ts'
import { notModelled } from '../reasons.ts'
import { type ObjectValue, plain, type Value } from '../value.ts'
import { builtin, isBuiltin, isOpen, readsTrue, truthWord } from './support/convert.ts'
import { callerFolder, inFolder, pathInTree, readPresent, upwards } from './support/env-files.ts'
import { projectPath } from './support/files.ts'
import { splitShell } from './support/shlex.ts'
import { olderThan } from './support/version.ts'

const UndefinedValueError = exceptionClass('decouple.UndefinedValueError', [exception('Exception')])

/** What a repository holds beside the environment; undefined when its file cannot be told. */
type Repository = { get(name: string): string | undefined; has(name: string): boolean } | undefined

const repositoryClass: NativeClass = {
  class: 'decouple.RepositoryEnv',
  bases: [],
  contains: (run, self, key) => {
    const name = plain(key)
    const data = self.state as Repository
    if (name === undefined || data === undefined) return undefined
    return data.has(name) || run.variable(name) !== undefined
  },
  item: (run, self, key) => {
    const found = (self.state as Repository)?.get(plain(key) ?? '')
    return found === undefined ? undefined : text(found, run.at)
  },
}

function repository(kind: 'env' | 'ini'): Value {
  return nativeClass({
    ...repositoryClass,
    class: kind === 'env' ? 'decouple.RepositoryEnv' : 'decouple.RepositoryIni',
    construct: (run, args) => {
      const source = take(run, 'Repository', args, ['source', 'encoding?']).source
      const path = source === undefined ? undefined : projectPath(run, source)
      if (path === undefined) {
        if (source?.type !== 'str' || plain(source) === undefined) return object(repositoryClass, undefined, run.at)
        return run.raise('FileNotFoundError', `[Errno 2] No such file or directory: '${plain(source)}'`)
      }
      const content = readPresent(run, path)
      if (content === undefined) return run.raise('FileNotFoundError', `[Errno 2] No such file or directory: '${path}'`)
      return object(repositoryClass, kind === 'env' ? parseEnv(run, content) : parseIni(content), run.at)
    },
  })
}

/** Lines of a `.env` as RepositoryEnv reads them. */
function parseEnv(run: PythonRun, source: string): ReadonlyMap<string, string> {
  const out = new Map<string, string>()
  for (const raw of source.split(/\r\n|\r|\n/)) {
    const line = raw.trim()
    const at = line.indexOf('=')
    if (line === '' || line.startsWith('#') || at === -1) continue
    let value = line.slice(at + 1).trim()
    const isQuoted = value.length >= 2 && /^(['"]).*\1$/s.test(value)
    // Before 3.5 every quote at either end went.
    if (isQuoted)
      value = olderThan(run, 'python-decouple', '3.5') ? value.replace(/^['"]+|['"]+$/g, '') : value.slice(1, -1)
    out.set(line.slice(0, at).trim(), value)
  }
  return out
}

/** Section `settings` of an ini file; undefined when a value uses interpolation. Names are case-insensitive there. */
function parseIni(source: string): Repository {
  const out = new Map<string, string>()
  let section = ''
  let last: string | undefined
  for (const line of source.split(/\r\n|\r|\n/)) {
    if (/^\s*([#;].*)?$/.test(line)) continue
    const header = line.match(/^\[([^\]]+)\]/)
    if (header !== null) {
      section = header[1] as string
      last = undefined
    } else if (/^\s/.test(line) && last !== undefined) out.set(last, `${out.get(last)}\n${line.trim()}`)
    else {
      const pair = line.match(/^(.*?)\s*[=:]\s*(.*)$/)
      if (pair === null || section !== 'settings') continue
      last = (pair[1] as string).trim().toLowerCase()
      out.set(last, (pair[2] as string).trim())
    }
  }
  for (const [key, value] of out) {
    if (value.replaceAll('%%', '').includes('%')) return undefined
    out.set(key, value.replaceAll('%%', '%'))
  }
  return { get: (name) => out.get(name.toLowerCase()), has: (name) => out.has(name.toLowerCase()) }
}

/** `settings.ini` or `.env` in the folder or one above it, as AutoConfig looks for them. */
function findRepository(run: PythonRun, folder: string): Repository {
  for (const at of upwards(folder)) {
    const ini = readPresent(run, inFolder(at, 'settings.ini'))
    if (ini !== undefined) return parseIni(ini)
    const env = readPresent(run, inFolder(at, '.env'))
    if (env !== undefined) return parseEnv(run, env)
  }
  return new Map()
}

function castBoolean(run: PythonRun, value: Value): Value {
  if (value.type === 'bool') return value
  const written = run.str(value)
  if (isOpen(written)) return bool(readsTrue(run, written, 'decouple'), run.at)
  const known = plain(written) as string
  if (known === '') return bool(false, run.at)
  const extra = olderThan(run, 'python-decouple', '3.3')
  const word = truthWord(
    known,
    extra ? ['1', 'yes', 'true', 'on'] : ['y', 'yes', 't', 'true', 'on', '1'],
    extra ? ['0', 'no', 'false', 'off'] : ['n', 'no', 'f', 'false', 'off', '0'],
  )
  if (word === undefined) return run.raise('ValueError', `Invalid truth value: ${known.toLowerCase()}`)
  return bool(word, run.at)
}

/** `Config.get(option, default, cast)`. */
function getOption(run: PythonRun, found: Repository, args: Parameters<Method>[2]): Value {
  const given = take(run, 'config', args, ['option', 'default?', 'cast?'])
  const name = plain(given.option)
  if (name === undefined) return run.unknown(notModelled('config(…)'))
  const isRequired = given.default === undefined && found?.has(name) === false
  let value: Value | undefined = run.variable(name, isRequired)
  if (value === undefined) {
    if (found === undefined) return run.unknown(notModelled('config(…)'))
    const stored = found.get(name)
    value = stored === undefined ? given.default : text(stored, run.at)
  }
  if (value === undefined) {
    const message = `${name} not found. Declare it as envvar or define a default value.`
    return run.raise(UndefinedValueError, message, name)
  }
  const cast = given.cast
  if (cast === undefined) return value
  return isBuiltin(cast, 'bool') ? castBoolean(run, value) : run.call(cast, [value])
}

const configClass: NativeClass = {
  class: 'decouple.Config',
  bases: [],
  construct: (run, args) => {
    const given = take(run, 'Config', args, ['repository']).repository
    return object(configClass, given?.type === 'object' ? given.state : undefined, run.at)
  },
  call: (run, self, args) => getOption(run, self.state as Repository, args),
  methods: { get: (run, self, args) => getOption(run, self.state as Repository, args) },
}

interface Auto {
  /** Where to begin; undefined: the folder of the first caller. `open`: not known. */
  readonly searchPath: string | undefined | 'open'
  found: { readonly repository: Repository } | undefined
}

const autoConfigClass: NativeClass = {
  class: 'decouple.AutoConfig',
  bases: [],
  construct: (run, args) => {
    const path = take(run, 'AutoConfig', args, ['search_path?']).search_path
    const known = path === undefined || path.type === 'none' ? '' : plain(run.str(path))
    const searchPath = known === '' ? undefined : known === undefined ? 'open' : (pathInTree(run, known) ?? 'open')
    return object(autoConfigClass, { searchPath, found: undefined } satisfies Auto, run.at)
  },
  call: (run, self, args) => {
    const auto = self.state as Auto
    if (auto.found === undefined) {
      const folder = auto.searchPath ?? callerFolder(run)
      const isOpen = folder === undefined || auto.searchPath === 'open'
      auto.found = { repository: isOpen ? undefined : findRepository(run, folder) }
    }
    return getOption(run, auto.found.repository, args)
  },
}

interface CsvOptions {
  readonly cast: Value | undefined
  readonly delimiter: Value | undefined
  readonly strip: Value | undefined
  readonly post: Value | undefined
}

const csvClass: NativeClass = {
  class: 'decouple.Csv',
  bases: [],
  construct: (run, args) => {
    const given = take(run, 'Csv', args, ['cast?', 'delimiter?', 'strip?', 'post_process?'])
    const state: CsvOptions = {
      cast: given.cast,
      delimiter: given.delimiter,
      strip: given.strip,
      post: given.post_process,
    }
    return object(csvClass, state, run.at)
  },
  call: (run, self, args) => csv(run, self, take(run, 'Csv', args, ['value']).value),
}

function csv(run: PythonRun, self: ObjectValue, value: Value | undefined): Value {
  const { cast, delimiter, strip, post } = self.state as CsvOptions
  const finish = (items: Value[], rest?: Parameters<typeof list>[2]): Value => {
    const all = list(items, run.at, rest)
    return post === undefined || isBuiltin(post, 'list') ? all : run.call(post, [all])
  }
  if (value === undefined) return run.unknown(notModelled('Csv()'), 'list')
  if (value.type === 'none') return finish([])
  const separators = delimiter === undefined ? ',' : plain(delimiter)
  const pieces = splitCsv(run, value, separators)
  if (pieces.type !== 'list') return pieces
  const items = pieces.items.map((item) => {
    const stripped = run.method(item, 'strip', strip === undefined ? [] : [strip])
    return cast === undefined || isBuiltin(cast, 'str') ? stripped : run.call(cast, [stripped])
  })
  return finish(items, pieces.rest)
}

/** The pieces as `shlex` with the delimiters as only white space cuts them. */
function splitCsv(run: PythonRun, value: Value, separators: string | undefined): Value {
  const known = plain(value)
  if (separators === undefined) return run.unknown(notModelled('Csv()'), 'list')
  if (known !== undefined) {
    const pieces = splitShell(known, separators)
    if (pieces === undefined) return run.raise('ValueError', 'No closing quotation')
    return list(
      pieces.map((piece) => text(piece, run.at)),
      run.at,
    )
  }
  if (value.type === 'str' && separators.length === 1) {
    const split = run.method(value, 'split', [text(separators, run.at)])
    if (split.type !== 'list') return split
    return list(
      split.items.filter((item) => item.type !== 'str' || item.parts.length > 0),
      run.at,
      split.rest,
    )
  }
  if (value.type === 'unknown') return run.unknown(notModelled('Csv()'), 'list', value.variable)
  return run.raise('AttributeError', `'${value.type}' object has no attribute 'read'`)
}

const choicesClass: NativeClass = {
  class: 'decouple.Choices',
  bases: [],
  construct: (run, args) => {
    const given = take(run, 'Choices', args, ['flat?', 'cast?', 'choices?'])
    return object(choicesClass, [given.flat, given.cast, given.choices], run.at)
  },
  call: (run, self, args) => {
    const [flat, cast, choices] = self.state as readonly (Value | undefined)[]
    const value = take(run, 'Choices', args, ['value']).value ?? none(run.at)
    const made = run.call(cast ?? builtin(run, 'str'), [value])
    const valid = flat === undefined ? [] : [...run.iterate(flat).items]
    if (choices !== undefined) {
      for (const pair of run.iterate(choices).items) valid.push(...run.iterate(pair).items.slice(0, 1))
    }
    if (valid.some((choice) => run.same(made, choice) === true)) return made
    if (valid.some((choice) => run.same(made, choice) === undefined)) return made
    return run.raise('ValueError', `Value not in list: ${plain(run.repr(value)) ?? ''}`)
  },
}

const empty = nativeClass({
  ...repositoryClass,
  class: 'decouple.RepositoryEmpty',
  construct: (run) => object(repositoryClass, new Map(), run.at),
})

/** python-decouple. Files count only when they are on the dyno. */
export const decouple = library('decouple', {
  config: (run) => object(autoConfigClass, { searchPath: undefined, found: undefined } satisfies Auto, run.at),
  AutoConfig: nativeClass(autoConfigClass),
  Config: nativeClass(configClass),
  RepositoryEnv: repository('env'),
  RepositoryIni: repository('ini'),
  RepositoryEmpty: empty,
  Csv: nativeClass(csvClass),
  Choices: nativeClass(choicesClass),
  UndefinedValueError,
})
