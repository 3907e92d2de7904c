import type { Place } from '../../contracts/place.ts'
import { known } from '../../evaluate/shell/word.ts'
import { brought } from '../../knowledge/packages/programs.generated.ts'
import type { TaskCommand } from './task-target.ts'

/** A word of the command line. */
export interface Spoken {
  readonly text: string
  readonly at: Place
}

/** Options before the subcommand that take the next word. Source: celery/bin/celery.py, 5.5 */
const valued = new Set(['-A', '--app', '-b', '--broker', '--result-backend', '--loader', '--config', '--workdir'])

/** The subcommand of a Celery command line; undefined when there is none, or nobody can read it. */
export function celeryCommand(command: TaskCommand | undefined): Spoken | undefined {
  if (command?.program !== 'celery') return undefined
  const { args } = command
  for (let index = 0; index < args.length; index++) {
    const word = args[index]
    const text = known(word?.parts)
    if (word === undefined || text === undefined || word.splits) return undefined
    if (!text.startsWith('-')) return { text, at: word.at }
    if (valued.has(text)) index++
  }
  return undefined
}

/** An option of `celery` itself that stands behind the subcommand, where Celery 5 refuses it. */
export function misplacedOption(command: TaskCommand): Spoken | undefined {
  const subcommand = celeryCommand(command)
  const from = command.args.findIndex(({ at }) => at === subcommand?.at)
  if (subcommand === undefined || from === -1) return undefined
  for (const { parts, at } of command.args.slice(from + 1)) {
    const name = known(parts)?.split('=', 1)[0]
    if (name === '-A' || name === '--app') return { text: name, at }
  }
  return undefined
}

/** Celery's own subcommands, of 4 and 5. */
export const celeryCommands: readonly string[] = [
  ...['amqp', 'beat', 'call', 'control', 'events', 'graph', 'help', 'inspect', 'list', 'logtool', 'migrate', 'multi'],
  ...['purge', 'report', 'result', 'shell', 'status', 'upgrade', 'worker'],
]

/** The distribution that adds a subcommand. */
export const celeryPlugin = (name: string): string | undefined =>
  Object.entries(brought).find(([, { celery }]) => celery?.includes(name) === true)?.[0]
