import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mask, sampleOf } from '../../src/logs/mask.ts'

describe('mask', () => {
  it.each([
    ['GET /ws/?token=abc&room=7 HTTP/1.1', 'GET /ws/?token=***&room=7 HTTP/1.1'],
    [
      'path="/ws/?access_token=a&page=2" host=x.herokuapp.com',
      'path="/ws/?access_token=***&page=2" host=x.herokuapp.com',
    ],
    ['path="/cb?code=1&state=2&next=/x"', 'path="/cb?code=***&state=***&next=***"'],
    ['/x?q=Zm9vYmFyYmF6cXV4Zm9vYmFy1', '/x?q=***'],
    ['/x?access%5Ftoken=abc', '/x?access%5Ftoken=***'],
    ['connecting to rediss://:p4ss/w@rd@ec2.example.org:6380', 'connecting to rediss://***@ec2.example.org:6380'],
    ['postgres://user:pw@db.example.org/app', 'postgres://***@db.example.org/app'],
    ['Authorization: Bearer abc.def', 'Authorization: ***'],
    [`(b'cookie', b'sessionid=abc; csrftoken=def'), (b'host', b'x')`, `(b'cookie', ***), (b'host', b'x')`],
    ['Cookie: a=b; c=d', 'Cookie: ***'],
    [`{'password': 'hunter2', 'room': 'a'}`, `{'password': ***, 'room': 'a'}`],
    ['SECRET_KEY = "x y z"', 'SECRET_KEY = ***'],
    ['jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln', 'jwt ***'],
    ['Key (email)=(a@example.org) already exists.', 'Key (email)=(***) already exists.'],
    ['fwd="203.0.113.7" dyno=web.1', 'fwd=*** dyno=web.1'],
    ['ticket 00000000-0000-1000-8000-000000000000', 'ticket ***'],
  ])('%s', (text, expected) => {
    expect(mask(text)).toBe(expected)
  })

  it('leaves what explains an error', () => {
    for (const text of [
      "No route found for path 'ws/chat/lobby/'.",
      'at=error code=H12 desc="Request timeout" method=GET path="/" host=shop-1a2b3c4d5e6f.herokuapp.com dyno=web.1',
      "Cannot import BACKEND 'channels_redis.core.RedisChannelLayer' specified for default",
      'File "/app/.heroku/python/lib/python3.12/site-packages/channels_redis/core.py", line 12',
      'django.core.exceptions.SynchronousOnlyOperation: You cannot call this from an async context',
      'Error 111 connecting to ec2-12-34-56-78.compute-1.amazonaws.com:19000. Connection refused.',
      '2026-11-22 10:00:00,123 ERROR    Exception inside application: x',
      'django.db.utils.ProgrammingError: relation "notifications_notificationpreference" does not exist',
    ]) {
      expect(mask(text)).toBe(text)
    }
  })

  const secret = fc.stringMatching(/^[A-Za-z0-9]{12}[A-Za-z0-9_.~-]{4,40}[a-z][0-9]$/)
  const password = fc.stringMatching(/^[A-Za-z0-9!$%*+:_~@-]{8,40}$/)
  const name = fc.constantFrom(
    'token',
    'access_token',
    'jwt',
    'key',
    'api_key',
    'code',
    'ticket',
    'signature',
    'password',
    'auth',
  )
  const before = fc.constantFrom('', 'GET ', '2026-11-22 ERROR ', 'path="', "b'", 'a=1 ')
  const after = fc.constantFrom('', ' HTTP/1.1', '" status=101', "'", '&page=2', ' ]')

  it('never lets a secret through, whatever stands around it', () => {
    const contexts: ((name: string, value: string) => string)[] = [
      (key, value) => `/ws/chat/?${key}=${value}`,
      (key, value) => `/ws/chat/?room=1&${key}=${value}`,
      (_, value) => `rediss://:${value}@ec2.example.org:6380/0`,
      (_, value) => `https://user:${value}@example.org`,
      (_, value) => `Authorization: Bearer ${value}`,
      (_, value) => `Authorization: Token ${value}`,
      (_, value) => `'authorization': 'Basic ${value}'`,
      (_, value) => `Cookie: sessionid=${value}; other=1`,
      (_, value) => `[b'cookie', b'sessionid=${value}']`,
      (_, value) => `Sec-WebSocket-Protocol: ${value}`,
      (_, value) => `password="${value}"`,
      (_, value) => `"access_token": "${value}"`,
    ]
    fc.assert(
      fc.property(fc.constantFrom(...contexts), name, secret, before, after, (context, key, value, left, right) => {
        const text = mask(`${left}${context(key, value)}${right}`)
        for (let i = 0; i + 8 <= value.length; i++) expect(text).not.toContain(value.slice(i, i + 8))
      }),
      { numRuns: 2000 },
    )
  })

  it('never lets a password of a URL through, also with @ and signs in it', () => {
    fc.assert(
      fc.property(password, before, after, (value, left, right) => {
        const text = mask(`${left}redis://h:${value}@ec2.example.org:6379${right}`)
        expect(text).not.toContain(value)
      }),
      { numRuns: 1000 },
    )
  })

  it('hides long opaque values anywhere', () => {
    const opaque = fc.oneof(
      fc.stringMatching(/^[0-9a-f]{32,64}$/),
      fc.stringMatching(/^[A-Za-z]{8}[0-9][A-Za-z0-9]{15,40}$/),
      fc.uuid(),
    )
    fc.assert(
      fc.property(opaque, before, after, (value, left, right) => !mask(`${left}${value}${right}`).includes(value)),
    )
  })
})

describe('sampleOf', () => {
  it('cuts after masking, and never inside a secret', () => {
    const secret = 'S3cr3t'.repeat(20)
    const text = `${'word '.repeat(817)}rediss://:${secret}@host.example.org`
    for (let cut = 0; cut < 40; cut++) expect(sampleOf(text.slice(cut), 5000)).not.toContain('S3cr3t')
    expect(sampleOf('x '.repeat(400)).length).toBeLessThanOrEqual(300)
  })

  it('keeps control characters away from the terminal', () => {
    expect(sampleOf('a\u001b]0;title\u0007b\u202ec\u009bd')).toBe('a ]0;title b c d')
  })
})
