import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LogSummary } from '../../src/logs/model.ts'
import { readLog } from '../../src/logs/reader.ts'
import { counted, reading } from './support.ts'

const at = (second: number): string => `2026-11-22T10:00:${String(second).padStart(2, '0')}.000000+00:00`
const app = (dyno: string, second: number, ...texts: string[]): string[] =>
  texts.map((text) => `${at(second)} app[${dyno}]: ${text}`)
const router = (second: number, text: string): string =>
  `${at(second)} heroku[router]: ${text} method=GET path="/ws/chat/?token=s3cr3t-value" host=shop-1a2b3c4d5e6f.herokuapp.com request_id=5b1e6b1a-3a51-4c5a-9c06-2c5c4f1f7f11 fwd="203.0.113.7" dyno=web.1 connect=0ms`
const log = (...lines: string[]): string => `${lines.join('\n')}\n`

const keyError = [
  'Traceback (most recent call last):',
  '  File "/app/.heroku/python/lib/python3.12/site-packages/channels/sessions.py", line 47, in __call__',
  '    return await self.inner(scope, receive, send)',
  '           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^',
  '  File "/app/chat/consumers.py", line 12, in connect',
  '    self.room = Room.objects.get(name="Missing: x")',
  "KeyError: 'room'",
]
const certificate = [
  'Traceback (most recent call last):',
  '  File "/app/.heroku/python/lib/python3.12/site-packages/redis/asyncio/connection.py", line 274, in connect',
  '    await self.retry.call_with_retry(',
  'ssl.SSLCertVerificationError: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self-signed (_ssl.c:1000)',
  '',
  'The above exception was the direct cause of the following exception:',
  '',
  'Traceback (most recent call last):',
  '  File "/app/chat/consumers.py", line 15, in connect',
  '    await self.channel_layer.group_add("x", self.channel_name)',
  'redis.exceptions.ConnectionError: Error 1 connecting to h:1. [SSL: CERTIFICATE_VERIFY_FAILED] (_ssl.c:1000).',
]

describe('tracebacks', () => {
  it('are put together per dyno, however they are interleaved', () => {
    const lines = Array.from({ length: certificate.length }, (_, i) => [
      ...app('web.1', i, certificate[i] as string),
      ...app('web.2', i, keyError[i] ?? 'GET / 200'),
    ]).flat()
    const { groups } = reading(log(...lines))
    expect(groups.map(({ meaning, frame, dynos }) => [meaning.id, frame, [...dynos]])).toEqual([
      ['redis/certificate', { file: 'chat/consumers.py', line: 15 }, [['web.1', 1]]],
      ['exception/KeyError', { file: 'chat/consumers.py', line: 12 }, [['web.2', 1]]],
    ])
  })

  it('count once with the message above and the exceptions chained to them', () => {
    const message = 'ERROR    Exception inside application: Error 1 connecting to h:1. [SSL: CERTIFICATE_VERIFY_FAILED]'
    expect(counted(reading(log(...app('web.1', 1, message, ...certificate))))).toEqual(['redis/certificate×1'])
    const twice = log(...app('web.1', 1, message, ...certificate, message, ...certificate))
    expect(counted(reading(twice))).toEqual(['redis/certificate×2'])
  })

  it('are read from logs that lost their indentation', () => {
    const lines = [...keyError, ...keyError].map((line) => line.trim())
    expect(counted(reading(log(...app('web.1', 1, ...lines))))).toEqual(['exception/KeyError×2'])
  })

  it('are read out of exception groups', () => {
    const { groups } = reading(
      log(
        ...app(
          'web.1',
          1,
          '  + Exception Group Traceback (most recent call last):',
          '  |   File "/app/chat/consumers.py", line 3, in run',
          '  |     async with TaskGroup() as group:',
          '  | ExceptionGroup: unhandled errors in a TaskGroup (1 sub-exception)',
          '  +-+---------------- 1 ----------------',
          '    | Traceback (most recent call last):',
          '    |   File "/app/chat/consumers.py", line 9, in ask',
          '    |     raise ValueError("No handler for message type chat.x")',
          '    | ValueError: No handler for message type chat.x',
          '    +------------------------------------',
        ),
      ),
    )
    expect(groups.map(({ meaning, count, subjects }) => [meaning.id, count, [...subjects]])).toEqual([
      ['asgi/no-handler', 1, ['chat.x']],
    ])
  })

  it('that never end are dropped, and a process that ends in order is no error', () => {
    expect(reading(log(...app('web.1', 1, ...keyError.slice(0, 4)))).groups).toEqual([])
    expect(
      reading(log(...app('web.1', 1, keyError[0] as string, '  File "x", line 1', 'KeyboardInterrupt'))).groups,
    ).toEqual([])
  })

  it('let other lines of the dyno pass between', () => {
    const lines = app(
      'web.1',
      1,
      ...keyError.slice(0, 3),
      'bash: line 1: daphne: command not found',
      ...keyError.slice(3),
    )
    expect(counted(reading(log(...lines)))).toEqual(['boot/command-not-found×1', 'exception/KeyError×1'])
  })
})

