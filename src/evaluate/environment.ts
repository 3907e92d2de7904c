import type { Place } from '../contracts/place.ts'
import type { Text } from '../contracts/text.ts'
import type { Part } from './parts.ts'

/** What a config var is worth on the dyno. `unknown`: it may be set or not. */
export type ConfigVar =
  | { readonly state: 'known'; readonly parts: readonly Part[] /** Who sets it, for messages. */; readonly from: Text }
  | { readonly state: 'absent' }
  /** Surely set, to nobody knows what. */
  | { readonly state: 'set'; readonly from: Text }
  | { readonly state: 'unknown' }

/** How a process is started, as far as a module may ask for it. */
export interface ProcessStart {
  /** The working directory, relative to the root; undefined: the first folder of the search path. */
  readonly folder?: string | undefined
  /** `sys.argv`; an element that is undefined stands for a word that nobody knows. Undefined: `['']`. */
  readonly argv?: readonly (string | undefined)[] | undefined
  /** Where the tree's root is on the machine; undefined: where it is on a dyno. */
  readonly home?: string | undefined
}

/** The environment of one process. Names are case-sensitive. */
export interface Environment extends ProcessStart {
  get(name: string): ConfigVar
  /** Names whose state is `known` or `set`. */
  names(): readonly string[]
}

/** What a process does to a variable before it starts a program: `NAME=value cmd`, `export NAME=value`, `unset NAME`. */
export interface EnvironmentChange {
  readonly name: string
  /** The new value; undefined when the variable is removed. A value nobody can know is one hole. */
  readonly parts: readonly Part[] | undefined
  /** The assignment. */
  readonly at: Place
}

/** An environment that a process changes before it starts a program. */
export interface ProcessEnvironment extends Environment {
  /** The environment of a program whose process changed some variables first, and how it is started where that is said. */
  forProcess(changes: readonly EnvironmentChange[], start?: ProcessStart): ProcessEnvironment
}
