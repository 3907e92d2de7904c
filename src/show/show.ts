import { asgiJson, asgiText } from './asgi.ts'
import { chainJson, chainText } from './chain.ts'
import type { ShowContext } from './context.ts'
import { dependenciesJson, dependenciesText } from './dependencies.ts'
import { settingsJson, settingsText } from './settings.ts'
import { webJson, webText } from './web.ts'

export type Topic = 'chain' | 'web' | 'deps' | 'settings' | 'asgi'

const json: Record<Topic, (context: ShowContext) => Record<string, unknown>> = {
  chain: chainJson,
  web: webJson,
  deps: dependenciesJson,
  settings: settingsJson,
  asgi: asgiJson,
}
const text: Record<Topic, (context: ShowContext) => string> = {
  chain: chainText,
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
