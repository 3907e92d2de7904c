"""What goes wrong, how it is brought about, and which groups the log must be recognised as."""
DAPHNE = "daphne -b 127.0.0.1 -p $PORT "
UVICORN = "uvicorn --host 127.0.0.1 --port $PORT "
HYPERCORN = "hypercorn -b 127.0.0.1:$PORT --access-logfile - --error-logfile - "
GRANIAN = "granian --interface asgi --host 127.0.0.1 --port $PORT "
GUNICORN = "gunicorn -b 127.0.0.1:$PORT "
UVICORN_WORKER = "-k ${WORKER:-uvicorn_worker.UvicornWorker} "
APP = "mysite.asgi:application"
LOOPBACK = "server/loopback"
INMEMORY = '{"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}'
SETTINGS = "mysite/settings.py"
ASGI = "mysite/asgi.py"
QUIET_LOG = (
    '"root": {"handlers": ["console"], "level": "INFO"}',
    '"root": {"handlers": ["console"], "level": "WARNING"}',
)

scenarios = []


def s(name, program, command, expected=(), *, files=None, env=None, client=(), needs=(), without=(), settle=1.0, servers=()):
    """`expected` are the groups of the log; loopback is added for every server that starts, as all of them bind 127.0.0.1."""
    scenarios.append(
        {
            "name": name, "program": program, "command": f"exec {command}" if " " in command and ";" not in command else command,
            "expected": sorted(expected), "files": files or {}, "env": env or {}, "client": list(client),
            "needs": [program.split()[0], *needs] if program.split()[0] in SERVERS else list(needs),
            "without": list(without),
            # The websockets library complains of a client that does not wait for the end of the closing handshake.
            "noise": ["asgi/client-gone"] if "uvicorn" in program and "asgi/client-gone" not in expected else [], "settle": settle, "servers": list(servers),
        }
    )


SERVERS = ("daphne", "uvicorn", "hypercorn", "granian", "gunicorn", "channels", "django", "redis", "channels-redis")


def layer(config):
    return {SETTINGS: (INMEMORY, f'{{"default": {config}}}')}


def redis_layer(host, more=""):
    return layer(f'{{"BACKEND": "channels_redis.core.RedisChannelLayer", "CONFIG": {{"hosts": [{host}]{more}}}}}')


def ws(path, *frames, hold=0.7, **headers):
    return ("ws", path, list(frames), hold, {k.replace("_", "-"): v for k, v in headers.items()})


def http(path, **headers):
    return ("http", path, {k.replace("_", "-"): v for k, v in headers.items()})


