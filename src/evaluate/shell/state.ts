import { type Place, placeKey } from '../../contracts/place.ts'
import type { Text } from '../../contracts/text.ts'
import type { Presence } from '../../files/present.ts'
import type { FileTree } from '../../files/tree.ts'
import type { Function as FunctionNode } from '../../syntax/shell/shell.ts'
import type { EnvironmentChange, ProcessEnvironment } from '../environment.ts'
import type { Hole, Part } from '../parts.ts'
import type { Launch } from './command.ts'
import type { CommandOutcome, Status } from './execute.ts'
import type { ShellAnswers } from './explore.ts'
import type { MissingFile, NamedProgram, Piece, Printed, Step, Word, Wrapper } from './model.ts'
import { matchesWhole, type ShellPattern } from './pattern.ts'
import type { ShellSource } from './source.ts'

/** Where the app's files stand on the dyno: `/app` on Heroku, a Dockerfile's WORKDIR in a container. */
export interface Layout {
  readonly home: string
  /** Absolute folder on the dyno -> folder of the tree. */
  readonly mounts: readonly { readonly path: string; readonly folder: string }[]
}

/** What every part of one walk through a process shares. */
export interface ShellContext {
  readonly tree: FileTree
  /** Starts a program that is no builtin: what programs do is not the shell's to know. */
  readonly launch: (shell: Shell, program: Launch) => CommandOutcome
  readonly environment: ProcessEnvironment
  readonly layout: Layout
  readonly answers: ShellAnswers
  /** Whether a top-level Python module is installed. */
  readonly packages: (name: string) => 'installed' | 'absent' | 'unknown'
  /** Which files the dyno gets, and as what git holds them. */
  readonly presence: Presence
  readonly steps: Step[]
  readonly unknowns: { why: Text; at: Place }[]
  readonly missing: MissingFile[]
  /** Programs that a loop runs until they succeed, by the place of each; nothing else ends it. */
  readonly awaited: Place[]
  /** What is looked up on the PATH, in order. */
  readonly programs: NamedProgram[]
  readonly printed: Printed[]
  /** The shell stays for what runs in the background, or for input: `wait`, `fg`, `read`; `first`: until one of it ends. */
  waits: false | 'all' | 'first'
  /** Commands still allowed: keeps endless recursion and huge loops in bounds. */
  budget: number
  /** The programs that are being read, outermost first: one that starts itself again is a loop. */
  readonly running: string[]
}

export type ShellVariable =
  | { readonly kind: 'text'; readonly pieces: Word['pieces'] }
  | { readonly kind: 'list'; readonly words: readonly Word[] }
  | { readonly kind: 'unset'; readonly at: Place }

export interface ShellFunction {
  readonly node: FunctionNode
  readonly source: ShellSource
}

/** One shell process. Sub-shells get a copy; `context` is shared. */
export interface Shell {
  readonly context: ShellContext
  /** Absolute; undefined when it is unknown. */
  cwd: string | undefined
  variables: Map<string, ShellVariable>
  /** Names this shell exports beyond those it found in its environment, and where. */
  exported: Set<string>
  /** What programs started from here see changed, in order. */
  changes: EnvironmentChange[]
  functions: Map<string, ShellFunction>
  positional: readonly Word[]
  /** `$0` */
  zero: string
  /** `sh` is dash on Heroku's stacks: no brace expansion, no `[[`, no `source`, no arrays. */
  dialect: 'bash' | 'sh'
  options: {
    errexit: boolean
    nounset: boolean
    noglob: boolean
    allexport: boolean
    pipefail: boolean
    nullglob: boolean
  }
  /** Inside of a function: what its `local` variables were before. */
  locals: Map<string, ShellVariable | undefined> | undefined
  chain: readonly Place[]
  background: boolean
  manager: Step['manager']
  fallback: boolean
  loop: boolean
  piped: boolean
  /** What is written to standard output comes to that of the process. */
  isLogged: boolean
  /** What is written to standard error goes elsewhere than to that of the process. */
  hidesErrors: boolean
  /** Where `set -x` has commands written to standard error; undefined: they are not. */
  tracedBy: Place | undefined
  wrappers: readonly Wrapper[]
  depth: number
  /** The shell gives up at the end of this command (`set -u`, `${X:?}`). */
  failed: boolean
  /** Inside `$(…)`: what was written so far; undefined stands for output nobody can know. */
  output: (Piece | undefined)[] | undefined
  /** How the last `$(…)` ended: the status of a command that is assignments alone. */
  substituted: Status
  /** What `trap … EXIT` says to run at the end. */
  exitTrap: Word | undefined
  /** `trap … ERR` says to run something when a command fails, which may end the shell. */
  trapsErrors: boolean
  /** The status of the command is looked at (`if`, `&&`): `set -e` does not act on it. */
  tested: boolean
  /** A command that fails here makes the process fail: it is the last one, or `set -e` acts on it. */
  decides: boolean
  /** Nothing comes of a failure of this command: not even a test of its status. */
  spared: boolean
  /** The status of this command is that of the process, whatever `set -e` does. */
  final: boolean
}

