import type { App } from '../../../src/app/app.ts'
import { withCalled } from '../../../src/app/asgi/called-function.ts'
import { calledMethods, eachOwn, methodOfConsumer, servedConsumers } from '../../../src/app/asgi/consumer-code.ts'
import type { ProjectFunction } from '../../../src/app/asgi/project-functions.ts'
import { type Code, type CodeFile, codeOf, dottedOf, placeIn } from '../../../src/app/asgi/python-code.ts'
import { websocketStacks } from '../../../src/app/asgi/stacks.ts'
import type { Place } from '../../../src/contracts/place.ts'
import type { Call, Expression, FunctionDef } from '../../../src/syntax/python/ast.ts'
import { isFunction, literalText, type PythonNode, walk } from '../../../src/syntax/python/walk.ts'

/** A credential that the first socket uses up: its row is deleted or marked as taken while the socket is let in. */
export interface SpentTicket {
  readonly from: 'query' | 'subprotocol'
  /** Parameters of the query that are asked for there, for `query`. */
  readonly names: ReadonlySet<string>
  readonly at: Place
}

/** What the consumers, and middlewares of the project in front of them, use up at the handshake. */
export function spentTickets(app: App): SpentTicket[] {
  const code = codeOf(app)
  const entries: Entry[] = []
  for (const consumer of servedConsumers(app)) {
    const called = calledMethods(app, consumer).map((one) => ({ ...one, ...methodOfConsumer(consumer, one) }))
    const leaving = called.filter(({ moment }) => moment === 'leave')
    const restored = new Set(withCalled(code, leaving, 3).flatMap(({ node }) => updatedIn(node)))
    for (const one of called) if (one.moment === 'connect') entries.push({ ...one, restored, hands: false })
  }
  for (const { ends } of websocketStacks(app.asgi.application))
    for (const { custom } of ends.flatMap(({ wrappers }) => wrappers)) {
      const file = custom === undefined ? undefined : code.file(custom.at.file)
      const owner = custom === undefined ? undefined : file?.classes.get(custom.name)
      const call = owner?.body.find((one): one is FunctionDef => isFunction(one) && one.name === '__call__')
      if (file !== undefined && owner !== undefined && call !== undefined && !entries.some((one) => one.node === call))
        entries.push({ node: call, file, owner, restored: new Set(), hands: true })
    }
  return entries.flatMap((entry) => spentFrom(code, entry))
}

/** A function that runs while a socket is let in. */
interface Entry extends ProjectFunction {
  /** What is set again when the socket leaves: `update(online=False)`. */
  readonly restored: ReadonlySet<string>
  /** It puts into the scope what it learns, for the consumer to judge. */
  readonly hands: boolean
}

function spentFrom(code: Code, entry: Entry): SpentTicket[] {
  const run = withCalled(code, [entry], 4)
  const [at] = run.flatMap((one) => {
    const place = spending(one, entry.restored)
    return place !== undefined && letsIn(run, one, entry) ? [place] : []
  })
  if (at === undefined) return []
  const readers = run.filter(({ node }) => names(node, 'query_string'))
  const asked = new Set(readers.flatMap(({ node }) => textsIn(node)))
  const found: SpentTicket[] = readers.length > 0 ? [{ from: 'query', names: asked, at }] : []
  return run.some(({ node }) => names(node, 'subprotocols'))
    ? [...found, { from: 'subprotocol', names: new Set(), at }]
    : found
}

function names(node: FunctionDef, text: string): boolean {
  let found = false
  walk(node, (inner) => {
    found ||= literalText(inner) === text
    return !found
  })
  return found
}

function textsIn(node: FunctionDef): string[] {
  const found: string[] = []
  walk(node, (inner) => {
    if (inner.kind === 'Constant' && (inner.value.type === 'str' || inner.value.type === 'bytes'))
      found.push(inner.value.value)
    return true
  })
  return found
}

const fetches = new Set(['get', 'aget', 'first', 'afirst', 'last', 'alast', 'get_object_or_404', 'aget_object_or_404'])

/**
 * Where a function uses up the row that a text it was given names: `row.delete()` of what it fetched by it; `update(taken=…)` of what it
 * asked for by it and by `taken`; `getdel` of Redis; `cache.delete` of what it asked the cache for.
 */
function spending({ node, file }: ProjectFunction, restored: ReadonlySet<string>): Place | undefined {
  const given = new Set([...node.args.posonly, ...node.args.args, ...node.args.kwonly].map(({ name }) => name))
  given.delete('self')
  given.delete('cls')
  const rows = new Map<string, Expression>()
  walk(node, (inner) => {
    if (inner.kind !== 'Assign' || inner.targets.length !== 1) return true
    const [target] = inner.targets
    if (target?.kind === 'Name' && asksBy(inner.value, given).length > 0) rows.set(target.id, inner.value)
    return true
  })
  let found: Place | undefined
  walk(node, (inner) => {
    if (inner.kind !== 'Call' || inner.func.kind !== 'Attribute' || found !== undefined) return true
    const { attr, value } = inner.func
    const query = value.kind === 'Name' ? (rows.get(value.id) ?? value) : value
    const isSpent =
      (/^a?delete$/.test(attr) && isFetched(query) && asksBy(query, given).length > 0) ||
      (/^a?update$/.test(attr) && marks(inner, asksBy(query, given), restored)) ||
      (attr === 'getdel' && inner.args.some((one) => mentions(one, given))) ||
      (/^a?delete$/.test(attr) &&
        isCache(value, file) &&
        inner.args.some((one) => mentions(one, given)) &&
        asksCache(node, file, given))
    if (isSpent) found = placeIn(file, inner)
    return true
  })
  return found
}

