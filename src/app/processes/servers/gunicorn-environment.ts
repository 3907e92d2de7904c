import type { EnvironmentChange } from '../../../evaluate/environment.ts'
import type { EvaluatedPath } from '../../../evaluate/python/evaluation.ts'
import { marked, sub } from '../../../evaluate/shell/word.ts'
import type { ServerOption } from '../model.ts'

/** What gunicorn sets before it imports the application: `--env`, `raw_env` (gunicorn/arbiter.py, `setup`). */
export function givenVariables(options: readonly ServerOption[]): EnvironmentChange[] {
  const written = options.filter(({ dest }) => dest === 'raw_env')
  // One source takes the place of another as a whole.
  const source = written.at(-1)?.source
  return written.flatMap((option): EnvironmentChange[] => {
    const text = option.value === undefined ? '' : marked(option.value)
    const cut = text.indexOf('=')
    if (option.value === undefined || option.source !== source || !/^\w+$/.test(text.slice(0, cut))) return []
    const { parts, at } = sub(option.value, cut + 1)
    return [{ name: text.slice(0, cut), parts, at }]
  })
}

/** What a configuration file sets in its process's environment whichever way it runs. */
export function changesOf(paths: readonly EvaluatedPath[]): EnvironmentChange[] {
  const [only, another] = paths
  if (only === undefined || another !== undefined) return []
  return only.events.flatMap((event): EnvironmentChange[] =>
    event.type === 'environ' && event.effective && event.how !== 'delete' && event.value.type === 'str'
      ? [{ name: event.name, parts: event.value.parts, at: event.value.at }]
      : [],
  )
}
