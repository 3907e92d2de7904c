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

  it('leaves the name of a config var that is the key’s own in small letters', () => {
    const { mask: named } = maskerOf(() => [
      {
        path: 'settings.py',
        text: `CLOUDINARY_STORAGE = {'API_KEY': config('api_key'), 'API_SECRET': config('api_secret', 'd3fault-secret')}
OTHER_KEY = config('other_secret-1')
`,
      },
    ])
    expect(named('api_key, api_secret, d3fault-secret, other_secret-1')).toBe('api_key, api_secret, …, …')
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

  it('reads a line of code that was put aside as code: the call that gives a value is none', () => {
    const { mask: beside } = maskerOf(() => [
      {
        path: 'settings.py',
        text: `# SECRET_KEY = os.environ.get('SECRET_KEY', 'put-aside-1')
#EMAIL_HOST_PASSWORD = os.environ["EMAIL_HOST_PASSWORD"]
# AWS_SECRET_ACCESS_KEY = config("AWS_SECRET_ACCESS_KEY", default="put-aside-2")
# SECRET_KEY = 'put-aside-3'
# password: put-aside(4
# the token=put-aside-5
`,
      },
      { path: 'chat.js', text: "// const token = localStorage.getItem('token')\n" },
    ])
    const help = 'DEBUG = os.environ.get("DEBUG"), os.environ["X"], config("X"), localStorage.getItem("x")'
    expect(beside(help)).toBe(help)
    expect(beside('put-aside-1 put-aside-2 put-aside-3 put-aside(4 put-aside-5')).toBe('… … … … …')
  })
})