# Start lines, and sockets that are served, refused and unknown.
talk = [http("/"), ws("/ws/chat/", "group"), ws("/ws/reject/"), ws("/ws/nowhere/"), ws("/ws/chat/", Origin="https://evil.example.org")]
rejected = ["asgi/rejected", "asgi/no-route"]
s("daphne-serves", "daphne channels", DAPHNE + APP, [LOOPBACK, *rejected], client=talk, servers=["daphne"])
s("uvicorn-serves", "uvicorn channels", UVICORN + APP, [LOOPBACK, *rejected, "asgi/lifespan"], client=talk, servers=["uvicorn"])
s("uvicorn-wsproto-serves", "uvicorn channels wsproto", UVICORN + "--ws wsproto " + APP, [LOOPBACK, *rejected, "asgi/lifespan"], client=talk, servers=["uvicorn"], needs=["wsproto", "granian"])
s("uvicorn-sansio-serves", "uvicorn channels websockets", UVICORN + "--ws websockets-sansio " + APP, [LOOPBACK, *rejected, "asgi/lifespan"], client=talk, servers=["uvicorn"], needs=["uvicorn-worker"])
s("gunicorn-uvicorn-serves", "gunicorn uvicorn channels", GUNICORN + UVICORN_WORKER + APP, [LOOPBACK, *rejected, "asgi/lifespan"], client=talk, servers=["gunicorn"], needs=["uvicorn-worker"])
s("gunicorn-uvicorn-workers-serves", "gunicorn uvicorn channels", GUNICORN + "-k uvicorn.workers.UvicornWorker " + APP, [LOOPBACK, *rejected, "asgi/lifespan"], client=talk, servers=["gunicorn"], without=["uvicorn-worker"])
s("hypercorn-serves", "hypercorn channels", HYPERCORN + APP, [LOOPBACK, "asgi/no-route"], client=talk, servers=["hypercorn"], needs=["granian"])
s("hypercorn-old-serves", "hypercorn channels", HYPERCORN + APP, [LOOPBACK, "asgi/no-route", "asgi/lifespan"], client=talk, servers=["hypercorn"], without=["granian"])
s("granian-serves", "granian channels", GRANIAN + "--access-log " + APP, [LOOPBACK, "asgi/no-route"], client=talk, servers=["granian"], settle=2)
s("runserver-serves", "django", "python manage.py runserver --noreload 127.0.0.1:$PORT", ["server/development"], client=[http("/")], servers=["runserver"], files={ASGI: None, SETTINGS: ('    "channels",\n', "")})
s("daphne-runserver-serves", "daphne channels django", "python manage.py runserver --noreload 127.0.0.1:$PORT", ["server/development", LOOPBACK, *rejected], client=talk, servers=["runserver", "daphne"], files={SETTINGS: ('    "channels",\n', '    "daphne",\n    "channels",\n')}, needs=["granian"])
s("channels3-runserver-serves", "channels daphne django", "python manage.py runserver --noreload 127.0.0.1:$PORT", ["server/development", LOOPBACK, *rejected], client=talk, servers=["runserver", "daphne"], without=["granian"])
s("gunicorn-wsgi", "gunicorn django", GUNICORN + "mysite.wsgi:application", [LOOPBACK, "server/wsgi"], client=[http("/"), ws("/ws/chat/")], servers=["gunicorn"])
s("gunicorn-wsgi-asgi", "gunicorn channels", GUNICORN + APP, [LOOPBACK, "server/wsgi", "asgi/wsgi-worker"], client=[http("/")], servers=["gunicorn"])
s("gunicorn-wsgi-asgi-plain", "gunicorn django", GUNICORN + APP, [LOOPBACK, "server/wsgi", "asgi/wsgi-worker"], client=[http("/")], servers=["gunicorn"], files={ASGI: "import os\nfrom django.core.asgi import get_asgi_application\napplication = get_asgi_application()\n"})

# Arguments.
for program, command in (("daphne", DAPHNE), ("uvicorn", UVICORN), ("hypercorn", HYPERCORN), ("granian", GRANIAN), ("gunicorn", GUNICORN)):
    s(f"{program}-unknown-flag", program, command + "--nowhere 1 " + APP, ["boot/server-arguments"])
    early = {"gunicorn": ["boot/worker", LOOPBACK, "server/wsgi"], "granian": [LOOPBACK]}.get(program, [])
    listening = [program] if early else []
    s(f"{program}-no-module", program, command + "mysite.nowhere:application", ["boot/target" if program in ("uvicorn", "hypercorn") else "boot/import", *early], servers=listening)
    s(f"{program}-no-attribute", program, command + "mysite.asgi:app", ["boot/target", *early], servers=listening)
for program, flags in (("daphne", "-p '$port'"), ("uvicorn", "--port '$port'"), ("granian", "--port '$port'"), ("hypercorn", "-w '$n'"), ("gunicorn", "-w '$n'")):
    s(f"{program}-flag-value", program, f"{program} {flags} {APP}", ["boot/server-arguments"])
