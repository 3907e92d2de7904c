import type { Call, Expression, FunctionDef } from '../../syntax/python/ast.ts'
import { onlyAssignment } from '../../syntax/python/bindings.ts'
import { walk } from '../../syntax/python/walk.ts'
import { calledFunction } from './called-function.ts'
import { returnedBy } from './consumer-code.ts'
import { dictsOf, isChangedBehind, lastParts } from './dict-parts.ts'
import { isNumberKey } from './event-keys.ts'
import { isIdRow, isNumberOf } from './model-ids.ts'
import { bodyOf, handedOver, type Standing, surelyDotted } from './project-functions.ts'
import { type Code, type CodeFile, dottedOf } from './python-code.ts'
import { isThreadBridge } from './thread-bridge.ts'

/** A dict, or what fills one, with keys that are surely no texts. */
export interface OtherKeys {
  readonly node: Expression
  readonly file: CodeFile
}

/**
 * The first dict in a value, as it is written there or comes from names, callers and functions of the project, whose keys are numbers:
 * ids of rows most of all. Of a function that may return others, where all of them are such.
 */
export function otherKeysIn(code: Code, node: Expression, standing: Standing, depth = 0): OtherKeys | undefined {
  if (depth > 8) return undefined
  const { file } = standing
  const inside = (one: Expression) => otherKeysIn(code, one, standing, depth + 1)
  const first = (nodes: readonly Expression[]): OtherKeys | undefined => {
    for (const one of nodes) {
      const found = inside(one)
      if (found !== undefined) return found
    }
    return undefined
  }
  switch (node.kind) {
    case 'Dict':
      return node.keys.some((key) => key !== undefined && isOther(code, key, standing))
        ? { node, file }
        : first(node.values)
    case 'DictComp': {
      const isRow = node.generators.some(({ target, iter }) => isIdRow(code, node.key, target, iter, standing))
      return isRow || isOther(code, node.key, standing) ? { node, file } : inside(node.value)
    }
    case 'List':
    case 'Tuple':
      return first(node.elts)
    case 'ListComp':
      return inside(node.elt)
    case 'IfExp':
      return inside(node.orelse) && inside(node.body)
    case 'Await':
      return inside(node.value)
    case 'Name':
      return ofName(code, node, standing, depth)
    case 'Call':
      return ofCall(code, node, standing, depth)
    default:
      return undefined
  }
}

const isOther = (code: Code, key: Expression, standing: Standing): boolean =>
  isNumberKey(key, standing.file) || isNumberOf(code, key, standing)

function ofName(
  code: Code,
  node: Extract<Expression, { kind: 'Name' }>,
  standing: Standing,
  depth: number,
): OtherKeys | undefined {
  const around = standing.functions.at(-1)
  if (around === undefined) return undefined
  const value = onlyAssignment(around, node.id)
  if (takesOut(around, node.id) || isChangedBehind(code, around, node.id, standing)) return undefined
  if (value !== undefined) return otherKeysIn(code, value, standing, depth + 1) ?? filled(code, node.id, standing)
  for (const { value: given, site } of handedOver(code, node.id, standing)) {
    const found = given && otherKeysIn(code, given, site, depth + 1)
    if (found !== undefined) return found
  }
  // `**what`
  for (const parts of dictsOf(code, node, standing))
    for (const part of lastParts(parts)) {
      const found = part.key === undefined ? undefined : otherKeysIn(code, part.value, part.standing, depth + 1)
      if (found !== undefined) return found
    }
  return undefined
}

/** `tally[str(key)] = tally.pop(key)`: the keys may be others in the end. */
function takesOut(around: FunctionDef, name: string): boolean {
  const is = (one: Expression) => one.kind === 'Name' && one.id === name
  let found = false
  walk(around, (inner) => {
    if (inner.kind === 'Delete') found ||= inner.targets.some((one) => one.kind === 'Subscript' && is(one.value))
    if (inner.kind === 'Call' && inner.func.kind === 'Attribute' && is(inner.func.value))
      found ||= /^(?:pop|popitem|clear)$/.test(inner.func.attr)
  })
  return found
}

/** `tally[option.pk] = option.count` */
function filled(code: Code, name: string, standing: Standing): OtherKeys | undefined {
  let found: OtherKeys | undefined
  const around = standing.functions.at(-1)
  if (around === undefined) return undefined
  walk(around, (inner) => {
    const targets = inner.kind === 'Assign' ? inner.targets : inner.kind === 'AugAssign' ? [inner.target] : []
    for (const target of targets) {
      if (target.kind !== 'Subscript' || target.value.kind !== 'Name' || target.value.id !== name) continue
      const isDict = makesDict(onlyAssignment(around, name), standing)
      if (isDict && isOther(code, target.slice, standing)) found ??= { node: target, file: standing.file }
    }
  })
  return found
}

/** A list may be filled by numbers too. */
function makesDict(node: Expression | undefined, standing: Standing): boolean {
  if (node?.kind === 'Dict' || node?.kind === 'DictComp') return true
  return (
    node?.kind === 'Call' &&
    makers.test(surelyDotted(node.func, standing)?.replace(`${standing.file.module}.`, '') ?? '')
  )
}

const makers = /^(?:dict|collections\.(?:Counter|defaultdict|OrderedDict))$/

function ofCall(code: Code, node: Call, standing: Standing, depth: number): OtherKeys | undefined {
  const { func, args } = node
  const { file } = standing
  const [only, ...more] = args
  // `sync_to_async(tally)(poll)`
  const bridged = func.kind === 'Call' && isThreadBridge(func.func, file) ? func.args[0] : undefined
  if (bridged !== undefined) return ofCall(code, { ...node, func: bridged }, standing, depth)
  if (func.kind === 'Name' && func.id === 'dict' && only !== undefined && more.length === 0)
    return isIdRow(code, undefined, undefined, only, standing)
      ? { node, file }
      : otherKeysIn(code, only, standing, depth + 1)
  if (func.kind === 'Attribute' && func.attr === 'copy' && only === undefined)
    return otherKeysIn(code, func.value, standing, depth + 1)
  const called = calledFunction(code, node, standing)
  if (called === undefined || !called.node.decorators.every((one) => handsOn(one, called.file))) return undefined
  const found = returnedBy(called.node).map((value) => value && otherKeysIn(code, value, bodyOf(called), depth + 1))
  return found.every((one) => one !== undefined) ? found[0] : undefined
}

/** A decorator under which a function returns what it returned before. */
const handsOn = (node: Expression, file: CodeFile): boolean =>
  isThreadBridge(node, file) ||
  /^(?:staticmethod|classmethod|django\.db\.transaction\.atomic)$/.test(dottedOf(node, file) ?? '')
