import type { Problem, Span } from '../../contracts/place.ts'
import type { Arguments, BinaryOperator, Expression, Keyword, Name } from './ast-expressions.ts'

export type * from './ast-expressions.ts'

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
