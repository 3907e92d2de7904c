import { plain, type Value } from '../value.ts'

/** What values that are told apart without comparing them are known by: texts, and numbers by their value. */
type Word = string | number | bigint

/** Values of an array by their words. */
interface ArrayIndex<T> {
  readonly known: Map<Word, T>
  /** Those that have to be compared, in their order. */
  readonly others: T[]
  /** How many of the array are in the index. */
  count: number
}

/** Below this many going through them is as fast. */
const fewest = 32

export interface KeyIndex<T> {
  /**
   * What is surely meant by a key that needs no comparing, and what else the key has to be compared with. Undefined when that is
   * every one.
   */
  find(array: readonly T[], key: Value): { readonly found: T | undefined; readonly others: readonly T[] } | undefined
  /** How many have to be compared. */
  compared(array: readonly T[]): number
  /** Something was taken out of the array, or put elsewhere than at its end. */
  forget(array: readonly T[]): void
}

/**
 * Finds what equals a key without going through all. An index belongs to the array, to which anyone may add at the end; who
 * takes something out of it calls `forget`. A copy of an array has an index of its own.
 */
export function keyIndex<T>(keyOf: (one: T) => Value): KeyIndex<T> {
  const indexes = new WeakMap<readonly T[], ArrayIndex<T>>()

  function indexOf(array: readonly T[]): ArrayIndex<T> {
    let index = indexes.get(array)
    if (index === undefined) {
      index = { known: new Map(), others: [], count: 0 }
      indexes.set(array, index)
    }
    for (; index.count < array.length; index.count++) {
      const one = array[index.count] as T
      const word = wordOf(keyOf(one))
      if (word === undefined) index.others.push(one)
      else if (!index.known.has(word)) index.known.set(word, one)
    }
    return index
  }

  return {
    find(array, key) {
      if (array.length < fewest) return undefined
      const word = wordOf(key)
      if (word === undefined) return undefined
      const { known, others } = indexOf(array)
      return { found: known.get(word), others }
    },
    compared: (array) => indexOf(array).others.length,
    forget(array) {
      indexes.delete(array)
    },
  }
}

/** Whether a key is told apart without comparing. */
export function isIndexed(key: Value): boolean {
  return wordOf(key) !== undefined
}

/** `1`, `1.0` and `True` are one key. */
function wordOf(key: Value): Word | undefined {
  switch (key.type) {
    case 'str':
      return plain(key)
    case 'int':
      return key.value
    case 'bool':
      return key.value ? 1n : 0n
    case 'float':
      if (Number.isNaN(key.value)) return undefined
      return Number.isInteger(key.value) ? BigInt(key.value) : key.value
    default:
      return undefined
  }
}
