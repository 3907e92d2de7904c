import { describe, expect, it } from 'vitest'
import { check } from '../../src/check.ts'
import { defaultConfig } from '../../src/config/config.ts'
import type { Hop } from '../../src/contracts/hop.ts'
import { memoryTree } from '../../src/files/memory.ts'
import { today } from '../support/app.ts'
import { filesBelow } from '../support/trees.ts'

const base = filesBelow('test/pages/bases/channels')
const textOf = (path: string) => new TextDecoder().decode(base[path])
const web = textOf('Procfile').trim()
const requirements = textOf('requirements.txt')
const settings = textOf('mysite/settings.py')
const asgi = textOf('mysite/asgi.py')
const celery =
  "import os\n\nfrom celery import Celery\n\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')\n\napp = Celery('mysite', broker=os.environ['REDIS_URL'])\n"

function reported(files: Record<string, string>) {
  const { report, failures } = check({ today, tree: memoryTree({ ...base, ...files }), config: defaultConfig })
  expect(failures).toEqual([])
  const found = report.findings.filter(({ severity }) => severity !== 'info')
  const link = (hop: Hop) => report.chain.find((one) => one.hop === hop)
  return {
    found: found.map(
      ({ rule, hop, beside, certainty }) =>
        `${rule} ${hop}${beside ? ' beside' : ''}${certainty === 'possible' ? ' possible' : ''}`,
    ),
    messages: found.map(({ message }) => message.en).join('\n'),
    state: (hop: Hop) => link(hop)?.state,
    why: (hop: Hop) => (link(hop)?.unknowns ?? []).map(({ what, why }) => `${what.en}: ${why.en}`).join('\n'),
  }
}

const processes = (...lines: string[]) => ({ Procfile: `${[web, ...lines].join('\n')}\n` })
const install = (...lines: string[]) => ({ 'requirements.txt': `${requirements}${lines.join('\n')}\n` })
/** A project whose worker works. */
const withCelery = { ...install('celery==5.5.3'), 'mysite/celery.py': celery }

describe('a program that no installed package brings', () => {
  it.each([
    ['worker: celery -A mysite worker', 'celery'],
    ['worker: rq worker --url $REDIS_URL', 'rq'],
    ['worker: rqworker', 'rq'],
    ['worker: dramatiq chat.tasks', 'dramatiq'],
    ['worker: huey_consumer chat.tasks.huey', 'huey'],
  ])('%s', (line, distribution) => {
    const seen = reported({ ...processes(line), 'chat/tasks.py': 'x = 1\n', 'mysite/celery.py': 'app = None\n' })
    expect(seen.found).toContain('deps/missing-package boot beside')
    expect(seen.messages).toContain(`${distribution} is not installed`)
    expect(seen.state('boot')).toBe('holds')
  })

  it('breaks the boot in front of the server, and as what starts it', () => {
    for (const line of [web.replace('web: ', 'web: newrelic-admin run-program '), 'web: circusd circus.ini']) {
      const seen = reported({ Procfile: `${line}\n` })
      expect(seen.found).toEqual(['deps/missing-package boot'])
      expect(seen.state('boot')).toBe('breaks')
    }
    const managed = reported({ Procfile: 'web: honcho start -f Procfile.all\n', 'Procfile.all': `${web}\n` })
    expect(managed.messages).toContain('honcho is not installed')
  })

  it('is there where the package, a buildpack or a hook brings it', () => {
    const line = 'worker: celery -A mysite worker'
    expect(reported({ ...withCelery, ...processes(line) }).found).toEqual([])
    for (const files of [{ Aptfile: 'frobnicate\n' }, { 'bin/post_compile': 'install\n' }, { 'bin/frobnicate': '' }])
      expect(reported({ ...processes('worker: frobnicate'), ...files } as Record<string, string>).found).toEqual([])
    expect(reported({ ...processes('worker: frobnicate || celery x') }).found).toEqual([])
  })

  it('leaves the release open where something may bring it', () => {
    expect(reported(processes('release: frobnicate')).found).toEqual(['procfile/command-missing release possible'])
    const open = reported({ ...processes('release: frobnicate'), Aptfile: 'frobnicate\n' })
    expect(open.found).toEqual([])
    expect(`${open.state('release')} ${open.why('release')}`).toMatch(/^undetermined whether the dyno has `frobnicate`/)
    expect(open.state('boot')).toBe('holds')
  })

  it('runs once when an app is made', () => {
    const app = textOf('app.json').replace(
      '"stack"',
      '"scripts": { "postdeploy": "python manage.py migarte" },\n  "stack"',
    )
    const seen = reported({ 'app.json': app })
    expect(seen.found).toEqual(['procfile/command-missing boot beside'])
    expect(seen.messages).toContain('did you mean migrate?')
  })
})

