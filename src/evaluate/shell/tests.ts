import type { Place } from '../../contracts/place.ts'
import { longestText } from '../../syntax/regex/backtracking.ts'
import { parseRegex } from '../../syntax/regex/parse.ts'
import { isProblem } from '../../syntax/regex/regex.ts'
import type { TestExpression, Word as WordNode } from '../../syntax/shell/shell.ts'
import { couldBe, matches } from './execute.ts'
import { expandOne, partsText, textOf } from './expansion.ts'
import type { Word } from './model.ts'
import type { ShellSource } from './source.ts'
import { absolutePath, askEqual, askOpaque, isSet, nonEmpty, type Shell, treePath } from './state.ts'

/** `[[ … ]]`: words are not split, `==` matches a pattern. */
export function runTest(shell: Shell, source: ShellSource, node: TestExpression): boolean {
  switch (node.type) {
    case 'TestGroup':
      return runTest(shell, source, node.expression)
    case 'TestNot':
      return runTest(shell, source, node.operand) === (node.negations.length % 2 === 0)
    case 'TestLogical':
      return node.operator === '&&'
        ? node.operands.every((operand) => runTest(shell, source, operand))
        : node.operands.some((operand) => runTest(shell, source, operand))
    case 'TestUnary':
      return unaryTest(shell, node.operator, expandOne(shell, source, node.operand), source.place(node.pos, node.end))
    case 'TestBinary':
      return binaryBracketTest(shell, source, node.operator, node.left, node.right, source.place(node.pos, node.end))
  }
}

function binaryBracketTest(
  shell: Shell,
  source: ShellSource,
  operator: string,
  left: WordNode,
  right: WordNode,
  at: Place,
): boolean {
  const word = expandOne(shell, source, left)
  if (operator === '==' || operator === '=') return matches(shell, source, word, right)
  if (operator === '!=') return !matches(shell, source, word, right)
  if (operator === '=~') return regexTest(shell, word, expandOne(shell, source, right), at)
  return binaryTest(shell, word, operator, expandOne(shell, source, right), at)
}