s("daphne-empty-port", "daphne", "daphne -b 0.0.0.0 -p -v 2 " + APP, ["boot/server-arguments"])
s("daphne-no-target", "daphne", "daphne -b 0.0.0.0 -p 5000", ["boot/server-arguments"])
s("uvicorn-no-target", "uvicorn", "uvicorn --port 5000", ["boot/server-arguments"])
s("granian-no-target", "granian", "granian --port 5000", ["boot/server-arguments"])
s("gunicorn-no-target", "gunicorn", "gunicorn -b 127.0.0.1:5000", ["boot/server-arguments"])
s("uvicorn-dots", "uvicorn", UVICORN + "mysite.asgi.application", ["boot/target"])
s("daphne-dots", "daphne", DAPHNE + "mysite.asgi.application", ["boot/target"])
s("gunicorn-no-worker-class", "gunicorn", GUNICORN + "-k nowhere.Worker " + APP, ["boot/import"])
s("runworker-no-channels", "channels", "python manage.py runworker", ["boot/runworker-arguments"])
s("runworker-no-layer", "channels", "python manage.py runworker x", ["layer/missing"], files=layer("{}") | {SETTINGS: (f"CHANNEL_LAYERS = {INMEMORY}\n", "")})
s("manage-unknown-command", "django", "python manage.py runworkers", ["boot/unknown-command"])
s("daphne-address-in-use", "daphne", "daphne -b 127.0.0.1 -p 6400 " + APP, ["boot/address-in-use"], servers=["daphne"])
s("uvicorn-address-in-use", "uvicorn", "uvicorn --host 127.0.0.1 --port 6400 " + APP, ["boot/address-in-use", "asgi/lifespan"])
s("gunicorn-address-in-use", "gunicorn", "gunicorn -b 127.0.0.1:6400 mysite.wsgi", ["boot/address-in-use"])
s("hypercorn-address-in-use", "hypercorn", "hypercorn -b 127.0.0.1:6400 " + APP, ["boot/address-in-use"], needs=["granian"])

# Boot.
s("command-not-found", "bash", "true; dpahne -p 1 x:y", ["boot/command-not-found"])
s("no-such-file", "bash", "true; ./start.sh", ["boot/no-such-file"])
s("no-such-folder", "bash", "cd backend; true", ["boot/no-such-file"])
s("not-executable", "bash", "true; ./manage.py runserver", ["boot/permission"])
s("manage-missing", "python", "python manage.py migrate", ["boot/no-such-file"], files={"manage.py": None})
s("sh-command-not-found", "dash", "sh -c 'true; dpahne -p 1 x:y'", ["boot/command-not-found"])
for program, command in (("daphne", DAPHNE), ("uvicorn", UVICORN), ("gunicorn", GUNICORN + UVICORN_WORKER)):
    needs = ["uvicorn-worker"] if program == "gunicorn" else []
    worker = ["boot/worker", LOOPBACK] if program == "gunicorn" else []
    listening = ["gunicorn"] if program == "gunicorn" else []
    s(f"{program}-missing-package", program, command + APP, ["boot/import", *worker], needs=needs, servers=listening, files={SETTINGS: ("import os\n", "import os\nimport environ_nowhere\n")})
    s(f"{program}-import-order", program, command + APP, ["boot/apps-not-ready", *worker], needs=needs, servers=listening, files={ASGI: ("django_application = get_asgi_application()\n", "from chat.models import Thing\ndjango_application = get_asgi_application()\n")})
    s(f"{program}-import-order-user", program, command + APP, ["boot/apps-not-ready", *worker], needs=needs, servers=listening, files={ASGI: ("django_application = get_asgi_application()\n", "from django.contrib.auth.models import User\ndjango_application = get_asgi_application()\n")})
    s(f"{program}-settings-missing", program, command + APP, ["boot/settings-not-configured", *worker], needs=needs, servers=listening, env={"DJANGO_SETTINGS_MODULE": None}, files={ASGI: ('os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mysite.settings")\n', "")})
    s(f"{program}-variable-missing", program, command + APP, ["boot/variable-missing", *worker], needs=needs, servers=listening, files={SETTINGS: ("import os\n", 'import os\nX = os.environ["REDIS_URL"]\n')})
    s(f"{program}-settings-module", program, command + APP, ["boot/import", *worker], needs=needs, servers=listening, env={"DJANGO_SETTINGS_MODULE": "mysite.settings.production"})
