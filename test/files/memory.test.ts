import { describe, expect, it } from 'vitest'
import { memoryTree } from '../../src/files/memory.ts'
import { join, normalise } from '../../src/files/tree.ts'

describe('memoryTree', () => {
  const tree = memoryTree({ Procfile: 'web: x\n', 'a/b/c.py': 'X = 1\n', 'a/d.py': '' })

  it('lists folders in name order', () => {
    expect(tree.list('')).toEqual([
      { name: 'Procfile', kind: 'file' },
      { name: 'a', kind: 'directory' },
    ])
    expect(tree.list('a').map(({ name }) => name)).toEqual(['b', 'd.py'])
    expect(tree.list('nowhere')).toEqual([])
  })

  it('tells why something cannot be read', () => {
    expect(tree.read('a')).toBe('directory')
    expect(tree.read('b')).toBe('absent')
    expect(tree.read('../x')).toBe('outside')
    expect(memoryTree({ 'x.png': new Uint8Array([1, 0, 2]) }).read('x.png')).toBe('binary')
  })

  it('is case-sensitive', () => {
    expect(tree.kind('procfile')).toBeUndefined()
    expect(tree.kind('Procfile')).toBe('file')
  })
})

describe('paths', () => {
  it('are normalised and never leave the root', () => {
    expect(normalise('a/b/../c//./d')).toBe('a/c/d')
    expect(normalise('a/../..')).toBeUndefined()
    expect(join('backend', '../requirements.txt')).toBe('requirements.txt')
    expect(join('', '..')).toBeUndefined()
  })
})
