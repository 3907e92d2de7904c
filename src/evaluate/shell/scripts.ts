import type { Place } from '../../contracts/place.ts'
import { lineEndsInGit } from '../../files/git/line-ends.ts'
import { readText } from '../../files/tree.ts'
import { parseShell } from '../../syntax/shell/shell.ts'
import { setOptions } from './builtins.ts'
import { type CommandOutcome, failed, runScript, succeeded } from './execute.ts'
import { partsText, textOf } from './expansion.ts'
import type { Word } from './model.ts'
import { fileSource, piecesSource, type ShellSource } from './source.ts'
import { absolutePath, childShell, note, type Shell, subshell, treePath } from './state.ts'

const maxDepth = 25
/** Longer programs are no start commands; reading them all could take long. */
const maxLength = 30_000

/** Runs source text in `shell`. Text that bash refuses is not run. */
export function runText(shell: Shell, source: ShellSource): CommandOutcome {
  if (source.text.length > maxLength) {
    note(shell, source.place(0, 1), {
      en: 'the program is too long to be followed',
      fr: 'le programme est trop long pour être suivi',
    })
    return { status: { at: source.place(0, 1), negated: false }, flow: 'next' }
  }
  const { script, problems } = parseShell(source.text)
  const [problem] = problems
  if (problem !== undefined) {
    note(shell, source.place(problem.span.start, problem.span.end), problem.message)
    const before = script.commands.filter(
      (statement) =>
        statement.end <= problem.span.start && source.text.slice(statement.end, problem.span.start).includes('\n'),
    )
    runScript(shell, source, before)
    return { status: false, flow: 'next' }
  }
  return runScript(shell, source, script.commands)
}

/** A whole shell: what it reads, and at its end what a trap says, where nothing replaced it. */
export function runToEnd(shell: Shell, source: ShellSource): CommandOutcome {
  const outcome = runText(shell, source)
  const { exitTrap } = shell
  if (exitTrap === undefined) return outcome
  evaluateText(subshell(shell, { decides: false, final: false }), [exitTrap], exitTrap.at)
  return outcome
}

/** `sh -c TEXT NAME ARGS…` */
export function runShellText(
  shell: Shell,
  text: Word,
  rest: readonly Word[],
  at: Place,
  program: ShellProgram,
): CommandOutcome {
  const source = piecesSource(text.pieces)
  if (source === undefined || text.splits || shell.depth > maxDepth || vague(text)) {
    note(shell, text.at, {
      en: 'the shell command is not known as a whole',
      fr: 'la commande du shell n’est pas connue en entier',
    })
    return { status: { at, negated: false }, flow: 'next' }
  }
  const { dialect, options } = program
  const child = childShell(shell, {
    dialect,
    zero: partsText(rest[0]?.parts ?? [dialect]) ?? dialect,
    positional: rest.slice(1),
    chain: [...shell.chain, at],
  })
  setOptions(child, options)
  return runToEnd(child, source)
}

/** Unknown text in a command may hold anything, also `;`. */
function vague(text: Word): boolean {
  return text.parts.some((part) => typeof part === 'object' && part.chars === 'any')
}

