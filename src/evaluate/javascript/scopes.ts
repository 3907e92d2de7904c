import type { ClassExpression, Expression, FunctionExpression } from '../../syntax/javascript/ast.ts'

/**
 * A test that was passed on the way to a place. In a `switch`, `equals` is what the subject is compared with: it is one of
 * them, or (`holds` false, the `default`) none.
 */
export interface Guard {
  readonly test: Expression
  readonly equals: readonly Expression[] | undefined
  readonly holds: boolean
}

/** Where an expression stands. */
export interface ScriptContext {
  /** The body of a loop: it may run more than once. */
  readonly repeated?: boolean
  /** Where the `catch` begins that it stands in: it runs when something failed. */
  readonly caught?: number
  readonly scope: Scope
  readonly function: FunctionExpression | undefined
  readonly class: ClassExpression | undefined
  readonly guards: readonly Guard[]
  readonly position: number
}

export interface Scope {
  /** Where it begins: no two of one file have the same. */
  readonly id: string
  readonly parent: Scope | undefined
  readonly variables: Map<string, ScopeVariable>
  /** The program, or a function's own scope: where `var` lands. */
  readonly hoists: boolean
  /** Every name that the code of the file declares, in whichever scope: one set for all of them. */
  readonly declared: Set<string>
}

export interface Write {
  /** Undefined for what cannot be followed: a loop's variable, a destructured element, `++`. */
  readonly value: Expression | undefined
  readonly op: string
  readonly context: ScriptContext
}

export interface ScopeVariable {
  /** Of its scope. */
  readonly id: string
  readonly name: string
  readonly kind: 'variable' | 'parameter' | 'import' | 'function' | 'class' | 'global' | 'member'
  readonly writes: Write[]
  /** For an import: the module and the name in it. */
  readonly source: { readonly module: string; readonly name: string } | undefined
  /** For a parameter: its function and place. */
  readonly parameter: { readonly function: FunctionExpression; readonly index: number } | undefined
}

/** The expressions around one, innermost first. */
export interface Chain {
  readonly node: Expression
  readonly parent: Chain | undefined
}

/** A call or construction and where it stands. */
export interface Site {
  readonly node: Extract<Expression, { kind: 'Call' | 'New' }>
  readonly context: ScriptContext
  readonly around: Chain | undefined
  /** The variable it initialises, when that is all it does. */
  readonly assigned: Expression | undefined
  /** `return …` or `export default …`. */
  readonly returned: boolean
}

export interface FunctionInfo {
  readonly node: FunctionExpression
  readonly context: ScriptContext
  /** The expressions it is written in: the call that takes it as an argument stands first. */
  readonly around: Chain | undefined
  readonly inner: Scope
  readonly returns: Write[]
}

/** Everything that a file (or the scripts of one page) binds, and every call in it. */
export interface Scopes {
  readonly root: Scope
  /** Properties that are assigned: `socket.onclose`, `this.url` (under the class), by {@link memberKey}. */
  readonly members: Map<string, ScopeVariable>
  readonly sites: readonly Site[]
  readonly functions: ReadonlyMap<FunctionExpression, FunctionInfo>
  readonly classes: ReadonlyMap<ClassExpression, ScriptContext>
  readonly exports: ReadonlyMap<string, Write>
  /** `export * from`. */
  readonly reexports: readonly { readonly module: string; readonly imported: string; readonly exported: string }[]
}

/** The variable a name stands for; undefined for a global nobody in the file binds. */
export function lookup(scope: Scope | undefined, name: string): ScopeVariable | undefined {
  for (let s = scope; s !== undefined; s = s.parent) {
    const variable = s.variables.get(name)
    if (variable !== undefined) return variable
  }
  return undefined
}

/**
 * The textual path of a property: `socket.onclose`; `this` stands for its class, and for a local alias of it (`self`).
 * Undefined when the path holds a computed key or begins with a call.
 */
export function memberKey(node: Expression, context: ScriptContext): string | undefined {
  if (node.kind === 'Identifier') {
    if (node.name === 'this') return thisKey(context)
    const variable = lookup(context.scope, node.name)
    const only = variable?.writes.length === 1 ? variable.writes[0] : undefined
    if (only?.value?.kind === 'Identifier' && only.value.name === 'this') return thisKey(only.context)
    return node.name
  }
  if (node.kind !== 'Member' || node.name === undefined) return undefined
  const object = memberKey(node.object, context)
  return object === undefined ? undefined : `${object}.${node.name}`
}

function thisKey(context: ScriptContext): string {
  return context.class === undefined ? 'this' : `this@${context.class.start}`
}
