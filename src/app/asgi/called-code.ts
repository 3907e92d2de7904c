import type { Call, FunctionDef } from '../../syntax/python/ast.ts'
import type { Instance } from './instances.ts'
import { type Code, type CodeFile, dottedOf } from './python-code.ts'

/** A function of the project, and the methods of the class it stands in. */
export interface FunctionCode {
  readonly node: FunctionDef
  readonly file: CodeFile
  /** Undefined: a function of a module. */
  readonly class: ClassCode | undefined
  /** The method in which it runs, where that is the first that runs for a socket: nothing of the consumer's did before. */
  readonly first?: FunctionDef | undefined
  /** A method or property of a model's: which instance its `self` is, what runs it, and the functions of the model on the way there. */
  readonly model?: { readonly self: Instance; readonly reader: FunctionCode; readonly through: readonly FunctionDef[] }
}
export interface ClassCode {
  readonly name: string
  /** The methods of the class and of its ancestors in the project, in the order in which Python looks. */
  readonly methods: ReadonlyMap<string, { readonly node: FunctionDef; readonly file: CodeFile }>
}

/** The function of the project that a call calls: `self.find(…)`, `find(…)`, `queries.find(…)`. */
export function calledCode(
  code: Code,
  { func }: Pick<Call, 'func'>,
  { class: around, file }: Pick<FunctionCode, 'class' | 'file'>,
): FunctionCode | undefined {
  if (func.kind === 'Attribute' && func.value.kind === 'Name' && func.value.id === 'self') {
    const method = around?.methods.get(func.attr)
    return method && { ...method, class: around }
  }
  const dotted = func.kind === 'Name' && !file.imports.has(func.id) ? `${file.module}.${func.id}` : dottedOf(func, file)
  const cut = dotted?.lastIndexOf('.') ?? -1
  if (dotted === undefined || cut < 0) return undefined
  const home = dotted.slice(0, cut) === file.module ? file : code.module(dotted.slice(0, cut))
  const all = (home?.tree.body ?? []).filter(
    (one): one is FunctionDef =>
      (one.kind === 'FunctionDef' || one.kind === 'AsyncFunctionDef') && one.name === dotted.slice(cut + 1),
  )
  const [node] = all
  return home === undefined || node === undefined || all.length > 1 ? undefined : { node, file: home, class: undefined }
}
