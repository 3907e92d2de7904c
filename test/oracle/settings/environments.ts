import type { Answer } from './python.ts'

export interface Trial {
  readonly label: string
  readonly module: string
  readonly env: Readonly<Record<string, string>>
  readonly answer: Answer
}

/** Variables every module reads that Python or the platform own: never set by a trial of its own. */
const ignored = new Set([
  'PATH',
  'HOME',
  'PWD',
  'LANG',
  'LC_ALL',
  'PYTHONPATH',
  'DJANGO_SETTINGS_MODULE',
  'TMPDIR',
  'TEMP',
  'TMP',
  '*',
])
/** Asked for in turn first. */
const first = [
  /REDIS/,
  /^DATABASE_URL$/,
  /DEBUG/,
  /^DYNO$/,
  /^(DJANGO_)?ENV|ENVIRONMENT|STAGE|^IS_|PRODUCTION|HEROKU/,
  /HOST/,
  /CSRF|CORS|SECURE|SSL/,
  /^PORT$/,
  /DB|POSTGRES|PG/,
  /SECRET/,
]
const inTurn = 8

/** A value such as the variable would have in production, by its name. */
export function plausible(name: string): string {
  const n = name.toUpperCase()
  if (
    /REDIS.*(URL|URI)|(BROKER|CELERY).*(URL|URI|BACKEND)|CLOUDAMQP|CACHE_URL|CHANNEL.*URL|^REDIS(TOGO|CLOUD|GREEN)?$/.test(
      n,
    )
  )
    return 'redis://h:p4ss@ec2-1-2-3-4.compute-1.amazonaws.com:11459'
  if (/DATABASE_URL|DB_URL|POSTGRES.*URL|DATABASE_URI/.test(n))
    return 'postgres://user:p4ss@ec2-5-6-7-8.compute-1.amazonaws.com:5432/d1'
  if (/CLOUDINARY_URL/.test(n)) return 'cloudinary://123:abc@demo'
  if (/EMAIL_URL/.test(n)) return 'smtp://me:pw@smtp.example.com:587'
  if (/ALLOWED_HOSTS?|HOSTS$/.test(n)) return 'app.example.com,www.example.com'
  if (/ORIGIN|WHITELIST/.test(n)) return 'https://app.example.com,https://www.example.com'
  if (/(^|_)(URL|URI|ENDPOINT|DSN|WEBHOOK)(_|$)/.test(n)) return 'https://key@www.example.com/3'
  if (/PORT$/.test(n)) return '6379'
  if (/HOST(NAME)?$|DOMAIN|SERVER$/.test(n)) return 'www.example.com'
  if (
    /^(CI|DEBUG|USE_|ENABLE|DISABLE|IS_|HAS_)|_(DEBUG|ENABLED|DISABLED|TLS|SSL|SECURE)$|DEBUG$|SSL_REDIRECT|VERIFY/.test(
      n,
    )
  )
    return 'True'
  if (
    /TIMEOUT|_AGE|MAX|MIN|COUNT|SIZE|LIMIT|SECONDS|LIFETIME|EXPIR|WORKERS|CONCURRENCY|CAPACITY|RATE$|_DAYS|_HOURS|_MINUTES|LEVEL_NO|_DB$/.test(
      n,
    )
  )
    return '30'
  if (/LOG.*LEVEL/.test(n)) return 'INFO'
  if (/^DYNO$/.test(n)) return 'web.1'
  if (/ENVIRONMENT|^ENV$|_ENV$|STAGE/.test(n)) return 'production'
  if (/EMAIL|FROM|_USER$/.test(n)) return 'me@example.com'
  return 'x7-value_of/' + name.toLowerCase()
}

const otherGuesses = ['1', 'True', '{}', '{"a": "b"}', 'https://example.com/a', 'dmFsdWU=', '/tmp', 'production']

/**
 * The trials of one project: nothing set, what it requires, Redis, DEBUG on and off, everything set, everything but one,
 * each alone, and the other settings modules. Variables are found by running: those the module asks for.
 */
