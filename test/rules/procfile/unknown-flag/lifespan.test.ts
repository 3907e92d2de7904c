import { describe, expect, it } from 'vitest'
import { unansweredLifespan } from '../../../../rules/procfile/unknown-flag/lifespan.ts'
import { appOf } from '../../../support/app.ts'

const asgi = (application: string): string => `import os
from django.core.asgi import get_asgi_application
os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'site1.settings')
django_application = get_asgi_application()
from channels.routing import ProtocolTypeRouter
application = ${application}
`

function faulty(command: string, application: string): boolean {
  const app = appOf({
    'requirements.txt': 'Django==5.2.17\nchannels==4.3.2\nuvicorn[standard]==0.38.0\n',
    Procfile: `web: ${command}\n`,
    'site1/__init__.py': '',
    'site1/settings.py': "INSTALLED_APPS = ['channels']\n",
    'site1/asgi.py': asgi(application),
  })
  return unansweredLifespan(app) !== undefined
}

const uvicorn = 'uvicorn site1.asgi:application --host 0.0.0.0 --port $PORT'
const router = "ProtocolTypeRouter({'http': django_application})"

describe('--lifespan on', () => {
  it('keeps uvicorn from listening when nothing answers', () => {
    expect(faulty(`${uvicorn} --lifespan on`, router)).toBe(true)
    expect(faulty(`${uvicorn} --lifespan=on`, 'django_application')).toBe(true)
  })

  it('is fine with an application that may answer, and without', () => {
    expect(
      faulty(`${uvicorn} --lifespan on`, "ProtocolTypeRouter({'http': django_application, 'lifespan': handler})"),
    ).toBe(false)
    expect(faulty(`${uvicorn} --lifespan on`, 'wrapped(django_application)')).toBe(false)
    expect(faulty(`${uvicorn} --lifespan auto`, router)).toBe(false)
    expect(faulty(uvicorn, router)).toBe(false)
  })
})
