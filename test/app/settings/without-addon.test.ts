import { describe, expect, it } from 'vitest'
import { withoutAddon } from '../../../src/app/settings/without-addon.ts'
import type { Config } from '../../../src/config/config.ts'
import { appOf } from '../../support/app.ts'

const app = (config: Partial<Config> = {}) =>
  appOf(
    {
      Procfile: 'web: daphne mysite.asgi:application\n',
      'requirements.txt': 'channels==4.3.2\n',
      'manage.py': "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')\n",
      'mysite/asgi.py': "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')\n",
      'mysite/settings.py':
        "import os\nREDIS_URL = os.getenv('REDIS_URL')\nif REDIS_URL:\n    CHANNEL_LAYERS = {'default': {'BACKEND': 'channels_redis.core.RedisChannelLayer'}}\n",
    },
    config,
  )

describe('the layers without the add-on that is assumed', () => {
  it('are none where its variable decides', () => {
    expect(withoutAddon(app())?.layers.map(({ state }) => state)).toEqual(['unset'])
  })

  it('are not asked for where the user says what the variable is', () => {
    for (const value of [
      'redis://redis.example.com:6379',
      'rediss://:p@ec2-1-2-3-4.compute-1.amazonaws.com:6379',
      false,
    ] as const) {
      expect(withoutAddon(app({ env: { REDIS_URL: value } }))).toBeUndefined()
    }
    expect(withoutAddon(app({ env: { OTHER: 'x' } }))).toBeDefined()
  })
})
