import { join } from 'node:path'
import { managePyOf } from '../buildpack.ts'
import { type Disk, diskOf } from '../disk.ts'
import { runProcess } from '../processes.ts'
import type { World } from '../types.ts'
import { insideFolder } from './inside.ts'
import { toldBy } from './probe.ts'
import { type Session, sessionOf } from './session.ts'

let number = 0

/** The database has no tables yet. */
export const tablesLack = /no such table|relation .* does not exist/u

/**
 * Runs Python in a dyno of its own (`heroku run`), with Django set up as the web process told that it did. Returns what it
 * printed, or undefined when it failed; `log` holds both.
 */
export async function oneOff(world: World, code: string): Promise<{ printed: string | undefined; log: string }> {
  const { django } = toldBy(world)
  if (django === undefined) return { printed: undefined, log: 'the web process set no Django up' }
  const { root, env } = oneOffDisk(world)
  const here = (path: string): string => path.replace(/^.*\/dynos\/web\.\d+(?=\/|$)/u, root)
  const own = django.path.map(here).filter((path) => path === root || path.startsWith(`${root}/`))
  const variables = { DJANGO_SETTINGS_MODULE: django.settings, DJANGO_CONFIGURATION: django.configuration }
  const told = Object.entries(variables).filter((entry): entry is [string, string] => entry[1] !== null)
  const lines = [
    'import os, sys',
    `sys.path[:0] = [${[here(django.cwd), ...own].map((path) => JSON.stringify(path)).join(', ')}]`,
    ...told.map(([name, value]) => `os.environ[${JSON.stringify(name)}] = ${JSON.stringify(value)}`),
    ...(django.configuration === null ? [] : ['import configurations', 'configurations.setup()']),
    'import django',
    'django.setup()',
    "os.environ['DJANGO_ALLOW_ASYNC_UNSAFE'] = '1'",
    code,
  ]
  const ran = await runIn(world, { root, env }, ['python', '-c', lines.join('\n')], here(django.cwd))
  return { printed: ran.code === 0 ? ran.log : undefined, log: ran.log }
}

/** `heroku run`: a program in the root of a dyno of its own. */
export function oneOffDyno(world: World, argv: readonly string[]): Promise<{ code: number; log: string }> {
  const disk = oneOffDisk(world)
  return runIn(world, disk, argv, disk.root)
}

/** `heroku run python manage.py migrate`; whether it could. */
export async function migrated(world: World): Promise<boolean> {
  const manage = managePyOf(world.root)
  if (manage === undefined) return false
  const { code } = await oneOffDyno(world, ['python', manage, 'migrate', '--noinput'])
  return code === 0
}

function oneOffDisk(world: World): Disk {
  number += 1
  return diskOf(world, `run.${number}`)
}

function runIn(
  world: World,
  { env }: Disk,
  argv: readonly string[],
  cwd: string,
): Promise<{ code: number; log: string }> {
  return runProcess({ argv, cwd, env, log: join(world.work, `${env.DYNO}.log`) }, 60_000)
}

/** Sample paths of the WebSocket routes that the project declares though its process serves none. */
export async function declaredRoutes(world: World): Promise<string[]> {
  const code = [`sys.path.append(${JSON.stringify(insideFolder)})`, 'import rig_probe', 'rig_probe.declared()']
  const { printed } = await oneOff(world, code.join('\n'))
  return (answerIn(printed) as string[] | undefined) ?? []
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
  let { printed, log } = await oneOff(world, logIn)
  // Who has no release phase migrates by hand.
  if (printed === undefined && tablesLack.test(log) && (await migrated(world))) {
    printed = (await oneOff(world, logIn)).printed
  }
  const answer = answerIn(printed) as { cookie: string; user: unknown } | undefined
  session.user = JSON.stringify(answer?.user ?? null)
  session.cookie = answer?.cookie
  return session
}

/** The JSON after `rig:` in what a one-off dyno printed. */
function answerIn(printed: string | undefined): unknown {
  const line = printed?.split('\n').find((one) => one.startsWith('rig:'))
  return line === undefined ? undefined : JSON.parse(line.slice('rig:'.length))
}
