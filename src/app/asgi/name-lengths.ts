import type { Call, ClassDef, Expression } from '../../syntax/python/ast.ts'
import { isParameter, onlyAssignment } from '../../syntax/python/bindings.ts'
import { literalText } from '../../syntax/python/walk.ts'
import type { App } from '../app.ts'
import { expressionAt } from '../settings/source-text.ts'
import { functionsAround } from './beside-web.ts'
import { boundToSelf, calledFunction, classOf } from './called-function.ts'
import { returnedBy } from './consumer-code.ts'
import type { LayerUse } from './model.ts'
import { constantAt } from './module-constants.ts'
import { bodyOf, handedOver, type Standing, selfOf, surelyDotted } from './project-functions.ts'
import { type Code, codeOf, dottedOf } from './python-code.ts'

/** How many characters the name that a call of the layer is given surely has, with what functions of the project put into it. */
export function leastLength(app: App, { nameAt }: LayerUse): number {
  const node = nameAt && expressionAt(app.tree, nameAt)
  const [around] = nameAt === undefined ? [] : functionsAround(app, [nameAt])
  return node === undefined || around === undefined ? 0 : lengthOf(codeOf(app), node, bodyOf(around), 0)
}

/** The fewest characters that an expression's text may have; 0: nobody can tell. */
function lengthOf(code: Code, node: Expression, standing: Standing, depth: number): number {
  if (depth > 8) return 0
  const of = (one: Expression, at = standing): number => lengthOf(code, one, at, depth + 1)
  const sum = (nodes: readonly Expression[]): number => nodes.reduce((all, one) => all + of(one), 0)
  switch (node.kind) {
    case 'Constant':
      return node.value.type === 'str' ? [...node.value.value].length : 0
    case 'JoinedStr':
      return sum(node.values)
    case 'FormattedValue':
      return node.formatSpec === undefined ? of(node.value) : 0
    case 'BinOp':
      if (node.op === '+') return sum([node.left, node.right])
      return node.op === '%' ? percent(node.left, node.right, of) : 0
    case 'IfExp':
      return Math.min(of(node.body), of(node.orelse))
    case 'Name':
      return named(code, node, standing, depth)
    case 'Attribute':
      return attribute(code, node, standing, depth)
    case 'Call':
      return called(code, node, standing, depth)
    default:
      return 0
  }
}

/** `'desk-%s-%s' % (token, proof)`: with conversions that neither cut nor pad. */
function percent(left: Expression, right: Expression, of: (node: Expression) => number): number {
  if (left.kind !== 'Constant' || left.value.type !== 'str') return 0
  const pieces = left.value.value.split('%s')
  if (pieces.some((piece) => piece.includes('%'))) return 0
  const values = right.kind === 'Tuple' ? right.elts : [right]
  const written = pieces.reduce((all, piece) => all + piece.length, 0)
  return values.length === pieces.length - 1 ? values.reduce((all, one) => all + of(one), written) : 0
}

