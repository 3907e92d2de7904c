import type { Place } from '../../../contracts/place.ts'
import type { CommandOutcome } from '../../../evaluate/shell/execute.ts'
import { textOf } from '../../../evaluate/shell/expansion.ts'
import type { Word } from '../../../evaluate/shell/model.ts'
import { absolutePath, type Shell, treePath } from '../../../evaluate/shell/state.ts'
import { runProcfileManager } from './procfile-manager.ts'
import { runPythonScript } from './python-script.ts'

/** A Python command line taken apart. */
export interface PythonCommand {
  readonly kind: 'module' | 'script' | 'code' | 'none'
  /** The module, the script's path, the code. */
  readonly operand: Word | undefined
  readonly args: readonly Word[]
}

const valued = new Set(['-W', '-X', '--check-hash-based-pycs'])

/** `python -u -m daphne …`, `python manage.py …`. `argv[0]` is the interpreter. */
export function pythonCommand(argv: readonly Word[]): PythonCommand {
  for (let i = 1; i < argv.length; i++) {
    const word = argv[i] as Word
    const text = textOf(word)
    if (text === undefined || !text.startsWith('-') || text === '-')
      return { kind: text === '-' ? 'none' : 'script', operand: word, args: argv.slice(i + 1) }
    if (/^-[bBdEhiIOPqsSuvVx?]*m$/.test(text)) return { kind: 'module', operand: argv[i + 1], args: argv.slice(i + 2) }
    if (/^-[bBdEhiIOPqsSuvVx?]*c$/.test(text)) return { kind: 'code', operand: argv[i + 1], args: argv.slice(i + 2) }
    if (valued.has(text)) i++
  }
  return { kind: 'none', operand: undefined, args: [] }
}

/** Follows `python` into process managers and into scripts that start programs; anything else stays a step of its own. */
export function runPython(shell: Shell, argv: readonly Word[], at: Place): CommandOutcome | undefined {
  const { kind, operand, args } = pythonCommand(argv)
  const text = textOf(operand)
  if (operand === undefined || text === undefined) return undefined
  if (kind === 'module' && text === 'honcho') return runProcfileManager(shell, [operand, ...args], at)
  if (kind === 'module') {
    const found = ownModule(shell, text)
    return found === undefined
      ? undefined
      : runPythonScript(shell, found, [operand, ...args], at, treePath(shell, shell.cwd))
  }
  if (kind !== 'script') return undefined
  const file = treePath(shell, absolutePath(shell, text))
  if (file !== undefined && shell.context.tree.kind(file) === undefined) {
    shell.context.missing.push({ kind: 'script', path: file, at: operand.at })
    return undefined
  }
  if (file === undefined || !/\.py$/.test(file) || /(?:^|\/)manage\.py$/.test(file)) return undefined
  return runPythonScript(shell, file, [operand, ...args], at)
}

/** The file `python -m name` runs, when the module is the repository's own and stands in the working directory. */
function ownModule(shell: Shell, name: string): string | undefined {
  const path = name.replaceAll('.', '/')
  const files = [`${path}/__main__.py`, `${path}.py`].map((file) => treePath(shell, absolutePath(shell, file)))
  return files.find(
    (file) => file !== undefined && shell.context.tree.kind(file) === 'file' && !/(?:^|\/)manage\.py$/.test(file),
  )
}
