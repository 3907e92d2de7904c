import { describe, expect, it } from 'vitest'
import { conditionOf, meets } from '../../src/engine/premises.ts'
import type { Condition } from '../../src/evaluate/condition.ts'
import { appOf, settingsOf } from '../app/settings/support.ts'
import { appOf as configured } from '../support/app.ts'

function condition(id: string, holds: boolean): Condition {
  const text = `${id} ${holds}`
  return {
    id,
    variable: id.split(':')[1]?.split('=')[0],
    opaque: false,
    holds,
    text: { en: text, fr: text },
    at: { file: '', span: { start: 0, end: 0 } },
  }
}

describe('conditionOf', () => {
  it('names the conditions in order, then what must be so besides', () => {
    const app = settingsOf('X = 1\n')
    const also = { en: 'no buildpack does it', fr: 'aucun buildpack ne le fait' }
    expect(conditionOf(app, [], undefined)).toBeUndefined()
    expect(conditionOf(app, [], [])).toBeUndefined()
    expect(conditionOf(app, [], also)).toEqual(also)
    expect(conditionOf(app, [], [also, condition('env:A:set', true), condition('env:B:set', false)])).toEqual({
      en: 'env:A:set true and env:B:set false and no buildpack does it',
      fr: 'env:A:set true et que env:B:set false et que aucun buildpack ne le fait',
    })
  })

  it('adds the settings module that stands in for an empty one', () => {
    const app = appOf({
      'mysite/settings/__init__.py': '',
      'mysite/settings/production.py': 'DEBUG = True\n',
      'mysite/settings/base.py': 'X = 1\n',
    })
    expect(conditionOf(app, ['settings'], [])).toMatchObject({
      en: 'DJANGO_SETTINGS_MODULE is mysite.settings.production',
    })
    expect(conditionOf(app, [], [])).toBeUndefined()
  })

  it('adds the config var that would replace settings of development', () => {
    const asgi = "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.dev')\napplication = None\n"
    expect(conditionOf(appOf({ 'mysite/dev.py': 'X = 1\n', 'mysite/asgi.py': asgi }), ['settings'], [])).toMatchObject({
      en: 'DJANGO_SETTINGS_MODULE is unset',
    })
  })

  it('adds the platform where the manifest of another one stands', () => {
    const app = configured({ 'mysite/settings.py': 'X = 1\n', 'render.yaml': 'services: []\n' })
    expect(conditionOf(app, ['settings'], [])).toBeUndefined()
    expect(conditionOf(app, ['settings', 'heroku'], [])).toMatchObject({ en: 'the app is deployed on Heroku' })
  })

  it('takes a Procfile for Heroku’s, but beside what Dokku or Elastic Beanstalk reads', () => {
    const files = { 'mysite/settings.py': 'X = 1\n', Procfile: 'web: daphne mysite.asgi:application\n' }
    const beside = (more: Record<string, string>) => conditionOf(appOf({ ...files, ...more }), ['heroku'], [])
    expect(beside({ 'railway.json': '{}' })).toBeUndefined()
    expect(beside({ 'render.yaml': 'services: []\n', Dockerfile: 'FROM python:3.12\n' })).toBeUndefined()
    expect(beside({ DOKKU_SCALE: 'web=1\n' })).toMatchObject({ en: 'the app is deployed on Heroku' })
    expect(beside({ 'Dockerrun.aws.json': '{}' })).toMatchObject({ en: 'the app is deployed on Heroku' })
  })

  it('says never of a fact of Heroku where the configuration names another platform', () => {
    const app = configured({ 'mysite/settings.py': 'X = 1\n' }, { platform: 'render', platformStated: true })
    expect(conditionOf(app, ['heroku'], [])).toBe('never')
    expect(conditionOf(app, ['settings'], [])).toBeUndefined()
  })

  it('says never of what somebody would have to switch on to develop', () => {
    const app = settingsOf('X = 1\n')
    const of = (id: string, holds: boolean) => conditionOf(app, [], [condition(id, holds)])
    expect(of('env:DEBUG=True', true)).toBe('never')
    expect(of('env:ENV=development', true)).toBe('never')
    expect(of('env:ENV=production', true)).toMatchObject({ en: 'env:ENV=production true' })
    expect(of('env:DEBUG:set', true)).toMatchObject({ en: 'env:DEBUG:set true' })
    expect(of('env:DEBUG=True', false)).toMatchObject({ en: 'env:DEBUG=True false' })
  })
})

describe('meets', () => {
  const django = { 'manage.py': '', 'requirements.txt': 'Django==5.2.17\n' }
  const channels = (version: string) => ({
    'mysite/settings.py': "INSTALLED_APPS = ['channels']\n",
    'requirements.txt': `Django==2.2.28\nchannels==${version}\n`,
  })
  const met = (files: Record<string, string>) =>
    (['django', 'channels', 'channels-2'] as const).filter((need) => meets(configured(files), need))

  it('knows a Django project, one with Channels, and one with Channels 2 or later', () => {
    expect(met({ 'index.js': '' })).toEqual([])
    expect(met(django)).toEqual(['django'])
    expect(met(channels('1.1.8'))).toEqual(['django', 'channels'])
    expect(met(channels('2.4.0'))).toEqual(['django', 'channels', 'channels-2'])
  })
})
