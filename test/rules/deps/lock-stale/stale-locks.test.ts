import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { pipfileHashes, poetryHashes, staleLocks } from '../../../../rules/deps/lock-stale/stale-locks.ts'
import { parseToml } from '../../../../src/syntax/toml/toml.ts'
import { appOf } from '../../../app/dependencies/support.ts'

/** Hashes that Pipenv 2026.10 and Poetry 2.5 compute for manifests written for this test. */
const vectors = JSON.parse(readFileSync(join(import.meta.dirname, 'vectors/lock-hashes.json'), 'utf8')) as {
  pipfile: [text: string, hash: string][]
  pyproject: [text: string, hash: string, withoutGroups: string][]
}

describe('hashes are those of the tools', () => {
  test('Pipfile', () => {
    for (const [text, hash] of vectors.pipfile) expect(pipfileHashes(parseToml(text).root)).toContain(hash)
  })

  test('pyproject.toml', () => {
    for (const [text, hash, old] of vectors.pyproject) expect(poetryHashes(parseToml(text).root)).toEqual([hash, old])
  })
})

describe('a lock', () => {
  const [pipfile = '', hash] = vectors.pipfile[0] ?? []
  const lock = (sha256: string | undefined) => JSON.stringify({ _meta: { hash: { sha256 } }, default: {} })

  test('of this Pipfile is fresh, of another stale', () => {
    expect(staleLocks(appOf({ Pipfile: pipfile, 'Pipfile.lock': lock(hash) }))).toEqual([])
    const changed = pipfile.replace('4.3.2', '4.3.1')
    expect(staleLocks(appOf({ Pipfile: changed, 'Pipfile.lock': lock(hash) })).map(({ tool }) => tool)).toEqual([
      'Pipenv',
    ])
  })

  test('is not judged when its manifest cannot be', () => {
    expect(staleLocks(appOf({ 'Pipfile.lock': lock(hash) }))).toEqual([])
    expect(staleLocks(appOf({ Pipfile: '[packages]\n', 'Pipfile.lock': lock(hash) }))).toEqual([])
    expect(staleLocks(appOf({ Pipfile: '[[source]]\nsince = 2026-01-01\n', 'Pipfile.lock': lock(hash) }))).toEqual([])
  })
})
