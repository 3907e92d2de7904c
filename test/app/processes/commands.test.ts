import { describe, expect, it } from 'vitest'
import { dropOption } from '../../../src/app/processes/command-edits.ts'
import type { Process } from '../../../src/app/processes/model.ts'
import { applyEdits } from '../../../src/engine/edits.ts'
import { shown } from '../../../src/evaluate/shell/word.ts'
import { appOf, textAt } from '../../support/app.ts'

const project = { 'manage.py': '', 'mysite/__init__.py': '', 'mysite/asgi.py': 'application = 1\n' }

function web(command: string, files: Record<string, string> = {}): Process {
  const app = appOf({ ...project, ...files, Procfile: `web: ${command}` })
  return app.processes.web as Process
}

/** `folder$ program argument …` of every step of the usual run; `&` in the background, `?` as a fallback. */
function steps(process: Process): string[] {
  return (process.runs[0]?.steps ?? []).map(({ argv, cwd, background, fallback }) => {
    const words = argv.map(({ parts }) => shown(parts)).join(' ')
    return `${cwd ?? '?'}$ ${words}${background ? ' &' : ''}${fallback ? ' ?' : ''}`
  })
}

describe('commands', () => {
  it('are followed through cd, lists and prefixes', () => {
    const process = web('cd backend && A=1 daphne -p $PORT x:y || echo no; celery &', { 'backend/x.py': '' })
    expect(steps(process)).toEqual(['backend$ daphne -p $PORT x:y', 'backend$ celery &'])
    expect(process.steps[0]?.environment.get('A')).toMatchObject({ state: 'known', parts: ['1'] })
  })

  it('keep what runs only when something fails apart', () => {
    expect(steps(web('python manage.py migrate || python rescue.py; daphne x', { 'rescue.py': '' }))).toEqual([
      '$ python manage.py migrate',
      '$ python rescue.py ?',
      '$ daphne x',
    ])
  })

  it('stop where cd fails', () => {
    const process = web('cd nowhere && daphne x')
    expect(steps(process)).toEqual([])
    expect(process.runs[0]?.missing).toMatchObject([{ kind: 'folder', path: 'nowhere' }])
  })

  it('end at exec and exit', () => {
    expect(steps(web('exec daphne x; celery'))).toEqual(['$ daphne x'])
    expect(steps(web('exit 0; celery'))).toEqual([])
  })
})

describe('wrappers', () => {
  const wrapped: Record<string, string[]> = {
    'newrelic-admin run-program daphne x': ['newrelic-admin'],
    'bin/start-pgbouncer-stunnel newrelic-admin run-program daphne x': ['start-pgbouncer-stunnel', 'newrelic-admin'],
    'ddtrace-run daphne x': ['ddtrace-run'],
    'opentelemetry-instrument --traces_exporter console daphne x': ['opentelemetry-instrument'],
    'chamber exec app prod -- daphne x': ['chamber'],
    'doppler run --project p -- daphne x': ['doppler'],
    'doppler run daphne x': ['doppler'],
    'poetry run daphne x': ['poetry'],
    'pipenv run daphne x': ['pipenv'],
    'uv run --with httpx daphne x': ['uv'],
    'pdm run daphne x': ['pdm'],
    'env -u B A=1 daphne x': ['env'],
    'nice -n 10 daphne x': ['nice'],
    'timeout -s KILL 3600 daphne x': ['timeout'],
    'stdbuf -oL daphne x': ['stdbuf'],
    'nohup setsid daphne x': ['nohup', 'setsid'],
    'dotenv -f .env run -- daphne x': ['dotenv'],
    'honcho run daphne x': ['honcho'],
  }
  for (const [command, names] of Object.entries(wrapped)) {
    it(`are taken off: ${command}`, () => {
      const process = web(command)
      expect(steps(process)).toEqual(['$ daphne x'])
      expect(process.steps[0]?.wrappers.map(({ name }) => name)).toEqual(names)
    })
  }

  it('change the folder where they say so', () => {
    expect(steps(web('uv run --directory backend daphne x', { 'backend/y.py': '' }))).toEqual(['backend$ daphne x'])
    expect(steps(web('poetry -C backend run daphne x', { 'backend/y.py': '' }))).toEqual(['backend$ daphne x'])
  })

  it('leave a program of the repository alone', () => {
    expect(steps(web('bin/start-web daphne x', { 'bin/start-web': '#!/bin/sh\nexec celery "$@"\n' }))).toEqual([
      '$ celery daphne x',
    ])
  })
})

