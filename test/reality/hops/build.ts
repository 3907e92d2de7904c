import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { managePyOf, type PackageManager, packageManagerOf, pythonOf } from '../buildpack.ts'
import { buildEnvironment } from '../environment.ts'
import { lastLine } from '../evidence.ts'
import { runProcess } from '../processes.ts'
import { findPython, newestPython, type Python } from '../pythons.ts'
import type { Outcome, World } from '../types.ts'
import { installed } from '../venvs.ts'

/** What the build needs before it can install anything, or why it ends there. */
export type Plan =
  | { readonly state: 'install'; readonly python: Python; readonly manager: PackageManager }
  | Exclude<Outcome, { state: 'holds' }>

/** The checks of the buildpack: which files, which Python. */
export function planOf(root: string): Plan {
  const manager = packageManagerOf(root)
  if ('failure' in manager) return { state: 'breaks', evidence: manager.failure }
  const choice = pythonOf(root, manager.value)
  if ('failure' in choice) return { state: 'breaks', evidence: choice.failure }
  const { version, origin } = choice.value
  const python = origin === 'default' ? newestPython() : findPython(version)
  if (python === undefined) return { state: 'skipped', why: `no Python ${version} on this machine` }
  return { state: 'install', python, manager: manager.value }
}

/** The buildpack's checks, what the package manager made of the requirements, then collectstatic and the hooks of bin/. */
export async function build(world: World): Promise<Outcome> {
  if (world.case.venv === undefined) {
    const plan = planOf(world.root)
    if (plan.state !== 'install') return plan
    const made = installed(plan.python, world.root, plan.manager)
    if (made.state === 'absent') throw new Error('nothing was installed for this case')
    if (made.state === 'failed') return { state: 'breaks', evidence: made.evidence }
    world.venv = made.venv
  } else world.venv = world.case.venv
  const collected = await collectstatic(world)
  if (collected.state === 'breaks') return collected
  return hook(world, 'bin/post_compile')
}

/** bin/steps/collectstatic. */
async function collectstatic(world: World): Promise<Outcome> {
  const manage = managePyOf(world.root)
  const disabled = (world.config.DISABLE_COLLECTSTATIC ?? '0') !== '0'
  if (disabled || manage === undefined || existsSync(join(world.root, '.heroku/collectstatic_disabled'))) {
    return { state: 'holds' }
  }
  if (!hasModule(world, 'django')) return { state: 'holds' }
  const { code, log } = await run(world, 'collectstatic', [
    'python',
    manage,
    'collectstatic',
    '--noinput',
    '--traceback',
  ])
  return code === 0 ? { state: 'holds' } : { state: 'breaks', evidence: `collectstatic: ${lastLine(log)}` }
}

function hasModule(world: World, name: string): boolean {
  const lib = join(world.venv, 'lib')
  return readdirSync(lib).some((python) => existsSync(join(lib, python, 'site-packages', name, '__init__.py')))
}

async function hook(world: World, script: string): Promise<Outcome> {
  if (!existsSync(join(world.root, script))) return { state: 'holds' }
  const { code, log } = await run(world, 'hook', ['bash', '-c', `chmod +x ${script} && exec ${script}`])
  return code === 0 ? { state: 'holds' } : { state: 'breaks', evidence: `${script}: ${lastLine(log)}` }
}

function run(world: World, name: string, argv: readonly string[]): Promise<{ code: number; log: string }> {
  const env = buildEnvironment(world.root, world.venv, world.config)
  return runProcess({ argv, cwd: world.root, env, log: join(world.work, `build-${name}.log`) }, 60_000)
}
