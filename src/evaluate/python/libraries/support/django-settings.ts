import type { Place } from '../../../../contracts/place.ts'
import { bool, int, list, none, record, text } from '../../constructors.ts'
import type { Value } from '../../value.ts'

/** Every name of `django.conf.global_settings` in Django 2.2, 3.2, 4.2, 5.2 and 6.1 (read from those releases). */
const names: ReadonlySet<string> = new Set(
  (
    'ABSOLUTE_URL_OVERRIDES ADMINS ALLOWED_HOSTS APPEND_SLASH AUTHENTICATION_BACKENDS AUTH_PASSWORD_VALIDATORS ' +
    'AUTH_USER_MODEL CACHES CACHE_MIDDLEWARE_ALIAS CACHE_MIDDLEWARE_KEY_PREFIX CACHE_MIDDLEWARE_SECONDS ' +
    'CSRF_COOKIE_AGE CSRF_COOKIE_DOMAIN CSRF_COOKIE_HTTPONLY CSRF_COOKIE_MASKED CSRF_COOKIE_NAME CSRF_COOKIE_PATH ' +
    'CSRF_COOKIE_SAMESITE CSRF_COOKIE_SECURE CSRF_FAILURE_VIEW CSRF_HEADER_NAME CSRF_TRUSTED_ORIGINS ' +
    'CSRF_USE_SESSIONS DATABASES DATABASE_ROUTERS DATA_UPLOAD_MAX_MEMORY_SIZE DATA_UPLOAD_MAX_NUMBER_FIELDS ' +
    'DATA_UPLOAD_MAX_NUMBER_FILES DATETIME_FORMAT DATETIME_INPUT_FORMATS DATE_FORMAT DATE_INPUT_FORMATS DEBUG ' +
    'DEBUG_PROPAGATE_EXCEPTIONS DECIMAL_SEPARATOR DEFAULT_AUTO_FIELD DEFAULT_CHARSET DEFAULT_CONTENT_TYPE ' +
    'DEFAULT_EXCEPTION_REPORTER DEFAULT_EXCEPTION_REPORTER_FILTER DEFAULT_FILE_STORAGE DEFAULT_FROM_EMAIL ' +
    'DEFAULT_HASHING_ALGORITHM DEFAULT_INDEX_TABLESPACE DEFAULT_TABLESPACE DISALLOWED_USER_AGENTS EMAIL_BACKEND ' +
    'EMAIL_HOST EMAIL_HOST_PASSWORD EMAIL_HOST_USER EMAIL_PORT EMAIL_SSL_CERTFILE EMAIL_SSL_KEYFILE ' +
    'EMAIL_SUBJECT_PREFIX EMAIL_TIMEOUT EMAIL_USE_LOCALTIME EMAIL_USE_SSL EMAIL_USE_TLS FILE_CHARSET ' +
    'FILE_UPLOAD_DIRECTORY_PERMISSIONS FILE_UPLOAD_HANDLERS FILE_UPLOAD_MAX_MEMORY_SIZE FILE_UPLOAD_PERMISSIONS ' +
    'FILE_UPLOAD_TEMP_DIR FIRST_DAY_OF_WEEK FIXTURE_DIRS FORCE_SCRIPT_NAME FORMAT_MODULE_PATH ' +
    'FORMS_URLFIELD_ASSUME_HTTPS FORM_RENDERER IGNORABLE_404_URLS INSTALLED_APPS INTERNAL_IPS LANGUAGES ' +
    'LANGUAGES_BIDI LANGUAGE_CODE LANGUAGE_COOKIE_AGE LANGUAGE_COOKIE_DOMAIN LANGUAGE_COOKIE_HTTPONLY ' +
    'LANGUAGE_COOKIE_NAME LANGUAGE_COOKIE_PATH LANGUAGE_COOKIE_SAMESITE LANGUAGE_COOKIE_SECURE LOCALE_PATHS ' +
    'LOGGING LOGGING_CONFIG LOGIN_REDIRECT_URL LOGIN_URL LOGOUT_REDIRECT_URL MANAGERS MEDIA_ROOT MEDIA_URL ' +
    'MESSAGE_STORAGE MIDDLEWARE MIGRATION_MODULES MONTH_DAY_FORMAT NUMBER_GROUPING PASSWORD_HASHERS ' +
    'PASSWORD_RESET_TIMEOUT PASSWORD_RESET_TIMEOUT_DAYS PREPEND_WWW SECRET_KEY SECRET_KEY_FALLBACKS ' +
    'SECURE_BROWSER_XSS_FILTER SECURE_CONTENT_TYPE_NOSNIFF SECURE_CROSS_ORIGIN_OPENER_POLICY SECURE_CSP ' +
    'SECURE_CSP_REPORT_ONLY SECURE_HSTS_INCLUDE_SUBDOMAINS SECURE_HSTS_PRELOAD SECURE_HSTS_SECONDS ' +
    'SECURE_PROXY_SSL_HEADER SECURE_REDIRECT_EXEMPT SECURE_REFERRER_POLICY SECURE_SSL_HOST SECURE_SSL_REDIRECT ' +
    'SERVER_EMAIL SESSION_CACHE_ALIAS SESSION_COOKIE_AGE SESSION_COOKIE_DOMAIN SESSION_COOKIE_HTTPONLY ' +
    'SESSION_COOKIE_NAME SESSION_COOKIE_PATH SESSION_COOKIE_SAMESITE SESSION_COOKIE_SECURE SESSION_ENGINE ' +
    'SESSION_EXPIRE_AT_BROWSER_CLOSE SESSION_FILE_PATH SESSION_SAVE_EVERY_REQUEST SESSION_SERIALIZER ' +
    'SHORT_DATETIME_FORMAT SHORT_DATE_FORMAT SIGNED_COOKIE_LEGACY_SALT_FALLBACK SIGNING_BACKEND ' +
    'SILENCED_SYSTEM_CHECKS STATICFILES_DIRS STATICFILES_FINDERS STATICFILES_STORAGE STATIC_ROOT STATIC_URL ' +
    'STORAGES TASKS TEMPLATES TEST_NON_SERIALIZED_APPS TEST_RUNNER THOUSAND_SEPARATOR TIME_FORMAT ' +
    'TIME_INPUT_FORMATS TIME_ZONE URLIZE_ASSUME_HTTPS USE_BLANK_CHOICE_DASH USE_DEPRECATED_PYTZ USE_I18N USE_L10N ' +
    'USE_THOUSAND_SEPARATOR USE_TZ USE_X_FORWARDED_HOST USE_X_FORWARDED_PORT WSGI_APPLICATION X_FRAME_OPTIONS ' +
    'YEAR_MONTH_FORMAT '
  )
    .trim()
    .split(' '),
)

