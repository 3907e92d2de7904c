import { describe, expect, it } from 'vitest'
import { channels1Layers, layerClass, layerClasses } from '../../../src/knowledge/layers/layers.ts'

describe('channel-layer classes', () => {
  it('are found by the path that BACKEND holds', () => {
    expect(layerClass('channels_redis.core.RedisChannelLayer')?.family).toBe('redis')
    expect(layerClass('channels_redis.RedisChannelLayer')).toBeUndefined()
    expect(layerClass(undefined)).toBeUndefined()
  })

  it('are named once, with a source each and keys named once', () => {
    const paths = layerClasses.map(({ path }) => path)
    expect(new Set(paths).size).toBe(paths.length)
    for (const { keys, source } of layerClasses) {
      expect(source).not.toBe('')
      expect(new Set(keys.map(({ name }) => name)).size).toBe(keys.length)
    }
  })

  it('replace those of Channels 1 by ones that exist', () => {
    for (const successor of channels1Layers.values()) expect(layerClass(successor)).toBeDefined()
  })
})