export async function trials(
  modules: readonly string[],
  ask: (module: string, env: Readonly<Record<string, string>>) => Promise<Answer>,
): Promise<Trial[]> {
  const out: Trial[] = []
  const seen = new Set<string>()
  const attempt = async (label: string, module: string, env: Record<string, string>): Promise<Answer> => {
    const full: Record<string, string> = { DJANGO_SETTINGS_MODULE: module, ...env }
    const key = module + JSON.stringify(Object.entries(full).sort())
    const answer = await ask(module, full)
    if (!seen.has(key)) out.push({ label, module, env: full, answer })
    seen.add(key)
    return answer
  }
  for (const [index, module] of modules.entries()) {
    await attempt('nothing', module, {})
    const required = await requiredBy(module, ask)
    const everything = await allRead(module, required, ask)
    await attempt('required', module, required)
    await attempt('everything', module, everything)
    await attempt('everything, DEBUG off', module, { ...everything, ...debug(everything, 'False') })
    if (index > 0) continue
    const redis = { REDIS_URL: plausible('REDIS_URL') }
    const database = { DATABASE_URL: plausible('DATABASE_URL') }
    await attempt('REDIS_URL', module, { ...required, ...redis })
    await attempt('rediss', module, { ...required, REDIS_URL: redis.REDIS_URL.replace('redis:', 'rediss:') })
    await attempt('DEBUG on', module, { ...required, ...debug(everything, 'True') })
    await attempt('DEBUG off', module, { ...required, ...debug(everything, 'False') })
    await attempt('DEBUG 0', module, { ...required, ...debug(everything, '0') })
    await attempt('DATABASE_URL', module, { ...required, ...database })
    await attempt('dyno', module, {
      ...required,
      ...redis,
      ...database,
      DYNO: 'web.1',
      PORT: '30000',
      WEB_CONCURRENCY: '2',
    })
    const asked = Object.keys(everything).sort((a, b) => rank(a) - rank(b))
    for (const name of asked.slice(0, inTurn)) {
      const { [name]: _, ...others } = everything
      await attempt(`all but ${name}`, module, others)
      await attempt(`only ${name}`, module, { ...required, [name]: everything[name] as string })
      await attempt(`empty ${name}`, module, { ...everything, [name]: '' })
    }
  }
  return out
}

function rank(name: string): number {
  const at = first.findIndex((pattern) => pattern.test(name))
  return at === -1 ? first.length : at
}

function debug(everything: Readonly<Record<string, string>>, value: string): Record<string, string> {
  const names = Object.keys(everything).filter((name) => /DEBUG/.test(name))
  return Object.fromEntries((names.length === 0 ? ['DEBUG'] : names).map((name) => [name, value]))
}

/** The smallest set found by adding, crash after crash, the variable asked for last. */
async function requiredBy(
  module: string,
  ask: (module: string, env: Readonly<Record<string, string>>) => Promise<Answer>,
): Promise<Record<string, string>> {
  const env: Record<string, string> = {}
  const guesses = new Map<string, number>()
  for (let round = 0; round < 80; round++) {
    const answer = await ask(module, { DJANGO_SETTINGS_MODULE: module, ...env })
    if (answer.ok) return env
    const missing = answer.reads.filter((name) => !ignored.has(name))
    const named = missing.find((name) => !(name in env) && new RegExp(`\\b${name}\\b`).test(answer.crash.message))
    const last = named ?? missing.at(-1)
    if (last === undefined) return {}
    if (!(last in env)) env[last] = plausible(last)
    else {
      const guess = guesses.get(last) ?? 0
      const next = otherGuesses[guess]
      if (next === undefined) return env
      guesses.set(last, guess + 1)
      env[last] = next
    }
  }
  return env
}

async function allRead(
  module: string,
  required: Readonly<Record<string, string>>,
  ask: (module: string, env: Readonly<Record<string, string>>) => Promise<Answer>,
): Promise<Record<string, string>> {
  let env: Record<string, string> = { ...required }
  const refused = new Set<string>()
  const guesses = new Map<string, number>()
  for (let round = 0; round < 40; round++) {
    const answer = await ask(module, { DJANGO_SETTINGS_MODULE: module, ...env })
    const fresh = answer.reads.filter((name) => !(name in env) && !ignored.has(name) && !refused.has(name))
    if (fresh.length === 0 && answer.ok) return env
    if (!answer.ok && fresh.length === 0) {
      // One of the values does not suit, most likely that of the variable asked for last: another, in the end none.
      const culprit = answer.reads.filter((name) => name in env && !(name in required)).at(-1)
      if (culprit === undefined) return env
      const guess = guesses.get(culprit) ?? 0
      const next = otherGuesses[guess]
      if (next !== undefined) {
        guesses.set(culprit, guess + 1)
        env = { ...env, [culprit]: next }
        continue
      }
      refused.add(culprit)
      const { [culprit]: _, ...others } = env
      env = others
    } else for (const name of fresh) env[name] = plausible(name)
  }
  return env
}
