import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createFile, moveFile, putFile, type Refusal, removeFile, replaceFile } from '../../src/files/write.ts'

let base: string
let root: string
const old = Buffer.from('old\n')
const fresh = Buffer.from('new\n')
const at = (name: string): string => join(root, name)
const victim = (): string => join(base, 'victim')

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'dynolint-'))
  root = join(base, 'app')
  mkdirSync(root)
  writeFileSync(victim(), old)
  writeFileSync(at('f'), old)
})
afterEach(() => {
  rmSync(base, { recursive: true, force: true })
})

/** Nothing but what was there: no temporary file stays. */
function names(): string[] {
  return readdirSync(root).sort()
}

const content = (path: string): string => readFileSync(path, 'utf8')

describe('a file is replaced', () => {
  it('whole, with its mode, whatever the umask', () => {
    chmodSync(at('f'), 0o6775)
    const before = process.umask(0o077)
    try {
      expect(replaceFile(root, at('f'), old, fresh)).toBeUndefined()
    } finally {
      process.umask(before)
    }
    expect(content(at('f'))).toBe('new\n')
    expect(statSync(at('f')).mode & 0o7777).toBe(0o6775)
    expect(names()).toEqual(['f'])
  })

  it('in a folder reached through a link that stays inside', () => {
    mkdirSync(at('real'))
    writeFileSync(at('real/g'), old)
    symlinkSync('real', at('linked'))
    expect(replaceFile(root, at('linked/g'), old, fresh)).toBeUndefined()
    expect(content(at('real/g'))).toBe('new\n')
  })
})

describe('a file is left as it is', () => {
  const refused: readonly [string, string, () => Refusal | undefined][] = [
    ['when it changed since it was read', 'changed', () => replaceFile(root, at('f'), Buffer.from('olD\n'), fresh)],
    [
      'when it is a link, even to the same folder',
      'link',
      () => {
        symlinkSync('f', at('l'))
        return replaceFile(root, at('l'), old, fresh)
      },
    ],
    [
      'when it is a link that leaves the root',
      'link',
      () => {
        symlinkSync(victim(), at('l'))
        return replaceFile(root, at('l'), old, fresh)
      },
    ],
    ['when it is outside the root', 'outside', () => replaceFile(root, join(root, '../victim'), old, fresh)],
    [
      'when a folder on the way leaves the root',
      'outside',
      () => {
        symlinkSync(base, at('up'))
        return replaceFile(root, at('up/victim'), old, fresh)
      },
    ],
    [
      'when it is read-only, for root too',
      'read-only',
      () => {
        chmodSync(at('f'), 0o444)
        return replaceFile(root, at('f'), old, fresh)
      },
    ],
    [
      'when it has another name',
      'hard links',
      () => {
        linkSync(victim(), at('twin'))
        return replaceFile(root, at('twin'), old, fresh)
      },
    ],
    [
      'when it is a folder',
      'regular file',
      () => {
        mkdirSync(at('folder'))
        return replaceFile(root, at('folder'), old, fresh)
      },
    ],
    ['when it is gone', 'no longer', () => replaceFile(root, at('gone'), old, fresh)],
    ['when its folder is gone', 'folder does not exist', () => replaceFile(root, at('gone/f'), old, fresh)],
    ['when it must be made and is there', 'already', () => createFile(root, at('f'), fresh)],
    [
      'when it must be made where a link leads out',
      'already',
      () => {
        symlinkSync(join(base, 'planted'), at('l'))
        return createFile(root, at('l'), fresh)
      },
    ],
    [
      'when it must be put where a link leads out',
      'link',
      () => {
        symlinkSync(victim(), at('l'))
        return putFile(root, at('l'), fresh)
      },
    ],
    ['when it is to be removed and changed', 'changed', () => removeFile(root, at('f'), fresh)],
    [
      'when it is to be removed and is a link',
      'link',
      () => {
        symlinkSync('f', at('l'))
        return removeFile(root, at('l'), old)
      },
    ],
    [
      'when it is to be moved onto another',
      'already',
      () => {
        writeFileSync(at('g'), old)
        return moveFile(root, at('f'), at('g'), old)
      },
    ],
    ['when it is to be moved out', 'outside', () => moveFile(root, at('f'), join(base, 'g'), old)],
  ]

  it.each(refused)('%s', (_, why, act) => {
    const refusal = act()
    expect(refusal?.en).toContain(why)
    expect(refusal?.fr).not.toBe('')
    expect(content(at('f'))).toBe('old\n')
    expect(content(victim())).toBe('old\n')
    expect(existsSync(join(base, 'planted'))).toBe(false)
    expect(names().filter((name) => name.endsWith('.tmp'))).toEqual([])
  })
})

describe('made, put, removed, moved', () => {
  it('each inside the root', () => {
    expect(createFile(root, at('made'), fresh)).toBeUndefined()
    expect(lstatSync(at('made')).nlink).toBe(1)
    expect(putFile(root, at('put'), old)).toBeUndefined()
    expect(putFile(root, at('put'), fresh)).toBeUndefined()
    expect(moveFile(root, at('made'), at('moved'), fresh)).toBeUndefined()
    expect(removeFile(root, at('f'), old)).toBeUndefined()
    expect(names()).toEqual(['moved', 'put'])
    expect(content(at('moved')) + content(at('put'))).toBe('new\nnew\n')
  })

  it('a folder that may not be written is told, and holds nothing new', () => {
    chmodSync(root, 0o555)
    try {
      const refusal = replaceFile(root, at('f'), old, fresh)
      // Root writes everywhere.
      if (process.getuid?.() === 0) expect(refusal).toBeUndefined()
      else expect(refusal?.en).toContain('EACCES')
      expect(names()).toEqual(['f'])
    } finally {
      chmodSync(root, 0o755)
    }
  })
})
