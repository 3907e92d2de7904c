import type { Place } from '../../../contracts/place.ts'
import { type CommandOutcome, succeeded } from '../../../evaluate/shell/execute.ts'
import type { Word } from '../../../evaluate/shell/model.ts'
import { runText } from '../../../evaluate/shell/scripts.ts'
import { derivedSource, fileSource, piecesSource, type ShellSource } from '../../../evaluate/shell/source.ts'
import { childShell, type Shell, subshell, treePath } from '../../../evaluate/shell/state.ts'
import { textOf } from '../../../evaluate/shell/words.ts'
import { readText, type SourceFile } from '../../../files/tree.ts'
import { at, type DataText, entriesOf } from '../../../syntax/data.ts'
import { parseJson } from '../../../syntax/json/json.ts'

/** `npm run x`, `npm start`, `yarn x`: the script of the nearest package.json. */
export function runPackageScript(shell: Shell, argv: readonly Word[], at: Place): CommandOutcome | undefined {
  const tool = textOf(argv[0])
  const words = argv.slice(1)
  const operands = words.filter((word) => textOf(word)?.startsWith('-') !== true)
  const [first, second] = [textOf(operands[0]), textOf(operands[1])]
  const runs = first === 'run' || first === 'run-script'
  const name = runs ? second : first
  if (name === undefined || (!runs && tool === 'npm' && name !== 'start' && name !== 'test')) return undefined
  const found = nearestPackage(shell)
  const scripts = found === undefined ? undefined : scriptsOf(found.file)
  const script = scripts?.get(name)
  if (found === undefined || script === undefined || scripts === undefined) return undefined
  const used = operands[runs ? 1 : 0] as Word
  const rest = words.slice(words.indexOf(used) + 1).filter((word, index) => !(index === 0 && textOf(word) === '--'))
  const inner: Shell = { ...shell, cwd: found.folder }
  let outcome: CommandOutcome = succeeded
  for (const step of [`pre${name}`, name, `post${name}`]) {
    const source = scripts.get(step)
    if (source === undefined) continue
    outcome = runNodeScript(inner, source, step === name ? rest : [], at)
    if (outcome.status === false) return outcome
  }
  return outcome
}

/** `concurrently "a" "b"`: every text a shell command, all at once. */
export function runConcurrently(shell: Shell, argv: readonly Word[], at: Place): CommandOutcome | undefined {
  const texts = argv.slice(1).filter((word) => textOf(word)?.startsWith('-') !== true)
  for (const text of texts) {
    const source = piecesSource(text.pieces)
    if (source === undefined || text.splits) return undefined
    runText(
      childShell(subshell(shell, { background: true }), {
        dialect: 'sh',
        zero: 'sh',
        positional: [],
        chain: [...shell.chain, at],
      }),
      source,
    )
  }
  return succeeded
}

function runNodeScript(shell: Shell, source: ShellSource, args: readonly Word[], at: Place): CommandOutcome {
  const child = childShell(shell, { dialect: 'sh', zero: 'sh', positional: args, chain: [...shell.chain, at] })
  return { status: runText(child, args.length === 0 ? source : withArguments(source)).status, flow: 'next' }
}

/** npm appends the arguments to the script's text. */
function withArguments(source: ShellSource): ShellSource {
  return { ...source, text: `${source.text} "$@"` }
}

function nearestPackage(shell: Shell): { file: SourceFile; folder: string } | undefined {
  for (
    let folder = shell.cwd;
    folder !== undefined;
    folder = folder === '/' ? undefined : folder.slice(0, folder.lastIndexOf('/')) || '/'
  ) {
    const path = treePath(shell, folder)
    if (path === undefined) return undefined
    const file = readText(shell.context.tree, path === '' ? 'package.json' : `${path}/package.json`)
    if (file !== undefined) return { file, folder }
  }
  return undefined
}

function scriptsOf(file: SourceFile): Map<string, ShellSource> {
  const scripts = entriesOf(at(parseJson(file.text).root, 'scripts'))
  return new Map(
    scripts.flatMap(([name, { value }]) => (value.kind === 'text' ? [[name, textSource(file, value)]] : [])),
  )
}

function textSource({ path, text: all }: SourceFile, { text, content, span }: DataText): ShellSource {
  const verbatim = all.slice(content.start, content.end) === text
  return verbatim ? fileSource(path, text, content.start) : derivedSource(text, { file: path, span })
}
