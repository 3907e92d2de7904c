import type { ClassDef, Expression, Module } from '../../syntax/python/ast.ts'
import { bindingsOf, isBoundIn } from '../../syntax/python/bindings.ts'
import { literalText, type PythonNode, walk } from '../../syntax/python/walk.ts'
import { rootOf } from './project-functions.ts'
import { type Code, type CodeFile, dottedOf, findClass, homeOf } from './python-code.ts'
import type { Names } from './text-parts.ts'

/** Where an expression stands. */
interface Scope {
  readonly code: Code
  readonly file: CodeFile
  readonly names: Names
}

/** The expression that a module binds once, with the file in which its names mean something. */
export interface BoundConstant {
  readonly value: Expression
  readonly file: CodeFile
  /** It is the member of an enumeration, of which `str()`, or a text that it is put into, makes something else than its value. */
  readonly named?: boolean
}

/** What `NAME`, `module.NAME`, `Names.NAME`, `Names.NAME.value` or `NAME['key']` stands for where a module or a class of the project binds it once, at its top level. */
export function constantAt(node: Expression, scope: Scope, depth = 0): BoundConstant | undefined {
  if (depth > 4) return undefined
  if (node.kind === 'Subscript') return entryOf(constantAt(node.value, scope, depth + 1), node.slice)
  if (node.kind === 'Name') {
    if (isNearer(node.id, scope.names)) return undefined
    const imported = scope.file.imports.get(node.id)
    return imported === undefined ? bound(scope.file, node.id) : dotted(imported, scope, depth)
  }
  const root = rootOf(node)
  if (node.kind !== 'Attribute' || root === undefined || isNearer(root, scope.names)) return undefined
  const module = scope.file.imports.has(root) ? dottedOf(node.value, scope.file) : undefined
  const found = module === undefined ? undefined : dotted(`${module}.${node.attr}`, scope, depth)
  if (found !== undefined) return found
  if (node.attr !== 'value') return inClass(node.value, node.attr, scope)
  const member = node.value.kind === 'Attribute' ? inClass(node.value.value, node.value.attr, scope, true) : undefined
  return member && { ...member, named: false }
}

/** A text that an expression surely is: written, put together of such, or where a module of the project binds its name once. */
export function textAt(node: Expression, scope: Scope, depth = 0): string | undefined {
  if (depth > 6) return undefined
  const inner = (one: Expression) => textAt(one, scope, depth + 1)
  switch (node.kind) {
    case 'Constant':
      return literalText(node)
    case 'JoinedStr':
      return joined(node.values.map(inner))
    case 'FormattedValue':
      return node.conversion === undefined && node.formatSpec === undefined
        ? shownText(node.value, scope, depth)
        : undefined
    case 'BinOp':
      return node.op === '+' ? joined([inner(node.left), inner(node.right)]) : undefined
    case 'Call': {
      const [only, ...more] = node.args
      const isStr = node.func.kind === 'Name' && node.func.id === 'str' && node.keywords.length === 0
      return isStr && only !== undefined && more.length === 0 ? shownText(only, scope, depth) : undefined
    }
    case 'Name':
    case 'Attribute':
    case 'Subscript': {
      const found = constantAt(node, scope)
      return found && textAt(found.value, { ...scope, file: found.file, names: nowhere }, depth + 1)
    }
    default:
      return undefined
  }
}

const nowhere: Names = { function: undefined, attributes: new Map() }

const joined = (texts: readonly (string | undefined)[]): string | undefined =>
  texts.includes(undefined) ? undefined : texts.join('')

/** What `str()` makes of it. */
const shownText = (node: Expression, scope: Scope, depth: number): string | undefined =>
  node.kind === 'Attribute' && constantAt(node, scope)?.named === true ? undefined : textAt(node, scope, depth + 1)

/** Bases with which a member is a text: without them a class holds what its body says. */
const textBases = /^(?:str|enum\.(?:Enum|StrEnum)|django\.db\.models\.(?:TextChoices|enums\.TextChoices))$/

const makers = new Set(['__new__', '__init__', '_generate_next_value_', '_missing_', '__getattribute__', '__str__'])

