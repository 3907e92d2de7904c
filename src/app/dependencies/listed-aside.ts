import type { Text } from '../../contracts/text.ts'
import { isStandard } from '../../evaluate/python/stdlib.ts'
import type { App } from '../app.ts'
import { mayProvide } from './project-modules.ts'

/**
 * The distribution of a module of which it cannot be told whether something else brings it, where the project lists it in a file of
 * its own that the build does not install: who brings it is then the one thing in doubt.
 */
export function listedAside(app: App, dotted: string): string | undefined {
  const { dependencies, project, settings } = app
  const [top = ''] = dotted.split('.')
  const [only, ...others] = dependencies.distributionsOf(top)
  if (only === undefined || others.length > 0 || !dependencies.complete || isStandard(top)) return undefined
  if (project.resolve(top, settings.searchPath) !== undefined || dependencies.installed(only).state !== 'unknown')
    return undefined
  const isListed = dependencies.elsewhere.some(
    ({ name, role }) => name === only && (role === 'dev' || role === 'other'),
  )
  return isListed && !project.python.some((file) => mayProvide(app, file, top)) ? only : undefined
}

/** The condition under which {@link listedAside} is missing. */
export const nothingBrings = (name: string): Text => ({
  en: `none of the other packages brings ${name}`,
  fr: `aucun autre paquet n’apporte ${name}`,
})
