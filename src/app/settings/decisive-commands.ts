import type { Hop } from '../../contracts/hop.ts'
import { known } from '../../evaluate/shell/word.ts'
import type { App } from '../app.ts'
import type { DjangoCommand, Process } from '../processes/model.ts'

/** A management command on the way from the push to the socket whose failure ends its process. */
export interface DecisiveCommand {
  readonly process: Process
  readonly command: DjangoCommand
  readonly hop: Hop
  /** Its words behind the name; undefined where one is not known. */
  readonly words: readonly (string | undefined)[]
}

/** The commands of the build's hooks, of the release and of the web process, in this order. */
export function decisiveCommands(app: App): DecisiveCommand[] {
  const { hooks, release, web } = app.processes
  const of = (process: Process | undefined, hop: Hop): DecisiveCommand[] =>
    (process?.django ?? [])
      .filter(({ step }) => step.decides && !step.fallback && !step.background && !step.loop)
      .flatMap((command) =>
        process === undefined ? [] : [{ process, command, hop, words: command.args.map(({ parts }) => known(parts)) }],
      )
  return [...hooks.flatMap((hook) => of(hook, 'build')), ...of(release, 'release'), ...of(web, 'boot')]
}

/** Whether one of these options is given; undefined: a word that is not known may be one. */
export function hasOption({ words }: DecisiveCommand, options: readonly string[]): boolean | undefined {
  if (words.some((word) => word !== undefined && options.includes(word))) return true
  return words.includes(undefined) ? undefined : false
}
