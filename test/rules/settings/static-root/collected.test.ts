import { describe, expect, it } from 'vitest'
import { staticFaults } from '../../../../rules/settings/static-root/static-faults.ts'
import { appOf } from '../../../app/settings/support.ts'

const manage = `import os, sys
os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')
from django.core.management import execute_from_command_line
execute_from_command_line(sys.argv)
`
const settings = (more = '', apps = `'daphne', 'django.contrib.staticfiles', 'chat'`) => `SECRET_KEY = 'abc'
DEBUG = False
INSTALLED_APPS = [${apps}]
MIDDLEWARE = ['whitenoise.middleware.WhiteNoiseMiddleware']
STATIC_URL = '/static/'
STATIC_ROOT = '/app/staticfiles'
STORAGES = {'staticfiles': {'BACKEND': 'whitenoise.storage.CompressedManifestStaticFilesStorage'}}
${more}
`
const dirs = `STATICFILES_DIRS = ['/app/static']`
const styles = 'a { background: url("gone.png"); }\n'

type Files = Readonly<Record<string, string>>

/** What is found in a project, `perhaps`: on a condition of its own; `?`: what could not be told. */
function found(files: Files, env: Readonly<Record<string, string | false>> = { DISABLE_COLLECTSTATIC: false }) {
  const app = appOf(
    { 'manage.py': manage, 'mysite/settings.py': settings(), 'chat/__init__.py': '', ...files },
    env,
    'Django==5.2.17\nchannels==4.3.2\nchannels-redis==4.3.0\nredis==7.4.1\ndaphne==4.2.2\nwhitenoise==6.11.0\n',
  )
  const said: string[] = []
  const untold = app.inquiry.during(() => {
    for (const { kind, name, when } of staticFaults(app))
      said.push(`${kind} ${name}${when.length > 0 ? ' perhaps' : ''}`.trim())
  })
  return [...said, ...untold.map(({ what }) => `? ${what.en}`)]
}

/** A configuration of django.contrib.staticfiles with attributes. */
const configured = (body: string): Files => ({
  'mysite/settings.py': settings('', "'daphne', 'mysite.apps.Files', 'chat'"),
  'mysite/apps.py': `from django.contrib.staticfiles.apps import StaticFilesConfig\n\n\nclass Files(StaticFilesConfig):\n    ${body}\n`,
})

