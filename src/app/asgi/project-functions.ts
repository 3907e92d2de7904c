import { getOrInsert } from '../../get-or-insert.ts'
import type { Call, ClassDef, Expression, FunctionDef } from '../../syntax/python/ast.ts'
import { children, type PythonNode, walk } from '../../syntax/python/walk.ts'
import { binds } from './bindings.ts'
import type { ClassCode } from './called-code.ts'
import { instanceOf } from './instances.ts'
import { lineage } from './lineage.ts'
import { isLocal } from './module-constants.ts'
import { type Code, type CodeFile, dottedOf, findClass, importedModule } from './python-code.ts'
import { modelBehind } from './query-sets.ts'
import { onlyAssignment } from './text-parts.ts'

/** A function or a method of the project. */
export interface ProjectFunction {
  readonly node: FunctionDef
  readonly file: CodeFile
  /** The class it is a method of. */
  readonly owner: ClassDef | undefined
}

/** Where an expression stands: the functions around it, innermost last, and the class of their methods. */
export interface Standing {
  readonly file: CodeFile
  readonly functions: readonly FunctionDef[]
  readonly owner: ClassDef | undefined
}

export interface CallSite extends Standing {
  readonly call: Call
}

/** The name at the left of a dotted expression. */
export function rootOf(node: Expression): string | undefined {
  if (node.kind === 'Name') return node.id
  return node.kind === 'Attribute' ? rootOf(node.value) : undefined
}

/** How often a block binds a name itself, in whatever branch: `notify = async_to_sync(notify)` is one. */
export function bindingsOf(name: string, body: ClassDef['body']): number {
  let count = 0
  for (const statement of body) {
    walk(statement, (inner) => {
      const isDefinition =
        inner.kind === 'FunctionDef' || inner.kind === 'AsyncFunctionDef' || inner.kind === 'ClassDef'
      if (isDefinition && inner.name === name) count++
      if (inner.kind === 'Assign' && inner.targets.some((one) => one.kind === 'Name' && one.id === name)) count++
      return !isDefinition
    })
  }
  return count
}

/** From how many modules a file imports a name: `except ImportError` may bring another one. */
function sourcesOf(name: string, file: CodeFile): number {
  const sources = new Set<string | undefined>()
  walk(file.tree, (inner) => {
    if (inner.kind === 'ImportFrom' && inner.names.some((one) => (one.asname ?? one.name) === name))
      sources.add(importedModule(inner, file.module, file.path.endsWith('__init__.py')))
  })
  return sources.size
}

/**
 * The dotted path that an expression means, from the module it stands in, where no function around it and nothing else in the file gives
 * its name another meaning.
 */
export function surelyDotted(node: Expression, { file, functions }: Standing): string | undefined {
  const root = rootOf(node)
  if (root === undefined || functions.some((one) => isLocal(root, one))) return undefined
  if (file.imports.has(root) && (bindingsOf(root, file.tree.body) > 0 || sourcesOf(root, file) > 1)) return undefined
  const dotted = dottedOf(node, file)
  return dotted === undefined || dotted.includes('.') ? dotted : `${file.module}.${dotted}`
}

const isFunction = (node: PythonNode): node is FunctionDef =>
  node.kind === 'FunctionDef' || node.kind === 'AsyncFunctionDef'

/** The function at the top of a module that a dotted path leads to, through re-exports; only one that nothing else binds there. */
export function functionAt(code: Code, dotted: string, depth = 0): ProjectFunction | undefined {
  const cut = dotted.lastIndexOf('.')
  const file = cut < 0 ? undefined : code.module(dotted.slice(0, cut))
  const name = dotted.slice(cut + 1)
  if (file === undefined || depth > 4) return undefined
  const node = file.tree.body.find((one): one is FunctionDef => isFunction(one) && one.name === name)
  if (node !== undefined) return bindingsOf(name, file.tree.body) === 1 ? { node, file, owner: undefined } : undefined
  const again = file.imports.get(name)
  return again === undefined || again === dotted ? undefined : functionAt(code, again, depth + 1)
}

/**
 * The function that a call means: of a module; of the own class (`self.payload()`); of a class, or of an object of one, that the code
 * around it names.
 */
export function calledFunction(
  code: Code,
  { func }: Pick<Call, 'func'>,
  standing: Standing,
): ProjectFunction | undefined {
  const dotted = surelyDotted(func, standing)
  const found = dotted === undefined ? undefined : functionAt(code, dotted)
  if (found !== undefined || func.kind !== 'Attribute') return found
  const { attr, value } = func
  const of = classOf(code, value, standing)
  return of === undefined ? methodOfNamesake(code, value, attr, standing) : methodOf(code, of, attr)
}

