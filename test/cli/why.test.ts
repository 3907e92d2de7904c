import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dynolint } from '../support/cli.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dynolint-why-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

function put(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
}

const why = (...argv: string[]) => dynolint(['why', ...argv], { cwd: folder })

const project = {
  Procfile: 'web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n',
  'requirements.txt': 'Django==5.2.17\ndaphne==4.2.2\n',
  'manage.py': "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.production')\n",
  'mysite/__init__.py': '',
  'mysite/asgi.py':
    "import os\nfrom django.core.asgi import get_asgi_application\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.production')\napplication = get_asgi_application()\n",
  'mysite/base.py': "import os\n\nDEBUG = False\nALLOWED_HOSTS = ['a.example']\nSECRET_KEY = 'k3y-of-no-length-1234'\n",
  'mysite/production.py': `from .base import *

if os.environ.get('STAGE') == 'dev':
    DEBUG = True
    ALLOWED_HOSTS.append('*')
elif os.environ.get('EXTRA'):
    ALLOWED_HOSTS += os.environ['EXTRA'].split(',')
`,
}

describe('why', () => {
  it('tells every statement that made a value, under which conditions, and what it is in the end', async () => {
    put(project)
    expect((await why('ALLOWED_HOSTS')).out).toBe(`ALLOWED_HOSTS
every process (mysite.production)
  mysite/base.py:4  ALLOWED_HOSTS = ['a.example']
      = ['a.example']
  mysite/production.py:1  from .base import *
  mysite/production.py:5  ALLOWED_HOSTS.append('*')
      = ['a.example', '*'] when STAGE is "dev"
  mysite/production.py:7  ALLOWED_HOSTS += os.environ['EXTRA'].split(',')
      = ['a.example', …] when EXTRA is set
  in the end:
      = ['a.example'] when STAGE is not "dev" and EXTRA is unset
        mysite/production.py:1
      = ['a.example', …] when STAGE is not "dev" and EXTRA is set
        mysite/production.py:7
      = ['a.example', '*'] when STAGE is "dev" mysite/production.py:1
`)
  })

  it('takes a place: the names that its statement binds or changes', async () => {
    put(project)
    const { out } = await why('mysite/production.py:5')
    expect(out).toMatch(/^ALLOWED_HOSTS\n/)
    expect((await why('mysite/production.py:4', '--lang', 'fr')).out).toContain('= True quand STAGE vaut "dev"')
  })

  it('tells the processes apart that read other settings', async () => {
    put({
      ...project,
      'manage.py': "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.base')\n",
      Procfile: `release: python manage.py migrate\n${project.Procfile}`,
    })
    const { out } = await why('DEBUG')
    expect(out.split('\n').filter((line) => !line.startsWith(' '))).toEqual([
      'DEBUG',
      'the build, the release (mysite.base)',
      'the web process (mysite.production)',
      '',
    ])
  })

  it('shows where a config var is read', async () => {
    put(project)
    expect((await why('EXTRA')).out).toBe(`EXTRA  a config var, read here:
  mysite/production.py:6  elif os.environ.get('EXTRA'):
  mysite/production.py:7  ALLOWED_HOSTS += os.environ['EXTRA'].split(',')
`)
  })

  it('shows no secret, as text or as a document', async () => {
    put(project)
    const text = await why('SECRET_KEY')
    expect(text.out).toContain("SECRET_KEY = '…'")
    const document = await why('SECRET_KEY', '--format', 'json')
    expect(JSON.parse(document.out)).toMatchObject({ version: 1, names: [{ root: '.', name: 'SECRET_KEY' }] })
    for (const { out } of [text, document]) expect(out).not.toContain('k3y-of')
  })

  it('says that nothing binds a name, and which was meant', async () => {
    put(project)
    expect(await why('DEBG')).toMatchObject({
      code: 2,
      err: 'dynolint: no settings module sets DEBG or reads it from the environment; did you mean DEBUG?\n',
    })
    expect(await why('mysite/asgi.py:2')).toMatchObject({ code: 2 })
    expect(await why()).toMatchObject({ code: 2, err: 'dynolint: why needs the name of a setting, or FILE:LINE\n' })
  })
})
