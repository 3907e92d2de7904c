import { accessSync, constants } from 'node:fs'
import { join } from 'node:path'
import type { Browser, CDPSession, Page } from 'puppeteer-core'

/** One socket that a page opened or tried to open. */
export interface PageSocket {
  readonly url: string
  state: 'connecting' | 'open' | 'closed'
  /** It was open once. */
  opened: boolean
  /** Why the handshake failed, in the browser's words. */
  error: string | undefined
}

/** A page of the app, open in a browser. */
export interface Visit {
  readonly status: number
  /** In the order of their opening. */
  readonly sockets: readonly PageSocket[]
  /** What the console and uncaught errors said. */
  readonly console: readonly string[]
  /** Files of the page that came with an error status: `404 /static/chat.js`. */
  readonly missing: readonly string[]
  /** Resolves once `done` or after `ms`; tells which. */
  until(done: () => boolean, ms: number): Promise<boolean>
  close(): Promise<void>
}

export interface VisitOptions {
  /** The app's domain, and the port of the router that stands for it. */
  readonly host: string
  readonly port: number
  readonly path: string
  readonly cookie?: { readonly name: string; readonly value: string } | undefined
  /** The page's timers run this many times faster, as the router's window is shorter. */
  readonly speed: number
  /** A folder for the browser's profile (absolute). */
  readonly work: string
}

/** Where Chromium is on this machine's PATH; undefined when it is not installed. */
export function chromium(): string | undefined {
  const folders = (process.env.PATH ?? '').split(':').filter((folder) => folder !== '')
  const files = folders.flatMap((folder) => ['chromium', 'chromium-browser'].map((name) => join(folder, name)))
  return files.find((file) => {
    try {
      accessSync(file, constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

/** Opens a page of the app in a headless Chromium that finds the router under the app's domain. Rejects when it cannot. */
export async function visit(executable: string, options: VisitOptions): Promise<Visit> {
  const { launch } = await import('puppeteer-core')
  const browser = await launch({
    executablePath: executable,
    userDataDir: join(options.work, 'chromium'),
    acceptInsecureCerts: true,
    args: [
      // The rig is root in a user namespace of its own, where Chromium's sandbox cannot be set up.
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--ignore-certificate-errors',
      // The platform's router listens on 443 (and 80) only.
      `--host-resolver-rules=MAP ${options.host}:443 127.0.0.1:${options.port}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1`,
      '--disable-component-update',
      '--disable-background-networking',
      '--no-proxy-server',
    ],
  })
  try {
    return await open(browser, options)
  } catch (error) {
    await browser.close()
    throw error
  }
}

async function open(browser: Browser, options: VisitOptions): Promise<Visit> {
  const page = (await browser.pages())[0] ?? (await browser.newPage())
  const console: string[] = []
  const missing: string[] = []
  const sockets = new Map<string, PageSocket>()
  page.on('console', (message) => console.push(message.text()))
  page.on('pageerror', (error) => console.push(error instanceof Error ? error.message : String(error)))
  page.on('response', (response) => {
    if (response.status() >= 400) missing.push(`${response.status()} ${new URL(response.url()).pathname}`)
  })
  await watch(await page.createCDPSession(), sockets)
  await page.evaluateOnNewDocument(faster, options.speed)
  if (options.cookie !== undefined) {
    await browser.setCookie({ ...options.cookie, domain: options.host, path: '/', secure: true })
  }
  const response = await goto(page, `https://${options.host}${options.path}`)
  return {
    status: response,
    get sockets() {
      return [...sockets.values()]
    },
    console,
    missing,
    async until(done, ms) {
      const end = Date.now() + ms
      while (!done()) {
        if (Date.now() > end) return false
        await new Promise((resolve) => setTimeout(resolve, 25))
      }
      return true
    },
    close: () => browser.close(),
  }
}

/** Loads the page; the load event may wait for scripts of other hosts, which are out of reach here: they fail at once. */
async function goto(page: Page, url: string): Promise<number> {
  const response = await page.goto(url, { waitUntil: 'load', timeout: 15_000 })
  return response?.status() ?? 0
}

async function watch(session: CDPSession, sockets: Map<string, PageSocket>): Promise<void> {
  session.on('Network.webSocketCreated', ({ requestId, url }) => {
    sockets.set(requestId, { url, state: 'connecting', opened: false, error: undefined })
  })
  session.on('Network.webSocketHandshakeResponseReceived', ({ requestId, response }) => {
    const socket = sockets.get(requestId)
    if (socket === undefined || response.status !== 101) return
    socket.state = 'open'
    socket.opened = true
  })
  session.on('Network.webSocketFrameError', ({ requestId, errorMessage }) => {
    const socket = sockets.get(requestId)
    if (socket !== undefined) socket.error = errorMessage
  })
  session.on('Network.webSocketClosed', ({ requestId }) => {
    const socket = sockets.get(requestId)
    if (socket !== undefined) socket.state = 'closed'
  })
  await session.send('Network.enable')
}

/** Runs in the page before its scripts: timers run `speed` times faster. */
function faster(speed: number): void {
  const page = globalThis as unknown as Record<'setTimeout' | 'setInterval', (...args: unknown[]) => unknown>
  for (const name of ['setTimeout', 'setInterval'] as const) {
    const own = page[name].bind(globalThis)
    page[name] = (handler, ms, ...rest) => own(handler, Number(ms ?? 0) / speed, ...rest)
  }
}