s("decouple-variable-missing", "python-decouple daphne", DAPHNE + APP, ["boot/variable-missing"], needs=["python-decouple"], files={SETTINGS: ("import os\n", 'import os\nfrom decouple import config\nX = config("REDIS_URL")\n')})
s("environ-variable-missing", "django-environ daphne", DAPHNE + APP, ["boot/variable-missing"], needs=["django-environ"], files={SETTINGS: ("import os\n", 'import os\nimport environ\nX = environ.Env()("REDIS_URL")\n')})
s("getenv-none", "python", DAPHNE + APP, ["exception/AttributeError"], needs=["daphne"], files={SETTINGS: ("import os\n", 'import os\nX = os.getenv("REDIS_URL").split(",")\n')})
s("secret-key-empty", "django", "python manage.py shell -c 'from django.conf import settings; settings.SECRET_KEY'", ["boot/secret-key"], env={"SECRET_KEY": ""})
s("hosts-type", "django", "python manage.py check", ["boot/hosts-type"], needs=["granian"], files={SETTINGS: ('["127.0.0.1"]', '"127.0.0.1"')})
s("csrf-scheme", "django", "python manage.py check", ["boot/csrf-scheme"], needs=["granian"], files={SETTINGS: ("STATIC_URL", 'CSRF_TRUSTED_ORIGINS = ["shop.example.org"]\nSTATIC_URL')})
s("daphne-order", "daphne django", "python manage.py check", ["boot/daphne-order"], needs=["granian"], files={SETTINGS: ('    "channels",\n', '    "django.contrib.staticfiles",\n    "daphne",\n    "channels",\n')})
s("asgi-application-colon-3", "channels daphne", "python manage.py runserver --noreload 127.0.0.1:$PORT", ["asgi/application-setting", "server/development"], servers=["runserver"], without=["granian"], files={SETTINGS: ('ASGI_APPLICATION = "mysite.asgi.application"\n', 'ASGI_APPLICATION = "mysite.asgi:application"\n')})
s("asgi-application-unset-3", "channels daphne", "python manage.py runserver --noreload 127.0.0.1:$PORT", ["asgi/application-setting"], without=["granian"], files={SETTINGS: ('ASGI_APPLICATION = "mysite.asgi.application"\n', "")})
s("include-in-router", "channels daphne", DAPHNE + APP, ["asgi/include"], files={"chat/routing.py": "from django.urls import include, path\n\nwebsocket_urlpatterns = [path('ws/', include('chat.urls'))]\n", "chat/urls.py": "urlpatterns = []\n"})
s("legacy-as-asgi", "channels daphne", DAPHNE + APP, [LOOPBACK, "asgi/as-asgi"], files={"chat/routing.py": ("Probe.as_asgi()", "Probe")}, client=[ws("/ws/chat/")], servers=["daphne"], without=["granian"])
s("as-asgi", "channels daphne", DAPHNE + APP, [LOOPBACK, "asgi/as-asgi"], files={"chat/routing.py": ("Probe.as_asgi()", "Probe")}, client=[ws("/ws/chat/")], servers=["daphne"], needs=["granian"])
s("as-asgi-uvicorn", "channels uvicorn", UVICORN + APP, [LOOPBACK, "asgi/as-asgi", "asgi/lifespan"], files={"chat/routing.py": ("Probe.as_asgi()", "Probe")}, client=[ws("/ws/chat/")], servers=["uvicorn"], needs=["granian"])
s("legacy-import", "channels daphne", DAPHNE + APP, ["boot/import"], needs=["granian"], files={ASGI: ("from channels.security", "from channels.http import AsgiHandler\nfrom channels.security")})
s("import-name", "django daphne", DAPHNE + APP, ["boot/import-name"], needs=["granian"], files={"chat/routing.py": ("from django.urls import path\n", "from django.conf.urls import url\nfrom django.urls import path\n")})
s("no-http", "channels daphne", DAPHNE + APP, [LOOPBACK, "asgi/no-http"], needs=["granian"], files={ASGI: ('"http": django_application,', "")}, client=[http("/")], servers=["daphne"])
s("no-http-uvicorn", "channels uvicorn", UVICORN + APP, [LOOPBACK, "asgi/no-http", "asgi/lifespan"], needs=["granian"], files={ASGI: ('"http": django_application,', "")}, client=[http("/")], servers=["uvicorn"])
for program, command in (("daphne", DAPHNE), ("uvicorn", UVICORN), ("hypercorn", HYPERCORN), ("hypercorn-old", HYPERCORN), ("granian", GRANIAN)):
    more = ["asgi/lifespan"] if program in ("uvicorn", "hypercorn-old") else []
    needs = {"hypercorn": ["granian"]}.get(program, [])
    without = {"hypercorn-old": ["granian"]}.get(program, [])
    server = program.split("-")[0]
    s(f"{program}-no-websocket", f"{server} channels", command + APP, [LOOPBACK, "asgi/no-websocket", *more], files={ASGI: ('"websocket": AllowedHostsOriginValidator(URLRouter(websocket_urlpatterns)),', "")}, client=[ws("/ws/chat/")], servers=[server], needs=needs, without=without)
    s(f"{program}-plain-django", f"{server} django", command + APP, [LOOPBACK, "asgi/no-websocket", *more], files={ASGI: "from django.core.asgi import get_asgi_application\napplication = get_asgi_application()\n"}, client=[ws("/ws/chat/")], servers=[server], needs=needs, without=without)

