import { getOrInsert } from '../../get-or-insert.ts'
import type { Call, ExceptHandler, Expression, FunctionDef, If, Name, Statement, Try } from './ast.ts'
import { boundIn, localNames, type NameSet, sureReads, targetNames, union, without } from './local-names.ts'
import { children, isFunction, type PythonNode } from './walk.ts'

/** Whether a call that stands in a function may come back without having raised; what is not known is not taken to. */
export type Returns = (call: Call) => boolean

/** Reads of local names that surely have no value yet, whichever way led there: of each name the first one. */
export function earlyReads(node: FunctionDef): Name[] {
  const { names, before } = localNames(node)
  const found = new Map<string, Name>()
  for (const [statement, bound] of before) {
    const read = firstRead(statement, bound, names)
    if (read !== undefined && !found.has(read.id)) found.set(read.id, read)
  }
  return [...found.values()]
}

/**
 * The first read of a local name that surely has no value, on the way that leads from a statement in a `try` that raises to its handler, and
 * on from there. Undefined: there is none, or the handler leaves, or something on the way decides whether it is come to (a branch that
 * leaves, a loop, a call that may not return), or somebody awaits the error.
 */
export function readAfterHandler(
  around: FunctionDef,
  node: Try,
  handler: ExceptHandler,
  raising: Statement,
  returns: Returns,
): Name | undefined {
  const start = localNames(around).before.get(node)
  const earlier = node.body.slice(0, node.body.indexOf(raising))
  if (start === undefined || node.star || earlier.some(({ kind }) => leaving.has(kind))) return undefined
  const own = new Set(handler.name === undefined ? [] : [handler.name])
  const walrus = headOf(raising).map(boundIn)
  const way = wayIn(around, returns)
  const handled = way.along(
    handler.body,
    union(start, ...earlier.map(boundIn), ...walrus, own),
    isAwaitedAt(around, node),
  )
  return way.found ?? (handled && way.on(node, without(handled, own), node.finalbody))
}

/** One way through an `if` with its `elif`s that binds nothing: the block that is taken, or what comes where none is. */
export interface Passing {
  readonly read: Name
  readonly block: readonly Statement[] | undefined
}

/** The first read of a name, on each way past an `if`, that only other branches of it bind. */
export function readsAfterBranch(around: FunctionDef, node: If, returns: Returns): Passing[] {
  const start = localNames(around).before.get(node)
  if (start === undefined) return []
  const { blocks, tests } = branchesOf(node)
  const tested = union(start, ...tests.map(boundIn))
  const inside = boundIn(node)
  return blocks.flatMap((block) => {
    const way = wayIn(around, returns)
    const end = way.along(block ?? [], tested, isAwaitedAt(around, node))
    const read = way.found ?? (end && way.on(node, end, []))
    return read === undefined || !inside.has(read.id) ? [] : { read, block }
  })
}

/** The blocks of an `if` with its `elif`s and the tests before them; a block is undefined where there is no `else`. */
function branchesOf(node: If): { blocks: (readonly Statement[] | undefined)[]; tests: Expression[] } {
  const blocks: (readonly Statement[] | undefined)[] = []
  const tests: Expression[] = []
  for (let one = node; ; ) {
    blocks.push(one.body)
    tests.push(one.test)
    const [next, ...more] = one.orelse
    if (next?.kind !== 'If' || more.length > 0) {
      blocks.push(next === undefined ? undefined : one.orelse)
      return { blocks, tests }
    }
    one = next
  }
}

const leaving: ReadonlySet<PythonNode['kind']> = new Set(['Return', 'Raise', 'Continue', 'Break'])

interface Way {
  found: Name | undefined
  /** Follows a block; undefined: it is left, or nobody can tell. */
  along(block: readonly Statement[], bound: NameSet, awaited: boolean): NameSet | undefined
  /** Follows what comes after a statement and after what stands around it. */
  on(from: Statement, bound: NameSet, final: readonly Statement[]): Name | undefined
}