function regexTest(shell: Shell, left: Word, right: Word, at: Place): boolean {
  const text = partsText(left.parts)
  const pattern = partsText(right.parts)
  if (text === undefined || pattern === undefined || /[\\[({]/.test(pattern))
    return askOpaque(shell, at, 'regex', false)
  const parsed = parseRegex(pattern)
  if (!isProblem(parsed) && text.length > longestText(parsed.regex)) return askOpaque(shell, at, 'regex', false)
  try {
    return new RegExp(pattern, 'su').test(text)
  } catch {
    return false
  }
}

/** `test` and `[ … ]` on expanded arguments (without the closing bracket). */
export function runBracket(shell: Shell, args: readonly Word[], at: Place): boolean {
  if (args.some((arg) => arg.splits)) return askOpaque(shell, at, 'test', false)
  return orTest(shell, [...args], at)
}

function orTest(shell: Shell, args: Word[], at: Place): boolean {
  if (args.length > 4 || (args.length === 4 && textOf(args[0]) !== '!')) {
    for (const [operator, all] of [
      ['-o', false],
      ['-a', true],
    ] as const) {
      const index = args.findIndex((arg, i) => i > 0 && i < args.length - 1 && textOf(arg) === operator)
      if (index === -1) continue
      const first = orTest(shell, args.slice(0, index), at)
      if (first !== all) return first
      return orTest(shell, args.slice(index + 1), at)
    }
  }
  const [first, second, third] = args
  if (first === undefined) return false
  if (args.length === 1) return nonEmpty(shell, first.pieces, at)
  if (textOf(first) === '!' && args.length !== 3) return !orTest(shell, args.slice(1), at)
  if (textOf(first) === '!' && !isBinary(textOf(second))) return !orTest(shell, args.slice(1), at)
  if (args.length === 2 && second !== undefined) return unaryTest(shell, textOf(first) ?? '', second, at)
  if (args.length === 3 && second !== undefined && third !== undefined && isBinary(textOf(second))) {
    return binaryTest(shell, first, textOf(second) as string, third, at)
  }
  return askOpaque(shell, at, 'test', false)
}

const numeric: Record<string, (a: bigint, b: bigint) => boolean> = {
  '-eq': (a, b) => a === b,
  '-ne': (a, b) => a !== b,
  '-lt': (a, b) => a < b,
  '-le': (a, b) => a <= b,
  '-gt': (a, b) => a > b,
  '-ge': (a, b) => a >= b,
}

function isBinary(operator: string | undefined): boolean {
  return (
    operator !== undefined &&
    (['=', '==', '!=', '<', '>', '-nt', '-ot', '-ef'].includes(operator) || operator in numeric)
  )
}

function unaryTest(shell: Shell, operator: string, operand: Word, at: Place): boolean {
  const text = partsText(operand.parts)
  switch (operator) {
    case '-n':
      return nonEmpty(shell, operand.pieces, at)
    case '-z':
      return !nonEmpty(shell, operand.pieces, at)
    case '-v':
      return text === undefined ? askOpaque(shell, at, 'set', false) : isSet(shell, text, 'set', at)
    case '-e':
    case '-f':
    case '-d':
    case '-r':
    case '-x':
    case '-s':
      return text === undefined ? askOpaque(shell, at, 'file', false) : fileTest(shell, operator, text, at)
    case '-t':
      return false
    default:
      return askOpaque(shell, at, `test${operator}`, false)
  }
}

/** A file of the repository is on the dyno; another one may have been made by the build. */
function fileTest(shell: Shell, operator: string, path: string, at: Place): boolean {
  const inTree = treePath(shell, absolutePath(shell, path))
  const kind = inTree === undefined ? undefined : inTree === '' ? 'directory' : shell.context.tree.kind(inTree)
  if (kind === undefined) return askOpaque(shell, at, `file${operator}`, false)
  if (operator === '-f') return kind === 'file'
  if (operator === '-d') return kind === 'directory'
  return operator === '-x' || operator === '-s' ? askOpaque(shell, at, `file${operator}`, true) : true
}

function binaryTest(shell: Shell, left: Word, operator: string, right: Word, at: Place): boolean {
  // dash: "unexpected operator"
  if (operator === '==' && shell.dialect === 'sh') return false
  if (operator === '=' || operator === '==') return equal(shell, left, right, at)
  if (operator === '!=') return !equal(shell, left, right, at)
  const [a, b] = [partsText(left.parts), partsText(right.parts)]
  const compare = numeric[operator]
  if (compare !== undefined && a !== undefined && b !== undefined) {
    if (!/^\s*[+-]?\d+\s*$/.test(a) || !/^\s*[+-]?\d+\s*$/.test(b)) return false
    return compare(BigInt(a.trim().replace(/^\+/, '')), BigInt(b.trim().replace(/^\+/, '')))
  }
  return askOpaque(shell, at, `test${operator}`, false)
}

function equal(shell: Shell, left: Word, right: Word, at: Place): boolean {
  const [a, b] = [partsText(left.parts), partsText(right.parts)]
  if (a !== undefined && b !== undefined) return a === b
  if (sameParts(left.parts, right.parts)) return true
  const [open, text] = a === undefined ? [left, b] : [right, a]
  const [only] = open.parts
  if (text !== undefined && open.parts.length === 1 && typeof only === 'object' && only.variable !== undefined) {
    if (text === '') return !nonEmpty(shell, open.pieces, at)
    return couldBe(only.chars, text) && askEqual(shell, only.variable, text, at)
  }
  if (text !== undefined) return prefixedEqual(shell, open, text, at)
  return askOpaque(shell, at, 'equal', false)
}

/** Equal names hold equal text. */
function sameParts(a: Word['parts'], b: Word['parts']): boolean {
  const key = (parts: Word['parts']) =>
    JSON.stringify(
      parts.map((part) => (typeof part === 'string' ? part : { variable: part.variable, name: part.name })),
    )
  return a.every((part) => typeof part === 'string' || part.variable !== undefined) && key(a) === key(b)
}

/** `[ "x$MODE" = xprod ]`: the known beginning decides, or the rest is compared. */
function prefixedEqual(shell: Shell, open: Word, text: string, at: Place): boolean {
  const [first, second, ...others] = open.parts
  if (typeof first === 'string' && !text.startsWith(first)) return false
  if (typeof first === 'string' && typeof second === 'object' && second.variable !== undefined && others.length === 0) {
    const rest = text.slice(first.length)
    if (rest === '') return !nonEmpty(shell, open.pieces.slice(1), at)
    return couldBe(second.chars, rest) && askEqual(shell, second.variable, rest, at)
  }
  return askOpaque(shell, at, 'equal', false)
}
