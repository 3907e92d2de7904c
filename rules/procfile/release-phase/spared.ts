import type { App } from '../../../src/app/app.ts'
import type { DjangoCommand, Process, ProcessRun } from '../../../src/app/processes/model.ts'
import { djangoCommand } from '../../../src/app/processes/servers/detect.ts'
import { ofUsualRun } from '../../../src/app/processes/usual-run.ts'
import { placeKey } from '../../../src/contracts/place.ts'
import type { Condition } from '../../../src/evaluate/condition.ts'
import { known } from '../../../src/evaluate/shell/word.ts'

/** A migration of the release that may fail without the release failing. */
export interface SparedMigration {
  readonly process: Process
  readonly command: DjangoCommand
  readonly when: readonly Condition[]
}

/**
 * `migrate` in the release whose failure leaves no trace. Where another one is what counts, nothing is said: one of the release, or one
 * before the server, which then does not start with the tables of the old code.
 */
export function sparedMigration(app: App): SparedMigration | undefined {
  const { release, web } = app.processes
  const counts = [release, web].some((process) => process?.runs.some(({ steps }) => steps.some(isWhatCounts)))
  if (release === undefined || counts) return undefined
  const [first] = ofUsualRun(release, spared, ({ at }) => placeKey(at))
  return first && { process: release, command: first.one, when: first.when }
}

const spared = ({ steps }: ProcessRun): DjangoCommand[] =>
  steps
    .filter((step) => step.spared && !step.fallback && !step.captured && !step.background && !step.loop)
    .flatMap((step) => djangoCommand(step) ?? [])
    .filter(isMigration)

const isWhatCounts = (step: ProcessRun['steps'][number]): boolean => {
  const command = step.spared ? undefined : djangoCommand(step)
  return command !== undefined && isMigration(command)
}

/** It is to change the database: `--check` and `--plan` only look. */
const isMigration = ({ name, args }: DjangoCommand): boolean =>
  name === 'migrate' && args.every(({ parts }) => !['--check', '--plan', undefined].includes(known(parts)))
