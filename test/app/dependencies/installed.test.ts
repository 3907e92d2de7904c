import { describe, expect, test } from 'vitest'
import { setOf } from './support.ts'

const listing = (...lines: string[]) =>
  setOf({ 'requirements.txt': `${lines.join('\n')}\n`, '.python-version': '3.12\n' })

describe('installed', () => {
  test('says the line, the version and the range', () => {
    const set = listing('Django==5.2.17', 'redis>=5,<8')
    expect(set.installed('Django')).toMatchObject({ state: 'installed', version: '5.2.17', transitive: false })
    expect(set.installed('redis')).toMatchObject({ state: 'installed', version: undefined, range: '>=5,<8' })
  })

  test('follows extras', () => {
    expect(listing('Django==5.2.17', 'channels==4.3.2').installed('daphne').state).toBe('absent')
    expect(listing('Django==5.2.17', 'channels[daphne]==4.3.2').installed('daphne')).toMatchObject({
      state: 'installed',
      transitive: true,
      range: '>=4.0.0',
    })
  })

  test('follows the extras of common packages, and knows nothing absent beside one that nobody spelt out', () => {
    const pil = listing('Django==5.2.17', 'qrcode[pil]==8.2')
    expect(pil.installed('Pillow')).toMatchObject({ state: 'installed', transitive: true })
    expect(pil.installed('boto3').state).toBe('absent')
    expect(listing('Django==5.2.17', 'qrcode==8.2').installed('Pillow').state).toBe('absent')
    expect(listing('Django==5.2.17', 'sorl-thumbnail[pil]').installed('Pillow').state).toBe('installed')
    expect(listing('drf-spectacular[sidecar]').installed('drf-spectacular-sidecar').state).toBe('installed')
    expect(listing('Django==5.2.17', 'qrcode[all]==7.4.2').installed('Pillow').state).toBe('unknown')
    expect(listing('Django==5.2.17', 'django-allauth[mfa]==65.13.0').installed('qrcode').state).toBe('installed')
  })

  test('follows what releases require', () => {
    const set = listing('channels==3.0.5')
    expect(set.installed('daphne')).toMatchObject({ state: 'installed', transitive: true, range: '<4,>=3.0' })
    expect(set.installed('twisted').state).toBe('installed')
    const heroku = listing('django-heroku')
    for (const name of ['whitenoise', 'psycopg2', 'dj-database-url'])
      expect(heroku.installed(name).state).toBe('installed')
  })

  test('expects what pip would choose, not the newest of all', () => {
    expect(listing('channels', 'Django==3.2.25').installed('channels').expected).toBe('4.0.0')
  })

  test('minds markers and constraints', () => {
    const set = setOf({
      'requirements.txt': '-c limits.txt\nchannels\npywin32==311 ; sys_platform == "win32"\n',
      'limits.txt': 'channels==4.1.0\ndaphne==4.1.2\n',
    })
    expect(set.installed('channels')).toMatchObject({ state: 'installed', version: '4.1.0' })
    expect(set.installed('daphne').state).toBe('absent')
    expect(set.installed('pywin32').state).toBe('absent')
  })

  test('knows nothing to be absent beside a URL, an unreadable include or a build hook', () => {
    expect(listing('https://example.com/a.zip').installed('daphne').state).toBe('unknown')
    expect(setOf({ 'requirements.txt': 'Django\n-r https://example.com/r.txt\n' }).installed('daphne').state).toBe(
      'unknown',
    )
    const hook = { 'requirements.txt': 'Django\n', 'bin/post_compile': '#!/bin/sh\npip install daphne\n' }
    expect(setOf(hook).installed('daphne').state).toBe('unknown')
  })

  test('does not call absent what an unknown package may well bring', () => {
    expect(listing('Django==5.2.17', 'some-package==1').installed('requests').state).toBe('unknown')
    expect(listing('Django==5.2.17', 'some-package==1').installed('daphne').state).toBe('absent')
    expect(listing('Django==5.2.17', 'company-daphne==1').installed('daphne').state).toBe('unknown')
  })
})

describe('moduleState', () => {
  test('knows import names that differ from the distribution', () => {
    const set = listing('PyYAML==6.0', 'Pillow==12.0', 'django-environ==0.12.0', 'djangorestframework==3.16')
    for (const module of ['yaml', 'PIL.Image', 'environ', 'rest_framework'])
      expect(set.moduleState(module)).toBe('installed')
    expect(set.moduleState('corsheaders.middleware')).toBe('absent')
  })

  test('takes forks and unknown names for possible', () => {
    expect(listing('python-environ==0.4').moduleState('environ')).toBe('unknown')
    expect(listing('Django').moduleState('task_manager')).toBe('unknown')
    expect(listing('django-task-manager').moduleState('task_manager')).toBe('installed')
  })
})

describe('addition', () => {
  test('appends a line as the file writes them', () => {
    expect(listing('Django').addition('daphne==4.2.2')).toMatchObject({ text: 'daphne==4.2.2\n' })
    expect(setOf({ 'requirements.txt': 'Django\r\nx' }).addition('daphne==4.2.2')).toMatchObject({
      span: { start: 9, end: 9 },
      text: '\r\ndaphne==4.2.2\r\n',
    })
  })

  test('leaves hashes and locks to their tools', () => {
    expect(listing('Django==5.2.17 --hash=sha256:00').addition('daphne')).toBeUndefined()
    expect(setOf({ 'Pipfile.lock': '{}' }).addition('daphne')).toBeUndefined()
  })
})

test('what Daphne and Celery bring is known, so that a driver nobody lists is absent', () => {
  const set = setOf({
    'requirements.txt': 'Django==5.2.17\nchannels==4.3.2\ndaphne==4.2.3\ncelery==5.4.0\n',
    '.python-version': '3.12',
  })
  expect(set.installed('psycopg2').state).toBe('absent')
  expect(set.installed('djangorestframework').state).toBe('absent')
  expect(set.installed('click').state).toBe('installed')
})

test('knows of common packages what they may bring, in any of their years', () => {
  const set = listing('Django==5.2.17', 'uvicorn', 'pandas', 'firebase-admin==6.5.0', 'websocket-client==1.7.0')
  expect(set.installed('websockets').state).toBe('absent')
  expect(set.installed('cryptography').state).toBe('unknown')
  expect(set.mayBring('cryptography')).toEqual(['firebase-admin'])
  const model = listing('Django==5.2.17', 'uvicorn', 'google-genai')
  expect(model.installed('websockets').state).toBe('unknown')
  expect(model.mayBring('websockets')).toEqual(['google-genai'])
  expect(listing('Django==5.2.17', 'uvicorn', 'nobody-knows-this').mayBring('websockets')).toEqual([
    'nobody-knows-this',
  ])
})

test('what a package brings may change with its release', () => {
  expect(listing('Twisted==24.3.0').installed('packaging').state).toBe('installed')
  expect(listing('Twisted==24.3.0', 'incremental==22.10.0').installed('packaging').state).toBe('absent')
  expect(listing('zope.interface==7.2').installed('setuptools').state).toBe('installed')
  expect(listing('zope.interface==8.0.1').installed('setuptools').state).toBe('absent')
})

test('a module is not the distribution that is called like it but for its case', () => {
  expect(listing('Django==5.2.17').moduleState('Django')).not.toBe('installed')
  expect(listing('Django==5.2.17').moduleState('django')).toBe('installed')
  expect(listing('nobody-knows-this==1.0').moduleState('nobody_knows_this')).toBe('installed')
})
