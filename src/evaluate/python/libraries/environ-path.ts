import { text } from '../constructors.ts'
import { type Method, type NativeClass, nativeClass, object, type PythonRun } from '../library.ts'
import { notModelled } from '../reasons.ts'
import {
  type CallArguments,
  type NativeValue,
  type ObjectValue,
  plain,
  type UnknownValue,
  type Value,
} from '../value.ts'

/** `environ.Path`: its state is the absolute path, or what is not known of it. */

function rootOf(self: ObjectValue): Value {
  return self.state as Value
}

/** `os.path.abspath(os.path.join(base, *paths))` by way of the path model, so that relative ones mean the same there. */
function join(run: PythonRun, base: Value, paths: readonly Value[]): Value {
  const path = run.importModule('os.path')
  const joined = run.call(run.attribute(path, 'join'), [base, ...paths.map((item) => asText(run, item))])
  return run.call(run.attribute(path, 'abspath'), [joined])
}

function asText(run: PythonRun, value: Value): Value {
  return value.type === 'object' ? run.str(value) : value
}

function checked(run: PythonRun, path: Value, args: CallArguments): Value {
  const required = args.keywords.get('required')
  if (required === undefined || !run.truth(required)) return path
  const exists = run.call(run.attribute(run.importModule('os.path'), 'exists'), [path])
  if (run.truth(exists)) return path
  const error = run.attribute(run.importModule('django.core.exceptions'), 'ImproperlyConfigured')
  return run.raise(error.type === 'native' ? error : 'Exception', `Create required path: ${plain(path) ?? ''}`)
}

function make(run: PythonRun, root: Value): ObjectValue {
  return object(pathClass, root, run.at)
}

const pathMethod: Method = (run, self, args) => make(run, checked(run, join(run, rootOf(self), args.positional), args))

const pathClass: NativeClass = {
  class: 'environ.environ.Path',
  bases: [],
  construct: (run, args) => {
    const [start, ...paths] = args.positional
    let base = start === undefined ? text('', run.at) : asText(run, start)
    const isFile = args.keywords.get('is_file')
    if (isFile !== undefined && run.truth(isFile)) {
      base = run.call(run.attribute(run.importModule('os.path'), 'dirname'), [base])
    }
    return make(run, checked(run, join(run, base, paths), args))
  },
  call: (run, self, args) => checked(run, join(run, rootOf(self), args.positional), args),
  methods: {
    path: pathMethod,
    file: (run) => run.unknown(notModelled('environ.Path.file')),
    rfind: (run, self, args) => run.method(rootOf(self), 'rfind', args.positional),
    find: (run, self, args) => run.method(rootOf(self), 'find', args.positional),
  },
  get: (_run, self, name) => (name === 'root' || name === '__root__' ? rootOf(self) : undefined),
  item: (run, self, key) => run.item(rootOf(self), key),
  str: (run, self) => run.str(rootOf(self)) as UnknownValue,
  compare: (run, op, self, other) => {
    if (op !== '==' && op !== '!=') return undefined
    const root = other.type === 'object' && other.model === pathClass ? rootOf(other) : other
    const same = run.same(rootOf(self), root)
    return same === undefined ? undefined : same === (op === '==')
  },
  binary: (run, op, self, other, reflected) => {
    if (reflected) return undefined
    if (op === '+') return make(run, join(run, rootOf(self), [asText(run, other)]))
    if (op === '-' && other.type === 'int') {
      return make(run, join(run, rootOf(self), [text('../'.repeat(Math.min(Number(other.value), 50)), run.at)]))
    }
    return undefined
  },
}

export const environPath: NativeValue = nativeClass(pathClass)
