import { describe, expect, it } from 'vitest'
import { check } from '../../../src/check.ts'
import { defaultConfig } from '../../../src/config/config.ts'
import { memoryTree } from '../../../src/files/memory.ts'
import { today } from '../../support/app.ts'
import { filesBelow } from '../../support/trees.ts'

const base = filesBelow('test/pages/bases/channels')
const configured = `from configurations import Configuration

class Production(Configuration):
    DEBUG = False
    INSTALLED_APPS = ['daphne', 'channels', 'chat']
`

/** What is said of a sound project whose settings something else fills. */
function checked(files: Readonly<Record<string, string>>, requirement: string) {
  const requirements = `${base['requirements.txt']}\n${requirement}\n`
  const tree = memoryTree({ ...base, 'requirements.txt': requirements, ...files })
  const { report } = check({ today, tree, config: defaultConfig })
  return {
    findings: report.findings.map(({ rule }) => rule),
    unsure: report.chain.filter(({ state }) => state === 'undetermined').map(({ hop }) => hop),
    why: report.chain.flatMap(({ unknowns }) => unknowns.map(({ why }) => why.en)),
  }
}

describe('settings that something else fills', () => {
  it.each([
    [
      'Dynaconf',
      { 'mysite/settings.py': "INSTALLED_APPS = ['chat']\nimport dynaconf\nx = dynaconf.DjangoDynaconf(__name__)\n" },
      'dynaconf==3.2.6',
      'settings read by Dynaconf are not evaluated',
    ],
    [
      'a package that is handed the name of the module',
      { 'mysite/settings.py': "import vendored\nINSTALLED_APPS = ['chat']\nvendored.load(__name__)\n" },
      'vendored==1.0',
      '`vendored.load` may put anything into the module',
    ],
    [
      'a package that is handed the names of the module',
      { 'mysite/settings.py': "import vendored\nINSTALLED_APPS = ['chat']\nvendored.load(into=globals())\n" },
      'vendored==1.0',
      '`vendored.load` may put anything into the module',
    ],
    [
      'an object in its place',
      {
        'mysite/settings.py': 'import sys\nfrom mysite import conf\nsys.modules[__name__] = conf.Settings()\n',
        'mysite/conf.py': 'class Settings:\n    DEBUG = False\n',
      },
      '',
      'another object takes the place of the module in sys.modules',
    ],
    [
      'a class that nobody names',
      { 'mysite/settings.py': configured },
      'django-configurations==2.5.1',
      'which class DJANGO_CONFIGURATION names is not known',
    ],
  ])('are unknown, not absent: %s', (_, files, requirement, reason) => {
    const { findings, unsure, why } = checked(files, requirement)
    expect(findings).toEqual([])
    expect(unsure).toEqual(expect.arrayContaining(['http', 'handshake', 'message', 'safety']))
    expect(why).toContain(reason)
  })

  it('are absent where the name is only a name', () => {
    const settings = "import structlog\nINSTALLED_APPS = ['channels', 'chat']\nlog = structlog.get_logger(__name__)\n"
    expect(checked({ 'mysite/settings.py': settings }, 'structlog==25.4.0').findings).toContain(
      'settings/channel-layer-missing',
    )
  })
})
