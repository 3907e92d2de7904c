import { describe, expect, it } from 'vitest'
import { askingCommands } from '../../../../rules/procfile/command-fails/asking.ts'
import { appOf } from '../../../app/settings/support.ts'

/** The commands of a release that ask. */
function asked(command: string, apps: string, more: Record<string, string> = {}): string[] {
  const app = appOf({
    Procfile: `release: ${command}\nweb: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n`,
    'manage.py': "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')\n",
    'mysite/settings.py': `INSTALLED_APPS = [${apps}]\nSTATIC_ROOT = 'static'\n`,
    'chat/__init__.py': '',
    ...more,
  })
  return askingCommands(app).map(({ command: { name } }) => name)
}

const own = (name: string) => ({ [`chat/management/commands/${name}.py`]: 'class Command:\n    pass\n' })

describe('a command that asks', () => {
  it("is the one that the package brings, not another one's of that name", () => {
    expect(asked('python manage.py flush', "'chat'")).toEqual(['flush'])
    expect(asked('python manage.py flush', "'chat'", own('flush'))).toEqual([])
    expect(asked('python manage.py rebuild_index', "'haystack', 'chat'")).toEqual(['rebuild_index'])
    expect(asked('python manage.py rebuild_index', "'chat'")).toEqual([])
    expect(asked('python manage.py rebuild_index', "'haystack', 'chat'", own('rebuild_index'))).toEqual([])
    expect(asked('python manage.py reset_db', "'chat'", own('reset_db'))).toEqual([])
    expect(asked('python manage.py reset_db', "'django_extensions', 'chat'")).toEqual(['reset_db'])
  })

  it("is collectstatic of Django's static files", () => {
    const statics = { 'chat/static/chat/room.js': '' }
    expect(asked('python manage.py collectstatic', "'django.contrib.staticfiles', 'chat'", statics)).toEqual([
      'collectstatic',
    ])
    expect(
      asked('python manage.py collectstatic', "'cloudinary_storage', 'django.contrib.staticfiles', 'chat'", statics),
    ).toEqual([])
  })

  it('goes on unasked with an option that keeps it from it, in whatever form', () => {
    for (const option of ['--noinput', '--no-input', '--noin', '--help', '-h'])
      expect(asked(`python manage.py flush ${option}`, "'chat'")).toEqual([])
    const apps = "'django_elasticsearch_dsl', 'chat'"
    expect(asked('python manage.py search_index --rebuild', apps)).toEqual(['search_index'])
    for (const option of ['-f', '-v2f', '--force'])
      expect(asked(`python manage.py search_index --rebuild ${option}`, apps)).toEqual([])
  })

  it('is one that surely runs', () => {
    expect(asked('[ -n "$RESET" ] && python manage.py flush', "'chat'")).toEqual([])
  })
})
