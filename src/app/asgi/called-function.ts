import { getOrInsert } from '../../get-or-insert.ts'
import type { Call, ClassDef, Expression, FunctionDef, Statement } from '../../syntax/python/ast.ts'
import { bindingsOf, isParameter, type NameBinding, onlyAssignment } from '../../syntax/python/bindings.ts'
import { isFunction, walk } from '../../syntax/python/walk.ts'
import { instanceOf } from './instances.ts'
import { type Lineage, lineage } from './lineage.ts'
import {
  bodyOf,
  functionAt,
  handedOver,
  type OwnClass,
  type ProjectFunction,
  type Standing,
  selfOf,
  surelyDotted,
} from './project-functions.ts'
import { type Code, findClass, homeOf } from './python-code.ts'
import { modelBehind, modelOfEach } from './query-sets.ts'
import { rowAt } from './rows.ts'

/** How many steps lead from a name to the class of what it stands for. */
const farthest = 4

/**
 * The function of the project that a call calls.
 *
 * - `find()`, `queries.find()`: that of a module, through imports and re-exports.
 * - `self.find()`, `cls.find()`: the method that Python finds in the class whose object `self` is (`standing.self`), else in the one
 *   that the code stands in.
 * - `room.find()`: the method of the class that `room` is an object of, where it is made there (`Room()`, `Room.objects.get(…)`, alone
 *   or awaited), by a function that gives nothing else, by the module, or by a loop through a query set; where an annotation or
 *   `isinstance` says so; or where it is a parameter for which callers hand over such an object, and none another one.
 * - `Room.find()`: the method of the class.
 *
 * Undefined, not known: the name is bound in another way where the call stands, or in several; the function is defined twice or in a
 * branch; a class of Channels has a method of the name before the project's; `super()`, attributes of objects (`self.service.find()`),
 * and what no file of the project defines. A decorator of the function that is found is not looked at.
 */
export function calledFunction(
  code: Code,
  { func }: Pick<Call, 'func'>,
  standing: Standing,
  depth = 0,
): ProjectFunction | undefined {
  const dotted = surelyDotted(func, standing)
  const found = dotted === undefined ? undefined : functionAt(code, dotted)
  if (found !== undefined || func.kind !== 'Attribute') return found
  const of = classOf(code, func.value, standing, depth)
  return of && methodOf(code, of, func.attr)
}

/** What makes one object of a model. */
const makers = /^a?(?:create|get|first|last|latest|earliest)$/

/** The class that an expression is, or surely is an object of. */
export function classOf(code: Code, node: Expression, standing: Standing, depth = 0): OwnClass | undefined {
  const { functions } = standing
  const around = functions.at(-1)
  if (depth > farthest) return undefined
  const self = selfOf(standing)
  if (node.kind === 'Name' && self !== undefined && (node.id === 'self' || node.id === 'cls')) return self
  if (node.kind === 'Call') {
    const { func } = node
    const made = func.kind === 'Attribute' && makers.test(func.attr) ? modelBehind(func.value) : func
    const named = made && namedClass(code, made, standing)
    return named ?? rowAt(code, node, standing, depth)?.row?.model
  }
  const named = namedClass(code, node, standing) ?? madeByModule(code, node, standing)
  if (named !== undefined || around === undefined) return named
  const value = node.kind === 'Name' ? onlyAssignment(around, node.id) : node.kind === 'Await' ? node.value : undefined
  const each = node.kind === 'Name' ? modelOfLoop(node.id, around) : undefined
  const found = each ? namedClass(code, each, standing) : value && classOf(code, value, standing, depth + 1)
  if (found !== undefined) return found
  const held = instanceOf(code, node, { ...standing, node: around }, depth + 1)
  if (held?.kind === 'fetched') return { node: held.model, file: held.file }
  const row = rowAt(code, node, standing, depth)?.row
  if (row !== undefined) return row.model
  return node.kind === 'Name' ? ofParameter(code, node, around, standing, depth) : undefined
}

/** The model through whose rows the one loop goes that binds a name. */
function modelOfLoop(name: string, around: FunctionDef): Expression | undefined {
  const [only, ...more] = bindingsOf(around).get(name) ?? []
  if (only?.how !== 'each' || only.value === undefined || more.length > 0) return undefined
  const rows = only.value.kind === 'Name' ? onlyAssignment(around, only.value.id) : only.value
  return rows && modelOfEach(rows)
}

function namedClass(code: Code, node: Expression, standing: Standing): OwnClass | undefined {
  const dotted = surelyDotted(node, standing)
  return dotted === undefined ? undefined : findClass(code, dotted)
}

/** The class of an object that a module makes and binds once: `manager = Manager()`. */
export function madeByModule(code: Code, node: Expression, standing: Standing): OwnClass | undefined {
  const home = homeOf(code, surelyDotted(node, standing) ?? '')
  const [only, ...more] = (home && bindingsOf(home.file.tree).get(home.name)) ?? []
  if (home === undefined || only?.how !== 'whole' || only.branch || more.length > 0) return undefined
  return only.value?.kind === 'Call'
    ? namedClass(code, only.value.func, { file: home.file, functions: [], owner: undefined })
    : undefined
}

/** The class of a parameter: that of its annotation, of an `isinstance` before, or of what the callers hand over. */
function ofParameter(
  code: Code,
  node: Extract<Expression, { kind: 'Name' }>,
  around: FunctionDef,
  standing: Standing,
  depth: number,
): OwnClass | undefined {
  const all = bindingsOf(around).get(node.id) ?? []
  if (!isParameter(node.id, around) || all.length > 1) return undefined
  const { posonly, args, kwonly } = around.args
  const own = [...posonly, ...args, ...kwonly].find(({ name }) => name === node.id)
  const tested = testedClass(around.body, node)
  if (tested !== undefined) return namedClass(code, tested, standing)
  if (own?.annotation !== undefined)
    return namedClass(code, own.annotation, { ...standing, functions: standing.functions.slice(0, -1) })
  return own === undefined ? undefined : ofCallers(code, node.id, standing, depth)
}

