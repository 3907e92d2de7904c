import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { privateFolder } from '../../src/cli/compile-cache.ts'

/** What lies in the folder is executed. */

let home: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'dynolint-home-'))
})
afterEach(() => {
  rmSync(home, { recursive: true, force: true })
})

const caches = process.platform === 'darwin' ? 'Library/Caches' : '.cache'

describe.skipIf(process.platform === 'win32')('the folder of the compiled program', () => {
  it('is made for the user alone', () => {
    const folder = privateFolder(home)
    expect(folder).toBe(join(home, caches, 'dynolint'))
    expect(statSync(folder as string).mode & 0o777).toBe(0o700)
  })

  it.each(['.', '.cache', '.cache/dynolint'].map((path) => path.replace('.cache', caches)))(
    'is not used where others can write: %s',
    (path) => {
      mkdirSync(join(home, caches, 'dynolint'), { recursive: true })
      for (const mode of [0o775, 0o757, 0o777]) {
        chmodSync(join(home, path), mode)
        expect(privateFolder(home), mode.toString(8)).toBeUndefined()
      }
      chmodSync(join(home, path), 0o755)
      expect(privateFolder(home)).toBeDefined()
    },
  )

  it.each([caches, `${caches}/dynolint`])('is not used through a link: %s', (path) => {
    const elsewhere = join(home, 'elsewhere')
    mkdirSync(join(elsewhere, 'dynolint'), { recursive: true })
    mkdirSync(join(home, path, '..'), { recursive: true })
    symlinkSync(elsewhere, join(home, path))
    expect(privateFolder(home)).toBeUndefined()
    expect(existsSync(join(elsewhere, 'dynolint/dynolint'))).toBe(false)
  })

  it.skipIf(process.getuid?.() !== 0)('is not used when it belongs to somebody else', () => {
    mkdirSync(join(home, caches, 'dynolint'), { recursive: true })
    chownSync(join(home, caches, 'dynolint'), 12_345, 12_345)
    expect(privateFolder(home)).toBeUndefined()
  })

  it('is not used inside a repository', () => {
    mkdirSync(join(home, '.git'))
    expect(privateFolder(home)).toBeUndefined()
  })

  it('is not made in a file', () => {
    mkdirSync(join(home, caches), { recursive: true })
    writeFileSync(join(home, caches, 'dynolint'), '')
    expect(privateFolder(home)).toBeUndefined()
  })
})
