import { describe, expect, it } from 'vitest'
import { failedChecks } from '../../../../rules/procfile/command-fails/pending-changes.ts'
import { appOf } from '../../../app/settings/support.ts'

const head = 'from django.db import migrations, models\n\n\nclass Migration(migrations.Migration):\n'
const id = "('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID'))"

/** What `makemigrations --check` surely lists for an app with one model `Room`. */
function listed(model: string, fields: string, more: Record<string, string> = {}): string[] {
  const app = appOf({
    Procfile:
      'release: python manage.py makemigrations --check\nweb: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n',
    'manage.py':
      "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')\nfrom django.core.management import execute_from_command_line\n",
    'mysite/settings.py': "INSTALLED_APPS = ['channels', 'chat']\n",
    'chat/__init__.py': '',
    'chat/models.py': `from django.db import models\n\n\nclass Room(models.Model):\n    ${model}\n`,
    'chat/migrations/__init__.py': '',
    'chat/migrations/0001_initial.py': `${head}    dependencies = []\n    operations = [migrations.CreateModel(name='Room', fields=[${id}, ${fields}])]\n`,
    ...more,
  })
  return failedChecks(app).flatMap(({ changes }) => changes.map(({ text }) => text))
}

const name = "('name', models.CharField(max_length=80))"

describe('what makemigrations --check lists', () => {
  it.each([
    ['name = models.CharField(max_length=90)', name, 'Alter field name on room'],
    ['name = models.TextField()', name, 'Alter field name on room'],
    ['name = models.CharField(max_length=80, default="")', name, 'Alter field name on room'],
    ['name = models.CharField("Name", max_length=80)', name, 'Alter field name on room'],
    ['name = models.CharField(max_length=80, choices=[("a", "A")])', name, 'Alter field name on room'],
    ['name = models.CharField(max_length=80); at = models.DateTimeField()', name, 'Add field at to room'],
    ['at = models.DateTimeField()', `${name}, ('at', models.DateTimeField())`, 'Remove field name from room'],
  ])('%s', (model, fields, expected) => {
    expect(listed(model, fields)).toEqual([expected])
  })

  it.each([
    ['the same', 'name = models.CharField(max_length=80)', name],
    ['what Django takes by itself', 'name = models.CharField(max_length=80, null=False, editable=True)', name],
    [
      'what a time that is set by itself implies',
      'at = models.DateTimeField(auto_now_add=True, blank=True)',
      "('at', models.DateTimeField(auto_now_add=True))",
    ],
    [
      'what one to one implies',
      "at = models.OneToOneField('auth.User', on_delete=models.CASCADE, unique=True)",
      "('at', models.OneToOneField(on_delete=models.CASCADE, to='auth.User'))",
    ],
    [
      'a default nobody can read',
      'name = models.CharField(max_length=80, default=make())',
      "('name', models.CharField(max_length=80, default=other()))",
    ],
  ])('nothing: %s', (_, model, fields) => {
    expect(listed(model, fields)).toEqual([])
  })

  it('follows further migrations, and knows nothing where one cannot be read', () => {
    const model = 'name = models.CharField(max_length=90)'
    const second = (dependencies: string, operations: string) => ({
      'chat/migrations/0002_more.py': `${head}    dependencies = [${dependencies}]\n    operations = [${operations}]\n`,
    })
    const behind = "('chat', '0001_initial')"
    const alter = "migrations.AlterField('room', 'name', models.CharField(max_length=90))"
    expect(listed(model, name, second(behind, alter))).toEqual([])
    const once =
      "migrations.AlterField('room', 'name', models.CharField(max_length=90, default=''), preserve_default=False)"
    expect(listed(model, name, second(behind, once))).toEqual([])
    expect(listed(model, name, second(behind, 'make()'))).toEqual([])
    expect(listed(model, name, second('', alter))).toEqual([])
  })

  it('leaves out apps without migrations, models without a table, and labels that are not asked for', () => {
    expect(listed('name = models.TextField()', name, { 'chat/models.py': '' })).toEqual([])
    const abstract =
      'from django.db import models\nclass Base(models.Model):\n    class Meta:\n        abstract = True\n'
    expect(listed('', name, { 'chat/models.py': abstract })).toEqual([])
  })
})
