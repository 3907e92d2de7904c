import { describe, expect, it } from 'vitest'
import rule from '../../rules/deps/known-bad/rule.ts'
import { defaultConfig } from '../../src/config/config.ts'
import { run } from '../../src/engine/run.ts'
import { modern, settingsOf } from '../app/settings/support.ts'

const layer = `import os
INSTALLED_APPS = ['channels']
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {'hosts': [{'address': os.environ['REDIS_URL'], 'ssl_cert_reqs': None}]},
    },
}
`

function found(requirements: string, more: Readonly<Record<string, string>> = {}) {
  return run(settingsOf(layer, more, requirements), [rule], defaultConfig).findings
}

const hops = (requirements: string): readonly string[] => found(requirements).map(({ hop }) => hop)

describe('deps/known-bad', () => {
  it('is about the hop at which the defect shows', () => {
    expect(hops(modern.replace('redis==7.4.1', 'redis==8.0.0'))).toEqual(['message'])
    expect(hops(modern.replace('redis==7.4.1', 'redis==6.0.0'))).toEqual(['message'])
    expect(hops(`${modern}autobahn==25.10.1\n`)).toEqual(['handshake'])
    expect(hops(modern.replace('daphne==4.2.2', 'daphne==4.1.2'))).toEqual(['safety'])
  })

  it('says of the file that it looks at that nothing in it pins a package', () => {
    const lock = { default: { daphne: { version: '==3.0.2' }, channels: { version: '==3.0.5' } }, develop: {} }
    const [finding] = found('Django~=4.0.2\nchannels~=3.0.4\n', { 'Pipfile.lock': JSON.stringify(lock), Pipfile: '' })
    expect(finding?.message.en).toMatch(/^nothing in requirements.txt pins daphne/)
  })
})
