import { describe, expect, it } from 'vitest'
import rule from '../../../rules/deps/websocket-library/rule.ts'
import { defaultConfig } from '../../../src/config/config.ts'
import { run } from '../../../src/engine/run.ts'
import { appOf } from '../../support/app.ts'

const checked = (...lines: string[]) => {
  const app = appOf({
    Procfile: 'web: uvicorn mysite.asgi:application --host 0.0.0.0 --port $PORT\n',
    'requirements.txt': `Django==5.2.17\nchannels==4.3.2\nuvicorn==0.38.0\n${lines.join('\n')}\n`,
    'mysite/__init__.py': '',
    'mysite/settings.py': "SECRET_KEY = 'x'\nINSTALLED_APPS = ['channels']\n",
    'mysite/asgi.py': 'from channels.routing import ProtocolTypeRouter\napplication = ProtocolTypeRouter({})\n',
  })
  const { findings, unknowns } = run(app, [rule], defaultConfig)
  return { found: findings.length, untold: (unknowns.get('handshake') ?? []).map(({ why }) => why.en) }
}

describe('deps/websocket-library', () => {
  it('cannot tell beside a package that may bring one, and names it', () => {
    expect(checked('google-genai==1.20.0')).toMatchObject({
      found: 0,
      untold: ['google-genai may bring one along, and no line lists one'],
    })
  })

  it('cannot tell beside one that brings wsproto along', () => {
    expect(checked('selenium==4.25.0')).toMatchObject({
      found: 0,
      untold: ['selenium may bring one along, and no line lists one'],
    })
  })

  it('knows what common packages bring', () => {
    expect(checked('scipy==1.17.1', 'colorama==0.4.6', 'google-auth==2.29.0')).toMatchObject({ found: 1, untold: [] })
  })
})
