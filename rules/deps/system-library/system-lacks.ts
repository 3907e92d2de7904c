import type { App } from '../../../src/app/app.ts'
import { hasOtherIndex } from '../../../src/app/dependencies/index-pins.ts'
import type { SettingsModel } from '../../../src/app/settings/model.ts'
import { judged } from '../../../src/app/settings/setting-verdict.ts'
import { type World, worldsOf } from '../../../src/app/settings/worlds.ts'
import { type Place, placeKey } from '../../../src/contracts/place.ts'
import type { Condition } from '../../../src/evaluate/condition.ts'
import { writtenPath } from '../../../src/evaluate/python/libraries/support/paths.ts'
import { itemsOf, plain, type Value } from '../../../src/evaluate/python/value.ts'
import { type SystemNeed, systemNeeds } from '../../../src/knowledge/packages/system-libraries.ts'
import { uniqueBy } from '../../../src/unique-by.ts'

export interface SystemLack {
  readonly need: SystemNeed
  /** The package or app as written. */
  readonly name: string
  readonly at: Place
  readonly when: readonly Condition[]
  /** The app's buildpacks are not written anywhere: one of them may install it. */
  readonly buildpacksUnknown: boolean
}

/** What the build would install or load without a library it needs. Silent in a container and where an Aptfile or hook helps. */
export function systemLacks(app: App): readonly SystemLack[] {
  const { tree, manifest, dependencies } = app
  if (dependencies.manager === 'container' || tree.kind('Aptfile') === 'file') return []
  if (['bin/pre_compile', 'bin/post_compile', 'project.toml'].some((path) => tree.kind(path) === 'file')) return []
  const buildpacks = manifest.appJson?.buildpacks ?? []
  if (buildpacks.some(({ text }) => /apt|geo|gdal|tesseract|zbar|deb/i.test(text))) return []
  const found = new Map<string, SystemLack>()
  for (const need of systemNeeds) {
    const lack = found.has(need.library) ? undefined : lackOf(app, need)
    if (lack !== undefined) found.set(need.library, { ...lack, need, buildpacksUnknown: buildpacks.length === 0 })
  }
  return [...found.values()]
}

/** A setting that names a library as macOS or Windows have it. */
export interface ForeignLibrary {
  readonly setting: string
  readonly path: string
  readonly at: Place
  readonly when: readonly Condition[]
  readonly hop: World['hop']
}

/** What django.contrib.gis is told to load and no Linux has (django/contrib/gis/gdal/libgdal.py: `CDLL(lib_path)`); each once, at its first hop. */
export function foreignLibraries(app: App): readonly ForeignLibrary[] {
  const found = worldsOf(app).flatMap(({ hop, settings }) => {
    if (installed(settings, 'django.contrib.gis') === undefined) return []
    return ['GDAL_LIBRARY_PATH', 'GEOS_LIBRARY_PATH'].flatMap((setting) => {
      const one = judged(settings, setting, ({ value }) => isForeign(value))
      const path = writtenPath(one?.first.value)
      return one === undefined || path === undefined ? [] : [{ setting, path, at: one.first.at, when: one.when, hop }]
    })
  })
  return uniqueBy(found, ({ at }) => placeKey(at))
}

/** Whether a path is one of macOS or Windows; None lets Django look for the library itself. */
function isForeign(value: Value): boolean | undefined {
  if (value.type === 'none') return false
  const path = writtenPath(value)
  return path === undefined ? undefined : /\.(?:dylib|dll)$/i.test(path)
}

function lackOf(
  app: App,
  { package: wanted, app: dotted, compiled }: SystemNeed,
): Pick<SystemLack, 'name' | 'at' | 'when'> | undefined {
  if (wanted !== undefined) {
    // Another index may have it compiled.
    if (compiled && hasOtherIndex(app)) return undefined
    const line = app.dependencies.requirements.find(({ name, applies }) => name === wanted && applies === true)
    return line && { name: line.rawName, at: line.at, when: [] }
  }
  // Somebody who names the library has it from somewhere; that of another system is told by itself.
  if (dotted === undefined || app.settings.get('GDAL_LIBRARY_PATH') !== undefined) return undefined
  const found = installed(app.settings, dotted)
  const item = itemsOf(found?.first.value)?.find((one) => plain(one) === dotted)
  return found === undefined || item === undefined ? undefined : { name: dotted, at: item.at, when: found.when }
}

const installed = (settings: SettingsModel, dotted: string) =>
  judged(settings, 'INSTALLED_APPS', ({ value }) => itemsOf(value)?.some((item) => plain(item) === dotted))
