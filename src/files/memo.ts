import { getOrInsert } from '../get-or-insert.ts'
import type { Lazily } from './lazily.ts'
import type { Presence } from './present.ts'
import type { FileTree, SourceFile } from './tree.ts'

/** All that an answer about a project can rest on: its files, what a push carries of them, and what was said besides. */
export interface Ground<Given extends object> {
  readonly tree: FileTree
  readonly presence: Presence
  /** Plain data. What says the same is the same, whichever object it is. */
  readonly given: Given
}

/**
 * Keeps what was computed from a project, for who asks again after a change. While something is computed every question it asks
 * is noted with its answer, and what it asked the memo for with the value. It holds as long as all of them are
 * answered alike: nothing has to be told what an edit concerns. Everything is computed that may be another.
 *
 * What is kept asks the memo's own tree, which is the one of the present check. So it must remember nothing itself that follows from
 * a question: `lazily` does that.
 */
export interface Memo<Given extends object> extends Ground<Given> {
  /** From now on this is the ground. `noting` is its tree again: files that kept values have read are read from it too. */
  begin(ground: Ground<Given>, noting: FileTree): void
  /** The value of this name. `compute` asks nothing but the memo, and says the same whenever that does. */
  of<T>(name: string, compute: () => T): T
  /** The same for what also rests on something else, of which `fits` knows whether it is the same. Not for use inside `of`. */
  fitting<T>(name: string, fits: (value: T) => boolean, compute: () => T): T
  readonly lazily: Lazily
}

/** A question with the answer it got. */
type Noted = (ground: Ground<object>) => boolean

interface Entry extends Open {
  readonly value: unknown
  /** The check in which it was last known to hold. */
  held: number
  /** The check that last had a use for it. */
  seen: number
}

/** What is being computed. */
interface Open {
  /** By the question. */
  readonly asked: Map<string, Noted>
  /** Files that were read, by the path that was asked for. */
  readonly read: Set<string>
  /** What it asked the memo for, with what it got. */
  readonly parts: Map<() => Entry, Entry>
}

/** Checks that a value outlives unused: who takes an edit back gets what was there before. */
const generations = 2

export function createMemo<Given extends object>(): Memo<Given> {
  const kept = new Map<string, Entry[]>()
  let ground: Ground<Given> | undefined
  let noting: FileTree | undefined
  let check = 0
  let open: Open | undefined
  let count = 0

  function now(): Ground<Given> {
    if (ground === undefined) throw new Error('the memo has no ground yet')
    return ground
  }

  /** Asks the ground, and notes what it says for what is being computed. */
  function ask<T>(question: string, put: (ground: Ground<Given>) => T, same: (a: T, b: T) => boolean = Object.is): T {
    if (open === undefined) return put({ ...now(), tree: noting ?? now().tree })
    const answer = put(now())
    if (!open.asked.has(question)) open.asked.set(question, (other) => same(answer, put(other as Ground<Given>)))
    return answer
  }

  function holds(entry: Entry): boolean {
    if (entry.held === check) return true
    for (const isSame of entry.asked.values()) if (!isSame(now())) return false
    for (const [again, part] of entry.parts) if (again() !== part) return false
    entry.held = check
    return true
  }

  /** The entry that holds now. Nobody may have a use for it yet: another one asks whether its part is still the same. */
  function find<T>(name: string, fits: (value: T) => boolean, compute: () => T): Entry {
    const entries = getOrInsert(kept, name, (): Entry[] => [])
    const outer = open
    open = undefined
    try {
      const known = entries.find((one) => fits(one.value as T) && holds(one))
      if (known !== undefined) return known
      const own: Open = { asked: new Map(), read: new Set(), parts: new Map() }
      open = own
      const made: Entry = { ...own, value: compute(), held: check, seen: -1 }
      entries.unshift(made)
      return made
    } finally {
      open = outer
    }
  }

  /** What a check has a use for has read its files in it. */
  function use(entry: Entry): void {
    if (entry.seen === check) return
    entry.seen = check
    for (const path of entry.read) noting?.read(path)
    for (const part of entry.parts.values()) use(part)
  }

  function of<T>(name: string, compute: () => T): T {
    const again = () => find(name, () => true, compute)
    const entry = again()
    if (open === undefined) use(entry)
    else open.parts.set(again, entry)
    return entry.value as T
  }

  return {
    begin(next, tree) {
      ground = next
      noting = tree
      check++
      for (const [name, entries] of kept) {
        const used = entries.filter(({ held }) => held >= check - generations)
        if (used.length === 0) kept.delete(name)
        else kept.set(name, used)
      }
    },
    of,
    fitting(name, fits, compute) {
      if (open !== undefined) throw new Error(`${name} is no part of what is kept`)
      const entry = find(name, fits, compute)
      use(entry)
      return entry.value as ReturnType<typeof compute>
    },
    lazily(name, compute) {
      const own = `${name} ${count++}`
      return () => of(own, compute)
    },
    tree: askingTree(
      ask,
      (path) => open?.read.add(path),
      () => now().tree.root,
    ),
    presence: askingPresence(ask),
    given: new Proxy({} as Given, {
      get: (_, name) => ask(`given ${String(name)}`, ({ given }) => given[name as keyof Given], sameData),
    }),
  }
}

type Ask = <T>(question: string, put: (ground: Ground<object>) => T, same?: (a: T, b: T) => boolean) => T

function askingTree(ask: Ask, noteRead: (path: string) => void, root: () => string): FileTree {
  return {
    get root() {
      return root()
    },
    read(path) {
      const file = ask(`read ${path}`, ({ tree }) => tree.read(path))
      if (isFile(file)) noteRead(path)
      return file
    },
    list: (folder) => ask(`list ${folder}`, ({ tree }) => tree.list(folder), sameData),
    kind: (path) => ask(`kind ${path}`, ({ tree }) => tree.kind(path)),
  }
}

function askingPresence(ask: Ask): Presence {
  return {
    get known() {
      return ask('known', ({ presence }) => presence.known)
    },
    isPresent: (path) => ask(`present ${path}`, ({ presence }) => presence.isPresent(path)),
    why: (path) => ask(`why ${path}`, ({ presence }) => presence.why(path)),
    ignoredBy: (path) => ask(`ignored ${path}`, ({ presence }) => presence.ignoredBy(path), sameData),
    isExecutable: (path) => ask(`executable ${path}`, ({ presence }) => presence.isExecutable(path)),
    recorded: (path) => ask(`recorded ${path}`, ({ presence }) => presence.recorded(path), sameData),
  }
}

const isFile = (file: unknown): file is SourceFile => typeof file !== 'string'

/** Whether two answers say the same: texts, numbers, and lists, records, maps and sets of them. */
function sameData(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  const [left, right] = [partsOf(a), partsOf(b)]
  if (left === undefined || right === undefined || left.length !== right.length) return false
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false
  return left.every((one, index) => sameData(one, right[index]))
}

/** Undefined for what is no plain data: it is the same as itself only. */
function partsOf(value: object): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value
  if (value instanceof Map || value instanceof Set) return [...value]
  return Object.getPrototypeOf(value) === Object.prototype ? Object.entries(value) : undefined
}