/** `'desk-{}-{}'.format(token, proof)` */
function formatted(template: string, { args, keywords }: Call, of: (node: Expression) => number): number {
  let next = 0
  // A format with a field of its own: `{:{width}}`.
  if (/\{[^{}]+\{/.test(template)) return 0
  return template.split(/(\{\{|\}\}|\{[^{}]*\})/).reduce((all, piece) => {
    if (piece === '{{' || piece === '}}') return all + 1
    if (!/^\{.*\}$/.test(piece)) return all + [...piece].length
    const [, field] = /^\{(\w*)\}$/.exec(piece) ?? []
    if (field === undefined) {
      // Cut or padded, or a part of the value: it takes its place among the others.
      if (/^\{[^\w}]/.test(piece)) next++
      return all
    }
    const value = /^\d*$/.test(field)
      ? args[field === '' ? next++ : Number(field)]
      : keywords.find(({ arg }) => arg === field)?.value
    return value === undefined ? all : all + of(value)
  }, 0)
}

function named(code: Code, node: Extract<Expression, { kind: 'Name' }>, standing: Standing, depth: number): number {
  const around = standing.functions.at(-1)
  const value = around && onlyAssignment(around, node.id)
  if (value !== undefined) return lengthOf(code, value, standing, depth + 1)
  if (around !== undefined && isParameter(node.id, around)) {
    const lengths = handedOver(code, node.id, standing).map(({ value: given, site }) =>
      given === undefined ? 0 : lengthOf(code, given, site, depth + 1),
    )
    return lengths.length === 0 ? 0 : Math.min(...lengths)
  }
  return constant(code, node, standing, depth)
}

/** What a module binds once and for all. */
function constant(code: Code, node: Expression, { file, functions }: Standing, depth: number): number {
  const names = { function: functions.at(-1), outer: functions.slice(0, -1).toReversed(), attributes: new Map() }
  const found = constantAt(node, { code, file, names })
  return found === undefined
    ? 0
    : lengthOf(code, found.value, { file: found.file, functions: [], owner: undefined }, depth + 1)
}

/** What the object was given (`self.group`), or what a field of a model holds (`desk.token`). */
function attribute(
  code: Code,
  node: Extract<Expression, { kind: 'Attribute' }>,
  standing: Standing,
  depth: number,
): number {
  const self = selfOf(standing)
  if (node.value.kind === 'Name' && node.value.id === 'self' && self !== undefined) {
    const lengths = boundToSelf(code, self, node.attr).map(({ value, how, method }) =>
      value === undefined || how !== 'whole' ? 0 : lengthOf(code, value, bodyOf(method), depth + 1),
    )
    if (lengths.length > 0) return Math.min(...lengths)
  }
  // `token.hex`
  if (node.attr === 'hex' && isUuid(code, node.value, standing, depth)) return 32
  return isUuid(code, node, standing, depth) ? 36 : constant(code, node, standing, depth)
}

/** A UUID of Python's: made here, or held by a field of a model that is never null. */
function isUuid(code: Code, node: Expression, standing: Standing, depth: number): boolean {
  if (depth > 8) return false
  if (node.kind === 'Call') return /^uuid\.(?:uuid[1345]|UUID)$/.test(surelyDotted(node.func, standing) ?? '')
  const around = standing.functions.at(-1)
  const value = node.kind === 'Name' && around !== undefined ? onlyAssignment(around, node.id) : undefined
  if (value !== undefined) return isUuid(code, value, standing, depth + 1)
  const model = node.kind === 'Attribute' ? classOf(code, node.value, standing) : undefined
  const [field, ...more] = node.kind !== 'Attribute' || model === undefined ? [] : fieldsNamed(model.node, node.attr)
  if (model === undefined || field?.kind !== 'Call' || more.length > 0) return false
  return (
    /^django\.db\.models\.(?:fields\.)?UUIDField$/.test(dottedOf(field.func, model.file) ?? '') &&
    field.keywords.every(({ arg }) => arg !== 'null' && arg !== undefined)
  )
}

const fieldsNamed = ({ body }: ClassDef, name: string): Expression[] =>
  body.flatMap((one) =>
    one.kind === 'Assign' && one.targets.some((target) => target.kind === 'Name' && target.id === name)
      ? [one.value]
      : [],
  )

/** Hexadecimal digits of the digests of Python's `hashlib`. */
const digests: Readonly<Record<string, number>> = {
  md5: 32,
  sha1: 40,
  sha224: 56,
  sha256: 64,
  sha384: 96,
  sha512: 128,
  sha3_224: 56,
  sha3_256: 64,
  sha3_384: 96,
  sha3_512: 128,
  blake2s: 64,
  blake2b: 128,
}

function called(code: Code, node: Call, standing: Standing, depth: number): number {
  const { func, args } = node
  const [first] = args
  const of = (one: Expression): number => lengthOf(code, one, standing, depth + 1)
  const dotted = surelyDotted(func, standing) ?? ''
  if (func.kind === 'Name' && func.id === 'str' && first !== undefined)
    return isUuid(code, first, standing, depth) ? 36 : of(first)
  if (isUuid(code, node, standing, depth)) return 36
  // `token_hex(n)` of n bytes; four characters of `token_urlsafe(n)` hold three bytes; 32 of them where nothing is said.
  if (dotted === 'secrets.token_hex') return 2 * bytesOf(first)
  if (dotted === 'secrets.token_urlsafe') return Math.ceil((bytesOf(first) * 4) / 3)
  if (func.kind === 'Attribute' && func.attr === 'hexdigest' && args.length === 0) return digestOf(func.value, standing)
  if (func.kind === 'Attribute' && /^(?:lower|upper)$/.test(func.attr) && args.length === 0) return of(func.value)
  if (func.kind === 'Attribute' && func.attr === 'format' && func.value.kind === 'Constant')
    return func.value.value.type === 'str' ? formatted(func.value.value.value, node, of) : 0
  const found = calledFunction(code, node, standing)
  if (found === undefined || found.node.decorators.some((one) => !/^(?:static|class)method$/.test(nameOf(one))))
    return 0
  const lengths = returnedBy(found.node).map((value) =>
    value === undefined ? 0 : lengthOf(code, value, bodyOf(found), depth + 1),
  )
  return lengths.length === 0 ? 0 : Math.min(...lengths)
}

const nameOf = (node: Expression): string => (node.kind === 'Name' ? node.id : '')

const bytesOf = (node: Expression | undefined): number =>
  node === undefined ? 32 : node.kind === 'Constant' && node.value.type === 'int' ? Number(node.value.value) : 0

/** `hashlib.sha256(…)`, `hashlib.new('sha256', …)`, `hmac.new(key, text, hashlib.sha256)`, alone or by its name. */
function digestOf(node: Expression, standing: Standing): number {
  const around = standing.functions.at(-1)
  const made = node.kind === 'Name' && around !== undefined ? onlyAssignment(around, node.id) : node
  if (made?.kind !== 'Call' || made.keywords.some(({ arg }) => arg === 'digest_size')) return 0
  const dotted = surelyDotted(made.func, standing) ?? ''
  const given = (position: number, name: string) =>
    made.args[position] ?? made.keywords.find(({ arg }) => arg === name)?.value
  const algorithm =
    dotted === 'hmac.new' ? given(2, 'digestmod') : dotted === 'hashlib.new' ? given(0, 'name') : made.func
  if (algorithm === undefined) return 0
  const text = literalText(algorithm) ?? /^hashlib\.(\w+)$/.exec(surelyDotted(algorithm, standing) ?? '')?.[1]
  return text !== undefined && Object.hasOwn(digests, text) ? (digests[text] ?? 0) : 0
}