describe('router and platform', () => {
  it('are recognised by their codes, with and without prefix and colours', () => {
    const h10 =
      'at=error code=H10 desc="App crashed" method=GET path="/" host=x dyno= connect= service= status=503 bytes='
    const coloured = `\u001b[33m${at(1)} heroku[router]: \u001b[39mat=\u001b[31merror\u001b[39m code=\u001b[31mH10\u001b[39m desc="App crashed" method=GET path="/"`
    const text = log(
      `${at(1)} heroku[router]: ${h10}`,
      h10,
      coloured,
      `${at(1)} heroku[router]: sock=client at=warning code=H27 desc="Client Request Interrupted" method=GET path="/" dyno=web.1`,
      `${at(2)} heroku[web.1]: Error R14 (Memory quota exceeded)`,
      'Error R14 (Memory quota exceeded)',
      `${at(2)} heroku[web.1]: State changed from starting to crashed`,
      `${at(2)} heroku[web.1]: State changed from starting to up`,
      `${at(2)} heroku[web.1]: Process exited with status 127`,
      `${at(2)} heroku[web.1]: Process exited with status 143`,
      `${at(2)} heroku[run.1234]: Process exited with status 1`,
      `${at(2)} heroku[logplex]: Error L10 (output buffer overflow): 500 messages dropped since 2026-11-22T09:00:00+00:00.`,
      `<172>1 2026-11-22T10:00:02+00:00 host heroku logplex - Error L12: 2 messages dropped`,
    )
    expect(counted(reading(text))).toEqual([
      'router/H10×3',
      'process/crashed×1',
      'process/exit-127×1',
      'logging/L12×1',
      'logging/L10×1',
      'platform/R14×2',
      'router/H27×1',
    ])
  })

  it('an app that prints what the router prints is not believed', () => {
    expect(reading(log(...app('web.1', 1, 'at=error code=H10 desc="x" method=GET', 'Error R14 (x)'))).groups).toEqual(
      [],
    )
    expect(reading(log(router(1, 'at=info code=H77'), router(1, 'at=info'))).groups).toEqual([])
  })

  it('does not keep the tokens of the path', () => {
    const { groups } = reading(
      log(`${router(1, 'at=error code=H12 desc="Request timeout"')} service=30001ms status=503`),
    )
    expect(groups[0]?.sample).toContain('path="/ws/chat/?token=***"')
    expect(JSON.stringify(groups.map(({ sample }) => sample))).not.toMatch(/s3cr3t|203\.0\.113\.7/)
  })
})

