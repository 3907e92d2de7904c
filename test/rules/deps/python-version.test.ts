import { describe, expect, it } from 'vitest'
import rule from '../../../rules/deps/python-version/rule.ts'
import { pythonSupport } from '../../../src/app/dependencies/python-version.ts'
import { defaultConfig } from '../../../src/config/config.ts'
import { run } from '../../../src/engine/run.ts'
import { memoryTree } from '../../../src/files/memory.ts'
import { appIn } from '../../support/app.ts'

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

describe('an old Django on the default Python', () => {
  it.each([
    ['1.11.29', 'django.utils.six.moves'],
    ['2.0.13', 'distutils'],
    ['2.2.3', 'distutils'],
    ['3.1.14', 'distutils'],
    ['3.2.25', 'cgi'],
    ['4.1.13', 'cgi'],
  ])('%s ends at the import of %s', (release, module) => {
    const app = appIn(
      memoryTree({
        'manage.py': '',
        'requirements.txt': `Django==${release}\n`,
        Procfile: 'web: daphne mysite.asgi\n',
      }),
    )
    const [found] = run(app, [rule], defaultConfig).findings
    expect(found?.message.en).toContain(`No module named '${module}'`)
    expect(found?.message.fr).toContain(`No module named '${module}'`)
  })
})
