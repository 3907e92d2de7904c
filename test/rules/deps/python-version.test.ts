import { describe, expect, it } from 'vitest'
import rule from '../../../rules/deps/python-version/rule.ts'
import { pythonSupport } from '../../../src/app/dependencies/python-version.ts'

describe('the help of deps/python-version', () => {
  it('names the versions that its fixes may ask for, and the day on which one goes', () => {
    const { oldest, newest, removals } = pythonSupport
    const minors = Array.from({ length: newest - oldest + 1 }, (_, index) => oldest + index)
    const lasting = minors.filter((minor) => removals[minor] === undefined)
    const { en, fr } = rule.messages['end-of-life']?.help ?? { en: '', fr: '' }
    expect(en).toContain(`(3.${lasting[0]} to 3.${newest}`)
    expect(fr).toContain(`(3.${lasting[0]} à 3.${newest}`)
    for (const minor of minors) {
      const day = removals[minor]
      if (day === undefined) continue
      const told = (language: string) => new Intl.DateTimeFormat(language, { dateStyle: 'long' }).format(new Date(day))
      expect(en).toContain(`3.${minor} until ${told('en-GB')}`)
      expect(fr).toContain(`3.${minor} jusqu’au ${told('fr')}`)
    }
  })
})
