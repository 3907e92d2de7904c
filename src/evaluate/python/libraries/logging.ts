import { none } from '../constructors.ts'
import { library, native } from '../library.ts'
import { constant } from './support/constants.ts'

function silent(module: string, name: string): ReturnType<typeof native> {
  return native(`${module}.${name}`, (run) => none(run.at))
}

function logs(name: string, module = 'logging'): ReturnType<typeof native> {
  return native(`${module}.${name}`, (run, args) => {
    run.event({ type: 'call', path: `${module}.${name}`, args })
    return none(run.at)
  })
}

/** `logging`: levels, and functions that change no setting; what is logged is an event. Loggers and handlers stay external. */
export const logging = library('logging', {
  NOTSET: constant(0),
  DEBUG: constant(10),
  INFO: constant(20),
  WARNING: constant(30),
  WARN: constant(30),
  ERROR: constant(40),
  CRITICAL: constant(50),
  FATAL: constant(50),
  BASIC_FORMAT: constant('%(levelname)s:%(name)s:%(message)s'),
  ...Object.fromEntries(
    ['debug', 'info', 'warning', 'warn', 'error', 'critical', 'exception'].map((name) => [name, logs(name)]),
  ),
  ...Object.fromEntries(['basicConfig', 'disable', 'addLevelName'].map((name) => [name, logs(name)])),
  ...Object.fromEntries(['log', 'captureWarnings'].map((name) => [name, silent('logging', name)])),
})

/** `logging.config`: a configuration that Python refuses would raise, which is not followed. */
export const loggingConfig = library('logging.config', {
  dictConfig: logs('dictConfig', 'logging.config'),
  fileConfig: logs('fileConfig', 'logging.config'),
})

/** `warnings`: what they say changes no setting. */
export const warnings = library('warnings', {
  warn: silent('warnings', 'warn'),
  filterwarnings: silent('warnings', 'filterwarnings'),
  simplefilter: silent('warnings', 'simplefilter'),
})
