import { describe, expect, it } from 'vitest'
import { display } from '../../../src/evaluate/python/value.ts'
import { settingsOf } from './support.ts'

function layers(text: string, env = {}) {
  return settingsOf(`import os\n${text}`, env).settings.channelLayers
}

describe('CHANNEL_LAYERS', () => {
  it('is unset, without default, or configured', () => {
    expect(layers('').map(({ state }) => state)).toEqual(['unset'])
    expect(layers('CHANNEL_LAYERS = {}').map(({ state }) => state)).toEqual(['no-default'])
    expect(layers("CHANNEL_LAYERS = {'other': {}}")[0]).toMatchObject({ state: 'no-default', aliases: ['other'] })
    expect(layers("CHANNEL_LAYERS = {'default': {'BACKEND': 'a.B'}}")[0]).toMatchObject({
      state: 'configured',
      layer: { backend: 'a.B' },
    })
    expect(layers('import vault\nCHANNEL_LAYERS = vault.layers()').map(({ state }) => state)).toEqual(['undetermined'])
    expect(layers('CHANNEL_LAYERS = missing_name').map(({ state }) => state)).toEqual(['undetermined'])
  })

  it('has one alternative per answer that changes it', () => {
    const both = layers("if os.getenv('USE_REDIS'):\n    CHANNEL_LAYERS = {'default': {'BACKEND': 'a.B'}}")
    expect(both.map(({ state, when }) => [state, when.map(({ text }) => text.en)])).toEqual([
      ['configured', ['USE_REDIS is set']],
      ['unset', ['USE_REDIS is unset']],
    ])
  })

  it('tells hosts apart as channels_redis does', () => {
    const hosts =
      "['redis://a', ('b', 6379), ['c', 1], {'address': 'rediss://d', 'ssl_cert_reqs': None}, {'host': 'e'}, {'address': ('f', 2)}, {'g', 3}, None]"
    const [one] = layers(
      `CHANNEL_LAYERS = {'default': {'BACKEND': 'channels_redis.core.RedisChannelLayer', 'CONFIG': {'hosts': ${hosts}}}}`,
    )
    const seen = one?.layer?.hosts?.map(({ kind, url, host, options }) => [
      kind,
      url && display(url),
      host?.type === 'str' ? display(host) : undefined,
      [...options.keys()].join(),
    ])
    expect(seen).toEqual([
      ['url', 'redis://a', undefined, ''],
      ['tuple', undefined, 'b', ''],
      ['tuple', undefined, 'c', ''],
      ['dict', 'rediss://d', undefined, 'ssl_cert_reqs'],
      ['dict', undefined, 'e', 'host'],
      ['dict', undefined, 'f', ''],
      ['other', undefined, 'g', ''],
      ['other', undefined, undefined, ''],
    ])
  })

  it('has no hosts to speak of when they are no list', () => {
    const [one] = layers("CHANNEL_LAYERS = {'default': {'BACKEND': 'a.B', 'CONFIG': {'hosts': 'redis://a'}}}")
    expect(one?.layer?.hosts).toBeUndefined()
    expect(one?.layer?.hostsValue?.type).toBe('str')
  })
})