describe('a command of manage.py', () => {
  it.each([
    ['migarte', 'did you mean migrate?'],
    ['rqworker', 'a command of `django_rq`'],
  ])('%s', (name, text) => {
    const seen = reported(processes(`release: python manage.py ${name}`))
    expect(seen.found).toEqual(['procfile/command-missing release'])
    expect(seen.messages).toContain(text)
    expect(seen.state('release')).toBe('breaks')
  })

  it('is known where Django, an installed app or the project has it', () => {
    for (const line of [
      'release: python manage.py migrate',
      'release: python manage.py collectstatic --noinput',
      'worker: python manage.py runworker thumbnails',
    ])
      expect(reported(processes(line)).messages).not.toContain('manage.py for')
    const own = { 'chat/management/__init__.py': '', 'chat/management/commands/tidy.py': '' }
    expect(reported({ ...processes('release: python manage.py tidy'), ...own }).found).toEqual([])
    const handled = textOf('manage.py').replace('import sys\n', "import sys\n\nSEED = 'seed'\n")
    expect(reported({ ...processes('release: python manage.py seed'), 'manage.py': handled }).found).toEqual([])
  })

  it('cannot be told where an app that nobody knows may have it', () => {
    const apps = { 'mysite/settings.py': settings.replace("    'chat',", "    'chat',\n    'strange_app',") }
    const seen = reported({
      ...processes('release: python manage.py frobnicate'),
      ...apps,
      'requirements.txt': `${requirements}strange-app==1.0\n`,
    })
    expect(seen.found).toEqual([])
    expect(`${seen.state('release')} ${seen.why('release')}`).toMatch(/^undetermined .*`strange_app` may bring/)
  })

  it('of django-admin knows no settings', () => {
    const seen = reported(processes('release: django-admin migrate'))
    expect(seen.found).toEqual(['asgi/settings-default release possible'])
    for (const line of [
      'release: DJANGO_SETTINGS_MODULE=mysite.settings django-admin migrate',
      'release: django-admin migrate --settings mysite.settings',
    ])
      expect(reported(processes(line)).found).toEqual([])
  })
})

describe('the command line of Celery', () => {
  const worker = (line: string, files: Record<string, string> = {}) =>
    reported({ ...withCelery, ...processes(`worker: ${line}`), ...files })

  it.each([
    ['celery -A mysite wroker', 'did you mean worker?'],
    ['celery worker -A mysite', 'where Celery 5 does not take it'],
    ['celery worker --app=mysite.celery', 'where Celery 5 does not take it'],
    ['celery -A nowhere worker', 'neither in the repository nor installed'],
    ['celery -A mysite.nothing worker', 'neither in the repository nor installed'],
    ['celery -A chat worker', 'defines nothing and has no module `celery`'],
  ])('%s', (line, text) => {
    const seen = worker(line)
    expect(seen.found).toEqual(['procfile/command-missing boot beside'])
    expect(seen.messages).toContain(text)
    expect(seen.state('boot')).toBe('holds')
  })

  it('names what can be imported from where it runs', () => {
    for (const line of [
      'celery -A mysite worker',
      'celery -A mysite.celery worker',
      'celery -A mysite.celery:app worker -l info',
      'celery -A mysite.celery.app worker --beat',
      'python -m celery -A mysite worker',
    ])
      expect(worker(line).found).toEqual([])
    // The command of Celery 4 is right; that pip no longer installs Celery 4 is another finding.
    const old = worker('celery worker -A mysite', install('celery==4.4.7'))
    expect(old.found).toEqual(['deps/not-installable build'])
    const jobs = { 'jobs/queue_app.py': celery }
    const apart = worker('celery -A queue_app worker', jobs)
    expect(apart.messages).toContain('stands in `jobs/`, where the command does not look')
    for (const line of [
      'cd jobs && celery -A queue_app worker',
      'celery --workdir jobs -A queue_app worker',
      'PYTHONPATH=jobs celery -A queue_app worker',
    ])
      expect(worker(line, jobs).found).toEqual([])
  })

  it('asks for flower only where it is installed', () => {
    expect(worker('celery -A mysite flower').messages).toContain('flower is not installed')
    expect(worker('celery -A mysite flower', install('celery==5.5.3', 'flower==2.0.1')).found).toEqual([])
  })
})

