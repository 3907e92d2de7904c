import type { App } from '../../../src/app/app.ts'
import { firstLine, likeliest } from '../../../src/app/dependencies/manager.ts'
import type { DependencyNearMiss } from '../../../src/app/dependencies/model.ts'
import { buildpacksOf } from '../../../src/app/manifest/buildpacks.ts'
import { rootMover, unknownRoot } from '../../../src/app/manifest/root-mover.ts'
import type { Place } from '../../../src/contracts/place.ts'
import type { Untold } from '../../../src/contracts/untold.ts'

/** The build finds nothing to install from, and where that is best said. */
export interface NoSource {
  readonly at: Place
  readonly nearest: DependencyNearMiss | undefined
  /** Only a setup.py, which the buildpack no longer installs. */
  readonly setupPy: Place | undefined
}

/** Undefined when there is a source, or when the root is no Python app. */
export function noSource(app: App): NoSource | undefined {
  const { dependencies, tree } = app
  const setupPy = dependencies.managerProblems.find(({ kind }) => kind === 'only-setup-py')
  if (dependencies.manager !== 'none' && setupPy === undefined) return undefined
  const mover = rootMover(app)
  if (mover !== undefined) {
    app.inquiry.cannotTell(unknownRoot(mover))
    return undefined
  }
  // A buildpack before heroku/python may write the file.
  const writer = buildpacksOf(app).find(
    ({ facts }) => facts === undefined || facts.writes?.includes('requirements.txt'),
  )
  if (writer !== undefined) {
    app.inquiry.cannotTell(writtenBy(writer.written.text, writer.written.at))
    return undefined
  }
  if (!app.isDjango && dependencies.nearMisses.length === 0 && setupPy === undefined) return undefined
  const nearest = likeliest(dependencies.nearMisses)
  const manage = app.project.manage[0]
  const at = app.processes.web?.command.at ?? nearest?.at ?? (manage && firstLine(tree, manage.path))
  const place = setupPy !== undefined && 'at' in setupPy ? setupPy.at : undefined
  return at === undefined && place === undefined ? undefined : { at: at ?? (place as Place), nearest, setupPy: place }
}

const writtenBy = (buildpack: string, at: Place): Untold => ({
  what: { en: 'what is installed', fr: 'ce qui est installé' },
  why: {
    en: `the buildpack ${buildpack} may write requirements.txt`,
    fr: `le buildpack ${buildpack} peut écrire requirements.txt`,
  },
  at,
})