export function newShell(context: ShellContext, over: Partial<Shell> = {}): Shell {
  return {
    context,
    cwd: context.layout.home,
    variables: new Map(),
    exported: new Set(),
    changes: [],
    functions: new Map(),
    positional: [],
    zero: 'bash',
    dialect: 'bash',
    options: { errexit: false, nounset: false, noglob: false, allexport: false, pipefail: false, nullglob: false },
    locals: undefined,
    chain: [],
    background: false,
    manager: undefined,
    fallback: false,
    loop: false,
    piped: false,
    isLogged: true,
    hidesErrors: false,
    tracedBy: undefined,
    wrappers: [],
    depth: 0,
    failed: false,
    output: undefined,
    substituted: true,
    exitTrap: undefined,
    trapsErrors: false,
    tested: false,
    decides: true,
    spared: false,
    final: true,
    ...over,
  }
}

/** A sub-shell: changes in it stay in it. */
export function subshell(shell: Shell, over: Partial<Shell> = {}): Shell {
  return {
    ...shell,
    variables: new Map(shell.variables),
    exported: new Set(shell.exported),
    changes: [...shell.changes],
    functions: new Map(shell.functions),
    options: { ...shell.options },
    exitTrap: undefined,
    ...over,
  }
}

/** A new shell program started from `shell`: it sees what is exported, nothing else. */
export function childShell(shell: Shell, over: Partial<Shell>): Shell {
  const variables = new Map([...shell.variables].filter(([name]) => isExported(shell, name)))
  return newShell(shell.context, {
    cwd: shell.cwd,
    variables,
    exported: new Set([...shell.exported]),
    changes: [...shell.changes],
    dialect: shell.dialect,
    chain: shell.chain,
    background: shell.background,
    manager: shell.manager,
    fallback: shell.fallback,
    loop: shell.loop,
    piped: shell.piped,
    isLogged: shell.isLogged,
    hidesErrors: shell.hidesErrors,
    wrappers: shell.wrappers,
    output: shell.output,
    decides: shell.decides,
    spared: shell.spared,
    final: shell.decides,
    depth: shell.depth + 1,
    ...over,
  })
}

export function note(shell: Shell, at: Place, why: Text): void {
  shell.context.unknowns.push({ why, at })
}

function isExported(shell: Shell, name: string): boolean {
  const { state } = shell.context.environment.get(name)
  return shell.exported.has(name) || state === 'known' || state === 'set'
}

/** Sets a variable; programs started later see it when it is exported or came from the environment. */
export function assign(shell: Shell, name: string, given: ShellVariable, at: Place, local = false): void {
  const value = bounded(name, given, at)
  shell.variables.set(name, value)
  if (local) return
  if (shell.options.allexport) shell.exported.add(name)
  if (isExported(shell, name)) publish(shell, name, at)
}

/** A variable whose value nobody knows any more. */
export function forget(shell: Shell, name: string, at: Place): void {
  assign(shell, name, { kind: 'text', pieces: [{ part: unknownHole(name), at, verbatim: false }] }, at)
}

