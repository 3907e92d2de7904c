import { describe, expect, it } from 'vitest'
import packages from '../../rules/deps/missing-package/rule.ts'
import rule from '../../rules/settings/startup-crash/rule.ts'
import { defaultConfig } from '../../src/config/config.ts'
import { run } from '../../src/engine/run.ts'
import { appOf } from '../app/settings/support.ts'

const settings = `import os
import redis
SECRET_KEY = 'x'
INSTALLED_APPS = ['chat']
ROOT_URLCONF = 'mysite.urls'
try:
    redis.Redis.from_url(os.environ['REDIS_URL']).ping()
    CACHES = {'default': {'BACKEND': 'django.core.cache.backends.redis.RedisCache', 'LOCATION': os.environ['REDIS_URL']}}
except Exception:
    CACHES = {'default': {'BACKEND': 'django.core.cache.backends.locmem.LocMemCache'}}
`
const asks = "from django.core.cache import cache\nBANNED = cache.get('banned')\n"

function whatIsUnknown(files: Record<string, string>, asked = rule): readonly string[] {
  const app = appOf({
    Procfile: 'web: daphne mysite.asgi:application -b 0.0.0.0 -p $PORT\n',
    'mysite/settings.py': settings,
    'mysite/asgi.py':
      "import os\nfrom django.core.asgi import get_asgi_application\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')\napplication = get_asgi_application()\n",
    'mysite/urls.py': 'urlpatterns = []\n',
    'chat/__init__.py': '',
    ...files,
  })
  const { unknowns } = run(app, [asked], defaultConfig)
  return [...unknowns.values()].flat().map(({ what }) => what.en)
}

describe('settings/startup-crash', () => {
  it('asks where the cache is kept for what the start asks of it, not for what the first page imports', () => {
    expect(whatIsUnknown({ 'mysite/urls.py': `${asks}urlpatterns = []\n` })).not.toContain('CACHES')
    expect(whatIsUnknown({ 'chat/models.py': asks })).toContain('CACHES')
  })
})

describe('deps/missing-package', () => {
  it('asks on which paths a cache is used where its package is missing, not where it is there', () => {
    const requirements = (more: string) => ({ 'requirements.txt': `Django==5.2\ndaphne==4.2.2\n${more}` })
    expect(whatIsUnknown(requirements('redis==7.4.1\n'), packages)).not.toContain('CACHES')
    expect(whatIsUnknown(requirements(''), packages)).toContain('CACHES')
  })
})
