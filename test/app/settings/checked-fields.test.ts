import { describe, expect, it } from 'vitest'
import { imageFields } from '../../../src/app/settings/checked-fields.ts'
import { appOf } from './support.ts'

const settings = "SECRET_KEY = 'abc'\nINSTALLED_APPS = ['django.contrib.contenttypes', 'chat']\n"

function found(models: string, more: Readonly<Record<string, string>> = {}, also = ''): string[] {
  const app = appOf({
    'mysite/settings.py': `${settings}${also}`,
    'chat/__init__.py': '',
    'chat/models.py': models,
    ...more,
  })
  return imageFields(app, app.settings).map(({ name }) => name)
}

const head = 'from django.db import models\n'
const abstract = `${head}class Pictured(models.Model):
    picture = models.ImageField()
    class Meta:
        abstract = True
`

describe('fields that the checks of Django ask Pillow for', () => {
  it.each([
    ['a model’s own', `${head}class Room(models.Model):\n    picture = models.ImageField()\n`],
    ['of an abstract model', `${abstract}class Room(Pictured):\n    pass\n`],
    [
      'a field of the project',
      `${head}class Picture(models.ImageField):\n    pass\nclass Room(models.Model):\n    picture = Picture()\n`,
    ],
    [
      'of the user',
      `${head}from django.contrib.auth.models import AbstractUser\nclass Room(AbstractUser):\n    picture = models.ImageField()\n`,
    ],
    [
      'of a package that brings no Pillow',
      `${head}from sorl.thumbnail import ImageField\nclass Room(models.Model):\n    picture = ImageField()\n`,
    ],
  ])('%s', (_, models) => {
    expect(found(models)).toEqual(['Room.picture'])
  })

  it('those that a config var decides on, whichever way comes first', () => {
    const either = (test: string) => {
      const app = appOf({
        'mysite/settings.py': settings,
        'chat/__init__.py': '',
        'chat/models.py': `import os\n${head}class Room(models.Model):\n    if ${test}:\n        picture = models.ImageField()\n`,
      })
      return imageFields(app, app.settings).map(({ name, when }) => [
        name,
        ...when.map(({ id, holds }) => `${id} ${holds}`),
      ])
    }
    expect(either("'PICTURES' in os.environ")).toEqual([['Room.picture', 'env:PICTURES:set true']])
    expect(either("'PICTURES' not in os.environ")).toEqual([['Room.picture', 'env:PICTURES:set false']])
  })

  it('those of a package of models', () => {
    const room = `${head}class Room(models.Model):\n    picture = models.ImageField()\n`
    const files = { 'chat/models/__init__.py': 'from .room import Room\n', 'chat/models/room.py': room }
    expect(found('', files)).toEqual(['Room.picture'])
  })

  it.each([
    ['an abstract model that nobody derives from', abstract],
    ['one that is taken away', `${abstract}class Room(Pictured):\n    picture = None\n`],
    ['a file', `${head}class Room(models.Model):\n    picture = models.FileField()\n`],
    ['a mixin that is no model', `${head}class Pictured:\n    picture = models.ImageField()\n`],
    ['a form', 'from django import forms\nclass Room(forms.Form):\n    picture = forms.ImageField()\n'],
    [
      'one that checks otherwise',
      `${head}class Picture(models.ImageField):\n    def _check_image_library_installed(self):\n        return []\nclass Room(models.Model):\n    picture = Picture()\n`,
    ],
  ])('not %s', (_, models) => {
    expect(found(models)).toEqual([])
  })

  it('none where the settings silence them, or no app is installed', () => {
    const room = `${head}class Room(models.Model):\n    picture = models.ImageField()\n`
    expect(found(room, {}, "SILENCED_SYSTEM_CHECKS = ['fields.E210']\n")).toEqual([])
    expect(found(room, {}, "SILENCED_SYSTEM_CHECKS = ['fields.W342']\n")).toEqual(['Room.picture'])
    expect(found(room, {}, 'INSTALLED_APPS = []\n')).toEqual([])
  })
})
