import { describe, expect, it } from 'vitest'
import { coversSockets } from '../../rules/frontend/content-policy/policies.ts'

describe('frontend/content-policy', () => {
  it('lets a socket to the own host through by its scheme, its host or the own origin', () => {
    for (const source of [
      '*',
      "'self'",
      'wss:',
      'ws:',
      'wss://app.example.com',
      'app.example.com',
      '*.example.com:443',
    ])
      expect(coversSockets(['https:', source]), source).toBe(true)
  })

  it('lets none through by other schemes, nonces and keywords', () => {
    for (const source of ['https:', 'http:', "'none'", 'data:', 'blob:', 'https://app.example.com', "'nonce-abc'"])
      expect(coversSockets([source]), source).toBe(false)
    expect(coversSockets([])).toBe(false)
  })

  it('does not tell where a source is not known', () => {
    expect(coversSockets(['https:', undefined])).toBeUndefined()
    expect(coversSockets(["'self'", undefined])).toBe(true)
  })
})
