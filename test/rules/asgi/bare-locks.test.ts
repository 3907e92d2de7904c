import { describe, expect, it } from 'vitest'
import { bareLocks } from '../../../rules/asgi/websocket-error/bare-locks.ts'
import { project, textAt } from '../../app/asgi/support.ts'
import { consumer, models, settings } from './sound.ts'

const postgres = `DATABASES = {'default': {'ENGINE': 'django.db.backends.postgresql', 'NAME': 'chat'}}`

/** The queries of a consumer with this body that lock without a transaction. */
function locks(body: string, more = postgres): (string | undefined)[] {
  const app = project({
    'chat/models.py': models,
    'chat/consumers.py': consumer(body, 'from django.db import transaction'),
    'mysite/settings.py': settings(undefined, more),
  })
  return bareLocks(app).map(({ at }) => textAt(app, at))
}

const nested = (decorator: string) => `async def receive_json(self, content):
    ${decorator}
    def move():
        return Room.objects.select_for_update().get(pk=1)
    await move()
`

describe('a lock in a function inside of a coroutine', () => {
  it.each([
    ['@database_sync_to_async', 1],
    ['@sync_to_async(thread_sensitive=True)', 1],
    ['@database_sync_to_async\n    @transaction.atomic', 0],
    ['@transaction.atomic', 0],
  ])('is told where only a thread runs it: %s', (decorator, count) => {
    expect(locks(nested(decorator))).toEqual(Array(count).fill('Room.objects.select_for_update()'))
  })

  it('is none on a database that locks nothing', () => {
    const sqlite = `DATABASES = {'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': 'db.sqlite3'}}`
    expect(locks(nested('@database_sync_to_async'), sqlite)).toEqual([])
  })
})
