import ast
import json
import logging.config
import os
import os.path
import re
import warnings
from datetime import timedelta
from urllib.parse import urlparse, urlunparse

import dj_database_url
import dj_email_url
import sentry_sdk
from celery.schedules import crontab
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key
from sentry_sdk.integrations.celery import CeleryIntegration
from sentry_sdk.integrations.django import DjangoIntegration

from . import patch_requests  # noqa: F401
from .currencies import CURRENCIES, is_supported


def get_list(text):
    return [item.strip() for item in text.split(",") if item.strip()]


def get_bool_from_env(name, default_value):
    if name in os.environ:
        value = os.environ[name]
        try:
            return bool(ast.literal_eval(value))
        except ValueError as e:
            raise ValueError(f"{value} is an invalid value for {name}") from e
    return default_value


def get_url_from_env(name, *, schemes=None, default=None):
    """Read a URL and check its scheme.

    An empty value counts as absent, since a config var cannot be
    unset for one process type alone.
    """
    value = os.environ.get(name) or default
    if value is None:
        return None
    scheme = urlparse(value).scheme
    if schemes and scheme not in schemes:
        raise ImproperlyConfigured(
            f"{name} has the scheme {scheme!r}; "
            f"one of {', '.join(sorted(schemes))} is needed"
        )
    return value


DEBUG = get_bool_from_env("DEBUG", True)

SITE_ID = 1

PROJECT_ROOT = os.path.normpath(os.path.join(os.path.dirname(__file__), ".."))

ROOT_URLCONF = "market.urls"

WSGI_APPLICATION = "market.wsgi.application"
ASGI_APPLICATION = "market.asgi.application"

ADMINS = (
    # ('Your Name', 'your_email@example.com'),
)
MANAGERS = ADMINS

APPEND_SLASH = False

_DEFAULT_CLIENT_HOSTS = "localhost,127.0.0.1"

ALLOWED_CLIENT_HOSTS = os.environ.get("ALLOWED_CLIENT_HOSTS")
if not ALLOWED_CLIENT_HOSTS:
    if DEBUG:
        ALLOWED_CLIENT_HOSTS = _DEFAULT_CLIENT_HOSTS
    else:
        raise ImproperlyConfigured(
            "ALLOWED_CLIENT_HOSTS environment variable must be set when DEBUG=False."
        )

ALLOWED_CLIENT_HOSTS = get_list(ALLOWED_CLIENT_HOSTS)

INTERNAL_IPS = get_list(os.environ.get("INTERNAL_IPS", "127.0.0.1"))

# Connections are counted by the add-on's plan: a pooler in front of the
# database is used where there is one.
DATABASE_CONNECTION_DEFAULT_NAME = "default"
DATABASE_CONNECTION_REPLICA_NAME = "replica"

DB_CONN_MAX_AGE = int(os.environ.get("DB_CONN_MAX_AGE", 0))

DATABASES = {
    DATABASE_CONNECTION_DEFAULT_NAME: dj_database_url.config(
        default="postgres://market:market@localhost:5432/market",
        conn_max_age=DB_CONN_MAX_AGE,
    ),
    DATABASE_CONNECTION_REPLICA_NAME: dj_database_url.config(
        env="DATABASE_URL_REPLICA",
        default="postgres://market:market@localhost:5432/market",
        test_options={"MIRROR": DATABASE_CONNECTION_DEFAULT_NAME},
    ),
}

DATABASE_ROUTERS = ["market.core.db_routers.PrimaryReplicaRouter"]

TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
LANGUAGES = [
    ("ar", "Arabic"),
    ("bg", "Bulgarian"),
    ("cs", "Czech"),
    ("da", "Danish"),
    ("de", "German"),
    ("el", "Greek"),
    ("en", "English"),
    ("es", "Spanish"),
    ("et", "Estonian"),
    ("fi", "Finnish"),
    ("fr", "French"),
    ("hu", "Hungarian"),
    ("it", "Italian"),
    ("ja", "Japanese"),
    ("ko", "Korean"),
    ("nl", "Dutch"),
    ("pl", "Polish"),
    ("pt", "Portuguese"),
    ("pt-br", "Brazilian Portuguese"),
    ("ro", "Romanian"),
    ("sv", "Swedish"),
    ("tr", "Turkish"),
    ("uk", "Ukrainian"),
    ("zh-hans", "Simplified Chinese"),
]
LOCALE_PATHS = [os.path.join(PROJECT_ROOT, "locale")]
USE_I18N = True
USE_TZ = True

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

