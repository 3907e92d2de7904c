import { describe, expect, it } from 'vitest'
import type { Server } from '../../../../src/app/processes/model.ts'
import { shown } from '../../../../src/evaluate/shell/word.ts'
import { appOf } from '../../../support/app.ts'

const project = {
  'manage.py': '',
  'mysite/__init__.py': '',
  'mysite/asgi.py': 'from .base import *\napplication = make()\n',
  'mysite/wsgi.py': 'application = 1\n',
  'mysite/base.py': 'channel_layer = 1\ndef make():\n    return 1\n',
  'backend/api/asgi.py': 'application = 1\n',
  'backend/api/__init__.py': '',
}

function server(command: string, files: Record<string, string> = {}): Server {
  const found = appOf({ ...project, ...files, Procfile: `web: ${command}` }).processes.web?.server
  expect(found).toBeDefined()
  return found as Server
}

/** `host:port` of every socket as the router sees it. */
function sockets({ sockets: all }: Server): string[] {
  return all.map(({ kind, host, port }) =>
    kind === 'tcp' ? `${host?.reach} ${port?.worth} ${shown(host?.parts)}:${shown(port?.parts)}` : kind,
  )
}

describe('a file socket', () => {
  it.each([
    ['daphne -u /tmp/s mysite.asgi:application', '/tmp/s'],
    ['daphne -e unix:/tmp/s:mode=660 mysite.asgi:application', '/tmp/s'],
    ['uvicorn --uds /tmp/s mysite.asgi:application', '/tmp/s'],
    ['gunicorn -b unix:/tmp/s mysite.wsgi', '/tmp/s'],
    ['gunicorn -b unix:///tmp/s mysite.wsgi', '/tmp/s'],
    ['hypercorn -b unix:/tmp/s mysite.asgi:application', '/tmp/s'],
    ['granian --interface asgi --uds /tmp/s mysite.asgi:application', '/tmp/s'],
    ['gunicorn -b unix:$WHERE mysite.wsgi', undefined],
    ['daphne -p 1 mysite.asgi:application', undefined],
  ])('has its path: %s', (command, path) => expect(server(command).sockets[0]?.path).toBe(path))
})

describe('daphne', () => {
  const cases: Record<string, string[]> = {
    'daphne mysite.asgi:application': ['loopback literal 127.0.0.1:8000'],
    'daphne -p $PORT mysite.asgi:application': ['loopback $PORT 127.0.0.1:$PORT'],
    'daphne -b 0.0.0.0 mysite.asgi:application': ['any literal 0.0.0.0:8000'],
    'daphne mysite.asgi:application --port $PORT --bind 0.0.0.0 -v2': ['any $PORT 0.0.0.0:$PORT'],
    'daphne -b0.0.0.0 -p$PORT mysite.asgi:application': ['any $PORT 0.0.0.0:$PORT'],
    'daphne --po=$PORT --bin=:: mysite.asgi:application': ['any $PORT :::$PORT'],
    'daphne -p 1 -p 2 --port 3 -b localhost mysite.asgi:application': ['loopback literal localhost:3'],
    'daphne -e tcp:port=$PORT:interface=0.0.0.0 mysite.asgi:application': ['any $PORT 0.0.0.0:$PORT'],
    'daphne -e tcp:$PORT mysite.asgi:application': ['any $PORT :$PORT'],
    'daphne -e ssl:443:privateKey=k.pem -u /tmp/s mysite.asgi:application': ['any literal :443', 'unix'],
    'daphne -u /tmp/s mysite.asgi:application': ['unix'],
    'daphne --fd 3 mysite.asgi:application': ['fd'],
    'python -u -m daphne -b 0.0.0.0 -p ${PORT:-8000} mysite.asgi:application': ['any $PORT 0.0.0.0:$PORT'],
    "daphne -b 0.0.0.0 -p '$PORT' mysite.asgi:application": ['any other 0.0.0.0:$PORT'],
  }
  for (const [command, expected] of Object.entries(cases)) {
    it(command, () => expect(sockets(server(command))).toEqual(expected))
  }

  it('pings every 20 seconds unless told otherwise', () => {
    expect(server('daphne x:y').pings).toMatchObject({ interval: 20, source: 'default' })
    expect(server('daphne --ping-interval 60 x:y').pings).toMatchObject({ interval: 60, source: 'command' })
  })

  it('looks every 2 seconds who was silent: an interval of 0 does not stop its pings', () => {
    expect(server('daphne --ping-interval 0 x:y').pings.interval).toBe(2)
  })

  it('takes proxy headers over only with its option', () => {
    expect(server('daphne x:y').proxyHeaders).toBe(false)
    expect(server('daphne --proxy-headers --proxy-headers-host X-Real-IP x:y').proxyHeaders).toBe(false)
    expect(server('daphne --proxy-headers x:y').proxyHeaders).toBe(true)
  })
})

