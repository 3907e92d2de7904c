import type { DictEntry, Value } from '../value.ts'
import { plain } from '../value.ts'

/** What keys that are told apart without comparing them are known by: texts, and numbers by their value. */
type Word = string | number | bigint

interface KeyIndex {
  readonly known: Map<Word, DictEntry>
  /** Entries whose keys have to be compared, in their order. */
  readonly others: DictEntry[]
  /** How many of the entries are in the index. */
  count: number
}

/** Below this many entries going through them is as fast. */
const fewest = 32

/**
 * By the array that holds the entries, to which anyone may add at the end. Who takes an entry out of it calls
 * {@link forgetIndex}; a copy of a dict has an array of its own.
 */
const indexes = new WeakMap<readonly DictEntry[], KeyIndex>()

/**
 * The entry that is surely meant by a key that needs no comparing, and what else the key has to be compared with.
 * Undefined when that is every entry.
 */
export function findIndexed(
  entries: readonly DictEntry[],
  key: Value,
): { readonly entry: DictEntry | undefined; readonly others: readonly DictEntry[] } | undefined {
  if (entries.length < fewest) return undefined
  const word = wordOf(key)
  if (word === undefined) return undefined
  const { known, others } = indexOf(entries)
  return { entry: known.get(word), others }
}

/** Whether a key is told apart without comparing. */
export function isIndexed(key: Value): boolean {
  return wordOf(key) !== undefined
}

/** How many of the entries have keys that have to be compared. */
export function comparedIn(entries: readonly DictEntry[]): number {
  return indexOf(entries).others.length
}

export function forgetIndex(entries: readonly DictEntry[]): void {
  indexes.delete(entries)
}

function indexOf(entries: readonly DictEntry[]): KeyIndex {
  let index = indexes.get(entries)
  if (index === undefined) {
    index = { known: new Map(), others: [], count: 0 }
    indexes.set(entries, index)
  }
  for (; index.count < entries.length; index.count++) {
    const entry = entries[index.count] as DictEntry
    const word = wordOf(entry.key)
    if (word === undefined) index.others.push(entry)
    else if (!index.known.has(word)) index.known.set(word, entry)
  }
  return index
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
