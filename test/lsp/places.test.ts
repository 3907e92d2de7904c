import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { CodeAction, DocumentLink } from 'vscode-languageserver/node'
import { usual } from '../support/editor.ts'
import {
  actions,
  applied,
  definitions,
  editor,
  hover,
  onACopy,
  root,
  rules,
  settings,
  start,
  text,
  uri,
} from './on-a-copy.ts'

onACopy()

describe('code actions', () => {
  it('carry each fix, the safe one preferred, and mend what they are about', async () => {
    await start()
    const fix = (await actions(settings)).find(
      ({ kind, diagnostics }) => kind === 'quickfix' && diagnostics?.[0]?.code === 'settings/redis-tls',
    )
    expect(fix?.edit).toBeDefined()
    editor.open(join(root, settings), applied(fix?.edit, settings))
    await editor.settled()
    expect(rules(settings)).not.toContain('settings/redis-tls')
  })

  it('make a file where the client makes files, and are not offered elsewhere', async () => {
    writeFileSync(join(root, 'runtime.txt'), 'python-3.12.4\n')
    await start()
    const made = (all: CodeAction[]) => all.filter(({ edit }) => JSON.stringify(edit)?.includes('.python-version'))
    const [create] = made(await actions('runtime.txt'))
    expect(create?.edit?.documentChanges?.[0]).toEqual({ kind: 'create', uri: uri('.python-version') })
    await editor.end()
    await start({ capabilities: { ...usual, workspace: {} } })
    expect(made(await actions('runtime.txt'))).toEqual([])
    const plain = (await actions(settings)).find(({ edit }) => edit !== undefined)
    expect(Object.keys(plain?.edit?.changes ?? {})).toEqual([uri(settings)])
  })

  it('ignore a finding where it stands', async () => {
    await start()
    const ignore = (await actions(settings)).find(({ title }) => title === 'Ignore settings/redis-tls here')
    const text = applied(ignore?.edit, settings)
    expect(text).toContain('                # dynolint: ignore[settings/redis-tls]\n                "hosts"')
    editor.open(join(root, settings), text)
    await editor.settled()
    expect(rules(settings)).not.toContain('settings/redis-tls')
  })

  it('open the page of a rule', async () => {
    await start()
    const page = (await actions(settings)).find(({ title }) => title === 'Open the page of settings/redis-tls')
    await editor.request('workspace/executeCommand', page?.command)
    expect(editor.asked.at(-1)).toMatchObject([
      'window/showDocument',
      { uri: expect.stringMatching(/settings\/redis-tls$/), external: true },
    ])
  })

  it('fix all that is safe in a document, and in the project, when they are asked for', async () => {
    writeFileSync(join(root, 'Procfile'), text('Procfile').replace('-b 0.0.0.0 -p $PORT ', ''))
    await start()
    const [inFile, ...others] = await actions('Procfile', ['source.fixAll'])
    expect(others).toEqual([])
    expect(inFile?.kind).toBe('source.fixAll.dynolint')
    expect(applied(inFile?.edit, 'Procfile')).toContain('-p $PORT -b 0.0.0.0')
    const [project] = await actions(settings, ['source.dynolint.fixProject'])
    expect(applied(project?.edit, 'Procfile')).toContain('-p $PORT -b 0.0.0.0')
    expect(await actions(settings, ['refactor'])).toEqual([])
  })
})

