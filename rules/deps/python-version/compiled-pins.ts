import type { App } from '../../../src/app/app.ts'
import { hasOtherIndex } from '../../../src/app/dependencies/index-pins.ts'
import type { Requirement } from '../../../src/app/dependencies/model.ts'
import type { PythonClash } from '../../../src/app/dependencies/python-clashes.ts'

/** The index's wheels are asked for: by a dyno of the Common Runtime, with no other index beside. */
export const asksForWheels = (app: App): boolean =>
  app.dependencies.manager !== 'container' && app.manifest.platform !== 'heroku-fir' && !hasOtherIndex(app)

/** What the build has to compile, without those whose source is known to fail: deps/combination names these. */
export const compiledPins = (
  clashes: readonly PythonClash[],
  failing: readonly { readonly requirement: Requirement }[],
): readonly PythonClash[] =>
  clashes.filter(
    ({ kind, requirement }) => kind === 'compiled' && !failing.some((one) => one.requirement.name === requirement.name),
  )
