import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Trial, trials } from './environments.ts'
import type { Project } from './project.ts'
import {
  type Answer,
  cache,
  type Harness,
  openHarness,
  prepareOverlays,
  pythonSideHash,
  type Request,
} from './python.ts'

export interface Collected {
  readonly project: Project
  readonly trials: readonly Trial[]
  /** Exact versions of the packages that are really there, by normalised name. */
  readonly versions: ReadonlyMap<string, string>
  /** Names to which CPython itself gives different values in two runs of one environment. */
  readonly unstable: ReadonlySet<string>
}

export const argv = ['/app/.heroku/python/bin/daphne', 'project.asgi:application']

/** Identity of what git tracks and of what differs from it; undefined outside git, and then nothing is remembered. */
function identity(folder: string): string | undefined {
  const git = (...args: string[]): string =>
    execFileSync('git', ['-C', folder, ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      maxBuffer: 1 << 28,
    })
  try {
    const state = git('ls-files', '--stage') + git('diff') + git('ls-files', '--others')
    return createHash('sha1').update(state).digest('hex')
  } catch {
    return undefined
  }
}

/** CPython's answers for every trial of a project; answers of an unchanged project are remembered. */
export async function collect(project: Project): Promise<Collected> {
  const { folders, versions } = prepareOverlays(project.pins)
  const id = identity(project.folder)
  const file = join(cache, 'answers', project.name.replaceAll(/[^\w.-]/g, '_') + '.json')
  const side = `${pythonSideHash()} ${id}`
  const stored = id !== undefined && existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Stored) : undefined
  const answers: Record<string, Answer> = stored?.side === side ? stored.answers : {}
  let harness: Harness | undefined
  let changed = false
  const base = project.base === '.' ? '/app' : `/app/${project.base}`
  const ask = async (module: string, env: Readonly<Record<string, string>>, again = ''): Promise<Answer> => {
    const request: Request = {
      module,
      cwd: base,
      root: '/app',
      path: base === '/app' ? ['/app'] : [base, '/app'],
      argv,
      env,
      stubs: project.stubs,
      hidden: [],
      overlays: folders,
      timeout: 20,
    }
    const key = createHash('sha1')
      .update(JSON.stringify(request) + again)
      .digest('hex')
    const known = answers[key]
    if (known !== undefined) return known
    harness ??= openHarness(project.folder, project.untracked)
    const answer = await harness.ask(request)
    answers[key] = answer
    changed = true
    return answer
  }
  try {
    const found = await trials(project.modules, ask)
    const unstable = new Set<string>()
    for (const module of project.modules) {
      const good = found.find((trial) => trial.module === module && trial.answer.ok)
      if (good === undefined) continue
      const second = await ask(module, good.env, 'again')
      if (!good.answer.ok || !second.ok) continue
      for (const [name, value] of Object.entries(good.answer.names))
        if (JSON.stringify(value) !== JSON.stringify(second.names[name])) unstable.add(name)
    }
    return { project, trials: found, versions, unstable }
  } finally {
    harness?.close()
    if (changed && id !== undefined) {
      mkdirSync(join(cache, 'answers'), { recursive: true })
      writeFileSync(file, JSON.stringify({ side, answers } satisfies Stored))
    }
  }
}

interface Stored {
  readonly side: string
  readonly answers: Record<string, Answer>
}