EMAIL_URL = os.environ.get("EMAIL_URL")
SENDGRID_USERNAME = os.environ.get("SENDGRID_USERNAME")
SENDGRID_PASSWORD = os.environ.get("SENDGRID_PASSWORD")
if not EMAIL_URL and SENDGRID_USERNAME and SENDGRID_PASSWORD:
    EMAIL_URL = (
        f"smtp://{SENDGRID_USERNAME}"
        f":{SENDGRID_PASSWORD}@smtp.sendgrid.net:587/?tls=True"
    )

email_config = dj_email_url.parse(EMAIL_URL or "console://")

EMAIL_FILE_PATH: str = email_config.get("EMAIL_FILE_PATH", "")
EMAIL_HOST_USER: str = email_config.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD: str = email_config.get("EMAIL_HOST_PASSWORD", "")
EMAIL_HOST: str = email_config.get("EMAIL_HOST", "")
EMAIL_PORT: str = str(email_config.get("EMAIL_PORT", ""))
EMAIL_BACKEND: str = email_config.get("EMAIL_BACKEND", "")
EMAIL_USE_TLS: bool = email_config.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL: bool = email_config.get("EMAIL_USE_SSL", False)

ENABLE_SSL: bool = get_bool_from_env("ENABLE_SSL", False)

# The host part of links in mails, e.g. `shop.example.com`. Sites framework is
# used only as a fallback, and a request's own host never is.
PUBLIC_URL = get_url_from_env("PUBLIC_URL", schemes=["http", "https"])
if PUBLIC_URL:
    if os.environ.get("ENABLE_SSL") is not None:
        warnings.warn("ENABLE_SSL is ignored on URL generation if PUBLIC_URL is set.")
    ENABLE_SSL = urlparse(PUBLIC_URL).scheme.lower() == "https"

if ENABLE_SSL:
    SECURE_SSL_REDIRECT = not DEBUG

DEFAULT_FROM_EMAIL: str = os.environ.get(
    "DEFAULT_FROM_EMAIL", EMAIL_HOST_USER or "noreply@example.com"
)

MEDIA_ROOT: str = os.path.join(PROJECT_ROOT, "media")
MEDIA_URL: str = os.environ.get("MEDIA_URL", "/media/")

STATIC_ROOT: str = os.path.join(PROJECT_ROOT, "static")
STATIC_URL: str = os.environ.get("STATIC_URL", "/static/")
STATICFILES_DIRS = [
    ("images", os.path.join(PROJECT_ROOT, "market", "static", "images"))
]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]

context_processors = [
    "django.template.context_processors.debug",
    "django.template.context_processors.media",
    "django.template.context_processors.static",
    "market.site.context_processors.site",
]

loaders = [
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
]

TEMPLATES_DIR = os.path.join(PROJECT_ROOT, "templates")
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [TEMPLATES_DIR],
        "OPTIONS": {
            "debug": DEBUG,
            "context_processors": context_processors,
            "loaders": loaders if DEBUG else [("django.template.loaders.cached.Loader", loaders)],
            "string_if_invalid": '<< MISSING VARIABLE "%s" >>' if DEBUG else "",
        },
    }
]

# Make this unique, and don't share it with anybody.
SECRET_KEY = os.environ.get("SECRET_KEY")

# Sessions of the dashboard end with the browser.
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"

if not SECRET_KEY and DEBUG:
    warnings.warn("SECRET_KEY not configured, using a random temporary key.")
    SECRET_KEY = get_random_secret_key()

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "market.core.middleware.jwt_refresh_token_middleware",
    "market.core.middleware.currency",
]

ENABLE_RESTRICT_WRITER = get_bool_from_env("ENABLE_RESTRICT_WRITER", False)
if ENABLE_RESTRICT_WRITER:
    MIDDLEWARE.append("market.core.db.connection.restrict_writer_middleware")

INSTALLED_APPS = [
    # External apps that need to go before django's
    "daphne",
    "storages",
    # Django modules
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.sites",
    "django.contrib.staticfiles",
    "django.contrib.auth",
    "django.contrib.postgres",
    "django_celery_beat",
    # Local apps
    "market.permission",
    "market.account",
    "market.discount",
    "market.product",
    "market.attribute",
    "market.channel",
    "market.checkout",
    "market.core",
    "market.graphql",
    "market.menu",
    "market.order",
    "market.invoice",
    "market.seo",
    "market.shipping",
    "market.site",
    "market.page",
    "market.payment",
    "market.warehouse",
    "market.webhook",
    "market.app",
    # External apps
    "channels",
    "django_measurement",
    "mptt",
    "phonenumber_field",
]

