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

  it('takes the neighbour in a list for a value where it is no name', () => {
    const { mask: listed } = maskerOf(() => [
      {
        path: 'settings.py',
        text: `CREDENTIALS = ['password', 'hunter2secret']
KEYS = ['api_token', 'a b-c!']
FIELDS = ['password', 'username', 'password', 'correct4horse']
NAMES = ['password', 'email']
INSTALLED_APPS = ['django.contrib.auth', 'ninja_jwt', 'oauth2_provider']
`,
      },
    ])
    expect(listed('hunter2secret a b-c! correct4horse email oauth2_provider')).toBe('… … … email oauth2_provider')
  })

  it('takes the neighbour in a list of apps for no value, and the second of a pair, an argument or an option for one', () => {
    const { mask: listed } = maskerOf(() => [
      {
        path: 'settings.py',
        text: `INSTALLED_APPS = ['django.contrib.auth', 'ninja_jwt', 'rest_framework', ('x')]
PAIRS = [['api_token', 'pair-value-1'], ('jwt', 'pair-value-2')]
TOKEN = env('API_TOKEN', 'argument-value')
COMMAND = ['run', '--token', 'option-value']
`,
      },
    ])
    expect(listed('rest_framework')).toBe('rest_framework')
    expect(listed('pair-value-1 pair-value-2 argument-value option-value')).toBe('… … … …')
  })
})
