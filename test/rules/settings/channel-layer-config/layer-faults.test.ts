import { describe, expect, it } from 'vitest'
import { layerFaults } from '../../../../rules/settings/channel-layer-config/layer-faults.ts'
import { modern, settingsOf } from '../../../app/settings/support.ts'

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