/** A class of the project. */
interface OwnClass {
  readonly node: ClassDef
  readonly file: CodeFile
}

/** What makes one object of a model. */
const makers = /^a?(?:create|get|first|last|latest|earliest)$/

/** The class that an expression is, or surely is an object of. */
function classOf(code: Code, node: Expression, standing: Standing, depth = 0): OwnClass | undefined {
  const { owner, file, functions } = standing
  const around = functions.at(-1)
  if (depth > 4) return undefined
  if (node.kind === 'Name' && owner !== undefined && (node.id === 'self' || node.id === 'cls'))
    return { node: owner, file }
  if (node.kind === 'Call') {
    const { func } = node
    const made = func.kind === 'Attribute' && makers.test(func.attr) ? modelBehind(func.value) : func
    return made === undefined ? undefined : namedClass(code, made, standing)
  }
  const named = namedClass(code, node, standing) ?? madeByModule(code, node, standing)
  if (named !== undefined || around === undefined) return named
  const value = node.kind === 'Name' ? onlyAssignment(around, node.id) : node.kind === 'Await' ? node.value : undefined
  const found = value === undefined ? undefined : classOf(code, value, standing, depth + 1)
  if (found !== undefined) return found
  const held = instanceOf(code, node, { node: around, file, class: owner && classCode(code, { node: owner, file }) })
  return held?.kind === 'fetched' ? { node: held.model, file: held.file } : annotated(code, node, standing)
}

/** The class of an object that a module makes and binds once: `manager = Manager()`. */
function madeByModule(code: Code, node: Expression, standing: Standing): OwnClass | undefined {
  const dotted = surelyDotted(node, standing) ?? ''
  const cut = dotted.lastIndexOf('.')
  const file = cut < 0 ? undefined : code.module(dotted.slice(0, cut))
  const name = dotted.slice(cut + 1)
  if (file === undefined || bindingsOf(name, file.tree.body) !== 1) return undefined
  const made = file.tree.body.flatMap((one) =>
    one.kind === 'Assign' && one.targets.some((target) => target.kind === 'Name' && target.id === name)
      ? [one.value]
      : [],
  )[0]
  return made?.kind === 'Call' ? namedClass(code, made.func, { file, functions: [], owner: undefined }) : undefined
}

function namedClass(code: Code, node: Expression, standing: Standing): OwnClass | undefined {
  const dotted = surelyDotted(node, standing)
  return dotted === undefined ? undefined : findClass(code, dotted)
}

/** The class that the parameter of a name is annotated with. */
function annotated(code: Code, node: Expression, standing: Standing): OwnClass | undefined {
  const around = standing.functions.at(-1)
  if (node.kind !== 'Name' || around === undefined || isRebound(node.id, around)) return undefined
  const { posonly, args, kwonly } = around.args
  const annotation = [...posonly, ...args, ...kwonly].find(({ name }) => name === node.id)?.annotation
  return annotation && namedClass(code, annotation, { ...standing, functions: standing.functions.slice(0, -1) })
}

function isRebound(name: string, around: FunctionDef): boolean {
  let found = false
  for (const statement of around.body)
    walk(statement, (inner) => {
      found ||= inner.kind !== 'For' && inner.kind !== 'AsyncFor' && binds(inner, name)
    })
  return found
}

const methodsIn = ({ body }: ClassDef, name: string): FunctionDef[] =>
  body.filter((one): one is FunctionDef => isFunction(one) && one.name === name)

/** The method of a class that Python finds under a name, in the class itself or in what it inherits from. */
function methodOf(code: Code, { node, file }: OwnClass, name: string): ProjectFunction | undefined {
  const holder = lineage(code, file, node).own.find((one) => methodsIn(one.node, name).length > 0)
  const [only, ...others] = holder === undefined ? [] : methodsIn(holder.node, name)
  if (holder === undefined || only === undefined || others.length > 0 || holder.shadowed.has(name)) return undefined
  return { node: only, file: holder.file, owner: holder.node }
}

function classCode(code: Code, { node, file }: OwnClass): ClassCode {
  const methods = new Map<string, { readonly node: FunctionDef; readonly file: CodeFile }>()
  for (const one of lineage(code, file, node).own)
    for (const method of one.node.body)
      if (isFunction(method) && !methods.has(method.name)) methods.set(method.name, { node: method, file: one.file })
  return { name: node.name, methods }
}

/** Methods that dicts, models and consumers have, whoever else defines one of the name. */
const common = new Set(['copy', 'items', 'keys', 'values', 'get', 'pop', 'send', 'update'])

