import { describe, expect, it } from 'vitest'
import { type FailedCheck, failedChecks } from '../../../../rules/procfile/command-fails/pending-changes.ts'
import { appOf } from '../../../app/settings/support.ts'

const head = 'from django.db import migrations, models\n\n\nclass Migration(migrations.Migration):\n'
const id = "('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID'))"

const key = "DEFAULT_AUTO_FIELD = 'django.db.models.BigAutoField'\n"
const settings = `${key}INSTALLED_APPS = ['channels', 'chat']\n`

function checks(model: string, fields: string, more: Record<string, string> = {}): readonly FailedCheck[] {
  const app = appOf({
    Procfile:
      'release: python manage.py makemigrations --check\nweb: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n',
    'manage.py':
      "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')\nfrom django.core.management import execute_from_command_line\n",
    'mysite/settings.py': settings,
    'chat/__init__.py': '',
    'chat/models.py': `from django.db import models\n\n\nclass Room(models.Model):\n    ${model}\n`,
    'chat/migrations/__init__.py': '',
    'chat/migrations/0001_initial.py': `${head}    dependencies = []\n    operations = [migrations.CreateModel(name='Room', fields=[${id}, ${fields}])]\n`,
    ...more,
  })
  return failedChecks(app)
}

/** What `makemigrations --check` surely lists for an app with one model `Room`. */
function listed(model: string, fields: string, more: Record<string, string> = {}): string[] {
  return checks(model, fields, more).flatMap(({ changes }) => changes.map(({ text }) => text))
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

const released = (command: string) => ({
  Procfile: `release: ${command}\nweb: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n`,
})
const module = (text: string) => ({ 'chat/models.py': `from django.db import models\n\n\n${text}` })
const check = 'python manage.py makemigrations --check'
const wider = 'name = models.CharField(max_length=90)'

describe('fields that something else than the class gives a model', () => {
  const more = `${name}, ('topic', models.CharField(max_length=80))`
  const plain = 'name = models.CharField(max_length=80)'
  const added = 'Remove field topic from room'
  const room = `class Room(models.Model):\n    ${plain}\n\n\n`

  it('are looked for in the project', () => {
    expect(listed(plain, more)).toEqual([added])
    expect(listed('', more, module(`${room}Room.add_to_class('topic', models.CharField(max_length=80))\n`))).toEqual([])
    const contributed = `${room}models.CharField(max_length=80).contribute_to_class(Room, 'topic')\n`
    expect(listed('', more, module(contributed))).toEqual([])
    const signal = 'from django.db.models import signals\n\nsignals.class_prepared.connect(print)\n'
    expect(listed(plain, more, { 'mysite/signals.py': signal })).toEqual([])
  })

  it('is the key that the settings or the app give a model that writes none', () => {
    const without = { 'mysite/settings.py': "INSTALLED_APPS = ['channels', 'chat']\n" }
    // Django before 6.0 takes AutoField where nothing is said.
    expect(listed(plain, name, without)).toEqual(['Alter field id on room'])
    const apps = (text: string) => ({ ...without, 'chat/apps.py': `from django.apps import AppConfig\n\n\n${text}` })
    const config = "class ChatConfig(AppConfig):\n    name = 'chat'\n"
    const kept = `${config}    default_auto_field = 'django.db.models.BigAutoField'\n`
    expect(listed(plain, name, apps(kept))).toEqual([])
    expect(listed(plain, name, apps(config))).toEqual(['Alter field id on room'])
    // Which of two counts is not looked at, nor is a field of the project's own.
    expect(listed(plain, name, apps(`${config}\n\n${kept.replace('Chat', 'Other')}`))).toEqual([])
    expect(listed(plain, name, { 'mysite/settings.py': settings.replace('BigAutoField', 'Own') })).toEqual([])
    expect(listed(`uid = models.CharField(max_length=9, primary_key=True)\n    ${plain}`, name, without)).not.toContain(
      'Alter field id on room',
    )
  })

  it('may come from a package that nobody has read', () => {
    const apps = (entry: string) => ({
      'mysite/settings.py': `${key}INSTALLED_APPS = ['channels', '${entry}', 'chat']\n`,
    })
    expect(listed(plain, more, apps('modeltranslation'))).toEqual([])
    expect(listed(plain, more, apps('rest_framework.authtoken'))).toEqual([added])
    // What a class says is still what Django compares.
    expect(listed(wider, name, apps('modeltranslation'))).toEqual(['Alter field name on room'])
  })

  it('are no matter of other descriptors', () => {
    const generic = 'from django.contrib.contenttypes.fields import GenericForeignKey\n'
    const text = `${generic}${room.trimEnd()}\n    thing = GenericForeignKey('kind', 'key')\n`
    expect(listed('', more, module(text))).toEqual([added])
    expect(listed('', more, module(`${room.trimEnd()}\n    thing = make()\n`))).toEqual([])
  })

  it('are not those of a field that describes itself otherwise, or that is changed behind its class', () => {
    const patch = 'from django.db.models import Field\n\nField.deconstruct = print\n'
    expect(listed(wider, name, { 'mysite/patch.py': patch })).toEqual([])
    const written = `class Room(models.Model):\n    ${wider}\n\n\nRoom._meta.get_field('name').max_length = 80\n`
    expect(listed('', name, module(written))).toEqual([])
  })
})

describe('what Django takes of a field, of a class and of settings', () => {
  it.each([
    ['bytes that nobody edits', 'data = models.BinaryField(editable=False)', "('data', models.BinaryField())"],
    [
      'a key that counts by itself',
      'id = models.AutoField(primary_key=True, blank=True)',
      "('id', models.AutoField(primary_key=True, serialize=False))",
    ],
    ['another name', "title = models.CharField('Title', 'name', max_length=80)", name],
  ])('%s', (_, model, fields) => {
    expect(listed(model, fields)).toEqual([])
  })

  it('the options of an abstract model above', () => {
    const legacy = (option: string) =>
      module(
        `class Legacy(models.Model):\n    class Meta:\n        abstract = True\n        ${option}\n\n\nclass Room(Legacy):\n    ${wider}\n`,
      )
    expect(listed('', name, legacy('managed = False'))).toEqual([])
    expect(listed('', name, legacy("app_label = 'other'"))).toEqual([])
    expect(listed('', name, legacy("ordering = ['name']"))).toEqual(['Alter field name on room'])
  })

  it('a member of an enumeration for its value', () => {
    const kinds = "class Kind(models.TextChoices):\n    A = 'a', 'First'\n\n\n"
    const room = 'class Room(models.Model):\n    name = models.CharField(max_length=80, default=Kind.A)\n'
    const fields = "('name', models.CharField(max_length=80, default='a'))"
    expect(listed('', fields, module(kinds + room))).toEqual([])
  })

  it('no field of a class that is no model', () => {
    const mixin =
      'class Plain:\n    extra = models.CharField(max_length=5)\n\n\nclass Room(Plain, models.Model):\n    name = models.CharField(max_length=80)\n'
    expect(listed('', name, module(mixin))).toEqual([])
  })

  it('migrations that leave a table to others, and those that stand elsewhere', () => {
    const unmanaged = `${head}    dependencies = []\n    operations = [migrations.CreateModel(name='Room', fields=[${id}, ${name}], options={'managed': False})]\n`
    expect(listed(wider, name, { 'chat/migrations/0001_initial.py': unmanaged })).toEqual([])
    const elsewhere = (modules: string, length = 90) => ({
      'mysite/settings.py': `${settings}MIGRATION_MODULES = ${modules}\n`,
      'mysite/moved/__init__.py': '',
      'mysite/moved/0001_initial.py': `${head}    dependencies = []\n    operations = [migrations.CreateModel(name='Room', fields=[${id}, ('name', models.CharField(max_length=${length}))])]\n`,
    })
    expect(listed(wider, name, elsewhere("{'chat': 'mysite.moved'}"))).toEqual([])
    expect(listed(wider, name, elsewhere("{'chat': 'mysite.moved'}", 70))).toEqual(['Alter field name on room'])
    expect(listed(wider, name, elsewhere("{'chat': None}"))).toEqual([])
    expect(listed(wider, name, elsewhere("{'talk': 'mysite.moved'}"))).toEqual([])
  })
})

describe('a check that compares', () => {
  it.each([
    ['writes nothing new', `${check} --merge`],
    ['makes an empty migration', `${check} --empty chat`],
    ['comes behind one that writes', `python manage.py makemigrations --noinput && ${check}`],
    ['runs when somebody asks for it', `[ -n "$CHECK" ] && ${check}`],
    ['may fail', `! ${check}`],
  ])('is none that %s', (_, command) => {
    expect(listed(wider, name, released(command))).toEqual([])
  })

  it("is none of the project's own", () => {
    expect(listed(wider, name, { 'chat/management/commands/makemigrations.py': 'class Command:\n    pass\n' })).toEqual(
      [],
    )
  })

  it('says what its running rests on, and what the difference rests on', () => {
    const rests = (...of: Parameters<typeof checks>) => checks(...of).map(({ when }) => when.map(({ text }) => text.en))
    expect(rests(wider, name)).toEqual([[]])
    expect(rests(wider, name, released(`[ -z "$SKIP" ] && ${check}`))).toEqual([['`SKIP` is unset']])
    expect(rests(wider, name, released(`[ -z "$SKIP" ] || true && ${check}`))).toEqual([[]])
    const branch = 'import os\n\nLENGTH = 80 if os.getenv("WIDE") else 90\n\n\n'
    const room = 'class Room(models.Model):\n    name = models.CharField(max_length=LENGTH)\n'
    expect(rests('', name, module(branch + room))).toEqual([['WIDE is unset']])
    const inside =
      'import os\n\n\nclass Room(models.Model):\n    if os.getenv("WIDE"):\n        name = models.CharField(max_length=80)\n'
    expect(rests('', name, module(inside))).toEqual([['WIDE is unset']])
  })
})
