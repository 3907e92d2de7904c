import { expect, it } from 'vitest'
import { oneOffCommand } from '../../../src/app/asgi/beside-web.ts'
import { functionAt } from '../../../src/app/asgi/project-functions.ts'
import { codeOf } from '../../../src/app/asgi/python-code.ts'
import { project } from './support.ts'

const procfile = 'web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n'

it.each<[string, Record<string, string>, string | undefined]>([
  ['nothing else', {}, 'announce'],
  ['a process', { Procfile: `${procfile}clock: python manage.py announce\n` }, undefined],
  ['a call', { 'chat/views.py': calling(`call_command('announce')`) }, undefined],
  ['a call by keyword', { 'chat/views.py': calling(`call_command(command_name='announce')`) }, undefined],
  ['a call of any command', { 'chat/views.py': calling('call_command(request.GET["name"])') }, undefined],
  ['a call of another command', { 'chat/views.py': calling(`call_command('migrate')`) }, 'announce'],
  ['a comment', { 'chat/views.py': calling(`pass  # call_command('announce')`) }, 'announce'],
  [
    'a function of that name',
    { 'chat/views.py': `def call_command(name): ...\ncall_command('announce')\n` },
    'announce',
  ],
])('a command that %s runs beside a scheduler: %o', (_, files, expected) => {
  const app = project({
    'chat/tell.py': 'def tell():\n    pass\n',
    'chat/management/__init__.py': '',
    'chat/management/commands/__init__.py': '',
    'chat/management/commands/announce.py': `from django.core.management.base import BaseCommand
from chat.tell import tell
class Command(BaseCommand):
    def handle(self, **options):
        tell()
`,
    ...files,
  })
  const tell = functionAt(codeOf(app), 'chat.tell.tell')
  expect(tell && oneOffCommand(app, [tell])).toBe(expected)
})

function calling(statement: string): string {
  return `from django.core.management import call_command\n\ndef run(request):\n    ${statement}\n`
}