/**
 * `dish.as_message()` of a parameter, or of what a loop goes through, where only the class `Dish` of the project has a method of the name.
 */
function methodOfNamesake(
  code: Code,
  node: Expression,
  method: string,
  { file, functions }: Standing,
): ProjectFunction | undefined {
  const around = functions.at(-1)
  if (node.kind !== 'Name' || around === undefined || file.imports.has(node.id) || common.has(method)) return undefined
  if (isRebound(node.id, around)) return undefined
  const [only, ...others] = methodsCalled(code, method)
  const name = only?.owner?.name.toLowerCase()
  return others.length === 0 && name === node.id.replaceAll('_', '') ? only : undefined
}

/** Functions, and those of the project that they call, as many times over as `depth`. */
export function withCalled(code: Code, own: readonly ProjectFunction[], depth: number): readonly ProjectFunction[] {
  const found = [...own]
  let wanted = own
  for (let round = 0; round < depth; round++) {
    const next: ProjectFunction[] = []
    for (const { node, file, owner } of wanted)
      walk(node, (inner) => {
        const called =
          inner.kind === 'Call' ? calledFunction(code, inner, { file, functions: [node], owner }) : undefined
        if (called !== undefined && ![...found, ...next].some((one) => one.node === called.node)) next.push(called)
      })
    found.push(...next)
    wanted = next
  }
  return found
}

const methodsByName = new WeakMap<Code, Map<string, ProjectFunction[]>>()

/** The methods of a name in all classes of the project. */
function methodsCalled(code: Code, name: string): ProjectFunction[] {
  const known = getOrInsert(methodsByName, code, () => new Map<string, ProjectFunction[]>())
  return getOrInsert(known, name, () => {
    const defines = new RegExp(`\\bdef[ \\t]+${name}\\b`)
    return code.files.flatMap((path) => {
      const file = defines.test(code.source(path)?.text ?? '') ? code.file(path) : undefined
      const found: ProjectFunction[] = []
      if (file !== undefined)
        walk(file.tree, (node) => {
          if (node.kind === 'ClassDef')
            for (const one of methodsIn(node, name)) found.push({ node: one, file, owner: node })
        })
      return found
    })
  })
}

/** Every call of a function at the top of a module, in the files of the app. */
export function callSites(code: Code, wanted: ProjectFunction): CallSite[] {
  const { name } = wanted.node
  return code.files.flatMap((path) => {
    const file = code.source(path)?.text.includes(name) === true ? code.file(path) : undefined
    const found: CallSite[] = []
    if (file !== undefined)
      eachStanding(file, (node, standing) => {
        if (node.kind !== 'Call' || !mentions(node.func, name)) return
        const dotted = surelyDotted(node.func, standing)
        if (dotted !== undefined && functionAt(code, dotted)?.node === wanted.node)
          found.push({ ...standing, call: node })
      })
    return found
  })
}

/** An alias (`import … as tell`) may stand for the name. */
const mentions = (func: Expression, name: string): boolean =>
  func.kind === 'Name' || (func.kind === 'Attribute' && func.attr === name)

/** Every node of a file with where it stands, and its parents, outermost first. */
export function eachStanding(
  file: CodeFile,
  visit: (node: PythonNode, standing: Standing, parents: readonly PythonNode[]) => void,
): void {
  const enter = (node: PythonNode, standing: Standing, parents: readonly PythonNode[]): void => {
    visit(node, standing, parents)
    const inside = entered(node, standing)
    const below = [...parents, node]
    for (const child of children(node)) enter(child, inside, below)
  }
  enter(file.tree, { file, functions: [], owner: undefined }, [])
}

function entered(node: PythonNode, standing: Standing): Standing {
  if (node.kind === 'ClassDef') return { ...standing, owner: node, functions: [] }
  return isFunction(node) ? { ...standing, functions: [...standing.functions, node] } : standing
}

/** What a call gives for a parameter: an expression; `rest`: what lands in `**kwargs`; undefined: not given, or not to be told. */
export function argumentFor(call: Call, { node, owner }: ProjectFunction, name: string): Expression | undefined {
  const keyword = call.keywords.find(({ arg }) => arg === name)
  if (keyword !== undefined) return keyword.value
  const { posonly, args } = node.args
  const places = [...posonly, ...args].slice(owner === undefined ? 0 : 1)
  const at = places.findIndex((one) => one.name === name)
  const before = call.args.slice(0, at + 1)
  if (at < 0 || before.some(({ kind }) => kind === 'Starred')) return undefined
  return call.args[at]
}
