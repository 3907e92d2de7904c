import type { App } from '../../../src/app/app.ts'
import { optionOf, taskCommand } from '../../../src/app/processes/task-target.ts'
import { sendsTasks } from '../../../src/app/project/task-senders.ts'
import { celeryNamespace } from '../../../src/app/settings/celery-configuration.ts'
import type { SettingsModel } from '../../../src/app/settings/model.ts'
import { verdict } from '../../../src/app/settings/verdict.ts'
import { allWorlds } from '../../../src/app/settings/worlds.ts'
import { type Place, samePlace } from '../../../src/contracts/place.ts'
import type { Text } from '../../../src/contracts/text.ts'
import type { Condition } from '../../../src/evaluate/condition.ts'
import type { EvaluatedPath, Event } from '../../../src/evaluate/python/evaluation.ts'

/** A Celery application that a worker runs and that nothing gives a broker. */
export interface Brokerless {
  readonly process: string
  /** The web process loads it too and sends it tasks: its pages fail. */
  readonly used: boolean
  /** Where it is made. */
  readonly at: Place
  /** The setting that it would read. */
  readonly setting: string
  /** The setting that was meant for it under another name. */
  readonly written: string | undefined
  readonly when: readonly (Condition | Text)[]
}

const VARIABLES = ['CELERY_BROKER_URL', 'CELERY_BROKER_READ_URL', 'CELERY_BROKER_WRITE_URL']
const NAMES = ['broker_url', 'broker_read_url', 'broker_write_url', 'broker_host', 'broker_transport']

/**
 * Celery takes the config var CELERY_BROKER_URL first, then `broker=`, its configuration, and at last amqp://guest@localhost
 * (celery/app/utils.py `Settings.broker_url`, celery/app/base.py; 5.5).
 */
export function brokerless(app: App): Brokerless[] {
  const found: Brokerless[] = []
  for (const { process, settings, entry } of allWorlds(app)) {
    if (entry === undefined || process === undefined || entry.certainCrash !== undefined || entry.bounded) continue
    const steps = app.processes.get(process)?.steps ?? []
    const given = steps.some((step) => optionOf(taskCommand(step)?.args ?? [], ['-b', '--broker']) !== undefined)
    const states = VARIABLES.map((name) => settings.environment.get(name).state)
    if (given || states.some((state) => state === 'known' || state === 'set')) continue
    const holding = verdict(entry.paths, (path) => isWithout(settings, path))
    const [path] = entry.paths
    const made = path?.events.find(isMade)
    if (holding.state !== 'holds' || made === undefined || path === undefined) continue
    if (found.some(({ at }) => samePlace(at, made.at))) continue
    const unset: Text = { en: 'CELERY_BROKER_URL is unset', fr: 'CELERY_BROKER_URL n’est pas définie' }
    const setting = settingsRead(path)?.[0] ?? 'CELERY_BROKER_URL'
    const others = ['CELERY_BROKER_URL', 'BROKER_URL', 'CELERY_BROKER'].filter((name) => name !== setting)
    found.push({
      process,
      used: isLoadedByWeb(app, made.at.file) && sendsTasks(app),
      at: made.at,
      setting,
      written: others.find((name) => settings.get(name) !== undefined),
      when: [...holding.when, ...(states[0] === 'absent' ? [] : [unset])],
    })
  }
  return found
}

/** The settings or the served module import the file: `from .celery import app` in the package. */
const isLoadedByWeb = ({ settings, asgi }: App, file: string): boolean =>
  [settings.evaluation, asgi.evaluation].some((run) => run?.files.includes(file) === true)

type Call = Extract<Event, { type: 'call' }>

const isMade = (event: Event): event is Call => event.type === 'call' && event.path === 'celery.Celery'

/** Whether the one application that this path makes has no broker; undefined: nobody can tell. */
function isWithout(settings: SettingsModel, path: EvaluatedPath): boolean | undefined {
  const calls = path.events.filter((event) => event.type === 'call')
  const [made, another] = calls.filter(isMade)
  if (made === undefined || another !== undefined) return undefined
  const { keywords, positional, open } = made.args
  // Its tenth parameter is the broker; `config_source` and `changes` may hold one.
  if (
    open ||
    positional.length > 1 ||
    ['broker', 'config_source', 'changes', 'loader'].some((name) => keywords.has(name))
  )
    return undefined
  for (const event of path.events) {
    if (event.type === 'assign' && event.path.startsWith('celery.Celery().')) return undefined
    if (event.type !== 'call' || !event.path.startsWith('celery.Celery().')) continue
    if (!/^celery\.Celery\(\)\.(?:config_from_object|autodiscover_tasks|task)$/.test(event.path)) {
      const harmless = event.path === 'celery.Celery().conf.update' && isAboutOthers(event)
      if (!harmless) return undefined
    }
  }
  const read = settingsRead(path)
  if (read === 'elsewhere') return undefined
  const names = read ?? []
  const eager = ['CELERY_TASK_ALWAYS_EAGER', 'CELERY_ALWAYS_EAGER'].some((name) => settings.get(name) !== undefined)
  if (eager || (names.length > 0 && !settings.sure)) return undefined
  return names.every((name) => settings.isAbsent(name)) ? true : undefined
}

/** `conf.update(timezone=…)`: keywords alone, none of the broker or of tasks that run at once. */
function isAboutOthers({ args }: Call): boolean {
  const names = [...args.keywords.keys()].map((name) => name.toLowerCase())
  return !args.open && args.positional.length === 0 && !names.some((name) => NAMES.includes(name) || /eager/.test(name))
}

/** The settings that `config_from_object` takes the broker from; `elsewhere`: from what nobody knows. Undefined: from none. */
function settingsRead(path: EvaluatedPath): readonly string[] | 'elsewhere' | undefined {
  const read = celeryNamespace(path)
  if (read === undefined || read === 'elsewhere') return read
  const lead = read.prefix === '' ? '' : `${read.prefix}_`
  return NAMES.map((name) => `${lead}${name.toUpperCase()}`)
}
