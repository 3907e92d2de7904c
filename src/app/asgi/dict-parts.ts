import type { ClassDef, Expression, FunctionDef } from '../../syntax/python/ast.ts'
import { onlyAssignment } from '../../syntax/python/bindings.ts'
import { literalText, type PythonNode, walk } from '../../syntax/python/walk.ts'
import { calledFunction } from './called-function.ts'
import { returnedBy } from './consumer-code.ts'
import { argumentFor, bodyOf, handedOver, type ProjectFunction, type Standing } from './project-functions.ts'
import { type Code, dottedOf, findClass } from './python-code.ts'
import { partsOfRow } from './row-dicts.ts'

/** One thing that a dict gets, in the order in which it gets it: what comes later wins. */
export interface DictPart {
  /** Undefined: a key that is no literal text, or all of a dict that nobody can read. */
  readonly key: string | undefined
  readonly value: Expression
  /** Where the value means something. */
  readonly standing: Standing
  /** What of the outermost dict brings it, where it is not written there itself: `**dish.as_message()` */
  readonly through: Expression | undefined
  /** It is the JSON that a browser sent, whole. */
  readonly sent: boolean
  /** What the other dicts that the same function may return have under the key; undefined in one that has no such key. */
  readonly others?: readonly (DictPart | undefined)[]
}

/** What a dict has in the end: of each key what was put there last. */
export function lastParts(parts: readonly DictPart[]): readonly DictPart[] {
  const last = new Map(parts.flatMap((part) => (part.key === undefined ? [] : [[part.key, part]])))
  return parts.filter((part) => part.key === undefined || last.get(part.key) === part)
}

/** How many dicts an expression may be. */
const most = 12

/**
 * The dicts that an expression may be, each by its parts: through local names, `dict(…)`, `|`, functions and methods of the project that
 * return one, and what the callers hand over. Empty: nobody can tell.
 */
export function dictsOf(code: Code, node: Expression, standing: Standing, depth = 0): readonly (readonly DictPart[])[] {
  if (depth > 6) return []
  const around = standing.functions.at(-1)
  switch (node.kind) {
    case 'Dict':
      return combined(
        node.values.map((value, index) => {
          const key = node.keys[index]
          return key === undefined
            ? spread(code, value, standing, depth)
            : [[{ key: literalText(key), value, standing, through: undefined, sent: false }]]
        }),
      )
    case 'BinOp':
      if (node.op !== '|') return []
      return combined([node.left, node.right].map((side) => spread(code, side, standing, depth)))
    case 'Await':
      return dictsOf(code, node.value, standing, depth)
    case 'Call':
      return fromCall(code, node, standing, depth)
    case 'Name':
      return around === undefined ? [] : fromName(code, node, around, standing, depth)
    case 'Attribute':
      return node.attr === 'data' ? serialized(code, node, standing) : []
    default:
      return []
  }
}

/** The parts of a dict that goes into another one; one that cannot be read is a part of its own. */
function spread(code: Code, node: Expression, standing: Standing, depth: number): readonly (readonly DictPart[])[] {
  const found = dictsOf(code, node, standing, depth + 1)
  const unread = { key: undefined, value: node, standing, through: node, sent: false }
  return found.length === 0 ? [[unread]] : found.map((parts) => parts.map((part) => ({ ...part, through: node })))
}

/** Of several pieces, each of which may be one of several, the wholes; the first of each where there would be too many. */
function combined(pieces: readonly (readonly (readonly DictPart[])[])[]): readonly (readonly DictPart[])[] {
  let wholes: readonly (readonly DictPart[])[] = [[]]
  for (const piece of pieces) {
    const some = wholes.length * piece.length > most ? piece.slice(0, 1) : piece
    wholes = wholes.flatMap((whole) => some.map((parts) => [...whole, ...parts]))
  }
  return wholes
}

const bridges = ['asgiref.sync.sync_to_async', 'asgiref.sync.async_to_sync', 'channels.db.database_sync_to_async']

