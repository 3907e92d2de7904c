import { describe, expect, it } from 'vitest'
import { gitAsked } from '../../../../rules/settings/startup-crash/git-asked.ts'
import { appOf, modern } from '../../../app/settings/support.ts'

const templates = `TEMPLATES = [{'BACKEND': 'django.template.backends.django.DjangoTemplates', 'DIRS': [], 'APP_DIRS': True,
    'OPTIONS': {'context_processors': ['django.template.context_processors.request', 'chat.context.version']}}]
`
const head = 'import os, subprocess\n'
const asks = "subprocess.check_output(['git', 'rev-parse', 'HEAD'], text=True)"

/** What is asked of git by these settings, this tag and this context processor. */
function asked(settings: string, tag = '""', processor = '{}', more: Readonly<Record<string, string>> = {}): string[] {
  const app = appOf(
    {
      'mysite/settings.py': `${head}ROOT_URLCONF = 'mysite.urls'\nINSTALLED_APPS = ['chat']\n${templates}${settings}\n`,
      'mysite/urls.py':
        "from django.urls import path\nfrom django.shortcuts import render\ndef home(request):\n    return render(request, 'chat/home.html')\nurlpatterns = [path('', home)]\n",
      'chat/__init__.py': '',
      'chat/context.py': `${head}def version(request):\n    return ${processor}\n`,
      'chat/templatetags/__init__.py': '',
      'chat/templatetags/build.py': `${head}from functools import lru_cache\nfrom django import template\nregister = template.Library()\n@lru_cache\ndef current():\n    return ${tag}\n@register.simple_tag\ndef commit():\n    return current()\n`,
      'chat/templates/chat/home.html': '{% extends "chat/base.html" %}\n',
      'chat/templates/chat/base.html': '{% load build %}<footer>{% commit %}</footer>\n',
      ...more,
    },
    {},
    `${modern}GitPython==3.1.45\n`,
  )
  return gitAsked(app).map(({ call, at, hop }) => `${hop} ${call} ${at.file}`)
}

describe('questions to git about a repository that no dyno has', () => {
  it.each([
    ['a list', `COMMIT = ${asks}`],
    ['a line', "COMMIT = subprocess.check_output('git describe --tags', shell=True)"],
    ['a line that is taken apart', "COMMIT = subprocess.check_output('git describe --always'.split())"],
    ['run with check', "COMMIT = subprocess.run(['git', 'log', '-1'], check=True, capture_output=True).stdout"],
    ['a function', `def commit():\n    return ${asks}.strip()\nCOMMIT = commit()`],
    ['a handler for something else', `try:\n    COMMIT = ${asks}\nexcept KeyError:\n    COMMIT = ''`],
    ['GitPython', 'import git\nCOMMIT = git.Repo(search_parent_directories=True).head.object.hexsha'],
  ])('of the settings: %s', (_, settings) => {
    expect(asked(settings)).toEqual([expect.stringMatching(/^(?:build|boot) git.* mysite\/settings\.py$/)])
  })

  it('of a template tag and of a context processor that the first page asks', () => {
    expect(asked('', asks)).toEqual(['http git rev-parse chat/templatetags/build.py'])
    expect(asked('', '""', `{'commit': ${asks}}`)).toEqual(['http git rev-parse chat/context.py'])
  })

  it.each([
    ['it is caught', `try:\n    COMMIT = ${asks}\nexcept Exception:\n    COMMIT = ''`],
    [
      'its own error is caught',
      `try:\n    COMMIT = ${asks}\nexcept (subprocess.CalledProcessError, OSError):\n    COMMIT = ''`,
    ],
    ['a missing program is caught', `try:\n    COMMIT = ${asks}\nexcept FileNotFoundError:\n    COMMIT = ''`],
    ['a config var is asked for first', `COMMIT = os.environ.get('HEROKU_SLUG_COMMIT') or ${asks}`],
    ['another config var decides', `COMMIT = '' if 'DYNO' in os.environ else ${asks}`],
    ['it is for development', `DEBUG = False\nif DEBUG:\n    COMMIT = ${asks}`],
    ['nothing is raised', "COMMIT = subprocess.run(['git', 'rev-parse', 'HEAD'], capture_output=True).stdout"],
    [
      'nothing is raised, as it says',
      "COMMIT = subprocess.run(['git', 'rev-parse', 'HEAD'], check=False, capture_output=True).stdout",
    ],
    ['no repository is asked', "VERSION = subprocess.check_output(['git', '--version'])"],
    ['it is another program', "X = subprocess.check_output(['uname', '-a'])"],
    ['a shell goes on', "COMMIT = subprocess.check_output('git rev-parse HEAD || echo none', shell=True)"],
    ['nobody calls it', `def commit():\n    return ${asks}`],
  ])('not where %s', (_, settings) => {
    expect(asked(settings)).toEqual([])
  })

  it('of the library that is loaded last of those with the tag, and of no other', () => {
    const quiet = {
      'chat/templatetags/calm.py':
        'from django import template\nregister = template.Library()\n@register.simple_tag\ndef commit():\n    return 1\n',
    }
    const page = (loads: string) => ({
      ...quiet,
      'chat/templates/chat/base.html': `${loads}<footer>{% commit %}</footer>\n`,
    })
    const told = ['http git rev-parse chat/templatetags/build.py']
    expect(asked('', asks, '{}', page('{% load calm %}'))).toEqual([])
    expect(asked('', asks, '{}', page('{% load build calm %}'))).toEqual([])
    expect(asked('', asks, '{}', page('{% load calm %}{% load build %}'))).toEqual(told)
    expect(asked('', asks, '{}', page('{% load calm %}{% load commit from build %}'))).toEqual(told)
  })

  it('not where the page renders no such tag, or an image holds the project', () => {
    const more = { 'chat/templates/chat/base.html': '{% load build %}{% if user.is_staff %}{% commit %}{% endif %}\n' }
    expect(asked('', asks, '{}', more)).toEqual([])
    const image = {
      'heroku.yml': 'build:\n  docker:\n    web: Dockerfile\n',
      Dockerfile: 'FROM python:3.13\nCOPY . .\n',
    }
    expect(asked(`COMMIT = ${asks}`, '""', '{}', image)).toEqual([])
  })
})
