import { evaluate } from '../../../evaluate/evaluate.ts'
import type { Event, Path } from '../../../evaluate/evaluation.ts'
import { itemsOf, type Part, type Value } from '../../../evaluate/value.ts'
import { readText } from '../../../files/tree.ts'
import type { Place } from '../../../text.ts'
import type { Word } from '../model.ts'
import { factsAt } from '../servers/facts.ts'
import { type Outcome, succeeded } from '../shell/execute.ts'
import { note, type Shell } from '../shell/state.ts'
import { plainWord } from '../word.ts'
import { launch } from './launch.ts'
import { runShellText } from './scripts.ts'

/** What a script must mention to be worth running: something that starts a server or a program. */
const starts = /\buvicorn\b|\bsubprocess\b|\bos\.(?:system|exec[lv]p?e?|popen)\b/

type Call = Extract<Event, { type: 'call' }>

/**
 * Follows a Python script of the repository into the programs it starts plainly: `uvicorn.run(…)`, `subprocess.run([…])`,
 * `os.system("…")`, `os.execvp(…)`. Undefined when it starts none, or nobody can say which.
 */
export function runPythonScript(shell: Shell, file: string, argv: readonly Word[], at: Place): Outcome | undefined {
  const { context } = shell
  const text = readText(context.tree, file)?.text ?? ''
  if (!starts.test(text) || shell.depth > 5) return undefined
  const folder = file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : ''
  const evaluation = evaluate({
    tree: context.tree,
    module: { file, name: '__main__' },
    environment: context.environment.forProcess(shell.changes),
    searchPath: [folder],
    packages: context.packages,
    argv: argv.map(({ parts }) => parts.map((part) => (typeof part === 'string' ? part : '')).join('')),
  })
  const calls = agreed(evaluation.paths)
  if (calls === undefined) {
    note(shell, at, {
      en: `what \`${file}\` starts depends on something unknown`,
      fr: `ce que lance \`${file}\` dépend de quelque chose d’inconnu`,
    })
    return undefined
  }
  if (calls.length === 0) return undefined
  const inner: Shell = { ...shell, chain: [...shell.chain, at], depth: shell.depth + 1 }
  for (const call of calls) follow(inner, call)
  return succeeded
}

const starters =
  /^(?:uvicorn\.run|subprocess\.(?:run|call|check_call|check_output|Popen)|os\.(?:system|execvpe?|execvp?|execlpe?))$/

/** The starting calls, when every path that ends well makes the same ones. */
function agreed(paths: readonly Path[]): readonly Call[] | undefined {
  const perPath = paths
    .filter(({ crash }) => crash === undefined)
    .map(({ events }) => events.filter((event): event is Call => event.type === 'call' && starters.test(event.path)))
  const [first] = perPath
  const key = (calls: readonly Call[]) => calls.map(({ path, at }) => `${path}:${at.file}:${at.span.start}`).join(' ')
  if (first === undefined) return paths.length === 0 ? [] : undefined
  return perPath.every((calls) => key(calls) === key(first)) ? first : undefined
}

function follow(shell: Shell, { path, args, at }: Call): void {
  const { positional, keywords } = args
  const [first, ...rest] = positional
  if (path === 'uvicorn.run') {
    const words = uvicornWords(first, keywords, at)
    launch(shell, { argv: words, at, prefixed: [], redirects: [], exec: false })
    return
  }
  if (path.startsWith('os.exec')) {
    const list = path.includes('execv') ? itemsOf(rest[0]) : rest
    const words = list?.map(wordOf)
    if (words !== undefined && words.length > 0)
      launch(shell, { argv: words, at, prefixed: [], redirects: [], exec: true })
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
    launch(world, { argv: list.map(wordOf), at, prefixed: [], redirects: [], exec: false })
  else
    note(shell, at, { en: 'the command of subprocess is not known', fr: 'la commande de subprocess n’est pas connue' })
}

function isTrue(value: Value | undefined): boolean {
  return value?.type === 'bool' && value.value
}

function folderOf(shell: Shell, value: Value | undefined): string | undefined {
  if (value === undefined || value.type === 'none') return shell.cwd
  const text =
    value.type === 'str' && value.parts.length === 1 && typeof value.parts[0] === 'string' ? value.parts[0] : undefined
  if (text === undefined) return undefined
  return text.startsWith('/') || shell.cwd === undefined ? text : `${shell.cwd}/${text}`
}

/** The command line that means the same as `uvicorn.run(app, **keywords)`. */
function uvicornWords(app: Value | undefined, keywords: Call['args']['keywords'], at: Place): Word[] {
  const target = app ?? keywords.get('app')
  const words = [plainWord('uvicorn', at), target === undefined ? unknownWord('app', at) : wordOf(target)]
  const facts = factsAt('uvicorn', undefined)
  for (const [name, value] of keywords) {
    const fact = facts?.options.find(({ dest }) => dest === name)
    const option = fact?.names[0]
    if (fact === undefined || option === undefined || value.type === 'none') continue
    if (fact.arity === 0) {
      const written = isTrue(value) ? option : fact.negations?.[0]
      if (written !== undefined) words.push(plainWord(written, value.at))
    } else words.push(plainWord(option, value.at), wordOf(value))
  }
  return words
}

function wordOf(value: Value): Word {
  if (value.type === 'int' || value.type === 'float' || value.type === 'bool')
    return plainWord(String(value.value), value.at)
  if (value.type === 'str')
    return {
      parts: value.parts,
      pieces: value.parts.map((part) => ({ part, at: value.at, verbatim: false })),
      at: value.at,
      splits: false,
    }
  if (value.type === 'unknown' && value.variable !== undefined) {
    const hole: Part = {
      name: value.variable,
      variable: value.variable,
      chars: value.of === 'int' ? 'digits' : 'any',
      nonEmpty: true,
    }
    return { parts: [hole], pieces: [{ part: hole, at: value.at, verbatim: false }], at: value.at, splits: false }
  }
  return unknownWord('…', value.at)
}

function unknownWord(name: string, at: Place): Word {
  const hole: Part = { name, variable: undefined, chars: 'any', nonEmpty: true }
  return { parts: [hole], pieces: [{ part: hole, at, verbatim: false }], at, splits: false }
}
