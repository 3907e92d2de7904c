import type { Hop } from '../../contracts/hop.ts'
import { placeKey } from '../../contracts/place.ts'
import type { Condition } from '../../evaluate/condition.ts'
import { known, shown } from '../../evaluate/shell/word.ts'
import type { App } from '../app.ts'
import type { DjangoCommand, Process, ProcessRun } from '../processes/model.ts'
import { djangoCommand } from '../processes/servers/detect.ts'
import { ofUsualRun } from '../processes/usual-run.ts'

/** A management command on the way from the push to the socket whose failure ends its process. */
export interface DecisiveCommand {
  readonly process: Process
  readonly command: DjangoCommand
  readonly hop: Hop
  /** Its words behind the name; undefined where one is not known. */
  readonly words: readonly (string | undefined)[]
  /** What must be so for it to run, and to end its process when it fails; some of it may be opaque. Empty: always. */
  readonly when: readonly Condition[]
}

/**
 * The commands of the build's hooks, of the release and of the web process, in this order, as they run when nobody sets the
 * config vars that the process asks for.
 */
export function decisiveCommands(app: App): DecisiveCommand[] {
  const { hooks, release, web } = app.processes
  return [
    ...hooks.flatMap((hook) => commandsOf(hook, 'build')),
    ...commandsOf(release, 'release'),
    ...commandsOf(web, 'boot'),
  ]
}

function commandsOf(process: Process | undefined, hop: Hop): DecisiveCommand[] {
  if (process === undefined) return []
  return ofUsualRun(process, deciding, identity).map(
    ({ one: command, when }): DecisiveCommand => ({
      process,
      command,
      hop,
      words: command.args.map(({ parts }) => known(parts)),
      when,
    }),
  )
}

function deciding({ steps }: ProcessRun): DjangoCommand[] {
  return steps
    .filter((step) => step.decides && !step.fallback && !step.background && !step.loop)
    .flatMap((step) => djangoCommand(step) ?? [])
}

function identity({ at, args, step }: DjangoCommand): string {
  return [placeKey(at), step.cwd, ...args.map(({ parts }) => shown(parts))].join('\0')
}

/** Whether one of these options is given; undefined: a word that is not known may be one, or one that argparse completes. */
export function hasOption({ words }: DecisiveCommand, options: readonly string[]): boolean | undefined {
  if (words.some((word) => word !== undefined && options.includes(word))) return true
  return words.some((word) => word === undefined || options.some((option) => mayBe(word, option))) ? undefined : false
}

/** A long option may be given by its beginning, short ones stand together: `--noin`, `-vf`. */
function mayBe(word: string, option: string): boolean {
  if (!option.startsWith('--')) return /^-[a-z]/i.test(word) && word.slice(1).includes(option.slice(1))
  const [name = ''] = word.split('=')
  return name.length > 2 && option.startsWith(name)
}
