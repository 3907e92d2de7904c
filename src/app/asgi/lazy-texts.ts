import type { ClassDef, Expression } from '../../syntax/python/ast.ts'
import { onlyAssignment } from '../../syntax/python/bindings.ts'
import { walk } from '../../syntax/python/walk.ts'
import { calledFunction } from './called-function.ts'
import { returnedBy } from './consumer-code.ts'
import { constantAt } from './module-constants.ts'
import { bodyOf, type Standing } from './project-functions.ts'
import { type Code, type CodeFile, dottedOf, findClass } from './python-code.ts'

/** Functions of Django that give a text which is only translated, or made, when somebody asks for it. */
const makers =
  /^django\.(?:utils\.(?:translation\.u?n?p?gettext_lazy|functional\.lazystr|text\.format_lazy)|urls\.reverse_lazy)$/

/**
 * Whether an expression is surely a lazy text of Django, which neither msgpack nor json has a form for: by a call, a constant, the label
 * of a choice, the title that a model has, or a function of the project that returns one. What is made of one (`str()`, an f-string, `%`,
 * `+`, any method) is a text, and so is what get_FOO_display() gives.
 */
export function isLazyText(code: Code, node: Expression, standing: Standing, depth = 0): boolean {
  if (depth > 5) return false
  const again = (one: Expression, at = standing): boolean => isLazyText(code, one, at, depth + 1)
  switch (node.kind) {
    case 'Call': {
      if (makers.test(dottedOf(node.func, standing.file) ?? '')) return true
      const called = calledFunction(code, node, standing)
      if (called === undefined || called.node.decorators.length > 0) return false
      const values = returnedBy(called.node)
      return values.length > 0 && values.every((value) => value !== undefined && again(value, bodyOf(called)))
    }
    case 'IfExp':
      return again(node.body) && again(node.orelse)
    case 'Name': {
      const around = standing.functions.at(-1)
      const assigned = around === undefined ? undefined : onlyAssignment(around, node.id)
      return assigned === undefined ? isConstant(code, node, standing, depth) : again(assigned)
    }
    case 'Subscript':
      return isEntry(code, node, standing) || isConstant(code, node, standing, depth)
    case 'Attribute':
      if (node.attr === 'label') return hasLazyLabels(code, node.value, standing)
      if (node.attr === 'verbose_name' || node.attr === 'verbose_name_plural') return isTitle(code, node, standing)
      if (node.value.kind === 'Name' && node.value.id === 'self') return isOwnText(code, node.attr, standing)
      return isConstant(code, node, standing, depth)
    default:
      return false
  }
}

function isConstant(code: Code, node: Expression, { file, functions }: Standing, depth: number): boolean {
  const names = { function: functions.at(-1), outer: functions.slice(0, -1), attributes: new Map() }
  const found = constantAt(node, { code, file, names })
  return (
    found !== undefined &&
    isLazyText(code, found.value, { file: found.file, functions: [], owner: undefined }, depth + 1)
  )
}

interface Found {
  readonly node: ClassDef
  readonly file: CodeFile
}

/** The class that an expression means: by its path, or as a class in the body of the own one (`self.Status`). */
function classAt(code: Code, node: Expression, { file, owner }: Standing): Found | undefined {
  if (node.kind === 'Attribute' && node.value.kind === 'Name' && node.value.id === 'self') {
    const inner = owner?.body.find((one): one is ClassDef => one.kind === 'ClassDef' && one.name === node.attr)
    return inner && { node: inner, file }
  }
  const dotted = dottedOf(node, file)
  const found = dotted === undefined ? undefined : findClass(code, dotted)
  if (found !== undefined || node.kind !== 'Attribute') return found
  // `Ticket.Status`
  const outer = classAt(code, node.value, { file, functions: [], owner })
  const inner = outer?.node.body.find((one): one is ClassDef => one.kind === 'ClassDef' && one.name === node.attr)
  return outer && inner && { node: inner, file: outer.file }
}

const isChoices = ({ node, file }: Found): boolean =>
  node.bases.some((base) => /^django\.db\.models\.(?:enums\.)?\w*Choices$/.test(dottedOf(base, file) ?? ''))

