import { describe, expect, it } from 'vitest'
import { mayBeOwn } from '../../rules/frontend/content-policy/own-hosts.ts'
import { coversSockets } from '../../rules/frontend/content-policy/policies.ts'
import { memoryTree } from '../../src/files/memory.ts'
import { appIn } from '../support/app.ts'

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

  it('lets none through by a host that the app does not answer at', () => {
    const app = appIn(
      memoryTree({
        'manage.py': "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'settings')\n",
        'settings.py': "ALLOWED_HOSTS = ['.herokuapp.com', 'www.gavel.example', 'localhost']\n",
      }),
    )
    const covers = (source: string) => coversSockets([source], mayBeOwn(app))
    const others = ['wss://live.gavel.example', 'live.gavel.example', 'wss://localhost:8000', '*.www.gavel.example']
    expect(others.filter(covers)).toEqual([])
    const own = ['wss://gavel-1a2b.herokuapp.com', 'wss://*.gavel.example', '*.herokuapp.com', 'www.gavel.example:443']
    expect(own.filter(covers)).toEqual(own)
    expect(['wss:', 'wss://*', 'ws:'].filter(covers)).toHaveLength(3)
  })

  it('does not tell where a source is not known', () => {
    expect(coversSockets(['https:', undefined])).toBeUndefined()
    expect(coversSockets(["'self'", undefined])).toBe(true)
  })
})
