import type { App } from '../app.ts'

/**
 * The same package elsewhere in the repository: the search path may be richer than we know. What lies in a package, such as
 * the `celery.py` beside the settings, has another name there.
 */
export function mayProvide({ tree }: App, file: string, top: string): boolean {
  if (file.startsWith(`${top}/`) || file === `${top}.py`) return true
  // A name is any text here: nothing is made of it but comparisons.
  const parts = file.split('/')
  const at = parts.findLastIndex((part, index) => part === (index === parts.length - 1 ? `${top}.py` : top))
  return at > 0 && tree.kind([...parts.slice(0, at), '__init__.py'].join('/')) !== 'file'
}
