let e;var t=(e??=require("./rolldown-runtime.js")).__exportAll({pages:()=>n});const n={"app/buildpack":{en:`# app/buildpack

app.json names a retired stack, a retired buildpack, or the same buildpack twice; or a process still starts through the retired stunnel buildpack for Redis. With a snapshot of the app, its own stack and buildpacks count.

## Why it breaks

On a stack past its end of life the build is refused: \`The Heroku-20 stack is end-of-life\`. The Python buildpack stops when it runs twice: \`Error: Existing '.heroku/python/' directory found.\` heroku-buildpack-redis wrapped Redis in stunnel before clients spoke TLS; it was retired on 2025-02-07.

## Example

### A retired stack

\`\`\`json file=app.json
{
  "stack": "heroku-20"
}
\`\`\`
\`\`\`findings
app.json:2:13 warning app/buildpack
\`\`\`

### Twice

\`\`\`json file=app.json
{
  "buildpacks": [
    { "url": "heroku/python" },
    { "url": "https://github.com/heroku/heroku-buildpack-python.git" }
  ]
}
\`\`\`
\`\`\`findings
app.json:4:15 warning app/buildpack
\`\`\`

### stunnel

\`\`\`json file=app.json
{
  "buildpacks": [{ "url": "https://github.com/heroku/heroku-buildpack-redis.git" }, { "url": "heroku/python" }]
}
\`\`\`
\`\`\`Procfile file=Procfile
web: bin/start-stunnel daphne -b 0.0.0.0 -p $PORT mysite.asgi:application
\`\`\`
\`\`\`findings
Procfile:1:6 warning app/buildpack
app.json:2:28 warning app/buildpack
\`\`\`

### Stack and buildpacks of the deployed app

\`\`\`json snapshot=dynolint.snapshot.json
{
  "snapshot": 1,
  "stack": "heroku-20",
  "buildpacks": ["heroku/python", "heroku/python"],
  "domains": [{ "name": "chat-1234567890ab.herokuapp.com", "kind": "heroku" }],
  "addons": [
    { "service": "heroku-redis", "plan": "premium-0", "variables": ["REDIS_URL"] },
    { "service": "heroku-postgresql", "plan": "essential-0", "variables": ["DATABASE_URL"] }
  ],
  "dynos": [{ "type": "web", "size": "basic", "up": 1, "down": 0 }],
  "config": {
    "ALLOWED_HOSTS": "hosts:chat-1234567890ab.herokuapp.com",
    "CSRF_TRUSTED_ORIGINS": "hosts:https://chat-1234567890ab.herokuapp.com",
    "DATABASE_URL": "postgres-url",
    "REDIS_URL": "rediss-url",
    "SECRET_KEY": "secret"
  }
}
\`\`\`
\`\`\`findings
dynolint.snapshot.json:3:13 warning app/buildpack
dynolint.snapshot.json:4:36 warning app/buildpack
\`\`\`

## Use instead

\`\`\`json file=app.json
{
  "stack": "heroku-24",
  "buildpacks": [{ "url": "heroku/nodejs" }, { "url": "heroku/python" }]
}
\`\`\`

### The deployed app is built with current ones

\`\`\`json snapshot=dynolint.snapshot.json
{
  "snapshot": 1,
  "stack": "heroku-24",
  "buildpacks": ["heroku/nodejs", "heroku/python", "url", "url"],
  "domains": [{ "name": "chat-1234567890ab.herokuapp.com", "kind": "heroku" }],
  "addons": [
    { "service": "heroku-redis", "plan": "premium-0", "variables": ["REDIS_URL"] },
    { "service": "heroku-postgresql", "plan": "essential-0", "variables": ["DATABASE_URL"] }
  ],
  "dynos": [{ "type": "web", "size": "basic", "up": 1, "down": 0 }],
  "config": {
    "ALLOWED_HOSTS": "hosts:chat-1234567890ab.herokuapp.com",
    "CSRF_TRUSTED_ORIGINS": "hosts:https://chat-1234567890ab.herokuapp.com",
    "DATABASE_URL": "postgres-url",
    "REDIS_URL": "rediss-url",
    "SECRET_KEY": "secret"
  }
}
\`\`\`

## When it is silent

There is no app.json, and no process starts through \`bin/start-stunnel\`.

## Sources

- [Stacks](https://devcenter.heroku.com/articles/stack)
- [heroku-buildpack-redis](https://github.com/heroku/heroku-buildpack-redis)
- [heroku-buildpack-python: changelog](https://github.com/heroku/heroku-buildpack-python/blob/main/CHANGELOG.md)
`,fr:`# app/buildpack

app.json nomme une stack retir\u00e9e, un buildpack retir\u00e9, ou deux fois le m\u00eame buildpack ; ou un processus d\u00e9marre encore par le buildpack stunnel pour Redis, retir\u00e9. Avec un instantan\u00e9 de l\u2019application, sa stack et ses buildpacks \u00e0 elle comptent.

## Pourquoi \u00e7a casse

Sur une stack en fin de vie, le build est refus\u00e9 : \`The Heroku-20 stack is end-of-life\`. Le buildpack Python s\u2019arr\u00eate quand il tourne deux fois : \`Error: Existing '.heroku/python/' directory found.\` heroku-buildpack-redis enveloppait Redis dans stunnel avant que les clients ne parlent TLS ; il est retir\u00e9 depuis le 2025-02-07.

## Exemple

### Une stack retir\u00e9e

\`\`\`json file=app.json
{
  "stack": "heroku-20"
}
\`\`\`
\`\`\`findings
app.json:2:13 warning app/buildpack
\`\`\`

### Deux fois

\`\`\`json file=app.json
{
  "buildpacks": [
    { "url": "heroku/python" },
    { "url": "https://github.com/heroku/heroku-buildpack-python.git" }
  ]
}
\`\`\`
\`\`\`findings
app.json:4:15 warning app/buildpack
\`\`\`

### stunnel

\`\`\`json file=app.json
{
  "buildpacks": [{ "url": "https://github.com/heroku/heroku-buildpack-redis.git" }, { "url": "heroku/python" }]
}
\`\`\`
\`\`\`Procfile file=Procfile
web: bin/start-stunnel daphne -b 0.0.0.0 -p $PORT mysite.asgi:application
\`\`\`
\`\`\`findings
Procfile:1:6 warning app/buildpack
app.json:2:28 warning app/buildpack
\`\`\`

### Stack et buildpacks de l\u2019application d\u00e9ploy\u00e9e

\`\`\`json snapshot=dynolint.snapshot.json
{
  "snapshot": 1,
  "stack": "heroku-20",
  "buildpacks": ["heroku/python", "heroku/python"],
  "domains": [{ "name": "chat-1234567890ab.herokuapp.com", "kind": "heroku" }],
  "addons": [
    { "service": "heroku-redis", "plan": "premium-0", "variables": ["REDIS_URL"] },
    { "service": "heroku-postgresql", "plan": "essential-0", "variables": ["DATABASE_URL"] }
  ],
  "dynos": [{ "type": "web", "size": "basic", "up": 1, "down": 0 }],
  "config": {
    "ALLOWED_HOSTS": "hosts:chat-1234567890ab.herokuapp.com",
    "CSRF_TRUSTED_ORIGINS": "hosts:https://chat-1234567890ab.herokuapp.com",
    "DATABASE_URL": "postgres-url",
    "REDIS_URL": "rediss-url",
    "SECRET_KEY": "secret"
  }
}
\`\`\`
\`\`\`findings
dynolint.snapshot.json:3:13 warning app/buildpack
dynolint.snapshot.json:4:36 warning app/buildpack
\`\`\`

## \u00c0 \u00e9crire \u00e0 la place

\`\`\`json file=app.json
{
  "stack": "heroku-24",
  "buildpacks": [{ "url": "heroku/nodejs" }, { "url": "heroku/python" }]
}
\`\`\`

### L\u2019application d\u00e9ploy\u00e9e est construite avec des versions actuelles

\`\`\`json snapshot=dynolint.snapshot.json
{
  "snapshot": 1,
  "stack": "heroku-24",
  "buildpacks": ["heroku/nodejs", "heroku/python", "url", "url"],
  "domains": [{ "name": "chat-1234567890ab.herokuapp.com", "kind": "heroku" }],
  "addons": [
    { "service": "heroku-redis", "plan": "premium-0", "variables": ["REDIS_URL"] },
    { "service": "heroku-postgresql", "plan": "essential-0", "variables": ["DATABASE_URL"] }
  ],
  "dynos": [{ "type": "web", "size": "basic", "up": 1, "down": 0 }],
  "config": {
    "ALLOWED_HOSTS": "hosts:chat-1234567890ab.herokuapp.com",
    "CSRF_TRUSTED_ORIGINS": "hosts:https://chat-1234567890ab.herokuapp.com",
    "DATABASE_URL": "postgres-url",
    "REDIS_URL": "rediss-url",
    "SECRET_KEY": "secret"
  }
}
\`\`\`

## Quand la r\u00e8gle se tait

Il n\u2019y a pas d\u2019app.json, et aucun processus ne passe par \`bin/start-stunnel\`.

## Sources

- [Stacks](https://devcenter.heroku.com/articles/stack)
- [heroku-buildpack-redis](https://github.com/heroku/heroku-buildpack-redis)
- [heroku-buildpack-python : journal](https://github.com/heroku/heroku-buildpack-python/blob/main/CHANGELOG.md)
`},"app/config-var-missing":{en:`# app/config-var-missing

The deployed app lacks a config var that its code cannot start without, or its settings leave out the domains that lead to it. It is told from a snapshot of the app (\`dynolint snapshot --app NAME\`, then \`dynolint check --snapshot dynolint.snapshot.json\`); without one this rule is silent.

## Why it breaks

\`os.environ["SECRET_KEY"]\` raises \`KeyError: 'SECRET_KEY'\` (django-environ and guards raise \`ImproperlyConfigured\`) while the server imports the settings: the dyno ends, and the router answers \`H10 App crashed\`. \`heroku local\` and a \`.env\` file hide it.

A new app is reached under \`NAME-\` and twelve more characters before \`.herokuapp.com\`. Settings that hold \`NAME.herokuapp.com\` answer every request with \`Invalid HTTP_HOST header\` and 400; \`AllowedHostsOriginValidator\` refuses the sockets for the same reason.

## Example

### A variable that the settings need

\`\`\`json snapshot=dynolint.snapshot.json
{
  "snapshot": 1,
  "domains": [{ "name": "chat-1234567890ab.herokuapp.com", "kind": "heroku" }],
  "addons": [
    { "service": "heroku-redis", "plan": "premium-0", "variables": ["REDIS_URL"] },
    { "service": "heroku-postgresql", "plan": "essential-0", "variables": ["DATABASE_URL"] }
  ],
  "dynos": [{ "type": "web", "size": "basic", "up": 1, "down": 0 }],
  "config": {
    "ALLOWED_HOSTS": "hosts:chat-1234567890ab.herokuapp.com",
    "CSRF_TRUSTED_ORIGINS": "hosts:https://chat-1234567890ab.herokuapp.com",
    "DATABASE_URL": "postgres-url",
    "REDIS_URL": "rediss-url"
  }
}
\`\`\`
\`\`\`findings
mysite/settings.py:8:14 error app/config-var-missing
\`\`\`

### A guard that raises

\`\`\`python file=mysite/settings.py
import os
from pathlib import Path

import dj_database_url

BASE_DIR = Path(__file__).resolve().parent.parent

SECRET_KEY = os.environ['SECRET_KEY']
SENTRY_DSN = os.environ.get('SENTRY_DSN')
if not SENTRY_DSN:
    raise RuntimeError('SENTRY_DSN is needed')
DEBUG = os.getenv('DEBUG', 'False') == 'True'

ALLOWED_HOSTS = os.getenv('ALLOWED_HOSTS', 'localhost').split(',')
CSRF_TRUSTED_ORIGINS = [origin for origin in os.getenv('CSRF_TRUSTED_ORIGINS', '').split(',') if origin]

INSTALLED_APPS = [
    'daphne',
    'django.contrib.admin',
    'django.contrib.auth',
    'django.contrib.contenttypes',
    'django.contrib.sessions',
    'django.contrib.messages',
    'django.contrib.staticfiles',
    'channels',
    'chat',
]

SECURE_PROXY_SSL_HEADER = ('HTTP_X_FORWARDED_PROTO', 'https')

MIDDLEWARE = [
    'django.middleware.security.SecurityMiddleware',
    'whitenoise.middleware.WhiteNoiseMiddleware',
    'django.contrib.sessions.middleware.SessionMiddleware',
    'django.middleware.common.CommonMiddleware',
    'django.middleware.csrf.CsrfViewMiddleware',
    'django.contrib.auth.middleware.AuthenticationMiddleware',
    'django.contrib.messages.middleware.MessageMiddleware',
]

ROOT_URLCONF = 'mysite.urls'
ASGI_APPLICATION = 'mysite.asgi.application'

TEMPLATES = [
    {
        'BACKEND': 'django.template.backends.django.DjangoTemplates',
        'DIRS': [BASE_DIR / 'templates'],
        'APP_DIRS': True,
        'OPTIONS': {
            'context_processors': [
                'django.template.context_processors.request',
                'django.contrib.auth.context_processors.auth',
                'django.contrib.messages.context_processors.messages',
            ],
        },
    },
]

DATABASES = {
    'default': dj_database_url.config(default='sqlite:///db.sqlite3'),
}

STATIC_URL = '/static/'
STATIC_ROOT = BASE_DIR / 'staticfiles'
DEFAULT_AUTO_FIELD = 'django.db.models.BigAutoField'

REDIS_URL = os.getenv('REDIS_URL', 'redis://localhost:6379/0')

# Heroku's Redis speaks TLS with a certificate of its own making; a local one speaks plain.
redis_host = {'address': REDIS_URL}
if REDIS_URL.startswith('rediss://'):
    redis_host['ssl_cert_reqs'] = None

CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {
            'hosts': [redis_host],
        },
    },
}
\`\`\`
\`\`\`json snapshot=dynolint.snapshot.json
{
  "snapshot": 1,
  "domains": [{ "name": "chat-1234567890ab.herokuapp.com", "kind": "heroku" }],
  "addons": [
    { "service": "heroku-redis", "plan": "premium-0", "variables": ["REDIS_URL"] },
    { "service": "heroku-postgresql", "plan": "essential-0", "variables": ["DATABASE_URL"] }
  ],
  "dynos": [{ "type": "web", "size": "basic", "up": 1, "down": 0 }],
  "config": {
    "ALLOWED_HOSTS": "hosts:chat-1234567890ab.herokuapp.com",
    "CSRF_TRUSTED_ORIGINS": "hosts:https://chat-1234567890ab.herokuapp.com",
    "DATABASE_URL": "postgres-url",
    "REDIS_URL": "rediss-url",
    "SECRET_KEY": "secret"
  }
}
\`\`\`
\`\`\`findings
mysite/settings.py:11:5 error app/config-var-missing
\`\`\`

### No domain of the app is allowed

\`\`\`json snapshot=dynolint.snapshot.json
{
  "snapshot": 1,
  "domains": [{ "name": "chat-1234567890ab.herokuapp.com", "kind": "heroku" }],
  "addons": [
    { "service": "heroku-redis", "plan": "premium-0", "variables": ["REDIS_URL"] },
    { "service": "heroku-postgresql", "plan": "essential-0", "variables": ["DATABASE_URL"] }
  ],
  "dynos": [{ "type": "web", "size": "basic", "up": 1, "down": 0 }],
  "config": {
    "ALLOWED_HOSTS": "hosts:?,localhost",
    "CSRF_TRUSTED_ORIGINS": "hosts:https://chat-1234567890ab.herokuapp.com",
    "DATABASE_URL": "postgres-url",
    "REDIS_URL": "rediss-url",
    "SECRET_KEY": "secret"
  }
}
\`\`\`
\`\`\`findings
mysite/settings.py:11:17 error app/config-var-missing
\`\`\`

### One domain is left out

\`\`\`json snapshot=dynolint.snapshot.json
{
  "snapshot": 1,
  "domains": [{ "name": "chat-1234567890ab.herokuapp.com", "kind": "heroku" }, { "name": "www.example.com", "kind": "custom" }],
  "addons": [
    { "service": "heroku-redis", "plan": "premium-0", "variables": ["REDIS_URL"] },
    { "service": "heroku-postgresql", "plan": "essential-0", "variables": ["DATABASE_URL"] }
  ],
  "dynos": [{ "type": "web", "size": "basic", "up": 1, "down": 0 }],
  "config": {
    "ALLOWED_HOSTS": "hosts:chat-1234567890ab.herokuapp.com",
    "CSRF_TRUSTED_ORIGINS": "hosts:https://chat-1234567890ab.herokuapp.com",
    "DATABASE_URL": "postgres-url",
    "REDIS_URL": "rediss-url",
    "SECRET_KEY": "secret"
  }
}
\`\`\`
\`\`\`findings
mysite/settings.py:11:17 warning app/config-var-missing
\`\`\`

### No origin of the app is trusted

\`\`\`Procfile file=Procfile
web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application
\`\`\`
\`\`\`python file=mysite/settings.py
import os
from pathlib import Path

import dj_database_url

BASE_DIR = Path(__file__).resolve().parent.parent

SECRET_KEY = os.environ['SECRET_KEY']
DEBUG = os.getenv('DEBUG', 'False') == 'True'

ALLOWED_HOSTS = os.getenv('ALLOWED_HOSTS', 'localhost').split(',')
CSRF_TRUSTED_ORIGINS = [origin for origin in os.getenv('CSRF_TRUSTED_ORIGINS', '').split(',') if origin]

INSTALLED_APPS = [
    'daphne',
    'django.contrib.admin',
    'django.contrib.auth',
    'django.contrib.contenttypes',
    'django.contrib.sessions',
    'django.contrib.messages',
    'django.contrib.staticfiles',
    'channels',
    'chat',
]

MIDDLEWARE = [
    'django.middleware.security.SecurityMiddleware',
    'whitenoise.middleware.WhiteNoiseMiddleware',
    'django.contrib.sessions.middleware.SessionMiddleware',
    'django.middleware.common.CommonMiddleware',
    'django.middleware.csrf.CsrfViewMiddleware',
    'django.contrib.auth.middleware.AuthenticationMiddleware',
    'django.contrib.messages.middleware.MessageMiddleware',
]

ROOT_URLCONF = 'mysite.urls'
ASGI_APPLICATION = 'mysite.asgi.application'

TEMPLATES = [
    {
        'BACKEND': 'django.template.backends.django.DjangoTemplates',
        'DIRS': [BASE_DIR / 'templates'],
        'APP_DIRS': True,
        'OPTIONS': {
            'context_processors': [
                'django.template.context_processors.request',
                'django.contrib.auth.context_processors.auth',
                'django.contrib.messages.context_processors.messages',
            ],
        },
    },
]

DATABASES = {
    'default': dj_database_url.config(default='sqlite:///db.sqlite3'),
}

STATIC_URL = '/static/'
STATIC_ROOT = BASE_DIR / 'staticfiles'
DEFAULT_AUTO_FIELD = 'django.db.models.BigAutoField'

REDIS_URL = os.getenv('REDIS_URL', 'redis://localhost:6379/0')

# Heroku's Redis speaks TLS with a certificate of its own making; a local one speaks plain.
redis_host = {'address': REDIS_URL}
if REDIS_URL.startswith('rediss://'):
    redis_host['ssl_cert_reqs'] = None

CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {
            'hosts': [redis_host],
        },
    },
}
\`\`\`
\`\`\`json snapshot=dynolint.snapshot.json
{
  "snapshot": 1,
  "domains": [{ "name": "chat-1234567890ab.herokuapp.com", "kind": "heroku" }],
  "addons": [
    { "service": "heroku-redis", "plan": "premium-0", "variables": ["REDIS_URL"] },
    { "service": "heroku-postgresql", "plan": "essential-0", "variables": ["DATABASE_URL"] }
  ],
  "dynos": [{ "type": "web", "size": "basic", "up": 1, "down": 0 }],
  "config": {
    "ALLOWED_HOSTS": "hosts:chat-1234567890ab.herokuapp.com",
    "CSRF_TRUSTED_ORIGINS": "hosts:https://?",
    "DATABASE_URL": "postgres-url",
    "REDIS_URL": "rediss-url",
    "SECRET_KEY": "secret"
  }
}
\`\`\`
\`\`\`findings
mysite/settings.py:12:24 error app/config-var-missing
\`\`\`

### app.json requires it

\`\`\`json file=app.json
{
  "env": {
    "DEBUG": { "description": "True shows errors to everyone" }
  }
}
\`\`\`
\`\`\`json snapshot=dynolint.snapshot.json
{
  "snapshot": 1,
  "domains": [{ "name": "chat-1234567890ab.herokuapp.com", "kind": "heroku" }],
  "addons": [
    { "service": "heroku-redis", "plan": "premium-0", "variables": ["REDIS_URL"] },
    { "service": "heroku-postgresql", "plan": "essential-0", "variables": ["DATABASE_URL"] }
  ],
  "dynos": [{ "type": "web", "size": "basic", "up": 1, "down": 0 }],
  "config": {
    "ALLOWED_HOSTS": "hosts:chat-1234567890ab.herokuapp.com",
    "CSRF_TRUSTED_ORIGINS": "hosts:https://chat-1234567890ab.herokuapp.com",
    "DATABASE_URL": "postgres-url",
    "REDIS_URL": "rediss-url",
    "SECRET_KEY": "secret"
  }
}
\`\`\`
\`\`\`findings
app.json:3:6 info app/config-var-missing
\`\`\`

## Use instead

\`\`\`json snapshot=dynolint.snapshot.json
{
  "snapshot": 1,
  "domains": [{ "name": "chat-1234567890ab.herokuapp.com", "kind": "heroku" }],
  "addons": [
    { "service": "heroku-redis", "plan": "premium-0", "variables": ["REDIS_URL"] },
    { "service": "heroku-postgresql", "plan": "essential-0", "variables": ["DATABASE_URL"] }
  ],
  "dynos": [{ "type": "web", "size": "basic", "up": 1, "down": 0 }],
  "config": {
    "ALLOWED_HOSTS": "hosts:chat-1234567890ab.herokuapp.com",
    "CSRF_TRUSTED_ORIGINS": "hosts:https://chat-1234567890ab.herokuapp.com",
    "DATABASE_URL": "postgres-url",
    "REDIS_URL": "rediss-url",
    "SECRET_KEY": "secret"
  }
}
\`\`\`

### A pattern that covers every domain

\`\`\`json snapshot=dynolint.snapshot.json
{
  "snapshot": 1,
  "domains": [{ "name": "chat-1234567890ab.herokuapp.com", "kind": "heroku" }, { "name": "blog-abcdef123456.herokuapp.com", "kind": "custom" }],
  "addons": [
    { "service": "heroku-redis", "plan": "premium-0", "variables": ["REDIS_URL"] },
    { "service": "heroku-postgresql", "plan": "essential-0", "variables": ["DATABASE_URL"] }
  ],
  "dynos": [{ "type": "web", "size": "basic", "up": 1, "down": 0 }],
  "config": {
    "ALLOWED_HOSTS": "hosts:.herokuapp.com",
    "CSRF_TRUSTED_ORIGINS": "hosts:https://chat-1234567890ab.herokuapp.com",
    "DATABASE_URL": "postgres-url",
    "REDIS_URL": "rediss-url",
    "SECRET_KEY": "secret"
  }
}
\`\`\`

### Only the custom domain is meant to be used

\`\`\`json snapshot=dynolint.snapshot.json
{
  "snapshot": 1,
  "domains": [{ "name": "chat-1234567890ab.herokuapp.com", "kind": "heroku" }, { "name": "www.example.com", "kind": "custom" }],
  "addons": [
    { "service": "heroku-redis", "plan": "premium-0", "variables": ["REDIS_URL"] },
    { "service": "heroku-postgresql", "plan": "essential-0", "variables": ["DATABASE_URL"] }
  ],
  "dynos": [{ "type": "web", "size": "basic", "up": 1, "down": 0 }],
  "config": {
    "ALLOWED_HOSTS": "hosts:www.example.com",
    "CSRF_TRUSTED_ORIGINS": "hosts:https://chat-1234567890ab.herokuapp.com",
    "DATABASE_URL": "postgres-url",
    "REDIS_URL": "rediss-url",
    "SECRET_KEY": "secret"
  }
}
\`\`\`

### A list that is not readable

\`\`\`json snapshot=dynolint.snapshot.json
{
  "snapshot": 1,
  "domains": [{ "name": "chat-1234567890ab.herokuapp.com", "kind": "heroku" }],
  "addons": [
    { "service": "heroku-redis", "plan": "premium-0", "variables": ["REDIS_URL"] },
    { "service": "heroku-postgresql", "plan": "essential-0", "variables": ["DATABASE_URL"] }
  ],
  "dynos": [{ "type": "web", "size": "basic", "up": 1, "down": 0 }],
  "config": {
    "ALLOWED_HOSTS": "list:2",
    "CSRF_TRUSTED_ORIGINS": "hosts:https://chat-1234567890ab.herokuapp.com",
    "DATABASE_URL": "postgres-url",
    "REDIS_URL": "rediss-url",
    "SECRET_KEY": "secret"
  }
}
\`\`\`

### A default in the code

\`\`\`python file=mysite/settings.py
import os
from pathlib import Path

import dj_database_url

BASE_DIR = Path(__file__).resolve().parent.parent

SECRET_KEY = os.environ.get('SECRET_KEY') or 'dev-only-key'
DEBUG = os.getenv('DEBUG', 'False') == 'True'

ALLOWED_HOSTS = os.getenv('ALLOWED_HOSTS', 'localhost').split(',')
CSRF_TRUSTED_ORIGINS = [origin for origin in os.getenv('CSRF_TRUSTED_ORIGINS', '').split(',') if origin]

INSTALLED_APPS = [
    'daphne',
    'django.contrib.admin',
    'django.contrib.auth',
    'django.contrib.contenttypes',
    'django.contrib.sessions',
    'django.contrib.messages',
    'django.contrib.staticfiles',
    'channels',
    'chat',
]

SECURE_PROXY_SSL_HEADER = ('HTTP_X_FORWARDED_PROTO', 'https')

MIDDLEWARE = [
    'django.middleware.security.SecurityMiddleware',
    'whitenoise.middleware.WhiteNoiseMiddleware',
    'django.contrib.sessions.middleware.SessionMiddleware',
    'django.middleware.common.CommonMiddleware',
    'django.middleware.csrf.CsrfViewMiddleware',
    'django.contrib.auth.middleware.AuthenticationMiddleware',
    'django.contrib.messages.middleware.MessageMiddleware',
]

ROOT_URLCONF = 'mysite.urls'
ASGI_APPLICATION = 'mysite.asgi.application'

TEMPLATES = [
    {
        'BACKEND': 'django.template.backends.django.DjangoTemplates',
        'DIRS': [BASE_DIR / 'templates'],
        'APP_DIRS': True,
        'OPTIONS': {
            'context_processors': [
                'django.template.context_processors.request',
                'django.contrib.auth.context_processors.auth',
                'django.contrib.messages.context_processors.messages',
            ],
        },
    },
]

DATABASES = {
    'default': dj_database_url.config(default='sqlite:///db.sqlite3'),
}

STATIC_URL = '/static/'
STATIC_ROOT = BASE_DIR / 'staticfiles'
DEFAULT_AUTO_FIELD = 'django.db.models.BigAutoField'

REDIS_URL = os.getenv('REDIS_URL', 'redis://localhost:6379/0')

# Heroku's Redis speaks TLS with a certificate of its own making; a local one speaks plain.
redis_host = {'address': REDIS_URL}
if REDIS_URL.startswith('rediss://'):
    redis_host['ssl_cert_reqs'] = None

CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {
            'hosts': [redis_host],
        },
    },
}
\`\`\`
\`\`\`json snapshot=dynolint.snapshot.json
{
  "snapshot": 1,
  "domains": [{ "name": "chat-1234567890ab.herokuapp.com", "kind": "heroku" }],
  "addons": [
    { "service": "heroku-redis", "plan": "premium-0", "variables": ["REDIS_URL"] },
    { "service": "heroku-postgresql", "plan": "essential-0", "variables": ["DATABASE_URL"] }
  ],
  "dynos": [{ "type": "web", "size": "basic", "up": 1, "down": 0 }],
  "config": {
    "ALLOWED_HOSTS": "hosts:chat-1234567890ab.herokuapp.com",
    "CSRF_TRUSTED_ORIGINS": "hosts:https://chat-1234567890ab.herokuapp.com",
    "DATABASE_URL": "postgres-url",
    "REDIS_URL": "rediss-url"
  }
}
\`\`\`

## When it is silent

Without a snapshot; for Redis variables, which are app/redis-addon's; where ALLOWED_HOSTS is wrong whatever the domains are (settings/allowed-hosts); for a \`*.herokuapp.com\` name that is not allowed while a custom domain is.

## Sources

- [Config vars](https://devcenter.heroku.com/articles/config-vars)
- [\`heroku domains\`](https://github.com/heroku/cli/blob/main/docs/domains.md): the default domain has a random part (\`example-xxxxxxxxxxxx.herokuapp.com\`); CLI 11.9, 2026-08
- [ALLOWED_HOSTS](https://docs.djangoproject.com/en/5.2/ref/settings/#allowed-hosts), [CSRF_TRUSTED_ORIGINS](https://docs.djangoproject.com/en/5.2/ref/settings/#csrf-trusted-origins)
`,fr:`# app/config-var-missing

Il manque \u00e0 l\u2019application d\u00e9ploy\u00e9e une config var sans laquelle son code ne d\u00e9marre pas, ou ses r\u00e9glages laissent de c\u00f4t\u00e9 les domaines qui m\u00e8nent \u00e0 elle. Cela se lit dans un instantan\u00e9 de l\u2019application (\`dynolint snapshot --app NOM\`, puis \`dynolint check --snapshot dynolint.snapshot.json\`) ; sans lui, la r\u00e8gle se tait.

## Pourquoi \u00e7a casse

\`os.environ["SECRET_KEY"]\` l\u00e8ve \`KeyError: 'SECRET_KEY'\` (django-environ et les gardes l\u00e8vent \`ImproperlyConfigured\`) pendant que le serveur importe les r\u00e9glages : le dyno s\u2019arr\u00eate, et le routeur r\u00e9pond \`H10 App crashed\`. \`heroku local\` et un fichier \`.env\` le cachent.

Une nouvelle application r\u00e9pond sous \`NOM-\` suivi de douze caract\u00e8res avant \`.herokuapp.com\`. Des r\u00e9glages qui contiennent \`NOM.herokuapp.com\` r\u00e9pondent \u00e0 toute requ\u00eate par \`Invalid HTTP_HOST header\` et 400 ; \`AllowedHostsOriginValidator\` refuse les sockets pour la m\u00eame raison.

## Exemple

### Une variable dont les r\u00e9glages ont besoin

\`\`\`json snapshot=dynolint.snapshot.json
{
  "snapshot": 1,
  "domains": [{ "name": "chat-1234567890ab.herokuapp.com", "kind": "heroku" }],
  "addons": [
    { "service": "heroku-redis", "plan": "premium-0", "variables": ["REDIS_URL"] },
    { "service": "heroku-postgresql", "plan": "essential-0", "variables": ["DATABASE_URL"] }
  ],
  "dynos": [{ "type": "web", "size": "basic", "up": 1, "down": 0 }],
  "config": {
    "ALLOWED_HOSTS": "hosts:chat-1234567890ab.herokuapp.com",
    "CSRF_TRUSTED_ORIGINS": "hosts:https://chat-1234567890ab.herokuapp.com",
    "DATABASE_URL": "postgres-url",
    "REDIS_URL": "rediss-url"
  }
}
\`\`\`
\`\`\`findings
mysite/settings.py:8:14 error app/config-var-missing
\`\`\`

### Une garde qui l\u00e8ve une exception

\`\`\`python file=mysite/settings.py
import os
from pathlib import Path

import dj_database_url

BASE_DIR = Path(__file__).resolve().parent.parent

SECRET_KEY = os.environ['SECRET_KEY']
SENTRY_DSN = os.environ.get('SENTRY_DSN')
if not SENTRY_DSN:
    raise RuntimeError('SENTRY_DSN is needed')
DEBUG = os.getenv('DEBUG', 'False') == 'True'

ALLOWED_HOSTS = os.getenv('ALLOWED_HOSTS', 'localhost').split(',')
CSRF_TRUSTED_ORIGINS = [origin for origin in os.getenv('CSRF_TRUSTED_ORIGINS', '').split(',') if origin]

INSTALLED_APPS = [
    'daphne',
    'django.contrib.admin',
    'django.contrib.auth',
    'django.contrib.contenttypes',
    'django.contrib.sessions',
    'django.contrib.messages',
    'django.contrib.staticfiles',
    'channels',
    'chat',
]

SECURE_PROXY_SSL_HEADER = ('HTTP_X_FORWARDED_PROTO', 'https')

MIDDLEWARE = [
    'django.middleware.security.SecurityMiddleware',
    'whitenoise.middleware.WhiteNoiseMiddleware',
    'django.contrib.sessions.middleware.SessionMiddleware',
    'django.middleware.common.CommonMiddleware',
    'django.middleware.csrf.CsrfViewMiddleware',
    'django.contrib.auth.middleware.AuthenticationMiddleware',
    'django.contrib.messages.middleware.MessageMiddleware',
]

ROOT_URLCONF = 'mysite.urls'
ASGI_APPLICATION = 'mysite.asgi.application'

TEMPLATES = [
    {
        'BACKEND': 'django.template.backends.django.DjangoTemplates',
        'DIRS': [BASE_DIR / 'templates'],
        'APP_DIRS': True,
        'OPTIONS': {
            'context_processors': [
                'django.template.context_processors.request',
                'django.contrib.auth.context_processors.auth',
                'django.contrib.messages.context_processors.messages',
            ],
        },
    },
]

DATABASES = {
    'default': dj_database_url.config(default='sqlite:///db.sqlite3'),
}

STATIC_URL = '/static/'
STATIC_ROOT = BASE_DIR / 'staticfiles'
DEFAULT_AUTO_FIELD = 'django.db.models.BigAutoField'

REDIS_URL = os.getenv('REDIS_URL', 'redis://localhost:6379/0')

# Heroku's Redis speaks TLS with a certificate of its own making; a local one speaks plain.
redis_host = {'address': REDIS_URL}
if REDIS_URL.startswith('rediss://'):
    redis_host['ssl_cert_reqs'] = None

CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {
            'hosts': [redis_host],
        },
    },
}
\`\`\`
\`\`\`json snapshot=dynolint.snapshot.json
{
  "snapshot": 1,
  "domains": [{ "name": "chat-1234567890ab.herokuapp.com", "kind": "heroku" }],
  "addons": [
    { "service": "heroku-redis", "plan": "premium-0", "variables": ["REDIS_URL"] },
    { "service": "heroku-postgresql", "plan": "essential-0", "variables": ["DATABASE_URL"] }
  ],
  "dynos": [{ "type": "web", "size": "basic", "up": 1, "down": 0 }],
  "config": {
    "ALLOWED_HOSTS": "hosts:chat-1234567890ab.herokuapp.com",
    "CSRF_TRUSTED_ORIGINS": "hosts:https://chat-1234567890ab.herokuapp.com",
    "DATABASE_URL": "postgres-url",
    "REDIS_URL": "rediss-url",
    "SECRET_KEY": "secret"
  }
}
\`\`\`
\`\`\`findings
mysite/settings.py:11:5 error app/config-var-missing
\`\`\`

### Aucun domaine de l\u2019application n\u2019est admis

\`\`\`json snapshot=dynolint.snapshot.json
{
  "snapshot": 1,
  "domains": [{ "name": "chat-1234567890ab.herokuapp.com", "kind": "heroku" }],
  "addons": [
    { "service": "heroku-redis", "plan": "premium-0", "variables": ["REDIS_URL"] },
    { "service": "heroku-postgresql", "plan": "essential-0", "variables": ["DATABASE_URL"] }
  ],
  "dynos": [{ "type": "web", "size": "basic", "up": 1, "down": 0 }],
  "config": {
    "ALLOWED_HOSTS": "hosts:?,localhost",
    "CSRF_TRUSTED_ORIGINS": "hosts:https://chat-1234567890ab.herokuapp.com",
    "DATABASE_URL": "postgres-url",
    "REDIS_URL": "rediss-url",
    "SECRET_KEY": "secret"
  }
}
\`\`\`
\`\`\`findings
mysite/settings.py:11:17 error app/config-var-missing
\`\`\`

### Un domaine est laiss\u00e9 de c\u00f4t\u00e9

\`\`\`json snapshot=dynolint.snapshot.json
{
  "snapshot": 1,
  "domains": [{ "name": "chat-1234567890ab.herokuapp.com", "kind": "heroku" }, { "name": "www.example.com", "kind": "custom" }],
  "addons": [
    { "service": "heroku-redis", "plan": "premium-0", "variables": ["REDIS_URL"] },
    { "service": "heroku-postgresql", "plan": "essential-0", "variables": ["DATABASE_URL"] }
  ],
  "dynos": [{ "type": "web", "size": "basic", "up": 1, "down": 0 }],
  "config": {
    "ALLOWED_HOSTS": "hosts:chat-1234567890ab.herokuapp.com",
    "CSRF_TRUSTED_ORIGINS": "hosts:https://chat-1234567890ab.herokuapp.com",
    "DATABASE_URL": "postgres-url",
    "REDIS_URL": "rediss-url",
    "SECRET_KEY": "secret"
  }
}
\`\`\`
\`\`\`findings
mysite/settings.py:11:17 warning app/config-var-missing
\`\`\`

### Aucune origine de l\u2019application n\u2019est admise

\`\`\`Procfile file=Procfile
web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application
\`\`\`
\`\`\`python file=mysite/settings.py
import os
from pathlib import Path

import dj_database_url

BASE_DIR = Path(__file__).resolve().parent.parent

SECRET_KEY = os.environ['SECRET_KEY']
DEBUG = os.getenv('DEBUG', 'False') == 'True'

ALLOWED_HOSTS = os.getenv('ALLOWED_HOSTS', 'localhost').split(',')
CSRF_TRUSTED_ORIGINS = [origin for origin in os.getenv('CSRF_TRUSTED_ORIGINS', '').split(',') if origin]

INSTALLED_APPS = [
    'daphne',
    'django.contrib.admin',
    'django.contrib.auth',
    'django.contrib.contenttypes',
    'django.contrib.sessions',
    'django.contrib.messages',
    'django.contrib.staticfiles',
    'channels',
    'chat',
]

MIDDLEWARE = [
    'django.middleware.security.SecurityMiddleware',
    'whitenoise.middleware.WhiteNoiseMiddleware',
    'django.contrib.sessions.middleware.SessionMiddleware',
    'django.middleware.common.CommonMiddleware',
    'django.middleware.csrf.CsrfViewMiddleware',
    'django.contrib.auth.middleware.AuthenticationMiddleware',
    'django.contrib.messages.middleware.MessageMiddleware',
]

ROOT_URLCONF = 'mysite.urls'
ASGI_APPLICATION = 'mysite.asgi.application'

TEMPLATES = [
    {
        'BACKEND': 'django.template.backends.django.DjangoTemplates',
        'DIRS': [BASE_DIR / 'templates'],
        'APP_DIRS': True,
        'OPTIONS': {
            'context_processors': [
                'django.template.context_processors.request',
                'django.contrib.auth.context_processors.auth',
                'django.contrib.messages.context_processors.messages',
            ],
        },
    },
]

DATABASES = {
    'default': dj_database_url.config(default='sqlite:///db.sqlite3'),
}

STATIC_URL = '/static/'
STATIC_ROOT = BASE_DIR / 'staticfiles'
DEFAULT_AUTO_FIELD = 'django.db.models.BigAutoField'

REDIS_URL = os.getenv('REDIS_URL', 'redis://localhost:6379/0')

# Heroku's Redis speaks TLS with a certificate of its own making; a local one speaks plain.
redis_host = {'address': REDIS_URL}
if REDIS_URL.startswith('rediss://'):
    redis_host['ssl_cert_reqs'] = None

CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {
            'hosts': [redis_host],
        },
    },
}
\`\`\`
\`\`\`json snapshot=dynolint.snapshot.json
{
  "snapshot": 1,
  "domains": [{ "name": "chat-1234567890ab.herokuapp.com", "kind": "heroku" }],
  "addons": [
    { "service": "heroku-redis", "plan": "premium-0", "variables": ["REDIS_URL"] },
    { "service": "heroku-postgresql", "plan": "essential-0", "variables": ["DATABASE_URL"] }
  ],
  "dynos": [{ "type": "web", "size": "basic", "up": 1, "down": 0 }],
  "config": {
    "ALLOWED_HOSTS": "hosts:chat-1234567890ab.herokuapp.com",
    "CSRF_TRUSTED_ORIGINS": "hosts:https://?",
    "DATABASE_URL": "postgres-url",
    "REDIS_URL": "rediss-url",
    "SECRET_KEY": "secret"
  }
}
\`\`\`
\`\`\`findings
mysite/settings.py:12:24 error app/config-var-missing
\`\`\`

### app.json l\u2019exige

\`\`\`json file=app.json
{
  "env": {
    "DEBUG": { "description": "True shows errors to everyone" }
  }
}
\`\`\`
\`\`\`json snapshot=dynolint.snapshot.json
{
  "snapshot": 1,
  "domains": [{ "name": "chat-1234567890ab.herokuapp.com", "kind": "heroku" }],
  "addons": [
    { "service": "heroku-redis", "plan": "premium-0", "variables": ["REDIS_URL"] },
    { "service": "heroku-postgresql", "plan": "essential-0", "variables": ["DATABASE_URL"] }
  ],
  "dynos": [{ "type": "web", "size": "basic", "up": 1, "down": 0 }],
  "config": {
    "ALLOWED_HOSTS": "hosts:chat-1234567890ab.herokuapp.com",
    "CSRF_TRUSTED_ORIGINS": "hosts:https://chat-1234567890ab.herokuapp.com",
    "DATABASE_URL": "postgres-url",
    "REDIS_URL": "rediss-url",
    "SECRET_KEY": "secret"
  }
}
\`\`\`
\`\`\`findings
app.json:3:6 info app/config-var-missing
\`\`\`

## \u00c0 \u00e9crire \u00e0 la place

\`\`\`json snapshot=dynolint.snapshot.json
{
  "snapshot": 1,
  "domains": [{ "name": "chat-1234567890ab.herokuapp.com", "kind": "heroku" }],
  "addons": [
    { "service": "heroku-redis", "plan": "premium-0", "variables": ["REDIS_URL"] },
    { "service": "heroku-postgresql", "plan": "essential-0", "variables": ["DATABASE_URL"] }
  ],
  "dynos": [{ "type": "web", "size": "basic", "up": 1, "down": 0 }],
  "config": {
    "ALLOWED_HOSTS": "hosts:chat-1234567890ab.herokuapp.com",
    "CSRF_TRUSTED_ORIGINS": "hosts:https://chat-1234567890ab.herokuapp.com",
    "DATABASE_URL": "postgres-url",
    "REDIS_URL": "rediss-url",
    "SECRET_KEY": "secret"
  }
}
\`\`\`

### Un motif qui couvre tous les domaines

\`\`\`json snapshot=dynolint.snapshot.json
{
  "snapshot": 1,
  "domains": [{ "name": "chat-1234567890ab.herokuapp.com", "kind": "heroku" }, { "name": "blog-abcdef123456.herokuapp.com", "kind": "custom" }],
  "addons": [
    { "service": "heroku-redis", "plan": "premium-0", "variables": ["REDIS_URL"] },
    { "service": "heroku-postgresql", "plan": "essential-0", "variables": ["DATABASE_URL"] }
  ],
  "dynos": [{ "type": "web", "size": "basic", "up": 1, "down": 0 }],
  "config": {
    "ALLOWED_HOSTS": "hosts:.herokuapp.com",
    "CSRF_TRUSTED_ORIGINS": "hosts:https://chat-1234567890ab.herokuapp.com",
    "DATABASE_URL": "postgres-url",
    "REDIS_URL": "rediss-url",
    "SECRET_KEY": "secret"
  }
}
\`\`\`

### Seul le domaine personnalis\u00e9 doit servir

\`\`\`json snapshot=dynolint.snapshot.json
{
  "snapshot": 1,
  "domains": [{ "name": "chat-1234567890ab.herokuapp.com", "kind": "heroku" }, { "name": "www.example.com", "kind": "custom" }],
  "addons": [
    { "service": "heroku-redis", "plan": "premium-0", "variables": ["REDIS_URL"] },
    { "service": "heroku-postgresql", "plan": "essential-0", "variables": ["DATABASE_URL"] }
  ],
  "dynos": [{ "type": "web", "size": "basic", "up": 1, "down": 0 }],
  "config": {
    "ALLOWED_HOSTS": "hosts:www.example.com",
    "CSRF_TRUSTED_ORIGINS": "hosts:https://chat-1234567890ab.herokuapp.com",
    "DATABASE_URL": "postgres-url",
    "REDIS_URL": "rediss-url",
    "SECRET_KEY": "secret"
  }
}
\`\`\`

### Une liste illisible

\`\`\`json snapshot=dynolint.snapshot.json
{
  "snapshot": 1,
  "domains": [{ "name": "chat-1234567890ab.herokuapp.com", "kind": "heroku" }],
  "addons": [
    { "service": "heroku-redis", "plan": "premium-0", "variables": ["REDIS_URL"] },
    { "service": "heroku-postgresql", "plan": "essential-0", "variables": ["DATABASE_URL"] }
  ],
  "dynos": [{ "type": "web", "size": "basic", "up": 1, "down": 0 }],
  "config": {
    "ALLOWED_HOSTS": "list:2",
    "CSRF_TRUSTED_ORIGINS": "hosts:https://chat-1234567890ab.herokuapp.com",
    "DATABASE_URL": "postgres-url",
    "REDIS_URL": "rediss-url",
    "SECRET_KEY": "secret"
  }
}
\`\`\`

### Une valeur par d\u00e9faut dans le code

\`\`\`python file=mysite/settings.py
import os
from pathlib import Path

import dj_database_url

BASE_DIR = Path(__file__).resolve().parent.parent

SECRET_KEY = os.environ.get('SECRET_KEY') or 'dev-only-key'
DEBUG = os.getenv('DEBUG', 'False') == 'True'

ALLOWED_HOSTS = os.getenv('ALLOWED_HOSTS', 'localhost').split(',')
CSRF_TRUSTED_ORIGINS = [origin for origin in os.getenv('CSRF_TRUSTED_ORIGINS', '').split(',') if origin]

INSTALLED_APPS = [
    'daphne',
    'django.contrib.admin',
    'django.contrib.auth',
    'django.contrib.contenttypes',
    'django.contrib.sessions',
    'django.contrib.messages',
    'django.contrib.staticfiles',
    'channels',
    'chat',
]

SECURE_PROXY_SSL_HEADER = ('HTTP_X_FORWARDED_PROTO', 'https')

MIDDLEWARE = [
    'django.middleware.security.SecurityMiddleware',
    'whitenoise.middleware.WhiteNoiseMiddleware',
    'django.contrib.sessions.middleware.SessionMiddleware',
    'django.middleware.common.CommonMiddleware',
    'django.middleware.csrf.CsrfViewMiddleware',
    'django.contrib.auth.middleware.AuthenticationMiddleware',
    'django.contrib.messages.middleware.MessageMiddleware',
]

ROOT_URLCONF = 'mysite.urls'
ASGI_APPLICATION = 'mysite.asgi.application'

TEMPLATES = [
    {
        'BACKEND': 'django.template.backends.django.DjangoTemplates',
        'DIRS': [BASE_DIR / 'templates'],
        'APP_DIRS': True,
        'OPTIONS': {
            'context_processors': [
                'django.template.context_processors.request',
                'django.contrib.auth.context_processors.auth',
                'django.contrib.messages.context_processors.messages',
            ],
        },
    },
]

DATABASES = {
    'default': dj_database_url.config(default='sqlite:///db.sqlite3'),
}

STATIC_URL = '/static/'
STATIC_ROOT = BASE_DIR / 'staticfiles'
DEFAULT_AUTO_FIELD = 'django.db.models.BigAutoField'

REDIS_URL = os.getenv('REDIS_URL', 'redis://localhost:6379/0')

# Heroku's Redis speaks TLS with a certificate of its own making; a local one speaks plain.
redis_host = {'address': REDIS_URL}
if REDIS_URL.startswith('rediss://'):
    redis_host['ssl_cert_reqs'] = None

CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {
            'hosts': [redis_host],
        },
    },
}
\`\`\`
\`\`\`json snapshot=dynolint.snapshot.json
{
  "snapshot": 1,
  "domains": [{ "name": "chat-1234567890ab.herokuapp.com", "kind": "heroku" }],
  "addons": [
    { "service": "heroku-redis", "plan": "premium-0", "variables": ["REDIS_URL"] },
    { "service": "heroku-postgresql", "plan": "essential-0", "variables": ["DATABASE_URL"] }
  ],
  "dynos": [{ "type": "web", "size": "basic", "up": 1, "down": 0 }],
  "config": {
    "ALLOWED_HOSTS": "hosts:chat-1234567890ab.herokuapp.com",
    "CSRF_TRUSTED_ORIGINS": "hosts:https://chat-1234567890ab.herokuapp.com",
    "DATABASE_URL": "postgres-url",
    "REDIS_URL": "rediss-url"
  }
}
\`\`\`

## Quand la r\u00e8gle se tait

Sans instantan\u00e9 ; pour les variables Redis, qui rel\u00e8vent de app/redis-addon ; quand ALLOWED_HOSTS est faux quels que soient les domaines (settings/allowed-hosts) ; pour un nom en \`*.herokuapp.com\` qui n\u2019est pas admis alors qu\u2019un domaine personnalis\u00e9 l\u2019est.

## Sources

- [Config vars](https://devcenter.heroku.com/articles/config-vars)
- [\`heroku domains\`](https://github.com/heroku/cli/blob/main/docs/domains.md) : le domaine par d\u00e9faut a une partie al\u00e9atoire (\`example-xxxxxxxxxxxx.herokuapp.com\`) ; CLI 11.9, ao\u00fbt 2026
- [ALLOWED_HOSTS](https://docs.djangoproject.com/en/5.2/ref/settings/#allowed-hosts), [CSRF_TRUSTED_ORIGINS](https://docs.djangoproject.com/en/5.2/ref/settings/#csrf-trusted-origins)
`},"app/manifest-syntax":{en:`# app/manifest-syntax

app.json, heroku.yml or project.toml is malformed, holds something Heroku does not expect, names a file that does not exist, or overrides the Procfile.

## Why it breaks

A malformed app.json stops buttons, review apps and CI: \`Your app.json file is invalid\`. A heroku.yml that names a missing Dockerfile stops the build: \`Dockerfile not found\`. And where heroku.yml has a \`run\` section, the Procfile beside it is not read at all.

## Example

### A comma too many

\`\`\`json file=app.json
{
  "addons": ["heroku-redis:premium-0"],
}
\`\`\`
\`\`\`findings
app.json:3:1 error app/manifest-syntax
\`\`\`

### Against the schema

\`\`\`json file=app.json
{
  "addons": "heroku-redis:premium-0",
  "formation": { "web": { "quantity": "1" } }
}
\`\`\`
\`\`\`findings
app.json:2:14 error app/manifest-syntax
app.json:3:40 error app/manifest-syntax
\`\`\`

### A missing Dockerfile, and a Procfile that is not read

\`\`\`text delete=app.json
\`\`\`
\`\`\`yaml file=heroku.yml
build:
  docker:
    web: Dockerfile
run:
  web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application
\`\`\`
\`\`\`findings
heroku.yml:3:10 error app/manifest-syntax
heroku.yml:4:1 warning app/manifest-syntax
\`\`\`

## Use instead

\`\`\`json file=app.json
{
  "addons": ["heroku-redis:premium-0", { "plan": "heroku-postgresql:essential-0", "as": "DB" }],
  "env": { "SECRET_KEY": { "generator": "secret" }, "MODE": "live" },
  "formation": { "web": { "quantity": 1, "size": "basic" } },
  "buildpacks": [{ "url": "heroku/python" }],
  "stack": "heroku-24"
}
\`\`\`

### A container

\`\`\`text delete=app.json
\`\`\`
\`\`\`text delete=Procfile
\`\`\`
\`\`\`yaml file=heroku.yml
setup:
  addons:
    - plan: heroku-redis:premium-0
build:
  docker:
    web: Dockerfile
run:
  web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application
\`\`\`
\`\`\`dockerfile file=Dockerfile
FROM python:3.13
WORKDIR /app
COPY . .
RUN pip install -r requirements.txt
\`\`\`

## When it is silent

Keys that Heroku does not know are left alone in app.json; the Procfile is not overridden when app.json names a stack other than container.

## Sources

- [app.json schema](https://devcenter.heroku.com/articles/app-json-schema)
- [heroku.yml](https://devcenter.heroku.com/articles/build-docker-images-heroku-yml)
- [project.toml](https://buildpacks.io/docs/reference/config/project-descriptor/)
`,fr:`# app/manifest-syntax

app.json, heroku.yml ou project.toml est mal form\u00e9, contient quelque chose que Heroku n\u2019attend pas, nomme un fichier qui n\u2019existe pas, ou se substitue au Procfile.

## Pourquoi \u00e7a casse

Un app.json mal form\u00e9 arr\u00eate boutons, review apps et CI : \`Your app.json file is invalid\`. Un heroku.yml qui nomme un Dockerfile absent arr\u00eate le build : \`Dockerfile not found\`. Et l\u00e0 o\u00f9 heroku.yml a une section \`run\`, le Procfile voisin n\u2019est pas lu du tout.

## Exemple

### Une virgule de trop

\`\`\`json file=app.json
{
  "addons": ["heroku-redis:premium-0"],
}
\`\`\`
\`\`\`findings
app.json:3:1 error app/manifest-syntax
\`\`\`

### Contre le sch\u00e9ma

\`\`\`json file=app.json
{
  "addons": "heroku-redis:premium-0",
  "formation": { "web": { "quantity": "1" } }
}
\`\`\`
\`\`\`findings
app.json:2:14 error app/manifest-syntax
app.json:3:40 error app/manifest-syntax
\`\`\`

### Un Dockerfile absent, et un Procfile qui n\u2019est pas lu

\`\`\`text delete=app.json
\`\`\`
\`\`\`yaml file=heroku.yml
build:
  docker:
    web: Dockerfile
run:
  web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application
\`\`\`
\`\`\`findings
heroku.yml:3:10 error app/manifest-syntax
heroku.yml:4:1 warning app/manifest-syntax
\`\`\`

## \u00c0 \u00e9crire \u00e0 la place

\`\`\`json file=app.json
{
  "addons": ["heroku-redis:premium-0", { "plan": "heroku-postgresql:essential-0", "as": "DB" }],
  "env": { "SECRET_KEY": { "generator": "secret" }, "MODE": "live" },
  "formation": { "web": { "quantity": 1, "size": "basic" } },
  "buildpacks": [{ "url": "heroku/python" }],
  "stack": "heroku-24"
}
\`\`\`

### Un conteneur

\`\`\`text delete=app.json
\`\`\`
\`\`\`text delete=Procfile
\`\`\`
\`\`\`yaml file=heroku.yml
setup:
  addons:
    - plan: heroku-redis:premium-0
build:
  docker:
    web: Dockerfile
run:
  web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application
\`\`\`
\`\`\`dockerfile file=Dockerfile
FROM python:3.13
WORKDIR /app
COPY . .
RUN pip install -r requirements.txt
\`\`\`

## Quand la r\u00e8gle se tait

Les cl\u00e9s inconnues de Heroku sont laiss\u00e9es en paix dans app.json ; le Procfile n\u2019est pas supplant\u00e9 quand app.json nomme une autre stack que container.

## Sources

- [Sch\u00e9ma d\u2019app.json](https://devcenter.heroku.com/articles/app-json-schema)
- [heroku.yml](https://devcenter.heroku.com/articles/build-docker-images-heroku-yml)
- [project.toml](https://buildpacks.io/docs/reference/config/project-descriptor/)
`},"app/not-committed":{en:"# app/not-committed\n\nA file that the deploy needs stands on your disk but is not in what Heroku builds: git does not track it, an ignore file keeps it out, or `.slugignore` removes it. Needed are the Procfile, the dependency files and what they include, the Python version, manage.py when the build collects static files, the scripts the processes start, the settings and the ASGI module, and everything they import, including what INSTALLED_APPS, MIDDLEWARE and ROOT_URLCONF name. What git tracks is read from its index; no git command is run.\n\n## Why it breaks\n\n`git push heroku` carries commits, not the folder on your disk. Everything works locally, and on Heroku the build ends with `Error: Couldn't find any supported Python package manager files.`, or the dyno crashes at boot with `ModuleNotFoundError: No module named 'chat.routing'` (H10). A pattern without a leading slash counts in every folder, so that `env/`, `lib/` or `local*` often takes away more than was meant.\n\n## Example\n\n### A new module that was never added\n\n```python file=chat/routing.py untracked\nfrom django.urls import path\n\nfrom .consumers import ChatConsumer\n\nwebsocket_urlpatterns = [\n    path('ws/chat/<slug:room>/', ChatConsumer.as_asgi()),\n]\n```\n```findings\nmysite/asgi.py:13:1 error app/not-committed\n```\n\n### A new app that was never added\n\n```text untracked=chat\n```\n```findings\nmysite/asgi.py:13:1 error app/not-committed\n```\n\n### The dependency file matches a pattern\n\n```text file=.gitignore\n*.log\n*.txt\n```\n```text file=requirements.txt ignored\nDjango==5.2.17\nchannels==4.3.2\nchannels-redis==4.3.0\ndaphne==4.2.2\ndj-database-url==3.0.1\nwhitenoise==6.11.0\n```\n```findings\nrequirements.txt:1:1 error app/not-committed\n```\n\n### A settings module with secrets that is kept out of git\n\n```text file=.gitignore\nsecrets.py\n```\n```python file=mysite/secrets.py ignored\nSECRET_KEY = 'only-on-my-machine'\n```\n```python file=mysite/settings.py\nfrom .secrets import SECRET_KEY\n\nDEBUG = False\nALLOWED_HOSTS = ['.herokuapp.com']\nINSTALLED_APPS = ['daphne', 'channels', 'chat']\nROOT_URLCONF = 'mysite.urls'\n```\n```findings\nmysite/settings.py:1:1 error app/not-committed\n```\n\n### .slugignore removes the script that starts web\n\n```text file=.slugignore\n/scripts\n*.md\n```\n```Procfile file=Procfile\nweb: sh scripts/web.sh\n```\n```sh file=scripts/web.sh\nexec daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n```\n```findings\nProcfile:1:6 error app/not-committed\n```\n\n## Use instead\n\n```text file=.gitignore\n*.log\n/notes.txt\n```\n```python file=mysite/settings.py\nimport os\n\nSECRET_KEY = os.environ['SECRET_KEY']\nDEBUG = False\nALLOWED_HOSTS = ['.herokuapp.com']\nINSTALLED_APPS = ['daphne', 'channels', 'chat']\nROOT_URLCONF = 'mysite.urls'\n```\n```text file=notes.txt ignored\nremember the milk\n```\n\n## When it is silent\n\nOutside a git repository, before anything is tracked below the app's folder, and when the index cannot be read. For files in submodules that `.gitmodules` names. For `.slugignore` patterns on which its documentation (`.gitignore` without negation) and Heroku's slug compiler (Ruby globs) do not agree. Whether a tracked file is also committed is not looked at.\n\n### An import that may fail\n\n```python file=mysite/settings.py\nimport os\n\nSECRET_KEY = os.environ['SECRET_KEY']\nDEBUG = False\nALLOWED_HOSTS = ['.herokuapp.com']\nINSTALLED_APPS = ['daphne', 'channels', 'chat']\nROOT_URLCONF = 'mysite.urls'\n\ntry:\n    from .local_settings import *\nexcept ImportError:\n    pass\n```\n```python file=mysite/local_settings.py ignored\nDEBUG = True\n```\n\n### A file that is ignored but was added nonetheless\n\n```text file=.gitignore\n*.txt\n```\n```text file=requirements.txt\nDjango==5.2.17\nchannels==4.3.2\nchannels-redis==4.3.0\ndaphne==4.2.2\ndj-database-url==3.0.1\nwhitenoise==6.11.0\n```\n\n### Files nobody needs on the dyno\n\n```python file=chat/tests.py untracked\nfrom django.test import TestCase\n```\n```text file=.slugignore\ndocs/\ntests\n```\n```text file=docs/notes.txt\nnothing the dyno starts\n```\n\n## Sources\n\n- [gitignore](https://git-scm.com/docs/gitignore), [index format](https://git-scm.com/docs/gitformat-index): read to the letter, compared with `git check-ignore` and `git ls-files`.\n- [Slug Compiler, Ignoring files with .slugignore](https://devcenter.heroku.com/articles/slug-compiler#ignoring-files-with-slugignore): removed after the push and before the buildpack runs, no negation. [heroku/slug-compiler](https://github.com/heroku/slug-compiler/blob/68b63a30907f171e60f8398463d6bbd13b4ed178/lib/slug_compiler.rb#L121-L153): the globs; [CGA1123/slugcmplr#18](https://github.com/CGA1123/slugcmplr/pull/18): unchanged in 2021.\n- [Deploying with Git](https://devcenter.heroku.com/articles/git), [Git Submodule Dependencies](https://devcenter.heroku.com/articles/git-submodules).\n",fr:"# app/not-committed\n\nUn fichier dont le d\u00e9ploiement a besoin se trouve sur votre disque, mais pas dans ce que Heroku construit : git ne le suit pas, un fichier d\u2019exclusion l\u2019\u00e9carte, ou `.slugignore` le retire. Sont n\u00e9cessaires le Procfile, les fichiers de d\u00e9pendances et ce qu\u2019ils incluent, la version de Python, manage.py quand le build collecte les fichiers statiques, les scripts que les processus d\u00e9marrent, les r\u00e9glages et le module ASGI, ainsi que tout ce qu\u2019ils importent, y compris ce que nomment INSTALLED_APPS, MIDDLEWARE et ROOT_URLCONF. Ce que git suit est lu dans son index ; aucune commande git n\u2019est ex\u00e9cut\u00e9e.\n\n## Pourquoi \u00e7a casse\n\n`git push heroku` transporte des commits, pas le dossier de votre disque. Tout fonctionne en local, et sur Heroku le build se termine par `Error: Couldn't find any supported Python package manager files.`, ou le dyno plante au d\u00e9marrage avec `ModuleNotFoundError: No module named 'chat.routing'` (H10). Un motif sans barre oblique initiale vaut dans tous les dossiers : `env/`, `lib/` ou `local*` \u00e9carte souvent plus que pr\u00e9vu.\n\n## Exemple\n\n### Un nouveau module qui n\u2019a jamais \u00e9t\u00e9 ajout\u00e9\n\n```python file=chat/routing.py untracked\nfrom django.urls import path\n\nfrom .consumers import ChatConsumer\n\nwebsocket_urlpatterns = [\n    path('ws/chat/<slug:room>/', ChatConsumer.as_asgi()),\n]\n```\n```findings\nmysite/asgi.py:13:1 error app/not-committed\n```\n\n### Une nouvelle application qui n\u2019a jamais \u00e9t\u00e9 ajout\u00e9e\n\n```text untracked=chat\n```\n```findings\nmysite/asgi.py:13:1 error app/not-committed\n```\n\n### Le fichier de d\u00e9pendances correspond \u00e0 un motif\n\n```text file=.gitignore\n*.log\n*.txt\n```\n```text file=requirements.txt ignored\nDjango==5.2.17\nchannels==4.3.2\nchannels-redis==4.3.0\ndaphne==4.2.2\ndj-database-url==3.0.1\nwhitenoise==6.11.0\n```\n```findings\nrequirements.txt:1:1 error app/not-committed\n```\n\n### Un module de r\u00e9glages avec des secrets, tenu hors de git\n\n```text file=.gitignore\nsecrets.py\n```\n```python file=mysite/secrets.py ignored\nSECRET_KEY = 'only-on-my-machine'\n```\n```python file=mysite/settings.py\nfrom .secrets import SECRET_KEY\n\nDEBUG = False\nALLOWED_HOSTS = ['.herokuapp.com']\nINSTALLED_APPS = ['daphne', 'channels', 'chat']\nROOT_URLCONF = 'mysite.urls'\n```\n```findings\nmysite/settings.py:1:1 error app/not-committed\n```\n\n### .slugignore retire le script qui d\u00e9marre web\n\n```text file=.slugignore\n/scripts\n*.md\n```\n```Procfile file=Procfile\nweb: sh scripts/web.sh\n```\n```sh file=scripts/web.sh\nexec daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n```\n```findings\nProcfile:1:6 error app/not-committed\n```\n\n## \u00c0 \u00e9crire \u00e0 la place\n\n```text file=.gitignore\n*.log\n/notes.txt\n```\n```python file=mysite/settings.py\nimport os\n\nSECRET_KEY = os.environ['SECRET_KEY']\nDEBUG = False\nALLOWED_HOSTS = ['.herokuapp.com']\nINSTALLED_APPS = ['daphne', 'channels', 'chat']\nROOT_URLCONF = 'mysite.urls'\n```\n```text file=notes.txt ignored\nremember the milk\n```\n\n## Quand la r\u00e8gle se tait\n\nHors d\u2019un d\u00e9p\u00f4t git, tant que rien n\u2019est suivi sous le dossier de l\u2019application, et quand l\u2019index ne peut \u00eatre lu. Pour les fichiers des sous-modules que `.gitmodules` nomme. Pour les motifs de `.slugignore` sur lesquels sa documentation (`.gitignore` sans n\u00e9gation) et le compilateur de slugs de Heroku (globs de Ruby) divergent. Qu\u2019un fichier suivi ait aussi fait l\u2019objet d\u2019un commit n\u2019est pas v\u00e9rifi\u00e9.\n\n### Un import qui a le droit d\u2019\u00e9chouer\n\n```python file=mysite/settings.py\nimport os\n\nSECRET_KEY = os.environ['SECRET_KEY']\nDEBUG = False\nALLOWED_HOSTS = ['.herokuapp.com']\nINSTALLED_APPS = ['daphne', 'channels', 'chat']\nROOT_URLCONF = 'mysite.urls'\n\ntry:\n    from .local_settings import *\nexcept ImportError:\n    pass\n```\n```python file=mysite/local_settings.py ignored\nDEBUG = True\n```\n\n### Un fichier ignor\u00e9, mais ajout\u00e9 malgr\u00e9 tout\n\n```text file=.gitignore\n*.txt\n```\n```text file=requirements.txt\nDjango==5.2.17\nchannels==4.3.2\nchannels-redis==4.3.0\ndaphne==4.2.2\ndj-database-url==3.0.1\nwhitenoise==6.11.0\n```\n\n### Des fichiers dont le dyno n\u2019a pas besoin\n\n```python file=chat/tests.py untracked\nfrom django.test import TestCase\n```\n```text file=.slugignore\ndocs/\ntests\n```\n```text file=docs/notes.txt\nnothing the dyno starts\n```\n\n## Sources\n\n- [gitignore](https://git-scm.com/docs/gitignore), [index format](https://git-scm.com/docs/gitformat-index) : suivis \u00e0 la lettre, compar\u00e9s \u00e0 `git check-ignore` et `git ls-files`.\n- [Slug Compiler, Ignoring files with .slugignore](https://devcenter.heroku.com/articles/slug-compiler#ignoring-files-with-slugignore) : retir\u00e9s apr\u00e8s le push et avant le buildpack, sans n\u00e9gation. [heroku/slug-compiler](https://github.com/heroku/slug-compiler/blob/68b63a30907f171e60f8398463d6bbd13b4ed178/lib/slug_compiler.rb#L121-L153) : les globs ; [CGA1123/slugcmplr#18](https://github.com/CGA1123/slugcmplr/pull/18) : inchang\u00e9s en 2021.\n- [Deploying with Git](https://devcenter.heroku.com/articles/git), [Git Submodule Dependencies](https://devcenter.heroku.com/articles/git-submodules).\n"},"app/redis-addon":{en:`# app/redis-addon

app.json or heroku.yml lists add-ons, but none of them sets the Redis variable that the channel layer reads. With a snapshot of the app (\`--snapshot\`), its own config vars decide instead of the manifest: the variable is not set, or the add-on sets another one \u2014 a second Redis sets \`HEROKU_REDIS_COLOR_URL\`, one attached with \`--as CACHE\` sets \`CACHE_URL\`, and \`REDIS_TLS_URL\` is not there on every plan.

## Why it breaks

An app created from the manifest has exactly these add-ons. Without the variable, settings fall back to localhost, or leave the layer undefined: \`Error 111 connecting to localhost:6379. Connection refused.\`, or \`'NoneType' object has no attribute 'group_add'\` at the first WebSocket.

## Example

### No Redis add-on

\`\`\`json file=app.json
{
  "addons": ["heroku-postgresql:essential-0"],
  "env": { "SECRET_KEY": { "generator": "secret" } }
}
\`\`\`
\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {
            'hosts': [{'address': os.environ.get('REDIS_URL', 'redis://localhost:6379'), 'ssl_cert_reqs': None}],
        },
    },
}
\`\`\`
\`\`\`findings
app.json:2:13 error app/redis-addon
\`\`\`

### An add-on that sets another variable

\`\`\`json file=app.json
{
  "addons": ["rediscloud:30"],
  "env": { "SECRET_KEY": { "generator": "secret" } }
}
\`\`\`
\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {
            'hosts': [{'address': os.environ.get('REDIS_URL', 'redis://localhost:6379'), 'ssl_cert_reqs': None}],
        },
    },
}
\`\`\`
\`\`\`findings
app.json:2:13 error app/redis-addon
\`\`\`

### The deployed app has none

\`\`\`json snapshot=dynolint.snapshot.json
{
  "snapshot": 1,
  "domains": [{ "name": "chat-1234567890ab.herokuapp.com", "kind": "heroku" }],
  "addons": [
    { "service": "heroku-postgresql", "plan": "essential-0", "variables": ["DATABASE_URL"] }
  ],
  "dynos": [{ "type": "web", "size": "basic", "up": 1, "down": 0 }],
  "config": {
    "ALLOWED_HOSTS": "hosts:chat-1234567890ab.herokuapp.com",
    "CSRF_TRUSTED_ORIGINS": "hosts:https://chat-1234567890ab.herokuapp.com",
    "DATABASE_URL": "postgres-url",
    "SECRET_KEY": "secret"
  }
}
\`\`\`
\`\`\`findings
mysite/settings.py:64:13 error app/redis-addon
\`\`\`

### The add-on sets another name

\`\`\`json snapshot=dynolint.snapshot.json
{
  "snapshot": 1,
  "domains": [{ "name": "chat-1234567890ab.herokuapp.com", "kind": "heroku" }],
  "addons": [
    { "service": "heroku-redis", "plan": "premium-0", "variables": ["HEROKU_REDIS_AMBER_URL"] },
    { "service": "heroku-postgresql", "plan": "essential-0", "variables": ["DATABASE_URL"] }
  ],
  "dynos": [{ "type": "web", "size": "basic", "up": 1, "down": 0 }],
  "config": {
    "ALLOWED_HOSTS": "hosts:chat-1234567890ab.herokuapp.com",
    "CSRF_TRUSTED_ORIGINS": "hosts:https://chat-1234567890ab.herokuapp.com",
    "DATABASE_URL": "postgres-url",
    "HEROKU_REDIS_AMBER_URL": "rediss-url",
    "SECRET_KEY": "secret"
  }
}
\`\`\`
\`\`\`findings
mysite/settings.py:64:13 error app/redis-addon
\`\`\`

### A variable that the add-on does not set

\`\`\`python file=mysite/settings.py
import os
from pathlib import Path

import dj_database_url

BASE_DIR = Path(__file__).resolve().parent.parent

SECRET_KEY = os.environ['SECRET_KEY']
DEBUG = os.getenv('DEBUG', 'False') == 'True'

ALLOWED_HOSTS = os.getenv('ALLOWED_HOSTS', 'localhost').split(',')
CSRF_TRUSTED_ORIGINS = [origin for origin in os.getenv('CSRF_TRUSTED_ORIGINS', '').split(',') if origin]

INSTALLED_APPS = [
    'daphne',
    'django.contrib.admin',
    'django.contrib.auth',
    'django.contrib.contenttypes',
    'django.contrib.sessions',
    'django.contrib.messages',
    'django.contrib.staticfiles',
    'channels',
    'chat',
]

SECURE_PROXY_SSL_HEADER = ('HTTP_X_FORWARDED_PROTO', 'https')

MIDDLEWARE = [
    'django.middleware.security.SecurityMiddleware',
    'whitenoise.middleware.WhiteNoiseMiddleware',
    'django.contrib.sessions.middleware.SessionMiddleware',
    'django.middleware.common.CommonMiddleware',
    'django.middleware.csrf.CsrfViewMiddleware',
    'django.contrib.auth.middleware.AuthenticationMiddleware',
    'django.contrib.messages.middleware.MessageMiddleware',
]

ROOT_URLCONF = 'mysite.urls'
ASGI_APPLICATION = 'mysite.asgi.application'

TEMPLATES = [
    {
        'BACKEND': 'django.template.backends.django.DjangoTemplates',
        'DIRS': [BASE_DIR / 'templates'],
        'APP_DIRS': True,
        'OPTIONS': {
            'context_processors': [
                'django.template.context_processors.request',
                'django.contrib.auth.context_processors.auth',
                'django.contrib.messages.context_processors.messages',
            ],
        },
    },
]

DATABASES = {
    'default': dj_database_url.config(default='sqlite:///db.sqlite3'),
}

STATIC_URL = '/static/'
STATIC_ROOT = BASE_DIR / 'staticfiles'
DEFAULT_AUTO_FIELD = 'django.db.models.BigAutoField'

REDIS_URL = os.environ['REDIS_TLS_URL']

# Heroku's Redis speaks TLS with a certificate of its own making; a local one speaks plain.
redis_host = {'address': REDIS_URL}
if REDIS_URL.startswith('rediss://'):
    redis_host['ssl_cert_reqs'] = None

CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {
            'hosts': [redis_host],
        },
    },
}
\`\`\`
\`\`\`json snapshot=dynolint.snapshot.json
{
  "snapshot": 1,
  "domains": [{ "name": "chat-1234567890ab.herokuapp.com", "kind": "heroku" }],
  "addons": [
    { "service": "heroku-redis", "plan": "premium-0", "variables": ["REDIS_URL"] },
    { "service": "heroku-postgresql", "plan": "essential-0", "variables": ["DATABASE_URL"] }
  ],
  "dynos": [{ "type": "web", "size": "basic", "up": 1, "down": 0 }],
  "config": {
    "ALLOWED_HOSTS": "hosts:chat-1234567890ab.herokuapp.com",
    "CSRF_TRUSTED_ORIGINS": "hosts:https://chat-1234567890ab.herokuapp.com",
    "DATABASE_URL": "postgres-url",
    "REDIS_URL": "rediss-url",
    "SECRET_KEY": "secret"
  }
}
\`\`\`
\`\`\`findings
mysite/settings.py:64:13 error app/redis-addon
\`\`\`

## Use instead

\`\`\`json file=app.json
{
  "addons": ["heroku-redis:premium-0", "heroku-postgresql:essential-0"],
  "env": { "SECRET_KEY": { "generator": "secret" } }
}
\`\`\`
\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {
            'hosts': [{'address': os.environ.get('REDIS_URL', 'redis://localhost:6379'), 'ssl_cert_reqs': None}],
        },
    },
}
\`\`\`

### The variable is given in env

\`\`\`json file=app.json
{
  "addons": ["heroku-postgresql:essential-0"],
  "env": { "SECRET_KEY": { "generator": "secret" }, "REDIS_URL": { "required": true } }
}
\`\`\`
\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {
            'hosts': [{'address': os.environ.get('REDIS_URL', 'redis://localhost:6379'), 'ssl_cert_reqs': None}],
        },
    },
}
\`\`\`

### No list of add-ons

\`\`\`json file=app.json
{
  "name": "chat",
  "env": { "SECRET_KEY": { "generator": "secret" } }
}
\`\`\`
\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {
            'hosts': [{'address': os.environ.get('REDIS_URL', 'redis://localhost:6379'), 'ssl_cert_reqs': None}],
        },
    },
}
\`\`\`

### The deployed app has one, whatever app.json lists

\`\`\`json file=app.json
{ "addons": ["heroku-postgresql:essential-0"] }
\`\`\`
\`\`\`json snapshot=dynolint.snapshot.json
{
  "snapshot": 1,
  "domains": [{ "name": "chat-1234567890ab.herokuapp.com", "kind": "heroku" }],
  "addons": [
    { "service": "heroku-redis", "plan": "premium-0", "variables": ["REDIS_URL"] },
    { "service": "heroku-postgresql", "plan": "essential-0", "variables": ["DATABASE_URL"] }
  ],
  "dynos": [{ "type": "web", "size": "basic", "up": 1, "down": 0 }],
  "config": {
    "ALLOWED_HOSTS": "hosts:chat-1234567890ab.herokuapp.com",
    "CSRF_TRUSTED_ORIGINS": "hosts:https://chat-1234567890ab.herokuapp.com",
    "DATABASE_URL": "postgres-url",
    "REDIS_URL": "rediss-url",
    "SECRET_KEY": "secret"
  }
}
\`\`\`

### The code knows both names

\`\`\`python file=mysite/settings.py
import os
from pathlib import Path

import dj_database_url

BASE_DIR = Path(__file__).resolve().parent.parent

SECRET_KEY = os.environ['SECRET_KEY']
DEBUG = os.getenv('DEBUG', 'False') == 'True'

ALLOWED_HOSTS = os.getenv('ALLOWED_HOSTS', 'localhost').split(',')
CSRF_TRUSTED_ORIGINS = [origin for origin in os.getenv('CSRF_TRUSTED_ORIGINS', '').split(',') if origin]

INSTALLED_APPS = [
    'daphne',
    'django.contrib.admin',
    'django.contrib.auth',
    'django.contrib.contenttypes',
    'django.contrib.sessions',
    'django.contrib.messages',
    'django.contrib.staticfiles',
    'channels',
    'chat',
]

SECURE_PROXY_SSL_HEADER = ('HTTP_X_FORWARDED_PROTO', 'https')

MIDDLEWARE = [
    'django.middleware.security.SecurityMiddleware',
    'whitenoise.middleware.WhiteNoiseMiddleware',
    'django.contrib.sessions.middleware.SessionMiddleware',
    'django.middleware.common.CommonMiddleware',
    'django.middleware.csrf.CsrfViewMiddleware',
    'django.contrib.auth.middleware.AuthenticationMiddleware',
    'django.contrib.messages.middleware.MessageMiddleware',
]

ROOT_URLCONF = 'mysite.urls'
ASGI_APPLICATION = 'mysite.asgi.application'

TEMPLATES = [
    {
        'BACKEND': 'django.template.backends.django.DjangoTemplates',
        'DIRS': [BASE_DIR / 'templates'],
        'APP_DIRS': True,
        'OPTIONS': {
            'context_processors': [
                'django.template.context_processors.request',
                'django.contrib.auth.context_processors.auth',
                'django.contrib.messages.context_processors.messages',
            ],
        },
    },
]

DATABASES = {
    'default': dj_database_url.config(default='sqlite:///db.sqlite3'),
}

STATIC_URL = '/static/'
STATIC_ROOT = BASE_DIR / 'staticfiles'
DEFAULT_AUTO_FIELD = 'django.db.models.BigAutoField'

REDIS_URL = os.getenv('REDIS_URL') or os.getenv('HEROKU_REDIS_AMBER_URL', 'redis://localhost:6379')

# Heroku's Redis speaks TLS with a certificate of its own making; a local one speaks plain.
redis_host = {'address': REDIS_URL}
if REDIS_URL.startswith('rediss://'):
    redis_host['ssl_cert_reqs'] = None

CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {
            'hosts': [redis_host],
        },
    },
}
\`\`\`
\`\`\`json snapshot=dynolint.snapshot.json
{
  "snapshot": 1,
  "domains": [{ "name": "chat-1234567890ab.herokuapp.com", "kind": "heroku" }],
  "addons": [
    { "service": "heroku-redis", "plan": "premium-0", "variables": ["HEROKU_REDIS_AMBER_URL"] },
    { "service": "heroku-postgresql", "plan": "essential-0", "variables": ["DATABASE_URL"] }
  ],
  "dynos": [{ "type": "web", "size": "basic", "up": 1, "down": 0 }],
  "config": {
    "ALLOWED_HOSTS": "hosts:chat-1234567890ab.herokuapp.com",
    "CSRF_TRUSTED_ORIGINS": "hosts:https://chat-1234567890ab.herokuapp.com",
    "DATABASE_URL": "postgres-url",
    "HEROKU_REDIS_AMBER_URL": "rediss-url",
    "SECRET_KEY": "secret"
  }
}
\`\`\`

## When it is silent

No manifest lists add-ons; the variable is in its \`env\` or in the configuration of dynolint; the layer reads a variable that no known add-on sets.

## Sources

- [app.json: addons](https://devcenter.heroku.com/articles/app-json-schema#addons)
- [Heroku Key-Value Store](https://devcenter.heroku.com/articles/heroku-redis): REDIS_URL
`,fr:`# app/redis-addon

app.json ou heroku.yml liste des add-ons, mais aucun ne d\u00e9finit la variable Redis que lit le channel layer. Avec un instantan\u00e9 de l\u2019application (\`--snapshot\`), ses propres config vars d\u00e9cident au lieu du manifeste : la variable n\u2019est pas d\u00e9finie, ou l\u2019add-on en d\u00e9finit une autre \u2014 un second Redis d\u00e9finit \`HEROKU_REDIS_COULEUR_URL\`, un Redis attach\u00e9 avec \`--as CACHE\` d\u00e9finit \`CACHE_URL\`, et \`REDIS_TLS_URL\` n\u2019existe pas sur tous les plans.

## Pourquoi \u00e7a casse

Une application cr\u00e9\u00e9e d\u2019apr\u00e8s le manifeste a exactement ces add-ons. Sans la variable, les r\u00e9glages retombent sur localhost, ou laissent le layer ind\u00e9fini : \`Error 111 connecting to localhost:6379. Connection refused.\`, ou \`'NoneType' object has no attribute 'group_add'\` au premier WebSocket.

## Exemple

### Pas d\u2019add-on Redis

\`\`\`json file=app.json
{
  "addons": ["heroku-postgresql:essential-0"],
  "env": { "SECRET_KEY": { "generator": "secret" } }
}
\`\`\`
\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {
            'hosts': [{'address': os.environ.get('REDIS_URL', 'redis://localhost:6379'), 'ssl_cert_reqs': None}],
        },
    },
}
\`\`\`
\`\`\`findings
app.json:2:13 error app/redis-addon
\`\`\`

### Un add-on qui d\u00e9finit une autre variable

\`\`\`json file=app.json
{
  "addons": ["rediscloud:30"],
  "env": { "SECRET_KEY": { "generator": "secret" } }
}
\`\`\`
\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {
            'hosts': [{'address': os.environ.get('REDIS_URL', 'redis://localhost:6379'), 'ssl_cert_reqs': None}],
        },
    },
}
\`\`\`
\`\`\`findings
app.json:2:13 error app/redis-addon
\`\`\`

### L\u2019application d\u00e9ploy\u00e9e n\u2019en a pas

\`\`\`json snapshot=dynolint.snapshot.json
{
  "snapshot": 1,
  "domains": [{ "name": "chat-1234567890ab.herokuapp.com", "kind": "heroku" }],
  "addons": [
    { "service": "heroku-postgresql", "plan": "essential-0", "variables": ["DATABASE_URL"] }
  ],
  "dynos": [{ "type": "web", "size": "basic", "up": 1, "down": 0 }],
  "config": {
    "ALLOWED_HOSTS": "hosts:chat-1234567890ab.herokuapp.com",
    "CSRF_TRUSTED_ORIGINS": "hosts:https://chat-1234567890ab.herokuapp.com",
    "DATABASE_URL": "postgres-url",
    "SECRET_KEY": "secret"
  }
}
\`\`\`
\`\`\`findings
mysite/settings.py:64:13 error app/redis-addon
\`\`\`

### L\u2019add-on d\u00e9finit un autre nom

\`\`\`json snapshot=dynolint.snapshot.json
{
  "snapshot": 1,
  "domains": [{ "name": "chat-1234567890ab.herokuapp.com", "kind": "heroku" }],
  "addons": [
    { "service": "heroku-redis", "plan": "premium-0", "variables": ["HEROKU_REDIS_AMBER_URL"] },
    { "service": "heroku-postgresql", "plan": "essential-0", "variables": ["DATABASE_URL"] }
  ],
  "dynos": [{ "type": "web", "size": "basic", "up": 1, "down": 0 }],
  "config": {
    "ALLOWED_HOSTS": "hosts:chat-1234567890ab.herokuapp.com",
    "CSRF_TRUSTED_ORIGINS": "hosts:https://chat-1234567890ab.herokuapp.com",
    "DATABASE_URL": "postgres-url",
    "HEROKU_REDIS_AMBER_URL": "rediss-url",
    "SECRET_KEY": "secret"
  }
}
\`\`\`
\`\`\`findings
mysite/settings.py:64:13 error app/redis-addon
\`\`\`

### Une variable que l\u2019add-on ne d\u00e9finit pas

\`\`\`python file=mysite/settings.py
import os
from pathlib import Path

import dj_database_url

BASE_DIR = Path(__file__).resolve().parent.parent

SECRET_KEY = os.environ['SECRET_KEY']
DEBUG = os.getenv('DEBUG', 'False') == 'True'

ALLOWED_HOSTS = os.getenv('ALLOWED_HOSTS', 'localhost').split(',')
CSRF_TRUSTED_ORIGINS = [origin for origin in os.getenv('CSRF_TRUSTED_ORIGINS', '').split(',') if origin]

INSTALLED_APPS = [
    'daphne',
    'django.contrib.admin',
    'django.contrib.auth',
    'django.contrib.contenttypes',
    'django.contrib.sessions',
    'django.contrib.messages',
    'django.contrib.staticfiles',
    'channels',
    'chat',
]

SECURE_PROXY_SSL_HEADER = ('HTTP_X_FORWARDED_PROTO', 'https')

MIDDLEWARE = [
    'django.middleware.security.SecurityMiddleware',
    'whitenoise.middleware.WhiteNoiseMiddleware',
    'django.contrib.sessions.middleware.SessionMiddleware',
    'django.middleware.common.CommonMiddleware',
    'django.middleware.csrf.CsrfViewMiddleware',
    'django.contrib.auth.middleware.AuthenticationMiddleware',
    'django.contrib.messages.middleware.MessageMiddleware',
]

ROOT_URLCONF = 'mysite.urls'
ASGI_APPLICATION = 'mysite.asgi.application'

TEMPLATES = [
    {
        'BACKEND': 'django.template.backends.django.DjangoTemplates',
        'DIRS': [BASE_DIR / 'templates'],
        'APP_DIRS': True,
        'OPTIONS': {
            'context_processors': [
                'django.template.context_processors.request',
                'django.contrib.auth.context_processors.auth',
                'django.contrib.messages.context_processors.messages',
            ],
        },
    },
]

DATABASES = {
    'default': dj_database_url.config(default='sqlite:///db.sqlite3'),
}

STATIC_URL = '/static/'
STATIC_ROOT = BASE_DIR / 'staticfiles'
DEFAULT_AUTO_FIELD = 'django.db.models.BigAutoField'

REDIS_URL = os.environ['REDIS_TLS_URL']

# Heroku's Redis speaks TLS with a certificate of its own making; a local one speaks plain.
redis_host = {'address': REDIS_URL}
if REDIS_URL.startswith('rediss://'):
    redis_host['ssl_cert_reqs'] = None

CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {
            'hosts': [redis_host],
        },
    },
}
\`\`\`
\`\`\`json snapshot=dynolint.snapshot.json
{
  "snapshot": 1,
  "domains": [{ "name": "chat-1234567890ab.herokuapp.com", "kind": "heroku" }],
  "addons": [
    { "service": "heroku-redis", "plan": "premium-0", "variables": ["REDIS_URL"] },
    { "service": "heroku-postgresql", "plan": "essential-0", "variables": ["DATABASE_URL"] }
  ],
  "dynos": [{ "type": "web", "size": "basic", "up": 1, "down": 0 }],
  "config": {
    "ALLOWED_HOSTS": "hosts:chat-1234567890ab.herokuapp.com",
    "CSRF_TRUSTED_ORIGINS": "hosts:https://chat-1234567890ab.herokuapp.com",
    "DATABASE_URL": "postgres-url",
    "REDIS_URL": "rediss-url",
    "SECRET_KEY": "secret"
  }
}
\`\`\`
\`\`\`findings
mysite/settings.py:64:13 error app/redis-addon
\`\`\`

## \u00c0 \u00e9crire \u00e0 la place

\`\`\`json file=app.json
{
  "addons": ["heroku-redis:premium-0", "heroku-postgresql:essential-0"],
  "env": { "SECRET_KEY": { "generator": "secret" } }
}
\`\`\`
\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {
            'hosts': [{'address': os.environ.get('REDIS_URL', 'redis://localhost:6379'), 'ssl_cert_reqs': None}],
        },
    },
}
\`\`\`

### La variable est donn\u00e9e dans env

\`\`\`json file=app.json
{
  "addons": ["heroku-postgresql:essential-0"],
  "env": { "SECRET_KEY": { "generator": "secret" }, "REDIS_URL": { "required": true } }
}
\`\`\`
\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {
            'hosts': [{'address': os.environ.get('REDIS_URL', 'redis://localhost:6379'), 'ssl_cert_reqs': None}],
        },
    },
}
\`\`\`

### Pas de liste d\u2019add-ons

\`\`\`json file=app.json
{
  "name": "chat",
  "env": { "SECRET_KEY": { "generator": "secret" } }
}
\`\`\`
\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {
            'hosts': [{'address': os.environ.get('REDIS_URL', 'redis://localhost:6379'), 'ssl_cert_reqs': None}],
        },
    },
}
\`\`\`

### L\u2019application d\u00e9ploy\u00e9e en a un, quoi que liste app.json

\`\`\`json file=app.json
{ "addons": ["heroku-postgresql:essential-0"] }
\`\`\`
\`\`\`json snapshot=dynolint.snapshot.json
{
  "snapshot": 1,
  "domains": [{ "name": "chat-1234567890ab.herokuapp.com", "kind": "heroku" }],
  "addons": [
    { "service": "heroku-redis", "plan": "premium-0", "variables": ["REDIS_URL"] },
    { "service": "heroku-postgresql", "plan": "essential-0", "variables": ["DATABASE_URL"] }
  ],
  "dynos": [{ "type": "web", "size": "basic", "up": 1, "down": 0 }],
  "config": {
    "ALLOWED_HOSTS": "hosts:chat-1234567890ab.herokuapp.com",
    "CSRF_TRUSTED_ORIGINS": "hosts:https://chat-1234567890ab.herokuapp.com",
    "DATABASE_URL": "postgres-url",
    "REDIS_URL": "rediss-url",
    "SECRET_KEY": "secret"
  }
}
\`\`\`

### Le code conna\u00eet les deux noms

\`\`\`python file=mysite/settings.py
import os
from pathlib import Path

import dj_database_url

BASE_DIR = Path(__file__).resolve().parent.parent

SECRET_KEY = os.environ['SECRET_KEY']
DEBUG = os.getenv('DEBUG', 'False') == 'True'

ALLOWED_HOSTS = os.getenv('ALLOWED_HOSTS', 'localhost').split(',')
CSRF_TRUSTED_ORIGINS = [origin for origin in os.getenv('CSRF_TRUSTED_ORIGINS', '').split(',') if origin]

INSTALLED_APPS = [
    'daphne',
    'django.contrib.admin',
    'django.contrib.auth',
    'django.contrib.contenttypes',
    'django.contrib.sessions',
    'django.contrib.messages',
    'django.contrib.staticfiles',
    'channels',
    'chat',
]

SECURE_PROXY_SSL_HEADER = ('HTTP_X_FORWARDED_PROTO', 'https')

MIDDLEWARE = [
    'django.middleware.security.SecurityMiddleware',
    'whitenoise.middleware.WhiteNoiseMiddleware',
    'django.contrib.sessions.middleware.SessionMiddleware',
    'django.middleware.common.CommonMiddleware',
    'django.middleware.csrf.CsrfViewMiddleware',
    'django.contrib.auth.middleware.AuthenticationMiddleware',
    'django.contrib.messages.middleware.MessageMiddleware',
]

ROOT_URLCONF = 'mysite.urls'
ASGI_APPLICATION = 'mysite.asgi.application'

TEMPLATES = [
    {
        'BACKEND': 'django.template.backends.django.DjangoTemplates',
        'DIRS': [BASE_DIR / 'templates'],
        'APP_DIRS': True,
        'OPTIONS': {
            'context_processors': [
                'django.template.context_processors.request',
                'django.contrib.auth.context_processors.auth',
                'django.contrib.messages.context_processors.messages',
            ],
        },
    },
]

DATABASES = {
    'default': dj_database_url.config(default='sqlite:///db.sqlite3'),
}

STATIC_URL = '/static/'
STATIC_ROOT = BASE_DIR / 'staticfiles'
DEFAULT_AUTO_FIELD = 'django.db.models.BigAutoField'

REDIS_URL = os.getenv('REDIS_URL') or os.getenv('HEROKU_REDIS_AMBER_URL', 'redis://localhost:6379')

# Heroku's Redis speaks TLS with a certificate of its own making; a local one speaks plain.
redis_host = {'address': REDIS_URL}
if REDIS_URL.startswith('rediss://'):
    redis_host['ssl_cert_reqs'] = None

CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {
            'hosts': [redis_host],
        },
    },
}
\`\`\`
\`\`\`json snapshot=dynolint.snapshot.json
{
  "snapshot": 1,
  "domains": [{ "name": "chat-1234567890ab.herokuapp.com", "kind": "heroku" }],
  "addons": [
    { "service": "heroku-redis", "plan": "premium-0", "variables": ["HEROKU_REDIS_AMBER_URL"] },
    { "service": "heroku-postgresql", "plan": "essential-0", "variables": ["DATABASE_URL"] }
  ],
  "dynos": [{ "type": "web", "size": "basic", "up": 1, "down": 0 }],
  "config": {
    "ALLOWED_HOSTS": "hosts:chat-1234567890ab.herokuapp.com",
    "CSRF_TRUSTED_ORIGINS": "hosts:https://chat-1234567890ab.herokuapp.com",
    "DATABASE_URL": "postgres-url",
    "HEROKU_REDIS_AMBER_URL": "rediss-url",
    "SECRET_KEY": "secret"
  }
}
\`\`\`

## Quand la r\u00e8gle se tait

Aucun manifeste ne liste d\u2019add-ons ; la variable figure dans son \`env\` ou dans la configuration de dynolint ; le layer lit une variable qu\u2019aucun add-on connu ne d\u00e9finit.

## Sources

- [app.json : addons](https://devcenter.heroku.com/articles/app-json-schema#addons)
- [Heroku Key-Value Store](https://devcenter.heroku.com/articles/heroku-redis) : REDIS_URL
`},"app/redis-plan":{en:`# app/redis-plan

The plan of the Redis add-on in app.json, heroku.yml or the configuration is retired, does not exist, or is too small for production. With a snapshot of the app, the plan it has counts, and the connections that its dynos keep are set against the plan\u2019s limit: web dynos \u00d7 server processes \u00d7 connections of each (the channel layer two, a cache one), and one for each Celery worker. The estimate is a lower bound, so it is only told when it exceeds the plan.

## Why it breaks

\`heroku-redis:hobby-dev\` was free until 2022-11-28; creating it now fails with \`Couldn't find either the add-on service or the add-on plan of "heroku-redis:hobby-dev"\`. \`mini\` allows 20 connections and 25 MB: Channels keeps connections per process for sending and for each waiting consumer, and further ones fail with \`ERR max number of clients reached\`.

## Example

### Retired

\`\`\`json file=app.json
{
  "addons": ["heroku-redis:hobby-dev"]
}
\`\`\`
\`\`\`findings
app.json:2:28 error app/redis-plan
\`\`\`

### Too small

\`\`\`json file=app.json
{
  "addons": [{ "plan": "heroku-redis:mini" }]
}
\`\`\`
\`\`\`findings
app.json:2:38 warning app/redis-plan
\`\`\`

### No such plan

\`\`\`json file=app.json
{
  "addons": ["heroku-redis:standard-0"]
}
\`\`\`
\`\`\`findings
app.json:2:28 warning app/redis-plan
\`\`\`

### The deployed app\u2019s plan

\`\`\`json snapshot=dynolint.snapshot.json
{
  "snapshot": 1,
  "domains": [{ "name": "chat-1234567890ab.herokuapp.com", "kind": "heroku" }],
  "addons": [
    { "service": "heroku-redis", "plan": "mini", "variables": ["REDIS_URL"] },
    { "service": "heroku-postgresql", "plan": "essential-0", "variables": ["DATABASE_URL"] }
  ],
  "dynos": [{ "type": "web", "size": "basic", "up": 1, "down": 0 }],
  "config": {
    "ALLOWED_HOSTS": "hosts:chat-1234567890ab.herokuapp.com",
    "CSRF_TRUSTED_ORIGINS": "hosts:https://chat-1234567890ab.herokuapp.com",
    "DATABASE_URL": "postgres-url",
    "REDIS_URL": "rediss-url",
    "SECRET_KEY": "secret"
  }
}
\`\`\`
\`\`\`findings
dynolint.snapshot.json:5:43 warning app/redis-plan
\`\`\`

### More connections than the plan takes

\`\`\`Procfile file=Procfile
web: gunicorn -k uvicorn_worker.UvicornWorker mysite.asgi:application
\`\`\`
\`\`\`text file=requirements.txt
Django==5.2.17
dj-database-url==3.0.1
psycopg[binary]==3.2.12
channels==4.3.2
channels-redis==4.3.0
redis==7.4.1
gunicorn==23.0.0
uvicorn-worker==0.4.0
uvicorn==0.38.0
websockets==15.0.1
whitenoise==6.11.0
\`\`\`
\`\`\`python file=mysite/settings.py
import os
from pathlib import Path

import dj_database_url

BASE_DIR = Path(__file__).resolve().parent.parent

SECRET_KEY = os.environ['SECRET_KEY']
DEBUG = os.getenv('DEBUG', 'False') == 'True'

ALLOWED_HOSTS = os.getenv('ALLOWED_HOSTS', 'localhost').split(',')
CSRF_TRUSTED_ORIGINS = [origin for origin in os.getenv('CSRF_TRUSTED_ORIGINS', '').split(',') if origin]

INSTALLED_APPS = [
    'django.contrib.admin',
    'django.contrib.auth',
    'django.contrib.contenttypes',
    'django.contrib.sessions',
    'django.contrib.messages',
    'django.contrib.staticfiles',
    'channels',
    'chat',
]

SECURE_PROXY_SSL_HEADER = ('HTTP_X_FORWARDED_PROTO', 'https')

MIDDLEWARE = [
    'django.middleware.security.SecurityMiddleware',
    'whitenoise.middleware.WhiteNoiseMiddleware',
    'django.contrib.sessions.middleware.SessionMiddleware',
    'django.middleware.common.CommonMiddleware',
    'django.middleware.csrf.CsrfViewMiddleware',
    'django.contrib.auth.middleware.AuthenticationMiddleware',
    'django.contrib.messages.middleware.MessageMiddleware',
]

ROOT_URLCONF = 'mysite.urls'
ASGI_APPLICATION = 'mysite.asgi.application'

TEMPLATES = [
    {
        'BACKEND': 'django.template.backends.django.DjangoTemplates',
        'DIRS': [BASE_DIR / 'templates'],
        'APP_DIRS': True,
        'OPTIONS': {
            'context_processors': [
                'django.template.context_processors.request',
                'django.contrib.auth.context_processors.auth',
                'django.contrib.messages.context_processors.messages',
            ],
        },
    },
]

DATABASES = {
    'default': dj_database_url.config(default='sqlite:///db.sqlite3'),
}

STATIC_URL = '/static/'
STATIC_ROOT = BASE_DIR / 'staticfiles'
DEFAULT_AUTO_FIELD = 'django.db.models.BigAutoField'

REDIS_URL = os.getenv('REDIS_URL', 'redis://localhost:6379/0')

# Heroku's Redis speaks TLS with a certificate of its own making; a local one speaks plain.
redis_host = {'address': REDIS_URL}
if REDIS_URL.startswith('rediss://'):
    redis_host['ssl_cert_reqs'] = None

CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {
            'hosts': [redis_host],
        },
    },
}
\`\`\`
\`\`\`json snapshot=dynolint.snapshot.json
{
  "snapshot": 1,
  "domains": [{ "name": "chat-1234567890ab.herokuapp.com", "kind": "heroku" }],
  "addons": [
    { "service": "heroku-redis", "plan": "premium-0", "variables": ["REDIS_URL"] },
    { "service": "heroku-postgresql", "plan": "essential-0", "variables": ["DATABASE_URL"] }
  ],
  "dynos": [{ "type": "web", "size": "standard-2x", "up": 6, "down": 0 }],
  "config": {
    "ALLOWED_HOSTS": "hosts:chat-1234567890ab.herokuapp.com",
    "CSRF_TRUSTED_ORIGINS": "hosts:https://chat-1234567890ab.herokuapp.com",
    "DATABASE_URL": "postgres-url",
    "REDIS_URL": "rediss-url",
    "SECRET_KEY": "secret"
  }
}
\`\`\`
\`\`\`findings
dynolint.snapshot.json:5:43 warning app/redis-plan
\`\`\`

## Use instead

\`\`\`json file=app.json
{
  "addons": ["heroku-redis:premium-0"]
}
\`\`\`

### Another service

\`\`\`json file=app.json
{
  "addons": ["rediscloud:30"]
}
\`\`\`

### Few enough processes

\`\`\`Procfile file=Procfile
web: gunicorn -k uvicorn_worker.UvicornWorker mysite.asgi:application
\`\`\`
\`\`\`text file=requirements.txt
Django==5.2.17
dj-database-url==3.0.1
psycopg[binary]==3.2.12
channels==4.3.2
channels-redis==4.3.0
redis==7.4.1
gunicorn==23.0.0
uvicorn-worker==0.4.0
uvicorn==0.38.0
websockets==15.0.1
whitenoise==6.11.0
\`\`\`
\`\`\`python file=mysite/settings.py
import os
from pathlib import Path

import dj_database_url

BASE_DIR = Path(__file__).resolve().parent.parent

SECRET_KEY = os.environ['SECRET_KEY']
DEBUG = os.getenv('DEBUG', 'False') == 'True'

ALLOWED_HOSTS = os.getenv('ALLOWED_HOSTS', 'localhost').split(',')
CSRF_TRUSTED_ORIGINS = [origin for origin in os.getenv('CSRF_TRUSTED_ORIGINS', '').split(',') if origin]

INSTALLED_APPS = [
    'django.contrib.admin',
    'django.contrib.auth',
    'django.contrib.contenttypes',
    'django.contrib.sessions',
    'django.contrib.messages',
    'django.contrib.staticfiles',
    'channels',
    'chat',
]

SECURE_PROXY_SSL_HEADER = ('HTTP_X_FORWARDED_PROTO', 'https')

MIDDLEWARE = [
    'django.middleware.security.SecurityMiddleware',
    'whitenoise.middleware.WhiteNoiseMiddleware',
    'django.contrib.sessions.middleware.SessionMiddleware',
    'django.middleware.common.CommonMiddleware',
    'django.middleware.csrf.CsrfViewMiddleware',
    'django.contrib.auth.middleware.AuthenticationMiddleware',
    'django.contrib.messages.middleware.MessageMiddleware',
]

ROOT_URLCONF = 'mysite.urls'
ASGI_APPLICATION = 'mysite.asgi.application'

TEMPLATES = [
    {
        'BACKEND': 'django.template.backends.django.DjangoTemplates',
        'DIRS': [BASE_DIR / 'templates'],
        'APP_DIRS': True,
        'OPTIONS': {
            'context_processors': [
                'django.template.context_processors.request',
                'django.contrib.auth.context_processors.auth',
                'django.contrib.messages.context_processors.messages',
            ],
        },
    },
]

DATABASES = {
    'default': dj_database_url.config(default='sqlite:///db.sqlite3'),
}

STATIC_URL = '/static/'
STATIC_ROOT = BASE_DIR / 'staticfiles'
DEFAULT_AUTO_FIELD = 'django.db.models.BigAutoField'

REDIS_URL = os.getenv('REDIS_URL', 'redis://localhost:6379/0')

# Heroku's Redis speaks TLS with a certificate of its own making; a local one speaks plain.
redis_host = {'address': REDIS_URL}
if REDIS_URL.startswith('rediss://'):
    redis_host['ssl_cert_reqs'] = None

CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {
            'hosts': [redis_host],
        },
    },
}
\`\`\`
\`\`\`json snapshot=dynolint.snapshot.json
{
  "snapshot": 1,
  "domains": [{ "name": "chat-1234567890ab.herokuapp.com", "kind": "heroku" }],
  "addons": [
    { "service": "heroku-redis", "plan": "premium-0", "variables": ["REDIS_URL"] },
    { "service": "heroku-postgresql", "plan": "essential-0", "variables": ["DATABASE_URL"] }
  ],
  "dynos": [{ "type": "web", "size": "standard-2x", "up": 5, "down": 0 }],
  "config": {
    "ALLOWED_HOSTS": "hosts:chat-1234567890ab.herokuapp.com",
    "CSRF_TRUSTED_ORIGINS": "hosts:https://chat-1234567890ab.herokuapp.com",
    "DATABASE_URL": "postgres-url",
    "REDIS_URL": "rediss-url",
    "SECRET_KEY": "secret"
  }
}
\`\`\`

### The manifest\u2019s plan is not the app\u2019s

\`\`\`json file=app.json
{ "addons": ["heroku-redis:mini"] }
\`\`\`
\`\`\`json snapshot=dynolint.snapshot.json
{
  "snapshot": 1,
  "domains": [{ "name": "chat-1234567890ab.herokuapp.com", "kind": "heroku" }],
  "addons": [
    { "service": "heroku-redis", "plan": "premium-0", "variables": ["REDIS_URL"] },
    { "service": "heroku-postgresql", "plan": "essential-0", "variables": ["DATABASE_URL"] }
  ],
  "dynos": [{ "type": "web", "size": "basic", "up": 1, "down": 0 }],
  "config": {
    "ALLOWED_HOSTS": "hosts:chat-1234567890ab.herokuapp.com",
    "CSRF_TRUSTED_ORIGINS": "hosts:https://chat-1234567890ab.herokuapp.com",
    "DATABASE_URL": "postgres-url",
    "REDIS_URL": "rediss-url",
    "SECRET_KEY": "secret"
  }
}
\`\`\`

## When it is silent

The add-on is named without a plan; its plans are not known to dynolint.

## Sources

- [Heroku Key-Value Store plans](https://devcenter.heroku.com/articles/heroku-redis-technical-characterization): connections and memory (2024-10-11)
- [Removal of free plans](https://help.heroku.com/RSBRUH58/removal-of-heroku-free-product-plans-faq), 2022-11-28
- channels_redis 4.3.0: core.py keeps one connection while it waits and takes another to send; pubsub.py holds one that is subscribed
- [heroku-buildpack-python](https://github.com/heroku/heroku-buildpack-python), WEB_CONCURRENCY.sh (v351): server processes by dyno size
`,fr:`# app/redis-plan

Le plan de l\u2019add-on Redis dans app.json, heroku.yml ou la configuration est retir\u00e9, n\u2019existe pas, ou est trop petit pour la production. Avec un instantan\u00e9 de l\u2019application, c\u2019est son propre plan qui compte, et les connexions que gardent ses dynos sont compar\u00e9es \u00e0 la limite du plan : dynos web \u00d7 processus serveur \u00d7 connexions de chacun (deux pour le channel layer, une par cache), plus une par worker Celery. L\u2019estimation est un minimum : elle n\u2019est dite que si elle d\u00e9passe le plan.

## Pourquoi \u00e7a casse

\`heroku-redis:hobby-dev\` fut gratuit jusqu\u2019au 2022-11-28 ; le cr\u00e9er \u00e9choue aujourd\u2019hui avec \`Couldn't find either the add-on service or the add-on plan of "heroku-redis:hobby-dev"\`. \`mini\` permet 20 connexions et 25 Mo : Channels garde des connexions par processus pour envoyer et pour chaque consumer en attente, et les suivantes \u00e9chouent avec \`ERR max number of clients reached\`.

## Exemple

### Retir\u00e9

\`\`\`json file=app.json
{
  "addons": ["heroku-redis:hobby-dev"]
}
\`\`\`
\`\`\`findings
app.json:2:28 error app/redis-plan
\`\`\`

### Trop petit

\`\`\`json file=app.json
{
  "addons": [{ "plan": "heroku-redis:mini" }]
}
\`\`\`
\`\`\`findings
app.json:2:38 warning app/redis-plan
\`\`\`

### Pas de tel plan

\`\`\`json file=app.json
{
  "addons": ["heroku-redis:standard-0"]
}
\`\`\`
\`\`\`findings
app.json:2:28 warning app/redis-plan
\`\`\`

### Le plan de l\u2019application d\u00e9ploy\u00e9e

\`\`\`json snapshot=dynolint.snapshot.json
{
  "snapshot": 1,
  "domains": [{ "name": "chat-1234567890ab.herokuapp.com", "kind": "heroku" }],
  "addons": [
    { "service": "heroku-redis", "plan": "mini", "variables": ["REDIS_URL"] },
    { "service": "heroku-postgresql", "plan": "essential-0", "variables": ["DATABASE_URL"] }
  ],
  "dynos": [{ "type": "web", "size": "basic", "up": 1, "down": 0 }],
  "config": {
    "ALLOWED_HOSTS": "hosts:chat-1234567890ab.herokuapp.com",
    "CSRF_TRUSTED_ORIGINS": "hosts:https://chat-1234567890ab.herokuapp.com",
    "DATABASE_URL": "postgres-url",
    "REDIS_URL": "rediss-url",
    "SECRET_KEY": "secret"
  }
}
\`\`\`
\`\`\`findings
dynolint.snapshot.json:5:43 warning app/redis-plan
\`\`\`

### Plus de connexions que n\u2019en accepte le plan

\`\`\`Procfile file=Procfile
web: gunicorn -k uvicorn_worker.UvicornWorker mysite.asgi:application
\`\`\`
\`\`\`text file=requirements.txt
Django==5.2.17
dj-database-url==3.0.1
psycopg[binary]==3.2.12
channels==4.3.2
channels-redis==4.3.0
redis==7.4.1
gunicorn==23.0.0
uvicorn-worker==0.4.0
uvicorn==0.38.0
websockets==15.0.1
whitenoise==6.11.0
\`\`\`
\`\`\`python file=mysite/settings.py
import os
from pathlib import Path

import dj_database_url

BASE_DIR = Path(__file__).resolve().parent.parent

SECRET_KEY = os.environ['SECRET_KEY']
DEBUG = os.getenv('DEBUG', 'False') == 'True'

ALLOWED_HOSTS = os.getenv('ALLOWED_HOSTS', 'localhost').split(',')
CSRF_TRUSTED_ORIGINS = [origin for origin in os.getenv('CSRF_TRUSTED_ORIGINS', '').split(',') if origin]

INSTALLED_APPS = [
    'django.contrib.admin',
    'django.contrib.auth',
    'django.contrib.contenttypes',
    'django.contrib.sessions',
    'django.contrib.messages',
    'django.contrib.staticfiles',
    'channels',
    'chat',
]

SECURE_PROXY_SSL_HEADER = ('HTTP_X_FORWARDED_PROTO', 'https')

MIDDLEWARE = [
    'django.middleware.security.SecurityMiddleware',
    'whitenoise.middleware.WhiteNoiseMiddleware',
    'django.contrib.sessions.middleware.SessionMiddleware',
    'django.middleware.common.CommonMiddleware',
    'django.middleware.csrf.CsrfViewMiddleware',
    'django.contrib.auth.middleware.AuthenticationMiddleware',
    'django.contrib.messages.middleware.MessageMiddleware',
]

ROOT_URLCONF = 'mysite.urls'
ASGI_APPLICATION = 'mysite.asgi.application'

TEMPLATES = [
    {
        'BACKEND': 'django.template.backends.django.DjangoTemplates',
        'DIRS': [BASE_DIR / 'templates'],
        'APP_DIRS': True,
        'OPTIONS': {
            'context_processors': [
                'django.template.context_processors.request',
                'django.contrib.auth.context_processors.auth',
                'django.contrib.messages.context_processors.messages',
            ],
        },
    },
]

DATABASES = {
    'default': dj_database_url.config(default='sqlite:///db.sqlite3'),
}

STATIC_URL = '/static/'
STATIC_ROOT = BASE_DIR / 'staticfiles'
DEFAULT_AUTO_FIELD = 'django.db.models.BigAutoField'

REDIS_URL = os.getenv('REDIS_URL', 'redis://localhost:6379/0')

# Heroku's Redis speaks TLS with a certificate of its own making; a local one speaks plain.
redis_host = {'address': REDIS_URL}
if REDIS_URL.startswith('rediss://'):
    redis_host['ssl_cert_reqs'] = None

CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {
            'hosts': [redis_host],
        },
    },
}
\`\`\`
\`\`\`json snapshot=dynolint.snapshot.json
{
  "snapshot": 1,
  "domains": [{ "name": "chat-1234567890ab.herokuapp.com", "kind": "heroku" }],
  "addons": [
    { "service": "heroku-redis", "plan": "premium-0", "variables": ["REDIS_URL"] },
    { "service": "heroku-postgresql", "plan": "essential-0", "variables": ["DATABASE_URL"] }
  ],
  "dynos": [{ "type": "web", "size": "standard-2x", "up": 6, "down": 0 }],
  "config": {
    "ALLOWED_HOSTS": "hosts:chat-1234567890ab.herokuapp.com",
    "CSRF_TRUSTED_ORIGINS": "hosts:https://chat-1234567890ab.herokuapp.com",
    "DATABASE_URL": "postgres-url",
    "REDIS_URL": "rediss-url",
    "SECRET_KEY": "secret"
  }
}
\`\`\`
\`\`\`findings
dynolint.snapshot.json:5:43 warning app/redis-plan
\`\`\`

## \u00c0 \u00e9crire \u00e0 la place

\`\`\`json file=app.json
{
  "addons": ["heroku-redis:premium-0"]
}
\`\`\`

### Un autre service

\`\`\`json file=app.json
{
  "addons": ["rediscloud:30"]
}
\`\`\`

### Assez peu de processus

\`\`\`Procfile file=Procfile
web: gunicorn -k uvicorn_worker.UvicornWorker mysite.asgi:application
\`\`\`
\`\`\`text file=requirements.txt
Django==5.2.17
dj-database-url==3.0.1
psycopg[binary]==3.2.12
channels==4.3.2
channels-redis==4.3.0
redis==7.4.1
gunicorn==23.0.0
uvicorn-worker==0.4.0
uvicorn==0.38.0
websockets==15.0.1
whitenoise==6.11.0
\`\`\`
\`\`\`python file=mysite/settings.py
import os
from pathlib import Path

import dj_database_url

BASE_DIR = Path(__file__).resolve().parent.parent

SECRET_KEY = os.environ['SECRET_KEY']
DEBUG = os.getenv('DEBUG', 'False') == 'True'

ALLOWED_HOSTS = os.getenv('ALLOWED_HOSTS', 'localhost').split(',')
CSRF_TRUSTED_ORIGINS = [origin for origin in os.getenv('CSRF_TRUSTED_ORIGINS', '').split(',') if origin]

INSTALLED_APPS = [
    'django.contrib.admin',
    'django.contrib.auth',
    'django.contrib.contenttypes',
    'django.contrib.sessions',
    'django.contrib.messages',
    'django.contrib.staticfiles',
    'channels',
    'chat',
]

SECURE_PROXY_SSL_HEADER = ('HTTP_X_FORWARDED_PROTO', 'https')

MIDDLEWARE = [
    'django.middleware.security.SecurityMiddleware',
    'whitenoise.middleware.WhiteNoiseMiddleware',
    'django.contrib.sessions.middleware.SessionMiddleware',
    'django.middleware.common.CommonMiddleware',
    'django.middleware.csrf.CsrfViewMiddleware',
    'django.contrib.auth.middleware.AuthenticationMiddleware',
    'django.contrib.messages.middleware.MessageMiddleware',
]

ROOT_URLCONF = 'mysite.urls'
ASGI_APPLICATION = 'mysite.asgi.application'

TEMPLATES = [
    {
        'BACKEND': 'django.template.backends.django.DjangoTemplates',
        'DIRS': [BASE_DIR / 'templates'],
        'APP_DIRS': True,
        'OPTIONS': {
            'context_processors': [
                'django.template.context_processors.request',
                'django.contrib.auth.context_processors.auth',
                'django.contrib.messages.context_processors.messages',
            ],
        },
    },
]

DATABASES = {
    'default': dj_database_url.config(default='sqlite:///db.sqlite3'),
}

STATIC_URL = '/static/'
STATIC_ROOT = BASE_DIR / 'staticfiles'
DEFAULT_AUTO_FIELD = 'django.db.models.BigAutoField'

REDIS_URL = os.getenv('REDIS_URL', 'redis://localhost:6379/0')

# Heroku's Redis speaks TLS with a certificate of its own making; a local one speaks plain.
redis_host = {'address': REDIS_URL}
if REDIS_URL.startswith('rediss://'):
    redis_host['ssl_cert_reqs'] = None

CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {
            'hosts': [redis_host],
        },
    },
}
\`\`\`
\`\`\`json snapshot=dynolint.snapshot.json
{
  "snapshot": 1,
  "domains": [{ "name": "chat-1234567890ab.herokuapp.com", "kind": "heroku" }],
  "addons": [
    { "service": "heroku-redis", "plan": "premium-0", "variables": ["REDIS_URL"] },
    { "service": "heroku-postgresql", "plan": "essential-0", "variables": ["DATABASE_URL"] }
  ],
  "dynos": [{ "type": "web", "size": "standard-2x", "up": 5, "down": 0 }],
  "config": {
    "ALLOWED_HOSTS": "hosts:chat-1234567890ab.herokuapp.com",
    "CSRF_TRUSTED_ORIGINS": "hosts:https://chat-1234567890ab.herokuapp.com",
    "DATABASE_URL": "postgres-url",
    "REDIS_URL": "rediss-url",
    "SECRET_KEY": "secret"
  }
}
\`\`\`

### Le plan du manifeste n\u2019est pas celui de l\u2019application

\`\`\`json file=app.json
{ "addons": ["heroku-redis:mini"] }
\`\`\`
\`\`\`json snapshot=dynolint.snapshot.json
{
  "snapshot": 1,
  "domains": [{ "name": "chat-1234567890ab.herokuapp.com", "kind": "heroku" }],
  "addons": [
    { "service": "heroku-redis", "plan": "premium-0", "variables": ["REDIS_URL"] },
    { "service": "heroku-postgresql", "plan": "essential-0", "variables": ["DATABASE_URL"] }
  ],
  "dynos": [{ "type": "web", "size": "basic", "up": 1, "down": 0 }],
  "config": {
    "ALLOWED_HOSTS": "hosts:chat-1234567890ab.herokuapp.com",
    "CSRF_TRUSTED_ORIGINS": "hosts:https://chat-1234567890ab.herokuapp.com",
    "DATABASE_URL": "postgres-url",
    "REDIS_URL": "rediss-url",
    "SECRET_KEY": "secret"
  }
}
\`\`\`

## Quand la r\u00e8gle se tait

L\u2019add-on est nomm\u00e9 sans plan ; dynolint ne conna\u00eet pas ses plans.

## Sources

- [Plans de Heroku Key-Value Store](https://devcenter.heroku.com/articles/heroku-redis-technical-characterization) : connexions et m\u00e9moire (2024-10-11)
- [Suppression des plans gratuits](https://help.heroku.com/RSBRUH58/removal-of-heroku-free-product-plans-faq), 2022-11-28
- channels_redis 4.3.0 : core.py garde une connexion pendant l\u2019attente et en prend une autre pour \u00e9mettre ; pubsub.py en tient une abonn\u00e9e
- [heroku-buildpack-python](https://github.com/heroku/heroku-buildpack-python), WEB_CONCURRENCY.sh (v351) : processus serveur selon la taille du dyno
`},"app/secret-in-source":{en:`# app/secret-in-source

A secret stands in a file that Heroku gets: a URL with a password or a private key in the Procfile, the settings, a manifest, a dependency file, or a \`.env\` that git carries; or (as a warning) a literal that the dyno uses under a name such as SECRET_KEY, *_PASSWORD, *_TOKEN, *_API_KEY, *_SECRET. Its value is never printed. With a snapshot of the app it is known whether a default such as \`os.environ.get("SECRET_KEY", "\u2026")\` is what the dyno uses.

## Why it breaks

Everyone who can read the repository, its forks and its history can log in. A leaked SECRET_KEY lets anyone forge sessions, password-reset links and signed cookies, and so open WebSockets as any user. A Redis URL in the source also breaks when the add-on rotates its credentials: \`WRONGPASS invalid username-password pair\`.

## Example

### In the settings

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = 'dh7s-29fk-a81m-xq04-pl55'
INSTALLED_APPS = ['channels', 'chat']
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {
            'hosts': ['redis://:pk3Wq9LmV2xT@redis-14242.c9.us-east-1-4.ec2.cloud.redislabs.com:14242'],
        },
    },
}
\`\`\`
\`\`\`findings
mysite/settings.py:3:14 warning app/secret-in-source
mysite/settings.py:9:24 error app/secret-in-source
\`\`\`

### In the Procfile

\`\`\`Procfile file=Procfile
web: REDIS_URL=rediss://:pk3Wq9LmV2xT@ec2-3-90-11-2.compute-1.amazonaws.com:6380 daphne -b 0.0.0.0 -p $PORT mysite.asgi:application
\`\`\`
\`\`\`findings
Procfile:1:16 error app/secret-in-source
\`\`\`

### A default that the deployed app falls back to

\`\`\`python file=mysite/settings.py
import os
from pathlib import Path

import dj_database_url

BASE_DIR = Path(__file__).resolve().parent.parent

SECRET_KEY = os.environ.get('SECRET_KEY', 'k3v9w-2m4q8-z7x1c-5n6b0')
DEBUG = os.getenv('DEBUG', 'False') == 'True'

ALLOWED_HOSTS = os.getenv('ALLOWED_HOSTS', 'localhost').split(',')
CSRF_TRUSTED_ORIGINS = [origin for origin in os.getenv('CSRF_TRUSTED_ORIGINS', '').split(',') if origin]

INSTALLED_APPS = [
    'daphne',
    'django.contrib.admin',
    'django.contrib.auth',
    'django.contrib.contenttypes',
    'django.contrib.sessions',
    'django.contrib.messages',
    'django.contrib.staticfiles',
    'channels',
    'chat',
]

SECURE_PROXY_SSL_HEADER = ('HTTP_X_FORWARDED_PROTO', 'https')

MIDDLEWARE = [
    'django.middleware.security.SecurityMiddleware',
    'whitenoise.middleware.WhiteNoiseMiddleware',
    'django.contrib.sessions.middleware.SessionMiddleware',
    'django.middleware.common.CommonMiddleware',
    'django.middleware.csrf.CsrfViewMiddleware',
    'django.contrib.auth.middleware.AuthenticationMiddleware',
    'django.contrib.messages.middleware.MessageMiddleware',
]

ROOT_URLCONF = 'mysite.urls'
ASGI_APPLICATION = 'mysite.asgi.application'

TEMPLATES = [
    {
        'BACKEND': 'django.template.backends.django.DjangoTemplates',
        'DIRS': [BASE_DIR / 'templates'],
        'APP_DIRS': True,
        'OPTIONS': {
            'context_processors': [
                'django.template.context_processors.request',
                'django.contrib.auth.context_processors.auth',
                'django.contrib.messages.context_processors.messages',
            ],
        },
    },
]

DATABASES = {
    'default': dj_database_url.config(default='sqlite:///db.sqlite3'),
}

STATIC_URL = '/static/'
STATIC_ROOT = BASE_DIR / 'staticfiles'
DEFAULT_AUTO_FIELD = 'django.db.models.BigAutoField'

REDIS_URL = os.getenv('REDIS_URL', 'redis://localhost:6379/0')

# Heroku's Redis speaks TLS with a certificate of its own making; a local one speaks plain.
redis_host = {'address': REDIS_URL}
if REDIS_URL.startswith('rediss://'):
    redis_host['ssl_cert_reqs'] = None

CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {
            'hosts': [redis_host],
        },
    },
}
\`\`\`
\`\`\`json snapshot=dynolint.snapshot.json
{
  "snapshot": 1,
  "domains": [{ "name": "chat-1234567890ab.herokuapp.com", "kind": "heroku" }],
  "addons": [
    { "service": "heroku-redis", "plan": "premium-0", "variables": ["REDIS_URL"] },
    { "service": "heroku-postgresql", "plan": "essential-0", "variables": ["DATABASE_URL"] }
  ],
  "dynos": [{ "type": "web", "size": "basic", "up": 1, "down": 0 }],
  "config": {
    "ALLOWED_HOSTS": "hosts:chat-1234567890ab.herokuapp.com",
    "CSRF_TRUSTED_ORIGINS": "hosts:https://chat-1234567890ab.herokuapp.com",
    "DATABASE_URL": "postgres-url",
    "REDIS_URL": "rediss-url"
  }
}
\`\`\`
\`\`\`findings
mysite/settings.py:8:43 warning app/secret-in-source
\`\`\`

### In a .env that git carries

\`\`\`dotenv file=.env
DEBUG=1
REDIS_URL=rediss://:pk3Wq9LmV2xT@ec2-3-90-11-2.compute-1.amazonaws.com:6380
\`\`\`
\`\`\`findings
.env:2:11 error app/secret-in-source
\`\`\`

## Use instead

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {
            'hosts': [{'address': os.environ.get('REDIS_URL', 'redis://localhost:6379'), 'ssl_cert_reqs': None}],
        },
    },
}
\`\`\`

### Placeholders and local addresses

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
DATABASE_URL = os.environ.get('DATABASE_URL', 'postgres://user:s3cr3tpw@localhost:5432/chat')
DOCS = 'redis://:password@redis.mycompany.com:6379'
\`\`\`

### A default that the deployed app does not use

\`\`\`python file=mysite/settings.py
import os
from pathlib import Path

import dj_database_url

BASE_DIR = Path(__file__).resolve().parent.parent

SECRET_KEY = os.environ.get('SECRET_KEY', 'k3v9w-2m4q8-z7x1c-5n6b0')
DEBUG = os.getenv('DEBUG', 'False') == 'True'

ALLOWED_HOSTS = os.getenv('ALLOWED_HOSTS', 'localhost').split(',')
CSRF_TRUSTED_ORIGINS = [origin for origin in os.getenv('CSRF_TRUSTED_ORIGINS', '').split(',') if origin]

INSTALLED_APPS = [
    'daphne',
    'django.contrib.admin',
    'django.contrib.auth',
    'django.contrib.contenttypes',
    'django.contrib.sessions',
    'django.contrib.messages',
    'django.contrib.staticfiles',
    'channels',
    'chat',
]

SECURE_PROXY_SSL_HEADER = ('HTTP_X_FORWARDED_PROTO', 'https')

MIDDLEWARE = [
    'django.middleware.security.SecurityMiddleware',
    'whitenoise.middleware.WhiteNoiseMiddleware',
    'django.contrib.sessions.middleware.SessionMiddleware',
    'django.middleware.common.CommonMiddleware',
    'django.middleware.csrf.CsrfViewMiddleware',
    'django.contrib.auth.middleware.AuthenticationMiddleware',
    'django.contrib.messages.middleware.MessageMiddleware',
]

ROOT_URLCONF = 'mysite.urls'
ASGI_APPLICATION = 'mysite.asgi.application'

TEMPLATES = [
    {
        'BACKEND': 'django.template.backends.django.DjangoTemplates',
        'DIRS': [BASE_DIR / 'templates'],
        'APP_DIRS': True,
        'OPTIONS': {
            'context_processors': [
                'django.template.context_processors.request',
                'django.contrib.auth.context_processors.auth',
                'django.contrib.messages.context_processors.messages',
            ],
        },
    },
]

DATABASES = {
    'default': dj_database_url.config(default='sqlite:///db.sqlite3'),
}

STATIC_URL = '/static/'
STATIC_ROOT = BASE_DIR / 'staticfiles'
DEFAULT_AUTO_FIELD = 'django.db.models.BigAutoField'

REDIS_URL = os.getenv('REDIS_URL', 'redis://localhost:6379/0')

# Heroku's Redis speaks TLS with a certificate of its own making; a local one speaks plain.
redis_host = {'address': REDIS_URL}
if REDIS_URL.startswith('rediss://'):
    redis_host['ssl_cert_reqs'] = None

CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {
            'hosts': [redis_host],
        },
    },
}
\`\`\`
\`\`\`json snapshot=dynolint.snapshot.json
{
  "snapshot": 1,
  "domains": [{ "name": "chat-1234567890ab.herokuapp.com", "kind": "heroku" }],
  "addons": [
    { "service": "heroku-redis", "plan": "premium-0", "variables": ["REDIS_URL"] },
    { "service": "heroku-postgresql", "plan": "essential-0", "variables": ["DATABASE_URL"] }
  ],
  "dynos": [{ "type": "web", "size": "basic", "up": 1, "down": 0 }],
  "config": {
    "ALLOWED_HOSTS": "hosts:chat-1234567890ab.herokuapp.com",
    "CSRF_TRUSTED_ORIGINS": "hosts:https://chat-1234567890ab.herokuapp.com",
    "DATABASE_URL": "postgres-url",
    "REDIS_URL": "rediss-url",
    "SECRET_KEY": "secret"
  }
}
\`\`\`

### A .env that git ignores

\`\`\`gitignore file=.gitignore
.env
\`\`\`
\`\`\`dotenv file=.env
REDIS_URL=rediss://:pk3Wq9LmV2xT@ec2-3-90-11-2.compute-1.amazonaws.com:6380
\`\`\`

## When it is silent

Placeholders (\`user:pass\`, \`changeme\`, \`<password>\`), localhost and one-label hosts, comments; a \`.env\` that git ignores; a literal that a config var replaces on the dyno, or that stands in settings another module may replace.

## Sources

- [Django: SECRET_KEY](https://docs.djangoproject.com/en/stable/ref/settings/#secret-key)
- [Config vars](https://devcenter.heroku.com/articles/config-vars)
`,fr:`# app/secret-in-source

Un secret figure dans un fichier que re\u00e7oit Heroku : une URL avec mot de passe ou une cl\u00e9 priv\u00e9e dans le Procfile, les r\u00e9glages, un manifeste, un fichier de d\u00e9pendances ou un \`.env\` que git transporte ; ou (en avertissement) un litt\u00e9ral que le dyno emploie sous un nom tel que SECRET_KEY, *_PASSWORD, *_TOKEN, *_API_KEY, *_SECRET. Sa valeur n\u2019est jamais affich\u00e9e. Avec un instantan\u00e9 de l\u2019application, on sait si une valeur par d\u00e9faut telle que \`os.environ.get("SECRET_KEY", "\u2026")\` est celle qu\u2019emploie le dyno.

## Pourquoi \u00e7a casse

Quiconque lit le d\u00e9p\u00f4t, ses copies et son historique peut se connecter. Une SECRET_KEY divulgu\u00e9e permet de forger sessions, liens de r\u00e9initialisation et cookies sign\u00e9s, donc d\u2019ouvrir des WebSockets sous n\u2019importe quel nom. Une URL Redis dans le source casse aussi quand l\u2019add-on renouvelle ses identifiants : \`WRONGPASS invalid username-password pair\`.

## Exemple

### Dans les r\u00e9glages

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = 'dh7s-29fk-a81m-xq04-pl55'
INSTALLED_APPS = ['channels', 'chat']
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {
            'hosts': ['redis://:pk3Wq9LmV2xT@redis-14242.c9.us-east-1-4.ec2.cloud.redislabs.com:14242'],
        },
    },
}
\`\`\`
\`\`\`findings
mysite/settings.py:3:14 warning app/secret-in-source
mysite/settings.py:9:24 error app/secret-in-source
\`\`\`

### Dans le Procfile

\`\`\`Procfile file=Procfile
web: REDIS_URL=rediss://:pk3Wq9LmV2xT@ec2-3-90-11-2.compute-1.amazonaws.com:6380 daphne -b 0.0.0.0 -p $PORT mysite.asgi:application
\`\`\`
\`\`\`findings
Procfile:1:16 error app/secret-in-source
\`\`\`

### Une valeur par d\u00e9faut sur laquelle l\u2019application d\u00e9ploy\u00e9e retombe

\`\`\`python file=mysite/settings.py
import os
from pathlib import Path

import dj_database_url

BASE_DIR = Path(__file__).resolve().parent.parent

SECRET_KEY = os.environ.get('SECRET_KEY', 'k3v9w-2m4q8-z7x1c-5n6b0')
DEBUG = os.getenv('DEBUG', 'False') == 'True'

ALLOWED_HOSTS = os.getenv('ALLOWED_HOSTS', 'localhost').split(',')
CSRF_TRUSTED_ORIGINS = [origin for origin in os.getenv('CSRF_TRUSTED_ORIGINS', '').split(',') if origin]

INSTALLED_APPS = [
    'daphne',
    'django.contrib.admin',
    'django.contrib.auth',
    'django.contrib.contenttypes',
    'django.contrib.sessions',
    'django.contrib.messages',
    'django.contrib.staticfiles',
    'channels',
    'chat',
]

SECURE_PROXY_SSL_HEADER = ('HTTP_X_FORWARDED_PROTO', 'https')

MIDDLEWARE = [
    'django.middleware.security.SecurityMiddleware',
    'whitenoise.middleware.WhiteNoiseMiddleware',
    'django.contrib.sessions.middleware.SessionMiddleware',
    'django.middleware.common.CommonMiddleware',
    'django.middleware.csrf.CsrfViewMiddleware',
    'django.contrib.auth.middleware.AuthenticationMiddleware',
    'django.contrib.messages.middleware.MessageMiddleware',
]

ROOT_URLCONF = 'mysite.urls'
ASGI_APPLICATION = 'mysite.asgi.application'

TEMPLATES = [
    {
        'BACKEND': 'django.template.backends.django.DjangoTemplates',
        'DIRS': [BASE_DIR / 'templates'],
        'APP_DIRS': True,
        'OPTIONS': {
            'context_processors': [
                'django.template.context_processors.request',
                'django.contrib.auth.context_processors.auth',
                'django.contrib.messages.context_processors.messages',
            ],
        },
    },
]

DATABASES = {
    'default': dj_database_url.config(default='sqlite:///db.sqlite3'),
}

STATIC_URL = '/static/'
STATIC_ROOT = BASE_DIR / 'staticfiles'
DEFAULT_AUTO_FIELD = 'django.db.models.BigAutoField'

REDIS_URL = os.getenv('REDIS_URL', 'redis://localhost:6379/0')

# Heroku's Redis speaks TLS with a certificate of its own making; a local one speaks plain.
redis_host = {'address': REDIS_URL}
if REDIS_URL.startswith('rediss://'):
    redis_host['ssl_cert_reqs'] = None

CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {
            'hosts': [redis_host],
        },
    },
}
\`\`\`
\`\`\`json snapshot=dynolint.snapshot.json
{
  "snapshot": 1,
  "domains": [{ "name": "chat-1234567890ab.herokuapp.com", "kind": "heroku" }],
  "addons": [
    { "service": "heroku-redis", "plan": "premium-0", "variables": ["REDIS_URL"] },
    { "service": "heroku-postgresql", "plan": "essential-0", "variables": ["DATABASE_URL"] }
  ],
  "dynos": [{ "type": "web", "size": "basic", "up": 1, "down": 0 }],
  "config": {
    "ALLOWED_HOSTS": "hosts:chat-1234567890ab.herokuapp.com",
    "CSRF_TRUSTED_ORIGINS": "hosts:https://chat-1234567890ab.herokuapp.com",
    "DATABASE_URL": "postgres-url",
    "REDIS_URL": "rediss-url"
  }
}
\`\`\`
\`\`\`findings
mysite/settings.py:8:43 warning app/secret-in-source
\`\`\`

### Dans un .env que git transporte

\`\`\`dotenv file=.env
DEBUG=1
REDIS_URL=rediss://:pk3Wq9LmV2xT@ec2-3-90-11-2.compute-1.amazonaws.com:6380
\`\`\`
\`\`\`findings
.env:2:11 error app/secret-in-source
\`\`\`

## \u00c0 \u00e9crire \u00e0 la place

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {
            'hosts': [{'address': os.environ.get('REDIS_URL', 'redis://localhost:6379'), 'ssl_cert_reqs': None}],
        },
    },
}
\`\`\`

### Valeurs fictives et adresses locales

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
DATABASE_URL = os.environ.get('DATABASE_URL', 'postgres://user:s3cr3tpw@localhost:5432/chat')
DOCS = 'redis://:password@redis.mycompany.com:6379'
\`\`\`

### Une valeur par d\u00e9faut que l\u2019application d\u00e9ploy\u00e9e n\u2019emploie pas

\`\`\`python file=mysite/settings.py
import os
from pathlib import Path

import dj_database_url

BASE_DIR = Path(__file__).resolve().parent.parent

SECRET_KEY = os.environ.get('SECRET_KEY', 'k3v9w-2m4q8-z7x1c-5n6b0')
DEBUG = os.getenv('DEBUG', 'False') == 'True'

ALLOWED_HOSTS = os.getenv('ALLOWED_HOSTS', 'localhost').split(',')
CSRF_TRUSTED_ORIGINS = [origin for origin in os.getenv('CSRF_TRUSTED_ORIGINS', '').split(',') if origin]

INSTALLED_APPS = [
    'daphne',
    'django.contrib.admin',
    'django.contrib.auth',
    'django.contrib.contenttypes',
    'django.contrib.sessions',
    'django.contrib.messages',
    'django.contrib.staticfiles',
    'channels',
    'chat',
]

SECURE_PROXY_SSL_HEADER = ('HTTP_X_FORWARDED_PROTO', 'https')

MIDDLEWARE = [
    'django.middleware.security.SecurityMiddleware',
    'whitenoise.middleware.WhiteNoiseMiddleware',
    'django.contrib.sessions.middleware.SessionMiddleware',
    'django.middleware.common.CommonMiddleware',
    'django.middleware.csrf.CsrfViewMiddleware',
    'django.contrib.auth.middleware.AuthenticationMiddleware',
    'django.contrib.messages.middleware.MessageMiddleware',
]

ROOT_URLCONF = 'mysite.urls'
ASGI_APPLICATION = 'mysite.asgi.application'

TEMPLATES = [
    {
        'BACKEND': 'django.template.backends.django.DjangoTemplates',
        'DIRS': [BASE_DIR / 'templates'],
        'APP_DIRS': True,
        'OPTIONS': {
            'context_processors': [
                'django.template.context_processors.request',
                'django.contrib.auth.context_processors.auth',
                'django.contrib.messages.context_processors.messages',
            ],
        },
    },
]

DATABASES = {
    'default': dj_database_url.config(default='sqlite:///db.sqlite3'),
}

STATIC_URL = '/static/'
STATIC_ROOT = BASE_DIR / 'staticfiles'
DEFAULT_AUTO_FIELD = 'django.db.models.BigAutoField'

REDIS_URL = os.getenv('REDIS_URL', 'redis://localhost:6379/0')

# Heroku's Redis speaks TLS with a certificate of its own making; a local one speaks plain.
redis_host = {'address': REDIS_URL}
if REDIS_URL.startswith('rediss://'):
    redis_host['ssl_cert_reqs'] = None

CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {
            'hosts': [redis_host],
        },
    },
}
\`\`\`
\`\`\`json snapshot=dynolint.snapshot.json
{
  "snapshot": 1,
  "domains": [{ "name": "chat-1234567890ab.herokuapp.com", "kind": "heroku" }],
  "addons": [
    { "service": "heroku-redis", "plan": "premium-0", "variables": ["REDIS_URL"] },
    { "service": "heroku-postgresql", "plan": "essential-0", "variables": ["DATABASE_URL"] }
  ],
  "dynos": [{ "type": "web", "size": "basic", "up": 1, "down": 0 }],
  "config": {
    "ALLOWED_HOSTS": "hosts:chat-1234567890ab.herokuapp.com",
    "CSRF_TRUSTED_ORIGINS": "hosts:https://chat-1234567890ab.herokuapp.com",
    "DATABASE_URL": "postgres-url",
    "REDIS_URL": "rediss-url",
    "SECRET_KEY": "secret"
  }
}
\`\`\`

### Un .env que git ignore

\`\`\`gitignore file=.gitignore
.env
\`\`\`
\`\`\`dotenv file=.env
REDIS_URL=rediss://:pk3Wq9LmV2xT@ec2-3-90-11-2.compute-1.amazonaws.com:6380
\`\`\`

## Quand la r\u00e8gle se tait

Valeurs fictives (\`user:pass\`, \`changeme\`, \`<password>\`), localhost et h\u00f4tes d\u2019un seul mot, commentaires ; un \`.env\` que git ignore ; un litt\u00e9ral qu\u2019une config var remplace sur le dyno, ou qui figure dans des r\u00e9glages qu\u2019un autre module peut remplacer.

## Sources

- [Django : SECRET_KEY](https://docs.djangoproject.com/en/stable/ref/settings/#secret-key)
- [Config vars](https://devcenter.heroku.com/articles/config-vars)
`},"app/web-formation":{en:`# app/web-formation

The formation in app.json starts no web dyno, or asks for a dyno size that no longer exists. With a snapshot of the app, the dynos that run count instead: no \`web\` dyno is there, or every one crashed.

## Why it breaks

An app created from the manifest is scaled as it says. With \`web\` at 0, every request gets \`H14 No web processes running\`. With a size that was withdrawn \u2014 \`free\` and \`hobby\` are gone since 2022-11-28 \u2014 the creation fails: \`No such size as free.\`

## Example

### No web dyno

\`\`\`json file=app.json
{
  "formation": { "web": { "quantity": 0 } }
}
\`\`\`
\`\`\`findings
app.json:2:39 error app/web-formation
\`\`\`

### A retired size

\`\`\`json file=app.json
{
  "formation": { "web": { "quantity": 1, "size": "free" } }
}
\`\`\`
\`\`\`findings
app.json:2:51 error app/web-formation
\`\`\`

### No web dyno of the deployed app runs

\`\`\`json snapshot=dynolint.snapshot.json
{
  "snapshot": 1,
  "domains": [{ "name": "chat-1234567890ab.herokuapp.com", "kind": "heroku" }],
  "addons": [
    { "service": "heroku-redis", "plan": "premium-0", "variables": ["REDIS_URL"] },
    { "service": "heroku-postgresql", "plan": "essential-0", "variables": ["DATABASE_URL"] }
  ],
  "dynos": [],
  "config": {
    "ALLOWED_HOSTS": "hosts:chat-1234567890ab.herokuapp.com",
    "CSRF_TRUSTED_ORIGINS": "hosts:https://chat-1234567890ab.herokuapp.com",
    "DATABASE_URL": "postgres-url",
    "REDIS_URL": "rediss-url",
    "SECRET_KEY": "secret"
  }
}
\`\`\`
\`\`\`findings
Procfile:1:1 error app/web-formation
\`\`\`

### Every web dyno crashed

\`\`\`json snapshot=dynolint.snapshot.json
{
  "snapshot": 1,
  "domains": [{ "name": "chat-1234567890ab.herokuapp.com", "kind": "heroku" }],
  "addons": [
    { "service": "heroku-redis", "plan": "premium-0", "variables": ["REDIS_URL"] },
    { "service": "heroku-postgresql", "plan": "essential-0", "variables": ["DATABASE_URL"] }
  ],
  "dynos": [{ "type": "web", "size": "basic", "up": 0, "down": 2 }],
  "config": {
    "ALLOWED_HOSTS": "hosts:chat-1234567890ab.herokuapp.com",
    "CSRF_TRUSTED_ORIGINS": "hosts:https://chat-1234567890ab.herokuapp.com",
    "DATABASE_URL": "postgres-url",
    "REDIS_URL": "rediss-url",
    "SECRET_KEY": "secret"
  }
}
\`\`\`
\`\`\`findings
Procfile:1:1 error app/web-formation
\`\`\`

## Use instead

\`\`\`json file=app.json
{
  "formation": { "web": { "quantity": 1, "size": "basic" }, "worker": { "quantity": 0 } }
}
\`\`\`

### In capitals

\`\`\`json file=app.json
{
  "formation": { "web": { "quantity": 1, "size": "Standard-1X" } }
}
\`\`\`

### The deployed app runs, whatever app.json asks for

\`\`\`json file=app.json
{ "formation": { "web": { "quantity": 0 } } }
\`\`\`
\`\`\`json snapshot=dynolint.snapshot.json
{
  "snapshot": 1,
  "domains": [{ "name": "chat-1234567890ab.herokuapp.com", "kind": "heroku" }],
  "addons": [
    { "service": "heroku-redis", "plan": "premium-0", "variables": ["REDIS_URL"] },
    { "service": "heroku-postgresql", "plan": "essential-0", "variables": ["DATABASE_URL"] }
  ],
  "dynos": [{ "type": "web", "size": "basic", "up": 1, "down": 0 }],
  "config": {
    "ALLOWED_HOSTS": "hosts:chat-1234567890ab.herokuapp.com",
    "CSRF_TRUSTED_ORIGINS": "hosts:https://chat-1234567890ab.herokuapp.com",
    "DATABASE_URL": "postgres-url",
    "REDIS_URL": "rediss-url",
    "SECRET_KEY": "secret"
  }
}
\`\`\`

## When it is silent

There is no formation; the configuration says \`worker-only = true\` (for the quantity).

## Sources

- [app.json: formation](https://devcenter.heroku.com/articles/app-json-schema#formation)
- [Dyno types](https://devcenter.heroku.com/articles/dyno-types)
`,fr:`# app/web-formation

La formation dans app.json ne lance aucun dyno web, ou demande une taille de dyno qui n\u2019existe plus. Avec un instantan\u00e9 de l\u2019application, ce sont les dynos en service qui comptent : aucun dyno \`web\` n\u2019est l\u00e0, ou tous ont plant\u00e9.

## Pourquoi \u00e7a casse

Une application cr\u00e9\u00e9e d\u2019apr\u00e8s le manifeste a le nombre de dynos qu\u2019il dit. Avec \`web\` \u00e0 0, chaque requ\u00eate re\u00e7oit \`H14 No web processes running\`. Avec une taille retir\u00e9e \u2014 \`free\` et \`hobby\` n\u2019existent plus depuis le 2022-11-28 \u2014, la cr\u00e9ation \u00e9choue : \`No such size as free.\`

## Exemple

### Pas de dyno web

\`\`\`json file=app.json
{
  "formation": { "web": { "quantity": 0 } }
}
\`\`\`
\`\`\`findings
app.json:2:39 error app/web-formation
\`\`\`

### Une taille retir\u00e9e

\`\`\`json file=app.json
{
  "formation": { "web": { "quantity": 1, "size": "free" } }
}
\`\`\`
\`\`\`findings
app.json:2:51 error app/web-formation
\`\`\`

### Aucun dyno web de l\u2019application d\u00e9ploy\u00e9e ne tourne

\`\`\`json snapshot=dynolint.snapshot.json
{
  "snapshot": 1,
  "domains": [{ "name": "chat-1234567890ab.herokuapp.com", "kind": "heroku" }],
  "addons": [
    { "service": "heroku-redis", "plan": "premium-0", "variables": ["REDIS_URL"] },
    { "service": "heroku-postgresql", "plan": "essential-0", "variables": ["DATABASE_URL"] }
  ],
  "dynos": [],
  "config": {
    "ALLOWED_HOSTS": "hosts:chat-1234567890ab.herokuapp.com",
    "CSRF_TRUSTED_ORIGINS": "hosts:https://chat-1234567890ab.herokuapp.com",
    "DATABASE_URL": "postgres-url",
    "REDIS_URL": "rediss-url",
    "SECRET_KEY": "secret"
  }
}
\`\`\`
\`\`\`findings
Procfile:1:1 error app/web-formation
\`\`\`

### Tous les dynos web ont plant\u00e9

\`\`\`json snapshot=dynolint.snapshot.json
{
  "snapshot": 1,
  "domains": [{ "name": "chat-1234567890ab.herokuapp.com", "kind": "heroku" }],
  "addons": [
    { "service": "heroku-redis", "plan": "premium-0", "variables": ["REDIS_URL"] },
    { "service": "heroku-postgresql", "plan": "essential-0", "variables": ["DATABASE_URL"] }
  ],
  "dynos": [{ "type": "web", "size": "basic", "up": 0, "down": 2 }],
  "config": {
    "ALLOWED_HOSTS": "hosts:chat-1234567890ab.herokuapp.com",
    "CSRF_TRUSTED_ORIGINS": "hosts:https://chat-1234567890ab.herokuapp.com",
    "DATABASE_URL": "postgres-url",
    "REDIS_URL": "rediss-url",
    "SECRET_KEY": "secret"
  }
}
\`\`\`
\`\`\`findings
Procfile:1:1 error app/web-formation
\`\`\`

## \u00c0 \u00e9crire \u00e0 la place

\`\`\`json file=app.json
{
  "formation": { "web": { "quantity": 1, "size": "basic" }, "worker": { "quantity": 0 } }
}
\`\`\`

### En capitales

\`\`\`json file=app.json
{
  "formation": { "web": { "quantity": 1, "size": "Standard-1X" } }
}
\`\`\`

### L\u2019application d\u00e9ploy\u00e9e tourne, quoi que demande app.json

\`\`\`json file=app.json
{ "formation": { "web": { "quantity": 0 } } }
\`\`\`
\`\`\`json snapshot=dynolint.snapshot.json
{
  "snapshot": 1,
  "domains": [{ "name": "chat-1234567890ab.herokuapp.com", "kind": "heroku" }],
  "addons": [
    { "service": "heroku-redis", "plan": "premium-0", "variables": ["REDIS_URL"] },
    { "service": "heroku-postgresql", "plan": "essential-0", "variables": ["DATABASE_URL"] }
  ],
  "dynos": [{ "type": "web", "size": "basic", "up": 1, "down": 0 }],
  "config": {
    "ALLOWED_HOSTS": "hosts:chat-1234567890ab.herokuapp.com",
    "CSRF_TRUSTED_ORIGINS": "hosts:https://chat-1234567890ab.herokuapp.com",
    "DATABASE_URL": "postgres-url",
    "REDIS_URL": "rediss-url",
    "SECRET_KEY": "secret"
  }
}
\`\`\`

## Quand la r\u00e8gle se tait

Il n\u2019y a pas de formation ; la configuration dit \`worker-only = true\` (pour la quantit\u00e9).

## Sources

- [app.json : formation](https://devcenter.heroku.com/articles/app-json-schema#formation)
- [Types de dynos](https://devcenter.heroku.com/articles/dyno-types)
`},"asgi/auth-middleware":{en:`# asgi/auth-middleware

A routed consumer reads \`scope["user"]\` or \`scope["session"]\`, and no middleware between the router and its route puts it there.

## Why it breaks

The first connection ends with \`KeyError: 'user'\`, the browser sees the socket close in the handshake.

## Example

\`\`\`python file=mysite/asgi.py
import os

from django.core.asgi import get_asgi_application

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')

django_application = get_asgi_application()

from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator

from chat.routing import websocket_urlpatterns

application = ProtocolTypeRouter({
    'http': django_application,
    'websocket': AllowedHostsOriginValidator(URLRouter(websocket_urlpatterns)),
})
\`\`\`
\`\`\`findings
chat/consumers.py:6:21 warning asgi/auth-middleware
\`\`\`

## Use instead

\`\`\`python file=mysite/asgi.py
import os

from django.core.asgi import get_asgi_application

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')

django_application = get_asgi_application()

from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator

from chat.routing import websocket_urlpatterns

application = ProtocolTypeRouter({
    'http': django_application,
    'websocket': AllowedHostsOriginValidator(AuthMiddlewareStack(URLRouter(websocket_urlpatterns))),
})
\`\`\`

## When it is silent

When the consumer asks with \`.get("user")\` or \`"user" in self.scope\`, sets the key itself, or when a middleware may set it: one of the project that does, or one of an installed package that we do not know.

### Own middleware

\`\`\`python file=chat/middleware.py
from urllib.parse import parse_qs

from channels.db import database_sync_to_async


@database_sync_to_async
def user_of(token):
    from rest_framework.authtoken.models import Token

    return Token.objects.get(key=token).user


class TokenMiddleware:
    def __init__(self, inner):
        self.inner = inner

    async def __call__(self, scope, receive, send):
        query = parse_qs(scope['query_string'].decode())
        scope['user'] = await user_of(query['token'][0])
        return await self.inner(scope, receive, send)
\`\`\`
\`\`\`python file=mysite/asgi.py
import os

from django.core.asgi import get_asgi_application

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')

django_application = get_asgi_application()

from channels.routing import ProtocolTypeRouter, URLRouter

from chat.middleware import TokenMiddleware

from chat.routing import websocket_urlpatterns

application = ProtocolTypeRouter({
    'http': django_application,
    'websocket': TokenMiddleware(URLRouter(websocket_urlpatterns)),
})
\`\`\`

### Asked for, not taken for granted

\`\`\`python file=chat/consumers.py
from channels.generic.websocket import WebsocketConsumer


class ChatConsumer(WebsocketConsumer):
    def connect(self):
        self.user = self.scope.get('user')
        if 'session' in self.scope:
            self.session = self.scope['session']
        self.accept()
\`\`\`
\`\`\`python file=mysite/asgi.py
import os

from django.core.asgi import get_asgi_application

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')

django_application = get_asgi_application()

from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator

from chat.routing import websocket_urlpatterns

application = ProtocolTypeRouter({
    'http': django_application,
    'websocket': AllowedHostsOriginValidator(URLRouter(websocket_urlpatterns)),
})
\`\`\`

## Sources

- [Channels: authentication](https://channels.readthedocs.io/en/stable/topics/authentication.html)
`,fr:`# asgi/auth-middleware

Un consumer rout\u00e9 lit \`scope["user"]\` ou \`scope["session"]\`, et aucun middleware entre le routeur et sa route ne l\u2019y place.

## Pourquoi \u00e7a casse

La premi\u00e8re connexion s\u2019arr\u00eate sur \`KeyError: 'user'\`, et le navigateur voit le socket se fermer pendant la n\u00e9gociation.

## Exemple

\`\`\`python file=mysite/asgi.py
import os

from django.core.asgi import get_asgi_application

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')

django_application = get_asgi_application()

from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator

from chat.routing import websocket_urlpatterns

application = ProtocolTypeRouter({
    'http': django_application,
    'websocket': AllowedHostsOriginValidator(URLRouter(websocket_urlpatterns)),
})
\`\`\`
\`\`\`findings
chat/consumers.py:6:21 warning asgi/auth-middleware
\`\`\`

## \u00c0 \u00e9crire \u00e0 la place

\`\`\`python file=mysite/asgi.py
import os

from django.core.asgi import get_asgi_application

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')

django_application = get_asgi_application()

from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator

from chat.routing import websocket_urlpatterns

application = ProtocolTypeRouter({
    'http': django_application,
    'websocket': AllowedHostsOriginValidator(AuthMiddlewareStack(URLRouter(websocket_urlpatterns))),
})
\`\`\`

## Quand la r\u00e8gle se tait

Quand le consumer demande avec \`.get("user")\` ou \`"user" in self.scope\`, d\u00e9finit lui-m\u00eame la cl\u00e9, ou quand un middleware peut la d\u00e9finir : un du projet qui le fait, ou un d\u2019un paquet install\u00e9 que nous ne connaissons pas.

### Middleware du projet

\`\`\`python file=chat/middleware.py
from urllib.parse import parse_qs

from channels.db import database_sync_to_async


@database_sync_to_async
def user_of(token):
    from rest_framework.authtoken.models import Token

    return Token.objects.get(key=token).user


class TokenMiddleware:
    def __init__(self, inner):
        self.inner = inner

    async def __call__(self, scope, receive, send):
        query = parse_qs(scope['query_string'].decode())
        scope['user'] = await user_of(query['token'][0])
        return await self.inner(scope, receive, send)
\`\`\`
\`\`\`python file=mysite/asgi.py
import os

from django.core.asgi import get_asgi_application

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')

django_application = get_asgi_application()

from channels.routing import ProtocolTypeRouter, URLRouter

from chat.middleware import TokenMiddleware

from chat.routing import websocket_urlpatterns

application = ProtocolTypeRouter({
    'http': django_application,
    'websocket': TokenMiddleware(URLRouter(websocket_urlpatterns)),
})
\`\`\`

### Demand\u00e9, pas tenu pour acquis

\`\`\`python file=chat/consumers.py
from channels.generic.websocket import WebsocketConsumer


class ChatConsumer(WebsocketConsumer):
    def connect(self):
        self.user = self.scope.get('user')
        if 'session' in self.scope:
            self.session = self.scope['session']
        self.accept()
\`\`\`
\`\`\`python file=mysite/asgi.py
import os

from django.core.asgi import get_asgi_application

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')

django_application = get_asgi_application()

from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator

from chat.routing import websocket_urlpatterns

application = ProtocolTypeRouter({
    'http': django_application,
    'websocket': AllowedHostsOriginValidator(URLRouter(websocket_urlpatterns)),
})
\`\`\`

## Sources

- [Channels : authentification](https://channels.readthedocs.io/en/stable/topics/authentication.html)
`},"asgi/blocking-call":{en:`# asgi/blocking-call

A coroutine of a consumer asks the database, waits with \`time.sleep\`, or makes an HTTP request with a synchronous library, outside \`database_sync_to_async\` and \`sync_to_async\`. One finding per coroutine; the others are named with it.

## Why it breaks

Since 3.0 Django refuses the database with \`SynchronousOnlyOperation: You cannot call this from an async context - use a thread or sync_to_async.\` Everything else, and the database before 3.0, stops the event loop: all sockets and pages of the process wait, pings are not answered, and the router ends requests with H12 after 30 seconds.

## Example

### The database

\`\`\`python file=chat/models.py
from django.db import models


class Room(models.Model):
    name = models.CharField(max_length=100)
\`\`\`
\`\`\`python file=chat/consumers.py
from channels.generic.websocket import AsyncWebsocketConsumer

from .models import Room


class ChatConsumer(AsyncWebsocketConsumer):
    async def connect(self):
        name = self.scope['url_route']['kwargs']['room']
        self.room = Room.objects.get(name=name)
        await self.accept()

    async def disconnect(self, code):
        rooms = Room.objects.filter(name=self.room.name)
        for room in rooms:
            print(room)
\`\`\`
\`\`\`findings
chat/consumers.py:9:21 warning asgi/blocking-call
chat/consumers.py:14:21 warning asgi/blocking-call
\`\`\`

### Sleep and HTTP

\`\`\`python file=chat/consumers.py
import time

import requests
from channels.generic.websocket import AsyncWebsocketConsumer


class ChatConsumer(AsyncWebsocketConsumer):
    async def receive(self, text_data=None, bytes_data=None):
        time.sleep(1)
        answer = requests.post('https://api.example.com/', data=text_data)
        await self.send(answer.text)
\`\`\`
\`\`\`findings
chat/consumers.py:9:9 warning asgi/blocking-call
\`\`\`

## Use instead

\`\`\`python file=chat/models.py
from django.db import models


class Room(models.Model):
    name = models.CharField(max_length=100)
\`\`\`
\`\`\`python file=chat/consumers.py
import asyncio

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer

from .models import Room


class ChatConsumer(AsyncWebsocketConsumer):
    async def connect(self):
        self.room = await self.find_room(self.scope['url_route']['kwargs']['room'])
        await asyncio.sleep(1)
        await self.accept()

    @database_sync_to_async
    def find_room(self, name):
        return Room.objects.get(name=name)

    async def disconnect(self, code):
        async for room in Room.objects.filter(name=self.room.name):
            print(room)
        await Room.objects.filter(name=self.room.name).adelete()
\`\`\`

## When it is silent

Synchronous consumers; whatever is awaited; nested functions and lambdas, which someone may run in a thread; query sets that are only built.

### Only built, or run in a thread

\`\`\`python file=chat/models.py
from django.db import models


class Room(models.Model):
    name = models.CharField(max_length=100)
\`\`\`
\`\`\`python file=chat/consumers.py
from asgiref.sync import sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer

from .models import Room


class ChatConsumer(AsyncWebsocketConsumer):
    async def connect(self):
        rooms = Room.objects.filter(name='lobby')
        self.count = await sync_to_async(rooms.count)()
        self.names = await sync_to_async(lambda: list(Room.objects.all()))()
        await self.accept()
\`\`\`

## Sources

- [Channels: database access](https://channels.readthedocs.io/en/stable/topics/databases.html)
- [Django: async safety](https://docs.djangoproject.com/en/stable/topics/async/#async-safety)
`,fr:`# asgi/blocking-call

Une coroutine d\u2019un consumer interroge la base, attend avec \`time.sleep\` ou lance une requ\u00eate HTTP avec une biblioth\u00e8que synchrone, hors de \`database_sync_to_async\` et de \`sync_to_async\`. Un signalement par coroutine ; les autres appels y sont nomm\u00e9s.

## Pourquoi \u00e7a casse

Depuis la version 3.0, Django refuse l\u2019acc\u00e8s \u00e0 la base avec \`SynchronousOnlyOperation: You cannot call this from an async context - use a thread or sync_to_async.\` Le reste, et la base avant la version 3.0, arr\u00eate la boucle d\u2019\u00e9v\u00e9nements : tous les sockets et pages du processus attendent, les pings restent sans r\u00e9ponse, et le routeur coupe les requ\u00eates avec H12 au bout de 30 secondes.

## Exemple

### La base de donn\u00e9es

\`\`\`python file=chat/models.py
from django.db import models


class Room(models.Model):
    name = models.CharField(max_length=100)
\`\`\`
\`\`\`python file=chat/consumers.py
from channels.generic.websocket import AsyncWebsocketConsumer

from .models import Room


class ChatConsumer(AsyncWebsocketConsumer):
    async def connect(self):
        name = self.scope['url_route']['kwargs']['room']
        self.room = Room.objects.get(name=name)
        await self.accept()

    async def disconnect(self, code):
        rooms = Room.objects.filter(name=self.room.name)
        for room in rooms:
            print(room)
\`\`\`
\`\`\`findings
chat/consumers.py:9:21 warning asgi/blocking-call
chat/consumers.py:14:21 warning asgi/blocking-call
\`\`\`

### Attente et HTTP

\`\`\`python file=chat/consumers.py
import time

import requests
from channels.generic.websocket import AsyncWebsocketConsumer


class ChatConsumer(AsyncWebsocketConsumer):
    async def receive(self, text_data=None, bytes_data=None):
        time.sleep(1)
        answer = requests.post('https://api.example.com/', data=text_data)
        await self.send(answer.text)
\`\`\`
\`\`\`findings
chat/consumers.py:9:9 warning asgi/blocking-call
\`\`\`

## \u00c0 \u00e9crire \u00e0 la place

\`\`\`python file=chat/models.py
from django.db import models


class Room(models.Model):
    name = models.CharField(max_length=100)
\`\`\`
\`\`\`python file=chat/consumers.py
import asyncio

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer

from .models import Room


class ChatConsumer(AsyncWebsocketConsumer):
    async def connect(self):
        self.room = await self.find_room(self.scope['url_route']['kwargs']['room'])
        await asyncio.sleep(1)
        await self.accept()

    @database_sync_to_async
    def find_room(self, name):
        return Room.objects.get(name=name)

    async def disconnect(self, code):
        async for room in Room.objects.filter(name=self.room.name):
            print(room)
        await Room.objects.filter(name=self.room.name).adelete()
\`\`\`

## Quand la r\u00e8gle se tait

Les consumers synchrones ; tout ce qui est attendu par \`await\` ; les fonctions imbriqu\u00e9es et les lambdas, que quelqu\u2019un peut ex\u00e9cuter dans un thread ; les query sets seulement construits.

### Seulement construit, ou ex\u00e9cut\u00e9 dans un thread

\`\`\`python file=chat/models.py
from django.db import models


class Room(models.Model):
    name = models.CharField(max_length=100)
\`\`\`
\`\`\`python file=chat/consumers.py
from asgiref.sync import sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer

from .models import Room


class ChatConsumer(AsyncWebsocketConsumer):
    async def connect(self):
        rooms = Room.objects.filter(name='lobby')
        self.count = await sync_to_async(rooms.count)()
        self.names = await sync_to_async(lambda: list(Room.objects.all()))()
        await self.accept()
\`\`\`

## Sources

- [Channels : acc\u00e8s \u00e0 la base de donn\u00e9es](https://channels.readthedocs.io/en/stable/topics/databases.html)
- [Django : s\u00e9curit\u00e9 en asynchrone](https://docs.djangoproject.com/fr/stable/topics/async/#async-safety)
`},"asgi/consumer-as-asgi":{en:`# asgi/consumer-as-asgi

A route names a consumer class without \`.as_asgi()\` on Channels 3 or later, or \`.as_asgi\` without its parentheses, one object of it for all connections, or \`.as_asgi()\` on Channels 2, which does not have it.

## Why it breaks

Nothing shows until a socket connects: \`TypeError: object ChatConsumer can't be used in 'await' expression\` on Channels 4, \`ChatConsumer.__call__() missing 1 required positional argument: 'send'\` on Channels 3. One object for all connections accepts them, and sends everything to the visitor who came last on that dyno. On Channels 2 the import of the routing fails with \`type object 'ChatConsumer' has no attribute 'as_asgi'\`.

## Example

### The class

\`\`\`python file=chat/routing.py
from django.urls import path

from .consumers import ChatConsumer

websocket_urlpatterns = [
    path('ws/chat/<slug:room>/', ChatConsumer),
]
\`\`\`
\`\`\`findings
chat/routing.py:6:34 error asgi/consumer-as-asgi
\`\`\`

### Without its parentheses

\`\`\`python file=chat/routing.py
from django.urls import path

from .consumers import ChatConsumer

websocket_urlpatterns = [
    path('ws/chat/<slug:room>/', ChatConsumer.as_asgi),
]
\`\`\`
\`\`\`findings
chat/routing.py:6:34 error asgi/consumer-as-asgi
\`\`\`

### An object

\`\`\`python file=chat/routing.py
from django.urls import path

from .consumers import ChatConsumer

websocket_urlpatterns = [
    path('ws/chat/<slug:room>/', ChatConsumer()),
]
\`\`\`
\`\`\`findings
chat/routing.py:6:34 error asgi/consumer-as-asgi
\`\`\`

### as_asgi() on Channels 2

\`\`\`text file=requirements.txt
Django==2.2.28
channels==2.4.0
channels-redis==2.4.2
\`\`\`
\`\`\`findings
chat/routing.py:6:34 error asgi/consumer-as-asgi
\`\`\`

## Use instead

\`\`\`python file=chat/routing.py
from django.urls import path

from .consumers import ChatConsumer

websocket_urlpatterns = [
    path('ws/chat/<slug:room>/', ChatConsumer.as_asgi()),
]
\`\`\`

## When it is silent

When the version of Channels cannot be told. On Channels 2 the class itself is right. Routes of Django\u2019s own URLconf are not looked at.

### Channels 2

\`\`\`text file=requirements.txt
Django==2.2.28
channels==2.4.0
channels-redis==2.4.2
\`\`\`
\`\`\`python file=chat/routing.py
from django.urls import path

from .consumers import ChatConsumer

websocket_urlpatterns = [
    path('ws/chat/<slug:room>/', ChatConsumer),
]
\`\`\`

### Channels 2 on account of Django

\`\`\`text file=requirements.txt
Django==2.0.1
channels
channels-redis
\`\`\`
\`\`\`python file=chat/routing.py
from django.urls import path

from .consumers import ChatConsumer

websocket_urlpatterns = [
    path('ws/chat/<slug:room>/', ChatConsumer),
]
\`\`\`

## Sources

- [Channels 3.0.0 release notes](https://channels.readthedocs.io/en/stable/releases/3.0.0.html)
- [Channels: consumers](https://channels.readthedocs.io/en/stable/topics/consumers.html)
`,fr:`# asgi/consumer-as-asgi

Une route nomme une classe de consumer sans \`.as_asgi()\` avec Channels 3 ou plus, ou \`.as_asgi\` sans ses parenth\u00e8ses, un seul objet pour toutes les connexions, ou \`.as_asgi()\` avec Channels 2, qui ne le conna\u00eet pas.

## Pourquoi \u00e7a casse

Rien n\u2019appara\u00eet avant la premi\u00e8re connexion : \`TypeError: object ChatConsumer can't be used in 'await' expression\` avec Channels 4, \`ChatConsumer.__call__() missing 1 required positional argument: 'send'\` avec Channels 3. Un seul objet pour toutes les connexions les accepte, et envoie tout au dernier visiteur arriv\u00e9 sur ce dyno. Avec Channels 2, l\u2019import du routing \u00e9choue sur \`type object 'ChatConsumer' has no attribute 'as_asgi'\`.

## Exemple

### La classe

\`\`\`python file=chat/routing.py
from django.urls import path

from .consumers import ChatConsumer

websocket_urlpatterns = [
    path('ws/chat/<slug:room>/', ChatConsumer),
]
\`\`\`
\`\`\`findings
chat/routing.py:6:34 error asgi/consumer-as-asgi
\`\`\`

### Sans ses parenth\u00e8ses

\`\`\`python file=chat/routing.py
from django.urls import path

from .consumers import ChatConsumer

websocket_urlpatterns = [
    path('ws/chat/<slug:room>/', ChatConsumer.as_asgi),
]
\`\`\`
\`\`\`findings
chat/routing.py:6:34 error asgi/consumer-as-asgi
\`\`\`

### Un objet

\`\`\`python file=chat/routing.py
from django.urls import path

from .consumers import ChatConsumer

websocket_urlpatterns = [
    path('ws/chat/<slug:room>/', ChatConsumer()),
]
\`\`\`
\`\`\`findings
chat/routing.py:6:34 error asgi/consumer-as-asgi
\`\`\`

### as_asgi() avec Channels 2

\`\`\`text file=requirements.txt
Django==2.2.28
channels==2.4.0
channels-redis==2.4.2
\`\`\`
\`\`\`findings
chat/routing.py:6:34 error asgi/consumer-as-asgi
\`\`\`

## \u00c0 \u00e9crire \u00e0 la place

\`\`\`python file=chat/routing.py
from django.urls import path

from .consumers import ChatConsumer

websocket_urlpatterns = [
    path('ws/chat/<slug:room>/', ChatConsumer.as_asgi()),
]
\`\`\`

## Quand la r\u00e8gle se tait

Quand la version de Channels est inconnue. Avec Channels 2, la classe elle-m\u00eame convient. Les routes de l\u2019URLconf de Django ne sont pas examin\u00e9es.

### Channels 2

\`\`\`text file=requirements.txt
Django==2.2.28
channels==2.4.0
channels-redis==2.4.2
\`\`\`
\`\`\`python file=chat/routing.py
from django.urls import path

from .consumers import ChatConsumer

websocket_urlpatterns = [
    path('ws/chat/<slug:room>/', ChatConsumer),
]
\`\`\`

### Channels 2 \u00e0 cause de Django

\`\`\`text file=requirements.txt
Django==2.0.1
channels
channels-redis
\`\`\`
\`\`\`python file=chat/routing.py
from django.urls import path

from .consumers import ChatConsumer

websocket_urlpatterns = [
    path('ws/chat/<slug:room>/', ChatConsumer),
]
\`\`\`

## Sources

- [Notes de version de Channels 3.0.0](https://channels.readthedocs.io/en/stable/releases/3.0.0.html)
- [Channels : consumers](https://channels.readthedocs.io/en/stable/topics/consumers.html)
`},"asgi/handler-missing":{en:`# asgi/handler-missing

\`group_send\` or \`send\` hands the layer a message whose literal \`type\` is the name of no method of any consumer. Dots count as underscores: \`chat.message\` is handled by \`chat_message\`.

## Why it breaks

Sending works. The consumer that receives the message ends with \`ValueError: No handler for message type chat.message\`, and the socket of every member of the group closes.

## Example

### A typing slip

\`\`\`python file=chat/consumers.py
from channels.generic.websocket import AsyncJsonWebsocketConsumer


class ChatConsumer(AsyncJsonWebsocketConsumer):
    async def connect(self):
        await self.channel_layer.group_add('lobby', self.channel_name)
        await self.accept()

    async def receive_json(self, content):
        await self.channel_layer.group_send('lobby', {'type': 'chat.mesage', 'text': content['text']})

    async def chat_message(self, event):
        await self.send_json({'text': event['text']})
\`\`\`
\`\`\`findings
chat/consumers.py:10:63 error asgi/handler-missing
\`\`\`

### Sent from a task

\`\`\`python file=chat/tasks.py
from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer


def announce(text):
    layer = get_channel_layer()
    message = {'type': 'announcement', 'text': text}
    async_to_sync(layer.group_send)('lobby', message)
\`\`\`
\`\`\`findings
chat/tasks.py:7:24 error asgi/handler-missing
\`\`\`

## Use instead

\`\`\`python file=chat/tasks.py
from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer


def announce(text):
    layer = get_channel_layer()
    async_to_sync(layer.group_send)('lobby', {'type': 'chat.message', 'text': text})
\`\`\`

## When it is silent

When the type is not a literal, when the message may bring another (\`**event\` behind it), and when a consumer dispatches messages in its own way or inherits from a class that cannot be read.

### Not to be told

\`\`\`python file=chat/tasks.py
from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer


def announce(kind, **event):
    layer = get_channel_layer()
    async_to_sync(layer.group_send)('lobby', {'type': kind, 'text': ''})
    async_to_sync(layer.group_send)('lobby', {'type': 'announcement', **event})
\`\`\`

## Sources

- [Channels: channel layers, what to send](https://channels.readthedocs.io/en/stable/topics/channel_layers.html)
`,fr:`# asgi/handler-missing

\`group_send\` ou \`send\` confie \u00e0 la couche un message dont le \`type\` litt\u00e9ral n\u2019est le nom d\u2019aucune m\u00e9thode d\u2019aucun consumer. Les points valent des tirets bas : \`chat.message\` est trait\u00e9 par \`chat_message\`.

## Pourquoi \u00e7a casse

L\u2019envoi r\u00e9ussit. Le consumer qui re\u00e7oit le message s\u2019arr\u00eate sur \`ValueError: No handler for message type chat.message\`, et le socket de chaque membre du groupe se ferme.

## Exemple

### Une faute de frappe

\`\`\`python file=chat/consumers.py
from channels.generic.websocket import AsyncJsonWebsocketConsumer


class ChatConsumer(AsyncJsonWebsocketConsumer):
    async def connect(self):
        await self.channel_layer.group_add('lobby', self.channel_name)
        await self.accept()

    async def receive_json(self, content):
        await self.channel_layer.group_send('lobby', {'type': 'chat.mesage', 'text': content['text']})

    async def chat_message(self, event):
        await self.send_json({'text': event['text']})
\`\`\`
\`\`\`findings
chat/consumers.py:10:63 error asgi/handler-missing
\`\`\`

### Envoy\u00e9 depuis une t\u00e2che

\`\`\`python file=chat/tasks.py
from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer


def announce(text):
    layer = get_channel_layer()
    message = {'type': 'announcement', 'text': text}
    async_to_sync(layer.group_send)('lobby', message)
\`\`\`
\`\`\`findings
chat/tasks.py:7:24 error asgi/handler-missing
\`\`\`

## \u00c0 \u00e9crire \u00e0 la place

\`\`\`python file=chat/tasks.py
from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer


def announce(text):
    layer = get_channel_layer()
    async_to_sync(layer.group_send)('lobby', {'type': 'chat.message', 'text': text})
\`\`\`

## Quand la r\u00e8gle se tait

Quand le type n\u2019est pas un litt\u00e9ral, quand le message peut en apporter un autre (\`**event\` ensuite), et quand un consumer aiguille les messages \u00e0 sa fa\u00e7on ou h\u00e9rite d\u2019une classe illisible.

### Ind\u00e9cidable

\`\`\`python file=chat/tasks.py
from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer


def announce(kind, **event):
    layer = get_channel_layer()
    async_to_sync(layer.group_send)('lobby', {'type': kind, 'text': ''})
    async_to_sync(layer.group_send)('lobby', {'type': 'announcement', **event})
\`\`\`

## Sources

- [Channels : couches de canaux](https://channels.readthedocs.io/en/stable/topics/channel_layers.html)
`},"asgi/http-route":{en:`# asgi/http-route

The \`ProtocolTypeRouter\` that is served has no \`http\` entry.

## Why it breaks

Channels 2 and 3 added Django for HTTP by themselves (Channels 3 with a DeprecationWarning); Channels 4 does not. Every page then fails with \`ValueError: No application configured for scope type 'http'\`, while the sockets work.

## Example

### Channels 4

\`\`\`python file=mysite/asgi.py
import os

from django.core.asgi import get_asgi_application

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')

django_application = get_asgi_application()

from channels.routing import ProtocolTypeRouter, URLRouter

from chat.routing import websocket_urlpatterns

application = ProtocolTypeRouter({
    'websocket': URLRouter(websocket_urlpatterns),
})
\`\`\`
\`\`\`findings
mysite/asgi.py:13:34 error asgi/http-route
\`\`\`

### Channels 3

\`\`\`text file=requirements.txt
Django==3.2.25
channels==3.0.5
channels-redis==3.4.1
\`\`\`
\`\`\`python file=mysite/asgi.py
import os

import django

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')
django.setup()

from channels.routing import ProtocolTypeRouter, URLRouter

from chat.routing import websocket_urlpatterns

application = ProtocolTypeRouter({
    'websocket': URLRouter(websocket_urlpatterns),
})
\`\`\`
\`\`\`findings
mysite/asgi.py:12:34 warning asgi/http-route
\`\`\`

## Use instead

\`\`\`python file=mysite/asgi.py
import os

from django.core.asgi import get_asgi_application

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')

django_application = get_asgi_application()

from channels.routing import ProtocolTypeRouter, URLRouter

from chat.routing import websocket_urlpatterns

application = ProtocolTypeRouter({
    'http': django_application,
    'websocket': URLRouter(websocket_urlpatterns),
})
\`\`\`

## When it is silent

On Channels 2 and earlier, when the version of Channels cannot be told, and when the entries of the router cannot be read.

### Channels 2

\`\`\`text file=requirements.txt
Django==2.2.28
channels==2.4.0
channels-redis==2.4.2
\`\`\`
\`\`\`python file=chat/routing.py
from django.urls import path

from .consumers import ChatConsumer

websocket_urlpatterns = [
    path('ws/chat/<slug:room>/', ChatConsumer),
]
\`\`\`
\`\`\`python file=mysite/asgi.py
import os

import django

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')
django.setup()

from channels.routing import ProtocolTypeRouter, URLRouter

from chat.routing import websocket_urlpatterns

application = ProtocolTypeRouter({
    'websocket': URLRouter(websocket_urlpatterns),
})
\`\`\`

## Sources

- [Channels 4.0.0 release notes](https://channels.readthedocs.io/en/stable/releases/4.0.0.html)
- [django/daphne#547](https://github.com/django/daphne/issues/547)
- [django/channels#2125](https://github.com/django/channels/issues/2125)
`,fr:`# asgi/http-route

Le \`ProtocolTypeRouter\` servi n\u2019a pas d\u2019entr\u00e9e \`http\`.

## Pourquoi \u00e7a casse

Channels 2 et 3 ajoutaient eux-m\u00eames Django pour HTTP (Channels 3 avec un DeprecationWarning) ; Channels 4 ne le fait plus. Chaque page \u00e9choue alors avec \`ValueError: No application configured for scope type 'http'\`, tandis que les sockets marchent.

## Exemple

### Channels 4

\`\`\`python file=mysite/asgi.py
import os

from django.core.asgi import get_asgi_application

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')

django_application = get_asgi_application()

from channels.routing import ProtocolTypeRouter, URLRouter

from chat.routing import websocket_urlpatterns

application = ProtocolTypeRouter({
    'websocket': URLRouter(websocket_urlpatterns),
})
\`\`\`
\`\`\`findings
mysite/asgi.py:13:34 error asgi/http-route
\`\`\`

### Channels 3

\`\`\`text file=requirements.txt
Django==3.2.25
channels==3.0.5
channels-redis==3.4.1
\`\`\`
\`\`\`python file=mysite/asgi.py
import os

import django

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')
django.setup()

from channels.routing import ProtocolTypeRouter, URLRouter

from chat.routing import websocket_urlpatterns

application = ProtocolTypeRouter({
    'websocket': URLRouter(websocket_urlpatterns),
})
\`\`\`
\`\`\`findings
mysite/asgi.py:12:34 warning asgi/http-route
\`\`\`

## \u00c0 \u00e9crire \u00e0 la place

\`\`\`python file=mysite/asgi.py
import os

from django.core.asgi import get_asgi_application

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')

django_application = get_asgi_application()

from channels.routing import ProtocolTypeRouter, URLRouter

from chat.routing import websocket_urlpatterns

application = ProtocolTypeRouter({
    'http': django_application,
    'websocket': URLRouter(websocket_urlpatterns),
})
\`\`\`

## Quand la r\u00e8gle se tait

Avec Channels 2 et ant\u00e9rieurs, quand la version de Channels est inconnue, et quand les entr\u00e9es du routeur ne sont pas lisibles.

### Channels 2

\`\`\`text file=requirements.txt
Django==2.2.28
channels==2.4.0
channels-redis==2.4.2
\`\`\`
\`\`\`python file=chat/routing.py
from django.urls import path

from .consumers import ChatConsumer

websocket_urlpatterns = [
    path('ws/chat/<slug:room>/', ChatConsumer),
]
\`\`\`
\`\`\`python file=mysite/asgi.py
import os

import django

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')
django.setup()

from channels.routing import ProtocolTypeRouter, URLRouter

from chat.routing import websocket_urlpatterns

application = ProtocolTypeRouter({
    'websocket': URLRouter(websocket_urlpatterns),
})
\`\`\`

## Sources

- [Notes de version de Channels 4.0.0](https://channels.readthedocs.io/en/stable/releases/4.0.0.html)
- [django/daphne#547](https://github.com/django/daphne/issues/547)
- [django/channels#2125](https://github.com/django/channels/issues/2125)
`},"asgi/import-order":{en:`# asgi/import-order

The served module imports models \u2014 directly, or through routing, consumers and middleware \u2014 before \`get_asgi_application()\` or \`django.setup()\` has filled the app registry. The finding shows every import of the chain.

## Why it breaks

The web dyno ends at boot with \`django.core.exceptions.AppRegistryNotReady: Apps aren't loaded yet.\`, and visitors see H10 (App crashed). Where the import also comes before \`DJANGO_SETTINGS_MODULE\` is set, it is \`django.core.exceptions.ImproperlyConfigured: Requested setting INSTALLED_APPS, but settings are not configured.\` Sorters of imports (isort, ruff, format on save) cause it by moving the imports to the top. Abstract models, \`django.contrib.auth.models\` and \`get_user_model()\` called on import count as well.

## Example

### Through the routing

\`\`\`python file=chat/models.py
from django.db import models


class Room(models.Model):
    name = models.CharField(max_length=100)
\`\`\`
\`\`\`python file=chat/consumers.py
from channels.generic.websocket import AsyncJsonWebsocketConsumer

from .models import Room


class ChatConsumer(AsyncJsonWebsocketConsumer):
    model = Room
\`\`\`
\`\`\`python file=mysite/asgi.py
import os

from channels.routing import ProtocolTypeRouter, URLRouter
from django.core.asgi import get_asgi_application

from chat.routing import websocket_urlpatterns

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')

application = ProtocolTypeRouter({
    'http': get_asgi_application(),
    'websocket': URLRouter(websocket_urlpatterns),
})
\`\`\`
\`\`\`findings
mysite/asgi.py:6:1 error asgi/import-order
\`\`\`

### A model of Django itself

\`\`\`python file=mysite/asgi.py
import os

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')

from django.contrib.auth.models import AnonymousUser
from django.core.asgi import get_asgi_application

django_application = get_asgi_application()

from channels.routing import ProtocolTypeRouter, URLRouter

from chat.routing import websocket_urlpatterns

application = ProtocolTypeRouter({
    'http': django_application,
    'websocket': URLRouter(websocket_urlpatterns),
})
\`\`\`
\`\`\`findings
mysite/asgi.py:5:1 error asgi/import-order
\`\`\`

## Use instead

\`\`\`python file=chat/models.py
from django.db import models


class Room(models.Model):
    name = models.CharField(max_length=100)
\`\`\`
\`\`\`python file=chat/consumers.py
from channels.generic.websocket import AsyncJsonWebsocketConsumer

from .models import Room


class ChatConsumer(AsyncJsonWebsocketConsumer):
    model = Room
\`\`\`
\`\`\`python file=mysite/asgi.py
import os

from django.core.asgi import get_asgi_application

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')

django_application = get_asgi_application()

from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402 isort:skip

from chat.routing import websocket_urlpatterns  # noqa: E402 isort:skip

application = ProtocolTypeRouter({
    'http': django_application,
    'websocket': URLRouter(websocket_urlpatterns),
})
\`\`\`

## When it is silent

Imports of \`channels.*\` need no app registry (since Channels 3.0.4 not even \`channels.auth\`), and so does routing whose consumers reach no model. Imports inside functions run later. Where nothing sets Django up at all, [asgi/setup-missing](../setup-missing/rule.md) says so.

### No model on the way

\`\`\`python file=mysite/asgi.py
import os

from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from django.core.asgi import get_asgi_application

from chat.routing import websocket_urlpatterns

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')

application = ProtocolTypeRouter({
    'http': get_asgi_application(),
    'websocket': AllowedHostsOriginValidator(AuthMiddlewareStack(URLRouter(websocket_urlpatterns))),
})
\`\`\`

### Imported in a method

\`\`\`python file=chat/models.py
from django.db import models


class Room(models.Model):
    name = models.CharField(max_length=100)
\`\`\`
\`\`\`python file=chat/consumers.py
from channels.generic.websocket import JsonWebsocketConsumer


class ChatConsumer(JsonWebsocketConsumer):
    def connect(self):
        from .models import Room

        self.rooms = Room.objects.count()
        self.accept()
\`\`\`
\`\`\`python file=mysite/asgi.py
import os

from channels.routing import ProtocolTypeRouter, URLRouter
from django.core.asgi import get_asgi_application

from chat.routing import websocket_urlpatterns

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')

application = ProtocolTypeRouter({
    'http': get_asgi_application(),
    'websocket': URLRouter(websocket_urlpatterns),
})
\`\`\`

## Sources

- [Channels: installation, asgi.py](https://channels.readthedocs.io/en/stable/installation.html)
- [django/channels#1564](https://github.com/django/channels/issues/1564)
- [django/daphne#347](https://github.com/django/daphne/issues/347)
`,fr:`# asgi/import-order

Le module servi importe des mod\u00e8les \u2014 directement, ou \u00e0 travers routing, consumers et middlewares \u2014 avant que \`get_asgi_application()\` ou \`django.setup()\` n\u2019ait rempli le registre des applications. Le signalement montre chaque import de la cha\u00eene.

## Pourquoi \u00e7a casse

Le dyno web s\u2019arr\u00eate au d\u00e9marrage sur \`django.core.exceptions.AppRegistryNotReady: Apps aren't loaded yet.\`, et les visiteurs voient H10 (App crashed). L\u00e0 o\u00f9 l\u2019import pr\u00e9c\u00e8de aussi la d\u00e9finition de \`DJANGO_SETTINGS_MODULE\`, c\u2019est \`django.core.exceptions.ImproperlyConfigured: Requested setting INSTALLED_APPS, but settings are not configured.\` Les outils qui trient les imports (isort, ruff, formatage \u00e0 l\u2019enregistrement) en sont souvent la cause, en remontant les imports. Les mod\u00e8les abstraits, \`django.contrib.auth.models\` et \`get_user_model()\` appel\u00e9 \u00e0 l\u2019import comptent aussi.

## Exemple

### \u00c0 travers le routing

\`\`\`python file=chat/models.py
from django.db import models


class Room(models.Model):
    name = models.CharField(max_length=100)
\`\`\`
\`\`\`python file=chat/consumers.py
from channels.generic.websocket import AsyncJsonWebsocketConsumer

from .models import Room


class ChatConsumer(AsyncJsonWebsocketConsumer):
    model = Room
\`\`\`
\`\`\`python file=mysite/asgi.py
import os

from channels.routing import ProtocolTypeRouter, URLRouter
from django.core.asgi import get_asgi_application

from chat.routing import websocket_urlpatterns

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')

application = ProtocolTypeRouter({
    'http': get_asgi_application(),
    'websocket': URLRouter(websocket_urlpatterns),
})
\`\`\`
\`\`\`findings
mysite/asgi.py:6:1 error asgi/import-order
\`\`\`

### Un mod\u00e8le de Django lui-m\u00eame

\`\`\`python file=mysite/asgi.py
import os

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')

from django.contrib.auth.models import AnonymousUser
from django.core.asgi import get_asgi_application

django_application = get_asgi_application()

from channels.routing import ProtocolTypeRouter, URLRouter

from chat.routing import websocket_urlpatterns

application = ProtocolTypeRouter({
    'http': django_application,
    'websocket': URLRouter(websocket_urlpatterns),
})
\`\`\`
\`\`\`findings
mysite/asgi.py:5:1 error asgi/import-order
\`\`\`

## \u00c0 \u00e9crire \u00e0 la place

\`\`\`python file=chat/models.py
from django.db import models


class Room(models.Model):
    name = models.CharField(max_length=100)
\`\`\`
\`\`\`python file=chat/consumers.py
from channels.generic.websocket import AsyncJsonWebsocketConsumer

from .models import Room


class ChatConsumer(AsyncJsonWebsocketConsumer):
    model = Room
\`\`\`
\`\`\`python file=mysite/asgi.py
import os

from django.core.asgi import get_asgi_application

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')

django_application = get_asgi_application()

from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402 isort:skip

from chat.routing import websocket_urlpatterns  # noqa: E402 isort:skip

application = ProtocolTypeRouter({
    'http': django_application,
    'websocket': URLRouter(websocket_urlpatterns),
})
\`\`\`

## Quand la r\u00e8gle se tait

Les imports de \`channels.*\` n\u2019ont pas besoin du registre (depuis Channels 3.0.4, pas m\u00eame \`channels.auth\`), non plus qu\u2019un routing dont les consumers n\u2019atteignent aucun mod\u00e8le. Les imports plac\u00e9s dans des fonctions s\u2019ex\u00e9cutent plus tard. L\u00e0 o\u00f9 rien n\u2019initialise Django, c\u2019est [asgi/setup-missing](../setup-missing/rule.fr.md) qui le dit.

### Aucun mod\u00e8le en chemin

\`\`\`python file=mysite/asgi.py
import os

from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from django.core.asgi import get_asgi_application

from chat.routing import websocket_urlpatterns

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')

application = ProtocolTypeRouter({
    'http': get_asgi_application(),
    'websocket': AllowedHostsOriginValidator(AuthMiddlewareStack(URLRouter(websocket_urlpatterns))),
})
\`\`\`

### Import\u00e9 dans une m\u00e9thode

\`\`\`python file=chat/models.py
from django.db import models


class Room(models.Model):
    name = models.CharField(max_length=100)
\`\`\`
\`\`\`python file=chat/consumers.py
from channels.generic.websocket import JsonWebsocketConsumer


class ChatConsumer(JsonWebsocketConsumer):
    def connect(self):
        from .models import Room

        self.rooms = Room.objects.count()
        self.accept()
\`\`\`
\`\`\`python file=mysite/asgi.py
import os

from channels.routing import ProtocolTypeRouter, URLRouter
from django.core.asgi import get_asgi_application

from chat.routing import websocket_urlpatterns

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')

application = ProtocolTypeRouter({
    'http': get_asgi_application(),
    'websocket': URLRouter(websocket_urlpatterns),
})
\`\`\`

## Sources

- [Channels: installation, asgi.py](https://channels.readthedocs.io/en/stable/installation.html)
- [django/channels#1564](https://github.com/django/channels/issues/1564)
- [django/daphne#347](https://github.com/django/daphne/issues/347)
`},"asgi/layer-call":{en:`# asgi/layer-call

A method of the channel layer is called that does not exist, its coroutine is never awaited, \`async_to_sync\` gets the coroutine instead of the method or runs in a coroutine, or a group is given a name that Channels refuses.

## Why it breaks

\`AttributeError: 'RedisChannelLayer' object has no attribute 'discard'\`; \`RuntimeWarning: coroutine 'RedisChannelLayer.group_send' was never awaited\`, and nothing arrives; \`RuntimeError: You cannot use AsyncToSync in the same thread as an async event loop\`; \`TypeError: Group name must be a valid unicode string with length < 100 containing only ASCII alphanumerics, hyphens, underscores, or periods.\` Most of these show only when the line runs.

## Example

### In a coroutine

\`\`\`python file=chat/consumers.py
from asgiref.sync import async_to_sync
from channels.generic.websocket import AsyncWebsocketConsumer


class ChatConsumer(AsyncWebsocketConsumer):
    async def connect(self):
        self.channel_layer.group_add('lobby', self.channel_name)
        await self.accept()

    async def disconnect(self, code):
        await self.channel_layer.discard('lobby', self.channel_name)

    async def receive(self, text_data=None, bytes_data=None):
        async_to_sync(self.channel_layer.group_send)('lobby', {'type': 'chat.message', 'text': text_data})

    async def chat_message(self, event):
        await self.send(event['text'])
\`\`\`
\`\`\`findings
chat/consumers.py:7:9 error asgi/layer-call
chat/consumers.py:11:15 error asgi/layer-call
chat/consumers.py:14:23 error asgi/layer-call
\`\`\`

### Elsewhere

\`\`\`python file=chat/views.py
from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.http import HttpResponse


def announce(request, room):
    layer = get_channel_layer()
    message = {'type': 'chat.message', 'text': 'Closing soon'}
    async_to_sync(layer.group_send('lobby', message))
    layer.group_send('lobby', message)
    async_to_sync(layer.group_send)(f'room:{room}', message)
    return HttpResponse(status=204)
\`\`\`
\`\`\`findings
chat/views.py:9:19 error asgi/layer-call
chat/views.py:10:5 error asgi/layer-call
chat/views.py:11:37 error asgi/layer-call
\`\`\`

## Use instead

\`\`\`python file=chat/consumers.py
from channels.generic.websocket import AsyncWebsocketConsumer


class ChatConsumer(AsyncWebsocketConsumer):
    async def connect(self):
        await self.channel_layer.group_add('lobby', self.channel_name)
        await self.accept()

    async def disconnect(self, code):
        await self.channel_layer.group_discard('lobby', self.channel_name)

    async def receive(self, text_data=None, bytes_data=None):
        await self.channel_layer.group_send('lobby', {'type': 'chat.message', 'text': text_data})

    async def chat_message(self, event):
        await self.send(event['text'])
\`\`\`
\`\`\`python file=chat/views.py
from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.http import HttpResponse


def announce(request, room):
    layer = get_channel_layer()
    async_to_sync(layer.group_send)(f'room-{room}', {'type': 'chat.message', 'text': 'Closing soon'})
    return HttpResponse(status=204)
\`\`\`

## When it is silent

When the coroutine is returned, gathered or stored; when a name is made of unknown parts only; for names under the publish/subscribe layer, which checks none; and for methods of a layer class of the project.

### Gathered

\`\`\`python file=chat/tasks.py
import asyncio

from channels.layers import get_channel_layer


async def announce(rooms, text):
    layer = get_channel_layer()
    await asyncio.gather(*[layer.group_send(room, {'type': 'chat.message', 'text': text}) for room in rooms])
    return layer.group_send('lobby', {'type': 'chat.message', 'text': text})
\`\`\`

## Sources

- [Channels: channel layers](https://channels.readthedocs.io/en/stable/topics/channel_layers.html)
- [asgiref: async_to_sync](https://github.com/django/asgiref#function-wrappers)
`,fr:`# asgi/layer-call

Une m\u00e9thode inexistante de la couche de canaux est appel\u00e9e, sa coroutine n\u2019est jamais attendue, \`async_to_sync\` re\u00e7oit la coroutine au lieu de la m\u00e9thode ou s\u2019ex\u00e9cute dans une coroutine, ou un groupe re\u00e7oit un nom que Channels refuse.

## Pourquoi \u00e7a casse

\`AttributeError: 'RedisChannelLayer' object has no attribute 'discard'\` ; \`RuntimeWarning: coroutine 'RedisChannelLayer.group_send' was never awaited\`, et rien n\u2019arrive ; \`RuntimeError: You cannot use AsyncToSync in the same thread as an async event loop\` ; \`TypeError: Group name must be a valid unicode string with length < 100 containing only ASCII alphanumerics, hyphens, underscores, or periods.\` La plupart n\u2019apparaissent qu\u2019\u00e0 l\u2019ex\u00e9cution de la ligne.

## Exemple

### Dans une coroutine

\`\`\`python file=chat/consumers.py
from asgiref.sync import async_to_sync
from channels.generic.websocket import AsyncWebsocketConsumer


class ChatConsumer(AsyncWebsocketConsumer):
    async def connect(self):
        self.channel_layer.group_add('lobby', self.channel_name)
        await self.accept()

    async def disconnect(self, code):
        await self.channel_layer.discard('lobby', self.channel_name)

    async def receive(self, text_data=None, bytes_data=None):
        async_to_sync(self.channel_layer.group_send)('lobby', {'type': 'chat.message', 'text': text_data})

    async def chat_message(self, event):
        await self.send(event['text'])
\`\`\`
\`\`\`findings
chat/consumers.py:7:9 error asgi/layer-call
chat/consumers.py:11:15 error asgi/layer-call
chat/consumers.py:14:23 error asgi/layer-call
\`\`\`

### Ailleurs

\`\`\`python file=chat/views.py
from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.http import HttpResponse


def announce(request, room):
    layer = get_channel_layer()
    message = {'type': 'chat.message', 'text': 'Closing soon'}
    async_to_sync(layer.group_send('lobby', message))
    layer.group_send('lobby', message)
    async_to_sync(layer.group_send)(f'room:{room}', message)
    return HttpResponse(status=204)
\`\`\`
\`\`\`findings
chat/views.py:9:19 error asgi/layer-call
chat/views.py:10:5 error asgi/layer-call
chat/views.py:11:37 error asgi/layer-call
\`\`\`

## \u00c0 \u00e9crire \u00e0 la place

\`\`\`python file=chat/consumers.py
from channels.generic.websocket import AsyncWebsocketConsumer


class ChatConsumer(AsyncWebsocketConsumer):
    async def connect(self):
        await self.channel_layer.group_add('lobby', self.channel_name)
        await self.accept()

    async def disconnect(self, code):
        await self.channel_layer.group_discard('lobby', self.channel_name)

    async def receive(self, text_data=None, bytes_data=None):
        await self.channel_layer.group_send('lobby', {'type': 'chat.message', 'text': text_data})

    async def chat_message(self, event):
        await self.send(event['text'])
\`\`\`
\`\`\`python file=chat/views.py
from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.http import HttpResponse


def announce(request, room):
    layer = get_channel_layer()
    async_to_sync(layer.group_send)(f'room-{room}', {'type': 'chat.message', 'text': 'Closing soon'})
    return HttpResponse(status=204)
\`\`\`

## Quand la r\u00e8gle se tait

Quand la coroutine est renvoy\u00e9e, regroup\u00e9e ou conserv\u00e9e ; quand un nom n\u2019est fait que de parties inconnues ; pour les noms sous la couche publish/subscribe, qui n\u2019en contr\u00f4le aucun ; et pour les m\u00e9thodes d\u2019une classe de couche du projet.

### Regroup\u00e9es

\`\`\`python file=chat/tasks.py
import asyncio

from channels.layers import get_channel_layer


async def announce(rooms, text):
    layer = get_channel_layer()
    await asyncio.gather(*[layer.group_send(room, {'type': 'chat.message', 'text': text}) for room in rooms])
    return layer.group_send('lobby', {'type': 'chat.message', 'text': text})
\`\`\`

## Sources

- [Channels : couches de canaux](https://channels.readthedocs.io/en/stable/topics/channel_layers.html)
- [asgiref : async_to_sync](https://github.com/django/asgiref#function-wrappers)
`},"asgi/legacy-routing":{en:`# asgi/legacy-routing

Code of the project uses something that the installed version of Channels has removed: the API of Channels 1 (\`Group\`, \`route_class\`, \`channels.generic.websockets\`), what went with Channels 4 (\`channels.http\`, \`channels.staticfiles\`), or a middleware that is called with the scope alone.

## Why it breaks

The import raises \`ImportError: cannot import name 'Group' from 'channels'\` or \`ModuleNotFoundError: No module named 'channels.http'\`. An old middleware boots and then fails at every connection with \`TypeError: __call__() takes 2 positional arguments but 4 were given\`.

## Example

### The API of Channels 1

\`\`\`python file=chat/consumers.py
from channels import Group
from channels.generic.websocket import WebsocketConsumer


class ChatConsumer(WebsocketConsumer):
    def receive(self, text_data=None, bytes_data=None):
        Group('chat').send({'text': text_data})
\`\`\`
\`\`\`findings
chat/consumers.py:1:1 error asgi/legacy-routing
\`\`\`

### Removed in Channels 4

\`\`\`python file=mysite/asgi.py
import os

import django

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')
django.setup()

from channels.http import AsgiHandler
from channels.routing import ProtocolTypeRouter, URLRouter

from chat.routing import websocket_urlpatterns

application = ProtocolTypeRouter({
    'http': AsgiHandler(),
    'websocket': URLRouter(websocket_urlpatterns),
})
\`\`\`
\`\`\`findings
mysite/asgi.py:8:1 error asgi/legacy-routing
\`\`\`

### A middleware of Channels 2

\`\`\`python file=chat/middleware.py
class TokenMiddleware:
    def __init__(self, inner):
        self.inner = inner

    def __call__(self, scope):
        scope['user'] = None
        return self.inner(scope)
\`\`\`
\`\`\`python file=mysite/asgi.py
import os

from django.core.asgi import get_asgi_application

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')

django_application = get_asgi_application()

from channels.routing import ProtocolTypeRouter, URLRouter

from chat.middleware import TokenMiddleware
from chat.routing import websocket_urlpatterns

application = ProtocolTypeRouter({
    'http': django_application,
    'websocket': TokenMiddleware(URLRouter(websocket_urlpatterns)),
})
\`\`\`
\`\`\`findings
chat/middleware.py:1:7 error asgi/legacy-routing
\`\`\`

## Use instead

\`\`\`python file=chat/middleware.py
class TokenMiddleware:
    def __init__(self, inner):
        self.inner = inner

    async def __call__(self, scope, receive, send):
        scope = dict(scope, user=None)
        return await self.inner(scope, receive, send)
\`\`\`
\`\`\`python file=mysite/asgi.py
import os

from django.core.asgi import get_asgi_application

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')

django_application = get_asgi_application()

from channels.routing import ProtocolTypeRouter, URLRouter

from chat.middleware import TokenMiddleware
from chat.routing import websocket_urlpatterns

application = ProtocolTypeRouter({
    'http': django_application,
    'websocket': TokenMiddleware(URLRouter(websocket_urlpatterns)),
})
\`\`\`

## When it is silent

When the version of Channels that is pinned still has it, when it cannot be told, and for imports inside \`try\`.

### Channels 2

\`\`\`text file=requirements.txt
Django==2.2.28
channels==2.4.0
channels-redis==2.4.2
\`\`\`
\`\`\`python file=chat/middleware.py
class TokenMiddleware:
    def __init__(self, inner):
        self.inner = inner

    def __call__(self, scope):
        scope['user'] = None
        return self.inner(scope)
\`\`\`
\`\`\`python file=chat/routing.py
from django.urls import path

from .consumers import ChatConsumer

websocket_urlpatterns = [
    path('ws/chat/<slug:room>/', ChatConsumer),
]
\`\`\`
\`\`\`python file=mysite/asgi.py
import os

import django

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')
django.setup()

from channels.http import AsgiHandler
from channels.routing import ProtocolTypeRouter, URLRouter

from chat.middleware import TokenMiddleware
from chat.routing import websocket_urlpatterns

application = ProtocolTypeRouter({
    'http': AsgiHandler,
    'websocket': TokenMiddleware(URLRouter(websocket_urlpatterns)),
})
\`\`\`

## Sources

- [Channels 4.0.0 release notes](https://channels.readthedocs.io/en/stable/releases/4.0.0.html)
- [Channels 2.0.0 release notes](https://channels.readthedocs.io/en/stable/releases/2.0.0.html)
`,fr:`# asgi/legacy-routing

Du code du projet utilise ce que la version install\u00e9e de Channels a supprim\u00e9 : l\u2019API de Channels 1 (\`Group\`, \`route_class\`, \`channels.generic.websockets\`), ce qui a disparu avec Channels 4 (\`channels.http\`, \`channels.staticfiles\`), ou un middleware appel\u00e9 avec le seul scope.

## Pourquoi \u00e7a casse

L\u2019import l\u00e8ve \`ImportError: cannot import name 'Group' from 'channels'\` ou \`ModuleNotFoundError: No module named 'channels.http'\`. Un ancien middleware d\u00e9marre, puis \u00e9choue \u00e0 chaque connexion avec \`TypeError: __call__() takes 2 positional arguments but 4 were given\`.

## Exemple

### L\u2019API de Channels 1

\`\`\`python file=chat/consumers.py
from channels import Group
from channels.generic.websocket import WebsocketConsumer


class ChatConsumer(WebsocketConsumer):
    def receive(self, text_data=None, bytes_data=None):
        Group('chat').send({'text': text_data})
\`\`\`
\`\`\`findings
chat/consumers.py:1:1 error asgi/legacy-routing
\`\`\`

### Supprim\u00e9 dans Channels 4

\`\`\`python file=mysite/asgi.py
import os

import django

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')
django.setup()

from channels.http import AsgiHandler
from channels.routing import ProtocolTypeRouter, URLRouter

from chat.routing import websocket_urlpatterns

application = ProtocolTypeRouter({
    'http': AsgiHandler(),
    'websocket': URLRouter(websocket_urlpatterns),
})
\`\`\`
\`\`\`findings
mysite/asgi.py:8:1 error asgi/legacy-routing
\`\`\`

### Un middleware de Channels 2

\`\`\`python file=chat/middleware.py
class TokenMiddleware:
    def __init__(self, inner):
        self.inner = inner

    def __call__(self, scope):
        scope['user'] = None
        return self.inner(scope)
\`\`\`
\`\`\`python file=mysite/asgi.py
import os

from django.core.asgi import get_asgi_application

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')

django_application = get_asgi_application()

from channels.routing import ProtocolTypeRouter, URLRouter

from chat.middleware import TokenMiddleware
from chat.routing import websocket_urlpatterns

application = ProtocolTypeRouter({
    'http': django_application,
    'websocket': TokenMiddleware(URLRouter(websocket_urlpatterns)),
})
\`\`\`
\`\`\`findings
chat/middleware.py:1:7 error asgi/legacy-routing
\`\`\`

## \u00c0 \u00e9crire \u00e0 la place

\`\`\`python file=chat/middleware.py
class TokenMiddleware:
    def __init__(self, inner):
        self.inner = inner

    async def __call__(self, scope, receive, send):
        scope = dict(scope, user=None)
        return await self.inner(scope, receive, send)
\`\`\`
\`\`\`python file=mysite/asgi.py
import os

from django.core.asgi import get_asgi_application

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')

django_application = get_asgi_application()

from channels.routing import ProtocolTypeRouter, URLRouter

from chat.middleware import TokenMiddleware
from chat.routing import websocket_urlpatterns

application = ProtocolTypeRouter({
    'http': django_application,
    'websocket': TokenMiddleware(URLRouter(websocket_urlpatterns)),
})
\`\`\`

## Quand la r\u00e8gle se tait

Quand la version fig\u00e9e de Channels le conna\u00eet encore, quand elle est inconnue, et pour les imports plac\u00e9s dans un \`try\`.

### Channels 2

\`\`\`text file=requirements.txt
Django==2.2.28
channels==2.4.0
channels-redis==2.4.2
\`\`\`
\`\`\`python file=chat/middleware.py
class TokenMiddleware:
    def __init__(self, inner):
        self.inner = inner

    def __call__(self, scope):
        scope['user'] = None
        return self.inner(scope)
\`\`\`
\`\`\`python file=chat/routing.py
from django.urls import path

from .consumers import ChatConsumer

websocket_urlpatterns = [
    path('ws/chat/<slug:room>/', ChatConsumer),
]
\`\`\`
\`\`\`python file=mysite/asgi.py
import os

import django

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')
django.setup()

from channels.http import AsgiHandler
from channels.routing import ProtocolTypeRouter, URLRouter

from chat.middleware import TokenMiddleware
from chat.routing import websocket_urlpatterns

application = ProtocolTypeRouter({
    'http': AsgiHandler,
    'websocket': TokenMiddleware(URLRouter(websocket_urlpatterns)),
})
\`\`\`

## Sources

- [Notes de version de Channels 4.0.0](https://channels.readthedocs.io/en/stable/releases/4.0.0.html)
- [Notes de version de Channels 2.0.0](https://channels.readthedocs.io/en/stable/releases/2.0.0.html)
`},"asgi/origin-validator":{en:`# asgi/origin-validator

The sockets are authenticated by cookies (\`AuthMiddlewareStack\`, \`SessionMiddlewareStack\`, a middleware that reads a token from a cookie) and nothing compares the Origin header with the hosts of the app.

## Why it breaks

The same-origin policy does not hold for WebSockets: a page of any site can open one, and the browser sends the cookies along. The page then reads and writes as the visitor \u2014 cross-site WebSocket hijacking. Nothing fails and nothing is logged.

## Example

### A consumer acts for the user

\`\`\`python file=mysite/asgi.py
import os

from django.core.asgi import get_asgi_application

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')

django_application = get_asgi_application()

from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter

from chat.routing import websocket_urlpatterns

application = ProtocolTypeRouter({
    'http': django_application,
    'websocket': AuthMiddlewareStack(URLRouter(websocket_urlpatterns)),
})
\`\`\`
\`\`\`findings
mysite/asgi.py:16:18 warning asgi/origin-validator
\`\`\`

### No consumer reads it yet

\`\`\`python file=chat/consumers.py
from channels.generic.websocket import WebsocketConsumer


class ChatConsumer(WebsocketConsumer):
    def receive(self, text_data=None, bytes_data=None):
        self.send(text_data)
\`\`\`
\`\`\`python file=mysite/asgi.py
import os

from django.core.asgi import get_asgi_application

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')

django_application = get_asgi_application()

from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter

from chat.routing import websocket_urlpatterns

application = ProtocolTypeRouter({
    'http': django_application,
    'websocket': AuthMiddlewareStack(URLRouter(websocket_urlpatterns)),
})
\`\`\`
\`\`\`findings
mysite/asgi.py:16:18 info asgi/origin-validator
\`\`\`

## Use instead

\`\`\`python file=mysite/asgi.py
import os

from django.core.asgi import get_asgi_application

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')

django_application = get_asgi_application()

from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator

from chat.routing import websocket_urlpatterns

application = ProtocolTypeRouter({
    'http': django_application,
    'websocket': AllowedHostsOriginValidator(AuthMiddlewareStack(URLRouter(websocket_urlpatterns))),
})
\`\`\`

## When it is silent

When the stack knows the visitor by a token alone, and when a wrapper of an installed package that we do not know stands around it.

### A token alone

\`\`\`python file=chat/middleware.py
from urllib.parse import parse_qs

from channels.db import database_sync_to_async


@database_sync_to_async
def user_of(token):
    from rest_framework.authtoken.models import Token

    return Token.objects.get(key=token).user


class TokenMiddleware:
    def __init__(self, inner):
        self.inner = inner

    async def __call__(self, scope, receive, send):
        query = parse_qs(scope['query_string'].decode())
        scope['user'] = await user_of(query['token'][0])
        return await self.inner(scope, receive, send)
\`\`\`
\`\`\`python file=mysite/asgi.py
import os

from django.core.asgi import get_asgi_application

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')

django_application = get_asgi_application()

from channels.routing import ProtocolTypeRouter, URLRouter

from chat.middleware import TokenMiddleware

from chat.routing import websocket_urlpatterns

application = ProtocolTypeRouter({
    'http': django_application,
    'websocket': TokenMiddleware(URLRouter(websocket_urlpatterns)),
})
\`\`\`

## Sources

- [Channels: security](https://channels.readthedocs.io/en/stable/topics/security.html)
- [OWASP: WebSocket security](https://cheatsheetseries.owasp.org/cheatsheets/WebSocket_Security_Cheat_Sheet.html)
`,fr:`# asgi/origin-validator

Les sockets sont authentifi\u00e9s par cookies (\`AuthMiddlewareStack\`, \`SessionMiddlewareStack\`, un middleware qui lit un jeton dans un cookie) et rien ne compare l\u2019en-t\u00eate Origin aux h\u00f4tes de l\u2019application.

## Pourquoi \u00e7a casse

La politique de m\u00eame origine ne vaut pas pour les WebSockets : une page de n\u2019importe quel site peut en ouvrir un, et le navigateur y joint les cookies. Cette page lit et \u00e9crit alors au nom du visiteur (\u00ab cross-site WebSocket hijacking \u00bb). Rien n\u2019\u00e9choue, rien n\u2019est journalis\u00e9.

## Exemple

### Un consumer agit pour l\u2019utilisateur

\`\`\`python file=mysite/asgi.py
import os

from django.core.asgi import get_asgi_application

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')

django_application = get_asgi_application()

from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter

from chat.routing import websocket_urlpatterns

application = ProtocolTypeRouter({
    'http': django_application,
    'websocket': AuthMiddlewareStack(URLRouter(websocket_urlpatterns)),
})
\`\`\`
\`\`\`findings
mysite/asgi.py:16:18 warning asgi/origin-validator
\`\`\`

### Aucun consumer ne le lit encore

\`\`\`python file=chat/consumers.py
from channels.generic.websocket import WebsocketConsumer


class ChatConsumer(WebsocketConsumer):
    def receive(self, text_data=None, bytes_data=None):
        self.send(text_data)
\`\`\`
\`\`\`python file=mysite/asgi.py
import os

from django.core.asgi import get_asgi_application

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')

django_application = get_asgi_application()

from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter

from chat.routing import websocket_urlpatterns

application = ProtocolTypeRouter({
    'http': django_application,
    'websocket': AuthMiddlewareStack(URLRouter(websocket_urlpatterns)),
})
\`\`\`
\`\`\`findings
mysite/asgi.py:16:18 info asgi/origin-validator
\`\`\`

## \u00c0 \u00e9crire \u00e0 la place

\`\`\`python file=mysite/asgi.py
import os

from django.core.asgi import get_asgi_application

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')

django_application = get_asgi_application()

from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator

from chat.routing import websocket_urlpatterns

application = ProtocolTypeRouter({
    'http': django_application,
    'websocket': AllowedHostsOriginValidator(AuthMiddlewareStack(URLRouter(websocket_urlpatterns))),
})
\`\`\`

## Quand la r\u00e8gle se tait

Quand la pile ne reconna\u00eet le visiteur qu\u2019\u00e0 un jeton, et quand une enveloppe d\u2019un paquet install\u00e9 que nous ne connaissons pas l\u2019entoure.

### Un jeton seul

\`\`\`python file=chat/middleware.py
from urllib.parse import parse_qs

from channels.db import database_sync_to_async


@database_sync_to_async
def user_of(token):
    from rest_framework.authtoken.models import Token

    return Token.objects.get(key=token).user


class TokenMiddleware:
    def __init__(self, inner):
        self.inner = inner

    async def __call__(self, scope, receive, send):
        query = parse_qs(scope['query_string'].decode())
        scope['user'] = await user_of(query['token'][0])
        return await self.inner(scope, receive, send)
\`\`\`
\`\`\`python file=mysite/asgi.py
import os

from django.core.asgi import get_asgi_application

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')

django_application = get_asgi_application()

from channels.routing import ProtocolTypeRouter, URLRouter

from chat.middleware import TokenMiddleware

from chat.routing import websocket_urlpatterns

application = ProtocolTypeRouter({
    'http': django_application,
    'websocket': TokenMiddleware(URLRouter(websocket_urlpatterns)),
})
\`\`\`

## Sources

- [Channels : s\u00e9curit\u00e9](https://channels.readthedocs.io/en/stable/topics/security.html)
- [OWASP : s\u00e9curit\u00e9 des WebSockets](https://cheatsheetseries.owasp.org/cheatsheets/WebSocket_Security_Cheat_Sheet.html)
`},"asgi/routing-pattern":{en:`# asgi/routing-pattern

A pattern in a \`URLRouter\` begins with a slash, uses \`include()\`, is no valid pattern, or is hidden by an earlier one that leads elsewhere.

## Why it breaks

\`URLRouter\` takes the leading slash off the path before it tries its routes, so that \`^/ws/\` and \`path("/ws/")\` never match: \`ValueError: No route found for path 'ws/chat/'.\` The handshake fails with a 500 in the log. \`include()\` raises \`ImproperlyConfigured: include() is not supported in URLRouter\`. The first route that matches wins, and a pattern without \`$\` matches every longer path too.

## Example

### A leading slash

\`\`\`python file=chat/routing.py
from django.urls import path, re_path

from .consumers import ChatConsumer

websocket_urlpatterns = [
    re_path(r'^/ws/chat/(?P<room>\\w+)/$', ChatConsumer.as_asgi()),
    path('/ws/lobby/', ChatConsumer.as_asgi()),
]
\`\`\`
\`\`\`findings
chat/routing.py:6:13 error asgi/routing-pattern
chat/routing.py:7:10 error asgi/routing-pattern
\`\`\`

### include()

\`\`\`python file=chat/urls.py
urlpatterns = []
\`\`\`
\`\`\`python file=chat/routing.py
from django.urls import include, path

from .consumers import ChatConsumer

websocket_urlpatterns = [
    path('ws/', include('chat.urls')),
]
\`\`\`
\`\`\`findings
chat/routing.py:6:5 error asgi/routing-pattern
\`\`\`

### An invalid pattern

\`\`\`python file=chat/routing.py
from django.urls import re_path

from .consumers import ChatConsumer

websocket_urlpatterns = [
    re_path(r'^ws/chat/(?P<room>\\w+/$', ChatConsumer.as_asgi()),
]
\`\`\`
\`\`\`findings
chat/routing.py:6:13 error asgi/routing-pattern
\`\`\`

### Hidden by an earlier one

\`\`\`python file=chat/consumers.py
from channels.generic.websocket import WebsocketConsumer


class ChatConsumer(WebsocketConsumer):
    pass


class PresenceConsumer(WebsocketConsumer):
    pass
\`\`\`
\`\`\`python file=chat/routing.py
from django.urls import re_path

from .consumers import ChatConsumer, PresenceConsumer

websocket_urlpatterns = [
    re_path(r'^ws/chat/', ChatConsumer.as_asgi()),
    re_path(r'^ws/chat/presence/$', PresenceConsumer.as_asgi()),
]
\`\`\`
\`\`\`findings
chat/routing.py:7:13 error asgi/routing-pattern
\`\`\`

## Use instead

\`\`\`python file=chat/consumers.py
from channels.generic.websocket import WebsocketConsumer


class ChatConsumer(WebsocketConsumer):
    pass


class PresenceConsumer(WebsocketConsumer):
    pass
\`\`\`
\`\`\`python file=chat/routing.py
from django.urls import path, re_path

from .consumers import ChatConsumer, PresenceConsumer

websocket_urlpatterns = [
    re_path(r'^ws/chat/presence/$', PresenceConsumer.as_asgi()),
    re_path(r'^ws/chat/(?P<room>\\w+)/$', ChatConsumer.as_asgi()),
    path('ws/lobby/', ChatConsumer.as_asgi()),
]
\`\`\`

## When it is silent

When a pattern is not wholly known. A catch-all that stands last hides nothing, nor does a second pattern for the same consumer, as long as the first gives it the same parameters. Django\u2019s own URLconf is not looked at.

### Near misses

\`\`\`python file=chat/consumers.py
from channels.generic.websocket import WebsocketConsumer


class ChatConsumer(WebsocketConsumer):
    pass


class FallbackConsumer(WebsocketConsumer):
    pass
\`\`\`
\`\`\`python file=chat/routing.py
from django.urls import path, re_path

from .consumers import ChatConsumer, FallbackConsumer

websocket_urlpatterns = [
    re_path(r'^ws$', ChatConsumer.as_asgi()),
    re_path(r'^ws/live$', FallbackConsumer.as_asgi()),
    path('ws/chat/<slug:room>/', ChatConsumer.as_asgi()),
    path('ws/chat/<int:room>/', ChatConsumer.as_asgi()),
    re_path(r'', FallbackConsumer.as_asgi()),
]
\`\`\`

## Sources

- [Channels: URLRouter](https://channels.readthedocs.io/en/stable/topics/routing.html#urlrouter)
- [django/channels#2195](https://github.com/django/channels/issues/2195)
- [django/channels#1338](https://github.com/django/channels/issues/1338)
`,fr:`# asgi/routing-pattern

Un motif d\u2019un \`URLRouter\` commence par une barre oblique, utilise \`include()\`, n\u2019est pas un motif valide, ou est masqu\u00e9 par un motif pr\u00e9c\u00e9dent qui m\u00e8ne ailleurs.

## Pourquoi \u00e7a casse

\`URLRouter\` \u00f4te la barre oblique initiale du chemin avant d\u2019essayer ses routes, si bien que \`^/ws/\` et \`path("/ws/")\` ne correspondent jamais : \`ValueError: No route found for path 'ws/chat/'.\` La n\u00e9gociation \u00e9choue avec une erreur 500 dans le journal. \`include()\` l\u00e8ve \`ImproperlyConfigured: include() is not supported in URLRouter\`. La premi\u00e8re route qui correspond l\u2019emporte, et un motif sans \`$\` correspond aussi \u00e0 tous les chemins plus longs.

## Exemple

### Une barre oblique initiale

\`\`\`python file=chat/routing.py
from django.urls import path, re_path

from .consumers import ChatConsumer

websocket_urlpatterns = [
    re_path(r'^/ws/chat/(?P<room>\\w+)/$', ChatConsumer.as_asgi()),
    path('/ws/lobby/', ChatConsumer.as_asgi()),
]
\`\`\`
\`\`\`findings
chat/routing.py:6:13 error asgi/routing-pattern
chat/routing.py:7:10 error asgi/routing-pattern
\`\`\`

### include()

\`\`\`python file=chat/urls.py
urlpatterns = []
\`\`\`
\`\`\`python file=chat/routing.py
from django.urls import include, path

from .consumers import ChatConsumer

websocket_urlpatterns = [
    path('ws/', include('chat.urls')),
]
\`\`\`
\`\`\`findings
chat/routing.py:6:5 error asgi/routing-pattern
\`\`\`

### Un motif invalide

\`\`\`python file=chat/routing.py
from django.urls import re_path

from .consumers import ChatConsumer

websocket_urlpatterns = [
    re_path(r'^ws/chat/(?P<room>\\w+/$', ChatConsumer.as_asgi()),
]
\`\`\`
\`\`\`findings
chat/routing.py:6:13 error asgi/routing-pattern
\`\`\`

### Masqu\u00e9 par un motif pr\u00e9c\u00e9dent

\`\`\`python file=chat/consumers.py
from channels.generic.websocket import WebsocketConsumer


class ChatConsumer(WebsocketConsumer):
    pass


class PresenceConsumer(WebsocketConsumer):
    pass
\`\`\`
\`\`\`python file=chat/routing.py
from django.urls import re_path

from .consumers import ChatConsumer, PresenceConsumer

websocket_urlpatterns = [
    re_path(r'^ws/chat/', ChatConsumer.as_asgi()),
    re_path(r'^ws/chat/presence/$', PresenceConsumer.as_asgi()),
]
\`\`\`
\`\`\`findings
chat/routing.py:7:13 error asgi/routing-pattern
\`\`\`

## \u00c0 \u00e9crire \u00e0 la place

\`\`\`python file=chat/consumers.py
from channels.generic.websocket import WebsocketConsumer


class ChatConsumer(WebsocketConsumer):
    pass


class PresenceConsumer(WebsocketConsumer):
    pass
\`\`\`
\`\`\`python file=chat/routing.py
from django.urls import path, re_path

from .consumers import ChatConsumer, PresenceConsumer

websocket_urlpatterns = [
    re_path(r'^ws/chat/presence/$', PresenceConsumer.as_asgi()),
    re_path(r'^ws/chat/(?P<room>\\w+)/$', ChatConsumer.as_asgi()),
    path('ws/lobby/', ChatConsumer.as_asgi()),
]
\`\`\`

## Quand la r\u00e8gle se tait

Quand un motif n\u2019est pas enti\u00e8rement connu. Un motif passe-partout plac\u00e9 en dernier ne masque rien, pas plus qu\u2019un second motif pour le m\u00eame consumer, tant que le premier lui donne les m\u00eames param\u00e8tres. L\u2019URLconf de Django n\u2019est pas examin\u00e9e.

### Cas voisins

\`\`\`python file=chat/consumers.py
from channels.generic.websocket import WebsocketConsumer


class ChatConsumer(WebsocketConsumer):
    pass


class FallbackConsumer(WebsocketConsumer):
    pass
\`\`\`
\`\`\`python file=chat/routing.py
from django.urls import path, re_path

from .consumers import ChatConsumer, FallbackConsumer

websocket_urlpatterns = [
    re_path(r'^ws$', ChatConsumer.as_asgi()),
    re_path(r'^ws/live$', FallbackConsumer.as_asgi()),
    path('ws/chat/<slug:room>/', ChatConsumer.as_asgi()),
    path('ws/chat/<int:room>/', ChatConsumer.as_asgi()),
    re_path(r'', FallbackConsumer.as_asgi()),
]
\`\`\`

## Sources

- [Channels: URLRouter](https://channels.readthedocs.io/en/stable/topics/routing.html#urlrouter)
- [django/channels#2195](https://github.com/django/channels/issues/2195)
- [django/channels#1338](https://github.com/django/channels/issues/1338)
`},"asgi/settings-default":{en:`# asgi/settings-default

The served module needs the settings before anything has set \`DJANGO_SETTINGS_MODULE\`: the line stands too far down, or there is none.

## Why it breaks

Boot ends with \`ImproperlyConfigured: Requested setting \u2026, but settings are not configured. You must either define the environment variable DJANGO_SETTINGS_MODULE or call settings.configure()\`. \`manage.py\` sets the variable itself, so that nothing shows locally. A config var of that name saves the day, which is why the finding is only possible while nobody knows whether it is set.

## Example

### Set too late

\`\`\`python file=mysite/asgi.py
import os

from django.core.asgi import get_asgi_application

django_application = get_asgi_application()

from channels.routing import ProtocolTypeRouter, URLRouter

from chat.routing import websocket_urlpatterns

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')

application = ProtocolTypeRouter({
    'http': django_application,
    'websocket': URLRouter(websocket_urlpatterns),
})
\`\`\`
\`\`\`findings
mysite/asgi.py:11:49 warning asgi/settings-default possible
\`\`\`

### Set nowhere, and no config var

\`\`\`python file=mysite/asgi.py
from django.core.asgi import get_asgi_application

django_application = get_asgi_application()

from channels.routing import ProtocolTypeRouter, URLRouter

from chat.routing import websocket_urlpatterns

application = ProtocolTypeRouter({
    'http': django_application,
    'websocket': URLRouter(websocket_urlpatterns),
})
\`\`\`
\`\`\`toml file=dynolint.toml
[env]
DJANGO_SETTINGS_MODULE = false
\`\`\`
\`\`\`findings
mysite/asgi.py:3:22 error asgi/settings-default
\`\`\`

## Use instead

\`\`\`python file=mysite/asgi.py
import os

from django.core.asgi import get_asgi_application

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')

django_application = get_asgi_application()

from channels.routing import ProtocolTypeRouter, URLRouter

from chat.routing import websocket_urlpatterns

application = ProtocolTypeRouter({
    'http': django_application,
    'websocket': URLRouter(websocket_urlpatterns),
})
\`\`\`

## When it is silent

When the variable is known to be a config var, or when the \`__init__\` of a package that is imported first sets it (a Celery app often does). Imports of \`channels.*\` above the line need no settings.

### Set by the package

\`\`\`python file=mysite/__init__.py
import os

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')
\`\`\`
\`\`\`python file=mysite/asgi.py
from django.core.asgi import get_asgi_application

django_application = get_asgi_application()

from channels.routing import ProtocolTypeRouter, URLRouter

from chat.routing import websocket_urlpatterns

application = ProtocolTypeRouter({
    'http': django_application,
    'websocket': URLRouter(websocket_urlpatterns),
})
\`\`\`

### A config var

\`\`\`python file=mysite/asgi.py
from django.core.asgi import get_asgi_application

django_application = get_asgi_application()

from channels.routing import ProtocolTypeRouter, URLRouter

from chat.routing import websocket_urlpatterns

application = ProtocolTypeRouter({
    'http': django_application,
    'websocket': URLRouter(websocket_urlpatterns),
})
\`\`\`
\`\`\`toml file=dynolint.toml
[env]
DJANGO_SETTINGS_MODULE = "mysite.settings"
\`\`\`

## Sources

- [Django: how to deploy with ASGI](https://docs.djangoproject.com/en/stable/howto/deployment/asgi/)
- [django/daphne#394](https://github.com/django/daphne/issues/394)
`,fr:`# asgi/settings-default

Le module servi a besoin des r\u00e9glages avant que quoi que ce soit n\u2019ait d\u00e9fini \`DJANGO_SETTINGS_MODULE\` : la ligne est trop bas, ou absente.

## Pourquoi \u00e7a casse

Le d\u00e9marrage s\u2019arr\u00eate sur \`ImproperlyConfigured: Requested setting \u2026, but settings are not configured. You must either define the environment variable DJANGO_SETTINGS_MODULE or call settings.configure()\`. \`manage.py\` d\u00e9finit la variable lui-m\u00eame, si bien que rien n\u2019appara\u00eet en local. Une config var de ce nom sauve la mise : c\u2019est pourquoi le signalement n\u2019est que possible tant qu\u2019on ignore si elle est d\u00e9finie.

## Exemple

### D\u00e9finie trop tard

\`\`\`python file=mysite/asgi.py
import os

from django.core.asgi import get_asgi_application

django_application = get_asgi_application()

from channels.routing import ProtocolTypeRouter, URLRouter

from chat.routing import websocket_urlpatterns

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')

application = ProtocolTypeRouter({
    'http': django_application,
    'websocket': URLRouter(websocket_urlpatterns),
})
\`\`\`
\`\`\`findings
mysite/asgi.py:11:49 warning asgi/settings-default possible
\`\`\`

### D\u00e9finie nulle part, et aucune config var

\`\`\`python file=mysite/asgi.py
from django.core.asgi import get_asgi_application

django_application = get_asgi_application()

from channels.routing import ProtocolTypeRouter, URLRouter

from chat.routing import websocket_urlpatterns

application = ProtocolTypeRouter({
    'http': django_application,
    'websocket': URLRouter(websocket_urlpatterns),
})
\`\`\`
\`\`\`toml file=dynolint.toml
[env]
DJANGO_SETTINGS_MODULE = false
\`\`\`
\`\`\`findings
mysite/asgi.py:3:22 error asgi/settings-default
\`\`\`

## \u00c0 \u00e9crire \u00e0 la place

\`\`\`python file=mysite/asgi.py
import os

from django.core.asgi import get_asgi_application

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')

django_application = get_asgi_application()

from channels.routing import ProtocolTypeRouter, URLRouter

from chat.routing import websocket_urlpatterns

application = ProtocolTypeRouter({
    'http': django_application,
    'websocket': URLRouter(websocket_urlpatterns),
})
\`\`\`

## Quand la r\u00e8gle se tait

Quand on sait que la variable est une config var, ou quand le \`__init__\` d\u2019un paquet import\u00e9 avant la d\u00e9finit (une application Celery le fait souvent). Les imports de \`channels.*\` plac\u00e9s au-dessus de la ligne n\u2019ont pas besoin des r\u00e9glages.

### D\u00e9finie par le paquet

\`\`\`python file=mysite/__init__.py
import os

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')
\`\`\`
\`\`\`python file=mysite/asgi.py
from django.core.asgi import get_asgi_application

django_application = get_asgi_application()

from channels.routing import ProtocolTypeRouter, URLRouter

from chat.routing import websocket_urlpatterns

application = ProtocolTypeRouter({
    'http': django_application,
    'websocket': URLRouter(websocket_urlpatterns),
})
\`\`\`

### Une config var

\`\`\`python file=mysite/asgi.py
from django.core.asgi import get_asgi_application

django_application = get_asgi_application()

from channels.routing import ProtocolTypeRouter, URLRouter

from chat.routing import websocket_urlpatterns

application = ProtocolTypeRouter({
    'http': django_application,
    'websocket': URLRouter(websocket_urlpatterns),
})
\`\`\`
\`\`\`toml file=dynolint.toml
[env]
DJANGO_SETTINGS_MODULE = "mysite.settings"
\`\`\`

## Sources

- [Django : d\u00e9ployer avec ASGI](https://docs.djangoproject.com/fr/stable/howto/deployment/asgi/)
- [django/daphne#394](https://github.com/django/daphne/issues/394)
`},"asgi/setup-missing":{en:`# asgi/setup-missing

Nothing that the served module runs calls \`get_asgi_application()\` or \`django.setup()\`.

## Why it breaks

Without it the app registry stays empty: importing a consumer that uses a model, or the first look at \`scope["user"]\`, ends with \`AppRegistryNotReady: Apps aren't loaded yet.\`

## Example

### Models on the way

\`\`\`text file=requirements.txt
Django==3.2.25
channels==3.0.5
channels-redis==3.4.1
\`\`\`
\`\`\`python file=chat/models.py
from django.db import models


class Room(models.Model):
    name = models.CharField(max_length=100)
\`\`\`
\`\`\`python file=chat/consumers.py
from channels.generic.websocket import AsyncJsonWebsocketConsumer

from .models import Room


class ChatConsumer(AsyncJsonWebsocketConsumer):
    model = Room
\`\`\`
\`\`\`python file=mysite/asgi.py
import os

from channels.routing import ProtocolTypeRouter, URLRouter

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')

from chat.routing import websocket_urlpatterns

application = ProtocolTypeRouter({
    'websocket': URLRouter(websocket_urlpatterns),
})
\`\`\`
\`\`\`findings
mysite/asgi.py:7:1 error asgi/setup-missing
\`\`\`

### Nothing yet

\`\`\`text file=requirements.txt
Django==3.2.25
channels==3.0.5
channels-redis==3.4.1
\`\`\`
\`\`\`python file=mysite/asgi.py
import os

from channels.routing import ProtocolTypeRouter, URLRouter

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')

from chat.routing import websocket_urlpatterns

application = ProtocolTypeRouter({
    'websocket': URLRouter(websocket_urlpatterns),
})
\`\`\`
\`\`\`findings
mysite/asgi.py:9:1 error asgi/setup-missing
\`\`\`

## Use instead

\`\`\`python file=chat/models.py
from django.db import models


class Room(models.Model):
    name = models.CharField(max_length=100)
\`\`\`
\`\`\`python file=chat/consumers.py
from channels.generic.websocket import AsyncJsonWebsocketConsumer

from .models import Room


class ChatConsumer(AsyncJsonWebsocketConsumer):
    model = Room
\`\`\`
\`\`\`python file=mysite/asgi.py
import os

from django.core.asgi import get_asgi_application

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')

django_application = get_asgi_application()

from channels.routing import ProtocolTypeRouter, URLRouter

from chat.routing import websocket_urlpatterns

application = ProtocolTypeRouter({
    'http': django_application,
    'websocket': URLRouter(websocket_urlpatterns),
})
\`\`\`

## When it is silent

When any module that is loaded on the way makes the call, and when parts of the application cannot be read.

## Sources

- [Channels: installation, asgi.py](https://channels.readthedocs.io/en/stable/installation.html)
- [Django: django.setup()](https://docs.djangoproject.com/en/stable/ref/applications/#django.setup)
`,fr:`# asgi/setup-missing

Rien de ce qu\u2019ex\u00e9cute le module servi n\u2019appelle \`get_asgi_application()\` ni \`django.setup()\`.

## Pourquoi \u00e7a casse

Sans cet appel, le registre des applications reste vide : importer un consumer qui utilise un mod\u00e8le, ou lire \`scope["user"]\` pour la premi\u00e8re fois, s\u2019arr\u00eate sur \`AppRegistryNotReady: Apps aren't loaded yet.\`

## Exemple

### Des mod\u00e8les en chemin

\`\`\`text file=requirements.txt
Django==3.2.25
channels==3.0.5
channels-redis==3.4.1
\`\`\`
\`\`\`python file=chat/models.py
from django.db import models


class Room(models.Model):
    name = models.CharField(max_length=100)
\`\`\`
\`\`\`python file=chat/consumers.py
from channels.generic.websocket import AsyncJsonWebsocketConsumer

from .models import Room


class ChatConsumer(AsyncJsonWebsocketConsumer):
    model = Room
\`\`\`
\`\`\`python file=mysite/asgi.py
import os

from channels.routing import ProtocolTypeRouter, URLRouter

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')

from chat.routing import websocket_urlpatterns

application = ProtocolTypeRouter({
    'websocket': URLRouter(websocket_urlpatterns),
})
\`\`\`
\`\`\`findings
mysite/asgi.py:7:1 error asgi/setup-missing
\`\`\`

### Rien encore

\`\`\`text file=requirements.txt
Django==3.2.25
channels==3.0.5
channels-redis==3.4.1
\`\`\`
\`\`\`python file=mysite/asgi.py
import os

from channels.routing import ProtocolTypeRouter, URLRouter

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')

from chat.routing import websocket_urlpatterns

application = ProtocolTypeRouter({
    'websocket': URLRouter(websocket_urlpatterns),
})
\`\`\`
\`\`\`findings
mysite/asgi.py:9:1 error asgi/setup-missing
\`\`\`

## \u00c0 \u00e9crire \u00e0 la place

\`\`\`python file=chat/models.py
from django.db import models


class Room(models.Model):
    name = models.CharField(max_length=100)
\`\`\`
\`\`\`python file=chat/consumers.py
from channels.generic.websocket import AsyncJsonWebsocketConsumer

from .models import Room


class ChatConsumer(AsyncJsonWebsocketConsumer):
    model = Room
\`\`\`
\`\`\`python file=mysite/asgi.py
import os

from django.core.asgi import get_asgi_application

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')

django_application = get_asgi_application()

from channels.routing import ProtocolTypeRouter, URLRouter

from chat.routing import websocket_urlpatterns

application = ProtocolTypeRouter({
    'http': django_application,
    'websocket': URLRouter(websocket_urlpatterns),
})
\`\`\`

## Quand la r\u00e8gle se tait

Quand un module charg\u00e9 en chemin fait l\u2019appel, et quand des parties de l\u2019application ne sont pas lisibles.

## Sources

- [Channels : installation, asgi.py](https://channels.readthedocs.io/en/stable/installation.html)
- [Django : django.setup()](https://docs.djangoproject.com/fr/stable/ref/applications/#django.setup)
`},"asgi/websocket-route":{en:`# asgi/websocket-route

The application that the web server loads answers no WebSocket, although the project defines consumers: it is plain \`get_asgi_application()\`, or a \`ProtocolTypeRouter\` without a \`websocket\` entry.

## Why it breaks

The page loads, and every socket fails in the handshake with \`Django can only handle ASGI/HTTP connections, not websocket.\` or \`No application configured for scope type 'websocket'\`. It often works locally, because \`runserver\` loads the object that ASGI_APPLICATION names while the Procfile names another one.

## Example

### Plain Django

\`\`\`python file=mysite/asgi.py
import os

from django.core.asgi import get_asgi_application

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')

application = get_asgi_application()
\`\`\`
\`\`\`findings
mysite/asgi.py:7:15 error asgi/websocket-route
\`\`\`

### A router without the entry

\`\`\`python file=mysite/asgi.py
import os

from django.core.asgi import get_asgi_application

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')

django_application = get_asgi_application()

from channels.routing import ProtocolTypeRouter

application = ProtocolTypeRouter({
    'http': django_application,
})
\`\`\`
\`\`\`findings
mysite/asgi.py:11:34 error asgi/websocket-route
\`\`\`

### Unless a variable is set

\`\`\`python file=mysite/asgi.py
import os

from django.core.asgi import get_asgi_application

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')

django_application = get_asgi_application()

from channels.routing import ProtocolTypeRouter, URLRouter

from chat.routing import websocket_urlpatterns

protocols = {'http': django_application}
if os.environ.get('LIVE_CHAT'):
    protocols['websocket'] = URLRouter(websocket_urlpatterns)

application = ProtocolTypeRouter(protocols)
\`\`\`
\`\`\`findings
mysite/asgi.py:13:13 warning asgi/websocket-route possible
\`\`\`

## Use instead

\`\`\`python file=mysite/asgi.py
import os

from django.core.asgi import get_asgi_application

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')

django_application = get_asgi_application()

from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator

from chat.routing import websocket_urlpatterns

application = ProtocolTypeRouter({
    'http': django_application,
    'websocket': AllowedHostsOriginValidator(AuthMiddlewareStack(URLRouter(websocket_urlpatterns))),
})
\`\`\`

## When it is silent

When the project has no consumer, when the entries of the router cannot be read, when Channels 1 is pinned, or when \`asgi.py\` is merely there and neither the Procfile nor ASGI_APPLICATION names it.

### No consumer

\`\`\`python file=mysite/asgi.py
import os

from django.core.asgi import get_asgi_application

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')

application = get_asgi_application()
\`\`\`
\`\`\`text delete=chat
\`\`\`

### The object that ASGI_APPLICATION names

\`\`\`python file=mysite/asgi.py
import os

import django

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')
django.setup()

from channels.routing import get_default_application

application = get_default_application()
\`\`\`
\`\`\`python file=mysite/routing.py
from django.core.asgi import get_asgi_application

from channels.routing import ProtocolTypeRouter, URLRouter

from chat.routing import websocket_urlpatterns

application = ProtocolTypeRouter({
    'http': get_asgi_application(),
    'websocket': URLRouter(websocket_urlpatterns),
})
\`\`\`
\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
ASGI_APPLICATION = 'mysite.routing.application'
\`\`\`

## Sources

- [Channels: ProtocolTypeRouter](https://channels.readthedocs.io/en/stable/topics/routing.html#protocoltyperouter)
- [django/channels#1426](https://github.com/django/channels/issues/1426)
- [django/daphne#292](https://github.com/django/daphne/issues/292)
`,fr:`# asgi/websocket-route

L\u2019application que charge le serveur web ne r\u00e9pond \u00e0 aucun WebSocket, alors que le projet d\u00e9finit des consumers : c\u2019est un simple \`get_asgi_application()\`, ou un \`ProtocolTypeRouter\` sans entr\u00e9e \`websocket\`.

## Pourquoi \u00e7a casse

La page se charge, et chaque socket \u00e9choue \u00e0 la n\u00e9gociation avec \`Django can only handle ASGI/HTTP connections, not websocket.\` ou \`No application configured for scope type 'websocket'\`. En local, cela marche souvent, parce que \`runserver\` charge l\u2019objet nomm\u00e9 par ASGI_APPLICATION alors que le Procfile en nomme un autre.

## Exemple

### Du Django pur

\`\`\`python file=mysite/asgi.py
import os

from django.core.asgi import get_asgi_application

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')

application = get_asgi_application()
\`\`\`
\`\`\`findings
mysite/asgi.py:7:15 error asgi/websocket-route
\`\`\`

### Un routeur sans l\u2019entr\u00e9e

\`\`\`python file=mysite/asgi.py
import os

from django.core.asgi import get_asgi_application

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')

django_application = get_asgi_application()

from channels.routing import ProtocolTypeRouter

application = ProtocolTypeRouter({
    'http': django_application,
})
\`\`\`
\`\`\`findings
mysite/asgi.py:11:34 error asgi/websocket-route
\`\`\`

### Sauf si une variable est d\u00e9finie

\`\`\`python file=mysite/asgi.py
import os

from django.core.asgi import get_asgi_application

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')

django_application = get_asgi_application()

from channels.routing import ProtocolTypeRouter, URLRouter

from chat.routing import websocket_urlpatterns

protocols = {'http': django_application}
if os.environ.get('LIVE_CHAT'):
    protocols['websocket'] = URLRouter(websocket_urlpatterns)

application = ProtocolTypeRouter(protocols)
\`\`\`
\`\`\`findings
mysite/asgi.py:13:13 warning asgi/websocket-route possible
\`\`\`

## \u00c0 \u00e9crire \u00e0 la place

\`\`\`python file=mysite/asgi.py
import os

from django.core.asgi import get_asgi_application

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')

django_application = get_asgi_application()

from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator

from chat.routing import websocket_urlpatterns

application = ProtocolTypeRouter({
    'http': django_application,
    'websocket': AllowedHostsOriginValidator(AuthMiddlewareStack(URLRouter(websocket_urlpatterns))),
})
\`\`\`

## Quand la r\u00e8gle se tait

Quand le projet n\u2019a aucun consumer, quand les entr\u00e9es du routeur ne sont pas lisibles, quand Channels 1 est fig\u00e9, ou quand \`asgi.py\` est simplement pr\u00e9sent sans que ni le Procfile ni ASGI_APPLICATION ne le nomment.

### Aucun consumer

\`\`\`python file=mysite/asgi.py
import os

from django.core.asgi import get_asgi_application

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')

application = get_asgi_application()
\`\`\`
\`\`\`text delete=chat
\`\`\`

### L\u2019objet que nomme ASGI_APPLICATION

\`\`\`python file=mysite/asgi.py
import os

import django

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')
django.setup()

from channels.routing import get_default_application

application = get_default_application()
\`\`\`
\`\`\`python file=mysite/routing.py
from django.core.asgi import get_asgi_application

from channels.routing import ProtocolTypeRouter, URLRouter

from chat.routing import websocket_urlpatterns

application = ProtocolTypeRouter({
    'http': get_asgi_application(),
    'websocket': URLRouter(websocket_urlpatterns),
})
\`\`\`
\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
ASGI_APPLICATION = 'mysite.routing.application'
\`\`\`

## Sources

- [Channels: ProtocolTypeRouter](https://channels.readthedocs.io/en/stable/topics/routing.html#protocoltyperouter)
- [django/channels#1426](https://github.com/django/channels/issues/1426)
- [django/daphne#292](https://github.com/django/daphne/issues/292)
`},"deps/duplicate":{en:`# deps/duplicate

Reports a package that stands on two lines of what pip installs, includes counted.

## Why it breaks

Two pins that differ end the build: \`ERROR: Cannot install Django==4.2.25 and Django==5.2.17 because these package versions have conflicting dependencies.\` (before pip 20.3: \`Double requirement given\`). Lines that agree are harmless until someone updates one of them.

## Example

\`\`\`text file=requirements.txt
Django==5.2.17
channels==4.3.2
daphne>=4.2
django==4.2.25
Daphne==4.2.2
channels==4.3.2
\`\`\`
\`\`\`findings
requirements.txt:4:1 error deps/duplicate
requirements.txt:5:1 warning deps/duplicate
requirements.txt:6:1 warning deps/duplicate
\`\`\`

## Use instead

\`\`\`text file=requirements.txt
Django==5.2.17
channels==4.3.2
daphne==4.2.2
\`\`\`

## When it is silent

Lines whose markers exclude each other, and a line that only adds an extra.

\`\`\`text file=requirements.txt
Django==4.2.25 ; python_version < "3.10"
Django==5.2.17 ; python_version >= "3.10"
channels==4.3.2
channels[daphne]==4.3.2
\`\`\`

## Sources

- https://pip.pypa.io/en/stable/topics/dependency-resolution/
`,fr:`# deps/duplicate

Signale un paquet qui figure sur deux lignes de ce que pip installe, inclusions comprises.

## Pourquoi \u00e7a casse

Deux versions fig\u00e9es diff\u00e9rentes arr\u00eatent la construction : \`ERROR: Cannot install Django==4.2.25 and Django==5.2.17 because these package versions have conflicting dependencies.\` (avant pip 20.3 : \`Double requirement given\`). Des lignes qui s\u2019accordent sont inoffensives jusqu\u2019\u00e0 ce que quelqu\u2019un mette \u00e0 jour l\u2019une d\u2019elles.

## Exemple

\`\`\`text file=requirements.txt
Django==5.2.17
channels==4.3.2
daphne>=4.2
django==4.2.25
Daphne==4.2.2
channels==4.3.2
\`\`\`
\`\`\`findings
requirements.txt:4:1 error deps/duplicate
requirements.txt:5:1 warning deps/duplicate
requirements.txt:6:1 warning deps/duplicate
\`\`\`

## \u00c0 \u00e9crire \u00e0 la place

\`\`\`text file=requirements.txt
Django==5.2.17
channels==4.3.2
daphne==4.2.2
\`\`\`

## Quand la r\u00e8gle se tait

Des lignes dont les marqueurs s\u2019excluent, et une ligne qui n\u2019ajoute qu\u2019un extra.

\`\`\`text file=requirements.txt
Django==4.2.25 ; python_version < "3.10"
Django==5.2.17 ; python_version >= "3.10"
channels==4.3.2
channels[daphne]==4.3.2
\`\`\`

## Sources

- https://pip.pypa.io/en/stable/topics/dependency-resolution/
`},"deps/file-conflict":{en:'# deps/file-conflict\n\nHeroku\u2019s Python buildpack wants exactly one package manager in the root. This rule reports what makes it stop: two of `requirements.txt`, `Pipfile.lock`, `poetry.lock` and `uv.lock`; a Pipfile without its lock; uv without `.python-version`; a committed virtual environment.\n\n## Why it breaks\n\nSince version 325 (December 2025) the build ends with `Error: Multiple Python package manager files were found.`; before, the buildpack silently took the first of Pipfile.lock, requirements.txt, poetry.lock, uv.lock. A Pipfile alone gives `Error: No \'Pipfile.lock\' found!`, `venv/pyvenv.cfg` gives `Error: Existing \'venv/\' directory found.`\n\n## Example\n\n### A left-over requirements.txt\n\n```json file=Pipfile.lock\n{\n  "_meta": { "requires": { "python_version": "3.13" } },\n  "default": { "django": { "version": "==5.2.17" } },\n  "develop": {}\n}\n```\n```findings\nrequirements.txt:1:1 error deps/file-conflict\n```\n\n### A Pipfile without lock, a virtual environment\n\n```toml file=Pipfile\n[packages]\ndjango = "*"\n```\n```text file=venv/pyvenv.cfg\nhome = /usr/bin\n```\n```findings\nPipfile:1:1 error deps/file-conflict\nvenv/pyvenv.cfg:1:1 error deps/file-conflict\n```\n\n### uv without a Python version\n\n```text delete=requirements.txt\n```\n```text delete=.python-version\n```\n```toml file=uv.lock\nversion = 1\n\n[[package]]\nname = "django"\nversion = "5.2.17"\nsource = { registry = "https://example.com/simple" }\n```\n```findings\nuv.lock:1:1 error deps/file-conflict\n```\n\n## Use instead\n\n```text file=requirements.txt\nDjango==5.2.17\nchannels==4.3.2\ndaphne==4.2.2\n```\n\n## When it is silent\n\nManifests beside their own lock, development files, and package managers of other languages do not matter; nor does any of this in a container.\n\n```text delete=requirements.txt\n```\n```toml file=Pipfile\n[packages]\ndjango = "*"\n```\n```json file=Pipfile.lock\n{\n  "_meta": { "requires": { "python_version": "3.13" } },\n  "default": { "django": { "version": "==5.2.17" } },\n  "develop": {}\n}\n```\n```json file=package.json\n{ "name": "chat" }\n```\n\n## Sources\n\n- https://devcenter.heroku.com/articles/python-support\n- https://github.com/heroku/heroku-buildpack-python/blob/main/lib/package_manager.sh (v351)\n',fr:'# deps/file-conflict\n\nLe buildpack Python d\u2019Heroku veut exactement un gestionnaire de paquets \u00e0 la racine. Cette r\u00e8gle signale ce qui l\u2019arr\u00eate : deux fichiers parmi `requirements.txt`, `Pipfile.lock`, `poetry.lock` et `uv.lock` ; un Pipfile sans son verrou ; uv sans `.python-version` ; un environnement virtuel versionn\u00e9.\n\n## Pourquoi \u00e7a casse\n\nDepuis la version 325 (d\u00e9cembre 2025), la construction se termine par `Error: Multiple Python package manager files were found.` ; avant, le buildpack prenait sans rien dire le premier de Pipfile.lock, requirements.txt, poetry.lock, uv.lock. Un Pipfile seul donne `Error: No \'Pipfile.lock\' found!`, `venv/pyvenv.cfg` donne `Error: Existing \'venv/\' directory found.`\n\n## Exemple\n\n### Un requirements.txt oubli\u00e9\n\n```json file=Pipfile.lock\n{\n  "_meta": { "requires": { "python_version": "3.13" } },\n  "default": { "django": { "version": "==5.2.17" } },\n  "develop": {}\n}\n```\n```findings\nrequirements.txt:1:1 error deps/file-conflict\n```\n\n### Un Pipfile sans verrou, un environnement virtuel\n\n```toml file=Pipfile\n[packages]\ndjango = "*"\n```\n```text file=venv/pyvenv.cfg\nhome = /usr/bin\n```\n```findings\nPipfile:1:1 error deps/file-conflict\nvenv/pyvenv.cfg:1:1 error deps/file-conflict\n```\n\n### uv sans version de Python\n\n```text delete=requirements.txt\n```\n```text delete=.python-version\n```\n```toml file=uv.lock\nversion = 1\n\n[[package]]\nname = "django"\nversion = "5.2.17"\nsource = { registry = "https://example.com/simple" }\n```\n```findings\nuv.lock:1:1 error deps/file-conflict\n```\n\n## \u00c0 \u00e9crire \u00e0 la place\n\n```text file=requirements.txt\nDjango==5.2.17\nchannels==4.3.2\ndaphne==4.2.2\n```\n\n## Quand la r\u00e8gle se tait\n\nUn manifeste \u00e0 c\u00f4t\u00e9 de son verrou, les fichiers de d\u00e9veloppement et les gestionnaires d\u2019autres langages ne comptent pas ; et rien de cela ne compte dans un conteneur.\n\n```text delete=requirements.txt\n```\n```toml file=Pipfile\n[packages]\ndjango = "*"\n```\n```json file=Pipfile.lock\n{\n  "_meta": { "requires": { "python_version": "3.13" } },\n  "default": { "django": { "version": "==5.2.17" } },\n  "develop": {}\n}\n```\n```json file=package.json\n{ "name": "chat" }\n```\n\n## Sources\n\n- https://devcenter.heroku.com/articles/python-support\n- https://github.com/heroku/heroku-buildpack-python/blob/main/lib/package_manager.sh (v351)\n'},"deps/file-encoding":{en:`# deps/file-encoding

Checks that \`requirements.txt\` and what it includes are UTF-8.

## Why it breaks

\`pip freeze > requirements.txt\` in Windows PowerShell 5 writes UTF-16. With its byte order mark pip still reads it; GitHub\u2019s dependency graph, Dependabot, pip-tools, uv and \`git diff\` do not. Without the mark, or with another code page, pip stops: \`UnicodeDecodeError: 'utf-8' codec can't decode byte \u2026\` or \`ERROR: Invalid requirement: 'D\\x00j\\x00\u2026'\`.

## Example

### What PowerShell writes

\`\`\`text file=requirements.txt encoding=utf-16
Django==5.2.17
channels==4.3.2
\`\`\`
\`\`\`findings
requirements.txt:1:1 warning deps/file-encoding
\`\`\`

### Latin-1 in a comment

\`\`\`text file=requirements.txt encoding=latin-1
Django==5.2.17  # d\u00e9pendance principale
channels==4.3.2
\`\`\`
\`\`\`findings
requirements.txt:1:1 error deps/file-encoding
\`\`\`

## Use instead

\`\`\`text file=requirements.txt
Django==5.2.17  # d\u00e9pendance principale
channels==4.3.2
\`\`\`

## When it is silent

Files that the build does not install are not looked at; a coding comment that pip honours is fine.

\`\`\`text file=requirements.txt encoding=latin-1
# -*- coding: latin-1 -*-
Django==5.2.17  # d\u00e9pendance principale
\`\`\`
\`\`\`text file=old-requirements.txt encoding=utf-16
Django==1.11
\`\`\`

## Sources

- https://pip.pypa.io/en/stable/reference/requirements-file-format/#encoding
`,fr:`# deps/file-encoding

V\u00e9rifie que \`requirements.txt\` et ce qu\u2019il inclut sont en UTF-8.

## Pourquoi \u00e7a casse

\`pip freeze > requirements.txt\` dans Windows PowerShell 5 \u00e9crit de l\u2019UTF-16. Avec son indicateur d\u2019ordre des octets, pip le lit encore ; le graphe de d\u00e9pendances de GitHub, Dependabot, pip-tools, uv et \`git diff\` n\u2019y arrivent pas. Sans cet indicateur, ou avec une autre page de codes, pip s\u2019arr\u00eate : \`UnicodeDecodeError: 'utf-8' codec can't decode byte \u2026\` ou \`ERROR: Invalid requirement: 'D\\x00j\\x00\u2026'\`.

## Exemple

### Ce que PowerShell \u00e9crit

\`\`\`text file=requirements.txt encoding=utf-16
Django==5.2.17
channels==4.3.2
\`\`\`
\`\`\`findings
requirements.txt:1:1 warning deps/file-encoding
\`\`\`

### Du Latin-1 dans un commentaire

\`\`\`text file=requirements.txt encoding=latin-1
Django==5.2.17  # d\u00e9pendance principale
channels==4.3.2
\`\`\`
\`\`\`findings
requirements.txt:1:1 error deps/file-encoding
\`\`\`

## \u00c0 \u00e9crire \u00e0 la place

\`\`\`text file=requirements.txt
Django==5.2.17  # d\u00e9pendance principale
channels==4.3.2
\`\`\`

## Quand la r\u00e8gle se tait

Les fichiers que la construction n\u2019installe pas ne sont pas regard\u00e9s ; un commentaire de codage que pip respecte convient.

\`\`\`text file=requirements.txt encoding=latin-1
# -*- coding: latin-1 -*-
Django==5.2.17  # d\u00e9pendance principale
\`\`\`
\`\`\`text file=old-requirements.txt encoding=utf-16
Django==1.11
\`\`\`

## Sources

- https://pip.pypa.io/en/stable/reference/requirements-file-format/#encoding
`},"deps/file-missing":{en:'# deps/file-missing\n\nChecks that the folder that is pushed holds exactly what Heroku\u2019s Python buildpack looks for: `requirements.txt`, `Pipfile.lock`, `poetry.lock` or `uv.lock`, in the root and nowhere else.\n\n## Why it breaks\n\nWithout one of them the build stops with `Error: Couldn\'t find any supported Python package manager files.`; with `setup.py` alone it says `Error: Implicit setup.py file support has been sunset.` Names are case-sensitive on the dyno, and a file in `backend/` does not count although the Procfile may say `cd backend`.\n\n## Example\n\n### A name nobody reads\n\n```text delete=requirements.txt\n```\n```text file=requirement.txt\nDjango==5.2.17\nchannels==4.3.2\ndaphne==4.2.2\n```\n```findings\nProcfile:1:6 error deps/file-missing\n```\n\n### The file lies in a sub-folder\n\n```text delete=requirements.txt\n```\n```text file=backend/requirements.txt\nDjango==5.2.17\n```\n```findings\nProcfile:1:6 error deps/file-missing\n```\n\n### A manifest without its lock\n\n```text delete=requirements.txt\n```\n```toml file=pyproject.toml\n[project]\nname = "chat"\nversion = "1"\ndependencies = ["Django==5.2.17", "channels==4.3.2"]\n```\n```findings\nProcfile:1:6 error deps/file-missing\n```\n\n## Use instead\n\n### A file in the root that takes in the other\n\n```text file=requirements.txt\n-r backend/requirements.txt\n```\n```text file=backend/requirements.txt\nDjango==5.2.17\nchannels==4.3.2\ndaphne==4.2.2\n```\n\n## When it is silent\n\n### A container is built from a Dockerfile\n\n```text delete=requirements.txt\n```\n```text delete=app.json\n```\n```yaml file=heroku.yml\nbuild:\n  docker:\n    web: Dockerfile\n```\n```dockerfile file=Dockerfile\nFROM python:3.13\nCOPY deps.txt /app/\nRUN pip install -r /app/deps.txt\n```\n```text file=deps.txt\nDjango==5.2.17\n```\n\n## Sources\n\n- https://devcenter.heroku.com/articles/python-support\n- https://github.com/heroku/heroku-buildpack-python/blob/main/lib/package_manager.sh (v351)\n',fr:'# deps/file-missing\n\nV\u00e9rifie que le dossier pouss\u00e9 contient ce que le buildpack Python d\u2019Heroku cherche : `requirements.txt`, `Pipfile.lock`, `poetry.lock` ou `uv.lock`, \u00e0 la racine et nulle part ailleurs.\n\n## Pourquoi \u00e7a casse\n\nSans l\u2019un d\u2019eux, la construction s\u2019arr\u00eate avec `Error: Couldn\'t find any supported Python package manager files.` ; avec `setup.py` seul, elle dit `Error: Implicit setup.py file support has been sunset.` Les noms sont sensibles \u00e0 la casse sur le dyno, et un fichier dans `backend/` ne compte pas, m\u00eame si le Procfile dit `cd backend`.\n\n## Exemple\n\n### Un nom que personne ne lit\n\n```text delete=requirements.txt\n```\n```text file=requirement.txt\nDjango==5.2.17\nchannels==4.3.2\ndaphne==4.2.2\n```\n```findings\nProcfile:1:6 error deps/file-missing\n```\n\n### Le fichier est dans un sous-dossier\n\n```text delete=requirements.txt\n```\n```text file=backend/requirements.txt\nDjango==5.2.17\n```\n```findings\nProcfile:1:6 error deps/file-missing\n```\n\n### Un manifeste sans son verrou\n\n```text delete=requirements.txt\n```\n```toml file=pyproject.toml\n[project]\nname = "chat"\nversion = "1"\ndependencies = ["Django==5.2.17", "channels==4.3.2"]\n```\n```findings\nProcfile:1:6 error deps/file-missing\n```\n\n## \u00c0 \u00e9crire \u00e0 la place\n\n### Un fichier \u00e0 la racine qui inclut l\u2019autre\n\n```text file=requirements.txt\n-r backend/requirements.txt\n```\n```text file=backend/requirements.txt\nDjango==5.2.17\nchannels==4.3.2\ndaphne==4.2.2\n```\n\n## Quand la r\u00e8gle se tait\n\n### Un conteneur est construit depuis un Dockerfile\n\n```text delete=requirements.txt\n```\n```text delete=app.json\n```\n```yaml file=heroku.yml\nbuild:\n  docker:\n    web: Dockerfile\n```\n```dockerfile file=Dockerfile\nFROM python:3.13\nCOPY deps.txt /app/\nRUN pip install -r /app/deps.txt\n```\n```text file=deps.txt\nDjango==5.2.17\n```\n\n## Sources\n\n- https://devcenter.heroku.com/articles/python-support\n- https://github.com/heroku/heroku-buildpack-python/blob/main/lib/package_manager.sh (v351)\n'},"deps/incompatible":{en:`# deps/incompatible

Solves the lines as pip would, over every known release of the Channels stack (Django, channels, channels-redis, daphne, redis, asgiref, servers, Celery \u2026) with its declared requirements. When nothing satisfies all lines, it shows the fewest lines that already contradict each other.

## Why it breaks

The build ends with \`ERROR: Cannot install \u2026 because these package versions have conflicting dependencies.\` and \`ERROR: ResolutionImpossible\`. An old pip installed such sets with a warning, so they linger in files that were frozen years ago.

## Example

### Channels 4 with the layer of Channels 3

\`\`\`text file=requirements.txt
Django==4.2.25
channels==4.1.0
channels-redis==3.4.1
daphne==4.1.2
\`\`\`
\`\`\`findings
requirements.txt:3:15 error deps/incompatible
\`\`\`

### The layer wants a newer Channels

\`\`\`text file=requirements.txt
Django==5.2.17
channels==4.1.0
channels-redis==4.3.0
redis==7.4.1
daphne==4.2.2
\`\`\`
\`\`\`findings
requirements.txt:3:15 error deps/incompatible
\`\`\`

### A dead layer beside a modern stack

\`\`\`text file=requirements.txt
Django==5.2.17
channels[daphne]==4.3.2
asgi_redis==1.4.3
\`\`\`
\`\`\`findings
requirements.txt:3:11 error deps/incompatible
\`\`\`

## Use instead

\`\`\`text file=requirements.txt
Django==5.2.17
channels[daphne]==4.3.2
channels-redis==4.3.0
redis>=6.1,<8
\`\`\`

## When it is silent

A marker that excludes a line on the dyno, packages outside the knowledge base, and versions newer than it.

\`\`\`text file=requirements.txt
Django==5.2.17
channels==4.3.2
daphne==99.1.0
channels-redis==3.4.1 ; sys_platform == "win32"
requests==2.22.0
urllib3==2.6.0
\`\`\`

## Sources

- https://pip.pypa.io/en/stable/topics/dependency-resolution/
- https://channels.readthedocs.io/en/stable/releases/4.0.0.html
`,fr:`# deps/incompatible

R\u00e9sout les lignes comme le ferait pip, sur toutes les versions connues de la pile Channels (Django, channels, channels-redis, daphne, redis, asgiref, serveurs, Celery \u2026) avec leurs d\u00e9pendances d\u00e9clar\u00e9es. Quand rien ne satisfait toutes les lignes, elle montre les moins nombreuses qui se contredisent d\u00e9j\u00e0.

## Pourquoi \u00e7a casse

La construction se termine par \`ERROR: Cannot install \u2026 because these package versions have conflicting dependencies.\` et \`ERROR: ResolutionImpossible\`. Un vieux pip installait de tels ensembles avec un simple avertissement, si bien qu\u2019ils subsistent dans des fichiers fig\u00e9s il y a des ann\u00e9es.

## Exemple

### Channels 4 avec la couche de Channels 3

\`\`\`text file=requirements.txt
Django==4.2.25
channels==4.1.0
channels-redis==3.4.1
daphne==4.1.2
\`\`\`
\`\`\`findings
requirements.txt:3:15 error deps/incompatible
\`\`\`

### La couche veut un Channels plus r\u00e9cent

\`\`\`text file=requirements.txt
Django==5.2.17
channels==4.1.0
channels-redis==4.3.0
redis==7.4.1
daphne==4.2.2
\`\`\`
\`\`\`findings
requirements.txt:3:15 error deps/incompatible
\`\`\`

### Une couche morte \u00e0 c\u00f4t\u00e9 d\u2019une pile moderne

\`\`\`text file=requirements.txt
Django==5.2.17
channels[daphne]==4.3.2
asgi_redis==1.4.3
\`\`\`
\`\`\`findings
requirements.txt:3:11 error deps/incompatible
\`\`\`

## \u00c0 \u00e9crire \u00e0 la place

\`\`\`text file=requirements.txt
Django==5.2.17
channels[daphne]==4.3.2
channels-redis==4.3.0
redis>=6.1,<8
\`\`\`

## Quand la r\u00e8gle se tait

Un marqueur qui exclut une ligne sur le dyno, les paquets hors de la base de connaissances, et les versions plus r\u00e9centes qu\u2019elle.

\`\`\`text file=requirements.txt
Django==5.2.17
channels==4.3.2
daphne==99.1.0
channels-redis==3.4.1 ; sys_platform == "win32"
requests==2.22.0
urllib3==2.6.0
\`\`\`

## Sources

- https://pip.pypa.io/en/stable/topics/dependency-resolution/
- https://channels.readthedocs.io/en/stable/releases/4.0.0.html
`},"deps/known-bad":{en:`# deps/known-bad

Reports installed versions with a known defect or vulnerability in the Channels stack, and only those that the project can meet: the time-out of redis-py 8 matters to \`RedisChannelLayer\` without \`socket_timeout\`, not to the pub/sub layer; the vulnerabilities of Daphne matter where Daphne serves, or where it cannot be told who does.

## Why it breaks

With redis-py 8, \`RedisChannelLayer\` waits five seconds for a message and the client gives up after five: \`redis.exceptions.TimeoutError: Timeout reading from \u2026\`, and every idle socket closes with 1011. daphne before 4.2.2 lets one client exhaust the memory (CVE-2026-44545) and smuggle headers (CVE-2026-44546); 4.1.1 and 4.2.0 lack \`daphne/management\`, so \`runserver\` stays WSGI. channels 3.0.0 to 3.0.2 leak sessions (CVE-2020-35681).

## Example

### redis-py 8 under the core layer, and an old daphne

\`\`\`text file=requirements.txt
Django==5.2.17
dj-database-url==3.0.1
psycopg2-binary==2.9.10
channels==4.3.2
channels-redis==4.3.0
redis==8.0.1
daphne==4.1.1
whitenoise==6.11.0
\`\`\`
\`\`\`findings
requirements.txt:6:6 error deps/known-bad
requirements.txt:7:7 warning deps/known-bad
\`\`\`

### Nothing pins redis

\`\`\`text file=requirements.txt
Django==5.2.17
dj-database-url==3.0.1
psycopg2-binary==2.9.10
channels==4.3.2
channels-redis==4.3.0
daphne==4.2.2
whitenoise==6.11.0
\`\`\`
\`\`\`findings
requirements.txt:5:1 warning deps/known-bad
\`\`\`

### Channels with a leak

\`\`\`text file=requirements.txt
Django==3.2.25
channels==3.0.2
daphne==4.2.2 ; sys_platform == "win32"
\`\`\`
\`\`\`findings
requirements.txt:2:1 warning deps/known-bad
requirements.txt:2:9 warning deps/known-bad
\`\`\`

## Use instead

\`\`\`text file=requirements.txt
Django==5.2.17
dj-database-url==3.0.1
psycopg2-binary==2.9.10
channels==4.3.2
channels-redis==4.3.0
redis==7.4.1
daphne==4.2.2
whitenoise==6.11.0
\`\`\`

## When it is silent

### The layer sets its own time-out

\`\`\`text file=requirements.txt
Django==5.2.17
channels[daphne]==4.3.2
channels-redis==4.3.0
redis==8.1.0
\`\`\`
\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {
            'hosts': [{'address': os.environ['REDIS_URL'], 'ssl_cert_reqs': None, 'socket_timeout': None}],
        },
    },
}
\`\`\`

### The pub/sub layer waits otherwise

\`\`\`text file=requirements.txt
Django==5.2.17
channels[daphne]==4.3.2
channels-redis==4.3.0
redis==8.1.0
\`\`\`
\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.pubsub.RedisPubSubChannelLayer',
        'CONFIG': {'hosts': [{'address': os.environ['REDIS_URL'], 'ssl_cert_reqs': None}]},
    },
}
\`\`\`

### Another server answers, and nothing starts Daphne

\`\`\`text file=requirements.txt
Django==5.2.17
channels==4.3.2
channels-redis==4.3.0
redis==7.4.1
daphne==4.1.2
uvicorn[standard]==0.34.0
\`\`\`
\`\`\`Procfile file=Procfile
web: uvicorn mysite.asgi:application --host 0.0.0.0 --port $PORT
\`\`\`

## Sources

- https://github.com/django/channels_redis/issues/422
- https://github.com/django/daphne/blob/main/CHANGELOG.txt
- https://github.com/django/daphne/issues/508
- https://channels.readthedocs.io/en/stable/releases/3.0.3.html
- https://github.com/django/daphne/issues/572
`,fr:`# deps/known-bad

Signale les versions install\u00e9es qui ont un d\u00e9faut ou une vuln\u00e9rabilit\u00e9 connus dans la pile Channels, et seulement ceux que le projet peut rencontrer : le d\u00e9lai de redis-py 8 importe \u00e0 \`RedisChannelLayer\` sans \`socket_timeout\`, pas \u00e0 la couche pub/sub ; les vuln\u00e9rabilit\u00e9s de Daphne importent l\u00e0 o\u00f9 Daphne sert, ou l\u00e0 o\u00f9 l\u2019on ne peut dire qui le fait.

## Pourquoi \u00e7a casse

Avec redis-py 8, \`RedisChannelLayer\` attend un message cinq secondes et le client renonce au bout de cinq : \`redis.exceptions.TimeoutError: Timeout reading from \u2026\`, et chaque socket au repos se ferme avec 1011. daphne avant 4.2.2 laisse un client \u00e9puiser la m\u00e9moire (CVE-2026-44545) et introduire des en-t\u00eates (CVE-2026-44546) ; 4.1.1 et 4.2.0 n\u2019ont pas \`daphne/management\`, donc \`runserver\` reste WSGI. channels 3.0.0 \u00e0 3.0.2 laisse fuir des sessions (CVE-2020-35681).

## Exemple

### redis-py 8 sous la couche \u00ab core \u00bb, et un vieux daphne

\`\`\`text file=requirements.txt
Django==5.2.17
dj-database-url==3.0.1
psycopg2-binary==2.9.10
channels==4.3.2
channels-redis==4.3.0
redis==8.0.1
daphne==4.1.1
whitenoise==6.11.0
\`\`\`
\`\`\`findings
requirements.txt:6:6 error deps/known-bad
requirements.txt:7:7 warning deps/known-bad
\`\`\`

### Rien ne fige redis

\`\`\`text file=requirements.txt
Django==5.2.17
dj-database-url==3.0.1
psycopg2-binary==2.9.10
channels==4.3.2
channels-redis==4.3.0
daphne==4.2.2
whitenoise==6.11.0
\`\`\`
\`\`\`findings
requirements.txt:5:1 warning deps/known-bad
\`\`\`

### Un Channels qui fuit

\`\`\`text file=requirements.txt
Django==3.2.25
channels==3.0.2
daphne==4.2.2 ; sys_platform == "win32"
\`\`\`
\`\`\`findings
requirements.txt:2:1 warning deps/known-bad
requirements.txt:2:9 warning deps/known-bad
\`\`\`

## \u00c0 \u00e9crire \u00e0 la place

\`\`\`text file=requirements.txt
Django==5.2.17
dj-database-url==3.0.1
psycopg2-binary==2.9.10
channels==4.3.2
channels-redis==4.3.0
redis==7.4.1
daphne==4.2.2
whitenoise==6.11.0
\`\`\`

## Quand la r\u00e8gle se tait

### La couche fixe son propre d\u00e9lai

\`\`\`text file=requirements.txt
Django==5.2.17
channels[daphne]==4.3.2
channels-redis==4.3.0
redis==8.1.0
\`\`\`
\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {
            'hosts': [{'address': os.environ['REDIS_URL'], 'ssl_cert_reqs': None, 'socket_timeout': None}],
        },
    },
}
\`\`\`

### La couche pub/sub attend autrement

\`\`\`text file=requirements.txt
Django==5.2.17
channels[daphne]==4.3.2
channels-redis==4.3.0
redis==8.1.0
\`\`\`
\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.pubsub.RedisPubSubChannelLayer',
        'CONFIG': {'hosts': [{'address': os.environ['REDIS_URL'], 'ssl_cert_reqs': None}]},
    },
}
\`\`\`

### Un autre serveur r\u00e9pond, et rien ne lance Daphne

\`\`\`text file=requirements.txt
Django==5.2.17
channels==4.3.2
channels-redis==4.3.0
redis==7.4.1
daphne==4.1.2
uvicorn[standard]==0.34.0
\`\`\`
\`\`\`Procfile file=Procfile
web: uvicorn mysite.asgi:application --host 0.0.0.0 --port $PORT
\`\`\`

## Sources

- https://github.com/django/channels_redis/issues/422
- https://github.com/django/daphne/blob/main/CHANGELOG.txt
- https://github.com/django/daphne/issues/508
- https://channels.readthedocs.io/en/stable/releases/3.0.3.html
- https://github.com/django/daphne/issues/572
`},"deps/lock-stale":{en:`# deps/lock-stale

Computes what the lock\u2019s own tool compares before it installs: the hash of the Pipfile, the \`content-hash\` of pyproject.toml for Poetry, the requirements that uv.lock keeps.

## Why it breaks

The buildpack runs \`pipenv install --deploy\`, \`poetry sync\` and \`uv sync --locked\`, which refuse a lock of another manifest: \`Your Pipfile.lock (\u2026) is out of date. Expected: (\u2026).\`, \`pyproject.toml changed significantly since poetry.lock was last generated. Run 'poetry lock' to fix the lock file.\`, or \`\`The lockfile at \`uv.lock\` needs to be updated, but \`--locked\` was provided.\`\`

## Example

### Pipenv

\`\`\`text delete=requirements.txt
\`\`\`
\`\`\`toml file=Pipfile
[[source]]
name = "index"
url = "https://example.com/simple"
verify_ssl = true

[packages]
django = "==5.2.17"
channels = "*"
\`\`\`
\`\`\`json file=Pipfile.lock
{
  "_meta": {
    "hash": {
      "sha256": "0000000000000000000000000000000000000000000000000000000000000000"
    },
    "requires": { "python_version": "3.13" }
  },
  "default": { "django": { "version": "==5.2.17" } },
  "develop": {}
}
\`\`\`
\`\`\`findings
Pipfile.lock:4:18 error deps/lock-stale
\`\`\`

### uv

\`\`\`text delete=requirements.txt
\`\`\`
\`\`\`toml file=pyproject.toml
[project]
name = "chat"
version = "1"
requires-python = ">=3.12"
dependencies = ["django==5.2.17", "channels>=4.3"]
\`\`\`
\`\`\`toml file=uv.lock
version = 1
requires-python = ">=3.12"

[[package]]
name = "chat"
version = "1"
source = { virtual = "." }
dependencies = [{ name = "django" }]

[package.metadata]
requires-dist = [{ name = "django", specifier = "==5.2.17" }]

[[package]]
name = "django"
version = "5.2.17"
source = { registry = "https://example.com/simple" }
\`\`\`
\`\`\`findings
uv.lock:5:9 error deps/lock-stale
\`\`\`

## Use instead

\`\`\`text delete=requirements.txt
\`\`\`
\`\`\`toml file=Pipfile
[[source]]
name = "index"
url = "https://example.com/simple"
verify_ssl = true

[packages]
django = "==5.2.17"
channels = "*"
\`\`\`
\`\`\`json file=Pipfile.lock
{
  "_meta": {
    "hash": {
      "sha256": "ffcc295ba6f8d2e15b964dfa8884d42f62800b93b428f180deea89bd2541b43a"
    },
    "requires": { "python_version": "3.13" }
  },
  "default": { "django": { "version": "==5.2.17" } },
  "develop": {}
}
\`\`\`

## When it is silent

A lock whose manifest is not there, or holds what cannot be hashed surely.

\`\`\`text delete=requirements.txt
\`\`\`
\`\`\`json file=Pipfile.lock
{
  "_meta": { "hash": { "sha256": "0000000000000000000000000000000000000000000000000000000000000000" } },
  "default": {},
  "develop": {}
}
\`\`\`

## Sources

- https://pipenv.pypa.io/en/latest/cli.html
- https://python-poetry.org/docs/cli/#sync
- https://docs.astral.sh/uv/concepts/projects/sync/
`,fr:`# deps/lock-stale

Calcule ce que l\u2019outil du verrou compare avant d\u2019installer : l\u2019empreinte du Pipfile, le \`content-hash\` de pyproject.toml pour Poetry, les d\u00e9pendances que garde uv.lock.

## Pourquoi \u00e7a casse

Le buildpack ex\u00e9cute \`pipenv install --deploy\`, \`poetry sync\` et \`uv sync --locked\`, qui refusent le verrou d\u2019un autre manifeste : \`Your Pipfile.lock (\u2026) is out of date. Expected: (\u2026).\`, \`pyproject.toml changed significantly since poetry.lock was last generated. Run 'poetry lock' to fix the lock file.\`, ou \`\`The lockfile at \`uv.lock\` needs to be updated, but \`--locked\` was provided.\`\`

## Exemple

### Pipenv

\`\`\`text delete=requirements.txt
\`\`\`
\`\`\`toml file=Pipfile
[[source]]
name = "index"
url = "https://example.com/simple"
verify_ssl = true

[packages]
django = "==5.2.17"
channels = "*"
\`\`\`
\`\`\`json file=Pipfile.lock
{
  "_meta": {
    "hash": {
      "sha256": "0000000000000000000000000000000000000000000000000000000000000000"
    },
    "requires": { "python_version": "3.13" }
  },
  "default": { "django": { "version": "==5.2.17" } },
  "develop": {}
}
\`\`\`
\`\`\`findings
Pipfile.lock:4:18 error deps/lock-stale
\`\`\`

### uv

\`\`\`text delete=requirements.txt
\`\`\`
\`\`\`toml file=pyproject.toml
[project]
name = "chat"
version = "1"
requires-python = ">=3.12"
dependencies = ["django==5.2.17", "channels>=4.3"]
\`\`\`
\`\`\`toml file=uv.lock
version = 1
requires-python = ">=3.12"

[[package]]
name = "chat"
version = "1"
source = { virtual = "." }
dependencies = [{ name = "django" }]

[package.metadata]
requires-dist = [{ name = "django", specifier = "==5.2.17" }]

[[package]]
name = "django"
version = "5.2.17"
source = { registry = "https://example.com/simple" }
\`\`\`
\`\`\`findings
uv.lock:5:9 error deps/lock-stale
\`\`\`

## \u00c0 \u00e9crire \u00e0 la place

\`\`\`text delete=requirements.txt
\`\`\`
\`\`\`toml file=Pipfile
[[source]]
name = "index"
url = "https://example.com/simple"
verify_ssl = true

[packages]
django = "==5.2.17"
channels = "*"
\`\`\`
\`\`\`json file=Pipfile.lock
{
  "_meta": {
    "hash": {
      "sha256": "ffcc295ba6f8d2e15b964dfa8884d42f62800b93b428f180deea89bd2541b43a"
    },
    "requires": { "python_version": "3.13" }
  },
  "default": { "django": { "version": "==5.2.17" } },
  "develop": {}
}
\`\`\`

## Quand la r\u00e8gle se tait

Un verrou dont le manifeste est absent, ou contient ce qu\u2019on ne peut pas hacher avec certitude.

\`\`\`text delete=requirements.txt
\`\`\`
\`\`\`json file=Pipfile.lock
{
  "_meta": { "hash": { "sha256": "0000000000000000000000000000000000000000000000000000000000000000" } },
  "default": {},
  "develop": {}
}
\`\`\`

## Sources

- https://pipenv.pypa.io/en/latest/cli.html
- https://python-poetry.org/docs/cli/#sync
- https://docs.astral.sh/uv/concepts/projects/sync/
`},"deps/missing-package":{en:`# deps/missing-package

Follows what the dyno really runs (the server of the Procfile, settings, the ASGI module and what they import) and reports the packages it needs that the build does not install. What another requirement brings along counts: \`channels[daphne]\`, Channels 3 (daphne), \`django-heroku\` (whitenoise, psycopg2, dj-database-url).

## Why it breaks

The build succeeds, and the dyno crashes: \`bash: line 1: daphne: command not found\` (Channels 4 no longer brings daphne), \`ModuleNotFoundError: No module named 'corsheaders'\`, or, once a socket opens, \`InvalidChannelLayerError: Cannot import BACKEND 'channels_redis.core.RedisChannelLayer' specified for default\`.

## Example

### Neither server nor channel layer

\`\`\`text file=requirements.txt
Django==5.2.17
dj-database-url==3.0.1
psycopg2-binary==2.9.10
channels==4.3.2
whitenoise==6.11.0
\`\`\`
\`\`\`findings
Procfile:1:6 error deps/missing-package
mysite/settings.py:73:20 error deps/missing-package
\`\`\`

### An app that stands only in the development file

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = [
    'channels',
    'corsheaders',
    'chat',
]
MIDDLEWARE = ['corsheaders.middleware.CorsMiddleware']
\`\`\`
\`\`\`text file=requirements-dev.txt
django-cors-headers==4.9.0
\`\`\`
\`\`\`findings
mysite/settings.py:6:5 error deps/missing-package
\`\`\`

### An import

\`\`\`python file=mysite/settings.py
import os

import environ

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
\`\`\`
\`\`\`findings
mysite/settings.py:3:8 error deps/missing-package
\`\`\`

## Use instead

\`\`\`text file=requirements.txt
Django==5.2.17
dj-database-url==3.0.1
psycopg2-binary==2.9.10
channels[daphne]==4.3.2
channels-redis==4.3.0
whitenoise==6.11.0
\`\`\`

## When it is silent

### Another requirement brings it

\`\`\`text file=requirements.txt
Django==3.2.25
channels==3.0.5
channels-redis==4.1.0
django-heroku==0.3.1
\`\`\`

### The import is guarded, the app is added in debug mode only

\`\`\`python file=mysite/settings.py
import os

try:
    import environ
except ImportError:
    environ = None

SECRET_KEY = os.environ['SECRET_KEY']
DEBUG = False
INSTALLED_APPS = ['channels', 'chat']
if DEBUG:
    INSTALLED_APPS += ['debug_toolbar']
\`\`\`

### Nobody knows what a package from a URL brings

\`\`\`text file=requirements.txt
Django==5.2.17
https://example.com/company-stack.zip
\`\`\`

## Sources

- https://channels.readthedocs.io/en/stable/releases/4.0.0.html
- https://channels.readthedocs.io/en/stable/topics/channel_layers.html
`,fr:`# deps/missing-package

Suit ce que le dyno ex\u00e9cute vraiment (le serveur du Procfile, les r\u00e9glages, le module ASGI et ce qu\u2019ils importent) et signale les paquets n\u00e9cessaires que la construction n\u2019installe pas. Ce qu\u2019une autre d\u00e9pendance apporte compte : \`channels[daphne]\`, Channels 3 (daphne), \`django-heroku\` (whitenoise, psycopg2, dj-database-url).

## Pourquoi \u00e7a casse

La construction r\u00e9ussit, et le dyno plante : \`bash: line 1: daphne: command not found\` (Channels 4 n\u2019apporte plus daphne), \`ModuleNotFoundError: No module named 'corsheaders'\`, ou, d\u00e8s qu\u2019une socket s\u2019ouvre, \`InvalidChannelLayerError: Cannot import BACKEND 'channels_redis.core.RedisChannelLayer' specified for default\`.

## Exemple

### Ni serveur ni couche de canaux

\`\`\`text file=requirements.txt
Django==5.2.17
dj-database-url==3.0.1
psycopg2-binary==2.9.10
channels==4.3.2
whitenoise==6.11.0
\`\`\`
\`\`\`findings
Procfile:1:6 error deps/missing-package
mysite/settings.py:73:20 error deps/missing-package
\`\`\`

### Une application qui n\u2019est que dans le fichier de d\u00e9veloppement

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = [
    'channels',
    'corsheaders',
    'chat',
]
MIDDLEWARE = ['corsheaders.middleware.CorsMiddleware']
\`\`\`
\`\`\`text file=requirements-dev.txt
django-cors-headers==4.9.0
\`\`\`
\`\`\`findings
mysite/settings.py:6:5 error deps/missing-package
\`\`\`

### Un import

\`\`\`python file=mysite/settings.py
import os

import environ

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
\`\`\`
\`\`\`findings
mysite/settings.py:3:8 error deps/missing-package
\`\`\`

## \u00c0 \u00e9crire \u00e0 la place

\`\`\`text file=requirements.txt
Django==5.2.17
dj-database-url==3.0.1
psycopg2-binary==2.9.10
channels[daphne]==4.3.2
channels-redis==4.3.0
whitenoise==6.11.0
\`\`\`

## Quand la r\u00e8gle se tait

### Une autre d\u00e9pendance l\u2019apporte

\`\`\`text file=requirements.txt
Django==3.2.25
channels==3.0.5
channels-redis==4.1.0
django-heroku==0.3.1
\`\`\`

### L\u2019import est gard\u00e9, l\u2019application n\u2019est ajout\u00e9e qu\u2019en mode d\u00e9bogage

\`\`\`python file=mysite/settings.py
import os

try:
    import environ
except ImportError:
    environ = None

SECRET_KEY = os.environ['SECRET_KEY']
DEBUG = False
INSTALLED_APPS = ['channels', 'chat']
if DEBUG:
    INSTALLED_APPS += ['debug_toolbar']
\`\`\`

### Personne ne sait ce qu\u2019apporte un paquet venu d\u2019une URL

\`\`\`text file=requirements.txt
Django==5.2.17
https://example.com/company-stack.zip
\`\`\`

## Sources

- https://channels.readthedocs.io/en/stable/releases/4.0.0.html
- https://channels.readthedocs.io/en/stable/topics/channel_layers.html
`},"deps/nonexistent-version":{en:`# deps/nonexistent-version

Checks the pins of the Channels stack against every release on the package index. A pin newer than the knowledge base is never questioned.

## Why it breaks

\`ERROR: Could not find a version that satisfies the requirement channels==4.1.1 (from versions: \u2026)\`, then \`ERROR: No matching distribution found for channels==4.1.1\`: a typing mistake, a version that exists elsewhere (npm), or one that was removed from the index.

## Example

\`\`\`text file=requirements.txt
Django==5.2.17
channels==4.1.1
channels-redis==4.2.2
daphne==4.2.2
\`\`\`
\`\`\`findings
requirements.txt:2:9 error deps/nonexistent-version
requirements.txt:3:15 error deps/nonexistent-version
\`\`\`

## Use instead

\`\`\`text file=requirements.txt
Django==5.2.17
channels==4.1.0
channels-redis==4.2.1
daphne==4.2.2
\`\`\`

## When it is silent

Equal versions written otherwise, versions newer than what is known, local versions, and files that name another index.

\`\`\`text file=requirements.txt
Django==4.2.0
python-decouple==3
channels==99.0
redis==7.4.1+company.2
\`\`\`

## Sources

- https://pip.pypa.io/en/stable/cli/pip_install/
- https://peps.python.org/pep-0440/
`,fr:`# deps/nonexistent-version

Compare les versions fig\u00e9es de la pile Channels \u00e0 toutes celles de l\u2019index des paquets. Une version plus r\u00e9cente que la base de connaissances n\u2019est jamais mise en doute.

## Pourquoi \u00e7a casse

\`ERROR: Could not find a version that satisfies the requirement channels==4.1.1 (from versions: \u2026)\`, puis \`ERROR: No matching distribution found for channels==4.1.1\` : une faute de frappe, une version qui existe ailleurs (npm), ou une version retir\u00e9e de l\u2019index.

## Exemple

\`\`\`text file=requirements.txt
Django==5.2.17
channels==4.1.1
channels-redis==4.2.2
daphne==4.2.2
\`\`\`
\`\`\`findings
requirements.txt:2:9 error deps/nonexistent-version
requirements.txt:3:15 error deps/nonexistent-version
\`\`\`

## \u00c0 \u00e9crire \u00e0 la place

\`\`\`text file=requirements.txt
Django==5.2.17
channels==4.1.0
channels-redis==4.2.1
daphne==4.2.2
\`\`\`

## Quand la r\u00e8gle se tait

Les versions \u00e9gales \u00e9crites autrement, les versions plus r\u00e9centes que ce qui est connu, les versions locales, et les fichiers qui nomment un autre index.

\`\`\`text file=requirements.txt
Django==4.2.0
python-decouple==3
channels==99.0
redis==7.4.1+company.2
\`\`\`

## Sources

- https://pip.pypa.io/en/stable/cli/pip_install/
- https://peps.python.org/pep-0440/
`},"deps/obsolete-package":{en:`# deps/obsolete-package

Reports listed packages of this stack that were replaced or are dead. In the output of \`pip freeze\`, where another package requires them, they are only mentioned.

## Why it breaks

asgi_redis and Channels 1 are another architecture: Channels 2 and later answer \`ModuleNotFoundError: No module named 'asgi_redis'\` or \`InvalidChannelLayerError\`. aioredis ended up in redis-py and breaks on newer Pythons; django-heroku overrides ALLOWED_HOSTS with \`['*']\` and sets a setting that Django 5.1 removed.

## Example

\`\`\`text file=requirements.txt
Django==1.11.29
channels==1.1.8
asgi-redis==1.4.3
django-heroku==0.3.1
\`\`\`
\`\`\`findings
requirements.txt:2:1 warning deps/obsolete-package
requirements.txt:3:1 warning deps/obsolete-package
requirements.txt:4:1 warning deps/obsolete-package
\`\`\`

### Frozen because another package requires it

\`\`\`text file=requirements.txt
aioredis==1.3.1
channels==3.0.5
channels-redis==3.4.1
\`\`\`
\`\`\`findings
requirements.txt:1:1 info deps/obsolete-package
\`\`\`

## Use instead

\`\`\`text file=requirements.txt
Django==5.2.17
channels[daphne]==4.3.2
channels-redis==4.3.0
redis==7.4.1
dj-database-url==3.0.1
whitenoise==6.11.0
\`\`\`

## When it is silent

Entries of a lock file that its manifest does not list.

\`\`\`text delete=requirements.txt
\`\`\`
\`\`\`toml file=Pipfile
[packages]
channels-redis = "*"
\`\`\`
\`\`\`json file=Pipfile.lock
{
  "_meta": { "requires": { "python_version": "3.13" } },
  "default": { "channels-redis": { "version": "==3.4.1" }, "aioredis": { "version": "==1.3.1" } },
  "develop": {}
}
\`\`\`

## Sources

- https://channels.readthedocs.io/en/stable/releases/2.0.0.html
- https://github.com/aio-libs-abandoned/aioredis-py
- https://github.com/heroku/django-heroku
`,fr:`# deps/obsolete-package

Signale les paquets list\u00e9s de cette pile qui ont \u00e9t\u00e9 remplac\u00e9s ou sont morts. Dans la sortie de \`pip freeze\`, quand un autre paquet les exige, ils sont seulement mentionn\u00e9s.

## Pourquoi \u00e7a casse

asgi_redis et Channels 1 sont une autre architecture : Channels 2 et suivants r\u00e9pondent \`ModuleNotFoundError: No module named 'asgi_redis'\` ou \`InvalidChannelLayerError\`. aioredis a \u00e9t\u00e9 int\u00e9gr\u00e9 \u00e0 redis-py et casse avec les Python r\u00e9cents ; django-heroku remplace ALLOWED_HOSTS par \`['*']\` et pose un r\u00e9glage que Django 5.1 a supprim\u00e9.

## Exemple

\`\`\`text file=requirements.txt
Django==1.11.29
channels==1.1.8
asgi-redis==1.4.3
django-heroku==0.3.1
\`\`\`
\`\`\`findings
requirements.txt:2:1 warning deps/obsolete-package
requirements.txt:3:1 warning deps/obsolete-package
requirements.txt:4:1 warning deps/obsolete-package
\`\`\`

### Fig\u00e9 parce qu\u2019un autre paquet l\u2019exige

\`\`\`text file=requirements.txt
aioredis==1.3.1
channels==3.0.5
channels-redis==3.4.1
\`\`\`
\`\`\`findings
requirements.txt:1:1 info deps/obsolete-package
\`\`\`

## \u00c0 \u00e9crire \u00e0 la place

\`\`\`text file=requirements.txt
Django==5.2.17
channels[daphne]==4.3.2
channels-redis==4.3.0
redis==7.4.1
dj-database-url==3.0.1
whitenoise==6.11.0
\`\`\`

## Quand la r\u00e8gle se tait

Les entr\u00e9es d\u2019un verrou que son manifeste ne liste pas.

\`\`\`text delete=requirements.txt
\`\`\`
\`\`\`toml file=Pipfile
[packages]
channels-redis = "*"
\`\`\`
\`\`\`json file=Pipfile.lock
{
  "_meta": { "requires": { "python_version": "3.13" } },
  "default": { "channels-redis": { "version": "==3.4.1" }, "aioredis": { "version": "==1.3.1" } },
  "develop": {}
}
\`\`\`

## Sources

- https://channels.readthedocs.io/en/stable/releases/2.0.0.html
- https://github.com/aio-libs-abandoned/aioredis-py
- https://github.com/heroku/django-heroku
`},"deps/pin-mismatch":{en:`# deps/pin-mismatch

Two things may say which version is right: the configuration\u2019s \`pins\` (a table, or \`"guide"\` for the four versions of the guide), and the files that take part in one install. This rule reports a pin that contradicts either.

## Why it breaks

What was tested is not what the dyno runs, and pip refuses two different pins outright: \`ERROR: Cannot install Django==5.2.17 and Django==5.1.3 because these package versions have conflicting dependencies.\`

## Example

### Against the policy

\`\`\`toml file=dynolint.toml
pins = "guide"
\`\`\`
\`\`\`text file=requirements.txt
Django==5.2.17
channels==4.1.0
channels-redis==4.2.0
redis==7.4.1
daphne==4.2.2
\`\`\`
\`\`\`findings
requirements.txt:4:6 error deps/pin-mismatch
requirements.txt:5:7 error deps/pin-mismatch
\`\`\`

### An included file and a constraint

\`\`\`text file=requirements.txt
-r requirements/base.txt
-c requirements/limits.txt
channels==4.3.2
\`\`\`
\`\`\`text file=requirements/base.txt
channels==4.2.0
Django==5.2.17
\`\`\`
\`\`\`text file=requirements/limits.txt
Django==5.1.3
\`\`\`
\`\`\`findings
requirements.txt:3:9 error deps/pin-mismatch
requirements/base.txt:2:7 error deps/pin-mismatch
\`\`\`

## Use instead

\`\`\`toml file=dynolint.toml
pins = "guide"
\`\`\`
\`\`\`text file=requirements.txt
Django==5.2.17
channels==4.1.0
channels-redis==4.2.0
redis==7.1.0
daphne==4.1.1
\`\`\`

## When it is silent

Stray files that nothing installs, equal versions written differently, and lines whose markers exclude each other.

\`\`\`text file=requirements.txt
Django==5.2.17
channels==4.3.2
numpy==1.26.4 ; python_version < "3.9"
-r requirements/base.txt
\`\`\`
\`\`\`text file=requirements/base.txt
channels==4.3.2
numpy==2.1.0 ; python_version >= "3.9"
\`\`\`
\`\`\`text file=old_requirements.txt
Django==1.11
channels==2.4.0
\`\`\`

## Sources

- https://pip.pypa.io/en/stable/topics/dependency-resolution/
`,fr:`# deps/pin-mismatch

Deux choses peuvent dire quelle version est la bonne : les \`pins\` de la configuration (une table, ou \`"guide"\` pour les quatre versions du guide), et les fichiers qui prennent part \u00e0 une m\u00eame installation. Cette r\u00e8gle signale une version fig\u00e9e qui contredit l\u2019une ou l\u2019autre.

## Pourquoi \u00e7a casse

Ce qui a \u00e9t\u00e9 test\u00e9 n\u2019est pas ce que le dyno ex\u00e9cute, et pip refuse tout net deux versions fig\u00e9es diff\u00e9rentes : \`ERROR: Cannot install Django==5.2.17 and Django==5.1.3 because these package versions have conflicting dependencies.\`

## Exemple

### Contre la politique

\`\`\`toml file=dynolint.toml
pins = "guide"
\`\`\`
\`\`\`text file=requirements.txt
Django==5.2.17
channels==4.1.0
channels-redis==4.2.0
redis==7.4.1
daphne==4.2.2
\`\`\`
\`\`\`findings
requirements.txt:4:6 error deps/pin-mismatch
requirements.txt:5:7 error deps/pin-mismatch
\`\`\`

### Un fichier inclus et une contrainte

\`\`\`text file=requirements.txt
-r requirements/base.txt
-c requirements/limits.txt
channels==4.3.2
\`\`\`
\`\`\`text file=requirements/base.txt
channels==4.2.0
Django==5.2.17
\`\`\`
\`\`\`text file=requirements/limits.txt
Django==5.1.3
\`\`\`
\`\`\`findings
requirements.txt:3:9 error deps/pin-mismatch
requirements/base.txt:2:7 error deps/pin-mismatch
\`\`\`

## \u00c0 \u00e9crire \u00e0 la place

\`\`\`toml file=dynolint.toml
pins = "guide"
\`\`\`
\`\`\`text file=requirements.txt
Django==5.2.17
channels==4.1.0
channels-redis==4.2.0
redis==7.1.0
daphne==4.1.1
\`\`\`

## Quand la r\u00e8gle se tait

Les fichiers \u00e9gar\u00e9s que rien n\u2019installe, des versions \u00e9gales \u00e9crites autrement, et des lignes dont les marqueurs s\u2019excluent.

\`\`\`text file=requirements.txt
Django==5.2.17
channels==4.3.2
numpy==1.26.4 ; python_version < "3.9"
-r requirements/base.txt
\`\`\`
\`\`\`text file=requirements/base.txt
channels==4.3.2
numpy==2.1.0 ; python_version >= "3.9"
\`\`\`
\`\`\`text file=old_requirements.txt
Django==1.11
channels==2.4.0
\`\`\`

## Sources

- https://pip.pypa.io/en/stable/topics/dependency-resolution/
`},"deps/platform-only":{en:`# deps/platform-only

Reports lines that can only be installed on the machine they were frozen on: packages for Windows or macOS, and paths such as conda writes them.

## Why it breaks

\`ERROR: Could not find a version that satisfies the requirement pywin32==311 (from versions: none)\`, or \`ERROR: Could not install packages due to an OSError: [Errno 2] No such file or directory: '/C:/ci/asgiref_1625046463/work'\`.

## Example

\`\`\`text file=requirements.txt
Django==5.2.17
channels[daphne]==4.3.2
pywin32==311
twisted-iocpsupport==1.0.4
asgiref @ file:///C:/ci/asgiref_1625046463/work
\`\`\`
\`\`\`findings
requirements.txt:3:1 error deps/platform-only
requirements.txt:4:1 error deps/platform-only
requirements.txt:5:1 error deps/platform-only
\`\`\`

## Use instead

\`\`\`text file=requirements.txt
Django==5.2.17
channels[daphne]==4.3.2
pywin32==311 ; sys_platform == "win32"
twisted-iocpsupport==1.0.4 ; platform_system == "Windows"
asgiref==3.10.0
\`\`\`

## When it is silent

Lines with a marker, lock files (their tools write the markers), and files that nothing installs.

\`\`\`text file=windows_requirements.txt
pywin32==311
\`\`\`

## Sources

- https://packaging.python.org/en/latest/specifications/dependency-specifiers/#environment-markers
`,fr:`# deps/platform-only

Signale les lignes qui ne s\u2019installent que sur la machine o\u00f9 elles ont \u00e9t\u00e9 fig\u00e9es : paquets pour Windows ou macOS, et chemins tels que conda les \u00e9crit.

## Pourquoi \u00e7a casse

\`ERROR: Could not find a version that satisfies the requirement pywin32==311 (from versions: none)\`, ou \`ERROR: Could not install packages due to an OSError: [Errno 2] No such file or directory: '/C:/ci/asgiref_1625046463/work'\`.

## Exemple

\`\`\`text file=requirements.txt
Django==5.2.17
channels[daphne]==4.3.2
pywin32==311
twisted-iocpsupport==1.0.4
asgiref @ file:///C:/ci/asgiref_1625046463/work
\`\`\`
\`\`\`findings
requirements.txt:3:1 error deps/platform-only
requirements.txt:4:1 error deps/platform-only
requirements.txt:5:1 error deps/platform-only
\`\`\`

## \u00c0 \u00e9crire \u00e0 la place

\`\`\`text file=requirements.txt
Django==5.2.17
channels[daphne]==4.3.2
pywin32==311 ; sys_platform == "win32"
twisted-iocpsupport==1.0.4 ; platform_system == "Windows"
asgiref==3.10.0
\`\`\`

## Quand la r\u00e8gle se tait

Les lignes qui ont un marqueur, les verrous (leurs outils \u00e9crivent les marqueurs), et les fichiers que rien n\u2019installe.

\`\`\`text file=windows_requirements.txt
pywin32==311
\`\`\`

## Sources

- https://packaging.python.org/en/latest/specifications/dependency-specifiers/#environment-markers
`},"deps/python-version":{en:"# deps/python-version\n\nWorks out which Python the buildpack would install (`runtime.txt`, `.python-version`, `Pipfile.lock`, else its default) and whether it exists, is still supported, and fits the pinned packages in both directions: too old for `Requires-Python`, too new for an old Django.\n\n## Why it breaks\n\n`Error: The requested Python version has reached end-of-life.` (3.9 and older since January 2026, 3.10 from 6 January 2027), `Error: Invalid Python version in .python-version.`, `ERROR: Package 'redis' requires a different Python`, or, on the default 3.14 with an old Django, `ModuleNotFoundError: No module named 'cgi'` at boot.\n\n## Example\n\n### A version the buildpack no longer has\n\n```text file=.python-version\n3.9\n```\n```findings\n.python-version:1:1 error deps/python-version\n```\n\n### A form it cannot read\n\n```text file=.python-version\npython-3.13\n```\n```findings\n.python-version:1:1 error deps/python-version\n```\n\n### The deprecated file\n\n```text delete=.python-version\n```\n```text file=runtime.txt\npython-3.13.9\n```\n```findings\nruntime.txt:1:1 warning deps/python-version\n```\n\n### No version, and a Django that the default cannot run\n\n```text delete=.python-version\n```\n```text file=requirements.txt\nDjango==3.2.25\nchannels==3.0.5\n```\n```findings\nrequirements.txt:1:7 error deps/python-version\n```\n\n### Too old for a pin\n\n```text file=.python-version\n3.11\n```\n```text file=requirements.txt\nDjango==6.0.8\nchannels[daphne]==4.3.2\n```\n```findings\nrequirements.txt:1:7 error deps/python-version\n```\n\n### A misspelt name\n\n```text delete=.python-version\n```\n```text file=python-version.txt\n3.13\n```\n```findings\npython-version.txt:1:1 error deps/python-version\n```\n\n## Use instead\n\n```text file=.python-version\n# what heroku installs\n3.13\n```\n\n## When it is silent\n\nA supported version that the pins support; a pinned patch release is left alone.\n\n```text file=.python-version\n3.12.1\n```\n```text file=requirements.txt\nDjango==4.2.25\nchannels[daphne]==4.1.0\n```\n\n## Sources\n\n- https://devcenter.heroku.com/articles/python-support#supported-python-versions\n- https://github.com/heroku/heroku-buildpack-python/blob/main/lib/python_version.sh (v351)\n- https://docs.djangoproject.com/en/stable/faq/install/#what-python-version-can-i-use-with-django\n- https://peps.python.org/pep-0594/\n",fr:"# deps/python-version\n\n\u00c9tablit quel Python le buildpack installerait (`runtime.txt`, `.python-version`, `Pipfile.lock`, sinon sa version par d\u00e9faut), et s\u2019il existe, est encore pris en charge et convient aux paquets fig\u00e9s dans les deux sens : trop vieux pour `Requires-Python`, trop r\u00e9cent pour un vieux Django.\n\n## Pourquoi \u00e7a casse\n\n`Error: The requested Python version has reached end-of-life.` (3.9 et plus ancien depuis janvier 2026, 3.10 \u00e0 partir du 6 janvier 2027), `Error: Invalid Python version in .python-version.`, `ERROR: Package 'redis' requires a different Python`, ou, avec la 3.14 par d\u00e9faut et un vieux Django, `ModuleNotFoundError: No module named 'cgi'` au d\u00e9marrage.\n\n## Exemple\n\n### Une version que le buildpack n\u2019a plus\n\n```text file=.python-version\n3.9\n```\n```findings\n.python-version:1:1 error deps/python-version\n```\n\n### Une forme qu\u2019il ne sait pas lire\n\n```text file=.python-version\npython-3.13\n```\n```findings\n.python-version:1:1 error deps/python-version\n```\n\n### Le fichier d\u00e9pr\u00e9ci\u00e9\n\n```text delete=.python-version\n```\n```text file=runtime.txt\npython-3.13.9\n```\n```findings\nruntime.txt:1:1 warning deps/python-version\n```\n\n### Pas de version, et un Django que celle par d\u00e9faut ne peut pas faire tourner\n\n```text delete=.python-version\n```\n```text file=requirements.txt\nDjango==3.2.25\nchannels==3.0.5\n```\n```findings\nrequirements.txt:1:7 error deps/python-version\n```\n\n### Trop vieux pour une version fig\u00e9e\n\n```text file=.python-version\n3.11\n```\n```text file=requirements.txt\nDjango==6.0.8\nchannels[daphne]==4.3.2\n```\n```findings\nrequirements.txt:1:7 error deps/python-version\n```\n\n### Un nom mal \u00e9crit\n\n```text delete=.python-version\n```\n```text file=python-version.txt\n3.13\n```\n```findings\npython-version.txt:1:1 error deps/python-version\n```\n\n## \u00c0 \u00e9crire \u00e0 la place\n\n```text file=.python-version\n# what heroku installs\n3.13\n```\n\n## Quand la r\u00e8gle se tait\n\nUne version prise en charge que les versions fig\u00e9es acceptent ; une version corrective fig\u00e9e est laiss\u00e9e en paix.\n\n```text file=.python-version\n3.12.1\n```\n```text file=requirements.txt\nDjango==4.2.25\nchannels[daphne]==4.1.0\n```\n\n## Sources\n\n- https://devcenter.heroku.com/articles/python-support#supported-python-versions\n- https://github.com/heroku/heroku-buildpack-python/blob/main/lib/python_version.sh (v351)\n- https://docs.djangoproject.com/en/stable/faq/install/#what-python-version-can-i-use-with-django\n- https://peps.python.org/pep-0594/\n"},"deps/syntax":{en:`# deps/syntax

Reads every file that takes part in the install as its own tool does, and reports what that tool rejects: a line of a requirements file, an include that is missing, circular or outside the app, a lock that is no valid JSON or TOML.

## Why it breaks

pip stops at the first such line, before it installs anything: \`ERROR: Invalid requirement: 'channels=4.3.2': Expected end or semicolon \u2026 Hint: = is not a valid operator. Did you mean == ?\`

## Example

### One equals sign, a leftover of a merge, a shell line

\`\`\`text file=requirements.txt
Django==5.2.17
channels=4.3.2
<<<<<<< HEAD
pip install daphne
\`\`\`
\`\`\`findings
requirements.txt:2:9 error deps/syntax
requirements.txt:3:1 error deps/syntax
requirements.txt:4:5 error deps/syntax
\`\`\`

### Includes that lead nowhere

\`\`\`text file=requirements.txt
-r requirements/base.txt
-r ../shared/requirements.txt
\`\`\`
\`\`\`text file=requirements/base.txt
Django==5.2.17
-r ../requirements.txt
-c limits.txt
\`\`\`
\`\`\`findings
requirements.txt:2:4 error deps/syntax
requirements/base.txt:2:4 error deps/syntax
requirements/base.txt:3:4 error deps/syntax
\`\`\`

### A lock that was merged by hand

\`\`\`text delete=requirements.txt
\`\`\`
\`\`\`json file=Pipfile.lock
{
  "_meta": {"requires": {"python_version": "3.13"}}
  "default": {"django": {"version": "==5.2.17"}}
}
\`\`\`
\`\`\`findings
Pipfile.lock:3:3 error deps/syntax
\`\`\`

## Use instead

\`\`\`text file=requirements.txt
--find-links https://wheels.example.com/
-r requirements/base.txt
channels[daphne]==4.3.2 \\
    ; python_version >= "3.9"  # continued
torch==2.2.0+cpu
twisted[http2, tls]
daphne (==4.2.2)
\`\`\`
\`\`\`text file=requirements/base.txt
Django==5.2.17
\`\`\`

## When it is silent

Broken lines of files that nothing installs (an old \`requirements.dev.txt\`) harm nobody on the dyno.

\`\`\`text file=requirements-dev.txt
-----------------
pytest=8
\`\`\`

## Sources

- https://pip.pypa.io/en/stable/reference/requirements-file-format/
- https://packaging.python.org/en/latest/specifications/dependency-specifiers/
`,fr:`# deps/syntax

Lit chaque fichier qui prend part \u00e0 l\u2019installation comme le fait son propre outil, et signale ce que cet outil refuse : une ligne d\u2019un fichier de d\u00e9pendances, une inclusion absente, circulaire ou hors de l\u2019application, un verrou qui n\u2019est pas du JSON ou du TOML valide.

## Pourquoi \u00e7a casse

pip s\u2019arr\u00eate \u00e0 la premi\u00e8re ligne de ce genre, avant d\u2019installer quoi que ce soit : \`ERROR: Invalid requirement: 'channels=4.3.2': Expected end or semicolon \u2026 Hint: = is not a valid operator. Did you mean == ?\`

## Exemple

### Un seul signe \u00e9gal, un reste de fusion, une ligne de shell

\`\`\`text file=requirements.txt
Django==5.2.17
channels=4.3.2
<<<<<<< HEAD
pip install daphne
\`\`\`
\`\`\`findings
requirements.txt:2:9 error deps/syntax
requirements.txt:3:1 error deps/syntax
requirements.txt:4:5 error deps/syntax
\`\`\`

### Des inclusions qui ne m\u00e8nent nulle part

\`\`\`text file=requirements.txt
-r requirements/base.txt
-r ../shared/requirements.txt
\`\`\`
\`\`\`text file=requirements/base.txt
Django==5.2.17
-r ../requirements.txt
-c limits.txt
\`\`\`
\`\`\`findings
requirements.txt:2:4 error deps/syntax
requirements/base.txt:2:4 error deps/syntax
requirements/base.txt:3:4 error deps/syntax
\`\`\`

### Un verrou fusionn\u00e9 \u00e0 la main

\`\`\`text delete=requirements.txt
\`\`\`
\`\`\`json file=Pipfile.lock
{
  "_meta": {"requires": {"python_version": "3.13"}}
  "default": {"django": {"version": "==5.2.17"}}
}
\`\`\`
\`\`\`findings
Pipfile.lock:3:3 error deps/syntax
\`\`\`

## \u00c0 \u00e9crire \u00e0 la place

\`\`\`text file=requirements.txt
--find-links https://wheels.example.com/
-r requirements/base.txt
channels[daphne]==4.3.2 \\
    ; python_version >= "3.9"  # continued
torch==2.2.0+cpu
twisted[http2, tls]
daphne (==4.2.2)
\`\`\`
\`\`\`text file=requirements/base.txt
Django==5.2.17
\`\`\`

## Quand la r\u00e8gle se tait

Les lignes cass\u00e9es de fichiers que rien n\u2019installe (un vieux \`requirements.dev.txt\`) ne nuisent \u00e0 personne sur le dyno.

\`\`\`text file=requirements-dev.txt
-----------------
pytest=8
\`\`\`

## Sources

- https://pip.pypa.io/en/stable/reference/requirements-file-format/
- https://packaging.python.org/en/latest/specifications/dependency-specifiers/
`},"deps/system-library":{en:`# deps/system-library

Some packages need a library or program of the operating system. This rule knows which of them Heroku\u2019s stacks lack: GDAL and GEOS for django.contrib.gis, libGL for opencv-python, tesseract, zbar, portaudio.

## Why it breaks

\`django.core.exceptions.ImproperlyConfigured: Could not find the GDAL library (tried "gdal", "GDAL", \u2026)\` as soon as the models are imported, which collectstatic does in the build, or \`ImportError: libGL.so.1: cannot open shared object file: No such file or directory\`. Whether a buildpack helps is often written nowhere in the repository; the finding then says so.

## Example

### app.json lists the buildpacks

\`\`\`json file=app.json
{ "name": "chat", "buildpacks": [{ "url": "heroku/python" }], "addons": ["heroku-redis:premium-0"] }
\`\`\`
\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'django.contrib.gis', 'chat']
\`\`\`
\`\`\`text file=requirements.txt
Django==5.2.17
channels[daphne]==4.3.2
opencv-python==4.12.0.88
\`\`\`
\`\`\`findings
mysite/settings.py:4:31 warning deps/system-library
requirements.txt:3:1 warning deps/system-library
\`\`\`

### Nobody says which buildpacks there are

\`\`\`text file=requirements.txt
Django==5.2.17
channels[daphne]==4.3.2
pytesseract==0.3.13
\`\`\`
\`\`\`findings
requirements.txt:3:1 info deps/system-library possible
\`\`\`

## Use instead

\`\`\`text file=Aptfile
tesseract-ocr
tesseract-ocr-eng
\`\`\`
\`\`\`text file=requirements.txt
Django==5.2.17
channels[daphne]==4.3.2
pytesseract==0.3.13
opencv-python-headless==4.12.0.88
\`\`\`

## When it is silent

Libraries that the stacks have (pango and cairo for weasyprint, libpq, libmysqlclient, poppler), an Aptfile, a hook script, a container.

\`\`\`text file=requirements.txt
Django==5.2.17
channels[daphne]==4.3.2
weasyprint==66.0
psycopg2==2.9.10
\`\`\`

## Sources

- https://devcenter.heroku.com/articles/stack-packages
- https://github.com/heroku/base-images (installed-packages-amd64.txt of heroku-22, heroku-24, heroku-26)
`,fr:`# deps/system-library

Certains paquets ont besoin d\u2019une biblioth\u00e8que ou d\u2019un programme du syst\u00e8me. Cette r\u00e8gle sait lesquels manquent aux piles d\u2019Heroku : GDAL et GEOS pour django.contrib.gis, libGL pour opencv-python, tesseract, zbar, portaudio.

## Pourquoi \u00e7a casse

\`django.core.exceptions.ImproperlyConfigured: Could not find the GDAL library (tried "gdal", "GDAL", \u2026)\` d\u00e8s l\u2019import des mod\u00e8les, que collectstatic fait pendant le build, ou \`ImportError: libGL.so.1: cannot open shared object file: No such file or directory\`. Qu\u2019un buildpack y rem\u00e9die n\u2019est souvent \u00e9crit nulle part dans le d\u00e9p\u00f4t ; le constat le dit alors.

## Exemple

### app.json liste les buildpacks

\`\`\`json file=app.json
{ "name": "chat", "buildpacks": [{ "url": "heroku/python" }], "addons": ["heroku-redis:premium-0"] }
\`\`\`
\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'django.contrib.gis', 'chat']
\`\`\`
\`\`\`text file=requirements.txt
Django==5.2.17
channels[daphne]==4.3.2
opencv-python==4.12.0.88
\`\`\`
\`\`\`findings
mysite/settings.py:4:31 warning deps/system-library
requirements.txt:3:1 warning deps/system-library
\`\`\`

### Personne ne dit quels buildpacks il y a

\`\`\`text file=requirements.txt
Django==5.2.17
channels[daphne]==4.3.2
pytesseract==0.3.13
\`\`\`
\`\`\`findings
requirements.txt:3:1 info deps/system-library possible
\`\`\`

## \u00c0 \u00e9crire \u00e0 la place

\`\`\`text file=Aptfile
tesseract-ocr
tesseract-ocr-eng
\`\`\`
\`\`\`text file=requirements.txt
Django==5.2.17
channels[daphne]==4.3.2
pytesseract==0.3.13
opencv-python-headless==4.12.0.88
\`\`\`

## Quand la r\u00e8gle se tait

Les biblioth\u00e8ques que les piles contiennent (pango et cairo pour weasyprint, libpq, libmysqlclient, poppler), un Aptfile, un script de construction, un conteneur.

\`\`\`text file=requirements.txt
Django==5.2.17
channels[daphne]==4.3.2
weasyprint==66.0
psycopg2==2.9.10
\`\`\`

## Sources

- https://devcenter.heroku.com/articles/stack-packages
- https://github.com/heroku/base-images (installed-packages-amd64.txt of heroku-22, heroku-24, heroku-26)
`},"deps/unpinned":{en:`# deps/unpinned

The packages on which the sockets rest (channels, channels-redis, redis, daphne), Django and the server in use should have one exact version, in \`requirements.txt\` or in a lock file.

## Why it breaks

The app that was tested is not the one that a rebuild installs. An unpinned \`redis\` became redis-py 8 in May 2026: \`TimeoutError: Timeout reading from \u2026\` on every idle consumer. An unpinned \`channels\` became 4.0 in 2022 and lost daphne: \`daphne: command not found\`.

## Example

\`\`\`text file=requirements.txt
Django>=5.2,<6
channels[daphne]
channels-redis==4.3.0
redis>=5
daphne==4.2.*
\`\`\`
\`\`\`findings
requirements.txt:1:7 warning deps/unpinned
requirements.txt:2:1 warning deps/unpinned
requirements.txt:4:6 warning deps/unpinned
requirements.txt:5:7 warning deps/unpinned
\`\`\`

## Use instead

\`\`\`text file=requirements.txt
Django==5.2.17
channels[daphne]==4.3.2
channels-redis==4.3.0
redis==7.4.1
daphne==4.2.2
\`\`\`

## When it is silent

### A constraints file pins

\`\`\`text file=requirements.txt
-c constraints.txt
Django
channels[daphne]
\`\`\`
\`\`\`text file=constraints.txt
Django==5.2.17
channels==4.3.2
daphne==4.2.2
\`\`\`

### A lock is what Heroku installs

\`\`\`text delete=requirements.txt
\`\`\`
\`\`\`toml file=Pipfile
[packages]
django = "*"
channels = "*"
\`\`\`
\`\`\`json file=Pipfile.lock
{
  "_meta": { "hash": { "sha256": "0" }, "requires": { "python_version": "3.13" } },
  "default": { "django": { "version": "==5.2.17" }, "channels": { "version": "==4.3.2" } },
  "develop": {}
}
\`\`\`

## Sources

- https://devcenter.heroku.com/articles/python-pip
- https://github.com/django/channels_redis/issues/422
- https://channels.readthedocs.io/en/stable/releases/4.0.0.html
`,fr:`# deps/unpinned

Les paquets sur lesquels reposent les sockets (channels, channels-redis, redis, daphne), Django et le serveur en service devraient avoir une version exacte, dans \`requirements.txt\` ou dans un fichier de verrouillage.

## Pourquoi \u00e7a casse

L\u2019application test\u00e9e n\u2019est pas celle qu\u2019une reconstruction installe. Un \`redis\` sans version est devenu redis-py 8 en mai 2026 : \`TimeoutError: Timeout reading from \u2026\` sur chaque consommateur au repos. Un \`channels\` sans version est devenu 4.0 en 2022 et a perdu daphne : \`daphne: command not found\`.

## Exemple

\`\`\`text file=requirements.txt
Django>=5.2,<6
channels[daphne]
channels-redis==4.3.0
redis>=5
daphne==4.2.*
\`\`\`
\`\`\`findings
requirements.txt:1:7 warning deps/unpinned
requirements.txt:2:1 warning deps/unpinned
requirements.txt:4:6 warning deps/unpinned
requirements.txt:5:7 warning deps/unpinned
\`\`\`

## \u00c0 \u00e9crire \u00e0 la place

\`\`\`text file=requirements.txt
Django==5.2.17
channels[daphne]==4.3.2
channels-redis==4.3.0
redis==7.4.1
daphne==4.2.2
\`\`\`

## Quand la r\u00e8gle se tait

### Un fichier de contraintes fige

\`\`\`text file=requirements.txt
-c constraints.txt
Django
channels[daphne]
\`\`\`
\`\`\`text file=constraints.txt
Django==5.2.17
channels==4.3.2
daphne==4.2.2
\`\`\`

### Un verrou est ce qu\u2019Heroku installe

\`\`\`text delete=requirements.txt
\`\`\`
\`\`\`toml file=Pipfile
[packages]
django = "*"
channels = "*"
\`\`\`
\`\`\`json file=Pipfile.lock
{
  "_meta": { "hash": { "sha256": "0" }, "requires": { "python_version": "3.13" } },
  "default": { "django": { "version": "==5.2.17" }, "channels": { "version": "==4.3.2" } },
  "develop": {}
}
\`\`\`

## Sources

- https://devcenter.heroku.com/articles/python-pip
- https://github.com/django/channels_redis/issues/422
- https://channels.readthedocs.io/en/stable/releases/4.0.0.html
`},"deps/websocket-library":{en:`# deps/websocket-library

uvicorn needs a library to speak WebSocket; a plain \`uvicorn\` brings none.

## Why it breaks

Pages work, and every socket fails: the log says \`WARNING: No supported WebSocket library detected. Please use "pip install 'uvicorn[standard]'", or install 'websockets' or 'wsproto' manually.\` and \`WARNING: Unsupported upgrade request.\`; the browser gets 404.

## Example

\`\`\`Procfile file=Procfile
web: uvicorn mysite.asgi:application --host 0.0.0.0 --port $PORT
\`\`\`
\`\`\`text file=requirements.txt
Django==5.2.17
channels==4.3.2
channels-redis==4.3.0
redis==7.4.1
uvicorn==0.38.0
whitenoise==6.11.0
\`\`\`
\`\`\`findings
Procfile:1:6 error deps/websocket-library
\`\`\`

## Use instead

\`\`\`Procfile file=Procfile
web: uvicorn mysite.asgi:application --host 0.0.0.0 --port $PORT
\`\`\`
\`\`\`text file=requirements.txt
Django==5.2.17
channels==4.3.2
channels-redis==4.3.0
redis==7.4.1
uvicorn[standard]==0.38.0
whitenoise==6.11.0
\`\`\`

## When it is silent

### A library is listed on its own

\`\`\`Procfile file=Procfile
web: gunicorn -k uvicorn_worker.UvicornWorker mysite.asgi:application
\`\`\`
\`\`\`text file=requirements.txt
Django==5.2.17
channels==4.3.2
channels-redis==4.3.0
redis==7.4.1
gunicorn==23.0.0
uvicorn==0.38.0
uvicorn-worker==0.4.0
wsproto==1.2.0
whitenoise==6.11.0
\`\`\`

## Sources

- https://www.uvicorn.org/deployment/
- https://github.com/encode/uvicorn/blob/master/uvicorn/protocols/websockets/auto.py
`,fr:`# deps/websocket-library

uvicorn a besoin d\u2019une biblioth\u00e8que pour parler WebSocket ; un simple \`uvicorn\` n\u2019en apporte aucune.

## Pourquoi \u00e7a casse

Les pages fonctionnent, et chaque socket \u00e9choue : le journal dit \`WARNING: No supported WebSocket library detected. Please use "pip install 'uvicorn[standard]'", or install 'websockets' or 'wsproto' manually.\` et \`WARNING: Unsupported upgrade request.\` ; le navigateur re\u00e7oit 404.

## Exemple

\`\`\`Procfile file=Procfile
web: uvicorn mysite.asgi:application --host 0.0.0.0 --port $PORT
\`\`\`
\`\`\`text file=requirements.txt
Django==5.2.17
channels==4.3.2
channels-redis==4.3.0
redis==7.4.1
uvicorn==0.38.0
whitenoise==6.11.0
\`\`\`
\`\`\`findings
Procfile:1:6 error deps/websocket-library
\`\`\`

## \u00c0 \u00e9crire \u00e0 la place

\`\`\`Procfile file=Procfile
web: uvicorn mysite.asgi:application --host 0.0.0.0 --port $PORT
\`\`\`
\`\`\`text file=requirements.txt
Django==5.2.17
channels==4.3.2
channels-redis==4.3.0
redis==7.4.1
uvicorn[standard]==0.38.0
whitenoise==6.11.0
\`\`\`

## Quand la r\u00e8gle se tait

### Une biblioth\u00e8que est list\u00e9e \u00e0 part

\`\`\`Procfile file=Procfile
web: gunicorn -k uvicorn_worker.UvicornWorker mysite.asgi:application
\`\`\`
\`\`\`text file=requirements.txt
Django==5.2.17
channels==4.3.2
channels-redis==4.3.0
redis==7.4.1
gunicorn==23.0.0
uvicorn==0.38.0
uvicorn-worker==0.4.0
wsproto==1.2.0
whitenoise==6.11.0
\`\`\`

## Sources

- https://www.uvicorn.org/deployment/
- https://github.com/encode/uvicorn/blob/master/uvicorn/protocols/websockets/auto.py
`},"engine/config":{en:`# engine/config

The configuration of dynolint itself (\`dynolint.toml\`, \`[tool.dynolint]\` in \`pyproject.toml\`, \`dynolint.yaml\`) holds a key, a rule id or a value that does not exist.

## Why it breaks

A misspelt rule id switches nothing off, and nobody notices. So dynolint says where it is, names the nearest known word, leaves this one entry out, uses the rest, and ends with exit code 2.

## Example

\`\`\`toml file=dynolint.toml
exlude = ["legacy/**"]

[rules]
"settings/debgu" = "off"
"settings/debug" = "of"
\`\`\`
\`\`\`findings
dynolint.toml:1:1 error engine/config
dynolint.toml:4:1 error engine/config
dynolint.toml:5:20 error engine/config
\`\`\`

## Use instead

\`\`\`toml file=dynolint.toml
exclude = ["legacy/**"]

[rules]
"settings/debug" = "off"
\`\`\`

## When it is silent

Without a configuration, and for a \`pyproject.toml\` without \`[tool.dynolint]\`.

## Sources

The JSON Schema of the configuration: \`schemas/config.schema.json\`.
`,fr:`# engine/config

La configuration de dynolint lui-m\u00eame (\`dynolint.toml\`, \`[tool.dynolint]\` dans \`pyproject.toml\`, \`dynolint.yaml\`) contient une cl\u00e9, une r\u00e8gle ou une valeur qui n\u2019existe pas.

## Pourquoi \u00e7a casse

Une r\u00e8gle mal orthographi\u00e9e ne d\u00e9sactive rien, et personne ne s\u2019en aper\u00e7oit. dynolint dit donc o\u00f9 elle est, nomme le mot connu le plus proche, laisse cette seule entr\u00e9e de c\u00f4t\u00e9, utilise le reste et finit avec le code de sortie 2.

## Exemple

\`\`\`toml file=dynolint.toml
exlude = ["legacy/**"]

[rules]
"settings/debgu" = "off"
"settings/debug" = "of"
\`\`\`
\`\`\`findings
dynolint.toml:1:1 error engine/config
dynolint.toml:4:1 error engine/config
dynolint.toml:5:20 error engine/config
\`\`\`

## \u00c0 \u00e9crire \u00e0 la place

\`\`\`toml file=dynolint.toml
exclude = ["legacy/**"]

[rules]
"settings/debug" = "off"
\`\`\`

## Quand la r\u00e8gle se tait

Sans configuration, et pour un \`pyproject.toml\` sans \`[tool.dynolint]\`.

## Sources

Le sch\u00e9ma JSON de la configuration : \`schemas/config.schema.json\`.
`},"engine/file-too-large":{en:`# engine/file-too-large

A file that the deploy may need is larger than 12 MB and was not read.

## Why it breaks

Nothing breaks on the dyno. But what the file says is unknown here, so findings may be missing, and a green result would promise too much.

## Example

\`\`\`json file=Pipfile.lock size=13000000
\`\`\`
\`\`\`findings
Pipfile.lock:1:1 warning engine/file-too-large
\`\`\`

## Use instead

\`\`\`text file=requirements.txt
Django==5.2.17
channels==4.3.2
\`\`\`

## When it is silent

For files that are not asked for, whatever their size: media, data, vendored code.

## Sources

A Pipfile.lock of 400 packages has less than 1 MB.
`,fr:`# engine/file-too-large

Un fichier dont le d\u00e9ploiement peut avoir besoin d\u00e9passe 12 Mo et n\u2019a pas \u00e9t\u00e9 lu.

## Pourquoi \u00e7a casse

Rien ne casse sur le dyno. Mais le contenu du fichier est inconnu ici : des constats peuvent manquer, et un r\u00e9sultat vert promettrait trop.

## Exemple

\`\`\`json file=Pipfile.lock size=13000000
\`\`\`
\`\`\`findings
Pipfile.lock:1:1 warning engine/file-too-large
\`\`\`

## \u00c0 \u00e9crire \u00e0 la place

\`\`\`text file=requirements.txt
Django==5.2.17
channels==4.3.2
\`\`\`

## Quand la r\u00e8gle se tait

Pour les fichiers qu\u2019on ne demande pas, quelle que soit leur taille : m\u00e9dias, donn\u00e9es, code tiers.

## Sources

Un Pipfile.lock de 400 paquets fait moins de 1 Mo.
`},"engine/parse-error":{en:`# engine/parse-error

A file that the deploy needs (settings and what they import, asgi.py, routing, the URLs and their views, lock files \u2026) has a syntax error. The rest of the file is still read, so that one mistake hides no other.

## Why it breaks

Python refuses the whole module: the dyno crashes at boot with \`SyntaxError: invalid syntax\` (H10), or the build stops in collectstatic. In the URLs or in a view, the checks of \`migrate\` end the release; without it, every page answers 500. Merge-conflict markers (\`<<<<<<< HEAD\`) are the usual reason.

## Example

\`\`\`python file=chat/routing.py
from django.urls import path

from .consumers import ChatConsumer

websocket_urlpatterns = [
    path('ws/chat/<slug:room>/', ChatConsumer.as_asgi(),
]
\`\`\`
\`\`\`findings
chat/routing.py:7:1 error engine/parse-error
\`\`\`

## Use instead

\`\`\`python file=chat/routing.py
from django.urls import path

from .consumers import ChatConsumer

websocket_urlpatterns = [
    path('ws/chat/<slug:room>/', ChatConsumer.as_asgi()),
]
\`\`\`

## When it is silent

For files that nothing the dyno starts refers to: old scripts, tests, other apps in the repository.

## Sources

The grammar read is Python 3.8 to 3.14: [The Python Language Reference, Full Grammar specification](https://docs.python.org/3/reference/grammar.html).
`,fr:`# engine/parse-error

Un fichier dont le d\u00e9ploiement a besoin (les settings et ce qu\u2019ils importent, asgi.py, le routing, les URL et leurs vues, les fichiers de verrouillage\u2026) contient une erreur de syntaxe. Le reste du fichier est lu quand m\u00eame, pour qu\u2019une faute n\u2019en cache pas une autre.

## Pourquoi \u00e7a casse

Python refuse le module entier : le dyno plante au d\u00e9marrage avec \`SyntaxError: invalid syntax\` (H10), ou la construction s\u2019arr\u00eate dans collectstatic. Dans les URL ou dans une vue, les v\u00e9rifications de \`migrate\` interrompent la release ; sans elles, chaque page r\u00e9pond 500. Des marqueurs de conflit de fusion (\`<<<<<<< HEAD\`) en sont la cause habituelle.

## Exemple

\`\`\`python file=chat/routing.py
from django.urls import path

from .consumers import ChatConsumer

websocket_urlpatterns = [
    path('ws/chat/<slug:room>/', ChatConsumer.as_asgi(),
]
\`\`\`
\`\`\`findings
chat/routing.py:7:1 error engine/parse-error
\`\`\`

## \u00c0 \u00e9crire \u00e0 la place

\`\`\`python file=chat/routing.py
from django.urls import path

from .consumers import ChatConsumer

websocket_urlpatterns = [
    path('ws/chat/<slug:room>/', ChatConsumer.as_asgi()),
]
\`\`\`

## Quand la r\u00e8gle se tait

Pour les fichiers auxquels rien de ce que le dyno d\u00e9marre ne se r\u00e9f\u00e8re : vieux scripts, tests, autres applications du d\u00e9p\u00f4t.

## Sources

La grammaire lue est celle de Python 3.8 \u00e0 3.14 : [The Python Language Reference, Full Grammar specification](https://docs.python.org/3/reference/grammar.html).
`},"engine/unused-suppression":{en:`# engine/unused-suppression

A \`dynolint: ignore[\u2026]\` comment excuses nothing: the rule finds nothing on that line any more, or no rule has that name.

## Why it breaks

Nothing breaks today. But an exception that outlives its reason hides the next mistake on that line, and a misspelt one never excused anything.

## Example

\`\`\`Procfile file=Procfile
# dynolint: ignore[procfile/bind-port] the port is fixed behind our proxy
web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application
# dynolint: ignore[procfile/bind-prot]
release: python manage.py migrate --noinput
\`\`\`
\`\`\`findings
Procfile:1:20 warning engine/unused-suppression
Procfile:3:20 warning engine/unused-suppression
\`\`\`

## Use instead

\`\`\`Procfile file=Procfile
web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application
release: python manage.py migrate --noinput
\`\`\`

## When it is silent

For a rule that the configuration switches off: whether its exceptions are needed is not known then.

## Sources

The idea is that of \`--report-unused-disable-directives\` of [ESLint](https://eslint.org/docs/latest/use/configure/rules#report-unused-eslint-disable-comments).
`,fr:`# engine/unused-suppression

Un commentaire \`dynolint: ignore[\u2026]\` n\u2019excuse rien : la r\u00e8gle ne trouve plus rien sur cette ligne, ou aucune r\u00e8gle ne porte ce nom.

## Pourquoi \u00e7a casse

Rien ne casse aujourd\u2019hui. Mais une exception qui survit \u00e0 sa raison cache la prochaine faute sur cette ligne, et une exception mal orthographi\u00e9e n\u2019a jamais rien excus\u00e9.

## Exemple

\`\`\`Procfile file=Procfile
# dynolint: ignore[procfile/bind-port] the port is fixed behind our proxy
web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application
# dynolint: ignore[procfile/bind-prot]
release: python manage.py migrate --noinput
\`\`\`
\`\`\`findings
Procfile:1:20 warning engine/unused-suppression
Procfile:3:20 warning engine/unused-suppression
\`\`\`

## \u00c0 \u00e9crire \u00e0 la place

\`\`\`Procfile file=Procfile
web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application
release: python manage.py migrate --noinput
\`\`\`

## Quand la r\u00e8gle se tait

Pour une r\u00e8gle que la configuration d\u00e9sactive : on ne sait alors pas si ses exceptions servent.

## Sources

L\u2019id\u00e9e est celle de \`--report-unused-disable-directives\` d\u2019[ESLint](https://eslint.org/docs/latest/use/configure/rules#report-unused-eslint-disable-comments).
`},"frontend/endpoint-mismatch":{en:`# frontend/endpoint-mismatch

The path of a socket to the app itself matches none of its WebSocket routes. The paths that the client can build are compared with the patterns exactly: converters, regular expressions and nested routers included.

## Why it breaks

The handshake ends with \`ValueError: No route found for path 'ws/chat/lobby'.\` in the log and \`WebSocket connection to 'wss://\u2026' failed\` in the browser. A missing slash at the end is the usual cause: the redirect that Django makes for pages (APPEND_SLASH) does not exist for sockets.

## Example

### A missing slash

\`\`\`html file=templates/chat/room.html
<!doctype html>
<title>Chat</title>
<script>
  const roomName = JSON.parse(document.getElementById('room-name').textContent)

  function connect() {
    const socket = new WebSocket(\`wss://\${location.host}/ws/chat/\${roomName}\`)
    socket.onclose = () => setTimeout(connect, 2000)
  }

  connect()
<\/script>
\`\`\`
\`\`\`findings
templates/chat/room.html:7:57 error frontend/endpoint-mismatch
\`\`\`

### Another path

\`\`\`html file=templates/chat/room.html
<!doctype html>
<title>Chat</title>
<script>
  function connect() {
    const socket = new WebSocket('wss://' + location.host + '/chat/lobby/')
    socket.onclose = () => setTimeout(connect, 2000)
  }

  connect()
<\/script>
\`\`\`
\`\`\`findings
templates/chat/room.html:5:62 error frontend/endpoint-mismatch
\`\`\`

### Not if the value holds a slash

\`\`\`html file=templates/chat/room.html
<!doctype html>
<title>Chat</title>
<script>
  const chosen = window.chosen

  function connect() {
    const socket = new WebSocket('wss://' + location.host + '/ws/chat/' + chosen)
    socket.onclose = () => setTimeout(connect, 2000)
  }

  connect()
<\/script>
\`\`\`
\`\`\`findings
templates/chat/room.html:7:62 warning frontend/endpoint-mismatch possible
\`\`\`

## Use instead

\`\`\`html file=templates/chat/room.html
<!doctype html>
<title>Chat</title>
<script>
  const roomName = JSON.parse(document.getElementById('room-name').textContent)

  function connect() {
    const socket = new WebSocket(\`wss://\${location.host}/ws/chat/\${roomName}/\`)
    socket.onclose = () => setTimeout(connect, 2000)
  }

  connect()
<\/script>
\`\`\`

## When it is silent

For other hosts; when the path is not readable; when a router may hold routes that cannot be read, or a pattern of it is itself at fault ([asgi/routing-pattern](../../asgi/routing-pattern/rule.md)). The query string is no part of the route.

### They agree

\`\`\`python file=chat/routing.py
from django.urls import path, re_path

from .consumers import ChatConsumer

websocket_urlpatterns = [
    path('ws/chat/<slug:room>/', ChatConsumer.as_asgi()),
    re_path(r'^ws/seats/(?P<date>[^/]+)$', ChatConsumer.as_asgi()),
    re_path(r'^ws/seats/$', ChatConsumer.as_asgi()),
]
\`\`\`
\`\`\`html file=templates/chat/room.html
<!doctype html>
<title>Chat</title>
<script>
  const base = 'wss://' + location.host

  function connect() {
    const sockets = [
      new WebSocket(base + '/ws/chat/lobby/?token=1#top'),
      new WebSocket(base + '/ws/seats/' + date),
      new WebSocket('wss://stream.example.com/prices'),
      new WebSocket(base + path),
    ]
    for (const socket of sockets) socket.onclose = () => setTimeout(connect, 2000)
  }

  connect()
<\/script>
\`\`\`

### Routes that cannot be read

\`\`\`python file=chat/routing.py
from importlib import import_module

from django.conf import settings

websocket_urlpatterns = [
    pattern for name in settings.LIVE_APPS for pattern in import_module(f'{name}.live').patterns
]
\`\`\`
\`\`\`html file=templates/chat/room.html
<!doctype html>
<title>Chat</title>
<script>
  function connect() {
    const socket = new WebSocket('wss://' + location.host + '/chat/lobby/')
    socket.onclose = () => setTimeout(connect, 2000)
  }

  connect()
<\/script>
\`\`\`

## Sources

- [Channels: URLRouter](https://channels.readthedocs.io/en/stable/topics/routing.html#urlrouter)
- [django/channels#2147](https://github.com/django/channels/issues/2147)
- [narrowfail/django-channels-chat#46](https://github.com/narrowfail/django-channels-chat/issues/46)
`,fr:`# frontend/endpoint-mismatch

Le chemin d\u2019un socket vers l\u2019application elle-m\u00eame ne correspond \u00e0 aucune de ses routes WebSocket. Les chemins que le client peut construire sont compar\u00e9s exactement aux motifs : convertisseurs, expressions r\u00e9guli\u00e8res et routeurs imbriqu\u00e9s compris.

## Pourquoi \u00e7a casse

La n\u00e9gociation s\u2019arr\u00eate sur \`ValueError: No route found for path 'ws/chat/lobby'.\` dans le journal et \`WebSocket connection to 'wss://\u2026' failed\` dans le navigateur. Une barre oblique finale oubli\u00e9e est la cause habituelle : la redirection que Django fait pour les pages (APPEND_SLASH) n\u2019existe pas pour les sockets.

## Exemple

### Une barre oblique oubli\u00e9e

\`\`\`html file=templates/chat/room.html
<!doctype html>
<title>Chat</title>
<script>
  const roomName = JSON.parse(document.getElementById('room-name').textContent)

  function connect() {
    const socket = new WebSocket(\`wss://\${location.host}/ws/chat/\${roomName}\`)
    socket.onclose = () => setTimeout(connect, 2000)
  }

  connect()
<\/script>
\`\`\`
\`\`\`findings
templates/chat/room.html:7:57 error frontend/endpoint-mismatch
\`\`\`

### Un autre chemin

\`\`\`html file=templates/chat/room.html
<!doctype html>
<title>Chat</title>
<script>
  function connect() {
    const socket = new WebSocket('wss://' + location.host + '/chat/lobby/')
    socket.onclose = () => setTimeout(connect, 2000)
  }

  connect()
<\/script>
\`\`\`
\`\`\`findings
templates/chat/room.html:5:62 error frontend/endpoint-mismatch
\`\`\`

### Pas si la valeur contient une barre oblique

\`\`\`html file=templates/chat/room.html
<!doctype html>
<title>Chat</title>
<script>
  const chosen = window.chosen

  function connect() {
    const socket = new WebSocket('wss://' + location.host + '/ws/chat/' + chosen)
    socket.onclose = () => setTimeout(connect, 2000)
  }

  connect()
<\/script>
\`\`\`
\`\`\`findings
templates/chat/room.html:7:62 warning frontend/endpoint-mismatch possible
\`\`\`

## \u00c0 \u00e9crire \u00e0 la place

\`\`\`html file=templates/chat/room.html
<!doctype html>
<title>Chat</title>
<script>
  const roomName = JSON.parse(document.getElementById('room-name').textContent)

  function connect() {
    const socket = new WebSocket(\`wss://\${location.host}/ws/chat/\${roomName}/\`)
    socket.onclose = () => setTimeout(connect, 2000)
  }

  connect()
<\/script>
\`\`\`

## Quand la r\u00e8gle se tait

Pour d\u2019autres h\u00f4tes ; quand le chemin n\u2019est pas lisible ; quand un routeur peut contenir des routes illisibles, ou qu\u2019un de ses motifs est lui-m\u00eame en faute ([asgi/routing-pattern](../../asgi/routing-pattern/rule.fr.md)). La cha\u00eene de requ\u00eate ne fait pas partie de la route.

### Ils s\u2019accordent

\`\`\`python file=chat/routing.py
from django.urls import path, re_path

from .consumers import ChatConsumer

websocket_urlpatterns = [
    path('ws/chat/<slug:room>/', ChatConsumer.as_asgi()),
    re_path(r'^ws/seats/(?P<date>[^/]+)$', ChatConsumer.as_asgi()),
    re_path(r'^ws/seats/$', ChatConsumer.as_asgi()),
]
\`\`\`
\`\`\`html file=templates/chat/room.html
<!doctype html>
<title>Chat</title>
<script>
  const base = 'wss://' + location.host

  function connect() {
    const sockets = [
      new WebSocket(base + '/ws/chat/lobby/?token=1#top'),
      new WebSocket(base + '/ws/seats/' + date),
      new WebSocket('wss://stream.example.com/prices'),
      new WebSocket(base + path),
    ]
    for (const socket of sockets) socket.onclose = () => setTimeout(connect, 2000)
  }

  connect()
<\/script>
\`\`\`

### Des routes illisibles

\`\`\`python file=chat/routing.py
from importlib import import_module

from django.conf import settings

websocket_urlpatterns = [
    pattern for name in settings.LIVE_APPS for pattern in import_module(f'{name}.live').patterns
]
\`\`\`
\`\`\`html file=templates/chat/room.html
<!doctype html>
<title>Chat</title>
<script>
  function connect() {
    const socket = new WebSocket('wss://' + location.host + '/chat/lobby/')
    socket.onclose = () => setTimeout(connect, 2000)
  }

  connect()
<\/script>
\`\`\`

## Sources

- [Channels: URLRouter](https://channels.readthedocs.io/en/stable/topics/routing.html#urlrouter)
- [django/channels#2147](https://github.com/django/channels/issues/2147)
- [narrowfail/django-channels-chat#46](https://github.com/narrowfail/django-channels-chat/issues/46)
`},"frontend/insecure-websocket":{en:`# frontend/insecure-websocket

Browser code opens a socket with \`ws://\`: on the page\u2019s own host without a \`wss://\` branch, or on another host that is not local. Pages, templates, JavaScript, TypeScript, JSX, Vue and Svelte are read; constants, branches on \`location.protocol\`, variables of the build and the usual wrappers are followed.

## Why it breaks

Heroku serves every app over https. A page that was loaded over https may not open an insecure socket: \`Mixed Content: The page at 'https://\u2026' was loaded over HTTPS, but attempted to connect to the insecure WebSocket endpoint 'ws://\u2026'. This request has been blocked\`. In Firefox and Safari the constructor raises \`SecurityError: The operation is insecure.\`

## Example

### On the page\u2019s host

\`\`\`html file=templates/chat/room.html
<!doctype html>
<title>Chat</title>
<script>
  function connect() {
    const socket = new WebSocket(
      'ws://' + window.location.host + '/ws/chat/lobby/',
    )
    socket.onclose = () => setTimeout(connect, 2000)
  }

  connect()
<\/script>
\`\`\`
\`\`\`findings
templates/chat/room.html:6:8 error frontend/insecure-websocket
\`\`\`

### A template literal

\`\`\`javascript file=static/chat.js
const room = JSON.parse(document.getElementById('room').textContent)
const url = \`ws://\${location.host}/ws/chat/\${room}/\`

export function connect() {
  const socket = new WebSocket(url)
  socket.addEventListener('close', () => setTimeout(connect, 2000))
}
\`\`\`
\`\`\`html file=templates/chat/room.html
<!doctype html>
<title>Chat</title>
<script type="module" src="/static/chat.js"><\/script>
\`\`\`
\`\`\`findings
static/chat.js:2:14 error frontend/insecure-websocket
\`\`\`

### Another host

\`\`\`html file=templates/chat/room.html
<!doctype html>
<title>Chat</title>
<script>
  function connect() {
    const socket = new WebSocket('ws://chat.example.com/ws/chat/lobby/')
    socket.onclose = () => setTimeout(connect, 2000)
  }

  connect()
<\/script>
\`\`\`
\`\`\`findings
templates/chat/room.html:5:35 error frontend/insecure-websocket
\`\`\`

### Unless a variable of the build is set

\`\`\`html file=templates/chat/room.html
<!doctype html>
<title>Chat</title>
<script type="module" src="/static/chat.js"><\/script>
\`\`\`
\`\`\`javascript file=static/chat.js
import ReconnectingWebSocket from 'reconnecting-websocket'

const socket = new ReconnectingWebSocket(import.meta.env.VITE_WS_URL || \`ws://\${location.host}/ws/chat/lobby/\`)
socket.onmessage = console.log
\`\`\`
\`\`\`findings
static/chat.js:3:74 warning frontend/insecure-websocket possible
\`\`\`

### A file nothing refers to

\`\`\`javascript file=static/old.js
const socket = new WebSocket('ws://' + location.host + '/ws/chat/lobby/')
socket.onclose = () => location.reload()
\`\`\`
\`\`\`html file=templates/chat/room.html
<!doctype html>
<title>Chat</title>
\`\`\`
\`\`\`findings
static/old.js:1:31 warning frontend/insecure-websocket possible
\`\`\`

## Use instead

### The scheme of the page

\`\`\`html file=templates/chat/room.html
<!doctype html>
<title>Chat</title>
<script>
  const scheme = window.location.protocol === 'https:' ? 'wss' : 'ws'

  function connect() {
    const socket = new WebSocket(\`\${scheme}://\${window.location.host}/ws/chat/lobby/\`)
    socket.onclose = () => setTimeout(connect, 2000)
  }

  connect()
<\/script>
\`\`\`

## When it is silent

When \`wss://\` is chosen on an https page, however that is written; in branches that only the developer\u2019s machine takes; for local hosts ([frontend/local-endpoint](../local-endpoint/rule.md) has those); in comments, tests, built bundles and copies of libraries, which are not read.

### Other ways to write it

\`\`\`html file=templates/chat/room.html
<!doctype html>
<title>Chat</title>
<script>
  // new WebSocket('ws://' + location.host + '/ws/chat/lobby/')
  const hint = 'use ws:// with new WebSocket() in development'
  let start = 'ws://'
  if (location.protocol == 'https:') start = 'wss://'
  const secure = location.protocol.indexOf('https') === 0
  const urls = {
    first: start + location.host + '/ws/chat/lobby/',
    second: location.origin.replace(/^http/, 'ws') + '/ws/chat/lobby/',
    third: (secure ? 'wss' : 'ws') + '://{{ request.get_host }}/ws/chat/{{ room.slug }}/',
  }

  function connect() {
    for (const url of [urls.first]) console.log(url, hint)
    const first = new WebSocket(urls.first)
    const second = new WebSocket(urls.second)
    const third = new WebSocket(urls.third)
    const fourth = new WebSocket('/ws/chat/lobby/')
    if (location.hostname === 'localhost') {
      const local = new WebSocket('ws://' + location.host + '/ws/chat/lobby/')
    }
    for (const socket of [first, second, third, fourth]) socket.addEventListener('close', () => setTimeout(connect, 2000))
  }

  connect()
<\/script>
\`\`\`

### In a component

\`\`\`vue file=frontend/src/Chat.vue
<script setup lang="ts">
import { computed, onMounted, ref } from 'vue'
import { backend } from './config'

const props = defineProps<{ room: string }>()
const url = computed(() => \`\${backend.socket}/ws/chat/\${props.room}/\`)
const socket = ref<WebSocket | null>(null)

function open(): void {
  socket.value = new WebSocket(url.value)
  socket.value.onclose = () => setTimeout(open, 2000)
}

onMounted(open)
<\/script>

<template>
  <p>ws://{{ room }}</p>
</template>
\`\`\`
\`\`\`typescript file=frontend/src/config.ts
export const backend = {
  socket: process.env.NODE_ENV === 'production' ? \`wss://\${window.location.host}\` : 'ws://localhost:8000',
}
\`\`\`
\`\`\`typescript file=frontend/src/main.ts
import { createApp } from 'vue'
import Chat from './Chat.vue'

createApp(Chat).mount('#app')
\`\`\`
\`\`\`json file=frontend/package.json
{}
\`\`\`

## Sources

- [MDN: mixed content](https://developer.mozilla.org/en-US/docs/Web/Security/Mixed_content)
- [django/channels#445](https://github.com/django/channels/issues/445)
`,fr:`# frontend/insecure-websocket

Du code du navigateur ouvre un socket en \`ws://\` : sur l\u2019h\u00f4te de la page sans branche \`wss://\`, ou sur un autre h\u00f4te non local. Pages, templates, JavaScript, TypeScript, JSX, Vue et Svelte sont lus ; constantes, branches sur \`location.protocol\`, variables de build et biblioth\u00e8ques habituelles sont suivies.

## Pourquoi \u00e7a casse

Heroku sert toutes les applications en https. Une page charg\u00e9e en https ne peut pas ouvrir de socket non chiffr\u00e9 : \`Mixed Content: The page at 'https://\u2026' was loaded over HTTPS, but attempted to connect to the insecure WebSocket endpoint 'ws://\u2026'. This request has been blocked\`. Dans Firefox et Safari, le constructeur l\u00e8ve \`SecurityError: The operation is insecure.\`

## Exemple

### Sur l\u2019h\u00f4te de la page

\`\`\`html file=templates/chat/room.html
<!doctype html>
<title>Chat</title>
<script>
  function connect() {
    const socket = new WebSocket(
      'ws://' + window.location.host + '/ws/chat/lobby/',
    )
    socket.onclose = () => setTimeout(connect, 2000)
  }

  connect()
<\/script>
\`\`\`
\`\`\`findings
templates/chat/room.html:6:8 error frontend/insecure-websocket
\`\`\`

### Un litt\u00e9ral de gabarit

\`\`\`javascript file=static/chat.js
const room = JSON.parse(document.getElementById('room').textContent)
const url = \`ws://\${location.host}/ws/chat/\${room}/\`

export function connect() {
  const socket = new WebSocket(url)
  socket.addEventListener('close', () => setTimeout(connect, 2000))
}
\`\`\`
\`\`\`html file=templates/chat/room.html
<!doctype html>
<title>Chat</title>
<script type="module" src="/static/chat.js"><\/script>
\`\`\`
\`\`\`findings
static/chat.js:2:14 error frontend/insecure-websocket
\`\`\`

### Un autre h\u00f4te

\`\`\`html file=templates/chat/room.html
<!doctype html>
<title>Chat</title>
<script>
  function connect() {
    const socket = new WebSocket('ws://chat.example.com/ws/chat/lobby/')
    socket.onclose = () => setTimeout(connect, 2000)
  }

  connect()
<\/script>
\`\`\`
\`\`\`findings
templates/chat/room.html:5:35 error frontend/insecure-websocket
\`\`\`

### Sauf si une variable de build est d\u00e9finie

\`\`\`html file=templates/chat/room.html
<!doctype html>
<title>Chat</title>
<script type="module" src="/static/chat.js"><\/script>
\`\`\`
\`\`\`javascript file=static/chat.js
import ReconnectingWebSocket from 'reconnecting-websocket'

const socket = new ReconnectingWebSocket(import.meta.env.VITE_WS_URL || \`ws://\${location.host}/ws/chat/lobby/\`)
socket.onmessage = console.log
\`\`\`
\`\`\`findings
static/chat.js:3:74 warning frontend/insecure-websocket possible
\`\`\`

### Un fichier auquel rien ne fait r\u00e9f\u00e9rence

\`\`\`javascript file=static/old.js
const socket = new WebSocket('ws://' + location.host + '/ws/chat/lobby/')
socket.onclose = () => location.reload()
\`\`\`
\`\`\`html file=templates/chat/room.html
<!doctype html>
<title>Chat</title>
\`\`\`
\`\`\`findings
static/old.js:1:31 warning frontend/insecure-websocket possible
\`\`\`

## \u00c0 \u00e9crire \u00e0 la place

### Le sch\u00e9ma de la page

\`\`\`html file=templates/chat/room.html
<!doctype html>
<title>Chat</title>
<script>
  const scheme = window.location.protocol === 'https:' ? 'wss' : 'ws'

  function connect() {
    const socket = new WebSocket(\`\${scheme}://\${window.location.host}/ws/chat/lobby/\`)
    socket.onclose = () => setTimeout(connect, 2000)
  }

  connect()
<\/script>
\`\`\`

## Quand la r\u00e8gle se tait

Quand \`wss://\` est choisi sur une page https, de quelque fa\u00e7on que ce soit \u00e9crit ; dans les branches que seule la machine du d\u00e9veloppeur emprunte ; pour les h\u00f4tes locaux (voir [frontend/local-endpoint](../local-endpoint/rule.fr.md)) ; dans les commentaires, les tests, les bundles construits et les copies de biblioth\u00e8ques, qui ne sont pas lus.

### Autres \u00e9critures

\`\`\`html file=templates/chat/room.html
<!doctype html>
<title>Chat</title>
<script>
  // new WebSocket('ws://' + location.host + '/ws/chat/lobby/')
  const hint = 'use ws:// with new WebSocket() in development'
  let start = 'ws://'
  if (location.protocol == 'https:') start = 'wss://'
  const secure = location.protocol.indexOf('https') === 0
  const urls = {
    first: start + location.host + '/ws/chat/lobby/',
    second: location.origin.replace(/^http/, 'ws') + '/ws/chat/lobby/',
    third: (secure ? 'wss' : 'ws') + '://{{ request.get_host }}/ws/chat/{{ room.slug }}/',
  }

  function connect() {
    for (const url of [urls.first]) console.log(url, hint)
    const first = new WebSocket(urls.first)
    const second = new WebSocket(urls.second)
    const third = new WebSocket(urls.third)
    const fourth = new WebSocket('/ws/chat/lobby/')
    if (location.hostname === 'localhost') {
      const local = new WebSocket('ws://' + location.host + '/ws/chat/lobby/')
    }
    for (const socket of [first, second, third, fourth]) socket.addEventListener('close', () => setTimeout(connect, 2000))
  }

  connect()
<\/script>
\`\`\`

### Dans un composant

\`\`\`vue file=frontend/src/Chat.vue
<script setup lang="ts">
import { computed, onMounted, ref } from 'vue'
import { backend } from './config'

const props = defineProps<{ room: string }>()
const url = computed(() => \`\${backend.socket}/ws/chat/\${props.room}/\`)
const socket = ref<WebSocket | null>(null)

function open(): void {
  socket.value = new WebSocket(url.value)
  socket.value.onclose = () => setTimeout(open, 2000)
}

onMounted(open)
<\/script>

<template>
  <p>ws://{{ room }}</p>
</template>
\`\`\`
\`\`\`typescript file=frontend/src/config.ts
export const backend = {
  socket: process.env.NODE_ENV === 'production' ? \`wss://\${window.location.host}\` : 'ws://localhost:8000',
}
\`\`\`
\`\`\`typescript file=frontend/src/main.ts
import { createApp } from 'vue'
import Chat from './Chat.vue'

createApp(Chat).mount('#app')
\`\`\`
\`\`\`json file=frontend/package.json
{}
\`\`\`

## Sources

- [MDN : contenu mixte](https://developer.mozilla.org/fr/docs/Web/Security/Mixed_content)
- [django/channels#445](https://github.com/django/channels/issues/445)
`},"frontend/local-endpoint":{en:`# frontend/local-endpoint

Browser code that ships opens a socket to \`localhost\`, a private address, a docker name, or to a port of its own on the page\u2019s host.

## Why it breaks

In production \`localhost\` is the visitor\u2019s machine: \`WebSocket connection to 'ws://localhost:8000/\u2026' failed\`, \`net::ERR_CONNECTION_REFUSED\`. The router of Heroku listens on 80 and 443 only; the dyno\u2019s \`$PORT\` cannot be reached from outside.

## Example

### localhost

\`\`\`html file=templates/chat/room.html
<!doctype html>
<title>Chat</title>
<script>
  function connect() {
    const socket = new WebSocket('ws://localhost:8000/ws/chat/lobby/')
    socket.onclose = () => setTimeout(connect, 2000)
  }

  connect()
<\/script>
\`\`\`
\`\`\`findings
templates/chat/room.html:5:40 error frontend/local-endpoint
\`\`\`

### A port of its own

\`\`\`html file=templates/chat/room.html
<!doctype html>
<title>Chat</title>
<script>
  function connect() {
    const socket = new WebSocket('wss://' + location.hostname + ':8000/ws/chat/lobby/')
    socket.onclose = () => setTimeout(connect, 2000)
  }

  connect()
<\/script>
\`\`\`
\`\`\`findings
templates/chat/room.html:5:45 error frontend/local-endpoint
\`\`\`

## Use instead

\`\`\`html file=templates/chat/room.html
<!doctype html>
<title>Chat</title>
<script>
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws'

  function connect() {
    const socket = new WebSocket(\`\${scheme}://\${location.host}/ws/chat/lobby/\`)
    socket.onclose = () => setTimeout(connect, 2000)
  }

  connect()
<\/script>
\`\`\`

## When it is silent

When a test, a variable of the build or a \`.env.production\` switches the address; in tests, built bundles and copies of libraries.

### Switched

\`\`\`html file=templates/chat/room.html
<!doctype html>
<title>Chat</title>
<script type="module" src="/static/chat.js"><\/script>
\`\`\`
\`\`\`javascript file=static/chat.js
import ReconnectingWebSocket from 'reconnecting-websocket'

const base = import.meta.env.VITE_WS_URL || 'ws://localhost:8000'
const host = location.hostname === 'localhost' ? 'ws://localhost:8000' : \`wss://\${location.host}\`

export const first = new ReconnectingWebSocket(\`\${base}/ws/chat/lobby/\`)
export const second = new ReconnectingWebSocket(\`\${host}/ws/chat/lobby/\`)
\`\`\`

## Sources

- [Heroku: HTTP routing](https://devcenter.heroku.com/articles/http-routing)
- [Heroku: WebSockets](https://devcenter.heroku.com/articles/websockets)
`,fr:`# frontend/local-endpoint

Du code du navigateur livr\u00e9 en production ouvre un socket vers \`localhost\`, une adresse priv\u00e9e, un nom docker, ou vers un port particulier de l\u2019h\u00f4te de la page.

## Pourquoi \u00e7a casse

En production, \`localhost\` est la machine du visiteur : \`WebSocket connection to 'ws://localhost:8000/\u2026' failed\`, \`net::ERR_CONNECTION_REFUSED\`. Le routeur de Heroku n\u2019\u00e9coute que sur 80 et 443 ; le \`$PORT\` du dyno n\u2019est pas joignable de l\u2019ext\u00e9rieur.

## Exemple

### localhost

\`\`\`html file=templates/chat/room.html
<!doctype html>
<title>Chat</title>
<script>
  function connect() {
    const socket = new WebSocket('ws://localhost:8000/ws/chat/lobby/')
    socket.onclose = () => setTimeout(connect, 2000)
  }

  connect()
<\/script>
\`\`\`
\`\`\`findings
templates/chat/room.html:5:40 error frontend/local-endpoint
\`\`\`

### Un port particulier

\`\`\`html file=templates/chat/room.html
<!doctype html>
<title>Chat</title>
<script>
  function connect() {
    const socket = new WebSocket('wss://' + location.hostname + ':8000/ws/chat/lobby/')
    socket.onclose = () => setTimeout(connect, 2000)
  }

  connect()
<\/script>
\`\`\`
\`\`\`findings
templates/chat/room.html:5:45 error frontend/local-endpoint
\`\`\`

## \u00c0 \u00e9crire \u00e0 la place

\`\`\`html file=templates/chat/room.html
<!doctype html>
<title>Chat</title>
<script>
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws'

  function connect() {
    const socket = new WebSocket(\`\${scheme}://\${location.host}/ws/chat/lobby/\`)
    socket.onclose = () => setTimeout(connect, 2000)
  }

  connect()
<\/script>
\`\`\`

## Quand la r\u00e8gle se tait

Quand un test, une variable de build ou un \`.env.production\` change l\u2019adresse ; dans les tests, les bundles construits et les copies de biblioth\u00e8ques.

### Selon l\u2019environnement

\`\`\`html file=templates/chat/room.html
<!doctype html>
<title>Chat</title>
<script type="module" src="/static/chat.js"><\/script>
\`\`\`
\`\`\`javascript file=static/chat.js
import ReconnectingWebSocket from 'reconnecting-websocket'

const base = import.meta.env.VITE_WS_URL || 'ws://localhost:8000'
const host = location.hostname === 'localhost' ? 'ws://localhost:8000' : \`wss://\${location.host}\`

export const first = new ReconnectingWebSocket(\`\${base}/ws/chat/lobby/\`)
export const second = new ReconnectingWebSocket(\`\${host}/ws/chat/lobby/\`)
\`\`\`

## Sources

- [Heroku : routage HTTP](https://devcenter.heroku.com/articles/http-routing)
- [Heroku : WebSockets](https://devcenter.heroku.com/articles/websockets)
`},"frontend/no-reconnect":{en:`# frontend/no-reconnect

Nothing opens the socket again after it was closed: there is no close handler, or it only reports, or opens the socket again after a clean end alone (\`event.code === 1000\`, \`event.wasClean\`), which the end of a dyno is not. An error handler alone does not count.

## Why it breaks

On Heroku a socket does not last: every deploy and config change restarts the dyno, every dyno is restarted about once a day, and the router ends connections on which nothing moves for 55 seconds (H15). Without a reconnect the page silently stops receiving until the visitor reloads it.

## Example

### A handler that only reports

\`\`\`html file=templates/chat/room.html
<!doctype html>
<title>Chat</title>
<script>
  const socket = new WebSocket('wss://' + location.host + '/ws/chat/lobby/')
  socket.onclose = () => console.error('Chat socket closed unexpectedly')
<\/script>
\`\`\`
\`\`\`findings
templates/chat/room.html:4:18 warning frontend/no-reconnect
\`\`\`

### No handler

\`\`\`javascript file=static/chat.js
export class Chat {
  open() {
    this.socket = new WebSocket('wss://' + location.host + '/ws/chat/lobby/')
    this.socket.addEventListener('error', () => this.open())
  }
}

new Chat().open()
\`\`\`
\`\`\`html file=templates/chat/room.html
<!doctype html>
<title>Chat</title>
<script type="module" src="/static/chat.js"><\/script>
\`\`\`
\`\`\`findings
static/chat.js:3:19 warning frontend/no-reconnect
\`\`\`

## Use instead

### By hand

\`\`\`html file=templates/chat/room.html
<!doctype html>
<title>Chat</title>
<script>
  let delay = 1000

  function connect() {
    const socket = new WebSocket('wss://' + location.host + '/ws/chat/lobby/')
    socket.onopen = () => { delay = 1000 }
    socket.onclose = () => {
      setTimeout(connect, delay)
      delay = Math.min(delay * 2, 30000)
    }
  }

  connect()
<\/script>
\`\`\`

### With a library

\`\`\`html file=templates/chat/room.html
<!doctype html>
<title>Chat</title>
<script src="/static/reconnecting-websocket.min.js"><\/script>
<script>
  const socket = new ReconnectingWebSocket('wss://' + location.host + '/ws/chat/lobby/')
<\/script>
\`\`\`

## When it is silent

When a library opens it again, when a timer or an event of the page does, when the handler calls code that we cannot see, when the socket is handed to other code, when the page closes it itself after a message, and for sockets of other hosts.

### Opened again in other ways

\`\`\`javascript file=static/chat.js
import { onLost } from './lost.js'

const url = 'wss://' + location.host + '/ws/chat/lobby/'

export class Chat {
  open() {
    this.socket = new WebSocket(url)
    this.socket.onclose = this.closed.bind(this)
  }

  closed() {
    setTimeout(() => this.open(), 1000)
  }
}

export function opened() {
  return new WebSocket(url)
}

let polled = null
function poll() {
  if (polled === null || polled.readyState === 3) polled = new WebSocket(url)
}
setInterval(poll, 5000)

const reloading = new WebSocket(url)
reloading.onclose = () => location.reload()

const foreign = new WebSocket(url)
foreign.onclose = () => onLost()

const once = new WebSocket(url)
once.onmessage = (event) => {
  console.log(event.data)
  once.close()
}

new Chat().open()
\`\`\`
\`\`\`javascript file=static/lost.js
export function onLost() {}
\`\`\`
\`\`\`html file=templates/chat/room.html
<!doctype html>
<title>Chat</title>
<script type="module" src="/static/chat.js"><\/script>
\`\`\`

## Sources

- [Heroku: WebSockets, timeouts](https://devcenter.heroku.com/articles/websockets)
- [Heroku: dyno restarting](https://devcenter.heroku.com/articles/dynos#automatic-dyno-restarts)
`,fr:`# frontend/no-reconnect

Rien ne rouvre le socket apr\u00e8s sa fermeture : il n\u2019y a pas de gestionnaire de fermeture, ou il se contente de signaler, ou ne rouvre le socket qu\u2019apr\u00e8s une fin propre (\`event.code === 1000\`, \`event.wasClean\`), ce que n\u2019est pas celle d\u2019un dyno. Un gestionnaire d\u2019erreur seul ne compte pas.

## Pourquoi \u00e7a casse

Sur Heroku, un socket ne dure pas : chaque d\u00e9ploiement et chaque changement de configuration red\u00e9marre le dyno, tout dyno est red\u00e9marr\u00e9 environ une fois par jour, et le routeur coupe les connexions o\u00f9 rien ne bouge pendant 55 secondes (H15). Sans reconnexion, la page cesse de recevoir sans rien dire jusqu\u2019\u00e0 ce que le visiteur la recharge.

## Exemple

### Un gestionnaire qui ne fait que signaler

\`\`\`html file=templates/chat/room.html
<!doctype html>
<title>Chat</title>
<script>
  const socket = new WebSocket('wss://' + location.host + '/ws/chat/lobby/')
  socket.onclose = () => console.error('Chat socket closed unexpectedly')
<\/script>
\`\`\`
\`\`\`findings
templates/chat/room.html:4:18 warning frontend/no-reconnect
\`\`\`

### Aucun gestionnaire

\`\`\`javascript file=static/chat.js
export class Chat {
  open() {
    this.socket = new WebSocket('wss://' + location.host + '/ws/chat/lobby/')
    this.socket.addEventListener('error', () => this.open())
  }
}

new Chat().open()
\`\`\`
\`\`\`html file=templates/chat/room.html
<!doctype html>
<title>Chat</title>
<script type="module" src="/static/chat.js"><\/script>
\`\`\`
\`\`\`findings
static/chat.js:3:19 warning frontend/no-reconnect
\`\`\`

## \u00c0 \u00e9crire \u00e0 la place

### \u00c0 la main

\`\`\`html file=templates/chat/room.html
<!doctype html>
<title>Chat</title>
<script>
  let delay = 1000

  function connect() {
    const socket = new WebSocket('wss://' + location.host + '/ws/chat/lobby/')
    socket.onopen = () => { delay = 1000 }
    socket.onclose = () => {
      setTimeout(connect, delay)
      delay = Math.min(delay * 2, 30000)
    }
  }

  connect()
<\/script>
\`\`\`

### Avec une biblioth\u00e8que

\`\`\`html file=templates/chat/room.html
<!doctype html>
<title>Chat</title>
<script src="/static/reconnecting-websocket.min.js"><\/script>
<script>
  const socket = new ReconnectingWebSocket('wss://' + location.host + '/ws/chat/lobby/')
<\/script>
\`\`\`

## Quand la r\u00e8gle se tait

Quand une biblioth\u00e8que le rouvre, quand un minuteur ou un \u00e9v\u00e8nement de la page le fait, quand le gestionnaire appelle du code que nous ne voyons pas, quand le socket est remis \u00e0 d\u2019autre code, quand la page le ferme elle-m\u00eame apr\u00e8s un message, et pour les sockets d\u2019autres h\u00f4tes.

### Rouvert autrement

\`\`\`javascript file=static/chat.js
import { onLost } from './lost.js'

const url = 'wss://' + location.host + '/ws/chat/lobby/'

export class Chat {
  open() {
    this.socket = new WebSocket(url)
    this.socket.onclose = this.closed.bind(this)
  }

  closed() {
    setTimeout(() => this.open(), 1000)
  }
}

export function opened() {
  return new WebSocket(url)
}

let polled = null
function poll() {
  if (polled === null || polled.readyState === 3) polled = new WebSocket(url)
}
setInterval(poll, 5000)

const reloading = new WebSocket(url)
reloading.onclose = () => location.reload()

const foreign = new WebSocket(url)
foreign.onclose = () => onLost()

const once = new WebSocket(url)
once.onmessage = (event) => {
  console.log(event.data)
  once.close()
}

new Chat().open()
\`\`\`
\`\`\`javascript file=static/lost.js
export function onLost() {}
\`\`\`
\`\`\`html file=templates/chat/room.html
<!doctype html>
<title>Chat</title>
<script type="module" src="/static/chat.js"><\/script>
\`\`\`

## Sources

- [Heroku : WebSockets, d\u00e9lais](https://devcenter.heroku.com/articles/websockets)
- [Heroku : red\u00e9marrage des dynos](https://devcenter.heroku.com/articles/dynos#automatic-dyno-restarts)
`},"frontend/token":{en:`# frontend/token

A middleware of the project takes the visitor\u2019s token from the query string or the subprotocols, and the socket does not send it. As info: a token in the query string, which ends up in logs.

## Why it breaks

Without the token the middleware raises \`KeyError: 'token'\` or leaves the visitor an AnonymousUser. With it in the URL, the router of Heroku (\`at=info method=GET path="/ws/chat/?token=\u2026"\`), the access log of Daphne and every log drain keep it in clear.

## Example

### Not sent

\`\`\`python file=chat/middleware.py
from urllib.parse import parse_qs


class TokenMiddleware:
    def __init__(self, inner):
        self.inner = inner

    async def __call__(self, scope, receive, send):
        query = parse_qs(scope['query_string'].decode())
        scope['user'] = query['token'][0]
        return await self.inner(scope, receive, send)
\`\`\`
\`\`\`python file=mysite/asgi.py
import os

from django.core.asgi import get_asgi_application

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')

django_application = get_asgi_application()

from channels.routing import ProtocolTypeRouter, URLRouter

from chat.middleware import TokenMiddleware
from chat.routing import websocket_urlpatterns

application = ProtocolTypeRouter({
    'http': django_application,
    'websocket': TokenMiddleware(URLRouter(websocket_urlpatterns)),
})
\`\`\`
\`\`\`html file=templates/chat/room.html
<!doctype html>
<title>Chat</title>
<script>
  function connect() {
    const socket = new WebSocket('wss://' + location.host + '/ws/chat/lobby/')
    socket.onclose = () => setTimeout(connect, 2000)
  }

  connect()
<\/script>
\`\`\`
\`\`\`findings
templates/chat/room.html:5:20 warning frontend/token
\`\`\`

### In the URL

\`\`\`python file=chat/middleware.py
from urllib.parse import parse_qs


class TokenMiddleware:
    def __init__(self, inner):
        self.inner = inner

    async def __call__(self, scope, receive, send):
        query = parse_qs(scope['query_string'].decode())
        scope['user'] = query['token'][0]
        return await self.inner(scope, receive, send)
\`\`\`
\`\`\`python file=mysite/asgi.py
import os

from django.core.asgi import get_asgi_application

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')

django_application = get_asgi_application()

from channels.routing import ProtocolTypeRouter, URLRouter

from chat.middleware import TokenMiddleware
from chat.routing import websocket_urlpatterns

application = ProtocolTypeRouter({
    'http': django_application,
    'websocket': TokenMiddleware(URLRouter(websocket_urlpatterns)),
})
\`\`\`
\`\`\`html file=templates/chat/room.html
<!doctype html>
<title>Chat</title>
<script>
  function connect() {
    const socket = new WebSocket(\`wss://\${location.host}/ws/chat/lobby/?token=\${localStorage.getItem('token')}\`)
    socket.onclose = () => setTimeout(connect, 2000)
  }

  connect()
<\/script>
\`\`\`
\`\`\`findings
templates/chat/room.html:5:34 info frontend/token
\`\`\`

## Use instead

\`\`\`python file=chat/middleware.py
class TokenMiddleware:
    def __init__(self, inner):
        self.inner = inner

    async def __call__(self, scope, receive, send):
        scope['user'] = scope['subprotocols'][1]
        return await self.inner(scope, receive, send)
\`\`\`
\`\`\`python file=mysite/asgi.py
import os

from django.core.asgi import get_asgi_application

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')

django_application = get_asgi_application()

from channels.routing import ProtocolTypeRouter, URLRouter

from chat.middleware import TokenMiddleware
from chat.routing import websocket_urlpatterns

application = ProtocolTypeRouter({
    'http': django_application,
    'websocket': TokenMiddleware(URLRouter(websocket_urlpatterns)),
})
\`\`\`
\`\`\`html file=templates/chat/room.html
<!doctype html>
<title>Chat</title>
<script>
  function connect() {
    const socket = new WebSocket('wss://' + location.host + '/ws/chat/lobby/', ['chat', localStorage.getItem('token')])
    socket.onclose = () => setTimeout(connect, 2000)
  }

  connect()
<\/script>
\`\`\`

## When it is silent

When cookies authenticate the socket as well, when the middleware looks in several places, when the URL or its query is not readable, and for one-time tickets.

### A session

\`\`\`html file=templates/chat/room.html
<!doctype html>
<title>Chat</title>
<script>
  function connect() {
    const socket = new WebSocket('wss://' + location.host + '/ws/chat/lobby/')
    socket.onclose = () => setTimeout(connect, 2000)
  }

  connect()
<\/script>
\`\`\`

## Sources

- [Channels: authentication](https://channels.readthedocs.io/en/stable/topics/authentication.html)
- [Heroku: logging](https://devcenter.heroku.com/articles/logging)
`,fr:`# frontend/token

Un middleware du projet prend le jeton du visiteur dans la cha\u00eene de requ\u00eate ou les sous-protocoles, et le socket ne l\u2019envoie pas. Pour information : un jeton dans la cha\u00eene de requ\u00eate, qui finit dans les journaux.

## Pourquoi \u00e7a casse

Sans le jeton, le middleware l\u00e8ve \`KeyError: 'token'\` ou laisse le visiteur AnonymousUser. Avec le jeton dans l\u2019URL, le routeur de Heroku (\`at=info method=GET path="/ws/chat/?token=\u2026"\`), le journal d\u2019acc\u00e8s de Daphne et chaque log drain le gardent en clair.

## Exemple

### Pas envoy\u00e9

\`\`\`python file=chat/middleware.py
from urllib.parse import parse_qs


class TokenMiddleware:
    def __init__(self, inner):
        self.inner = inner

    async def __call__(self, scope, receive, send):
        query = parse_qs(scope['query_string'].decode())
        scope['user'] = query['token'][0]
        return await self.inner(scope, receive, send)
\`\`\`
\`\`\`python file=mysite/asgi.py
import os

from django.core.asgi import get_asgi_application

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')

django_application = get_asgi_application()

from channels.routing import ProtocolTypeRouter, URLRouter

from chat.middleware import TokenMiddleware
from chat.routing import websocket_urlpatterns

application = ProtocolTypeRouter({
    'http': django_application,
    'websocket': TokenMiddleware(URLRouter(websocket_urlpatterns)),
})
\`\`\`
\`\`\`html file=templates/chat/room.html
<!doctype html>
<title>Chat</title>
<script>
  function connect() {
    const socket = new WebSocket('wss://' + location.host + '/ws/chat/lobby/')
    socket.onclose = () => setTimeout(connect, 2000)
  }

  connect()
<\/script>
\`\`\`
\`\`\`findings
templates/chat/room.html:5:20 warning frontend/token
\`\`\`

### Dans l\u2019URL

\`\`\`python file=chat/middleware.py
from urllib.parse import parse_qs


class TokenMiddleware:
    def __init__(self, inner):
        self.inner = inner

    async def __call__(self, scope, receive, send):
        query = parse_qs(scope['query_string'].decode())
        scope['user'] = query['token'][0]
        return await self.inner(scope, receive, send)
\`\`\`
\`\`\`python file=mysite/asgi.py
import os

from django.core.asgi import get_asgi_application

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')

django_application = get_asgi_application()

from channels.routing import ProtocolTypeRouter, URLRouter

from chat.middleware import TokenMiddleware
from chat.routing import websocket_urlpatterns

application = ProtocolTypeRouter({
    'http': django_application,
    'websocket': TokenMiddleware(URLRouter(websocket_urlpatterns)),
})
\`\`\`
\`\`\`html file=templates/chat/room.html
<!doctype html>
<title>Chat</title>
<script>
  function connect() {
    const socket = new WebSocket(\`wss://\${location.host}/ws/chat/lobby/?token=\${localStorage.getItem('token')}\`)
    socket.onclose = () => setTimeout(connect, 2000)
  }

  connect()
<\/script>
\`\`\`
\`\`\`findings
templates/chat/room.html:5:34 info frontend/token
\`\`\`

## \u00c0 \u00e9crire \u00e0 la place

\`\`\`python file=chat/middleware.py
class TokenMiddleware:
    def __init__(self, inner):
        self.inner = inner

    async def __call__(self, scope, receive, send):
        scope['user'] = scope['subprotocols'][1]
        return await self.inner(scope, receive, send)
\`\`\`
\`\`\`python file=mysite/asgi.py
import os

from django.core.asgi import get_asgi_application

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')

django_application = get_asgi_application()

from channels.routing import ProtocolTypeRouter, URLRouter

from chat.middleware import TokenMiddleware
from chat.routing import websocket_urlpatterns

application = ProtocolTypeRouter({
    'http': django_application,
    'websocket': TokenMiddleware(URLRouter(websocket_urlpatterns)),
})
\`\`\`
\`\`\`html file=templates/chat/room.html
<!doctype html>
<title>Chat</title>
<script>
  function connect() {
    const socket = new WebSocket('wss://' + location.host + '/ws/chat/lobby/', ['chat', localStorage.getItem('token')])
    socket.onclose = () => setTimeout(connect, 2000)
  }

  connect()
<\/script>
\`\`\`

## Quand la r\u00e8gle se tait

Quand des cookies authentifient aussi le socket, quand le middleware cherche \u00e0 plusieurs endroits, quand l\u2019URL ou sa cha\u00eene de requ\u00eate n\u2019est pas lisible, et pour les tickets \u00e0 usage unique.

### Une session

\`\`\`html file=templates/chat/room.html
<!doctype html>
<title>Chat</title>
<script>
  function connect() {
    const socket = new WebSocket('wss://' + location.host + '/ws/chat/lobby/')
    socket.onclose = () => setTimeout(connect, 2000)
  }

  connect()
<\/script>
\`\`\`

## Sources

- [Channels : authentification](https://channels.readthedocs.io/en/stable/topics/authentication.html)
- [Heroku : journalisation](https://devcenter.heroku.com/articles/logging)
`},"procfile/asgi-target":{en:"# procfile/asgi-target\n\nThe `module:attribute` that the web server is told to serve does not exist as seen from its working directory \u2014 after `cd`, `--chdir`, `--app-dir`, `PYTHONPATH` \u2014, or is written in a way this server does not take.\n\n## Why it breaks\n\nThe server imports the module at the start and exits when it cannot: `ModuleNotFoundError: No module named 'backend'`, `AttributeError: module 'mysite.asgi' has no attribute 'app'`, `ValueError: not enough values to unpack` (daphne without a colon). The dyno crashes: `H10 App crashed`.\n\n## Example\n\n### Another folder\n\n```Procfile file=Procfile\nweb: cd chat && daphne -b 0.0.0.0 -p $PORT asgi:application\n```\n```findings\nProcfile:1:44 error procfile/asgi-target\n```\n\n### No such attribute\n\n```Procfile file=Procfile\nweb: uvicorn mysite.asgi:app --host 0.0.0.0 --port $PORT\n```\n```findings\nProcfile:1:26 error procfile/asgi-target\n```\n\n### A dot for the colon\n\n```Procfile file=Procfile\nweb: daphne -b 0.0.0.0 -p $PORT mysite.asgi.application\n```\n```findings\nProcfile:1:33 error procfile/asgi-target\n```\n\n### Nothing behind the colon\n\n```Procfile file=Procfile\nweb: daphne -b 0.0.0.0 -p $PORT mysite.asgi:\n```\n```findings\nProcfile:1:33 error procfile/asgi-target\n```\n\n### A path\n\n```Procfile file=Procfile\nweb: daphne -b 0.0.0.0 -p $PORT mysite/asgi:application\n```\n```findings\nProcfile:1:33 error procfile/asgi-target\n```\n\n### hypercorn\u2019s default attribute is `app`\n\n```Procfile file=Procfile\nweb: hypercorn mysite.asgi --bind 0.0.0.0:$PORT\n```\n```findings\nProcfile:1:16 error procfile/asgi-target\n```\n\n## Use instead\n\n```Procfile file=Procfile\nweb: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n```\n\n### gunicorn\u2019s default attribute is `application`\n\n```Procfile file=Procfile\nweb: gunicorn mysite.asgi -k uvicorn_worker.UvicornWorker\n```\n\n### The root stays importable: PYTHONPATH is /app\n\n```Procfile file=Procfile\nweb: cd chat && daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n```\n\n### An attribute from a star import that cannot be read\n\n```Procfile file=Procfile\nweb: daphne -b 0.0.0.0 -p $PORT served:application\n```\n```python file=served.py\nfrom somewhere_installed import *\n```\n\n## When it is silent\n\nThe target, the folder or a part of the search path comes from a config var; the attribute may come from a star import, `globals()` or a module `__getattr__` that cannot be read; the target is a channel layer (procfile/channels1-target).\n\n## Sources\n\n- [daphne/utils.py](https://github.com/django/daphne/blob/main/daphne/utils.py): `module:attr`, split at the first colon\n- [uvicorn](https://www.uvicorn.org/#command-line-options): \u201cmust be in format \"<module>:<attribute>\"\u201d\n- [hypercorn](https://hypercorn.readthedocs.io/en/latest/tutorials/usage.html): `app` by default\n- [daphne#320](https://github.com/django/daphne/issues/320)\n",fr:"# procfile/asgi-target\n\nLe `module:attribut` que le serveur web doit servir n\u2019existe pas vu depuis son dossier de travail \u2014 apr\u00e8s `cd`, `--chdir`, `--app-dir`, `PYTHONPATH` \u2014, ou s\u2019\u00e9crit d\u2019une fa\u00e7on que ce serveur n\u2019accepte pas.\n\n## Pourquoi \u00e7a casse\n\nLe serveur importe le module au d\u00e9marrage et se termine s\u2019il ne le peut pas : `ModuleNotFoundError: No module named 'backend'`, `AttributeError: module 'mysite.asgi' has no attribute 'app'`, `ValueError: not enough values to unpack` (daphne sans deux-points). Le dyno s\u2019arr\u00eate : `H10 App crashed`.\n\n## Exemple\n\n### Un autre dossier\n\n```Procfile file=Procfile\nweb: cd chat && daphne -b 0.0.0.0 -p $PORT asgi:application\n```\n```findings\nProcfile:1:44 error procfile/asgi-target\n```\n\n### Pas de tel attribut\n\n```Procfile file=Procfile\nweb: uvicorn mysite.asgi:app --host 0.0.0.0 --port $PORT\n```\n```findings\nProcfile:1:26 error procfile/asgi-target\n```\n\n### Un point pour le deux-points\n\n```Procfile file=Procfile\nweb: daphne -b 0.0.0.0 -p $PORT mysite.asgi.application\n```\n```findings\nProcfile:1:33 error procfile/asgi-target\n```\n\n### Rien apr\u00e8s le deux-points\n\n```Procfile file=Procfile\nweb: daphne -b 0.0.0.0 -p $PORT mysite.asgi:\n```\n```findings\nProcfile:1:33 error procfile/asgi-target\n```\n\n### Un chemin\n\n```Procfile file=Procfile\nweb: daphne -b 0.0.0.0 -p $PORT mysite/asgi:application\n```\n```findings\nProcfile:1:33 error procfile/asgi-target\n```\n\n### L\u2019attribut par d\u00e9faut de hypercorn est `app`\n\n```Procfile file=Procfile\nweb: hypercorn mysite.asgi --bind 0.0.0.0:$PORT\n```\n```findings\nProcfile:1:16 error procfile/asgi-target\n```\n\n## \u00c0 \u00e9crire \u00e0 la place\n\n```Procfile file=Procfile\nweb: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n```\n\n### L\u2019attribut par d\u00e9faut de gunicorn est `application`\n\n```Procfile file=Procfile\nweb: gunicorn mysite.asgi -k uvicorn_worker.UvicornWorker\n```\n\n### La racine reste importable : PYTHONPATH vaut /app\n\n```Procfile file=Procfile\nweb: cd chat && daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n```\n\n### Un attribut venant d\u2019un import * illisible\n\n```Procfile file=Procfile\nweb: daphne -b 0.0.0.0 -p $PORT served:application\n```\n```python file=served.py\nfrom somewhere_installed import *\n```\n\n## Quand la r\u00e8gle se tait\n\nLa cible, le dossier ou une partie du chemin de recherche vient d\u2019une config var ; l\u2019attribut peut venir d\u2019un import *, de `globals()` ou d\u2019un `__getattr__` de module illisibles ; la cible est un channel layer (procfile/channels1-target).\n\n## Sources\n\n- [daphne/utils.py](https://github.com/django/daphne/blob/main/daphne/utils.py) : `module:attr`, coup\u00e9 au premier deux-points\n- [uvicorn](https://www.uvicorn.org/#command-line-options) : \u00ab must be in format \"<module>:<attribute>\" \u00bb\n- [hypercorn](https://hypercorn.readthedocs.io/en/latest/tutorials/usage.html) : `app` par d\u00e9faut\n- [daphne#320](https://github.com/django/daphne/issues/320)\n"},"procfile/background-server":{en:"# procfile/background-server\n\nThe web server runs in the background (`&`) or becomes a daemon (gunicorn `-D`), two servers share one command, or workers run beside the server in the `web` dyno, also through honcho or supervisord.\n\n## Why it breaks\n\nHeroku watches one process per dyno. When nothing follows a server in the background, the shell ends at once and the dyno crashes (`H10 App crashed`), an error of the boot. A server in the background may die while the foreground goes on: requests fail with `H13 Connection closed without response` and nothing is restarted; on a deploy, SIGTERM reaches the shell alone and sockets are cut with `Error R12 (Exit timeout)`. Of two servers only one can bind $PORT: the other says `[Errno 98] Address already in use`.\n\n## Example\n\n### In the background\n\n```Procfile file=Procfile\nweb: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application & celery -A mysite worker\n```\n```findings\nProcfile:1:6 warning procfile/background-server\nProcfile:1:59 info procfile/background-server\n```\n\n### Two servers\n\n```Procfile file=Procfile\nweb: gunicorn mysite.wsgi -b 127.0.0.1:8001 & daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n```\n```findings\nProcfile:1:6 warning procfile/background-server\n```\n\n### A worker beside the server\n\n```Procfile file=Procfile\nweb: celery -A mysite worker & exec daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n```\n```findings\nProcfile:1:6 info procfile/background-server\n```\n\n### Nothing in the foreground\n\n```Procfile file=Procfile\nweb: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application &\n```\n```findings\nProcfile:1:6 error procfile/background-server\n```\n\n### A daemon\n\n```Procfile file=Procfile\nweb: gunicorn mysite.asgi -k uvicorn_worker.UvicornWorker --daemon\n```\n```findings\nProcfile:1:59 error procfile/background-server\n```\n\n## Use instead\n\n```Procfile file=Procfile\nweb: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\nworker: celery -A mysite worker\n```\n\n## When it is silent\n\nProcesses other than `web`; programs that end before the server starts.\n\n## Sources\n\n- [The process model](https://devcenter.heroku.com/articles/process-model)\n- [Dyno shutdown: SIGTERM](https://devcenter.heroku.com/articles/dynos#shutdown)\n",fr:"# procfile/background-server\n\nLe serveur web tourne en arri\u00e8re-plan (`&`) ou devient un d\u00e9mon (gunicorn `-D`), deux serveurs partagent une commande, ou des workers tournent \u00e0 c\u00f4t\u00e9 du serveur dans le dyno `web`, aussi par honcho ou supervisord.\n\n## Pourquoi \u00e7a casse\n\nHeroku surveille un processus par dyno. Quand rien ne suit un serveur en arri\u00e8re-plan, le shell se termine aussit\u00f4t et le dyno tombe (`H10 App crashed`) : une erreur au d\u00e9marrage. Un serveur en arri\u00e8re-plan peut mourir pendant que l\u2019avant-plan continue : les requ\u00eates \u00e9chouent avec `H13 Connection closed without response` et rien n\u2019est relanc\u00e9 ; au d\u00e9ploiement, SIGTERM n\u2019atteint que le shell et les sockets sont coup\u00e9s avec `Error R12 (Exit timeout)`. De deux serveurs, un seul peut \u00e9couter sur $PORT : l\u2019autre dit `[Errno 98] Address already in use`.\n\n## Exemple\n\n### En arri\u00e8re-plan\n\n```Procfile file=Procfile\nweb: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application & celery -A mysite worker\n```\n```findings\nProcfile:1:6 warning procfile/background-server\nProcfile:1:59 info procfile/background-server\n```\n\n### Deux serveurs\n\n```Procfile file=Procfile\nweb: gunicorn mysite.wsgi -b 127.0.0.1:8001 & daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n```\n```findings\nProcfile:1:6 warning procfile/background-server\n```\n\n### Un worker \u00e0 c\u00f4t\u00e9 du serveur\n\n```Procfile file=Procfile\nweb: celery -A mysite worker & exec daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n```\n```findings\nProcfile:1:6 info procfile/background-server\n```\n\n### Rien au premier plan\n\n```Procfile file=Procfile\nweb: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application &\n```\n```findings\nProcfile:1:6 error procfile/background-server\n```\n\n### Un d\u00e9mon\n\n```Procfile file=Procfile\nweb: gunicorn mysite.asgi -k uvicorn_worker.UvicornWorker --daemon\n```\n```findings\nProcfile:1:59 error procfile/background-server\n```\n\n## \u00c0 \u00e9crire \u00e0 la place\n\n```Procfile file=Procfile\nweb: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\nworker: celery -A mysite worker\n```\n\n## Quand la r\u00e8gle se tait\n\nLes processus autres que `web` ; les programmes qui se terminent avant le d\u00e9marrage du serveur.\n\n## Sources\n\n- [Le mod\u00e8le de processus](https://devcenter.heroku.com/articles/process-model)\n- [Arr\u00eat d\u2019un dyno : SIGTERM](https://devcenter.heroku.com/articles/dynos#shutdown)\n"},"procfile/bind-host":{en:"# procfile/bind-host\n\nThe web server listens on the loopback interface only: daphne with `-p` but no `-b`, uvicorn, hypercorn or granian without a host, or an explicit `127.0.0.1` or `localhost`.\n\n## Why it breaks\n\nThe router connects from outside the dyno, so a server on 127.0.0.1 never answers it. After 60 seconds: `Error R10 (Boot timeout) -> Web process failed to bind to $PORT within 60 seconds of launch`, and `H10 App crashed` for the users. gunicorn alone listens on 0.0.0.0 by itself, because it reads PORT.\n\n## Example\n\n### daphne without a host\n\n```Procfile file=Procfile\nweb: daphne -p $PORT mysite.asgi:application\n```\n```findings\nProcfile:1:6 error procfile/bind-host\n```\n\n### localhost\n\n```Procfile file=Procfile\nweb: uvicorn mysite.asgi:application --host localhost --port $PORT\n```\n```findings\nProcfile:1:45 error procfile/bind-host\n```\n\n### In gunicorn\u2019s configuration file\n\n```Procfile file=Procfile\nweb: gunicorn mysite.asgi -k uvicorn_worker.UvicornWorker\n```\n```python file=gunicorn.conf.py\nimport os\n\nbind = '127.0.0.1:' + os.environ['PORT']\n```\n```findings\ngunicorn.conf.py:3:8 error procfile/bind-host\n```\n\n## Use instead\n\n### daphne\n\n```Procfile file=Procfile\nweb: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n```\n\n### gunicorn takes $PORT on all interfaces by itself\n\n```Procfile file=Procfile\nweb: gunicorn mysite.asgi -k uvicorn_worker.UvicornWorker\n```\n\n### All IPv6 interfaces\n\n```Procfile file=Procfile\nweb: hypercorn mysite.asgi:application --bind \"[::]:$PORT\"\n```\n\n### A Twisted endpoint\n\n```Procfile file=Procfile\nweb: daphne -e tcp:port=$PORT:interface=0.0.0.0 mysite.asgi:application\n```\n\n### Behind nginx of its buildpack\n\n```Procfile file=Procfile\nweb: bin/start-nginx daphne -u /tmp/nginx.socket mysite.asgi:application\n```\n\n## When it is silent\n\n`0.0.0.0`, `::`, gunicorn with PORT, an endpoint with an interface; a server behind the nginx buildpack; a host that comes from a config var.\n\n## Sources\n\n- [daphne/cli.py](https://github.com/django/daphne/blob/main/daphne/cli.py): `-p` without `-b` means 127.0.0.1 (2.x to 4.2)\n- [uvicorn: settings](https://www.uvicorn.org/settings/#socket-binding): 127.0.0.1:8000 by default\n- [Error R10](https://devcenter.heroku.com/articles/error-codes#r10-boot-timeout)\n",fr:"# procfile/bind-host\n\nLe serveur web n\u2019\u00e9coute que sur l\u2019interface de bouclage : daphne avec `-p` mais sans `-b`, uvicorn, hypercorn ou granian sans h\u00f4te, ou `127.0.0.1` ou `localhost` explicites.\n\n## Pourquoi \u00e7a casse\n\nLe routeur se connecte depuis l\u2019ext\u00e9rieur du dyno : un serveur sur 127.0.0.1 ne lui r\u00e9pond jamais. Au bout de 60 secondes : `Error R10 (Boot timeout) -> Web process failed to bind to $PORT within 60 seconds of launch`, et `H10 App crashed` pour les utilisateurs. gunicorn seul \u00e9coute de lui-m\u00eame sur 0.0.0.0, car il lit PORT.\n\n## Exemple\n\n### daphne sans h\u00f4te\n\n```Procfile file=Procfile\nweb: daphne -p $PORT mysite.asgi:application\n```\n```findings\nProcfile:1:6 error procfile/bind-host\n```\n\n### localhost\n\n```Procfile file=Procfile\nweb: uvicorn mysite.asgi:application --host localhost --port $PORT\n```\n```findings\nProcfile:1:45 error procfile/bind-host\n```\n\n### Dans le fichier de configuration de gunicorn\n\n```Procfile file=Procfile\nweb: gunicorn mysite.asgi -k uvicorn_worker.UvicornWorker\n```\n```python file=gunicorn.conf.py\nimport os\n\nbind = '127.0.0.1:' + os.environ['PORT']\n```\n```findings\ngunicorn.conf.py:3:8 error procfile/bind-host\n```\n\n## \u00c0 \u00e9crire \u00e0 la place\n\n### daphne\n\n```Procfile file=Procfile\nweb: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n```\n\n### gunicorn prend de lui-m\u00eame $PORT sur toutes les interfaces\n\n```Procfile file=Procfile\nweb: gunicorn mysite.asgi -k uvicorn_worker.UvicornWorker\n```\n\n### Toutes les interfaces IPv6\n\n```Procfile file=Procfile\nweb: hypercorn mysite.asgi:application --bind \"[::]:$PORT\"\n```\n\n### Un point d\u2019acc\u00e8s Twisted\n\n```Procfile file=Procfile\nweb: daphne -e tcp:port=$PORT:interface=0.0.0.0 mysite.asgi:application\n```\n\n### Derri\u00e8re le nginx de son buildpack\n\n```Procfile file=Procfile\nweb: bin/start-nginx daphne -u /tmp/nginx.socket mysite.asgi:application\n```\n\n## Quand la r\u00e8gle se tait\n\n`0.0.0.0`, `::`, gunicorn avec PORT, un point d\u2019acc\u00e8s avec une interface ; un serveur derri\u00e8re le buildpack nginx ; un h\u00f4te venant d\u2019une config var.\n\n## Sources\n\n- [daphne/cli.py](https://github.com/django/daphne/blob/main/daphne/cli.py) : `-p` sans `-b` signifie 127.0.0.1 (2.x \u00e0 4.2)\n- [uvicorn : r\u00e9glages](https://www.uvicorn.org/settings/#socket-binding) : 127.0.0.1:8000 par d\u00e9faut\n- [Erreur R10](https://devcenter.heroku.com/articles/error-codes#r10-boot-timeout)\n"},"procfile/bind-port":{en:'# procfile/bind-port\n\nThe web server listens on another port than `$PORT`: a literal number (also in gunicorn.conf.py or in a script), none at all, `$port`, `%PORT%`, `$PORT` in single quotes, or a port that the option swallows. As in the servers\u2019 own parsers, the last option wins.\n\n## Why it breaks\n\nHeroku chooses a port for each start and tells it in PORT. A server elsewhere is stopped after 60 seconds: `Error R10 (Boot timeout) -> Web process failed to bind to $PORT within 60 seconds of launch`. `daphne --bind=0.0.0.0:$PORT` takes the whole text for a host, cannot bind it and exits: `H10 App crashed`.\n\n## Example\n\n### A literal port\n\n```Procfile file=Procfile\nweb: daphne -b 0.0.0.0 -p 8001 mysite.asgi:application\n```\n```findings\nProcfile:1:27 error procfile/bind-port\n```\n\n### No port\n\n```Procfile file=Procfile\nweb: uvicorn mysite.asgi:application --host 0.0.0.0\n```\n```findings\nProcfile:1:6 error procfile/bind-port\n```\n\n### Lower case\n\n```Procfile file=Procfile\nweb: daphne -b 0.0.0.0 -p $port mysite.asgi:application\n```\n```findings\nProcfile:1:27 error procfile/bind-port\n```\n\n### Single quotes\n\n```Procfile file=Procfile\nweb: daphne -b 0.0.0.0 -p \'$PORT\' mysite.asgi:application\n```\n```findings\nProcfile:1:27 error procfile/bind-port\n```\n\n### Swallowed by the host\n\n```Procfile file=Procfile\nweb: daphne --bind=0.0.0.0:$PORT mysite.asgi:application\n```\n```findings\nProcfile:1:20 error procfile/bind-port\n```\n\n### In gunicorn\u2019s configuration file\n\n```Procfile file=Procfile\nweb: gunicorn mysite.asgi -k uvicorn_worker.UvicornWorker\n```\n```python file=gunicorn.conf.py\nbind = \'0.0.0.0:8000\'\n```\n```findings\ngunicorn.conf.py:1:17 error procfile/bind-port\n```\n\n### In a script, through a variable\n\n```Procfile file=Procfile\nweb: bash start.sh\n```\n```bash file=start.sh\nPORT=8000\nexec daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n```\n```findings\nstart.sh:1:6 error procfile/bind-port\n```\n\n### A list without a shell\n\n```text delete=Procfile\n```\n```text delete=app.json\n```\n```yaml file=heroku.yml\nbuild:\n  docker:\n    web: Dockerfile\n```\n```dockerfile file=Dockerfile\nFROM python:3.13\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["daphne", "-b", "0.0.0.0", "-p", "$PORT", "mysite.asgi:application"]\n```\n```findings\nDockerfile:5:40 error procfile/bind-port\n```\n\n## Use instead\n\n```Procfile file=Procfile\nweb: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n```\n\n### With a default for other machines\n\n```Procfile file=Procfile\nweb: daphne -p ${PORT:-8000} -b 0.0.0.0 mysite.asgi:application\n```\n\n### gunicorn reads PORT by itself\n\n```Procfile file=Procfile\nweb: gunicorn mysite.asgi -k uvicorn_worker.UvicornWorker\n```\n\n### The last option wins\n\n```Procfile file=Procfile\nweb: daphne -p 8001 mysite.asgi:application --port $PORT --bind 0.0.0.0\n```\n\n## When it is silent\n\nProcesses other than `web`; gunicorn without a bind; `${PORT:-8000}`; a port from another config var or an unreadable file; a server behind the nginx buildpack.\n\n## Sources\n\n- [Error R10](https://devcenter.heroku.com/articles/error-codes#r10-boot-timeout)\n- [Web servers on Heroku](https://devcenter.heroku.com/articles/runtime-principles#web-servers): `$PORT`\n- [gunicorn: bind](https://docs.gunicorn.org/en/stable/settings.html#bind): reads PORT\n- [vitorfs/bootcamp#231](https://github.com/vitorfs/bootcamp/issues/231)\n',fr:'# procfile/bind-port\n\nLe serveur web \u00e9coute sur un autre port que `$PORT` : un nombre litt\u00e9ral (aussi dans gunicorn.conf.py ou un script), aucun, `$port`, `%PORT%`, `$PORT` entre apostrophes, ou un port que l\u2019option avale. Comme dans les analyseurs des serveurs, la derni\u00e8re option l\u2019emporte.\n\n## Pourquoi \u00e7a casse\n\nHeroku choisit un port \u00e0 chaque d\u00e9marrage et le dit dans PORT. Un serveur install\u00e9 ailleurs est arr\u00eat\u00e9 au bout de 60 secondes : `Error R10 (Boot timeout) -> Web process failed to bind to $PORT within 60 seconds of launch`. `daphne --bind=0.0.0.0:$PORT` prend tout le texte pour un h\u00f4te, ne peut l\u2019employer et se termine : `H10 App crashed`.\n\n## Exemple\n\n### Un port litt\u00e9ral\n\n```Procfile file=Procfile\nweb: daphne -b 0.0.0.0 -p 8001 mysite.asgi:application\n```\n```findings\nProcfile:1:27 error procfile/bind-port\n```\n\n### Pas de port\n\n```Procfile file=Procfile\nweb: uvicorn mysite.asgi:application --host 0.0.0.0\n```\n```findings\nProcfile:1:6 error procfile/bind-port\n```\n\n### En minuscules\n\n```Procfile file=Procfile\nweb: daphne -b 0.0.0.0 -p $port mysite.asgi:application\n```\n```findings\nProcfile:1:27 error procfile/bind-port\n```\n\n### Apostrophes\n\n```Procfile file=Procfile\nweb: daphne -b 0.0.0.0 -p \'$PORT\' mysite.asgi:application\n```\n```findings\nProcfile:1:27 error procfile/bind-port\n```\n\n### Aval\u00e9 par l\u2019h\u00f4te\n\n```Procfile file=Procfile\nweb: daphne --bind=0.0.0.0:$PORT mysite.asgi:application\n```\n```findings\nProcfile:1:20 error procfile/bind-port\n```\n\n### Dans le fichier de configuration de gunicorn\n\n```Procfile file=Procfile\nweb: gunicorn mysite.asgi -k uvicorn_worker.UvicornWorker\n```\n```python file=gunicorn.conf.py\nbind = \'0.0.0.0:8000\'\n```\n```findings\ngunicorn.conf.py:1:17 error procfile/bind-port\n```\n\n### Dans un script, par une variable\n\n```Procfile file=Procfile\nweb: bash start.sh\n```\n```bash file=start.sh\nPORT=8000\nexec daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n```\n```findings\nstart.sh:1:6 error procfile/bind-port\n```\n\n### Une liste sans shell\n\n```text delete=Procfile\n```\n```text delete=app.json\n```\n```yaml file=heroku.yml\nbuild:\n  docker:\n    web: Dockerfile\n```\n```dockerfile file=Dockerfile\nFROM python:3.13\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["daphne", "-b", "0.0.0.0", "-p", "$PORT", "mysite.asgi:application"]\n```\n```findings\nDockerfile:5:40 error procfile/bind-port\n```\n\n## \u00c0 \u00e9crire \u00e0 la place\n\n```Procfile file=Procfile\nweb: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n```\n\n### Avec un d\u00e9faut pour d\u2019autres machines\n\n```Procfile file=Procfile\nweb: daphne -p ${PORT:-8000} -b 0.0.0.0 mysite.asgi:application\n```\n\n### gunicorn lit PORT de lui-m\u00eame\n\n```Procfile file=Procfile\nweb: gunicorn mysite.asgi -k uvicorn_worker.UvicornWorker\n```\n\n### La derni\u00e8re option l\u2019emporte\n\n```Procfile file=Procfile\nweb: daphne -p 8001 mysite.asgi:application --port $PORT --bind 0.0.0.0\n```\n\n## Quand la r\u00e8gle se tait\n\nLes processus autres que `web` ; gunicorn sans bind ; `${PORT:-8000}` ; un port venant d\u2019une autre config var ou d\u2019un fichier illisible ; un serveur derri\u00e8re le buildpack nginx.\n\n## Sources\n\n- [Erreur R10](https://devcenter.heroku.com/articles/error-codes#r10-boot-timeout)\n- [Serveurs web sur Heroku](https://devcenter.heroku.com/articles/runtime-principles#web-servers) : `$PORT`\n- [gunicorn : bind](https://docs.gunicorn.org/en/stable/settings.html#bind) : lit PORT\n- [vitorfs/bootcamp#231](https://github.com/vitorfs/bootcamp/issues/231)\n'},"procfile/channels1-target":{en:`# procfile/channels1-target

The web server is given \`module:channel_layer\`, as Channels 1 wanted it, while the project installs Channels 2 or later.

## Why it breaks

Channels 1 served a channel layer, and workers took the messages off it. Since Channels 2 the server loads an ASGI application. asgi.py of a migrated project has no \`channel_layer\` any more (\`AttributeError: module 'mysite.asgi' has no attribute 'channel_layer'\`), and where it still makes one, each request fails with \`TypeError: 'RedisChannelLayer' object is not callable\`.

## Example

\`\`\`Procfile file=Procfile
web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:channel_layer
\`\`\`
\`\`\`findings
Procfile:1:33 error procfile/channels1-target
\`\`\`

## Use instead

\`\`\`Procfile file=Procfile
web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application
\`\`\`

### Channels 1 is what is installed

\`\`\`Procfile file=Procfile
web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:channel_layer
\`\`\`
\`\`\`requirements file=requirements.txt
Django==1.11.29
channels==1.1.8
asgi-redis==1.4.3
daphne==1.4.2
\`\`\`

## When it is silent

Channels 1 is pinned.

## Sources

- [Channels 2.0 release notes](https://channels.readthedocs.io/en/latest/releases/2.0.0.html)
- [channels#885](https://github.com/django/channels/issues/885)
`,fr:`# procfile/channels1-target

Le serveur web re\u00e7oit \`module:channel_layer\`, comme le voulait Channels 1, alors que le projet installe Channels 2 ou plus r\u00e9cent.

## Pourquoi \u00e7a casse

Channels 1 servait un channel layer, et des workers y prenaient les messages. Depuis Channels 2, le serveur charge une application ASGI. L\u2019asgi.py d\u2019un projet migr\u00e9 n\u2019a plus de \`channel_layer\` (\`AttributeError: module 'mysite.asgi' has no attribute 'channel_layer'\`), et s\u2019il en cr\u00e9e encore un, chaque requ\u00eate \u00e9choue avec \`TypeError: 'RedisChannelLayer' object is not callable\`.

## Exemple

\`\`\`Procfile file=Procfile
web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:channel_layer
\`\`\`
\`\`\`findings
Procfile:1:33 error procfile/channels1-target
\`\`\`

## \u00c0 \u00e9crire \u00e0 la place

\`\`\`Procfile file=Procfile
web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application
\`\`\`

### C\u2019est Channels 1 qui est install\u00e9

\`\`\`Procfile file=Procfile
web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:channel_layer
\`\`\`
\`\`\`requirements file=requirements.txt
Django==1.11.29
channels==1.1.8
asgi-redis==1.4.3
daphne==1.4.2
\`\`\`

## Quand la r\u00e8gle se tait

Channels 1 est \u00e9pingl\u00e9.

## Sources

- [Notes de Channels 2.0](https://channels.readthedocs.io/en/latest/releases/2.0.0.html)
- [channels#885](https://github.com/django/channels/issues/885)
`},"procfile/command-missing":{en:"# procfile/command-missing\n\nA process needs something that is surely not there: a script, a folder, a Makefile target, the module of `celery -A`, a program whose name is a slip of the pen, or a script that git does not record as executable (`Permission denied`).\n\n## Why it breaks\n\nThe shell or the program says so and the dyno crashes at once: `bash: ./start.sh: No such file or directory`, `bash: cd: backend: No such file or directory`, `bash: gunicron: command not found`, `Error: Invalid value for '-A' / '--app': Unable to load celery application.` Users see `H10 App crashed`.\n\n## Example\n\n### A script\n\n```Procfile file=Procfile\nweb: ./start.sh\n```\n```findings\nProcfile:1:6 error procfile/command-missing\n```\n\n### A folder\n\n```Procfile file=Procfile\nweb: cd backend && daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n```\n```findings\nProcfile:1:9 error procfile/command-missing\n```\n\n### The module of Celery\n\n```Procfile file=Procfile\nweb: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\nworker: celery -A backend worker\n```\n```findings\nProcfile:2:19 error procfile/command-missing\n```\n\n### A slip of the pen, and the type twice\n\n```Procfile file=Procfile\nweb: dapnhe -b 0.0.0.0 -p $PORT mysite.asgi:application\nworker: worker: celery -A mysite worker\n```\n```findings\nProcfile:1:6 error procfile/command-missing\nProcfile:2:9 error procfile/command-missing\n```\n\n## Use instead\n\n```Procfile file=Procfile\nweb: ./start.sh\nworker: celery -A mysite worker\n```\n```bash file=start.sh\n#!/bin/bash\nexec daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n```\n\n### What a buildpack puts into bin/\n\n```Procfile file=Procfile\nweb: bin/start-pgbouncer daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n```\n\n## When it is silent\n\nA script that git does not record as executable counts only where git's index tells, and not where the command or a hook of the build changes modes. Programs of the platform and of buildpacks, folders that the build makes (`node_modules`, `dist`, `staticfiles`), commands behind `||`, and modules that an installed package may provide.\n\n## Sources\n\n- [Error H10](https://devcenter.heroku.com/articles/error-codes#h10-app-crashed)\n- [The Procfile](https://devcenter.heroku.com/articles/procfile)\n",fr:"# procfile/command-missing\n\nUn processus a besoin de quelque chose qui n\u2019existe s\u00fbrement pas : un script, un dossier, une cible de Makefile, le module de `celery -A`, un programme dont le nom est une faute de frappe, ou un script que git n\u2019enregistre pas comme ex\u00e9cutable (`Permission denied`).\n\n## Pourquoi \u00e7a casse\n\nLe shell ou le programme le dit et le dyno s\u2019arr\u00eate aussit\u00f4t : `bash: ./start.sh: No such file or directory`, `bash: cd: backend: No such file or directory`, `bash: gunicron: command not found`, `Error: Invalid value for '-A' / '--app': Unable to load celery application.` Les utilisateurs voient `H10 App crashed`.\n\n## Exemple\n\n### Un script\n\n```Procfile file=Procfile\nweb: ./start.sh\n```\n```findings\nProcfile:1:6 error procfile/command-missing\n```\n\n### Un dossier\n\n```Procfile file=Procfile\nweb: cd backend && daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n```\n```findings\nProcfile:1:9 error procfile/command-missing\n```\n\n### Le module de Celery\n\n```Procfile file=Procfile\nweb: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\nworker: celery -A backend worker\n```\n```findings\nProcfile:2:19 error procfile/command-missing\n```\n\n### Une faute de frappe, et le type deux fois\n\n```Procfile file=Procfile\nweb: dapnhe -b 0.0.0.0 -p $PORT mysite.asgi:application\nworker: worker: celery -A mysite worker\n```\n```findings\nProcfile:1:6 error procfile/command-missing\nProcfile:2:9 error procfile/command-missing\n```\n\n## \u00c0 \u00e9crire \u00e0 la place\n\n```Procfile file=Procfile\nweb: ./start.sh\nworker: celery -A mysite worker\n```\n```bash file=start.sh\n#!/bin/bash\nexec daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n```\n\n### Ce qu\u2019un buildpack met dans bin/\n\n```Procfile file=Procfile\nweb: bin/start-pgbouncer daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n```\n\n## Quand la r\u00e8gle se tait\n\nUn script que git n\u2019enregistre pas comme ex\u00e9cutable ne compte que si l\u2019index de git le dit, et pas si la commande ou un hook du build change les modes. Les programmes de la plateforme et des buildpacks, les dossiers que cr\u00e9e le build (`node_modules`, `dist`, `staticfiles`), les commandes apr\u00e8s `||`, et les modules qu\u2019un paquet install\u00e9 peut fournir.\n\n## Sources\n\n- [Erreur H10](https://devcenter.heroku.com/articles/error-codes#h10-app-crashed)\n- [Le Procfile](https://devcenter.heroku.com/articles/procfile)\n"},"procfile/deprecated-worker":{en:`# procfile/deprecated-worker

gunicorn is given \`uvicorn.workers.UvicornWorker\` (or its h11 sibling), which uvicorn deprecated in favour of the package uvicorn-worker.

## Why it breaks

Since uvicorn 0.30.0 the module warns: \`The uvicorn.workers module is deprecated. Please use uvicorn-worker package instead.\` An upgrade that removes it ends every boot with \`Error: class uri 'uvicorn.workers.UvicornWorker' invalid or not found\` and \`H10 App crashed\`.

## Example

\`\`\`Procfile file=Procfile
web: gunicorn mysite.asgi -k uvicorn.workers.UvicornWorker
\`\`\`
\`\`\`requirements file=requirements.txt
Django==5.2.17
channels==4.3.2
channels-redis==4.3.0
gunicorn==25.3.0
uvicorn[standard]==0.40.0
\`\`\`
\`\`\`findings
Procfile:1:30 warning procfile/deprecated-worker
\`\`\`

## Use instead

\`\`\`Procfile file=Procfile
web: gunicorn mysite.asgi -k uvicorn_worker.UvicornWorker
\`\`\`
\`\`\`requirements file=requirements.txt
Django==5.2.17
channels==4.3.2
channels-redis==4.3.0
gunicorn==25.3.0
uvicorn[standard]==0.40.0
uvicorn-worker==0.4.0
\`\`\`

### An older uvicorn

\`\`\`Procfile file=Procfile
web: gunicorn mysite.asgi -k uvicorn.workers.UvicornWorker
\`\`\`
\`\`\`requirements file=requirements.txt
Django==4.2.16
channels==4.0.0
channels-redis==4.2.0
gunicorn==20.1.0
uvicorn[standard]==0.23.2
\`\`\`

## When it is silent

uvicorn is pinned below 0.30.

## Sources

- [uvicorn 0.30.0](https://www.uvicorn.org/release-notes/): deprecated; still shipped in 0.54.0
- [uvicorn-worker](https://github.com/Kludex/uvicorn-worker)
`,fr:`# procfile/deprecated-worker

gunicorn re\u00e7oit \`uvicorn.workers.UvicornWorker\` (ou son fr\u00e8re h11), qu\u2019uvicorn a d\u00e9pr\u00e9ci\u00e9 au profit du paquet uvicorn-worker.

## Pourquoi \u00e7a casse

Depuis uvicorn 0.30.0, le module avertit : \`The uvicorn.workers module is deprecated. Please use uvicorn-worker package instead.\` Une mise \u00e0 jour qui le retire fait \u00e9chouer chaque d\u00e9marrage avec \`Error: class uri 'uvicorn.workers.UvicornWorker' invalid or not found\` et \`H10 App crashed\`.

## Exemple

\`\`\`Procfile file=Procfile
web: gunicorn mysite.asgi -k uvicorn.workers.UvicornWorker
\`\`\`
\`\`\`requirements file=requirements.txt
Django==5.2.17
channels==4.3.2
channels-redis==4.3.0
gunicorn==25.3.0
uvicorn[standard]==0.40.0
\`\`\`
\`\`\`findings
Procfile:1:30 warning procfile/deprecated-worker
\`\`\`

## \u00c0 \u00e9crire \u00e0 la place

\`\`\`Procfile file=Procfile
web: gunicorn mysite.asgi -k uvicorn_worker.UvicornWorker
\`\`\`
\`\`\`requirements file=requirements.txt
Django==5.2.17
channels==4.3.2
channels-redis==4.3.0
gunicorn==25.3.0
uvicorn[standard]==0.40.0
uvicorn-worker==0.4.0
\`\`\`

### Un uvicorn plus ancien

\`\`\`Procfile file=Procfile
web: gunicorn mysite.asgi -k uvicorn.workers.UvicornWorker
\`\`\`
\`\`\`requirements file=requirements.txt
Django==4.2.16
channels==4.0.0
channels-redis==4.2.0
gunicorn==20.1.0
uvicorn[standard]==0.23.2
\`\`\`

## Quand la r\u00e8gle se tait

uvicorn est \u00e9pingl\u00e9 sous 0.30.

## Sources

- [uvicorn 0.30.0](https://www.uvicorn.org/release-notes/) : d\u00e9pr\u00e9ci\u00e9 ; encore livr\u00e9 dans 0.54.0
- [uvicorn-worker](https://github.com/Kludex/uvicorn-worker)
`},"procfile/dev-server":{en:"# procfile/dev-server\n\n`web` starts `manage.py runserver`, Django\u2019s development server.\n\n## Why it breaks\n\nrunserver watches the source files, runs one process, passed no security audit, and speaks WebSockets only while `daphne` is an installed app. Under load the dyno runs out of memory (`Error R14 (Memory quota exceeded)`), and since Channels 4 a project without `daphne` in INSTALLED_APPS answers every handshake with 404. Reachable on `$PORT` and with daphne among the apps it does serve: then the finding is a warning.\n\n## Example\n\n```Procfile file=Procfile\nweb: python manage.py runserver 0.0.0.0:$PORT\n```\n```findings\nProcfile:1:23 warning procfile/dev-server\n```\n\n### In a script\n\n```Procfile file=Procfile\nweb: bash start.sh\n```\n```bash file=start.sh\nset -e\npython manage.py migrate --noinput\nexec python manage.py runserver 0.0.0.0:$PORT\n```\n```findings\nstart.sh:3:23 warning procfile/dev-server\n```\n\n### With a port alone\n\n```Procfile file=Procfile\nweb: python manage.py runserver $PORT\n```\n```findings\nProcfile:1:23 error procfile/dev-server\n```\n\n## Use instead\n\n```Procfile file=Procfile\nweb: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n```\n\n### Development apart\n\n```Procfile file=Procfile\nweb: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n```\n```Procfile file=Procfile.dev\nweb: python manage.py runserver 0.0.0.0:8000\n```\n\n## When it is silent\n\nrunserver stands in a process other than `web`, in a Procfile that Heroku does not read, or behind a config var that is usually unset.\n\n## Sources\n\n- [runserver](https://docs.djangoproject.com/en/stable/ref/django-admin/#runserver): \u201cdo not use this server in a production setting\u201d\n- [Channels 4.0 release notes](https://channels.readthedocs.io/en/latest/releases/4.0.0.html): runserver moved to daphne\n",fr:"# procfile/dev-server\n\n`web` lance `manage.py runserver`, le serveur de d\u00e9veloppement de Django.\n\n## Pourquoi \u00e7a casse\n\nrunserver surveille les fichiers sources, n\u2019a qu\u2019un processus, n\u2019a pass\u00e9 aucun audit de s\u00e9curit\u00e9 et ne parle WebSocket que si `daphne` est une application install\u00e9e. Sous la charge, le dyno manque de m\u00e9moire (`Error R14 (Memory quota exceeded)`), et depuis Channels 4 un projet sans `daphne` dans INSTALLED_APPS r\u00e9pond 404 \u00e0 chaque poign\u00e9e de main. Joignable sur `$PORT` et avec daphne parmi les apps, il sert bel et bien : c\u2019est alors un avertissement.\n\n## Exemple\n\n```Procfile file=Procfile\nweb: python manage.py runserver 0.0.0.0:$PORT\n```\n```findings\nProcfile:1:23 warning procfile/dev-server\n```\n\n### Dans un script\n\n```Procfile file=Procfile\nweb: bash start.sh\n```\n```bash file=start.sh\nset -e\npython manage.py migrate --noinput\nexec python manage.py runserver 0.0.0.0:$PORT\n```\n```findings\nstart.sh:3:23 warning procfile/dev-server\n```\n\n### Avec un port seul\n\n```Procfile file=Procfile\nweb: python manage.py runserver $PORT\n```\n```findings\nProcfile:1:23 error procfile/dev-server\n```\n\n## \u00c0 \u00e9crire \u00e0 la place\n\n```Procfile file=Procfile\nweb: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n```\n\n### Le d\u00e9veloppement \u00e0 part\n\n```Procfile file=Procfile\nweb: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n```\n```Procfile file=Procfile.dev\nweb: python manage.py runserver 0.0.0.0:8000\n```\n\n## Quand la r\u00e8gle se tait\n\nrunserver figure dans un autre processus que `web`, dans un Procfile que Heroku ne lit pas, ou derri\u00e8re une config var d\u2019ordinaire absente.\n\n## Sources\n\n- [runserver](https://docs.djangoproject.com/en/stable/ref/django-admin/#runserver) : \u00ab do not use this server in a production setting \u00bb\n- [Notes de Channels 4.0](https://channels.readthedocs.io/en/latest/releases/4.0.0.html) : runserver a d\u00e9m\u00e9nag\u00e9 dans daphne\n"},"procfile/duplicate-process":{en:`# procfile/duplicate-process

A process type is declared on two lines of the Procfile.

## Why it breaks

The last line wins, silently: the first server is never started. A \`web: gunicorn \u2026\` left above a new \`web: daphne \u2026\` does nothing; the other way round, the WebSockets get \`Unexpected response code: 404\`. Fir says \`Duplicate key web found\` in the build log and takes the last one too.

## Example

\`\`\`Procfile file=Procfile
web: gunicorn mysite.wsgi
web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application
\`\`\`
\`\`\`findings
Procfile:1:1 error procfile/duplicate-process
\`\`\`

## Use instead

\`\`\`Procfile file=Procfile
web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application
worker: celery -A mysite worker
\`\`\`

## When it is silent

Types that differ in case (\`web\`, \`Web\`) are different types on classic dynos; procfile/no-web looks at those.

## Sources

- [Specification of the CNB Procfile](https://github.com/heroku/buildpacks-procfile/blob/main/SPEC.md)
- [The Procfile](https://devcenter.heroku.com/articles/procfile)
`,fr:`# procfile/duplicate-process

Un type de processus est d\u00e9clar\u00e9 sur deux lignes du Procfile.

## Pourquoi \u00e7a casse

La derni\u00e8re ligne l\u2019emporte, en silence : le premier serveur n\u2019est jamais lanc\u00e9. Un \`web: gunicorn \u2026\` rest\u00e9 au-dessus d\u2019un nouveau \`web: daphne \u2026\` ne fait rien ; dans l\u2019autre sens, les WebSockets re\u00e7oivent \`Unexpected response code: 404\`. Fir \u00e9crit \`Duplicate key web found\` dans le journal du build et prend aussi la derni\u00e8re.

## Exemple

\`\`\`Procfile file=Procfile
web: gunicorn mysite.wsgi
web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application
\`\`\`
\`\`\`findings
Procfile:1:1 error procfile/duplicate-process
\`\`\`

## \u00c0 \u00e9crire \u00e0 la place

\`\`\`Procfile file=Procfile
web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application
worker: celery -A mysite worker
\`\`\`

## Quand la r\u00e8gle se tait

Des types qui ne diff\u00e8rent que par la casse (\`web\`, \`Web\`) sont distincts sur les dynos classiques ; procfile/no-web s\u2019en occupe.

## Sources

- [Sp\u00e9cification du Procfile CNB](https://github.com/heroku/buildpacks-procfile/blob/main/SPEC.md)
- [Le Procfile](https://devcenter.heroku.com/articles/procfile)
`},"procfile/keepalive":{en:`# procfile/keepalive

The pings of the web server cannot keep idle WebSockets open in the router\u2019s window of 55 seconds: daphne with \`--ping-interval\` at least 55, uvicorn with \`--ws-ping-interval\` at least 55, or a server that sends none by itself (gunicorn -k asgi, hypercorn, granian).

## Why it breaks

After the first byte, the router closes a connection on which no byte went either way for 55 seconds: \`at=error code=H15 desc="Idle connection"\`. In the browser the socket closes with code 1006. A ping frame is a byte: daphne and uvicorn send one every 20 seconds by default.

## Example

### Too late

\`\`\`Procfile file=Procfile
web: daphne -b 0.0.0.0 -p $PORT --ping-interval 60 mysite.asgi:application
\`\`\`
\`\`\`findings
Procfile:1:49 warning procfile/keepalive
\`\`\`

### A server that never pings

\`\`\`Procfile file=Procfile
web: gunicorn mysite.asgi -k asgi
\`\`\`
\`\`\`findings
Procfile:1:30 warning procfile/keepalive
\`\`\`

### hypercorn\u2019s default

\`\`\`Procfile file=Procfile
web: hypercorn mysite.asgi:application --bind 0.0.0.0:$PORT
\`\`\`
\`\`\`findings
Procfile:1:6 warning procfile/keepalive
\`\`\`

## Use instead

### daphne\u2019s default

\`\`\`Procfile file=Procfile
web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application
\`\`\`

### hypercorn told to ping

\`\`\`Procfile file=Procfile
web: hypercorn mysite.asgi:application --bind 0.0.0.0:$PORT --websocket-ping-interval 20
\`\`\`

### A heartbeat of the page

\`\`\`Procfile file=Procfile
web: gunicorn mysite.asgi -k asgi
\`\`\`
\`\`\`html file=templates/chat/room.html
<script>
  function open() {
    const socket = new WebSocket(\`\${location.protocol === 'https:' ? 'wss' : 'ws'}://\${location.host}/ws/chat/lobby/\`)
    const beat = setInterval(() => socket.send('{"type": "ping"}'), 30000)
    socket.onclose = () => {
      clearInterval(beat)
      setTimeout(open, 1000)
    }
  }
  open()
<\/script>
\`\`\`

## When it is silent

The page sends something at intervals; the interval comes from a config var or an unreadable file; the platform is not Heroku.

## Sources

- [HTTP routing: timeouts](https://devcenter.heroku.com/articles/http-routing#timeouts)
- [WebSockets on Heroku](https://devcenter.heroku.com/articles/websockets)
- daphne: \`--ping-interval\` 20 in [2.x to 4.2](https://github.com/django/daphne/blob/main/daphne/cli.py); 0 does not turn them off: it then pings [at every check, each 2 s](https://github.com/django/daphne/blob/main/daphne/ws_protocol.py); uvicorn: [\`--ws-ping-interval\` 20](https://www.uvicorn.org/settings/); hypercorn: [\`websocket_ping_interval\` None](https://hypercorn.readthedocs.io/en/latest/how_to_guides/configuring.html)
`,fr:`# procfile/keepalive

Les pings du serveur web ne peuvent pas garder ouverts les WebSockets inactifs dans la fen\u00eatre de 55 secondes du routeur : daphne avec \`--ping-interval\` \u00e0 partir de 55, uvicorn avec \`--ws-ping-interval\` \u00e0 partir de 55, ou un serveur qui n\u2019en envoie pas de lui-m\u00eame (gunicorn -k asgi, hypercorn, granian).

## Pourquoi \u00e7a casse

Apr\u00e8s le premier octet, le routeur ferme une connexion sur laquelle aucun octet n\u2019est pass\u00e9, dans un sens ou l\u2019autre, pendant 55 secondes : \`at=error code=H15 desc="Idle connection"\`. Dans le navigateur, le socket se ferme avec le code 1006. Une trame ping est un octet : daphne et uvicorn en envoient une toutes les 20 secondes par d\u00e9faut.

## Exemple

### Trop tard

\`\`\`Procfile file=Procfile
web: daphne -b 0.0.0.0 -p $PORT --ping-interval 60 mysite.asgi:application
\`\`\`
\`\`\`findings
Procfile:1:49 warning procfile/keepalive
\`\`\`

### Un serveur qui n\u2019envoie jamais de ping

\`\`\`Procfile file=Procfile
web: gunicorn mysite.asgi -k asgi
\`\`\`
\`\`\`findings
Procfile:1:30 warning procfile/keepalive
\`\`\`

### Le d\u00e9faut de hypercorn

\`\`\`Procfile file=Procfile
web: hypercorn mysite.asgi:application --bind 0.0.0.0:$PORT
\`\`\`
\`\`\`findings
Procfile:1:6 warning procfile/keepalive
\`\`\`

## \u00c0 \u00e9crire \u00e0 la place

### Le d\u00e9faut de daphne

\`\`\`Procfile file=Procfile
web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application
\`\`\`

### hypercorn pri\u00e9 d\u2019envoyer des pings

\`\`\`Procfile file=Procfile
web: hypercorn mysite.asgi:application --bind 0.0.0.0:$PORT --websocket-ping-interval 20
\`\`\`

### Un battement de la page

\`\`\`Procfile file=Procfile
web: gunicorn mysite.asgi -k asgi
\`\`\`
\`\`\`html file=templates/chat/room.html
<script>
  function open() {
    const socket = new WebSocket(\`\${location.protocol === 'https:' ? 'wss' : 'ws'}://\${location.host}/ws/chat/lobby/\`)
    const beat = setInterval(() => socket.send('{"type": "ping"}'), 30000)
    socket.onclose = () => {
      clearInterval(beat)
      setTimeout(open, 1000)
    }
  }
  open()
<\/script>
\`\`\`

## Quand la r\u00e8gle se tait

La page envoie quelque chose \u00e0 intervalles ; l\u2019intervalle vient d\u2019une config var ou d\u2019un fichier illisible ; la plateforme n\u2019est pas Heroku.

## Sources

- [Routage HTTP : d\u00e9lais](https://devcenter.heroku.com/articles/http-routing#timeouts)
- [WebSockets sur Heroku](https://devcenter.heroku.com/articles/websockets)
- daphne : \`--ping-interval\` 20 de [2.x \u00e0 4.2](https://github.com/django/daphne/blob/main/daphne/cli.py) ; 0 ne les \u00e9teint pas : il envoie alors un ping [\u00e0 chaque contr\u00f4le, toutes les 2 s](https://github.com/django/daphne/blob/main/daphne/ws_protocol.py) ; uvicorn : [\`--ws-ping-interval\` 20](https://www.uvicorn.org/settings/) ; hypercorn : [\`websocket_ping_interval\` None](https://hypercorn.readthedocs.io/en/latest/how_to_guides/configuring.html)
`},"procfile/missing":{en:"# procfile/missing\n\nThe app has no file named exactly `Procfile` in its root, and no heroku.yml that says what to run. Near misses are named: another case, an extension, a misspelling, a copy in a sub-folder.\n\n## Why it breaks\n\nHeroku reads only `Procfile`, case-sensitive, without extension, in the root of what is pushed. Without it the build ends with `Procfile declares types -> (none)`, the Python buildpack starts nothing by itself, and every request gets `H14 No web processes running`.\n\n## Example\n\n### In lower case\n\n```text delete=Procfile\n```\n```Procfile file=procfile\nweb: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n```\n```findings\nprocfile:1:1 error procfile/missing\n```\n\n### With an extension\n\n```text delete=Procfile\n```\n```Procfile file=Procfile.txt\nweb: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n```\n```findings\nProcfile.txt:1:1 error procfile/missing\n```\n\n### None at all\n\n```text delete=Procfile\n```\n```findings\nmanage.py:1:1 error procfile/missing\n```\n\n## Use instead\n\n### The exact name\n\n```Procfile file=Procfile\nweb: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n```\n\n### A container whose heroku.yml says what to run\n\n```text delete=Procfile\n```\n```text delete=app.json\n```\n```yaml file=heroku.yml\nbuild:\n  docker:\n    web: Dockerfile\nrun:\n  web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n```\n```dockerfile file=Dockerfile\nFROM python:3.13\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\n```\n\n### A container whose Dockerfile has a CMD\n\n```text delete=Procfile\n```\n```text delete=app.json\n```\n```yaml file=heroku.yml\nbuild:\n  docker:\n    web: Dockerfile\n```\n```dockerfile file=Dockerfile\nFROM python:3.13\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\nCMD daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n```\n\n### An image that starts by itself\n\n```text delete=Procfile\n```\n```text delete=app.json\n```\n```dockerfile file=Dockerfile\nFROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\nCMD daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n```\n\n## When it is silent\n\nThe project is no Django project; heroku.yml has `run`, or a Dockerfile it builds has a CMD; the manifest of another platform stands in the root and nothing names Heroku.\n\n## Sources\n\n- [The Procfile](https://devcenter.heroku.com/articles/procfile): name, place, format\n- [Error H14](https://devcenter.heroku.com/articles/error-codes#h14-no-web-dynos-running)\n- [heroku.yml](https://devcenter.heroku.com/articles/build-docker-images-heroku-yml): `run`, else the CMD\n",fr:"# procfile/missing\n\nL\u2019application n\u2019a pas de fichier nomm\u00e9 exactement `Procfile` \u00e0 sa racine, ni de heroku.yml qui dise quoi lancer. Les quasi-r\u00e9ussites sont nomm\u00e9es : autre casse, extension, faute de frappe, copie dans un sous-dossier.\n\n## Pourquoi \u00e7a casse\n\nHeroku ne lit que `Procfile`, casse comprise, sans extension, \u00e0 la racine de ce qui est pouss\u00e9. Sans lui, le build se termine par `Procfile declares types -> (none)`, le buildpack Python ne lance rien de lui-m\u00eame, et chaque requ\u00eate re\u00e7oit `H14 No web processes running`.\n\n## Exemple\n\n### En minuscules\n\n```text delete=Procfile\n```\n```Procfile file=procfile\nweb: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n```\n```findings\nprocfile:1:1 error procfile/missing\n```\n\n### Avec une extension\n\n```text delete=Procfile\n```\n```Procfile file=Procfile.txt\nweb: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n```\n```findings\nProcfile.txt:1:1 error procfile/missing\n```\n\n### Aucun\n\n```text delete=Procfile\n```\n```findings\nmanage.py:1:1 error procfile/missing\n```\n\n## \u00c0 \u00e9crire \u00e0 la place\n\n### Le nom exact\n\n```Procfile file=Procfile\nweb: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n```\n\n### Un conteneur dont heroku.yml dit quoi lancer\n\n```text delete=Procfile\n```\n```text delete=app.json\n```\n```yaml file=heroku.yml\nbuild:\n  docker:\n    web: Dockerfile\nrun:\n  web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n```\n```dockerfile file=Dockerfile\nFROM python:3.13\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\n```\n\n### Un conteneur dont le Dockerfile a un CMD\n\n```text delete=Procfile\n```\n```text delete=app.json\n```\n```yaml file=heroku.yml\nbuild:\n  docker:\n    web: Dockerfile\n```\n```dockerfile file=Dockerfile\nFROM python:3.13\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\nCMD daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n```\n\n### Une image qui d\u00e9marre d\u2019elle-m\u00eame\n\n```text delete=Procfile\n```\n```text delete=app.json\n```\n```dockerfile file=Dockerfile\nFROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\nCMD daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n```\n\n## Quand la r\u00e8gle se tait\n\nLe projet n\u2019est pas un projet Django ; heroku.yml a `run`, ou un Dockerfile qu\u2019il construit a un CMD ; le manifeste d\u2019une autre plateforme figure \u00e0 la racine et rien ne nomme Heroku.\n\n## Sources\n\n- [Le Procfile](https://devcenter.heroku.com/articles/procfile) : nom, place, format\n- [Erreur H14](https://devcenter.heroku.com/articles/error-codes#h14-no-web-dynos-running)\n- [heroku.yml](https://devcenter.heroku.com/articles/build-docker-images-heroku-yml) : `run`, sinon le CMD\n"},"procfile/no-web":{en:'# procfile/no-web\n\nThe Procfile (or heroku.yml) declares processes, but none is called `web`.\n\n## Why it breaks\n\nThe router sends traffic to `web` dynos alone. Any other name \u2014 `Web`, `server`, `daphne` \u2014 starts a dyno that nobody reaches: `at=error code=H14 desc="No web processes running"`.\n\n## Example\n\n### In another case\n\n```Procfile file=Procfile\nWeb: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n```\n```findings\nProcfile:1:1 error procfile/no-web\n```\n\n### Named after the server\n\n```Procfile file=Procfile\nrelease: python manage.py migrate\ndaphne: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n```\n```findings\nProcfile:2:1 error procfile/no-web\n```\n\n## Use instead\n\n```Procfile file=Procfile\nrelease: python manage.py migrate\nweb: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n```\n\n### An app of workers only, said so\n\n```Procfile file=Procfile\nworker: celery -A mysite worker\n```\n```toml file=dynolint.toml\nworker-only = true\n```\n\n## When it is silent\n\nThe configuration says `worker-only = true`; the project is no Django project.\n\n## Sources\n\n- [The web process type](https://devcenter.heroku.com/articles/procfile#the-web-process-type)\n- [Error H14](https://devcenter.heroku.com/articles/error-codes#h14-no-web-dynos-running)\n',fr:'# procfile/no-web\n\nLe Procfile (ou heroku.yml) d\u00e9clare des processus, mais aucun ne s\u2019appelle `web`.\n\n## Pourquoi \u00e7a casse\n\nLe routeur n\u2019envoie du trafic qu\u2019aux dynos `web`. Tout autre nom \u2014 `Web`, `server`, `daphne` \u2014 lance un dyno que personne n\u2019atteint : `at=error code=H14 desc="No web processes running"`.\n\n## Exemple\n\n### Dans une autre casse\n\n```Procfile file=Procfile\nWeb: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n```\n```findings\nProcfile:1:1 error procfile/no-web\n```\n\n### Nomm\u00e9 d\u2019apr\u00e8s le serveur\n\n```Procfile file=Procfile\nrelease: python manage.py migrate\ndaphne: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n```\n```findings\nProcfile:2:1 error procfile/no-web\n```\n\n## \u00c0 \u00e9crire \u00e0 la place\n\n```Procfile file=Procfile\nrelease: python manage.py migrate\nweb: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n```\n\n### Une application de workers seuls, dite telle\n\n```Procfile file=Procfile\nworker: celery -A mysite worker\n```\n```toml file=dynolint.toml\nworker-only = true\n```\n\n## Quand la r\u00e8gle se tait\n\nLa configuration dit `worker-only = true` ; le projet n\u2019est pas un projet Django.\n\n## Sources\n\n- [Le type de processus web](https://devcenter.heroku.com/articles/procfile#the-web-process-type)\n- [Erreur H14](https://devcenter.heroku.com/articles/error-codes#h14-no-web-dynos-running)\n'},"procfile/release-phase":{en:"# procfile/release-phase\n\n`release:` runs collectstatic or makemigrations, or `web:` runs migrate, collectstatic or makemigrations before the server. Scripts are followed.\n\n## Why it breaks\n\nThe release dyno\u2019s files are thrown away: static files collected there are never served (`ValueError: Missing staticfiles manifest entry`), and migrations made there differ from the ones your next deploy makes (`NodeNotFoundError`, `relation does not exist`). Before the server, every dyno of every start runs the command within the 60 seconds to bind the port: `Error R10 (Boot timeout)`.\n\n## Example\n\n### In release\n\n```Procfile file=Procfile\nrelease: python manage.py collectstatic --noinput && python manage.py makemigrations && python manage.py migrate\nweb: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n```\n```findings\nProcfile:1:27 warning procfile/release-phase\nProcfile:1:71 warning procfile/release-phase\n```\n\n### Before the server\n\n```Procfile file=Procfile\nweb: python manage.py migrate && daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n```\n```findings\nProcfile:1:23 warning procfile/release-phase\n```\n\n### In a script\n\n```Procfile file=Procfile\nrelease: ./release.sh\nweb: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n```\n```bash file=release.sh\n#!/bin/bash\nset -e\npython manage.py makemigrations\npython manage.py migrate\n```\n```findings\nProcfile:1:10 warning procfile/release-phase\n```\n\n## Use instead\n\n```Procfile file=Procfile\nrelease: python manage.py migrate --noinput\nweb: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n```\n\n## When it is silent\n\n`release: python manage.py migrate`; commands behind `||`; processes other than these two.\n\n## Sources\n\n- [Release phase](https://devcenter.heroku.com/articles/release-phase)\n- [Django and static assets](https://devcenter.heroku.com/articles/django-assets): collectstatic runs at build\n",fr:"# procfile/release-phase\n\n`release:` lance collectstatic ou makemigrations, ou `web:` lance migrate, collectstatic ou makemigrations avant le serveur. Les scripts sont suivis.\n\n## Pourquoi \u00e7a casse\n\nLes fichiers du dyno de release sont jet\u00e9s : les fichiers statiques qui y sont collect\u00e9s ne sont jamais servis (`ValueError: Missing staticfiles manifest entry`), et les migrations qui y sont cr\u00e9\u00e9es diff\u00e8rent de celles du prochain d\u00e9ploiement (`NodeNotFoundError`, `relation does not exist`). Avant le serveur, chaque dyno de chaque d\u00e9marrage lance la commande dans les 60 secondes accord\u00e9es pour \u00e9couter sur le port : `Error R10 (Boot timeout)`.\n\n## Exemple\n\n### Dans release\n\n```Procfile file=Procfile\nrelease: python manage.py collectstatic --noinput && python manage.py makemigrations && python manage.py migrate\nweb: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n```\n```findings\nProcfile:1:27 warning procfile/release-phase\nProcfile:1:71 warning procfile/release-phase\n```\n\n### Avant le serveur\n\n```Procfile file=Procfile\nweb: python manage.py migrate && daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n```\n```findings\nProcfile:1:23 warning procfile/release-phase\n```\n\n### Dans un script\n\n```Procfile file=Procfile\nrelease: ./release.sh\nweb: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n```\n```bash file=release.sh\n#!/bin/bash\nset -e\npython manage.py makemigrations\npython manage.py migrate\n```\n```findings\nProcfile:1:10 warning procfile/release-phase\n```\n\n## \u00c0 \u00e9crire \u00e0 la place\n\n```Procfile file=Procfile\nrelease: python manage.py migrate --noinput\nweb: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n```\n\n## Quand la r\u00e8gle se tait\n\n`release: python manage.py migrate` ; les commandes apr\u00e8s `||` ; les processus autres que ces deux-l\u00e0.\n\n## Sources\n\n- [Phase de release](https://devcenter.heroku.com/articles/release-phase)\n- [Django et les fichiers statiques](https://devcenter.heroku.com/articles/django-assets) : collectstatic est lanc\u00e9 au build\n"},"procfile/server-not-web":{en:`# procfile/server-not-web

An ASGI server runs in a process other than \`web\`, beside a \`web\` process that serves something else.

## Why it breaks

Only \`web\` dynos get traffic from the router. \`web: gunicorn \u2026\` with \`web2: daphne \u2026\` sends every WebSocket handshake to gunicorn (\`Unexpected response code: 404\`), while the daphne dyno waits and is paid for.

## Example

\`\`\`Procfile file=Procfile
web: gunicorn mysite.wsgi
web2: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application
\`\`\`
\`\`\`findings
Procfile:2:7 warning procfile/server-not-web
\`\`\`

## Use instead

\`\`\`Procfile file=Procfile
web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application
worker: celery -A mysite worker
\`\`\`

## When it is silent

There is no \`web\` process at all (procfile/no-web); the other process starts no ASGI server.

## Sources

- [The web process type](https://devcenter.heroku.com/articles/procfile#the-web-process-type)
- [HTTP routing](https://devcenter.heroku.com/articles/http-routing)
`,fr:`# procfile/server-not-web

Un serveur ASGI tourne dans un autre processus que \`web\`, \u00e0 c\u00f4t\u00e9 d\u2019un \`web\` qui sert autre chose.

## Pourquoi \u00e7a casse

Seuls les dynos \`web\` re\u00e7oivent du trafic du routeur. \`web: gunicorn \u2026\` avec \`web2: daphne \u2026\` envoie chaque poign\u00e9e de main WebSocket \u00e0 gunicorn (\`Unexpected response code: 404\`), pendant que le dyno daphne attend et se paie.

## Exemple

\`\`\`Procfile file=Procfile
web: gunicorn mysite.wsgi
web2: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application
\`\`\`
\`\`\`findings
Procfile:2:7 warning procfile/server-not-web
\`\`\`

## \u00c0 \u00e9crire \u00e0 la place

\`\`\`Procfile file=Procfile
web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application
worker: celery -A mysite worker
\`\`\`

## Quand la r\u00e8gle se tait

Il n\u2019y a pas de processus \`web\` du tout (procfile/no-web) ; l\u2019autre processus ne lance pas de serveur ASGI.

## Sources

- [Le type de processus web](https://devcenter.heroku.com/articles/procfile#the-web-process-type)
- [Routage HTTP](https://devcenter.heroku.com/articles/http-routing)
`},"procfile/syntax":{en:"# procfile/syntax\n\nA line of the Procfile is dropped or misread, so that a process is lost or changed. What each platform accepts differs: Heroku\u2019s classic dynos, Fir, and `heroku local` have three grammars.\n\n## Why it breaks\n\nClassic dynos match each line against `^[[:space:]]*([a-zA-Z0-9_-]+):?\\s+(.*)`: a blank behind the colon is needed, the colon itself is not. So `web:daphne` is dropped, `web : daphne` runs a command named `:`, and a pasted `heroku ps:scale web=1` becomes a process type `heroku`. There are no continuation lines, and a byte order mark makes the first line unreadable. The result is `Procfile declares types -> (none)` or `H14 No web processes running`.\n\n## Example\n\n### No space behind the colon\n\n```Procfile file=Procfile\nweb:daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n```\n```findings\nProcfile:1:1 error procfile/syntax\n```\n\n### A space before the colon\n\n```Procfile file=Procfile\nweb : daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n```\n```findings\nProcfile:1:1 error procfile/syntax\n```\n\n### A continued line\n\n```Procfile file=Procfile\nweb: daphne -b 0.0.0.0 \\\n    -p $PORT mysite.asgi:application\n```\n```findings\nProcfile:1:24 error procfile/syntax\n```\n\n### A pasted shell line\n\n```Procfile file=Procfile\nweb: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\nheroku ps:scale web=1\n```\n```findings\nProcfile:2:1 warning procfile/syntax\n```\n\n### A missing colon\n\n```Procfile file=Procfile\nweb daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n```\n```findings\nProcfile:1:1 warning procfile/syntax\n```\n\n### A type without a command\n\n```Procfile file=Procfile\nweb: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\nrelease:\n```\n```findings\nProcfile:2:1 error procfile/syntax\n```\n\n## Use instead\n\n### One process per line\n\n```Procfile file=Procfile\n# comments and blank lines are fine\n\nrelease: python manage.py migrate --noinput\nweb: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n```\n\n### Underscores and Windows line ends\n\n```Procfile file=Procfile\nweb: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\r\ncelery_beat: celery -A mysite beat\r\n```\n\n## When it is silent\n\nComments, blank lines and CRLF line ends are fine on every platform. Underscores and capitals in a type are corrected by Fir and accepted elsewhere.\n\n## Sources\n\n- [The Procfile](https://devcenter.heroku.com/articles/procfile)\n- [Specification of the CNB Procfile](https://github.com/heroku/buildpacks-procfile/blob/main/SPEC.md): Fir\u2019s grammar, and the classic regular expression\n",fr:"# procfile/syntax\n\nUne ligne du Procfile est ignor\u00e9e ou mal lue, si bien qu\u2019un processus se perd ou change. Chaque plateforme accepte autre chose : les dynos classiques de Heroku, Fir et `heroku local` ont trois grammaires.\n\n## Pourquoi \u00e7a casse\n\nLes dynos classiques comparent chaque ligne \u00e0 `^[[:space:]]*([a-zA-Z0-9_-]+):?\\s+(.*)` : il faut une espace apr\u00e8s le deux-points, mais pas le deux-points lui-m\u00eame. Ainsi `web:daphne` est ignor\u00e9e, `web : daphne` lance une commande nomm\u00e9e `:`, et une ligne coll\u00e9e `heroku ps:scale web=1` devient un type de processus `heroku`. Il n\u2019y a pas de lignes de continuation, et une marque d\u2019ordre des octets rend la premi\u00e8re ligne illisible. On obtient `Procfile declares types -> (none)` ou `H14 No web processes running`.\n\n## Exemple\n\n### Pas d\u2019espace apr\u00e8s le deux-points\n\n```Procfile file=Procfile\nweb:daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n```\n```findings\nProcfile:1:1 error procfile/syntax\n```\n\n### Une espace avant le deux-points\n\n```Procfile file=Procfile\nweb : daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n```\n```findings\nProcfile:1:1 error procfile/syntax\n```\n\n### Une ligne continu\u00e9e\n\n```Procfile file=Procfile\nweb: daphne -b 0.0.0.0 \\\n    -p $PORT mysite.asgi:application\n```\n```findings\nProcfile:1:24 error procfile/syntax\n```\n\n### Une ligne de shell coll\u00e9e\n\n```Procfile file=Procfile\nweb: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\nheroku ps:scale web=1\n```\n```findings\nProcfile:2:1 warning procfile/syntax\n```\n\n### Un deux-points oubli\u00e9\n\n```Procfile file=Procfile\nweb daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n```\n```findings\nProcfile:1:1 warning procfile/syntax\n```\n\n### Un type sans commande\n\n```Procfile file=Procfile\nweb: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\nrelease:\n```\n```findings\nProcfile:2:1 error procfile/syntax\n```\n\n## \u00c0 \u00e9crire \u00e0 la place\n\n### Un processus par ligne\n\n```Procfile file=Procfile\n# comments and blank lines are fine\n\nrelease: python manage.py migrate --noinput\nweb: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n```\n\n### Tirets bas et fins de ligne de Windows\n\n```Procfile file=Procfile\nweb: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\r\ncelery_beat: celery -A mysite beat\r\n```\n\n## Quand la r\u00e8gle se tait\n\nCommentaires, lignes vides et fins de ligne CRLF sont accept\u00e9s partout. Tirets bas et majuscules dans un type sont corrig\u00e9s par Fir et accept\u00e9s ailleurs.\n\n## Sources\n\n- [Le Procfile](https://devcenter.heroku.com/articles/procfile)\n- [Sp\u00e9cification du Procfile CNB](https://github.com/heroku/buildpacks-procfile/blob/main/SPEC.md) : la grammaire de Fir, et l\u2019expression r\u00e9guli\u00e8re classique\n"},"procfile/unknown-flag":{en:"# procfile/unknown-flag\n\nA server is given an option that it does not have at its pinned version, an option without its value, a value that it or its parser refuses (also in a variable such as UVICORN_PORT or in its configuration file), or the same option twice with different values. Known per release: daphne, uvicorn, gunicorn, hypercorn, granian, waitress.\n\n## Why it breaks\n\nThe server exits before it listens: `daphne: error: unrecognized arguments: --workers 2`, `Error: No such option: --preload`. The dyno crashes and every request gets `H10 App crashed`. Of an option given twice, the last one wins without a word.\n\n## Example\n\n### An option of another server\n\n```Procfile file=Procfile\nweb: daphne -b 0.0.0.0 -p $PORT --workers=2 mysite.asgi:application\n```\n```findings\nProcfile:1:33 error procfile/unknown-flag\n```\n\n### An option that this version no longer has\n\n```Procfile file=Procfile\nweb: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application --ws-protocol graphql-ws\n```\n```findings\nProcfile:1:57 error procfile/unknown-flag\nProcfile:1:71 error procfile/unknown-flag\n```\n\n### A value out of range\n\n```Procfile file=Procfile\nweb: daphne -b 0.0.0.0 -p $PORT -v4 mysite.asgi:application\n```\n```findings\nProcfile:1:33 error procfile/unknown-flag\n```\n\n### Twice\n\n```Procfile file=Procfile\nweb: daphne -b 0.0.0.0 -p 8001 mysite.asgi:application --port $PORT\n```\n```findings\nProcfile:1:24 warning procfile/unknown-flag\n```\n\n### A worker that does not exist\n\n```Procfile file=Procfile\nweb: gunicorn mysite.asgi:application -k uvicorn.worker.UvicornWorker\n```\n```findings\nProcfile:1:42 error procfile/unknown-flag\n```\n\n### A variable that is no number\n\n```Procfile file=Procfile\nweb: UVICORN_WORKERS=two uvicorn mysite.asgi:application --host 0.0.0.0 --port $PORT\n```\n```findings\nProcfile:1:6 error procfile/unknown-flag\n```\n\n### A lifespan that nobody answers\n\n```Procfile file=Procfile\nweb: uvicorn mysite.asgi:application --host 0.0.0.0 --port $PORT --lifespan on\n```\n```findings\nProcfile:1:66 error procfile/unknown-flag\n```\n\n## Use instead\n\n```Procfile file=Procfile\nweb: daphne -b 0.0.0.0 -p $PORT -v2 --proxy-headers --access-log - mysite.asgi:application\n```\n\n### Unambiguous beginnings count, as argparse allows\n\n```Procfile file=Procfile\nweb: daphne --bind 0.0.0.0 --po $PORT mysite.asgi:application\n```\n\n### The version is not known, and some release has the option\n\n```Procfile file=Procfile\nweb: daphne -b 0.0.0.0 -p $PORT --websocket-max-message-size 0 mysite.asgi:application\n```\n```requirements file=requirements.txt\nDjango\nchannels\nchannels-redis\ndaphne\n```\n\n## When it is silent\n\nThe server is none of those known; its version is not pinned and some release has the option; options come from a config var that may be empty.\n\n## Sources\n\n- The servers\u2019 own parsers, release by release: [daphne](https://github.com/django/daphne/blob/main/daphne/cli.py) (`--ws-protocol` removed in 4.0, `--websocket-max-message-size` since 4.2.2), [uvicorn](https://github.com/encode/uvicorn/blob/master/uvicorn/main.py), [gunicorn](https://docs.gunicorn.org/en/stable/settings.html), [hypercorn](https://hypercorn.readthedocs.io/en/latest/how_to_guides/configuring.html), [granian](https://github.com/emmett-framework/granian)\n",fr:"# procfile/unknown-flag\n\nUn serveur re\u00e7oit une option qu\u2019il n\u2019a pas dans sa version \u00e9pingl\u00e9e, une option sans sa valeur, une valeur que lui ou son analyseur refuse (aussi dans une variable comme UVICORN_PORT ou dans son fichier de configuration), ou deux fois la m\u00eame option avec des valeurs diff\u00e9rentes. Connus par version : daphne, uvicorn, gunicorn, hypercorn, granian, waitress.\n\n## Pourquoi \u00e7a casse\n\nLe serveur se termine avant d\u2019\u00e9couter : `daphne: error: unrecognized arguments: --workers 2`, `Error: No such option: --preload`. Le dyno s\u2019arr\u00eate et chaque requ\u00eate re\u00e7oit `H10 App crashed`. D\u2019une option donn\u00e9e deux fois, la derni\u00e8re l\u2019emporte sans un mot.\n\n## Exemple\n\n### Une option d\u2019un autre serveur\n\n```Procfile file=Procfile\nweb: daphne -b 0.0.0.0 -p $PORT --workers=2 mysite.asgi:application\n```\n```findings\nProcfile:1:33 error procfile/unknown-flag\n```\n\n### Une option que cette version n\u2019a plus\n\n```Procfile file=Procfile\nweb: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application --ws-protocol graphql-ws\n```\n```findings\nProcfile:1:57 error procfile/unknown-flag\nProcfile:1:71 error procfile/unknown-flag\n```\n\n### Une valeur hors bornes\n\n```Procfile file=Procfile\nweb: daphne -b 0.0.0.0 -p $PORT -v4 mysite.asgi:application\n```\n```findings\nProcfile:1:33 error procfile/unknown-flag\n```\n\n### Deux fois\n\n```Procfile file=Procfile\nweb: daphne -b 0.0.0.0 -p 8001 mysite.asgi:application --port $PORT\n```\n```findings\nProcfile:1:24 warning procfile/unknown-flag\n```\n\n### Un worker qui n\u2019existe pas\n\n```Procfile file=Procfile\nweb: gunicorn mysite.asgi:application -k uvicorn.worker.UvicornWorker\n```\n```findings\nProcfile:1:42 error procfile/unknown-flag\n```\n\n### Une variable qui n\u2019est pas un nombre\n\n```Procfile file=Procfile\nweb: UVICORN_WORKERS=two uvicorn mysite.asgi:application --host 0.0.0.0 --port $PORT\n```\n```findings\nProcfile:1:6 error procfile/unknown-flag\n```\n\n### Un lifespan auquel personne ne r\u00e9pond\n\n```Procfile file=Procfile\nweb: uvicorn mysite.asgi:application --host 0.0.0.0 --port $PORT --lifespan on\n```\n```findings\nProcfile:1:66 error procfile/unknown-flag\n```\n\n## \u00c0 \u00e9crire \u00e0 la place\n\n```Procfile file=Procfile\nweb: daphne -b 0.0.0.0 -p $PORT -v2 --proxy-headers --access-log - mysite.asgi:application\n```\n\n### Les d\u00e9buts sans ambigu\u00eft\u00e9 comptent, comme argparse le permet\n\n```Procfile file=Procfile\nweb: daphne --bind 0.0.0.0 --po $PORT mysite.asgi:application\n```\n\n### La version n\u2019est pas connue, et une version a l\u2019option\n\n```Procfile file=Procfile\nweb: daphne -b 0.0.0.0 -p $PORT --websocket-max-message-size 0 mysite.asgi:application\n```\n```requirements file=requirements.txt\nDjango\nchannels\nchannels-redis\ndaphne\n```\n\n## Quand la r\u00e8gle se tait\n\nLe serveur n\u2019est pas l\u2019un de ceux-l\u00e0 ; sa version n\u2019est pas \u00e9pingl\u00e9e et une version a l\u2019option ; des options viennent d\u2019une config var qui peut \u00eatre vide.\n\n## Sources\n\n- Les analyseurs des serveurs eux-m\u00eames, version par version : [daphne](https://github.com/django/daphne/blob/main/daphne/cli.py) (`--ws-protocol` retir\u00e9e en 4.0, `--websocket-max-message-size` depuis 4.2.2), [uvicorn](https://github.com/encode/uvicorn/blob/master/uvicorn/main.py), [gunicorn](https://docs.gunicorn.org/en/stable/settings.html), [hypercorn](https://hypercorn.readthedocs.io/en/latest/how_to_guides/configuring.html), [granian](https://github.com/emmett-framework/granian)\n"},"procfile/useless-worker":{en:`# procfile/useless-worker

A process runs \`manage.py runworker\` without naming a channel, or names channels that no \`ChannelNameRouter\` of the served application declares.

## Why it breaks

Channels 1 needed workers for WebSockets. Since Channels 2 the server runs the consumers itself; \`runworker\` serves only channels that code sends to by name, and without a name it exits: \`manage.py runworker: error: the following arguments are required: channels\`. A \`runworker channels\` copied from elsewhere waits forever for messages nobody sends, or fails with \`No application configured for scope type 'channel'\`; the dyno is paid for either way.

## Example

### No channel

\`\`\`Procfile file=Procfile
web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application
worker: python manage.py runworker -v2
\`\`\`
\`\`\`findings
Procfile:2:26 error procfile/useless-worker
\`\`\`

### A channel nobody declares

\`\`\`Procfile file=Procfile
web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application
worker: python manage.py runworker channel_layer -v2
\`\`\`
\`\`\`findings
Procfile:2:26 warning procfile/useless-worker
\`\`\`

## Use instead

### No worker

\`\`\`Procfile file=Procfile
web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application
\`\`\`

### A declared channel

\`\`\`Procfile file=Procfile
web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application
worker: python manage.py runworker thumbnails -v2
\`\`\`
\`\`\`python file=mysite/asgi.py
import os

from django.core.asgi import get_asgi_application

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')
django_application = get_asgi_application()

from channels.routing import ChannelNameRouter, ProtocolTypeRouter, URLRouter

from chat.consumers import ChatConsumer
from chat.routing import websocket_urlpatterns

application = ProtocolTypeRouter(
    {
        'http': django_application,
        'websocket': URLRouter(websocket_urlpatterns),
        'channel': ChannelNameRouter({'thumbnails': ChatConsumer.as_asgi()}),
    }
)
\`\`\`

## When it is silent

A \`ChannelNameRouter\` declares one of the channels; the served application cannot be read; Channels 1 is pinned.

## Sources

- [Worker and background tasks](https://channels.readthedocs.io/en/latest/topics/worker.html)
- [channels/management/commands/runworker.py](https://github.com/django/channels/blob/main/channels/management/commands/runworker.py): \`nargs="+"\`
`,fr:`# procfile/useless-worker

Un processus lance \`manage.py runworker\` sans nommer de canal, ou nomme des canaux qu\u2019aucun \`ChannelNameRouter\` de l\u2019application servie ne d\u00e9clare.

## Pourquoi \u00e7a casse

Channels 1 avait besoin de workers pour les WebSockets. Depuis Channels 2, le serveur ex\u00e9cute lui-m\u00eame les consumers ; \`runworker\` ne sert que des canaux auxquels du code envoie par leur nom, et sans nom il se termine : \`manage.py runworker: error: the following arguments are required: channels\`. Un \`runworker channels\` copi\u00e9 d\u2019ailleurs attend sans fin des messages que personne n\u2019envoie, ou \u00e9choue avec \`No application configured for scope type 'channel'\` ; le dyno se paie de toute fa\u00e7on.

## Exemple

### Pas de canal

\`\`\`Procfile file=Procfile
web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application
worker: python manage.py runworker -v2
\`\`\`
\`\`\`findings
Procfile:2:26 error procfile/useless-worker
\`\`\`

### Un canal que personne ne d\u00e9clare

\`\`\`Procfile file=Procfile
web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application
worker: python manage.py runworker channel_layer -v2
\`\`\`
\`\`\`findings
Procfile:2:26 warning procfile/useless-worker
\`\`\`

## \u00c0 \u00e9crire \u00e0 la place

### Pas de worker

\`\`\`Procfile file=Procfile
web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application
\`\`\`

### Un canal d\u00e9clar\u00e9

\`\`\`Procfile file=Procfile
web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application
worker: python manage.py runworker thumbnails -v2
\`\`\`
\`\`\`python file=mysite/asgi.py
import os

from django.core.asgi import get_asgi_application

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')
django_application = get_asgi_application()

from channels.routing import ChannelNameRouter, ProtocolTypeRouter, URLRouter

from chat.consumers import ChatConsumer
from chat.routing import websocket_urlpatterns

application = ProtocolTypeRouter(
    {
        'http': django_application,
        'websocket': URLRouter(websocket_urlpatterns),
        'channel': ChannelNameRouter({'thumbnails': ChatConsumer.as_asgi()}),
    }
)
\`\`\`

## Quand la r\u00e8gle se tait

Un \`ChannelNameRouter\` d\u00e9clare un des canaux ; l\u2019application servie est illisible ; Channels 1 est \u00e9pingl\u00e9.

## Sources

- [Workers et t\u00e2ches de fond](https://channels.readthedocs.io/en/latest/topics/worker.html)
- [channels/management/commands/runworker.py](https://github.com/django/channels/blob/main/channels/management/commands/runworker.py) : \`nargs="+"\`
`},"procfile/wsgi-server":{en:"# procfile/wsgi-server\n\n`web` starts a WSGI server \u2014 gunicorn with one of its WSGI workers, uWSGI, waitress, mod_wsgi \u2014, gives an ASGI server a WSGI application, or lets granian speak its own rsgi, while the project uses Channels.\n\n## Why it breaks\n\nWSGI has no WebSockets. The handshake is served as a plain HTTP request that no URL matches; the browser says `WebSocket connection failed: Error during handshake: Unexpected response code: 404`. With an ASGI target, a WSGI worker answers every request with 500: `TypeError: ProtocolTypeRouter.__call__() missing 1 required positional argument: 'send'`. A WSGI application behind an ASGI server and granian\u2019s rsgi end the same way: not even a page comes. Without `-k`, gunicorn uses its `sync` worker.\n\n## Example\n\n### gunicorn\u2019s default worker\n\n```Procfile file=Procfile\nweb: gunicorn mysite.wsgi\n```\n```findings\nProcfile:1:6 error procfile/wsgi-server\n```\n\n### The worker chosen in the configuration file\n\n```Procfile file=Procfile\nweb: gunicorn mysite.wsgi\n```\n```python file=gunicorn.conf.py\nimport os\n\nworker_class = 'gthread'\nbind = f\"0.0.0.0:{os.environ['PORT']}\"\n```\n```findings\nProcfile:1:6 error procfile/wsgi-server\n```\n\n### An ASGI server given the WSGI application\n\n```Procfile file=Procfile\nweb: uvicorn mysite.wsgi:application --host 0.0.0.0 --port $PORT\n```\n```findings\nProcfile:1:14 error procfile/wsgi-server\n```\n\n### granian without an interface\n\n```Procfile file=Procfile\nweb: granian --host 0.0.0.0 --port $PORT mysite.asgi:application\n```\n```findings\nProcfile:1:6 error procfile/wsgi-server\n```\n\n## Use instead\n\n### daphne\n\n```Procfile file=Procfile\nweb: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n```\n\n### gunicorn with an ASGI worker\n\n```Procfile file=Procfile\nweb: gunicorn mysite.asgi -k uvicorn_worker.UvicornWorker\n```\n\n### A worker class nobody knows\n\n```Procfile file=Procfile\nweb: gunicorn mysite.asgi -k $WORKER_CLASS\n```\n\n## When it is silent\n\nAny ASGI server; a worker class that comes from a config var or an unreadable configuration file; a project without Channels, or on Channels 1.\n\n## Sources\n\n- [Channels: deploying](https://channels.readthedocs.io/en/latest/deploying.html)\n- [gunicorn: worker classes](https://docs.gunicorn.org/en/stable/settings.html#worker-class): `asgi` since 24.0.0\n- [channels#942](https://github.com/django/channels/issues/942), [channels#2021](https://github.com/django/channels/issues/2021)\n- [granian](https://github.com/emmett-framework/granian): `--interface` defaults to rsgi\n",fr:"# procfile/wsgi-server\n\n`web` lance un serveur WSGI \u2014 gunicorn avec un de ses workers WSGI, uWSGI, waitress, mod_wsgi \u2014, donne une application WSGI \u00e0 un serveur ASGI, ou laisse granian parler son propre rsgi, alors que le projet utilise Channels.\n\n## Pourquoi \u00e7a casse\n\nWSGI ne conna\u00eet pas les WebSockets. La poign\u00e9e de main est servie comme une requ\u00eate HTTP ordinaire, \u00e0 laquelle aucune URL ne r\u00e9pond ; le navigateur dit `WebSocket connection failed: Error during handshake: Unexpected response code: 404`. Avec une cible ASGI, un worker WSGI r\u00e9pond 500 \u00e0 chaque requ\u00eate : `TypeError: ProtocolTypeRouter.__call__() missing 1 required positional argument: 'send'`. Une application WSGI derri\u00e8re un serveur ASGI et le rsgi de granian finissent de m\u00eame : pas m\u00eame une page n\u2019arrive. Sans `-k`, gunicorn emploie son worker `sync`.\n\n## Exemple\n\n### Le worker par d\u00e9faut de gunicorn\n\n```Procfile file=Procfile\nweb: gunicorn mysite.wsgi\n```\n```findings\nProcfile:1:6 error procfile/wsgi-server\n```\n\n### Le worker choisi dans le fichier de configuration\n\n```Procfile file=Procfile\nweb: gunicorn mysite.wsgi\n```\n```python file=gunicorn.conf.py\nimport os\n\nworker_class = 'gthread'\nbind = f\"0.0.0.0:{os.environ['PORT']}\"\n```\n```findings\nProcfile:1:6 error procfile/wsgi-server\n```\n\n### Un serveur ASGI \u00e0 qui l\u2019on donne l\u2019application WSGI\n\n```Procfile file=Procfile\nweb: uvicorn mysite.wsgi:application --host 0.0.0.0 --port $PORT\n```\n```findings\nProcfile:1:14 error procfile/wsgi-server\n```\n\n### granian sans interface\n\n```Procfile file=Procfile\nweb: granian --host 0.0.0.0 --port $PORT mysite.asgi:application\n```\n```findings\nProcfile:1:6 error procfile/wsgi-server\n```\n\n## \u00c0 \u00e9crire \u00e0 la place\n\n### daphne\n\n```Procfile file=Procfile\nweb: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application\n```\n\n### gunicorn avec un worker ASGI\n\n```Procfile file=Procfile\nweb: gunicorn mysite.asgi -k uvicorn_worker.UvicornWorker\n```\n\n### Une classe de worker que personne ne conna\u00eet\n\n```Procfile file=Procfile\nweb: gunicorn mysite.asgi -k $WORKER_CLASS\n```\n\n## Quand la r\u00e8gle se tait\n\nTout serveur ASGI ; une classe de worker venant d\u2019une config var ou d\u2019un fichier de configuration illisible ; un projet sans Channels, ou en Channels 1.\n\n## Sources\n\n- [Channels : d\u00e9ploiement](https://channels.readthedocs.io/en/latest/deploying.html)\n- [gunicorn : classes de worker](https://docs.gunicorn.org/en/stable/settings.html#worker-class) : `asgi` depuis 24.0.0\n- [channels#942](https://github.com/django/channels/issues/942), [channels#2021](https://github.com/django/channels/issues/2021)\n- [granian](https://github.com/emmett-framework/granian) : `--interface` vaut rsgi par d\u00e9faut\n"},"settings/allowed-hosts":{en:`# settings/allowed-hosts

\`ALLOWED_HOSTS\` on the dyno is a string, is empty, holds only local names or entries that match nothing; or it holds \`*\` while \`AllowedHostsOriginValidator\` takes the allowed origins from it.

## Why it breaks

Django compares the Host header with the list, in lower case and without the port: an entry with scheme, port or path never matches, and a request whose host matches no entry gets 400 \`DisallowedHost: Invalid HTTP_HOST header\`. A string does not even start: \`ImproperlyConfigured: The ALLOWED_HOSTS setting must be a list or a tuple.\` New Heroku apps are called \`name-1234567890ab.herokuapp.com\`, not \`name.herokuapp.com\`. With \`*\`, the origin validator of Channels lets every web site open sockets that carry a visitor\u2019s session cookie (cross-site WebSocket hijacking).

## Example

### A string from a variable

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
ALLOWED_HOSTS = os.environ['ALLOWED_HOSTS']
\`\`\`
\`\`\`findings
mysite/settings.py:4:17 error settings/allowed-hosts
\`\`\`

### Only local names, and nothing at all

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
ALLOWED_HOSTS = ['localhost', '127.0.0.1']
if os.getenv('STAGING'):
    ALLOWED_HOSTS = []
\`\`\`
\`\`\`findings
mysite/settings.py:4:17 error settings/allowed-hosts
\`\`\`

### A variable that may be unset

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
ALLOWED_HOSTS = [os.getenv('APP_HOST')]
\`\`\`
\`\`\`findings
mysite/settings.py:4:17 warning settings/allowed-hosts possible
\`\`\`

### Scheme and port

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
ALLOWED_HOSTS = [
    'https://chat-1234567890ab.herokuapp.com',
    'chat.example.com:443',
    'chat-1234567890ab.herokuapp.com',
]
\`\`\`
\`\`\`findings
mysite/settings.py:5:5 error settings/allowed-hosts
mysite/settings.py:6:5 error settings/allowed-hosts
\`\`\`

### Everybody may open a socket

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
ALLOWED_HOSTS = ['*']
\`\`\`
\`\`\`findings
mysite/settings.py:4:18 warning settings/allowed-hosts
\`\`\`

### An entry beside \`*\`

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
ALLOWED_HOSTS = ['*', 'https://shop.example.com/']
\`\`\`
\`\`\`python file=mysite/asgi.py
import os

from django.core.asgi import get_asgi_application

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')

django_application = get_asgi_application()

from channels.routing import ProtocolTypeRouter, URLRouter

from chat.routing import websocket_urlpatterns

application = ProtocolTypeRouter({
    'http': django_application,
    'websocket': URLRouter(websocket_urlpatterns),
})
\`\`\`
\`\`\`findings
mysite/settings.py:4:23 warning settings/allowed-hosts
\`\`\`

## Use instead

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
ALLOWED_HOSTS = os.environ['ALLOWED_HOSTS'].split(',')
\`\`\`

## When it is silent

For \`*\` without AllowedHostsOriginValidator (Heroku\u2019s router checks the host before it reaches the dyno), for entries that cannot be read, and for what a later line or django_heroku replaces.

### Local names beside a real one

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
ALLOWED_HOSTS = ['localhost', '127.0.0.1', '.herokuapp.com']
\`\`\`

### An app\u2019s own variable

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
ALLOWED_HOSTS = ['localhost', os.environ['APP_HOST']]
\`\`\`

### \`*\` without a validator

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
ALLOWED_HOSTS = ['*']
\`\`\`
\`\`\`python file=mysite/asgi.py
import os

from django.core.asgi import get_asgi_application

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')

django_application = get_asgi_application()

from channels.routing import ProtocolTypeRouter, URLRouter

from chat.routing import websocket_urlpatterns

application = ProtocolTypeRouter({
    'http': django_application,
    'websocket': URLRouter(websocket_urlpatterns),
})
\`\`\`

## Sources

- [ALLOWED_HOSTS](https://docs.djangoproject.com/en/5.2/ref/settings/#allowed-hosts)
- [Channels: WebSocket security](https://channels.readthedocs.io/en/stable/topics/security.html)
- [Custom and default domains on Heroku](https://devcenter.heroku.com/articles/custom-domains)
`,fr:`# settings/allowed-hosts

\`ALLOWED_HOSTS\` est sur le dyno une cha\u00eene, est vide, ne contient que des noms locaux ou des entr\u00e9es qui ne correspondent \u00e0 rien ; ou bien il contient \`*\` alors que \`AllowedHostsOriginValidator\` en tire les origines admises.

## Pourquoi \u00e7a casse

Django compare l\u2019en-t\u00eate Host \u00e0 la liste, en minuscules et sans le port : une entr\u00e9e avec sch\u00e9ma, port ou chemin ne correspond jamais, et une requ\u00eate dont l\u2019h\u00f4te ne correspond \u00e0 aucune entr\u00e9e re\u00e7oit 400 \`DisallowedHost: Invalid HTTP_HOST header\`. Une cha\u00eene ne d\u00e9marre m\u00eame pas : \`ImproperlyConfigured: The ALLOWED_HOSTS setting must be a list or a tuple.\` Les nouvelles applications Heroku s\u2019appellent \`nom-1234567890ab.herokuapp.com\`, et non \`nom.herokuapp.com\`. Avec \`*\`, le validateur d\u2019origine de Channels laisse n\u2019importe quel site ouvrir des sockets qui portent le cookie de session d\u2019un visiteur (d\u00e9tournement de WebSocket intersite).

## Exemple

### Une cha\u00eene venue d\u2019une variable

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
ALLOWED_HOSTS = os.environ['ALLOWED_HOSTS']
\`\`\`
\`\`\`findings
mysite/settings.py:4:17 error settings/allowed-hosts
\`\`\`

### Des noms locaux seulement, et rien du tout

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
ALLOWED_HOSTS = ['localhost', '127.0.0.1']
if os.getenv('STAGING'):
    ALLOWED_HOSTS = []
\`\`\`
\`\`\`findings
mysite/settings.py:4:17 error settings/allowed-hosts
\`\`\`

### Une variable peut-\u00eatre absente

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
ALLOWED_HOSTS = [os.getenv('APP_HOST')]
\`\`\`
\`\`\`findings
mysite/settings.py:4:17 warning settings/allowed-hosts possible
\`\`\`

### Sch\u00e9ma et port

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
ALLOWED_HOSTS = [
    'https://chat-1234567890ab.herokuapp.com',
    'chat.example.com:443',
    'chat-1234567890ab.herokuapp.com',
]
\`\`\`
\`\`\`findings
mysite/settings.py:5:5 error settings/allowed-hosts
mysite/settings.py:6:5 error settings/allowed-hosts
\`\`\`

### Tout le monde peut ouvrir une socket

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
ALLOWED_HOSTS = ['*']
\`\`\`
\`\`\`findings
mysite/settings.py:4:18 warning settings/allowed-hosts
\`\`\`

### Une entr\u00e9e \u00e0 c\u00f4t\u00e9 de \`*\`

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
ALLOWED_HOSTS = ['*', 'https://shop.example.com/']
\`\`\`
\`\`\`python file=mysite/asgi.py
import os

from django.core.asgi import get_asgi_application

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')

django_application = get_asgi_application()

from channels.routing import ProtocolTypeRouter, URLRouter

from chat.routing import websocket_urlpatterns

application = ProtocolTypeRouter({
    'http': django_application,
    'websocket': URLRouter(websocket_urlpatterns),
})
\`\`\`
\`\`\`findings
mysite/settings.py:4:23 warning settings/allowed-hosts
\`\`\`

## \u00c0 \u00e9crire \u00e0 la place

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
ALLOWED_HOSTS = os.environ['ALLOWED_HOSTS'].split(',')
\`\`\`

## Quand la r\u00e8gle se tait

Pour \`*\` sans AllowedHostsOriginValidator (le routeur d\u2019Heroku v\u00e9rifie l\u2019h\u00f4te avant le dyno), pour les entr\u00e9es qui ne peuvent \u00eatre lues, et pour ce qu\u2019une ligne ult\u00e9rieure ou django_heroku remplace.

### Des noms locaux \u00e0 c\u00f4t\u00e9 d\u2019un vrai

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
ALLOWED_HOSTS = ['localhost', '127.0.0.1', '.herokuapp.com']
\`\`\`

### Une variable de l\u2019application

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
ALLOWED_HOSTS = ['localhost', os.environ['APP_HOST']]
\`\`\`

### \`*\` sans validateur

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
ALLOWED_HOSTS = ['*']
\`\`\`
\`\`\`python file=mysite/asgi.py
import os

from django.core.asgi import get_asgi_application

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')

django_application = get_asgi_application()

from channels.routing import ProtocolTypeRouter, URLRouter

from chat.routing import websocket_urlpatterns

application = ProtocolTypeRouter({
    'http': django_application,
    'websocket': URLRouter(websocket_urlpatterns),
})
\`\`\`

## Sources

- [ALLOWED_HOSTS](https://docs.djangoproject.com/en/5.2/ref/settings/#allowed-hosts)
- [Channels: WebSocket security](https://channels.readthedocs.io/en/stable/topics/security.html)
- [Custom and default domains on Heroku](https://devcenter.heroku.com/articles/custom-domains)
`},"settings/asgi-application":{en:`# settings/asgi-application

A project with Channels does not set \`ASGI_APPLICATION\`, writes it with a colon, or names a module or object that does not exist.

## Why it breaks

The setting is a dotted path (\`mysite.asgi.application\`); the server\u2019s command line takes a colon (\`mysite.asgi:application\`), and the two are often swapped. The server on the dyno does not read the setting, so a wrong one is a warning; it is an error where \`runserver\` or \`runworker\` is a process, or where the served module calls \`get_default_application()\`: it then stops as it starts. \`runserver\` of daphne, \`runworker\`, \`channels.routing.get_default_application()\` and the live-server tests read it: \`Cannot import ASGI_APPLICATION module 'mysite.asgi:application'\`, \`You have not set ASGI_APPLICATION, which is needed to run the server.\`

## Example

### Missing

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
ROOT_URLCONF = 'mysite.urls'
\`\`\`
\`\`\`findings
mysite/settings.py:5:1 warning settings/asgi-application
\`\`\`

### The server\u2019s notation

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
ASGI_APPLICATION = 'mysite.asgi:application'
\`\`\`
\`\`\`findings
mysite/settings.py:5:20 warning settings/asgi-application
\`\`\`

### A module of the past

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
ASGI_APPLICATION = 'mysite.routing.application'
\`\`\`
\`\`\`findings
mysite/settings.py:5:20 warning settings/asgi-application
\`\`\`

### A module of the past, and somebody who reads it

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
ASGI_APPLICATION = 'mysite.routing.application'
\`\`\`
\`\`\`python file=mysite/asgi.py
import os

import django

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')
django.setup()

from channels.routing import get_default_application

application = get_default_application()
\`\`\`
\`\`\`findings
mysite/settings.py:5:20 error settings/asgi-application
\`\`\`

## Use instead

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
ASGI_APPLICATION = 'mysite.asgi.application'
\`\`\`

## When it is silent

For projects without Channels, and for Channels 1, which has no such setting.

### Channels 2 keeps the application in routing.py

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
ASGI_APPLICATION = 'mysite.routing.application'
\`\`\`
\`\`\`python file=mysite/routing.py
from channels.routing import ProtocolTypeRouter

application = ProtocolTypeRouter({})
\`\`\`

## Sources

- [Channels: ASGI_APPLICATION](https://channels.readthedocs.io/en/stable/installation.html)
- [daphne: runserver](https://github.com/django/daphne/blob/main/daphne/management/commands/runserver.py)
`,fr:`# settings/asgi-application

Un projet avec Channels ne d\u00e9finit pas \`ASGI_APPLICATION\`, l\u2019\u00e9crit avec un deux-points, ou nomme un module ou un objet qui n\u2019existe pas.

## Pourquoi \u00e7a casse

Ce r\u00e9glage est un chemin \u00e0 points (\`mysite.asgi.application\`) ; la ligne de commande du serveur prend un deux-points (\`mysite.asgi:application\`), et on les confond souvent. Le serveur du dyno ne lit pas ce r\u00e9glage : s\u2019il est faux, c\u2019est un avertissement. C\u2019est une erreur l\u00e0 o\u00f9 \`runserver\` ou \`runworker\` est un processus, ou si le module servi appelle \`get_default_application()\` : il s\u2019arr\u00eate alors au d\u00e9marrage. \`runserver\` de daphne, \`runworker\`, \`channels.routing.get_default_application()\` et les tests avec serveur le lisent : \`Cannot import ASGI_APPLICATION module 'mysite.asgi:application'\`, \`You have not set ASGI_APPLICATION, which is needed to run the server.\`

## Exemple

### Absent

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
ROOT_URLCONF = 'mysite.urls'
\`\`\`
\`\`\`findings
mysite/settings.py:5:1 warning settings/asgi-application
\`\`\`

### La notation du serveur

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
ASGI_APPLICATION = 'mysite.asgi:application'
\`\`\`
\`\`\`findings
mysite/settings.py:5:20 warning settings/asgi-application
\`\`\`

### Un module du pass\u00e9

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
ASGI_APPLICATION = 'mysite.routing.application'
\`\`\`
\`\`\`findings
mysite/settings.py:5:20 warning settings/asgi-application
\`\`\`

### Un module du pass\u00e9, et quelqu\u2019un qui le lit

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
ASGI_APPLICATION = 'mysite.routing.application'
\`\`\`
\`\`\`python file=mysite/asgi.py
import os

import django

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')
django.setup()

from channels.routing import get_default_application

application = get_default_application()
\`\`\`
\`\`\`findings
mysite/settings.py:5:20 error settings/asgi-application
\`\`\`

## \u00c0 \u00e9crire \u00e0 la place

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
ASGI_APPLICATION = 'mysite.asgi.application'
\`\`\`

## Quand la r\u00e8gle se tait

Pour les projets sans Channels, et pour Channels 1, qui n\u2019a pas ce r\u00e9glage.

### Channels 2 garde l\u2019application dans routing.py

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
ASGI_APPLICATION = 'mysite.routing.application'
\`\`\`
\`\`\`python file=mysite/routing.py
from channels.routing import ProtocolTypeRouter

application = ProtocolTypeRouter({})
\`\`\`

## Sources

- [Channels: ASGI_APPLICATION](https://channels.readthedocs.io/en/stable/installation.html)
- [daphne: runserver](https://github.com/django/daphne/blob/main/daphne/management/commands/runserver.py)
`},"settings/channel-layer-backend":{en:`# settings/channel-layer-backend

\`BACKEND\` of the channel layer is missing, misspelt, a layer of Channels 1, or a class that does not exist.

## Why it breaks

Channels imports the class at the first use of the layer, not at start: the dyno boots, pages work, and the first socket fails with \`Cannot import BACKEND '\u2026' specified for default\` or \`No BACKEND specified for default\`.

## Example

### A misspelt path

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.RedisChannelLayer',
        'CONFIG': {'hosts': [{'address': os.environ['REDIS_URL'], 'ssl_cert_reqs': None}]},
    },
}
\`\`\`
\`\`\`findings
mysite/settings.py:7:20 error settings/channel-layer-backend
\`\`\`

### A layer of Channels 1

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'asgi_redis.RedisChannelLayer',
        'CONFIG': {'hosts': [os.environ['REDIS_URL']]},
    },
}
\`\`\`
\`\`\`findings
mysite/settings.py:7:20 error settings/channel-layer-backend
\`\`\`

### No BACKEND

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
CHANNEL_LAYERS = {
    'default': {
        'CONFIG': {'hosts': [{'address': os.environ['REDIS_URL'], 'ssl_cert_reqs': None}]},
    },
}
\`\`\`
\`\`\`findings
mysite/settings.py:6:16 error settings/channel-layer-backend
\`\`\`

## Use instead

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {'hosts': [{'address': os.environ['REDIS_URL'], 'ssl_cert_reqs': None}]},
    },
}
\`\`\`

## When it is silent

For a class of the project that exists, for third-party layers this tool knows or whose package it cannot see into, and for the layers of Channels 1 in a project pinned to Channels 1. A package that is not installed is deps/missing-package\u2019s business.

### A class of the project

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
CHANNEL_LAYERS = {'default': {'BACKEND': 'chat.layers.LoggingLayer'}}
\`\`\`
\`\`\`python file=chat/layers.py
from channels_redis.core import RedisChannelLayer


class LoggingLayer(RedisChannelLayer):
    pass
\`\`\`

### A project of Channels 1

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'asgi_redis.RedisChannelLayer',
        'CONFIG': {'hosts': [os.environ['REDIS_URL']]},
        'ROUTING': 'chat.routing.channel_routing',
    },
}
\`\`\`
\`\`\`text file=requirements.txt
Django==1.11.29
channels==1.1.8
asgi-redis==1.4.3
daphne==1.4.2
\`\`\`

## Sources

- [channels/layers.py](https://github.com/django/channels/blob/main/channels/layers.py)
- [channels_redis](https://github.com/django/channels_redis#usage)
- [What is new in Channels 2](https://channels.readthedocs.io/en/stable/one-to-two.html)
`,fr:`# settings/channel-layer-backend

Le \`BACKEND\` de la couche de canaux manque, est mal orthographi\u00e9, est une couche de Channels 1, ou une classe qui n\u2019existe pas.

## Pourquoi \u00e7a casse

Channels importe la classe au premier usage de la couche, pas au d\u00e9marrage : le dyno d\u00e9marre, les pages fonctionnent, et la premi\u00e8re socket \u00e9choue sur \`Cannot import BACKEND '\u2026' specified for default\` ou \`No BACKEND specified for default\`.

## Exemple

### Un chemin mal orthographi\u00e9

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.RedisChannelLayer',
        'CONFIG': {'hosts': [{'address': os.environ['REDIS_URL'], 'ssl_cert_reqs': None}]},
    },
}
\`\`\`
\`\`\`findings
mysite/settings.py:7:20 error settings/channel-layer-backend
\`\`\`

### Une couche de Channels 1

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'asgi_redis.RedisChannelLayer',
        'CONFIG': {'hosts': [os.environ['REDIS_URL']]},
    },
}
\`\`\`
\`\`\`findings
mysite/settings.py:7:20 error settings/channel-layer-backend
\`\`\`

### Pas de BACKEND

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
CHANNEL_LAYERS = {
    'default': {
        'CONFIG': {'hosts': [{'address': os.environ['REDIS_URL'], 'ssl_cert_reqs': None}]},
    },
}
\`\`\`
\`\`\`findings
mysite/settings.py:6:16 error settings/channel-layer-backend
\`\`\`

## \u00c0 \u00e9crire \u00e0 la place

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {'hosts': [{'address': os.environ['REDIS_URL'], 'ssl_cert_reqs': None}]},
    },
}
\`\`\`

## Quand la r\u00e8gle se tait

Pour une classe du projet qui existe, pour les couches tierces que cet outil conna\u00eet ou dont il ne voit pas le paquet, et pour les couches de Channels 1 dans un projet \u00e9pingl\u00e9 \u00e0 Channels 1. Un paquet qui n\u2019est pas install\u00e9 rel\u00e8ve de deps/missing-package.

### Une classe du projet

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
CHANNEL_LAYERS = {'default': {'BACKEND': 'chat.layers.LoggingLayer'}}
\`\`\`
\`\`\`python file=chat/layers.py
from channels_redis.core import RedisChannelLayer


class LoggingLayer(RedisChannelLayer):
    pass
\`\`\`

### Un projet de Channels 1

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'asgi_redis.RedisChannelLayer',
        'CONFIG': {'hosts': [os.environ['REDIS_URL']]},
        'ROUTING': 'chat.routing.channel_routing',
    },
}
\`\`\`
\`\`\`text file=requirements.txt
Django==1.11.29
channels==1.1.8
asgi-redis==1.4.3
daphne==1.4.2
\`\`\`

## Sources

- [channels/layers.py](https://github.com/django/channels/blob/main/channels/layers.py)
- [channels_redis](https://github.com/django/channels_redis#usage)
- [What is new in Channels 2](https://channels.readthedocs.io/en/stable/one-to-two.html)
`},"settings/channel-layer-config":{en:`# settings/channel-layer-config

\`CONFIG\` of the channel layer, and the hosts in it, as the class and its Redis client take them in the versions that are installed.

## Why it breaks

The class is built at the first use of the layer, so nothing shows at start. A string as \`hosts\` raises \`ValueError: You must pass a list of Redis hosts, even if there is only one.\`; an unknown key \`TypeError: __init__() got an unexpected keyword argument\`; a wrong TLS value \`RedisError: Invalid SSL Certificate Requirements Flag: CERT_NONE\`. The pub/sub layer swallows what it does not know, and channels reads only \`BACKEND\`, \`CONFIG\` and \`TEST_CONFIG\` of a layer. A \`socket_timeout\` of five seconds or less ends every silent socket: \`RedisChannelLayer\` blocks for five seconds in Redis, and the client gives up first (\`TimeoutError: Timeout reading from \u2026\`, close code 1011).

## Example

### A string, and a key of the connection in the wrong place

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {
            'hosts': os.environ['REDIS_URL'],
            'ssl_cert_reqs': None,
        },
    },
}
\`\`\`
\`\`\`findings
mysite/settings.py:8:22 error settings/channel-layer-config
mysite/settings.py:9:13 error settings/channel-layer-config
\`\`\`

### A set, and a string in parentheses

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {
            'hosts': [{'redis.example.com', 6379}, ('redis.example.com:6379')],
        },
    },
}
\`\`\`
\`\`\`findings
mysite/settings.py:8:23 error settings/channel-layer-config
mysite/settings.py:8:53 error settings/channel-layer-config
\`\`\`

### Wrong words for no check

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {
            'hosts': [
                {'address': os.environ['REDIS_URL'], 'ssl_cert_reqs': 'CERT_NONE'},
                os.environ['REDIS_URL'] + '?ssl_cert_reqs=None',
            ],
        },
    },
}
\`\`\`
\`\`\`findings
mysite/settings.py:9:71 error settings/channel-layer-config
mysite/settings.py:10:17 error settings/channel-layer-config
\`\`\`

### The constant, before redis-py 6

\`\`\`python file=mysite/settings.py
import os
import ssl

SECRET_KEY = os.environ['SECRET_KEY']
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {'hosts': [{'address': os.environ['REDIS_URL'], 'ssl_cert_reqs': ssl.CERT_NONE}]},
    },
}
\`\`\`
\`\`\`text file=requirements.txt
Django==5.2.17
channels==4.2.2
channels-redis==4.2.1
redis==5.0.8
daphne==4.2.2
\`\`\`
\`\`\`findings
mysite/settings.py:8:67 error settings/channel-layer-config
\`\`\`

### Keys of another layer

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels.layers.InMemoryChannelLayer',
        'CONFIG': {'hosts': [os.environ['REDIS_URL']]},
        'ROUTING': 'chat.routing.channel_routing',
    },
}
\`\`\`
\`\`\`findings
mysite/settings.py:7:20 error settings/channel-layer-config
mysite/settings.py:8:9 error settings/channel-layer-config
\`\`\`

### Ignored without a word

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.pubsub.RedisPubSubChannelLayer',
        'CONFIG': {
            'hosts': [{'address': os.environ['REDIS_URL'], 'ssl_cert_reqs': None}],
            'capacity': 1500,
        },
        'OPTIONS': {'expiry': 10},
    },
}
\`\`\`
\`\`\`findings
mysite/settings.py:9:13 warning settings/channel-layer-config
mysite/settings.py:11:9 warning settings/channel-layer-config
\`\`\`

### A time-out shorter than the layer waits

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {
            'hosts': [{'address': os.environ['REDIS_URL'], 'ssl_cert_reqs': None, 'socket_timeout': 3}],
        },
    },
}
\`\`\`
\`\`\`findings
mysite/settings.py:8:83 error settings/channel-layer-config
\`\`\`

## Use instead

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {
            'hosts': [{'address': os.environ['REDIS_URL'], 'ssl_cert_reqs': None, 'socket_timeout': None}],
            'capacity': 1500,
            'expiry': 10,
            'symmetric_encryption_keys': [SECRET_KEY],
        },
    },
}
\`\`\`

## When it is silent

For classes it does not know, for Channels 1, and for what cannot be read.

### A tuple and a URL

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {'hosts': [('redis.example.com', 6379), ('redis://redis.example.com:6379')]},
    },
}
\`\`\`

### A layer that is overwritten

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
CHANNEL_LAYERS = {'default': {'BACKEND': 'asgiref.inmemory.ChannelLayer', 'ROUTING': 'chat.routing.channel_routing'}}
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {'hosts': [{'address': os.environ['REDIS_URL'], 'ssl_cert_reqs': None}]},
    },
}
\`\`\`

## Sources

- [channels_redis: configuration](https://github.com/django/channels_redis#usage), constructors read in 2.0.0 to 4.3.0
- [channels/layers.py](https://github.com/django/channels/blob/main/channels/layers.py)
- redis-py: \`ssl_cert_reqs\` tried with 4.2 to 8.1; the constant is accepted [from 6.0 on](https://github.com/redis/redis-py/pull/3346)
`,fr:`# settings/channel-layer-config

Le \`CONFIG\` de la couche de canaux, et les h\u00f4tes qu\u2019il contient, tels que la classe et son client Redis les prennent dans les versions install\u00e9es.

## Pourquoi \u00e7a casse

La classe n\u2019est construite qu\u2019au premier usage de la couche : rien ne se voit au d\u00e9marrage. Une cha\u00eene comme \`hosts\` l\u00e8ve \`ValueError: You must pass a list of Redis hosts, even if there is only one.\` ; une cl\u00e9 inconnue \`TypeError: __init__() got an unexpected keyword argument\` ; une mauvaise valeur TLS \`RedisError: Invalid SSL Certificate Requirements Flag: CERT_NONE\`. La couche pub/sub avale ce qu\u2019elle ne conna\u00eet pas, et channels ne lit d\u2019une couche que \`BACKEND\`, \`CONFIG\` et \`TEST_CONFIG\`.

## Exemple

### Une cha\u00eene, et une cl\u00e9 de connexion au mauvais endroit

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {
            'hosts': os.environ['REDIS_URL'],
            'ssl_cert_reqs': None,
        },
    },
}
\`\`\`
\`\`\`findings
mysite/settings.py:8:22 error settings/channel-layer-config
mysite/settings.py:9:13 error settings/channel-layer-config
\`\`\`

### Un ensemble, et une cha\u00eene entre parenth\u00e8ses

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {
            'hosts': [{'redis.example.com', 6379}, ('redis.example.com:6379')],
        },
    },
}
\`\`\`
\`\`\`findings
mysite/settings.py:8:23 error settings/channel-layer-config
mysite/settings.py:8:53 error settings/channel-layer-config
\`\`\`

### De mauvais mots pour ne rien v\u00e9rifier

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {
            'hosts': [
                {'address': os.environ['REDIS_URL'], 'ssl_cert_reqs': 'CERT_NONE'},
                os.environ['REDIS_URL'] + '?ssl_cert_reqs=None',
            ],
        },
    },
}
\`\`\`
\`\`\`findings
mysite/settings.py:9:71 error settings/channel-layer-config
mysite/settings.py:10:17 error settings/channel-layer-config
\`\`\`

### La constante, avant redis-py 6

\`\`\`python file=mysite/settings.py
import os
import ssl

SECRET_KEY = os.environ['SECRET_KEY']
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {'hosts': [{'address': os.environ['REDIS_URL'], 'ssl_cert_reqs': ssl.CERT_NONE}]},
    },
}
\`\`\`
\`\`\`text file=requirements.txt
Django==5.2.17
channels==4.2.2
channels-redis==4.2.1
redis==5.0.8
daphne==4.2.2
\`\`\`
\`\`\`findings
mysite/settings.py:8:67 error settings/channel-layer-config
\`\`\`

### Des cl\u00e9s d\u2019une autre couche

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels.layers.InMemoryChannelLayer',
        'CONFIG': {'hosts': [os.environ['REDIS_URL']]},
        'ROUTING': 'chat.routing.channel_routing',
    },
}
\`\`\`
\`\`\`findings
mysite/settings.py:7:20 error settings/channel-layer-config
mysite/settings.py:8:9 error settings/channel-layer-config
\`\`\`

### Ignor\u00e9 sans un mot

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.pubsub.RedisPubSubChannelLayer',
        'CONFIG': {
            'hosts': [{'address': os.environ['REDIS_URL'], 'ssl_cert_reqs': None}],
            'capacity': 1500,
        },
        'OPTIONS': {'expiry': 10},
    },
}
\`\`\`
\`\`\`findings
mysite/settings.py:9:13 warning settings/channel-layer-config
mysite/settings.py:11:9 warning settings/channel-layer-config
\`\`\`

### Un d\u00e9lai plus court que l\u2019attente de la couche

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {
            'hosts': [{'address': os.environ['REDIS_URL'], 'ssl_cert_reqs': None, 'socket_timeout': 3}],
        },
    },
}
\`\`\`
\`\`\`findings
mysite/settings.py:8:83 error settings/channel-layer-config
\`\`\`

## \u00c0 \u00e9crire \u00e0 la place

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {
            'hosts': [{'address': os.environ['REDIS_URL'], 'ssl_cert_reqs': None, 'socket_timeout': None}],
            'capacity': 1500,
            'expiry': 10,
            'symmetric_encryption_keys': [SECRET_KEY],
        },
    },
}
\`\`\`

## Quand la r\u00e8gle se tait

Pour les classes inconnues, pour Channels 1, et pour ce qui ne peut \u00eatre lu.

### Un tuple et une URL

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {'hosts': [('redis.example.com', 6379), ('redis://redis.example.com:6379')]},
    },
}
\`\`\`

### Une couche remplac\u00e9e ensuite

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
CHANNEL_LAYERS = {'default': {'BACKEND': 'asgiref.inmemory.ChannelLayer', 'ROUTING': 'chat.routing.channel_routing'}}
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {'hosts': [{'address': os.environ['REDIS_URL'], 'ssl_cert_reqs': None}]},
    },
}
\`\`\`

## Sources

- [channels_redis: configuration](https://github.com/django/channels_redis#usage), constructors read in 2.0.0 to 4.3.0
- [channels/layers.py](https://github.com/django/channels/blob/main/channels/layers.py)
- redis-py: \`ssl_cert_reqs\` tried with 4.2 to 8.1; the constant is accepted [from 6.0 on](https://github.com/redis/redis-py/pull/3346)
`},"settings/channel-layer-in-memory":{en:`# settings/channel-layer-in-memory

The channel layer that is in force on the dyno is \`InMemoryChannelLayer\`, and code of the project sends through it.

## Why it breaks

Every process has its own memory. A message reaches only sockets of the process that sent it: with two dynos, with two uvicorn or gunicorn workers (the buildpack sets \`WEB_CONCURRENCY\` to 2 on the smallest dyno), or from a Celery worker, it is lost without any error. The documentation of Channels says \u201cDo Not Use In Production\u201d.

## Example

### For good

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
ASGI_APPLICATION = 'mysite.asgi.application'
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels.layers.InMemoryChannelLayer',
    },
}
\`\`\`
\`\`\`findings
mysite/settings.py:8:20 error settings/channel-layer-in-memory
\`\`\`

### Unless a variable is set

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
ASGI_APPLICATION = 'mysite.asgi.application'
LAYER = 'channels_redis.core.RedisChannelLayer' if os.getenv('USE_REDIS') else 'channels.layers.InMemoryChannelLayer'
CHANNEL_LAYERS = {'default': {'BACKEND': LAYER}}
\`\`\`
\`\`\`findings
mysite/settings.py:7:31 warning settings/channel-layer-in-memory possible
\`\`\`

### Nothing sends yet

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
ASGI_APPLICATION = 'mysite.asgi.application'
CHANNEL_LAYERS = {'default': {'BACKEND': 'channels.layers.InMemoryChannelLayer'}}
\`\`\`
\`\`\`python file=chat/consumers.py
from channels.generic.websocket import AsyncWebsocketConsumer


class ChatConsumer(AsyncWebsocketConsumer):
    async def receive(self, text_data=None, bytes_data=None):
        await self.send(text_data)
\`\`\`
\`\`\`findings
mysite/settings.py:6:42 info settings/channel-layer-in-memory
\`\`\`

## Use instead

\`\`\`python file=mysite/settings.py
import os
import sys

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
ASGI_APPLICATION = 'mysite.asgi.application'

if 'test' in sys.argv:
    CHANNEL_LAYERS = {'default': {'BACKEND': 'channels.layers.InMemoryChannelLayer'}}
else:
    CHANNEL_LAYERS = {
        'default': {
            'BACKEND': 'channels_redis.core.RedisChannelLayer',
            'CONFIG': {'hosts': [{'address': os.environ['REDIS_URL'], 'ssl_cert_reqs': None}]},
        },
    }
\`\`\`

## When it is silent

When another layer is in force on the dyno, also when the in-memory one stands in a branch, a comment or a test module that the dyno does not use.

## Sources

- [Channel layers: in-memory](https://channels.readthedocs.io/en/stable/topics/channel_layers.html#in-memory-channel-layer)
- [WEB_CONCURRENCY in the Python buildpack](https://devcenter.heroku.com/articles/python-concurrency)
- [django/channels#1060](https://github.com/django/channels/issues/1060)
`,fr:`# settings/channel-layer-in-memory

La couche de canaux en vigueur sur le dyno est \`InMemoryChannelLayer\`, et du code du projet y envoie des messages.

## Pourquoi \u00e7a casse

Chaque processus a sa propre m\u00e9moire. Un message n\u2019atteint que les sockets du processus qui l\u2019a envoy\u00e9 : avec deux dynos, avec deux workers uvicorn ou gunicorn (le buildpack fixe \`WEB_CONCURRENCY\` \u00e0 2 sur le plus petit dyno), ou depuis un worker Celery, il se perd sans aucune erreur. La documentation de Channels dit \u00ab Do Not Use In Production \u00bb.

## Exemple

### Sans condition

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
ASGI_APPLICATION = 'mysite.asgi.application'
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels.layers.InMemoryChannelLayer',
    },
}
\`\`\`
\`\`\`findings
mysite/settings.py:8:20 error settings/channel-layer-in-memory
\`\`\`

### Sauf si une variable est d\u00e9finie

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
ASGI_APPLICATION = 'mysite.asgi.application'
LAYER = 'channels_redis.core.RedisChannelLayer' if os.getenv('USE_REDIS') else 'channels.layers.InMemoryChannelLayer'
CHANNEL_LAYERS = {'default': {'BACKEND': LAYER}}
\`\`\`
\`\`\`findings
mysite/settings.py:7:31 warning settings/channel-layer-in-memory possible
\`\`\`

### Rien n\u2019envoie encore

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
ASGI_APPLICATION = 'mysite.asgi.application'
CHANNEL_LAYERS = {'default': {'BACKEND': 'channels.layers.InMemoryChannelLayer'}}
\`\`\`
\`\`\`python file=chat/consumers.py
from channels.generic.websocket import AsyncWebsocketConsumer


class ChatConsumer(AsyncWebsocketConsumer):
    async def receive(self, text_data=None, bytes_data=None):
        await self.send(text_data)
\`\`\`
\`\`\`findings
mysite/settings.py:6:42 info settings/channel-layer-in-memory
\`\`\`

## \u00c0 \u00e9crire \u00e0 la place

\`\`\`python file=mysite/settings.py
import os
import sys

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
ASGI_APPLICATION = 'mysite.asgi.application'

if 'test' in sys.argv:
    CHANNEL_LAYERS = {'default': {'BACKEND': 'channels.layers.InMemoryChannelLayer'}}
else:
    CHANNEL_LAYERS = {
        'default': {
            'BACKEND': 'channels_redis.core.RedisChannelLayer',
            'CONFIG': {'hosts': [{'address': os.environ['REDIS_URL'], 'ssl_cert_reqs': None}]},
        },
    }
\`\`\`

## Quand la r\u00e8gle se tait

Quand une autre couche est en vigueur sur le dyno, m\u00eame si celle en m\u00e9moire se trouve dans une branche, un commentaire ou un module de test que le dyno n\u2019utilise pas.

## Sources

- [Channel layers: in-memory](https://channels.readthedocs.io/en/stable/topics/channel_layers.html#in-memory-channel-layer)
- [WEB_CONCURRENCY in the Python buildpack](https://devcenter.heroku.com/articles/python-concurrency)
- [django/channels#1060](https://github.com/django/channels/issues/1060)
`},"settings/channel-layer-missing":{en:`# settings/channel-layer-missing

Code of the project uses the channel layer (\`group_send\`, \`get_channel_layer()\`, \`groups = [\u2026]\`), and on the dyno \`CHANNEL_LAYERS\` has no layer called \`default\`.

## Why it breaks

\`get_channel_layer()\` returns \`None\` when the alias does not exist, and the first use of it raises \`AttributeError: 'NoneType' object has no attribute 'group_send'\`. A consumer with \`groups\` raises \`InvalidChannelLayerError: BACKEND is unconfigured or doesn't support groups\`. HTTP goes on working, so nothing shows before the first socket opens.

## Example

### No CHANNEL_LAYERS at all

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
ASGI_APPLICATION = 'mysite.asgi.application'
\`\`\`
\`\`\`findings
chat/consumers.py:8:15 error settings/channel-layer-missing
\`\`\`

### Only when a variable is set

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
ASGI_APPLICATION = 'mysite.asgi.application'

if os.getenv('USE_REDIS'):
    CHANNEL_LAYERS = {
        'default': {
            'BACKEND': 'channels_redis.core.RedisChannelLayer',
            'CONFIG': {'hosts': [{'address': os.environ['REDIS_URL'], 'ssl_cert_reqs': None}]},
        },
    }
\`\`\`
\`\`\`findings
mysite/settings.py:7:4 warning settings/channel-layer-missing possible
\`\`\`

### A misspelt name

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
ASGI_APPLICATION = 'mysite.asgi.application'
CHANNEL_LAYER = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {'hosts': [{'address': os.environ['REDIS_URL'], 'ssl_cert_reqs': None}]},
    },
}
\`\`\`
\`\`\`findings
chat/consumers.py:8:15 error settings/channel-layer-missing
\`\`\`

### No branch for a dyno without the add-on

Where no manifest lists the add-ons, heroku-redis is assumed; without it this layer does not exist.

\`\`\`text delete=app.json
\`\`\`
\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
ALLOWED_HOSTS = ['chat.example.com']
INSTALLED_APPS = ['daphne', 'channels', 'chat']
ASGI_APPLICATION = 'mysite.asgi.application'

REDIS_URL = os.getenv('REDIS_URL')

if REDIS_URL:
    CHANNEL_LAYERS = {
        'default': {
            'BACKEND': 'channels_redis.core.RedisChannelLayer',
            'CONFIG': {'hosts': [{'address': REDIS_URL, 'ssl_cert_reqs': None}]},
        },
    }
\`\`\`
\`\`\`findings
mysite/settings.py:11:5 warning settings/channel-layer-missing possible
\`\`\`

## Use instead

Fail loudly where the URL is missing, and keep one definition for all environments.

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
ASGI_APPLICATION = 'mysite.asgi.application'
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {'hosts': [{'address': os.environ['REDIS_URL'], 'ssl_cert_reqs': None}]},
    },
}
\`\`\`

## When it is silent

When no code uses a layer, when consumers name another one (\`channel_layer_alias\`), when the settings cannot be read to their end, and for projects pinned to Channels 1.

### The condition holds on the dyno

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
ASGI_APPLICATION = 'mysite.asgi.application'

if 'REDIS_URL' in os.environ:
    CHANNEL_LAYERS = {
        'default': {
            'BACKEND': 'channels_redis.core.RedisChannelLayer',
            'CONFIG': {'hosts': [{'address': os.environ['REDIS_URL'], 'ssl_cert_reqs': None}]},
        },
    }
\`\`\`

### No consumer uses a layer

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
ASGI_APPLICATION = 'mysite.asgi.application'
\`\`\`
\`\`\`python file=chat/consumers.py
from channels.generic.websocket import AsyncWebsocketConsumer


class ChatConsumer(AsyncWebsocketConsumer):
    async def receive(self, text_data=None, bytes_data=None):
        await self.send(text_data)
\`\`\`

## Sources

- [Channel layers](https://channels.readthedocs.io/en/stable/topics/channel_layers.html), [channels/layers.py](https://github.com/django/channels/blob/main/channels/layers.py)
- [django/channels#1039](https://github.com/django/channels/issues/1039)
`,fr:`# settings/channel-layer-missing

Du code du projet utilise la couche de canaux (\`group_send\`, \`get_channel_layer()\`, \`groups = [\u2026]\`), et sur le dyno \`CHANNEL_LAYERS\` n\u2019a pas de couche \`default\`.

## Pourquoi \u00e7a casse

\`get_channel_layer()\` renvoie \`None\` quand l\u2019alias n\u2019existe pas, et son premier usage l\u00e8ve \`AttributeError: 'NoneType' object has no attribute 'group_send'\`. Un consumer avec \`groups\` l\u00e8ve \`InvalidChannelLayerError: BACKEND is unconfigured or doesn't support groups\`. HTTP continue de fonctionner : rien ne se voit avant l\u2019ouverture de la premi\u00e8re socket.

## Exemple

### Aucun CHANNEL_LAYERS

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
ASGI_APPLICATION = 'mysite.asgi.application'
\`\`\`
\`\`\`findings
chat/consumers.py:8:15 error settings/channel-layer-missing
\`\`\`

### Seulement si une variable est d\u00e9finie

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
ASGI_APPLICATION = 'mysite.asgi.application'

if os.getenv('USE_REDIS'):
    CHANNEL_LAYERS = {
        'default': {
            'BACKEND': 'channels_redis.core.RedisChannelLayer',
            'CONFIG': {'hosts': [{'address': os.environ['REDIS_URL'], 'ssl_cert_reqs': None}]},
        },
    }
\`\`\`
\`\`\`findings
mysite/settings.py:7:4 warning settings/channel-layer-missing possible
\`\`\`

### Un nom mal orthographi\u00e9

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
ASGI_APPLICATION = 'mysite.asgi.application'
CHANNEL_LAYER = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {'hosts': [{'address': os.environ['REDIS_URL'], 'ssl_cert_reqs': None}]},
    },
}
\`\`\`
\`\`\`findings
chat/consumers.py:8:15 error settings/channel-layer-missing
\`\`\`

### Aucune branche pour un dyno sans l\u2019add-on

Quand aucun manifeste ne liste les add-ons, heroku-redis est suppos\u00e9 ; sans lui cette couche n\u2019existe pas.

\`\`\`text delete=app.json
\`\`\`
\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
ALLOWED_HOSTS = ['chat.example.com']
INSTALLED_APPS = ['daphne', 'channels', 'chat']
ASGI_APPLICATION = 'mysite.asgi.application'

REDIS_URL = os.getenv('REDIS_URL')

if REDIS_URL:
    CHANNEL_LAYERS = {
        'default': {
            'BACKEND': 'channels_redis.core.RedisChannelLayer',
            'CONFIG': {'hosts': [{'address': REDIS_URL, 'ssl_cert_reqs': None}]},
        },
    }
\`\`\`
\`\`\`findings
mysite/settings.py:11:5 warning settings/channel-layer-missing possible
\`\`\`

## \u00c0 \u00e9crire \u00e0 la place

\u00c9chouez bruyamment l\u00e0 o\u00f9 l\u2019URL manque, et gardez une seule d\u00e9finition pour tous les environnements.

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
ASGI_APPLICATION = 'mysite.asgi.application'
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {'hosts': [{'address': os.environ['REDIS_URL'], 'ssl_cert_reqs': None}]},
    },
}
\`\`\`

## Quand la r\u00e8gle se tait

Quand aucun code n\u2019utilise de couche, quand les consumers en nomment une autre (\`channel_layer_alias\`), quand les r\u00e9glages ne peuvent \u00eatre lus jusqu\u2019au bout, et pour les projets \u00e9pingl\u00e9s \u00e0 Channels 1.

### La condition est vraie sur le dyno

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
ASGI_APPLICATION = 'mysite.asgi.application'

if 'REDIS_URL' in os.environ:
    CHANNEL_LAYERS = {
        'default': {
            'BACKEND': 'channels_redis.core.RedisChannelLayer',
            'CONFIG': {'hosts': [{'address': os.environ['REDIS_URL'], 'ssl_cert_reqs': None}]},
        },
    }
\`\`\`

### Aucun consumer n\u2019utilise de couche

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
ASGI_APPLICATION = 'mysite.asgi.application'
\`\`\`
\`\`\`python file=chat/consumers.py
from channels.generic.websocket import AsyncWebsocketConsumer


class ChatConsumer(AsyncWebsocketConsumer):
    async def receive(self, text_data=None, bytes_data=None):
        await self.send(text_data)
\`\`\`

## Sources

- [Channel layers](https://channels.readthedocs.io/en/stable/topics/channel_layers.html), [channels/layers.py](https://github.com/django/channels/blob/main/channels/layers.py)
- [django/channels#1039](https://github.com/django/channels/issues/1039)
`},"settings/channels-app":{en:`# settings/channels-app

Before Channels 4: \`"channels"\` is not in \`INSTALLED_APPS\`. With Channels 4, as information: \`"daphne"\` is not, so the development server speaks WSGI.

## Why it breaks

Channels 2 and 3 bring their own \`runserver\` and their set-up in the app \`channels\`. Channels 4 moved \`runserver\` to daphne: without \`"daphne"\` in the list, \`manage.py runserver\` answers a socket with \`Not Found: /ws/chat/\`, and what works on the dyno fails on the desk. A server on the dyno takes the application from its command line and does without the app \`channels\`: its absence is a warning, and an error only where \`web\` is \`runserver\`.

## Example

### Channels 3

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['django.contrib.auth', 'chat']
\`\`\`
\`\`\`text file=requirements.txt
Django==3.2.25
channels==3.0.5
channels-redis==3.4.1
daphne==3.0.2
\`\`\`
\`\`\`findings
mysite/settings.py:4:18 warning settings/channels-app
\`\`\`

### Channels 4

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['django.contrib.auth', 'channels', 'chat']
\`\`\`
\`\`\`findings
mysite/settings.py:4:18 info settings/channels-app
\`\`\`

## Use instead

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['daphne', 'django.contrib.auth', 'channels', 'chat']
\`\`\`

## When it is silent

For projects without Channels, and when the list or the version cannot be read.

## Sources

- [Channels 4.0.0 release notes](https://channels.readthedocs.io/en/stable/releases/4.0.0.html)
`,fr:`# settings/channels-app

Avant Channels 4 : \`"channels"\` n\u2019est pas dans \`INSTALLED_APPS\`. Avec Channels 4, \u00e0 titre d\u2019information : \`"daphne"\` n\u2019y est pas, donc le serveur de d\u00e9veloppement parle WSGI.

## Pourquoi \u00e7a casse

Channels 2 et 3 apportent leur \`runserver\` et leur initialisation dans l\u2019application \`channels\`. Channels 4 a confi\u00e9 \`runserver\` \u00e0 daphne : sans \`"daphne"\` dans la liste, \`manage.py runserver\` r\u00e9pond \u00e0 une socket par \`Not Found: /ws/chat/\`, et ce qui marche sur le dyno \u00e9choue sur le poste de travail. Un serveur du dyno prend l\u2019application dans sa ligne de commande et se passe de l\u2019application \`channels\` : son absence est un avertissement, et une erreur seulement l\u00e0 o\u00f9 \`web\` est \`runserver\`.

## Exemple

### Channels 3

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['django.contrib.auth', 'chat']
\`\`\`
\`\`\`text file=requirements.txt
Django==3.2.25
channels==3.0.5
channels-redis==3.4.1
daphne==3.0.2
\`\`\`
\`\`\`findings
mysite/settings.py:4:18 warning settings/channels-app
\`\`\`

### Channels 4

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['django.contrib.auth', 'channels', 'chat']
\`\`\`
\`\`\`findings
mysite/settings.py:4:18 info settings/channels-app
\`\`\`

## \u00c0 \u00e9crire \u00e0 la place

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['daphne', 'django.contrib.auth', 'channels', 'chat']
\`\`\`

## Quand la r\u00e8gle se tait

Pour les projets sans Channels, et quand la liste ou la version ne peut \u00eatre lue.

## Sources

- [Channels 4.0.0 release notes](https://channels.readthedocs.io/en/stable/releases/4.0.0.html)
`},"settings/config-var-unread":{en:`# settings/config-var-unread

\`app.json\` or \`heroku.yml\` sets a variable that no code of the repository mentions. With a snapshot of the app, the same is told of the config vars that it has and that no add-on sets.

## Why it breaks

Nothing breaks by itself. But who set \`DJANGO_SECRET_KEY\` meant something, and the code reads \`SECRET_KEY\`; or the variable (\`USE_REDIS=True\` of many guides) promises a switch that does not exist.

## Example

\`\`\`json file=app.json
{
  "env": {
    "SECRET_KEY": { "generator": "secret" },
    "USE_REDIS": "True",
    "DISABLE_COLLECTSTATIC": "1"
  }
}
\`\`\`
\`\`\`findings
app.json:4:6 info settings/config-var-unread
\`\`\`

### A config var of the deployed app

\`\`\`json snapshot=dynolint.snapshot.json
{
  "snapshot": 1,
  "domains": [{ "name": "chat-1234567890ab.herokuapp.com", "kind": "heroku" }],
  "addons": [
    { "service": "heroku-redis", "plan": "premium-0", "variables": ["REDIS_URL"] },
    { "service": "heroku-postgresql", "plan": "essential-0", "variables": ["DATABASE_URL"] },
    { "service": "papertrail", "plan": "choklad", "variables": ["PAPERTRAIL_API_TOKEN"] }
  ],
  "dynos": [{ "type": "web", "size": "basic", "up": 1, "down": 0 }],
  "config": {
    "ALLOWED_HOSTS": "hosts:chat-1234567890ab.herokuapp.com",
    "CSRF_TRUSTED_ORIGINS": "hosts:https://chat-1234567890ab.herokuapp.com",
    "DATABASE_URL": "postgres-url",
    "REDIS_URL": "rediss-url",
    "PAPERTRAIL_API_TOKEN": "secret",
    "SECRET_KEY": "secret",
    "USE_REDIS": "True"
  }
}
\`\`\`
\`\`\`findings
dynolint.snapshot.json:17:6 info settings/config-var-unread
\`\`\`

## Use instead

\`\`\`json file=app.json
{
  "env": {
    "SECRET_KEY": { "generator": "secret" },
    "ALLOWED_HOSTS": "chat-1234567890ab.herokuapp.com"
  }
}
\`\`\`

### Every config var is read

\`\`\`json snapshot=dynolint.snapshot.json
{
  "snapshot": 1,
  "domains": [{ "name": "chat-1234567890ab.herokuapp.com", "kind": "heroku" }],
  "addons": [
    { "service": "heroku-redis", "plan": "premium-0", "variables": ["REDIS_URL"] },
    { "service": "heroku-postgresql", "plan": "essential-0", "variables": ["DATABASE_URL"] }
  ],
  "dynos": [{ "type": "web", "size": "basic", "up": 1, "down": 0 }],
  "config": {
    "ALLOWED_HOSTS": "hosts:chat-1234567890ab.herokuapp.com",
    "CSRF_TRUSTED_ORIGINS": "hosts:https://chat-1234567890ab.herokuapp.com",
    "DATABASE_URL": "postgres-url",
    "REDIS_URL": "rediss-url",
    "SECRET_KEY": "secret"
  }
}
\`\`\`

## When it is silent

For variables that Heroku, a buildpack, a server or a client library reads itself, and when the project makes variable names of field names or prefixes (pydantic, Dynaconf, environs).

## Sources

- [app.json](https://devcenter.heroku.com/articles/app-json-schema#env), [heroku.yml](https://devcenter.heroku.com/articles/build-docker-images-heroku-yml)
`,fr:`# settings/config-var-unread

\`app.json\` ou \`heroku.yml\` d\u00e9finit une variable qu\u2019aucun code du d\u00e9p\u00f4t ne mentionne. Avec un instantan\u00e9 de l\u2019application, il en va de m\u00eame de ses config vars qu\u2019aucun add-on ne d\u00e9finit.

## Pourquoi \u00e7a casse

Rien ne casse en soi. Mais qui a d\u00e9fini \`DJANGO_SECRET_KEY\` voulait quelque chose, et le code lit \`SECRET_KEY\` ; ou la variable (le \`USE_REDIS=True\` de bien des guides) promet un interrupteur qui n\u2019existe pas.

## Exemple

\`\`\`json file=app.json
{
  "env": {
    "SECRET_KEY": { "generator": "secret" },
    "USE_REDIS": "True",
    "DISABLE_COLLECTSTATIC": "1"
  }
}
\`\`\`
\`\`\`findings
app.json:4:6 info settings/config-var-unread
\`\`\`

### Une config var de l\u2019application d\u00e9ploy\u00e9e

\`\`\`json snapshot=dynolint.snapshot.json
{
  "snapshot": 1,
  "domains": [{ "name": "chat-1234567890ab.herokuapp.com", "kind": "heroku" }],
  "addons": [
    { "service": "heroku-redis", "plan": "premium-0", "variables": ["REDIS_URL"] },
    { "service": "heroku-postgresql", "plan": "essential-0", "variables": ["DATABASE_URL"] },
    { "service": "papertrail", "plan": "choklad", "variables": ["PAPERTRAIL_API_TOKEN"] }
  ],
  "dynos": [{ "type": "web", "size": "basic", "up": 1, "down": 0 }],
  "config": {
    "ALLOWED_HOSTS": "hosts:chat-1234567890ab.herokuapp.com",
    "CSRF_TRUSTED_ORIGINS": "hosts:https://chat-1234567890ab.herokuapp.com",
    "DATABASE_URL": "postgres-url",
    "REDIS_URL": "rediss-url",
    "PAPERTRAIL_API_TOKEN": "secret",
    "SECRET_KEY": "secret",
    "USE_REDIS": "True"
  }
}
\`\`\`
\`\`\`findings
dynolint.snapshot.json:17:6 info settings/config-var-unread
\`\`\`

## \u00c0 \u00e9crire \u00e0 la place

\`\`\`json file=app.json
{
  "env": {
    "SECRET_KEY": { "generator": "secret" },
    "ALLOWED_HOSTS": "chat-1234567890ab.herokuapp.com"
  }
}
\`\`\`

### Toute config var est lue

\`\`\`json snapshot=dynolint.snapshot.json
{
  "snapshot": 1,
  "domains": [{ "name": "chat-1234567890ab.herokuapp.com", "kind": "heroku" }],
  "addons": [
    { "service": "heroku-redis", "plan": "premium-0", "variables": ["REDIS_URL"] },
    { "service": "heroku-postgresql", "plan": "essential-0", "variables": ["DATABASE_URL"] }
  ],
  "dynos": [{ "type": "web", "size": "basic", "up": 1, "down": 0 }],
  "config": {
    "ALLOWED_HOSTS": "hosts:chat-1234567890ab.herokuapp.com",
    "CSRF_TRUSTED_ORIGINS": "hosts:https://chat-1234567890ab.herokuapp.com",
    "DATABASE_URL": "postgres-url",
    "REDIS_URL": "rediss-url",
    "SECRET_KEY": "secret"
  }
}
\`\`\`

## Quand la r\u00e8gle se tait

Pour les variables que lisent Heroku, un buildpack, un serveur ou une biblioth\u00e8que cliente, et quand le projet forme les noms de variables \u00e0 partir de champs ou de pr\u00e9fixes (pydantic, Dynaconf, environs).

## Sources

- [app.json](https://devcenter.heroku.com/articles/app-json-schema#env), [heroku.yml](https://devcenter.heroku.com/articles/build-docker-images-heroku-yml)
`},"settings/conn-max-age":{en:`# settings/conn-max-age

The default database keeps its connections (\`CONN_MAX_AGE\` above 0 or \`None\`) under an ASGI server.

## Why it breaks

A connection belongs to a thread. A WSGI server has few of them; an ASGI server runs synchronous code in a pool of threads that grows with the load, and each keeps its connection for the time given. The smaller Postgres plans allow 20: \`FATAL: too many connections for role\`. \`django_heroku.settings()\` sets 600 without saying so. Django\u2019s documentation says that persistent connections should be disabled under ASGI.

## Example

### Ten minutes

\`\`\`python file=mysite/settings.py
import os

import dj_database_url

SECRET_KEY = os.environ['SECRET_KEY']
DATABASES = {'default': dj_database_url.config(conn_max_age=600)}
\`\`\`
\`\`\`findings
mysite/settings.py:6:61 warning settings/conn-max-age
\`\`\`

### For ever

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
DATABASES = {
    'default': {
        'ENGINE': 'django.db.backends.postgresql',
        'NAME': 'chat',
        'HOST': os.environ['DB_HOST'],
        'CONN_MAX_AGE': None,
    },
}
\`\`\`
\`\`\`findings
mysite/settings.py:9:25 warning settings/conn-max-age
\`\`\`

## Use instead

\`\`\`python file=mysite/settings.py
import os

import dj_database_url

SECRET_KEY = os.environ['SECRET_KEY']
DATABASES = {'default': dj_database_url.config()}
\`\`\`

## When it is silent

Under a WSGI server, for SQLite, with a pool in \`OPTIONS\` or PgBouncer in front, and when a later line sets 0.

### Set to 0 below

\`\`\`python file=mysite/settings.py
import os

import dj_database_url

SECRET_KEY = os.environ['SECRET_KEY']
DATABASES = {'default': dj_database_url.config(conn_max_age=600)}
DATABASES['default']['CONN_MAX_AGE'] = 0
\`\`\`

### A WSGI server

\`\`\`Procfile file=Procfile
web: gunicorn mysite.wsgi
\`\`\`
\`\`\`python file=mysite/settings.py
import os

import dj_database_url

SECRET_KEY = os.environ['SECRET_KEY']
DATABASES = {'default': dj_database_url.config(conn_max_age=600)}
\`\`\`

## Sources

- [Persistent connections: caveats](https://docs.djangoproject.com/en/5.2/ref/databases/#caveats)
- [Connection limits of Heroku Postgres](https://devcenter.heroku.com/articles/heroku-postgres-plans), [django/channels#871](https://github.com/django/channels/issues/871)
`,fr:`# settings/conn-max-age

La base par d\u00e9faut garde ses connexions (\`CONN_MAX_AGE\` sup\u00e9rieur \u00e0 0 ou \`None\`) sous un serveur ASGI.

## Pourquoi \u00e7a casse

Une connexion appartient \u00e0 un thread. Un serveur WSGI en a peu ; un serveur ASGI ex\u00e9cute le code synchrone dans un groupe de threads qui grandit avec la charge, et chacun garde sa connexion le temps indiqu\u00e9. Les petites formules Postgres en permettent 20 : \`FATAL: too many connections for role\`. \`django_heroku.settings()\` met 600 sans le dire. La documentation de Django demande de d\u00e9sactiver les connexions persistantes sous ASGI.

## Exemple

### Dix minutes

\`\`\`python file=mysite/settings.py
import os

import dj_database_url

SECRET_KEY = os.environ['SECRET_KEY']
DATABASES = {'default': dj_database_url.config(conn_max_age=600)}
\`\`\`
\`\`\`findings
mysite/settings.py:6:61 warning settings/conn-max-age
\`\`\`

### Ind\u00e9finiment

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
DATABASES = {
    'default': {
        'ENGINE': 'django.db.backends.postgresql',
        'NAME': 'chat',
        'HOST': os.environ['DB_HOST'],
        'CONN_MAX_AGE': None,
    },
}
\`\`\`
\`\`\`findings
mysite/settings.py:9:25 warning settings/conn-max-age
\`\`\`

## \u00c0 \u00e9crire \u00e0 la place

\`\`\`python file=mysite/settings.py
import os

import dj_database_url

SECRET_KEY = os.environ['SECRET_KEY']
DATABASES = {'default': dj_database_url.config()}
\`\`\`

## Quand la r\u00e8gle se tait

Sous un serveur WSGI, pour SQLite, avec un pool dans \`OPTIONS\` ou PgBouncer devant, et quand une ligne ult\u00e9rieure met 0.

### Remis \u00e0 0 plus bas

\`\`\`python file=mysite/settings.py
import os

import dj_database_url

SECRET_KEY = os.environ['SECRET_KEY']
DATABASES = {'default': dj_database_url.config(conn_max_age=600)}
DATABASES['default']['CONN_MAX_AGE'] = 0
\`\`\`

### Un serveur WSGI

\`\`\`Procfile file=Procfile
web: gunicorn mysite.wsgi
\`\`\`
\`\`\`python file=mysite/settings.py
import os

import dj_database_url

SECRET_KEY = os.environ['SECRET_KEY']
DATABASES = {'default': dj_database_url.config(conn_max_age=600)}
\`\`\`

## Sources

- [Persistent connections: caveats](https://docs.djangoproject.com/en/5.2/ref/databases/#caveats)
- [Connection limits of Heroku Postgres](https://devcenter.heroku.com/articles/heroku-postgres-plans), [django/channels#871](https://github.com/django/channels/issues/871)
`},"settings/csrf-trusted-origins":{en:`# settings/csrf-trusted-origins

An entry of \`CSRF_TRUSTED_ORIGINS\` that matches nothing for the Django in use; or no entry at all although Django, behind this server, takes every https request for http.

## Why it breaks

Since 4.0 Django compares the Origin header of a POST with scheme and host of the request, then with \`CSRF_TRUSTED_ORIGINS\`, whose entries need a scheme (\`4_0.E001\`). Heroku\u2019s router ends TLS and says so in \`X-Forwarded-Proto\`. gunicorn and uvicorn take it over on the classic buildpack (\`FORWARDED_ALLOW_IPS=*\`); daphne without \`--proxy-headers\`, hypercorn and granian do not, so Django expects \`http://\` where the browser says \`https://\`: 403 \`CSRF verification failed. Origin checking failed\`. That is what a move from gunicorn to daphne brings. A release that migrates fails before anybody posts a form: \`migrate\` runs the system checks, and \`4_0.E001\` is an error. Where Django knows that the app is on https, an entry that matches nothing is a warning: forms of the app itself need none.

## Example

### Without a scheme

\`\`\`Procfile file=Procfile
web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application
release: python manage.py migrate --noinput
\`\`\`
\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
SECURE_PROXY_SSL_HEADER = ('HTTP_X_FORWARDED_PROTO', 'https')
CSRF_TRUSTED_ORIGINS = ['chat-1234567890ab.herokuapp.com', 'https://chat.example.com/']
\`\`\`
\`\`\`findings
mysite/settings.py:5:25 error settings/csrf-trusted-origins
mysite/settings.py:5:60 warning settings/csrf-trusted-origins
\`\`\`

### A string

\`\`\`Procfile file=Procfile
web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application
release: python manage.py migrate --noinput
\`\`\`
\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
CSRF_TRUSTED_ORIGINS = os.environ['CSRF_TRUSTED_ORIGINS']
\`\`\`
\`\`\`findings
mysite/settings.py:4:24 error settings/csrf-trusted-origins
\`\`\`

### Nothing, behind daphne

\`\`\`Procfile file=Procfile
web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application
\`\`\`
\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
MIDDLEWARE = [
    'django.middleware.security.SecurityMiddleware',
    'django.middleware.csrf.CsrfViewMiddleware',
]
\`\`\`
\`\`\`findings
mysite/settings.py:6:5 error settings/csrf-trusted-origins
\`\`\`

### Schemes for an old Django

\`\`\`text file=requirements.txt
Django==3.2.25
channels==3.0.5
channels-redis==3.4.1
daphne==3.0.2
\`\`\`
\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
CSRF_TRUSTED_ORIGINS = ['https://chat.example.com']
\`\`\`
\`\`\`findings
mysite/settings.py:4:25 warning settings/csrf-trusted-origins
\`\`\`

## Use instead

\`\`\`Procfile file=Procfile
web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application
\`\`\`
\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
SECURE_PROXY_SSL_HEADER = ('HTTP_X_FORWARDED_PROTO', 'https')
CSRF_TRUSTED_ORIGINS = ['https://chat-1234567890ab.herokuapp.com', 'https://*.example.com']
MIDDLEWARE = [
    'django.middleware.security.SecurityMiddleware',
    'django.middleware.csrf.CsrfViewMiddleware',
]
\`\`\`

## When it is silent

When Django\u2019s version is unknown; before Django 4 when nothing is set; when the server passes the scheme on, or it is not known whether it does; without the CSRF middleware.

### daphne with --proxy-headers

\`\`\`Procfile file=Procfile
web: daphne --proxy-headers -b 0.0.0.0 -p $PORT mysite.asgi:application
\`\`\`
\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
MIDDLEWARE = [
    'django.middleware.security.SecurityMiddleware',
    'django.middleware.csrf.CsrfViewMiddleware',
]
\`\`\`

### gunicorn on the classic buildpack

\`\`\`Procfile file=Procfile
web: gunicorn -k uvicorn_worker.UvicornWorker mysite.asgi:application
\`\`\`
\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
MIDDLEWARE = [
    'django.middleware.security.SecurityMiddleware',
    'django.middleware.csrf.CsrfViewMiddleware',
]
\`\`\`

### The origin is listed

\`\`\`Procfile file=Procfile
web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application
\`\`\`
\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
CSRF_TRUSTED_ORIGINS = ['https://*.herokuapp.com']
MIDDLEWARE = [
    'django.middleware.security.SecurityMiddleware',
    'django.middleware.csrf.CsrfViewMiddleware',
]
\`\`\`

## Sources

- [CSRF_TRUSTED_ORIGINS](https://docs.djangoproject.com/en/5.2/ref/settings/#csrf-trusted-origins), [changes in 4.0](https://docs.djangoproject.com/en/4.0/releases/4.0/#csrf-trusted-origins-changes)
- [SECURE_PROXY_SSL_HEADER](https://docs.djangoproject.com/en/5.2/ref/settings/#secure-proxy-ssl-header)
- [HTTP routing on Heroku](https://devcenter.heroku.com/articles/http-routing), [django/daphne#193](https://github.com/django/daphne/issues/193)
`,fr:`# settings/csrf-trusted-origins

Une entr\u00e9e de \`CSRF_TRUSTED_ORIGINS\` qui ne correspond \u00e0 rien pour le Django install\u00e9 ; ou aucune entr\u00e9e alors que Django, derri\u00e8re ce serveur, prend toute requ\u00eate https pour du http.

## Pourquoi \u00e7a casse

Depuis 4.0, Django compare l\u2019en-t\u00eate Origin d\u2019un POST au sch\u00e9ma et \u00e0 l\u2019h\u00f4te de la requ\u00eate, puis \u00e0 \`CSRF_TRUSTED_ORIGINS\`, dont les entr\u00e9es exigent un sch\u00e9ma (\`4_0.E001\`). Le routeur d\u2019Heroku termine TLS et le dit dans \`X-Forwarded-Proto\`. gunicorn et uvicorn le reprennent sur le buildpack classique (\`FORWARDED_ALLOW_IPS=*\`) ; daphne sans \`--proxy-headers\`, hypercorn et granian non, si bien que Django attend \`http://\` l\u00e0 o\u00f9 le navigateur dit \`https://\` : 403 \`CSRF verification failed. Origin checking failed\`. C\u2019est ce qu\u2019apporte le passage de gunicorn \u00e0 daphne. Une release qui migre \u00e9choue avant que quiconque envoie un formulaire : \`migrate\` lance les v\u00e9rifications syst\u00e8me, et \`4_0.E001\` est une erreur. L\u00e0 o\u00f9 Django sait que l\u2019application est en https, une entr\u00e9e qui ne correspond \u00e0 rien est un avertissement : les formulaires de l\u2019application elle-m\u00eame s\u2019en passent.

## Exemple

### Sans sch\u00e9ma

\`\`\`Procfile file=Procfile
web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application
release: python manage.py migrate --noinput
\`\`\`
\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
SECURE_PROXY_SSL_HEADER = ('HTTP_X_FORWARDED_PROTO', 'https')
CSRF_TRUSTED_ORIGINS = ['chat-1234567890ab.herokuapp.com', 'https://chat.example.com/']
\`\`\`
\`\`\`findings
mysite/settings.py:5:25 error settings/csrf-trusted-origins
mysite/settings.py:5:60 warning settings/csrf-trusted-origins
\`\`\`

### Une cha\u00eene

\`\`\`Procfile file=Procfile
web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application
release: python manage.py migrate --noinput
\`\`\`
\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
CSRF_TRUSTED_ORIGINS = os.environ['CSRF_TRUSTED_ORIGINS']
\`\`\`
\`\`\`findings
mysite/settings.py:4:24 error settings/csrf-trusted-origins
\`\`\`

### Rien, derri\u00e8re daphne

\`\`\`Procfile file=Procfile
web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application
\`\`\`
\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
MIDDLEWARE = [
    'django.middleware.security.SecurityMiddleware',
    'django.middleware.csrf.CsrfViewMiddleware',
]
\`\`\`
\`\`\`findings
mysite/settings.py:6:5 error settings/csrf-trusted-origins
\`\`\`

### Des sch\u00e9mas pour un vieux Django

\`\`\`text file=requirements.txt
Django==3.2.25
channels==3.0.5
channels-redis==3.4.1
daphne==3.0.2
\`\`\`
\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
CSRF_TRUSTED_ORIGINS = ['https://chat.example.com']
\`\`\`
\`\`\`findings
mysite/settings.py:4:25 warning settings/csrf-trusted-origins
\`\`\`

## \u00c0 \u00e9crire \u00e0 la place

\`\`\`Procfile file=Procfile
web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application
\`\`\`
\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
SECURE_PROXY_SSL_HEADER = ('HTTP_X_FORWARDED_PROTO', 'https')
CSRF_TRUSTED_ORIGINS = ['https://chat-1234567890ab.herokuapp.com', 'https://*.example.com']
MIDDLEWARE = [
    'django.middleware.security.SecurityMiddleware',
    'django.middleware.csrf.CsrfViewMiddleware',
]
\`\`\`

## Quand la r\u00e8gle se tait

Quand la version de Django est inconnue ; avant Django 4 quand rien n\u2019est d\u00e9fini ; quand le serveur transmet le sch\u00e9ma, ou qu\u2019on ne sait pas s\u2019il le fait ; sans le middleware CSRF.

### daphne avec --proxy-headers

\`\`\`Procfile file=Procfile
web: daphne --proxy-headers -b 0.0.0.0 -p $PORT mysite.asgi:application
\`\`\`
\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
MIDDLEWARE = [
    'django.middleware.security.SecurityMiddleware',
    'django.middleware.csrf.CsrfViewMiddleware',
]
\`\`\`

### gunicorn sur le buildpack classique

\`\`\`Procfile file=Procfile
web: gunicorn -k uvicorn_worker.UvicornWorker mysite.asgi:application
\`\`\`
\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
MIDDLEWARE = [
    'django.middleware.security.SecurityMiddleware',
    'django.middleware.csrf.CsrfViewMiddleware',
]
\`\`\`

### L\u2019origine est list\u00e9e

\`\`\`Procfile file=Procfile
web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application
\`\`\`
\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
CSRF_TRUSTED_ORIGINS = ['https://*.herokuapp.com']
MIDDLEWARE = [
    'django.middleware.security.SecurityMiddleware',
    'django.middleware.csrf.CsrfViewMiddleware',
]
\`\`\`

## Sources

- [CSRF_TRUSTED_ORIGINS](https://docs.djangoproject.com/en/5.2/ref/settings/#csrf-trusted-origins), [changes in 4.0](https://docs.djangoproject.com/en/4.0/releases/4.0/#csrf-trusted-origins-changes)
- [SECURE_PROXY_SSL_HEADER](https://docs.djangoproject.com/en/5.2/ref/settings/#secure-proxy-ssl-header)
- [HTTP routing on Heroku](https://devcenter.heroku.com/articles/http-routing), [django/daphne#193](https://github.com/django/daphne/issues/193)
`},"settings/daphne-order":{en:`# settings/daphne-order

\`daphne\` stands after \`django.contrib.staticfiles\` in \`INSTALLED_APPS\`.

## Why it breaks

daphne replaces \`runserver\`, and the app that comes first wins. Its system check says so: \`(daphne.E001) Daphne must be listed before django.contrib.staticfiles in INSTALLED_APPS.\` A check error stops every \`manage.py\` command that runs the checks of static files: \`runserver\`, and \`collectstatic\` in the build.

## Example

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = [
    'django.contrib.auth',
    'django.contrib.staticfiles',
    'daphne',
    'channels',
    'chat',
]
\`\`\`
\`\`\`findings
mysite/settings.py:7:5 error settings/daphne-order
\`\`\`

## Use instead

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = [
    'daphne',
    'django.contrib.auth',
    'django.contrib.staticfiles',
    'channels',
    'chat',
]
\`\`\`

## When it is silent

Before daphne 4, which has no such check.

### Inserted at the front when it is installed

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = [
    'django.contrib.auth',
    'django.contrib.staticfiles',
    'channels',
    'chat',
]
try:
    import daphne
except ImportError:
    pass
else:
    INSTALLED_APPS.insert(0, 'daphne')
\`\`\`

## Sources

- [daphne/checks.py](https://github.com/django/daphne/blob/main/daphne/checks.py), since 4.0.0
- [Channels: installation](https://channels.readthedocs.io/en/stable/installation.html)
`,fr:`# settings/daphne-order

\`daphne\` est apr\u00e8s \`django.contrib.staticfiles\` dans \`INSTALLED_APPS\`.

## Pourquoi \u00e7a casse

daphne remplace \`runserver\`, et l\u2019application qui vient en premier l\u2019emporte. Sa v\u00e9rification le dit : \`(daphne.E001) Daphne must be listed before django.contrib.staticfiles in INSTALLED_APPS.\` Une erreur de v\u00e9rification arr\u00eate toute commande \`manage.py\` qui lance celles des fichiers statiques : \`runserver\`, et \`collectstatic\` pendant le build.

## Exemple

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = [
    'django.contrib.auth',
    'django.contrib.staticfiles',
    'daphne',
    'channels',
    'chat',
]
\`\`\`
\`\`\`findings
mysite/settings.py:7:5 error settings/daphne-order
\`\`\`

## \u00c0 \u00e9crire \u00e0 la place

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = [
    'daphne',
    'django.contrib.auth',
    'django.contrib.staticfiles',
    'channels',
    'chat',
]
\`\`\`

## Quand la r\u00e8gle se tait

Avant daphne 4, qui n\u2019a pas cette v\u00e9rification.

### Ins\u00e9r\u00e9 en t\u00eate s\u2019il est install\u00e9

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = [
    'django.contrib.auth',
    'django.contrib.staticfiles',
    'channels',
    'chat',
]
try:
    import daphne
except ImportError:
    pass
else:
    INSTALLED_APPS.insert(0, 'daphne')
\`\`\`

## Sources

- [daphne/checks.py](https://github.com/django/daphne/blob/main/daphne/checks.py), since 4.0.0
- [Channels: installation](https://channels.readthedocs.io/en/stable/installation.html)
`},"settings/database-url":{en:`# settings/database-url

The default database on the dyno is on the dyno itself, on a container\u2019s name or on a host written into the source, and nothing reads \`DATABASE_URL\`.

## Why it breaks

No database server runs on a dyno: \`could not connect to server: Connection refused. Is the server running on host "localhost" (127.0.0.1) and accepting TCP/IP connections on port 5432?\` A container\u2019s name gives \`could not translate host name "db" to address\`. Heroku Postgres says where it is in \`DATABASE_URL\`, and says so anew after maintenance.

## Example

### localhost

\`\`\`python file=mysite/settings.py
import os

import dj_database_url

SECRET_KEY = os.environ['SECRET_KEY']
DATABASES = {
    'default': {
        'ENGINE': 'django.db.backends.postgresql',
        'NAME': 'chat',
        'HOST': 'localhost',
    },
}
\`\`\`
\`\`\`findings
mysite/settings.py:10:17 error settings/database-url
\`\`\`

### A container\u2019s name unless a variable is set

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
DATABASES = {
    'default': {
        'ENGINE': 'django.db.backends.postgresql',
        'NAME': 'chat',
        'HOST': os.getenv('DB_HOST', 'db'),
    },
}
\`\`\`
\`\`\`findings
mysite/settings.py:8:38 warning settings/database-url possible
\`\`\`

### A host in the source

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
DATABASES = {
    'default': {
        'ENGINE': 'django.db.backends.postgresql',
        'NAME': 'chat',
        'HOST': 'db.example.com',
    },
}
\`\`\`
\`\`\`findings
mysite/settings.py:8:17 warning settings/database-url
\`\`\`

## Use instead

\`\`\`python file=mysite/settings.py
import os

import dj_database_url

SECRET_KEY = os.environ['SECRET_KEY']
DATABASES = {'default': dj_database_url.config(default='postgres://localhost/chat')}
\`\`\`

## When it is silent

When \`DATABASE_URL\` is read anywhere in the settings, and for hosts that come out of a variable, also where its value is known.

### A variable of one\u2019s own

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
DATABASES = {
    'default': {
        'ENGINE': 'django.db.backends.postgresql',
        'NAME': 'chat',
        'HOST': os.environ['DB_HOST'],
    },
}
\`\`\`

## Sources

- [Connecting to Heroku Postgres from Python](https://devcenter.heroku.com/articles/connecting-heroku-postgres#connecting-in-python)
- [dj-database-url](https://github.com/jazzband/dj-database-url)
`,fr:`# settings/database-url

La base par d\u00e9faut du dyno est sur le dyno lui-m\u00eame, sur un nom de conteneur ou sur un h\u00f4te \u00e9crit dans le source, et rien ne lit \`DATABASE_URL\`.

## Pourquoi \u00e7a casse

Aucun serveur de base de donn\u00e9es ne tourne sur un dyno : \`could not connect to server: Connection refused. Is the server running on host "localhost" (127.0.0.1) and accepting TCP/IP connections on port 5432?\` Un nom de conteneur donne \`could not translate host name "db" to address\`. Heroku Postgres dit o\u00f9 il est dans \`DATABASE_URL\`, et le redit apr\u00e8s une maintenance.

## Exemple

### localhost

\`\`\`python file=mysite/settings.py
import os

import dj_database_url

SECRET_KEY = os.environ['SECRET_KEY']
DATABASES = {
    'default': {
        'ENGINE': 'django.db.backends.postgresql',
        'NAME': 'chat',
        'HOST': 'localhost',
    },
}
\`\`\`
\`\`\`findings
mysite/settings.py:10:17 error settings/database-url
\`\`\`

### Le nom d\u2019un conteneur sauf si une variable est d\u00e9finie

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
DATABASES = {
    'default': {
        'ENGINE': 'django.db.backends.postgresql',
        'NAME': 'chat',
        'HOST': os.getenv('DB_HOST', 'db'),
    },
}
\`\`\`
\`\`\`findings
mysite/settings.py:8:38 warning settings/database-url possible
\`\`\`

### Un h\u00f4te dans le source

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
DATABASES = {
    'default': {
        'ENGINE': 'django.db.backends.postgresql',
        'NAME': 'chat',
        'HOST': 'db.example.com',
    },
}
\`\`\`
\`\`\`findings
mysite/settings.py:8:17 warning settings/database-url
\`\`\`

## \u00c0 \u00e9crire \u00e0 la place

\`\`\`python file=mysite/settings.py
import os

import dj_database_url

SECRET_KEY = os.environ['SECRET_KEY']
DATABASES = {'default': dj_database_url.config(default='postgres://localhost/chat')}
\`\`\`

## Quand la r\u00e8gle se tait

Quand \`DATABASE_URL\` est lue quelque part dans les r\u00e9glages, et pour les h\u00f4tes qui viennent d\u2019une variable, m\u00eame si sa valeur est connue.

### Une variable \u00e0 soi

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
DATABASES = {
    'default': {
        'ENGINE': 'django.db.backends.postgresql',
        'NAME': 'chat',
        'HOST': os.environ['DB_HOST'],
    },
}
\`\`\`

## Sources

- [Connecting to Heroku Postgres from Python](https://devcenter.heroku.com/articles/connecting-heroku-postgres#connecting-in-python)
- [dj-database-url](https://github.com/jazzband/dj-database-url)
`},"settings/debug":{en:`# settings/debug

\`DEBUG\` is true on the dyno: always, unless a variable is set, or as soon as a variable holds any text.

## Why it breaks

With \`DEBUG\` on, an exception shows settings, source and local variables to every visitor, \`ALLOWED_HOSTS\` is half ignored and every SQL query stays in memory until the dyno meets R14. Environment variables are texts: \`bool("False")\` is true, and so is \`os.environ.get("DEBUG")\` for \`DEBUG=False\`.

## Example

### Always

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
DEBUG = True
\`\`\`
\`\`\`findings
mysite/settings.py:4:9 error settings/debug
\`\`\`

### Unless a variable is set

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
DEBUG = os.getenv('ENVIRONMENT') != 'production'
\`\`\`
\`\`\`findings
mysite/settings.py:4:9 warning settings/debug possible
\`\`\`

### Any text is true

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
DEBUG = bool(os.getenv('DEBUG', ''))
\`\`\`
\`\`\`findings
mysite/settings.py:4:9 warning settings/debug possible
\`\`\`

## Use instead

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
DEBUG = os.environ.get('DEBUG', 'False') == 'True'
\`\`\`

## When it is silent

When only a variable with the right text turns it on, and when a later line turns it off.

### Off wherever DYNO is set

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
DEBUG = 'DYNO' not in os.environ
\`\`\`

### Turned off below

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
DEBUG = True
if 'DYNO' in os.environ:
    DEBUG = False
\`\`\`

## Sources

- [DEBUG](https://docs.djangoproject.com/en/5.2/ref/settings/#debug), [deployment checklist](https://docs.djangoproject.com/en/5.2/howto/deployment/checklist/)
`,fr:`# settings/debug

\`DEBUG\` est vrai sur le dyno : toujours, sauf si une variable est d\u00e9finie, ou d\u00e8s qu\u2019une variable contient un texte quelconque.

## Pourquoi \u00e7a casse

Avec \`DEBUG\`, une exception montre r\u00e9glages, source et variables locales \u00e0 tout visiteur, \`ALLOWED_HOSTS\` est \u00e0 moiti\u00e9 ignor\u00e9 et chaque requ\u00eate SQL reste en m\u00e9moire jusqu\u2019\u00e0 ce que le dyno rencontre R14. Les variables d\u2019environnement sont des textes : \`bool("False")\` est vrai, tout comme \`os.environ.get("DEBUG")\` avec \`DEBUG=False\`.

## Exemple

### Toujours

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
DEBUG = True
\`\`\`
\`\`\`findings
mysite/settings.py:4:9 error settings/debug
\`\`\`

### Sauf si une variable est d\u00e9finie

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
DEBUG = os.getenv('ENVIRONMENT') != 'production'
\`\`\`
\`\`\`findings
mysite/settings.py:4:9 warning settings/debug possible
\`\`\`

### Tout texte est vrai

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
DEBUG = bool(os.getenv('DEBUG', ''))
\`\`\`
\`\`\`findings
mysite/settings.py:4:9 warning settings/debug possible
\`\`\`

## \u00c0 \u00e9crire \u00e0 la place

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
DEBUG = os.environ.get('DEBUG', 'False') == 'True'
\`\`\`

## Quand la r\u00e8gle se tait

Quand seule une variable avec le bon texte l\u2019active, et quand une ligne ult\u00e9rieure le d\u00e9sactive.

### D\u00e9sactiv\u00e9 partout o\u00f9 DYNO existe

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
DEBUG = 'DYNO' not in os.environ
\`\`\`

### D\u00e9sactiv\u00e9 plus bas

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
DEBUG = True
if 'DYNO' in os.environ:
    DEBUG = False
\`\`\`

## Sources

- [DEBUG](https://docs.djangoproject.com/en/5.2/ref/settings/#debug), [deployment checklist](https://docs.djangoproject.com/en/5.2/howto/deployment/checklist/)
`},"settings/django-heroku":{en:`# settings/django-heroku

The settings call \`django_heroku.settings(locals())\` (or \`django_on_heroku.settings\`), which replaces what stands above it.

## Why it breaks

Without an argument that says otherwise the call sets \`ALLOWED_HOSTS = ['*']\` (which makes \`AllowedHostsOriginValidator\` useless), \`DATABASES\` with \`conn_max_age=600\` (too much under an ASGI server), \`LOGGING\`, \`STATIC_ROOT\`, \`STATICFILES_STORAGE\` (removed in Django 5.1), and puts WhiteNoise before SecurityMiddleware. The package was last released in 2018 and requires \`psycopg2\`, which has to be compiled.

## Example

\`\`\`python file=mysite/settings.py
import os

import django_heroku

BASE_DIR = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SECRET_KEY = os.environ['SECRET_KEY']
ALLOWED_HOSTS = ['chat-1234567890ab.herokuapp.com']
MIDDLEWARE = ['django.middleware.security.SecurityMiddleware']
django_heroku.settings(locals())
\`\`\`
\`\`\`text file=requirements.txt
Django==3.2.25
django-heroku==0.3.1
channels==3.0.5
channels-redis==3.4.1
daphne==3.0.2
\`\`\`
\`\`\`findings
mysite/settings.py:9:1 warning settings/django-heroku
\`\`\`

## Use instead

\`\`\`python file=mysite/settings.py
import os

import dj_database_url

SECRET_KEY = os.environ['SECRET_KEY']
ALLOWED_HOSTS = ['chat-1234567890ab.herokuapp.com']
DATABASES = {'default': dj_database_url.config(ssl_require=True)}
\`\`\`

## When it is silent

When the call is not reached on the dyno.

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
if 'DYNO' not in os.environ:
    import django_heroku

    django_heroku.settings(locals())
\`\`\`
\`\`\`text file=requirements.txt
Django==3.2.25
django-heroku==0.3.1
channels==3.0.5
channels-redis==3.4.1
daphne==3.0.2
\`\`\`

## Sources

- [django-heroku 0.3.1, core.py](https://github.com/heroku/django-heroku/blob/master/django_heroku/core.py)
- [STATICFILES_STORAGE removed](https://docs.djangoproject.com/en/5.1/releases/5.1/#features-removed-in-5-1)
`,fr:`# settings/django-heroku

Les r\u00e9glages appellent \`django_heroku.settings(locals())\` (ou \`django_on_heroku.settings\`), qui remplace ce qui pr\u00e9c\u00e8de.

## Pourquoi \u00e7a casse

Sans argument contraire, l\u2019appel d\u00e9finit \`ALLOWED_HOSTS = ['*']\` (ce qui rend \`AllowedHostsOriginValidator\` inutile), \`DATABASES\` avec \`conn_max_age=600\` (trop sous un serveur ASGI), \`LOGGING\`, \`STATIC_ROOT\`, \`STATICFILES_STORAGE\` (supprim\u00e9 dans Django 5.1), et place WhiteNoise avant SecurityMiddleware. La derni\u00e8re version du paquet date de 2018 et demande \`psycopg2\`, qu\u2019il faut compiler.

## Exemple

\`\`\`python file=mysite/settings.py
import os

import django_heroku

BASE_DIR = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SECRET_KEY = os.environ['SECRET_KEY']
ALLOWED_HOSTS = ['chat-1234567890ab.herokuapp.com']
MIDDLEWARE = ['django.middleware.security.SecurityMiddleware']
django_heroku.settings(locals())
\`\`\`
\`\`\`text file=requirements.txt
Django==3.2.25
django-heroku==0.3.1
channels==3.0.5
channels-redis==3.4.1
daphne==3.0.2
\`\`\`
\`\`\`findings
mysite/settings.py:9:1 warning settings/django-heroku
\`\`\`

## \u00c0 \u00e9crire \u00e0 la place

\`\`\`python file=mysite/settings.py
import os

import dj_database_url

SECRET_KEY = os.environ['SECRET_KEY']
ALLOWED_HOSTS = ['chat-1234567890ab.herokuapp.com']
DATABASES = {'default': dj_database_url.config(ssl_require=True)}
\`\`\`

## Quand la r\u00e8gle se tait

Quand l\u2019appel n\u2019est pas atteint sur le dyno.

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
if 'DYNO' not in os.environ:
    import django_heroku

    django_heroku.settings(locals())
\`\`\`
\`\`\`text file=requirements.txt
Django==3.2.25
django-heroku==0.3.1
channels==3.0.5
channels-redis==3.4.1
daphne==3.0.2
\`\`\`

## Sources

- [django-heroku 0.3.1, core.py](https://github.com/heroku/django-heroku/blob/master/django_heroku/core.py)
- [STATICFILES_STORAGE removed](https://docs.djangoproject.com/en/5.1/releases/5.1/#features-removed-in-5-1)
`},"settings/dotenv":{en:`# settings/dotenv

A \`.env\` file with secrets that git does not ignore, or settings that take their values from a \`.env\` file alone, which the dyno does not have.

## Why it breaks

What git carries, everyone with the repository reads, for ever; and \`load_dotenv()\` takes it on the dyno for every variable that is not set there, so a forgotten config var silently becomes the value of the developer\u2019s machine. The other way round, \`dotenv_values()\` reads the file and nothing else: without it, \`config["SECRET_KEY"]\` raises \`KeyError\`, and \`config.get(\u2026)\` gives \`None\`, whatever \`heroku config\` says.

## Example

### Secrets in git

\`\`\`text file=.env
DEBUG=True
SECRET_KEY=k3v-0ld-9a8s7df6
STRIPE_API_KEY='sk_live_51Hq'
\`\`\`
\`\`\`text file=.gitignore
*.pyc
\`\`\`
\`\`\`findings
.env:2:1 warning settings/dotenv
\`\`\`

### Nothing but the file

\`\`\`python file=mysite/settings.py
import os

from dotenv import dotenv_values

config = dotenv_values('.env')
SECRET_KEY = os.environ['SECRET_KEY']
STRIPE_API_KEY = config.get('STRIPE_API_KEY')
\`\`\`
\`\`\`text file=requirements.txt
Django==5.2.17
python-dotenv==1.1.1
channels==4.3.2
channels-redis==4.3.0
redis==7.4.1
daphne==4.2.2
\`\`\`
\`\`\`findings
mysite/settings.py:5:10 warning settings/dotenv
\`\`\`

## Use instead

\`\`\`text file=.gitignore
.env
\`\`\`
\`\`\`text file=.env
SECRET_KEY=k3v-0ld-9a8s7df6
\`\`\`
\`\`\`python file=mysite/settings.py
import os

from dotenv import load_dotenv

load_dotenv()
SECRET_KEY = os.environ['SECRET_KEY']
\`\`\`
\`\`\`text file=requirements.txt
Django==5.2.17
python-dotenv==1.1.1
channels==4.3.2
channels-redis==4.3.0
redis==7.4.1
daphne==4.2.2
\`\`\`

## When it is silent

For examples (\`.env.example\`) and files without secrets, and for a loader that only adds to the environment: config vars come first there.

### Merged with the environment

\`\`\`python file=mysite/settings.py
import os

from dotenv import dotenv_values

config = {**dotenv_values('.env'), **os.environ}
SECRET_KEY = config['SECRET_KEY']
\`\`\`
\`\`\`text file=.env.example
SECRET_KEY=k3v-0ld-9a8s7df6
\`\`\`
\`\`\`text file=requirements.txt
Django==5.2.17
python-dotenv==1.1.1
channels==4.3.2
channels-redis==4.3.0
redis==7.4.1
daphne==4.2.2
\`\`\`

## Sources

- [Config vars](https://devcenter.heroku.com/articles/config-vars)
- [python-dotenv](https://github.com/theskumar/python-dotenv#load-configuration-without-altering-the-environment)
`,fr:`# settings/dotenv

Un fichier \`.env\` avec des secrets que git n\u2019ignore pas, ou des r\u00e9glages qui ne prennent leurs valeurs que dans un fichier \`.env\`, absent du dyno.

## Pourquoi \u00e7a casse

Ce que git transporte, quiconque a le d\u00e9p\u00f4t le lit, pour toujours ; et \`load_dotenv()\` le prend sur le dyno pour chaque variable qui n\u2019y est pas d\u00e9finie : une config var oubli\u00e9e devient sans bruit la valeur de la machine du d\u00e9veloppeur. \u00c0 l\u2019inverse, \`dotenv_values()\` lit le fichier et rien d\u2019autre : sans lui, \`config["SECRET_KEY"]\` l\u00e8ve \`KeyError\` et \`config.get(\u2026)\` donne \`None\`, quoi que dise \`heroku config\`.

## Exemple

### Des secrets dans git

\`\`\`text file=.env
DEBUG=True
SECRET_KEY=k3v-0ld-9a8s7df6
STRIPE_API_KEY='sk_live_51Hq'
\`\`\`
\`\`\`text file=.gitignore
*.pyc
\`\`\`
\`\`\`findings
.env:2:1 warning settings/dotenv
\`\`\`

### Rien que le fichier

\`\`\`python file=mysite/settings.py
import os

from dotenv import dotenv_values

config = dotenv_values('.env')
SECRET_KEY = os.environ['SECRET_KEY']
STRIPE_API_KEY = config.get('STRIPE_API_KEY')
\`\`\`
\`\`\`text file=requirements.txt
Django==5.2.17
python-dotenv==1.1.1
channels==4.3.2
channels-redis==4.3.0
redis==7.4.1
daphne==4.2.2
\`\`\`
\`\`\`findings
mysite/settings.py:5:10 warning settings/dotenv
\`\`\`

## \u00c0 \u00e9crire \u00e0 la place

\`\`\`text file=.gitignore
.env
\`\`\`
\`\`\`text file=.env
SECRET_KEY=k3v-0ld-9a8s7df6
\`\`\`
\`\`\`python file=mysite/settings.py
import os

from dotenv import load_dotenv

load_dotenv()
SECRET_KEY = os.environ['SECRET_KEY']
\`\`\`
\`\`\`text file=requirements.txt
Django==5.2.17
python-dotenv==1.1.1
channels==4.3.2
channels-redis==4.3.0
redis==7.4.1
daphne==4.2.2
\`\`\`

## Quand la r\u00e8gle se tait

Pour les exemples (\`.env.example\`) et les fichiers sans secret, et pour un chargeur qui ne fait que compl\u00e9ter l\u2019environnement : les config vars y passent d\u2019abord.

### Fusionn\u00e9 avec l\u2019environnement

\`\`\`python file=mysite/settings.py
import os

from dotenv import dotenv_values

config = {**dotenv_values('.env'), **os.environ}
SECRET_KEY = config['SECRET_KEY']
\`\`\`
\`\`\`text file=.env.example
SECRET_KEY=k3v-0ld-9a8s7df6
\`\`\`
\`\`\`text file=requirements.txt
Django==5.2.17
python-dotenv==1.1.1
channels==4.3.2
channels-redis==4.3.0
redis==7.4.1
daphne==4.2.2
\`\`\`

## Sources

- [Config vars](https://devcenter.heroku.com/articles/config-vars)
- [python-dotenv](https://github.com/theskumar/python-dotenv#load-configuration-without-altering-the-environment)
`},"settings/ephemeral-database":{en:`# settings/ephemeral-database

The default database on the dyno is SQLite, or no database is configured.

## Why it breaks

A dyno\u2019s disk is its own and is thrown away at every restart, at least once a day and at every deploy. Each dyno, the release phase and a one-off dyno have different files: accounts and messages vanish, and after \`migrate\` in the release phase the web dyno still says \`no such table: auth_user\`.

## Example

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
DATABASES = {
    'default': {
        'ENGINE': 'django.db.backends.sqlite3',
        'NAME': 'db.sqlite3',
    },
}
\`\`\`
\`\`\`findings
mysite/settings.py:6:19 warning settings/ephemeral-database
\`\`\`

## Use instead

\`\`\`python file=mysite/settings.py
import os

import dj_database_url

SECRET_KEY = os.environ['SECRET_KEY']
DATABASES = {'default': dj_database_url.config(default='sqlite:///db.sqlite3')}
\`\`\`

## When it is silent

When SQLite is only what \`DATABASE_URL\` falls back to, or a later line replaces it.

### Replaced below

\`\`\`python file=mysite/settings.py
import os

import dj_database_url

SECRET_KEY = os.environ['SECRET_KEY']
DATABASES = {
    'default': {
        'ENGINE': 'django.db.backends.sqlite3',
        'NAME': 'db.sqlite3',
    },
}
DATABASES['default'].update(dj_database_url.config())
\`\`\`

## Sources

- [SQLite on Heroku](https://devcenter.heroku.com/articles/sqlite3), [ephemeral file system](https://devcenter.heroku.com/articles/dynos#ephemeral-filesystem)
`,fr:`# settings/ephemeral-database

La base par d\u00e9faut du dyno est SQLite, ou aucune base n\u2019est configur\u00e9e.

## Pourquoi \u00e7a casse

Le disque d\u2019un dyno lui est propre et dispara\u00eet \u00e0 chaque red\u00e9marrage, au moins une fois par jour et \u00e0 chaque d\u00e9ploiement. Chaque dyno, la phase de release et un dyno ponctuel ont des fichiers diff\u00e9rents : comptes et messages disparaissent, et apr\u00e8s \`migrate\` en phase de release le dyno web dit encore \`no such table: auth_user\`.

## Exemple

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
DATABASES = {
    'default': {
        'ENGINE': 'django.db.backends.sqlite3',
        'NAME': 'db.sqlite3',
    },
}
\`\`\`
\`\`\`findings
mysite/settings.py:6:19 warning settings/ephemeral-database
\`\`\`

## \u00c0 \u00e9crire \u00e0 la place

\`\`\`python file=mysite/settings.py
import os

import dj_database_url

SECRET_KEY = os.environ['SECRET_KEY']
DATABASES = {'default': dj_database_url.config(default='sqlite:///db.sqlite3')}
\`\`\`

## Quand la r\u00e8gle se tait

Quand SQLite n\u2019est que la valeur de repli de \`DATABASE_URL\`, ou qu\u2019une ligne ult\u00e9rieure le remplace.

### Remplac\u00e9 plus bas

\`\`\`python file=mysite/settings.py
import os

import dj_database_url

SECRET_KEY = os.environ['SECRET_KEY']
DATABASES = {
    'default': {
        'ENGINE': 'django.db.backends.sqlite3',
        'NAME': 'db.sqlite3',
    },
}
DATABASES['default'].update(dj_database_url.config())
\`\`\`

## Sources

- [SQLite on Heroku](https://devcenter.heroku.com/articles/sqlite3), [ephemeral file system](https://devcenter.heroku.com/articles/dynos#ephemeral-filesystem)
`},"settings/module":{en:`# settings/module

\`DJANGO_SETTINGS_MODULE\` \u2014 from the config var, the command, a package\u2019s \`__init__\`, \`asgi.py\` or \`manage.py\`, in this order of strength \u2014 names a module that does not exist, one that sets nothing, or one meant for development. A snapshot of the app tells what the config var is.

## Why it breaks

A module that is missing ends the process at boot: \`ModuleNotFoundError: No module named 'mysite.setings'\`, then H10. An empty package (\`settings/__init__.py\` with \`base.py\` and \`production.py\` beside it) starts, and fails at the first thing it needs: \`ImproperlyConfigured: The SECRET_KEY setting must not be empty\`. manage.py is what the buildpack runs \`collectstatic\` with and what a release phase migrates with, so its default counts even if the web process names its own.

## Example

### It does not exist

\`\`\`Procfile file=Procfile
web: DJANGO_SETTINGS_MODULE=mysite.setings daphne -b 0.0.0.0 -p $PORT mysite.asgi:application
\`\`\`
\`\`\`findings
Procfile:1:6 error settings/module
\`\`\`

### The default does not exist

\`\`\`python file=mysite/asgi.py
import os

from django.core.asgi import get_asgi_application

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.production')

application = get_asgi_application()
\`\`\`
\`\`\`findings
mysite/asgi.py:5:49 warning settings/module possible
\`\`\`

### An empty package

\`\`\`python file=mysite/settings/__init__.py
\`\`\`
\`\`\`python file=mysite/settings/base.py
INSTALLED_APPS = ['channels', 'chat']
\`\`\`
\`\`\`python file=mysite/asgi.py
import os

from django.core.asgi import get_asgi_application

os.environ['DJANGO_SETTINGS_MODULE'] = 'mysite.settings'

application = get_asgi_application()
\`\`\`
\`\`\`python file=manage.py
import os

os.environ['DJANGO_SETTINGS_MODULE'] = 'mysite.settings'
\`\`\`
\`\`\`findings
mysite/asgi.py:5:40 error settings/module
\`\`\`

### Settings of development

\`\`\`python file=mysite/settings/__init__.py
\`\`\`
\`\`\`python file=mysite/settings/dev.py
DEBUG = True
\`\`\`
\`\`\`Procfile file=Procfile
web: DJANGO_SETTINGS_MODULE=mysite.settings.dev daphne -b 0.0.0.0 -p $PORT mysite.asgi:application
\`\`\`
\`\`\`python file=manage.py
import os

os.environ['DJANGO_SETTINGS_MODULE'] = 'mysite.settings.dev'
\`\`\`
\`\`\`findings
Procfile:1:6 warning settings/module
\`\`\`

### The config var of the deployed app

\`\`\`json snapshot=dynolint.snapshot.json
{
  "snapshot": 1,
  "domains": [{ "name": "chat-1234567890ab.herokuapp.com", "kind": "heroku" }],
  "addons": [
    { "service": "heroku-redis", "plan": "premium-0", "variables": ["REDIS_URL"] },
    { "service": "heroku-postgresql", "plan": "essential-0", "variables": ["DATABASE_URL"] }
  ],
  "dynos": [{ "type": "web", "size": "basic", "up": 1, "down": 0 }],
  "config": {
    "ALLOWED_HOSTS": "hosts:chat-1234567890ab.herokuapp.com",
    "CSRF_TRUSTED_ORIGINS": "hosts:https://chat-1234567890ab.herokuapp.com",
    "DATABASE_URL": "postgres-url",
    "DJANGO_SETTINGS_MODULE": "module:mysite.settings.production",
    "REDIS_URL": "rediss-url",
    "SECRET_KEY": "secret"
  }
}
\`\`\`
\`\`\`findings
dynolint.snapshot.json:13:6 error settings/module
\`\`\`

### The release has its own

\`\`\`Procfile file=Procfile
web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application
release: DJANGO_SETTINGS_MODULE=mysite.settings_production python manage.py migrate
\`\`\`
\`\`\`findings
Procfile:2:10 error settings/module
\`\`\`

## Use instead

\`\`\`python file=mysite/asgi.py
import os

from django.core.asgi import get_asgi_application

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')

application = get_asgi_application()
\`\`\`

### The config var names what exists

\`\`\`json snapshot=dynolint.snapshot.json
{
  "snapshot": 1,
  "domains": [{ "name": "chat-1234567890ab.herokuapp.com", "kind": "heroku" }],
  "addons": [
    { "service": "heroku-redis", "plan": "premium-0", "variables": ["REDIS_URL"] },
    { "service": "heroku-postgresql", "plan": "essential-0", "variables": ["DATABASE_URL"] }
  ],
  "dynos": [{ "type": "web", "size": "basic", "up": 1, "down": 0 }],
  "config": {
    "ALLOWED_HOSTS": "hosts:chat-1234567890ab.herokuapp.com",
    "CSRF_TRUSTED_ORIGINS": "hosts:https://chat-1234567890ab.herokuapp.com",
    "DATABASE_URL": "postgres-url",
    "DJANGO_SETTINGS_MODULE": "module:mysite.settings",
    "REDIS_URL": "rediss-url",
    "SECRET_KEY": "secret"
  }
}
\`\`\`

## When it is silent

When an installed package may hold the module, and when the config var is known to name one that exists.

### The config var is known

\`\`\`toml file=dynolint.toml
[env]
DJANGO_SETTINGS_MODULE = "mysite.settings"
\`\`\`
\`\`\`python file=mysite/asgi.py
import os

from django.core.asgi import get_asgi_application

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.local')

application = get_asgi_application()
\`\`\`

## Sources

- [Designating the settings](https://docs.djangoproject.com/en/5.2/topics/settings/#designating-the-settings)
- [Config vars](https://devcenter.heroku.com/articles/config-vars), [Django and static assets](https://devcenter.heroku.com/articles/django-assets)
`,fr:`# settings/module

\`DJANGO_SETTINGS_MODULE\` \u2014 venu, du plus fort au plus faible, de la config var, de la commande, du \`__init__\` d\u2019un paquet, d\u2019\`asgi.py\` ou de \`manage.py\` \u2014 nomme un module qui n\u2019existe pas, qui ne d\u00e9finit rien, ou qui est fait pour le d\u00e9veloppement. Un instantan\u00e9 de l\u2019application dit ce que vaut la config var.

## Pourquoi \u00e7a casse

Un module absent termine le processus au d\u00e9marrage : \`ModuleNotFoundError: No module named 'mysite.setings'\`, puis H10. Un paquet vide (\`settings/__init__.py\` avec \`base.py\` et \`production.py\` \u00e0 c\u00f4t\u00e9) d\u00e9marre, et \u00e9choue d\u00e8s qu\u2019il faut quelque chose : \`ImproperlyConfigured: The SECRET_KEY setting must not be empty\`. C\u2019est avec manage.py que le buildpack lance \`collectstatic\` et qu\u2019une phase de release migre, donc sa valeur par d\u00e9faut compte m\u00eame si le processus web nomme la sienne.

## Exemple

### Il n\u2019existe pas

\`\`\`Procfile file=Procfile
web: DJANGO_SETTINGS_MODULE=mysite.setings daphne -b 0.0.0.0 -p $PORT mysite.asgi:application
\`\`\`
\`\`\`findings
Procfile:1:6 error settings/module
\`\`\`

### La valeur par d\u00e9faut n\u2019existe pas

\`\`\`python file=mysite/asgi.py
import os

from django.core.asgi import get_asgi_application

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.production')

application = get_asgi_application()
\`\`\`
\`\`\`findings
mysite/asgi.py:5:49 warning settings/module possible
\`\`\`

### Un paquet vide

\`\`\`python file=mysite/settings/__init__.py
\`\`\`
\`\`\`python file=mysite/settings/base.py
INSTALLED_APPS = ['channels', 'chat']
\`\`\`
\`\`\`python file=mysite/asgi.py
import os

from django.core.asgi import get_asgi_application

os.environ['DJANGO_SETTINGS_MODULE'] = 'mysite.settings'

application = get_asgi_application()
\`\`\`
\`\`\`python file=manage.py
import os

os.environ['DJANGO_SETTINGS_MODULE'] = 'mysite.settings'
\`\`\`
\`\`\`findings
mysite/asgi.py:5:40 error settings/module
\`\`\`

### Des r\u00e9glages de d\u00e9veloppement

\`\`\`python file=mysite/settings/__init__.py
\`\`\`
\`\`\`python file=mysite/settings/dev.py
DEBUG = True
\`\`\`
\`\`\`Procfile file=Procfile
web: DJANGO_SETTINGS_MODULE=mysite.settings.dev daphne -b 0.0.0.0 -p $PORT mysite.asgi:application
\`\`\`
\`\`\`python file=manage.py
import os

os.environ['DJANGO_SETTINGS_MODULE'] = 'mysite.settings.dev'
\`\`\`
\`\`\`findings
Procfile:1:6 warning settings/module
\`\`\`

### La config var de l\u2019application d\u00e9ploy\u00e9e

\`\`\`json snapshot=dynolint.snapshot.json
{
  "snapshot": 1,
  "domains": [{ "name": "chat-1234567890ab.herokuapp.com", "kind": "heroku" }],
  "addons": [
    { "service": "heroku-redis", "plan": "premium-0", "variables": ["REDIS_URL"] },
    { "service": "heroku-postgresql", "plan": "essential-0", "variables": ["DATABASE_URL"] }
  ],
  "dynos": [{ "type": "web", "size": "basic", "up": 1, "down": 0 }],
  "config": {
    "ALLOWED_HOSTS": "hosts:chat-1234567890ab.herokuapp.com",
    "CSRF_TRUSTED_ORIGINS": "hosts:https://chat-1234567890ab.herokuapp.com",
    "DATABASE_URL": "postgres-url",
    "DJANGO_SETTINGS_MODULE": "module:mysite.settings.production",
    "REDIS_URL": "rediss-url",
    "SECRET_KEY": "secret"
  }
}
\`\`\`
\`\`\`findings
dynolint.snapshot.json:13:6 error settings/module
\`\`\`

### La release a les siens

\`\`\`Procfile file=Procfile
web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application
release: DJANGO_SETTINGS_MODULE=mysite.settings_production python manage.py migrate
\`\`\`
\`\`\`findings
Procfile:2:10 error settings/module
\`\`\`

## \u00c0 \u00e9crire \u00e0 la place

\`\`\`python file=mysite/asgi.py
import os

from django.core.asgi import get_asgi_application

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.settings')

application = get_asgi_application()
\`\`\`

### La config var nomme ce qui existe

\`\`\`json snapshot=dynolint.snapshot.json
{
  "snapshot": 1,
  "domains": [{ "name": "chat-1234567890ab.herokuapp.com", "kind": "heroku" }],
  "addons": [
    { "service": "heroku-redis", "plan": "premium-0", "variables": ["REDIS_URL"] },
    { "service": "heroku-postgresql", "plan": "essential-0", "variables": ["DATABASE_URL"] }
  ],
  "dynos": [{ "type": "web", "size": "basic", "up": 1, "down": 0 }],
  "config": {
    "ALLOWED_HOSTS": "hosts:chat-1234567890ab.herokuapp.com",
    "CSRF_TRUSTED_ORIGINS": "hosts:https://chat-1234567890ab.herokuapp.com",
    "DATABASE_URL": "postgres-url",
    "DJANGO_SETTINGS_MODULE": "module:mysite.settings",
    "REDIS_URL": "rediss-url",
    "SECRET_KEY": "secret"
  }
}
\`\`\`

## Quand la r\u00e8gle se tait

Quand un paquet install\u00e9 peut contenir le module, et quand on sait que la config var en nomme un qui existe.

### La config var est connue

\`\`\`toml file=dynolint.toml
[env]
DJANGO_SETTINGS_MODULE = "mysite.settings"
\`\`\`
\`\`\`python file=mysite/asgi.py
import os

from django.core.asgi import get_asgi_application

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'mysite.local')

application = get_asgi_application()
\`\`\`

## Sources

- [Designating the settings](https://docs.djangoproject.com/en/5.2/topics/settings/#designating-the-settings)
- [Config vars](https://devcenter.heroku.com/articles/config-vars), [Django and static assets](https://devcenter.heroku.com/articles/django-assets)
`},"settings/proxy-ssl-header":{en:`# settings/proxy-ssl-header

\`SECURE_SSL_REDIRECT\` is on, \`SECURE_PROXY_SSL_HEADER\` is not set, and the server does not take over \`X-Forwarded-Proto\`.

## Why it breaks

Heroku\u2019s router ends TLS, so the dyno sees plain http. Django redirects to https, the router passes that on as http again: \`ERR_TOO_MANY_REDIRECTS\`. It shows when a project moves from gunicorn to daphne, because the buildpack\u2019s \`FORWARDED_ALLOW_IPS=*\` makes gunicorn and uvicorn take over the scheme, and daphne does so with \`--proxy-headers\` only.

## Example

\`\`\`Procfile file=Procfile
web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application
\`\`\`
\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
SECURE_SSL_REDIRECT = True
MIDDLEWARE = ['django.middleware.security.SecurityMiddleware']
\`\`\`
\`\`\`findings
mysite/settings.py:4:23 error settings/proxy-ssl-header
\`\`\`

## Use instead

\`\`\`Procfile file=Procfile
web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application
\`\`\`
\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ('HTTP_X_FORWARDED_PROTO', 'https')
MIDDLEWARE = ['django.middleware.security.SecurityMiddleware']
\`\`\`

## When it is silent

When the server passes the scheme on, or it is not known whether it does, without SecurityMiddleware, and when \`SECURE_REDIRECT_EXEMPT\` takes every path out.

### daphne with --proxy-headers

\`\`\`Procfile file=Procfile
web: daphne --proxy-headers -b 0.0.0.0 -p $PORT mysite.asgi:application
\`\`\`
\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
SECURE_SSL_REDIRECT = True
MIDDLEWARE = ['django.middleware.security.SecurityMiddleware']
\`\`\`

### Redirect off on the dyno

\`\`\`Procfile file=Procfile
web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application
\`\`\`
\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
SECURE_SSL_REDIRECT = 'DYNO' not in os.environ
MIDDLEWARE = ['django.middleware.security.SecurityMiddleware']
\`\`\`

### Every path is exempt

\`\`\`Procfile file=Procfile
web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application
\`\`\`
\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r'']
MIDDLEWARE = ['django.middleware.security.SecurityMiddleware']
\`\`\`

## Sources

- [SECURE_PROXY_SSL_HEADER](https://docs.djangoproject.com/en/5.2/ref/settings/#secure-proxy-ssl-header)
- [HTTP routing on Heroku](https://devcenter.heroku.com/articles/http-routing), [django/daphne#193](https://github.com/django/daphne/issues/193)
`,fr:`# settings/proxy-ssl-header

\`SECURE_SSL_REDIRECT\` est activ\u00e9, \`SECURE_PROXY_SSL_HEADER\` n\u2019est pas d\u00e9fini, et le serveur ne reprend pas \`X-Forwarded-Proto\`.

## Pourquoi \u00e7a casse

Le routeur d\u2019Heroku termine TLS : le dyno ne voit que du http. Django redirige vers https, que le routeur retransmet en http : \`ERR_TOO_MANY_REDIRECTS\`. Cela appara\u00eet quand un projet passe de gunicorn \u00e0 daphne, car le \`FORWARDED_ALLOW_IPS=*\` du buildpack fait reprendre le sch\u00e9ma \u00e0 gunicorn et uvicorn, et daphne ne le fait qu\u2019avec \`--proxy-headers\`.

## Exemple

\`\`\`Procfile file=Procfile
web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application
\`\`\`
\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
SECURE_SSL_REDIRECT = True
MIDDLEWARE = ['django.middleware.security.SecurityMiddleware']
\`\`\`
\`\`\`findings
mysite/settings.py:4:23 error settings/proxy-ssl-header
\`\`\`

## \u00c0 \u00e9crire \u00e0 la place

\`\`\`Procfile file=Procfile
web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application
\`\`\`
\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ('HTTP_X_FORWARDED_PROTO', 'https')
MIDDLEWARE = ['django.middleware.security.SecurityMiddleware']
\`\`\`

## Quand la r\u00e8gle se tait

Quand le serveur transmet le sch\u00e9ma, ou qu\u2019on ne sait pas s\u2019il le fait, sans SecurityMiddleware, et quand \`SECURE_REDIRECT_EXEMPT\` en excepte tous les chemins.

### daphne avec --proxy-headers

\`\`\`Procfile file=Procfile
web: daphne --proxy-headers -b 0.0.0.0 -p $PORT mysite.asgi:application
\`\`\`
\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
SECURE_SSL_REDIRECT = True
MIDDLEWARE = ['django.middleware.security.SecurityMiddleware']
\`\`\`

### Redirection d\u00e9sactiv\u00e9e sur le dyno

\`\`\`Procfile file=Procfile
web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application
\`\`\`
\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
SECURE_SSL_REDIRECT = 'DYNO' not in os.environ
MIDDLEWARE = ['django.middleware.security.SecurityMiddleware']
\`\`\`

### Tous les chemins sont except\u00e9s

\`\`\`Procfile file=Procfile
web: daphne -b 0.0.0.0 -p $PORT mysite.asgi:application
\`\`\`
\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r'']
MIDDLEWARE = ['django.middleware.security.SecurityMiddleware']
\`\`\`

## Sources

- [SECURE_PROXY_SSL_HEADER](https://docs.djangoproject.com/en/5.2/ref/settings/#secure-proxy-ssl-header)
- [HTTP routing on Heroku](https://devcenter.heroku.com/articles/http-routing), [django/daphne#193](https://github.com/django/daphne/issues/193)
`},"settings/redis-silent-fallback":{en:`# settings/redis-silent-fallback

The settings connect to Redis while they are imported, and take the in-memory layer or a local address when that fails.

## Why it breaks

The \`except\` swallows exactly what one needs to see: the certificate error of Heroku\u2019s Redis, a wrong password, a missing variable. The dyno then runs with a layer that loses messages between processes, and no log says so. The connection is also tried during \`collectstatic\` in the build, where a private Redis cannot be reached.

## Example

### In the handler

\`\`\`python file=mysite/settings.py
import os

import redis

SECRET_KEY = os.environ['SECRET_KEY']
try:
    redis.from_url(os.environ['REDIS_URL']).ping()
    CHANNEL_LAYERS = {
        'default': {
            'BACKEND': 'channels_redis.core.RedisChannelLayer',
            'CONFIG': {'hosts': [os.environ['REDIS_URL']]},
        },
    }
except Exception:
    CHANNEL_LAYERS = {'default': {'BACKEND': 'channels.layers.InMemoryChannelLayer'}}
\`\`\`
\`\`\`findings
mysite/settings.py:7:5 warning settings/redis-silent-fallback
\`\`\`

### Through a function

\`\`\`python file=mysite/settings.py
import os
import socket

SECRET_KEY = os.environ['SECRET_KEY']


def redis_is_up():
    try:
        socket.create_connection(('redis', 6379), timeout=1)
        return True
    except OSError:
        return False


if redis_is_up():
    CHANNEL_LAYERS = {'default': {'BACKEND': 'channels_redis.core.RedisChannelLayer'}}
else:
    CHANNEL_LAYERS = {'default': {'BACKEND': 'channels.layers.InMemoryChannelLayer'}}
\`\`\`
\`\`\`findings
mysite/settings.py:9:9 warning settings/redis-silent-fallback
\`\`\`

## Use instead

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
if 'REDIS_URL' in os.environ:
    CHANNEL_LAYERS = {
        'default': {
            'BACKEND': 'channels_redis.core.RedisChannelLayer',
            'CONFIG': {'hosts': [{'address': os.environ['REDIS_URL'], 'ssl_cert_reqs': None}]},
        },
    }
else:
    CHANNEL_LAYERS = {'default': {'BACKEND': 'channels.layers.InMemoryChannelLayer'}}
\`\`\`

## When it is silent

When the handler raises again, and for a \`try\` that only imports a package.

### A package that may be missing

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
try:
    import channels_redis
    BACKEND = 'channels_redis.core.RedisChannelLayer'
except ImportError:
    BACKEND = 'channels.layers.InMemoryChannelLayer'
CHANNEL_LAYERS = {'default': {'BACKEND': BACKEND}}
\`\`\`

## Sources

- [Channel layers: in-memory](https://channels.readthedocs.io/en/stable/topics/channel_layers.html#in-memory-channel-layer)
- [Build and run phases of Heroku](https://devcenter.heroku.com/articles/slug-compiler)
`,fr:`# settings/redis-silent-fallback

Les r\u00e9glages se connectent \u00e0 Redis pendant leur import, et prennent la couche en m\u00e9moire ou une adresse locale si cela \u00e9choue.

## Pourquoi \u00e7a casse

Le \`except\` avale justement ce qu\u2019il faudrait voir : l\u2019erreur de certificat du Redis d\u2019Heroku, un mot de passe erron\u00e9, une variable absente. Le dyno tourne alors avec une couche qui perd des messages entre processus, et aucun journal ne le dit. La connexion est aussi tent\u00e9e pendant \`collectstatic\`, au build, o\u00f9 un Redis priv\u00e9 est inaccessible.

## Exemple

### Dans le gestionnaire

\`\`\`python file=mysite/settings.py
import os

import redis

SECRET_KEY = os.environ['SECRET_KEY']
try:
    redis.from_url(os.environ['REDIS_URL']).ping()
    CHANNEL_LAYERS = {
        'default': {
            'BACKEND': 'channels_redis.core.RedisChannelLayer',
            'CONFIG': {'hosts': [os.environ['REDIS_URL']]},
        },
    }
except Exception:
    CHANNEL_LAYERS = {'default': {'BACKEND': 'channels.layers.InMemoryChannelLayer'}}
\`\`\`
\`\`\`findings
mysite/settings.py:7:5 warning settings/redis-silent-fallback
\`\`\`

### Par une fonction

\`\`\`python file=mysite/settings.py
import os
import socket

SECRET_KEY = os.environ['SECRET_KEY']


def redis_is_up():
    try:
        socket.create_connection(('redis', 6379), timeout=1)
        return True
    except OSError:
        return False


if redis_is_up():
    CHANNEL_LAYERS = {'default': {'BACKEND': 'channels_redis.core.RedisChannelLayer'}}
else:
    CHANNEL_LAYERS = {'default': {'BACKEND': 'channels.layers.InMemoryChannelLayer'}}
\`\`\`
\`\`\`findings
mysite/settings.py:9:9 warning settings/redis-silent-fallback
\`\`\`

## \u00c0 \u00e9crire \u00e0 la place

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
if 'REDIS_URL' in os.environ:
    CHANNEL_LAYERS = {
        'default': {
            'BACKEND': 'channels_redis.core.RedisChannelLayer',
            'CONFIG': {'hosts': [{'address': os.environ['REDIS_URL'], 'ssl_cert_reqs': None}]},
        },
    }
else:
    CHANNEL_LAYERS = {'default': {'BACKEND': 'channels.layers.InMemoryChannelLayer'}}
\`\`\`

## Quand la r\u00e8gle se tait

Quand le gestionnaire rel\u00e8ve l\u2019exception, et pour un \`try\` qui ne fait qu\u2019importer un paquet.

### Un paquet peut-\u00eatre absent

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
try:
    import channels_redis
    BACKEND = 'channels_redis.core.RedisChannelLayer'
except ImportError:
    BACKEND = 'channels.layers.InMemoryChannelLayer'
CHANNEL_LAYERS = {'default': {'BACKEND': BACKEND}}
\`\`\`

## Sources

- [Channel layers: in-memory](https://channels.readthedocs.io/en/stable/topics/channel_layers.html#in-memory-channel-layer)
- [Build and run phases of Heroku](https://devcenter.heroku.com/articles/slug-compiler)
`},"settings/redis-tls":{en:`# settings/redis-tls

The \`rediss://\` URL of Heroku Key-Value Store reaches a client that checks the server\u2019s certificate.

## Why it breaks

Every current plan of the add-on requires TLS and shows a self-signed certificate. channels_redis then fails with \`ConnectionError: Error 1 connecting to \u2026: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self-signed certificate in certificate chain\`; the layer connects lazily, so the dyno boots and the first socket closes. Django\u2019s RedisCache and django-redis fail alike at the first command, and Celery\u2019s result backend raises \`ValueError: A rediss:// URL must have parameter ssl_cert_reqs\` (a bare \`rediss://\` broker works: kombu does not check it). Each client has its own switch, and a switch in the wrong place does nothing.

## Example

### The bare URL as host

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
REDIS_URL = os.environ.get('REDIS_URL', 'redis://localhost:6379/0')
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {
            'hosts': [REDIS_URL],
        },
    },
}
\`\`\`
\`\`\`findings
mysite/settings.py:10:13 error settings/redis-tls
\`\`\`

### The layer is mended, the cache and Celery are not

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
REDIS_URL = os.environ['REDIS_URL']
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {'hosts': [{'address': REDIS_URL, 'ssl_cert_reqs': None}]},
    },
}
CACHES = {
    'default': {
        'BACKEND': 'django.core.cache.backends.redis.RedisCache',
        'LOCATION': REDIS_URL,
    },
}
CELERY_BROKER_URL = REDIS_URL
CELERY_RESULT_BACKEND = REDIS_URL
\`\`\`
\`\`\`python file=mysite/celery.py
from celery import Celery

app = Celery('mysite')
app.config_from_object('django.conf:settings', namespace='CELERY')
\`\`\`
\`\`\`text file=requirements.txt
Django==5.2.17
channels==4.3.2
channels-redis==4.3.0
redis==7.4.1
daphne==4.2.2
celery==5.5.3
\`\`\`
\`\`\`findings
mysite/settings.py:15:9 error settings/redis-tls
mysite/settings.py:19:1 error settings/redis-tls
\`\`\`

### channels_redis 3 and aioredis

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {'hosts': [os.environ['REDIS_URL']]},
    },
}
\`\`\`
\`\`\`text file=requirements.txt
Django==3.2.25
channels==3.0.5
channels-redis==3.4.1
daphne==3.0.2
\`\`\`
\`\`\`findings
mysite/settings.py:8:30 error settings/redis-tls
\`\`\`

### Another Redis unless an add-on is attached

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {
            'hosts': [os.environ.get('REDIS_URL', 'redis://cache.example.com:12795/0')],
        },
    },
}
\`\`\`
\`\`\`text delete=app.json
\`\`\`
\`\`\`findings
mysite/settings.py:9:23 warning settings/redis-tls possible
\`\`\`

## Use instead

The key may only be there when the URL is \`rediss://\`: a plain connection does not know it.

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
REDIS_URL = os.environ.get('REDIS_URL', 'redis://localhost:6379/0')
tls = {'ssl_cert_reqs': None} if REDIS_URL.startswith('rediss://') else {}
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {'hosts': [{'address': REDIS_URL, **tls}]},
    },
}
CACHES = {
    'default': {
        'BACKEND': 'django.core.cache.backends.redis.RedisCache',
        'LOCATION': REDIS_URL,
        'OPTIONS': tls,
    },
}
\`\`\`

## When it is silent

For other add-ons, whose certificates any client accepts; for a URL that is not surely \`rediss://\` and Heroku\u2019s; for redis-py before 3.0, which checks nothing; when the options cannot be read.

### Said in the URL

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {'hosts': [os.environ['REDIS_URL'] + '?ssl_cert_reqs=none']},
    },
}
\`\`\`

### An SSLContext for aioredis

\`\`\`python file=mysite/settings.py
import os
import ssl

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
context = ssl.SSLContext()
context.check_hostname = False
context.verify_mode = ssl.CERT_NONE
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {'hosts': [{'address': os.environ['REDIS_URL'], 'ssl': context}]},
    },
}
\`\`\`
\`\`\`text file=requirements.txt
Django==3.2.25
channels==3.0.5
channels-redis==3.4.1
daphne==3.0.2
\`\`\`

### Redis Cloud

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {'hosts': [os.environ['REDISCLOUD_URL']]},
    },
}
\`\`\`
\`\`\`json file=app.json
{ "name": "chat", "addons": ["rediscloud:30"] }
\`\`\`

## Sources

- [Connecting to Heroku Key-Value Store](https://devcenter.heroku.com/articles/connecting-heroku-redis), [all plans require TLS](https://devcenter.heroku.com/articles/heroku-redis)
- [channels_redis: SSL connections that are self-signed](https://github.com/django/channels_redis#hosts), [django/channels_redis#235](https://github.com/django/channels_redis/issues/235)
- [Celery: redis_backend_use_ssl](https://docs.celeryq.dev/en/stable/userguide/configuration.html#redis-backend-use-ssl)
- [django-redis: SSL](https://github.com/jazzband/django-redis#ssl--tls-and-self-signed-certificates)
`,fr:`# settings/redis-tls

L\u2019URL \`rediss://\` de Heroku Key-Value Store parvient \u00e0 un client qui v\u00e9rifie le certificat du serveur.

## Pourquoi \u00e7a casse

Toutes les formules actuelles de l\u2019add-on exigent TLS et pr\u00e9sentent un certificat auto-sign\u00e9. channels_redis \u00e9choue alors sur \`ConnectionError: Error 1 connecting to \u2026: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self-signed certificate in certificate chain\` ; la couche ne se connecte qu\u2019\u00e0 l\u2019usage, donc le dyno d\u00e9marre et la premi\u00e8re socket se ferme. RedisCache de Django et django-redis \u00e9chouent de m\u00eame \u00e0 la premi\u00e8re commande, et le backend de r\u00e9sultats de Celery l\u00e8ve \`ValueError: A rediss:// URL must have parameter ssl_cert_reqs\` (un broker \`rediss://\` nu fonctionne : kombu ne le v\u00e9rifie pas). Chaque client a son propre interrupteur, et un interrupteur mal plac\u00e9 ne fait rien.

## Exemple

### L\u2019URL nue comme h\u00f4te

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
REDIS_URL = os.environ.get('REDIS_URL', 'redis://localhost:6379/0')
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {
            'hosts': [REDIS_URL],
        },
    },
}
\`\`\`
\`\`\`findings
mysite/settings.py:10:13 error settings/redis-tls
\`\`\`

### La couche est r\u00e9par\u00e9e, le cache et Celery ne le sont pas

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
REDIS_URL = os.environ['REDIS_URL']
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {'hosts': [{'address': REDIS_URL, 'ssl_cert_reqs': None}]},
    },
}
CACHES = {
    'default': {
        'BACKEND': 'django.core.cache.backends.redis.RedisCache',
        'LOCATION': REDIS_URL,
    },
}
CELERY_BROKER_URL = REDIS_URL
CELERY_RESULT_BACKEND = REDIS_URL
\`\`\`
\`\`\`python file=mysite/celery.py
from celery import Celery

app = Celery('mysite')
app.config_from_object('django.conf:settings', namespace='CELERY')
\`\`\`
\`\`\`text file=requirements.txt
Django==5.2.17
channels==4.3.2
channels-redis==4.3.0
redis==7.4.1
daphne==4.2.2
celery==5.5.3
\`\`\`
\`\`\`findings
mysite/settings.py:15:9 error settings/redis-tls
mysite/settings.py:19:1 error settings/redis-tls
\`\`\`

### channels_redis 3 et aioredis

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {'hosts': [os.environ['REDIS_URL']]},
    },
}
\`\`\`
\`\`\`text file=requirements.txt
Django==3.2.25
channels==3.0.5
channels-redis==3.4.1
daphne==3.0.2
\`\`\`
\`\`\`findings
mysite/settings.py:8:30 error settings/redis-tls
\`\`\`

### Un autre Redis, sauf si un add-on est attach\u00e9

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {
            'hosts': [os.environ.get('REDIS_URL', 'redis://cache.example.com:12795/0')],
        },
    },
}
\`\`\`
\`\`\`text delete=app.json
\`\`\`
\`\`\`findings
mysite/settings.py:9:23 warning settings/redis-tls possible
\`\`\`

## \u00c0 \u00e9crire \u00e0 la place

La cl\u00e9 ne doit \u00eatre l\u00e0 que si l\u2019URL est en \`rediss://\` : une connexion en clair ne la conna\u00eet pas.

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
REDIS_URL = os.environ.get('REDIS_URL', 'redis://localhost:6379/0')
tls = {'ssl_cert_reqs': None} if REDIS_URL.startswith('rediss://') else {}
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {'hosts': [{'address': REDIS_URL, **tls}]},
    },
}
CACHES = {
    'default': {
        'BACKEND': 'django.core.cache.backends.redis.RedisCache',
        'LOCATION': REDIS_URL,
        'OPTIONS': tls,
    },
}
\`\`\`

## Quand la r\u00e8gle se tait

Pour les autres add-ons, dont tout client accepte le certificat ; pour une URL qui n\u2019est pas s\u00fbrement en \`rediss://\` et d\u2019Heroku ; pour redis-py avant 3.0, qui ne v\u00e9rifie rien ; quand les options ne peuvent \u00eatre lues.

### Dit dans l\u2019URL

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {'hosts': [os.environ['REDIS_URL'] + '?ssl_cert_reqs=none']},
    },
}
\`\`\`

### Un SSLContext pour aioredis

\`\`\`python file=mysite/settings.py
import os
import ssl

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
context = ssl.SSLContext()
context.check_hostname = False
context.verify_mode = ssl.CERT_NONE
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {'hosts': [{'address': os.environ['REDIS_URL'], 'ssl': context}]},
    },
}
\`\`\`
\`\`\`text file=requirements.txt
Django==3.2.25
channels==3.0.5
channels-redis==3.4.1
daphne==3.0.2
\`\`\`

### Redis Cloud

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {'hosts': [os.environ['REDISCLOUD_URL']]},
    },
}
\`\`\`
\`\`\`json file=app.json
{ "name": "chat", "addons": ["rediscloud:30"] }
\`\`\`

## Sources

- [Connecting to Heroku Key-Value Store](https://devcenter.heroku.com/articles/connecting-heroku-redis), [all plans require TLS](https://devcenter.heroku.com/articles/heroku-redis)
- [channels_redis: SSL connections that are self-signed](https://github.com/django/channels_redis#hosts), [django/channels_redis#235](https://github.com/django/channels_redis/issues/235)
- [Celery: redis_backend_use_ssl](https://docs.celeryq.dev/en/stable/userguide/configuration.html#redis-backend-use-ssl)
- [django-redis: SSL](https://github.com/jazzband/django-redis#ssl--tls-and-self-signed-certificates)
`},"settings/redis-url":{en:`# settings/redis-url

A Redis client that the settings configure \u2014 the channel layer, \`CACHES\`, Celery, RQ \u2014 connects on the dyno to an address behind which no Redis add-on stands: the dyno itself, the name of a container, or a host written into the source.

## Why it breaks

No Redis runs on a dyno. Every consumer listens to the channel layer as soon as a socket opens, even one that never sends to a group, so every socket closes with \`Error 111 connecting to 127.0.0.1:6379. Connection refused.\` (aioredis: \`[Errno 111] Connect call failed ('127.0.0.1', 6379)\`). A container\u2019s name gives \`Error -2 connecting to redis:6379. Name or service not known.\` A layer without \`hosts\` means localhost too.

## Example

### The local address of the tutorial

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {
            'hosts': [('127.0.0.1', 6379)],
        },
    },
}
\`\`\`
\`\`\`findings
mysite/settings.py:9:23 error settings/redis-url
\`\`\`

### A variable of one\u2019s own with a local default

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
REDIS_HOST = os.getenv('REDIS_HOST', 'redis')
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {
            'hosts': [f'redis://{REDIS_HOST}:6379/1'],
        },
    },
}
\`\`\`
\`\`\`findings
mysite/settings.py:10:23 warning settings/redis-url possible
\`\`\`

### No hosts, and a cache on localhost

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
    },
}
CACHES = {
    'default': {
        'BACKEND': 'django.core.cache.backends.redis.RedisCache',
        'LOCATION': 'redis://127.0.0.1:6379/1',
    },
}
\`\`\`
\`\`\`findings
mysite/settings.py:6:16 error settings/redis-url
mysite/settings.py:13:21 error settings/redis-url
\`\`\`

## Use instead

Read the variable that the add-on sets. A local address may stay as its default.

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
REDIS_URL = os.getenv('REDIS_URL', 'redis://localhost:6379/0')
host = {'address': REDIS_URL}
if REDIS_URL.startswith('rediss://'):
    host['ssl_cert_reqs'] = None
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {'hosts': [host]},
    },
}
\`\`\`

## When it is silent

When the address comes from \`REDIS_URL\`, \`REDISCLOUD_URL\` or another variable of a Redis add-on, whatever its default; when it cannot be read; for a local address in a branch the dyno does not take.

### Another add-on

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {'hosts': [os.getenv('REDISCLOUD_URL', 'redis://127.0.0.1:6379')]},
    },
}
\`\`\`
\`\`\`json file=app.json
{ "name": "chat" }
\`\`\`

### The local branch

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
if 'DYNO' in os.environ:
    hosts = [{'address': os.environ['REDIS_URL'], 'ssl_cert_reqs': None}]
else:
    hosts = [('localhost', 6379)]
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {'hosts': hosts},
    },
}
\`\`\`

## Sources

- [Heroku Key-Value Store](https://devcenter.heroku.com/articles/heroku-redis)
- [channels_redis: hosts](https://github.com/django/channels_redis#hosts)
- [django/channels#1585](https://github.com/django/channels/issues/1585)
`,fr:`# settings/redis-url

Un client Redis configur\u00e9 dans les r\u00e9glages \u2014 couche de canaux, \`CACHES\`, Celery, RQ \u2014 se connecte sur le dyno \u00e0 une adresse derri\u00e8re laquelle n\u2019est aucun add-on Redis : le dyno lui-m\u00eame, le nom d\u2019un conteneur, ou un h\u00f4te \u00e9crit dans le source.

## Pourquoi \u00e7a casse

Aucun Redis ne tourne sur un dyno. Tout consumer \u00e9coute la couche de canaux d\u00e8s qu\u2019une socket s\u2019ouvre, m\u00eame s\u2019il n\u2019envoie jamais \u00e0 un groupe : toute socket se ferme donc sur \`Error 111 connecting to 127.0.0.1:6379. Connection refused.\` (aioredis : \`[Errno 111] Connect call failed ('127.0.0.1', 6379)\`). Un nom de conteneur donne \`Error -2 connecting to redis:6379. Name or service not known.\` Une couche sans \`hosts\` d\u00e9signe aussi localhost.

## Exemple

### L\u2019adresse locale du tutoriel

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {
            'hosts': [('127.0.0.1', 6379)],
        },
    },
}
\`\`\`
\`\`\`findings
mysite/settings.py:9:23 error settings/redis-url
\`\`\`

### Une variable \u00e0 soi avec une valeur locale par d\u00e9faut

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
REDIS_HOST = os.getenv('REDIS_HOST', 'redis')
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {
            'hosts': [f'redis://{REDIS_HOST}:6379/1'],
        },
    },
}
\`\`\`
\`\`\`findings
mysite/settings.py:10:23 warning settings/redis-url possible
\`\`\`

### Pas de hosts, et un cache sur localhost

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
    },
}
CACHES = {
    'default': {
        'BACKEND': 'django.core.cache.backends.redis.RedisCache',
        'LOCATION': 'redis://127.0.0.1:6379/1',
    },
}
\`\`\`
\`\`\`findings
mysite/settings.py:6:16 error settings/redis-url
mysite/settings.py:13:21 error settings/redis-url
\`\`\`

## \u00c0 \u00e9crire \u00e0 la place

Lisez la variable que l\u2019add-on d\u00e9finit. Une adresse locale peut rester comme valeur par d\u00e9faut.

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
REDIS_URL = os.getenv('REDIS_URL', 'redis://localhost:6379/0')
host = {'address': REDIS_URL}
if REDIS_URL.startswith('rediss://'):
    host['ssl_cert_reqs'] = None
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {'hosts': [host]},
    },
}
\`\`\`

## Quand la r\u00e8gle se tait

Quand l\u2019adresse vient de \`REDIS_URL\`, \`REDISCLOUD_URL\` ou d\u2019une autre variable d\u2019add-on Redis, quelle que soit sa valeur par d\u00e9faut ; quand elle ne peut \u00eatre lue ; pour une adresse locale dans une branche que le dyno ne prend pas.

### Un autre add-on

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {'hosts': [os.getenv('REDISCLOUD_URL', 'redis://127.0.0.1:6379')]},
    },
}
\`\`\`
\`\`\`json file=app.json
{ "name": "chat" }
\`\`\`

### La branche locale

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['channels', 'chat']
if 'DYNO' in os.environ:
    hosts = [{'address': os.environ['REDIS_URL'], 'ssl_cert_reqs': None}]
else:
    hosts = [('localhost', 6379)]
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {'hosts': hosts},
    },
}
\`\`\`

## Sources

- [Heroku Key-Value Store](https://devcenter.heroku.com/articles/heroku-redis)
- [channels_redis: hosts](https://github.com/django/channels_redis#hosts)
- [django/channels#1585](https://github.com/django/channels/issues/1585)
`},"settings/redis-url-split":{en:`# settings/redis-url-split

A Redis client gets host and port that were cut out of the add-on\u2019s URL, or a URL put together from its parts, and the password or TLS of the original is lost.

## Why it breaks

\`REDIS_URL\` is \`rediss://:password@host:port\`. A tuple \`(host, port)\` carries neither password nor TLS: Heroku\u2019s Redis closes the connection (\`ConnectionError: Connection closed by server.\`, \`Connection reset by peer\`), other add-ons answer \`NOAUTH Authentication required.\`

## Example

### Host and port from urlparse

\`\`\`python file=mysite/settings.py
import os
from urllib.parse import urlparse

SECRET_KEY = os.environ['SECRET_KEY']
redis = urlparse(os.environ.get('REDIS_URL', 'redis://localhost:6379'))
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {
            'hosts': [(redis.hostname, redis.port)],
        },
    },
}
\`\`\`
\`\`\`findings
mysite/settings.py:10:23 error settings/redis-url-split
\`\`\`

### A URL without TLS

\`\`\`python file=mysite/settings.py
import os
from urllib.parse import urlparse

SECRET_KEY = os.environ['SECRET_KEY']
redis = urlparse(os.environ['REDIS_URL'])
CACHES = {
    'default': {
        'BACKEND': 'django.core.cache.backends.redis.RedisCache',
        'LOCATION': f'redis://:{redis.password}@{redis.hostname}:{redis.port}/1',
    },
}
\`\`\`
\`\`\`findings
mysite/settings.py:9:21 error settings/redis-url-split
\`\`\`

## Use instead

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {
            'hosts': [{'address': os.environ['REDIS_URL'], 'ssl_cert_reqs': None}],
        },
    },
}
\`\`\`

## When it is silent

When password and TLS are passed on too, and for parts of variables no Redis add-on sets.

### The database number is changed

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
CACHES = {
    'default': {
        'BACKEND': 'django.core.cache.backends.redis.RedisCache',
        'LOCATION': os.environ['REDIS_URL'] + '/1?ssl_cert_reqs=none',
    },
}
\`\`\`

### Another add-on, with its password

\`\`\`json file=app.json
{ "addons": ["rediscloud:30"] }
\`\`\`
\`\`\`python file=mysite/settings.py
import os
from urllib.parse import urlparse

SECRET_KEY = os.environ['SECRET_KEY']
redis = urlparse(os.environ['REDISCLOUD_URL'])
CACHES = {
    'default': {
        'BACKEND': 'django.core.cache.backends.redis.RedisCache',
        'LOCATION': f'redis://:{redis.password}@{redis.hostname}:{redis.port}',
    },
}
\`\`\`

## Sources

- [Connecting to Heroku Key-Value Store](https://devcenter.heroku.com/articles/connecting-heroku-redis)
- [channels_redis: hosts](https://github.com/django/channels_redis#hosts)
`,fr:`# settings/redis-url-split

Un client Redis re\u00e7oit l\u2019h\u00f4te et le port d\u00e9coup\u00e9s dans l\u2019URL de l\u2019add-on, ou une URL recompos\u00e9e de ses morceaux, et le mot de passe ou TLS de l\u2019originale est perdu.

## Pourquoi \u00e7a casse

\`REDIS_URL\` vaut \`rediss://:motdepasse@h\u00f4te:port\`. Un tuple \`(h\u00f4te, port)\` ne porte ni mot de passe ni TLS : le Redis d\u2019Heroku ferme la connexion (\`ConnectionError: Connection closed by server.\`, \`Connection reset by peer\`), d\u2019autres add-ons r\u00e9pondent \`NOAUTH Authentication required.\`

## Exemple

### H\u00f4te et port tir\u00e9s d\u2019urlparse

\`\`\`python file=mysite/settings.py
import os
from urllib.parse import urlparse

SECRET_KEY = os.environ['SECRET_KEY']
redis = urlparse(os.environ.get('REDIS_URL', 'redis://localhost:6379'))
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {
            'hosts': [(redis.hostname, redis.port)],
        },
    },
}
\`\`\`
\`\`\`findings
mysite/settings.py:10:23 error settings/redis-url-split
\`\`\`

### Une URL sans TLS

\`\`\`python file=mysite/settings.py
import os
from urllib.parse import urlparse

SECRET_KEY = os.environ['SECRET_KEY']
redis = urlparse(os.environ['REDIS_URL'])
CACHES = {
    'default': {
        'BACKEND': 'django.core.cache.backends.redis.RedisCache',
        'LOCATION': f'redis://:{redis.password}@{redis.hostname}:{redis.port}/1',
    },
}
\`\`\`
\`\`\`findings
mysite/settings.py:9:21 error settings/redis-url-split
\`\`\`

## \u00c0 \u00e9crire \u00e0 la place

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
CHANNEL_LAYERS = {
    'default': {
        'BACKEND': 'channels_redis.core.RedisChannelLayer',
        'CONFIG': {
            'hosts': [{'address': os.environ['REDIS_URL'], 'ssl_cert_reqs': None}],
        },
    },
}
\`\`\`

## Quand la r\u00e8gle se tait

Quand mot de passe et TLS sont transmis aussi, et pour les morceaux de variables qu\u2019aucun add-on Redis ne d\u00e9finit.

### Le num\u00e9ro de base est chang\u00e9

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
CACHES = {
    'default': {
        'BACKEND': 'django.core.cache.backends.redis.RedisCache',
        'LOCATION': os.environ['REDIS_URL'] + '/1?ssl_cert_reqs=none',
    },
}
\`\`\`

### Un autre add-on, avec son mot de passe

\`\`\`json file=app.json
{ "addons": ["rediscloud:30"] }
\`\`\`
\`\`\`python file=mysite/settings.py
import os
from urllib.parse import urlparse

SECRET_KEY = os.environ['SECRET_KEY']
redis = urlparse(os.environ['REDISCLOUD_URL'])
CACHES = {
    'default': {
        'BACKEND': 'django.core.cache.backends.redis.RedisCache',
        'LOCATION': f'redis://:{redis.password}@{redis.hostname}:{redis.port}',
    },
}
\`\`\`

## Sources

- [Connecting to Heroku Key-Value Store](https://devcenter.heroku.com/articles/connecting-heroku-redis)
- [channels_redis: hosts](https://github.com/django/channels_redis#hosts)
`},"settings/startup-crash":{en:`# settings/startup-crash

What boot imports \u2014 the settings, the packages around them, the module the server loads \u2014 raises on the dyno, or asks Redis, the database or another server at once, so that it raises when they do not answer. Config vars without which that happens, and of which nobody knows whether they are set, are listed once.

## Why it breaks

The process ends before it listens on \`$PORT\`: the log shows the traceback, then \`State changed from starting to crashed\`, and visitors get H10. The build imports the settings too, for \`collectstatic\`. With a call such as \`redis.ping()\` at module level that happens whenever Redis is moved, is at its limit of connections or cannot be reached from the build (\`redis.exceptions.ConnectionError\`); a query at module level raises \`ProgrammingError: relation \u2026 does not exist\` until the first \`migrate\`, and so does \`migrate\` itself when it imports the same module. An empty \`SECRET_KEY\` lets the process start and raises \`ImproperlyConfigured: The SECRET_KEY setting must not be empty\` at the first page that needs it.

## Example

### A name that does not exist

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
ALLOWED_HOSTS = [APP_HOST]
\`\`\`
\`\`\`findings
mysite/settings.py:4:18 error settings/startup-crash
\`\`\`

### A module that does not exist

\`\`\`python file=chat/routing.py
from chat.socket_consumers import ChatConsumer

websocket_urlpatterns = []
\`\`\`
\`\`\`findings
chat/routing.py:1:1 error settings/startup-crash
\`\`\`

### A variable that is surely unset

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
STRIPE_KEY = os.environ['STRIPE_KEY']
\`\`\`
\`\`\`toml file=dynolint.toml
[env]
STRIPE_KEY = false
\`\`\`
\`\`\`findings
mysite/settings.py:4:14 error settings/startup-crash
\`\`\`

### None and a text, when it is unset

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
MEDIA_URL = 'https://' + os.getenv('BUCKET') + '/'
\`\`\`
\`\`\`findings
mysite/settings.py:4:13 info settings/startup-crash
\`\`\`

### Variables nobody knows about, and an empty key

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = ''
STRIPE_KEY = os.environ['STRIPE_KEY']
BUCKET = os.environ['BUCKET']
\`\`\`
\`\`\`findings
mysite/settings.py:3:1 error settings/startup-crash
mysite/settings.py:4:14 info settings/startup-crash
\`\`\`

### Redis asked while the settings are loaded

\`\`\`text file=requirements.txt
Django==5.2.8
channels==4.3.1
channels-redis==4.3.0
daphne==4.2.1
redis==5.2.1
\`\`\`
\`\`\`python file=mysite/settings.py
import os

import redis

SECRET_KEY = os.environ['SECRET_KEY']
client = redis.Redis.from_url(os.environ['REDIS_URL'], ssl_cert_reqs=None)
REDIS_VERSION = client.info()['redis_version']
\`\`\`
\`\`\`findings
mysite/settings.py:7:17 error settings/startup-crash
\`\`\`

### Models queried while the server loads the consumers

\`\`\`python file=chat/models.py
from django.db import models


class Room(models.Model):
    name = models.CharField(max_length=50)
\`\`\`
\`\`\`python file=chat/routing.py
from django.urls import path

from chat.consumers import ChatConsumer
from chat.models import Room

websocket_urlpatterns = [path(f'ws/{room.name}/', ChatConsumer.as_asgi()) for room in Room.objects.all()]
\`\`\`
\`\`\`findings
chat/routing.py:6:87 error settings/startup-crash
\`\`\`

### A request to another server

\`\`\`text file=requirements.txt
Django==5.2.8
channels==4.3.1
channels-redis==4.3.0
daphne==4.2.1
requests==2.32.5
\`\`\`
\`\`\`python file=mysite/settings.py
import os

import requests

SECRET_KEY = os.environ['SECRET_KEY']
ALLOWED_HOSTS = ['.herokuapp.com', requests.get('https://ip.example.com').text]
\`\`\`
\`\`\`findings
mysite/settings.py:6:36 warning settings/startup-crash
\`\`\`

## Use instead

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
STRIPE_KEY = os.environ.get('STRIPE_KEY')
\`\`\`

### What the deployed app lacks is another rule\u2019s

\`\`\`json snapshot=dynolint.snapshot.json
{
  "snapshot": 1,
  "domains": [{ "name": "chat-1234567890ab.herokuapp.com", "kind": "heroku" }],
  "addons": [
    { "service": "heroku-redis", "plan": "premium-0", "variables": ["REDIS_URL"] },
    { "service": "heroku-postgresql", "plan": "essential-0", "variables": ["DATABASE_URL"] }
  ],
  "dynos": [{ "type": "web", "size": "basic", "up": 1, "down": 0 }],
  "config": {
    "ALLOWED_HOSTS": "hosts:chat-1234567890ab.herokuapp.com",
    "CSRF_TRUSTED_ORIGINS": "hosts:https://chat-1234567890ab.herokuapp.com",
    "DATABASE_URL": "postgres-url",
    "REDIS_URL": "rediss-url"
  }
}
\`\`\`

## When it is silent

For variables with a default, for those an add-on or a manifest sets, and for packages that are not installed (deps/missing-package) or files that cannot be parsed (engine/parse-error).

### A guard that asks for a variable the manifest sets

\`\`\`python file=mysite/settings.py
import os

from django.core.exceptions import ImproperlyConfigured

SECRET_KEY = os.environ.get('SECRET_KEY')
if not SECRET_KEY:
    raise ImproperlyConfigured('SECRET_KEY is not set')
\`\`\`

For a call with something around it for the case that there is no answer (settings/redis-silent-fallback looks at that), and for calls in functions that boot does not call:

### A call that waits until it is needed, and one with a net

\`\`\`text file=requirements.txt
Django==5.2.8
channels==4.3.1
channels-redis==4.3.0
daphne==4.2.1
redis==5.2.1
\`\`\`
\`\`\`python file=mysite/settings.py
import os

import redis

SECRET_KEY = os.environ['SECRET_KEY']
client = redis.Redis.from_url(os.environ['REDIS_URL'], ssl_cert_reqs=None)


def redis_version():
    return client.info()['redis_version']


try:
    client.ping()
except redis.ConnectionError:
    print('Redis does not answer')
\`\`\`

## Sources

- [Error codes: H10](https://devcenter.heroku.com/articles/error-codes#h10-app-crashed), [config vars](https://devcenter.heroku.com/articles/config-vars)
- [SECRET_KEY](https://docs.djangoproject.com/en/5.2/ref/settings/#secret-key)
`,fr:`# settings/startup-crash

Ce que le d\u00e9marrage importe \u2014 les r\u00e9glages, les paquets qui les entourent, le module que charge le serveur \u2014 l\u00e8ve une exception sur le dyno, ou interroge aussit\u00f4t Redis, la base de donn\u00e9es ou un autre serveur, et l\u00e8ve une exception quand la r\u00e9ponse manque. Les config vars sans lesquelles cela arrive, et dont on ne sait si elles sont d\u00e9finies, sont list\u00e9es une fois.

## Pourquoi \u00e7a casse

Le processus se termine avant d\u2019\u00e9couter sur \`$PORT\` : le journal montre la trace, puis \`State changed from starting to crashed\`, et les visiteurs re\u00e7oivent H10. Le build importe aussi les r\u00e9glages, pour \`collectstatic\`. Avec un appel comme \`redis.ping()\` au niveau du module, cela arrive chaque fois que Redis est d\u00e9plac\u00e9, a atteint sa limite de connexions ou n\u2019est pas joignable depuis le build (\`redis.exceptions.ConnectionError\`) ; une requ\u00eate au niveau du module l\u00e8ve \`ProgrammingError: relation \u2026 does not exist\` jusqu\u2019au premier \`migrate\`, et \`migrate\` lui-m\u00eame la l\u00e8ve s\u2019il importe le m\u00eame module. Un \`SECRET_KEY\` vide laisse d\u00e9marrer le processus et l\u00e8ve \`ImproperlyConfigured: The SECRET_KEY setting must not be empty\` \u00e0 la premi\u00e8re page qui en a besoin.

## Exemple

### Un nom qui n\u2019existe pas

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
ALLOWED_HOSTS = [APP_HOST]
\`\`\`
\`\`\`findings
mysite/settings.py:4:18 error settings/startup-crash
\`\`\`

### Un module qui n\u2019existe pas

\`\`\`python file=chat/routing.py
from chat.socket_consumers import ChatConsumer

websocket_urlpatterns = []
\`\`\`
\`\`\`findings
chat/routing.py:1:1 error settings/startup-crash
\`\`\`

### Une variable s\u00fbrement absente

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
STRIPE_KEY = os.environ['STRIPE_KEY']
\`\`\`
\`\`\`toml file=dynolint.toml
[env]
STRIPE_KEY = false
\`\`\`
\`\`\`findings
mysite/settings.py:4:14 error settings/startup-crash
\`\`\`

### None et un texte, si elle est absente

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
MEDIA_URL = 'https://' + os.getenv('BUCKET') + '/'
\`\`\`
\`\`\`findings
mysite/settings.py:4:13 info settings/startup-crash
\`\`\`

### Des variables dont on ne sait rien, et une cl\u00e9 vide

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = ''
STRIPE_KEY = os.environ['STRIPE_KEY']
BUCKET = os.environ['BUCKET']
\`\`\`
\`\`\`findings
mysite/settings.py:3:1 error settings/startup-crash
mysite/settings.py:4:14 info settings/startup-crash
\`\`\`

### Redis interrog\u00e9 pendant le chargement des r\u00e9glages

\`\`\`text file=requirements.txt
Django==5.2.8
channels==4.3.1
channels-redis==4.3.0
daphne==4.2.1
redis==5.2.1
\`\`\`
\`\`\`python file=mysite/settings.py
import os

import redis

SECRET_KEY = os.environ['SECRET_KEY']
client = redis.Redis.from_url(os.environ['REDIS_URL'], ssl_cert_reqs=None)
REDIS_VERSION = client.info()['redis_version']
\`\`\`
\`\`\`findings
mysite/settings.py:7:17 error settings/startup-crash
\`\`\`

### Des mod\u00e8les interrog\u00e9s quand le serveur charge les consumers

\`\`\`python file=chat/models.py
from django.db import models


class Room(models.Model):
    name = models.CharField(max_length=50)
\`\`\`
\`\`\`python file=chat/routing.py
from django.urls import path

from chat.consumers import ChatConsumer
from chat.models import Room

websocket_urlpatterns = [path(f'ws/{room.name}/', ChatConsumer.as_asgi()) for room in Room.objects.all()]
\`\`\`
\`\`\`findings
chat/routing.py:6:87 error settings/startup-crash
\`\`\`

### Une requ\u00eate vers un autre serveur

\`\`\`text file=requirements.txt
Django==5.2.8
channels==4.3.1
channels-redis==4.3.0
daphne==4.2.1
requests==2.32.5
\`\`\`
\`\`\`python file=mysite/settings.py
import os

import requests

SECRET_KEY = os.environ['SECRET_KEY']
ALLOWED_HOSTS = ['.herokuapp.com', requests.get('https://ip.example.com').text]
\`\`\`
\`\`\`findings
mysite/settings.py:6:36 warning settings/startup-crash
\`\`\`

## \u00c0 \u00e9crire \u00e0 la place

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
STRIPE_KEY = os.environ.get('STRIPE_KEY')
\`\`\`

### Ce qui manque \u00e0 l\u2019application d\u00e9ploy\u00e9e rel\u00e8ve d\u2019une autre r\u00e8gle

\`\`\`json snapshot=dynolint.snapshot.json
{
  "snapshot": 1,
  "domains": [{ "name": "chat-1234567890ab.herokuapp.com", "kind": "heroku" }],
  "addons": [
    { "service": "heroku-redis", "plan": "premium-0", "variables": ["REDIS_URL"] },
    { "service": "heroku-postgresql", "plan": "essential-0", "variables": ["DATABASE_URL"] }
  ],
  "dynos": [{ "type": "web", "size": "basic", "up": 1, "down": 0 }],
  "config": {
    "ALLOWED_HOSTS": "hosts:chat-1234567890ab.herokuapp.com",
    "CSRF_TRUSTED_ORIGINS": "hosts:https://chat-1234567890ab.herokuapp.com",
    "DATABASE_URL": "postgres-url",
    "REDIS_URL": "rediss-url"
  }
}
\`\`\`

## Quand la r\u00e8gle se tait

Pour les variables avec une valeur par d\u00e9faut, pour celles que d\u00e9finit un add-on ou un manifeste, et pour les paquets non install\u00e9s (deps/missing-package) ou les fichiers illisibles (engine/parse-error).

### Une garde qui exige une variable d\u00e9finie par le manifeste

\`\`\`python file=mysite/settings.py
import os

from django.core.exceptions import ImproperlyConfigured

SECRET_KEY = os.environ.get('SECRET_KEY')
if not SECRET_KEY:
    raise ImproperlyConfigured('SECRET_KEY is not set')
\`\`\`

Pour un appel entour\u00e9 de quoi supporter l\u2019absence de r\u00e9ponse (c\u2019est l\u2019affaire de settings/redis-silent-fallback), et pour les appels dans des fonctions que le d\u00e9marrage n\u2019appelle pas :

### Un appel qui attend qu\u2019on en ait besoin, et un autre avec un filet

\`\`\`text file=requirements.txt
Django==5.2.8
channels==4.3.1
channels-redis==4.3.0
daphne==4.2.1
redis==5.2.1
\`\`\`
\`\`\`python file=mysite/settings.py
import os

import redis

SECRET_KEY = os.environ['SECRET_KEY']
client = redis.Redis.from_url(os.environ['REDIS_URL'], ssl_cert_reqs=None)


def redis_version():
    return client.info()['redis_version']


try:
    client.ping()
except redis.ConnectionError:
    print('Redis does not answer')
\`\`\`

## Sources

- [Error codes: H10](https://devcenter.heroku.com/articles/error-codes#h10-app-crashed), [config vars](https://devcenter.heroku.com/articles/config-vars)
- [SECRET_KEY](https://docs.djangoproject.com/en/5.2/ref/settings/#secret-key)
`},"settings/static-root":{en:`# settings/static-root

\`collectstatic\`, which the buildpack runs, must fail: there is no \`STATIC_ROOT\`, or (before Django 4) a folder of \`STATICFILES_DIRS\` is not in the repository, or \`django.contrib.staticfiles\`, which brings the command, is not installed. Or nothing serves static files although \`DEBUG\` is off. Or, as a snapshot of the app tells, \`DISABLE_COLLECTSTATIC\` is still set, and the folder that WhiteNoise serves stays empty.

## Why it breaks

The build stops with \`ImproperlyConfigured: You're using the staticfiles app without having set the STATIC_ROOT setting to a filesystem path.\` or \`FileNotFoundError: [Errno 2] No such file or directory: '/tmp/build_\u2026/static'\`, and \` ! Error: Unable to generate Django static files.\` With \`DEBUG\` off Django serves no static file itself, and neither daphne nor uvicorn nor gunicorn does. The buildpack of the classic platform asks for a \`manage.py\` and for Django, not for the command: where no app brings it, the build stops with \`Unknown command: 'collectstatic'\`.

## Example

### No STATIC_ROOT

\`\`\`python file=mysite/settings.py
import os
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['daphne', 'django.contrib.staticfiles', 'chat']
MIDDLEWARE = ['whitenoise.middleware.WhiteNoiseMiddleware']
STATIC_URL = '/static/'
\`\`\`
\`\`\`findings
mysite/settings.py:8:1 warning settings/static-root possible
\`\`\`

### A folder git does not keep

\`\`\`python file=mysite/settings.py
import os

BASE_DIR = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['django.contrib.staticfiles', 'channels', 'chat']
MIDDLEWARE = ['whitenoise.middleware.WhiteNoiseMiddleware']
STATIC_URL = '/static/'
STATIC_ROOT = os.path.join(BASE_DIR, 'staticfiles')
STATICFILES_DIRS = [os.path.join(BASE_DIR, 'static')]
\`\`\`
\`\`\`text file=requirements.txt
Django==3.2.25
channels==3.0.5
channels-redis==3.4.1
daphne==3.0.2
whitenoise==6.6.0
\`\`\`
\`\`\`toml file=dynolint.toml
[env]
DISABLE_COLLECTSTATIC = false
\`\`\`
\`\`\`findings
mysite/settings.py:9:21 error settings/static-root
\`\`\`

### Nothing serves them

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['daphne', 'django.contrib.staticfiles', 'chat']
STATIC_URL = '/static/'
STATIC_ROOT = 'staticfiles'
\`\`\`
\`\`\`findings
mysite/settings.py:5:1 warning settings/static-root
\`\`\`

### DISABLE_COLLECTSTATIC was left on

\`\`\`json snapshot=dynolint.snapshot.json
{
  "snapshot": 1,
  "domains": [{ "name": "chat-1234567890ab.herokuapp.com", "kind": "heroku" }],
  "addons": [
    { "service": "heroku-redis", "plan": "premium-0", "variables": ["REDIS_URL"] },
    { "service": "heroku-postgresql", "plan": "essential-0", "variables": ["DATABASE_URL"] }
  ],
  "dynos": [{ "type": "web", "size": "basic", "up": 1, "down": 0 }],
  "config": {
    "ALLOWED_HOSTS": "hosts:chat-1234567890ab.herokuapp.com",
    "CSRF_TRUSTED_ORIGINS": "hosts:https://chat-1234567890ab.herokuapp.com",
    "DATABASE_URL": "postgres-url",
    "DISABLE_COLLECTSTATIC": "1",
    "REDIS_URL": "rediss-url",
    "SECRET_KEY": "secret"
  }
}
\`\`\`
\`\`\`findings
mysite/settings.py:61:15 warning settings/static-root
\`\`\`

### No app brings the command

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['daphne', 'channels', 'chat']
\`\`\`
\`\`\`toml file=dynolint.toml
[env]
DISABLE_COLLECTSTATIC = false
\`\`\`
\`\`\`findings
mysite/settings.py:4:1 error settings/static-root
\`\`\`

## Use instead

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['daphne', 'django.contrib.staticfiles', 'chat']
MIDDLEWARE = [
    'django.middleware.security.SecurityMiddleware',
    'whitenoise.middleware.WhiteNoiseMiddleware',
]
STATIC_URL = '/static/'
STATIC_ROOT = 'staticfiles'
\`\`\`

### The web process collects them itself

\`\`\`Procfile file=Procfile
web: python manage.py collectstatic --noinput && daphne -b 0.0.0.0 -p $PORT --proxy-headers mysite.asgi:application
\`\`\`
\`\`\`json snapshot=dynolint.snapshot.json
{
  "snapshot": 1,
  "domains": [{ "name": "chat-1234567890ab.herokuapp.com", "kind": "heroku" }],
  "addons": [
    { "service": "heroku-redis", "plan": "premium-0", "variables": ["REDIS_URL"] },
    { "service": "heroku-postgresql", "plan": "essential-0", "variables": ["DATABASE_URL"] }
  ],
  "dynos": [{ "type": "web", "size": "basic", "up": 1, "down": 0 }],
  "config": {
    "ALLOWED_HOSTS": "hosts:chat-1234567890ab.herokuapp.com",
    "CSRF_TRUSTED_ORIGINS": "hosts:https://chat-1234567890ab.herokuapp.com",
    "DATABASE_URL": "postgres-url",
    "DISABLE_COLLECTSTATIC": "1",
    "REDIS_URL": "rediss-url",
    "SECRET_KEY": "secret"
  }
}
\`\`\`

### DISABLE_COLLECTSTATIC is 0

\`\`\`json snapshot=dynolint.snapshot.json
{
  "snapshot": 1,
  "domains": [{ "name": "chat-1234567890ab.herokuapp.com", "kind": "heroku" }],
  "addons": [
    { "service": "heroku-redis", "plan": "premium-0", "variables": ["REDIS_URL"] },
    { "service": "heroku-postgresql", "plan": "essential-0", "variables": ["DATABASE_URL"] }
  ],
  "dynos": [{ "type": "web", "size": "basic", "up": 1, "down": 0 }],
  "config": {
    "ALLOWED_HOSTS": "hosts:chat-1234567890ab.herokuapp.com",
    "CSRF_TRUSTED_ORIGINS": "hosts:https://chat-1234567890ab.herokuapp.com",
    "DATABASE_URL": "postgres-url",
    "DISABLE_COLLECTSTATIC": "0",
    "REDIS_URL": "rediss-url",
    "SECRET_KEY": "secret"
  }
}
\`\`\`

## When it is silent

When DISABLE_COLLECTSTATIC is set, where there is no manage.py or an app may bring a collectstatic of its own, and with a storage that needs no STATIC_ROOT.

### DISABLE_COLLECTSTATIC

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['daphne', 'django.contrib.staticfiles', 'chat']
MIDDLEWARE = ['whitenoise.middleware.WhiteNoiseMiddleware']
STATIC_URL = '/static/'
\`\`\`
\`\`\`toml file=dynolint.toml
[env]
DISABLE_COLLECTSTATIC = "1"
\`\`\`

### A bucket

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['daphne', 'django.contrib.staticfiles', 'storages', 'chat']
STATIC_URL = '/static/'
STORAGES = {
    'default': {'BACKEND': 'storages.backends.s3.S3Storage'},
    'staticfiles': {'BACKEND': 'storages.backends.s3.S3Storage'},
}
\`\`\`

## Sources

- [Django and static assets](https://devcenter.heroku.com/articles/django-assets)
- [STATIC_ROOT](https://docs.djangoproject.com/en/5.2/ref/settings/#static-root), [WhiteNoise](https://whitenoise.readthedocs.io/en/stable/django.html)
`,fr:`# settings/static-root

\`collectstatic\`, que lance le buildpack, doit \u00e9chouer : il n\u2019y a pas de \`STATIC_ROOT\`, ou (avant Django 4) un dossier de \`STATICFILES_DIRS\` n\u2019est pas dans le d\u00e9p\u00f4t, ou \`django.contrib.staticfiles\`, qui apporte la commande, n\u2019est pas install\u00e9. Ou bien rien ne sert les fichiers statiques alors que \`DEBUG\` est d\u00e9sactiv\u00e9. Ou encore, comme le dit un instantan\u00e9 de l\u2019application, \`DISABLE_COLLECTSTATIC\` est rest\u00e9 d\u00e9fini, et le dossier que sert WhiteNoise reste vide.

## Pourquoi \u00e7a casse

Le build s\u2019arr\u00eate sur \`ImproperlyConfigured: You're using the staticfiles app without having set the STATIC_ROOT setting to a filesystem path.\` ou \`FileNotFoundError: [Errno 2] No such file or directory: '/tmp/build_\u2026/static'\`, et \` ! Error: Unable to generate Django static files.\` Avec \`DEBUG\` d\u00e9sactiv\u00e9, Django ne sert aucun fichier statique lui-m\u00eame, et ni daphne, ni uvicorn, ni gunicorn ne le font. Le buildpack de la plateforme classique demande un \`manage.py\` et Django, pas la commande : quand aucune app ne l\u2019apporte, le build s\u2019arr\u00eate sur \`Unknown command: 'collectstatic'\`.

## Exemple

### Pas de STATIC_ROOT

\`\`\`python file=mysite/settings.py
import os
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['daphne', 'django.contrib.staticfiles', 'chat']
MIDDLEWARE = ['whitenoise.middleware.WhiteNoiseMiddleware']
STATIC_URL = '/static/'
\`\`\`
\`\`\`findings
mysite/settings.py:8:1 warning settings/static-root possible
\`\`\`

### Un dossier que git ne garde pas

\`\`\`python file=mysite/settings.py
import os

BASE_DIR = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['django.contrib.staticfiles', 'channels', 'chat']
MIDDLEWARE = ['whitenoise.middleware.WhiteNoiseMiddleware']
STATIC_URL = '/static/'
STATIC_ROOT = os.path.join(BASE_DIR, 'staticfiles')
STATICFILES_DIRS = [os.path.join(BASE_DIR, 'static')]
\`\`\`
\`\`\`text file=requirements.txt
Django==3.2.25
channels==3.0.5
channels-redis==3.4.1
daphne==3.0.2
whitenoise==6.6.0
\`\`\`
\`\`\`toml file=dynolint.toml
[env]
DISABLE_COLLECTSTATIC = false
\`\`\`
\`\`\`findings
mysite/settings.py:9:21 error settings/static-root
\`\`\`

### Rien ne les sert

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['daphne', 'django.contrib.staticfiles', 'chat']
STATIC_URL = '/static/'
STATIC_ROOT = 'staticfiles'
\`\`\`
\`\`\`findings
mysite/settings.py:5:1 warning settings/static-root
\`\`\`

### DISABLE_COLLECTSTATIC est rest\u00e9 activ\u00e9

\`\`\`json snapshot=dynolint.snapshot.json
{
  "snapshot": 1,
  "domains": [{ "name": "chat-1234567890ab.herokuapp.com", "kind": "heroku" }],
  "addons": [
    { "service": "heroku-redis", "plan": "premium-0", "variables": ["REDIS_URL"] },
    { "service": "heroku-postgresql", "plan": "essential-0", "variables": ["DATABASE_URL"] }
  ],
  "dynos": [{ "type": "web", "size": "basic", "up": 1, "down": 0 }],
  "config": {
    "ALLOWED_HOSTS": "hosts:chat-1234567890ab.herokuapp.com",
    "CSRF_TRUSTED_ORIGINS": "hosts:https://chat-1234567890ab.herokuapp.com",
    "DATABASE_URL": "postgres-url",
    "DISABLE_COLLECTSTATIC": "1",
    "REDIS_URL": "rediss-url",
    "SECRET_KEY": "secret"
  }
}
\`\`\`
\`\`\`findings
mysite/settings.py:61:15 warning settings/static-root
\`\`\`

### Aucune app n\u2019apporte la commande

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['daphne', 'channels', 'chat']
\`\`\`
\`\`\`toml file=dynolint.toml
[env]
DISABLE_COLLECTSTATIC = false
\`\`\`
\`\`\`findings
mysite/settings.py:4:1 error settings/static-root
\`\`\`

## \u00c0 \u00e9crire \u00e0 la place

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['daphne', 'django.contrib.staticfiles', 'chat']
MIDDLEWARE = [
    'django.middleware.security.SecurityMiddleware',
    'whitenoise.middleware.WhiteNoiseMiddleware',
]
STATIC_URL = '/static/'
STATIC_ROOT = 'staticfiles'
\`\`\`

### Le processus web les collecte lui-m\u00eame

\`\`\`Procfile file=Procfile
web: python manage.py collectstatic --noinput && daphne -b 0.0.0.0 -p $PORT --proxy-headers mysite.asgi:application
\`\`\`
\`\`\`json snapshot=dynolint.snapshot.json
{
  "snapshot": 1,
  "domains": [{ "name": "chat-1234567890ab.herokuapp.com", "kind": "heroku" }],
  "addons": [
    { "service": "heroku-redis", "plan": "premium-0", "variables": ["REDIS_URL"] },
    { "service": "heroku-postgresql", "plan": "essential-0", "variables": ["DATABASE_URL"] }
  ],
  "dynos": [{ "type": "web", "size": "basic", "up": 1, "down": 0 }],
  "config": {
    "ALLOWED_HOSTS": "hosts:chat-1234567890ab.herokuapp.com",
    "CSRF_TRUSTED_ORIGINS": "hosts:https://chat-1234567890ab.herokuapp.com",
    "DATABASE_URL": "postgres-url",
    "DISABLE_COLLECTSTATIC": "1",
    "REDIS_URL": "rediss-url",
    "SECRET_KEY": "secret"
  }
}
\`\`\`

### DISABLE_COLLECTSTATIC vaut 0

\`\`\`json snapshot=dynolint.snapshot.json
{
  "snapshot": 1,
  "domains": [{ "name": "chat-1234567890ab.herokuapp.com", "kind": "heroku" }],
  "addons": [
    { "service": "heroku-redis", "plan": "premium-0", "variables": ["REDIS_URL"] },
    { "service": "heroku-postgresql", "plan": "essential-0", "variables": ["DATABASE_URL"] }
  ],
  "dynos": [{ "type": "web", "size": "basic", "up": 1, "down": 0 }],
  "config": {
    "ALLOWED_HOSTS": "hosts:chat-1234567890ab.herokuapp.com",
    "CSRF_TRUSTED_ORIGINS": "hosts:https://chat-1234567890ab.herokuapp.com",
    "DATABASE_URL": "postgres-url",
    "DISABLE_COLLECTSTATIC": "0",
    "REDIS_URL": "rediss-url",
    "SECRET_KEY": "secret"
  }
}
\`\`\`

## Quand la r\u00e8gle se tait

Quand DISABLE_COLLECTSTATIC est d\u00e9finie, quand il n\u2019y a pas de manage.py ou qu\u2019une app peut apporter son propre collectstatic, et avec un stockage qui n\u2019a pas besoin de STATIC_ROOT.

### DISABLE_COLLECTSTATIC

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['daphne', 'django.contrib.staticfiles', 'chat']
MIDDLEWARE = ['whitenoise.middleware.WhiteNoiseMiddleware']
STATIC_URL = '/static/'
\`\`\`
\`\`\`toml file=dynolint.toml
[env]
DISABLE_COLLECTSTATIC = "1"
\`\`\`

### Un bucket

\`\`\`python file=mysite/settings.py
import os

SECRET_KEY = os.environ['SECRET_KEY']
INSTALLED_APPS = ['daphne', 'django.contrib.staticfiles', 'storages', 'chat']
STATIC_URL = '/static/'
STORAGES = {
    'default': {'BACKEND': 'storages.backends.s3.S3Storage'},
    'staticfiles': {'BACKEND': 'storages.backends.s3.S3Storage'},
}
\`\`\`

## Sources

- [Django and static assets](https://devcenter.heroku.com/articles/django-assets)
- [STATIC_ROOT](https://docs.djangoproject.com/en/5.2/ref/settings/#static-root), [WhiteNoise](https://whitenoise.readthedocs.io/en/stable/django.html)
`}};exports.pages=n,
exports.pages_generated_exports=t;