import type { Place } from '../../contracts/place.ts'
import { foldersMade, mayBeMade } from '../../evaluate/python/made-folders.ts'
import { itemsOf, type Value } from '../../evaluate/python/value.ts'
import type { App } from '../app.ts'
import { folderOf } from '../frontend/collected-folder.ts'
import { holdsFile } from '../pages/static-files.ts'
import { hooksBefore, makesFiles } from './collectstatic.ts'
import type { SettingsModel } from './model.ts'
import { placeOf } from './redis-client.ts'
import { type Judged, judged } from './setting-verdict.ts'

/** A folder of STATICFILES_DIRS that is not on the dyno. */
export interface AbsentFolder {
  readonly folder: string
  readonly at: Place
  readonly when: Judged['when']
}

/** The first of them that git does not carry and nothing makes: collectstatic of Django before 4 fails on it, later ones warn (staticfiles.W004). */
export function absentFolder(app: App, settings: SettingsModel): AbsentFolder | undefined {
  const made = foldersMade(settings.evaluation?.paths.flatMap(({ events }) => events) ?? [])
  const found = judged(settings, 'STATICFILES_DIRS', ({ value }) => missingFolder(app, value, made) !== undefined)
  const missing = found && missingFolder(app, found.first.value, made)
  if (found === undefined || missing === undefined) return undefined
  const place = placeOf(app.tree, { value: missing.value, at: found.first.at })
  if (!makesFiles(app, hooksBefore)) return { folder: missing.folder, at: place, when: found.when }
  app.inquiry.cannotTell({
    what: { en: `whether the build makes \`${missing.folder}\``, fr: `si le build crée \`${missing.folder}\`` },
    why: { en: 'another step of the build runs first', fr: 'une autre étape du build s’exécute d’abord' },
    at: place,
  })
  return undefined
}

function missingFolder(
  app: App,
  value: Value,
  made: readonly (string | undefined)[],
): { readonly value: Value; readonly folder: string } | undefined {
  for (const item of itemsOf(value) ?? []) {
    const folder = folderOf(item, '')
    if (folder === undefined || holdsFile(app, folder)) continue
    if (!mayBeMade(made, folder)) return { value: item, folder }
  }
  return undefined
}
