import { known } from '../../evaluate/shell/word.ts'
import type { App } from '../app.ts'
import { buildpacksOf } from '../manifest/buildpacks.ts'
import { allHooks } from './collectstatic.ts'
import { allWorlds } from './worlds.ts'

/** Whether a command of the build or of a dyno makes folders; undefined: a hook or a buildpack may. */
export function makesFolders(app: App): boolean | undefined {
  const { all, hooks } = app.processes
  const isMade = [...all, ...hooks].some(({ steps }) => steps.some(({ argv }) => known(argv[0]?.parts) === 'mkdir'))
  if (isMade) return true
  const others = buildpacksOf(app).some(({ facts, written }) => facts === undefined && !/python/i.test(written.text))
  return others || allHooks.some((hook) => app.tree.kind(`bin/${hook}`) === 'file') ? undefined : false
}

/** Folders that the settings of any process make; undefined among them: one that is not known. */
export function madeBySettings(app: App): ReadonlySet<string | undefined> {
  const paths = allWorlds(app).flatMap(({ settings }) => settings.evaluation?.paths ?? [])
  return new Set(
    paths.flatMap(({ events }) => events.flatMap((event) => (event.type === 'folder' ? [event.path] : []))),
  )
}
