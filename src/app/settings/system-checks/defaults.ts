import { bool, dict, int, list, none, text } from '../../../evaluate/python/constructors.ts'
import type { Value } from '../../../evaluate/python/value.ts'

const at = { file: '', span: { start: 0, end: 0 } }
const texts = (...items: readonly string[]): Value =>
  list(
    items.map((item) => text(item, at)),
    at,
  )

/** What Django takes for a setting that is not bound (django/conf/global_settings.py, the same from 3.2 to 6.0). */
export const defaults: Readonly<Record<string, Value>> = {
  AUTHENTICATION_BACKENDS: texts('django.contrib.auth.backends.ModelBackend'),
  CACHES: dict([{ key: text('default', at), value: dict([], at), at }], at),
  CSRF_COOKIE_SECURE: bool(false, at),
  CSRF_USE_SESSIONS: bool(false, at),
  DEBUG: bool(false, at),
  LANGUAGE_CODE: text('en-us', at),
  MEDIA_URL: text('', at),
  SECRET_KEY: text('', at),
  SECURE_CONTENT_TYPE_NOSNIFF: bool(true, at),
  SECURE_CROSS_ORIGIN_OPENER_POLICY: text('same-origin', at),
  SECURE_HSTS_INCLUDE_SUBDOMAINS: bool(false, at),
  SECURE_HSTS_PRELOAD: bool(false, at),
  SECURE_HSTS_SECONDS: int(0, at),
  SECURE_REFERRER_POLICY: text('same-origin', at),
  SECURE_SSL_REDIRECT: bool(false, at),
  SESSION_COOKIE_HTTPONLY: bool(true, at),
  SESSION_COOKIE_SECURE: bool(false, at),
  STATICFILES_FINDERS: texts(
    'django.contrib.staticfiles.finders.FileSystemFinder',
    'django.contrib.staticfiles.finders.AppDirectoriesFinder',
  ),
  X_FRAME_OPTIONS: text('DENY', at),
  ...Object.fromEntries(
    [
      ...['ALLOWED_HOSTS', 'CSRF_TRUSTED_ORIGINS', 'INSTALLED_APPS', 'LANGUAGES_BIDI', 'MIDDLEWARE'],
      ...['SECRET_KEY_FALLBACKS', 'SILENCED_SYSTEM_CHECKS', 'STATICFILES_DIRS', 'TEMPLATES'],
    ].map((name) => [name, list([], at)]),
  ),
}

/** What stands for a setting that Django has no value for, or one that means nothing. */
export const nothing: Value = none(at)
