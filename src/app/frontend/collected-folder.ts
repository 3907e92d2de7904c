import { writtenPath } from '../../evaluate/python/libraries/support/paths.ts'
import { itemsOf, type Value } from '../../evaluate/python/value.ts'
import { join } from '../../files/tree.ts'
import type { App } from '../app.ts'
import type { FrontendFile } from './files.ts'

/**
 * The folder that collectstatic writes into: what lies there are copies. A folder called `static` may hold the sources as well,
 * as may one of STATICFILES_DIRS.
 */
export function collectedFolder(app: Pick<App, 'settings'>): string | undefined {
  const folder = staticRoot(app)
  if (folder === undefined || folder === '' || /(?:^|\/)static$/.test(folder)) return undefined
  const sources = app.settings.get('STATICFILES_DIRS')?.alternatives.flatMap(({ value }) => itemsOf(value) ?? []) ?? []
  return sources.some((source) => folderOf(source)?.startsWith(folder) !== false) ? undefined : folder
}

/** The folder that STATIC_ROOT names, below the app's root. */
export function staticRoot(app: Pick<App, 'settings'>): string | undefined {
  const root = app.settings.get('STATIC_ROOT')?.alternatives[0]?.value
  return root === undefined ? undefined : folderOf(root)
}

/**
 * The files without those that collectstatic put below `root`, where its sources may lie as well: each that another static
 * folder has under the same path with the same text, by its own name or by one with a hash in it.
 */
export function withoutCopies(files: readonly FrontendFile[], root: string | undefined): readonly FrontendFile[] {
  if (root === undefined || root === '') return files
  const inside = (path: string) => path.startsWith(`${root}/`)
  return files.filter(({ path, text }) => {
    if (!inside(path)) return true
    const below = path.slice(root.length)
    const source = below.replace(/\.[0-9a-f]{12}(?=\.\w+$)/, '')
    return !files.some(
      (other) =>
        !inside(other.path) &&
        `/${other.path}`.endsWith(`/static${source}`) &&
        (other.text === text || source !== below),
    )
  })
}

/**
 * A folder below the app's root; undefined when it is none or not known. A relative one counts from `cwd`, where the process
 * stands that reads it; undefined: nobody knows where.
 */
export function folderOf(value: Value, cwd?: string): string | undefined {
  const path = writtenPath(value)
  if (path === undefined || path === '') return undefined
  if (path.startsWith('/')) return /^\/(?:app|workspace)\/(.*?)\/*$/.exec(path)?.[1]
  return cwd === undefined ? undefined : join(cwd, path)
}
