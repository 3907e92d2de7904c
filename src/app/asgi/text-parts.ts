import type { Hole, Part } from '../../evaluate/parts.ts'
import type { Expression, FunctionDef } from '../../syntax/python/ast.ts'
import { onlyAssignment } from '../../syntax/python/bindings.ts'
import { literalText } from '../../syntax/python/walk.ts'
import { lookUpOf } from './look-up.ts'

/** What names may stand for where a text is read: assignments of the function and of the class around it. */
export interface Names {
  readonly function: FunctionDef | undefined
  /** Functions around that one, whose names it sees. */
  readonly outer?: readonly FunctionDef[]
  /** `self.x = …` anywhere in the class, when there is just one. */
  readonly attributes: ReadonlyMap<string, Expression>
}

/** The text an expression builds, with holes for what is not known; undefined when it need not be a text. */
export function partsOfText(node: Expression, names: Names, depth = 0): readonly Part[] | undefined {
  if (depth > 6) return undefined
  switch (node.kind) {
    case 'Constant':
      return node.value.type === 'str' ? (node.value.value === '' ? [] : [node.value.value]) : undefined
    case 'JoinedStr':
      return node.values.flatMap((value) =>
        value.kind === 'FormattedValue'
          ? inner(value.value, names, depth)
          : (partsOfText(value, names, depth + 1) ?? []),
      )
    case 'BinOp':
      if (node.op === '+') {
        const left = partsOfText(node.left, names, depth + 1)
        const right = partsOfText(node.right, names, depth + 1)
        if (left === undefined && right === undefined) return undefined
        return [...(left ?? [hole(node.left)]), ...(right ?? [hole(node.right)])]
      }
      return node.op === '%' ? percent(node.left, node.right, names, depth) : undefined
    case 'Call':
      return formatted(node, names, depth)
    case 'Name': {
      const value = names.function === undefined ? undefined : onlyAssignment(names.function, node.id)
      return value === undefined ? undefined : partsOfText(value, names, depth + 1)
    }
    case 'Attribute': {
      const value = node.value.kind === 'Name' && node.value.id === 'self' ? names.attributes.get(node.attr) : undefined
      return value === undefined ? undefined : partsOfText(value, names, depth + 1)
    }
    default:
      return undefined
  }
}

function inner(node: Expression, names: Names, depth: number): readonly Part[] {
  return partsOfText(node, names, depth + 1) ?? [hole(node)]
}

const hole = (node: Expression): Hole => unnamed(nameOf(node))

function nameOf(node: Expression): string {
  if (node.kind === 'Name') return node.id
  if (node.kind === 'Attribute') return node.attr
  // `kwargs['room']`, `kwargs.get('room')`
  const key = literalText(lookUpOf(node)?.key)
  if (key !== undefined) return key
  return node.kind === 'Call' ? nameOf(node.func) : 'value'
}

/**
 * `'chat_%s' % name`, `'chat_%(room)s' % kwargs`. The grammar of a conversion is that of "printf-style String Formatting" in the
 * reference of Python's library; a text with anything else behind a `%` cannot be formatted.
 */
function percent(left: Expression, right: Expression, names: Names, depth: number): readonly Part[] | undefined {
  if (left.kind !== 'Constant' || left.value.type !== 'str') return undefined
  const values = right.kind === 'Tuple' ? right.elts : [right]
  const parts: Part[] = []
  let next = 0
  for (const piece of left.value.value.split(
    /(%(?:\([^()]*\))?[-+ #0]*(?:\d+|\*)?(?:\.(?:\d+|\*))?[hlL]?[diouxXeEfFgGcrsa%])/,
  )) {
    if (!piece.startsWith('%')) {
      if (piece.includes('%')) return undefined
      if (piece !== '') parts.push(piece)
      continue
    }
    if (piece.endsWith('%')) {
      parts.push('%')
      continue
    }
    const key = /^%\(([^()]*)\)/.exec(piece)?.[1]
    next += piece.split('*').length - 1
    const value = key === undefined ? values[next++] : valueUnder(right, key)
    parts.push(...(value === undefined ? [unnamed(key ?? 'value')] : inner(value, names, depth)))
  }
  return parts
}

/** What stands under a key, where the dict is written out. */
function valueUnder(node: Expression, key: string): Expression | undefined {
  if (node.kind !== 'Dict') return undefined
  const at = node.keys.findIndex((one) => literalText(one) === key)
  return node.values[at]
}

const unnamed = (name: string): Hole => ({ name, variable: undefined, chars: 'any', nonEmpty: false })

/** `'chat_{}'.format(name)`, `str(x)` */
function formatted(
  node: Extract<Expression, { kind: 'Call' }>,
  names: Names,
  depth: number,
): readonly Part[] | undefined {
  const [first] = node.args
  if (node.func.kind === 'Name' && node.func.id === 'str' && first !== undefined) return inner(first, names, depth)
  if (node.func.kind !== 'Attribute' || node.func.attr !== 'format') return undefined
  const template = node.func.value
  if (template.kind !== 'Constant' || template.value.type !== 'str') return undefined
  let next = 0
  return template.value.value.split(/(\{\{|\}\}|\{[^{}]*\})/).flatMap((piece) => {
    if (piece === '{{' || piece === '}}') return [piece.charAt(0)]
    if (!/^\{.*\}$/.test(piece)) return piece === '' ? [] : [piece]
    const field = /^\{(\w*)/.exec(piece)?.[1] ?? ''
    const value = /^\d*$/.test(field)
      ? node.args[field === '' ? next++ : Number(field)]
      : node.keywords.find((one) => one.arg === field)?.value
    return value === undefined ? [unnamed(field)] : inner(value, names, depth)
  })
}
