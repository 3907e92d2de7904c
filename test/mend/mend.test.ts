import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defaultConfig } from '../../src/config/config.ts'
import { hops } from '../../src/contracts/hop.ts'
import { memoryTree } from '../../src/files/memory.ts'
import { readText } from '../../src/files/tree.ts'
import { identityOf, mend } from '../../src/mend/mend.ts'
import { patchOf } from '../../src/mend/patch.ts'
import { parsePython } from '../../src/syntax/python/parse.ts'
import { today } from '../support/app.ts'
import { filesBelow } from '../support/trees.ts'

type Files = Record<string, string>

function filesOf(fixture: string): Files {
  return Object.fromEntries(
    Object.entries(filesBelow(`fixtures/${fixture}`)).map(([path, bytes]) => [
      path,
      Buffer.from(bytes).toString('utf8'),
    ]),
  )
}

const mended = (files: Files, unsafe: boolean) =>
  mend({ tree: memoryTree(files), config: defaultConfig, today }, { unsafe })

/** The files afterwards. */
function filesAfter(files: Files, { after }: ReturnType<typeof mended>): Files {
  const out = { ...files }
  for (const [path, { file }] of after.changes) {
    if (file === undefined) delete out[path]
    else out[path] = Buffer.from(file.bytes).toString('utf8')
  }
  return out
}

const sound = filesOf('guide-sound')
const replaced = (file: string, find: string, text: string) => (files: Files) => ({
  ...files,
  [file]: (files[file] as string).replace(find, () => text),
})
const settings = 'backend/backend/settings.py'

/** Changes that each break a sound project in a way some rule knows. */
const faults: Readonly<Record<string, (files: Files) => Files>> = {
  host: replaced('Procfile', '-b 0.0.0.0 ', ''),
  port: replaced('Procfile', '-p $PORT', '-p 8000'),
  wsgi: replaced(
    'Procfile',
    /web:.*/.exec(sound.Procfile as string)?.[0] as string,
    'web: cd backend && gunicorn backend.wsgi',
  ),
  runserver: replaced(
    'Procfile',
    /web:.*/.exec(sound.Procfile as string)?.[0] as string,
    'web: python backend/manage.py runserver 0.0.0.0:$PORT',
  ),
  'no daphne': replaced('requirements.txt', 'daphne==4.2.2\n', ''),
  'no channels-redis': replaced('requirements.txt', 'channels-redis==4.3.0\n', ''),
  redirect: (files) =>
    replaced(
      settings,
      'SECURE_PROXY_SSL_HEADER =',
      'SECURE_SSL_REDIRECT = True\nUNUSED =',
    )(replaced('Procfile', ' --proxy-headers', '')(files)),
  'daphne last': replaced(settings, "    'daphne',\n", ''),
  tls: replaced(settings, "'hosts': [redis_host]", "'hosts': [REDIS_URL]"),
  slash: replaced('backend/notifications/routing.py', "path('ws/", "path('/ws/"),
  as_asgi: replaced('backend/notifications/routing.py', '.as_asgi()', ''),
  'no http': replaced('backend/backend/asgi.py', "    'http': django_application,\n", ''),
  'debug on': replaced(settings, "DEBUG = os.getenv('DEBUG', 'False') == 'True'", 'DEBUG = True'),
  'hosts with a scheme': replaced(
    settings,
    "os.getenv('ALLOWED_HOSTS', 'localhost').split(',')",
    "['https://votre-app-1234567890ab.herokuapp.com']",
  ),
  plain: replaced(
    'frontend/src/notifications.js',
    '`${scheme}://${window.location.host}/ws/notifications/`',
    "'ws://' + window.location.host + '/ws/notifications/'",
  ),
  'in memory': replaced(
    settings,
    /CHANNEL_LAYERS[\s\S]*/.exec(sound[settings] as string)?.[0] as string,
    "CHANNEL_LAYERS = {\n    'default': {\n        'BACKEND': 'channels.layers.InMemoryChannelLayer',\n    },\n}\n",
  ),
}

const styles: Readonly<Record<string, (text: string) => string>> = {
  'as it is': (text) => text,
  CRLF: (text) => text.replaceAll('\n', '\r\n'),
  'no last line end': (text) => text.trimEnd(),
  'double quotes': (text) => text.replaceAll("'", '"'),
}

const arbitrary = fc.record({
  names: fc.uniqueArray(fc.constantFrom(...Object.keys(faults)), { minLength: 1, maxLength: 4 }),
  style: fc.constantFrom(...Object.keys(styles)),
  unsafe: fc.boolean(),
})

