from .starter import *  # noqa: F401,F403
from .starter import INSTALLED_APPS, MIDDLEWARE, env

DEBUG = True
INTERNAL_IPS = ["127.0.0.1", "10.0.2.2"]
ALLOWED_HOSTS = ["*"]

INSTALLED_APPS += ["debug_toolbar", "django_extensions"]
MIDDLEWARE.insert(0, "debug_toolbar.middleware.DebugToolbarMiddleware")


def show_toolbar(request):
    """Only for people who asked for it.

    A query such as `?toolbar=1` is remembered in the session.
    """
    if "toolbar" in request.GET:
        request.session["toolbar"] = request.GET["toolbar"] == "1"
    return request.session.get("toolbar", False)


DEBUG_TOOLBAR_CONFIG = {
    "SHOW_TOOLBAR_CALLBACK": show_toolbar,
    "DISABLE_PANELS": {"debug_toolbar.panels.redirects.RedirectsPanel"},
}

CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "",
    }
}

EMAIL_BACKEND = env("EMAIL_BACKEND", default="django.core.mail.backends.console.EmailBackend")
EMAIL_HOST, EMAIL_PORT = "localhost", 1025

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True

try:
    from .local import *  # type: ignore
except ImportError:
    pass

LOGGING["loggers"]["django.db.backends"] = {
    "level": "DEBUG" if env.bool("LOG_SQL", default=False) else "INFO",
    "handlers": ["console"],
}

if env.bool("USE_DOCKER", default=False):
    import socket

    hostname, _, ips = socket.gethostbyname_ex(socket.gethostname())
    INTERNAL_IPS += [".".join(ip.split(".")[:-1] + ["1"]) for ip in ips]

FIXTURE_DIRS = (str(APPS_DIR / "fixtures"),)
SHELL_PLUS = "ipython"
RUNSERVERPLUS_SERVER_ADDRESS_PORT = "0.0.0.0:8000"
print(f"settings: {__name__}, debug={DEBUG!r}, {len(INSTALLED_APPS)} apps")
