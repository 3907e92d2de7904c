import type { Place } from '../../contracts/place.ts'
import type { Call, Expression, FunctionDef } from '../../syntax/python/ast.ts'
import { isFunction, literalText, type PythonNode, walk } from '../../syntax/python/walk.ts'
import type { App } from '../app.ts'
import { calledFunction, withCalled } from './called-function.ts'
import { lineage } from './lineage.ts'
import { constantAt } from './module-constants.ts'
import { type CheckKind, comparedBy } from './origin-comparisons.ts'
import { argumentFor, bodyOf, type OwnClass, type ProjectFunction } from './project-functions.ts'
import { type Code, codeOf, placeIn } from './python-code.ts'

/** A comparison of the Origin header that the project writes itself, and by which it refuses a socket. */
export interface OriginCheck {
  /**
   * `begins`, `holds`, `ends`: by the beginning of the whole address, by a piece of it, or by its end, alone, so that
   * `https://site.evil.example` passes for `https://site`. `compared`: in another way, which is taken to be right. `unsure`: code that is
   * not read decides.
   */
  readonly kind: CheckKind
  readonly at: Place
}

/** How a class of the project, a consumer or a middleware, looks at the origin before it refuses a socket; undefined: it does not. */
export function originCheck(app: App, path: string, name: string): OriginCheck | undefined {
  const code = codeOf(app)
  const file = code.file(path)
  const node = file?.classes.get(name)
  if (file === undefined || node === undefined) return undefined
  const own = lineage(code, file, node).own.flatMap((one) => methodsOf(one, { node, file }))
  const attributes = new Map<string, readonly OriginCheck[]>()
  const made = own.flatMap((one) => assignments(one.node))
  const deniers = new Set(made.flatMap(({ target, value }) => (isOwn(target) && refuses(value) ? [target.attr] : [])))
  for (const one of own) {
    const reading = readingOf(code, one, { attributes, deniers })
    for (const { target, value } of assignments(one.node))
      if (isOwn(target) && holds(reading, value)) attributes.set(target.attr, checksBy(reading, value))
  }
  const functions = withCalled(code, own, 2)
  return firmest(functions.flatMap((one) => decisive(readingOf(code, one, { attributes, deniers }))))
}

/** The check that decides for several: one that compares rightly, else one that nobody can tell, else the first. */
export function firmest(checks: readonly OriginCheck[]): OriginCheck | undefined {
  return checks.find(({ kind }) => kind === 'compared') ?? checks.find(({ kind }) => kind === 'unsure') ?? checks[0]
}

/** Also those that others hide, which `super()` may ask for: `self` is an object of the class they are asked of. */
const methodsOf = ({ node: owner, file }: OwnClass, self: OwnClass): ProjectFunction[] =>
  owner.body.flatMap((node) => (isFunction(node) ? [{ node, file, owner, self }] : []))

/** A function with what it has of the header: its names, and attributes of `self` with how their values were compared. */
interface Reading extends ProjectFunction {
  readonly code: Code
  readonly names: ReadonlySet<string>
  /** Names that are the text of the header, or its host, no piece of it. */
  readonly texts: ReadonlySet<string>
  /** Names that are the address in the header, taken apart. */
  readonly addresses: ReadonlySet<string>
  readonly attributes: ReadonlyMap<string, readonly OriginCheck[]>
  /** Attributes of `self` that are applications which refuse: `self.denied = WebsocketDenier.as_asgi()`. */
  readonly deniers: ReadonlySet<string>
  readonly depth: number
}

