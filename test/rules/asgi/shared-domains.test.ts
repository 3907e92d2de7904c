import { describe, expect, it } from 'vitest'
import { sharedDomains } from '../../../rules/asgi/origin-validator/shared-domains.ts'
import { project } from '../../app/asgi/support.ts'

/** The shared domains of sockets that this stack serves: what the settings say of hosts and cookies, and what checks the origin. */
function domains(hosts: string, validated: string, sameSite = `SESSION_COOKIE_SAMESITE = 'None'`): string[] {
  const app = project({
    'mysite/settings.py': `INSTALLED_APPS = ['channels', 'django.contrib.sessions']
ASGI_APPLICATION = 'mysite.asgi.application'
ALLOWED_HOSTS = ${hosts}
${sameSite}
`,
    'mysite/asgi.py': `from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator, OriginValidator
from django.conf import settings
from django.core.asgi import get_asgi_application
from django.urls import path
from chat.consumers import ChatConsumer
routes = URLRouter([path('ws/', ChatConsumer.as_asgi())])
application = ProtocolTypeRouter({'http': get_asgi_application(), 'websocket': ${validated}})
`,
    'chat/consumers.py': `from channels.generic.websocket import WebsocketConsumer
class ChatConsumer(WebsocketConsumer):
    def connect(self):
        self.user = self.scope['user']
        self.accept()
`,
  })
  return sharedDomains(app).map(({ domain }) => domain)
}

const byHosts = 'AllowedHostsOriginValidator(AuthMiddlewareStack(routes))'

describe('a domain that everybody has apps in', () => {
  it.each([
    [`['localhost', '.herokuapp.com']`, byHosts, '.herokuapp.com'],
    [`['.onrender.com']`, byHosts, '.onrender.com'],
    [`['a.example']`, `OriginValidator(AuthMiddlewareStack(routes), ['https://.github.io'])`, 'https://.github.io'],
    [`['a.example']`, `OriginValidator(AuthMiddlewareStack(routes), ['b.example', '.vercel.app'])`, '.vercel.app'],
  ])('is told: %s, %s', (hosts, validated, domain) => {
    expect(domains(hosts, validated)).toEqual([domain])
    expect(domains(hosts, validated, `SESSION_COOKIE_SAMESITE = 'Lax'`)).toEqual([])
    expect(domains(hosts, validated, '')).toEqual([])
  })

  it.each([
    [`['.example.com', 'my-app.herokuapp.com']`, byHosts],
    [`['.my-team.herokuapp.com', 'herokuapp.com']`, byHosts],
    // The validator reads no star within a name: this lets in nobody.
    [`['a.example']`, `OriginValidator(AuthMiddlewareStack(routes), ['https://*.herokuapp.com'])`],
    // A page without TLS sends no cookie that has SameSite=None.
    [`['a.example']`, `OriginValidator(AuthMiddlewareStack(routes), ['http://.herokuapp.com'])`],
    [`['.herokuapp.com']`, `OriginValidator(AuthMiddlewareStack(routes), ['https://a.example'])`],
    [`['.herokuapp.com']`, 'AllowedHostsOriginValidator(routes)'],
  ])('is none: %s, %s', (hosts, validated) => {
    expect(domains(hosts, validated)).toEqual([])
  })
})
