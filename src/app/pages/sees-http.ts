import type { App } from '../app.ts'
import { mayKnowHttps, withoutValue } from '../settings/proxy.ts'

/** Whether Django surely takes a request for http that came to the router by https. */
export function seesHttp(app: App): boolean {
  const server = app.processes.web?.server
  if (server?.proxyHeaders !== false) return false
  return (
    withoutValue(app, 'SECURE_PROXY_SSL_HEADER').some(({ when }) => when.length === 0) && !mayKnowHttps(app, server)
  )
}
