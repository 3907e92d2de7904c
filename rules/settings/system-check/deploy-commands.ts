import type { App } from '../../../src/app/app.ts'
import type { DjangoCommand, Process } from '../../../src/app/processes/model.ts'
import { optionOf } from '../../../src/app/processes/task-target.ts'
import { deployChecks } from '../../../src/app/settings/system-checks/deploy.ts'
import type { SystemCheck } from '../../../src/app/settings/system-checks/model.ts'
import { type RaisedCheck, raisedChecks } from '../../../src/app/settings/system-checks/raised.ts'
import { settingsOfCommand } from '../../../src/app/settings/worlds.ts'
import type { Word } from '../../../src/evaluate/shell/model.ts'
import { known } from '../../../src/evaluate/shell/word.ts'

/** A `check --deploy` of a process that ends with what the settings raise. */
export interface FailingDeployCheck {
  readonly process: Process
  readonly command: DjangoCommand
  /** `WARNING` */
  readonly level: string
  readonly raised: readonly [RaisedCheck, ...RaisedCheck[]]
}

/** Commands that fail because of what they are told to fail for: `--fail-level`, ERROR by default. */
export function failingDeployChecks(app: App): FailingDeployCheck[] {
  return [app.processes.release, app.processes.web].flatMap((process) =>
    (process?.django ?? []).flatMap((command): FailingDeployCheck[] => {
      const { name, args, step } = command
      const isDeploy = args.some(({ parts }) => known(parts) === '--deploy')
      if (process === undefined || name !== 'check' || !isDeploy || !step.decides || step.fallback) return []
      const tags = tagsOf(args)
      if (tags === undefined) return []
      const level = optionOf(args, ['--fail-level'])?.text ?? 'ERROR'
      const settings = settingsOfCommand(app, command)
      if (settings === undefined) return []
      const all = raisedChecks(
        app,
        settings,
        deployChecks.filter((check) => counts(check, level) && isAsked(check, tags)),
      )
      const sure = all.filter(({ when }) => when.length === 0)
      const [first, ...others] = sure.length > 0 ? sure : all.slice(0, 1)
      return first === undefined ? [] : [{ process, command, level, raised: [first, ...others] }]
    }),
  )
}

/** The tags that `--tag` and `-t` name, each once more; empty: all checks are run. Undefined: nobody knows which, or they are only listed. */
function tagsOf(args: readonly Word[]): string[] | undefined {
  const tags: string[] = []
  for (const [index, { parts }] of args.entries()) {
    const word = known(parts) ?? ''
    if (word === '--list-tags') return undefined
    const isOption = /^(?:--tag|-t)$/.test(word)
    const joined = /^(?:--tag=|-t=?(?=.))(.*)$/.exec(word)?.[1]
    if (!isOption && joined === undefined) continue
    const tag = isOption ? known(args[index + 1]?.parts) : joined
    if (tag === undefined) return undefined
    tags.push(tag)
  }
  return tags
}

/** Whether a check runs under these tags (django/core/checks/registry.py); those of labels of apps are run for all the same. */
function isAsked({ id }: SystemCheck, tags: readonly string[]): boolean {
  return tags.length === 0 || tags.includes(id.startsWith('async.') ? 'async_support' : 'security')
}

/** `security.W004` is a warning, `security.E023` an error. */
function counts({ id }: SystemCheck, level: string): boolean {
  if (/\.E\d+$/.test(id)) return level !== 'CRITICAL'
  return ['WARNING', 'INFO', 'DEBUG'].includes(level)
}