function readingOf(
  code: Code,
  of: ProjectFunction,
  { attributes, deniers }: Pick<Reading, 'attributes' | 'deniers'>,
  given: readonly { readonly name: string; readonly isText: boolean }[] = [],
  depth = 0,
): Reading {
  const names = new Set(given.map(({ name }) => name))
  const texts = new Set(given.flatMap(({ name, isText }) => (isText ? [name] : [])))
  const addresses = new Set<string>()
  const reading = { ...of, code, names, texts, addresses, attributes, deniers, depth }
  for (let before = -1; before < names.size; ) {
    before = names.size
    walk(of.node, (inner) => {
      // `for name, value in scope['headers']: if name == b'origin': …`
      if (inner.kind === 'For' && inner.body.some((one) => holdsNode(one, isOriginKey)))
        for (const name of namesIn(inner.target)) names.add(name)
    })
    for (const { target, value, tests } of assignments(of.node)) {
      if (target.kind !== 'Name' || !(holds(reading, value) || tests.some((test) => holds(reading, test)))) continue
      names.add(target.id)
      if (isText(reading, value)) texts.add(target.id)
      if (isAddress(reading, value)) addresses.add(target.id)
    }
  }
  return reading
}

interface Assigned {
  readonly target: Expression
  readonly value: Expression
  /** The tests of the branches it stands in. */
  readonly tests: readonly Expression[]
}

function assignments(node: FunctionDef): Assigned[] {
  const found: Assigned[] = []
  const ifs: Extract<PythonNode, { kind: 'If' }>[] = []
  walk(node, (inner) => {
    if (inner.kind === 'If') ifs.push(inner)
    const around = () =>
      ifs.filter(({ start, end }) => start <= inner.start && inner.end <= end).map(({ test }) => test)
    if (inner.kind === 'Assign')
      for (const target of inner.targets) found.push({ target, value: inner.value, tests: around() })
    if (inner.kind === 'NamedExpr') found.push({ target: inner.target, value: inner.value, tests: [] })
    if (inner.kind === 'AnnAssign' && inner.value !== undefined)
      found.push({ target: inner.target, value: inner.value, tests: around() })
  })
  return found
}

const namesIn = (node: Expression): string[] =>
  node.kind === 'Name' ? [node.id] : node.kind === 'Tuple' ? node.elts.flatMap(namesIn) : []

/** `b'origin'` of the headers of a scope. */
function isOriginKey(node: PythonNode): boolean {
  return (
    node.kind === 'Constant' &&
    (node.value.type === 'bytes' || node.value.type === 'str') &&
    /^origin$/i.test(node.value.value)
  )
}

function isOwn(node: PythonNode): node is Extract<Expression, { kind: 'Attribute' }> {
  return node.kind === 'Attribute' && node.value.kind === 'Name' && node.value.id === 'self'
}

function holdsNode(node: PythonNode, test: (inner: PythonNode) => boolean): boolean {
  let found = false
  walk(node, (inner) => {
    found ||= test(inner)
    return !found
  })
  return found
}

/** Whether something of the header goes into an expression. */
const holds = ({ names, attributes }: Pick<Reading, 'names' | 'attributes'>, node: PythonNode): boolean =>
  holdsNode(
    node,
    (inner) =>
      isOriginKey(inner) ||
      (inner.kind === 'Name' && names.has(inner.id)) ||
      (isOwn(inner) && attributes.has(inner.attr)),
  )

type Known = Pick<Reading, 'texts' | 'addresses'>

/** `dict(scope['headers']).get(b'origin', b'').decode('latin1')`, `urlsplit(origin).hostname`: the text of the header, or its host, not a piece. */
function isText(known: Known, node: Expression): boolean {
  const { texts } = known
  if (node.kind === 'Name') return texts.has(node.id)
  // `host or ''`
  if (node.kind === 'BoolOp' && node.op === 'or') return node.values.slice(0, 1).every((one) => isText(known, one))
  if (node.kind === 'Attribute' && /^(?:netloc|hostname)$/.test(node.attr)) return isAddress(known, node.value)
  if (!holdsNode(node, (inner) => isOriginKey(inner) || (inner.kind === 'Name' && texts.has(inner.id)))) return false
  return !holdsNode(
    node,
    (inner) =>
      inner.kind === 'Compare' ||
      (inner.kind === 'Call' && inner.func.kind === 'Name' && !/^(?:dict|str|next|bytes)$/.test(inner.func.id)),
  )
}

