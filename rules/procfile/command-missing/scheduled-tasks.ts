import type { App } from '../../../src/app/app.ts'
import { celeryCommand } from '../../../src/app/processes/celery-commands.ts'
import type { Process } from '../../../src/app/processes/model.ts'
import { type TaskCommand, taskCommand } from '../../../src/app/processes/task-target.ts'
import { celeryNamespace } from '../../../src/app/settings/celery-configuration.ts'
import type { SettingsModel } from '../../../src/app/settings/model.ts'
import { allWorlds } from '../../../src/app/settings/worlds.ts'
import type { Place } from '../../../src/contracts/place.ts'
import type { EvaluatedPath } from '../../../src/evaluate/python/evaluation.ts'
import { entryOf, plain, type Value } from '../../../src/evaluate/python/value.ts'
import { known } from '../../../src/evaluate/shell/word.ts'
import { uniqueBy } from '../../../src/unique-by.ts'
import { type NearTask, projectTasks } from './project-tasks.ts'

/** A task that a beat process sends by its name, and that no module of the project defines. */
export interface UnregisteredTask {
  readonly process: string
  readonly name: string
  readonly at: Place
  /** What of the project may be meant. */
  readonly near: NearTask | undefined
}

/**
 * The tasks of schedules that nobody registers. Celery knows a task by the name of its module and its own, or by `name=`; the worker
 * throws away what comes for another name (celery/worker/consumer/consumer.py, `on_unknown_task`, 5.5).
 */
export function unregisteredTasks(app: App): UnregisteredTask[] {
  const found = app.processes.all.flatMap((process) => {
    const beat = process.type === 'web' || process.type === 'release' ? undefined : beatOf(process)
    if (beat?.target === undefined || beat.target.open || beat.step.cwd === undefined) return []
    const { entry, settings } = allWorlds(app).find((one) => one.process === process.type && one.entry) ?? {}
    if (entry === undefined || settings === undefined || entry.bounded || entry.certainCrash !== undefined) return []
    const [first, ...others] = entry.paths.map((path) => namesIn(scheduleOf(settings, path)))
    const sent = (first ?? []).filter(({ name }) => others.every((one) => one.some((other) => other.name === name)))
    const { folders } = beat.target
    return sent.map((one) => ({ ...one, process: process.type, folders }))
  })
  if (found.length === 0) return []
  const tasks = projectTasks(app)
  return uniqueBy(found, ({ name }) => name).flatMap(({ folders, ...one }) =>
    tasks.lacks(one.name, folders) ? { ...one, near: tasks.near(one.name) } : [],
  )
}

/** `celery beat`, `celery worker -B` */
function beatOf({ steps }: Process): TaskCommand | undefined {
  return steps
    .filter(({ fallback }) => !fallback)
    .flatMap((step) => taskCommand(step) ?? [])
    .find((command) => {
      const name = celeryCommand(command)?.text
      const embeds = command.args.some(({ parts }) => known(parts) === '-B' || known(parts) === '--beat')
      return name === 'beat' || (name === 'worker' && embeds)
    })
}

/** The names that the configuration of an application has for its schedule, after `conf.`. */
const assigned = /^celery\.Celery\(\)\.conf\.(?:beat_schedule|CELERYBEAT_SCHEDULE|CELERY_BEAT_SCHEDULE)$/

const ofConf = 'celery.Celery().conf.'

/** The schedule that the application goes by; what code gives it wins over the settings, before or after it reads these. */
function scheduleOf(settings: SettingsModel, path: EvaluatedPath): Value | undefined {
  let own: Value | undefined
  let made = 0
  for (const event of path.events) {
    if (event.type === 'call' && event.path === 'celery.Celery') made++
    if (event.type === 'assign' && assigned.test(event.path)) own = event.value
    // `conf.update(…)`, `conf.beat_schedule["hourly"] = …`
    else if (event.type === 'call' && event.path.startsWith(ofConf)) return undefined
    else if (event.type === 'assign' && event.path.startsWith(ofConf) && /schedule/i.test(event.path)) return undefined
  }
  if (made !== 1) return undefined
  if (own !== undefined) return own
  const read = celeryNamespace(path)
  if (read === undefined || read === 'elsewhere' || !settings.sure) return undefined
  const name = read.prefix === '' ? 'CELERYBEAT_SCHEDULE' : `${read.prefix}_BEAT_SCHEDULE`
  const { alternatives, absent } = settings.get(name) ?? { alternatives: [], absent: [] }
  const [only, ...others] = alternatives
  return others.length + absent.length === 0 ? only?.value : undefined
}

function namesIn(schedule: Value | undefined): { readonly name: string; readonly at: Place }[] {
  if (schedule?.type !== 'dict') return []
  return schedule.entries.flatMap(({ value }) => {
    const task = entryOf(value, 'task')?.value
    const name = plain(task)
    return task === undefined || name === undefined || value.type !== 'dict' || value.rest !== undefined
      ? []
      : { name, at: task.at }
  })
}
