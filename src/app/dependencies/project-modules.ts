import type { App } from '../app.ts'

/**
 * The same package elsewhere in the repository: the search path may be richer than we know. What lies in a package, such as
 * the `celery.py` beside the settings, has another name there.
 */
export function mayProvide({ tree }: App, file: string, top: string): boolean {
  const [, folder] = new RegExp(`^(.*/)?${top}(?:/.*|\\.py)$`).exec(file) ?? []
  if (file.startsWith(`${top}/`) || file === `${top}.py`) return true
  return folder !== undefined && tree.kind(`${folder}__init__.py`) !== 'file'
}
