import { describe, expect, it } from 'vitest'
import { layerFaults } from '../../../../rules/settings/channel-layer-config/layer-faults.ts'
import { appOf, modern, settingsOf } from '../../../app/settings/support.ts'

function faults(host: string, backend = 'channels_redis.core.RedisChannelLayer', requirements = modern) {
  const app = settingsOf(
    `import os\nCHANNEL_LAYERS = {'default': {'BACKEND': '${backend}', 'CONFIG': {'hosts': [${host}]}}}`,
    {},
    requirements,
  )
  return app.settings.channelLayers.flatMap(({ layer }) =>
    layer === undefined ? [] : layerFaults(app, layer).map(({ kind, written }) => `${kind} ${written}`),
  )
}

const withTimeout = (value: string) => `{'address': os.environ['REDIS_URL'], 'socket_timeout': ${value}}`

describe('socket_timeout', () => {
  it('no longer than the layer waits for a message ends every silent socket', () => {
    expect(faults(withTimeout('3'))).toEqual(['socket-timeout 3'])
    expect(faults(withTimeout('5.0'))).toEqual(['socket-timeout 5.0'])
    expect(faults("os.environ['REDIS_URL'] + '?socket_timeout=3'")).toEqual(['socket-timeout 3'])
  })

  it('beyond that, none or unknown is no fault', () => {
    expect(faults(withTimeout('6'))).toEqual([])
    expect(faults(withTimeout('None'))).toEqual([])
    expect(faults(withTimeout("int(os.environ['WAIT'])"))).toEqual([])
    expect(faults("os.environ['REDIS_URL'] + '?socket_timeout=30'")).toEqual([])
  })

  it('is the core layer’s business, and of the client that is handed it', () => {
    expect(faults(withTimeout('3'), 'channels_redis.pubsub.RedisPubSubChannelLayer')).toEqual([])
    expect(faults(withTimeout('3'), undefined, modern.replace('redis==4.3.0', 'redis==4.0.0'))).toEqual([])
  })
})

describe('a prefix that is made at the start', () => {
  const told = (prefix: string, imports: string) => {
    const app = appOf({
      'mysite/settings.py': `import os\n${imports}\nCHANNEL_LAYERS = {'default': {'BACKEND': 'channels_redis.core.RedisChannelLayer', 'CONFIG': {'hosts': [os.environ['REDIS_URL']], 'prefix': ${prefix}}}}`,
      'mysite/views.py':
        "from asgiref.sync import async_to_sync\nfrom channels.layers import get_channel_layer\ndef say(request):\n    async_to_sync(get_channel_layer().group_send)('lobby', {'type': 'say'})\n",
    })
    return app.settings.channelLayers.flatMap(({ layer }) =>
      layer === undefined ? [] : layerFaults(app, layer).map(({ kind }) => kind),
    )
  }

  it.each([
    ["f'chat-{os.getpid()}'", '', 'own-prefix'],
    ['str(uuid4())[:8]', 'from uuid import uuid4', 'own-prefix'],
    ['secrets.token_hex(4)', 'import secrets', 'own-prefix'],
    ['get_random_string(6)', 'from django.utils.crypto import get_random_string', 'own-prefix'],
    ["'chat%d' % random.randint(1, 9999)", 'import random', 'own-prefix'],
    ['platform.node()', 'import platform', 'own-prefix-of-dyno'],
    ["socket.getfqdn() + '-chat'", 'import socket', 'own-prefix-of-dyno'],
    ['os.uname().nodename', '', 'own-prefix-of-dyno'],
    ['os.uname()[1]', '', 'own-prefix-of-dyno'],
  ])('%s is another one in each process or dyno', (prefix, imports, kind) => {
    expect(told(prefix, imports)).toEqual([kind])
  })

  it.each([
    ["os.environ.get('HEROKU_APP_NAME', 'chat')", ''],
    ["str(uuid.uuid5(uuid.NAMESPACE_DNS, 'chat'))[:8]", 'import uuid'],
    ["'chat%d' % random.randint(1, 9999)", 'import random\nrandom.seed(7)'],
    ['platform.system()', 'import platform'],
    ["'chat' if os.getpid() else 'chat'", ''],
  ])('%s is not', (prefix, imports) => {
    expect(told(prefix, imports)).toEqual([])
  })
})
