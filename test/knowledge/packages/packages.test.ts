import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { broughtBy } from '../../../src/knowledge/packages/brings.ts'
import { defects } from '../../../src/knowledge/packages/defects.ts'
import { modulesOf, providersOf } from '../../../src/knowledge/packages/modules.ts'
import { obsolete } from '../../../src/knowledge/packages/obsolete.ts'
import { dateOf, knowledgeDate, knownPackages, packageHistory } from '../../../src/knowledge/packages/packages.ts'
import { isError, parseRequirement } from '../../../src/syntax/requirements/requirement.ts'
import { contains, parseSpecifiers } from '../../../src/syntax/requirements/specifier.ts'
import { compareVersionTexts, isPinVersion } from '../../../src/syntax/requirements/version.ts'
import { repository } from '../../support/trees.ts'

describe('releases', () => {
  test('are sound: versions in order, specifiers that parse, dates', () => {
    expect(knowledgeDate()).toMatch(/^\d{4}-\d\d-\d\d$/)
    for (const name of knownPackages()) {
      const releases = packageHistory(name)?.releases ?? []
      expect(releases.length, name).toBeGreaterThan(1)
      for (const [index, release] of releases.entries()) {
        const { version, requiresPython, requires } = release
        expect(isPinVersion(version), `${name} ${version}`).toBe(true)
        const before = releases[index - 1]
        if (before !== undefined) expect(compareVersionTexts(before.version, version)).toBeLessThanOrEqual(0)
        expect(parseSpecifiers(requiresPython), `${name} ${version}`).toBeDefined()
        expect(dateOf(release)).toMatch(/^(?:\d{4}-\d\d-\d\d)?$/)
        for (const text of requires ?? [])
          expect(isError(parseRequirement(text)), `${name} ${version}: ${text}`).toBe(false)
      }
    }
  })

  test('agree with the release notes', () => {
    const requires = (name: string, wanted: string) =>
      packageHistory(name)
        ?.releases.find(({ version }) => version === wanted)
        ?.requires?.join(' ')
    expect(requires('channels', '3.0.4')).toContain('daphne<4,>=3.0')
    expect(requires('channels', '4.1.0')).toContain('daphne>=4.0.0;extra')
    expect(requires('channels-redis', '4.3.0')).toContain('channels>=4.2.2')
    expect(packageHistory('redis')?.releases.find(({ version }) => version === '7.1.0')?.requiresPython).toBe('>=3.10')
  })

  test('weigh little in the bundle', () => {
    const file = readFileSync(join(repository, 'src/knowledge/packages/data.generated.ts'))
    expect(gzipSync(file).length).toBeLessThan(60_000)
  })
})

test('defects name known packages, and the good release is none of the affected', () => {
  for (const { package: name, affected, good } of defects) {
    const releases = packageHistory(name)?.releases ?? []
    const range = parseSpecifiers(affected) ?? []
    expect(
      releases.some(({ version }) => contains(range, version)),
      `${name} ${affected}`,
    ).toBe(true)
    expect(contains(range, good), `${name} ${good}`).toBe(false)
    expect(
      releases.some(({ version }) => version === good),
      `${name} ${good}`,
    ).toBe(true)
  }
})

test('obsolete packages have ranges that parse', () => {
  for (const { range } of obsolete) expect(parseSpecifiers(range)).toBeDefined()
})

test('modules and distributions answer each other', () => {
  expect(providersOf('yaml')).toEqual(['PyYAML'])
  expect(modulesOf('pyyaml')).toEqual(['yaml'])
  expect(providersOf('constructor')).toEqual([])
  expect(broughtBy('djangorestframework')).toEqual([])
  expect(broughtBy('nothing-known')).toBeUndefined()
  expect(broughtBy('apscheduler')).toBeUndefined()
  expect(broughtBy('apscheduler', (range) => range === '>=3.11,<4')).toEqual(['tzlocal'])
})
