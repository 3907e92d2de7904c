import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { diskTree } from '../../src/files/disk.ts'
import { maxFileBytes } from '../../src/files/limits.ts'
import { findRoots } from '../../src/files/roots.ts'
import { disk } from '../../src/files/source.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dynolint-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

function put(path: string, content = ''): void {
  const full = join(folder, path)
  mkdirSync(join(full, '..'), { recursive: true })
  writeFileSync(full, content)
}

describe('diskTree', () => {
  it('reads below the root and nowhere else', () => {
    put('app/Procfile', 'web: x\n')
    put('secret.txt', 'no')
    symlinkSync(join(folder, 'secret.txt'), join(folder, 'app/link.txt'))
    symlinkSync(folder, join(folder, 'app/up'))
    symlinkSync(join(folder, 'app/Procfile'), join(folder, 'app/inside'))
    const tree = diskTree(join(folder, 'app'))
    expect(tree.read('link.txt')).toBe('outside')
    expect(tree.kind('up')).toBeUndefined()
    expect(tree.read('../secret.txt')).toBe('outside')
    expect(tree.read('inside')).toMatchObject({ text: 'web: x\n' })
  })

  it('follows a link to a folder once, and never in circles', () => {
    put('app/a/x.py')
    symlinkSync(join(folder, 'app'), join(folder, 'app/a/up'))
    symlinkSync(join(folder, 'app/a'), join(folder, 'app/b'))
    symlinkSync(join(folder, 'app/b'), join(folder, 'app/a/c'))
    const tree = diskTree(join(folder, 'app'))
    expect(tree.list('a').map(({ name }) => name)).toEqual(['x.py'])
    expect(tree.read('b/x.py')).toMatchObject({ path: 'b/x.py' })
    expect(tree.list('b').map(({ name }) => name)).toEqual(['x.py'])
  })

  it('finds nothing below a file, and calls none unreadable for that', () => {
    put('settings.py')
    const unreadable: string[] = []
    const tree = diskTree(folder, { onUnreadable: (path) => unreadable.push(path) })
    expect(tree.list('settings.py')).toEqual([])
    expect(tree.list('absent')).toEqual([])
    expect(unreadable).toEqual([])
  })

  it('skips what is too large and says so once', () => {
    put('big.lock', 'x'.repeat(maxFileBytes + 1))
    const seen: string[] = []
    const tree = diskTree(folder, { onTooLarge: (path) => seen.push(path) })
    expect(tree.read('big.lock')).toBe('too-large')
    expect(tree.read('big.lock')).toBe('too-large')
    expect(seen).toEqual(['big.lock'])
  })

  it('treats excluded paths as absent, with everything below', () => {
    put('legacy/settings.py', 'X = 1\n')
    const tree = diskTree(folder, { excluded: (path) => path === 'legacy' })
    expect(tree.kind('legacy/settings.py')).toBeUndefined()
    expect(tree.read('legacy/settings.py')).toBe('absent')
  })
})

describe('findRoots', () => {
  const roots = (path = ''): string[] => findRoots(join(folder, path), disk).map((root) => root.slice(folder.length))

  it('takes the folder itself when it has a Procfile', () => {
    put('Procfile')
    put('backend/Procfile')
    expect(roots()).toEqual([''])
  })

  it('looks below when the folder is no app', () => {
    put('one/Procfile')
    put('two/deep/heroku.yml')
    put('node_modules/x/Procfile')
    put('mobile/app.json')
    expect(roots()).toEqual(['/one', '/two/deep'])
  })

  it('keeps a folder that installs dependencies: its misplaced Procfile is the finding', () => {
    put('requirements.txt')
    put('backend/Procfile')
    expect(roots()).toEqual([''])
  })

  it('takes a folder below that could be pushed alone, though the one above installs dependencies as well', () => {
    put('requirements.txt')
    put('src/Procfile')
    put('src/manage.py')
    expect(roots()).toEqual([''])
    put('src/requirements.txt')
    expect(roots()).toEqual(['/src'])
    put('manage.py')
    expect(roots()).toEqual([''])
  })

  it('looks above up to the git root', () => {
    mkdirSync(join(folder, '.git'))
    put('Procfile')
    put('backend/mysite/settings.py')
    expect(roots('backend/mysite/settings.py')).toEqual([''])
  })

  it('falls back to the git root, then to the folder', () => {
    put('repo/backend/manage.py')
    mkdirSync(join(folder, 'repo/.git'))
    expect(roots('repo/backend')).toEqual(['/repo'])
    put('plain/manage.py')
    expect(roots('plain')).toEqual(['/plain'])
  })
})
