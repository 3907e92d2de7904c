import { getOrInsert } from '../../get-or-insert.ts'
import type { Call, Expression } from '../../syntax/python/ast.ts'
import { literalText } from '../../syntax/python/walk.ts'
import { eachStanding, type OwnClass, type Standing } from './project-functions.ts'
import type { Code } from './python-code.ts'
import { modelBehind } from './query-sets.ts'
import { returnedType } from './value-types.ts'

/** Names of fields that the project sets itself, by the name of the model, or `*` where it may be any. */
type Given = ReadonlyMap<string, ReadonlySet<string>>

const known = new WeakMap<Code, Given>()

/** Stands for all names: a call takes them from a dict that nobody can read. */
const every = '**'

/**
 * Whether code of the project gives a field of a model a value whose type nobody can tell, in a call that makes a row or by an assignment:
 * it then holds that, until it is read again. What forms and serializers have validated is of the type of the field. `open`: a call that
 * takes its names from a dict counts too.
 */
export function isGivenByHand(code: Code, { node }: OwnClass, names: readonly string[], open = false): boolean {
  const given = getOrInsert(known, code, () => readGiven(code))
  return [...names, ...(open ? [every] : [])].some(
    (name) => given.get(node.name)?.has(name) === true || given.get('*')?.has(name) === true,
  )
}

const making = /^a?(?:create|get_or_create|update_or_create)$/

function readGiven(code: Code): Given {
  const given = new Map<string, Set<string>>()
  const note = (model: string, name: string) => getOrInsert(given, model, () => new Set()).add(name)
  for (const path of code.files) {
    const file = code.file(path)
    if (file === undefined) continue
    eachStanding(file, (node, standing) => {
      if (node.kind === 'Assign')
        for (const target of node.targets)
          if (target.kind === 'Attribute' && !isOfKnownType(node.value, standing))
            note(ownerName(target.value, standing), target.attr)
      if (node.kind === 'Call') noteCall(node, standing, note)
    })
  }
  return given
}

/** `self.price = …` in a method says something of that class; of another name, of any. */
const ownerName = (of: Expression, { owner }: Standing): string =>
  of.kind === 'Name' && of.id === 'self' && owner !== undefined ? owner.name : '*'

function noteCall(call: Call, standing: Standing, note: (model: string, name: string) => void): void {
  const model = madeModel(call.func, standing)
  if (model === undefined) return
  for (const { arg, value } of call.keywords)
    if (arg === 'defaults' && value.kind === 'Dict')
      for (const [index, one] of value.values.entries()) {
        const name = literalText(value.keys[index]) ?? every
        if (!isOfKnownType(one, standing)) note(model, name)
      }
    else if (arg === undefined) {
      if (!isValidated(value)) note(model, every)
    } else if (!isOfKnownType(value, standing)) note(model, arg)
}

/** The name of the model of which a call makes a row: `Room(…)`, `Room.objects.create(…)`, `cls(…)`; `*`: of any. */
function madeModel(func: Expression, { owner }: Standing): string | undefined {
  const name = lastName(func)
  if (func.kind === 'Attribute' && making.test(func.attr)) {
    const model = modelBehind(func.value)
    return model === undefined ? '*' : (lastName(model) ?? '*')
  }
  if (name === 'cls') return owner?.name ?? '*'
  if (name === 'model') return '*'
  return name !== undefined && /^[A-Z]/.test(name) ? name : undefined
}

const lastName = (node: Expression): string | undefined =>
  node.kind === 'Name' ? node.id : node.kind === 'Attribute' ? node.attr : undefined

const isValidated = (node: Expression): boolean => /^(?:validated|cleaned)_data$/.test(lastName(node) ?? '')

/** None, which a row can hold without one of the types, or what a call surely returns. */
function isOfKnownType(node: Expression, { file }: Standing): boolean {
  if (node.kind === 'Constant') return node.value.type === 'none'
  return node.kind === 'Call' && returnedType(node.func, file) !== undefined
}
