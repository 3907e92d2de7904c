import type { Call, Expression } from '../../syntax/python/ast.ts'
import type { PythonNode } from '../../syntax/python/walk.ts'

/** How a header is compared; what each means stands with `OriginCheck`. */
export type CheckKind = 'compared' | 'unsure' | 'begins' | 'holds' | 'ends'

/** What is asked of the parts of a comparison. */
interface Question {
  /** Something of the header goes into it. */
  readonly holds: (node: PythonNode) => boolean
  /** It is the whole text of the header. */
  readonly isText: (node: Expression) => boolean
}

/** How a node compares the header with something; undefined: it does not, or only tells whether a header, or a scheme, is there. */
export function comparedBy(node: PythonNode, question: Question): CheckKind | undefined {
  if (node.kind === 'Compare') {
    const [op] = node.ops
    const [right] = node.comparators
    const sides = [node.left, ...node.comparators]
    if (!sides.some(question.holds) || sides.some(isNothing) || sides.some(isScheme)) return undefined
    const isPiece = node.ops.length === 1 && right !== undefined && question.isText(right)
    return isPiece && (op === 'in' || op === 'not in') ? 'holds' : 'compared'
  }
  if (node.kind === 'Subscript') return question.holds(node.slice) ? 'unsure' : undefined
  return node.kind === 'Call' ? calledWith(node, question) : undefined
}

/** What is made of a text without looking at it. */
const converts =
  /^(?:str|bytes|dict|list|next|len|bool|repr|any|all|urlparse|urlsplit|get|getlist|decode|encode|strip|rstrip|lstrip|lower|casefold|split|rsplit|partition|rpartition|replace|removeprefix|removesuffix|join|print|debug|info|warning|error|exception|critical|log|capture_message)$/

const compares = /^(?:match|fullmatch|is_same_domain|validate_host|url_has_allowed_host_and_scheme)$/

function calledWith({ func, args, keywords }: Call, { holds, isText }: Question): CheckKind | undefined {
  const name = func.kind === 'Name' ? func.id : func.kind === 'Attribute' ? func.attr : ''
  const [given] = args
  if (func.kind === 'Attribute' && holds(func.value)) {
    if (name === 'startswith') return isText(func.value) ? beginsWith(given) : 'compared'
    if (name === 'endswith') return endsWith(given)
  }
  if (![...args, ...keywords.map(({ value }) => value)].some(holds)) return undefined
  if (compares.test(name)) return 'compared'
  // `tenants.get(origin)` finds something or nothing.
  const isLookUp = name === 'get' && func.kind === 'Attribute' && !holds(func.value)
  return converts.test(name) && !isLookUp ? undefined : 'unsure'
}

/** A beginning that is not written to its end: `https://site`, `settings.SITE_URL`; with a slash or a colon behind it nothing more fits. */
function beginsWith(given: Expression | undefined): CheckKind | undefined {
  if (given?.kind === 'Tuple') {
    const kinds = given.elts.map(beginsWith)
    return kinds.includes('begins') ? 'begins' : kinds.find((kind) => kind !== undefined)
  }
  if (given?.kind === 'Constant' && given.value.type === 'str') {
    const { value } = given.value
    return /^(?:https?:?\/{0,2})?$/.test(value) ? undefined : /[/:]$/.test(value) ? 'compared' : 'begins'
  }
  return given?.kind === 'Name' || given?.kind === 'Attribute' || given?.kind === 'JoinedStr' ? 'begins' : 'unsure'
}

/** An end before which anything fits: `site.example`; with a dot or two slashes before it, it is a name of its own. */
function endsWith(given: Expression | undefined): CheckKind {
  if (given?.kind === 'Tuple') {
    const kinds = given.elts.map(endsWith)
    return kinds.find((kind) => kind === 'ends') ?? kinds.find((kind) => kind === 'unsure') ?? 'compared'
  }
  const first = given?.kind === 'JoinedStr' ? given.values[0] : given?.kind === 'BinOp' ? given.left : given
  if (first?.kind !== 'Constant' || first.value.type !== 'str') return 'unsure'
  return /^\.|\/\//.test(first.value.value) ? 'compared' : given?.kind === 'Constant' ? 'ends' : 'unsure'
}

/** `None`, `''`, `'null'`, a length: whether the header is there at all. */
function isNothing(node: Expression): boolean {
  if (node.kind === 'Tuple' || node.kind === 'List' || node.kind === 'Set') return node.elts.every(isNothing)
  if (node.kind !== 'Constant') return false
  const { value } = node
  return (
    value.type === 'none' ||
    value.type === 'int' ||
    ((value.type === 'str' || value.type === 'bytes') && /^(?:null)?$/.test(value.value))
  )
}

const isScheme = (node: Expression): boolean => node.kind === 'Attribute' && node.attr === 'scheme'
