import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import axe from 'axe-core'
import { XMLValidator } from 'fast-xml-parser'
import puppeteer from 'puppeteer-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { palette } from '../../../src/report/html/style.ts'
import { dynolint } from '../../support/cli.ts'
import { repository } from '../../support/trees.ts'

const chromium = ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => existsSync(path))

async function page(fixture: string, ...argv: string[]): Promise<string> {
  const { out, err } = await dynolint(['-f', 'html', ...argv], { cwd: join(repository, 'fixtures', fixture) })
  expect(err).toBe('')
  return out
}

describe('the page', () => {
  let guide = ''
  let two = ''
  beforeAll(async () => {
    guide = await page('guide')
    two = await page('two-apps', '--lang', 'fr')
  })

  it('needs nothing else: no script, no address that is fetched', () => {
    for (const text of [guide, two]) {
      expect(text).not.toMatch(/<script|<link|<img|<iframe|@import|url\(|\son\w+=/i)
      expect(text).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`)
    }
    expect(two).toContain('<html lang="fr">')
  })

  it('has an anchor for every link into itself, each once, and closes what it opens', () => {
    for (const text of [guide, two]) {
      const ids = [...text.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id)
      expect(new Set(ids).size).toBe(ids.length)
      const wanted = [...text.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id)
      expect(wanted.length).toBeGreaterThan(2)
      for (const id of wanted) expect(ids).toContain(id)
      const closed = text.replace('<!doctype html>', '').replace(/<(meta|br)([^>]*)>/g, '<$1$2/>')
      expect(XMLValidator.validate(closed, { allowBooleanAttributes: true })).toBe(true)
    }
  })

  it('shows the chain, what runs and joins sockets to routes, layer to Redis', () => {
    for (const shown of [
      'aria-label="message: breaks"',
      'daphne 4.1.1, ASGI',
      '0.0.0.0:$PORT',
      'backend.asgi:application',
      'wss://{host}/ws/notifications/',
      'NotificationConsumer',
      'channels_redis.core.RedisChannelLayer',
      'Redis add-on (REDIS_URL)',
    ])
      expect(guide).toContain(shown)
    // Socket to web, web to route, route to layer, layer to Redis.
    const picture = guide.slice(guide.indexOf('What runs'), guide.indexOf('<table>'))
    expect(picture.match(/<path class="way "/g)).toHaveLength(4)
  })

  it('shows each correction as a diff, and what is masked stays so', () => {
    expect(guide).toContain('<span class="removed">-daphne==4.1.1</span>')
    expect(guide).toMatch(/<span class="added">\+daphne==[\d.]+<\/span>/)
  })
})

/** What axe-core tells of a page. */
interface Told {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[]
}

describe.skipIf(chromium === undefined)('in a browser', () => {
  it('is accessible in light and dark, asks the network for nothing, and every link can be reached by keyboard', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dynolint-'))
    const browser = await puppeteer.launch({
      executablePath: chromium ?? '',
      args: ['--no-sandbox'],
    })
    try {
      writeFileSync(join(folder, 'page.html'), await page('guide'))
      for (const scheme of ['light', 'dark']) {
        const tab = await browser.newPage()
        const asked: string[] = []
        const complaints: string[] = []
        tab.on('request', (request) => asked.push(request.url()))
        tab.on('console', (message) => complaints.push(message.text()))
        await tab.setViewport({ width: scheme === 'light' ? 1200 : 400, height: 800 })
        await tab.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }])
        await tab.goto(pathToFileURL(join(folder, 'page.html')).href)
        expect([asked.length, complaints]).toEqual([1, []])
        // The page does not grow wider than the window: what is wide scrolls in its own box.
        expect(await tab.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true)
        await tab.keyboard.press('Tab')
        expect(await tab.evaluate('document.activeElement.getAttribute("href")')).toBe('#findings')
        await tab.evaluate(axe.source)
        const { violations } = (await tab.evaluate('axe.run()')) as Told
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
        // Paper is white, whatever the screen is.
        const features = [{ name: 'prefers-color-scheme', value: scheme }]
        const session = await tab.createCDPSession()
        await session.send('Emulation.setEmulatedMedia', { media: 'print', features })
        const colour = (name: string) => tab.evaluate(`getComputedStyle(document.body).getPropertyValue('${name}')`)
        expect([await colour('background-color'), await colour('--good')]).toEqual([
          'rgb(255, 255, 255)',
          palette.good?.[0],
        ])
      }
    } finally {
      await browser.close()
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
