import { spawnSync } from 'node:child_process'
import { existsSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, inject } from 'vitest'
import { repository } from './trees.ts'

export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/**
 * The folder of what the sources make now, bundled once by each process that runs tests, by the first file that asks. Nothing may be
 * written into it.
 */
export function bundled(): () => string {
  const folder = join(inject('runFolder'), `built-${process.pid}`)
  beforeAll(() => {
    if (existsSync(folder)) return
    const made = `${folder}-unfinished`
    const { status, stderr } = spawnSync(process.execPath, ['scripts/bundle.mjs', '--into', made], {
      cwd: repository,
      encoding: 'utf8',
    })
    if (status !== 0) throw new Error(stderr)
    renameSync(made, folder)
  }, 120_000)
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
