import type { App } from '../../../src/app/app.ts'
import { appIndex } from '../../../src/app/settings/apps.ts'
import { judged } from '../../../src/app/settings/setting-verdict.ts'
import { type Checking, firstChecking } from '../../../src/app/settings/system-checks/commands.ts'
import { atLeast } from '../../../src/app/settings/versions.ts'
import type { Text } from '../../../src/contracts/text.ts'
import type { Condition } from '../../../src/evaluate/condition.ts'
import { itemsOf, plain } from '../../../src/evaluate/python/value.ts'
import { type AdminFault, adminFaults } from './model-admins.ts'

/** An error of an admin class, with the process whose checks raise it first. */
export interface RaisedByAdmin {
  readonly fault: AdminFault
  readonly hop: Checking['hop']
  readonly when: readonly (Condition | Text)[]
}

/** Errors that the checks of the admin surely raise where they are run, and that no setting silences. */
export function raisedByAdmins(app: App): RaisedByAdmin[] {
  if (atLeast(app.dependencies, 'django', '3.2') !== true) return []
  const { hop, settings, when } = firstChecking(app, false)
  const admin = judged(settings, 'INSTALLED_APPS', (one) => {
    const index = appIndex(app, one, 'django.contrib.admin')
    return index === undefined ? undefined : index >= 0
  })
  if (admin === undefined) return []
  const silenced = settings.get('SILENCED_SYSTEM_CHECKS')?.alternatives.flatMap(({ value }) => itemsOf(value) ?? [])
  const ids = new Set(silenced?.map(plain))
  return adminFaults(app, settings)
    .filter(({ id }) => !ids.has(id) && !ids.has(undefined))
    .map((fault) => ({ fault, hop, when: when === undefined ? admin.when : [...admin.when, when] }))
}
