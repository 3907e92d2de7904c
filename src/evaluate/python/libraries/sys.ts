import { bool, external, int, list, none, text, tuple } from '../constructors.ts'
import { numberOf } from '../equality.ts'
import { compareKnown } from '../interpreter/comparison.ts'
import type { Machine } from '../interpreter/machine.ts'
import { fillUnknown } from '../interpreter/names.ts'
import { library, type NativeClass, native, object, type PythonRun } from '../library.ts'
import { notModelled } from '../reasons.ts'
import { type ObjectValue, plain, type TupleValue, type Value } from '../value.ts'

/** `sys.version_info`: major and minor are known, the rest is not. */
function version(run: PythonRun): TupleValue {
  const [major = 3, minor = 12] = run.python.split('.').map(Number)
  const unknown = run.unknown(notModelled('sys.version_info'), 'int')
  return tuple([int(major, run.at), int(minor, run.at), unknown, text('final', run.at), int(0, run.at)], run.at)
}

const versionModel: NativeClass = {
  class: 'sys.version_info',
  bases: [],
  get: (_, self, name) => {
    const index = ['major', 'minor', 'micro', 'releaselevel', 'serial'].indexOf(name)
    return (self.state as TupleValue).items[index]
  },
  item: (run, self, key) => run.item(self.state as TupleValue, key),
  iterate: (_, self) => (self.state as TupleValue).items,
  length: () => 5,
  compare: (run, op, self, other) => {
    const right = other.type === 'object' && other.model === versionModel ? (other.state as Value) : other
    return compareKnown(run as Machine, op, self.state as TupleValue, right)
  },
}

const replacedModule = {
  en: 'another object takes the place of the module in sys.modules',
  fr: 'un autre objet prend la place du module dans sys.modules',
}

const modulesModel: NativeClass = {
  class: 'dict',
  bases: [],
  item: (run, _, key) => find(run, key) ?? run.raise('KeyError', plain(key) ?? ''),
  contains: (run, _, key) => {
    const name = plain(key)
    return name === undefined ? undefined : (run as Machine).modules.has(name)
  },
  setItem: (run, _, key, value) => {
    const name = plain(key)
    const m = run as Machine
    if (name === undefined) return
    const replaced = m.modules.get(name)
    if (replaced?.type === 'module' && replaced !== value) fillUnknown(m, replaced.names, run.unknown(replacedModule))
    m.modules.set(name, value)
  },
  methods: {
    get: (run, _, args) => {
      const [key, fallback = none(run.at)] = args.positional
      return key === undefined ? fallback : (find(run, key) ?? fallback)
    },
  },
}

function find(run: PythonRun, key: Value): Value | undefined {
  const name = plain(key)
  return name === undefined ? run.unknown(notModelled('sys.modules')) : (run as Machine).modules.get(name)
}

const unknownArgument = {
  en: 'a word of the command that starts the process is not known',
  fr: 'un mot de la commande qui lance le processus n’est pas connu',
}

/** `sys`. The search path is the one imports use, so that changing it changes what they find. */
export const sys = library('sys', {
  path: (run) => (run as Machine).sysPath,
  argv: (run) => {
    const { session } = run as Machine
    session.asked.argv = true
    const items = (session.environment.argv ?? ['']).map((argument) =>
      argument === undefined ? run.unknown(unknownArgument, 'str') : text(argument, run.at),
    )
    return list(items, run.at)
  },
  modules: (run): ObjectValue => object(modulesModel, undefined, run.at),
  version_info: (run) => object(versionModel, version(run), run.at),
  hexversion: (run) => run.unknown(notModelled('sys.hexversion'), 'int'),
  version: (run) => run.unknown(notModelled('sys.version'), 'str'),
  platform: (run) => text('linux', run.at),
  byteorder: (run) => text('little', run.at),
  maxsize: (run) => int(9223372036854775807n, run.at),
  executable: (run) => text('/app/.heroku/python/bin/python', run.at),
  prefix: (run) => text('/app/.heroku/python', run.at),
  flags: (run) => external('sys.flags', run.at),
  exit: native('sys.exit', (run, args) => {
    const [code] = args.positional
    const shown = code === undefined || numberOf(code) !== undefined ? undefined : run.str(code)
    return run.raise('SystemExit', (shown?.type === 'str' ? plain(shown) : undefined) ?? '')
  }),
  getdefaultencoding: native('sys.getdefaultencoding', (run) => text('utf-8', run.at)),
  getrecursionlimit: native('sys.getrecursionlimit', (run) => int(1000, run.at)),
  setrecursionlimit: native('sys.setrecursionlimit', (run) => none(run.at)),
  exc_info: native('sys.exc_info', (run) => run.unknown(notModelled('sys.exc_info()'))),
  gettrace: native('sys.gettrace', (run) => none(run.at)),
  getsizeof: native('sys.getsizeof', (run) => run.unknown(notModelled('sys.getsizeof()'), 'int')),
  dont_write_bytecode: (run) => bool(false, run.at),
})
