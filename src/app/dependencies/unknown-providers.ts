import type { Untold } from '../../contracts/untold.ts'
import { isStandard } from '../../evaluate/python/stdlib.ts'
import { getOrInsert } from '../../get-or-insert.ts'
import { uniqueBy } from '../../unique-by.ts'
import type { App } from '../app.ts'
import { metAnywhere } from '../settings/start.ts'
import { mayProvide } from './project-modules.ts'

/**
 * Modules that processes import for sure and of which nobody can say what brings them: the project has none of the name, no
 * package is known to provide it, and none that is listed is called like it.
 */
export function unknownProviders(app: App): Untold[] {
  const { dependencies, project, settings } = app
  if (!dependencies.complete) return []
  const answers = new Map<string, boolean>()
  const isUnknown = (top: string) =>
    getOrInsert(
      answers,
      top,
      () =>
        !isStandard(top) &&
        dependencies.moduleState(top) === 'unknown' &&
        dependencies.distributionsOf(top).length === 0 &&
        project.resolve(top, settings.searchPath) === undefined &&
        !project.python.some((file) => mayProvide(app, file, top)) &&
        !dependencies.requirements.some(({ name }) => isCalledLike(name, top)),
    )
  const seen = metAnywhere(app, (event) => {
    if (event.type !== 'import' || event.from !== 'external' || event.guarded || event.at.file === '') return undefined
    const [top = ''] = event.module.split('.')
    return isUnknown(top) ? top : undefined
  })
  return uniqueBy(seen, ({ key }) => key).flatMap(({ key, met: { at, when, hop } }): Untold[] => {
    if (when.length > 0) return []
    const what = { en: `what brings the module ${key}`, fr: `ce qui apporte le module ${key}` }
    const why = {
      en: 'the project has none of this name, and no listed package is known to provide it',
      fr: 'le projet n’en a aucun de ce nom, et aucun paquet listé n’est connu pour le fournir',
    }
    return [{ what, why, at, hop }]
  })
}

/** `github3-py` for `github3`, `django-admin-honeypot` for `admin_honeypot`. */
function isCalledLike(distribution: string, module: string): boolean {
  const bare = (text: string) => text.toLowerCase().replace(/[-_.]/g, '')
  return bare(distribution).includes(bare(module)) || bare(module).includes(bare(distribution))
}
