import { expect, it } from 'vitest'
import rule from '../../../../rules/settings/startup-crash/rule.ts'
import { defaultConfig } from '../../../../src/config/config.ts'
import { run } from '../../../../src/engine/run.ts'
import { appOf } from '../../../app/settings/support.ts'

const settings = (file: string) => `SECRET_KEY = 'a'
INSTALLED_APPS = ['daphne', 'channels']
LOGGING = {'version': 1, 'handlers': {'file': {'class': 'logging.FileHandler', 'filename': '${file}'}}}
`

/** What is told of a log file, and at which hops whose folder could not be told. */
function told(file: string, files: Readonly<Record<string, string>> = {}) {
  const app = appOf({ 'mysite/settings.py': settings(file), ...files })
  const { findings, unknowns } = run(app, [rule], defaultConfig)
  const folders = [...unknowns].flatMap(([hop, all]) =>
    all.filter(({ what }) => what.en.includes('log file')).map(({ what }) => `${hop}: ${what.en}`),
  )
  return { findings: findings.map(({ hop }) => hop), folders }
}

const container = {
  'heroku.yml':
    'build:\n  docker:\n    web: Dockerfile\nrun:\n  web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n',
  Dockerfile: 'FROM python:3.13\nCOPY . /app\nWORKDIR /app\nRUN pip install -r requirements.txt\n',
}

it('tells a log file whose folder nothing makes', () => {
  expect(told('/var/log/django/debug.log')).toEqual({ findings: ['boot'], folders: [] })
})

it('puts on record what a hook or an image may make', () => {
  const folders = ['boot: whether `/var/log/django` is there for the log file']
  const hook = { 'bin/post_compile': 'python prepare.py\n' }
  expect(told('/var/log/django/debug.log', hook)).toEqual({ findings: [], folders })
  expect(told('/var/log/django/debug.log', container)).toEqual({ findings: [], folders })
})

it('leaves a folder that a command makes', () => {
  const hook = { 'bin/post_compile': 'mkdir -p /var/log/django\n' }
  expect(told('/var/log/django/debug.log', hook)).toEqual({ findings: [], folders: [] })
})
