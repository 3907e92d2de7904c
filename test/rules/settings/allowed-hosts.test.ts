import { describe, expect, it } from 'vitest'
import rule from '../../../rules/settings/allowed-hosts/rule.ts'
import { defaultConfig } from '../../../src/config/config.ts'
import { run } from '../../../src/engine/run.ts'
import { memoryTree } from '../../../src/files/memory.ts'
import { appIn } from '../../support/app.ts'

function checked(hosts: string) {
  const files = {
    'manage.py': "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'site1.settings')\n",
    'site1/__init__.py': '',
    'site1/settings.py': `SECRET_KEY = 'x'\nALLOWED_HOSTS = ${hosts}\nMIDDLEWARE = ['django.middleware.common.CommonMiddleware']\n`,
    'site1/asgi.py':
      "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'site1.settings')\nfrom django.core.asgi import get_asgi_application\napplication = get_asgi_application()\n",
    'requirements.txt': 'Django==5.2.17\ndaphne==4.2.3\n',
    Procfile: 'web: daphne -b 0.0.0.0 -p $PORT site1.asgi:application\n',
  }
  return run(appIn(memoryTree(files)), [rule], defaultConfig)
}

/** What the corrections of a list of hosts write. */
const written = (hosts: string): string[] =>
  checked(hosts).findings.flatMap(({ fixes }) => fixes.flatMap(({ edits }) => edits.map(({ text }) => text)))

describe('several names in one entry', () => {
  it('become entries of their own', () => {
    expect(written("['a.example.com b.example.com']")).toEqual(["'a.example.com', 'b.example.com'"])
  })

  it('without what is no name of a host', () => {
    expect(written("['me@example.org a.example.com']")).toEqual(["'a.example.com'"])
    expect(written("['me@example.org, you@example.org']")).toEqual([])
  })
})

describe('names of other platforms alone', () => {
  it('leave open whether the dyno answers, and are no finding', () => {
    const { findings, unknowns } = checked("['localhost', 'chat-production-d97e.up.railway.app']")
    expect(findings).toEqual([])
    expect(unknowns.get('http')?.map(({ why }) => why.en)).toEqual([expect.stringContaining('other platforms')])
  })

  it('say nothing beside a name of the project’s own', () => {
    const { unknowns } = checked("['chat.onrender.com', 'chat.example.com']")
    expect(unknowns.get('http') ?? []).toEqual([])
  })
})
