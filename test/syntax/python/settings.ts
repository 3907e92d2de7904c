import { readdirSync, readFileSync } from 'node:fs'

const folder = new URL('settings/', import.meta.url)

/** The settings files written for these tests, by name. */
export const SETTINGS: ReadonlyMap<string, string> = new Map(
  readdirSync(folder)
    .filter((name) => name.endsWith('.py'))
    .map((name) => [name, readFileSync(new URL(name, folder), 'utf8')]),
)
