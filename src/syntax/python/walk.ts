import type * as ast from './ast.ts'

/** Everything in a tree that has a kind and a span. */
export type PythonNode =
  | ast.Module
  | ast.Statement
  | ast.Expression
  | ast.Pattern
  | ast.ExceptHandler
  | ast.Alias
  | ast.Keyword
  | ast.Argument
  | ast.TypeParam

/** Whether a node is a `def`, with `async` before it or not. */
export const isFunction = (node: PythonNode): node is ast.FunctionDef =>
  node.kind === 'FunctionDef' || node.kind === 'AsyncFunctionDef'

/** The text of a string that is written out: `'type'` -> type. */
export const literalText = (node: PythonNode | undefined): string | undefined =>
  node?.kind === 'Constant' && node.value.type === 'str' ? node.value.value : undefined

/** Whether names and statements in a node are not those of the code around it: a function, a lambda, a class. */
export const opensScope = ({ kind }: PythonNode): boolean => scopes.has(kind)

const scopes: ReadonlySet<PythonNode['kind']> = new Set(['FunctionDef', 'AsyncFunctionDef', 'Lambda', 'ClassDef'])

/** What a field can hold: a node, a part without a span (its own nodes count), a list of these, or nothing. */
type Part = PythonNode | ast.Arguments | ast.Comprehension | ast.WithItem | ast.MatchCase

/**
 * The fields with nodes of each kind, in source order as far as one order can say: of a dict, a mapping and a
 * call the halves follow each other.
 */
const FIELDS: Readonly<Record<PythonNode['kind'], readonly string[]>> = {
  Module: ['body'],
  FunctionDef: ['decorators', 'typeParams', 'args', 'returns', 'body'],
  AsyncFunctionDef: ['decorators', 'typeParams', 'args', 'returns', 'body'],
  ClassDef: ['decorators', 'typeParams', 'bases', 'keywords', 'body'],
  Return: ['value'],
  Delete: ['targets'],
  Assign: ['targets', 'value'],
  TypeAlias: ['name', 'typeParams', 'value'],
  AugAssign: ['target', 'value'],
  AnnAssign: ['target', 'annotation', 'value'],
  For: ['target', 'iter', 'body', 'orelse'],
  AsyncFor: ['target', 'iter', 'body', 'orelse'],
  While: ['test', 'body', 'orelse'],
  If: ['test', 'body', 'orelse'],
  With: ['items', 'body'],
  AsyncWith: ['items', 'body'],
  Match: ['subject', 'cases'],
  Raise: ['exc', 'cause'],
  Try: ['body', 'handlers', 'orelse', 'finalbody'],
  ExceptHandler: ['type', 'body'],
  Assert: ['test', 'msg'],
  Import: ['names'],
  ImportFrom: ['names'],
  alias: [],
  Global: [],
  Nonlocal: [],
  Expr: ['value'],
  Pass: [],
  Break: [],
  Continue: [],
  Damaged: [],
  BoolOp: ['values'],
  NamedExpr: ['target', 'value'],
  BinOp: ['left', 'right'],
  UnaryOp: ['operand'],
  Lambda: ['args', 'body'],
  IfExp: ['body', 'test', 'orelse'],
  Dict: ['keys', 'values'],
  Set: ['elts'],
  ListComp: ['elt', 'generators'],
  SetComp: ['elt', 'generators'],
  DictComp: ['key', 'value', 'generators'],
  GeneratorExp: ['elt', 'generators'],
  Await: ['value'],
  Yield: ['value'],
  YieldFrom: ['value'],
  Compare: ['left', 'comparators'],
  Call: ['func', 'args', 'keywords'],
  keyword: ['value'],
  JoinedStr: ['values'],
  TemplateStr: ['values'],
  FormattedValue: ['value', 'formatSpec'],
  Interpolation: ['value', 'formatSpec'],
  Constant: [],
  Attribute: ['value'],
  Subscript: ['value', 'slice'],
  Starred: ['value'],
  Name: [],
  List: ['elts'],
  Tuple: ['elts'],
  Slice: ['lower', 'upper', 'step'],
  arg: ['annotation', 'default'],
  TypeVar: ['bound', 'default'],
  TypeVarTuple: ['bound', 'default'],
  ParamSpec: ['bound', 'default'],
  MatchValue: ['value'],
  MatchSingleton: [],
  MatchSequence: ['patterns'],
  MatchMapping: ['keys', 'patterns'],
  MatchClass: ['cls', 'patterns', 'kwdPatterns'],
  MatchStar: [],
  MatchAs: ['pattern'],
  MatchOr: ['patterns'],
}
const ARGUMENTS = ['posonly', 'args', 'vararg', 'kwonly', 'kwarg']
const COMPREHENSION = ['target', 'iter', 'ifs']
const WITH_ITEM = ['context', 'vars']
const MATCH_CASE = ['pattern', 'guard', 'body']

/** The nodes directly under `node`; parts without a span, such as parameters, give theirs. */
export function children(node: PythonNode): PythonNode[] {
  const found: PythonNode[] = []
  addFields(node, FIELDS[node.kind], found)
  return found
}

/**
 * Calls `visit` for `node` and everything under it, parents first. Where `visit` returns false, what is under
 * the node is skipped. Safe for trees of any depth.
 */
export function walk(node: PythonNode, visit: (node: PythonNode) => unknown): void {
  const pending = [node]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (visit(next) === false) continue
    const below = children(next)
    for (let i = below.length - 1; i >= 0; i--) pending.push(below[i] as PythonNode)
  }
}

function addFields(part: Part, fields: readonly string[], into: PythonNode[]): void {
  for (const field of fields) {
    const value = (part as unknown as Readonly<Record<string, Part | readonly (Part | undefined)[] | undefined>>)[field]
    if (value === undefined) continue
    if (Array.isArray(value)) for (const element of value as readonly (Part | undefined)[]) addPart(element, into)
    else addPart(value as Part, into)
  }
}

function addPart(part: Part | undefined, into: PythonNode[]): void {
  if (part === undefined) return
  if ('kind' in part) into.push(part)
  else if ('posonly' in part) addFields(part, ARGUMENTS, into)
  else if ('iter' in part) addFields(part, COMPREHENSION, into)
  else if ('context' in part) addFields(part, WITH_ITEM, into)
  else addFields(part, MATCH_CASE, into)
}
