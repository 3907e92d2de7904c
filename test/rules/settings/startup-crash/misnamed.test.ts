import { describe, expect, it } from 'vitest'
import { misnamedVariables, requiredVariables } from '../../../../rules/settings/startup-crash/crashes.ts'
import { appOf } from '../../../support/app.ts'

const misnamed = (files: Readonly<Record<string, string>> = {}) => {
  const app = appOf({
    Procfile: 'web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n',
    'requirements.txt': 'Django==5.2.17\nchannels==4.3.2\ndaphne==4.2.2\n',
    'app.json': '{"env": {"VITE_MAP_TOKEN": "pk.1"}}',
    'manage.py': "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')\n",
    'mysite/__init__.py': '',
    'mysite/settings.py': "import os\nSECRET_KEY = 'x'\nMAP_TOKEN = os.environ['MAP_TOKEN']\n",
    'mysite/asgi.py': 'from django.core.asgi import get_asgi_application\napplication = get_asgi_application()\n',
    ...files,
  })
  return misnamedVariables(app, requiredVariables(app)).map(({ name, set }) => `${name} ${set}`)
}

describe('a config var that is set under another name', () => {
  it('is told where nothing reads what is set', () => {
    expect(misnamed()).toEqual(['MAP_TOKEN VITE_MAP_TOKEN'])
  })

  it('is not told where the build of the frontend or a script reads it', () => {
    expect([
      misnamed({ 'frontend/src/map.ts': 'export const token = import.meta.env.VITE_MAP_TOKEN\n' }),
      misnamed({ 'bin/post_compile': 'echo "$VITE_MAP_TOKEN" > token.txt\n' }),
      misnamed({ 'maps/views.py': "import os\n\n\ndef token():\n    return os.environ['VITE_MAP_TOKEN']\n" }),
    ]).toEqual([[], [], []])
  })
})
