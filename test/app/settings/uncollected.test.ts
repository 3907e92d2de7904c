import { describe, expect, it } from 'vitest'
import { uncollected } from '../../../src/app/settings/uncollected.ts'
import { appOf } from '../../support/app.ts'

const collect = 'python manage.py collectstatic --noinput\n'
const server = 'daphne -b 0.0.0.0 -p $PORT mysite.asgi:application'

const neverCollects = (files: Readonly<Record<string, string>>): boolean =>
  uncollected(
    appOf({
      'requirements.txt': 'Django==5.2.17\nchannels==4.3.2\ndaphne==4.2.2\n',
      'manage.py': "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')\n",
      'mysite/__init__.py': '',
      'mysite/settings.py': "INSTALLED_APPS = ['django.contrib.staticfiles', 'channels']\n",
      'app.json': '{"env": {"DISABLE_COLLECTSTATIC": "1"}}',
      Procfile: `web: ${server}\n`,
      ...files,
    }),
  ) !== undefined

describe('collectstatic that the build leaves out', () => {
  it('surely never runs where only the release does, or a web process without anything of the kind', () => {
    expect(neverCollects({})).toBe(true)
    expect(neverCollects({ Procfile: `release: ${collect}web: ${server}\n` })).toBe(true)
    expect(neverCollects({ Procfile: `web: python manage.py migrate && echo ready && ${server}\n` })).toBe(true)
  })

  it.each([
    ['a script of a hook', { 'bin/post_compile': 'bash scripts/assets.sh\n', 'scripts/assets.sh': collect }],
    ['make', { 'bin/post_compile': 'make static\n', Makefile: `static:\n\t${collect}` }],
    ['a task runner', { 'bin/post_compile': 'poe static\n' }],
    ['a frontend of its own folder', { 'bin/post_compile': 'npm run build --prefix frontend\n' }],
    [
      'a script of Node',
      {
        'app.json':
          '{"env": {"DISABLE_COLLECTSTATIC": "1"}, "buildpacks": [{"url": "heroku/python"}, {"url": "heroku/nodejs"}]}',
        'package.json': '{"scripts": {"heroku-postbuild": "node build.js"}}',
      },
    ],
    ['what runs before every process', { '.profile.d/static.sh': collect }],
    ['a task runner in front of the server', { Procfile: 'web: poe web\n' }],
    ['a make in front of the server', { Procfile: `web: make static && ${server}\n` }],
  ])('may run by %s', (_, files) => {
    expect(neverCollects(files)).toBe(false)
  })
})
