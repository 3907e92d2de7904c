import { join } from 'node:path'
import { diskOf } from '../disk.ts'
import { lastLine } from '../evidence.ts'
import { runProcess } from '../processes.ts'
import { commandsOf } from '../procfile.ts'
import type { Outcome, World } from '../types.ts'

/** The platform gives a release an hour; one that has not ended after this does not end. */
const limitMs = 240_000

/** The release command, if there is one: the release is given up when it fails. */
export async function release(world: World): Promise<Outcome> {
  const command = commandsOf(world.app)?.get('release')
  if (command === undefined) return { state: 'holds' }
  const { root, env } = diskOf(world, 'release.1')
  const log = join(world.work, 'release.log')
  const ran = await runProcess({ command, cwd: root, env: { ...env, PORT: '5000' }, log }, limitMs)
  return ran.code === 0 ? { state: 'holds' } : { state: 'breaks', evidence: `exit ${ran.code}: ${lastLine(ran.log)}` }
}