/** `Events.CHANGED` of a class that holds constants, or of an enumeration whose members are texts; `valued`: the value of its member. */
function inClass(of: Expression, name: string, { code, file }: Scope, valued = false): BoundConstant | undefined {
  const path = dottedOf(of, file)
  const found = path === undefined ? undefined : findClass(code, path)
  if (found === undefined) return undefined
  const bases = found.node.bases.map((base) => dottedOf(base, found.file) ?? '')
  const isMember = bases.length > 0
  const isText = bases.every((base) => textBases.test(base)) && (valued ? isMember : String(bases) !== 'enum.Enum')
  const { decorators, keywords, body } = found.node
  // What makes a member, or says its value, may make another text of what is written.
  const isPlain = !body.some((one) => (one.kind === 'FunctionDef' && makers.has(one.name)) || one.kind === 'Damaged')
  // `@unique` checks the members, and changes none.
  const isLeft = decorators.every((one) => dottedOf(one, found.file) === 'enum.unique') && keywords.length === 0
  const constant = isText && isPlain && isLeft ? once(found.node, name, found.file) : undefined
  if (constant === undefined || !isMember) return constant
  // `NEW = "new", "New"`: the label stands behind the value.
  const { value } = constant
  const isLabelled = value.kind === 'Tuple' && bases.some((base) => base.endsWith('TextChoices'))
  // enum.py: StrEnum makes the value of the name, in small letters.
  const isNamed =
    value.kind === 'Call' && dottedOf(value.func, found.file) === 'enum.auto' && String(bases) === 'enum.StrEnum'
  return {
    ...constant,
    value: isLabelled
      ? (value.elts[0] ?? value)
      : isNamed
        ? { ...value, kind: 'Constant', value: { type: 'str', value: name.toLowerCase() } }
        : value,
    named: bases.includes('enum.Enum'),
  }
}

function dotted(path: string, scope: Scope, depth: number): BoundConstant | undefined {
  const home = homeOf(scope.code, path)
  if (home === undefined) return undefined
  const { file, name } = home
  const again = file.imports.get(name)
  return again === undefined || again === path
    ? bound(file, name)
    : depth > 4
      ? undefined
      : dotted(again, scope, depth + 1)
}

/** Of a dict that is written out, the value of a literal key that stands there once. */
function entryOf(found: BoundConstant | undefined, slice: Expression): BoundConstant | undefined {
  const { value, file } = found ?? {}
  if (value?.kind !== 'Dict' || file === undefined || slice.kind !== 'Constant' || slice.value.type !== 'str')
    return undefined
  if (value.keys.some((key) => key?.kind !== 'Constant')) return undefined
  const text = slice.value.value
  const at = value.keys.flatMap((key, index) => (literalText(key) === text ? [index] : []))
  const [index] = at
  const entry = index === undefined || at.length > 1 ? undefined : value.values[index]
  return entry === undefined ? undefined : { value: entry, file }
}

function bound(file: CodeFile, name: string): BoundConstant | undefined {
  return once(file.tree, name, file)
}

/** What a module or a class binds a name to by one assignment that surely runs, and that nothing changes. */
function once(scope: Module | ClassDef, name: string, file: CodeFile): BoundConstant | undefined {
  const [only, ...more] = bindingsOf(scope).get(name) ?? []
  if (only?.how !== 'whole' || only.value === undefined || only.branch || more.length > 0) return undefined
  return scope.body.some((statement) => changesInside(statement, name)) ? undefined : { value: only.value, file }
}

function changesInside(node: PythonNode, name: string): boolean {
  let found = false
  walk(node, (inner) => {
    found ||= changes(inner, name)
    return !found
  })
  return found
}

const changing = new Set(['update', 'setdefault', 'pop'])

/** `NAME['key'] = …`, `del NAME['key']`, `NAME.update(…)` */
function changes(node: PythonNode, name: string): boolean {
  const is = (one: Expression) => one.kind === 'Name' && one.id === name
  const changed = (target: Expression): boolean => {
    if (target.kind === 'Subscript') return target.value.kind === 'Subscript' ? changed(target.value) : is(target.value)
    return (target.kind === 'Tuple' || target.kind === 'List') && target.elts.some(changed)
  }
  if (node.kind === 'Attribute') return changing.has(node.attr) && is(node.value)
  if (node.kind === 'AugAssign' || node.kind === 'AnnAssign') return changed(node.target)
  return (node.kind === 'Assign' || node.kind === 'Delete') && node.targets.some(changed)
}

/** Some function binds the name, or changes what it holds, before the module is asked for it. */
function isNearer(name: string, { function: own, outer = [] }: Names): boolean {
  const functions = own === undefined ? outer : [own, ...outer]
  return isBoundIn(functions, name) || functions.some((one) => changesInside(one, name))
}
