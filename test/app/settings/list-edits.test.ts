import { describe, expect, it } from 'vitest'
import { insertFirst, moveFirst } from '../../../src/app/settings/list-edits.ts'
import { applyEdits } from '../../../src/engine/edits.ts'
import { itemsOf } from '../../../src/evaluate/python/value.ts'
import { appOf } from '../../support/app.ts'

function edited(settings: string, edit: 'insert' | 'move'): string {
  const app = appOf({
    'manage.py': "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')\n",
    'mysite/settings.py': settings,
  })
  const list = app.settings.get('INSTALLED_APPS')?.alternatives[0]?.value
  if (list === undefined) throw new Error('no list')
  const last = itemsOf(list)?.at(-1)
  const edits = edit === 'insert' ? insertFirst(app, list, 'daphne') : last && moveFirst(app, list, last)
  return applyEdits(settings, edits ?? []).text
}

describe('a new first element', () => {
  it('stands in front of the first one, with its quotes and its indentation', () => {
    expect(edited('INSTALLED_APPS = [\n  "a",\n]\n', 'insert')).toBe('INSTALLED_APPS = [\n  "daphne",\n  "a",\n]\n')
    expect(edited("INSTALLED_APPS = ['a', 'b']\n", 'insert')).toBe("INSTALLED_APPS = ['daphne', 'a', 'b']\n")
  })

  it('leaves a comment with the element that it is about', () => {
    const list = "INSTALLED_APPS = [\n    # Django's own\n    'a',\n    'b',\n]\n"
    expect(edited(list, 'insert')).toBe(
      "INSTALLED_APPS = [\n    'daphne',\n    # Django's own\n    'a',\n    'b',\n]\n",
    )
    expect(edited(list, 'move')).toBe("INSTALLED_APPS = [\n    'b',\n    # Django's own\n    'a',\n]\n")
  })
})
