import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { partsOf, shapeOf, shapePattern } from '../../src/snapshot/shapes.ts'

const domains = ['chat-1234567890ab.herokuapp.com', 'www.example.com']

describe('the shape of a value', () => {
  const cases: [name: string, value: string, shape: string][] = [
    ['X', '', 'empty'],
    ['DEBUG', 'True', 'True'],
    ['DEBUG', 'false', 'false'],
    ['DISABLE_COLLECTSTATIC', '1', '1'],
    ['DJANGO_ENV', 'production', 'production'],
    ['DJANGO_ENV', 'pRoduction', 'secret'],
    ['WEB_CONCURRENCY', '3', 'int:3'],
    ['PIN', '483920', 'int'],
    ['RATE', '0.25', 'number'],
    ['SECRET_KEY', 'k3v9w-2m4q8', 'secret'],
    ['DJANGO_SETTINGS_MODULE', 'mysite.settings.production', 'module:mysite.settings.production'],
    ['DJANGO_SETTINGS_MODULE', 'sk_live_4eC39HqLyjWDarjtT1zdp7dc', 'secret'],
    ['OTHER_MODULE', 'mysite.settings', 'secret'],
    ['REDIS_URL', 'rediss://:p0123abc@ec2-1-2-3-4.compute-1.amazonaws.com:6380', 'rediss-url'],
    ['REDIS_URL', 'redis://localhost:6379/0', 'redis-url:local'],
    ['REDIS_URL', 'redis://example.com', 'redis-url:more'],
    ['REDIS_URL', 'rediss://:p0@h.example.com:6380?ssl_cert_reqs=none', 'rediss-url?ssl_cert_reqs=none'],
    ['REDIS_URL', 'rediss://:p0@h.example.com:6380?ssl_cert_reqs=none&password=p1', 'rediss-url:more'],
    ['DATABASE_URL', 'postgres://u:p@ec2.example.com:5432/d', 'postgres-url'],
    ['SENTRY_DSN', 'https://abc@o1.ingest.sentry.io/2', 'https-url:more'],
    ['CUSTOM', 'secretscheme://abc', 'url'],
    ['NAMES', 'anna,bert,cleo', 'list:3'],
    ['NAMES', 'anna,,cleo', 'secret'],
    ['ALLOWED_HOSTS', 'chat-1234567890ab.herokuapp.com', 'hosts:chat-1234567890ab.herokuapp.com'],
    ['ALLOWED_HOSTS', 'Chat.herokuapp.com, localhost', 'hosts:?, localhost'],
    ['ALLOWED_HOSTS', '*', 'hosts:*'],
    ['ALLOWED_HOSTS', '.herokuapp.com', 'hosts:.herokuapp.com'],
    [
      'CSRF_TRUSTED_ORIGINS',
      'https://www.example.com,https://*.vercel.app',
      'hosts:https://www.example.com,https://*.?',
    ],
    ['CORS', 'https://www.example.com', 'hosts:https://www.example.com'],
    ['FRONTEND', 'https://front.vercel.app/x', 'https-url:more'],
  ]
  it.each(cases)('%s=%s is %s', (name, value, shape) => {
    expect(shapeOf(name, value, domains)).toBe(shape)
    expect(shape).toMatch(shapePattern)
  })

  it('comes back as a value with what is known of it', () => {
    const shown = (name: string, shape: string) =>
      partsOf(name, shape)
        .map((part) => (typeof part === 'string' ? part : `<${part.name}:${part.chars}>`))
        .join('')
    expect(shown('DEBUG', 'True')).toBe('True')
    expect(shown('X', 'empty')).toBe('')
    expect(shown('N', 'int')).toBe('<N:digits>')
    expect(shown('WEB_CONCURRENCY', 'int:3')).toBe('3')
    expect(shown('S', 'secret')).toBe('<S:any>')
    expect(shown('R', 'redis-url:local')).toBe('redis://localhost:<R.port:any>')
    expect(shown('H', 'hosts:?,www.example.com')).toBe('<H.other1:host>,www.example.com')
    expect(shown('R', 'rediss-url?ssl_cert_reqs=none')).toBe(
      'rediss://<R.user:word>:<R.password:word>@<R.host:host>:<R.port:digits>?ssl_cert_reqs=none',
    )
  })
})

