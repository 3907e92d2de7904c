import { type ParsedScript, parse, type Word } from 'unbash'
import type { Problem } from '../../contracts/place.ts'

export type * from 'unbash'

export interface ShellScript {
  readonly script: ParsedScript
  /** What bash would refuse; the tree then holds what could be made of it. */
  readonly problems: readonly Problem[]
}

const recent = new Map<string, ShellScript>()

/** Reads bash (and POSIX sh) source. Offsets in the tree count UTF-16 units of `text`. Never throws. Remembers what it read last. */
export function parseShell(text: string): ShellScript {
  const known = recent.get(text)
  if (known !== undefined) return known
  if (recent.size > 200) recent.clear()
  const read = readShell(text)
  recent.set(text, read)
  return read
}

function readShell(text: string): ShellScript {
  const script = parse(text)
  const problems = (script.errors ?? []).map(({ message, pos }) => ({
    span: { start: Math.min(pos, text.length), end: Math.min(pos + 1, text.length) },
    message: { en: `shell syntax: ${message}`, fr: `syntaxe du shell : ${message}` },
  }))
  return { script, problems }
}

/** Reads `text` as one word of a command; offsets in the word are shifted by `wordShift`. */
export function parseWord(text: string): Word | undefined {
  const statement = parse(`_ ${text}`).commands[0]
  const command = statement?.command
  if (command?.type !== 'Command') return undefined
  const [only, ...others] = command.suffix
  return only?.type === 'Word' && others.length === 0 ? only : undefined
}

/** How much further the offsets of {@link parseWord} count than offsets in its text. */
export const wordShift = 2