function wayIn(around: FunctionDef, returns: Returns): Way {
  const { names } = localNames(around)
  const way: Way = {
    found: undefined,
    along(block, start, awaited) {
      let bound: NameSet | undefined = start
      for (const statement of block) {
        bound = step(statement, bound, awaited)
        if (bound === undefined) return undefined
      }
      return bound
    },
    on(from, start, final) {
      let bound = way.along(final, start, isAwaitedAt(around, from))
      for (
        let at = homesIn(around).get(from);
        at !== undefined && bound !== undefined;
        at = homesIn(around).get(at.of)
      ) {
        bound = way.along(at.rest, bound, at.awaited)
        if (bound === undefined || at.of === undefined || at.repeats) break
        if (at.own !== undefined) bound = without(bound, new Set([at.own]))
        const awaited = isAwaitedAt(around, at.of)
        for (const block of at.after) bound = bound && way.along(block, bound, awaited)
      }
      return way.found
    },
  }

  function step(node: Statement, bound: NameSet, awaited: boolean): NameSet | undefined {
    const read = firstRead(node, bound, names)
    if (read !== undefined) {
      if (!awaited) way.found = read
      return undefined
    }
    if (leaving.has(node.kind) || node.kind === 'Assert' || node.kind === 'Damaged') return undefined
    if (headOf(node).some((one) => mayEnd(one, returns))) return undefined
    switch (node.kind) {
      case 'If': {
        const tested = union(bound, boundIn(node.test))
        // What stands in a branch is not surely come to: a read there is no find.
        const ends = [node.body, node.orelse].map((block) => wayIn(around, returns).along(block, tested, awaited))
        return ends.some((one) => one === undefined) ? undefined : union(bound, ...ends.map((one) => one as NameSet))
      }
      case 'With':
      case 'AsyncWith': {
        const isOpen = node.items.some(({ context }) => swallows(context))
        return isOpen ? undefined : way.along(node.body, union(bound, ...node.items.map(namesOfItem)), awaited)
      }
      case 'Delete':
        return without(bound, boundIn(node))
      case 'For':
      case 'AsyncFor':
      case 'While':
      case 'Match':
      case 'Try':
        return mayEnd(node, returns) || isEndless(node) ? undefined : union(bound, boundIn(node))
      default:
        return union(bound, boundIn(node))
    }
  }
  return way
}

const namesOfItem = ({ context, vars }: { readonly context: Expression; readonly vars: Expression | undefined }) =>
  union(boundIn(context), vars === undefined ? new Set() : targetNames(vars))

const isEndless = (node: Statement): boolean => node.kind === 'While' && node.test.kind === 'Constant'

/** `with suppress(KeyError):`, `with pytest.raises(…):` */
function swallows(context: Expression): boolean {
  const func = context.kind === 'Call' ? context.func : context
  const name = func.kind === 'Name' ? func.id : func.kind === 'Attribute' ? func.attr : ''
  return /suppress|raises|ignore|catch/i.test(name)
}

/** Whether a statement or an expression may end the function, or wait for ever: what is left, raised, or a call that may not return. */
function mayEnd(node: PythonNode, returns: Returns): boolean {
  if (node.kind === 'Return' || node.kind === 'Raise' || node.kind === 'Assert' || node.kind === 'Damaged') return true
  if (node.kind === 'Yield' || node.kind === 'YieldFrom') return true
  if (node.kind === 'Call' && !returns(node)) return true
  if (node.kind === 'Lambda') return false
  // `break` in the `else` of a loop is one of the loop around it.
  const isLeft = 'orelse' in node && Array.isArray(node.orelse) && node.kind !== 'If' && hasJump(node.orelse)
  const body: readonly PythonNode[] = isFunction(node) || node.kind === 'ClassDef' ? node.body : []
  return isLeft || children(node).some((one) => !body.includes(one) && mayEnd(one, returns))
}

const hasJump = (block: readonly Statement[]): boolean =>
  block.some(
    (one) =>
      one.kind === 'Break' ||
      one.kind === 'Continue' ||
      ('body' in one && children(one).some((inner) => hasJump([inner as Statement]))),
  )

/** The first name that a statement surely reads and that has no value then. */
function firstRead(node: Statement, bound: NameSet, names: NameSet): Name | undefined {
  let there = bound
  for (const { read, binds } of partsOf(node)) {
    for (const one of read) {
      const own = union(there, boundIn(one))
      const found = sureReads(one).find(({ id }) => names.has(id) && !own.has(id))
      if (found !== undefined) return found
      there = own
    }
    there = union(there, binds)
  }
  return undefined
}

