import { makeUnknown } from '../interpreter/decisions.ts'
import type { Machine } from '../interpreter/machine.ts'
import type { UnknownValue, Value } from '../value.ts'
import { hasItem } from './item-index.ts'

/** Items that are surely there, and what stands for those that may be. */
export interface SetItems {
  readonly items: readonly Value[]
  readonly rest: UnknownValue | undefined
}

/** Union, intersection, difference, symmetric difference; undefined for any other operator. */
export function combine(m: Machine, op: string, left: SetItems, right: SetItems) {
  switch (op) {
    case '|':
      return {
        items: [...left.items, ...right.items.filter((item) => hasItem(left.items, item) !== true)],
        rest: left.rest ?? right.rest,
      }
    case '&':
      return made(m, [left, right], chosen(left, right, true), left.rest !== undefined)
    case '-':
      return made(m, [left, right], chosen(left, right, false), left.rest !== undefined)
    case '^': {
      const [own, other] = [chosen(left, right, false), chosen(right, left, false)]
      const isOpen = left.rest !== undefined || right.rest !== undefined || other.isOpen
      return made(m, [left, right], { items: [...own.items, ...other.items], isOpen: own.isOpen }, isOpen)
    }
    default:
      return undefined
  }
}

interface Chosen {
  readonly items: readonly Value[]
  /** Others of them may be chosen too. */
  readonly isOpen: boolean
}

/** Items of one set that surely are, or surely are not, in another. */
function chosen({ items }: SetItems, other: SetItems, wanted: boolean): Chosen {
  const answers = items.map((item) => {
    const found = hasItem(other.items, item)
    return found === false && other.rest !== undefined ? undefined : found
  })
  return { items: items.filter((_, index) => answers[index] === wanted), isOpen: answers.includes(undefined) }
}

function made(m: Machine, [left, right]: readonly [SetItems, SetItems], { items, isOpen }: Chosen, isMore: boolean) {
  const rest = () => left.rest ?? right.rest ?? unknownItem(m)
  return { items: [...items], rest: isOpen || isMore ? rest() : undefined }
}

/** What stands for items of which nobody knows whether they are there. */
export function unknownItem(m: Machine): UnknownValue {
  return makeUnknown(m, {
    en: 'which items the set holds is not known',
    fr: 'on ne sait pas quels éléments l’ensemble contient',
  })
}
