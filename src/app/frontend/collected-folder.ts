import { itemsOf, plain, type Value } from '../../evaluate/python/value.ts'
import type { App } from '../app.ts'

/**
 * The folder that collectstatic writes into: what lies there are copies. A folder called `static` may hold the sources as well,
 * as may one of STATICFILES_DIRS.
 */
export function collectedFolder(app: Pick<App, 'settings'>): string | undefined {
  const root = app.settings.get('STATIC_ROOT')?.alternatives[0]?.value
  const folder = root === undefined ? undefined : folderOf(root)
  if (folder === undefined || folder === '' || /(?:^|\/)static$/.test(folder)) return undefined
  const sources = app.settings.get('STATICFILES_DIRS')?.alternatives.flatMap(({ value }) => itemsOf(value) ?? []) ?? []
  return sources.some((source) => folderOf(source)?.startsWith(folder) !== false) ? undefined : folder
}

/** A folder below the app's root; undefined when it is none or not known. */
export function folderOf(value: Value): string | undefined {
  const path = plain(value.type === 'object' && /Path$/.test(value.class) ? (value.state as Value) : value)
  return path === undefined ? undefined : /^\/(?:app|workspace)\/(.*?)\/*$/.exec(path)?.[1]
}
