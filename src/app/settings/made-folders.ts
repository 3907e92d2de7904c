import { foldersMade } from '../../evaluate/python/made-folders.ts'
import { readText } from '../../files/tree.ts'
import type { App } from '../app.ts'
import { buildpacksOf } from '../manifest/buildpacks.ts'
import { baseName } from '../processes/programs/unwrap.ts'
import { allHooks } from './collectstatic.ts'
import { allWorlds } from './worlds.ts'

/** Whether a command of the build or of a dyno makes folders; undefined: a hook, a buildpack or a script of `.profile.d` may. */
export function makesFolders(app: App): boolean | undefined {
  const { all, hooks } = app.processes
  const makers = ['mkdir', 'install']
  const isMade = [...all, ...hooks].some(({ steps }) =>
    steps.some(({ argv }) => makers.includes(baseName(argv[0]) ?? '')),
  )
  if (isMade) return true
  const others = buildpacksOf(app).some(({ facts, written }) => facts === undefined && !/python/i.test(written.text))
  const scripts =
    allHooks.some((hook) => app.tree.kind(`bin/${hook}`) === 'file') ||
    app.tree.kind('.profile.d') === 'directory' ||
    readText(app.tree, 'package.json')?.text.includes('mkdir') === true
  return others || scripts ? undefined : false
}

/** Folders that the settings of any process make; undefined among them: one that is not known. */
export function madeBySettings(app: App): ReadonlySet<string | undefined> {
  const paths = allWorlds(app).flatMap(({ settings }) => settings.evaluation?.paths ?? [])
  return new Set(paths.flatMap(({ events }) => foldersMade(events)))
}
