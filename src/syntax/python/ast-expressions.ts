import type { Span } from '../../contracts/place.ts'

/** The expressions of Python: see `ast.ts`, which exports them too. */

export type Expression =
  | BoolOp
  | NamedExpr
  | BinOp
  | UnaryOp
  | Lambda
  | IfExp
  | Dict
  | SetDisplay
  | ListComp
  | SetComp
  | DictComp
  | GeneratorExp
  | Await
  | Yield
  | YieldFrom
  | Compare
  | Call
  | JoinedStr
  | TemplateStr
  | FormattedValue
  | Interpolation
  | Constant
  | Attribute
  | Subscript
  | Starred
  | Name
  | List
  | Tuple
  | Slice

export interface BoolOp extends Span {
  readonly kind: 'BoolOp'
  readonly op: 'and' | 'or'
  readonly values: readonly Expression[]
}
export interface NamedExpr extends Span {
  readonly kind: 'NamedExpr'
  readonly target: Name
  readonly value: Expression
}
export interface BinOp extends Span {
  readonly kind: 'BinOp'
  readonly left: Expression
  readonly op: BinaryOperator
  readonly right: Expression
}
export interface UnaryOp extends Span {
  readonly kind: 'UnaryOp'
  readonly op: 'not' | '-' | '+' | '~'
  readonly operand: Expression
}
export interface Lambda extends Span {
  readonly kind: 'Lambda'
  readonly args: Arguments
  readonly body: Expression
}
export interface IfExp extends Span {
  readonly kind: 'IfExp'
  readonly test: Expression
  readonly body: Expression
  readonly orelse: Expression
}
/** A key is undefined for `**value`. `keys` and `values` have one length. */
export interface Dict extends Span {
  readonly kind: 'Dict'
  readonly keys: readonly (Expression | undefined)[]
  readonly values: readonly Expression[]
}
export interface SetDisplay extends Span {
  readonly kind: 'Set'
  readonly elts: readonly Expression[]
}
export interface ListComp extends Span {
  readonly kind: 'ListComp'
  readonly elt: Expression
  readonly generators: readonly Comprehension[]
}
export interface SetComp extends Span {
  readonly kind: 'SetComp'
  readonly elt: Expression
  readonly generators: readonly Comprehension[]
}
export interface DictComp extends Span {
  readonly kind: 'DictComp'
  readonly key: Expression
  readonly value: Expression
  readonly generators: readonly Comprehension[]
}
export interface GeneratorExp extends Span {
  readonly kind: 'GeneratorExp'
  readonly elt: Expression
  readonly generators: readonly Comprehension[]
}
export interface Comprehension {
  readonly target: Expression
  readonly iter: Expression
  readonly ifs: readonly Expression[]
  readonly isAsync: boolean
}
export interface Await extends Span {
  readonly kind: 'Await'
  readonly value: Expression
}
export interface Yield extends Span {
  readonly kind: 'Yield'
  readonly value: Expression | undefined
}
export interface YieldFrom extends Span {
  readonly kind: 'YieldFrom'
  readonly value: Expression
}
export interface Compare extends Span {
  readonly kind: 'Compare'
  readonly left: Expression
  readonly ops: readonly CompareOperator[]
  readonly comparators: readonly Expression[]
}
export interface Call extends Span {
  readonly kind: 'Call'
  readonly func: Expression
  readonly args: readonly Expression[]
  readonly keywords: readonly Keyword[]
}
/** `arg` is undefined for `**value`. */
export interface Keyword extends Span {
  readonly kind: 'keyword'
  readonly arg: string | undefined
  readonly value: Expression
}
/** An f-string, or several adjacent string literals of which one is. Values are `Constant` (str) or `FormattedValue`. */
export interface JoinedStr extends Span {
  readonly kind: 'JoinedStr'
  readonly values: readonly Expression[]
}
export interface FormattedValue extends Span {
  readonly kind: 'FormattedValue'
  readonly value: Expression
  readonly conversion: 's' | 'r' | 'a' | undefined
  readonly formatSpec: JoinedStr | undefined
}
/** A t-string (3.14). */
export interface TemplateStr extends Span {
  readonly kind: 'TemplateStr'
  readonly values: readonly Expression[]
}
export interface Interpolation extends Span {
  readonly kind: 'Interpolation'
  readonly value: Expression
  readonly source: string
  readonly conversion: 's' | 'r' | 'a' | undefined
  readonly formatSpec: JoinedStr | undefined
}
/** Adjacent string literals are one constant, as in CPython. `bytes` hold one character per byte. */
export interface Constant extends Span {
  readonly kind: 'Constant'
  readonly value: ConstantValue
}
export type ConstantValue =
  | { readonly type: 'none' | 'ellipsis' }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'int'; readonly value: bigint }
  | { readonly type: 'float' | 'complex'; readonly value: number }
  | { readonly type: 'str' | 'bytes'; readonly value: string }
export interface Attribute extends Span {
  readonly kind: 'Attribute'
  readonly value: Expression
  readonly attr: string
}
export interface Subscript extends Span {
  readonly kind: 'Subscript'
  readonly value: Expression
  readonly slice: Expression
}
export interface Starred extends Span {
  readonly kind: 'Starred'
  readonly value: Expression
}
export interface Name extends Span {
  readonly kind: 'Name'
  readonly id: string
}
export interface List extends Span {
  readonly kind: 'List'
  readonly elts: readonly Expression[]
}
export interface Tuple extends Span {
  readonly kind: 'Tuple'
  readonly elts: readonly Expression[]
}
export interface Slice extends Span {
  readonly kind: 'Slice'
  readonly lower: Expression | undefined
  readonly upper: Expression | undefined
  readonly step: Expression | undefined
}

export type BinaryOperator = '+' | '-' | '*' | '@' | '/' | '%' | '**' | '<<' | '>>' | '|' | '^' | '&' | '//'
export type CompareOperator = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'is' | 'is not' | 'in' | 'not in'

export interface Arguments {
  readonly posonly: readonly Argument[]
  readonly args: readonly Argument[]
  readonly vararg: Argument | undefined
  readonly kwonly: readonly Argument[]
  readonly kwarg: Argument | undefined
}
export interface Argument extends Span {
  readonly kind: 'arg'
  readonly name: string
  readonly annotation: Expression | undefined
  readonly default: Expression | undefined
}
