/** One or more lines of the app's output for each error of the table, as the programs of today write them. */
export const examples: Readonly<Record<string, readonly string[]>> = {
  'layer/missing': [
    "AttributeError: 'NoneType' object has no attribute 'group_add'",
    "channels.exceptions.InvalidChannelLayerError: BACKEND is unconfigured or doesn't support groups",
    'CommandError: You do not have any CHANNEL_LAYERS configured.',
  ],
  'layer/backend-import': [
    "channels.exceptions.InvalidChannelLayerError: Cannot import BACKEND 'channels_redis.core.RedisChannelLayer' specified for default",
  ],
  'layer/no-backend': ['channels.exceptions.InvalidChannelLayerError: No BACKEND specified for default'],
  'layer/hosts': [
    'ValueError: You must pass a list of Redis hosts, even if there is only one.',
    'channels.exceptions.InvalidChannelLayerError: ROUTING key found for default - this is no longer needed in Channels 2.',
  ],
  'layer/keyword': [
    "TypeError: RedisChannelLayer.__init__() got an unexpected keyword argument 'auth_password'",
    "TypeError: AbstractConnection.__init__() got an unexpected keyword argument 'ssl_cert_reqs'",
  ],
  'redis/certificate-option': [
    'redis.exceptions.RedisError: Invalid SSL Certificate Requirements Flag: CERT_NONE',
    "AttributeError: 'RedisSSLContext' object has no attribute 'cert_reqs'",
  ],
  'redis/check-hostname': ['ValueError: Cannot set verify_mode to CERT_NONE when check_hostname is enabled.'],
  'redis/certificate': [
    'redis.exceptions.ConnectionError: Error 1 connecting to ec2-1-2-3-4.compute-1.amazonaws.com:19000. [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self-signed certificate in certificate chain (_ssl.c:1000).',
    'redis.exceptions.ConnectionError: Error 1 connecting to ec2-1-2-3-4.compute-1.amazonaws.com:19000. 1.',
  ],
  'redis/local': [
    'redis.exceptions.ConnectionError: Error 111 connecting to localhost:6379. Connection refused.',
    "ConnectionRefusedError: [Errno 111] Connect call failed ('127.0.0.1', 6379)",
  ],
  'redis/unknown-host': [
    'redis.exceptions.ConnectionError: Error -2 connecting to redis:6379. Name or service not known.',
  ],
  'redis/refused': [
    'redis.exceptions.ConnectionError: Error 111 connecting to ec2-1-2-3-4.compute-1.amazonaws.com:19000. Connection refused.',
  ],
  'redis/read-timeout': [
    'redis.exceptions.TimeoutError: Timeout reading from ec2-1-2-3-4.compute-1.amazonaws.com:19000',
  ],
  'redis/clients': ['redis.exceptions.ConnectionError: max number of clients reached'],
  'redis/memory': ["redis.exceptions.OutOfMemoryError: OOM command not allowed when used memory > 'maxmemory'."],
  'redis/password': [
    'redis.exceptions.AuthenticationError: WRONGPASS invalid username-password pair or user is disabled.',
    'redis.exceptions.AuthenticationError: Authentication required.',
  ],
  'redis/old-server': ["redis.exceptions.ResponseError: unknown command 'BZPOPMIN'"],
  'redis/closed': [
    'aioredis.errors.ConnectionClosedError: Reader at end of file',
    'redis.exceptions.ConnectionError: Connection closed by server.',
  ],
  'asgi/no-route': [
    "2026-11-22 10:00:00,001 ERROR    Exception inside application: No route found for path 'ws/chat'.",
  ],
  'asgi/no-http': ["ValueError: No application configured for scope type 'http'"],
  'asgi/no-websocket': [
    "ValueError: No application configured for scope type 'websocket'",
    'ValueError: Django can only handle ASGI/HTTP connections, not websocket.',
  ],
  'asgi/no-channel': ["ValueError: No application configured for scope type 'channel'"],
  'asgi/lifespan': ["INFO:     ASGI 'lifespan' protocol appears unsupported."],
  'asgi/wsgi-worker': [
    "TypeError: ProtocolTypeRouter.__call__() missing 1 required positional argument: 'send'",
    "TypeError: ASGIHandler.__call__() missing 1 required positional argument: 'send'",
  ],
  'asgi/as-asgi': [
    "TypeError: object ChatConsumer can't be used in 'await' expression",
    "TypeError: ChatConsumer.__call__() missing 1 required positional argument: 'send'",
  ],
  'asgi/include': [
    "django.core.exceptions.ImproperlyConfigured: <URLResolver 'ws/'>: include() is not supported in URLRouter. Use nested URLRouter instances instead.",
  ],
  'asgi/no-handler': ['ValueError: No handler for message type chat.massage'],
  'asgi/name': [
    'TypeError: Group name must be a valid unicode string with length < 100 containing only ASCII alphanumerics, hyphens, underscores, or periods, not chat_é',
  ],
  'asgi/not-awaited': ["RuntimeWarning: coroutine 'RedisChannelLayer.group_send' was never awaited"],
  'asgi/sync-only': [
    'django.core.exceptions.SynchronousOnlyOperation: You cannot call this from an async context - use a thread or sync_to_async.',
  ],
  'asgi/handshake-timeout': [
    'WARNING  dropping connection to peer tcp4:10.1.2.3:1234 with abort=True: WebSocket opening handshake timeout (peer did not finish the opening handshake in time)',
  ],
  'asgi/slow-shutdown': [
    "WARNING  Application instance <Task pending name='Task-9' coro=<ProtocolTypeRouter.__call__()>> for connection <WebSocketProtocol client=['10.1.2.3', 1] path=b'/ws/'> took too long to shut down and was killed.",
  ],
  'asgi/client-gone': ['websockets.exceptions.ConnectionClosedError: sent 1000 (OK); no close frame received'],
  'asgi/over-capacity': ['INFO     1 of 4 channels over capacity in group chat', 'channels.exceptions.ChannelFull'],
  'asgi/rejected': [
    '10.1.2.3:1234 - - [22/Nov/2026:10:00:00] "WSREJECT /ws/chat/" - -',
    'WebSocket REJECT /ws/chat/ [10.1.2.3:1234]',
    'INFO:     10.1.2.3:0 - "WebSocket /ws/chat/" 403',
  ],
  'asgi/application-setting': [
    "django.core.exceptions.ImproperlyConfigured: Cannot import ASGI_APPLICATION module 'mysite.asgi'",
    "django.core.exceptions.ImproperlyConfigured: Cannot find 'asgi:application' in ASGI_APPLICATION module mysite",
    'django.core.exceptions.ImproperlyConfigured: Cannot find ASGI_APPLICATION setting.',
    'CommandError: You have not set ASGI_APPLICATION, which is needed to run the server.',
  ],
  'boot/command-not-found': ['bash: line 1: daphne: command not found', 'sh: 1: daphne: not found'],
  'boot/no-such-file': [
    'bash: line 1: cd: backend: No such file or directory',
    "python: can't open file '/app/manage.py': [Errno 2] No such file or directory",
  ],
  'boot/server-arguments': [
    'daphne: error: unrecognized arguments: --workers',
    "daphne: error: argument -p/--port: invalid int value: '$port'",
    'Error: No such option: --prot',
  ],
  'boot/permission': ['bash: line 1: ./start.sh: Permission denied'],
  'boot/unknown-command': ["Unknown command: 'runworker'"],
  'boot/runworker-arguments': ['manage.py runworker: error: the following arguments are required: channels'],
  'boot/target': [
    'ERROR:    Error loading ASGI app. Could not import module "mysite.asgi".',
    'ERROR:    Error loading ASGI app. Attribute "app" not found in module "mysite.asgi".',
    'ERROR:    Error loading ASGI app. Import string "mysite.asgi" must be in format "<module>:<attribute>".',
    "Failed to find attribute 'app' in 'mysite.asgi'.",
    "AttributeError: module 'mysite.asgi' has no attribute 'channel_layer'",
  ],
  'boot/worker': [
    '[2026-11-22 10:00:00 +0000] [2] [ERROR] Reason: Worker failed to boot.',
    '[2026-11-22 10:00:00 +0000] [2] [ERROR] Worker (pid:9) exited with code 3',
  ],
  'boot/import': ["ModuleNotFoundError: No module named 'channels_redis'"],
  'boot/import-name': ["ImportError: cannot import name 'AsgiHandler' from 'channels.http' (/app/x.py)"],
  'boot/apps-not-ready': ["django.core.exceptions.AppRegistryNotReady: Apps aren't loaded yet."],
  'boot/settings-not-configured': [
    'django.core.exceptions.ImproperlyConfigured: Requested setting INSTALLED_APPS, but settings are not configured. You must either define the environment variable DJANGO_SETTINGS_MODULE or call settings.configure() before accessing settings.',
  ],
  'boot/variable-missing': [
    'decouple.UndefinedValueError: SECRET_KEY not found. Declare it as envvar or define a default value.',
    'django.core.exceptions.ImproperlyConfigured: Set the DATABASE_URL environment variable',
  ],
  'boot/secret-key': ['django.core.exceptions.ImproperlyConfigured: The SECRET_KEY setting must not be empty.'],
  'boot/hosts-type': [
    'django.core.exceptions.ImproperlyConfigured: The ALLOWED_HOSTS setting must be a list or a tuple.',
  ],
  'boot/daphne-order': ['?: (daphne.E001) Daphne must be listed before django.contrib.staticfiles in INSTALLED_APPS.'],
  'boot/csrf-scheme': [
    '?: (4_0.E001) As of Django 4.0, the values in the CSRF_TRUSTED_ORIGINS setting must start with a scheme (usually http:// or https://) but found x.',
  ],
  'boot/address-in-use': [
    'OSError: [Errno 98] Address already in use',
    "CRITICAL Listen failure: Couldn't listen on 0.0.0.0:8000: [Errno 98] Address already in use.",
  ],
  'boot/websocket-library': [
    "WARNING:  No supported WebSocket library detected. Please use \"pip install 'uvicorn[standard]'\", or install 'websockets' or 'wsproto' manually.",
    'WARNING:  Unsupported upgrade request.',
  ],
  'boot/autobahn': ['RuntimeError: NVX module not found'],
  'boot/worker-timeout': ['[2026-11-22 10:00:00 +0000] [4] [CRITICAL] WORKER TIMEOUT (pid:9)'],
  'django/host': [
    "ERROR Invalid HTTP_HOST header: 'shop-1a2b3c4d5e6f.herokuapp.com'. You may need to add 'shop-1a2b3c4d5e6f.herokuapp.com' to ALLOWED_HOSTS.",
  ],
  'django/csrf-origin': [
    'WARNING Forbidden (Origin checking failed - https://shop.example.org does not match any trusted origins.): /login/',
  ],
  'django/manifest': ["ValueError: Missing staticfiles manifest entry for 'css/site.css'"],
  'django/static-root': [
    "django.core.exceptions.ImproperlyConfigured: You're using the staticfiles app without having set the STATIC_ROOT setting to a filesystem path.",
  ],
  'database/sqlite': ['django.db.utils.OperationalError: no such table: chat_room'],
  'database/relation': ['django.db.utils.ProgrammingError: relation "chat_room" does not exist'],
  'database/connections': [
    'django.db.utils.OperationalError: connection to server at "ec2.example.org" (10.0.0.1), port 5432 failed: FATAL:  too many connections for role "u1"',
  ],
  'database/local': [
    'django.db.utils.OperationalError: connection to server at "localhost" (127.0.0.1), port 5432 failed: Connection refused',
  ],
  'database/unknown-host': [
    'django.db.utils.OperationalError: could not translate host name "db" to address: Name or service not known',
    "django.db.utils.OperationalError: failed to resolve host 'db': [Errno -2] Name or service not known",
  ],
  'database/sslmode': ["TypeError: 'sslmode' is an invalid keyword argument for Connection()"],
  'tls/certificate': [
    'ssl.SSLCertVerificationError: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: unable to get local issuer certificate (_ssl.c:1000)',
  ],
}
