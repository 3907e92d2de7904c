import { none, text } from '../constructors.ts'
import type { Bound, Machine } from '../interpreter/machine.ts'
import { mro } from '../interpreter/mro.ts'
import { library, type NativeClass, native, nativeClass, object, type PythonRun } from '../library.ts'
import { type ClassValue, type ModuleValue, plain, type Value } from '../value.ts'
import { setUpValue, valueClasses } from './configurations-values.ts'
import { readPresent } from './support/env-files.ts'
import { projectPath } from './support/files.ts'

function nothing(name: string): Value {
  return native(`configurations.Configuration.${name}`, (run) => none(run.at))
}

const configurationClass: NativeClass = {
  class: 'configurations.base.Configuration',
  bases: [],
  statics: { pre_setup: nothing('pre_setup'), setup: nothing('setup'), post_setup: nothing('post_setup') },
}

const Configuration = nativeClass(configurationClass)

function isConfiguration(value: Value): value is ClassValue {
  return (
    value.type === 'class' && mro(value).some((base) => base.type === 'native' && base.native === configurationClass)
  )
}

/** Uppercase names of a class and its bases, the nearest first. */
function settingsOf(type: ClassValue): readonly string[] {
  const names = new Set<string>()
  for (const base of mro(type)) {
    if (base.type !== 'class') continue
    for (const name of base.attributes.keys()) if (name === name.toUpperCase() && !name.startsWith('_')) names.add(name)
  }
  return [...names].sort()
}

const unknownConfiguration = {
  en: 'which class DJANGO_CONFIGURATION names is not known',
  fr: 'quelle classe DJANGO_CONFIGURATION nomme n’est pas connu',
}

/**
 * What the importer of django-configurations does after it has run the settings module: the class that
 * DJANGO_CONFIGURATION names gives the module its uppercase attributes. Django's own defaults, which it copies too, are
 * left out.
 */
export function applyConfiguration(run: PythonRun, module: ModuleValue): void {
  const { names } = module
  if (![...names.values()].some(({ value }) => isConfiguration(value))) return
  const wanted = run.variable('DJANGO_SETTINGS_MODULE')
  if (wanted !== undefined && plain(wanted) !== undefined && plain(wanted) !== module.name) return
  const chosen = run.variable('DJANGO_CONFIGURATION')
  const name = plain(chosen)
  if (name === undefined) {
    ;(run as Machine).openModules.set(module, run.unknown(unknownConfiguration))
    return
  }
  const type = names.get(name)?.value
  if (type === undefined || !isConfiguration(type)) {
    run.raise('AttributeError', `Couldn't find configuration '${name}' in module '${module.name}'`)
  }
  names.set('DOTENV_LOADED', { value: readDotenv(run, type), at: run.at })
  run.call(run.attribute(type, 'pre_setup'), [])
  for (const setting of settingsOf(type)) {
    const value = run.attribute(type, setting)
    const made = setUpValue(run, setting, value)
    if (made !== value) bind(run as Machine, type.attributes, setting, made)
  }
  run.call(run.attribute(type, 'setup'), [])
  const instance = run.call(type, [])
  for (const setting of settingsOf(type)) {
    const value = run.attribute(instance, setting)
    const isCallable = ['function', 'method', 'native', 'class'].includes(value.type)
    const made = setUpValue(run, setting, isCallable ? run.call(value, []) : value)
    bind(run as Machine, names, setting, made)
  }
  names.set('CONFIGURATION', { value: text(`${module.name}.${name}`, run.at), at: run.at })
  run.call(run.attribute(type, 'post_setup'), [])
}

/** Binds a name to what was just computed, and to the questions that rested on; the next name starts afresh. */
function bind(m: Machine, names: Map<string, Bound>, name: string, value: Value): void {
  names.set(name, { value, at: value.at, taint: m.session.taints.union(m.taint, m.activation.control) })
  m.taint = 0
}

/** `DOTENV`: a file that has to be there; gives what DOTENV_LOADED becomes. */
function readDotenv(run: PythonRun, type: ClassValue): Value {
  const bound = mro(type).find((base) => base.type === 'class' && base.attributes.has('DOTENV'))
  const dotenv = bound?.type === 'class' ? bound.attributes.get('DOTENV')?.value : undefined
  if (dotenv === undefined || dotenv.type === 'none' || plain(dotenv) === '') return none(run.at)
  const path = projectPath(run, dotenv)
  const source = path === undefined ? undefined : readPresent(run, path)
  if (source === undefined) {
    const error = run.attribute(run.importModule('django.core.exceptions'), 'ImproperlyConfigured')
    const message = `Couldn't read .env file with the path ${plain(run.str(dotenv)) ?? ''}.`
    return run.raise(error.type === 'native' ? error : 'Exception', message)
  }
  for (const line of source.split(/\r\n|\r|\n/)) {
    const pair = line.match(/^([A-Za-z_0-9]+)=(.*)$/)
    if (pair === null) continue
    const single = (pair[2] as string).replace(/^'(.*)'$/, '$1')
    const double = single.match(/^"(.*)"$/)
    const value = double === null ? single : (double[1] as string).replace(/\\(.)/g, '$1')
    run.setVariable(pair[1] as string, text(value, run.at), 'setdefault')
  }
  return dotenv
}

const pristine = native('configurations.pristinemethod', (run, args) =>
  object(pristineClass, args.positional[0] ?? none(run.at), run.at),
)
/** A method that is left as it is instead of being called. */
const pristineClass: NativeClass = {
  class: 'configurations.pristinemethod',
  bases: [],
  call: (run, self, args) => run.call(self.state as Value, args.positional, args.keywords),
}

export const configurations = library('configurations', { Configuration, pristinemethod: pristine })
export const configurationsBase = library('configurations.base', { Configuration })
export const configurationsValues = library('configurations.values', valueClasses)