/** `urlsplit(origin)` */
function isAddress(known: Known, node: Expression): boolean {
  if (node.kind === 'Name') return known.addresses.has(node.id)
  const [given] = node.kind === 'Call' && /^(?:urlsplit|urlparse)$/.test(nameOf(node)) ? node.args : []
  return given !== undefined && isText(known, given)
}

/** The comparisons on whose outcome the function refuses a socket, itself or in what it hands the header to. */
function decisive(reading: Reading): OriginCheck[] {
  const { node } = reading
  const found: OriginCheck[] = []
  walk(node, (inner) => {
    if (inner.kind === 'Assert') found.push(...checksBy(reading, inner.test))
    if ((inner.kind === 'If' && decides(inner, reading)) || (inner.kind === 'IfExp' && refuses(inner, reading.deniers)))
      found.push(...checksBy(reading, inner.test))
    if (inner.kind !== 'Call' || reading.depth > 2) return
    const called = handedTo(reading, inner)
    if (called !== undefined) found.push(...decisive(called))
    // `check_origin(origin)` of a package, which may raise.
    else if (inner.args.some((one) => holds(reading, one)) && mayRefuse.test(nameOf(inner)))
      found.push({ kind: 'unsure', at: placeIn(reading.file, inner) })
  })
  return found
}

const mayRefuse = /check|valid|verif|ensure|requir|allow|deny|reject|refuse/i

const nameOf = ({ func }: Call): string => (func.kind === 'Name' ? func.id : func.kind === 'Attribute' ? func.attr : '')

/** The function of the project that a call hands something of the header to. */
function handedTo(reading: Reading, call: Call): Reading | undefined {
  const { code, depth } = reading
  const called = calledFunction(code, call, bodyOf(reading))
  if (called === undefined) return undefined
  const { posonly, args, kwonly } = called.node.args
  const given = [...posonly, ...args, ...kwonly].flatMap(({ name }) => {
    const value = argumentFor(call, called, name)
    return value !== undefined && !isOriginKey(value) && holds(reading, value)
      ? [{ name, isText: isText(reading, value) }]
      : []
  })
  return given.length === 0 ? undefined : readingOf(code, called, reading, given, depth + 1)
}

/** Where nothing answers the handshake, no socket opens. */
const entries = /^(?:connect|websocket_connect|__call__)$/

/** One of the ways of an `if` refuses the socket: there, behind it where the other one ends, or by letting it in nowhere else. */
function decides(
  { body, orelse, start, end }: Extract<PythonNode, { kind: 'If' }>,
  { node: around, deniers }: Reading,
): boolean {
  const isAdmission = (node: PythonNode) => admits(node, deniers)
  const ways = [body, orelse]
  if (ways.some((way) => way.some((one) => refuses(one, deniers)))) return true
  const isEntry = entries.test(around.name)
  const last = body.at(-1)?.kind
  const letsIn = body.some((one) => holdsNode(one, isAdmission))
  const isIn = around.body.some((one) => one.kind === 'Expr' && one.end <= start && holdsNode(one, isAdmission))
  if (isEntry && !isIn && !letsIn && body.some((one) => one.kind === 'Return' && one.value === undefined)) return true
  const isLeft = last === 'Return' || last === 'Break' || last === 'Continue'
  if (isLeft && holdsNode(around, (inner) => inner.start > end && refuses(inner, deniers))) return true
  const all = countOf([around], isAdmission)
  return isEntry && all > 0 && ways.some((way) => countOf(way, isAdmission) === all)
}

function countOf(nodes: readonly PythonNode[], test: (node: PythonNode) => boolean): number {
  let count = 0
  for (const node of nodes)
    walk(node, (inner) => {
      if (test(inner)) count++
    })
  return count
}

