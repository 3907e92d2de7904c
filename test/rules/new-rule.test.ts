import { describe, expect, it } from 'vitest'
import { rules } from '../../rules/index.generated.ts'
import rule from '../../scripts/new-rule/rule.ts'
import { scaffoldOf } from '../../scripts/scaffold.ts'
import { readCase } from '../reality/case.ts'
import { filesOf, outcomeOf } from '../support/example.ts'
import { readPage } from '../support/page.ts'

const files = scaffoldOf('settings/my-own')

describe('what `npm run new-rule` writes', () => {
  it('bears the name of the rule and finds the sources from its folder', () => {
    expect(Object.values(files).join('\n')).not.toContain('new-rule')
    expect(Object.values(files).every((text) => text.includes('settings/my-own'))).toBe(true)
    expect(files['rules/settings/my-own/rule.ts']).toContain("from '../../../src/engine/rule.ts'")
  })

  it.each(['rule.md', 'rule.fr.md'])('fires in the example of %s and is silent beside it', async (name) => {
    const page = readPage(files[`rules/settings/my-own/${name}`] as string)
    const outcomes = await Promise.all(
      page.cases.map((one) => outcomeOf(rule, filesOf(page, one), one, [...rules, rule])),
    )
    expect(outcomes.map(({ findings }) => findings.length)).toEqual([0, 1])
    expect(outcomes.flatMap(({ failures }) => failures)).toEqual([])
  })

  it('has two cases that fire and two near misses', () => {
    const cases = Object.entries(files)
      .filter(([path]) => path.endsWith('.yaml'))
      .map(([path, text]) => readCase(path, text).expect)
    expect(cases.map(({ rules: fires, silent }) => [fires.length, silent.length]).sort()).toEqual([
      [0, 1],
      [0, 1],
      [1, 0],
      [1, 0],
    ])
  })
})
