import type { Case } from '../case.ts'

/** How to make a message cross from one dyno to the other. */
export interface Drive {
  readonly path: string | undefined
  readonly send: string | undefined
  /** Python that a one-off dyno runs instead of a client's message. */
  readonly push: string | undefined
  /** What has to arrive. */
  readonly expect: string
  /** That the app answers to it is known: silence then means that the message was lost. */
  readonly sure: boolean
}

const pushToUser = `
from django.contrib.auth import get_user_model
from notifications.models import Notification
Notification(user=get_user_model()._default_manager.get(pk=USER), text=TOKEN).push()
`

/** What each base of fixtures/ is made for; the rest gets a message with the usual keys. */
const notificationBases =
  /^(?:guide|guide-sound|gunicorn-instead-of-daphne|no-redis-url|pins-that-differ|channels-redis-missing|http-origin|insecure-socket|layout-backend)$/u

/** How this case is driven; `token` is a text that nothing else sends. */
export function driveOf(one: Case, token: string): Drive {
  const own = one.drive
  if (own?.send !== undefined || own?.push !== undefined) {
    return { path: own.path, send: own.send, push: own.push, expect: own.expect ?? token, sure: true }
  }
  if (notificationBases.test(one.base) && own === undefined) {
    return { path: '/ws/notifications/', send: undefined, push: pushToUser, expect: token, sure: true }
  }
  const send = JSON.stringify({ type: 'message', message: token, text: token, content: token, body: token })
  return { path: own?.path, send, push: undefined, expect: own?.expect ?? token, sure: one.base.startsWith('layout-') }
}