describe('scripts', () => {
  const script =
    '#!/usr/bin/env bash\nset -e\ncase "$1" in\n  web)\n    shift\n    exec daphne -b 0.0.0.0 -p "${PORT:-8000}" "$@"\n    ;;\n  *) exec celery -A mysite worker ;;\nesac\n'

  it('are followed with their arguments, and the places are theirs', () => {
    const app = appOf({
      ...project,
      'bin/run.sh': script,
      Procfile: 'web: bin/run.sh web mysite.asgi:application\nworker: bash bin/run.sh worker',
    })
    const { web: process, all } = app.processes
    expect(steps(process as Process)).toEqual(['$ daphne -b 0.0.0.0 -p $PORT mysite.asgi:application'])
    expect(steps(all[1] as Process)).toEqual(['$ celery -A mysite worker'])
    const step = process?.steps[0]
    expect(step && textAt(app, step.at)).toBe('exec daphne -b 0.0.0.0 -p "${PORT:-8000}" "$@"')
    expect(step?.chain.map((place) => textAt(app, place))).toEqual(['bin/run.sh web mysite.asgi:application'])
    expect(process?.server?.target && textAt(app, process.server.target.at)).toBe('mysite.asgi:application')
    expect(process?.server?.target?.at.file).toBe('Procfile')
  })

  it('are read as dash reads them under sh', () => {
    expect(steps(web('sh -c "source env.sh && daphne x"', { 'env.sh': 'A=1' }))).toEqual([])
    expect(steps(web('bash -c "source env.sh && daphne x"', { 'env.sh': 'A=1' }))).toEqual(['$ daphne x'])
    expect(steps(web('./x.sh', { 'x.sh': '#!/bin/sh\nset -euo pipefail\ndaphne x\n' }))).toEqual([])
    expect(steps(web('./x.sh', { 'x.sh': '#!/bin/bash\nset -euo pipefail\ndaphne x\n' }))).toEqual(['$ daphne x'])
  })

  it('may be sourced, define functions and be nested', () => {
    const files = {
      'lib.sh': 'serve() { exec "$@"; }\nexport MODE=live\n',
      'start.sh': '. ./lib.sh\nserve daphne "$MODE"\n',
    }
    expect(steps(web('bash start.sh', files))).toEqual(['$ daphne live'])
  })

  it('end somewhere even when they call themselves', () => {
    expect(steps(web('bash a.sh', { 'a.sh': 'bash a.sh\nbash a.sh\n' }))).toEqual([])
  })

  it('in Python are followed into uvicorn.run and subprocess', () => {
    const run =
      'import os, uvicorn\nif __name__ == "__main__":\n    uvicorn.run("mysite.asgi:application", host="0.0.0.0", port=int(os.environ.get("PORT", 8000)))\n'
    const { server } = web('python run.py', { 'run.py': run })
    expect(server?.name).toBe('uvicorn')
    expect(server?.sockets[0]).toMatchObject({ host: { reach: 'any' }, port: { worth: '$PORT' } })
    const start =
      'import subprocess\nsubprocess.run(["python", "manage.py", "migrate"], check=True)\nsubprocess.run("cd mysite && daphne x", shell=True)\n'
    expect(steps(web('python start.py', { 'start.py': start }))).toEqual([
      '$ python manage.py migrate',
      'mysite$ daphne x',
    ])
  })

  it('of package.json, Makefiles and other Procfiles are followed', () => {
    expect(
      steps(web('npm start', { 'package.json': '{"scripts": {"prestart": "node prepare.js", "start": "daphne x"}}' })),
    ).toEqual(['$ node prepare.js', '$ daphne x'])
    expect(steps(web('yarn serve -- y', { 'package.json': '{"scripts": {"serve": "daphne x"}}' }))).toEqual([
      '$ daphne x y',
    ])
    expect(
      steps(
        web('make -C ops run P=1', {
          'ops/Makefile':
            'APP = x\nrun: check\n\t@daphne $(APP) \\\n\t  -p $$PORT\ncheck:\n\t-echo hi\n\tcelery $(P)\n',
        }),
      ),
    ).toEqual(['ops$ celery 1', 'ops$ daphne x -p $PORT'])
    expect(
      steps(
        web('honcho start -f Procfile.all', { 'Procfile.all': 'web: daphne -p $PORT x\nworker: celery -p $PORT\n' }),
      ),
    ).toEqual(['$ daphne -p $PORT x &', '$ celery -p PORT+100 &'])
    const conf =
      '[supervisord]\nnodaemon=true\n[program:web]\ncommand=daphne -p %(ENV_PORT)s "a b" ; why\ndirectory=/app/mysite\nenvironment=A="1"\n'
    expect(steps(web('supervisord -c conf/s.conf', { 'conf/s.conf': conf }))).toEqual(['mysite$ daphne -p $PORT a b &'])
  })
})

describe('what only the dyno knows', () => {
  it('makes runs, the usual one first', () => {
    const process = web(
      'if [ "$MODE" = debug ]; then python manage.py runserver; else daphne -p ${PORT:-8000} mysite.asgi:application; fi',
    )
    expect(
      process.runs.map(({ when, servers }) => [
        when.map(({ text }) => text.en).join(),
        servers.map(({ name }) => name).join(),
      ]),
    ).toEqual([
      ['`MODE` is not "debug"', 'daphne'],
      ['`MODE` is "debug"', 'runserver'],
    ])
    expect(process.server?.name).toBe('daphne')
  })

  it('leaves no server when the outcome of a program decides', () => {
    expect(web('if ./manage.py check; then daphne x; else gunicorn y; fi').server).toBeUndefined()
  })

  it('is bounded', () => {
    const tests = Array.from({ length: 40 }, (_, i) => `[ -n "$V${i}" ] && celery`).join('; ')
    expect(web(`${tests}; daphne x`).runs.length).toBeLessThanOrEqual(32)
  })
})

