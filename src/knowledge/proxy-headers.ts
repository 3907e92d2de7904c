/**
 * Request headers by which proxies say that the browser came by https. Heroku’s router sends X-Forwarded-Proto and
 * X-Forwarded-Port (https://devcenter.heroku.com/articles/http-routing#heroku-headers, read 2026-11-30) and none of these.
 */

/** Names in request.META of headers that a proxy of one’s own is configured to send; no network in front of Heroku sends them. */
export const ownProxySchemeHeaders: ReadonlySet<string> = new Set([
  // gunicorn’s `secure_scheme_headers`, https://docs.gunicorn.org/en/stable/settings.html#secure-scheme-headers
  'HTTP_X_FORWARDED_PROTOCOL',
  'HTTP_X_FORWARDED_SSL',
  // Others that Rack accepts: lib/rack/request.rb, `forwarded_scheme`.
  'HTTP_X_FORWARDED_SCHEME',
  // Configurations of nginx and of Microsoft’s proxies.
  'HTTP_X_SCHEME',
  'HTTP_X_URL_SCHEME',
  'HTTP_FRONT_END_HTTPS',
])