ENABLE_DJANGO_EXTENSIONS = get_bool_from_env("ENABLE_DJANGO_EXTENSIONS", False)
if ENABLE_DJANGO_EXTENSIONS:
    INSTALLED_APPS += [
        "django_extensions",
    ]

ENABLE_DEBUG_TOOLBAR = get_bool_from_env("ENABLE_DEBUG_TOOLBAR", False)
if ENABLE_DEBUG_TOOLBAR:
    # Ensure the debug toolbar is actually installed before adding it
    try:
        __import__("debug_toolbar")
    except ImportError as exc:
        msg = (
            f"{exc} -- Install the missing dependencies by "
            f"running `pip install -r requirements_dev.txt`"
        )
        warnings.warn(msg)
    else:
        INSTALLED_APPS += ["django.forms", "debug_toolbar"]
        MIDDLEWARE.append("debug_toolbar.middleware.DebugToolbarMiddleware")

        DEBUG_TOOLBAR_PANELS = [
            "debug_toolbar.panels.request.RequestPanel",
            "debug_toolbar.panels.sql.SQLPanel",
            "debug_toolbar.panels.profiling.ProfilingPanel",
        ]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "root": {"level": "INFO", "handlers": ["default"]},
    "formatters": {
        "django.server": {
            "()": "django.utils.log.ServerFormatter",
            "format": "[{server_time}] {message}",
            "style": "{",
        },
        "json": {
            "()": "pythonjsonlogger.jsonlogger.JsonFormatter",
            "datefmt": "%Y-%m-%dT%H:%M:%SZ",
            "format": (
                "%(asctime)s %(levelname)s %(lineno)s %(message)s %(name)s "
                + "%(pathname)s %(process)d %(threadName)s"
            ),
        },
        "verbose": {
            "format": (
                "%(levelname)s %(name)s %(message)s [PID:%(process)d:%(threadName)s]"
            )
        },
    },
    "handlers": {
        "default": {
            "level": "DEBUG",
            "class": "logging.StreamHandler",
            "formatter": "verbose" if DEBUG else "json",
        },
        "django.server": {
            "level": "INFO",
            "class": "logging.StreamHandler",
            "formatter": "django.server" if DEBUG else "json",
        },
        "null": {
            "class": "logging.NullHandler",
        },
    },
    "loggers": {
        "django": {"level": "INFO", "propagate": True},
        "django.server": {
            "handlers": ["django.server"],
            "level": "INFO",
            "propagate": False,
        },
        "celery.app.trace": {
            "handlers": ["default"],
            "level": "CRITICAL",
            "propagate": False,
        },
        "market": {"level": "DEBUG", "propagate": True},
        "market.graphql.errors.handled": {
            "handlers": ["default"],
            "level": "INFO",
            "propagate": False,
        },
        "graphql.execution.utils": {"propagate": False, "handlers": ["null"]},
    },
}
logging.config.dictConfig(LOGGING)

AUTH_USER_MODEL = "account.User"

AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 8},
    }
]

DEFAULT_CURRENCY_CODE_LENGTH = 3
DEFAULT_DECIMAL_PLACES = 3
DEFAULT_MAX_DIGITS = 12
DEFAULT_CURRENCY = os.environ.get("DEFAULT_CURRENCY", "EUR")
if not is_supported(DEFAULT_CURRENCY):
    raise ImproperlyConfigured(
        "DEFAULT_CURRENCY is %s; known are %s" % (DEFAULT_CURRENCY, ", ".join(CURRENCIES))
    )

COUNTRIES_OVERRIDE = {"EU": "European Union", 'XK': {'names': ["Kosovo"]}}

MAX_USER_ADDRESSES = int(os.environ.get("MAX_USER_ADDRESSES", 100))

TEST_RUNNER = "market.tests.runner.PytestTestRunner"

PLAYGROUND_ENABLED = get_bool_from_env("PLAYGROUND_ENABLED", True)

