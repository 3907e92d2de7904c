import type { Place } from '../../contracts/place.ts'
import type { ClassDef, Expression, FunctionDef } from '../../syntax/python/ast.ts'
import { type PythonNode, walk } from '../../syntax/python/walk.ts'
import type { App } from '../app.ts'
import { lineage } from './lineage.ts'
import { type ProjectFunction, withCalled } from './project-functions.ts'
import { type CodeFile, codeOf, placeIn } from './python-code.ts'

/** A comparison of the Origin header that the project writes itself. */
export interface OriginCheck {
  /**
   * `begins`, `holds`: by the beginning of the whole address, or by a piece of it, alone, so that `https://site.evil.example` passes for
   * `https://site`. `compared`: in another way, which is taken to be right.
   */
  readonly kind: 'compared' | 'begins' | 'holds'
  readonly at: Place
}

/** How a class of the project, a consumer or a middleware, looks at the origin before it refuses a socket; undefined: it does not. */
export function originCheck(app: App, path: string, name: string): OriginCheck | undefined {
  const code = codeOf(app)
  const file = code.file(path)
  const node = file?.classes.get(name)
  if (file === undefined || node === undefined) return undefined
  const functions = withCalled(
    code,
    lineage(code, file, node).own.flatMap((one) => methodsOf(one.node, one.file)),
    2,
  )
  const readers = functions.filter((one) => readsOrigin(one.node) && decides(one.node))
  const [first] = readers
  if (first === undefined || !functions.some((one) => refuses(one.node))) return undefined
  const found = readers.map((one) => checkIn(one))
  return found.find(({ kind }) => kind === 'compared') ?? found[0]
}

const methodsOf = (owner: ClassDef, file: CodeFile): ProjectFunction[] =>
  owner.body.flatMap((one) =>
    one.kind === 'FunctionDef' || one.kind === 'AsyncFunctionDef' ? [{ node: one, file, owner }] : [],
  )

/** `b'origin'` of the headers of a scope. */
function isOriginKey(node: PythonNode): boolean {
  return (
    node.kind === 'Constant' &&
    (node.value.type === 'bytes' || node.value.type === 'str') &&
    /^origin$/i.test(node.value.value)
  )
}

function holdsNode(node: PythonNode, test: (inner: PythonNode) => boolean): boolean {
  let found = false
  walk(node, (inner) => {
    found ||= test(inner)
    return !found
  })
  return found
}

const readsOrigin = (node: FunctionDef): boolean => holdsNode(node, isOriginKey)

const logs = /^(?:print|debug|info|warning|error|exception|critical|log|capture_message)$/

/** Whether something depends on what the function makes of the header: a test, what it returns, or code that it is handed to. */
function decides(node: FunctionDef): boolean {
  const names = new Set<string>()
  const holds = (one: PythonNode): boolean =>
    holdsNode(one, (inner) => isOriginKey(inner) || (inner.kind === 'Name' && names.has(inner.id)))
  for (let before = -1; before < names.size; ) {
    before = names.size
    walk(node, (inner) => {
      if (inner.kind === 'Assign' && holds(inner.value))
        for (const target of inner.targets) if (target.kind === 'Name') names.add(target.id)
      return true
    })
  }
  return holdsNode(node, (inner) => {
    if (inner.kind === 'If' || inner.kind === 'IfExp' || inner.kind === 'Assert') return holds(inner.test)
    if (inner.kind === 'Compare' || inner.kind === 'BoolOp') return holds(inner)
    if (inner.kind === 'Return') return inner.value !== undefined && holds(inner.value)
    if (inner.kind !== 'Call' || logs.test(calledName(inner.func))) return false
    return inner.args.some((one) => holdsNode(one, (part) => part.kind === 'Name' && names.has(part.id)))
  })
}

const calledName = (func: Expression): string =>
  func.kind === 'Name' ? func.id : func.kind === 'Attribute' ? func.attr : ''

/** It closes, or raises or sends what ends the handshake. */
function refuses(node: FunctionDef): boolean {
  return holdsNode(node, (inner) => {
    if (inner.kind === 'Call' && inner.func.kind === 'Attribute') return /^(?:close|deny)$/.test(inner.func.attr)
    if (inner.kind === 'Name') return /^(?:DenyConnection|StopConsumer|WebsocketDenier)$/.test(inner.id)
    return inner.kind === 'Constant' && inner.value.type === 'str' && inner.value.value === 'websocket.close'
  })
}

/** How the function that reads the header looks at it: by `startswith` or by `in` where it does nothing else with its text. */
function checkIn({ node, file }: ProjectFunction): OriginCheck {
  const names = new Set<string>()
  walk(node, (inner) => {
    if (inner.kind !== 'Assign' || !readsPlainly(inner.value)) return true
    for (const target of inner.targets) if (target.kind === 'Name') names.add(target.id)
    return true
  })
  let loose: OriginCheck | undefined
  let others = 0
  const isOrigin = (one: Expression | undefined): boolean => one?.kind === 'Name' && names.has(one.id)
  walk(node, (inner) => {
    if (inner.kind === 'Compare') {
      const [right] = inner.comparators
      const [op] = inner.ops
      const isPiece = inner.ops.length === 1 && isOrigin(right) && (op === 'in' || op === 'not in')
      if (isPiece) loose ??= { kind: 'holds', at: placeIn(file, inner) }
      else if ([inner.left, ...inner.comparators].some((one) => isOrigin(one) || holdsNode(one, isOriginKey)))
        others += [inner.left, ...inner.comparators].some(isNothing) ? 0 : 1
    }
    if (inner.kind !== 'Call') return true
    if (inner.func.kind === 'Attribute' && isOrigin(inner.func.value)) {
      if (inner.func.attr === 'startswith' && passesMore(inner.args[0]))
        loose ??= { kind: 'begins', at: placeIn(file, inner) }
      else others++
    } else if (inner.args.some(isOrigin)) others++
    return true
  })
  return loose !== undefined && others === 0 ? loose : { kind: 'compared', at: placeIn(file, node.nameSpan) }
}

/** `dict(scope['headers']).get(b'origin', b'').decode('latin1')`: the text of the header, not a piece of it. */
function readsPlainly(node: Expression): boolean {
  if (!holdsNode(node, isOriginKey)) return false
  return !holdsNode(
    node,
    (inner) => inner.kind === 'Call' && inner.func.kind === 'Name' && !/^(?:dict|str|next|bytes)$/.test(inner.func.id),
  )
}

/** `None`, `''`: whether the header is there at all. */
function isNothing(node: Expression): boolean {
  if (node.kind !== 'Constant') return false
  const { value } = node
  return value.type === 'none' || ((value.type === 'str' || value.type === 'bytes') && value.value === '')
}

/** A beginning that is not written to its end: `https://site`, `settings.SITE_URL`; with a slash or a colon behind it nothing more fits. */
function passesMore(given: Expression | undefined): boolean {
  if (given?.kind === 'Tuple') return given.elts.some(passesMore)
  if (given?.kind === 'Constant') return given.value.type === 'str' && !/[/:]$/.test(given.value.value)
  return given?.kind === 'Name' || given?.kind === 'Attribute' || given?.kind === 'JoinedStr'
}