/** The class of what the calls of a function of a module hand over for a parameter: what some do, where none does another one. */
function ofCallers(code: Code, name: string, standing: Standing, depth: number): OwnClass | undefined {
  const found = handedOver(code, name, standing).flatMap(
    ({ value, site }) => (value && classOf(code, value, site, depth + 1)) ?? [],
  )
  const [first] = found
  return found.every((one) => one.node === first?.node) ? first : undefined
}

/** The class of which a statement before, or the branch around, says that a name is an object: `if isinstance(dish, Dish):`. */
function testedClass(block: readonly Statement[], node: Extract<Expression, { kind: 'Name' }>): Expression | undefined {
  let said: Expression | undefined
  for (const statement of block) {
    if (statement.start > node.start) return said
    if (statement.kind === 'Assert') said = isInstance(statement.test, node.id) ?? said
    if (statement.end <= node.start) {
      if (statement.kind === 'If' && statement.test.kind === 'UnaryOp' && leaves(statement.body))
        said = isInstance(statement.test.operand, node.id) ?? said
      continue
    }
    if (statement.kind === 'If') {
      const [first] = statement.body
      const isThere = first !== undefined && first.start <= node.start && node.start < (statement.body.at(-1)?.end ?? 0)
      if (isThere) said = isInstance(statement.test, node.id) ?? said
      return testedClass(isThere ? statement.body : statement.orelse, node) ?? said
    }
    if ('body' in statement && statement.kind !== 'ClassDef' && !isFunction(statement))
      return testedClass(statement.body, node) ?? said
  }
  return said
}

const leaves = (block: readonly Statement[]): boolean =>
  ['Return', 'Raise', 'Continue'].includes(block.at(-1)?.kind ?? '')

/** `isinstance(name, Class)`, also as one of what `and` joins. */
function isInstance(test: Expression, name: string): Expression | undefined {
  if (test.kind === 'BoolOp')
    return test.op === 'and' ? test.values.flatMap((one) => isInstance(one, name) ?? [])[0] : undefined
  if (test.kind !== 'Call' || test.func.kind !== 'Name' || test.func.id !== 'isinstance') return undefined
  const [of, type] = test.args
  return of?.kind === 'Name' && of.id === name ? type : undefined
}

const lineages = new WeakMap<Code, Map<ClassDef, Lineage>>()

/** Where a class comes from, followed once. */
export const lineageOf = (code: Code, { node, file }: OwnClass): Lineage =>
  getOrInsert(
    getOrInsert(lineages, code, () => new Map()),
    node,
    () => lineage(code, file, node),
  )

/** The method of a class that Python finds under a name, in the class itself or in what it inherits from. */
export function methodOf(code: Code, of: OwnClass, name: string): ProjectFunction | undefined {
  const holder = lineageOf(code, of).own.find(({ node }) => bindingsOf(node).has(name))
  const [only, ...more] = (holder && bindingsOf(holder.node).get(name)) ?? []
  if (holder === undefined || only === undefined || more.length > 0 || holder.shadowed.has(name)) return undefined
  return isFunction(only.by) && !only.branch
    ? { node: only.by, file: holder.file, owner: holder.node, self: of }
    : undefined
}

/** The methods of a class and of those of the project that it derives from: of each name the one that Python finds. */
export function methodsOf(code: Code, of: OwnClass): readonly ProjectFunction[] {
  const found = new Map<string, ProjectFunction>()
  for (const { node: owner, file } of lineageOf(code, of).own)
    for (const node of owner.body)
      if (isFunction(node) && !found.has(node.name)) found.set(node.name, { node, file, owner, self: of })
  return [...found.values()]
}

/** What a method binds an attribute of its `self` to. */
export interface SelfBinding extends NameBinding {
  readonly method: ProjectFunction
}

/**
 * What the objects of a class bind an attribute of their own to (`self.group = …`), but None, in methods of it and of those of the project
 * that it derives from: also in those that others hide, which `super()` may ask for.
 */
export function boundToSelf(code: Code, of: OwnClass, attribute: string): readonly SelfBinding[] {
  return lineageOf(code, of)
    .own.flatMap(({ node: owner, file }) =>
      owner.body.filter(isFunction).map((node): ProjectFunction => ({ node, file, owner, self: of })),
    )
    .flatMap((method) =>
      (bindingsOf(method.node).get(`self.${attribute}`) ?? []).map((binding) => ({ ...binding, method })),
    )
    .filter(({ value }) => !(value?.kind === 'Constant' && value.value.type === 'none'))
}

/** The methods that stand in a class itself, of each name the one that Python finds first. */
export const ownMethods = (code: Code, of: OwnClass): readonly ProjectFunction[] =>
  methodsOf(code, of).filter(({ owner }) => owner === of.node)

/** Functions, and those of the project that they call, as many times over as `depth`. */
export function withCalled(code: Code, own: readonly ProjectFunction[], depth: number): readonly ProjectFunction[] {
  const found = [...own]
  let wanted = own
  for (let round = 0; round < depth; round++) {
    const next: ProjectFunction[] = []
    for (const one of wanted)
      walk(one.node, (inner) => {
        const called = inner.kind === 'Call' ? calledFunction(code, inner, bodyOf(one)) : undefined
        if (called !== undefined && ![...found, ...next].some(({ node }) => node === called.node)) next.push(called)
      })
    found.push(...next)
    wanted = next
  }
  return found
}
