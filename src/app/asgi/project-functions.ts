import { getOrInsert } from '../../get-or-insert.ts'
import type { Call, ClassDef, Expression, FunctionDef } from '../../syntax/python/ast.ts'
import { bindingsOf, isParameter } from '../../syntax/python/bindings.ts'
import { children, isFunction, type PythonNode } from '../../syntax/python/walk.ts'
import type { Instance } from './instances.ts'
import { type Code, type CodeFile, homeOf, importsOf } from './python-code.ts'

/** A class of the project. */
export interface OwnClass {
  readonly node: ClassDef
  readonly file: CodeFile
}

/** A function or a method of the project. */
export interface ProjectFunction {
  readonly node: FunctionDef
  readonly file: CodeFile
  /** The class it is a method of. */
  readonly owner: ClassDef | undefined
  /** The class whose object its `self` is, where that is known; else it is taken to be one of `owner`. */
  readonly self?: OwnClass | undefined
  /** The method in which it runs, where that is the first that runs for a socket: nothing of the consumer's did before. */
  readonly first?: FunctionDef | undefined
  /** A method or property of a model's: which instance its `self` is, what runs it, and the functions of the model on the way there. */
  readonly model?: {
    readonly self: Instance
    readonly reader: ProjectFunction
    readonly through: readonly FunctionDef[]
  }
}

/** Where an expression stands: the functions around it, innermost last, and the class of their methods. */
export interface Standing extends Pick<ProjectFunction, 'file' | 'owner' | 'self'> {
  readonly functions: readonly FunctionDef[]
}

export interface CallSite extends Standing {
  readonly call: Call
}

/** Where the body of a function stands. */
export const bodyOf = ({ node, file, owner, self }: ProjectFunction): Standing => ({
  file,
  functions: [node],
  owner,
  self,
})

/** The class whose object the `self` of a function is, as far as that is known. */
export const selfOf = ({ file, owner, self }: Pick<ProjectFunction, 'file' | 'owner' | 'self'>): OwnClass | undefined =>
  self ?? (owner && { node: owner, file })

/** The name at the left of a dotted expression. */
export function rootOf(node: Expression): string | undefined {
  if (node.kind === 'Name') return node.id
  return node.kind === 'Attribute' ? rootOf(node.value) : undefined
}

/**
 * The dotted path that an expression means where it stands: the nearest function that binds its name, else the module, does so by
 * imports of one thing alone; or the module does so itself, however often. Undefined: it means something else, or one of several.
 */
export function surelyDotted(node: Expression, standing: Standing): string | undefined {
  if (node.kind === 'Attribute') {
    const inner = surelyDotted(node.value, standing)
    return inner && `${inner}.${node.attr}`
  }
  if (node.kind !== 'Name') return undefined
  const { file, functions } = standing
  const nearest = functions.findLast((one) => bindingsOf(one).has(node.id))
  const all = bindingsOf(nearest ?? file.tree).get(node.id)
  // A builtin, or what a star import brings.
  if (all === undefined) return `${file.module}.${node.id}`
  const paths = new Set(all.map(({ by }) => importedPath(by, node.id, file)))
  const [path] = paths
  if (paths.size === 1 && path !== undefined) return path
  return nearest === undefined && paths.size === 1 ? `${file.module}.${node.id}` : undefined
}

/** What an import statement binds a name to. */
function importedPath(node: PythonNode, name: string, file: CodeFile): string | undefined {
  if (node.kind !== 'Import' && node.kind !== 'ImportFrom') return undefined
  return importsOf(node, file).findLast(([local]) => local === name)?.[1]
}

/** The function at the top of a module that a dotted path leads to, through re-exports; only one that nothing else binds there. */
export function functionAt(code: Code, dotted: string, depth = 0): ProjectFunction | undefined {
  const home = depth > 4 ? undefined : homeOf(code, dotted)
  if (home === undefined) return undefined
  const { file, name } = home
  const all = bindingsOf(file.tree).get(name) ?? []
  const [only, ...more] = all
  if (only !== undefined && isFunction(only.by) && !only.branch)
    return more.length === 0 ? { node: only.by, file, owner: undefined } : undefined
  const again = surelyDotted(nameNode(name), { file, functions: [], owner: undefined })
  const isOwn = again === `${file.module}.${name}`
  return again === undefined || again === dotted || isOwn ? undefined : functionAt(code, again, depth + 1)
}

const nameNode = (id: string): Expression => ({ kind: 'Name', id, start: 0, end: 0 })

const sites = new WeakMap<Code, Map<FunctionDef, readonly CallSite[]>>()

/** Every call of a function at the top of a module, in the files of the app. */
export function callSites(code: Code, wanted: ProjectFunction): readonly CallSite[] {
  const known = getOrInsert(sites, code, () => new Map<FunctionDef, readonly CallSite[]>())
  return getOrInsert(known, wanted.node, () => findCalls(code, wanted))
}

function findCalls(code: Code, wanted: ProjectFunction): CallSite[] {
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

/** What one call gives for a parameter, and where it stands; `value` undefined: nothing, or it cannot be told. */
export interface GivenArgument {
  readonly value: Expression | undefined
  readonly site: CallSite
}

/**
 * What the calls of a function of a module hand over for a name in its body, one for each of them. None: the name is no parameter, or the
 * function binds it to something else as well.
 */
export function handedOver(code: Code, name: string, { file, functions, owner }: Standing): readonly GivenArgument[] {
  const [around, ...nested] = functions
  if (around === undefined || nested.length > 0 || owner !== undefined) return []
  if (!isParameter(name, around) || bindingsOf(around).get(name)?.length !== 1) return []
  const itself: ProjectFunction = { node: around, file, owner: undefined }
  return callSites(code, itself).map((site) => ({ value: argumentFor(site.call, itself, name), site }))
}