/** What a statement evaluates itself, in order, each with the names that it binds thereafter. */
function partsOf(node: Statement): { readonly read: readonly Expression[]; readonly binds: NameSet }[] {
  const one = (...read: (Expression | undefined)[]) => [
    { read: read.filter((part) => part !== undefined), binds: none },
  ]
  switch (node.kind) {
    case 'Assign':
      return [
        { read: [node.value], binds: union(none, ...node.targets.map(targetNames)) },
        { read: node.targets.flatMap(readByTarget), binds: none },
      ]
    case 'AnnAssign':
      return node.value === undefined ? [] : [...one(node.value), ...one(...readByTarget(node.target))]
    case 'AugAssign':
      return one(node.target, node.value)
    case 'Delete':
      return one(...node.targets)
    case 'Expr':
    case 'Return':
      return one(node.value)
    case 'Raise':
      return one(node.exc, node.cause)
    case 'For':
    case 'AsyncFor':
      return one(node.iter)
    case 'If':
    case 'While':
    case 'Assert':
      return one(node.test)
    case 'Match':
      return one(node.subject)
    case 'With':
    case 'AsyncWith':
      return node.items.map((item) => ({ read: [item.context], binds: namesOfItem(item) }))
    case 'FunctionDef':
    case 'AsyncFunctionDef':
      return one(...node.decorators)
    case 'ClassDef':
      return one(...node.decorators, ...node.bases)
    default:
      return []
  }
}

const none: NameSet = new Set()

/** `room` and `key` of `room.seats[key] = …`. */
function readByTarget(target: Expression): Expression[] {
  if (target.kind === 'Name') return []
  if (target.kind === 'Starred') return readByTarget(target.value)
  return target.kind === 'Tuple' || target.kind === 'List' ? target.elts.flatMap(readByTarget) : [target]
}

/** The expressions of a statement itself, not of those in it. */
const headOf = (node: Statement): readonly Expression[] => partsOf(node).flatMap(({ read }) => read)

/** Where a statement stands. */
interface Home {
  readonly of: Statement | undefined
  /** What follows it in its block. */
  readonly rest: readonly Statement[]
  /** What follows the block within what it is a part of: `else` and `finally` of a `try`. */
  readonly after: readonly (readonly Statement[])[]
  /** The name of the handler it stands in, which Python takes away at its end. */
  readonly own: string | undefined
  /** A loop comes back to it, or an exception goes on behind it. */
  readonly repeats: boolean
  /** A `try` around it may catch the error. */
  readonly awaited: boolean
}

const homes = new WeakMap<FunctionDef, Map<Statement | undefined, Home>>()

const isAwaitedAt = (around: FunctionDef, node: Statement): boolean => homesIn(around).get(node)?.awaited !== false

function homesIn(around: FunctionDef): Map<Statement | undefined, Home> {
  return getOrInsert(homes, around, () => {
    const found = new Map<Statement | undefined, Home>()
    const place = (block: readonly Statement[], home: Omit<Home, 'rest'>): void => {
      for (const [index, statement] of block.entries()) {
        found.set(statement, { ...home, rest: block.slice(index + 1) })
        for (const { block: inner, ...more } of blocksOf(statement))
          place(inner, {
            of: statement,
            after: [],
            own: undefined,
            repeats: false,
            ...more,
            awaited: home.awaited || more.awaited === true,
          })
      }
    }
    place(around.body, { of: undefined, after: [], own: undefined, repeats: false, awaited: false })
    return found
  })
}

type Inner = { readonly block: readonly Statement[] } & Partial<Home>

function blocksOf(node: Statement): Inner[] {
  switch (node.kind) {
    case 'If':
      return [{ block: node.body }, { block: node.orelse }]
    case 'For':
    case 'AsyncFor':
    case 'While':
      return [{ block: node.body, repeats: true }, { block: node.orelse }]
    case 'With':
    case 'AsyncWith':
      return [{ block: node.body, awaited: node.items.some(({ context }) => swallows(context)) }]
    case 'Match':
      return node.cases.map(({ body }) => ({ block: body }))
    case 'Try':
      return [
        { block: node.body, after: [node.orelse, node.finalbody], awaited: node.handlers.some(catchesNames) },
        ...node.handlers.map(({ body, name }) => ({ block: body, own: name, after: [node.finalbody] })),
        { block: node.orelse, after: [node.finalbody] },
        { block: node.finalbody, repeats: true },
      ]
    default:
      return []
  }
}

/** Whether a handler may be for an UnboundLocalError too. */
const catchesNames = ({ type }: ExceptHandler): boolean => type === undefined || mayName(type)

function mayName(type: Expression): boolean {
  if (type.kind === 'Tuple') return type.elts.some(mayName)
  const name = type.kind === 'Name' ? type.id : type.kind === 'Attribute' ? type.attr : undefined
  return name === undefined || /^(?:Base)?Exception$|^(?:NameError|UnboundLocalError)$|^_?[A-Z][A-Z0-9_]*$/.test(name)
}
