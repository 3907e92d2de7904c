import { expect, it } from 'vitest'
import { misplacedClients } from '../../../../rules/settings/redis-url/misplaced-clients.ts'
import { settingsOf } from '../../../app/settings/support.ts'

const url = 'redis://:p@ec2-203-0-113-7.compute-1.amazonaws.com:26379'

function hostsOf(written: string, env: Record<string, string>): readonly string[] {
  const app = settingsOf(
    [
      'import os',
      "INSTALLED_APPS = ['channels']",
      'CHANNEL_LAYERS = {',
      "  'default': {",
      "    'BACKEND': 'channels_redis.core.RedisChannelLayer',",
      `    'CONFIG': {'hosts': [${written}]},`,
      '  },',
      '}',
    ].join('\n'),
    env,
  )
  return misplacedClients(app).map(({ message }) => message)
}

it('an address that the configuration says the variable holds is not written in the source', () => {
  expect(hostsOf("os.environ['REDIS_URL']", { REDIS_URL: url })).toEqual([])
  expect(hostsOf(`'${url}'`, {})).toEqual(['literal'])
})

it('whatever the variable is called', () => {
  expect(hostsOf("os.environ['CHAT_REDIS']", { CHAT_REDIS: url })).toEqual([])
  expect(hostsOf("os.environ['CHAT_REDIS']", { CHAT_REDIS: 'redis://localhost:6379' })).toEqual(['loopback'])
})
