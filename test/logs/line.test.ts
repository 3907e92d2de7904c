import { describe, expect, it } from 'vitest'
import { processType, readLine } from '../../src/logs/line.ts'
import { counted, reading } from './support.ts'

const text = 'Error R14 (Memory quota exceeded)'
const time = '2026-11-22T10:00:00+00:00'
const token = 'd.73ea7440-270a-435a-a0ea-adf50b4e5f5a'

describe('readLine', () => {
  it.each([
    ['the Heroku CLI', `${time} heroku[web.1]: ${text}`, time],
    ['a drain', `<45>1 ${time} host heroku web.1 - ${text}`, time],
    ['a drain, framed', `83 <45>1 ${time} host heroku web.1 - ${text}`, time],
    ['a drain whose token stands for the host', `<45>1 ${time} ${token} heroku web.1 - - ${text}`, time],
    ['a drain with the token behind the dyno', `120 <40>1 ${time} heroku web.1 ${token} - ${text}`, time],
    ['a syslog server', `${time} ${token} heroku[web.1] ${text}`, time],
    [
      'an archive of Papertrail',
      `50342052\t2026-11-22 10:00:00 -0800\t2026-11-22 10:00:01 -0800\t42424\tshop\t203.0.113.7\tLocal3\tInfo\theroku/web.1\t${text}`,
      '2026-11-22T10:00:00-0800',
    ],
    [
      'a later archive of Papertrail',
      `50342052\t2026-11-22T10:00:00Z\t2026-11-22T10:00:01Z\t42424\tshop\t203.0.113.7\tLocal3\tInfo\theroku/web.1\t${text}`,
      '2026-11-22T10:00:00Z',
    ],
    ['Papertrail’s tail', `Nov  2 10:00:00 shop heroku/web.1: ${text}`, undefined],
  ])('takes a line of %s apart', (_, line, when) => {
    expect(readLine(line)).toEqual({ time: when, source: 'heroku', dyno: 'web.1', text })
    expect(counted(reading(`${line}\n`))).toEqual(['platform/R14×1'])
  })

  it('leaves a line without prefix as it is', () => {
    expect(readLine('1\t2\t3')).toEqual({ time: undefined, source: undefined, dyno: undefined, text: '1\t2\t3' })
  })
})

describe('processType', () => {
  it('is what stands before the number of the dyno', () => {
    expect(
      ['web.1', 'celery-beat.2', 'run.1234', 'web-5f6b7c8d9-x2k4q', 'web-123-456', 'router'].map(processType),
    ).toEqual(['web', 'celery-beat', 'run', 'web', 'web', 'router'])
    expect(processType(undefined)).toBeUndefined()
  })
})

describe('the end of a tail', () => {
  it('is told, from the CLI alone', () => {
    expect(counted(reading(' ›   Error: Log stream timed out. Please try again.\n'))).toEqual([
      'logging/stream-ended×1',
    ])
    expect(counted(reading('Logs eventsource failed with: 500\n'))).toEqual(['logging/stream-ended×1'])
    expect(reading(`${time} app[web.1]: Log stream timed out.\n`).groups).toEqual([])
  })
})
