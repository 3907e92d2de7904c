import type { Place } from '../../contracts/place.ts'
import type { CommandExpansionPart } from '../../syntax/shell/shell.ts'
import { runScript } from './execute.ts'
import type { Piece } from './model.ts'
import { derivedSource, type ShellSource } from './source.ts'
import { type Shell, subshell, unknownHole } from './state.ts'

/** What `$(…)` leaves in the command: its output without the newlines at its end. */
export function substitute(shell: Shell, source: ShellSource, part: CommandExpansionPart, at: Place): Piece[] {
  const { script } = part
  if (script === undefined || shell.depth > 20) return [unknown(part, at)]
  const inner = subshell(shell, { output: [], isLogged: false, depth: shell.depth + 1 })
  const [only, ...more] = script.commands
  const isFile = more.length === 0 && only?.command.type === 'Command' && only.command.name === undefined
  // `$(<file)`
  if (isFile && only.command.redirects.some(({ operator }) => operator === '<')) return [unknown(part, at)]
  const { status } = runScript(
    inner,
    script.source === undefined ? source : derivedSource(script.source, at),
    script.commands,
  )
  shell.substituted = status
  const output = inner.output ?? []
  if (output.some((piece) => piece === undefined)) return [unknown(part, at)]
  return trimmed(output as Piece[])
}

function unknown(part: CommandExpansionPart, at: Place): Piece {
  return { part: unknownHole(part.text), at, verbatim: false }
}

function trimmed(pieces: readonly Piece[]): Piece[] {
  const out = [...pieces]
  while (out.length > 0) {
    const last = out.at(-1) as Piece
    if (typeof last.part !== 'string') return out
    const text = last.part.replace(/\n+$/, '')
    if (text !== '') {
      out[out.length - 1] = text === last.part ? last : { ...last, part: text, verbatim: false }
      return out
    }
    out.pop()
  }
  return out
}
