import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { uvDisagreement } from '../../../../rules/deps/lock-stale/uv-lock.ts'
import { parseToml } from '../../../../src/syntax/toml/toml.ts'

/** What `uv lock --check` (0.13.9) said of locks it had made, after a change of the manifest. The locks hold only the project's own entry. */
const vectors = JSON.parse(readFileSync(join(import.meta.dirname, 'vectors/uv-locks.json'), 'utf8')) as [
  name: string,
  manifest: string,
  lock: string,
  stale: boolean,
][]

/** Stale to uv, and not judged here: no environment that exists tells the markers apart, or older releases of uv did not look. */
const notJudged = ['marker os name', 'marker in', 'default groups']

describe('uv.lock', () => {
  test.each(vectors)('%s', (name, manifest, lock, stale) => {
    const judged = uvDisagreement(lock, parseToml(manifest).root) !== undefined
    expect(judged).toBe(stale && !notJudged.includes(name.replace(/, undone$/, '')))
  })

  test('a lock of another form is not judged', () => {
    const manifest = parseToml('[project]\nname = "a"\ndependencies = ["six"]\n').root
    const own = '[[package]]\nname = "a"\nversion = "0"\nsource = { virtual = "." }\n'
    expect(uvDisagreement('', manifest)).toBeUndefined()
    expect(uvDisagreement('version = 1\n', manifest)).toBeUndefined()
    expect(uvDisagreement(`version = 1\n\n${own}dependencies = [{ name = "six" }]\n`, manifest)).toBeUndefined()
    expect(uvDisagreement(`version = 1\n\n${own}`, manifest)).toEqual({ start: 33, end: 34 })
    expect(uvDisagreement(`version = 1\n\n${own}`, undefined)).toBeUndefined()
  })
})
