"""
Asks Django: `manage.py check --deploy` on generated settings, in one process. Arguments: a seed, how many, and the ids that
are compared. Prints one JSON line for each settings module: its source and the ids that Django prints.
"""
import io
import json
import random
import re
import sys

import django
from django.conf import settings
from django.core.checks.registry import registry
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.test.utils import override_settings

seed, count, ids = int(sys.argv[1]), int(sys.argv[2]), set(sys.argv[3].split(','))
random.seed(f'{seed} {django.VERSION[:2]}')
settings.configure(SECRET_KEY='x')
django.setup()
core = set(registry.registered_checks)
core_deploy = set(registry.deployment_checks)

APPS = ['admin', 'auth', 'contenttypes', 'sessions', 'messages', 'staticfiles', 'sites']
MIDDLEWARE = [
    'django.middleware.security.SecurityMiddleware', 'whitenoise.middleware.WhiteNoiseMiddleware',
    'corsheaders.middleware.CorsMiddleware', 'django.contrib.sessions.middleware.SessionMiddleware',
    'django.middleware.common.CommonMiddleware', 'django.middleware.csrf.CsrfViewMiddleware',
    'django.contrib.auth.middleware.AuthenticationMiddleware', 'django.contrib.messages.middleware.MessageMiddleware',
    'django.middleware.clickjacking.XFrameOptionsMiddleware', 'mysite.middleware.Own',
]
PROCESSORS = [
    'django.template.context_processors.request', 'django.contrib.auth.context_processors.auth',
    'django.contrib.messages.context_processors.messages',
]
FLAGS = ['True', 'False', '1', '0', "'True'", "''", 'None']
KEYS = ["''", "'short'", repr('django-insecure-' + 'abcdefgh' * 6), repr('abcdefgh' * 7), repr('ab' * 30), repr('abcdefg' * 7)]
ORIGINS = ['https://a.example', 'http://localhost:3000', 'http://localhost:3000/', 'localhost:3000', 'a.example',
           'null', 'file://', 'https://a.example/x?y', '*', '//a.example', 'https://', 'HTTPS://a.example#x']
PATHS = ["'/app/static'", "Path('/app/static')", "'/app/static/'", "'/app/assets'", "'/app/static/../static'", "'/app'"]


def chance(of):
    return random.random() < of


def most(items, lost):
    return [item for item in items if not chance(lost)]


def templates():
    if chance(0.05):
        return '[]'
    if chance(0.05):
        return "[{'BACKEND': 'django.template.backends.jinja2.Jinja2', 'APP_DIRS': False}]" if jinja else '[]'
    options = {'context_processors': most(PROCESSORS, 0.1)}
    engine = {'BACKEND': 'django.template.backends.django.DjangoTemplates', 'DIRS': []}
    if chance(0.1):
        options['loaders'] = ['django.template.loaders.app_directories.Loader']
    if chance(0.7):
        engine['APP_DIRS'] = chance(0.8)
    if chance(0.1):
        options['string_if_invalid'] = random.choice(['', 'x', None, 3])
    if chance(0.05):
        options.pop('context_processors')
    if chance(0.95):
        engine['OPTIONS'] = options
    return repr([engine])


def middleware():
    chosen = most(MIDDLEWARE[:-1], 0.12)
    if django.VERSION >= (5, 1) and chance(0.2):
        chosen.insert(random.randrange(len(chosen) + 1), 'django.contrib.auth.middleware.LoginRequiredMiddleware')
    if chance(0.1):
        chosen.append(MIDDLEWARE[-1])
    return repr(tuple(chosen) if chance(0.1) else chosen)


def cache():
    backend = random.choice(['filebased.FileBasedCache', 'locmem.LocMemCache', 'dummy.DummyCache'])
    one = {'BACKEND': 'django.core.cache.backends.' + backend, 'LOCATION': random.choice(
        ['/app/static', '/app/cache', '/app/static/cache', '/app', 'cache', '/srv/media/x'])}
    return repr({random.choice(['default', 'default', 'default', 'other']): one})


