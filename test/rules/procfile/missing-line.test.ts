import { describe, expect, it } from 'vitest'
import devServer from '../../../rules/procfile/dev-server/rule.ts'
import rule from '../../../rules/procfile/missing/rule.ts'
import { defaultConfig } from '../../../src/config/config.ts'
import { run } from '../../../src/engine/run.ts'
import { memoryTree } from '../../../src/files/memory.ts'
import { appIn } from '../../support/app.ts'

const manage = `import os
import sys

from django.core.management import execute_from_command_line

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings.production")
execute_from_command_line(sys.argv)
`
const project = {
  'src/manage.py': manage,
  'src/settings/__init__.py': '',
  'src/settings/production.py': 'SECRET_KEY = "x"\nINSTALLED_APPS = []\n',
  'requirements.txt': 'Django==5.2.17\n',
}
const asgi = 'from django.core.asgi import get_asgi_application\napplication = get_asgi_application()\n'
const channels = { 'src/app/consumers.py': 'from channels.generic.websocket import WebsocketConsumer\n' }

const helpOf = (files: Record<string, string>, asked = rule): string | undefined =>
  run(appIn(memoryTree({ ...project, ...files })), [asked], defaultConfig).findings[0]?.help?.en

describe('the line that procfile/missing proposes', () => {
  it('names the module that is there, not one beside the settings', () => {
    const files = { ...channels, 'src/app/asgi.py': asgi, 'src/app/wsgi.py': '' }
    expect(helpOf(files)).toContain(
      '`web: cd src && daphne -b 0.0.0.0 -p $PORT --proxy-headers app.asgi:application`, and add daphne to what the build installs',
    )
  })

  it('says that a module is not there yet', () => {
    expect(helpOf({ ...channels, 'src/app/wsgi.py': '' })).toContain(
      'app.asgi:application` (src/app/asgi.py is not there yet)',
    )
  })

  it('starts gunicorn where no socket is served', () => {
    expect(helpOf({ 'src/app/asgi.py': asgi, 'src/app/wsgi.py': 'application = None\n' })).toContain(
      '`web: cd src && gunicorn app.wsgi`, and add gunicorn to what the build installs',
    )
  })

  it('is not guessed where several modules could be meant', () => {
    const files = { ...channels, 'src/one/asgi.py': asgi, 'src/two/asgi.py': asgi }
    expect(helpOf(files)).toContain('(src/settings/asgi.py is not there yet)')
  })
})

describe('the line that procfile/dev-server proposes', () => {
  it('says what of it is not there', () => {
    const files = { Procfile: 'web: cd src && python manage.py runserver 0.0.0.0:$PORT\n' }
    expect(helpOf(files, devServer as typeof rule)).toContain(
      '`web: daphne -b 0.0.0.0 -p $PORT settings.asgi:application` (src/settings/asgi.py is not there yet)',
    )
  })
})