describe('servers', () => {
  it('announce where they listen', () => {
    const { servers, groups } = reading(
      log(
        ...app('web.1', 1, '2026-11-22 10:00:00,000 INFO     Starting server at tcp:port=1234:interface=0.0.0.0'),
        ...app('web.1', 1, '2026-11-22 10:00:00,000 INFO     Listening on TCP address 0.0.0.0:1234'),
        ...app('web.2', 1, 'INFO:     Uvicorn running on http://0.0.0.0:5000 (Press CTRL+C to quit)'),
        ...app('web.3', 1, '[2026-11-22 10:00:00 +0000] [2] [INFO] Listening at: http://0.0.0.0:5001 (2)'),
        ...app('web.4', 1, '[2026-11-22 10:00:00 +0000] [2] [INFO] Running on http://0.0.0.0:5002 (CTRL + C to quit)'),
        ...app('web.5', 1, '[INFO] Listening at: http://0.0.0.0:5003'),
        ...app('web.6', 1, 'Starting server at tcp:port=1234:interface=\\:\\:'),
      ),
    )
    expect(servers.map(({ name, dyno, address }) => `${dyno} ${name} ${address}`)).toEqual([
      'web.1 daphne 0.0.0.0:1234',
      'web.2 uvicorn 0.0.0.0:5000',
      'web.3 gunicorn 0.0.0.0:5001',
      'web.4 hypercorn 0.0.0.0:5002',
      'web.5 granian 0.0.0.0:5003',
      'web.6 daphne [::]:1234',
    ])
    expect(groups).toEqual([])
  })

  it('that the router cannot reach, or that take no WebSocket, are named; only on web dynos', () => {
    const lines = ['Listening on TCP address 127.0.0.1:8000', '[2026] [2] [INFO] Using worker: sync']
    const runserver = 'Starting development server at http://0.0.0.0:5000/'
    expect(counted(reading(log(...app('web.1', 1, ...lines, runserver))))).toEqual([
      'server/loopback×1',
      'server/development×1',
      'server/wsgi×1',
    ])
    expect(reading(log(...app('worker.1', 1, ...lines, runserver))).groups).toEqual([])
    const asgi = '[2026] [2] [INFO] Using worker: uvicorn_worker.UvicornWorker'
    expect(reading(log(...app('web.1', 1, asgi))).groups).toEqual([])
  })
})

describe('sessions', () => {
  const session = (seconds: number): string =>
    `${router(1, 'at=info')} service=${seconds * 1000}ms status=101 bytes=129 protocol=https`
  const of = (...seconds: number[]): LogSummary => reading(log(...seconds.map(session)))

  it('are told by how long they lived', () => {
    expect(of(0.2, 30, 55, 55.4, 3600).sessions).toEqual({
      total: 5,
      short: 1,
      medium: 1,
      nearIdle: 2,
      long: 1,
      longest: 3600_000,
    })
  })

  it('that end at 55 s give a hint only when most of them do', () => {
    expect(counted(of(55, 55.1, 55.2, 3, 4, 80))).toEqual(['sessions/idle×3'])
    expect(of(55, 55.1, 3).groups).toEqual([])
    expect(of(55, 55.1, 55.2, 300, 400, 500).groups).toEqual([])
  })
})

