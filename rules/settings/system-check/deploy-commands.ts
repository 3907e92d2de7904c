import type { App } from '../../../src/app/app.ts'
import type { DjangoCommand, Process } from '../../../src/app/processes/model.ts'
import { optionOf } from '../../../src/app/processes/task-target.ts'
import { type AbsentFolder, absentFolder } from '../../../src/app/settings/absent-static-folder.ts'
import { appIndex } from '../../../src/app/settings/apps.ts'
import { mayBeSilenced } from '../../../src/app/settings/checked-fields.ts'
import { makesFolders } from '../../../src/app/settings/made-folders.ts'
import type { SettingsModel } from '../../../src/app/settings/model.ts'
import { judged } from '../../../src/app/settings/setting-verdict.ts'
import { deployChecks } from '../../../src/app/settings/system-checks/deploy.ts'
import type { SystemCheck } from '../../../src/app/settings/system-checks/model.ts'
import { type RaisedCheck, raisedChecks } from '../../../src/app/settings/system-checks/raised.ts'
import { atLeast } from '../../../src/app/settings/versions.ts'
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
  return checkCommands(app).flatMap(({ process, command, level, tags, settings, isDeploy }): FailingDeployCheck[] => {
    if (!isDeploy) return []
    const all = raisedChecks(
      app,
      settings,
      deployChecks.filter((check) => counts(check, level) && isAsked(check, tags)),
    )
    const sure = all.filter(({ when }) => when.length === 0)
    const [first, ...others] = sure.length > 0 ? sure : all.slice(0, 1)
    return first === undefined ? [] : [{ process, command, level, raised: [first, ...others] }]
  })
}

/** A `check` that fails for a warning, with a folder of STATICFILES_DIRS that is not on the dyno (staticfiles.W004, since Django 4.0). */
export interface FailingFolderCheck extends AbsentFolder, Pick<CheckCommand, 'process' | 'command' | 'level'> {}

/** Those of the release and of the web process. */
export function failingFolderChecks(app: App): FailingFolderCheck[] {
  if (atLeast(app.dependencies, 'django', '4.0') !== true || makesFolders(app) !== false) return []
  return checkCommands(app).flatMap(({ process, command, level, tags, settings }): FailingFolderCheck[] => {
    if (!isWarning(level) || (tags.length > 0 && !tags.includes('staticfiles'))) return []
    const collects = judged(settings, 'INSTALLED_APPS', (one) => hasStatics(app, one))
    if (collects?.when.length !== 0 || !settings.isAbsent('STATICFILES_FINDERS')) return []
    if (mayBeSilenced(settings, 'staticfiles.W004')) return []
    const absent = absentFolder(app, settings)
    return absent === undefined ? [] : [{ process, command, level, ...absent }]
  })
}

function hasStatics(app: App, one: Parameters<typeof appIndex>[1]): boolean | undefined {
  const index = appIndex(app, one, 'django.contrib.staticfiles')
  return index === undefined ? undefined : index >= 0
}

/** A `check` that ends its process when it fails. */
interface CheckCommand extends Pick<FailingDeployCheck, 'process' | 'command' | 'level'> {
  readonly isDeploy: boolean
  readonly tags: readonly string[]
  readonly settings: SettingsModel
}

function checkCommands(app: App): CheckCommand[] {
  return [app.processes.release, app.processes.web].flatMap((process) =>
    (process?.django ?? []).flatMap((command): CheckCommand[] => {
      const { name, args, step } = command
      if (process === undefined || name !== 'check' || !step.decides || step.fallback) return []
      const tags = tagsOf(args)
      const settings = settingsOfCommand(app, command)
      if (tags === undefined || settings === undefined) return []
      const isDeploy = args.some(({ parts }) => known(parts) === '--deploy')
      return [{ process, command, level: optionOf(args, ['--fail-level'])?.text ?? 'ERROR', isDeploy, tags, settings }]
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
  return isWarning(level)
}

const isWarning = (level: string): boolean => ['WARNING', 'INFO', 'DEBUG'].includes(level)
