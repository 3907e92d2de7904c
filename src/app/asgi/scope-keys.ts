import type { Call, Expression, FunctionDef } from '../../syntax/python/ast.ts'
import { bindingsOf } from '../../syntax/python/bindings.ts'
import { literalText, type PythonNode, walk } from '../../syntax/python/walk.ts'
import { calledFunction } from './called-function.ts'
import { bodyOf, type ProjectFunction } from './project-functions.ts'
import type { Code } from './python-code.ts'

/** The keys that code puts into the scope of a connection. */
export interface KeysSet {
  readonly names: Set<string>
  /** Every key that is set could be read. */
  readable: boolean
}

/** What a function puts into scopes, itself or in functions of the project that it hands one. */
export function noteKeysSet(code: Code, from: ProjectFunction, keys: KeysSet, parameter?: string, depth = 0): void {
  const scopes = scopesIn(from.node, parameter)
  const isScope = (node: Expression | undefined): boolean =>
    node !== undefined &&
    ((node.kind === 'Name' && scopes.has(node.id)) || (node.kind === 'Attribute' && node.attr === 'scope'))
  walk(from.node, (node) => {
    noteWrites(node, keys, isScope)
    if (node.kind !== 'Call' || depth > 3) return
    const given = node.args.findIndex(isScope)
    // `database_sync_to_async(add_user)(scope)`
    const [bridged] = node.func.kind === 'Call' ? node.func.args : []
    const called = given < 0 ? undefined : calledFunction(code, { func: bridged ?? node.func }, bodyOf(from))
    if (called === undefined || called.node === from.node) return
    const { posonly, args } = called.node.args
    const own = [...posonly, ...args].filter(({ name }) => name !== 'self' && name !== 'cls')
    noteKeysSet(code, called, keys, own[given]?.name, depth + 1)
  })
}

/** The names under which a function has a scope: `scope`, and what it makes of it (`inner = dict(scope)`). */
function scopesIn(node: FunctionDef, parameter: string | undefined): ReadonlySet<string> {
  const names = new Set(['scope', ...(parameter === undefined ? [] : [parameter])])
  const isCopy = (value: Expression | undefined): boolean => {
    if (value?.kind === 'Name') return names.has(value.id)
    if (value?.kind === 'Attribute') return value.attr === 'scope'
    if (value?.kind === 'Dict') return value.keys.some((key, index) => key === undefined && isCopy(value.values[index]))
    if (value?.kind === 'BinOp') return isCopy(value.left)
    if (value?.kind !== 'Call') return false
    const { func, args } = value
    if (func.kind === 'Attribute' && func.attr === 'copy' && isCopy(func.value)) return true
    return /^(?:dict|copy|deepcopy)$/.test(nameOf(func)) && isCopy(args[0])
  }
  for (const [name, all] of bindingsOf(node)) if (all.some(({ value }) => isCopy(value))) names.add(name)
  return names
}

const nameOf = (node: Expression): string =>
  node.kind === 'Name' ? node.id : node.kind === 'Attribute' ? node.attr : ''

type IsScope = (node: Expression | undefined) => boolean

/** `scope['user'] = …`, `scope.update(…)`, `scope | {…}`, `dict(scope, user=…)`, `{**scope, 'user': …}` */
function noteWrites(node: PythonNode, keys: KeysSet, isScope: IsScope): void {
  switch (node.kind) {
    case 'Assign':
      for (const target of node.targets)
        if (target.kind === 'Subscript' && isScope(target.value)) noteKey(target.slice, keys)
      return
    case 'AugAssign':
      if (node.op === '|' && isScope(node.target)) noteDict(node.value, keys)
      return
    case 'BinOp':
      if (node.op === '|' && isScope(node.left)) noteDict(node.right, keys)
      return
    case 'Dict':
      if (node.keys.some((key, index) => key === undefined && isScope(node.values[index])))
        noteDict(node, keys, isScope)
      return
    case 'Call':
      noteCall(node, keys, isScope)
  }
}

function noteCall(node: Call, keys: KeysSet, isScope: IsScope): void {
  const { func, args, keywords } = node
  const [first] = args
  const isDict = func.kind === 'Name' && func.id === 'dict'
  const isOfScope = func.kind === 'Attribute' && isScope(func.value)
  if (isDict && (isScope(first) || keywords.some(({ arg, value }) => arg === undefined && isScope(value))))
    noteKeywords(node, keys, isScope)
  if (isOfScope && func.attr === 'setdefault') noteKey(first, keys)
  if (!isOfScope || func.attr !== 'update') return
  noteKeywords(node, keys, isScope)
  if (first !== undefined) noteDict(first, keys)
}

/** The keys of a dict that is written out; what it holds of the scope itself is there already. */
function noteDict(node: Expression, keys: KeysSet, isScope: IsScope = () => false): void {
  if (node.kind !== 'Dict') keys.readable = false
  else
    for (const [index, key] of node.keys.entries())
      if (key !== undefined || !isScope(node.values[index])) noteKey(key, keys)
}

function noteKeywords(node: Call, keys: KeysSet, isScope: IsScope): void {
  for (const { arg, value } of node.keywords) {
    if (arg !== undefined) keys.names.add(arg)
    else if (!isScope(value)) keys.readable = false
  }
}

function noteKey(key: Expression | undefined, keys: KeysSet): void {
  const text = literalText(key)
  if (text === undefined) keys.readable = false
  else keys.names.add(text)
}