s("uvicorn-client-gone", "uvicorn websockets channels", UVICORN + APP, [LOOPBACK, "asgi/lifespan", "asgi/client-gone", "asgi/no-handler"], client=[ws("/ws/chat/", "handler", "abrupt")], servers=["uvicorn"], without=["granian"])

# Messages.
for frame, expected in (
    ("handler", "asgi/no-handler"), ("name", "asgi/name"), ("channel", "asgi/name"), ("forget", "asgi/not-awaited"), ("orm", "asgi/sync-only"),
    ("full", "asgi/over-capacity"), ("key", "exception/KeyError"),
):
    # daphne swallows every Python warning: it lets Twisted take warnings.showwarning over, and drops what Twisted logs.
    seen = [] if frame == "forget" else [expected]
    s(f"daphne-message-{frame}", "daphne channels", DAPHNE + APP, [LOOPBACK, *seen], client=[ws("/ws/chat/", frame)], servers=["daphne"])
    s(f"uvicorn-message-{frame}", "uvicorn channels", UVICORN + APP, [LOOPBACK, expected, "asgi/lifespan"], client=[ws("/ws/chat/", frame)], servers=["uvicorn"])
for program, command in (("hypercorn", HYPERCORN), ("granian", GRANIAN)):
    needs = ["granian"]
    s(f"{program}-message-handler", f"{program} channels", command + APP, [LOOPBACK, "asgi/no-handler"], client=[ws("/ws/chat/", "handler")], servers=[program], needs=needs)
    s(f"{program}-message-key", f"{program} channels", command + APP, [LOOPBACK, "exception/KeyError"], client=[ws("/ws/chat/", "key")], servers=[program], needs=needs)