describe('uvicorn', () => {
  it('listens on 127.0.0.1:8000 by default and reads UVICORN_ variables, not PORT', () => {
    expect(sockets(server('uvicorn mysite.asgi:application'))).toEqual(['loopback literal 127.0.0.1:8000'])
    expect(sockets(server('UVICORN_HOST=0.0.0.0 UVICORN_PORT=$PORT uvicorn mysite.asgi:application'))).toEqual([
      'any $PORT 0.0.0.0:$PORT',
    ])
    expect(sockets(server('UVICORN_PORT=1 uvicorn mysite.asgi:application --port $PORT --host ::'))).toEqual([
      'any $PORT :::$PORT',
    ])
  })

  it('knows no abbreviations', () => {
    expect(server('uvicorn mysite.asgi:application --ho 0.0.0.0').problems).toMatchObject([
      { kind: 'unknown-option', option: '--ho' },
      { kind: 'extra-argument' },
    ])
  })

  it('takes its workers from WEB_CONCURRENCY', () => {
    expect(server('uvicorn mysite.asgi:application').workers).toMatchObject({ source: 'environment' })
    expect(shown(server('uvicorn mysite.asgi:application --workers 3').workers.parts)).toBe('3')
  })

  it('speaks WSGI and no WebSockets when told so', () => {
    expect(server('uvicorn mysite.wsgi:application --interface wsgi').speaks.protocol).toBe('wsgi')
    expect(server('uvicorn mysite.asgi:application --ws none').webSockets).toBe(false)
  })

  it('searches --app-dir instead of the working directory', () => {
    expect(server('uvicorn --app-dir backend api.asgi:application').target?.file).toBe('backend/api/asgi.py')
  })
})

describe('gunicorn', () => {
  const protocols: Record<string, string> = {
    'gunicorn mysite.wsgi': 'wsgi',
    'gunicorn mysite.asgi -k uvicorn.workers.UvicornWorker': 'asgi',
    'gunicorn mysite.asgi -kuvicorn_worker.UvicornH11Worker': 'asgi',
    'gunicorn mysite.asgi --worker-class=asgi': 'asgi',
    'gunicorn mysite.wsgi --worker-class gthread --threads 4': 'wsgi',
    'gunicorn mysite.asgi -k project.workers.Own': 'undetermined',
    'gunicorn mysite.asgi -k $WORKER_CLASS': 'undetermined',
    'gunicorn mysite.asgi $GUNICORN_OPTS': 'undetermined',
    'GUNICORN_CMD_ARGS="-k uvicorn_worker.UvicornWorker" gunicorn mysite.asgi': 'asgi',
    'GUNICORN_CMD_ARGS="-k uvicorn_worker.UvicornWorker" gunicorn mysite.asgi -k sync': 'wsgi',
  }
  for (const [command, protocol] of Object.entries(protocols)) {
    it(`${command}: ${protocol}`, () => expect(server(command).speaks.protocol).toBe(protocol))
  }

  it('has workers that came and went', () => {
    const problems = (worker: string, version: string) =>
      server(`gunicorn mysite.asgi -k ${worker}`, {
        'requirements.txt': `gunicorn==${version}\neventlet\n`,
      }).problems.map(({ versions }) => versions)
    expect(problems('asgi', '23.0.0')).toEqual(['>=24.0.0'])
    expect(problems('asgi', '25.1.0')).toEqual([])
    expect(problems('eventlet', '26.0.0')).toEqual(['<26.0.0'])
    expect(problems('eventlet', '23.0.0')).toEqual([])
  })

  it('takes $PORT on all interfaces by itself', () => {
    expect(sockets(server('gunicorn mysite.wsgi'))).toEqual(['any $PORT 0.0.0.0:$PORT'])
    expect(sockets(server('env -u PORT gunicorn mysite.wsgi'))).toEqual(['loopback literal 127.0.0.1:8000'])
  })

  it('reads every form of an address', () => {
    expect(sockets(server('gunicorn -b :$PORT mysite.wsgi'))).toEqual(['any $PORT :$PORT'])
    expect(sockets(server('gunicorn -b "[::]:$PORT" -b unix:/tmp/x mysite.wsgi'))).toEqual([
      'any $PORT ::' + ':$PORT',
      'unix',
    ])
    expect(sockets(server('gunicorn -b tcp://127.0.0.1:80 mysite.wsgi'))).toEqual(['loopback literal 127.0.0.1:80'])
  })

  it('reads its configuration file under the command line', () => {
    const files = {
      'gunicorn.conf.py':
        "import os, multiprocessing\nbind = f\"[::]:{os.environ.get('PORT', 5006)}\"\nworker_class = 'uvicorn_worker.UvicornWorker'\nworkers = multiprocessing.cpu_count()\n",
    }
    const found = server('gunicorn mysite.asgi', files)
    expect(sockets(found)).toEqual(['any $PORT ::' + ':$PORT'])
    expect(found.speaks).toMatchObject({ protocol: 'asgi', at: { file: 'gunicorn.conf.py' } })
    expect(found.workers.parts).toBeUndefined()
    expect(server('gunicorn mysite.asgi -k sync', files).speaks.protocol).toBe('wsgi')
    expect(
      server('gunicorn -c conf/g.py', { 'conf/g.py': "wsgi_app = 'mysite.asgi:application'\nworker_class = 'asgi'\n" })
        .target?.file,
    ).toBe('mysite/asgi.py')
  })

  it.each([
    ['gunicorn --env DJANGO_SETTINGS_MODULE=mysite.live -e A=b=c mysite.asgi', {}, ['mysite.live', 'b=c']],
    [
      'gunicorn mysite.asgi',
      { 'gunicorn.conf.py': "raw_env = ['DJANGO_SETTINGS_MODULE=mysite.live']\n" },
      ['mysite.live', ''],
    ],
    [
      'gunicorn -e A=1 mysite.asgi',
      { 'gunicorn.conf.py': "raw_env = ['DJANGO_SETTINGS_MODULE=mysite.live']\n" },
      ['', '1'],
    ],
    [
      'gunicorn mysite.asgi',
      { 'gunicorn.conf.py': "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.live')\n" },
      ['mysite.live', ''],
    ],
    [
      'DJANGO_SETTINGS_MODULE=mysite.live gunicorn mysite.asgi',
      { 'gunicorn.conf.py': "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.local')\n" },
      ['mysite.live', ''],
    ],
    ['DJANGO_SETTINGS_MODULE=a gunicorn -e DJANGO_SETTINGS_MODULE=mysite.live mysite.asgi', {}, ['mysite.live', '']],
  ])('sets what the application finds in its environment: %s', (command, files, [settings, other]) => {
    const { step } = server(command, files as Record<string, string>)
    const text = (name: string) => {
      const found = step.environment.get(name)
      return found.state === 'known' ? shown(found.parts) : ''
    }
    expect([text('DJANGO_SETTINGS_MODULE'), text('A')]).toEqual([settings, other])
  })

  it('does not decide on a file it cannot read', () => {
    const found = server('gunicorn mysite.wsgi', { 'gunicorn.conf.py': 'raise SystemExit\n' })
    expect(found.speaks.protocol).toBe('undetermined')
  })

  it('searches --chdir and --pythonpath', () => {
    expect(server('gunicorn --chdir backend api.asgi').target).toMatchObject({
      resolution: 'found',
      file: 'backend/api/asgi.py',
    })
    expect(server('gunicorn --pythonpath backend api.asgi').target?.resolution).toBe('found')
  })
})

