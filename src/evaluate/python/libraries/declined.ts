import type { Machine } from '../interpreter/machine.ts'
import { fillUnknown } from '../interpreter/names.ts'
import { library, native, nativeClass, type PythonRun } from '../library.ts'
import type { UnknownValue, Value } from '../value.ts'

/** Packages that build settings from files and variables by rules of their own: seen, and left open with that reason. */

function declined(run: PythonRun, what: string): UnknownValue {
  return run.unknown({
    en: `settings read by ${what} are not evaluated`,
    fr: `les settings lus par ${what} ne sont pas évalués`,
  })
}

/** An instance reads its fields from variables and files; the defaults in the class say little. */
const BaseSettings = nativeClass({
  class: 'pydantic_settings.BaseSettings',
  bases: [],
  construct: (run) => declined(run, 'pydantic'),
})

const makeDynaconf = native('dynaconf.Dynaconf', (run, args) => {
  run.event({ type: 'call', path: 'dynaconf.Dynaconf', args })
  return declined(run, 'Dynaconf')
})

/** `DjangoDynaconf(__name__)` replaces the settings of the module: what is bound so far may change, and more may come. */
const djangoDynaconf = native('dynaconf.DjangoDynaconf', (run, args) => {
  run.event({ type: 'call', path: 'dynaconf.DjangoDynaconf', args })
  const names = run.callerNames()
  const why = declined(run, 'Dynaconf')
  fillUnknown(run as Machine, names, why)
  return why
})

const dynaconfNames: Readonly<Record<string, Value>> = {
  Dynaconf: makeDynaconf,
  LazySettings: makeDynaconf,
  DjangoDynaconf: djangoDynaconf,
}

export const pydanticSettings = library('pydantic_settings', { BaseSettings })
export const pydantic = library('pydantic', { BaseSettings })
export const pydanticEnvSettings = library('pydantic.env_settings', { BaseSettings })
export const dynaconf = library('dynaconf', dynaconfNames)
