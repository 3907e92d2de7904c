import { type Place, placeKey } from '../../../contracts/place.ts'
import type { EnvironmentChange } from '../../../evaluate/environment.ts'
import type { Part } from '../../../evaluate/parts.ts'
import { evaluate } from '../../../evaluate/python/evaluate.ts'
import type { EvaluatedPath } from '../../../evaluate/python/evaluation.ts'
import { itemsOf, type Value } from '../../../evaluate/python/value.ts'
import { type CommandOutcome, succeeded } from '../../../evaluate/shell/execute.ts'
import type { Word } from '../../../evaluate/shell/model.ts'
import { runShellText } from '../../../evaluate/shell/scripts.ts'
import { absolutePath, note, type Shell, treePath } from '../../../evaluate/shell/state.ts'
import { known as knownWord } from '../../../evaluate/shell/word.ts'
import { readText } from '../../../files/tree.ts'
import { isServerCall, isTrue, type ProgramCall, serverWords, wordOf } from './python-calls.ts'

/** What a script must mention to be worth running: something that starts a server or a program. */
const starts =
  /\b(?:uvicorn|daphne|granian|waitress|subprocess|execute_from_command_line|call_command)\b|\bos\.(?:system|exec[lv]p?e?|popen)\b/

/**
 * Follows a Python script of the repository into the programs it starts plainly: `uvicorn.run(…)`, daphne's
 * `CommandLineInterface().run([…])`, `subprocess.run([…])`, `os.system("…")`, `os.execvp(…)`. Undefined when it starts
 * none, or nobody can say which. `searchFrom`: where its imports are looked for, the script's folder unless given.
 */
export function runPythonScript(
  shell: Shell,
  file: string,
  argv: readonly Word[],
  at: Place,
  searchFrom?: string,
): CommandOutcome | undefined {
  const { context } = shell
  const text = readText(context.tree, file)?.text ?? ''
  if (!starts.test(text) || shell.depth > 5) return undefined
  const folder = file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : ''
  const pythonPath = pythonPathOf(shell)
  const evaluation = evaluate({
    tree: context.tree,
    module: { file, name: '__main__' },
    environment: context.environment.forProcess(shell.changes, {
      argv: argv.map(({ parts }) => parts.map((part) => (typeof part === 'string' ? part : '')).join('')),
    }),
    searchPath: [searchFrom ?? folder, ...pythonPath.folders],
    packages: context.packages,
  })
  const calls = agreed(evaluation.paths, text.includes('sys.argv'))
  if (calls === undefined) {
    note(shell, at, {
      en: `what \`${file}\` starts depends on something unknown`,
      fr: `ce que lance \`${file}\` dépend de quelque chose d’inconnu`,
    })
    return undefined
  }
  if (calls.starting.length === 0) return undefined
  const inner: Shell = { ...shell, chain: [...shell.chain, at], depth: shell.depth + 1 }
  const { searchPath } = calls
  const known = pythonPath.open ? { ...calls, searchPath: [...searchPath, undefined] } : calls
  for (const call of calls.starting) follow(inner, call, known, argv)
  return succeeded
}

/** The folders of the tree on the PYTHONPATH of a script; `open`: there may be others. */
function pythonPathOf(shell: Shell): { readonly folders: readonly string[]; readonly open: boolean } {
  const variable = shell.context.environment.forProcess(shell.changes).get('PYTHONPATH')
  const text = variable.state === 'known' ? knownWord(variable.parts) : undefined
  if (text === undefined) return { folders: [], open: variable.state === 'set' || variable.state === 'known' }
  const entries = text.split(':').filter((entry) => entry !== '')
  return { folders: entries.flatMap((entry) => treePath(shell, absolutePath(shell, entry)) ?? []), open: false }
}

const programs = /^(?:subprocess\.(?:run|call|check_call|check_output|Popen)|os\.(?:system|execvpe?|execvp?|execlpe?))$/

interface Calls {
  readonly starting: readonly ProgramCall[]
  /** Among them those that made the objects that start something. */
  readonly all: readonly ProgramCall[]
  /** Where the script has its modules from by then. */
  readonly searchPath: EvaluatedPath['searchPath']
}

/** The starting calls, when every path that ends well makes the same ones. `sys.exit(serve())` ends well. */
function agreed(paths: readonly EvaluatedPath[], changesArguments: boolean): Calls | undefined {
  const perPath = paths
    .filter(({ crash }) => crash === undefined || crash.exception === 'SystemExit')
    .map(({ events, searchPath }): Calls => {
      const all = events.filter((event): event is ProgramCall => event.type === 'call')
      return {
        starting: all.filter((call) => programs.test(call.path) || isServerCall(call, changesArguments)),
        all,
        searchPath,
      }
    })
  const [first] = perPath
  const key = ({ starting, searchPath }: Calls) =>
    [...starting.map(({ path, at }) => `${path}:${placeKey(at)}`), ...searchPath].join(' ')
  if (first === undefined) return paths.length === 0 ? { starting: [], all: [], searchPath: [] } : undefined
  return perPath.every((calls) => key(calls) === key(first)) ? first : undefined
}

/** A program that is called finds its modules where the script does; one that is started would be told so by PYTHONPATH. */
function searched(searchPath: Calls['searchPath'], at: Place): EnvironmentChange {
  const unknown: Part = { name: 'sys.path', variable: undefined, chars: 'any', nonEmpty: true }
  const parts = searchPath.includes(undefined) ? [unknown] : [searchPath.join(':')]
  return { name: 'PYTHONPATH', parts, at }
}

function follow(shell: Shell, call: ProgramCall, { all, searchPath }: Calls, argv: readonly Word[]): void {
  const { path, args, at } = call
  const { positional, keywords } = args
  const [first, ...rest] = positional
  if (!programs.test(path)) {
    const words = serverWords(call, all, argv, searchPath[0])
    if (words !== undefined)
      shell.context.launch(shell, {
        argv: words,
        at,
        prefixed: [searched(searchPath, at)],
        redirects: [],
        exec: false,
        called: true,
      })
    return
  }
  if (path.startsWith('os.exec')) {
    const list = path.includes('execv') ? itemsOf(rest[0]) : rest
    const words = list?.map(wordOf)
    if (words !== undefined && words.length > 0)
      shell.context.launch(shell, { argv: words, at, prefixed: [], redirects: [], exec: true })
    return
  }
  const inShell = path === 'os.system' || isTrue(keywords.get('shell'))
  const list = itemsOf(first)
  const world: Shell = {
    ...shell,
    cwd: folderOf(shell, keywords.get('cwd')),
    background: shell.background || path === 'subprocess.Popen',
  }
  if (inShell && first !== undefined) runShellText(world, wordOf(first), [], at, { dialect: 'sh', options: [] })
  else if (list !== undefined && list.length > 0)
    world.context.launch(world, { argv: list.map(wordOf), at, prefixed: [], redirects: [], exec: false })
  else
    note(shell, at, { en: 'the command of subprocess is not known', fr: 'la commande de subprocess n’est pas connue' })
}

function folderOf(shell: Shell, value: Value | undefined): string | undefined {
  if (value === undefined || value.type === 'none') return shell.cwd
  const text =
    value.type === 'str' && value.parts.length === 1 && typeof value.parts[0] === 'string' ? value.parts[0] : undefined
  if (text === undefined) return undefined
  return text.startsWith('/') || shell.cwd === undefined ? text : `${shell.cwd}/${text}`
}
