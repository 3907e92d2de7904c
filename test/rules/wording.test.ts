import { describe, expect, it } from 'vitest'
import importOrder from '../../rules/asgi/import-order/rule.ts'
import fileConflict from '../../rules/deps/file-conflict/rule.ts'
import pinMismatch from '../../rules/deps/pin-mismatch/rule.ts'
import debug from '../../rules/settings/debug/rule.ts'
import { defaultConfig } from '../../src/config/config.ts'
import type { Rule } from '../../src/engine/rule.ts'
import { run } from '../../src/engine/run.ts'
import { memoryTree } from '../../src/files/memory.ts'
import { appIn } from '../support/app.ts'

const base = {
  Procfile: 'web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n',
  'requirements.txt': 'Django==5.2.17\nchannels==4.3.2\ndaphne==4.2.2\n',
  'manage.py': "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')\n",
  'mysite/__init__.py': '',
  'mysite/settings.py': "SECRET_KEY = 'a'\nINSTALLED_APPS = ['django.contrib.auth']\n",
}

function findings(rule: Rule, files: Record<string, string>) {
  const app = appIn(memoryTree({ ...base, ...files }))
  return run(app, [rule], defaultConfig).findings
}

const asgi = (...lines: string[]) => `${lines.join('\n')}\n`
const settled = "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')"
const routed = "application = ProtocolTypeRouter({'http': get_asgi_application()})"
const early = 'from django.contrib.auth.models import User'
const imports = [
  'import os',
  'from channels.routing import ProtocolTypeRouter',
  'from django.core.asgi import get_asgi_application',
]

describe('asgi/import-order quotes what the log shows', () => {
  it('the app registry, when the settings are named', () => {
    const [found] = findings(importOrder, { 'mysite/asgi.py': asgi(...imports, settled, early, routed) })
    expect(found?.message.en).toContain("AppRegistryNotReady: Apps aren't loaded yet.")
  })

  it('the settings, when nothing has named them', () => {
    const [found] = findings(importOrder, { 'mysite/asgi.py': asgi(...imports, early, settled, routed) })
    expect(found?.message.en).toContain('Requested setting INSTALLED_APPS, but settings are not configured.')
    expect(found?.message.fr).toContain('Requested setting INSTALLED_APPS, but settings are not configured.')
  })

  it('django.setup() by its whole name', () => {
    const files = asgi(...imports, settled, early, 'import django', 'django.setup()', routed)
    expect(findings(importOrder, { 'mysite/asgi.py': files })[0]?.message.en).toContain('before django.setup() has run')
  })
})

describe('settings/debug names the variable that decides already', () => {
  it.each([
    ['DEBUG = True', 'DEBUG'],
    ["DEBUG = os.environ.get('DJANGO_DEBUG', True)", 'DJANGO_DEBUG'],
  ])('%s', (line, variable) => {
    const [found] = findings(debug, { 'mysite/settings.py': `import os\n${line}\n` })
    expect(found?.help.en).toContain(`os.environ.get("${variable}") == "True"`)
  })
})

describe('deps/file-conflict with uv', () => {
  it('pins what the lock admits', () => {
    const lock = 'version = 1\nrequires-python = "==3.12.*"\n\n[[package]]\nname = "django"\nversion = "5.2.17"\n'
    const { 'requirements.txt': _, ...rest } = base
    const tree = memoryTree({ ...rest, 'uv.lock': lock, 'runtime.txt': 'python-3.7.9\n' })
    const app = appIn(tree)
    const [found] = run(app, [fileConflict], defaultConfig).findings
    expect(found?.message.en).toContain("The runtime.txt file isn't supported when using uv")
    expect(found?.help.en).toContain('uv python pin 3.12`')
  })
})

describe('deps/pin-mismatch', () => {
  it('says once that two managers disagree', () => {
    const lock = { _meta: {}, default: { django: { version: '==4.2.1' }, channels: { version: '==4.0.0' } } }
    const found = findings(pinMismatch, { 'Pipfile.lock': JSON.stringify(lock, undefined, 2) })
    expect(found.map(({ message }) => message.en)).toEqual([
      expect.stringContaining('and other packages differ too (1)'),
    ])
    expect(found[0]?.related).toHaveLength(2)
  })
})
