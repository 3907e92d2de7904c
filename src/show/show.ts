import { asgiJson, asgiLines } from './asgi.ts'
import { chainJson, chainLines } from './chain.ts'
import type { ShowContext, ShownLine } from './context.ts'
import { dependenciesJson, dependenciesLines } from './dependencies.ts'
import { settingsJson, settingsLines } from './settings.ts'
import { webJson, webLines } from './web.ts'

export type Topic = 'chain' | 'web' | 'deps' | 'settings' | 'asgi'

const json: Record<Topic, (context: ShowContext) => Record<string, unknown>> = {
  chain: chainJson,
  web: webJson,
  deps: dependenciesJson,
  settings: settingsJson,
  asgi: asgiJson,
}
const lines: Record<Topic, (context: ShowContext) => readonly ShownLine[]> = {
  chain: chainLines,
  web: webLines,
  deps: dependenciesLines,
  settings: settingsLines,
  asgi: asgiLines,
}

/** The topics' keys side by side: each contributes its own (`web`, `dependencies`, `settings` …). */
export function showJson(context: ShowContext, topics: readonly Topic[]): Record<string, unknown> {
  return Object.assign({ version: 1 }, ...topics.map((topic) => json[topic](context)))
}

/** The topics' lines for people, a blank one between two. */
export function showLines(context: ShowContext, topics: readonly Topic[]): ShownLine[] {
  return topics.flatMap((topic, index) => [...(index > 0 ? [{ text: '' }] : []), ...lines[topic](context)])
}
