import { memberKey, type ScriptContext, type Site } from '../../evaluate/javascript/scopes.ts'
import type { ScriptSource } from '../../evaluate/javascript/source.ts'
import { getOrInsert } from '../../get-or-insert.ts'
import type { Expression } from '../../syntax/javascript/ast.ts'
import type { Opening } from './openings.ts'
import { openersOf } from './reach.ts'

/** What a script does with what its names hold, read once for all of its sockets. Keys are paths as {@link memberKey} writes them. */
export interface Uses {
  /** Every place where the script opens a socket. */
  readonly openings: readonly Opening[]
  /** Constructions of sockets, and the functions and classes that lead to them. */
  readonly openers: ReadonlySet<unknown>
  /** Calls that register a handler on what a path holds, in the order of the text. */
  readonly listeners: ReadonlyMap<string, readonly Site[]>
  /** Calls whose arguments hold it. */
  readonly handedTo: ReadonlyMap<string, readonly Site[]>
  /** Paths that are assigned it: `this.ws = ws`. */
  readonly copies: ReadonlyMap<string, readonly string[]>
  /** Exported or returned by a function. */
  readonly givenOut: ReadonlySet<string>
  /** Timers, and handlers of page events that come again. */
  readonly repeating: readonly Repeating[]
  /** The other scripts that import from this one. */
  readonly importers: () => readonly ScriptSource[]
}

/** `network`: it runs when the browser was offline and is online again, which no restart of a server brings about. */
export interface Repeating {
  readonly handler: Expression
  readonly context: ScriptContext
  readonly on: 'time' | 'page' | 'network'
}

export function usesIn(source: ScriptSource, all: readonly Opening[], importers: Uses['importers']): Uses {
  const listeners = new Map<string, Site[]>()
  const handedTo = new Map<string, Site[]>()
  const repeating: Repeating[] = []
  for (const site of source.scopes.sites) {
    const { node, context } = site
    for (const arg of node.args) noteUnder(handedTo, memberKey(arg, context), site)
    if (node.kind !== 'Call') continue
    if (node.callee.kind === 'Member' && isListener(node.callee.name)) {
      noteUnder(listeners, memberKey(node.callee.object, context) ?? wrapped(node.callee.object, context), site)
    }
    const again = repeated(node.callee, node.args)
    if (again !== undefined) repeating.push({ ...again, context })
  }
  return {
    openings: all,
    openers: openersOf(all, source),
    listeners,
    handedTo,
    copies: copiesIn(source),
    givenOut: givenOut(source),
    repeating,
    importers,
  }
}

function noteUnder<T>(map: Map<string, T[]>, key: string | undefined, value: T): void {
  if (key !== undefined) getOrInsert(map, key, () => []).push(value)
}

/** What a timer or a page event that comes again calls. */
function repeated(callee: Expression, [first, second]: readonly Expression[]): Omit<Repeating, 'context'> | undefined {
  const name = callee.kind === 'Identifier' || callee.kind === 'Member' ? callee.name : undefined
  if (name === 'setInterval') return first && { handler: first, on: 'time' }
  const event = first?.kind === 'String' && isListener(name) ? first.value : ''
  if (second === undefined || !/^(?:online|visibilitychange|focus|pageshow)$/.test(event)) return undefined
  return { handler: second, on: event === 'online' ? 'network' : 'page' }
}

function copiesIn(source: ScriptSource): ReadonlyMap<string, readonly string[]> {
  const copies = new Map<string, string[]>()
  for (const [key, variable] of source.scopes.members) {
    const held = variable.writes.map(({ value, context }) =>
      value === undefined ? undefined : memberKey(value, context),
    )
    for (const name of new Set(held)) noteUnder(copies, name, key)
  }
  return copies
}

function givenOut(source: ScriptSource): ReadonlySet<string> {
  const keys = new Set<string | undefined>()
  for (const { value, context } of source.scopes.exports.values()) keys.add(value && memberKey(value, context))
  for (const { returns } of source.scopes.functions.values()) {
    for (const { value, context } of returns) keys.add(value && memberKey(value, context))
  }
  keys.delete(undefined)
  return keys as Set<string>
}

/** A method that registers a handler for a named event. */
function isListener(name: string | undefined): boolean {
  return name === 'addEventListener' || name === 'on' || name === 'once' || name === 'bind'
}

/** `$(socket)` */
function wrapped(node: Expression, context: ScriptContext): string | undefined {
  const [first] = node.kind === 'Call' ? node.args : []
  return first === undefined ? undefined : memberKey(first, context)
}
