import type { Place } from '../../contracts/place.ts'
import type { ArithmeticExpression } from '../../syntax/shell/shell.ts'
import type { Part } from '../parts.ts'
import { lookup, type Shell, unknownHole } from './state.ts'

/** The value of `$((…))`, or a hole when it rests on something unknown. */
export function evaluateArithmetic(shell: Shell, node: ArithmeticExpression | undefined, at: Place): Part {
  const value = node === undefined ? 0n : arithmeticValue(shell, node, at, 0)
  return value === undefined ? { ...unknownHole('$((…))', true), chars: 'word' } : String(value)
}

const maxDepth = 50

/** An arithmetic value; undefined when it is not known. Assignments inside are not followed: their result is unknown. */
export function arithmeticValue(
  shell: Shell,
  node: ArithmeticExpression,
  at: Place,
  depth: number,
): bigint | undefined {
  if (depth > maxDepth) return undefined
  const of = (inner: ArithmeticExpression) => arithmeticValue(shell, inner, at, depth + 1)
  switch (node.type) {
    case 'ArithmeticGroup':
      return of(node.expression)
    case 'ArithmeticWord':
      return node.parts === undefined || node.parts.every((p) => p.type === 'SimpleExpansion' || p.type === 'Literal')
        ? wordValue(shell, node.value, at)
        : undefined
    case 'ArithmeticUnary':
      return unary(node.operator, of(node.operand))
    case 'ArithmeticTernary': {
      const test = of(node.test)
      return test === undefined ? undefined : of(test === 0n ? node.alternate : node.consequent)
    }
    case 'ArithmeticBinary': {
      const left = of(node.left)
      const right = of(node.right)
      return left === undefined || right === undefined ? undefined : binary(node.operator, left, right)
    }
    case 'ArithmeticCommandExpansion':
      return undefined
  }
}

function wordValue(shell: Shell, text: string, at: Place): bigint | undefined {
  if (/^(?:0[xX][0-9a-fA-F]+|[1-9]\d*|0)$/.test(text)) return BigInt(text)
  if (/^0[0-7]+$/.test(text)) return BigInt(`0o${text.slice(1)}`)
  const name = /^\$?(?:\{(\w+)\}|([A-Za-z_]\w*))$/.exec(text)
  if (name === null) return undefined
  const pieces = lookup(shell, (name[1] ?? name[2]) as string, at)
  if (pieces === undefined) return 0n
  const [only] = pieces
  if (pieces.length !== 1 || typeof only?.part !== 'string') return pieces.length === 0 ? 0n : undefined
  return /^-?\d{1,18}$/.test(only.part) && !/^-?0\d/.test(only.part) ? BigInt(only.part) : undefined
}

function unary(operator: string, value: bigint | undefined): bigint | undefined {
  if (value === undefined) return undefined
  if (operator === '-') return -value
  if (operator === '+') return value
  if (operator === '!') return value === 0n ? 1n : 0n
  if (operator === '~') return ~value
  return undefined
}

function binary(operator: string, a: bigint, b: bigint): bigint | undefined {
  const truth = (value: boolean) => (value ? 1n : 0n)
  switch (operator) {
    case '+':
      return a + b
    case '-':
      return a - b
    case '*':
      return BigInt.asIntN(64, a * b)
    case '/':
      return b === 0n ? undefined : a / b
    case '%':
      return b === 0n ? undefined : a % b
    case '**':
      return b < 0n || b > 63n ? undefined : BigInt.asIntN(64, a ** b)
    case '<<':
      return b < 0n || b > 63n ? undefined : BigInt.asIntN(64, a << b)
    case '>>':
      return b < 0n || b > 63n ? undefined : a >> b
    case '<':
      return truth(a < b)
    case '>':
      return truth(a > b)
    case '<=':
      return truth(a <= b)
    case '>=':
      return truth(a >= b)
    case '==':
      return truth(a === b)
    case '!=':
      return truth(a !== b)
    case '&':
      return a & b
    case '|':
      return a | b
    case '^':
      return a ^ b
    case '&&':
      return truth(a !== 0n && b !== 0n)
    case '||':
      return truth(a !== 0n || b !== 0n)
    case ',':
      return b
    default:
      return undefined
  }
}
