import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { World } from '../types.ts'

/** How the process that serves the app set Django up, told by itself. */
export interface DjangoSetUp {
  /** DJANGO_SETTINGS_MODULE at that moment. */
  readonly settings: string | null
  /** DJANGO_CONFIGURATION of django-configurations. */
  readonly configuration: string | null
  readonly cwd: string
  /** sys.path */
  readonly path: readonly string[]
}

/** What the running application has told so far (inside/rig_probe.py). */
export interface Told {
  readonly django: DjangoSetUp | undefined
  /** Sample paths of the WebSocket routes of the object that the server was given. */
  readonly routes: readonly string[]
  /** How often the app gave its channel layer a message. */
  readonly layerCalls: number
  /** What consumers that knew the visitor by a cookie looked at: `user`, `session`, `cookies`, once per look. */
  readonly visitors: readonly string[]
}

interface Line {
  readonly django?: DjangoSetUp
  readonly served?: { readonly routes: readonly string[] }
  readonly layer?: string
  readonly visitor?: string
}

/** The file in which one web dyno tells (absolute); its number counts from 1. */
export function probeFile(world: World, number: number): string {
  return join(world.work, `probe.${number}.jsonl`)
}

/** Reads what all web dynos have told. */
export function toldBy(world: World): Told {
  const lines = world.dynos.flatMap((_, index) => linesOf(probeFile(world, index + 1)))
  return {
    django: lines.find(({ django }) => django !== undefined)?.django,
    routes: [...new Set(lines.flatMap(({ served }) => served?.routes ?? []))],
    layerCalls: lines.filter(({ layer }) => layer !== undefined).length,
    visitors: lines.flatMap(({ visitor }) => visitor ?? []),
  }
}

function linesOf(file: string): Line[] {
  if (!existsSync(file)) return []
  const text = readFileSync(file, 'utf8')
  // The last line may be half written.
  return text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line)
}
