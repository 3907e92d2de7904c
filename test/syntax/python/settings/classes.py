# -*- coding: utf-8 -*-
'''Settings as classes: one for each place the project runs at.'''
import os
from os.path import abspath, dirname, join

from configurations import Configuration, values

PROJECT_ROOT = dirname(dirname(abspath(__file__)))
APP_NAME = 'voting'
gettext = lambda s: s


def rel(*parts):
    return join(PROJECT_ROOT, *parts)


class CacheMixin(object):
    '''
    Redis where there is one, else the memory of the process.
    '''

    REDIS_URL = values.Value('', environ_prefix=None)

    @property
    def CACHES(self):
        if not self.REDIS_URL:
            return {'default': {'BACKEND': 'django.core.cache.backends.locmem.LocMemCache'}}
        return {
            'default': {
                'BACKEND': 'django_redis.cache.RedisCache',
                'LOCATION': self.REDIS_URL + '/1',
                'OPTIONS': {
                    'CLIENT_CLASS': 'django_redis.client.DefaultClient',
                    'CONNECTION_POOL_KWARGS': {'ssl_cert_reqs': None},
                },
            }
        }

    @property
    def CHANNEL_LAYERS(self):
        return {
            'default': {
                'BACKEND': 'channels_redis.core.RedisChannelLayer',
                'CONFIG': {'hosts': [self.REDIS_URL or ('localhost', 6379)], 'capacity': 300},
            }
        }


class Common(CacheMixin, Configuration):
    INSTALLED_APPS = (
        'django.contrib.auth',
        'django.contrib.contenttypes',
        'django.contrib.sessions',
        'django.contrib.sites',
        'django.contrib.messages',
        'django.contrib.staticfiles',
        'channels',
        'rest_framework',
        'voting.polls',
        'voting.results',
    )
    MIDDLEWARE = [
        'django.middleware.security.SecurityMiddleware',
        'django.contrib.sessions.middleware.SessionMiddleware',
        'django.middleware.common.CommonMiddleware',
        'django.middleware.csrf.CsrfViewMiddleware',
        'django.contrib.auth.middleware.AuthenticationMiddleware',
    ]
    SITE_ID = 1
    ROOT_URLCONF = 'voting.urls'
    SECRET_KEY = values.SecretValue()
    DEBUG = values.BooleanValue(False)
    ADMINS = (('Élodie', 'elodie@example.org'), ('Jürgen', 'juergen@example.org'))
    DATABASES = values.DatabaseURLValue('postgres://localhost/voting', conn_max_age=600)
    TEMPLATES = [
        dict(
            BACKEND='django.template.backends.django.DjangoTemplates',
            DIRS=[rel('templates')],
            APP_DIRS=True,
            OPTIONS=dict(context_processors=['django.contrib.auth.context_processors.auth']),
        )
    ]
    LANGUAGES = (('en', gettext('English')), ('fr', gettext('French')))
    STATIC_ROOT = rel('staticfiles')
    ASGI_APPLICATION = 'voting.asgi.application'


class Development(Common):
    """Laptops."""

    DEBUG = True
    EMAIL_BACKEND = 'django.core.mail.backends.console.EmailBackend'
    INSTALLED_APPS = Common.INSTALLED_APPS + ('debug_toolbar',)


class Production(Common):
    """The dynos.

    Everything that differs comes from config vars.
    """

    ALLOWED_HOSTS = values.ListValue(['.herokuapp.com'])
    SECURE_SSL_REDIRECT = values.BooleanValue(True)
    SECURE_PROXY_SSL_HEADER = ('HTTP_X_FORWARDED_PROTO', 'https')
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 30

    @classmethod
    def post_setup(cls):
        super(Production, cls).post_setup()
        if os.environ.get('SENTRY_DSN'):
            import sentry_sdk

            sentry_sdk.init(dsn=os.environ['SENTRY_DSN'], traces_sample_rate=.1)


class Review(Production):
    ALLOWED_HOSTS = ['%s.herokuapp.com' % os.environ.get('HEROKU_APP_NAME', APP_NAME)]


assert Production.SECURE_HSTS_SECONDS > 0, 'HSTS must stay on'
os.environ.setdefault('DJANGO_CONFIGURATION', 'Development')
VERSION = (1, 4, 2)
__version__ = '.'.join(map(str, VERSION))
del abspath, dirname
