import { errors } from './entry.ts'

/** Errors that keep the process from starting. Wordings: CPython, bash, dash, Django 5.2, daphne 4.2, uvicorn 0.5x, gunicorn 2x. */
export const bootErrors = errors({
  'boot/command-not-found': {
    name: 'command not found',
    hop: 'boot',
    pattern: /\b(?:bash|sh|dash): (?:line )?(?:\d+: )?(?:exec: )?([\w./+-]+): (?:command )?not found/,
    about: 'subject',
    meaning: {
      en: 'The shell does not know the command: the package that brings it is not installed (channels 4 no longer installs daphne), or the line of the Procfile is misspelt.',
      fr: 'Le shell ne connaît pas la commande : le paquet qui la fournit n’est pas installé (channels 4 n’installe plus daphne), ou la ligne du Procfile est mal écrite.',
    },
    rules: ['deps/missing-package', 'procfile/command-missing', 'procfile/syntax'],
  },
  'boot/no-such-file': {
    name: 'No such file or directory',
    hop: 'boot',
    pattern:
      /\b(?:bash|sh|dash): (?:line )?(?:\d+: )?(?:cd: )?(?:can't cd to )?([\w./+-]+): No such file or directory|python[\d.]*: can't open file '([^']+)'/,
    about: 'subject',
    meaning: {
      en: 'The command of the process names a folder or a file that is not on the dyno.',
      fr: 'La commande du processus nomme un dossier ou un fichier absent du dyno.',
    },
    rules: ['procfile/command-missing', 'procfile/asgi-target', 'app/not-committed'],
  },
  'boot/server-arguments': {
    name: 'unrecognized arguments',
    hop: 'boot',
    pattern:
      /\b(?:daphne|gunicorn|uvicorn|hypercorn)\S*: error: (?:unrecognized arguments: (\S+)|argument (\S+): |the following arguments are required|No application module)|^Error: (?:No such option:? (\S+)|Invalid value for '(-[\w-]+)|Missing argument 'APP'|No application module specified)/,
    about: 'subject',
    meaning: {
      en: 'The server refuses its arguments and exits: a flag does not exist in this version, its value is not valid, or the application is missing.',
      fr: 'Le serveur refuse ses arguments et s’arrête : une option n’existe pas dans cette version, sa valeur n’est pas valable, ou l’application manque.',
    },
    rules: ['procfile/unknown-flag', 'procfile/bind-port', 'procfile/asgi-target'],
  },
  'boot/permission': {
    name: 'Permission denied',
    hop: 'boot',
    pattern: /\b(?:bash|sh|dash): (?:line )?(?:\d+: )?(?:exec: )?([\w./+-]+): Permission denied/,
    about: 'subject',
    meaning: {
      en: 'The command of the process is a file that is not executable (git update-index --chmod=+x).',
      fr: 'La commande du processus est un fichier qui n’est pas exécutable (git update-index --chmod=+x).',
    },
    rules: ['procfile/command-missing'],
  },
  'boot/unknown-command': {
    name: { en: 'unknown command of manage.py', fr: 'commande inconnue de manage.py' },
    hop: 'boot',
    pattern: /^Unknown command: '([\w-]+)'/,
    about: 'subject',
    meaning: {
      en: 'manage.py has no such command: it is misspelt, or the package that brings it is not in INSTALLED_APPS.',
      fr: 'manage.py ne connaît pas cette commande : elle est mal écrite, ou le paquet qui la fournit n’est pas dans INSTALLED_APPS.',
    },
    rules: ['procfile/command-missing', 'procfile/useless-worker', 'deps/missing-package'],
  },
  'boot/runworker-arguments': {
    name: { en: 'runworker: channels are required', fr: 'runworker : il faut des noms de canaux' },
    hop: 'boot',
    pattern: /runworker: error: the following arguments are required/,
    meaning: {
      en: '`runworker` without channel names ends at once on Channels 2 and later. WebSockets need no worker.',
      fr: '`runworker` sans nom de canal s’arrête aussitôt avec Channels 2 et suivants. Les WebSockets n’ont besoin d’aucun worker.',
    },
    rules: ['procfile/useless-worker'],
  },
  'boot/target': {
    name: { en: 'the ASGI target cannot be loaded', fr: 'la cible ASGI ne peut être chargée' },
    hop: 'boot',
    pattern:
      /Error loading ASGI app\. (?:Could not import module|Attribute|Import string) "([^"]+)"|Failed to find attribute '([^']+)' in '|Cannot load application from '([^']+)'|hypercorn\.utils\.NoApp|module '\S*' has no attribute '(application|channel_layer|app)'|ValueError: not enough values to unpack \(expected 2, got 1\)|(?:Import string|Attribute) "([^"]+)" (?:must be in format|not found in module)/,
    // daphne takes the target apart without looking: dots instead of the colon end like this.
    also: /^(?![\s\S]*not enough values to unpack)|raised in daphne\/utils\.py/,
    meaning: {
      en: 'The `module:attribute` given to the server does not exist as seen from its working directory.',
      fr: 'Le `module:attribut` donné au serveur n’existe pas, vu de son répertoire de travail.',
    },
    rules: ['procfile/asgi-target', 'procfile/channels1-target'],
  },
  'boot/worker': {
    name: 'Worker failed to boot',
    hop: 'boot',
    pattern: /Reason: (?:Worker failed to boot|App failed to load)|Worker \(pid:\d+\) exited with code [34]\b/,
    meaning: {
      en: 'gunicorn could not load the application; the traceback above says why.',
      fr: 'gunicorn n’a pu charger l’application ; la trace au-dessus dit pourquoi.',
    },
    rules: ['procfile/asgi-target', 'settings/startup-crash', 'asgi/import-order', 'deps/missing-package'],
  },
  'boot/import': {
    name: 'ModuleNotFoundError',
    hop: 'boot',
    pattern: /\bNo module named '?([\w.]+)'?/,
    about: 'subject',
    meaning: {
      en: 'A module that the code imports is neither in the repository nor installed, or the working directory is not the one that holds it.',
      fr: 'Un module importé n’est ni dans le dépôt ni installé, ou le répertoire de travail n’est pas celui qui le contient.',
    },
    rules: [
      'deps/missing-package',
      'asgi/legacy-routing',
      'procfile/asgi-target',
      'procfile/command-missing',
      'settings/module',
      'settings/startup-crash',
      'app/not-committed',
      'deps/python-version',
    ],
  },
  'boot/import-name': {
    name: 'ImportError',
    hop: 'boot',
    pattern: /\bImportError: cannot import name '(\w+)' from /,
    about: 'subject',
    meaning: {
      en: 'The installed version of the package has no such name, or two modules import each other.',
      fr: 'La version installée du paquet ne connaît pas ce nom, ou deux modules s’importent l’un l’autre.',
    },
    rules: ['asgi/legacy-routing', 'deps/incompatible', 'settings/startup-crash'],
  },
  'boot/apps-not-ready': {
    name: 'AppRegistryNotReady',
    hop: 'boot',
    pattern: /AppRegistryNotReady|Apps aren't loaded yet/,
    meaning: {
      en: 'Models were imported before Django was set up: routing or consumers stand above get_asgi_application() in asgi.py.',
      fr: 'Des modèles ont été importés avant l’initialisation de Django : le routage ou les consumers sont au-dessus de get_asgi_application() dans asgi.py.',
    },
    rules: ['asgi/import-order', 'asgi/setup-missing', 'asgi/settings-default'],
  },
  'boot/settings-not-configured': {
    name: 'settings are not configured',
    hop: 'boot',
    pattern:
      /Requested settings?,? ?(\w*),? but settings are not configured|must either define the environment variable DJANGO_SETTINGS_MODULE/,
    meaning: {
      en: 'DJANGO_SETTINGS_MODULE is not set when the first setting is read.',
      fr: 'DJANGO_SETTINGS_MODULE n’est pas définie quand le premier setting est lu.',
    },
    rules: ['asgi/settings-default', 'asgi/import-order', 'asgi/setup-missing'],
  },
  'boot/variable-missing': {
    name: { en: 'a config var is not set', fr: 'une config var n’est pas définie' },
    hop: 'boot',
    pattern:
      /\b(?:decouple\.)?UndefinedValueError: (\w+) not found|ImproperlyConfigured: Set the (\w+) environment variable|\bKeyError: '([A-Z][A-Z\d_]+)'/,
    also: /UndefinedValueError|environment variable|(?:<frozen os>|\/os\.py)/,
    about: 'subject',
    meaning: {
      en: 'The code needs a config var that is not set on the dyno (heroku config:set).',
      fr: 'Le code a besoin d’une config var qui n’est pas définie sur le dyno (heroku config:set).',
    },
    rules: ['app/config-var-missing', 'settings/startup-crash', 'settings/dotenv'],
  },
  'boot/secret-key': {
    name: 'SECRET_KEY must not be empty',
    hop: 'boot',
    pattern: /The SECRET_KEY setting must not be empty/,
    about: { word: 'SECRET_KEY' },
    meaning: {
      en: 'SECRET_KEY is empty on the dyno.',
      fr: 'SECRET_KEY est vide sur le dyno.',
    },
    rules: ['settings/startup-crash'],
  },
  'boot/hosts-type': {
    name: 'ALLOWED_HOSTS must be a list',
    hop: 'boot',
    pattern: /The ALLOWED_HOSTS setting must be a list or a tuple/,
    meaning: {
      en: 'ALLOWED_HOSTS is a string: the variable was read and not split.',
      fr: 'ALLOWED_HOSTS est une chaîne : la variable a été lue sans être découpée.',
    },
    rules: ['settings/allowed-hosts'],
  },
  'boot/daphne-order': {
    name: 'daphne.E001',
    hop: 'build',
    pattern: /\(daphne\.E001\)|Daphne must be listed before django\.contrib\.staticfiles/,
    meaning: {
      en: '"daphne" must stand before django.contrib.staticfiles in INSTALLED_APPS; every manage.py command stops at this check.',
      fr: '« daphne » doit précéder django.contrib.staticfiles dans INSTALLED_APPS ; toute commande manage.py s’arrête à cette vérification.',
    },
    rules: ['settings/daphne-order'],
  },
  'boot/csrf-scheme': {
    name: '4_0.E001',
    hop: 'http',
    pattern: /\(4_0\.E001\)|values in the CSRF_TRUSTED_ORIGINS setting must start with a scheme/,
    meaning: {
      en: 'An entry of CSRF_TRUSTED_ORIGINS has no scheme, or the setting is a string.',
      fr: 'Une entrée de CSRF_TRUSTED_ORIGINS n’a pas de schéma, ou le setting est une chaîne.',
    },
    rules: ['settings/csrf-trusted-origins'],
  },
  'boot/address-in-use': {
    name: 'Address already in use',
    hop: 'boot',
    pattern: /Address already in use|address already in use|Couldn't listen on \S+?:(\d+):|\] Connection in use: \(/,
    meaning: {
      en: 'Another process of this dyno listens on the port already: two servers run in one command.',
      fr: 'Un autre processus de ce dyno écoute déjà sur ce port : deux serveurs tournent dans une même commande.',
    },
    rules: ['procfile/background-server'],
  },
  'boot/websocket-library': {
    name: 'No supported WebSocket library detected',
    hop: 'handshake',
    pattern: /No supported WebSocket library detected|Unsupported upgrade request/,
    meaning: {
      en: 'uvicorn runs without a WebSocket library and answers every upgrade as plain HTTP.',
      fr: 'uvicorn tourne sans bibliothèque WebSocket et répond à chaque demande d’upgrade par du HTTP ordinaire.',
    },
    rules: ['deps/websocket-library'],
  },
  'boot/autobahn': {
    name: 'NVX module not found',
    hop: 'handshake',
    pattern: /NVX module not found/,
    about: { word: 'autobahn' },
    meaning: {
      en: 'This release of autobahn lacks a part of itself: each opened socket crashes.',
      fr: 'Cette version d’autobahn est incomplète : chaque socket ouvert provoque une erreur.',
    },
    rules: ['deps/known-bad'],
  },
  'boot/worker-timeout': {
    name: 'WORKER TIMEOUT',
    hop: 'http',
    pattern: /WORKER TIMEOUT \(pid:/,
    meaning: {
      en: 'A gunicorn worker gave no sign for its time limit and was killed: something blocks it.',
      fr: 'Un worker gunicorn n’a pas donné signe de vie dans le délai et a été tué : quelque chose le bloque.',
    },
    rules: ['asgi/blocking-call'],
  },
})
