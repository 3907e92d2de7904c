import { type DotenvBinding, parseDotenv } from '../../../syntax/dotenv/dotenv.ts'
import { bool, dict, none, text } from '../constructors.ts'
import { library, native, type PythonRun, take } from '../library.ts'
import { notModelled } from '../reasons.ts'
import { type CallArguments, type DictEntry, plain, type Value } from '../value.ts'
import { absolutePath, callerFolder, inFolder, readPresent, upwards } from './support/env-files.ts'
import { projectPath } from './support/files.ts'

type Pair = readonly [name: string, value: Value | undefined]

/** The file a call means: its path in the tree; `absent` when there is none; undefined when it cannot be told. */
function fileOf(run: PythonRun, path: Value | undefined): string | 'absent' | undefined {
  if (path === undefined || path.type === 'none') {
    const folder = callerFolder(run)
    return folder === undefined ? undefined : (findUpwards(run, folder, '.env') ?? 'absent')
  }
  if (path.type === 'str' || path.type === 'object') {
    if (plain(run.str(path)) === '') return 'absent'
    const found = projectPath(run, path)
    return found === undefined ? (plain(run.str(path)) === undefined ? undefined : 'absent') : found
  }
  return undefined
}

function findUpwards(run: PythonRun, folder: string, name: string): string | undefined {
  return upwards(folder)
    .map((at) => inFolder(at, name))
    .find((path) => run.tree.kind(path) === 'file' && run.isPresent(path))
}

/** Values of a file with `${NAME}` replaced; the environment comes before the file unless `override`. */
function resolve(
  run: PythonRun,
  bindings: readonly DotenvBinding[],
  interpolate: boolean,
  override: boolean,
): readonly Pair[] {
  const values = new Map<string, Value | undefined>()
  const lookUp = (name: string): Value | undefined => {
    const own = values.get(name)
    if (override && own !== undefined) return own
    return run.variable(name) ?? own
  }
  for (const { name, value: written } of bindings) {
    if (written === undefined || !interpolate || !written.includes('${')) {
      values.set(name, written === undefined ? undefined : text(written, run.at))
      continue
    }
    let whole: Value = text('', run.at)
    let from = 0
    for (const match of written.matchAll(/\$\{([^}:]*)(?::-([^}]*))?\}/g)) {
      const found = lookUp(match[1] as string) ?? text(match[2] ?? '', run.at)
      const before = text(written.slice(from, match.index), run.at)
      whole = run.binary('+', run.binary('+', whole, before), found)
      from = (match.index as number) + match[0].length
    }
    values.set(name, run.binary('+', whole, text(written.slice(from), run.at)))
  }
  return [...values]
}

function flag(run: PythonRun, value: Value | undefined, fallback: boolean): boolean {
  return value === undefined ? fallback : run.truth(value)
}

const parameters = ['dotenv_path?', 'stream?', 'verbose?', 'override?', 'interpolate?', 'encoding?']

/** Sets what a file gives; answers whether it gave anything. */
function setAll(
  run: PythonRun,
  file: string,
  bindings: readonly DotenvBinding[],
  interpolate: boolean,
  override: boolean,
): Value {
  const pairs = resolve(run, bindings, interpolate, override)
  const spans = new Map(bindings.map(({ name, at }) => [name, at]))
  for (const [name, value] of pairs) {
    const span = spans.get(name)
    if (value !== undefined) run.setVariable(name, value, override ? 'assign' : 'setdefault', span && { file, span })
  }
  return bool(pairs.length > 0, run.at)
}

const loadDotenv = native('dotenv.load_dotenv', (run, args: CallArguments) => {
  const given = take(run, 'load_dotenv', args, parameters)
  const stream = given.stream
  if (stream !== undefined && stream.type !== 'none') return run.unknown(notModelled('load_dotenv'), 'bool')
  const file = fileOf(run, given.dotenv_path)
  if (file === undefined) return run.unknown(notModelled('load_dotenv'), 'bool')
  const source = file === 'absent' ? undefined : readPresent(run, file)
  if (source === undefined) return bool(false, run.at)
  const override = flag(run, given.override, false)
  return setAll(run, file, parseDotenv(source), flag(run, given.interpolate, true), override)
})

const dotenvValues = native('dotenv.dotenv_values', (run, args: CallArguments) => {
  const given = take(run, 'dotenv_values', args, ['dotenv_path?', 'stream?', 'verbose?', 'interpolate?', 'encoding?'])
  const stream = given.stream
  if (stream !== undefined && stream.type !== 'none') return run.unknown(notModelled('dotenv_values'), 'dict')
  const file = fileOf(run, given.dotenv_path)
  if (file === undefined) return run.unknown(notModelled('dotenv_values'), 'dict')
  const source = file === 'absent' ? undefined : readPresent(run, file)
  if (source === undefined) return dict([], run.at)
  const pairs = resolve(run, parseDotenv(source), flag(run, given.interpolate, true), true)
  const entries: DictEntry[] = pairs.map(([name, value]) => ({
    key: text(name, run.at),
    value: value ?? none(run.at),
    at: run.at,
  }))
  return dict(entries, run.at)
})

const findDotenv = native('dotenv.find_dotenv', (run, args: CallArguments) => {
  const given = take(run, 'find_dotenv', args, ['filename?', 'raise_error_if_not_found?', 'usecwd?'])
  const name = given.filename === undefined ? '.env' : plain(given.filename)
  const folder = flag(run, given.usecwd, false) ? '' : callerFolder(run)
  if (name === undefined || folder === undefined) return run.unknown(notModelled('find_dotenv'), 'str')
  const found = findUpwards(run, folder, name)
  if (found !== undefined) return text(absolutePath(run, found), run.at)
  if (flag(run, given.raise_error_if_not_found, false)) return run.raise('OSError', 'File not found')
  return text('', run.at)
})

/** `read_dotenv` of django-dotenv: the file (or `.env` in the folder) given, else beside the caller. */
const readDotenv = native('dotenv.read_dotenv', (run, args: CallArguments) => {
  const given = take(run, 'read_dotenv', args, ['dotenv?', 'override?'])
  const folder = callerFolder(run)
  const asked = given.dotenv
  const path = asked === undefined || asked.type === 'none' ? folder : projectPath(run, asked)
  if (path === undefined) return none(run.at)
  const inside = inFolder(path, '.env')
  const file = run.tree.kind(path) === 'directory' || path === '' ? inside : path
  const source = readPresent(run, file)
  if (source === undefined) return none(run.at)
  const override = flag(run, given.override, false)
  setAll(run, file, parseDotenv(source), true, override)
  return none(run.at)
})

/** python-dotenv, and `read_dotenv` of django-dotenv, which has the same module name. Only files on the dyno count. */
export const dotenv = library('dotenv', {
  load_dotenv: loadDotenv,
  dotenv_values: dotenvValues,
  find_dotenv: findDotenv,
  read_dotenv: readDotenv,
})
export const dotenvMain = library('dotenv.main', {
  load_dotenv: loadDotenv,
  dotenv_values: dotenvValues,
  find_dotenv: findDotenv,
})
