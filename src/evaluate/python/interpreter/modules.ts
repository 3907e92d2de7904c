import type { Statement } from '../../../syntax/python/ast.ts'
import { list, none, text } from '../constructors.ts'
import { tooLong } from '../reasons.ts'
import type { Binding, ModuleValue, UnknownValue } from '../value.ts'
import { makeUnknown } from './decisions.ts'
import { isReadyForSyntaxError } from './failures.ts'
import { absolute } from './imports.ts'
import {
  type Activation,
  activate,
  Exhausted,
  here,
  type Machine,
  mark,
  newFrame,
  type ParsedModule,
  Raised,
  standAt,
  unwind,
  within,
} from './machine.ts'
import { forgetNames } from './names.ts'
import { raise } from './raising.ts'
import type { ModuleLocation } from './resolution.ts'
import { effectsOf } from './scopes.ts'
import { runStatement } from './statements.ts'
import { runWatched } from './trace.ts'

/** Runs a file of the project as a module; it is in `sys.modules` while it runs and leaves it when it raises. */
export function runModule(
  m: Machine,
  name: string,
  found: Extract<ModuleLocation, { kind: 'file' | 'package' }>,
): ModuleValue {
  const at = { file: found.file, span: { start: 0, end: 0 } }
  const names = new Map<string, Binding>()
  const module: ModuleValue = { type: 'module', name, file: found.file, names, at }
  const set = (key: string, value: Parameters<typeof names.set>[1]['value']): void => void names.set(key, { value, at })
  const parent = found.kind === 'package' ? name : name.slice(0, Math.max(name.lastIndexOf('.'), 0))
  const parsed = m.session.parse(found.file)
  // What is wrong with the file is told by who reads it; here it matters only where the code is ready for it.
  if (parsed !== undefined && parsed.module.problems.length > 0 && isReadyForSyntaxError(m))
    raise(m, 'SyntaxError', 'invalid syntax')
  set('__name__', text(name, at))
  set('__file__', text(absolute(m, found.file), at))
  set('__package__', text(parent, at))
  set('__doc__', none(at))
  if (found.kind === 'package') set('__path__', list([text(absolute(m, found.folder), at)], at))
  m.modules.set(name, module)
  m.memory.set(startedKey(name), module)
  m.files.push(found.file)
  m.event({ type: 'load', file: found.file })
  if (parsed === undefined) return module
  try {
    // The first module is imported by nobody's statement.
    activate(m, fileActivation(m, module, m.activation.file !== ''), () => {
      runStatements(m, parsed)
      m.session.afterModule(m, module)
    })
    m.memory.set(endedKey(name), true)
  } catch (error) {
    if (error instanceof Raised) m.modules.delete(name)
    throw error
  }
  return module
}

/** Where a run keeps a module that was started, also when an exception took it out of `sys.modules`. */
export function startedKey(name: string): string {
  return `module ${name}`
}

/** Whether a module of the project has begun and not ended: what it binds further down is not there yet. */
export function isPartial(m: Machine, { name, file }: ModuleValue): boolean {
  return file !== undefined && m.memory.has(startedKey(name)) && !m.memory.has(endedKey(name))
}

function endedKey(name: string): string {
  return `ended ${name}`
}

/** Runs a file's statements as if they stood where the run is, with these names: `exec(open(file).read(), names)`. */
export function runFile(m: Machine, file: string, names: Map<string, Binding>, parsed: ParsedModule): void {
  m.files.push(file)
  const caller = m.activation.frame.module
  const module = { ...caller, file, names, importsFrom: caller.importsFrom ?? caller.file }
  activate(m, fileActivation(m, module, true), () => runStatements(m, parsed))
}

/** `imported`: the present statement led to the file. */
function fileActivation(m: Machine, module: ModuleValue, imported: boolean): Partial<Activation> {
  const { file, chain } = m.activation
  return {
    frame: newFrame('module', module, module.names, undefined),
    file: module.file ?? file,
    importGuards: 0,
    uncertain: undefined,
    chain: imported ? [...chain, here(m)] : chain,
  }
}

function runStatements(m: Machine, parsed: ParsedModule): void {
  const start = mark(m)
  for (const statement of parsed.module.body) {
    try {
      runWatched(m, statement, runStatement)
    } catch (error) {
      if (!(error instanceof Exhausted) || !rescue(m)) throw error
      unwind(m, start)
      standAt(m, statement)
      const unknown = makeUnknown(m, tooLong)
      within(m, { uncertain: unknown }, () => forgetEffects(m, statement, unknown))
    }
  }
}

/** What a statement could have bound or changed is not known. */
function forgetEffects(m: Machine, statement: Statement, unknown: UnknownValue): void {
  const { names } = m.activation.frame
  const effects = effectsOf([statement])
  forgetNames(m, effects.bound, unknown, statement)
  for (const name of effects.changed) {
    const value = names.get(name)?.value
    if (value?.type === 'list' || value?.type === 'dict' || value?.type === 'set') value.rest ??= unknown
  }
}

const rescuesKey = 'rescues'

/** A statement that takes too long costs itself, not the module, a few times per run. */
function rescue(m: Machine): boolean {
  const used = (m.memory.get(rescuesKey) as number | undefined) ?? 0
  if (used >= 3) return false
  m.memory.set(rescuesKey, used + 1)
  m.steps = 40_000
  return true
}
