import type { Hole } from '../../parts.ts'
import { hole, none, str } from '../constructors.ts'
import { library, type NativeClass, native, nativeClass, object, type PythonRun } from '../library.ts'
import { notModelled } from '../reasons.ts'
import type { NativeValue, StrValue, UnknownValue } from '../value.ts'

/** A text that is another one at every call: a hole of its own. */
function fresh(run: PythonRun, name: string, chars: Hole['chars'] = 'word'): StrValue {
  const count = ((run.memory.get('random') as number | undefined) ?? 0) + 1
  run.memory.set('random', count)
  return str([{ ...hole(`${name}#${count}`, undefined, chars), own: 'process' }], run.at)
}

function text(module: string, name: string): NativeValue {
  return native(`${module}.${name}`, (run) => fresh(run, `${module}.${name}`))
}

function open(module: string, name: string, of?: UnknownValue['of']): NativeValue {
  return native(`${module}.${name}`, (run) => run.unknown(notModelled(`${module}.${name}()`), of))
}

/** What nobody foresees and no seed decides: each process gets its own. */
function drawn(module: string, name: string, of?: UnknownValue['of']): NativeValue {
  return native(`${module}.${name}`, (run) => ({
    ...run.unknown(notModelled(`${module}.${name}()`), of),
    own: 'process',
  }))
}

/** `django.core.management.utils`: a new secret key at every call, of letters, digits and signs. */
export const djangoManagementUtils = library('django.core.management.utils', {
  get_random_secret_key: native('django.core.management.utils.get_random_secret_key', (run) =>
    fresh(run, 'django.core.management.utils.get_random_secret_key', 'any'),
  ),
})

/** `django.utils.crypto`: letters and digits, others at every call. */
export const djangoCrypto = library('django.utils.crypto', {
  get_random_string: text('django.utils.crypto', 'get_random_string'),
})

/** `secrets`: tokens are texts of which only the alphabet is known. */
export const secrets = library('secrets', {
  token_hex: text('secrets', 'token_hex'),
  token_urlsafe: text('secrets', 'token_urlsafe'),
  token_bytes: drawn('secrets', 'token_bytes'),
  randbelow: drawn('secrets', 'randbelow', 'int'),
  choice: drawn('secrets', 'choice'),
  compare_digest: open('secrets', 'compare_digest', 'bool'),
})

const seededKey = 'random seeded'

/** What `random` gives, which each process seeds for itself unless code does. */
function chance(name: string, of?: UnknownValue['of']): NativeValue {
  return native(`random.${name}`, (run) => {
    const value = run.unknown(notModelled(`random.${name}()`), of)
    return run.memory.has(seededKey) ? value : { ...value, own: 'process' }
  })
}

/** It asks the system each time, and no seed has a part in it. */
const systemRandom: NativeClass = {
  class: 'random.SystemRandom',
  bases: [],
  get: (_run, _self, name) => drawn('random.SystemRandom()', name),
}

export const random = library('random', {
  seed: native('random.seed', (run, { positional }) => {
    if (positional.length > 0) run.memory.set(seededKey, true)
    return none(run.at)
  }),
  choice: chance('choice'),
  choices: chance('choices', 'list'),
  sample: chance('sample', 'list'),
  randint: chance('randint', 'int'),
  randrange: chance('randrange', 'int'),
  getrandbits: chance('getrandbits', 'int'),
  random: chance('random', 'float'),
  uniform: chance('uniform', 'float'),
  SystemRandom: nativeClass({
    class: 'random.SystemRandom',
    bases: [],
    construct: (run) => object(systemRandom, undefined, run.at),
  }),
})

const uuidClass: NativeClass = {
  class: 'uuid.UUID',
  bases: [],
  get: (_run, self, name) => (name === 'hex' ? (self.state as StrValue) : undefined),
  str: (_run, self) => self.state as StrValue,
  truth: () => true,
}

function generated(name: string): NativeValue {
  return native(`uuid.${name}`, (run) => object(uuidClass, fresh(run, `uuid.${name}`), run.at))
}

export const uuid = library('uuid', {
  uuid1: generated('uuid1'),
  uuid4: generated('uuid4'),
  UUID: nativeClass({ class: 'uuid.UUID', bases: [], construct: (run) => run.unknown(notModelled('uuid.UUID()')) }),
})

/** `cryptography.fernet`: a key that is another one at every call. */
export const fernet = library('cryptography.fernet', {
  Fernet: nativeClass({
    class: 'cryptography.fernet.Fernet',
    bases: [],
    statics: {
      generate_key: native('cryptography.fernet.Fernet.generate_key', (run) => ({
        ...run.unknown(notModelled('Fernet.generate_key()')),
        own: 'process',
      })),
    },
    construct: (run) => run.unknown(notModelled('Fernet()')),
  }),
})

export const time = library('time', {
  time: open('time', 'time', 'float'),
  time_ns: open('time', 'time_ns', 'int'),
  monotonic: open('time', 'monotonic', 'float'),
  perf_counter: open('time', 'perf_counter', 'float'),
  strftime: open('time', 'strftime', 'str'),
})

export const getpass = library('getpass', {
  getuser: open('getpass', 'getuser', 'str'),
  getpass: open('getpass', 'getpass', 'str'),
})

function starts(name: string, of?: UnknownValue['of']): NativeValue {
  const path = `subprocess.${name}`
  return native(path, (run, args) => {
    run.called(path, args)
    return run.unknown(notModelled(`${path}()`), of)
  })
}

/**
 * `subprocess`: what other programs answer is not known; nor whether they are on the dyno at all. That they are started is
 * an event: the process model follows it.
 */
export const subprocess = library('subprocess', {
  check_output: starts('check_output'),
  check_call: starts('check_call'),
  getoutput: starts('getoutput', 'str'),
  run: starts('run'),
  call: starts('call', 'int'),
  Popen: starts('Popen'),
})

export const multiprocessing = library('multiprocessing', {
  cpu_count: open('multiprocessing', 'cpu_count', 'int'),
})

export const tempfile = library('tempfile', {
  gettempdir: open('tempfile', 'gettempdir', 'str'),
  mkdtemp: open('tempfile', 'mkdtemp', 'str'),
  mkstemp: open('tempfile', 'mkstemp'),
  NamedTemporaryFile: open('tempfile', 'NamedTemporaryFile'),
  TemporaryDirectory: open('tempfile', 'TemporaryDirectory'),
})
