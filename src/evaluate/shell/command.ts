import type { Place } from '../../contracts/place.ts'
import type { Assignment, Command } from '../../syntax/shell/shell.ts'
import type { EnvironmentChange } from '../environment.ts'
import { builtins } from './builtins.ts'
import { declare, isDeclaration } from './declare.ts'
import { type CommandOutcome, failed, readRedirects, runNode, succeeded } from './execute.ts'
import { expandOne, expandWords, textOf, toWord } from './expansion.ts'
import type { Redirection, Word } from './model.ts'
import { takesErrors, takesOutput, trace } from './output.ts'
import type { ShellSource } from './source.ts'
import { assign, note, type Shell, type ShellVariable, subshell } from './state.ts'

/** A simple command: assignments, a function, a builtin, or a program. */
export function runCommand(
  shell: Shell,
  source: ShellSource,
  node: Command,
  outer: readonly Redirection[],
): CommandOutcome {
  const at = source.place(node.pos, node.end)
  const assignments = node.prefix.filter((entry) => entry.type === 'Assignment')
  if (node.name === undefined) {
    shell.substituted = true
    for (const assignment of assignments) assignTo(shell, source, assignment)
    return { status: shell.substituted, flow: 'next' }
  }
  const name = textOf(expandOne(shell, source, node.name))
  if (name !== undefined && isDeclaration(name)) {
    const foreign = shell.dialect === 'sh' && (name === 'declare' || name === 'typeset')
    return foreign ? failed : declare(shell, source, name, node)
  }
  const nodes = node.args.flatMap((arg) => (arg.type === 'Word' ? [arg] : []))
  const words = expandWords(shell, source, [node.name, ...nodes])
  const redirects = [...outer, ...readRedirects(shell, source, node.redirects)]
  if (shell.failed) return { status: false, flow: 'exit' }
  if (words.length === 0) return succeeded
  trace(
    shell,
    words.flatMap((word) => word.pieces),
    at,
  )
  const prefixed = assignments.map((assignment) => prefixChange(shell, source, assignment))
  return runWords(shell, words, { at, prefixed, redirects })
}

export interface CommandContext {
  readonly at: Place
  /** `NAME=value` before the command. */
  readonly prefixed: readonly EnvironmentChange[]
  readonly redirects: readonly Redirection[]
}

/** A program to start. */
export interface Launch extends CommandContext {
  readonly argv: readonly Word[]
  /** It replaces the shell. */
  readonly exec: boolean
  /** A program that runs already does it by a call: nothing is looked up on the PATH. */
  readonly called?: true
}

/** Runs expanded words. `plain`: functions are passed over (`command`). */
export function runWords(shell: Shell, words: readonly Word[], command: CommandContext, plain = false): CommandOutcome {
  const [first, ...args] = words as [Word, ...Word[]]
  const name = textOf(first)
  if (first.splits) {
    note(shell, first.at, {
      en: 'the program to start comes from a variable',
      fr: 'le programme à lancer vient d’une variable',
    })
  }
  const { isLogged, hidesErrors } = shell
  if (command.redirects.some(takesOutput)) shell.isLogged = false
  if (takesErrors(command.redirects)) shell.hidesErrors = true
  const outcome = startWords(shell, words, command, plain)
  // `exec > file` is for all that follows.
  if (name !== 'exec' || args.length > 0) Object.assign(shell, { isLogged, hidesErrors })
  return outcome
}

function startWords(shell: Shell, words: readonly Word[], command: CommandContext, plain: boolean): CommandOutcome {
  const [first, ...args] = words as [Word, ...Word[]]
  const name = textOf(first)
  const called = name === undefined || plain ? undefined : shell.functions.get(name)
  if (called !== undefined) return callFunction(shell, called, words, command)
  // dash: "source: not found"
  if (shell.dialect === 'sh' && name !== undefined && bashOnly.has(name)) return failed
  const builtin = name === undefined || !Object.hasOwn(builtins, name) ? undefined : builtins[name]
  if (builtin !== undefined) return builtin(shell, args, command)
  return shell.context.launch(shell, { argv: words, ...command, exec: false })
}

