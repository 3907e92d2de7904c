import type { App } from '../../../src/app/app.ts'
import { folderOf } from '../../../src/app/frontend/collected-folder.ts'
import { holdsFile } from '../../../src/app/pages/static-files.ts'
import { hooksBefore, makesFiles } from '../../../src/app/settings/collectstatic.ts'
import type { SettingsModel } from '../../../src/app/settings/model.ts'
import { placeOf } from '../../../src/app/settings/redis-client.ts'
import { type Judged, judged } from '../../../src/app/settings/setting-verdict.ts'
import { atLeast } from '../../../src/app/settings/versions.ts'
import type { Place } from '../../../src/contracts/place.ts'
import { foldersMade, mayBeMade } from '../../../src/evaluate/python/made-folders.ts'
import { itemsOf, type Value } from '../../../src/evaluate/python/value.ts'

/** A folder of STATICFILES_DIRS that collectstatic does not find. */
export interface AbsentFolder {
  readonly folder: string
  readonly at: Place
  readonly when: Judged['when']
}

/** Before Django 4, collectstatic fails on a folder of STATICFILES_DIRS that does not exist. */
export function absentFolder(app: App, settings: SettingsModel): AbsentFolder | undefined {
  if (atLeast(app.dependencies, 'django', '4.0') !== false) return undefined
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