/** The keywords of a chain of queries one of which is given the text: `Seat.objects.filter(key=key, taken=None)` -> key, taken. */
function asksBy(node: Expression, given: ReadonlySet<string>): readonly string[] {
  const asked: string[] = []
  let isGiven = false
  walk(node, (inner) => {
    if (inner.kind !== 'Call' || inner.func.kind !== 'Attribute' || !/^(?:filter|a?get)$/.test(inner.func.attr))
      return true
    for (const { arg, value } of inner.keywords) {
      if (arg === undefined) continue
      asked.push(arg.split('__')[0] ?? arg)
      isGiven ||= value.kind === 'Name' && given.has(value.id)
    }
    return true
  })
  return isGiven ? asked : []
}

/** One row, not a set of them. */
function isFetched(node: Expression): boolean {
  if (node.kind === 'Await') return isFetched(node.value)
  return node.kind === 'Call' && node.func.kind === 'Attribute' && fetches.has(node.func.attr)
}

/** `update()` sets what the query asked for besides the text, so that it finds nothing a second time. */
const marks = ({ keywords }: Call, asked: readonly string[], restored: ReadonlySet<string>): boolean =>
  keywords.some(({ arg }) => arg !== undefined && asked.includes(arg) && !restored.has(arg))

/** What the calls of `update` in a function set. */
function updatedIn(node: FunctionDef): string[] {
  const found: string[] = []
  walk(node, (inner) => {
    if (inner.kind === 'Call' && inner.func.kind === 'Attribute' && /^a?update$/.test(inner.func.attr))
      found.push(...inner.keywords.flatMap(({ arg }) => arg ?? []))
    return true
  })
  return found
}

/**
 * Whether it is for the function that uses something up to say who is let in: it raises where nothing is there; a middleware takes its
 * answer; or a test of the answer refuses. What is only taken away, as a queue of missed messages, refuses nobody.
 */
function letsIn(run: readonly ProjectFunction[], spender: ProjectFunction, entry: Entry): boolean {
  if (raises(spender.node)) return true
  const carriers = new Set([spender.node.name])
  for (let before = 0; before < carriers.size; ) {
    before = carriers.size
    for (const { node } of run) {
      const isOwn = node === spender.node
      if (isOwn && node !== entry.node) continue
      const answers = answersIn(node, carriers)
      let decides = false
      eachOwn(node, (inner, parents) => {
        if (inner.kind === 'If') decides ||= refuses(inner) && (isOwn || uses(inner.test, carriers, answers))
        if (inner.kind === 'Return' && inner.value !== undefined && uses(inner.value, carriers, answers))
          carriers.add(node.name)
        if (entry.hands && inner.kind === 'Call' && uses(inner.func, carriers, new Set()))
          decides ||= parents.some(({ kind }) => kind === 'Assign' || kind === 'Dict')
      })
      if (decides) return true
    }
  }
  return false
}

/** It raises by itself, or `get()` does, which nothing around it catches. */
function raises(node: FunctionDef): boolean {
  let found = false
  eachOwn(node, (inner, parents) => {
    const isGet =
      inner.kind === 'Call' &&
      inner.func.kind === 'Attribute' &&
      /^a?get$/.test(inner.func.attr) &&
      inner.keywords.length > 0 &&
      !parents.some(({ kind }) => kind === 'Try')
    found ||= inner.kind === 'Raise' || isGet
  })
  return found
}

/** Names, and attributes with a dot, that a function gives the answer of one of these. */
function answersIn(node: FunctionDef, carriers: ReadonlySet<string>): ReadonlySet<string> {
  const found = new Set<string>()
  eachOwn(node, (inner) => {
    if (inner.kind !== 'Assign' || !uses(inner.value, carriers, found)) return
    for (const target of inner.targets.flatMap((one) => (one.kind === 'Tuple' ? one.elts : [one]))) {
      if (target.kind === 'Name') found.add(target.id)
      if (target.kind === 'Attribute') found.add(`.${target.attr}`)
    }
  })
  return found
}

function uses(node: Expression, carriers: ReadonlySet<string>, answers: ReadonlySet<string>): boolean {
  let found = false
  walk(node, (inner) => {
    if (inner.kind === 'Name') found ||= carriers.has(inner.id) || answers.has(inner.id)
    if (inner.kind === 'Attribute') found ||= carriers.has(inner.attr) || answers.has(`.${inner.attr}`)
    return !found
  })
  return found
}

/** One of its branches closes, raises, leaves early or lets in. */
function refuses(node: PythonNode): boolean {
  let found = false
  walk(node, (inner) => {
    found ||= inner.kind === 'Raise' || inner.kind === 'Return'
    if (inner.kind === 'Call' && inner.func.kind === 'Attribute') found ||= /^(?:close|accept)$/.test(inner.func.attr)
    return !found
  })
  return found
}

function mentions(node: Expression, given: ReadonlySet<string>): boolean {
  let found = false
  walk(node, (inner) => {
    found ||= inner.kind === 'Name' && given.has(inner.id)
    return !found
  })
  return found
}

const isCache = (node: Expression, file: CodeFile): boolean => dottedOf(node, file) === 'django.core.cache.cache'

function asksCache(node: FunctionDef, file: CodeFile, given: ReadonlySet<string>): boolean {
  let found = false
  walk(node, (inner) => {
    found ||=
      inner.kind === 'Call' &&
      inner.func.kind === 'Attribute' &&
      /^a?get$/.test(inner.func.attr) &&
      isCache(inner.func.value, file) &&
      inner.args.some((one) => mentions(one, given))
    return !found
  })
  return found
}
