import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type Answer, openHarness, prepareOverlays, venvModules } from './python.ts'

const folder = join(import.meta.dirname, 'vectors')

/** A small project written for the test, environments, and what CPython made of them. */
export interface Vector {
  readonly about: string
  readonly module: string
  /** Lines of each file. */
  readonly files: Readonly<Record<string, readonly string[]>>
  /** Exact versions of packages other than those of the venv. */
  readonly versions?: Readonly<Record<string, string>>
  readonly trials: readonly VectorTrial[]
}

export interface VectorTrial {
  readonly env: Readonly<Record<string, string>>
  readonly answer?: Answer
  /** Names CPython gives another value at every start. */
  readonly unstable?: readonly string[]
}

export interface Stored {
  readonly name: string
  readonly vector: Vector
}

export function readVectors(): readonly Stored[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json') && name !== 'modules.json')
    .sort()
    .map((name) => ({
      name: name.slice(0, -'.json'.length),
      vector: JSON.parse(readFileSync(join(folder, name), 'utf8')) as Vector,
    }))
}

/** Top-level modules and exact versions that CPython had when the vectors were written. */
export function vectorPackages(): {
  readonly modules: readonly string[]
  readonly versions: Readonly<Record<string, string>>
} {
  return JSON.parse(readFileSync(join(folder, 'modules.json'), 'utf8'))
}

/** Asks CPython again for every vector and stores its answers. */
export async function writeVectors(): Promise<number> {
  const modules = [...new Set([...venvModules().values()].flat())].sort()
  const { versions: installed } = prepareOverlays(new Map())
  writeFileSync(
    join(folder, 'modules.json'),
    JSON.stringify({ modules, versions: Object.fromEntries(installed) }, null, 1) + '\n',
  )
  for (const { name, vector } of readVectors()) {
    const project = mkdtempSync(join(tmpdir(), 'dynolint-vector-'))
    try {
      for (const [path, lines] of Object.entries(vector.files)) {
        mkdirSync(dirname(join(project, path)), { recursive: true })
        writeFileSync(join(project, path), lines.join('\n'))
      }
      execFileSync('chmod', ['-R', 'a+rX', project])
      const trials = await answer(project, vector)
      writeFileSync(join(folder, name + '.json'), JSON.stringify({ ...vector, trials }, null, 1) + '\n')
      console.log(`${name}: ${trials.filter((trial) => trial.answer?.ok).length} of ${trials.length} import`)
    } finally {
      rmSync(project, { recursive: true, force: true })
    }
  }
  return 0
}

async function answer(project: string, vector: Vector): Promise<readonly VectorTrial[]> {
  const { folders } = prepareOverlays(new Map(Object.entries(vector.versions ?? {})))
  const harness = openHarness(project, [])
  const request = {
    module: vector.module,
    cwd: '/app',
    root: '/app',
    path: ['/app'],
    argv: vectorArgv,
    stubs: [],
    hidden: [],
    overlays: folders,
    timeout: 30,
  }
  const out: VectorTrial[] = []
  for (const { env } of vector.trials) {
    const full = { DJANGO_SETTINGS_MODULE: vector.module, ...env }
    const [first, second] = [await harness.ask({ ...request, env: full }), await harness.ask({ ...request, env: full })]
    const unstable =
      first.ok && second.ok
        ? Object.keys(first.names).filter(
            (name) => JSON.stringify(first.names[name]) !== JSON.stringify(second.names[name]),
          )
        : []
    out.push({ env, answer: first, ...(unstable.length > 0 ? { unstable } : {}) })
  }
  harness.close()
  return out
}

export const vectorArgv = ['/app/.heroku/python/bin/daphne', 'project.asgi:application']
