import type { Alternative } from '../../evaluate/python/evaluation.ts'
import { itemsOf, plain, type Value } from '../../evaluate/python/value.ts'

/** Position of an app in INSTALLED_APPS, by its package or the path of its AppConfig; -1 when surely absent, undefined when unknown. */
export function appIndex({ value }: Pick<Alternative, 'value'>, name: string): number | undefined {
  const items = itemsOf(value)
  if (items === undefined) return undefined
  const index = items.findIndex((item) => isApp(item, name))
  const known = (value as { rest?: unknown }).rest === undefined && items.every((item) => plain(item) !== undefined)
  return index >= 0 || known ? index : undefined
}

/** `daphne` and `daphne.apps.DaphneConfig` are one app. */
export function isApp(item: Value, name: string): boolean {
  const text = plain(item)
  return text === name || (text?.startsWith(`${name}.apps.`) ?? false)
}
