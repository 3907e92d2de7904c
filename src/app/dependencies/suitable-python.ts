import { newestPython } from '../../knowledge/packages/pythons.ts'
import type { App } from '../app.ts'
import { pythonSupport } from './python-version.ts'

/** The newest minor version but one, of which every package has wheels, or an older one that the project's Django knows. */
export function suitablePython({ dependencies }: App): string {
  const { version, expected } = dependencies.installed('django')
  const series = /^\d+\.\d+/.exec(version ?? expected ?? '')?.[0]
  const known = series === undefined ? undefined : newestPython[series]
  return `3.${Math.max(pythonSupport.oldest, Math.min(pythonSupport.newest - 1, known ?? pythonSupport.newest))}`
}