/** A script of the repository as a shell of its own. */
export function runScriptFile(
  shell: Shell,
  file: string,
  name: string,
  args: readonly Word[],
  at: Place,
  program: ShellProgram,
): CommandOutcome {
  const found = readText(shell.context.tree, file)
  if (found === undefined || shell.depth > maxDepth) {
    note(shell, at, { en: `\`${file}\` cannot be read`, fr: `\`${file}\` est illisible` })
    return { status: { at, negated: false }, flow: 'next' }
  }
  const ends = found.text.includes('\r\n') ? lineEndsInGit(shell.context.tree, found, shell.context.presence) : 'kept'
  // The carriage return is part of the last word of each line: `set -e\r`, `mysite.asgi:application\r`, `fi\r`.
  if (ends !== 'converted' && /^[ \t]*[^#\s][^\n]*\r$/m.test(found.text)) {
    if (ends === 'unknown') return unknownLineEnds(shell, file, at)
    shell.context.missing.push({ kind: 'line-ends', path: file, at })
    return failed
  }
  const { dialect, options } = program
  const child = childShell(shell, { dialect, zero: name, positional: args, chain: [...shell.chain, at] })
  setOptions(child, options)
  return runToEnd(child, fileSource(file, ends === 'converted' ? withLineFeeds(found.text) : found.text))
}

/** A script of which nobody can say what git holds: it may do what is written, or nothing at all. */
export function unknownLineEnds(shell: Shell, file: string, at: Place): CommandOutcome {
  note(shell, at, {
    en: `\`${file}\` has carriage returns here, and whether git holds them is not known`,
    fr: `\`${file}\` contient ici des retours chariot, et on ne sait pas si git les enregistre`,
  })
  return { status: { at, negated: false }, flow: 'next' }
}

/** As git writes it into the repository; each place stays where it is on the disk. */
const withLineFeeds = (text: string): string => text.replace(/\\\r\n/g, ' \\\n').replace(/\r\n/g, ' \n')

/** Which shell reads a program, and the options it was started with. */
export interface ShellProgram {
  readonly dialect: Shell['dialect']
  readonly options: readonly Word[]
}

/** What the kernel starts for a file: the shell of its `#!` line, else the one that was asked. */
export function shebangProgram(shell: Shell, text: string, at: Place): ShellProgram {
  const line = /^#!\s*(?:\S*\/env\s+(?:-S\s+)?)?(\S*sh)(?:\s+(-\w+))?/.exec(text)
  const options = line?.[2]
  return {
    dialect: line === null ? shell.dialect : dialectOf(line[1] as string),
    options:
      options === undefined
        ? []
        : [{ parts: [options], pieces: [{ part: options, at, verbatim: false }], at, splits: false }],
  }
}

/** `/bin/bash` -> bash; everything else reads what POSIX asks for. */
export function dialectOf(program: string): Shell['dialect'] {
  return /(?:^|\/)(?:bash|zsh|ksh)$/.test(program) ? 'bash' : 'sh'
}

/** `. file` and `source file`: runs in this very shell. */
export function sourceFile(shell: Shell, args: readonly Word[], at: Place): CommandOutcome {
  const path = textOf(args[0])
  if (path === undefined) {
    note(shell, at, { en: 'the file that is sourced is not known', fr: 'le fichier chargé n’est pas connu' })
    return { status: { at, negated: false }, flow: 'next' }
  }
  const file = treePath(shell, absolutePath(shell, path))
  const found = file === undefined ? undefined : readText(shell.context.tree, file)
  if (file === undefined || found === undefined || shell.depth > maxDepth) {
    if (file !== undefined && shell.depth <= maxDepth)
      shell.context.missing.push({ kind: 'script', path: file, at: args[0]?.at ?? at })
    return file === undefined ? { status: { at, negated: false }, flow: 'next' } : failed
  }
  const { positional, chain } = shell
  if (args.length > 1) shell.positional = args.slice(1)
  shell.chain = [...chain, at]
  shell.depth++
  const outcome = runText(shell, fileSource(file, found.text))
  shell.depth--
  shell.positional = positional
  shell.chain = chain
  return outcome.flow === 'return' ? { status: outcome.status, flow: 'next' } : outcome
}

/** `eval`: its words, joined by blanks, are read again. */
export function evaluateText(shell: Shell, args: readonly Word[], at: Place): CommandOutcome {
  const pieces = args.flatMap((arg, index) => [
    ...(index === 0 ? [] : [{ part: ' ', at: arg.at, verbatim: false }]),
    ...arg.pieces,
  ])
  const source = piecesSource(pieces)
  if (source === undefined || args.some((arg) => arg.splits || vague(arg)) || shell.depth > maxDepth) {
    note(shell, at, { en: 'what `eval` runs is not known', fr: 'ce que lance `eval` n’est pas connu' })
    return { status: { at, negated: false }, flow: 'next' }
  }
  if (source.text.trim() === '') return succeeded
  shell.depth++
  const outcome = runText(shell, source)
  shell.depth--
  return outcome
}
