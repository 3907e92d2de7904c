import type { Place } from '../../contracts/place.ts'
import { type CommandContext, runWords } from './command.ts'
import { type CommandOutcome, failed, succeeded } from './execute.ts'
import { partsText, textOf } from './expansion.ts'
import type { Piece, Word } from './model.ts'
import { takesOutput } from './output.ts'
import { evaluateText, sourceFile } from './scripts.ts'
import { absolutePath, askOpaque, forget, lookup, note, type Shell, treePath, unknownHole, unset } from './state.ts'
import { runBracket } from './tests.ts'

type Builtin = (shell: Shell, args: readonly Word[], command: CommandContext) => CommandOutcome

const ignored: Builtin = () => succeeded
const stays: Builtin = (shell) => {
  if (!shell.background) shell.context.waits = 'all'
  return succeeded
}
/** `wait -n` is over as soon as one job is. */
const waitFor: Builtin = (shell, args) => {
  const first = args.some((arg) => /^-[a-z]*n/.test(textOf(arg) ?? ''))
  if (!shell.background) shell.context.waits = first ? 'first' : 'all'
  return succeeded
}
/** Whether there is such a program. */
const lookedUp: Builtin = (shell, _args, { at }) => ({ status: askOpaque(shell, at, 'lookup', true), flow: 'next' })
/** `let X=2*3` */
const calculate: Builtin = (shell, args, { at }) => {
  for (const arg of args) {
    const name = /^(?:\+\+|--)?([A-Za-z_]\w*)/.exec(textOf(arg) ?? '')?.[1]
    if (name !== undefined) forget(shell, name, at)
  }
  return { status: askOpaque(shell, at, 'status', true), flow: 'next' }
}
/** Without arguments to read there is no option. */
const readOption: Builtin = (shell, [, name, ...given], { at }) => {
  if ((given.length > 0 ? given : shell.positional).length === 0) return failed
  note(shell, at, { en: 'the options of a script are not followed', fr: 'les options d’un script ne sont pas suivies' })
  for (const one of [textOf(name) ?? '', 'OPTARG', 'OPTIND']) if (one !== '') forget(shell, one, at)
  return { status: { at, negated: true }, flow: 'next' }
}
/** `trap 'kill 0' EXIT`; `-`, or a signal alone, takes it back. Of ERR it is kept that something happens; other signals are not followed. */
const setTrap: Builtin = (shell, args) => {
  const [action, ...signals] = textOf(args[0]) === '--' ? args.slice(1) : args
  const names = (signals.length === 0 ? [action] : signals).map((one) =>
    textOf(one)?.replace(/^SIG/i, '').toUpperCase(),
  )
  if (names.includes('EXIT') || names.includes('0'))
    shell.exitTrap = signals.length === 0 || textOf(action) === '-' ? undefined : action
  if (names.includes('ERR')) shell.trapsErrors = signals.length > 0 && textOf(action) !== '-' && textOf(action) !== ''
  return succeeded
}
/** `shopt -s nullglob` */
const setShellOption: Builtin = (shell, args) => {
  const [how, ...names] = args.map((arg) => textOf(arg))
  if (names.includes('nullglob') && (how === '-s' || how === '-u')) shell.options.nullglob = how === '-s'
  return succeeded
}
const leave =
  (flow: 'exit' | 'return' | 'break' | 'continue'): Builtin =>
  (_shell, args, { at }) => {
    const code = textOf(args[0])
    const counts = flow === 'exit' || flow === 'return'
    if (!counts || (args.length > 0 && code === '0')) return { status: true, flow }
    if (args.length === 0) return { status: true, flow }
    return { status: code === undefined ? { at, negated: false } : false, flow }
  }

const enter: Builtin = (shell, args) => {
  const target = args.filter((arg) => !/^-[LPe@]+$/.test(textOf(arg) ?? '') && textOf(arg) !== '--')[0]
  return changeFolder(shell, target)
}

