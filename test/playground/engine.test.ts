import { describe, expect, it } from 'vitest'
import { fix, view, why } from '../../playground/src/engine.ts'
import { check } from '../../src/library/library.ts'
import { today } from '../support/app.ts'
import { filesBelow } from '../support/trees.ts'

const texts = Object.fromEntries(
  Object.entries(filesBelow('fixtures/guide')).map(([path, content]) => [path, Buffer.from(content).toString('utf8')]),
)
const guide = { files: texts, env: {}, addons: undefined }
const settings = 'backend/backend/settings.py'
const places = (findings: readonly { rule: string; file: string; start: { line: number; column: number } }[]) =>
  findings.map(({ rule, file, start }) => `${rule} ${file}:${start.line}:${start.column}`).sort()

describe('the engine of the playground', () => {
  it('finds what the library finds, also after an edit and with config vars', async () => {
    const edited = { ...texts, Procfile: 'web: cd backend && daphne backend.asgi:application\n' }
    for (const [files, env] of [
      [texts, {}],
      [edited, {}],
      [texts, { REDIS_URL: false }],
    ] as const) {
      const shown = await view({ files, env, addons: undefined }, 'en', today)
      const { findings, summary } = await check(files, { today, env })
      expect(places(shown.findings)).toEqual(places(findings))
      expect(shown.counts).toEqual(summary)
    }
  })

  it('knows which file is what, which variables are asked for, and where the way breaks', async () => {
    const { roles, variables, broken, cause, findings } = await view(guide, 'en', today)
    expect(roles).toEqual([
      { role: 'procfile', file: 'Procfile' },
      { role: 'requirements', file: 'requirements.txt' },
      { role: 'settings', file: settings },
      { role: 'asgi', file: 'backend/backend/asgi.py' },
      { role: 'routing', file: 'backend/notifications/routing.py' },
      { role: 'consumer', file: 'backend/notifications/consumers.py' },
      { role: 'page', file: 'frontend/src/notifications.js' },
    ])
    expect(variables).toContainEqual({ name: 'REDIS_URL', stated: undefined })
    expect(variables).toContainEqual({ name: 'USE_REDIS', stated: 'True' })
    expect(broken).toBe('message')
    expect(findings.find(({ key }) => key === cause)?.rule).toBe('settings/redis-tls')
  })

  it('takes add-ons as they are chosen', async () => {
    const without = await view({ ...guide, addons: [] }, 'en', today)
    const withRedis = await view({ ...guide, addons: ['heroku-redis:premium-0'] }, 'en', today)
    const rules = (shown: typeof without) => shown.findings.map(({ rule }) => rule)
    expect(rules(without)).not.toEqual(rules(withRedis))
    expect(rules(withRedis)).not.toContain('settings/channel-layer-missing')
  })

  it('carries a correction out, and says where a value comes from, in French too', async () => {
    const before = await view(guide, 'fr', today)
    const tls = before.findings.find(({ rule }) => rule === 'settings/redis-tls')
    const done = await fix(guide, { key: tls?.key, title: tls?.fixes[0]?.title }, 'fr', today)
    expect(done.because).toBeUndefined()
    expect(done.changed.map(([path]) => path)).toEqual([settings])
    const files = { ...texts, ...Object.fromEntries(done.changed) } as Record<string, string>
    const after = await view({ ...guide, files }, 'fr', today)
    expect(after.findings.map(({ rule }) => rule)).not.toContain('settings/redis-tls')
    expect(after.broken).toBeUndefined()
    // Of a state that is gone there is nothing to carry out.
    expect((await fix(guide, { key: 'nothing', title: '' }, 'fr', today)).changed).toEqual([])

    const line = texts[settings]?.split('\n').findIndex((text) => text.startsWith('REDIS_URL =')) ?? 0
    const byLine = await why(guide, { file: settings, line: line + 1 }, 'fr', today)
    expect(byLine).toContain("os.getenv('REDIS_URL', None)")
    expect(await why(guide, { name: 'REDIS_URL' }, 'fr', today)).toBe(byLine)
    expect(await why(guide, { name: 'NOBODY' }, 'en', today)).toBe('')
  })

  it('shows no secret of the files', async () => {
    const files = {
      ...texts,
      [settings]: `${texts[settings]}\nREDIS_URL = 'redis://:hunter2secret9@redis.example.com:6379'\n`,
    }
    const project = { ...guide, files }
    const shown = JSON.stringify([
      await view(project, 'en', today),
      await why(project, { name: 'REDIS_URL' }, 'en', today),
    ])
    expect(shown).not.toContain('hunter2secret9')
  })

  it('refuses a file whose name leaves the root', async () => {
    await expect(view({ ...guide, files: { '../etc/passwd': '' } }, 'en', today)).rejects.toThrow()
  })
})
