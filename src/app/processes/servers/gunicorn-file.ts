import type { Place } from '../../../contracts/place.ts'
import type { EnvironmentChange } from '../../../evaluate/environment.ts'
import { known } from '../../../evaluate/shell/word.ts'
import type { ServerOption } from '../model.ts'
import { fromFolder, type Invocation } from './invocation.ts'

/** A gunicorn configuration file: its settings as options, or why they cannot be known. */
export interface GunicornFile {
  readonly path: string
  readonly options: readonly ServerOption[]
  /** Settings the file gives values that nobody can know; `*` when it cannot be read at all. */
  readonly unknown: ReadonlyMap<string, Place>
  /** Folders of the project that the file makes; undefined among them: nobody knows which. */
  readonly makes: readonly (string | undefined)[]
  /** What it changes in the environment of its process. */
  readonly changes: readonly EnvironmentChange[]
}

/** The file gunicorn reads: `-c FILE` (`file:`, `python:` prefixes), else ./gunicorn.conf.py. Undefined: none. */
export function gunicornFilePath(
  invocation: Invocation,
  config: ServerOption | undefined,
): { path: string | undefined; at: Place } | undefined {
  const { app, step, at } = invocation
  if (config === undefined) {
    const path = step.cwd === undefined ? undefined : fromFolder(step, 'gunicorn.conf.py')
    return path !== undefined && app.tree.kind(path) === 'file' ? { path, at } : undefined
  }
  const text = known(config.value?.parts)
  if (text === undefined) return { path: undefined, at: config.at }
  if (text.startsWith('python:')) {
    const found = step.cwd === undefined ? undefined : app.project.resolve(text.slice(7), [step.cwd])
    return { path: found?.kind === 'namespace' ? undefined : found?.file, at: config.at }
  }
  const path = fromFolder(step, text.replace(/^file:/, ''))
  return { path: path !== undefined && app.tree.kind(path) === 'file' ? path : undefined, at: config.at }
}
