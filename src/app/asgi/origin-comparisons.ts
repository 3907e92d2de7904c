import type { Call, Expression } from '../../syntax/python/ast.ts'
import type { PythonNode } from '../../syntax/python/walk.ts'
import { matchedBy } from './origin-patterns.ts'

/** How a header is compared; what each means stands with `OriginCheck`. */
export type CheckKind = 'compared' | 'unsure' | 'begins' | 'holds' | 'ends'

/** What is asked of the parts of a comparison. */
interface Question {
  /** Something of the header goes into it. */
  readonly holds: (node: PythonNode) => boolean
  /** It is the whole text of the header, or the whole host in it. */
  readonly isText: (node: Expression) => boolean
  /** The text that an expression is, or the pattern that it compiles, where it is written out. */
  readonly written: (node: Expression) => string | undefined
}

/** How a node compares the header with something; undefined: it does not, or only tells whether a header, or a scheme, is there. */
export function comparedBy(node: PythonNode, question: Question): CheckKind | undefined {
  if (node.kind === 'Compare') {
    const [op] = node.ops
    const [right] = node.comparators
    const sides = [node.left, ...node.comparators]
    if (!sides.some(question.holds) || sides.some(isNothing) || sides.some(isScheme)) return undefined
    const cut = sides.find((side) => isBeginning(side, question))
    if (cut !== undefined) return beginsWith(cut === node.left ? right : node.left, question)
    const isPiece = node.ops.length === 1 && right !== undefined && question.isText(right)
    return isPiece && (op === 'in' || op === 'not in') ? 'holds' : 'compared'
  }
  if (node.kind === 'Subscript') return question.holds(node.slice) ? 'unsure' : undefined
  return node.kind === 'Call' ? calledWith(node, question) : undefined
}

/** `origin[:len(site)]` */
function isBeginning(node: Expression, { isText }: Question): boolean {
  return (
    node.kind === 'Subscript' && node.slice.kind === 'Slice' && node.slice.lower === undefined && isText(node.value)
  )
}

/** What is made of a text without looking at it. */
const converts =
  /^(?:str|bytes|dict|list|next|len|bool|repr|any|all|urlparse|urlsplit|get|getlist|decode|encode|strip|rstrip|lstrip|lower|casefold|split|rsplit|partition|rpartition|replace|removeprefix|removesuffix|join|print|debug|info|warning|error|exception|critical|log|capture_message)$/

const compares = /^(?:match|fullmatch|is_same_domain|validate_host|url_has_allowed_host_and_scheme)$/

function calledWith(call: Call, question: Question): CheckKind | undefined {
  const { func, args, keywords } = call
  const { holds, isText } = question
  const name = func.kind === 'Name' ? func.id : func.kind === 'Attribute' ? func.attr : ''
  const [given] = args
  if (func.kind === 'Attribute' && holds(func.value)) {
    if (name === 'startswith')
      return isText(func.value) && !isClosed(func.value) ? beginsWith(given, question) : 'compared'
    if (name === 'endswith') return endsWith(given)
  }
  if (![...args, ...keywords.map(({ value }) => value)].some(holds)) return undefined
  const pattern = name === 'match' || name === 'search' ? patternOf(call, question) : undefined
  if (pattern !== undefined) return matchedBy(name === 'match' ? 'match' : 'search', pattern)
  if (compares.test(name)) return 'compared'
  // `tenants.get(origin)` finds something or nothing.
  const isLookUp = name === 'get' && func.kind === 'Attribute' && !holds(func.value)
  return converts.test(name) && !isLookUp ? undefined : 'unsure'
}

/** `re.match(r'…', origin)`, `PATTERN.match(origin)` of one that is compiled before; undefined: no text that is matched, or not known. */
function patternOf({ func, args }: Call, { isText, written }: Question): string | undefined {
  if (func.kind !== 'Attribute') return undefined
  const [first, second] = args
  if (first !== undefined && isText(first)) return written(func.value)
  return first !== undefined && second !== undefined && isText(second) ? written(first) : undefined
}

/** A beginning that is not written to its end: `https://site`, `settings.SITE_URL`; with a slash or a colon behind it nothing more fits. */
function beginsWith(given: Expression | undefined, question: Question): CheckKind | undefined {
  if (given?.kind === 'Tuple') {
    const kinds = given.elts.map((one) => beginsWith(one, question))
    return kinds.includes('begins') ? 'begins' : kinds.find((kind) => kind !== undefined)
  }
  const value = given && question.written(given)
  if (value !== undefined)
    return /^(?:https?:?\/{0,2})?$/.test(value) ? undefined : /[/:]$/.test(value) ? 'compared' : 'begins'
  if (given !== undefined && isClosed(given)) return 'compared'
  // `tuple(settings.SITES)`
  if (given?.kind === 'Call' && given.func.kind === 'Name' && /^(?:tuple|str)$/.test(given.func.id))
    return beginsWith(given.args[0], question)
  return given?.kind === 'Name' || given?.kind === 'Attribute' || given?.kind === 'JoinedStr' ? 'begins' : 'unsure'
}

/** A slash or a colon is put behind it: `origin + '/'`, `f'{site}/'`. */
function isClosed(node: Expression): boolean {
  const last = node.kind === 'JoinedStr' ? node.values.at(-1) : node.kind === 'BinOp' ? node.right : undefined
  return last?.kind === 'Constant' && last.value.type === 'str' && /[/:]$/.test(last.value.value)
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