describe('the reader', () => {
  const pieces = fc.array(
    fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...everyLine()) },
      { weight: 1, arbitrary: fc.string() },
      {
        weight: 1,
        arbitrary: fc.constantFrom('é ☃ Error: x', '\u001b[31m', '', '   ', 'Traceback (most recent call last):'),
      },
    ),
    { maxLength: 60 },
  )

  it('answers the same wherever the stream is cut', () => {
    fc.assert(
      fc.property(
        pieces,
        fc.array(fc.nat(400), { maxLength: 40 }),
        fc.constantFrom('\n', '\r\n'),
        (lines, cuts, end) => {
          const bytes = Buffer.from(lines.join(end))
          const reader = readLog()
          let from = 0
          for (const cut of cuts) {
            reader.push(bytes.subarray(from, from + cut))
            from += cut
          }
          reader.push(bytes.subarray(from))
          expect(reader.end()).toEqual(reading(bytes))
        },
      ),
      { numRuns: 500 },
    )
  })

  it('answers the same however dynos are interleaved', () => {
    const stream = fc.array(fc.constantFrom(keyError, certificate, ['GET / 200'], ['ChannelFull']), { maxLength: 8 })
    fc.assert(
      fc.property(stream, stream, fc.array(fc.boolean(), { maxLength: 300 }), (one, two, picks) => {
        const queues = [one.flat(), two.flat()].map((texts, i) => texts.flatMap((text) => app(`web.${i + 1}`, 1, text)))
        const apart = reading(log(...queues.flat()))
        const mixed: string[] = []
        for (const pick of picks) mixed.push(...(queues[pick ? 1 : 0] as string[]).splice(0, 1))
        mixed.push(...queues.flat())
        expect(counted(reading(log(...mixed))).sort()).toEqual(counted(apart).sort())
      }),
    )
  })

  it('takes any bytes', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 })), (chunks) => {
        const reader = readLog()
        for (const chunk of chunks) reader.push(chunk)
        const { bytes, lines } = reader.end()
        const whole = Buffer.concat(chunks)
        expect(bytes).toBe(whole.length)
        expect(lines).toBe(
          whole.toString('latin1').replace(/\n$/, '').split('\n').length - (whole.length === 0 ? 1 : 0),
        )
      }),
    )
  })

  it('takes blocks that begin with an empty line', () => {
    const reader = readLog()
    for (const text of [log(...app('web.1', 1, 'x')), '\n\n', '\n', log(...app('web.1', 2, 'x'), '')]) {
      reader.push(Buffer.from(text))
    }
    expect(reader.end()).toMatchObject({ lines: 6, from: at(1), to: at(2) })
  })

  it('reads only the beginning of a line without end, and goes on behind it', () => {
    const reader = readLog()
    const chunk = Buffer.alloc(1024 * 1024, 'x')
    for (let i = 0; i < 40; i++) reader.push(chunk)
    reader.push(Buffer.from(' bash: line 1: daphne: command not found\nbash: line 1: daphne: command not found\n'))
    const summary = reader.end()
    expect(counted(summary)).toEqual(['boot/command-not-found×1'])
    expect({ lines: summary.lines, clipped: summary.clipped }).toEqual({ lines: 2, clipped: 1 })
    expect(reading(`${'x'.repeat(100_000)}\n`).clipped).toBe(1)
  })

  it('keeps a bounded number of exceptions apart, and always those it knows', () => {
    const traces = Array.from({ length: 1000 }, (_, i) =>
      app('web.1', 1, 'Traceback (most recent call last):', `  File "/app/a.py", line ${i}, in f`, 'KeyError: 1'),
    ).flat()
    const summary = reading(log(...traces, ...app('web.1', 2, 'ChannelFull')))
    expect(summary.groups.length).toBe(301)
    expect(summary.folded).toBe(700)
    expect(counted(summary)).toContain('asgi/over-capacity×1')
  })

  it('tells the first sighting of each group once, after a pause too', () => {
    const seen: string[] = []
    const reader = readLog({ onFirst: ({ meaning }) => seen.push(meaning.id) })
    reader.push(Buffer.from(log(...app('web.1', 1, 'ChannelFull'))))
    expect(seen).toEqual([])
    reader.settle()
    expect(seen).toEqual(['asgi/over-capacity'])
    reader.push(Buffer.from(log(...app('web.1', 1, 'ChannelFull', ...keyError, 'GET / 200'))))
    expect(seen).toEqual(['asgi/over-capacity', 'exception/KeyError'])
  })
})

function everyLine(): string[] {
  return [
    ...['web.1', 'web.2'].flatMap((dyno) => [...app(dyno, 1, ...keyError), ...app(dyno, 2, ...certificate)]),
    ...app(
      'web.1',
      3,
      'ERROR bash: line 1: daphne: command not found',
      'GET /é HTTP/1.1 200',
      "No route found for path 'é'.",
    ),
    ...app('web.1', 3, 'Listening on TCP address 127.0.0.1:80'),
    router(4, 'at=error code=H12 desc="Request timeout"'),
    `${router(5, 'at=info')} service=55000ms status=101`,
    `${at(6)} heroku[web.1]: Process exited with status 1`,
  ]
}
