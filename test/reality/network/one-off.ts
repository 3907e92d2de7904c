import { join } from 'node:path'
import { diskOf } from '../disk.ts'
import { runProcess } from '../processes.ts'
import type { World } from '../types.ts'
import { type Session, sessionOf } from './session.ts'

let number = 0

/**
 * Runs Python in a dyno of its own (`heroku run`), with the app's ASGI module imported first so that Django is set up.
 * Returns what it printed, or undefined when it failed; `log` holds both.
 */
export async function oneOff(world: World, code: string): Promise<{ printed: string | undefined; log: string }> {
  const { served } = world.model.asgi
  if (served?.file === undefined) return { printed: undefined, log: 'no ASGI module' }
  const lines = [
    'import importlib, sys',
    "sys.path.insert(0, '')",
    `importlib.import_module(${JSON.stringify(served.module)})`,
    'import django, os',
    "os.environ['DJANGO_ALLOW_ASYNC_UNSAFE'] = '1'",
    code,
  ]
  const ran = await oneOffDyno(world, ['python', '-c', lines.join('\n')], served.root)
  return { printed: ran.code === 0 ? ran.log : undefined, log: ran.log }
}

/** `heroku run`: a program in a folder of a dyno of its own. */
export function oneOffDyno(
  world: World,
  argv: readonly string[],
  folder = '',
): Promise<{ readonly code: number; readonly log: string }> {
  number += 1
  const name = `run.${number}`
  const { root, env } = diskOf(world, name)
  return runProcess({ argv, cwd: join(root, folder), env, log: join(world.work, `${name}.log`) }, 20_000)
}

const logIn = `
import json
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
User = get_user_model()
name = 'rig@example.org'
user = User._default_manager.filter(**{User.USERNAME_FIELD: name}).first()
if user is None:
    values = {field: name for field in [User.USERNAME_FIELD, *User.REQUIRED_FIELDS]}
    user = User(**values)
    user.set_unusable_password()
    user.save()
client = Client()
client.force_login(user)
key = settings.SESSION_COOKIE_NAME
print('\\nrig:' + json.dumps({'cookie': key + '=' + client.cookies[key].value, 'user': user.pk}, default=str))
`

/** Logs a user in, as a visitor of the page would be; the session stays without a cookie when the app has no users. */
export async function logInOnce(world: World): Promise<Session> {
  const session = sessionOf(world)
  if (session.cookie !== undefined || session.user !== undefined) return session
  const { printed } = await oneOff(world, logIn)
  const line = printed?.split('\n').find((one) => one.startsWith('rig:'))
  if (line === undefined) {
    session.user = 'null'
    return session
  }
  const { cookie, user } = JSON.parse(line.slice('rig:'.length)) as { cookie: string; user: unknown }
  session.cookie = cookie
  session.user = JSON.stringify(user)
  return session
}