function fromCall(
  code: Code,
  node: Extract<Expression, { kind: 'Call' }>,
  standing: Standing,
  depth: number,
): readonly (readonly DictPart[])[] {
  const { func, args, keywords } = node
  const dotted = dottedOf(func, standing.file)
  if (dotted === 'dict') {
    const given = keywords.map(({ arg, value }) =>
      arg === undefined
        ? spread(code, value, standing, depth)
        : [[{ key: arg, value, standing, through: undefined, sent: false }]],
    )
    return combined([...args.map((one) => spread(code, one, standing, depth)), ...given])
  }
  if (dotted === 'json.loads')
    return [[{ key: undefined, value: node, standing, through: undefined, sent: isFrame(args[0], standing) }]]
  if (func.kind === 'Attribute' && func.attr === 'copy' && args.length === 0)
    return dictsOf(code, func.value, standing, depth + 1)
  const fields = partsOfRow(code, node, standing)
  if (fields !== undefined) return [fields.map((part) => ({ ...part, standing, through: undefined, sent: false }))]
  // `sync_to_async(payload)(pk)`
  if (func.kind === 'Call' && bridges.includes(dottedOf(func.func, standing.file) ?? '') && func.args[0] !== undefined)
    return fromCall(code, { ...node, func: func.args[0] }, standing, depth)
  const called = calledFunction(code, node, standing)
  return called === undefined ? [] : returned(code, called, depth)
}

/** `DishSerializer(dish).data`: the fields that the serializer of the project declares. */
function serialized(
  code: Code,
  node: Extract<Expression, { kind: 'Attribute' }>,
  standing: Standing,
): readonly (readonly DictPart[])[] {
  const dotted = node.value.kind === 'Call' ? dottedOf(node.value.func, standing.file) : undefined
  const found = dotted === undefined ? undefined : findClass(code, dotted)
  const bases = found?.node.bases.map((base) => dottedOf(base, found.file) ?? '') ?? []
  if (found === undefined || !bases.some((base) => base.startsWith('rest_framework.serializers.'))) return []
  const declared = assigned(found.node).flatMap(({ name, value }) => (value.kind === 'Call' ? [name] : []))
  const meta = found.node.body.find((one) => one.kind === 'ClassDef' && one.name === 'Meta')
  const fields = meta?.kind === 'ClassDef' ? assigned(meta).find(({ name }) => name === 'fields')?.value : undefined
  const listed =
    fields?.kind === 'List' || fields?.kind === 'Tuple' ? fields.elts.flatMap((one) => literalText(one) ?? []) : []
  return [
    [...new Set([...declared, ...listed])].map((key) => ({
      key,
      value: node,
      standing,
      through: undefined,
      sent: false,
    })),
  ]
}

function assigned(node: ClassDef): { readonly name: string; readonly value: Expression }[] {
  return node.body.flatMap((one) =>
    one.kind === 'Assign'
      ? one.targets.flatMap((target) => (target.kind === 'Name' ? [{ name: target.id, value: one.value }] : []))
      : [],
  )
}

/** What a function returns, where every `return` can be read. */
function returned(code: Code, called: ProjectFunction, depth: number): readonly (readonly DictPart[])[] {
  const values = returnedBy(called.node)
  const dicts = values.map((value) => (value === undefined ? [] : dictsOf(code, value, bodyOf(called), depth + 1)))
  if (dicts.some((one) => one.length === 0)) return []
  const all = dicts.flat().slice(0, most)
  return values.length === 1
    ? all
    : all.map((parts) => parts.map((part) => ({ ...part, others: besides(part, parts, all) })))
}

function besides(
  { key }: DictPart,
  parts: readonly DictPart[],
  all: readonly (readonly DictPart[])[],
): readonly (DictPart | undefined)[] {
  return all.filter((one) => one !== parts).map((one) => one.findLast((other) => other.key === key))
}

/** A text that came through the socket: the parameter of receive(). */
function isFrame(node: Expression | undefined, { functions }: Standing): boolean {
  const around = functions.at(-1)
  return (
    node?.kind === 'Name' &&
    (node.id === 'text_data' || node.id === 'bytes_data') &&
    around?.name === 'receive' &&
    around.args.args.some(({ name }) => name === node.id)
  )
}

