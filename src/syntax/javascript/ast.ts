import type { Span } from '../../contracts/place.ts'

/**
 * As much of JavaScript and TypeScript as is needed to follow a value through one file: statements, functions, classes and
 * expressions. Types are skipped. What cannot be understood is an `Unknown` node; the rest of the file is still read.
 */

export interface Script extends Span {
  readonly kind: 'Script'
  readonly body: readonly Statement[]
  /** Comments in order, their marks included. */
  readonly comments: readonly Span[]
}

export type Statement =
  | VariableDeclaration
  | FunctionStatement
  | ClassStatement
  | If
  | Block
  | ExpressionStatement
  | Return
  | Loop
  | Try
  | Switch
  | Import
  | Export
  | Skipped

export interface VariableDeclaration extends Span {
  readonly kind: 'VariableDeclaration'
  readonly how: 'const' | 'let' | 'var'
  readonly declarators: readonly Declarator[]
}
export interface Declarator extends Span {
  readonly target: Expression
  readonly init: Expression | undefined
}
export interface FunctionStatement extends Span {
  readonly kind: 'FunctionStatement'
  readonly name: string
  readonly function: FunctionExpression
}
export interface ClassStatement extends Span {
  readonly kind: 'ClassStatement'
  readonly name: string
  readonly class: ClassExpression
}
export interface If extends Span {
  readonly kind: 'If'
  readonly test: Expression
  readonly then: Statement
  readonly otherwise: Statement | undefined
}
export interface Block extends Span {
  readonly kind: 'Block'
  readonly body: readonly Statement[]
}
export interface ExpressionStatement extends Span {
  readonly kind: 'ExpressionStatement'
  readonly expression: Expression
}
/** `return` and `throw`. */
export interface Return extends Span {
  readonly kind: 'Return'
  readonly throws: boolean
  readonly value: Expression | undefined
}
/** `for`, `while` and `do`: `head` holds what stands in the parentheses. */
export interface Loop extends Span {
  readonly kind: 'Loop'
  readonly head: readonly Statement[]
  readonly body: Statement
}
export interface Try extends Span {
  readonly kind: 'Try'
  readonly block: Block
  /** What `catch` names. */
  readonly param: Expression | undefined
  readonly handler: Block | undefined
  readonly finalizer: Block | undefined
}
/** A case without `test` is the default. */
export interface Switch extends Span {
  readonly kind: 'Switch'
  readonly subject: Expression
  readonly cases: readonly { readonly test: Expression | undefined; readonly body: readonly Statement[] }[]
}
export interface Import extends Span {
  readonly kind: 'Import'
  readonly source: string
  readonly names: readonly ImportedName[]
}
/** `imported` is `default`, `*` or the name in the other module. */
export interface ImportedName extends Span {
  readonly imported: string
  readonly local: string
}
/** `export const …`, `export { a as b } from`, `export default …` (its value then stands in `default`). */
export interface Export extends Span {
  readonly kind: 'Export'
  readonly declaration: Statement | undefined
  readonly default: Expression | undefined
  readonly names: readonly { readonly local: string; readonly exported: string }[]
  readonly source: string | undefined
}
/** Types, empty statements and what was not understood. */
export interface Skipped extends Span {
  readonly kind: 'Skipped'
}

export type Expression =
  | StringLiteral
  | TemplateLiteral
  | NumberLiteral
  | RegexLiteral
  | Identifier
  | Member
  | Call
  | New
  | Binary
  | Unary
  | Conditional
  | Assignment
  | ObjectLiteral
  | ArrayLiteral
  | FunctionExpression
  | ClassExpression
  | Spread
  | Sequence
  | Jsx
  | Unknown

export interface StringLiteral extends Span {
  readonly kind: 'String'
  readonly value: string
}
/** Also tagged ones. There is one more quasi than expressions. */
export interface TemplateLiteral extends Span {
  readonly kind: 'Template'
  readonly tag: Expression | undefined
  readonly quasis: readonly Quasi[]
  readonly expressions: readonly Expression[]
}
export interface Quasi extends Span {
  readonly value: string
}
export interface NumberLiteral extends Span {
  readonly kind: 'Number'
  readonly text: string
}
export interface RegexLiteral extends Span {
  readonly kind: 'Regex'
  readonly source: string
  readonly flags: string
}
/** Also `this`, `super`, `true`, `false`, `null`, `undefined`. */
export interface Identifier extends Span {
  readonly kind: 'Identifier'
  readonly name: string
}
/** `a.b`, `a?.b`, `a['b']`. `name` is undefined for a computed key that is no plain text. */
export interface Member extends Span {
  readonly kind: 'Member'
  readonly object: Expression
  readonly name: string | undefined
  readonly key: Expression | undefined
}
export interface Call extends Span {
  readonly kind: 'Call'
  readonly callee: Expression
  readonly args: readonly Expression[]
}
export interface New extends Span {
  readonly kind: 'New'
  readonly callee: Expression
  readonly args: readonly Expression[]
}
export interface Binary extends Span {
  readonly kind: 'Binary'
  readonly op: string
  readonly left: Expression
  readonly right: Expression
}
/** `!`, `-`, `typeof`, `await`, `void`, `delete`, `yield`, `++` … */
export interface Unary extends Span {
  readonly kind: 'Unary'
  readonly op: string
  readonly operand: Expression
}
export interface Conditional extends Span {
  readonly kind: 'Conditional'
  readonly test: Expression
  readonly then: Expression
  readonly otherwise: Expression
}
export interface Assignment extends Span {
  readonly kind: 'Assignment'
  readonly op: string
  readonly target: Expression
  readonly value: Expression
}
export interface ObjectLiteral extends Span {
  readonly kind: 'Object'
  readonly properties: readonly Property[]
}
/** A property without `key` is a spread, or its key is `computed`. Methods and accessors hold a function. */
export interface Property extends Span {
  readonly key: string | undefined
  readonly computed: Expression | undefined
  readonly value: Expression
}
export interface ArrayLiteral extends Span {
  readonly kind: 'Array'
  readonly elements: readonly Expression[]
}
export interface FunctionExpression extends Span {
  readonly kind: 'Function'
  readonly name: string | undefined
  readonly params: readonly Param[]
  readonly async: boolean
  readonly arrow: boolean /** An arrow function's expression body is a `Return`. */
  readonly body: readonly Statement[]
}
export interface Param extends Span {
  readonly decorators: readonly Expression[]
  readonly target: Expression
  readonly default: Expression | undefined
  readonly rest: boolean
}
export interface ClassExpression extends Span {
  readonly kind: 'Class'
  readonly decorators: readonly Expression[]
  readonly name: string | undefined
  readonly parent: Expression | undefined
  readonly members: readonly ClassMember[]
}
/** `value` is undefined for a field without initialiser; a static block is a function without name. */
export interface ClassMember extends Span {
  readonly decorators: readonly Expression[]
  readonly name: string | undefined
  readonly computed: Expression | undefined
  readonly static: boolean
  readonly value: Expression | undefined
}
export interface Spread extends Span {
  readonly kind: 'Spread'
  readonly value: Expression
}
export interface Sequence extends Span {
  readonly kind: 'Sequence'
  readonly expressions: readonly Expression[]
}
/** An element: only the expressions inside it are kept. */
export interface Jsx extends Span {
  readonly kind: 'Jsx'
  readonly expressions: readonly Expression[]
}
export interface Unknown extends Span {
  readonly kind: 'Unknown'
}