/** No command line is longer; a variable that doubles itself would fill the memory. */
const maxPieces = 2000
const maxCharacters = 128 * 1024

function bounded(name: string, value: ShellVariable, at: Place): ShellVariable {
  if (value.kind !== 'text') return value
  let size = 0
  for (const { part } of value.pieces) size += typeof part === 'string' ? part.length : 1
  if (value.pieces.length <= maxPieces && size <= maxCharacters) return value
  return { kind: 'text', pieces: [{ part: unknownHole(name), at, verbatim: false }] }
}

export function exportName(shell: Shell, name: string, at: Place): void {
  shell.exported.add(name)
  if (shell.variables.has(name)) publish(shell, name, at)
}

function publish(shell: Shell, name: string, at: Place): void {
  const value = shell.variables.get(name)
  if (value === undefined || value.kind === 'list') return
  const parts = value.kind === 'unset' ? undefined : value.pieces.map((piece) => piece.part)
  shell.changes.push({ name, parts, at })
}

export function unset(shell: Shell, name: string, at: Place): void {
  shell.variables.set(name, { kind: 'unset', at })
  if (isExported(shell, name)) publish(shell, name, at)
  shell.exported.delete(name)
}

/** A variable as the shell sees it: its own, else the dyno's. Undefined: it is not set. */
export function lookup(shell: Shell, name: string, at: Place): Word['pieces'] | undefined {
  const own = shell.variables.get(name)
  if (own?.kind === 'text') return own.pieces
  if (own?.kind === 'list') return own.words[0]?.pieces
  if (own?.kind === 'unset') return undefined
  const parts = environmentParts(shell, name)
  return parts?.map((part) => ({ part, at, verbatim: false }))
}

function environmentParts(shell: Shell, name: string): readonly Part[] | undefined {
  if (name === 'PWD') return shell.cwd === undefined ? [unknownHole('PWD')] : [shell.cwd]
  const { answers, environment } = shell.context
  const variable = environment.get(name)
  if (variable.state === 'known') return variable.parts
  if (variable.state === 'absent') return undefined
  if (variable.state === 'set') return [{ name, variable: name, chars: 'any', nonEmpty: true }]
  if (answers.answered(`env:${name}:set`) === false) return undefined
  const equal = knownValue(shell, name)
  if (equal !== undefined) return [equal]
  if (answers.answered(`env:${name}:nonempty`) === false) return ['']
  return [{ name, variable: name, chars: 'any', nonEmpty: answers.answered(`env:${name}:nonempty`) === true }]
}

const comparisons = new WeakMap<ShellAnswers, Map<string, Set<string>>>()

/** Asks whether a config var of unknown state has a given value, and remembers which values were asked for. */
export function askEqual(shell: Shell, name: string, value: string, at: Place): boolean {
  const { answers } = shell.context
  const byName = comparisons.get(answers) ?? new Map<string, Set<string>>()
  comparisons.set(answers, byName)
  byName.set(name, (byName.get(name) ?? new Set()).add(value))
  return answers.ask({
    id: `env:${name}=${value}`,
    variable: name,
    opaque: false,
    usual: value === '',
    yes: { en: `\`${name}\` is "${value}"`, fr: `\`${name}\` vaut « ${value} »` },
    no: { en: `\`${name}\` is not "${value}"`, fr: `\`${name}\` ne vaut pas « ${value} »` },
    at,
  })
}

/** Asks whether a config var of unknown state matches a shell pattern. */
export function askMatch(shell: Shell, name: string, text: string, pattern: ShellPattern, at: Place): boolean {
  return shell.context.answers.ask({
    id: `env:${name}~${pattern.id}`,
    variable: name,
    opaque: false,
    usual: matchesWhole(pattern, ''),
    yes: { en: `\`${name}\` matches ${text}`, fr: `\`${name}\` correspond à ${text}` },
    no: { en: `\`${name}\` does not match ${text}`, fr: `\`${name}\` ne correspond pas à ${text}` },
    at,
  })
}

