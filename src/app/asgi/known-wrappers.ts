import type { WrapperRole } from './model.ts'

/** Applications around another one, and what they do to a WebSocket that passes. */
export const roles: Readonly<Record<string, WrapperRole>> = {
  'channels.security.websocket.AllowedHostsOriginValidator': 'origin',
  'channels.security.websocket.OriginValidator': 'origin',
  'channels.auth.AuthMiddlewareStack': 'auth',
  'channels.auth.AuthMiddleware': 'auth',
  'channels.sessions.SessionMiddlewareStack': 'session',
  'channels.sessions.SessionMiddleware': 'session',
  'channels.sessions.CookieMiddleware': 'cookie',
  'django.contrib.staticfiles.handlers.ASGIStaticFilesHandler': 'transparent',
  'sentry_sdk.integrations.asgi.SentryAsgiMiddleware': 'transparent',
  'opentelemetry.instrumentation.asgi.OpenTelemetryMiddleware': 'transparent',
  'newrelic.agent.ASGIApplicationWrapper': 'transparent',
  'ddtrace.contrib.asgi.TraceMiddleware': 'transparent',
  'ddtrace.contrib.asgi.middleware.TraceMiddleware': 'transparent',
  'asgiref.compatibility.guarantee_single_callable': 'transparent',
  'asgiref.compatibility.double_to_single_callable': 'transparent',
  'uvicorn.middleware.proxy_headers.ProxyHeadersMiddleware': 'transparent',
  'hypercorn.middleware.ProxyFixMiddleware': 'transparent',
  'hypercorn.middleware.proxy_fix.ProxyFixMiddleware': 'transparent',
  'asgi_correlation_id.CorrelationIdMiddleware': 'transparent',
  // Starlette 0.27 to 0.48: whatever is not http goes on as it came.
  ...Object.fromEntries(
    ['starlette', 'fastapi'].flatMap((name) =>
      ['cors.CORSMiddleware', 'gzip.GZipMiddleware'].map((middleware) => [
        `${name}.middleware.${middleware}`,
        'transparent' as const,
      ]),
    ),
  ),
}

/** What makes Django's ASGI application: pages alone. */
export const django = new Set([
  'django.core.asgi.get_asgi_application',
  'django.core.handlers.asgi.ASGIHandler',
  'configurations.asgi.get_asgi_application',
  'channels.http.AsgiHandler',
])

/** What makes Django a WSGI application. */
export const djangoAsWsgi: ReadonlySet<string> = new Set([
  'django.core.wsgi.get_wsgi_application',
  'django.core.handlers.wsgi.WSGIHandler',
  'configurations.wsgi.get_wsgi_application',
])

/** What makes a WSGI application. */
export const wsgi = new Set([
  ...djangoAsWsgi,
  // Middlewares that take (environ, start_response), whatever they are put around.
  'dj_static.Cling',
  'dj_static.MediaCling',
  'raven.middleware.Sentry',
  'sentry_sdk.integrations.wsgi.SentryWsgiMiddleware',
  'werkzeug.middleware.proxy_fix.ProxyFix',
  'whitenoise.WhiteNoise',
  'whitenoise.base.WhiteNoise',
])

/** WSGI made ASGI, for pages alone: asgiref's raises for any other scope. */
export const wsgiAsAsgi = new Set(['asgiref.wsgi.WsgiToAsgi', 'asgiref.wsgi.WsgiToAsgiInstance'])

/** Starlette's list of hosts. */
export const trustedHost = /^(?:starlette|fastapi)\.middleware\.trustedhost\.TrustedHostMiddleware$/
