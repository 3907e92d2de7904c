import type { Place } from '../../../contracts/place.ts'
import { type CommandOutcome, failed } from '../../../evaluate/shell/execute.ts'
import { textOf } from '../../../evaluate/shell/expansion.ts'
import type { Word, Wrapper } from '../../../evaluate/shell/model.ts'
import {
  dialectOf,
  runScriptFile,
  runShellText,
  shebangProgram,
  unknownLineEnds,
} from '../../../evaluate/shell/scripts.ts'
import { absolutePath, type Shell, treePath } from '../../../evaluate/shell/state.ts'
import { lineEndsInGit } from '../../../files/git/line-ends.ts'
import { readText } from '../../../files/tree.ts'
import { runMake } from './make.ts'
import { runConcurrently, runPackageScript } from './package-json.ts'
import { runProcfileManager } from './procfile-manager.ts'
import { runPython } from './python.ts'
import { runSupervisor } from './supervisord.ts'
import { baseName } from './unwrap.ts'

const shells = /^(?:ba|da|z|a|k)?sh$/

/** Reads on into what a program runs from the repository; undefined when the program itself is what is started. */
export function follow(
  shell: Shell,
  argv: readonly Word[],
  at: Place,
  wrappers: readonly Wrapper[],
): CommandOutcome | undefined {
  const name = baseName(argv[0])
  if (name === undefined) return undefined
  const inner: Shell = { ...shell, wrappers }
  if (shells.test(name)) return followShell(inner, argv, at)
  if (/^python[\d.]*$/.test(name)) return runPython(inner, argv, at)
  if (name === 'make' || name === 'gmake') return runMake(inner, argv, at)
  if (name === 'npm' || name === 'yarn' || name === 'pnpm' || name === 'bun') return runPackageScript(inner, argv, at)
  if (name === 'concurrently') return runConcurrently(inner, argv, at)
  if (
    name === 'honcho' ||
    name === 'foreman' ||
    name === 'overmind' ||
    name === 'hivemind' ||
    name === 'forego' ||
    name === 'goreman'
  ) {
    return runProcfileManager(inner, argv, at)
  }
  if (name === 'supervisord') return runSupervisor(inner, argv, at)
  return followFile(inner, argv, at)
}

/** `bash script args`, `sh -c "…"`, `bash -euo pipefail -c "…"`. */
function followShell(shell: Shell, argv: readonly Word[], at: Place): CommandOutcome | undefined {
  const options: Word[] = []
  let command = false
  let index = 1
  for (; index < argv.length; index++) {
    const word = argv[index] as Word
    const text = textOf(word)
    if (text === undefined || !/^[-+]./.test(text)) break
    if (text === '--') {
      index++
      break
    }
    if (/^--(?:rcfile|init-file)$/.test(text)) index++
    if (text.startsWith('--')) continue
    if (/^-\w*c/.test(text)) command = true
    if (/^[-+]\w*o$/.test(text)) options.push(word, argv[++index] as Word)
    else options.push(word)
  }
  const operand = argv[index]
  if (operand === undefined) return undefined
  const program = { dialect: dialectOf(baseName(argv[0]) ?? ''), options }
  if (command) return runShellText(shell, operand, argv.slice(index + 1), at, program)
  const path = textOf(operand)
  if (path === undefined) return undefined
  const file = treePath(shell, absolutePath(shell, path))
  if (file === undefined) return undefined
  if (shell.context.tree.kind(file) !== 'file') {
    return absent(shell, file, operand.at)
  }
  return runScriptFile(shell, file, path, argv.slice(index + 1), at, program)
}

/** Folders in which the build or a buildpack puts programs: what is missing there may exist on the dyno. */
const made = /(?:^|\/)(?:bin|node_modules|\.heroku|\.venv|venv|vendor|\.local)\//

/** A script that is not in the repository cannot be started. */
function absent(shell: Shell, path: string, at: Place): CommandOutcome | undefined {
  shell.context.missing.push({ kind: 'script', path, at })
  return made.test(path) ? undefined : failed
}

/** A path to a file of the repository: a shell script is read, a Python script too. */
function followFile(shell: Shell, argv: readonly Word[], at: Place): CommandOutcome | undefined {
  const path = textOf(argv[0])
  if (path === undefined || !path.includes('/')) return undefined
  const file = treePath(shell, absolutePath(shell, path))
  if (file === undefined) return undefined
  if (shell.context.tree.kind(file) !== 'file') {
    return absent(shell, file, (argv[0] as Word).at)
  }
  if (shell.context.presence.isExecutable(file) === false) {
    shell.context.missing.push({ kind: 'mode', path: file, at: (argv[0] as Word).at })
  }
  const source = readText(shell.context.tree, file)
  if (source === undefined) return undefined
  const { text } = source
  // The kernel looks for a program whose name ends with the carriage return.
  if (/^#![^\r\n]*\r\n/.test(text)) {
    const ends = lineEndsInGit(shell.context.tree, source, shell.context.presence)
    if (ends === 'unknown') return unknownLineEnds(shell, file, at)
    if (ends === 'converted') return followText(shell, argv, at, file, path, text)
    shell.context.missing.push({ kind: 'interpreter', path: file, at: (argv[0] as Word).at })
    return failed
  }
  return followText(shell, argv, at, file, path, text)
}

/** What the first line of a script names, or the shell that starts it, reads it. */
function followText(
  shell: Shell,
  argv: readonly Word[],
  at: Place,
  file: string,
  path: string,
  text: string,
): CommandOutcome | undefined {
  const interpreter = /^#!\s*(\S+)(?:\s+(?:-S\s+)?(\S+))?/.exec(text)
  const program = interpreter?.[1]?.endsWith('/env') === true ? interpreter[2] : interpreter?.[1]
  if (program === undefined || shells.test(program.slice(program.lastIndexOf('/') + 1))) {
    return /\.py$/.test(file) && program === undefined
      ? undefined
      : runScriptFile(shell, file, path, argv.slice(1), at, shebangProgram(shell, text, at))
  }
  if (!/(?:^|\/)python[\d.]*$/.test(program)) return undefined
  const python: Word = { parts: [program], pieces: [{ part: program, at, verbatim: false }], at, splits: false }
  return runPython(shell, [python, ...argv], at)
}
