import type { Expression, FormattedValue, JoinedStr } from '../../../syntax/python/ast.ts'
import type { Part } from '../../parts.ts'
import { formatValue } from '../types/format.ts'
import { concat, converted, toHole } from '../types/text.ts'
import { plain, type Value } from '../value.ts'
import { evaluate } from './expressions.ts'
import { type Machine, place, standAt } from './machine.ts'

/** An f-string: known text and fields, of which a field nobody knows becomes a hole. */
export function evaluateJoined(m: Machine, node: JoinedStr): Value {
  const pieces: (readonly Part[])[] = []
  for (const value of node.values) pieces.push(piece(m, value))
  standAt(m, node)
  return concat(m, pieces, place(m, node))
}

function piece(m: Machine, node: Expression): readonly Part[] {
  if (node.kind === 'Constant') return node.value.type === 'str' ? [node.value.value] : []
  const value = node.kind === 'FormattedValue' ? field(m, node) : evaluate(m, node)
  return value.type === 'str' ? value.parts : [toHole(m, value)]
}

function field(m: Machine, node: FormattedValue): Value {
  let value = evaluate(m, node.value)
  standAt(m, node)
  if (node.conversion !== undefined) value = converted(m, value, node.conversion)
  let spec: string | undefined = ''
  if (node.formatSpec !== undefined) {
    const made = evaluateJoined(m, node.formatSpec)
    spec = plain(made)
    standAt(m, node)
  }
  return spec === undefined
    ? { type: 'str', parts: [toHole(m, value)], at: place(m, node) }
    : formatValue(m, value, spec)
}