export const builtins: Readonly<Record<string, Builtin>> = {
  ':': ignored,
  true: ignored,
  false: () => failed,
  cd: enter,
  pushd: enter,
  popd: (shell) => {
    shell.cwd = undefined
    return succeeded
  },
  pwd: (shell, _args, { at }) => write(shell, [{ part: shell.cwd ?? unknownHole('pwd', true), at, verbatim: false }]),
  echo: (shell, args, command) => echo(shell, args, command),
  printf: (shell, args, command) => printf(shell, args, command),
  test: (shell, args, { at }) => ({ status: runBracket(shell, args, at), flow: 'next' }),
  '[': (shell, args, { at }) => ({ status: runBracket(shell, args.slice(0, -1), at), flow: 'next' }),
  exit: leave('exit'),
  return: leave('return'),
  break: leave('break'),
  continue: leave('continue'),
  exec: (shell, args, command) => {
    const words = dropOptions(args, { a: true, c: false, l: false })
    if (words.length === 0) return succeeded
    shell.exitTrap = undefined
    const outcome = shell.context.launch(shell, { argv: words, ...command, exec: true })
    return { status: outcome.status, flow: 'exit' }
  },
  eval: (shell, args, command) => evaluateText(shell, args, command.at),
  source: (shell, args, command) => sourceFile(shell, args, command.at),
  '.': (shell, args, command) => sourceFile(shell, args, command.at),
  command: (shell, args, command) => lookUpOrRun(shell, args, command),
  builtin: (shell, args, command) => (args.length === 0 ? succeeded : runWords(shell, args, command, true)),
  set: (shell, args, command) => (args.length === 0 ? printAll(shell, command) : setOptions(shell, args)),
  shift: (shell, args) => {
    const count = args.length === 0 ? 1 : Number(textOf(args[0]))
    if (!Number.isInteger(count) || count > shell.positional.length) return failed
    shell.positional = shell.positional.slice(count)
    return succeeded
  },
  unset: (shell, args, { at }) => {
    const functions = textOf(args[0]) === '-f'
    for (const arg of args) {
      const name = textOf(arg)
      if (name === undefined || name.startsWith('-')) continue
      if (functions) shell.functions.delete(name)
      else unset(shell, name, at)
    }
    return succeeded
  },
  read: (shell, args, { at }) => {
    if (!shell.background && !shell.piped) shell.context.waits = 'all'
    for (const arg of args) {
      const name = textOf(arg)
      if (name === undefined || !/^[A-Za-z_]\w*$/.test(name)) continue
      shell.variables.set(name, { kind: 'text', pieces: [{ part: unknownHole(name), at, verbatim: false }] })
    }
    return { status: { at, negated: false }, flow: 'next' }
  },
  type: lookedUp,
  hash: lookedUp,
  let: calculate,
  getopts: readOption,
  mapfile: ignored,
  readarray: ignored,
  wait: waitFor,
  trap: setTrap,
  kill: ignored,
  jobs: ignored,
  fg: stays,
  bg: ignored,
  disown: ignored,
  times: ignored,
  umask: ignored,
  ulimit: ignored,
  shopt: setShellOption,
  alias: ignored,
  unalias: ignored,
  bind: ignored,
  enable: ignored,
  history: ignored,
  complete: ignored,
}

function dropOptions(args: readonly Word[], options: Record<string, boolean>): readonly Word[] {
  let rest = args
  for (;;) {
    const text = textOf(rest[0])
    if (text === '--') return rest.slice(1)
    if (text === undefined || !/^-[a-z]+$/.test(text) || [...text.slice(1)].some((c) => !(c in options))) return rest
    rest = rest.slice(options[text.slice(-1)] === true ? 2 : 1)
  }
}

const systemFolders = /^\/(?:tmp|usr|etc|var|opt|home|bin|lib|dev|proc|root|srv|mnt)?$/

/** A folder every Linux has, or one above the app's own. */
function surelyExists({ context }: Shell, path: string): boolean {
  return systemFolders.test(path) || context.layout.mounts.some((mount) => mount.path.startsWith(`${path}/`))
}

function changeFolder(shell: Shell, target: Word | undefined): CommandOutcome {
  const path =
    target === undefined ? partsText((lookup(shell, 'HOME', nowhere) ?? []).map((p) => p.part)) : textOf(target)
  const at = target?.at ?? nowhere
  if (path === undefined || path === '-') {
    shell.cwd = undefined
    note(shell, at, { en: 'the folder of `cd` is not known', fr: 'le dossier de `cd` n’est pas connu' })
    return succeeded
  }
  const absolute = path === '' ? shell.cwd : absolutePath(shell, path)
  const folder = treePath(shell, absolute)
  if (absolute === undefined || (folder === undefined && !surelyExists(shell, absolute))) {
    shell.cwd = absolute
    return { status: askOpaque(shell, at, 'folder', true), flow: 'next' }
  }
  if (folder !== undefined && folder !== '' && shell.context.tree.kind(folder) !== 'directory') {
    shell.context.missing.push({ kind: 'folder', path: folder, at })
    return failed
  }
  shell.cwd = absolute
  return succeeded
}

const nowhere: Place = { file: '', span: { start: 0, end: 0 } }

function write(shell: Shell, pieces: readonly (Piece | undefined)[]): CommandOutcome {
  shell.output?.push(...pieces)
  return succeeded
}

const redirected = ({ redirects }: CommandContext): boolean => redirects.some(takesOutput)

