import { external } from './constructors.ts'
import { type NativeClass, nativeClass } from './library.ts'
import type { NativeValue, Value } from './value.ts'

/** Built-in exception classes: name and base, bases first. Source: the hierarchy in the documentation of Python 3.14. */
const hierarchy: readonly (readonly [string, string | undefined])[] = [
  ['BaseException', undefined],
  ['SystemExit', 'BaseException'],
  ['KeyboardInterrupt', 'BaseException'],
  ['GeneratorExit', 'BaseException'],
  ['Exception', 'BaseException'],
  ['BaseExceptionGroup', 'BaseException'],
  ['ExceptionGroup', 'Exception'],
  ['StopIteration', 'Exception'],
  ['StopAsyncIteration', 'Exception'],
  ['ArithmeticError', 'Exception'],
  ['FloatingPointError', 'ArithmeticError'],
  ['OverflowError', 'ArithmeticError'],
  ['ZeroDivisionError', 'ArithmeticError'],
  ['AssertionError', 'Exception'],
  ['AttributeError', 'Exception'],
  ['BufferError', 'Exception'],
  ['EOFError', 'Exception'],
  ['ImportError', 'Exception'],
  ['ModuleNotFoundError', 'ImportError'],
  ['LookupError', 'Exception'],
  ['IndexError', 'LookupError'],
  ['KeyError', 'LookupError'],
  ['MemoryError', 'Exception'],
  ['NameError', 'Exception'],
  ['UnboundLocalError', 'NameError'],
  ['OSError', 'Exception'],
  ['BlockingIOError', 'OSError'],
  ['ChildProcessError', 'OSError'],
  ['ConnectionError', 'OSError'],
  ['BrokenPipeError', 'ConnectionError'],
  ['ConnectionAbortedError', 'ConnectionError'],
  ['ConnectionRefusedError', 'ConnectionError'],
  ['ConnectionResetError', 'ConnectionError'],
  ['FileExistsError', 'OSError'],
  ['FileNotFoundError', 'OSError'],
  ['InterruptedError', 'OSError'],
  ['IsADirectoryError', 'OSError'],
  ['NotADirectoryError', 'OSError'],
  ['PermissionError', 'OSError'],
  ['ProcessLookupError', 'OSError'],
  ['TimeoutError', 'OSError'],
  ['ReferenceError', 'Exception'],
  ['RuntimeError', 'Exception'],
  ['NotImplementedError', 'RuntimeError'],
  ['RecursionError', 'RuntimeError'],
  ['SyntaxError', 'Exception'],
  ['IndentationError', 'SyntaxError'],
  ['TabError', 'IndentationError'],
  ['SystemError', 'Exception'],
  ['TypeError', 'Exception'],
  ['ValueError', 'Exception'],
  ['UnicodeError', 'ValueError'],
  ['UnicodeDecodeError', 'UnicodeError'],
  ['UnicodeEncodeError', 'UnicodeError'],
  ['UnicodeTranslateError', 'UnicodeError'],
  ['Warning', 'Exception'],
  ['BytesWarning', 'Warning'],
  ['DeprecationWarning', 'Warning'],
  ['EncodingWarning', 'Warning'],
  ['FutureWarning', 'Warning'],
  ['ImportWarning', 'Warning'],
  ['PendingDeprecationWarning', 'Warning'],
  ['ResourceWarning', 'Warning'],
  ['RuntimeWarning', 'Warning'],
  ['SyntaxWarning', 'Warning'],
  ['UnicodeWarning', 'Warning'],
  ['UserWarning', 'Warning'],
]

/** Attributes that exceptions have besides `args`, and whose values are not followed: `dir()` of CPython 3.12.1. */
const given: Readonly<Record<string, string>> = {
  BaseException: '__cause__ __context__ __suppress_context__ __traceback__ add_note with_traceback',
  BaseExceptionGroup: 'derive exceptions message split subgroup',
  ExceptionGroup: 'derive exceptions message split subgroup',
  SystemExit: 'code',
  AttributeError: 'name obj',
  ImportError: 'msg name name_from path',
  NameError: 'name',
  OSError: 'characters_written errno filename filename2 strerror',
  StopIteration: 'value',
  SyntaxError: 'end_lineno end_offset filename lineno msg offset print_file_and_line text',
  UnicodeDecodeError: 'encoding end object reason start',
  UnicodeEncodeError: 'encoding end object reason start',
  UnicodeTranslateError: 'encoding end object reason start',
}

/** Each as something that nobody knows, of the exception's class. */
function attributesOf(name: string): Readonly<Record<string, Value>> {
  const at = { file: '', span: { start: 0, end: 0 } }
  const names = given[name]?.split(' ') ?? []
  return Object.fromEntries(names.map((one) => [one, external(`${name}.${one}`, at)]))
}

function build(): ReadonlyMap<string, NativeValue> {
  const classes = new Map<string, NativeValue>()
  for (const [name, base] of hierarchy) {
    const parent = base === undefined ? undefined : classes.get(base)
    const model: NativeClass = {
      class: name,
      bases: parent === undefined ? [] : [parent],
      statics: attributesOf(name),
    }
    classes.set(name, nativeClass(model))
  }
  const osError = classes.get('OSError')
  if (osError !== undefined) {
    classes.set('IOError', osError)
    classes.set('EnvironmentError', osError)
  }
  return classes
}

/** Built-in exception classes by name, with the aliases IOError and EnvironmentError. */
export const exceptions: ReadonlyMap<string, NativeValue> = build()

/** A built-in exception class that surely exists. */
export function exception(name: string): NativeValue {
  return exceptions.get(name) ?? (exceptions.get('Exception') as NativeValue)
}