describe('the files that collectstatic finds', () => {
  it.each<[string, Files]>([
    ['an app', { 'chat/static/chat/a.css': styles }],
    ['a folder', { 'mysite/settings.py': settings(dirs), 'static/chat/a.css': styles }],
    [
      'a folder with a prefix',
      { 'mysite/settings.py': settings(`STATICFILES_DIRS = [('chat', '/app/assets')]`), 'assets/a.css': styles },
    ],
    ['a configuration of the project', { ...configured('pass'), 'chat/static/chat/a.css': styles }],
    ['what it leaves out', { 'chat/static/chat/a.css': styles, 'chat/static/chat/gone.png~': '' }],
    [
      'a target that is left out',
      {
        ...configured(`ignore_patterns = ['*.png']`),
        'chat/static/chat/a.css': styles,
        'chat/static/chat/gone.png': '',
      },
    ],
    [
      'a finder that finds none for it',
      {
        'mysite/settings.py': settings(
          `STATICFILES_FINDERS = ['django.contrib.staticfiles.finders.AppDirectoriesFinder', 'compressor.finders.CompressorFinder']`,
        ),
        'chat/static/chat/a.css': styles,
      },
    ],
    [
      'packages of Node that make nothing',
      { 'package.json': '{"scripts": {"dev": "vite"}}', 'chat/static/chat/a.css': styles },
    ],
    ['the hook that runs after it', { 'bin/post_compile': 'true\n', 'chat/static/chat/a.css': styles }],
  ])('a dead reference: %s', (_, files) => {
    expect(found(files)).toEqual(['no-target chat/gone.png'])
  })

  it.each<[string, Files]>([
    [
      'a folder that a package has too',
      {
        'mysite/settings.py': settings(dirs, "'jazzmin', 'daphne', 'django.contrib.staticfiles', 'chat'"),
        'static/jazzmin/css/extra.css': '@import url("main.css");',
      },
    ],
    [
      'a folder of a package that nobody has looked into',
      {
        'mysite/settings.py': settings(dirs, "'django_gadgets', 'daphne', 'django.contrib.staticfiles', 'chat'"),
        'static/gadgets/extra.css': '@import url("main.css");',
      },
    ],
    ['a folder that begins with a dot', { 'chat/static/chat/.old/a.css': styles }],
    ['a folder CVS, and a copy of an editor', { 'chat/static/chat/CVS/a.css': styles, 'chat/static/b.css~': styles }],
    [
      'a finder that does not search apps',
      {
        'mysite/settings.py': settings(`STATICFILES_FINDERS = ['django.contrib.staticfiles.finders.FileSystemFinder']`),
        'chat/static/chat/a.css': styles,
      },
    ],
    [
      'patterns of a configuration',
      { ...configured(`ignore_patterns = ['scss', 'CVS', '.*', '*~']`), 'chat/static/chat/scss/a.css': styles },
    ],
    [
      'patterns besides the usual ones',
      {
        ...configured(`ignore_patterns = [*StaticFilesConfig.ignore_patterns, 'chat/*.css']`),
        'chat/static/chat/a.css': styles,
      },
    ],
    [
      'prefixes',
      {
        'mysite/settings.py': settings(`STATICFILES_DIRS = [('ui', '/app/ui'), ('img', '/app/pictures')]`),
        'ui/a.css': 'a { background: url("../img/x.png"); } b { background: url("/static/img/x.png"); }',
        'pictures/x.png': '',
      },
    ],
    ['a folder', { 'chat/static/chat/a.css': 'a { background: url("img"); }', 'chat/static/chat/img/x.png': '' }],
    ['what is committed in STATIC_ROOT', { 'chat/static/chat/a.css': styles, 'staticfiles/chat/gone.png': '' }],
  ])('nothing: %s', (_, files) => {
    expect(found(files)).toEqual([])
  })

  it.each<[string, Files]>([
    [
      'a finder of a package',
      {
        'mysite/settings.py': settings(
          `STATICFILES_FINDERS = ['django.contrib.staticfiles.finders.AppDirectoriesFinder', 'npm.finders.NpmFinder']`,
        ),
      },
    ],
    ['a script of the frontend', { 'package.json': '{"scripts": {"heroku-postbuild": "vite build"}}' }],
    ['the hook that runs before it', { 'bin/pre_compile': 'true\n' }],
    [
      'packages of Node',
      {
        'mysite/settings.py': settings(`STATICFILES_DIRS = ['/app/node_modules']`),
        'package.json': '{"dependencies": {"bootstrap": "5"}}',
      },
    ],
    [
      'a folder that is computed',
      { 'mysite/settings.py': settings('import gadgets\nSTATICFILES_DIRS = [gadgets.folder()]') },
    ],
    ['patterns that are computed', configured('ignore_patterns = patterns()')],
  ])('not to be told: %s', (_, files) => {
    expect(found({ 'chat/static/chat/a.css': styles, ...files })).toEqual([
      '? whether collectstatic finds `chat/gone.png`',
    ])
  })

  it.each([
    ['3.2.25', []],
    ['4.0.10', ['no-target chat/b.js.map']],
    ['4.1.13', ['no-target chat/a.css.map']],
  ])('maps: Django %s', (release, expected) => {
    const files = {
      'requirements.txt': `Django==${release}\nwhitenoise==6.2.0\ndaphne==3.0.2\n`,
      'mysite/settings.py': settings(
        `STATICFILES_STORAGE = 'whitenoise.storage.CompressedManifestStaticFilesStorage'`,
      ).replace(/^STORAGES.*\n/m, ''),
      'chat/static/chat/a.css': 'a { color: red }\n/*# sourceMappingURL=a.css.map */\n',
      'chat/static/chat/b.js': 'f()\n//# sourceMappingURL=b.js.map\n',
    }
    expect(found(files)).toEqual(expected)
  })

  it.each([
    ['url( gone.png )', ['no-target chat/gone.png']],
    ['url( "x.png" )', ['no-target chat/"x.png"']],
    ["url( 'x.png' )", ["no-target chat/'x.png'"]],
    ['url( x.png )', []],
    ['url("x.png")', []],
    ['url( "data:image/gif;base64,AA" )', []],
    ['url(//example.com/x.png)', []],
    ['url( https://example.com/x.png )', []],
  ])('%s', (written, expected) => {
    expect(found({ 'chat/static/chat/a.css': `a { background: ${written} }`, 'chat/static/chat/x.png': '' })).toEqual(
      expected,
    )
  })

  it('takes no address for its own where STATIC_URL may be of another host', () => {
    const host = `import os\nSTATIC_URL = os.environ.get('STATIC_HOST', '') + '/static/'`
    const absolute = { 'chat/static/chat/a.css': 'a { background: url("/static/chat/gone.png") }' }
    expect(found({ 'mysite/settings.py': settings(host), ...absolute })).toEqual([])
    expect(found(absolute)).toEqual(['no-target chat/gone.png'])
  })

  it('perhaps a package that nobody has looked into brings it', () => {
    const apps = "'gadgets', 'daphne', 'django.contrib.staticfiles', 'chat'"
    expect(found({ 'mysite/settings.py': settings('', apps), 'chat/static/chat/a.css': styles })).toEqual([
      'no-target chat/gone.png perhaps',
    ])
  })
})

