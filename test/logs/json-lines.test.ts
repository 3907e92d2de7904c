import { describe, expect, it } from 'vitest'
import { linesOf } from '../../src/logs/json-lines.ts'
import { reading } from './support.ts'

const trace = [
  'Traceback (most recent call last):',
  '  File "/app/chat/consumers.py", line 12, in connect',
  '    await self.channel_layer.group_add("a", self.channel_name)',
  "AttributeError: 'NoneType' object has no attribute 'group_add'",
].join('\n')

const bare = { time: undefined, source: undefined, dyno: undefined }
const seen = (line: string) =>
  reading(`${line}\n`).groups.map(({ meaning, dynos, frame, first }) => [
    meaning.id,
    [...dynos.keys()],
    frame?.line,
    first,
  ])

describe('log lines that are JSON', () => {
  it('are read as what they say', () => {
    const plain = reading(
      `2026-11-22T10:00:00.000000+00:00 app[web.1]: ${trace.split('\n').join('\n2026-11-22T10:00:00.000000+00:00 app[web.1]: ')}\n`,
    )
    const prefix = '2026-11-22T10:00:00.000000+00:00 app[web.1]: '
    const structlog = `${prefix}${JSON.stringify({ event: 'socket failed', level: 'error', exception: trace })}`
    const pythonJson = `${prefix}${JSON.stringify({ message: 'socket failed', levelname: 'ERROR', exc_info: trace })}`
    const ids = plain.groups.map(({ meaning }) => meaning.id)
    expect(ids).toHaveLength(1)
    for (const line of [structlog, pythonJson]) {
      expect(reading(`${line}\n`).groups.map(({ meaning, frame }) => [meaning.id, frame])).toEqual(
        plain.groups.map(({ meaning, frame }) => [meaning.id, frame]),
      )
    }
  })

  it('of a drain name their dyno, source and time', () => {
    const router = {
      program: 'heroku/router',
      timestamp: '2026-11-22T10:00:00+00:00',
      message:
        'at=error code=H12 desc="Request timeout" method=GET path="/" host=a dyno=web.2 connect=0ms service=30000ms status=503',
    }
    expect(seen(JSON.stringify(router))).toEqual([['router/H12', ['web.2'], undefined, '2026-11-22T10:00:00+00:00']])
    const app = { source: 'app', dyno: 'web.1', time: '2026-11-22T10:00:00Z', msg: 'failed', traceback: trace }
    expect(seen(JSON.stringify(app)).map(([, dynos, line]) => [dynos, line])).toEqual([[['web.1'], 12]])
  })

  it('that are none, or say nothing, stay as they are', () => {
    for (const text of ['{not json}', '{"a": 1}', 'x {"message": "y"}', '{"message": "cut', '[1]'])
      expect(linesOf({ ...bare, text })).toEqual([{ ...bare, text }])
  })
})
