import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
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

describe('what is kept of the compiled program', () => {
  const run = (): Ended => runBuilt(folder(), ['rules'], { preload: 'home.cjs', env: cached() })
  /** The shortest of what the run kept. */
  function sample(): string {
    const kept = filesIn(scratch)
    expect(kept.length).toBeGreaterThan(2)
    return kept.toSorted((a, b) => statSync(a).size - statSync(b).size)[0] as string
  }

  it('is as if absent once it is damaged', () => {
    const sound = run()
    const file = sample()
    const bytes = readFileSync(file)
    for (let at = 0; at < bytes.length; at += at < 40 ? 2 : Number(process.env.CACHE_STRIDE ?? 101)) {
      const damaged = Buffer.from(bytes)
      damaged[at] = (damaged[at] as number) ^ 0xff
      writeFileSync(file, damaged)
      expect(run(), `byte ${at}`).toEqual(sound)
    }
    for (const text of ['', 'x', bytes.subarray(0, bytes.length / 2)]) {
      writeFileSync(file, text)
      expect(run()).toEqual(sound)
    }
  }, 600_000)

  it('is not kept with --no-cache', () => {
    runBuilt(folder(), ['rules', '--no-cache'], { preload: 'home.cjs', env: cached() })
    expect(existsSync(join(scratch, '.cache'))).toBe(false)
  })

  it('says the same from one run to the next, of a file that is not there as well', () => {
    const check = (): Ended =>
      runBuilt(folder(), ['check', '--format', 'json', 'fixtures/guide'], { preload: 'home.cjs', env: cached() })
    const first = check()
    expect(first.code).toBe(1)
    expect(check()).toEqual(first)
    const faulty = (): Ended => runBuilt(folder(), ['check', 'no-such-folder'], { preload: 'home.cjs', env: cached() })
    expect(faulty()).toEqual(faulty())
    expect(faulty().code).toBe(2)
  })

  /** Node 22 and later keep it by themselves, and do the same with a file that somebody else could have written. */
  it.skipIf('enableCompileCache' in nodeModule)('is of this source, of this user, and no link', () => {
    const sound = run()
    const file = sample()
    const bytes = readFileSync(file)
    const taken = (): boolean => run().out === sound.out && readFileSync(file).equals(bytes)
    expect(taken()).toBe(true)
    const other = filesIn(scratch).find((path) => path !== file) as string
    writeFileSync(file, readFileSync(other))
    expect(run()).toEqual(sound)
    // Of another source: made anew.
    expect(readFileSync(file).subarray(0, 32)).toEqual(bytes.subarray(0, 32))
    chmodSync(file, 0o666)
    expect(run()).toEqual(sound)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const elsewhere = join(scratch, 'elsewhere')
    renameSync(file, elsewhere)
    symlinkSync(elsewhere, file)
    expect(run()).toEqual(sound)
    expect(lstatSync(file).isSymbolicLink()).toBe(false)
    expect(filesIn(scratch).filter((path) => /\.\d+\.[0-9a-z]+$/.test(path))).toEqual([])
  })

  it.skipIf('enableCompileCache' in nodeModule)('does without where it cannot be written', () => {
    const sound = run()
    const program = join(scratch, '.cache/dynolint/program')
    rmSync(program, { recursive: true })
    writeFileSync(program, 'in the way')
    expect(run()).toEqual(sound)
    expect(readFileSync(program, 'utf8')).toBe('in the way')
  })
})
