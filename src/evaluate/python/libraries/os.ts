import { dict, hole, list, none, text, tuple } from '../constructors.ts'
import { absolute } from '../interpreter/imports.ts'
import type { Machine } from '../interpreter/machine.ts'
import { workingFolder } from '../interpreter/resolution.ts'
import { isOpaque } from '../interpreter/types.ts'
import {
  library,
  type Method,
  type NativeClass,
  type NativeFunction,
  native,
  object,
  type PythonRun,
} from '../library.ts'
import { everyVariable, notModelled, unknownName } from '../reasons.ts'
import { type DictValue, plain, type UnknownValue, type Value } from '../value.ts'
import { existsOnDyno, listFolder, makeFolder } from './support/files.ts'

function unknownText(run: PythonRun): UnknownValue {
  return run.unknown(unknownName, 'str')
}

function keyOf(value: Value | undefined): string | undefined {
  return plain(value)
}

const get: NativeFunction = (run, args) => {
  const key = args.positional[0] ?? args.keywords.get('key')
  const fallback = args.positional[1] ?? args.keywords.get('default') ?? none(run.at)
  const name = keyOf(key)
  if (name === undefined) {
    if (key !== undefined && key.type !== 'str' && !isOpaque(key)) {
      return run.raise('TypeError', 'str expected')
    }
    return unknownText(run)
  }
  return run.variable(name) ?? fallback
}

function read(run: PythonRun, name: string): Value {
  return run.variable(name, true) ?? run.raise('KeyError', `'${name}'`, name)
}

/** A config var is text: Python refuses anything else. */
function checked(run: PythonRun, value: Value): Value {
  const open = isOpaque(value) || value.type === 'str' || value.type === 'object' || value.type === 'instance'
  return open ? value : run.raise('TypeError', 'str expected')
}

const setdefault: Method = (run, _, args) => {
  const name = keyOf(args.positional[0])
  const fallback = args.positional[1]
  if (name === undefined || fallback === undefined) return unknownText(run)
  run.setVariable(name, checked(run, fallback), 'setdefault')
  return run.variable(name) ?? fallback
}

/** Names and values that are surely set; there are more. */
function entries(run: PythonRun): { readonly names: readonly string[]; readonly rest: UnknownValue } {
  return { names: run.variableNames(), rest: run.unknown(unknownName, 'str') }
}

function whole(run: PythonRun): DictValue {
  const { names } = entries(run)
  const known = names.flatMap((name) => {
    const value = run.variable(name)
    return value === undefined ? [] : [{ key: text(name, run.at), value, at: run.at }]
  })
  return dict(known, run.at, run.unknown(everyVariable, 'str'))
}

const environModel: NativeClass = {
  class: 'os._Environ',
  bases: [],
  item: (run, _, key) => {
    const name = keyOf(key)
    return name === undefined ? unknownText(run) : read(run, name)
  },
  setItem: (run, _, key, value) => {
    const name = keyOf(key)
    if (name !== undefined) run.setVariable(name, checked(run, value), 'assign')
  },
  deleteItem: (run, _, key) => {
    const name = keyOf(key)
    if (name !== undefined) run.setVariable(name, undefined, 'delete')
  },
  contains: (run, _, key) => {
    const name = keyOf(key)
    return name === undefined ? undefined : run.variable(name) !== undefined
  },
  truth: () => true,
  mapping: whole,
  str: (run) => ({ type: 'str', parts: [hole('os.environ', undefined)], at: run.at }),
  methods: {
    get: (run, _, args) => get(run, args),
    setdefault,
    pop: (run, _, args) => {
      const name = keyOf(args.positional[0])
      if (name === undefined) return unknownText(run)
      const value = run.variable(name)
      if (value !== undefined) run.setVariable(name, undefined, 'delete')
      return value ?? args.positional[1] ?? run.raise('KeyError', `'${name}'`, name)
    },
    update: (run, _, args) => {
      const [given] = args.positional
      if (given?.type === 'dict') {
        for (const { key, value } of given.entries) {
          const name = keyOf(key)
          if (name !== undefined) run.setVariable(name, checked(run, value), 'assign')
        }
      }
      for (const [name, value] of args.keywords) run.setVariable(name, checked(run, value), 'assign')
      return none(run.at)
    },
    copy: whole,
    keys: (run) => {
      const { names, rest } = entries(run)
      return list(
        names.map((name) => text(name, run.at)),
        run.at,
        rest,
      )
    },
    values: (run) => list([], run.at, entries(run).rest),
    items: (run) => {
      const { names, rest } = entries(run)
      const pairs = names.map((name) => tuple([text(name, run.at), run.variable(name) ?? none(run.at)], run.at))
      return list(pairs, run.at, { ...rest, of: undefined })
    },
  },
}

const listdir: NativeFunction = (run, args) => {
  const path = args.positional[0] ?? text(absolute(run as Machine, ''), run.at)
  const names = listFolder(run, path)
  if (names !== undefined)
    return list(
      names.map((name) => text(name, run.at)),
      run.at,
    )
  if (existsOnDyno(run, path) === false) return run.raise('FileNotFoundError', 'No such file or directory')
  return list([], run.at, run.unknown(notModelled('os.listdir()'), 'str'))
}

const getcwd: NativeFunction = (run) => {
  const m = run as Machine
  return text(absolute(m, workingFolder(m.session)), run.at)
}

const nothing: NativeFunction = (run) => none(run.at)

const makes: NativeFunction = (run, args) => {
  const path = args.positional[0] ?? args.keywords.get('path') ?? args.keywords.get('name')
  return path === undefined ? none(run.at) : makeFolder(run, path)
}

/** What `os.uname()` gives: `nodename` is the name of the container, another one in each dyno. */
const unameClass: NativeClass = {
  class: 'posix.uname_result',
  bases: [],
  get: (run, _self, name) => (name === 'nodename' ? nodeName(run) : undefined),
  item: (run, _self, key) => (key.type === 'int' && Number(key.value) === 1 ? nodeName(run) : undefined),
}

const nodeName = (run: PythonRun): Value => ({ ...run.unknown(notModelled('os.uname().nodename'), 'str'), own: 'dyno' })

/** `os`. The environment is read through the run, so that every variable that matters is known. */
export const os = library('os', {
  environ: (run) => object(environModel, undefined, run.at),
  getenv: native('os.getenv', get),
  putenv: native('os.putenv', nothing),
  unsetenv: native('os.unsetenv', nothing),
  getcwd: native('os.getcwd', getcwd),
  getpid: native('os.getpid', (run) => ({ ...run.unknown(notModelled('os.getpid()'), 'int'), own: 'process' })),
  urandom: native('os.urandom', (run) => ({ ...run.unknown(notModelled('os.urandom()')), own: 'process' })),
  uname: native('os.uname', (run) => object(unameClass, undefined, run.at)),
  listdir: native('os.listdir', listdir),
  makedirs: native('os.makedirs', makes),
  mkdir: native('os.mkdir', makes),
  chdir: native('os.chdir', nothing),
  fspath: native('os.fspath', (run, args) =>
    args.positional[0] === undefined ? none(run.at) : run.str(args.positional[0]),
  ),
  name: (run) => text('posix', run.at),
  sep: (run) => text('/', run.at),
  linesep: (run) => text('\n', run.at),
  pathsep: (run) => text(':', run.at),
  curdir: (run) => text('.', run.at),
  pardir: (run) => text('..', run.at),
  path: (run) => run.importModule('os.path'),
})
