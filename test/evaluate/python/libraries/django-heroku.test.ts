import { describe } from 'vitest'
import { check } from './cases.ts'

const head = `import django_heroku
BASE_DIR = "/app"
MIDDLEWARE = ["django.middleware.security.SecurityMiddleware", "b"]
ALLOWED_HOSTS = ["example.com"]
`

describe('django-heroku', () => {
  check([
    {
      name: 'opens the hosts, puts WhiteNoise first and asks for TLS',
      source: `${head}django_heroku.settings(locals())\nOPTIONS = DATABASES["default"]["OPTIONS"]`,
      gives: {
        ALLOWED_HOSTS: "['*']",
        MIDDLEWARE:
          "('whitenoise.middleware.WhiteNoiseMiddleware', 'django.middleware.security.SecurityMiddleware', 'b')",
        STATIC_ROOT: "'/app/staticfiles'",
        OPTIONS: "{'sslmode': 'require'}",
      },
    },
    {
      name: 'leaves out what it is told to, and what follows counts',
      source: `${head}django_heroku.settings(locals(), staticfiles=False)\nALLOWED_HOSTS = ["a"]\ndel DATABASES["default"]["OPTIONS"]\nLEFT = "OPTIONS" in DATABASES["default"]`,
      gives: { ALLOWED_HOSTS: "['a']", STATIC_ROOT: 'unbound', LEFT: 'False' },
    },
    {
      name: 'sets DATABASES only with a DATABASE_URL',
      source: `${head}django_heroku.settings(locals())\nX = DATABASES["default"] is None`,
      env: { DATABASE_URL: '?' },
      gives: { X: 'True when DATABASE_URL is unset | False when DATABASE_URL is set' },
    },
    {
      name: 'takes SECRET_KEY where it is set, and leaves what was written where not',
      source: `${head}SECRET_KEY = "written"\ndjango_heroku.settings(locals())`,
      env: { SECRET_KEY: '?' },
      gives: { SECRET_KEY: "'written' when SECRET_KEY is unset | '<SECRET_KEY>' when SECRET_KEY is set" },
    },
    {
      name: 'the fork puts WhiteNoise after SecurityMiddleware',
      source: `${head.replaceAll('django_heroku', 'django_on_heroku')}django_on_heroku.settings(locals())`,
      gives: {
        MIDDLEWARE:
          "('django.middleware.security.SecurityMiddleware', 'whitenoise.middleware.WhiteNoiseMiddleware', 'b')",
      },
    },
  ])
})
