import type { Text } from '../../contracts/text.ts'
import type { App } from '../app.ts'
import { celeryCommand, celeryPlugin } from '../processes/celery-commands.ts'
import { programState } from '../processes/path-programs.ts'
import { taskCommand } from '../processes/task-target.ts'
import type { MissingDistribution } from './missing-distributions.ts'

/** Programs that a process looks up on the PATH and that come with a distribution. */
export function programs(app: App): MissingDistribution[] {
  return app.processes.all.flatMap((process) => {
    const breaks = process.type === 'release' ? ('release' as const) : ('boot' as const)
    return process.runs.flatMap((run) =>
      run.programs.flatMap(({ name, at, fallback, captured, background }): MissingDistribution[] => {
        const found = fallback || captured || background ? undefined : programState(app, name)
        if (found?.state !== 'absent') return []
        const because: Text = {
          en: `the process \`${process.type}\` starts ${name} ("${name}: command not found")`,
          fr: `le processus \`${process.type}\` lance ${name} (« ${name}: command not found »)`,
        }
        const { distribution } = found
        return [{ distribution, because, at, chain: [], when: run.when, breaks, process: process.type }]
      }),
    )
  })
}

/** Commands of `celery` that a package of their own adds: `celery flower`. */
export function celeryCommands(app: App): MissingDistribution[] {
  return app.processes.all.flatMap((process) =>
    process.steps.flatMap((step): MissingDistribution[] => {
      const command = step.fallback ? undefined : taskCommand(step)
      const word = command === undefined ? undefined : celeryCommand(command)
      const distribution = word === undefined ? undefined : celeryPlugin(word.text)
      if (word === undefined || distribution === undefined) return []
      if (app.dependencies.installed(distribution).state !== 'absent') return []
      const because: Text = {
        en: `the process \`${process.type}\` runs \`celery ${word.text}\` ("No such command '${word.text}'")`,
        fr: `le processus \`${process.type}\` lance \`celery ${word.text}\` (« No such command '${word.text}' »)`,
      }
      return [{ distribution, because, at: word.at, chain: [], when: [], breaks: 'boot', process: process.type }]
    }),
  )
}

/** Celery over Redis without redis-py: kombu raises ImproperlyConfigured when it first connects. */
export function brokers(app: App): MissingDistribution[] {
  if (app.dependencies.installed('redis').state !== 'absent') return []
  const worker = app.processes.all.find(({ steps }) => steps.some((step) => taskCommand(step)?.program === 'celery'))
  if (worker === undefined) return []
  return app.settings.redisClients.flatMap(({ consumer, setting, at, when }): MissingDistribution[] => {
    if (consumer !== 'celery-broker' && consumer !== 'celery-backend') return []
    const because: Text = {
      en: `${setting} makes Celery connect to Redis, for which it needs redis-py`,
      fr: `${setting} fait se connecter Celery à Redis, ce qui demande redis-py`,
    }
    return [{ distribution: 'redis', because, at, chain: [], when, breaks: 'boot', process: worker.type }]
  })
}
