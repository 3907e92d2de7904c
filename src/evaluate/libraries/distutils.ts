import { library, native, take } from '../library.ts'
import { int } from '../make.ts'
import { notModelled } from '../reasons.ts'
import { plain, type Value } from '../value.ts'
import { isOpen, readsTrue, truthWord } from './support/convert.ts'

const strtobool: Value = native('distutils.util.strtobool', (run, args) => {
  const value = take(run, 'strtobool', args, ['val']).val
  if (value === undefined) return run.unknown(notModelled('strtobool'), 'int')
  if (isOpen(value)) return int(readsTrue(run, value, 'strtobool') ? 1 : 0, run.at)
  const known = plain(value)
  if (known === undefined) return run.raise('AttributeError', `'${value.type}' object has no attribute 'lower'`)
  const yes = ['y', 'yes', 't', 'true', 'on', '1']
  const no = ['n', 'no', 'f', 'false', 'off', '0']
  const word = truthWord(known, yes, no)
  if (word === undefined) return run.raise('ValueError', `invalid truth value '${known.toLowerCase()}'`)
  return int(word ? 1 : 0, run.at)
})

/** `distutils.util.strtobool`, gone from the standard library with Python 3.12 and kept by setuptools. */
export const distutilsUtil = library('distutils.util', { strtobool })
export const setuptoolsDistutils = library('setuptools._distutils.util', { strtobool })