export function isGlobalSetting(name: string): boolean {
  return names.has(name)
}

const locmem = 'django.core.cache.backends.locmem.LocMemCache'

/** Defaults that every release from 2.2 to 6.1 agrees on, for the settings that code of a project reads. */
const defaults: Readonly<Record<string, (at: Place) => Value>> = {
  ADMINS: (at) => list([], at),
  ALLOWED_HOSTS: (at) => list([], at),
  APPEND_SLASH: (at) => bool(true, at),
  AUTHENTICATION_BACKENDS: (at) => list([text('django.contrib.auth.backends.ModelBackend', at)], at),
  AUTH_USER_MODEL: (at) => text('auth.User', at),
  CACHES: (at) => record({ default: record({ BACKEND: text(locmem, at) }, at) }, at),
  CSRF_COOKIE_NAME: (at) => text('csrftoken', at),
  CSRF_COOKIE_SECURE: (at) => bool(false, at),
  CSRF_TRUSTED_ORIGINS: (at) => list([], at),
  DATABASES: (at) => record({}, at),
  DATABASE_ROUTERS: (at) => list([], at),
  DEBUG: (at) => bool(false, at),
  DEFAULT_CHARSET: (at) => text('utf-8', at),
  DEFAULT_FROM_EMAIL: (at) => text('webmaster@localhost', at),
  EMAIL_BACKEND: (at) => text('django.core.mail.backends.smtp.EmailBackend', at),
  EMAIL_HOST: (at) => text('localhost', at),
  EMAIL_HOST_PASSWORD: (at) => text('', at),
  EMAIL_HOST_USER: (at) => text('', at),
  EMAIL_PORT: (at) => int(25, at),
  EMAIL_USE_SSL: (at) => bool(false, at),
  EMAIL_USE_TLS: (at) => bool(false, at),
  INSTALLED_APPS: (at) => list([], at),
  INTERNAL_IPS: (at) => list([], at),
  LANGUAGE_CODE: (at) => text('en-us', at),
  LOGGING: (at) => record({}, at),
  LOGIN_REDIRECT_URL: (at) => text('/accounts/profile/', at),
  LOGIN_URL: (at) => text('/accounts/login/', at),
  LOGOUT_REDIRECT_URL: (at) => none(at),
  MEDIA_ROOT: (at) => text('', at),
  MEDIA_URL: (at) => text('', at),
  MIDDLEWARE: (at) => list([], at),
  SECURE_HSTS_SECONDS: (at) => int(0, at),
  SECURE_PROXY_SSL_HEADER: (at) => none(at),
  SECURE_SSL_HOST: (at) => none(at),
  SECURE_SSL_REDIRECT: (at) => bool(false, at),
  SERVER_EMAIL: (at) => text('root@localhost', at),
  SESSION_COOKIE_AGE: (at) => int(1209600, at),
  SESSION_COOKIE_NAME: (at) => text('sessionid', at),
  SESSION_COOKIE_SECURE: (at) => bool(false, at),
  SESSION_ENGINE: (at) => text('django.contrib.sessions.backends.db', at),
  STATICFILES_DIRS: (at) => list([], at),
  STATIC_ROOT: (at) => none(at),
  STATIC_URL: (at) => none(at),
  TEMPLATES: (at) => list([], at),
  TIME_ZONE: (at) => text('America/Chicago', at),
  USE_I18N: (at) => bool(true, at),
  USE_X_FORWARDED_HOST: (at) => bool(false, at),
  WSGI_APPLICATION: (at) => none(at),
}

/** The default of a global setting; undefined when it differs between releases or is not listed. */
export function settingDefault(name: string, at: Place): Value | undefined {
  return Object.hasOwn(defaults, name) ? defaults[name]?.(at) : undefined
}
