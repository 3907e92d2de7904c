import type { Machine } from '../interpreter/machine.ts'
import { fillUnknown } from '../interpreter/names.ts'
import { library, native, type PythonRun } from '../library.ts'
import type { UnknownValue, Value } from '../value.ts'

/** Packages that build settings from files and variables by rules of their own: seen, and left open with that reason. */

function declined(run: PythonRun, what: string): UnknownValue {
  return run.unknown({
    en: `settings read by ${what} are not evaluated`,
    fr: `les settings lus par ${what} ne sont pas évalués`,
  })
}

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

export const dynaconf = library('dynaconf', dynaconfNames)
