import type { ClassDef, Expression } from '../../syntax/python/ast.ts'
import { isParameter, onlyAssignment } from '../../syntax/python/bindings.ts'
import { literalText } from '../../syntax/python/walk.ts'
import { constantAt, textAt } from './module-constants.ts'
import { handedOver, type Standing } from './project-functions.ts'
import { type Code, type CodeFile, dottedOf, findClass } from './python-code.ts'

/** Every text that an expression may be: a constant, one of two, a field of a model with its choices. Undefined: there may be others. */
export function possibleTexts(
  code: Code,
  node: Expression,
  standing: Standing,
  depth = 0,
): readonly string[] | undefined {
  if (depth > 4) return undefined
  if (node.kind === 'Constant') return node.value.type === 'str' ? [node.value.value] : undefined
  if (node.kind === 'IfExp') {
    const [one, other] = [node.body, node.orelse].map((side) => possibleTexts(code, side, standing, depth + 1))
    return one === undefined || other === undefined ? undefined : [...one, ...other]
  }
  const { file, functions, owner } = standing
  const around = functions.at(-1)
  const assigned = node.kind === 'Name' && around !== undefined ? onlyAssignment(around, node.id) : undefined
  if (assigned !== undefined) return possibleTexts(code, assigned, standing, depth + 1)
  if (node.kind === 'Name' && around !== undefined && isParameter(node.id, around))
    return given(code, node.id, standing, depth)
  if (node.kind === 'Attribute' && node.value.kind === 'Name' && node.value.id === 'self')
    return owner === undefined ? undefined : choicesOf(code, owner, file, node.attr)
  const names = { function: around, outer: functions.slice(0, -1), attributes: new Map() }
  const text = textAt(node, { code, file, names })
  if (text !== undefined) return [text]
  const constant = constantAt(node, { code, file, names })
  return constant === undefined
    ? undefined
    : possibleTexts(code, constant.value, { file: constant.file, functions: [], owner: undefined }, depth + 1)
}

/** What every call of a function of a module gives for a parameter. */
function given(code: Code, name: string, standing: Standing, depth: number): readonly string[] | undefined {
  const texts = handedOver(code, name, standing).map(
    ({ value, site }) => value && possibleTexts(code, value, site, depth + 1),
  )
  const known = texts.filter((one) => one !== undefined)
  return known.length === texts.length && known.length > 0 ? [...new Set(known.flat())] : undefined
}

/** The values that a field of a model takes: `choices=[('main', 'Main'), …]`, `choices=Kind.choices`, `choices=Kind`. */
function choicesOf(code: Code, owner: ClassDef, file: CodeFile, name: string): readonly string[] | undefined {
  const fields = bound(owner, name)
  const [field] = fields
  if (field?.kind !== 'Call' || fields.length > 1) return undefined
  if (!/^django\.db\.models\.(?:\w+\.)*CharField$/.test(dottedOf(field.func, file) ?? '')) return undefined
  const given = field.keywords.find(({ arg }) => arg === 'choices')?.value
  if (given === undefined) return undefined
  const inClass = given.kind === 'Name' ? bound(owner, given.id)[0] : undefined
  return choicesAt(code, inClass ?? given, file)
}

function choicesAt(code: Code, node: Expression, file: CodeFile): readonly string[] | undefined {
  if (node.kind === 'List' || node.kind === 'Tuple')
    return all(node.elts.map((one) => (one.kind === 'Tuple' ? literalText(one.elts[0]) : undefined)))
  const enumeration = node.kind === 'Attribute' && node.attr === 'choices' ? node.value : node
  const dotted = dottedOf(enumeration, file)
  const found = dotted === undefined ? undefined : findClass(code, dotted)
  if (found !== undefined) {
    const members = found.node.body.flatMap((one) => (one.kind === 'Assign' ? [one.value] : []))
    return all(members.map((one) => literalText(one.kind === 'Tuple' ? one.elts[0] : one)))
  }
  const constant = constantAt(node, { code, file, names: { function: undefined, attributes: new Map() } })
  return constant === undefined || constant.value === node ? undefined : choicesAt(code, constant.value, constant.file)
}

function bound(owner: ClassDef, name: string): Expression[] {
  return owner.body.flatMap((one) =>
    one.kind === 'Assign' && one.targets.some((target) => target.kind === 'Name' && target.id === name)
      ? [one.value]
      : [],
  )
}

function all(texts: readonly (string | undefined)[]): readonly string[] | undefined {
  const known = texts.filter((one) => one !== undefined)
  return known.length === texts.length && known.length > 0 ? known : undefined
}
