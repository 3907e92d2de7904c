import { describe, expect, test } from 'vitest'
import { setOf, textAt } from './support.ts'

const pipfileLock = JSON.stringify({
  _meta: { requires: { python_version: '3.13' } },
  default: { Django: { version: '==5.2.17' } },
  develop: { pytest: { version: '==8.0' } },
})
const uvLock = `version = 1

[[package]]
name = "chat"
version = "1"
source = { virtual = "." }
dependencies = [{ name = "django" }]

[package.dev-dependencies]
dev = [{ name = "ruff" }]

[[package]]
name = "django"
version = "5.2.17"
wheels = [
    { url = "https://example.com/django.whl", hash = "sha256:00" },
]

[[package]]
name = "ruff"
version = "0.9"
`

describe('what Heroku installs from', () => {
  test('nothing', () => {
    expect(setOf({ 'backend/requirements.txt': 'Django' })).toMatchObject({
      manager: 'none',
      source: undefined,
      nearMisses: [{ kind: 'sub-folder', path: 'backend/requirements.txt' }],
    })
  })

  test('what was probably meant says versions, and nothing of what is missing', () => {
    const set = setOf({ 'backend/requirements.txt': 'Django==5.2.17', Procfile: 'web: cd backend && daphne x:y' })
    expect(set).toMatchObject({ manager: 'none', complete: false })
    expect(set.installed('django')).toMatchObject({ state: 'installed', version: '5.2.17' })
    expect(set.installed('celery').state).toBe('unknown')
  })

  test('of two that may be meant, none', () => {
    const set = setOf({ 'backend/requirements.txt': 'Django==5.2.17', 'worker/requirements.txt': 'Django==4.2.1' })
    expect(set.installed('django')).toMatchObject({ state: 'unknown', version: undefined })
  })

  test('one requirements.txt', () => {
    const set = setOf({ 'requirements.txt': 'Django==5.2.17' })
    expect(set.manager).toBe('pip')
    expect(set.source?.path).toBe('requirements.txt')
    expect(set.locked).toBe(false)
  })

  test('a Pipfile.lock, its default group only', () => {
    const set = setOf({ Pipfile: '[packages]\nDjango = "*"\n', 'Pipfile.lock': pipfileLock })
    expect(set.manager).toBe('pipenv')
    expect(set.locked).toBe(true)
    expect(set.requirements.map(({ name, pin }) => [name, pin])).toEqual([['django', '5.2.17']])
    expect(set.elsewhere.map(({ name }) => name)).toContain('pytest')
    expect(set.installed('pytest').state).toBe('absent')
    expect(set.python).toMatchObject({ version: '3.13', from: 'Pipfile.lock' })
  })

  test('a uv.lock, without what only groups need', () => {
    const set = setOf({ 'uv.lock': uvLock, '.python-version': '3.13\n' })
    expect(set.manager).toBe('uv')
    expect(set.requirements.map(({ name }) => name)).toEqual(['django'])
    expect(set.elsewhere.map(({ name }) => name)).toEqual(['ruff'])
  })

  test('a poetry.lock, its main group', () => {
    const lock = [
      '[[package]]\nname = "django"\nversion = "5.2.17"\ngroups = ["main"]\noptional = false',
      '[[package]]\nname = "pytest"\nversion = "8.0"\ngroups = ["dev"]\noptional = false',
      '[[package]]\nname = "old"\nversion = "1.0"\ncategory = "dev"',
    ].join('\n\n')
    const set = setOf({ 'poetry.lock': lock })
    expect(set.requirements.map(({ name, pin }) => `${name} ${pin}`)).toEqual(['django 5.2.17'])
  })

  test('two at once stop the build; each alone can still be asked', () => {
    const set = setOf({ 'requirements.txt': 'Django==4.2\n', 'Pipfile.lock': pipfileLock })
    expect(set.manager).toBe('conflict')
    expect(set.managerProblems.map(({ kind }) => kind)).toEqual(['several'])
    expect(set.alternatives.map((one) => one.installed('django').version)).toEqual(['4.2', '5.2.17'])
  })

  test('a Pipfile without lock, uv without a version, a committed virtualenv', () => {
    const kinds = (files: Record<string, string>) => setOf(files).managerProblems.map(({ kind }) => kind)
    expect(kinds({ Pipfile: '', 'requirements.txt': '' })).toEqual(['pipfile-without-lock'])
    expect(kinds({ 'uv.lock': uvLock })).toEqual(['uv-without-python-version'])
    expect(kinds({ 'requirements.txt': '', 'venv/pyvenv.cfg': '' })).toEqual(['committed-virtualenv'])
    expect(kinds({ 'setup.py': '' })).toEqual(['only-setup-py'])
  })
})

describe('a Dockerfile', () => {
  const heroku = { 'heroku.yml': 'build:\n  docker:\n    web: Dockerfile\n' }

  test('is followed to the files it installs', () => {
    const files = {
      ...heroku,
      Dockerfile: [
        'ARG SET=base',
        'FROM python:3.12-slim',
        'WORKDIR /srv',
        'COPY requirements /tmp/pip/',
        'RUN pip install --upgrade pip && \\',
        '    pip install --no-cache-dir -r /tmp/pip/${SET}.txt gunicorn==23.0.0',
      ].join('\n'),
      'requirements/base.txt': 'Django==5.2.17\n',
    }
    const set = setOf(files)
    expect(set.manager).toBe('container')
    expect(set.complete).toBe(true)
    expect(set.python).toMatchObject({ version: '3.12', from: 'Dockerfile' })
    expect(set.requirements.map(({ name }) => name).sort()).toEqual(['django', 'gunicorn', 'pip'])
    const gunicorn = set.requirements.find(({ name }) => name === 'gunicorn')
    expect(gunicorn && textAt(files, gunicorn.at)).toBe('gunicorn==23.0.0')
  })

  test('with something unknown leaves the set incomplete', () => {
    const set = setOf({ ...heroku, Dockerfile: 'FROM python:3.12\nRUN pip install -r $NOWHERE\n' })
    expect(set.complete).toBe(false)
    expect(set.installed('django').state).toBe('unknown')
    expect(set.unknowns).toHaveLength(1)
  })
})
