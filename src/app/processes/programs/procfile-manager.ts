import type { Place } from '../../../contracts/place.ts'
import type { Hole } from '../../../evaluate/parts.ts'
import { type CommandOutcome, failed, succeeded } from '../../../evaluate/shell/execute.ts'
import { textOf } from '../../../evaluate/shell/expansion.ts'
import type { Word } from '../../../evaluate/shell/model.ts'
import { runText } from '../../../evaluate/shell/scripts.ts'
import { fileSource } from '../../../evaluate/shell/source.ts'
import {
  absolutePath,
  assign,
  childShell,
  exportName,
  type Shell,
  subshell,
  treePath,
  unknownHole,
} from '../../../evaluate/shell/state.ts'
import { readText } from '../../../files/tree.ts'
import { parseProcfile } from '../../../syntax/procfile/procfile.ts'

const valued = new Set([
  '-f',
  '--procfile',
  '-e',
  '--env',
  '-d',
  '--app-root',
  '--root',
  '-c',
  '--concurrency',
  '-p',
  '--port',
  '-q',
  '--quiet',
  '-m',
  '--formation',
  '-l',
])

/**
 * `honcho start -f Procfile2 web worker`, foreman and the like: every process of that Procfile at once. The first one gets
 * $PORT, the next ones $PORT + 100, + 200 …: honcho counts those it starts, in the order of its arguments
 * (`command_start`), foreman the lines of the file (`port_for`). They stay in the foreground, and end all when one ends.
 */
export function runProcfileManager(shell: Shell, argv: readonly Word[], at: Place): CommandOutcome | undefined {
  let procfile = 'Procfile'
  const names: string[] = []
  let fixedPort: Word | undefined
  for (let i = 1; i < argv.length; i++) {
    const text = textOf(argv[i])
    if (text === undefined) return undefined
    const [option = '', joined] = text.startsWith('--') ? (text.split('=', 2) as [string, string?]) : [text, undefined]
    if (!text.startsWith('-')) names.push(text)
    else if (valued.has(option)) {
      const value = joined ?? textOf(argv[i + 1])
      if ((option === '-f' || option === '--procfile') && value !== undefined) procfile = value
      if (option === '-p' || option === '--port') fixedPort = argv[i + 1]
      if (joined === undefined) i++
    }
  }
  if (names[0] === 'start' || names[0] === 's') names.shift()
  else if (textOf(argv[0]) === 'honcho' || textOf(argv[0]) === 'foreman') return undefined
  const file = treePath(shell, absolutePath(shell, procfile))
  const found = file === undefined ? undefined : readText(shell.context.tree, file)
  if (file === undefined || shell.depth > 3) return undefined
  if (found === undefined) {
    shell.context.missing.push({ kind: 'script', path: file, at })
    return failed
  }
  const entries = parseProcfile(found.text).lines.flatMap((line) =>
    line.readings.local === undefined ? [] : [line.readings.local],
  )
  const listed = names.flatMap((name) => entries.filter(({ type }) => type === name).slice(-1))
  const started = names.length === 0 ? entries : textOf(argv[0]) === 'honcho' ? listed : entries
  if (!shell.background) shell.context.waits = 'all'
  for (const [index, entry] of started.entries()) {
    if (names.length > 0 && !names.includes(entry.type)) continue
    const world = subshell(shell, { background: true, manager: shell.background ? undefined : 'foreground' })
    const child = childShell(world, { dialect: 'sh', zero: 'sh', positional: [], chain: [...shell.chain, at] })
    const another = textOf(argv[0]) === 'goreman'
    if (index > 0 || another || fixedPort !== undefined) {
      const pieces =
        index === 0 && fixedPort !== undefined
          ? fixedPort.pieces
          : [{ part: another ? unknownHole('PORT', true) : managedPort(index), at, verbatim: false }]
      assign(child, 'PORT', { kind: 'text', pieces }, at)
      exportName(child, 'PORT', at)
    }
    runText(child, fileSource(file, entry.command, entry.commandSpan.start))
  }
  return succeeded
}

/** The port of a process that is not the first one: no config var holds it, and the router does not know it. */
function managedPort(index: number): Hole {
  return { ...unknownHole(`PORT+${index * 100}`, true), chars: 'digits' }
}
