import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { libraries, libraryNames } from '../../../src/evaluate/python/libraries/index.ts'
import { repository } from '../../support/trees.ts'

describe('library models', () => {
  it('stand under the name of the module they describe', () => {
    expect(libraryNames.map((name) => libraries.get(name)?.module)).toEqual(libraryNames)
  })

  it('are all found by their name', () => {
    const folder = join(repository, 'src/evaluate/python/libraries')
    const made = readdirSync(folder)
      .filter((name) => name.endsWith('.ts'))
      .flatMap((name) => [...readFileSync(join(folder, name), 'utf8').matchAll(/\blibrary\(\s*'([^']+)'/g)])
      .map(([, module]) => module as string)
    expect(made.length).toBeGreaterThan(50)
    for (const module of made) expect(libraries.has(module), module).toBe(true)
  })

  it('are not found under a name that every object has', () => {
    expect(libraries.has('constructor')).toBe(false)
    expect(libraries.get('toString')).toBeUndefined()
  })
})
