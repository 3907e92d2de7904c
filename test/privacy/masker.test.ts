import { describe, expect, it } from 'vitest'
import { maskerOf } from '../../src/privacy/masker.ts'

const settings = `import os
GITHUB_TOKEN = os.environ['GITHUB_TOKEN']
api_key = "DEEPSEEK_API_KEY"
SECRET_KEY = 'k3y-of-the-app-0123456789'
`

describe('a masker', () => {
  const { mask } = maskerOf(() => [{ path: 'settings.py', text: settings }])

  it('hides the values of secrets and leaves the names of config vars', () => {
    expect(mask('.env holds secrets (GITHUB_TOKEN, DEEPSEEK_API_KEY)')).toBe(
      '.env holds secrets (GITHUB_TOKEN, DEEPSEEK_API_KEY)',
    )
    expect(mask('it is k3y-of-the-app-0123456789')).toBe('it is …')
  })
})
