import { describe, expect, it } from 'vitest'
import { incidentsOf } from '../../src/logs/follow-ups.ts'
import type { Cause } from '../../src/logs/log-report.ts'
import { reading } from './support.ts'

const at = (second: string, source: string, text: string): string =>
  `2026-11-29T10:00:${second.padEnd(3, '.').padEnd(9, '0')}+00:00 ${source}: ${text}\n`
const exited = (second: string, dyno: string): string =>
  at(second, `heroku[${dyno}]`, 'Process exited with status 1') +
  at(`${second}.2`, `heroku[${dyno}]`, 'State changed from starting to crashed')
const notReady = (second: string, dyno: string): string =>
  at(second, `app[${dyno}]`, 'Traceback (most recent call last):') +
  at(second, `app[${dyno}]`, '  File "/app/mysite/asgi.py", line 5, in <module>') +
  at(second, `app[${dyno}]`, '    from chat.routing import websocket_urlpatterns') +
  at(second, `app[${dyno}]`, "django.core.exceptions.AppRegistryNotReady: Apps aren't loaded yet.")
const h10 = (second: string): string =>
  at(
    second,
    'heroku[router]',
    'at=error code=H10 desc="App crashed" method=GET path="/" host=a.herokuapp.com request_id=a fwd="1.2.3.4" dyno= connect= service= status=503 bytes=',
  )

/** `what is told: what follows from it`, each by id. */
function told(log: string, causes: readonly Cause[] | undefined = undefined): string[] {
  const groups = reading(log).groups.map((group) => ({
    group,
    causes: group.meaning.vague ? causes : undefined,
    at: undefined,
  }))
  return incidentsOf(groups).map(({ told: { group, causes: found }, followed }) =>
    [
      `${group.meaning.severity} ${group.meaning.id}`,
      ...followed.map(({ meaning }) => meaning.id),
      ...(found ?? []).map(({ rule }) => rule),
    ].join(' '),
  )
}

describe('one incident', () => {
  it('is told once: the traceback, the exit, the crash, the answers of the router', () => {
    expect(told(notReady('02', 'web.1') + exited('03', 'web.1') + h10('05') + h10('06'))).toEqual([
      'error boot/apps-not-ready process/exit-1 process/crashed router/H10',
    ])
  })

  it('is told by its first word where the process said nothing, and by what explains any of it', () => {
    const cause: Cause = {
      rule: 'procfile/command-missing',
      severity: 'error',
      certainty: 'certain',
      message: '',
      file: 'Procfile',
      line: 1,
      column: 6,
    }
    expect(told(exited('03', 'web.1') + h10('05'))).toEqual(['error process/exit-1 process/crashed router/H10'])
    expect(told(exited('03', 'web.1') + h10('05'), [cause])).toEqual([
      'error process/exit-1 process/crashed router/H10 procfile/command-missing',
    ])
  })

  it('is as grave as what follows from it, though nobody knows the exception', () => {
    const unknown =
      at('02', 'app[web.1]', 'Traceback (most recent call last):') +
      at('02', 'app[web.1]', '  File "/app/mysite/asgi.py", line 5, in <module>') +
      at('02', 'app[web.1]', '    start()') +
      at('02', 'app[web.1]', 'shop.errors.NoLicence: none')
    expect(told(unknown)).toEqual(['warning exception/shop.errors.NoLicence'])
    expect(told(unknown + exited('03', 'web.1'))).toEqual([
      'error exception/shop.errors.NoLicence process/exit-1 process/crashed',
    ])
  })

  it.each([
    ['another dyno', notReady('02', 'web.2') + exited('03', 'web.1')],
    ['long before', notReady('02', 'web.1') + exited('20', 'web.1')],
    ['afterwards', exited('03', 'web.1') + notReady('04', 'web.1')],
  ])('does not follow from what was said by or at %s', (_, log) => {
    expect([...told(log)].sort()).toEqual(['error boot/apps-not-ready', 'error process/exit-1 process/crashed'])
  })

  it('of a worker is not one of web', () => {
    expect([...told(notReady('02', 'web.1') + exited('03', 'web.1') + exited('03', 'worker.1'))].sort()).toEqual([
      'error boot/apps-not-ready process/exit-1 process/crashed',
      'error process/exit-1-worker process/crashed-worker',
    ])
  })
})