describe('the broker of Celery', () => {
  const plain = celery.replace(", broker=os.environ['REDIS_URL']", '')
  const configured = `${plain}app.config_from_object('django.conf:settings', namespace='CELERY')\n`
  const worker = (text: string, lines = '', more: Record<string, string> = {}) =>
    reported({
      ...withCelery,
      ...processes('worker: celery -A mysite worker'),
      'mysite/celery.py': text,
      'mysite/settings.py': `${settings}\n${lines}\n`,
      ...more,
    })

  it('is on the dyno itself where nothing names one', () => {
    const none = 'settings/celery-broker http beside possible'
    expect(worker(plain).found).toEqual([none])
    expect(worker(configured).found).toEqual([none])
    expect(worker(configured, "BROKER_URL = 'memory://'").messages).toContain('which define only BROKER_URL')
    expect(worker(`${configured}app.conf.update(timezone='UTC')\n`).found).toEqual([none])
  })

  it('fails the pages of a web process that sends tasks', () => {
    const more = {
      'mysite/__init__.py': 'from .celery import app\n',
      'chat/views.py': 'from .tasks import greet\n\n\ndef room(request):\n    greet.delay()\n',
    }
    expect(worker(configured, '', more).found).toEqual(['settings/celery-broker http possible'])
  })

  it('is not judged where one is named, or may be', () => {
    expect(worker(configured, 'CELERY_BROKER_URL = REDIS_URL').found).toEqual([])
    for (const line of [
      'import settings_of_celery\napp.config_from_object(settings_of_celery)',
      "app.conf.update(BROKER_URL='memory://')",
      "app.conf.broker_url = 'memory://'",
      "app.config_from_envvar('CONFIG')",
    ])
      expect(worker(`${plain}${line}\n`).messages).not.toContain('broker')
    const given = processes('worker: celery -A mysite -b $REDIS_URL worker')
    expect(worker(configured, '', given).found).toEqual([])
    const variable = textOf('app.json').replace('"env": {', '"env": {\n    "CELERY_BROKER_URL": "memory://",')
    expect(worker(configured, '', { 'app.json': variable }).found).toEqual([])
  })

  it('in Redis needs redis-py', () => {
    const seen = worker(configured, "CELERY_BROKER_URL = REDIS_URL\nCHANNEL_LAYERS = {'default': {'BACKEND': 'x.Y'}}", {
      'requirements.txt': `${requirements.replace(/^(?:channels-)?redis.*\n/gm, '')}celery==5.5.3\n`,
    })
    expect(seen.messages).toContain('for which it needs redis-py')
  })
})

describe('a worker has a world of its own', () => {
  const worker = (files: Record<string, string>, line = 'celery -A mysite worker') =>
    reported({ ...withCelery, ...processes(`worker: ${line}`), ...files })

  it('its settings, which no other process reads', () => {
    const own = { 'mysite/celery.py': celery.replace('mysite.settings', 'mysite.tasks_settings') }
    const broken = {
      ...own,
      'mysite/tasks_settings.py': 'from .settings import *\nimport sentry_sdk\nundefined_name\n',
    }
    const seen = worker(broken)
    expect(seen.found.toSorted()).toEqual(['deps/missing-package boot beside', 'settings/startup-crash boot beside'])
    expect(seen.state('boot')).toBe('holds')
    expect(worker({ ...own, 'mysite/tasks_settings.py': 'from .settings import *\n' }).found).toEqual([])
  })

  it('the module that it loads', () => {
    const seen = worker({ 'mysite/celery.py': `${celery}\nimport twilio\n` })
    expect(seen.found).toEqual(['deps/missing-package boot beside'])
    expect(seen.state('boot')).toBe('holds')
  })

  it('its folder', () => {
    const files = { 'jobs/queue_app.py': `${celery}\nimport helper\n`, 'jobs/helper.py': 'undefined_name\n' }
    expect(worker(files, 'cd jobs && celery -A queue_app worker').found).toEqual(['settings/startup-crash boot beside'])
  })

  it('its environment', () => {
    const files = { 'mysite/settings.py': `${settings}\nif os.environ.get('ROLE') == 'worker':\n    undefined_name\n` }
    expect(worker(files, 'ROLE=worker celery -A mysite worker').found).toContain('settings/startup-crash boot beside')
    expect(worker(files, 'ROLE=web celery -A mysite worker').found).not.toContain('settings/startup-crash boot beside')
  })

  it('a second server', () => {
    const files = {
      'mysite/admin_asgi.py': asgi.replace('mysite.settings', 'mysite.admin_settings'),
      'mysite/admin_settings.py': 'from .settings import *\nundefined_name\n',
      ...processes('admin: daphne -b 0.0.0.0 -p $PORT mysite.admin_asgi:application'),
    }
    expect(reported(files).found).toContain('settings/startup-crash boot beside')
  })
})
