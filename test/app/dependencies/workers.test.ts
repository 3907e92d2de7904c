import { describe, expect, it } from 'vitest'
import { missingDistributions } from '../../../src/app/dependencies/missing-distributions.ts'
import { appOf } from '../../support/app.ts'

const project = {
  'requirements.txt': 'Django==5.2.17\nchannels==4.3.2\ngunicorn==23.0.0\n',
  'site1/__init__.py': '',
  'site1/settings.py': "INSTALLED_APPS = ['channels']\n",
  'site1/asgi.py': 'application = None\n',
}

function missing(worker: string, requirements = ''): string[] {
  const app = appOf({
    ...project,
    'requirements.txt': project['requirements.txt'] + requirements,
    Procfile: `web: gunicorn site1.asgi:application -k ${worker}\n`,
  })
  return missingDistributions(app).map(([{ distribution }]) => distribution)
}

describe('the package of a gunicorn worker', () => {
  it.each([
    ['meinheld.gmeinheld.MeinheldWorker', 'meinheld'],
    ["'egg:meinheld#gunicorn_worker'", 'meinheld'],
    ['gevent', 'gevent'],
    ['tornado', 'tornado'],
    ['uvicorn_worker.UvicornWorker', 'uvicorn-worker'],
  ])('%s needs %s', (worker, distribution) => {
    expect(missing(worker)).toContain(distribution)
    expect(missing(worker, `${distribution}\n`)).toEqual([])
  })

  it.each(['sync', 'gthread', "'egg:gunicorn#gthread'", 'gunicorn.workers.gthread.ThreadWorker', 'site1.workers.Own'])(
    '%s needs none',
    (worker) => {
      expect(missing(worker)).toEqual([])
    },
  )
})
