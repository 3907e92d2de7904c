import type { Place } from '../../../contracts/place.ts'
import { type CommandOutcome, succeeded } from '../../../evaluate/shell/execute.ts'
import { textOf } from '../../../evaluate/shell/expansion.ts'
import type { Word } from '../../../evaluate/shell/model.ts'
import { runText } from '../../../evaluate/shell/scripts.ts'
import { derivedSource, fileSource, piecesSource, type ShellSource } from '../../../evaluate/shell/source.ts'
import { absolutePath, childShell, type Shell, subshell, treePath } from '../../../evaluate/shell/state.ts'
import { readText, type SourceFile } from '../../../files/tree.ts'
import { at, type DataText, entriesOf } from '../../../syntax/data.ts'
import { parseJson } from '../../../syntax/json/json.ts'
import { packageCall } from './package-call.ts'

/** `npm run x`, `npm start --prefix web`, `yarn --cwd web x`: the script of the nearest package.json, or of the folder named. */
export function runPackageScript(shell: Shell, argv: readonly Word[], at: Place): CommandOutcome | undefined {
  const call = packageCall(argv)
  if (call === undefined) return undefined
  const named = call.folder === undefined ? undefined : textOf(call.folder)
  if (call.folder !== undefined && named === undefined) return undefined
  const start = named === undefined ? shell.cwd : absolutePath(shell, named)
  const found = nearestPackage({ ...shell, cwd: start }, named === undefined)
  const scripts = found === undefined ? undefined : scriptsOf(found.file)
  if (found === undefined || scripts?.get(call.script) === undefined) return undefined
  const inner: Shell = { ...shell, cwd: found.folder }
  let outcome: CommandOutcome = succeeded
  for (const step of [`pre${call.script}`, call.script, `post${call.script}`]) {
    const source = scripts.get(step)
    if (source === undefined) continue
    outcome = runNodeScript(inner, source, step === call.script ? call.rest : [], at)
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

function nearestPackage(shell: Shell, above: boolean): { file: SourceFile; folder: string } | undefined {
  for (
    let folder = shell.cwd;
    folder !== undefined;
    folder = folder === '/' ? undefined : folder.slice(0, folder.lastIndexOf('/')) || '/'
  ) {
    const path = treePath(shell, folder)
    if (path === undefined) return undefined
    const file = readText(shell.context.tree, path === '' ? 'package.json' : `${path}/package.json`)
    if (file !== undefined || !above) return file && { file, folder }
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
