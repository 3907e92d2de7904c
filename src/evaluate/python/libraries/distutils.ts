import { bool, int } from '../constructors.ts'
import { library, native, type PythonRun, take } from '../library.ts'
import { notModelled } from '../reasons.ts'
import { plain, type Value } from '../value.ts'
import { isOpen, readsTrue, truthWord } from './support/convert.ts'
import { pythonIsBefore } from './support/version.ts'

/** 1 or 0 in the standard library; setuptools, which alone has it for Python 3.12 and later, gives a bool. */
function result(run: PythonRun, answer: boolean): Value {
  return pythonIsBefore(run, 3, 12) ? int(answer ? 1 : 0, run.at) : bool(answer, run.at)
}

const strtobool: Value = native('distutils.util.strtobool', (run, args) => {
  const value = take(run, 'strtobool', args, ['val']).val
  if (value === undefined) return run.unknown(notModelled('strtobool'), 'int')
  if (isOpen(value)) return result(run, readsTrue(run, value, 'strtobool'))
  const known = plain(value)
  if (known === undefined) return run.raise('AttributeError', `'${value.type}' object has no attribute 'lower'`)
  const yes = ['y', 'yes', 't', 'true', 'on', '1']
  const no = ['n', 'no', 'f', 'false', 'off', '0']
  const word = truthWord(known, yes, no)
  if (word === undefined) return run.raise('ValueError', `invalid truth value '${known.toLowerCase()}'`)
  return result(run, word)
})

/** `distutils.util.strtobool`, gone from the standard library with Python 3.12 and kept by setuptools. */
export const distutilsUtil = library('distutils.util', { strtobool })
export const setuptoolsDistutils = library('setuptools._distutils.util', { strtobool })
