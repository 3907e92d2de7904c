import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { repository } from './trees.ts'

export const names = ['settings.py', 'Procfile', 'requirements.txt'] as const

/** The content of a file at a turn: large enough that a moment is likely to fall into its writing. */
export function contentOf(name: string, turn: number): Buffer {
  return Buffer.from(`${name} ${turn % 2 === 0 ? 'old' : 'new'}\n`.repeat(60_000))
}

export interface Kills {
  readonly kills: number
  /** Files that were neither old nor new. */
  readonly torn: readonly string[]
  /** Temporary files that stayed, by signal: SIGKILL alone may leave one. */
  readonly left: Readonly<Record<'SIGKILL' | 'SIGTERM' | 'SIGINT', number>>
}

/** Ends a process that writes at random moments, and looks at what it leaves. */
export async function kills(count: number, random: () => number): Promise<Kills> {
  const torn: string[] = []
  const left = { SIGKILL: 0, SIGTERM: 0, SIGINT: 0 }
  for (let kill = 0; kill < count; kill++) {
    const signal = (['SIGKILL', 'SIGTERM', 'SIGINT'] as const)[kill % 3] as keyof typeof left
    const root = mkdtempSync(join(tmpdir(), 'dynolint-'))
    for (const name of names) writeFileSync(join(root, name), contentOf(name, 0))
    await killed(root, signal, random() * 60)
    for (const name of names) {
      const bytes = readFileSync(join(root, name))
      if (!bytes.equals(contentOf(name, 0)) && !bytes.equals(contentOf(name, 1))) torn.push(`${name} after ${signal}`)
    }
    left[signal] += readdirSync(root).length - names.length
    rmSync(root, { recursive: true, force: true })
  }
  return { kills: count, torn, left }
}

function killed(root: string, signal: NodeJS.Signals, delay: number): Promise<void> {
  const writer = join(repository, 'test/support/writer.ts')
  const child = spawn(process.execPath, ['--import', 'tsx', writer, root], { cwd: repository })
  return new Promise((resolve, reject) => {
    // A signal that is lost must fail the test, not leave a process behind.
    const last = setTimeout(() => child.kill('SIGKILL'), 20_000)
    let told = ''
    child.stderr.on('data', (chunk: Buffer) => {
      told += chunk
    })
    child.stdout.once('data', () => setTimeout(() => child.kill(signal), delay))
    child.on('error', reject)
    child.on('exit', (_, by) => {
      clearTimeout(last)
      if (by === signal) resolve()
      else reject(new Error(`the writer ended by itself: ${told}`))
    })
  })
}
