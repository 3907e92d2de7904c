import { expect, it } from 'vitest'
import { headerFault } from '../../../src/app/settings/proxy.ts'
import { appOf } from './support.ts'

/** What is wrong with a header that the router never sends, and what could not be told of it. */
function told(web: string, redirects: boolean): { kind: string | undefined; untold: readonly string[] } {
  const app = appOf({
    Procfile: `web: ${web}\n`,
    'app.json': '{"buildpacks": [{"url": "heroku-community/nginx"}, {"url": "heroku/python"}]}',
    'mysite/settings.py': `SECURE_SSL_REDIRECT = ${redirects ? 'True' : 'False'}
SECURE_PROXY_SSL_HEADER = ('HTTP_X_SCHEME', 'https')
MIDDLEWARE = ['django.middleware.security.SecurityMiddleware']
`,
  })
  let kind: string | undefined
  const untold = app.inquiry.during(() => {
    kind = headerFault(app)?.kind
  })
  return { kind, untold: untold.map(({ what }) => what.en) }
}

it('tells a header that nothing sends', () => {
  expect(told('daphne -b 0.0.0.0 -p $PORT mysite.asgi:application', true)).toEqual({ kind: 'foreign', untold: [] })
})

it('puts on record that the redirect rests on what a proxy on the dyno sends', () => {
  const behind = 'bin/start-nginx daphne -u /tmp/nginx.socket mysite.asgi:application'
  const untold = ['whether the proxy on the dyno sends HTTP_X_SCHEME']
  expect(told(behind, true)).toEqual({ kind: undefined, untold })
  expect(told(behind, false)).toEqual({ kind: undefined, untold: [] })
})
