import type { Problem, Span } from '../../text.ts'

/**
 * Abstract syntax of Python 3.8 to 3.14. Kinds and fields follow CPython's `ast` module, so that the
 * two can be compared node by node: the span of a node is [lineno/col_offset, end_lineno/end_col_offset)
 * of CPython, in UTF-16 offsets. (Decorated definitions start at `def`/`class`, as in CPython.)
 */

export interface Module extends Span {
  readonly kind: 'Module'
  readonly body: readonly Statement[]
  /** What could not be parsed; each became a `Damaged` statement or was skipped. Sorted by position. */
  readonly problems: readonly Problem[]
  /** Comments in order, `#` included: suppressions are found here. */
  readonly comments: readonly Span[]
}

export type Statement =
  | FunctionDef
  | ClassDef
  | Return
  | Delete
  | Assign
  | TypeAlias
  | AugAssign
  | AnnAssign
  | For
  | While
  | If
  | With
  | Match
  | Raise
  | Try
  | Assert
  | Import
  | ImportFrom
  | Global
  | Nonlocal
  | ExprStatement
  | Pass
  | Break
  | Continue
  | Damaged

/** A logical line (or block) the reader could not understand. Whatever it did is unknown. */
export interface Damaged extends Span {
  readonly kind: 'Damaged'
}

export interface FunctionDef extends Span {
  readonly kind: 'FunctionDef' | 'AsyncFunctionDef'
  readonly name: string
  readonly nameSpan: Span
  readonly args: Arguments
  readonly body: readonly Statement[]
  readonly decorators: readonly Expression[]
  readonly returns: Expression | undefined
  readonly typeParams: readonly TypeParam[]
}
export interface ClassDef extends Span {
  readonly kind: 'ClassDef'
  readonly name: string
  readonly nameSpan: Span
  readonly bases: readonly Expression[]
  readonly keywords: readonly Keyword[]
  readonly body: readonly Statement[]
  readonly decorators: readonly Expression[]
  readonly typeParams: readonly TypeParam[]
}
export interface Return extends Span {
  readonly kind: 'Return'
  readonly value: Expression | undefined
}
export interface Delete extends Span {
  readonly kind: 'Delete'
  readonly targets: readonly Expression[]
}
export interface Assign extends Span {
  readonly kind: 'Assign'
  readonly targets: readonly Expression[]
  readonly value: Expression
}
export interface TypeAlias extends Span {
  readonly kind: 'TypeAlias'
  readonly name: Name
  readonly typeParams: readonly TypeParam[]
  readonly value: Expression
}
export interface AugAssign extends Span {
  readonly kind: 'AugAssign'
  readonly target: Expression
  readonly op: BinaryOperator
  readonly value: Expression
}
export interface AnnAssign extends Span {
  readonly kind: 'AnnAssign'
  readonly target: Expression
  readonly annotation: Expression
  readonly value: Expression | undefined
  readonly simple: boolean
}
export interface For extends Span {
  readonly kind: 'For' | 'AsyncFor'
  readonly target: Expression
  readonly iter: Expression
  readonly body: readonly Statement[]
  readonly orelse: readonly Statement[]
}
export interface While extends Span {
  readonly kind: 'While'
  readonly test: Expression
  readonly body: readonly Statement[]
  readonly orelse: readonly Statement[]
}
/** `elif` is an `If` alone in `orelse`, as in CPython. */
export interface If extends Span {
  readonly kind: 'If'
  readonly test: Expression
  readonly body: readonly Statement[]
  readonly orelse: readonly Statement[]
}
export interface With extends Span {
  readonly kind: 'With' | 'AsyncWith'
  readonly items: readonly WithItem[]
  readonly body: readonly Statement[]
}
export interface WithItem {
  readonly context: Expression
  readonly vars: Expression | undefined
}
export interface Match extends Span {
  readonly kind: 'Match'
  readonly subject: Expression
  readonly cases: readonly MatchCase[]
}
export interface MatchCase {
  readonly pattern: Pattern
  readonly guard: Expression | undefined
  readonly body: readonly Statement[]
}
export interface Raise extends Span {
  readonly kind: 'Raise'
  readonly exc: Expression | undefined
  readonly cause: Expression | undefined
}
/** `star` for `except*`. */
export interface Try extends Span {
  readonly kind: 'Try'
  readonly star: boolean
  readonly body: readonly Statement[]
  readonly handlers: readonly ExceptHandler[]
  readonly orelse: readonly Statement[]
  readonly finalbody: readonly Statement[]
}
export interface ExceptHandler extends Span {
  readonly kind: 'ExceptHandler'
  readonly type: Expression | undefined
  readonly name: string | undefined
  readonly body: readonly Statement[]
}
export interface Assert extends Span {
  readonly kind: 'Assert'
  readonly test: Expression
  readonly msg: Expression | undefined
}
export interface Import extends Span {
  readonly kind: 'Import'
  readonly names: readonly Alias[]
}
/** `names` is one alias `*` for a star import. `level` counts the leading dots. */
export interface ImportFrom extends Span {
  readonly kind: 'ImportFrom'
  readonly module: string | undefined
  readonly level: number
  readonly names: readonly Alias[]
}
export interface Alias extends Span {
  readonly kind: 'alias'
  readonly name: string
  readonly asname: string | undefined
}
export interface Global extends Span {
  readonly kind: 'Global'
  readonly names: readonly string[]
}
export interface Nonlocal extends Span {
  readonly kind: 'Nonlocal'
  readonly names: readonly string[]
}
/** CPython's `Expr`. */
export interface ExprStatement extends Span {
  readonly kind: 'Expr'
  readonly value: Expression
}
export interface Pass extends Span {
  readonly kind: 'Pass'
}
export interface Break extends Span {
  readonly kind: 'Break'
}
export interface Continue extends Span {
  readonly kind: 'Continue'
}

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

export interface TypeParam extends Span {
  readonly kind: 'TypeVar' | 'TypeVarTuple' | 'ParamSpec'
  readonly name: string
  readonly bound: Expression | undefined
  readonly default: Expression | undefined
}

export type Pattern =
  | (Span & { readonly kind: 'MatchValue'; readonly value: Expression })
  | (Span & { readonly kind: 'MatchSingleton'; readonly value: null | boolean })
  | (Span & { readonly kind: 'MatchSequence'; readonly patterns: readonly Pattern[] })
  | (Span & {
      readonly kind: 'MatchMapping'
      readonly keys: readonly Expression[]
      readonly patterns: readonly Pattern[]
      readonly rest: string | undefined
    })
  | (Span & {
      readonly kind: 'MatchClass'
      readonly cls: Expression
      readonly patterns: readonly Pattern[]
      readonly kwdAttrs: readonly string[]
      readonly kwdPatterns: readonly Pattern[]
    })
  | (Span & { readonly kind: 'MatchStar'; readonly name: string | undefined })
  | (Span & { readonly kind: 'MatchAs'; readonly pattern: Pattern | undefined; readonly name: string | undefined })
  | (Span & { readonly kind: 'MatchOr'; readonly patterns: readonly Pattern[] })