describe('the command that collects', () => {
  const release = (options: string, more: Files = {}): string[] =>
    found(
      {
        Procfile: `release: python manage.py collectstatic ${options}\nweb: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n`,
        'chat/static/chat/a.css': styles,
        ...more,
      },
      { DISABLE_COLLECTSTATIC: '1' },
    )

  it.each(['--noinput', '--noinput -v 0', '--noinput -i "*.scss"', '--clear --no-input'])(
    '%s: it looks for all',
    (options) => {
      expect(release(options)).toEqual(['no-target chat/gone.png'])
    },
  )

  it.each([
    '--noinput -i "*.css"',
    '--noinput --ignore=chat',
    '--noinput -ichat/*',
    '--noinput --no-post-process',
    '-n',
    '--dry-run',
  ])('%s: it does not look for it', (options) => {
    expect(release(options)).toEqual([])
  })

  it.each<[string, Files]>([
    [
      'the project',
      {
        'chat/management/__init__.py': '',
        'chat/management/commands/__init__.py': '',
        'chat/management/commands/collectstatic.py': 'from django.core.management import BaseCommand\n',
      },
    ],
    [
      'a package',
      { 'mysite/settings.py': settings('', "'cloudinary_storage', 'daphne', 'django.contrib.staticfiles', 'chat'") },
    ],
  ])('may be one of %s', (_, files) => {
    expect(found({ 'chat/static/chat/a.css': styles, ...files })).toEqual([])
  })

  it('a pattern that a variable holds', () => {
    expect(release('--noinput -i "$LEFT_OUT"')).toEqual(['? whether collectstatic finds `chat/gone.png`'])
  })

  it('is none where a hook runs other commands', () => {
    const rootless = { 'mysite/settings.py': settings().replace(/^STATIC_ROOT.*\n/m, '') }
    const hook = (command: string) => ({ ...rootless, 'bin/post_compile': `set -e\npython manage.py ${command}\n` })
    expect(found(hook('compilemessages'), { DISABLE_COLLECTSTATIC: '1' })).toEqual([])
    expect(found(hook('collectstatic --noinput'), { DISABLE_COLLECTSTATIC: '1' })).toEqual(['no-root'])
  })
})
