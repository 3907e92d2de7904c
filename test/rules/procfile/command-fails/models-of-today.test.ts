import { describe, expect, it } from 'vitest'
import { modelsOfToday } from '../../../../rules/procfile/command-fails/models-of-today.ts'
import { appOf } from '../../../app/settings/support.ts'

const settings = "SECRET_KEY = 'abc'\nINSTALLED_APPS = ['django.contrib.contenttypes', 'chat']\n"
const models = `from django.db import models
class Room(models.Model):
    name = models.CharField(max_length=80)
    topic = models.CharField(max_length=200, blank=True)
class Note(models.Model):
    text = models.TextField()
`
const migration = (before: string, operations: string, head = '') => `from django.db import migrations, models
${head}
class Migration(migrations.Migration):
    dependencies = [${before === '' ? '' : `('chat', '${before}')`}]
    operations = [${operations}]
`
const initial = migration(
  '',
  `migrations.CreateModel(name='Room', fields=[('id', models.BigAutoField(primary_key=True)), ('name', models.CharField(max_length=80))]),
        migrations.CreateModel(name='Note', fields=[('id', models.BigAutoField(primary_key=True)), ('text', models.TextField())])`,
)
const topic = "migrations.AddField('room', 'topic', models.CharField(max_length=200, blank=True))"

/** What is found where 0002 runs this code, with these files in place of the usual ones. */
function found(code: string, more: Readonly<Record<string, string>> = {}): string[] {
  const app = appOf({
    Procfile: 'release: python manage.py migrate --noinput\nweb: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n',
    'manage.py':
      "import os, sys\nif __name__ == '__main__':\n    os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')\n    from django.core.management import execute_from_command_line\n    execute_from_command_line(sys.argv)\n",
    'mysite/settings.py': settings,
    'chat/__init__.py': '',
    'chat/models.py': models,
    'chat/services.py':
      'from .models import Room\ndef room_called(name):\n    room, made = Room.objects.get_or_create(name=name)\n    return room\n',
    'chat/migrations/__init__.py': '',
    'chat/migrations/0001_initial.py': initial,
    'chat/migrations/0002_lobby.py': migration('0001_initial', 'migrations.RunPython(forwards)', `${code}\n`),
    'chat/migrations/0003_topic.py': migration('0002_lobby', topic),
    ...more,
  })
  return modelsOfToday(app).map((one) => `${one.migration} ${one.model}.${one.field} of ${one.later}`)
}

const run = (head: string, ...lines: readonly string[]) =>
  `${head}\ndef forwards(apps, schema_editor):\n${lines.map((line) => `    ${line}\n`).join('')}`
const imported = 'from chat.models import Note, Room'

describe('data migrations that ask by the models of today', () => {
  it.each([
    ['creates a row', run(imported, "Room.objects.create(name='Lobby')")],
    ['goes through all', run(imported, 'for room in Room.objects.all():', '    print(room.name)')],
    ['a list of them', run(imported, 'rooms = list(Room.objects.filter(name="x"))')],
    ['imports inside', run('', 'from chat import models as now', "now.Room.objects.bulk_create([now.Room(name='a')])")],
    ['through a service', run('from chat.services import room_called', "room_called('Lobby')")],
    ['through a service in a loop', run('from chat import services', 'for n in "ab":', '    services.room_called(n)')],
  ])('%s', (_, code) => {
    expect(found(code)).toEqual(['0002_lobby Room.topic of 0003_topic'])
  })

  it('a column that is renamed later', () => {
    const renamed = "migrations.RenameField('room', 'name', 'title')"
    const more = {
      'chat/models.py': models.replace('    name', '    title').replace(/ {4}topic.*\n/, ''),
      'chat/migrations/0003_topic.py': migration('0002_lobby', renamed),
    }
    const code = run(imported, "Room.objects.create(title='x')")
    expect(found(code, more)).toEqual(['0002_lobby Room.title of 0003_topic'])
  })

  it.each<[string, string, Record<string, string>?]>([
    ['the model as it was', run('', "apps.get_model('chat', 'Room').objects.create(name='Lobby')")],
    ['its name taken for the old one', run(imported, "Room = apps.get_model('chat', 'Room')", 'Room.objects.get()')],
    ['no rows are read', run(imported, 'Room.objects.count()', "Room.objects.filter(name='a').update(name='b')")],
    ['columns that are there', run(imported, "for n in Room.objects.values_list('name', flat=True):", '    print(n)')],
    ['only some', run(imported, "for n in Room.objects.only('name'):", '    print(n)')],
    ['another model', run(imported, "Note.objects.create(text='a')")],
    ['a query that nothing goes through', run(imported, 'rooms = Room.objects.all()')],
    ['it is caught', run(imported, 'try:', '    Room.objects.get()', 'except Exception:', '    pass')],
    ['it may not come to it', run(imported, 'if schema_editor.connection.alias == "other":', '    Room.objects.get()')],
    ['a function of another name', run(imported, 'pass', '', 'def other():', '    Room.objects.get()')],
    [
      'the column comes first',
      run(imported, 'Room.objects.get()'),
      {
        'chat/migrations/0002_lobby.py': migration(
          '0001_initial',
          `${topic}, migrations.RunPython(forwards)`,
          run(imported, 'Room.objects.get()'),
        ),
        'chat/migrations/0003_topic.py': migration(
          '0002_lobby',
          "migrations.AddField('note', 'x', models.TextField())",
        ),
      },
    ],
    [
      'nothing adds the column',
      run(imported, 'Room.objects.get()'),
      { 'chat/migrations/0003_topic.py': migration('0002_lobby', '') },
    ],
    [
      'the column is gone today',
      run(imported, 'Room.objects.get()'),
      { 'chat/models.py': models.replace(/ {4}topic.*\n/, '') },
    ],
    [
      'a table of its own, no column',
      run(imported, 'Room.objects.get()'),
      {
        'chat/models.py': models.replace(/ {4}topic.*\n/, "    notes = models.ManyToManyField('Note')\n"),
        'chat/migrations/0003_topic.py': migration(
          '0002_lobby',
          "migrations.AddField('room', 'notes', models.ManyToManyField(to='chat.note'))",
        ),
      },
    ],
    [
      'a squashed one takes their place',
      run(imported, 'Room.objects.get()'),
      {
        'chat/migrations/0004_squashed.py': `${migration('', '')}    replaces = [('chat', '0001_initial')]\n`,
      },
    ],
    [
      'some are applied alone',
      run(imported, 'Room.objects.get()'),
      { Procfile: 'release: python manage.py migrate chat 0001\n' },
    ],
    ['nobody migrates', run(imported, 'Room.objects.get()'), { Procfile: 'web: daphne mysite.asgi:application\n' }],
  ])('not where %s', (_, code, more) => {
    expect(found(code, more)).toEqual([])
  })
})