/** Pieces of secrets as people have them: tokens, hex, words, digits. */
const secret = fc.oneof(
  fc.string({ minLength: 6, maxLength: 40 }),
  fc.stringMatching(/^[0-9a-f]{8,40}$/),
  fc.stringMatching(/^[A-Za-z0-9_-]{8,40}$/),
  fc.stringMatching(/^[A-Za-z0-9.-]{8,40}$/),
  fc.stringMatching(/^[0-9]{4,16}$/),
)
const wrap = fc.constantFrom<(text: string) => string>(
  (text) => text,
  (text) => `${text},${text}`,
  (text) => `https://${text}@www.example.com/${text}`,
  (text) => `https://${text}.www.example.com`,
  (text) => `https://www.example.com?${text}`,
  (text) => `www.example.com,${text}`,
  (text) => `.${text},*.${text},https://*.${text}`,
  (text) => `redis://:${text}@localhost:6379/${text}`,
  (text) => `rediss://${text}:${text}@${text}:6379`,
  (text) => `rediss://:${text}@h:1?ssl_cert_reqs=${text}`,
  (text) => `${text}://${text}`,
  (text) => `postgres://${text}:${text}@${text}.example.com:5432/${text}`,
  (text) => `mysite.${text}.${text}`,
  (text) => ` ${text}\n`,
)
const anyName = fc.constantFrom(
  'SECRET_KEY',
  'ALLOWED_HOSTS',
  'CSRF_TRUSTED_ORIGINS',
  'REDIS_URL',
  'DATABASE_URL',
  'WEB_CONCURRENCY',
  'DOMAIN',
  'DEBUG',
  'X',
)

describe('a secret', () => {
  it('never survives, whatever stands around it', () => {
    fc.assert(
      fc.property(anyName, secret, wrap, (name, text, around) => {
        const shape = shapeOf(name, around(text), domains)
        expect(shape).toMatch(shapePattern)
        // What may be left is the vocabulary and the app's own public names.
        const rest = domains.reduce((left, domain) => left.replaceAll(domain, ''), shape)
        expect(rest.toLowerCase().includes(text.trim().toLowerCase()) && !harmless(text)).toBe(false)
      }),
      { numRuns: 5000 },
    )
  })

  it('leaves nothing by which two of the same form could be told apart', () => {
    const token = fc.stringMatching(/^[a-z][A-Za-z0-9]{11,30}[0-9]$/)
    fc.assert(
      fc.property(anyName, token, token, wrap, (name, one, other, around) => {
        expect(shapeOf(name, around(one), domains)).toBe(shapeOf(name, around(other), domains))
      }),
      { numRuns: 3000 },
    )
  })

  it('pasted as a settings module is not taken for one', () => {
    const token = fc.stringMatching(/^[a-z]{2}_[A-Za-z0-9]{24,40}$/)
    fc.assert(
      fc.property(token, (text) => {
        expect(shapeOf('DJANGO_SETTINGS_MODULE', text)).toBe('secret')
      }),
    )
  })

  it('gives parts for any shape without failing', () => {
    fc.assert(
      fc.property(anyName, secret, wrap, (name, text, around) => {
        const parts = partsOf(name, shapeOf(name, around(text), domains))
        expect(parts.every((part) => part !== '')).toBe(true)
      }),
    )
  })
})

/** Texts that are part of the vocabulary, or only punctuation. */
function harmless(text: string): boolean {
  return (
    /^[\s,;:/*?.[\]_-]*$/.test(text) ||
    domains.some((domain) => domain.includes(text.trim().toLowerCase())) ||
    /^(?:localhost|127\.0\.0\.1|0\.0\.0\.0|staging|production|develop(?:ment)?|testing|preview|warning|critical)$/i.test(
      text.trim(),
    )
  )
}
