import type { Span } from '../../../contracts/place.ts'
import type { CompareOperator } from '../../../syntax/python/ast.ts'
import type { Hole, Part } from '../../parts.ts'
import { among, numberOf, same } from '../equality.ts'
import type { NativeClass } from '../library.ts'
import { noteKind } from '../types/dict.ts'
import { needHashable } from '../types/hashable.ts'
import { hasItem } from '../types/item-index.ts'
import { canBe, contains, withoutCommon } from '../types/parts.ts'
import { isOpenTo, plain, type StrValue, type Value } from '../value.ts'
import { callMethodNamed, findMethod } from './attributes.ts'
import { askTest, askText } from './decisions.ts'
import { iterate } from './iteration.ts'
import { type Machine, standAt } from './machine.ts'
import { raise } from './raising.ts'
import { knownTruth, truth } from './truth.ts'
import { isOpaque, typeName } from './types.ts'

/** One comparison. `node`: the whole test, for the question when the answer cannot be known. */
export function compare(m: Machine, op: CompareOperator, left: Value, right: Value, node: Span): boolean {
  switch (op) {
    case '==':
      return equal(m, left, right, node)
    case '!=':
      return notEqual(m, left, right, node)
    case 'is':
      return identical(m, left, right, node)
    case 'is not':
      return !identical(m, left, right, node, true)
    case 'in':
      return isIn(m, left, right, node)
    case 'not in':
      return !isIn(m, left, right, node, true)
    default:
      return ordered(m, op, left, right, node)
  }
}

/** The answer of a comparison without asking; undefined when one would have to ask. */
export function compareKnown(m: Machine, op: CompareOperator, left: Value, right: Value): boolean | undefined {
  if (left.type === 'instance' || right.type === 'instance') return undefined
  const own = comparedByModel(m, op, left, right)
  if (own !== undefined) return own
  const not = (answer: boolean | undefined): boolean | undefined => (answer === undefined ? undefined : !answer)
  switch (op) {
    case '==':
      return same(left, right)
    case '!=':
      return not(same(left, right))
    case 'is':
      return identicalKnown(left, right)
    case 'is not':
      return not(identicalKnown(left, right))
    case 'in':
      return inKnown(m, left, right)
    case 'not in':
      return not(inKnown(m, left, right))
    default:
      return orderKnown(op, left, right)
  }
}

/** What the model of one of the sides says. */
function comparedByModel(m: Machine, op: CompareOperator, left: Value, right: Value): boolean | undefined {
  if (!['==', '!=', '<', '<=', '>', '>='].includes(op)) return undefined
  for (const [self, other, seen] of [
    [left, right, op],
    [right, left, reversed[op] ?? op],
  ] as const) {
    const answer = self.type === 'object' ? (self.model as NativeClass).compare?.(m, seen, self, other) : undefined
    if (answer !== undefined) return answer
  }
  return undefined
}

export function equal(m: Machine, left: Value, right: Value, node: Span, negated = false): boolean {
  const own = specialCompare(m, '__eq__', '==', left, right)
  if (own !== undefined) return own
  const answer = same(left, right)
  if (answer !== undefined) return answer
  return askEqual(m, left, right, node, negated)
}

function notEqual(m: Machine, left: Value, right: Value, node: Span): boolean {
  const own = specialCompare(m, '__ne__', '!=', left, right)
  return own ?? !equal(m, left, right, node, true)
}

/** The same comparison from the other side. */
const reversed: Partial<Record<CompareOperator, CompareOperator>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' }

/** A comparison that a class of the project or of a model defines itself. */
function specialCompare(
  m: Machine,
  method: string,
  op: CompareOperator,
  left: Value,
  right: Value,
): boolean | undefined {
  for (const [self, other] of [
    [left, right],
    [right, left],
  ] as const) {
    if (self.type === 'instance') {
      const found = findMethod(self, method)
      if (found !== undefined) {
        const answer = callMethodNamed(m, self, found, { positional: [other], keywords: new Map(), open: false })
        return knownTruth(m, answer)
      }
    }
  }
  return comparedByModel(m, op, left, right)
}

function askEqual(m: Machine, left: Value, right: Value, node: Span, negated: boolean): boolean {
  if (left.type === 'str' && right.type === 'str') {
    const [a, b] = withoutCommon(left.parts, right.parts)
    const hole = onlyHole(a) ?? onlyHole(b)
    const text = onlyText(a) ?? onlyText(b)
    if (hole !== undefined && text !== undefined) return askHoleIs(m, hole, [text])
  }
  if ((left.type === 'list' || left.type === 'tuple') && right.type === left.type) {
    if (left.rest === undefined && right.rest === undefined) {
      return left.items.every((item, i) => equal(m, item, right.items[i] as Value, node, negated))
    }
  }
  standAt(m, node)
  return askTest(m, node, [left, right], negated)
}