describe('hypercorn and granian', () => {
  it('have defaults of their own', () => {
    expect(sockets(server('hypercorn mysite.asgi:application'))).toEqual(['loopback literal 127.0.0.1:8000'])
    expect(sockets(server('granian mysite.asgi:application'))).toEqual(['loopback literal 127.0.0.1:8000'])
    expect(server('granian mysite.asgi:application').speaks.protocol).toBe('rsgi')
    expect(server('granian --interface asginl mysite.asgi:application').speaks.protocol).toBe('asgi')
    expect(server('GRANIAN_INTERFACE=asgi granian mysite.asgi:application').speaks.protocol).toBe('asgi')
    expect(server('hypercorn mysite.asgi:application').pings.interval).toBe(0)
    expect(server('hypercorn wsgi:mysite.wsgi:application').speaks.protocol).toBe('wsgi')
  })

  it('read a TOML file', () => {
    const files = { 'h.toml': 'bind = ["0.0.0.0:8000"]\nwebsocket_ping_interval = 20\n' }
    const found = server('hypercorn -c h.toml mysite.asgi:application', files)
    expect(sockets(found)).toEqual(['any literal 0.0.0.0:8000'])
    expect(found.pings.interval).toBe(20)
    expect(server('hypercorn -c python:conf mysite.asgi:application').sockets[0]?.port?.worth).toBe('undetermined')
  })

  it('read a Python file', () => {
    const files = { 'conf.py': 'import os\nbind = [f"0.0.0.0:{os.environ[\'PORT\']}"]\nwebsocket_ping_interval = 20\n' }
    for (const name of ['file:conf.py', 'python:conf']) {
      const found = server(`hypercorn -c ${name} mysite.asgi:application`, files)
      expect(sockets(found)).toEqual(['any $PORT 0.0.0.0:$PORT'])
      expect(found.pings.interval).toBe(20)
    }
    expect(server('hypercorn -c python:conf.Live mysite.asgi:application', files).sockets[0]?.port?.worth).toBe(
      'undetermined',
    )
    const inPackage = { 'deploy/__init__.py': '', 'deploy/conf.py': files['conf.py'] }
    expect(sockets(server('hypercorn -c python:deploy.conf mysite.asgi:application', inPackage))).toEqual([
      'any $PORT 0.0.0.0:$PORT',
    ])
  })
})