def statics():
    entries = ', '.join(random.choice(PATHS + ["('prefix', '/app/static')", "('prefix/', '/app/assets')"])
                        for _ in range(random.randrange(3)))
    return random.choice([f'[{entries}]', f'[{entries}]', f'({entries},)' if entries else '()', "'/app/static'"])


def texts(items, size=3):
    chosen = [random.choice(items) for _ in range(random.randrange(1, size + 1))]
    return repr(random.choice([list, list, tuple])(chosen))


def storages():
    one = {'BACKEND': 'django.core.files.storage.FileSystemStorage'}
    both = {'default': one, 'staticfiles': {'BACKEND': 'django.contrib.staticfiles.storage.StaticFilesStorage'}}
    return repr(random.choice([{'default': one}, both, both]))


LANGUAGES = [[('en', 'English'), ('fr', 'French')], [('fr-ca', 'Canada')], [('en_US', 'Wrong')], [('zh-hans', 'Chinese')], []]
CODES = ['en', 'en-us', 'fr-fr', 'us-en', 'en_US', 'english', '', 'zh-cn', 'pt-pt', 'xx', 'fr-CA', 'e' * 9, 'tlh', 'ckb', 'ht', 'EN-us']
POLICIES = ['same-origin', 'no-referrer, origin', 'unsafe', ' origin ', None, ['origin', 'no-referrer'], ['bad'], '', []]
OPTIONAL = {
    'MIDDLEWARE': (0.95, middleware),
    'TEMPLATES': (0.95, templates),
    'AUTHENTICATION_BACKENDS': (0.15, lambda: texts(['django.contrib.auth.backends.ModelBackend',
        'django.contrib.auth.backends.RemoteUserBackend', 'django.contrib.auth.backends.BaseBackend'])),
    'DEBUG': (0.5, lambda: random.choice(['True', 'False', '1', '0', "''"])),
    'ALLOWED_HOSTS': (0.6, lambda: random.choice(['[]', "['a.example']", "['*']", "''"])),
    'SECRET_KEY_FALLBACKS': (0.15, lambda: f'[{random.choice(KEYS[1:])}, {random.choice(KEYS[1:])}]'),
    'SECURE_HSTS_SECONDS': (0.5, lambda: random.choice(['0', '3600', 'None'])),
    'SECURE_HSTS_INCLUDE_SUBDOMAINS': (0.5, lambda: random.choice(FLAGS)),
    'SECURE_HSTS_PRELOAD': (0.5, lambda: random.choice(FLAGS)),
    'SECURE_CONTENT_TYPE_NOSNIFF': (0.3, lambda: random.choice(FLAGS)),
    'SECURE_SSL_REDIRECT': (0.5, lambda: random.choice(FLAGS)),
    'SECURE_REFERRER_POLICY': (0.4, lambda: repr(random.choice(POLICIES))),
    'SECURE_CROSS_ORIGIN_OPENER_POLICY': (0.3, lambda: repr(random.choice([None, 'same-origin', 'unsafe-none', 'other', '']))),
    'SESSION_COOKIE_SECURE': (0.5, lambda: random.choice(FLAGS)),
    'SESSION_COOKIE_HTTPONLY': (0.3, lambda: random.choice(FLAGS)),
    'CSRF_COOKIE_SECURE': (0.5, lambda: random.choice(FLAGS)),
    'CSRF_USE_SESSIONS': (0.2, lambda: random.choice(['True', 'False', '1'])),
    'X_FRAME_OPTIONS': (0.4, lambda: random.choice(["'DENY'", "'SAMEORIGIN'", "'deny'", "''"])),
    'CACHES': (0.5, cache),
    'MEDIA_ROOT': (0.3, lambda: random.choice(PATHS + ["'/srv/media'", "''"])),
    'STATIC_ROOT': (0.7, lambda: random.choice(PATHS + ['None', "''"])),
    'STATICFILES_DIRS': (0.5, statics),
    'STATICFILES_FINDERS': (0.1, lambda: random.choice(["['django.contrib.staticfiles.finders.AppDirectoriesFinder']",
        "['django.contrib.staticfiles.finders.FileSystemFinder']"])),
    'STATIC_URL': (0.8, lambda: random.choice(["'/static/'", "'static/'", "'/static'", "''", 'None', "'https://cdn.example/s'"])),
    'MEDIA_URL': (0.4, lambda: random.choice(["'/media/'", "'/media'", "''"])),
    'FILE_UPLOAD_TEMP_DIR': (0.1, lambda: random.choice(["'/tmp'", 'None', "'/app/no-such-folder'"])),
    'LANGUAGE_CODE': (0.25, lambda: repr(random.choice(CODES))),
    'LANGUAGES': (0.3, lambda: repr(random.choice(LANGUAGES))),
    'LANGUAGES_BIDI': (0.1, lambda: random.choice(["['he', 'ar']", "['he_IL']", '[]'])),
    'SITE_ID': (0.4, lambda: random.choice(['1', "'1'", 'None', 'True', '1.5'])),
    'SECURE_CSP': (0.15, lambda: random.choice(['{}', 'None', "'x'", '[]'])),
    'SECURE_CSP_REPORT_ONLY': (0.1, lambda: random.choice(['{}', 'None', "'x'"])),
    'CSRF_TRUSTED_ORIGINS': (0.3, lambda: texts(['https://a.example', 'a.example', 'https://*.b.example'])),
    'CORS_ALLOWED_ORIGINS': (0.4, lambda: random.choice([texts(ORIGINS), texts(ORIGINS), "'http://a'", "['http://a', 3]", '[]', 'None', "''"])),
    'CORS_ORIGIN_WHITELIST': (0.2, lambda: texts(ORIGINS)),
    'CORS_ALLOW_ALL_ORIGINS': (0.2, lambda: random.choice(FLAGS)),
    'CORS_ORIGIN_ALLOW_ALL': (0.1, lambda: random.choice(FLAGS)),
    'STORAGES': (0.3, storages),
    'SILENCED_SYSTEM_CHECKS': (0.1, lambda: texts(['security.W004', 'security.W012', 'admin.E404', 'urls.E006', 'corsheaders.E014'])),
}