function onlyHole(parts: readonly Part[]): Hole | undefined {
  const [only] = parts
  return parts.length === 1 && typeof only === 'object' ? only : undefined
}

function onlyText(parts: readonly Part[]): string | undefined {
  if (parts.length === 0) return ''
  const [only] = parts
  return parts.length === 1 && typeof only === 'string' ? only : undefined
}

/** Asks whether a hole is one of these texts. */
export function askHoleIs(m: Machine, hole: Hole, texts: readonly string[]): boolean {
  const possible = texts.filter((text) => canBe(hole, text))
  if (possible.length === 0) return false
  const [first] = possible
  const shown = possible.map((text) => `"${text}"`).join(', ')
  const name = hole.name
  return askText(m, {
    hole,
    suffix: possible.length === 1 ? `=${first}` : ` in ${shown}`,
    test: (text) => possible.includes(text),
    among: possible,
    yes:
      possible.length === 1
        ? { en: `${name} is ${shown}`, fr: `${name} vaut ${shown}` }
        : { en: `${name} is one of ${shown}`, fr: `${name} fait partie de ${shown}` },
    no:
      possible.length === 1
        ? { en: `${name} is not ${shown}`, fr: `${name} ne vaut pas ${shown}` }
        : { en: `${name} is none of ${shown}`, fr: `${name} ne fait pas partie de ${shown}` },
  })
}

const singletons = new Set(['none', 'bool', 'ellipsis'])

function identicalKnown(left: Value, right: Value): boolean | undefined {
  if (left === right) return true
  if (isOpaque(left) || isOpaque(right)) {
    if (left.type === 'external' && right.type !== 'external' && !isOpaque(right)) return false
    if (right.type === 'external' && left.type !== 'external' && !isOpaque(left)) return false
    const answer = same(left, right)
    return answer === true ? undefined : answer
  }
  if (singletons.has(left.type) || singletons.has(right.type)) return left.type === right.type && same(left, right)
  const immutable = left.type === 'str' || left.type === 'int' || left.type === 'external' || left.type === 'native'
  return immutable ? same(left, right) : left.type === 'module' && same(left, right) === true
}

function identical(m: Machine, left: Value, right: Value, node: Span, negated = false): boolean {
  const answer = identicalKnown(left, right)
  if (answer !== undefined) return answer
  if (left.type === 'str' && right.type === 'str') return askEqual(m, left, right, node, negated)
  standAt(m, node)
  return askTest(m, node, [left, right], negated)
}

function inKnown(m: Machine, item: Value, container: Value): boolean | undefined {
  if (container.type === 'dict' || (container.type === 'set' && item.type !== 'set')) needHashable(m, item)
  switch (container.type) {
    case 'list':
    case 'tuple':
    case 'set': {
      const answer = container.type === 'set' ? hasItem(container.items, item) : among(item, container.items)
      return answer === false && container.rest !== undefined ? undefined : answer
    }
    case 'dict': {
      const answer = among(
        item,
        container.entries.map((entry) => entry.key),
      )
      noteKind(m, container, item, answer !== false || isOpenTo(container.rest, item))
      return answer === false && isOpenTo(container.rest, item) ? undefined : answer
    }
    case 'str': {
      const needle = plain(item)
      if (item.type === 'str' && needle === undefined) return same(item, container) === true ? true : undefined
      return needle === undefined ? undefined : contains(container.parts, needle)
    }
    case 'object':
      return (container.model as NativeClass).contains?.(m, container, item)
    default:
      return undefined
  }
}

function isIn(m: Machine, item: Value, container: Value, node: Span, negated = false): boolean {
  standAt(m, node)
  if (container.type === 'str' && item.type !== 'str' && item.type !== 'unknown' && item.type !== 'call') {
    raise(m, 'TypeError', `'in <string>' requires string as left operand, not ${typeName(item)}`)
  }
  if (container.type === 'bytes') {
    if (item.type === 'bytes') return container.value.includes(item.value)
    const code = numberOf(item)
    if (typeof code === 'bigint') return container.value.includes(String.fromCharCode(Number(code)))
    if (!isOpaque(item)) raise(m, 'TypeError', `a bytes-like object is required, not '${typeName(item)}'`)
    return askTest(m, node, [container, item], negated)
  }
  if (container.type === 'instance') {
    const method = findMethod(container, '__contains__')
    if (method !== undefined) {
      const args = { positional: [item], keywords: new Map<string, Value>(), open: false }
      return truth(m, callMethodNamed(m, container, method, args), node)
    }
  }
  const answer = inKnown(m, item, container)
  if (answer !== undefined) return answer
  if (container.type === 'str') return askContains(m, item, container, node, negated)
  if (isOpaque(container)) {
    return askTest(m, node, [container, item], negated)
  }
  const { items, rest } = iterate(m, container, node)
  return askAmong(m, item, items, node, negated) || (rest !== undefined && askTest(m, node, [rest, item], negated))
}