ALLOWED_HOSTS = get_list(os.environ.get("ALLOWED_HOSTS", "localhost,127.0.0.1"))
ALLOWED_GRAPHQL_ORIGINS: list[str] = get_list(
    os.environ.get("ALLOWED_GRAPHQL_ORIGINS", "*")
)

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Media bucket
AWS_ACCESS_KEY_ID = os.environ.get("AWS_ACCESS_KEY_ID")
AWS_LOCATION = os.environ.get("AWS_LOCATION", "")
AWS_MEDIA_BUCKET_NAME = os.environ.get("AWS_MEDIA_BUCKET_NAME")
AWS_MEDIA_CUSTOM_DOMAIN = os.environ.get("AWS_MEDIA_CUSTOM_DOMAIN")
AWS_QUERYSTRING_AUTH = get_bool_from_env("AWS_QUERYSTRING_AUTH", False)
AWS_QUERYSTRING_EXPIRE = get_bool_from_env("AWS_QUERYSTRING_EXPIRE", 3600)
AWS_S3_ENDPOINT_URL = os.environ.get("AWS_S3_ENDPOINT_URL", None)
AWS_SECRET_ACCESS_KEY = os.environ.get("AWS_SECRET_ACCESS_KEY")
AWS_DEFAULT_ACL = os.environ.get("AWS_DEFAULT_ACL", None)
AWS_S3_FILE_OVERWRITE = get_bool_from_env("AWS_S3_FILE_OVERWRITE", True)

if AWS_MEDIA_BUCKET_NAME:
    DEFAULT_FILE_STORAGE = "market.core.storages.S3MediaStorage"
    THUMBNAIL_DEFAULT_STORAGE = DEFAULT_FILE_STORAGE

PLACEHOLDER_IMAGES = {
    32: "images/placeholder32.png",
    64: "images/placeholder64.png",
    128: "images/placeholder128.png",
    256: "images/placeholder256.png",
}

AUTHENTICATION_BACKENDS = [
    "market.core.auth_backend.JSONWebTokenBackend",
    "market.core.auth_backend.PluginBackend",
]

# Expired tokens are kept for a while, since the storefront renews them late.
EXPIRED_CHECKOUTS_TIMEDELTA = timedelta(days=int(os.environ.get("EXPIRED_CHECKOUTS_DAYS", 1)))

# Celery
CELERY_TIMEZONE = TIME_ZONE
CELERY_BROKER_URL = (
    os.environ.get("CELERY_BROKER_URL", os.environ.get("CLOUDAMQP_URL")) or ""
)
CELERY_TASK_ALWAYS_EAGER = not CELERY_BROKER_URL
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = "json"
CELERY_RESULT_SERIALIZER = "json"
CELERY_RESULT_BACKEND = os.environ.get("CELERY_RESULT_BACKEND", None)
CELERY_TASK_ROUTES = {
    "market.plugins.webhook.tasks.*": {"queue": os.environ.get("WEBHOOK_QUEUE")},
}
CELERY_BEAT_SCHEDULE = {
    "delete-empty-allocations": {
        "task": "market.warehouse.tasks.delete_empty_allocations_task",
        "schedule": timedelta(days=1),
    },
    "delete-expired-reservations": {
        "task": "market.warehouse.tasks.delete_expired_reservations_task",
        "schedule": crontab(hour=0, minute=0),
    },
    "update-products-search-vectors": {
        "task": "market.product.tasks.update_products_search_vector_task",
        "schedule": timedelta(seconds=20),
        "options": {"expires": 20},
    },
}

# Channels and caches share one Redis; self-signed certificates are the rule there.
REDIS_URL = get_url_from_env("REDIS_URL", schemes=["redis", "rediss"])
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}
if REDIS_URL is not None:
    parts = urlparse(REDIS_URL)
    options = {"ssl_cert_reqs": None} if parts.scheme == "rediss" else {}
    CACHES["default"] = {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": urlunparse(parts._replace(path="/1")),
        "OPTIONS": options,
    }
    CHANNEL_LAYERS = {
        "default": {
            "BACKEND": "channels_redis.core.RedisChannelLayer",
            "CONFIG": {
                "hosts": [{"address": REDIS_URL, **options}],
                "capacity": 1500, "expiry": 10,
            },
        },
    }

# Sentry
SENTRY_DSN = os.environ.get("SENTRY_DSN")
if SENTRY_DSN:
    sentry_sdk.init(SENTRY_DSN, integrations=[CeleryIntegration(), DjangoIntegration()])

BUILTIN_PLUGINS = ["market.plugins.avatax.plugin.AvataxPlugin", "market.payment.gateways.dummy.plugin.DummyPlugin"]
EXTERNAL_PLUGINS = json.loads(os.environ.get("EXTERNAL_PLUGINS", "[]"))
PLUGINS = BUILTIN_PLUGINS + [name for name in EXTERNAL_PLUGINS if re.fullmatch(r"[\w.]+", name)]

JWT_TTL_ACCESS = timedelta(minutes=5)
JWT_TTL_REFRESH = timedelta(days=30)

DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
