import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import * as nodeModule from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { bundled, type Ended, runBuilt } from '../support/built.ts'
import { repository } from '../support/trees.ts'

/** Nothing that lies in a cache can change what is told, and nothing is cached where an environment variable points. */

const folder = bundled()
let scratch: string
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'dynolint-cache-'))
})
afterEach(() => {
  rmSync(scratch, { recursive: true, force: true })
})

const cached = (): Record<string, string> => ({ DYNOLINT_NO_CACHE: '', HOME_FOLDER: scratch })

function filesIn(path: string): string[] {
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .map((name) => join(path, name))
    .filter((file) => statSync(file).isFile())
}

describe('a project that wants to be the cache', () => {
  it('finds nothing of it in itself, and is not read as one', () => {
    const project = join(scratch, 'project')
    cpSync(join(repository, 'fixtures/guide-sound'), project, { recursive: true })
    const before = filesIn(project).sort()
    const env = { DYNOLINT_NO_CACHE: '', XDG_CACHE_HOME: join(project, '.cache'), HOME: project, LOCALAPPDATA: project }
    const plain = runBuilt(folder(), ['check', '--format', 'json'], { cwd: project })
    expect(runBuilt(folder(), ['check', '--format', 'json'], { cwd: project, env })).toEqual(plain)
    expect(filesIn(project).sort()).toEqual(before)
  })

  it('is none even when it is the home folder', () => {
    const project = join(scratch, 'project')
    cpSync(join(repository, 'fixtures/guide-sound'), project, { recursive: true })
    const run = (args: string[], cwd: string): void => {
      const env = { DYNOLINT_NO_CACHE: '', HOME_FOLDER: project }
      expect(runBuilt(folder(), args, { cwd, preload: 'home.cjs', env }).code).toBe(0)
    }
    const before = filesIn(project).sort()
    run(['check'], project)
    run(['check', 'project'], scratch)
    expect(filesIn(project).sort()).toEqual(before)
  })
})

/** Node 20 keeps nothing. */
describe.skipIf(!('enableCompileCache' in nodeModule))('what Node keeps of the compiled program', () => {
  const run = (): Ended => runBuilt(folder(), ['rules'], { preload: 'home.cjs', env: cached() })

  it('is as if absent once it is damaged', () => {
    const sound = run()
    const kept = filesIn(scratch)
    expect(kept.length).toBeGreaterThan(2)
    const [sample] = kept.toSorted((a, b) => statSync(a).size - statSync(b).size) as [string]
    const bytes = readFileSync(sample)
    for (let at = 0; at < bytes.length; at += at < 40 ? 1 : Number(process.env.CACHE_STRIDE ?? 101)) {
      const damaged = Buffer.from(bytes)
      damaged[at] = (damaged[at] as number) ^ 0xff
      writeFileSync(sample, damaged)
      expect(run(), `byte ${at}`).toEqual(sound)
    }
    for (const text of ['', 'x', bytes.subarray(0, bytes.length / 2)]) {
      writeFileSync(sample, text)
      expect(run()).toEqual(sound)
    }
  }, 600_000)

  it('is not kept with --no-cache', () => {
    runBuilt(folder(), ['rules', '--no-cache'], { preload: 'home.cjs', env: cached() })
    expect(existsSync(join(scratch, '.cache'))).toBe(false)
  })
})
