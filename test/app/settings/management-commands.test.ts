import { describe, expect, it } from 'vitest'
import { commandProvider, commandState, unrunCommand } from '../../../src/app/settings/management-commands.ts'
import { appOf } from './support.ts'

describe('a command of an app that a configuration of the project installs', () => {
  const app = appOf({
    Procfile:
      'release: python manage.py collectstatic --noinput\nweb: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n',
    'manage.py': '',
    'mysite/settings.py': "INSTALLED_APPS = ['mysite.apps.Files']\n",
    'mysite/apps.py':
      'from django.contrib.staticfiles.apps import StaticFilesConfig\n\n\nclass Files(StaticFilesConfig):\n    pass\n',
  })
  const command = app.processes.release?.django[0]

  it('is there, and of that app', () => {
    expect(command && commandState(app, app.settings, command)).toEqual({ state: 'there' })
    expect(commandProvider(app, app.settings, 'collectstatic')).toBe('django.contrib.staticfiles')
  })
})

describe('a command that nothing runs', () => {
  const file = 'chat/management/commands/announce.py'
  const unrun = (files: Readonly<Record<string, string>>) =>
    unrunCommand(
      appOf({ [file]: 'class Command: pass\n', Procfile: 'web: python manage.py migrate\n', ...files }),
      file,
    )

  it('is told by its name', () => {
    expect(unrun({})).toBe('announce')
    expect(unrunCommand(appOf({ 'chat/views.py': '' }), 'chat/views.py')).toBeUndefined()
  })

  it.each<[string, Readonly<Record<string, string>>]>([
    ['a process', { Procfile: 'clock: python manage.py announce\n' }],
    ['code', { 'chat/tasks.py': "call_command('announce')\n" }],
    ['an import', { 'chat/tasks.py': 'from chat.management.commands.announce import Command\n' }],
  ])('is none where something does: %s', (_, files) => expect(unrun(files)).toBeUndefined())
})
