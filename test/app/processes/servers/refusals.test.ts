import { describe, expect, it } from 'vitest'
import { missingDistributions } from '../../../../src/app/dependencies/missing-distributions.ts'
import { memoryTree } from '../../../../src/files/memory.ts'
import { appIn, appOf } from '../../../support/app.ts'
import { presenceIn } from '../../../support/presence.ts'

const project = {
  'manage.py': '',
  'mysite/__init__.py': '',
  'mysite/settings.py': '',
  'mysite/asgi.py': 'application = 1\n',
}

function problems(command: string, requirements = '', files: Record<string, string> = {}): string[] {
  const app = appOf({ ...project, ...files, 'requirements.txt': requirements, Procfile: `web: ${command}\n` })
  return (app.processes.web?.server?.problems ?? []).map(({ kind, option }) => `${kind} ${option}`)
}

describe('what a server refuses at the start', () => {
  const cases: Record<string, string[]> = {
    'daphne --proxy-headers=true mysite.asgi:application': ['unexpected-value --proxy-headers'],
    'daphne -b 0.0.0.0:$PORT -p $PORT mysite.asgi:application': ['invalid-value --bind'],
    'daphne --proxy-headers-host X-Real-IP mysite.asgi:application': ['invalid-value --proxy-headers-host'],
    'uvicorn --host "[::]" --port $PORT mysite.asgi:application': ['invalid-value --host'],
    'UVICORN_PORT=eighty uvicorn mysite.asgi:application': ['invalid-value UVICORN_PORT'],
    'UVICORN_PORT=eighty uvicorn --port $PORT mysite.asgi:application': [],
    'UVICORN_PORT= uvicorn mysite.asgi:application': [],
    'WEB_CONCURRENCY=two gunicorn -w 1 mysite.asgi:application': ['invalid-value WEB_CONCURRENCY'],
    'gunicorn -w -1 mysite.asgi:application': ['invalid-value -w'],
    'gunicorn -c missing.py mysite.asgi:application': ['invalid-value -c'],
    'gunicorn --chdir nowhere mysite.asgi:application': ['invalid-value --chdir'],
    'gunicorn -k UvicornWorker mysite.asgi:application': ['invalid-value -k'],
    'hypercorn -k gevent mysite.asgi:application': ['invalid-value -k'],
    'granian --interface ASGI mysite.asgi:application': [],
    'granian --interface asgi --workers 0 mysite.asgi:application': ['invalid-value --workers'],
    'waitress-serve --listen=*:$PORT --port=$PORT mysite.asgi:application': ['invalid-value --port'],
  }
  for (const [command, expected] of Object.entries(cases)) {
    it(`${command}: ${expected.join(', ') || 'nothing'}`, () => expect(problems(command)).toEqual(expected))
  }

  it('misses a file that git leaves on the author’s machine', () => {
    const files = {
      ...project,
      '.env': 'A=1\n',
      'requirements.txt': '',
      Procfile: 'web: uvicorn --env-file .env mysite.asgi:application\n',
    }
    const found = (ignored: readonly string[]) => {
      const tree = memoryTree(files)
      const presence = presenceIn(tree, Object.keys(files), { untracked: [], ignored })
      return (appIn(tree, { presence }).processes.web?.server?.problems ?? []).map(
        ({ kind, option }) => `${kind} ${option}`,
      )
    }
    expect(found([])).toEqual([])
    expect(found(['.env'])).toEqual(['invalid-value --env-file'])
  })

  it('is silent about what only the dyno knows', () => {
    expect(problems('uvicorn --host $HOST --port $PORT mysite.asgi:application')).toEqual([])
    expect(problems('uvicorn --env-file $FILE mysite.asgi:application')).toEqual([])
    expect(problems('gunicorn -c /etc/gunicorn.py mysite.asgi:application')).toEqual([])
  })
})

describe('a worker known by name', () => {
  const missing = (requirement: string) =>
    missingDistributions(
      appOf({
        ...project,
        'requirements.txt': `${requirement}\n`,
        Procfile: 'web: gunicorn -k gevent mysite.asgi:application\n',
      }),
    ).flatMap(([first]) => first.distribution)

  it('needs its package, which an extra may bring', () => {
    expect(missing('gunicorn==23.0.0')).toEqual(['gevent'])
    expect(missing('gunicorn[gevent]==23.0.0')).toEqual([])
  })
})
