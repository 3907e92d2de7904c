import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { IgnoreCase } from './generate.ts'
import type { Decision } from './git.ts'
import { answer, tracked } from './ours.ts'
import type { IndexVector } from './repositories.ts'

function stored<T>(file: string): T {
  return JSON.parse(readFileSync(join(import.meta.dirname, 'vectors', file), 'utf8')) as T
}

describe('ignore files', () => {
  it('decide as git check-ignore did', () => {
    for (const [example, theirs] of stored<[IgnoreCase, (Decision | null)[]][]>('check-ignore.json')) {
      expect({ ...example, decisions: answer(example).map((one) => one ?? null) }).toEqual({
        ...example,
        decisions: theirs,
      })
    }
  })
})

describe('index files', () => {
  const vectors = stored<IndexVector[]>('ls-files.json')

  it('of all versions, split and sparse ones too, list what git ls-files listed', () => {
    for (const vector of vectors) {
      const { names, links, gitlinks, sparse } = vector
      expect(tracked(vector)).toEqual({ names, links, gitlinks, sparse })
    }
  })

  it('are not believed when they are cut or their shared file is missing', () => {
    for (const vector of vectors) {
      const bytes = Buffer.from(vector.index, 'base64')
      for (const length of [0, 11, 40, bytes.length - 1]) {
        expect(tracked({ ...vector, index: bytes.subarray(0, length).toString('base64') })).toBeUndefined()
      }
      if (Object.keys(vector.shared).length > 0) expect(tracked({ ...vector, shared: {} })).toBeUndefined()
    }
  })

  it('never make the reader throw', () => {
    for (const vector of vectors) {
      const bytes = Buffer.from(vector.index, 'base64')
      for (let at = 0; at < bytes.length; at += 7) {
        const damaged = Buffer.from(bytes)
        damaged[at] = (damaged[at] as number) ^ 0xff
        expect(() => tracked({ ...vector, index: damaged.toString('base64') })).not.toThrow()
      }
    }
  })
})