s("daphne-message-layer", "daphne channels", DAPHNE + APP, [LOOPBACK, "layer/missing"], files=layer("{}") | {SETTINGS: (f"CHANNEL_LAYERS = {INMEMORY}\n", "")}, client=[ws("/ws/chat/", "layer")], servers=["daphne"])
s("daphne-message-group-no-layer", "daphne channels", DAPHNE + APP, [LOOPBACK, "layer/missing"], files={SETTINGS: (f"CHANNEL_LAYERS = {INMEMORY}\n", "")}, client=[ws("/ws/chat/", "group")], servers=["daphne"])
s("daphne-groups-no-layer", "daphne channels", DAPHNE + APP, [LOOPBACK, "layer/missing"], files={SETTINGS: (f"CHANNEL_LAYERS = {INMEMORY}\n", ""), "chat/consumers.py": ("class Probe(AsyncWebsocketConsumer):\n", "class Probe(AsyncWebsocketConsumer):\n    groups = ['news']\n\n")}, client=[ws("/ws/chat/")], servers=["daphne"])
s("daphne-handshake-timeout", "daphne channels", DAPHNE + "--websocket_connect_timeout 1 " + APP, [LOOPBACK], client=[ws("/ws/hang/", hold=3)], settle=3, servers=["daphne"])
s("daphne-slow-shutdown", "daphne channels", DAPHNE + "--application-close-timeout 1 " + APP, [LOOPBACK, "asgi/slow-shutdown"], client=[ws("/ws/chat/", "wait"), ("sleep", 4)], settle=3, servers=["daphne"])
s("gunicorn-worker-timeout", "gunicorn", GUNICORN + "--timeout 1 mysite.wsgi:application", [LOOPBACK, "server/wsgi", "boot/worker-timeout"], files={"mysite/urls.py": ('lambda request: HttpResponse("ok")', 'lambda request: __import__("time").sleep(4)')}, client=[http("/")], servers=["gunicorn"])