describe('other servers', () => {
  it('are known for what they speak', () => {
    expect(server('waitress-serve --port=$PORT mysite.wsgi:application').speaks.protocol).toBe('wsgi')
    expect(sockets(server('waitress-serve --port=$PORT mysite.wsgi:application'))).toEqual(['any $PORT 0.0.0.0:$PORT'])
    expect(server('uwsgi --http :$PORT --module mysite.wsgi').speaks.protocol).toBe('wsgi')
    expect(sockets(server('uwsgi --http :$PORT --module mysite.wsgi'))).toEqual(['any $PORT :$PORT'])
    expect(server('./manage.py runserver 0.0.0.0:$PORT').name).toBe('runserver')
    expect(sockets(server('python manage.py runserver $PORT'))).toEqual(['loopback $PORT 127.0.0.1:$PORT'])
  })
})

describe('targets', () => {
  const cases: Record<string, [string | undefined, string]> = {
    'mysite.asgi:application': [undefined, 'found'],
    'mysite.asgi:make': [undefined, 'found'],
    'mysite.asgi:app': [undefined, 'attribute-missing'],
    'mysite.nothing:application': [undefined, 'module-missing'],
    'mysite.asgi.application': ['dot-for-colon', 'module-missing'],
    'mysite.asgi:': ['empty-attribute', 'attribute-missing'],
    'mysite.asgi': ['no-attribute', 'attribute-missing'],
    ':application': ['empty-module', 'undetermined'],
    'mysite/asgi:application': ['slash', 'undetermined'],
    'mysite/asgi.py:application': ['slash', 'undetermined'],
    'api.asgi:application': [undefined, 'module-missing'],
  }
  for (const [text, [fault, resolution]] of Object.entries(cases)) {
    it(`${text}: ${fault ?? resolution}`, () => {
      const target = server(`daphne ${text}`).target
      expect(target?.fault).toBe(fault)
      if (fault === undefined) expect(target?.resolution).toBe(resolution)
    })
  }

  it('name what would resolve', () => {
    expect(server('daphne api.asgi:application').target?.candidates).toEqual([
      'backend.api.asgi:application',
      'mysite.asgi:application',
    ])
  })

  it('are undetermined behind a folder or a star import that cannot be read', () => {
    expect(server('cd $SOMEWHERE && daphne x.asgi:application').target?.resolution).toBe('undetermined')
    expect(server('daphne open:application', { 'open.py': 'from elsewhere import *\n' }).target?.resolution).toBe(
      'undetermined',
    )
    expect(server('daphne open:application', { 'open.py': 'globals().update(x)\n' }).target?.resolution).toBe(
      'undetermined',
    )
  })
})

describe('usage', () => {
  const pinned = (version: string) => ({ 'requirements.txt': `daphne==${version}\n` })

  it('depends on the pinned release', () => {
    const command = 'daphne -b 0.0.0.0 -p $PORT --websocket-max-frame-size 5 x:y'
    expect(server(command, pinned('4.2.2')).problems).toEqual([])
    expect(server(command, pinned('4.1.0')).problems).toMatchObject([
      { kind: 'unknown-option', versions: '>=4.2.2' },
      { kind: 'extra-argument' },
    ])
    expect(server(command).problems).toEqual([])
    expect(server('daphne --ws-protocol a -- x:y', pinned('3.0.2')).problems).toEqual([])
  })

  it('finds what is missing, refused and repeated', () => {
    const kinds = (command: string) => server(command).problems.map(({ kind }) => kind)
    expect(kinds('daphne -p')).toEqual(['missing-value', 'missing-argument'])
    expect(kinds('daphne -p eighty x:y')).toEqual(['invalid-value'])
    expect(kinds('daphne -v4 x:y')).toEqual(['invalid-value'])
    expect(kinds('daphne --web 5 x:y')).toEqual(['ambiguous-option', 'extra-argument'])
    expect(kinds('daphne -p 1 --port 2 x:y')).toEqual(['repeated'])
    expect(kinds('daphne -p $PORT --port $PORT x:y')).toEqual([])
    expect(kinds('uvicorn x:y --ws carrier-pigeon --log-level loud')).toEqual(['invalid-value'])
    expect(kinds('gunicorn --workers many x:y')).toEqual(['invalid-value'])
    expect(kinds('daphne --websocket_timeout -1 --access-log - x:y')).toEqual([])
  })

  it('is not judged when options come from a variable', () => {
    expect(server('daphne $OPTS').problems).toEqual([])
  })
})