try:
    import jinja2 as jinja
except ImportError:
    jinja = None


def source():
    apps = [f'django.contrib.{name}' for name in most(APPS, 0.12)]
    if 'django.contrib.admin' in apps:
        # Without it the models of the admin cannot be imported: no check is reached.
        apps = ['django.contrib.contenttypes'] + [name for name in apps if name != 'django.contrib.contenttypes']
        if chance(0.2):
            apps[apps.index('django.contrib.admin')] = random.choice(
                ['django.contrib.admin.apps.SimpleAdminConfig', 'django.contrib.admin.apps.AdminConfig'])
    if chance(0.6):
        apps.append('corsheaders')
    lines = ['from pathlib import Path', f'SECRET_KEY = {random.choice(KEYS)}', f'INSTALLED_APPS = {apps!r}']
    for name, (often, make) in OPTIONAL.items():
        if chance(often):
            lines.append(f'{name} = {make()}')
    return '\n'.join(lines) + '\n'


def ask(text):
    """The ids that `manage.py check --deploy` prints, or how it ended otherwise. None: it was never reached."""
    namespace = {}
    exec(text, namespace)
    values = {name: value for name, value in namespace.items() if name.isupper()}
    registry.registered_checks = set(core)
    registry.deployment_checks = set(core_deploy)
    override = override_settings(**values)
    try:
        override.enable()
    except Exception:
        return None
    printed = io.StringIO()
    try:
        call_command('check', deploy=True, stdout=printed, stderr=printed)
    except SystemCheckError as error:
        printed.write(str(error))
    except Exception as error:
        return {'raises': f'{type(error).__name__}: {error}'}
    finally:
        override.disable()
    found = set(re.findall(r'^[^\n]*?: \(([\w.]+)\) ', printed.getvalue(), re.M))
    return {'ids': sorted(found & ids)}


done = 0
while done < count:
    text = source()
    answer = ask(text)
    if answer is None:
        continue
    done += 1
    print(json.dumps({'source': text, **answer}))