describe('places', () => {
  it('point into the file and text where a value was written', () => {
    const app = appOf({
      ...project,
      Procfile: 'web: bash start.sh',
      'start.sh': 'BIND="127.0.0.1"\nexec daphne -b $BIND -p 8001 mysite.asgi:application\n',
    })
    const socket = app.processes.web?.server?.sockets[0]
    expect(socket?.host && textAt(app, socket.host.at)).toBe('127.0.0.1')
    expect(socket?.port && textAt(app, socket.port.at)).toBe('8001')
  })

  it('survive nested quotes', () => {
    const app = appOf({
      ...project,
      Procfile: `web: bash -c "cd mysite && bash -c 'daphne -b 127.0.0.1 -p 80 asgi:application'"`,
    })
    const server = app.processes.web?.server
    expect(server?.target && textAt(app, server.target.at)).toBe('asgi:application')
    expect(server?.sockets[0]?.host && textAt(app, server.sockets[0].host.at)).toBe('127.0.0.1')
    expect(server?.target?.resolution).toBe('found')
  })
})

describe('the file that defines processes', () => {
  it('is heroku.yml on the container stack, with the entry point of its Dockerfile', () => {
    const app = appOf({
      ...project,
      'heroku.yml': 'build:\n  docker:\n    web: Dockerfile\nrun:\n  web: daphne -p $PORT mysite.asgi:application\n',
      Dockerfile: 'FROM python:3.13\nWORKDIR /code\nENV MODE=live\nCOPY . /code\nENTRYPOINT ["/code/entry.sh"]\n',
      'entry.sh': '#!/bin/sh\nset -e\npython manage.py migrate\nexec "$@"\n',
    })
    const process = app.processes.web as Process
    expect(app.processes.from).toBe('heroku.yml')
    expect(steps(process)).toEqual(['$ python manage.py migrate', '$ daphne -p $PORT mysite.asgi:application'])
    expect(process.steps[1]?.environment.get('MODE')).toMatchObject({ parts: ['live'] })
  })

  it('is the Dockerfile when heroku.yml has no run, and its exec form expands nothing', () => {
    const app = appOf({
      ...project,
      'heroku.yml': 'build:\n  docker:\n    web: Dockerfile\n',
      Dockerfile:
        'FROM a\nRUN x\nFROM python:3.13\nWORKDIR /srv\nCOPY . .\nCMD ["daphne", "-p", "$PORT", "mysite.asgi:application"]\n',
    })
    expect(app.processes.from).toBe('dockerfile')
    expect(steps(app.processes.web as Process)).toEqual(['$ daphne -p $PORT mysite.asgi:application'])
    expect(app.processes.web?.server?.sockets[0]?.port?.worth).toBe('other')
    expect(app.processes.web?.server?.target?.resolution).toBe('found')
  })

  it.each([
    ['FROM python:3.13\nCOPY . .\n', undefined],
    ['FROM docker.io/library/python:3.13 AS Base\nCMD daphne\nFROM base\nCOPY . .\n', undefined],
    ['FROM python:3.13\nENTRYPOINT ["./serve"]\n', 'dockerfile'],
    ['FROM registry.example.com/python:3.13\nCOPY . .\n', 'dockerfile'],
    ['ARG BASE=python:3.13\nFROM $BASE\nCOPY . .\n', 'dockerfile'],
  ])('is none when the image surely starts nothing: %j', (Dockerfile, from) => {
    const app = appOf({ ...project, 'heroku.yml': 'build:\n  docker:\n    web: Dockerfile\n', Dockerfile })
    expect(app.processes.from).toBe(from)
  })

  it('may hold a type twice, and types in any case', () => {
    const { overridden, web: process, get } = appOf({ ...project, Procfile: 'web: a\nWeb: b\nweb: c' }).processes
    expect(process?.command.text).toBe('c')
    expect(get('Web')?.command.text).toBe('b')
    expect(overridden.map(({ type }) => type)).toEqual(['web'])
  })
})

describe('dropOption', () => {
  it.each([
    ['-D', 'web: gunicorn x:y'],
    ['-DR', 'web: gunicorn -R x:y'],
    ['-RD', 'web: gunicorn -R x:y'],
    ['-Db 0.0.0.0:$PORT', 'web: gunicorn -b 0.0.0.0:$PORT x:y'],
    ['--daemon', 'web: gunicorn x:y'],
  ])('takes one flag away, and those it is written with stay: %s', (written, wanted) => {
    const Procfile = `web: gunicorn ${written} x:y`
    const app = appOf({ ...project, 'requirements.txt': 'gunicorn==23.0.0\n', Procfile })
    const daemon = app.processes.web?.server?.options.find(({ dest }) => dest === 'daemon')
    const edits = daemon && dropOption(app, daemon)
    expect(applyEdits(Procfile, edits ?? []).text).toBe(wanted)
  })
})
