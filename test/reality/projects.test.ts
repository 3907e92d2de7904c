import { describe, expect, it } from 'vitest'
import { hops } from './case.ts'
import { listedFor, listedProjects } from './projects/list.ts'
import { masked, readProjectVectors } from './projects/vectors.ts'

const listed = listedProjects()
const vectors = Object.entries(readProjectVectors())

describe('the public projects', () => {
  it('are found by the name of their folder', () => {
    const [first] = listed
    expect(listedFor(`/anywhere/${first?.repository.replace('/', '__').toLowerCase()}`, listed)).toBe(first)
    expect(listedFor('/anywhere/nobody__nothing', listed)).toBeUndefined()
  })

  it('tell the place of a mistake in their list', () => {
    expect(() => listedProjects('a/b: {commit: abc, breaks: none, why: x}')).toThrow(/a\/b\.commit: a commit/u)
  })

  it('have results of the commit that is listed, in which no secret stands', () => {
    expect(vectors.length).toBeGreaterThanOrEqual(8)
    for (const [repository, vector] of vectors) {
      const entry = listed.find((one) => one.repository === repository)
      expect(entry?.commit, repository).toBe(vector.commit)
      expect([...hops, 'none'], repository).toContain(vector.breaks)
      expect(vector.breaks, repository).toBe(entry?.breaks)
      expect(vector.evidence === '', repository).toBe(vector.breaks === 'none')
      expect(masked(vector.evidence), repository).toBe(vector.evidence)
      expect(vector.hash).toMatch(/^[0-9a-f]{16}$/u)
      expect(vector.date).toMatch(/^\d{4}-\d\d-\d\d$/u)
      expect(vector.versions.python ?? '').toMatch(/^$|^3\.\d+\.\d+$/u)
      const values = Object.values(entry?.env ?? {}).filter(
        (value) => value !== false && /^[0-9a-f]{16,}$/u.test(value),
      )
      for (const value of values) expect(JSON.stringify(vector)).not.toContain(value)
    }
  })

  it('have their evidence masked', () => {
    expect(masked('redis://user:pw@host:6379 refused')).toBe('redis://…@host:6379 refused')
    expect(masked('key 8f2a1c9e7b3d5a60418c9e7b3d5a6041 is wrong')).toBe('key … is wrong')
    expect(masked("ModuleNotFoundError: No module named 'django_some_long_module_name'")).toContain('long_module_name')
  })
})
