import type { Place } from '../../../../contracts/place.ts'
import type { ConstantValue, Expression } from '../../../../syntax/python/ast.ts'
import { parsePython } from '../../../../syntax/python/parse.ts'
import { bool, bytes, dict, float, int, list, none, set, text, tuple } from '../../constructors.ts'
import { same } from '../../equality.ts'
import type { DictEntry, Value } from '../../value.ts'

/** `ast.literal_eval` of a text; `invalid` when Python would raise ValueError or SyntaxError, undefined when unsure. */
export function literalEval(source: string, at: Place): Value | 'invalid' | undefined {
  if (source.length > 100_000) return undefined
  const expression = expressionIn(source)
  return expression === undefined ? 'invalid' : literal(expression, at)
}

/** The expression that a text is; undefined: Python calls it a syntax error. */
export function expressionIn(source: string): Expression | undefined {
  const module = parsePython(source.replace(/^[ \t]+/, ''))
  const [only] = module.body
  return module.problems.length === 0 && module.body.length === 1 && only?.kind === 'Expr' ? only.value : undefined
}

function literal(node: Expression, at: Place): Value | 'invalid' | undefined {
  switch (node.kind) {
    case 'Constant':
      return constant(node.value, at)
    case 'UnaryOp': {
      const operand = literal(node.operand, at)
      if (operand === undefined || operand === 'invalid' || (node.op !== '-' && node.op !== '+')) return 'invalid'
      if (operand.type === 'int') return node.op === '-' ? int(-operand.value, at) : operand
      if (operand.type === 'float') return node.op === '-' ? float(-operand.value, at) : operand
      return 'invalid'
    }
    case 'List':
      return collect(node.elts, at, (items) => list(items, at))
    case 'Tuple':
      return collect(node.elts, at, (items) => tuple(items, at))
    case 'Set':
      return collect(node.elts, at, (items) => set(unique(items), at))
    case 'Dict': {
      const entries: DictEntry[] = []
      for (const [index, keyNode] of node.keys.entries()) {
        const key = keyNode === undefined ? 'invalid' : literal(keyNode, at)
        const value = literal(node.values[index] as Expression, at)
        if (key === undefined || value === undefined) return undefined
        if (key === 'invalid' || value === 'invalid') return 'invalid'
        const before = entries.find((entry) => same(entry.key, key) === true)
        if (before === undefined) entries.push({ key, value, at })
        else before.value = value
      }
      return dict(entries, at)
    }
    case 'Call': {
      const isSet = node.func.kind === 'Name' && node.func.id === 'set'
      return isSet && node.args.length + node.keywords.length === 0 ? set([], at) : 'invalid'
    }
    case 'BinOp':
      // Sums of a number and an imaginary one are allowed; they stay open.
      return [node.left, node.right].some(isImaginary) ? undefined : 'invalid'
    default:
      return 'invalid'
  }
}

function isImaginary(node: Expression): boolean {
  return node.kind === 'Constant' && node.value.type === 'complex'
}

function collect(
  nodes: readonly Expression[],
  at: Place,
  make: (items: Value[]) => Value,
): Value | 'invalid' | undefined {
  const items: Value[] = []
  for (const node of nodes) {
    const item = literal(node, at)
    if (item === undefined || item === 'invalid') return item
    items.push(item)
  }
  return make(items)
}

function unique(items: readonly Value[]): Value[] {
  return items.filter((item, i) => !items.slice(0, i).some((other) => same(item, other) === true))
}

function constant(value: ConstantValue, at: Place): Value | undefined {
  switch (value.type) {
    case 'none':
      return none(at)
    case 'ellipsis':
      return { type: 'ellipsis', at }
    case 'bool':
      return bool(value.value, at)
    case 'int':
      return int(value.value, at)
    case 'float':
      return float(value.value, at)
    case 'str':
      return text(value.value, at)
    case 'bytes':
      return bytes(value.value, at)
    default:
      return undefined
  }
}
