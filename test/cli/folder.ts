import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect } from 'vitest'
import { dynolint } from '../support/cli.ts'
import { filesBelow } from '../support/trees.ts'

export let folder: string

export const procfile = 'web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n'
export const loopback = 'web: daphne -b 127.0.0.1 -p $PORT mysite.asgi:application\n'

/** A small Channels project on the disk for each test of a file. */
export function inFolder(): void {
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'dynolint-')))
    for (const [path, bytes] of Object.entries(filesBelow('test/pages/bases/channels'))) put(path, bytes)
    put('Procfile', procfile)
  })
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true })
  })
}

export function put(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), content)
}

export const read = (path: string): string => readFileSync(join(folder, path), 'utf8')

interface Shown {
  readonly code: number
  readonly rules: readonly string[]
  readonly filtered: Readonly<Record<string, number>>
  readonly stale: number
}

/** The rules of what is shown, and how many errors are not, by the reason. */
export const checked = (...argv: string[]): Promise<Shown> => checkedIn(folder, ...argv)

/** The same, with a folder to stand in. */
export async function checkedIn(cwd: string, ...argv: string[]): Promise<Shown> {
  const { code, out, err } = await dynolint([...argv, '--format', 'json'], { cwd })
  if (out === '') throw new Error(err)
  const report = JSON.parse(out) as {
    findings: { rule: string; severity: string }[]
    filtered: { by: string; error: number }[]
    baseline?: { stale: unknown[] }
  }
  return {
    code,
    rules: report.findings.filter(({ severity }) => severity === 'error').map(({ rule }) => rule),
    filtered: Object.fromEntries(report.filtered.filter(({ error }) => error > 0).map(({ by, error }) => [by, error])),
    stale: report.baseline?.stale.length ?? 0,
  }
}

export async function refused(...argv: string[]): Promise<string> {
  const { code, out, err } = await dynolint(argv, { cwd: folder })
  expect([code, out]).toEqual([2, ''])
  return err
}