/** `self.accept()`, `super().connect()`, `self.app(scope, receive, send)` */
function admits(node: PythonNode, deniers: ReadonlySet<string>): boolean {
  if (node.kind !== 'Call') return false
  const { func } = node
  if (isOwn(func) && deniers.has(func.attr)) return false
  if (node.args.length === 3 && node.args.every(({ kind }) => kind === 'Name' || kind === 'Call')) return true
  if (func.kind !== 'Attribute') return false
  return func.attr === 'accept' || (func.value.kind === 'Call' && nameOf(func.value) === 'super')
}

/** It closes, or raises or sends what ends the handshake. */
function refuses(node: PythonNode, deniers?: ReadonlySet<string>): boolean {
  return holdsNode(node, (inner) => {
    if (inner.kind === 'Raise') return true
    if (inner.kind === 'Call' && isOwn(inner.func) && deniers?.has(inner.func.attr) === true) return true
    if (inner.kind === 'Call' && inner.func.kind === 'Attribute') return /^(?:close|deny)$/.test(inner.func.attr)
    if (inner.kind === 'Name') return /^(?:DenyConnection|StopConsumer|WebsocketDenier)$/.test(inner.id)
    return literalText(inner) === 'websocket.close'
  })
}

/** The comparisons of the header that an expression depends on, also through names and functions of the project. */
function checksBy(reading: Reading, node: Expression, seen: ReadonlySet<string> = new Set()): OriginCheck[] {
  const found: OriginCheck[] = []
  const { file } = reading
  const question = {
    holds: (one: PythonNode) => !isOriginKey(one) && holds(reading, one),
    isText: (one: Expression) => isText(reading, one),
    written: (one: Expression) => writtenText(reading, one),
  }
  walk(node, (inner) => {
    if (isOwn(inner)) found.push(...(reading.attributes.get(inner.attr) ?? []))
    if (inner.kind === 'Name' && reading.names.has(inner.id) && !seen.has(inner.id)) {
      const further = new Set([...seen, inner.id])
      for (const { target, value, tests } of assignments(reading.node))
        if (target.kind === 'Name' && target.id === inner.id)
          for (const one of [value, ...tests]) found.push(...checksBy(reading, one, further))
    }
    if (inner.kind === 'Compare' && [inner.left, ...inner.comparators].some(isOriginKey)) return true
    const called = inner.kind === 'Call' ? judging(reading, inner) : undefined
    if (called !== undefined) {
      found.push(...called)
      return false
    }
    const kind = comparedBy(inner, question)
    if (kind !== undefined) found.push({ kind, at: placeIn(file, inner) })
    return true
  })
  return found
}

/** A text, or the pattern that `re.compile` is given, where it is written or as the module binds it. */
function writtenText(reading: Reading, node: Expression): string | undefined {
  const names = { function: reading.node, attributes: new Map() }
  const value = node.kind === 'Constant' ? node : constantAt(node, { ...reading, names })?.value
  const [pattern, ...flags] = value?.kind === 'Call' && nameOf(value) === 'compile' ? value.args : [value]
  return flags.length === 0 ? literalText(pattern) : undefined
}

/** How a function of the project that is asked comes to what it returns; undefined: it is not of the project, or does not know the header. */
function judging(reading: Reading, call: Call): OriginCheck[] | undefined {
  const { code, depth } = reading
  if (depth > 2) return undefined
  const called = calledFunction(code, call, bodyOf(reading))
  if (called === undefined) return undefined
  const inside = handedTo(reading, call) ?? readingOf(code, called, reading, [], depth + 1)
  const found: OriginCheck[] = []
  walk(called.node, (inner) => {
    if (inner.kind === 'Return' && inner.value !== undefined) found.push(...checksBy(inside, inner.value))
    // `if origin in allowed: return True`
    if (
      inner.kind === 'If' &&
      [...inner.body, ...inner.orelse].some((one) => holdsNode(one, ({ kind }) => kind === 'Return'))
    )
      found.push(...checksBy(inside, inner.test))
  })
  return found
}