/** `Status(value).label`, `Status.OPEN.label`, where every member of the choices has a lazy label. */
function hasLazyLabels(code: Code, member: Expression, standing: Standing): boolean {
  const of = member.kind === 'Call' ? member.func : member.kind === 'Attribute' ? member.value : undefined
  const choices = of === undefined ? undefined : classAt(code, of, standing)
  if (choices === undefined || !isChoices(choices)) return false
  const named = member.kind === 'Attribute' ? member.attr : undefined
  const members = choices.node.body.flatMap((one) =>
    one.kind === 'Assign' &&
    (named === undefined || one.targets.some((target) => target.kind === 'Name' && target.id === named))
      ? [one.value]
      : [],
  )
  const inside = { file: choices.file, functions: [], owner: choices.node }
  return members.length > 0 && members.every((one) => one.kind === 'Tuple' && lastIsLazy(code, one.elts, inside))
}

function lastIsLazy(code: Code, elts: readonly Expression[], standing: Standing): boolean {
  const last = elts.at(-1)
  return last !== undefined && elts.length > 1 && isLazyText(code, last, standing, 1)
}

/** `dict(KINDS)[self.kind]`, `dict(Status.choices)[value]`, `LABELS[self.kind]`, where every pair has a lazy text. */
function isEntry(code: Code, { value }: Extract<Expression, { kind: 'Subscript' }>, standing: Standing): boolean {
  const { file, functions, owner } = standing
  const isDict = value.kind === 'Call' && dottedOf(value.func, file) === 'dict'
  const [pairs, ...more] = isDict ? value.args : [value]
  if (pairs === undefined || more.length > 0) return false
  if (isDict && pairs.kind === 'Attribute' && pairs.attr === 'choices') {
    const member: Expression = {
      kind: 'Call',
      func: pairs.value,
      args: [],
      keywords: [],
      start: pairs.start,
      end: pairs.end,
    }
    return hasLazyLabels(code, member, standing)
  }
  const own =
    pairs.kind === 'Attribute' && pairs.value.kind === 'Name' && pairs.value.id === 'self' ? pairs.attr : undefined
  const names = { function: functions.at(-1), outer: functions.slice(0, -1), attributes: new Map() }
  const bound = own !== undefined ? ownValue(owner, own, file) : constantAt(pairs, { code, file, names })
  if (bound === undefined) return false
  const inside = { file: bound.file, functions: [], owner: undefined }
  const isLazy = (one: Expression): boolean => isLazyText(code, one, inside, 1)
  if (bound.value.kind === 'Dict') return bound.value.values.length > 0 && bound.value.values.every(isLazy)
  if (!isDict || (bound.value.kind !== 'List' && bound.value.kind !== 'Tuple')) return false
  const { elts } = bound.value
  return elts.length > 0 && elts.every((one) => one.kind === 'Tuple' && lastIsLazy(code, one.elts, inside))
}

function ownValue(
  owner: ClassDef | undefined,
  name: string,
  file: CodeFile,
): { readonly value: Expression; readonly file: CodeFile } | undefined {
  const values = (owner?.body ?? []).flatMap((one) =>
    one.kind === 'Assign' && one.targets.some((target) => target.kind === 'Name' && target.id === name)
      ? [one.value]
      : [],
  )
  const [value] = values
  return value === undefined || values.length > 1 ? undefined : { value, file }
}

/** `self.title` of a class that binds it once, in its body, and never by `self.title = …`. */
function isOwnText(code: Code, name: string, { owner, file }: Standing): boolean {
  const found = ownValue(owner, name, file)
  if (owner === undefined || found === undefined || isSetInMethods(owner, name)) return false
  return isLazyText(code, found.value, { file, functions: [], owner: undefined }, 1)
}

function isSetInMethods(owner: ClassDef, name: string): boolean {
  let found = false
  walk(owner, (inner) => {
    const targets = inner.kind === 'Assign' ? inner.targets : inner.kind === 'AnnAssign' ? [inner.target] : []
    found ||= targets.some((one) => one.kind === 'Attribute' && one.attr === name)
  })
  return found
}

/** `Ticket._meta.verbose_name`, `self._meta.verbose_name` where the class Meta gives it a lazy text. */
function isTitle(code: Code, node: Extract<Expression, { kind: 'Attribute' }>, standing: Standing): boolean {
  const { value, attr } = node
  if (value.kind !== 'Attribute' || value.attr !== '_meta') return false
  const { owner, file } = standing
  const isSelf = value.value.kind === 'Name' && value.value.id === 'self'
  const model = isSelf ? owner && { node: owner, file } : classAt(code, value.value, standing)
  const meta = model?.node.body.find((one) => one.kind === 'ClassDef' && one.name === 'Meta')
  const title = meta?.kind === 'ClassDef' && model !== undefined ? ownValue(meta, attr, model.file) : undefined
  return title !== undefined && isLazyText(code, title.value, { file: title.file, functions: [], owner: undefined }, 1)
}