# The channel layer and Redis.
s("layer-backend-missing", "channels daphne", DAPHNE + APP, [LOOPBACK, "layer/backend-import"], files=layer('{"BACKEND": "channels_nowhere.core.RedisChannelLayer"}'), client=[ws("/ws/chat/", "group")], servers=["daphne"])
s("layer-no-backend", "channels daphne", DAPHNE + APP, [LOOPBACK, "layer/no-backend"], files=layer('{"CONFIG": {}}'), client=[ws("/ws/chat/", "group")], servers=["daphne"])
s("layer-routing", "channels daphne", DAPHNE + APP, [LOOPBACK, "layer/hosts"], files=layer('{"BACKEND": "channels.layers.InMemoryChannelLayer", "ROUTING": "x"}'), client=[ws("/ws/chat/", "group")], servers=["daphne"])
s("layer-hosts-text", "channels-redis daphne", DAPHNE + APP, [LOOPBACK, "layer/hosts"], files=layer('{"BACKEND": "channels_redis.core.RedisChannelLayer", "CONFIG": {"hosts": "redis://127.0.0.1:6400"}}'), client=[ws("/ws/chat/", "group")], servers=["daphne"])
s("layer-keyword", "channels-redis daphne", DAPHNE + APP, [LOOPBACK, "layer/keyword"], files=redis_layer('"redis://127.0.0.1:6400"', ', "auth_password": "x"'), client=[ws("/ws/chat/", "group")], servers=["daphne"])
s("layer-ssl-option", "channels-redis redis daphne", DAPHNE + APP, [LOOPBACK, "layer/keyword"], needs=["granian"], files=redis_layer('{"address": "redis://127.0.0.1:6400", "ssl_cert_reqs": None}'), client=[ws("/ws/chat/", "group")], servers=["daphne"])
s("redis-local", "channels-redis redis daphne", DAPHNE + APP, [LOOPBACK, "redis/local"], files=redis_layer('"redis://localhost:6379"'), client=[ws("/ws/chat/", "group")], servers=["daphne"])
s("redis-local-uvloop-aioredis", "channels-redis redis uvicorn", UVICORN + APP, [LOOPBACK, "redis/refused", "asgi/lifespan"], without=["granian"], files=redis_layer('("127.0.0.1", 6379)'), client=[ws("/ws/chat/", "group")], servers=["uvicorn"])
s("redis-local-ip", "channels-redis redis uvicorn", UVICORN + APP, [LOOPBACK, "redis/local", "asgi/lifespan"], files=redis_layer('("127.0.0.1", 6379)'), client=[ws("/ws/chat/", "group")], servers=["uvicorn"], needs=["granian"])
s("redis-pubsub-local", "channels-redis redis daphne", DAPHNE + APP, [LOOPBACK, "redis/local"], needs=["granian"], files=layer('{"BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer", "CONFIG": {"hosts": ["redis://127.0.0.1:6379"]}}'), client=[ws("/ws/chat/", "group")], servers=["daphne"])
s("redis-unknown-host", "channels-redis redis daphne", DAPHNE + APP, [LOOPBACK, "redis/unknown-host"], files=redis_layer('"redis://redis:6379"'), client=[ws("/ws/chat/", "group")], servers=["daphne"])
s("redis-certificate", "channels-redis redis daphne", DAPHNE + APP, [LOOPBACK, "redis/certificate"], files=redis_layer('"rediss://localhost:6402"'), client=[ws("/ws/chat/", "group")], servers=["daphne"])
s("redis-certificate-uvicorn", "channels-redis redis uvicorn", UVICORN + APP, [LOOPBACK, "redis/certificate", "asgi/lifespan"], files=redis_layer('"rediss://localhost:6402"'), client=[ws("/ws/chat/", "group")], servers=["uvicorn"])
s("redis-certificate-pubsub", "channels-redis redis daphne", DAPHNE + APP, [LOOPBACK, "redis/certificate"], needs=["granian"], files=layer('{"BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer", "CONFIG": {"hosts": ["rediss://localhost:6402"]}}'), client=[ws("/ws/chat/", "group")], servers=["daphne"])
s("redis-certificate-option", "channels-redis redis daphne", DAPHNE + APP, [LOOPBACK, "redis/certificate-option"], files=redis_layer('"rediss://localhost:6402?ssl_cert_reqs=CERT_NONE"'), client=[ws("/ws/chat/", "group")], servers=["daphne"], needs=["granian"])
s("redis-plain-for-tls", "channels-redis redis daphne", DAPHNE + APP, [LOOPBACK, "redis/closed"], files=redis_layer('"redis://localhost:6402"'), client=[ws("/ws/chat/", "group")], servers=["daphne"])
s("redis-no-password", "channels-redis redis daphne", DAPHNE + APP, [LOOPBACK, "redis/password"], files=redis_layer('"redis://127.0.0.1:6401"'), client=[ws("/ws/chat/", "group")], servers=["daphne"])
s("redis-wrong-password", "channels-redis redis daphne", DAPHNE + APP, [LOOPBACK, "redis/password"], files=redis_layer('"redis://:wrong@127.0.0.1:6401"'), client=[ws("/ws/chat/", "group")], servers=["daphne"])
s("redis-clients", "channels-redis redis daphne", DAPHNE + APP, [LOOPBACK, "redis/clients"], files=redis_layer('"redis://127.0.0.1:6403"'), client=[ws("/ws/chat/", "group"), ws("/ws/chat/", "group")], servers=["daphne"])
s("redis-memory", "channels-redis redis daphne", DAPHNE + APP, [LOOPBACK, "redis/memory"], files=redis_layer('"redis://127.0.0.1:6404"'), client=[ws("/ws/chat/", "group")], servers=["daphne"])
s("redis-group-full", "channels-redis daphne", DAPHNE + APP, [LOOPBACK, "asgi/over-capacity"], files=redis_layer('"redis://127.0.0.1:6400"'), client=[ws("/ws/chat/", "fullgroup")], settle=2, servers=["daphne"])
s("redis-read-timeout", "channels-redis redis daphne", DAPHNE + APP, [LOOPBACK, "redis/read-timeout"], needs=["granian"], files=redis_layer('"redis://127.0.0.1:6400"'), client=[ws("/ws/chat/", "exit", hold=8)], servers=["daphne"])
s("redis-client-sync", "redis", 'python -c "import redis; redis.from_url(\'rediss://localhost:6402\').ping()"', ["redis/certificate"])
s("redis-client-sync-local", "redis", 'python -c "import redis; redis.Redis().ping()"', ["redis/local"])

