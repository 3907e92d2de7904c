import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { decodePython } from '../../../src/syntax/python/encoding.ts'
import { parsePython } from '../../../src/syntax/python/parse.ts'
import { dumpModule } from './dump.ts'

const VECTORS = new URL('vectors/', import.meta.url)
const SETTINGS = new URL('../../syntax/python/settings/', import.meta.url)

describe('the tree of CPython 3.13, as stored by vectors.ts', () => {
  const stored = readdirSync(VECTORS).filter((name) => name.endsWith('.ast'))

  it.each(stored)('%s', (name) => {
    const file = name.replace(/ast$/, 'py')
    const folder = existsSync(new URL(file, VECTORS)) ? VECTORS : SETTINGS
    const source = decodePython(readFileSync(new URL(file, folder)))
    const module = parsePython(source.text)
    expect([...source.problems, ...module.problems]).toEqual([])
    expect(dumpModule(module, source.text) + '\n').toBe(readFileSync(new URL(name, VECTORS), 'utf8'))
  })
})