/** Notes what comes to the log; an `echo` of known text alone is of no interest. */
function print(shell: Shell, args: readonly Word[], { at }: CommandContext): void {
  const pieces = args.flatMap((word) => word.pieces).filter(({ part }) => typeof part !== 'string')
  if (shell.isLogged && pieces.length > 0) shell.context.printed.push({ what: pieces, at })
}

/** `set` and `export` without a word after them, `export -p`: every variable with its value. */
function printAll(shell: Shell, { at }: CommandContext): CommandOutcome {
  if (shell.isLogged) shell.context.printed.push({ what: 'environment', at })
  return succeeded
}

function echo(shell: Shell, args: readonly Word[], command: CommandContext): CommandOutcome {
  print(shell, args, command)
  if (shell.output === undefined || redirected(command)) return succeeded
  let rest = args
  let newline = true
  while (/^-[neE]+$/.test(textOf(rest[0]) ?? '')) {
    if (textOf(rest[0])?.includes('n') === true) newline = false
    if (textOf(rest[0])?.includes('e') === true) return write(shell, [undefined])
    rest = rest.slice(1)
  }
  const pieces: Piece[] = []
  for (const [index, word] of rest.entries()) {
    if (index > 0) pieces.push({ part: ' ', at: word.at, verbatim: false })
    pieces.push(...word.pieces)
  }
  if (newline) pieces.push({ part: '\n', at: command.at, verbatim: false })
  return write(shell, pieces)
}

function printf(shell: Shell, args: readonly Word[], command: CommandContext): CommandOutcome {
  const variable = textOf(args[0]) === '-v' ? textOf(args[1]) : undefined
  if (variable !== undefined) {
    if (/^[A-Za-z_]\w*$/.test(variable)) forget(shell, variable, command.at)
    return succeeded
  }
  print(shell, args, command)
  if (shell.output === undefined || redirected(command)) return succeeded
  const format = textOf(args[0])
  const simple = format === undefined ? null : /^([^%\\]*)(?:%s([^%\\]*))?(\\n)?$/.exec(format)
  const takes = format?.includes('%s') === true ? 2 : 1
  if (simple === null || args.length !== takes) return write(shell, [undefined])
  const text = (part: string | undefined): Piece[] =>
    part === undefined || part === '' ? [] : [{ part, at: command.at, verbatim: false }]
  return write(shell, [
    ...text(simple[1]),
    ...(args[1]?.pieces ?? []),
    ...text(simple[2]),
    ...text(simple[3] === undefined ? '' : '\n'),
  ])
}

function lookUpOrRun(shell: Shell, args: readonly Word[], command: CommandContext): CommandOutcome {
  const option = textOf(args[0])
  if (option === '-v' || option === '-V') {
    const isThere = askOpaque(shell, command.at, 'lookup', true)
    if (isThere)
      shell.output?.push(
        { part: unknownHole('command', true), at: command.at, verbatim: false },
        { part: '/', at: command.at, verbatim: false },
        ...(args[1]?.pieces ?? []),
      )
    return { status: isThere, flow: 'next' }
  }
  const rest = option === '-p' || option === '--' ? args.slice(1) : args
  return rest.length === 0 ? succeeded : runWords(shell, rest, command, true)
}

const longOptions: Record<string, 'errexit' | 'nounset' | 'noglob' | 'allexport' | 'pipefail' | 'xtrace'> = {
  pipefail: 'pipefail',
  errexit: 'errexit',
  nounset: 'nounset',
  noglob: 'noglob',
  allexport: 'allexport',
  xtrace: 'xtrace',
  e: 'errexit',
  u: 'nounset',
  f: 'noglob',
  a: 'allexport',
  x: 'xtrace',
}

/** `set -euo pipefail`, `set -- a b`. Also the options of a shell's own command line. */
export function setOptions(shell: Shell, args: readonly Word[]): CommandOutcome {
  const turn = (name: string, on: boolean, at: Place): void => {
    const option = longOptions[name]
    if (option === 'xtrace') shell.tracedBy = on ? at : undefined
    else if (option !== undefined) shell.options[option] = on
  }
  for (const [index, arg] of args.entries()) {
    const text = textOf(arg)
    if (text === undefined || !/^[-+]/.test(text) || text === '-' || text === '--') {
      shell.positional = args.slice(text === '-' || text === '--' ? index + 1 : index)
      return succeeded
    }
    const on = text.startsWith('-')
    for (const letter of text.slice(1)) turn(letter, on, arg.at)
    if (text.endsWith('o')) {
      const name = textOf(args[index + 1]) ?? ''
      // dash 0.5.12: "set: Illegal option -o pipefail", and the script ends.
      if (name === 'pipefail' && shell.dialect === 'sh') shell.failed = true
      turn(name, on, arg.at)
      return args.length > index + 2 ? setOptions(shell, args.slice(index + 2)) : succeeded
    }
  }
  return succeeded
}
