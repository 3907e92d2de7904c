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

  it('give functions that bear the name under which they are found', () => {
    const named = (value: unknown) =>
      typeof value === 'object' && value !== null && 'name' in value ? value.name : undefined
    const strangers = libraryNames.flatMap((module) =>
      Object.entries(libraries.get(module)?.names ?? {}).flatMap(([key, value]) => {
        if (typeof value === 'function' || value.type !== 'native' || typeof value.native !== 'function') return []
        const dot = value.name.lastIndexOf('.')
        const home = libraries.get(dot < 0 ? 'builtins' : value.name.slice(0, dot))
        const isFound = named(home?.names[value.name.slice(dot + 1)]) === value.name
        return isFound ? [] : [`${module}.${key} is called ${value.name}`]
      }),
    )
    expect(strangers).toEqual([])
  })

  it('are not found under a name that every object has', () => {
    expect(libraries.has('constructor')).toBe(false)
    expect(libraries.get('toString')).toBeUndefined()
  })
})
