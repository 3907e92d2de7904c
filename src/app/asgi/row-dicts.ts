import type { Call, Expression } from '../../syntax/python/ast.ts'
import { bindingsOf } from '../../syntax/python/bindings.ts'
import { literalText } from '../../syntax/python/walk.ts'
import { classOf } from './called-function.ts'
import { type Managed, managedBy } from './managers.ts'
import type { EventValue } from './model.ts'
import { isModelClass } from './model-classes.ts'
import type { Standing } from './project-functions.ts'
import { type Code, dottedOf } from './python-code.ts'
import { fieldNames, isEditable, rowField, typeOfPath } from './row-fields.ts'

/** The type of what `row["created_at"]` is, of a row of `values()` that a loop goes through or a query gives alone. */
export function typeInDict(
  code: Code,
  { value, slice }: Extract<Expression, { kind: 'Subscript' }>,
  standing: Standing,
): EventValue['type'] | undefined {
  const name = literalText(slice)
  const around = standing.functions.at(-1)
  if (name === undefined || value.kind !== 'Name' || around === undefined) return undefined
  const [only, ...more] = bindingsOf(around).get(value.id) ?? []
  if (only?.value === undefined || more.length > 0) return undefined
  const rows =
    only.how === 'each'
      ? managedBy(code, only.value, standing)
      : only.how === 'whole'
        ? alone(code, only.value, standing)
        : undefined
  return rows?.of === 'dicts' && given(code, rows).includes(name) ? typeOfPath(code, rows.model, name) : undefined
}

const gives = /^(?:get|first|last|latest|earliest)$/

/** What a query gives alone: `Room.objects.values("id").first()`. */
function alone(code: Code, node: Expression, standing: Standing): Managed | undefined {
  if (node.kind !== 'Call' || node.func.kind !== 'Attribute' || !gives.test(node.func.attr)) return undefined
  return managedBy(code, node.func.value, standing)
}

/** The fields that `values()` gives under their own names. */
function given(code: Code, { model, by }: Managed): readonly string[] {
  const named = by?.args.flatMap((one) => literalText(one) ?? []) ?? []
  const isAll = by?.args.length === 0 && by.keywords.length === 0
  return isAll ? fieldNames(code, model) : named
}

/** What in the dicts or tuples of a list that a query fills cannot be sent: `list(Room.objects.values("id"))`. */
export function typeInRows(code: Code, call: Call, standing: Standing): EventValue['type'] | undefined {
  const { func, args } = call
  const isList = func.kind === 'Name' && /^(?:list|tuple|sorted)$/.test(func.id) && !standing.file.imports.has(func.id)
  const rows = isList && args[0] !== undefined ? managedBy(code, args[0], standing) : alone(code, call, standing)
  if (rows === undefined) return undefined
  if (rows.of === 'rows') return isList ? 'model' : undefined
  for (const name of given(code, rows)) {
    const type = typeOfPath(code, rows.model, name)
    if (type !== undefined) return type
  }
  return undefined
}

/** What `model_to_dict(row)` makes of a row, each as an attribute of it that stands where the call does; undefined: it is none. */
export function partsOfRow(
  code: Code,
  call: Call,
  standing: Standing,
): readonly { readonly key: string; readonly value: Expression }[] | undefined {
  const [row] = call.args
  if (!/^django\.forms(?:\.models)?\.model_to_dict$/.test(dottedOf(call.func, standing.file) ?? '')) return undefined
  const model = row && classOf(code, row, standing)
  if (row === undefined || model === undefined || !isModelClass(code, model)) return undefined
  const [fields, exclude] = ['fields', 'exclude'].map((name, index) => {
    const said = call.keywords.find(({ arg }) => arg === name)?.value ?? call.args[index + 1]
    return said === undefined
      ? undefined
      : said.kind === 'List' || said.kind === 'Tuple' || said.kind === 'Set'
        ? said.elts.map(literalText)
        : []
  })
  return fieldNames(code, model).flatMap((key) => {
    if (!isEditable(code, model, key) || fields?.includes(key) === false || exclude?.includes(key) === true) return []
    const isRelation = /^(?:ForeignKey|OneToOneField)$/.test(rowField(code, model, key)?.kind ?? '')
    const attr = isRelation ? `${key}_id` : key
    return [{ key, value: { kind: 'Attribute' as const, value: row, attr, start: call.start, end: call.end } }]
  })
}
