import { describe, expect, it } from 'vitest'
import { compiledPackages } from '../../../src/knowledge/packages/compiled.ts'
import { anyPython, compiledReleases } from '../../../src/knowledge/packages/wheels.ts'
import { compareVersionTexts } from '../../../src/syntax/requirements/version.ts'

const release = (name: string, version: string) => compiledReleases(name)?.get(version)

describe('wheels of packages with compiled code', () => {
  it('are known up to the newest Python that has one, and whether there is a source', () => {
    expect(release('torch', '2.2.0')).toMatchObject({ newest: 12, source: false })
    expect(release('numpy', '2.2.6')).toMatchObject({ newest: 13, source: true, requiresPython: '>=3.10' })
    expect(release('psycopg-binary', '3.1.8')).toMatchObject({ newest: 11, source: false })
  })

  it('of the stable interface serve every Python that follows', () => {
    expect(release('cryptography', '42.0.0')).toMatchObject({ newest: anyPython })
  })

  it('are not known of another package, nor of a release on trial', () => {
    expect(compiledReleases('django')).toBeUndefined()
    expect(compiledReleases('constructor')).toBeUndefined()
    expect(release('numpy', '2.0.0rc1')).toBeUndefined()
  })

  it('stand in the order of their releases, for each package of the list', () => {
    for (const name of compiledPackages) {
      const versions = [...(compiledReleases(name)?.keys() ?? [])]
      expect(versions.length, name).toBeGreaterThan(2)
      expect([...versions].sort(compareVersionTexts), name).toEqual(versions)
    }
  })
})