describe('hover', () => {
  it('on a command tells what it starts and where that listens', async () => {
    await start()
    expect(await hover('Procfile', 'daphne')).toMatchInlineSnapshot(`
      "**web**  
      Starts: \`daphne\` 4.1.1, ASGI (daphne serves ASGI applications)  
      Listens on: \`0.0.0.0:$PORT\`  
      Loads: \`backend.asgi:application\` (backend/backend/asgi.py)  
      WebSocket ping: 20 s"
    `)
  })

  it('on a setting tells its value on the dyno, with the condition', async () => {
    await start()
    expect(await hover(settings, 'CHANNEL_LAYERS')).toMatchInlineSnapshot(`
      "**CHANNEL_LAYERS**  
      On the dyno: \`{'default': {'BACKEND': 'channels_redis.core.RedisChannelLayer', 'CONFIG': {'hosts': ['rediss://:<REDIS_URL.password>@<REDIS_URL.host>:<REDIS_URL.port>']}}}\` (backend/backend/settings.py:66)"
    `)
    expect(await hover(settings, 'ALLOWED_HOSTS')).toMatchInlineSnapshot(`
      "**ALLOWED_HOSTS**  
      On the dyno: \`['votre-app.herokuapp.com']\` (backend/backend/settings.py:11)"
    `)
  })

  it('on the name of a config var tells what is known of it', async () => {
    await start()
    expect(await hover(settings, "'REDIS_URL'")).toMatchInlineSnapshot(`
      "**REDIS_URL**  
      On the dyno: \`rediss://:<REDIS_URL.password>@<REDIS_URL.host>:<REDIS_URL.port>\` (the add-on heroku-redis)"
    `)
    expect(await hover(settings, "'SECRET_KEY'")).toMatchInlineSnapshot(`
      "**SECRET_KEY**  
      On the dyno: \`…\` (dynolint's configuration)"
    `)
  })

  it('on a requirement tells the version in force and what is known of it', async () => {
    await start()
    expect(await hover('requirements.txt', 'channels-redis')).toMatchInlineSnapshot(`
      "**channels-redis**  
      Version in force: \`4.2.0\`  
      Newest known release: \`4.3.0\` (2025-07-22)"
    `)
    expect(await hover('requirements.txt', 'whitenoise')).toMatchInlineSnapshot(`
      "**whitenoise**  
      Version in force: \`6.11.0\`  
      Newest known release: \`6.12.0\` (2026-02-27)"
    `)
  })

  it('on a socket tells its route, and on a route its sockets', async () => {
    await start()
    expect(await hover('frontend/src/notifications.js', 'new WebSocket')).toMatchInlineSnapshot(
      `"Reaches: \`ws/notifications/\` → \`NotificationConsumer\` (backend/notifications/routing.py:6)"`,
    )
    expect(await hover('backend/notifications/routing.py', 'path(')).toMatchInlineSnapshot(`
      "**\`ws/notifications/\` → \`NotificationConsumer\`**  
      Opened by: \`WebSocket\` (frontend/src/notifications.js:5)"
    `)
  })

  it('speaks French, and plain text to who reads no Markdown', async () => {
    await start({ locale: 'fr', capabilities: { ...usual, textDocument: {} } })
    expect(await hover('Procfile', 'daphne')).toMatchInlineSnapshot(`
      "web
      Lance : daphne 4.1.1, ASGI (daphne sert des applications ASGI)
      Écoute : 0.0.0.0:$PORT
      Charge : backend.asgi:application (backend/backend/asgi.py)
      Ping WebSocket : 20 s"
    `)
    expect(await hover(settings, 'CHANNEL_LAYERS')).toMatchInlineSnapshot(`
      "CHANNEL_LAYERS
      Sur le dyno : {'default': {'BACKEND': 'channels_redis.core.RedisChannelLayer', 'CONFIG': {'hosts': ['rediss://:<REDIS_URL.password>@<REDIS_URL.host>:<REDIS_URL.port>']}}} (backend/backend/settings.py:66)"
    `)
  })

  it('is silent where there is nothing to tell', async () => {
    await start()
    expect(await hover(settings, 'import os')).toBeUndefined()
    expect(await hover('dynolint.toml', 'USE_REDIS')).toBeUndefined()
  })
})

describe('go to definition', () => {
  it('leads from a process to what it loads', async () => {
    await start()
    expect(await definitions('Procfile', 'backend.asgi:application')).toEqual([
      expect.stringMatching(/^backend\/backend\/asgi\.py:\d+$/),
    ])
  })

  it('leads from a socket to its route and back', async () => {
    await start()
    const [route] = await definitions('frontend/src/notifications.js', 'new WebSocket')
    expect(route).toMatch(/^backend\/notifications\/routing\.py:\d+$/)
    expect(await definitions('backend/notifications/routing.py', 'path(')).toEqual(['frontend/src/notifications.js:5'])
  })

  it('leads from the name of a setting to its assignments', async () => {
    writeFileSync(
      join(root, 'backend/notifications/models.py'),
      'from django.conf import settings\n\nlayers = settings.CHANNEL_LAYERS\n',
    )
    await start()
    expect(await definitions('backend/notifications/models.py', 'CHANNEL_LAYERS')).toEqual([`${settings}:66`])
  })
})

describe('links', () => {
  it('lead from a process to its module, from requirements to those they take in, from an ignored rule to its page', async () => {
    writeFileSync(join(root, 'requirements.txt'), `-r base.txt\n${text('requirements.txt')}`)
    writeFileSync(join(root, 'base.txt'), 'msgpack==1.1.2\n')
    writeFileSync(join(root, settings), `${text(settings)}\nX = 1  # dynolint: ignore[settings/debug]\n`)
    await start()
    const links = async (path: string) =>
      (await editor.request<DocumentLink[]>('textDocument/documentLink', { textDocument: { uri: uri(path) } })).map(
        ({ target }) => target,
      )
    expect(await links('Procfile')).toEqual([uri('backend/backend/asgi.py')])
    expect(await links('requirements.txt')).toEqual([uri('base.txt')])
    expect(await links(settings)).toEqual([expect.stringMatching(/rules\/settings\/debug$/)])
  })
})