function made(names: readonly string[], style: string): Files {
  const broken = names.reduce((files, name) => faults[name]?.(files) ?? files, sound)
  return Object.fromEntries(
    Object.entries(broken).map(([path, text]) => [
      path,
      /\.(py|txt)$|Procfile/.test(path) ? (styles[style]?.(text) ?? text) : text,
    ]),
  )
}

describe('mend', () => {
  it('brings no finding of an earlier hop, is at rest, keeps the line ends and leaves Python readable', () => {
    fc.assert(
      fc.property(arbitrary, ({ names, style, unsafe }) => {
        const files = made(names, style)
        const done = mended(files, unsafe)
        const now = filesAfter(files, done)
        const { before } = done
        const known = new Set(before.report.findings.map(identityOf))
        const first = Math.min(
          ...before.report.findings.filter(({ severity }) => severity === 'error').map(({ hop }) => hops.indexOf(hop)),
          hops.length,
        )
        const brought = done.after.result.report.findings.filter(
          (one) => one.severity === 'error' && !known.has(identityOf(one)) && hops.indexOf(one.hop) < first,
        )
        expect(brought).toEqual([])
        expect(filesAfter(now, mended(now, unsafe))).toEqual(now)
        for (const [path, text] of Object.entries(now)) {
          if (path.endsWith('.py')) expect(parsePython(text).problems, path).toEqual([])
          if (style === 'CRLF' && /\.(py|txt)$|Procfile/.test(path)) expect(text, path).not.toMatch(/[^\r]\n/)
        }
      }),
      { numRuns: 25 },
    )
  })

  it.each(Object.keys(faults))('corrects one fault: %s', (name) => {
    const files = made([name], 'as it is')
    const done = mended(files, true)
    expect(done.before.report.findings.length, 'it is a fault').toBeGreaterThan(0)
    const left = done.after.result.report.findings.filter(({ severity }) => severity === 'error')
    expect(left.map(identityOf)).toEqual([])
  })

  it('takes along what a plan would break, when that is consented to', () => {
    const files = faults.redirect?.(faults.wsgi?.(sound) ?? sound) ?? sound
    const now = filesAfter(files, mended(files, true))
    expect(now.Procfile).toContain('--proxy-headers')
  })

  it('leaves what would break an earlier hop that nothing mends, and says which', () => {
    const files = made(['in memory'], 'as it is')
    files[settings] = (files[settings] as string).replace(/REDIS_URL = [\s\S]*?None\n/, '')
    files['app.json'] = (files['app.json'] as string).replace('"heroku-redis:premium-0", ', '')
    const config = { ...defaultConfig, env: { REDIS_URL: false as const } }
    const done = mend({ tree: memoryTree(files), config, today }, { unsafe: true })
    expect([...done.after.changes]).toEqual([])
    const told = done.withheld.map(({ plan, because }) => [
      plan.findings.map(({ rule }) => rule),
      because.rule,
      because.hop,
    ])
    expect(told).toEqual([[['settings/channel-layer-in-memory'], 'settings/startup-crash', 'build']])
  })

  it('changes nothing of a sound project', () => {
    for (const unsafe of [false, true]) expect([...mended(sound, unsafe).after.changes]).toEqual([])
  })

  it('keeps a byte order mark, and every byte that no edit touches', () => {
    const files = { ...sound, Procfile: `\ufeff# ünïcödé\n${faults.host?.(sound).Procfile}` }
    const tree = memoryTree(files)
    const { after: state } = mend({ tree, config: defaultConfig, today }, { unsafe: false })
    const file = state.changes.get('Procfile')?.file
    expect(Buffer.from(file?.bytes ?? []).toString('utf8')).toBe(files.Procfile.replace('daphne', 'daphne -b 0.0.0.0'))
    expect(readText(tree, 'Procfile')?.bom).toBe(true)
  })
})

describe('patchOf', () => {
  it('masks what may not be shown among the changed lines, and says so', () => {
    const files = { a: 'one\nsecret\nthree\n' }
    const changes = new Map([['a', { file: readText(memoryTree({ a: 'one\nnew\nthree\n' }), 'a') }]])
    const patch = patchOf(memoryTree(files), changes, {
      named: (path) => path,
      shown: (line) => line.replace('secret', '***'),
    })
    expect(patch.text).not.toContain('secret')
    expect(patch.masked).toEqual(['a'])
  })
})
