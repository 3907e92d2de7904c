import { plain } from '../../evaluate/python/value.ts'
import type { App } from '../app.ts'

/** Where the setting ASGI_APPLICATION says that the application is; undefined: it says nothing, or nobody knows what. */
export interface ApplicationName {
  readonly module: string
  readonly attribute: string
  /** On every path of the settings. */
  readonly isSure: boolean
}

export function defaultApplicationName(app: App): ApplicationName | undefined {
  const alternatives = app.settings.get('ASGI_APPLICATION')?.alternatives ?? []
  const path = plain(alternatives[0]?.value)
  const cut = path?.lastIndexOf('.') ?? -1
  if (path === undefined || cut <= 0) return undefined
  return { module: path.slice(0, cut), attribute: path.slice(cut + 1), isSure: alternatives.length === 1 }
}
