import type { App } from '../../../src/app/app.ts'
import { type Config, defaultConfig } from '../../../src/config/config.ts'
import { memoryTree } from '../../../src/files/memory.ts'
import { appIn } from '../../support/app.ts'

export const modern = 'Django==5.2.17\nchannels==4.3.2\nchannels-redis==4.3.0\nredis==7.4.1\ndaphne==4.2.2\n'

const asgi = `import os
from django.core.asgi import get_asgi_application
os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')
application = get_asgi_application()
`

/** A project with a web process and the given files; a settings text stands in mysite/settings.py. */
export function appOf(files: Readonly<Record<string, string>>, env: Config['env'] = {}, requirements = modern): App {
  const tree = memoryTree({
    Procfile: 'web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n',
    'requirements.txt': requirements,
    '.python-version': '3.13\n',
    'mysite/__init__.py': '',
    'mysite/asgi.py': asgi,
    ...files,
  })
  return appIn(tree, { config: { ...defaultConfig, env } })
}

export function settingsOf(text: string, env: Config['env'] = {}, requirements = modern): App {
  return appOf({ 'mysite/settings.py': text }, env, requirements)
}
