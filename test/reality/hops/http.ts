import { join } from 'node:path'
import { makeCertificate } from '../network/certificates.ts'
import { migrated, tablesLack } from '../network/one-off.ts'
import { type Answer, request } from '../network/request.ts'
import { startRouter } from '../network/router.ts'
import { clip, lastFault, serverLog } from '../network/server-log.ts'
import type { Outcome, Router, World } from '../types.ts'

/** The database cannot be reached, lacks its tables, or is not configured. */
const databaseFault = /\b(?:OperationalError|ProgrammingError)\b|settings\.DATABASES is improperly configured/u
/** Pages with a form that posts, when the project has them. */
const formPages = ['/admin/login/', '/accounts/login/', '/login/']

/**
 * The page through the router: it must come (404 for `/` is the answer of a project without a root page), not send the
 * browser round in circles, and a form of the app must be able to post from the app's own origin.
 */
export async function http(world: World): Promise<Outcome> {
  const router = await before(world)
  const outcome = await pagesAndForms(world, router)
  // Who has no release phase migrates by hand.
  const lacksTables = outcome.state === 'breaks' && tablesLack.test(outcome.evidence)
  return lacksTables && (await migrated(world)) ? pagesAndForms(world, router) : outcome
}

async function pagesAndForms(world: World, router: Router): Promise<Outcome> {
  const pages = new Set(['/', world.case.drive?.page ?? '/'])
  for (const page of pages) {
    const outcome = await pageComes(world, router, page)
    if (outcome.state !== 'holds') return outcome
  }
  return formsPost(world, router, [...pages, ...formPages])
}

async function before(world: World): Promise<Router> {
  if (world.router !== undefined) return world.router
  const router = await startRouter({
    dynos: world.dynos.map((dyno) => ({
      host: '127.0.0.1',
      port: dyno.port,
      crashed: () => dyno.process.code() !== undefined,
    })),
    certificate: await makeCertificate(join(world.work, 'router'), world.host),
    host: world.host,
    idleMs: world.time.idleMs,
  })
  world.router = router
  world.atEnd.push(() => router.close())
  return router
}

async function pageComes(world: World, router: Router, page: string): Promise<Outcome> {
  const seen = new Set<string>()
  const log = serverLog(world)
  let path = page
  for (;;) {
    seen.add(path)
    const answer = await request(router, path)
    if (answer.status === 0 || answer.status === 400 || answer.status >= 500) {
      return { state: 'breaks', evidence: `GET ${path}: ${telling(answer)}${because(log())}` }
    }
    if (answer.status < 300 || answer.status >= 400 || answer.location === undefined) return { state: 'holds' }
    const next = new URL(answer.location, `${router.origin}${path}`)
    // Another site's page is not ours to open.
    if (next.origin !== router.origin && next.host !== world.host) return { state: 'holds' }
    path = next.pathname + next.search
    if (seen.has(path) || seen.size > 20) {
      return { state: 'breaks', evidence: `GET ${page}: ${answer.status} to ${answer.location} again and again` }
    }
  }
}

/** A form of the app posted as the browser does it: with its cookie, its token and the page's own origin. */
async function formsPost(world: World, router: Router, pages: readonly string[]): Promise<Outcome> {
  for (const page of pages) {
    const form = await request(router, page)
    const token = /name=["']?csrfmiddlewaretoken["']?\s+value=["']([^"']+)/u.exec(form.body)?.[1]
    if (form.status !== 200 || token === undefined) continue
    const log = serverLog(world)
    const answer = await request(router, page, {
      method: 'POST',
      headers: {
        Origin: router.origin,
        Referer: `${router.origin}${page}`,
        Cookie: form.cookies.join('; '),
        'Content-Type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams({ csrfmiddlewaretoken: token, username: 'nobody', password: 'nothing' }).toString(),
    })
    if (answer.status === 403 && /CSRF/u.test(answer.body)) {
      return { state: 'breaks', evidence: `POST ${page} from ${router.origin}: 403 CSRF verification failed` }
    }
    // What else a form makes of the rig's fields is its own business; the database is not.
    const fault = answer.status >= 500 ? lastFault(log()) : undefined
    if (fault !== undefined && databaseFault.test(fault)) {
      return { state: 'breaks', evidence: `POST ${page}: ${answer.status} (${fault})` }
    }
    return { state: 'holds' }
  }
  return { state: 'holds' }
}

function telling(answer: Answer): string {
  const text = answer.body.replace(/<(style|script)[\s\S]*?<\/\1>|<[^>]*>/gu, ' ').replace(/\s+/gu, ' ')
  return `${answer.status} ${clip(text).slice(0, 120)}`.trim()
}

function because(log: string): string {
  const fault = lastFault(log)
  return fault === undefined ? '' : ` (${fault})`
}
