import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { World } from './types.ts'

export interface Disk {
  /** Where the slug lies on this dyno (absolute): /app on the platform. */
  readonly root: string
  /** The dyno's environment, with the folders that lie on it. */
  readonly env: Record<string, string>
}

/** The disk of one dyno: the slug as the build left it, nothing of what other dynos wrote, gone when the dyno starts again. */
export function diskOf(world: World, dyno: string): Disk {
  const root = join(world.work, 'dynos', dyno)
  rmSync(root, { recursive: true, force: true })
  cpSync(world.root, root, { recursive: true, verbatimSymlinks: true })
  const env = Object.entries(world.env).map(([name, value]) => [name, value.replaceAll(world.root, root)])
  return { root, env: { ...Object.fromEntries(env), DYNO: dyno } }
}
