import type { App } from '../../../src/app/app.ts'
import { modelSources } from '../../../src/app/asgi/asgi.ts'
import { earlyUse } from '../../../src/app/asgi/boot.ts'
import { type Met, metIn } from '../../../src/app/settings/start.ts'
import { placeKey } from '../../../src/contracts/place.ts'
import { uniqueBy } from '../../../src/unique-by.ts'

/** A model that an app's package or its `apps` module reaches while the app registry is being filled. */
export interface EarlyModel extends Pick<Met, 'at' | 'chain' | 'when' | 'hop'> {
  readonly name: string
}

/** The first of each statement with which it begins. */
export function earlyModels(app: App): EarlyModel[] {
  const sources = modelSources(app)
  const met = metIn(app, (event, moment) => (moment === 'apps' ? earlyUse(event, sources)?.name : undefined))
  const found = met.flatMap(({ key, met: { at, chain, when, hop } }): EarlyModel[] => {
    // The first place is the entry of INSTALLED_APPS.
    const [begins, ...rest] = [...chain.slice(1), at]
    return begins === undefined ? [] : [{ name: key, at: begins, chain: rest, when, hop }]
  })
  return uniqueBy(found, ({ at }) => placeKey(at))
}
