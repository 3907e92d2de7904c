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

/** The demands that the first process which surely sets Django up so does not meet; else the first that may. */
export function unmetDemands(app: App): UnmetDemand[] {
  const unmet = worldsOf(app).flatMap((world) =>
    raisedChecks(app, world.settings, [accountCheck]).map((one) => ({ ...one, ...account, world })),
  )
  const first = unmet.find(({ when, world }) => when.length === 0 && world.when === undefined) ?? unmet[0]
  return first === undefined ? [] : [first]
}
