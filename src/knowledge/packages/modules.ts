import { getOrInsert } from '../../get-or-insert.ts'

/**
 * Which distribution provides an import name. Source of each entry: the `top_level.txt`/RECORD of the distribution's wheels
 * and its documentation's installation page (`pip install X`, then `import y` or INSTALLED_APPS). Several distributions in
 * an entry each provide the module; the first is the usual one. Names equal to their distribution need no entry.
 */
const table = `
PIL Pillow pillow-simd; yaml PyYAML; dateutil python-dateutil; dotenv python-dotenv django-dotenv
environ django-environ environ-config; decouple python-decouple; jwt PyJWT jwt; jose python-jose
magic python-magic python-magic-bin; slugify python-slugify unicode-slugify; bs4 beautifulsoup4 bs4
cv2 opencv-python opencv-python-headless opencv-contrib-python; sklearn scikit-learn; skimage scikit-image
psycopg2 psycopg2 psycopg2-binary; psycopg psycopg; MySQLdb mysqlclient; pymysql PyMySQL
mysql mysql-connector-python mysql-connector; cx_Oracle cx-Oracle; memcache python-memcached; pylibmc pylibmc
Crypto pycryptodome pycrypto; Cryptodome pycryptodomex; OpenSSL pyOpenSSL; nacl PyNaCl
google google-auth google-api-python-client protobuf google-cloud-storage; googleapiclient google-api-python-client
firebase_admin firebase-admin; pyfcm pyfcm; sendgrid sendgrid; twilio twilio; stripe stripe; requests requests
six six; pytz pytz; attr attrs; markdown Markdown; jinja2 Jinja2; docx python-docx; pptx python-pptx; fitz PyMuPDF
serial pyserial; usb pyusb; zmq pyzmq; Levenshtein python-Levenshtein Levenshtein; telegram python-telegram-bot
discord discord.py; git GitPython; github PyGithub; gitlab python-gitlab; ldap python-ldap; ldap3 ldap3
xmltodict xmltodict; geopy geopy; phonenumbers phonenumbers phonenumberslite; pkg_resources setuptools
setuptools setuptools; oauth2client oauth2client; openid python3-openid python-openid; social_core social-auth-core
boto boto; boto3 boto3; botocore botocore; whitenoise whitenoise; dj_database_url dj-database-url
django_heroku django-heroku; heroku django-on-heroku; django_on_heroku django-on-heroku; dj_static dj-static
static static3 static; dj_email_url dj-email-url; dj_user_agents django-user-agents
django_cache_url django-cache-url; django django; channels channels; channels_redis channels-redis
channels_postgres channels-postgres; channels_rabbitmq channels-rabbitmq; channels_valkey channels-valkey
channels_presence django-channels-presence; channelsmultiplexer channelsmultiplexer
channels_graphql_ws django-channels-graphql-ws; channels_jsonrpc channels-jsonrpc
djangochannelsrestframework djangochannelsrestframework; asgi_redis asgi-redis; asgiref asgiref; daphne daphne
meinheld meinheld; uvicorn uvicorn; uvicorn_worker uvicorn-worker; hypercorn hypercorn; granian granian; gunicorn gunicorn
waitress waitress; uwsgi uWSGI pyuwsgi; gevent gevent; eventlet eventlet; twisted Twisted; autobahn autobahn
websockets websockets; websocket websocket-client; wsproto wsproto; redis redis; aioredis aioredis; hiredis hiredis
django_redis django-redis; redis_cache django-redis-cache; redis_sessions django-redis-sessions; django_rq django-rq
rq rq; rq_scheduler rq-scheduler; celery celery; kombu kombu; djcelery django-celery
djcelery_email django-celery-email; django_celery_beat django-celery-beat
django_celery_results django-celery-results; celery_progress celery-progress; kombu_transport_django django-kombu
djkombu django-kombu; flower flower; django_q django-q django-q2; huey huey; dramatiq dramatiq
django_dramatiq django-dramatiq; apscheduler APScheduler; django_apscheduler django-apscheduler
background_task django-background-tasks; django_crontab django-crontab; rest_framework djangorestframework
rest_framework_simplejwt djangorestframework-simplejwt; rest_framework_jwt djangorestframework-jwt drf-jwt
rest_framework_swagger django-rest-swagger; rest_framework_nested drf-nested-routers
rest_framework_gis djangorestframework-gis; rest_framework_bulk djangorestframework-bulk
rest_framework_recursive djangorestframework-recursive; rest_framework_api_key djangorestframework-api-key
rest_framework_extensions drf-extensions; rest_framework_tracking drf-tracking
rest_framework_xml djangorestframework-xml; rest_framework_csv djangorestframework-csv
rest_framework_datatables djangorestframework-datatables
rest_framework_social_oauth2 django-rest-framework-social-oauth2
rest_framework_mongoengine django-rest-framework-mongoengine; rest_polymorphic django-rest-polymorphic
rest_auth django-rest-auth; dj_rest_auth dj-rest-auth; django_rest_passwordreset django-rest-passwordreset
djangorestframework_camel_case djangorestframework-camel-case; drf_yasg drf-yasg drf-yasg2; drf_yasg2 drf-yasg2
drf_spectacular drf-spectacular; drf_spectacular_sidecar drf-spectacular-sidecar
drf_multiple_model django-rest-multiple-models; drf_writable_nested drf-writable-nested
drf_extra_fields django-extra-fields; drf_base64 drf-base64; drf_social_oauth2 drf-social-oauth2
drf_haystack drf-haystack; django_rest_multitokenauth django-rest-multitokenauth; knox django-rest-knox
djoser djoser; oauth2_provider django-oauth-toolkit; oauth_provider django-oauth-plus; allauth django-allauth
social_django social-auth-app-django; social social-auth-app-django python-social-auth; authtools django-authtools
registration django-registration-redux django-registration; django_registration django-registration
guardian django-guardian; rolepermissions django-role-permissions; rules rules; axes django-axes
two_factor django-two-factor-auth; django_otp django-otp; otp_yubikey django-otp-yubikey; sesame django-sesame
mfa django-mfa2; password_reset django-password-reset; password_strength django-password-strength
account django-user-accounts; invitations django-invitations; organizations django-organizations
corsheaders django-cors-headers; cors django-cors; csp django-csp; csp_helpers django-csp-helpers
sslserver django-sslserver; sslify django-sslify; djangosecure django-secure
permissions_policy django-permissions-policy; feature_policy django-feature-policy
debug_toolbar django-debug-toolbar; debug_toolbar_force django-debug-toolbar-force
template_profiler_panel django-debug-toolbar-template-profiler; silk django-silk; querycount django-querycount
nplusone nplusone; django_extensions django-extensions; django_filters django-filter
rest_framework_filters djangorestframework-filters; url_filter django-url-filter; django_tables2 django-tables2
crispy_forms django-crispy-forms; crispy_bootstrap3 crispy-bootstrap3; crispy_bootstrap4 crispy-bootstrap4
crispy_bootstrap5 crispy-bootstrap5; crispy_tailwind crispy-tailwind; crispy_bulma crispy-bulma
bootstrap3 django-bootstrap3; bootstrap4 django-bootstrap4; bootstrap5 django-bootstrap5
django_bootstrap5 django-bootstrap5; bootstrap_admin django-bootstrap-admin
bootstrap_datepicker_plus django-bootstrap-datepicker-plus; bootstrap_modal_forms django-bootstrap-modal-forms
bootstrapform django-bootstrap-form; bootstrap_toolkit django-bootstrap-toolkit; widget_tweaks django-widget-tweaks
floppyforms django-floppyforms; formtools django-formtools; multiselectfield django-multiselectfield
django_select2 django-select2; select2 django-select2-forms; dal django-autocomplete-light
dal_select2 django-autocomplete-light; ajax_select django-ajax-selects; django_countries django-countries
cities_light django-cities-light; cities django-cities; phonenumber_field django-phonenumber-field
localflavor django-localflavor; djmoney django-money; moneyed py-moneyed; timezone_field django-timezone-field
tz_detect django-tz-detect; recurrence django-recurrence; colorfield django-colorfield
fontawesome django-fontawesome; fontawesome_5 django-fontawesome-5; fontawesomefree fontawesomefree
django_icons django-icons; ckeditor django-ckeditor; ckeditor_uploader django-ckeditor
django_ckeditor_5 django-ckeditor-5; tinymce django-tinymce; djrichtextfield django-richtextfield
django_summernote django-summernote; froala_editor django-froala-editor; markdownx django-markdownx
markdownify django-markdownify; mdeditor django-mdeditor; martor martor; markupfield django-markupfield
django_quill django-quill-editor; redactor django-redactor; storages django-storages django-storages-redux
s3_folder_storage django-s3-folder-storage; django_s3_storage django-s3-storage; s3direct django-s3direct
cloudinary cloudinary; cloudinary_storage django-cloudinary-storage; gdstorage django-googledrive-storage
imagekit django-imagekit; easy_thumbnails easy-thumbnails; sorl sorl-thumbnail
versatileimagefield django-versatileimagefield; image_cropping django-image-cropping; stdimage django-stdimage
django_resized django-resized; django_cleanup django-cleanup; avatar django-avatar; imagefit django-imagefit
filer django-filer; filebrowser django-filebrowser; compressor django-compressor
sass_processor django-sass-processor; pipeline django-pipeline; webpack_loader django-webpack-loader
django_vite django-vite; djangobower django-bower; npm django-npm; static_precompiler django-static-precompiler
django_browser_reload django-browser-reload; livereload django-livereload; django_htmx django-htmx
tailwind django-tailwind; theme django-theme; pwa django-pwa; webpush django-webpush
push_notifications django-push-notifications; fcm_django fcm-django; notifications django-notifications-hq
notify django-notify-x; pinax pinax-notifications; post_office django-post_office; anymail django-anymail
sendgrid_backend django-sendgrid-v5; django_ses django-ses; django_mailbox django-mailbox; mailer django-mailer
mjml django-mjml; templated_email django-templated-email; mptt django-mptt; treebeard django-treebeard
polymorphic django-polymorphic; model_utils django-model-utils; django_fsm django-fsm
simple_history django-simple-history; reversion django-reversion; auditlog django-auditlog
safedelete django-safedelete; softdelete django-softdelete; django_lifecycle django-lifecycle
ordered_model django-ordered-model; adminsortable django-admin-sortable; adminsortable2 django-admin-sortable2
import_export django-import-export; constance django-constance; solo django-solo; waffle django-waffle
flags django-flags; picklefield django-picklefield; jsonfield jsonfield django-jsonfield
django_jsonfield_backport django-jsonfield-backport; encrypted_model_fields django-encrypted-model-fields
fernet_fields django-fernet-fields; cryptographic_fields django-cryptographic-fields
django_cryptography django-cryptography; hashid_field django-hashid-field; shortuuidfield django-shortuuidfield
shortuuid shortuuid; autoslug django-autoslug; django_extensions_shell django-extensions; taggit django-taggit
taggit_serializer django-taggit-serializer; tagging django-tagging; tagulous django-tagulous
hitcount django-hitcount-headless django-hitcount; star_ratings django-star-ratings; vote django-vote
voting django-voting; likes django-likes; friendship django-friendship; follow django-follow
actstream django-activity-stream; stream_django stream-django; django_comments django-contrib-comments
django_comments_xtd django-comments-xtd; comments_tree django-comments-tree; comment django-comments-dab
captcha django-simple-captcha django-recaptcha; django_recaptcha django-recaptcha; snowpenguin django-recaptcha2
honeypot django-honeypot; hcaptcha django-hCaptcha; haystack django-haystack; watson django-watson
elasticsearch_dsl elasticsearch-dsl; django_elasticsearch_dsl django-elasticsearch-dsl
algoliasearch_django algoliasearch-django; meilisearch meilisearch; whoosh Whoosh; graphene graphene
graphene_django graphene-django; graphql graphql-core; graphql_jwt django-graphql-jwt
graphql_auth django-graphql-auth; graphene_subscriptions graphene-subscriptions; strawberry strawberry-graphql
strawberry_django strawberry-graphql-django; ariadne ariadne; ariadne_django ariadne-django; ninja django-ninja
ninja_extra django-ninja-extra; ninja_jwt django-ninja-jwt; tastypie django-tastypie; swagger_ui django-swagger-ui
health_check django-health-check; watchman django-watchman; prometheus_client prometheus-client
django_prometheus django-prometheus; sentry_sdk sentry-sdk; raven raven; rollbar rollbar; scout_apm scout-apm
elasticapm elastic-apm; newrelic newrelic; ddtrace ddtrace; opbeat opbeat; bugsnag bugsnag; honeybadger honeybadger
airbrake airbrake; logentries logentries; logdna logdna; logtail logtail-python; pythonjsonlogger python-json-logger
structlog structlog; django_structlog django-structlog; django_guid django-guid
log_request_id django-log-request-id; request_logging django-request-logging; jazzmin django-jazzmin
jet django-jet django-jet-reboot django-3-jet; suit django-suit; grappelli django-grappelli
admin_interface django-admin-interface; admin_honeypot django-admin-honeypot; baton django-baton
unfold django-unfold; material django-material; material_admin django-material-admin
semantic_admin django-semantic-admin; simpleui django-simpleui; admin_reorder django-modeladmin-reorder
admin_tools django-admin-tools; nested_admin django-nested-admin; nested_inline django-nested-inline
rangefilter django-admin-rangefilter; admin_auto_filters django-admin-autocomplete-filter
advanced_filters django-advanced-filters; related_admin django-related-admin; massadmin django-mass-edit
smart_selects django-smart-selects; rosetta django-rosetta; modeltranslation django-modeltranslation
parler django-parler; parler_rest django-parler-rest; hvad django-hvad; wagtail wagtail
modelcluster django-modelcluster; cms django-cms; djangocms_text_ckeditor djangocms-text-ckeditor; menus django-cms
sekizai django-sekizai; oscar django-oscar; zinnia django-blog-zinnia; robots django-robots; meta django-meta
seo django-seo; sitetree django-sitetree; mathfilters django-mathfilters; mathtools django-mathtools
humanize humanize; currencies django-currencies; embed_video django-embed-video
maintenance_mode django-maintenance-mode; maintenancemode django-maintenancemode
cookie_consent django-cookie-consent; cookielaw django-cookie-law; analytical django-analytical
django_user_agents django-user-agents; user_agents user-agents; ipware django-ipware; django_ipware django-ipware
ratelimit django-ratelimit; django_ratelimit django-ratelimit; geoip2 geoip2; leaflet django-leaflet
location_field django-location-field; djgeojson django-geojson; mapwidgets django-map-widgets
django_google_maps django-google-maps; address django-address; easy_pdf django-easy-pdf
wkhtmltopdf django-wkhtmltopdf; weasyprint weasyprint; django_weasyprint django-weasyprint; xhtml2pdf xhtml2pdf
reportlab reportlab; pdfkit pdfkit; qr_code django-qr-code; qrcode qrcode; barcode python-barcode
chartjs django-chartjs; chartit django-chartit; django_plotly_dash django-plotly-dash; dpd_components dpd-components
dpd_static_support dpd-static-support; djstripe dj-stripe; payments django-payments; paypal django-paypal
paypalrestsdk paypalrestsdk; razorpay razorpay; braintree braintree; django_daraja django-daraja
mpesa_api django-mpesa-api; pypaystack pypaystack; paystack django-paystack; django_hosts django-hosts
subdomains django-subdomains; tenant_schemas django-tenant-schemas; django_tenants django-tenants
tenant_users django-tenant-users; multidb django-multidb-router; djongo djongo; mongoengine mongoengine
pymongo pymongo; django_mongodb_engine django-mongodb-engine; cacheops django-cacheops; cachalot django-cachalot
johnny johnny-cache; django_pylibmc django-pylibmc; django_bmemcached django-bmemcached
bmemcached python-binary-memcached; diskcache diskcache; sessionprofile django-sessionprofile
qsessions django-qsessions; user_sessions django-user-sessions; django_nose django-nose; behave_django behave-django
test_plus django-test-plus; pytest_django pytest-django; django_jenkins django-jenkins; factory factory-boy
faker Faker; django_seed django-seed; model_mommy model-mommy; model_bakery model-bakery; coverage coverage
configurations django-configurations; configurations_seed django-configurations
split_settings django-split-settings; environs environs; prettyconf prettyconf; getenv django-getenv
django_settings_export django-settings-export; bitfield django-bitfield; positions django-positions
sortedm2m django-sortedm2m; private_storage django-private-storage; chunked_upload django-chunked-upload
django_drf_filepond django-drf-filepond; drf_chunked_upload drf-chunked-upload; video_encoding django-video-encoding
django_unicorn django-unicorn; sockpuppet django-sockpuppet; reactor django-reactor
channels_demultiplexer channelsmultiplexer; turbo turbo-django; django_eventstream django-eventstream
django_grip django-grip; gripcontrol gripcontrol; pusher pusher; socketio python-socketio; engineio python-engineio
aiohttp aiohttp; httpx httpx; agora_token_builder agora-token-builder; pyotp pyotp; openai openai; nltk nltk
pandas pandas; numpy numpy; scipy scipy; tensorflow tensorflow tensorflow-cpu; keras keras; torch torch
matplotlib matplotlib; plotly plotly; openpyxl openpyxl; xlrd xlrd; xlsxwriter XlsxWriter; xlwt xlwt; lxml lxml
feedparser feedparser; tweepy tweepy; spotipy spotipy; psutil psutil; cryptography cryptography; bcrypt bcrypt
argon2 argon2-cffi; html5lib html5lib; bleach bleach; django_bleach django-bleach; emoji emoji
unidecode Unidecode text-unidecode; arrow arrow; pendulum pendulum; tzlocal tzlocal; icalendar icalendar; ics ics
babel Babel; chardet chardet; certifi certifi; urllib3 urllib3; simplejson simplejson; ujson ujson; orjson orjson
msgpack msgpack msgpack-python; google_auth_oauthlib google-auth-oauthlib; apiclient google-api-python-client
oauthlib oauthlib; requests_oauthlib requests-oauthlib; dj_pagination dj-pagination
pure_pagination django-pure-pagination; el_pagination django-el-pagination
bootstrap_pagination django-bootstrap-pagination; linaro_django_pagination linaro-django-pagination
django_filters_mixin django-filter; extra_views django-extra-views; braces django-braces; annoying django-annoying
django_object_actions django-object-actions; inplaceeditform django-inplaceedit
dynamic_preferences django-dynamic-preferences; schedule django-scheduler; scheduler django-scheduler
postman django-postman; django_messages django-messages; django_private_chat django-private-chat
django_private_chat2 django-private-chat2; django_messages_framework django-messages; privates django-privates
opaque_keys edx-opaque-keys; ddf django-dynamic-fixture; django_js_reverse django-js-reverse
django_user_agents_middleware django-user-agents; djangoql djangoql; explorer django-sql-explorer
sql_server django-pyodbc-azure mssql-django; mssql mssql-django; django_cassandra_engine django-cassandra-engine
django_cockroachdb django-cockroachdb; django_db_geventpool django-db-geventpool
dj_db_conn_pool django-db-connection-pool; django_postgrespool2 django-postgrespool2; django_prices django-prices
django_measurement django-measurement; django_enumfield django-enumfield; enumfields django-enumfields
django_enum django-enum; django_better_admin_arrayfield django-better-admin-arrayfield
django_json_widget django-json-widget; jsoneditor django-jsoneditor; prettyjson django-prettyjson
flat_responsive django-flat-responsive; django_hstore django-hstore; psqlextra django-postgres-extra
pgtrigger django-pgtrigger; pghistory django-pghistory; django_pgviews django-pgviews; pg_copy django-postgres-copy
mailchimp3 mailchimp3; mailjet_rest mailjet-rest; shopify ShopifyAPI; zoomus zoomus; vonage vonage; nexmo nexmo
africastalking africastalking; cloudscraper cloudscraper; selenium selenium; scrapy Scrapy
scrapyd_api python-scrapyd-api; dynamic_rest dynamic-rest; dry_rest_permissions dry-rest-permissions
viewflow django-viewflow; webapp2 webapp2; werkzeug Werkzeug; flask Flask; fastapi fastapi; starlette starlette
pydantic pydantic; pydantic_settings pydantic-settings; sqlalchemy SQLAlchemy; alembic alembic
marshmallow marshmallow; hashids hashids; markdown2 markdown2; mistune mistune; pygments Pygments; docutils docutils
zxcvbn zxcvbn; zxcvbn_password django-zxcvbn-password; pwned_passwords_django pwned-passwords-django
django_password_validators django-password-validators; python_http_client python-http-client; geocoder geocoder
haversine haversine; shapely shapely; osgeo GDAL; fiona fiona; rasterio rasterio; django_gravatar django-gravatar2
gravatar django-gravatar2; libgravatar libgravatar
`

interface Index {
  /** Names as written in the table, by module. */
  readonly distributions: ReadonlyMap<string, readonly string[]>
  /** By normalised name of the distribution. */
  readonly modules: ReadonlyMap<string, readonly string[]>
}

let index: Index | undefined

function indexed(): Index {
  if (index !== undefined) return index
  const distributions = new Map<string, readonly string[]>()
  const modules = new Map<string, string[]>()
  for (const entry of table.trim().split(/;\s*|\n/)) {
    const [module = '', ...names] = entry.split(' ')
    distributions.set(module, names)
  }
  for (const [module, names] of distributions) {
    for (const name of new Set(names.map(normal))) getOrInsert(modules, name, () => []).push(module)
  }
  index = { distributions, modules }
  return index
}

/** Distributions that provide a top-level module, the usual one first; empty when the table lacks it. */
export const providersOf = (module: string): readonly string[] => indexed().distributions.get(module) ?? []

/** Modules that a distribution of the table provides, by its name as written in the table or normalised. */
export const modulesOf = (distribution: string): readonly string[] => indexed().modules.get(normal(distribution)) ?? []

const normal = (name: string): string => name.replace(/[-_.]+/g, '-').toLowerCase()
