import type { Call, ClassDef, Expression, FunctionDef } from '../../syntax/python/ast.ts'
import { children, type PythonNode, walk } from '../../syntax/python/walk.ts'
import { isLocal } from './module-constants.ts'
import { type Code, type CodeFile, dottedOf, importedModule } from './python-code.ts'

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

/** Names that objects of other libraries have as well. */
const common = new Set([
  'dict',
  'copy',
  'items',
  'keys',
  'values',
  'get',
  'pop',
  'json',
  'model_dump',
  'send',
  'update',
])

/**
 * The function that a call means: of a module; of the own class (`self.payload()`); or the only method of the project that has the name
 * (`dish.as_message()`), of whatever object it is asked.
 */
export function calledFunction(code: Code, call: Call, standing: Standing): ProjectFunction | undefined {
  const { func } = call
  const dotted = surelyDotted(func, standing)
  const found = dotted === undefined ? undefined : functionAt(code, dotted)
  if (found !== undefined || func.kind !== 'Attribute') return found
  const { attr, value } = func
  const { owner, file } = standing
  if (owner !== undefined && value.kind === 'Name' && (value.id === 'self' || value.id === 'cls')) {
    const own = owner.body.filter((one): one is FunctionDef => isFunction(one) && one.name === attr)
    if (own[0] !== undefined) return own.length === 1 ? { node: own[0], file, owner } : undefined
  }
  if (common.has(attr)) return undefined
  const [only, ...others] = methodsCalled(code, attr)
  return others.length === 0 ? only : undefined
}

/** Functions, and those of the project that they call, as many times over as `depth`; `means` tells what a call means. */
export function withCalled(
  code: Code,
  own: readonly ProjectFunction[],
  depth: number,
  means: typeof calledFunction = calledFunction,
): readonly ProjectFunction[] {
  const found = [...own]
  let wanted = own
  for (let round = 0; round < depth; round++) {
    const next: ProjectFunction[] = []
    for (const { node, file, owner } of wanted)
      walk(node, (inner) => {
        const called = inner.kind === 'Call' ? means(code, inner, { file, functions: [node], owner }) : undefined
        if (called !== undefined && ![...found, ...next].some((one) => one.node === called.node)) next.push(called)
      })
    found.push(...next)
    wanted = next
  }
  return found
}

function methodsCalled(code: Code, name: string): ProjectFunction[] {
  const defines = new RegExp(`\\bdef[ \\t]+${name}\\b`)
  return code.files.flatMap((path) => {
    const file = defines.test(code.source(path)?.text ?? '') ? code.file(path) : undefined
    const found: ProjectFunction[] = []
    if (file !== undefined)
      walk(file.tree, (node) => {
        if (node.kind === 'ClassDef')
          for (const one of node.body)
            if (isFunction(one) && one.name === name) found.push({ node: one, file, owner: node })
      })
    return found
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
