import type { App } from '../../../src/app/app.ts'
import { manageDefault, stateOf } from '../../../src/app/settings/module-choice.ts'
import { allWorlds } from '../../../src/app/settings/worlds.ts'
import type { Place } from '../../../src/contracts/place.ts'

/** A manage.py of settings that no process reads. */
export interface OtherProject {
  readonly path: string
  readonly folder: string
  readonly at: Place
}

/** Folders that hold a Django project of their own to show, to test or to make others from. */
const aside =
  /(?:^|\/)(?:tests?|docs?|bench(?:marks?)?|examples?|demos?|samples?|tutorials?|templates?|backup|old|archive)(?:\/|$)/i

/** Second Django projects under the root, each with settings of its own that nothing starts. */
export function otherProjects(app: App): OtherProject[] {
  const read = new Set(allWorlds(app).flatMap(({ settings }) => settings.evaluation?.files ?? []))
  const [, ...others] = app.project.manage
  return others.flatMap((manage): OtherProject[] => {
    const { path, folder } = manage
    const entry = manageDefault(app, manage)
    if (entry === undefined || folder === '' || aside.test(folder)) return []
    const { state, file } = stateOf(app, entry.module, [folder])
    return state === 'resolved' && file !== undefined && !read.has(file) ? [{ path, folder, at: entry.at }] : []
  })
}
