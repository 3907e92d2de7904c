import { readText } from '../../../files/tree.ts'
import type { Place } from '../../../text.ts'
import type { Word, Wrapper } from '../model.ts'
import type { Outcome } from '../shell/execute.ts'
import { absolutePath, type Shell, treePath } from '../shell/state.ts'
import { textOf } from '../shell/words.ts'
import { runMake } from './make.ts'
import { runConcurrently, runPackageScript } from './package-json.ts'
import { runProcfileManager } from './procfile-manager.ts'
import { runPython } from './python.ts'
import { runScriptFile, runShellText } from './scripts.ts'
import { runSupervisor } from './supervisord.ts'
import { baseName } from './unwrap.ts'

const shells = /^(?:ba|da|z|a|k)?sh$/

/** Reads on into what a program runs from the repository; undefined when the program itself is what is started. */
export function follow(
  shell: Shell,
  argv: readonly Word[],
  at: Place,
  wrappers: readonly Wrapper[],
): Outcome | undefined {
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
function followShell(shell: Shell, argv: readonly Word[], at: Place): Outcome | undefined {
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
  if (command) return runShellText(shell, operand, argv.slice(index + 1), at, options)
  const path = textOf(operand)
  if (path === undefined) return undefined
  const file = treePath(shell, absolutePath(shell, path))
  if (file === undefined) return undefined
  if (shell.context.tree.kind(file) !== 'file') {
    shell.context.missing.push({ kind: 'script', path: file, at: operand.at })
    return undefined
  }
  return runScriptFile(shell, file, path, argv.slice(index + 1), at, options)
}

/** A path to a file of the repository: a shell script is read, a Python script too. */
function followFile(shell: Shell, argv: readonly Word[], at: Place): Outcome | undefined {
  const path = textOf(argv[0])
  if (path === undefined || !path.includes('/')) return undefined
  const file = treePath(shell, absolutePath(shell, path))
  if (file === undefined) return undefined
  if (shell.context.tree.kind(file) !== 'file') {
    shell.context.missing.push({ kind: 'script', path: file, at: (argv[0] as Word).at })
    return undefined
  }
  const text = readText(shell.context.tree, file)?.text
  if (text === undefined) return undefined
  const interpreter = /^#!\s*(\S+)(?:\s+(?:-S\s+)?(\S+))?/.exec(text)
  const program = interpreter?.[1]?.endsWith('/env') === true ? interpreter[2] : interpreter?.[1]
  if (program === undefined || shells.test(program.slice(program.lastIndexOf('/') + 1))) {
    return /\.py$/.test(file) && program === undefined
      ? undefined
      : runScriptFile(shell, file, path, argv.slice(1), at, [])
  }
  if (!/(?:^|\/)python[\d.]*$/.test(program)) return undefined
  const python: Word = { parts: [program], pieces: [{ part: program, at, verbatim: false }], at, splits: false }
  return runPython(shell, [python, ...argv], at)
}
