import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import axe from 'axe-core'
import { strToU8, zipSync } from 'fflate'
import puppeteer, { type Browser, type Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { filesBelow, repository } from '../support/trees.ts'

const chromium = ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => existsSync(path))

/** What axe-core tells of a page. */
interface Told {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[]
}

interface Look {
  readonly language?: 'en' | 'fr'
  readonly scheme?: 'light' | 'dark'
  readonly width?: number
}

describe.skipIf(chromium === undefined)('the playground in a browser', { timeout: 60_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'dynolint-playground-'))
  let server: ChildProcess
  let browser: Browser
  let address = ''
  const asked: string[] = []
  const complaints: string[] = []

  beforeAll(async () => {
    server = spawn(process.execPath, ['scripts/playground.mjs', '--into', join(folder, 'site'), '--serve', '0'], {
      cwd: repository,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    address = await new Promise((resolve, reject) => {
      let out = ''
      server.stdout?.on('data', (part) => {
        out += part
        const found = /http:\S+/.exec(out)
        if (found !== null) resolve(found[0])
      })
      server.on('exit', (code) => reject(new Error(`no page was made: ${code}`)))
    })
    browser = await puppeteer.launch({ executablePath: chromium ?? '', args: ['--no-sandbox'] })
  }, 60_000)

  afterAll(async () => {
    await browser?.close()
    server?.kill()
    rmSync(folder, { recursive: true, force: true })
  })

  /** A reader who was never there before. */
  async function opened(look: Look = {}, fragment = ''): Promise<Page> {
    const { language = 'en', scheme = 'light', width = 1300 } = look
    const page = await (await browser.createBrowserContext()).newPage()
    page.on('request', (request) => asked.push(request.url()))
    page.on('console', (message) => complaints.push(message.text()))
    page.on('pageerror', (error) => complaints.push(String(error)))
    await page.evaluateOnNewDocument(
      `Object.defineProperty(navigator, 'language', { get: () => ${JSON.stringify(language)} })`,
    )
    await page.setViewport({ width, height: 900 })
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }])
    await page.goto(address + fragment)
    await settled(page)
    return page
  }

  /** The engine has answered all that was asked. */
  async function settled(page: Page): Promise<void> {
    await page.waitForFunction('document.querySelector("#chain svg") !== null && !document.body.ariaBusy')
  }

  /** Does something that leads to another check, and waits for it. */
  async function after(page: Page, act: () => Promise<unknown>): Promise<void> {
    await page.evaluate('window.drawn = document.querySelector("#chain svg")')
    await act()
    await page.waitForFunction('window.drawn !== document.querySelector("#chain svg") && !document.body.ariaBusy')
  }

  const places = (page: Page) =>
    page.$$eval('#list .place', (all) => all.map((one) => one.textContent ?? '').filter((text) => text.includes(' · ')))
  const text = (page: Page, selector: string) => page.$eval(selector, (one) => one.textContent ?? '')
  const press = (page: Page, label: string) => page.locator(`button ::-p-text(${label})`).click()
  const accessible = async (page: Page): Promise<string[]> => {
    await page.evaluate(axe.source)
    const { violations } = (await page.evaluate('axe.run()')) as Told
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
  }

  it('opens the guide’s project where it breaks, in both languages, light and dark, wide and narrow', async () => {
    for (const look of [
      { language: 'en', scheme: 'light', width: 1300 },
      { language: 'fr', scheme: 'dark', width: 400 },
    ] as const) {
      const page = await opened(look)
      expect(await text(page, '[aria-selected="true"]')).toBe('settings.py2')
      expect(await text(page, '.cm-content')).toContain('"hosts": [REDIS_URL]')
      expect(await text(page, '#summary')).toMatch(
        look.language === 'fr' ? /message · 1 erreur,/ : /message · 1 error,/,
      )
      expect((await places(page)).some((one) => one.endsWith('settings/redis-tls'))).toBe(true)
      expect(await accessible(page)).toEqual([])
      expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true)
      await page.browserContext().close()
    }
  })

  it('checks what is typed, and what the dyno’s environment is said to be', async () => {
    const page = await opened()
    await press(page, 'Procfile')
    await page.focus('.cm-content')
    await page.keyboard.down('Control')
    await page.keyboard.press('a')
    await page.keyboard.up('Control')
    await after(page, () => page.keyboard.type('web: cd backend && daphne backend.asgi:application'))
    expect((await places(page)).some((one) => one.endsWith('procfile/bind-host'))).toBe(true)
    expect(await page.$$('.cm-lintRange')).not.toHaveLength(0)
    // A text that was typed is there again after another file was shown.
    await press(page, 'asgi.py')
    await press(page, 'Procfile')
    expect(await text(page, '.cm-content')).toBe('web: cd backend && daphne backend.asgi:application')
    const has = async (rule: string) => (await places(page)).some((one) => one.endsWith(rule))
    await after(page, () => page.select('[id="var-REDIS_URL"]', 'unset'))
    expect([await has('settings/redis-tls'), await has('settings/channel-layer-missing')]).toEqual([false, true])
    await after(page, () => page.select('[id="var-REDIS_URL"]', 'set'))
    expect([await has('settings/redis-tls'), await has('settings/channel-layer-missing')]).toEqual([true, false])
    await after(page, () => page.select('#addon-redis', 'heroku-redis:mini'))
    expect(await has('settings/redis-tls')).toBe(true)
    await page.browserContext().close()
  })

  it('applies a correction, tells where a value comes from, and is worked by keyboard alone', async () => {
    const page = await opened()
    await after(page, () => press(page, 'Apply: Do not check'))
    expect(await text(page, '.cm-content')).toContain('ssl_cert_reqs')
    expect(await text(page, '#summary')).toContain('no hop certainly breaks')
    expect(await text(page, '#note')).toContain('backend/backend/settings.py')

    await page.type('#why-name', 'REDIS_URL')
    await page.keyboard.press('Enter')
    await page.waitForSelector('#why pre')
    expect(await text(page, '#why pre')).toContain("os.getenv('REDIS_URL', None)")

    await page.focus('[aria-selected="true"]')
    await page.keyboard.press('ArrowRight')
    expect(await text(page, '[aria-selected="true"]')).toBe('asgi.py')
    expect(await page.evaluate('document.activeElement.textContent')).toBe('asgi.py')
    // The editor lets go of the tabulator.
    await page.focus('.cm-content')
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.closest(".cm-editor")')).toBeNull()
    await page.browserContext().close()
  })

  it('is shared by its address alone', async () => {
    const page = await opened({ language: 'fr' })
    await after(page, () => page.select('[id="var-DEBUG"]', 'set'))
    const before = await places(page)
    await press(page, 'Partager')
    await page.waitForFunction('location.hash.length > 100')
    const fragment = (await page.evaluate('location.hash')) as string
    // Another reader, of another language, sees the same.
    const other = await opened({ language: 'en' }, fragment)
    expect(await places(other)).toEqual(before)
    expect(await other.$eval('[id="var-DEBUG"]', (one) => (one as HTMLSelectElement).value)).toBe('set')
    const broken = await opened({}, '#nonsense')
    expect(await text(broken, '#note')).toContain('no project')
    for (const one of [page, other, broken]) await one.browserContext().close()
  })

  it('opens a zip of a repository, and without a network', async () => {
    const files = Object.entries(filesBelow('fixtures/gunicorn-instead-of-daphne'))
    const zip = zipSync(
      Object.fromEntries(
        files.map(([path, content]) => [
          `repo-main/${path}`,
          typeof content === 'string' ? strToU8(content) : new Uint8Array(content),
        ]),
      ),
    )
    writeFileSync(join(folder, 'repo.zip'), zip)
    const page = await opened()
    const upload = async () => {
      const input = await page.$('#zip')
      await after(page, async () =>
        (input as unknown as { uploadFile(path: string): Promise<void> }).uploadFile(join(folder, 'repo.zip')),
      )
    }
    await upload()
    expect(await text(page, '#note')).toContain(`${files.length} files`)
    const expected = readFileSync(join(repository, 'fixtures/expected/gunicorn-instead-of-daphne.txt'), 'utf8')
    const lines = expected
      .split('\n')
      .flatMap((line) => /^(\S+:\d+:\d+): \w+ (\S+)/.exec(line)?.slice(1).join(' · ') ?? [])
    expect([...(await places(page))].sort()).toEqual(lines.sort())

    await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)')
    await page.setOfflineMode(true)
    await page.reload()
    await settled(page)
    expect(await places(page)).not.toHaveLength(0)
    // What of the engine the guide's project does not need is kept as well.
    await upload()
    expect([...(await places(page))].sort()).toEqual(lines.sort())
    await page.browserContext().close()
  })

  it('asked for nothing but its own files, and nothing complained', () => {
    expect(asked.length).toBeGreaterThan(4)
    expect(asked.filter((url) => !url.startsWith(address) && !url.startsWith('data:'))).toEqual([])
    expect(complaints).toEqual([])
  })
})
