import type { Span } from '../../../contracts/place.ts'
import { noArguments } from '../constructors.ts'
import type { NativeClass } from '../library.ts'
import { isTruthy } from '../truth.ts'
import { givesAttribute } from '../types/attribute-names.ts'
import type { InstanceValue, StrValue, Value } from '../value.ts'
import { callMethodNamed, findMethod } from './attributes.ts'
import { askTest, askText, askTruth } from './decisions.ts'
import { type Machine, standAt } from './machine.ts'
import { mro } from './mro.ts'
import { isOpaque } from './types.ts'

/** Python's truth of a value; undefined when it cannot be known. Runs `__bool__` and `__len__` of the project. */
export function knownTruth(m: Machine, value: Value): boolean | undefined {
  switch (value.type) {
    case 'none':
    case 'bool':
    case 'int':
    case 'float':
    case 'str':
    case 'bytes':
    case 'list':
    case 'tuple':
    case 'set':
    case 'dict':
      return isTruthy(value)
    case 'object': {
      const model = value.model as NativeClass
      if (model.truth !== undefined) return model.truth(m, value)
      if (model.length === undefined) return true
      const length = model.length(m, value)
      return length === undefined ? undefined : length !== 0
    }
    case 'instance': {
      const test = findMethod(value, '__bool__') ?? findMethod(value, '__len__')
      if (test === undefined) return truthOfBuiltin(m, value)
      const answer = callMethodNamed(m, value, test, noArguments)
      return answer.type === 'bool' || answer.type === 'int' ? knownTruth(m, answer) : undefined
    }
    case 'external':
      return knownExternalTruth(value.path)
    case 'call':
    case 'unknown':
      return undefined
    case 'method':
      return isOpaque(value) ? undefined : true
    default:
      return true
  }
}

/** An instance is true, but for what it holds of a built-in type that it derives from: of that the value of a member is known. */
function truthOfBuiltin(m: Machine, value: InstanceValue): boolean | undefined {
  const holds = mro(value.class).some(
    (base) => base.type === 'native' && ['__bool__', '__len__'].some((name) => givesAttribute(base.name, name)),
  )
  if (!holds) return true
  const member = value.attributes.get('_value_')?.value
  return member === undefined ? undefined : knownTruth(m, member)
}

/** Modules and classes are true; what else a package exports may be anything. */
function knownExternalTruth(path: string): boolean | undefined {
  const last = path.slice(path.lastIndexOf('.') + 1)
  if (last === path) return true
  return /^[A-Z][A-Za-z0-9]*[a-z]/.test(last) ? true : undefined
}

/** {@link knownTruth}, asking when it cannot be known. `node`: the test as written. */
export function truth(m: Machine, value: Value, node: Span): boolean {
  const known = knownTruth(m, value)
  if (known !== undefined) return known
  standAt(m, node)
  if (value.type === 'str') return askNonEmpty(m, value, node)
  return askTruth(m, node, value)
}

function askNonEmpty(m: Machine, value: StrValue, node: Span): boolean {
  const [only] = value.parts
  if (value.parts.length !== 1 || only === undefined || typeof only === 'string') return askTest(m, node, [value])
  return askText(m, {
    hole: only,
    suffix: '!=""',
    test: (text) => text !== '',
    yes: { en: `${only.name} is not empty`, fr: `${only.name} n’est pas vide` },
    no: { en: `${only.name} is empty`, fr: `${only.name} est vide` },
  })
}
