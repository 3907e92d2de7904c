import { describe, expect, it } from 'vitest'
import { showContext } from '../../src/show/context.ts'
import { settingsJson, settingsLines } from '../../src/show/settings.ts'
import { appOf } from '../support/app.ts'
import { filesBelow } from '../support/trees.ts'

const base = Object.fromEntries(
  Object.entries(filesBelow('test/pages/bases/channels')).map(([path, bytes]) => [
    path,
    new TextDecoder().decode(bytes),
  ]),
)
const plain = (text: string) => text

function shown(files: Readonly<Record<string, string | undefined>>, language: 'en' | 'fr' = 'en') {
  const all = Object.entries({ ...base, ...files }).filter((entry): entry is [string, string] => entry[1] !== undefined)
  const context = showContext(appOf(Object.fromEntries(all)), '.', language, plain, plain)
  const { worlds, assumed } = settingsJson(context) as {
    worlds: { processes: string[]; module: string | null; settings?: Record<string, unknown> }[]
    assumed: boolean
  }
  return {
    text: settingsLines(context)
      .map(({ text }) => `${text}\n`)
      .join(''),
    worlds,
    assumed,
  }
}

const manage = (module: string) => ({ 'manage.py': base['manage.py']?.replace('mysite.settings', module) })

describe('show settings', () => {
  it('joins the processes that read the same', () => {
    const { text, worlds } = shown({ Procfile: `${base.Procfile}release: python manage.py migrate\n` })
    expect(worlds.map(({ processes, settings }) => [processes, settings])).toEqual([
      [['build', 'release', 'web'], undefined],
    ])
    expect(text.split('\n')[0]).toMatch(/^settings {2}mysite\.settings {2}\S/)
  })

  it('shows of another one what differs, and its secrets by their length', () => {
    const local = "from .settings import *\nDEBUG = True\nSECRET_KEY = 'abcdefgh12345678'\ndel CSRF_TRUSTED_ORIGINS\n"
    const files = {
      ...manage('mysite.local'),
      'mysite/local.py': local,
      Procfile: `${base.Procfile}worker: python manage.py runworker x --settings mysite.settings\n`,
    }
    const { text, worlds } = shown(files)
    expect(worlds.map(({ processes, module }) => [processes, module])).toEqual([
      [['web', 'worker'], 'mysite.settings'],
      [['build'], 'mysite.local'],
    ])
    const [, other] = text.split('\n\n')
    expect(other?.trimEnd().split('\n')).toEqual([
      'settings  mysite.local  (build)  manage.py:7  when DJANGO_SETTINGS_MODULE is unset',
      '  as for web, except:',
      "  SECRET_KEY = '…' (16 characters)  mysite/local.py:3",
      '  DEBUG = True  mysite/local.py:2',
      '  CSRF_TRUSTED_ORIGINS unset',
    ])
    expect(shown(files, 'fr').text).toContain('comme pour web, sauf\u00a0:')
  })

  it('says when nothing names the settings of the web process', () => {
    const asgi = base['mysite/asgi.py']?.replace(/^os\.environ\.setdefault.*\n/m, '')
    const { text, assumed } = shown({ 'mysite/asgi.py': asgi })
    expect(assumed).toBe(true)
    expect(text).toContain('assumed: nothing names the settings of the web process')
    expect(shown({}).assumed).toBe(false)
  })
})
