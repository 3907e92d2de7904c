import { none } from '../constructors.ts'
import { type NativeClass, native, nativeClass, object } from '../library.ts'
import type { CallArguments, FunctionValue, Value } from '../value.ts'

/** What a function decorated with `contextlib.contextmanager` gives: it waits for a `with`. */
export interface GeneratorManager {
  readonly function: FunctionValue
  readonly args: CallArguments
}

const model: NativeClass = { class: 'contextlib._GeneratorContextManager', bases: [] }

export function generatorManager(fn: FunctionValue, args: CallArguments, at: Value['at']): Value {
  const state: GeneratorManager = { function: { ...fn, isManager: false }, args }
  return object(model, state, at)
}

export function generatorOf(value: Value): GeneratorManager | undefined {
  return value.type === 'object' && value.model === model ? (value.state as GeneratorManager) : undefined
}

/** A function of the project becomes one that makes managers; anything else stays what it is. */
export const contextManager: Value = native('contextlib.contextmanager', (run, args) => {
  const [fn] = args.positional
  if (fn?.type === 'function') return { ...fn, isManager: true }
  return fn ?? run.unknown({ en: 'nothing is decorated', fr: 'rien n’est décoré' })
})

const nullModel: NativeClass = {
  class: 'contextlib.nullcontext',
  bases: [],
  construct: (run, args) =>
    object(nullModel, args.positional[0] ?? args.keywords.get('enter_result') ?? none(run.at), run.at),
  enter: (_, self) => self.state as Value,
}

export const nullContext: Value = nativeClass(nullModel)
