import { parsePython } from '../../../syntax/python/parse.ts'
import { external, none } from '../constructors.ts'
import { exceptions } from '../exceptions.ts'
import { classMethod, property, staticMethod } from '../interpreter/descriptors.ts'
import { evaluate } from '../interpreter/expressions.ts'
import { type Machine, standAt, within } from '../interpreter/machine.ts'
import { openModule } from '../interpreter/names.ts'
import { viewedNames } from '../interpreter/names-dict.ts'
import { library, type NativeFunction, native, nowhere, type PythonRun } from '../library.ts'
import { notModelled } from '../reasons.ts'
import { plain, type Value } from '../value.ts'
import { builtinFunctions } from './builtins-functions.ts'
import { builtinTypes } from './builtins-types.ts'
import { fileOfText, openFile } from './support/files.ts'

/** `eval(source)`: an expression whose text is known is evaluated where the call stands. */
const evalSource: NativeFunction = (run, args) => {
  const source = plain(args.positional[0])
  if (source === undefined || source.length > 2_000) return run.unknown(notModelled('eval()'))
  const [statement] = parsePython(source.trim()).body
  if (statement?.kind !== 'Expr') return run.raise('SyntaxError', 'invalid syntax')
  const m = run as Machine
  const { node } = m
  // Its places would point into another text.
  const value = within(m, { file: '' }, () => evaluate(m, statement.value))
  standAt(m, node)
  return { ...value, at: run.at }
}

/** `exec(open(file).read())` runs a file of the project; other code may bind anything. */
const execSource: NativeFunction = (run, args) => {
  const [source, globals] = args.positional
  const file = source === undefined ? undefined : fileOfText(run, source)
  const names = viewedNames(globals) ?? run.callerNames()
  if (file === undefined || !run.execute(file, names)) {
    openModule(run as Machine, names, run.unknown(notModelled('exec()')))
  }
  return none(run.at)
}

const compile: NativeFunction = (run, args) => args.positional[0] ?? run.unknown(notModelled('compile()'))

const values: Record<string, Value | ((run: PythonRun) => Value)> = {
  ...builtinTypes,
  ...builtinFunctions,
  ...Object.fromEntries(exceptions),
  property,
  staticmethod: staticMethod,
  classmethod: classMethod,
  open: native('open', (run, args) => openFile(run, args)),
  eval: native('eval', evalSource),
  exec: native('exec', execSource),
  compile: native('compile', compile),
  slice: external('slice', nowhere),
  NotImplemented: external('NotImplemented', nowhere),
  Ellipsis: { type: 'ellipsis', at: nowhere },
  True: { type: 'bool', value: true, at: nowhere },
  False: { type: 'bool', value: false, at: nowhere },
  None: none(nowhere),
}
delete values.NoneType
delete values.function
delete values.module

/** The module `builtins`, whose names every module sees. */
export const builtins = library('builtins', values)