function askAmong(m: Machine, item: Value, items: readonly Value[], node: Span, negated: boolean): boolean {
  const hole = item.type === 'str' ? onlyHole(item.parts) : undefined
  if (hole !== undefined) {
    const texts = items.map(plain).filter((text) => text !== undefined)
    if (texts.length > 0 && askHoleIs(m, hole, [...new Set(texts)])) return true
    return items.some((other) => plain(other) === undefined && equal(m, item, other, node, negated))
  }
  if (isOpaque(item)) return items.length > 0 && askTest(m, node, [item], negated)
  return items.some((other) => equal(m, item, other, node, negated))
}

function askContains(m: Machine, item: Value, container: StrValue, node: Span, negated: boolean): boolean {
  const hole = onlyHole(container.parts)
  const needle = plain(item)
  if (hole === undefined || needle === undefined) return askTest(m, node, [container, item], negated)
  return askText(m, {
    hole,
    suffix: `.contains("${needle}")`,
    test: (text) => text.includes(needle),
    yes: { en: `${hole.name} contains "${needle}"`, fr: `${hole.name} contient "${needle}"` },
    no: { en: `${hole.name} does not contain "${needle}"`, fr: `${hole.name} ne contient pas "${needle}"` },
  })
}

type Order = '<' | '<=' | '>' | '>='
const orderMethods: Readonly<Record<Order, string>> = { '<': '__lt__', '<=': '__le__', '>': '__gt__', '>=': '__ge__' }

function ordered(m: Machine, op: Order, left: Value, right: Value, node: Span): boolean {
  standAt(m, node)
  const own = specialCompare(m, orderMethods[op], op, left, right)
  if (own !== undefined) return own
  const answer = orderKnown(op, left, right)
  if (answer !== undefined) return answer
  const open = (value: Value): boolean =>
    ['unknown', 'call', 'external', 'object', 'instance', 'method', 'native'].includes(value.type)
  const comparable = left.type === right.type && ['str', 'list', 'tuple', 'set', 'bytes'].includes(left.type)
  if (!open(left) && !open(right) && !comparable && !(isNumber(left) && isNumber(right))) {
    raise(m, 'TypeError', `'${op}' not supported between instances of '${typeName(left)}' and '${typeName(right)}'`)
  }
  return askTest(m, node, [left, right])
}

function isNumber(value: Value): boolean {
  return numberOf(value) !== undefined
}

function orderKnown(op: Order, left: Value, right: Value): boolean | undefined {
  const [x, y] = [numberOf(left), numberOf(right)]
  if (x !== undefined && y !== undefined) return apply(op, x < y ? -1 : x > y ? 1 : 0)
  const [a, b] = [plain(left), plain(right)]
  if (a !== undefined && b !== undefined) return apply(op, a < b ? -1 : a > b ? 1 : 0)
  if (left.type === 'set' && right.type === 'set') return subset(op, left.items, right.items)
  if ((left.type === 'list' || left.type === 'tuple') && left.type === right.type) {
    if (left.rest !== undefined || right.rest !== undefined) return undefined
    for (let i = 0; i < left.items.length && i < right.items.length; i++) {
      const equalItems = same(left.items[i] as Value, right.items[i] as Value)
      if (equalItems === undefined) return undefined
      if (!equalItems) return orderKnown(op, left.items[i] as Value, right.items[i] as Value)
    }
    return apply(op, left.items.length - right.items.length)
  }
  return undefined
}

function subset(op: Order, left: readonly Value[], right: readonly Value[]): boolean | undefined {
  const [small, large] = op === '<' || op === '<=' ? [left, right] : [right, left]
  const all = small.map((item) => hasItem(large, item))
  if (all.includes(undefined)) return undefined
  return all.every(Boolean) && (op === '<=' || op === '>=' || small.length < large.length)
}

function apply(op: Order, sign: number): boolean {
  if (op === '<') return sign < 0
  if (op === '<=') return sign <= 0
  return op === '>' ? sign > 0 : sign >= 0
}