const bashOnly = new Set([
  'source',
  'pushd',
  'popd',
  'let',
  'shopt',
  'mapfile',
  'readarray',
  'disown',
  'builtin',
  'enable',
  'bind',
  'history',
  'complete',
])
const maxDepth = 40

function callFunction(
  shell: Shell,
  called: { node: import('../../syntax/shell/shell.ts').Function; source: ShellSource },
  words: readonly Word[],
  command: CommandContext,
): CommandOutcome {
  if (shell.depth > maxDepth) return { status: true, flow: 'exit' }
  const { positional, chain, locals } = shell
  const own = new Map<string, ShellVariable | undefined>()
  shell.locals = own
  const { body } = called.node
  shell.positional = words.slice(1)
  shell.chain = [...chain, command.at]
  shell.depth++
  const changes = shell.changes.length
  shell.changes.push(...command.prefixed)
  const list = body.type === 'CompoundList' ? undefined : runNode(shell, called.source, body)
  shell.changes.splice(changes, command.prefixed.length)
  shell.depth--
  shell.positional = positional
  shell.chain = chain
  shell.locals = locals
  for (const [name, before] of own) {
    if (before === undefined) shell.variables.delete(name)
    else shell.variables.set(name, before)
  }
  const outcome = list ?? succeeded
  return outcome.flow === 'return' ? { status: outcome.status, flow: 'next' } : outcome
}

export function assignTo(shell: Shell, source: ShellSource, node: Assignment): void {
  const at = source.place(node.pos, node.end)
  assign(shell, node.name, assignedValue(shell, source, node), at)
}

export function assignedValue(shell: Shell, source: ShellSource, node: Assignment): ShellVariable {
  const before = shell.variables.get(node.name)
  if (node.value.type === 'ArrayValue') {
    if (shell.dialect === 'sh')
      note(shell, source.place(node.pos, node.end), { en: 'sh has no arrays', fr: 'sh n’a pas de tableaux' })
    const words = expandWords(shell, source, node.value.elements)
    return {
      kind: 'list',
      words: node.append === true && before?.kind === 'list' ? [...before.words, ...words] : words,
    }
  }
  const word = expandOne(shell, source, node.value)
  trace(shell, word.pieces, source.place(node.pos, node.end))
  if (node.index !== undefined) return withElement(shell, before, node.index.value, word)
  if (node.append !== true) return { kind: 'text', pieces: word.pieces }
  if (before?.kind === 'list')
    return {
      kind: 'list',
      words: [toWord([...(before.words[0]?.pieces ?? []), ...word.pieces], word.at, false), ...before.words.slice(1)],
    }
  return { kind: 'text', pieces: [...(before?.kind === 'text' ? before.pieces : []), ...word.pieces] }
}

/** `A[1]=c`. Where the index is not known, or leaves a gap, nobody knows the elements. */
function withElement(shell: Shell, before: ShellVariable | undefined, index: string, word: Word): ShellVariable {
  const words = before?.kind === 'list' ? before.words : []
  const number = /^\d+$/.test(index) ? Number(index) : Number.NaN
  if (before?.kind !== 'text' && number <= words.length) {
    return { kind: 'list', words: [...words.slice(0, number), word, ...words.slice(number + 1)] }
  }
  note(shell, word.at, {
    en: 'the elements of an array are not known',
    fr: 'les éléments d’un tableau ne sont pas connus',
  })
  return { kind: 'text', pieces: [] }
}

function prefixChange(shell: Shell, source: ShellSource, node: Assignment): EnvironmentChange {
  const at = source.place(node.pos, node.end)
  const value = assignedValue(subshell(shell), source, node)
  const parts = value.kind === 'text' ? value.pieces.map((piece) => piece.part) : undefined
  return { name: node.name, parts, at }
}
