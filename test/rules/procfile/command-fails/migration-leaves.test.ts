import { expect, it } from 'vitest'
import { conflictingMigrations } from '../../../../rules/procfile/command-fails/migration-leaves.ts'
import { appOf } from '../../../support/app.ts'

const manage =
  "import os, sys\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')\nfrom django.core.management import execute_from_command_line\nexecute_from_command_line(sys.argv)\n"
const migration = (dependencies: string, more = '') =>
  `from django.db import migrations\n\n\nclass Migration(migrations.Migration):\n    dependencies = ${dependencies}\n    operations = []\n${more}`

const first = "[('chat', '0001_initial')]"

/** The leaves that `migrate` complains of, with these migrations of chat beside the first one. */
function conflicts(migrations: Record<string, string>, command = 'python manage.py migrate'): string[] {
  const files = Object.fromEntries(
    Object.entries({ '0001_initial': migration('[]'), ...migrations }).map(([name, text]) => [
      `chat/migrations/${name}.py`,
      text,
    ]),
  )
  const app = appOf({
    'manage.py': manage,
    'requirements.txt': 'Django==5.2.8\n',
    'mysite/__init__.py': '',
    'mysite/settings.py': "INSTALLED_APPS = ['chat']\n",
    'chat/__init__.py': '',
    'chat/migrations/__init__.py': '',
    Procfile: `release: ${command}\n`,
    ...files,
  })
  return conflictingMigrations(app).map(({ leaves, app: label }) => `${leaves.join(', ')} in ${label}`)
}

it.each<[string, Record<string, string>, string[]]>([
  ['two', { '0002_a': migration(first), '0002_b': migration(first) }, ['0002_a, 0002_b in chat']],
  ['two first ones', { '0001_other': migration('[]') }, ['0001_initial, 0001_other in chat']],
  [
    'one that another app’s follows',
    { '0002_a': migration(first), '0002_b': migration("[('chat', '0001_initial'), ('auth', '0001_x')]") },
    ['0002_a, 0002_b in chat'],
  ],
  [
    'two of an app whose label its AppConfig gives',
    { '0002_a': migration("[('rooms', '0001_initial')]"), '0002_b': migration("[('rooms', '0001_initial')]") },
    ['0002_a, 0002_b in rooms'],
  ],
  ['one', { '0002_a': migration(first) }, []],
  [
    'two that are merged',
    {
      '0002_a': migration(first),
      '0002_b': migration(first),
      '0003': migration("[('chat', '0002_a'), ('chat', '0002_b')]"),
    },
    [],
  ],
  [
    'two of one number, one behind the other',
    { '0002_a': migration(first), '0002_b': migration("[('chat', '0002_a')]") },
    [],
  ],
  [
    'an app whose label its AppConfig gives',
    { '0002_a': migration("[('rooms', '0001_initial')]"), '0003_b': migration("[('rooms', '0002_a')]") },
    [],
  ],
  [
    'a squashed one',
    { '0002_a': migration(first), '0001_squashed': migration('[]', "    replaces = [('chat', '0001_initial')]\n") },
    [],
  ],
  ['dependencies that are computed', { '0002_a': migration(first), '0002_b': migration('[] + EARLIER') }, []],
  [
    'some that are added later',
    { '0002_a': migration(first), '0002_b': migration(first, "    dependencies += [('chat', '0002_a')]\n") },
    [],
  ],
  [
    'a base of the project’s own that says what it depends on',
    {
      '0002_a': migration(first),
      '0003_b': `from chat.after import After\n\n\nclass Migration(After):\n    operations = []\n`,
    },
    [],
  ],
  ['a module that is no migration', { '0002_a': migration(first), helpers: 'def f(): ...\n' }, []],
])('%s', (_, migrations, expected) => {
  expect(conflicts(migrations)).toEqual(expected)
})

it('concerns migrate alone, where its failure ends the process', () => {
  const two = { '0002_a': migration(first), '0002_b': migration(first) }
  expect(conflicts(two, 'python manage.py check')).toEqual([])
  expect(conflicts(two, 'python manage.py migrate || true')).toEqual([])
  expect(conflicts(two, 'python manage.py migrate --help')).toEqual([])
  const merging = 'python manage.py makemigrations --merge --noinput && python manage.py migrate'
  expect(conflicts(two, merging)).toEqual([])
  expect(conflicts(two, merging.replace(' --merge', ''))).toHaveLength(1)
  expect(conflicts(two, 'python manage.py migrate chat --noinput')).toEqual(['0002_a, 0002_b in chat'])
})
