/**
 * What common packages outside the release history always install, whatever their version; from their `Requires-Dist`
 * (newest release, and older ones where they differ are left out). `-` alone: the package requires nothing, or nothing but Django.
 * `name[extra]`: what the extra brings besides; `name>=1,<2`: what these versions bring, above
 * what the newest ones do.
 */
const table = `
django-celery-beat celery django-timezone-field python-crontab cron-descriptor tzdata
django-celery-results celery
django-celery-email celery django-appconf
django-rq redis rq
rq redis click
flower celery prometheus-client humanize pytz tornado
djangorestframework -
djangorestframework-simplejwt djangorestframework pyjwt
djangorestframework-simplejwt[crypto] cryptography
django-rest-knox>=4,<5 djangorestframework cryptography
django-rest-knox djangorestframework
dj-rest-auth djangorestframework
django-rest-auth djangorestframework six
djoser djangorestframework djangorestframework-simplejwt social-auth-app-django
social-auth-app-django social-auth-core
social-auth-core requests oauthlib requests-oauthlib pyjwt cryptography python3-openid defusedxml
drf-yasg djangorestframework pyyaml inflection packaging uritemplate pytz
drf-spectacular djangorestframework pyyaml jsonschema inflection uritemplate
drf-spectacular[sidecar] drf-spectacular-sidecar
drf-spectacular[offline] drf-spectacular-sidecar
drf-nested-routers djangorestframework
djangochannelsrestframework channels djangorestframework
channels-presence channels
django-channels-presence channels
channels-valkey channels msgpack valkey asgiref
django-eventstream django-grip pyjwt
graphene-django graphene graphql-core graphql-relay promise text-unidecode
django-cors-headers asgiref
django-crispy-forms -
crispy-bootstrap4 django-crispy-forms
crispy-bootstrap5 django-crispy-forms
crispy-tailwind django-crispy-forms
django-filter -
django-debug-toolbar sqlparse
django-extensions -
django-storages -
django-storages[s3] boto3
django-storages[boto3] boto3
django-storages[google] google-cloud-storage
django-allauth asgiref
django-oauth-toolkit requests oauthlib jwcrypto
django-phonenumber-field -
django-phonenumber-field[phonenumbers] phonenumbers
django-phonenumber-field[phonenumberslite] phonenumberslite
django-ckeditor django-js-asset
django-tinymce -
django-bootstrap4 beautifulsoup4
django-bootstrap5 -
django-widget-tweaks -
django-import-export tablib diff-match-patch
django-countries asgiref typing-extensions
django-taggit -
django-mptt django-js-asset
django-model-utils -
django-environ -
django-redis-cache redis
django-redis-sessions redis
django-cacheops redis funcy
django-constance -
django-jazzmin -
django-cleanup -
django-htmx asgiref
django-tables2 -
django-select2 django-appconf
django-compressor django-appconf rcssmin rjsmin
django-imagekit django-appconf pilkit
django-cloudinary-storage requests cloudinary
cloudinary certifi six urllib3
django-ses boto3
django-anymail requests urllib3
django-sendgrid-v5 sendgrid python-http-client
django-background-tasks six django-compat
django-summernote bleach
django-recaptcha -
django-simple-captcha pillow django-ranged-response
django-avatar pillow
django-resized pillow
django-stdimage pillow
django-versatileimagefield pillow python-magic
easy-thumbnails pillow
sorl-thumbnail -
sorl-thumbnail[pil] pillow
pillow -
boto3 botocore jmespath s3transfer
botocore jmespath python-dateutil urllib3
s3transfer botocore
requests certifi charset-normalizer idna urllib3
requests[socks] pysocks
requests-oauthlib oauthlib requests
pyjwt -
pyjwt[crypto] cryptography
pyyaml -
sqlparse -
pytz -
six -
certifi -
idna -
urllib3 -
chardet -
charset-normalizer -
python-dotenv -
python-dateutil six
python-slugify text-unidecode
psycopg2 -
psycopg2-binary -
psycopg-binary -
psycopg-pool typing-extensions
mysqlclient -
honcho -
sentry-sdk certifi urllib3
sentry-sdk[django] -
newrelic -
brotli -
markdown -
bleach webencodings
stripe requests typing-extensions
twilio pyjwt requests aiohttp
sendgrid<6.12.5 python-http-client
sendgrid python-http-client cryptography
httpx anyio certifi httpcore idna
httpx[http2] h2
aiohttp aiosignal attrs frozenlist multidict yarl
openai anyio distro httpx jiter pydantic sniffio tqdm typing-extensions
numpy -
pandas numpy python-dateutil pytz
beautifulsoup4 soupsieve typing-extensions
lxml -
cryptography cffi
cffi pycparser
pycparser -
attrs -
automat<24.8 attrs six
automat -
constantly -
hyperlink idna
incremental<24.7 -
incremental>=24.7,<24.11 setuptools
incremental packaging
zope-interface<8 setuptools
zope-interface -
zope.interface -
pyasn1 -
pyasn1-modules pyasn1
pyopenssl cryptography
channels-redis[cryptography] cryptography
celery[auth] cryptography
twisted[tls] pyopenssl service-identity idna
service-identity attrs cryptography pyasn1 pyasn1-modules
txaio -
typing-extensions -
async-timeout -
tzdata -
billiard -
amqp vine
vine -
click -
h11 -
h2 hpack hyperframe
httptools -
uvloop -
watchfiles anyio
watchgod -
setuptools -
wheel<0.46 -
wheel packaging
pip -
tzlocal -
razorpay requests
apscheduler>=3.9,<=3.10.1 pytz setuptools six tzlocal
apscheduler>=3.10.4,<3.11 pytz six tzlocal
apscheduler>=3.11,<4 tzlocal
packaging -
pyparsing -
deprecated wrapt
wrapt -
python-crontab<3.3 python-dateutil six
python-crontab -
django-timezone-field -
django-appconf -
django-js-asset -
defusedxml -
oauthlib -
python3-openid defusedxml
soupsieve -
text-unidecode -
black click mypy-extensions packaging pathspec platformdirs
flake8 mccabe pycodestyle pyflakes
isort -
autopep8 pycodestyle
pycodestyle -
pylint astroid dill isort mccabe platformdirs tomlkit
pytest iniconfig packaging pluggy pygments
pytest-django pytest
faker tzdata
factory-boy faker
coverage -
gevent greenlet zope-event zope-interface
eventlet dnspython greenlet
greenlet -
waitress -
reportlab pillow charset-normalizer
qrcode -
qrcode[pil] pillow
openpyxl et-xmlfile
simplejson -
ujson -
jinja2 markupsafe
markupsafe -
google-auth<2.48 cachetools pyasn1-modules rsa
google-auth cachetools pyasn1-modules rsa cryptography
google-api-python-client google-auth httplib2 uritemplate
cbor2 -
click-didyoumean click
click-plugins click
click-repl click prompt-toolkit six typing-extensions
prompt-toolkit wcwidth
wcwidth -
`

