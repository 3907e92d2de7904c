import type { App } from '../app/app.ts'
import type { Place } from '../contracts/place.ts'
import { locator } from '../report/report.ts'
import { asgiJson, asgiText } from './asgi.ts'
import { dependenciesJson, dependenciesText } from './dependencies.ts'
import { settingsJson, settingsText } from './settings.ts'
import { webJson, webText } from './web.ts'

export type Topic = 'web' | 'deps' | 'settings' | 'asgi'

/** What a topic needs to render places. */
export interface ShowContext {
  readonly app: App
  readonly language: 'en' | 'fr'
  readonly bold: (text: string) => string
  readonly dim: (text: string) => string
  /** `{ file, line }`, from the working directory, 1-based. */
  readonly at: (place: Place) => { readonly file: string; readonly line: number }
  /** `file:line`. */
  readonly where: (place: Place) => string
}

export function showContext(
  app: App,
  root: string,
  language: 'en' | 'fr',
  bold: (text: string) => string,
  dim: (text: string) => string,
): ShowContext {
  const locate = locator({ root, tree: app.tree })
  const at = (place: Place) => {
    const { file, start } = locate(place)
    return { file, line: start.line }
  }
  const where = (place: Place) => {
    const { file, line } = at(place)
    return `${file}:${line}`
  }
  return { app, language, bold, dim, at, where }
}

const json: Record<Topic, (context: ShowContext) => Record<string, unknown>> = {
  web: webJson,
  deps: dependenciesJson,
  settings: settingsJson,
  asgi: asgiJson,
}
const text: Record<Topic, (context: ShowContext) => string> = {
  web: webText,
  deps: dependenciesText,
  settings: settingsText,
  asgi: asgiText,
}

/** The topics' keys side by side: each contributes its own (`web`, `dependencies`, `settings` …). */
export function showJson(context: ShowContext, topics: readonly Topic[]): Record<string, unknown> {
  return Object.assign({ version: 1 }, ...topics.map((topic) => json[topic](context)))
}

export function showText(context: ShowContext, topics: readonly Topic[]): string {
  return topics.map((topic) => text[topic](context)).join('\n')
}
