import type { App } from '../../../src/app/app.ts'
import { isInstalled } from '../../../src/app/settings/system-checks/admin.ts'
import { all, has, not } from '../../../src/app/settings/system-checks/answers.ts'
import type { SystemCheck } from '../../../src/app/settings/system-checks/model.ts'
import { type RaisedCheck, raisedChecks } from '../../../src/app/settings/system-checks/raised.ts'
import { atLeast } from '../../../src/app/settings/versions.ts'
import { type World, worldsOf } from '../../../src/app/settings/worlds.ts'

/** django-allauth: its app and what that asks for (`allauth/account/apps.py` since 0.56.0). */
const account = { app: 'allauth.account', middleware: 'allauth.account.middleware.AccountMiddleware' } as const

/** `ready()` of an installed package's app raises while Django is set up, in every process. */
const accountCheck: SystemCheck = {
  id: account.app,
  asks: ['INSTALLED_APPS', 'MIDDLEWARE'],
  standsAt: ['MIDDLEWARE', 'INSTALLED_APPS'],
  raised: (held, { app }) => {
    if (atLeast(app.dependencies, 'django-allauth', '0.56.0') !== true) return false
    return all(isInstalled(held, account.app), not(has(held.get('MIDDLEWARE'), account.middleware)))
  },
}

export interface UnmetDemand extends RaisedCheck {
  readonly app: string
  readonly middleware: string
  readonly world: World
}

/** Demands that the first process to set Django up does not meet; the others, which read the same, do not either. */
export function unmetDemands(app: App): UnmetDemand[] {
  for (const world of worldsOf(app)) {
    const raised = raisedChecks(app, world.settings, [accountCheck])
    if (raised.length > 0) return raised.map((one) => ({ ...one, ...account, world }))
    return raised.map((one) => ({ ...one, app: account.app, middleware: account.middleware, world }))
  }
  return []
}
