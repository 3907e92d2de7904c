import { expect, it } from 'vitest'
import { missingNodes } from '../../../../rules/procfile/command-fails/migration-nodes.ts'
import { appOf } from '../../../support/app.ts'

const manage =
  "import os, sys\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')\nfrom django.core.management import execute_from_command_line\nexecute_from_command_line(sys.argv)\n"
const migration = (dependencies: string, more = '') =>
  `from django.conf import settings\nfrom django.db import migrations\n\n\nclass Migration(migrations.Migration):\n    dependencies = ${dependencies}\n    operations = []\n${more}`

/** The parents that `migrate` misses, with this second migration of chat. */
function missed(second: string, more: Record<string, string> = {}): string[] {
  const app = appOf({
    'manage.py': manage,
    'requirements.txt': 'Django==5.2.8\n',
    'mysite/__init__.py': '',
    'mysite/settings.py': "INSTALLED_APPS = ['django.contrib.auth', 'taggit', 'rooms', 'chat']\n",
    'rooms/__init__.py': '',
    'rooms/migrations/__init__.py': '',
    'rooms/migrations/0001_initial.py': migration('[]'),
    'chat/__init__.py': '',
    'chat/migrations/__init__.py': '',
    'chat/migrations/0001_initial.py': migration('[]'),
    'chat/migrations/0002_more.py': second,
    Procfile: 'release: python manage.py migrate --noinput\n',
    ...more,
  })
  return missingNodes(app).map(({ migration: name, parent }) => `${name}: ${parent}`)
}

it.each<[string, string, Record<string, string>, string[]]>([
  ['of its own app', migration("[('chat', '0001_other')]"), {}, ["chat.0002_more: ('chat', '0001_other')"]],
  ['of another app', migration("[('rooms', '0002_topic')]"), {}, ["chat.0002_more: ('rooms', '0002_topic')"]],
  [
    'of an app of Django that is not installed',
    migration("[('sites', '0001_initial')]"),
    {},
    ["chat.0002_more: ('sites', '0001_initial')"],
  ],
  [
    'that a later Django brings',
    migration("[('auth', '0012_alter_user_first_name_max_length')]"),
    { 'requirements.txt': 'Django==2.2.28\n' },
    ["chat.0002_more: ('auth', '0012_alter_user_first_name_max_length')"],
  ],
  ['that Django brings', migration("[('auth', '0012_alter_user_first_name_max_length')]"), {}, []],
  [
    'of an app of Django that a configuration of the project carries',
    migration("[('admin', '0001_initial'), ('sites', '0001_initial')]"),
    {
      'mysite/settings.py': "INSTALLED_APPS = ['mysite.apps.Admin', 'mysite.conf.Sites', 'rooms', 'chat']\n",
      'mysite/apps.py': 'from django.contrib.admin.apps import AdminConfig\n\n\nclass Admin(AdminConfig):\n    pass\n',
      'mysite/conf.py': 'from django.contrib.sites.apps import SitesConfig\n\n\nclass Sites(SitesConfig):\n    pass\n',
    },
    [],
  ],
  [
    'of an app of Django that none of these carries',
    migration("[('sites', '0001_initial')]"),
    {
      'mysite/settings.py': "INSTALLED_APPS = ['mysite.apps.Admin', 'rooms', 'chat']\n",
      'mysite/apps.py': 'from django.contrib.admin.apps import AdminConfig\n\n\nclass Admin(AdminConfig):\n    pass\n',
    },
    ["chat.0002_more: ('sites', '0001_initial')"],
  ],
  [
    'of an app whose configuration Django finds by itself',
    migration("[('admin', '0001_initial')]"),
    {
      'mysite/settings.py': "INSTALLED_APPS = ['mysite', 'rooms', 'chat']\n",
      'mysite/apps.py': 'from django.contrib.admin.apps import AdminConfig\n\n\nclass Admin(AdminConfig):\n    pass\n',
    },
    [],
  ],
  ['of an app of a package', migration("[('taggit', '0001_initial')]"), {}, []],
  ['that may be the label of a package', migration("[('account', '0001_initial')]"), {}, []],
  ['the first of an app', migration("[('rooms', '__first__')]"), {}, []],
  ['of the user model', migration('[migrations.swappable_dependency(settings.AUTH_USER_MODEL)]'), {}, []],
  [
    'that another one replaces',
    migration("[('rooms', '0002_topic')]"),
    {
      'rooms/migrations/0001_squashed.py': migration(
        '[]',
        "    replaces = [('rooms', '0001_initial'), ('rooms', '0002_topic')]\n",
      ),
    },
    [],
  ],
  [
    'of an app under another label',
    migration("[('sites', '0001_initial')]"),
    {
      'rooms/apps.py':
        "from django.apps import AppConfig\n\n\nclass RoomsConfig(AppConfig):\n    name = 'rooms'\n    label = 'sites'\n",
    },
    [],
  ],
  [
    'that the release makes before',
    migration("[('rooms', '0002_topic')]"),
    { Procfile: 'release: python manage.py makemigrations --noinput && python manage.py migrate\n' },
    [],
  ],
])('a parent %s', (_, second, more, expected) => {
  expect(missed(second, more)).toEqual(expected)
})
