import type { App } from '../../../src/app/app.ts'
import { boundNames } from '../../../src/app/project/nodes.ts'
import { worldsOf } from '../../../src/app/settings/worlds.ts'
import type { Place } from '../../../src/contracts/place.ts'
import { known } from '../../../src/evaluate/shell/word.ts'
import { takenByDjango } from '../../../src/knowledge/standard-names.ts'
import { parseFile } from '../../../src/syntax/python/file.ts'

/** A module of the project that Python finds in place of one of the standard library, which Django's start needs. */
export interface Shadowing {
  readonly module: string
  readonly at: Place
  /** What is looked for in it: a name, or a module below it. */
  readonly wanted: string
  /** Whose folder is searched first: PYTHONPATH, or that of manage.py. */
  readonly by: 'path' | 'manage'
  readonly hop: 'build' | 'release' | 'boot'
}

/** Modules beside the Procfile or manage.py that lack what Django takes of the library's; those of a namespace stand behind it. */
export function shadowing(app: App): Shadowing[] {
  const [world] = worldsOf(app)
  if (world === undefined) return []
  const folders = [...(isOnPath(app) ? [''] : []), ...(app.project.manage[0] ? [app.project.manage[0].folder] : [])]
  const named = new Set(folders.flatMap((folder) => app.tree.list(folder).map(({ name }) => name.replace(/\.py$/, ''))))
  return [...takenByDjango].flatMap(([module, names]): Shadowing[] => {
    if (!named.has(module.split('.')[0] as string)) return []
    const at = folders.flatMap((folder) => {
      const found = app.project.resolve(module, [folder])
      return found === undefined || found.kind === 'namespace' || !app.presence.isPresent(found.file)
        ? []
        : [{ ...found, folder }]
    })[0]
    if (at === undefined) return []
    const parsed = parseFile(app.tree, at.file)
    const bound = parsed && boundNames(parsed.module)
    const isThere = (name: string): boolean =>
      bound === undefined ||
      bound.has(name.replace(/^.*\./, '')) ||
      (at.kind === 'package' && app.project.resolve(name, [at.folder]) !== undefined)
    const [wanted] = names
    if (wanted === undefined || names.some(isThere)) return []
    const place = { file: at.file, span: { start: 0, end: 0 } }
    return [{ module, at: place, wanted, by: at.folder === '' && isOnPath(app) ? 'path' : 'manage', hop: world.hop }]
  })
}

/** Heroku's Python buildpack puts the root in front of the standard library, for the build and every dyno. */
function isOnPath({ environment }: App): boolean {
  const variable = environment.get('PYTHONPATH')
  const text = variable.state === 'known' ? known(variable.parts) : undefined
  return text?.split(':').includes('/app') === true
}