function knownValue(shell: Shell, name: string): string | undefined {
  const { answers } = shell.context
  for (const value of comparisons.get(answers)?.get(name) ?? []) {
    if (answers.answered(`env:${name}=${value}`) === true) return value
  }
  return undefined
}

/** Whether a variable is set (`kind: 'set'`) or set and not empty. Asks when only the dyno knows. */
export function isSet(shell: Shell, name: string, kind: 'set' | 'nonempty', at: Place): boolean {
  const own = shell.variables.get(name)
  if (own?.kind === 'unset') return false
  if (own?.kind === 'list') return own.words.length > 0
  if (own?.kind === 'text') return kind === 'set' || nonEmpty(shell, own.pieces, at)
  const variable = shell.context.environment.get(name)
  if (name === 'PWD' || variable.state === 'set') return true
  if (variable.state === 'absent') return false
  if (variable.state === 'known') return kind === 'set' || variable.parts.some((part) => part !== '')
  const equal = knownValue(shell, name)
  if (equal !== undefined) return kind === 'set' || equal !== ''
  const { answers } = shell.context
  if (kind === 'set' && answers.answered(`env:${name}:nonempty`) === true) return true
  if (kind === 'nonempty' && answers.answered(`env:${name}:set`) === false) return false
  return askSet(shell, name, kind, at)
}

/** Whether expanded text is not empty. Asks when only the dyno knows. */
export function nonEmpty(shell: Shell, pieces: Word['pieces'], at: Place): boolean {
  if (pieces.some(({ part }) => (typeof part === 'string' ? part !== '' : part.nonEmpty))) return true
  const open = pieces.find(({ part }) => typeof part === 'object')?.part
  if (open === undefined) return false
  if (typeof open === 'object' && open.variable !== undefined) return askSet(shell, open.variable, 'nonempty', at)
  return askOpaque(shell, at, 'text', false)
}

/** Asks what only running can tell. `usual`: the answer when programs succeed and nothing is left over. */
export function askOpaque(shell: Shell, at: Place, what: string, usual: boolean): boolean {
  return shell.context.answers.ask({
    id: `opaque:${placeKey(at)}:${what}`,
    variable: undefined,
    opaque: true,
    usual,
    yes: { en: 'this test holds', fr: 'ce test est vrai' },
    no: { en: 'this test fails', fr: 'ce test est faux' },
    at,
  })
}

function askSet(shell: Shell, name: string, kind: 'set' | 'nonempty', at: Place): boolean {
  return shell.context.answers.ask({
    id: `env:${name}:${kind}`,
    variable: name,
    opaque: false,
    usual: false,
    yes: { en: `\`${name}\` is set`, fr: `\`${name}\` est définie` },
    no: { en: `\`${name}\` is unset`, fr: `\`${name}\` n’est pas définie` },
    at,
  })
}

/** Unknown text with nothing known about it. */
export function unknownHole(name: string, nonEmpty = false): Hole {
  return { name, variable: undefined, chars: 'any', nonEmpty }
}

/** The folder of the tree that an absolute path on the dyno is; undefined when it lies outside the app. */
export function treePath(shell: Shell, absolute: string | undefined): string | undefined {
  if (absolute === undefined) return undefined
  const mounts = [...shell.context.layout.mounts].sort((a, b) => b.path.length - a.path.length)
  for (const { path, folder } of mounts) {
    const base = path === '/' ? '' : path
    if (absolute !== path && !absolute.startsWith(`${base}/`)) continue
    const rest = absolute.slice(base.length).replace(/^\/+/, '')
    return [folder, rest].filter((part) => part !== '').join('/')
  }
  return undefined
}

/** `path` seen from the working directory, `.` and `..` resolved; undefined when the directory is unknown. */
export function absolutePath(shell: Shell, path: string): string | undefined {
  if (!path.startsWith('/') && shell.cwd === undefined) return undefined
  const out: string[] = []
  for (const part of (path.startsWith('/') ? path : `${shell.cwd}/${path}`).split('/')) {
    if (part === '' || part === '.') continue
    if (part === '..') out.pop()
    else out.push(part)
  }
  return `/${out.join('/')}`
}