function fromName(
  code: Code,
  node: Extract<Expression, { kind: 'Name' }>,
  around: FunctionDef,
  standing: Standing,
  depth: number,
): readonly (readonly DictPart[])[] {
  const value = onlyAssignment(around, node.id)
  const changes = changesOf(around, node.id)
  if (changes === undefined || isChangedBehind(code, around, node.id, standing)) return []
  const start =
    value === undefined ? fromParameter(code, node, around, standing, depth) : dictsOf(code, value, standing, depth + 1)
  if (start.length === 0 || changes.length === 0) return start
  const more = changes.map(({ key, value: given }) =>
    key === undefined
      ? spread(code, given, standing, depth)
      : [[{ key, value: given, standing, through: undefined, sent: false }]],
  )
  return combined([start, ...more])
}

/**
 * `event['text'] = …`, `event.update(payload)` after a dict was made; undefined: keys are taken out, nobody can tell which ones are set, or
 * it goes on elsewhere.
 */
export function changesOf(
  around: FunctionDef,
  name: string,
): { key: string | undefined; value: Expression }[] | undefined {
  const found: { key: string | undefined; value: Expression }[] = []
  let open = false
  const is = (one: Expression) => one.kind === 'Name' && one.id === name
  walk(around, (inner: PythonNode) => {
    if (inner.kind === 'Assign')
      for (const target of inner.targets)
        if (target.kind === 'Subscript' && is(target.value)) {
          const key = literalText(target.slice)
          if (key === undefined) open = true
          else found.push({ key, value: inner.value })
        }
    if (inner.kind === 'AugAssign' && is(inner.target)) open = true
    if (inner.kind === 'Delete') open ||= inner.targets.some((one) => one.kind === 'Subscript' && is(one.value))
    if (inner.kind !== 'Call' || inner.func.kind !== 'Attribute' || !is(inner.func.value)) return
    const { attr } = inner.func
    if (attr === 'pop' || attr === 'popitem' || attr === 'clear' || attr === 'setdefault') open = true
    if (attr !== 'update') return
    for (const one of inner.args) found.push({ key: undefined, value: one })
    for (const { arg, value } of inner.keywords) found.push({ key: arg, value })
  })
  return open ? undefined : found
}

/** A function of the project that is handed the dict sets keys of it, or takes some out: `strip_type(data)`. */
export function isChangedBehind(code: Code, around: FunctionDef, name: string, standing: Standing): boolean {
  let found = false
  walk(around, (inner: PythonNode) => {
    if (found || inner.kind !== 'Call' || !inner.args.some((one) => one.kind === 'Name' && one.id === name)) return
    const called = calledFunction(code, inner, standing)
    if (called === undefined) return
    const { posonly, args } = called.node.args
    for (const parameter of [...posonly, ...args]) {
      const given = argumentFor(inner, called, parameter.name)
      if (given?.kind === 'Name' && given.id === name) found ||= changesOf(called.node, parameter.name)?.length !== 0
    }
  })
  return found
}

/** What the calls of a function hand over: an argument, or what lands in `**kwargs`. */
function fromParameter(
  code: Code,
  { id }: Extract<Expression, { kind: 'Name' }>,
  around: FunctionDef,
  standing: Standing,
  depth: number,
): readonly (readonly DictPart[])[] {
  const { args, kwonly, kwarg } = around.args
  if (standing.owner !== undefined) return isContent(around, id, standing)
  const handed = handedOver(code, id, standing).slice(0, most)
  if (kwarg?.name === id) {
    const taken = new Set([...args, ...kwonly].map(({ name }) => name))
    return handed.flatMap(({ site }) =>
      combined(
        site.call.keywords
          .filter(({ arg }) => arg === undefined || !taken.has(arg))
          .map(({ arg, value }) =>
            arg === undefined
              ? spread(code, value, site, depth).map((parts) =>
                  parts.filter(({ key }) => key === undefined || !taken.has(key)),
                )
              : [[{ key: arg, value, standing: site, through: undefined, sent: false }]],
          ),
      ),
    )
  }
  return handed.flatMap(({ value, site }) => (value === undefined ? [] : dictsOf(code, value, site, depth + 1)))
}

/** The parameter of receive_json(): what the browser sent. */
function isContent(around: FunctionDef, name: string, standing: Standing): readonly (readonly DictPart[])[] {
  const [, content] = around.args.args
  if (around.name !== 'receive_json' || content?.name !== name) return []
  const value: Expression = { kind: 'Name', id: name, start: content.start, end: content.end }
  return [[{ key: undefined, value, standing, through: undefined, sent: true }]]
}
