import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dynolint } from '../support/cli.ts'
import { repository } from '../support/trees.ts'

/** Somebody else writes while corrections are made: nothing of theirs is lost, and no file is a mixture. */

let scratch: string
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'dynolint-race-'))
})
afterEach(() => {
  rmSync(scratch, { recursive: true, force: true })
})

function project(name: string): string {
  const folder = join(scratch, name)
  cpSync(join(repository, 'fixtures/guide'), folder, { recursive: true })
  return folder
}

const fix = (folder: string) => dynolint(['check', '--fix', '--unsafe-fixes'], { cwd: folder })

/** Every file below a folder, temporary ones too. */
function contents(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return Object.fromEntries(
    files.map(({ parentPath, name }) => {
      const path = join(parentPath, name)
      return [path.slice(folder.length + 1), readFileSync(path, 'latin1')]
    }),
  )
}

describe('--fix', () => {
  it('twice at once leaves each file old or new', async () => {
    const old = contents(project('before'))
    const alone = project('alone')
    await fix(alone)
    const fixed = contents(alone)
    expect(Object.keys(fixed).filter((path) => fixed[path] !== old[path]).length).toBeGreaterThan(1)
    const shared = project('shared')
    await Promise.all([fix(shared), fix(shared)])
    const left = contents(shared)
    expect(Object.keys(left).filter((path) => left[path] !== old[path] && left[path] !== fixed[path])).toEqual([])
    await fix(shared)
    expect(contents(shared)).toEqual(fixed)
  })

  it.each([0, 2, 5, 13])('keeps what an editor saves after %i turns', async (turns) => {
    const folder = project('edited')
    const procfile = join(folder, 'Procfile')
    const mark = '# saved by an editor\n'
    const running = fix(folder)
    for (let turn = 0; turn < turns; turn++) await setImmediate()
    const saved = mark + readFileSync(procfile, 'utf8')
    writeFileSync(procfile, saved)
    await running
    expect(readFileSync(procfile, 'utf8').startsWith(mark)).toBe(true)
    await fix(folder)
    const alone = project('alone')
    writeFileSync(join(alone, 'Procfile'), mark + readFileSync(join(alone, 'Procfile'), 'utf8'))
    await fix(alone)
    expect(contents(folder)).toEqual(contents(alone))
  })
})
