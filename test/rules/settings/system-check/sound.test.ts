import { describe, expect, it } from 'vitest'
import { failingDeployChecks } from '../../../../rules/settings/system-check/deploy-commands.ts'
import { raisedByAdmins } from '../../../../rules/settings/system-check/raised-by-admins.ts'
import { appOf, modern } from '../../../app/settings/support.ts'

const settings = `SECRET_KEY = 'abc'
INSTALLED_APPS = ['django.contrib.admin', 'django.contrib.auth', 'django.contrib.contenttypes', 'chat']
`

/** What the admin's checks say of a list_display and list_filter over a model. */
function raised(model: string, admin: string, more: Readonly<Record<string, string>> = {}): string[] {
  const app = appOf(
    {
      'mysite/settings.py': settings,
      'chat/__init__.py': '',
      'chat/models.py': `from django.db import models\n${model}\n`,
      'chat/admin.py': `from django.contrib import admin\nfrom chat.models import Room\n${admin}\n`,
      ...more,
    },
    {},
    `${modern}django-money==3.5.4\ndjango-modeltranslation==0.19.17\ndjango-simple-history==3.10.1\n`,
  )
  return raisedByAdmins(app).map(({ fault }) => `${fault.id} ${fault.name}`)
}

const room = `class Room(models.Model):
    name = models.CharField(max_length=9)
`
const admin = (body: string) => `@admin.register(Room)\nclass RoomAdmin(admin.ModelAdmin):\n    ${body}\n`

describe('what the checks of the admin raise', () => {
  it('a name that nobody has', () => {
    expect(raised(room, admin("list_display = ['gone']"))).toEqual(['admin.E108 gone'])
    const managed = `class Rooms(models.Manager):\n    pass\n${room}    objects = Rooms()\n`
    expect(raised(managed, admin("list_filter = ['gone']"))).toEqual(['admin.E116 gone'])
    const queried = `class Rooms(models.QuerySet):\n    pass\n${room}    objects = Rooms.as_manager()\n`
    expect(raised(queried, admin("list_filter = ['gone']"))).toEqual(['admin.E116 gone'])
  })

  it.each<[string, string, string, Record<string, string>?]>([
    [
      'a field of a package that adds another one',
      `from djmoney.models.fields import MoneyField\n${room}    price = MoneyField(max_digits=9, decimal_places=2)\n`,
      "list_display = ['price', 'price_currency']\n    list_filter = ['price_currency']",
    ],
    [
      'a field of the project that adds another one',
      `class Pair(models.Field):\n    def contribute_to_class(self, cls, name):\n        pass\n${room}    pair = Pair()\n`,
      "list_display = ['pair_low']",
    ],
    [
      'fields of translations',
      room,
      "list_display = ['name_en', 'name_fr']",
      {
        'chat/translation.py':
          "from modeltranslation.translator import TranslationOptions, register\nfrom .models import Room\n@register(Room)\nclass RoomOptions(TranslationOptions):\n    fields = ('name',)\n",
      },
    ],
    [
      'a manager that a package registers',
      `import simple_history\n${room}simple_history.register(Room)\n`,
      "list_display = ['history']",
    ],
    [
      'a signal of prepared classes',
      room,
      "list_display = ['slug']",
      {
        'chat/apps.py':
          'from django.db.models.signals import class_prepared\ndef more(sender, **kwargs):\n    pass\nclass_prepared.connect(more)\n',
      },
    ],
    ['add_to_class', `${room}Room.add_to_class('slug', models.SlugField())\n`, "list_display = ['slug']"],
    ['an attribute that is set later', `${room}Room.label = property(str)\n`, "list_display = ['label']"],
    [
      'a related name for each subclass',
      `${room}class Base(models.Model):\n    room = models.ForeignKey(Room, models.CASCADE, related_query_name='%(class)ss')\n    class Meta:\n        abstract = True\nclass Note(Base):\n    pass\n`,
      "list_filter = ['notes']",
    ],
    ['__str__', room, "list_display = ['__str__', 'name']"],
    [
      'a property',
      `${room}    @property\n    def label(self):\n        return self.name\n`,
      "list_display = ['label']",
    ],
    [
      'a method of the admin',
      room,
      "list_display = ['label']\n\n    @admin.display(description='Label', ordering='name')\n    def label(self, room):\n        return room.name",
    ],
    ['a function', room, 'list_display = [lambda room: room.name]'],
    [
      'a lookup through a relation, of Django 5.1',
      `class Town(models.Model):\n    name = models.CharField(max_length=9)\n${room}    town = models.ForeignKey(Town, models.CASCADE)\n`,
      "list_display = ['town__name']\n    list_filter = ['town__name', ('town', admin.RelatedOnlyFieldListFilter)]\n    ordering = ['-town__name']",
    ],
  ])('not: %s', (_, model, body, more) => {
    expect(raised(model, admin(body), more)).toEqual([])
  })

  it('not: what another site of the project registers', () => {
    const own = `class Site(admin.AdminSite):\n    site_header = 'x'\nsite = Site()\nclass RoomAdmin(admin.ModelAdmin):\n    list_display = ['name']\nsite.register(Room, RoomAdmin)\n`
    expect(raised(room, own)).toEqual([])
  })
})

describe('a check --deploy that fails', () => {
  it.each([
    ['check --deploy --fail-level WARNING', true],
    ['check --deploy --fail-level WARNING --tag security', true],
    ['check --deploy --fail-level WARNING -t=security', true],
    ['check --deploy --fail-level WARNING -t models -t security', true],
    ['check chat --deploy --fail-level WARNING', true],
    ['check --deploy --fail-level WARNING --tag models', false],
    ['check --deploy --fail-level WARNING --tag=models', false],
    ['check --deploy --fail-level WARNING -t models --tag urls', false],
    ['check --deploy --fail-level WARNING -tmodels', false],
    ['check --deploy --fail-level WARNING --tag $TAG', false],
    ['check --deploy --fail-level WARNING --list-tags', false],
  ])('%s: %s', (command, fails) => {
    const app = appOf({
      Procfile: `web: daphne mysite.asgi:application\nrelease: python manage.py ${command}\n`,
      'manage.py': "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')\n",
      'mysite/settings.py': settings,
      'chat/__init__.py': '',
    })
    expect(failingDeployChecks(app).length > 0).toBe(fails)
  })
})
