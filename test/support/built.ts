import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { repository } from './trees.ts'

export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Bundles what the sources make now into a folder of its own, for the tests of one file; the folder's path is the answer. */
export function bundled(): () => string {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'dynolint-built-'))
    const { status, stderr } = spawnSync(process.execPath, ['scripts/bundle.mjs', '--into', folder], {
      cwd: repository,
      encoding: 'utf8',
    })
    if (status !== 0) throw new Error(stderr)
  }, 120_000)
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true })
  })
  return () => folder
}

export interface RunOptions {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
  /** A file of test/support that Node loads first. */
  readonly preload?: string
}

/** Runs the built command line in a process of its own. */
export function runBuilt(folder: string, args: readonly string[], options: RunOptions = {}): Ended {
  const preload = options.preload === undefined ? [] : ['--require', join(repository, 'test/support', options.preload)]
  const { status, stdout, stderr } = spawnSync(process.execPath, [...preload, join(folder, 'dynolint.js'), ...args], {
    cwd: options.cwd ?? repository,
    env: { PATH: process.env.PATH ?? '', LANG: 'en_US.UTF-8', DYNOLINT_NO_CACHE: '1', ...options.env },
    encoding: 'utf8',
    timeout: 60_000,
    maxBuffer: 64 * 1024 * 1024,
  })
  return { code: status, out: stdout, err: stderr }
}