# Django at run time.
s("disallowed-host", "django daphne", DAPHNE + APP, [LOOPBACK, "django/host"], client=[http("/", Host="shop-1a2b3c4d5e6f.herokuapp.com")], servers=["daphne"])
s("disallowed-host-uvicorn", "django uvicorn", UVICORN + APP, [LOOPBACK, "django/host", "asgi/lifespan"], client=[http("/", Host="shop-1a2b3c4d5e6f.herokuapp.com")], servers=["uvicorn"])
s("csrf-origin", "django daphne", DAPHNE + APP, [LOOPBACK, "django/csrf-origin"], client=[http("/", Method="POST", Origin="https://shop.example.org", Content_Length="0")], servers=["daphne"], needs=["granian"])
s("no-such-table", "django daphne", DAPHNE + APP, [LOOPBACK, "database/sqlite"], client=[http("/things/")], servers=["daphne"])
s("manifest", "django daphne", DAPHNE + APP, [LOOPBACK, "django/manifest"], client=[http("/static/")], servers=["daphne"], files={SETTINGS: ("STATIC_URL = ", 'INSTALLED_APPS += ["django.contrib.staticfiles"]\nSTORAGES = {"default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}}\nSTATIC_ROOT = "staticfiles"\nSTATIC_URL = ')}, needs=["granian"])
s("database-local", "django daphne", DAPHNE + APP, [LOOPBACK, "database/local"], client=[http("/things/")], servers=["daphne"], files={SETTINGS: ('{"ENGINE": "django.db.backends.sqlite3", "NAME": "db.sqlite3"}', '{"ENGINE": "django.db.backends.postgresql", "NAME": "x", "HOST": "localhost"}')})
s("database-socket", "django daphne", DAPHNE + APP, [LOOPBACK, "database/local"], client=[http("/things/")], servers=["daphne"], files={SETTINGS: ('{"ENGINE": "django.db.backends.sqlite3", "NAME": "db.sqlite3"}', '{"ENGINE": "django.db.backends.postgresql", "NAME": "x"}')})
s("database-unknown-host", "django daphne", DAPHNE + APP, [LOOPBACK, "database/unknown-host"], client=[http("/things/")], servers=["daphne"], files={SETTINGS: ('{"ENGINE": "django.db.backends.sqlite3", "NAME": "db.sqlite3"}', '{"ENGINE": "django.db.backends.postgresql", "NAME": "x", "HOST": "db"}')})
s("sslmode", "django", "python manage.py migrate", ["database/sslmode"], files={SETTINGS: ('"NAME": "db.sqlite3"', '"NAME": "db.sqlite3", "OPTIONS": {"sslmode": "require"}')})
s("collectstatic-no-root", "django", "python manage.py collectstatic --noinput", ["django/static-root"], files={"chat/static/chat/x.css": "a {}\n", SETTINGS: ('    "channels",\n', '    "channels",\n    "django.contrib.staticfiles",\n')})
s("uvicorn-no-websocket-library", "uvicorn", UVICORN + "--ws none " + APP, [LOOPBACK, "asgi/lifespan", "boot/websocket-library"], client=[ws("/ws/chat/")], servers=["uvicorn"])
s("tls-other", "python", 'python -c "import ssl, socket; ssl.create_default_context().wrap_socket(socket.create_connection((\'localhost\', 6402)), server_hostname=\'localhost\')"', ["tls/certificate"])