interface Row {
  /** The versions that it holds for; empty: for each. */
  readonly range: string
  readonly names: readonly string[]
}

const brought = new Map<string, Row[]>()
for (const line of table.trim().split('\n')) {
  const [key = '', ...names] = line.split(' ')
  const [, name = '', range = ''] = /^([^<>=]+)(.*)$/.exec(key) ?? []
  brought.set(name, [...(brought.get(name) ?? []), { range, names: names.filter((one) => one !== '-') }])
}

/**
 * What a package always brings along; undefined when that is not known. `isIn` says whether its version lies in a range: false
 * where that is not known. Django itself is left out: every Django app needs it.
 */
export const broughtBy = (
  name: string,
  isIn: (range: string) => boolean = () => false,
): readonly string[] | undefined => brought.get(name)?.find(({ range }) => range === '' || isIn(range))?.names

/** Packages that bring dozens of others: beside one of them nothing is surely absent. */
const umbrellas = new Set(
  'wagtail django-oscar django-cms saleor django-machina edx-platform openedx misago mezzanine django-shop pretix django-fiber netbox apache-airflow django-saml2-auth'.split(
    ' ',
  ),
)
export const isUmbrella = (name: string): boolean => umbrellas.has(name)

/** Packages that are installed more often because another needs them than for their own sake. */
const often = new Set(
  `requests six pytz urllib3 certifi idna chardet charset-normalizer pyyaml pillow python-dateutil cryptography pyjwt attrs packaging
  markdown jinja2 markupsafe lxml boto3 botocore redis setuptools django-filter djangorestframework celery kombu psycopg2 psycopg2-binary psycopg
  oauthlib requests-oauthlib social-auth-core social-auth-app-django python-slugify text-unidecode beautifulsoup4 html5lib bleach
  pydantic httpx aiohttp numpy pandas click simplejson pygments docutils babel tzlocal python-magic phonenumbers phonenumberslite
  sqlparse asgiref typing-extensions django-appconf django-mptt django-treebeard django-taggit django-polymorphic django-modelcluster
  django-extensions django-crispy-forms django-model-utils django-js-asset django-tables2 django-select2 django-phonenumber-field
  django-allauth django-otp django-formtools django-guardian django-sekizai django-haystack easy-thumbnails sorl-thumbnail django-filer
  django-countries shortuuid jsonfield django-jsonfield django-picklefield graphene graphql-core prometheus-client protobuf google-auth
  google-api-python-client google-cloud-storage dj-database-url python-dotenv websocket-client websockets
  wsproto twisted autobahn msgpack hiredis djangorestframework-simplejwt`.split(/\s+/),
)
export const isOftenTransitive = (name: string): boolean => often.has(name)
