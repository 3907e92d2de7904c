const raises = {
  text: {
    en: 'importing {what} raises {exception} here on the dyno: {message}; the process ends before it listens',
    fr: 'l’import {what} lève {exception} ici sur le dyno : {message} ; le processus se termine avant d’écouter',
  },
  help: {
    en: 'Correct the line, or make it depend on what the dyno has.',
    fr: 'Corrigez la ligne, ou faites-la dépendre de ce que le dyno possède.',
  },
} as const

const connects = {
  text: {
    en: 'importing {what} asks {service} here, with `{call}`: whenever it does not answer, the process ends before it listens',
    fr: 'l’import {what} interroge {service} ici, avec `{call}` : chaque fois que la réponse manque, le processus se termine avant d’écouter',
  },
  help: {
    en: 'Move the call into the function that needs its answer, so that modules can be loaded without it.',
    fr: 'Déplacez l’appel dans la fonction qui a besoin de la réponse, pour que les modules se chargent sans elle.',
  },
} as const

const page = {
  hop: 'http',
  text: {
    en: 'importing {what} raises {exception} here on the dyno: {message}; the process listens and answers every page with a 500',
    fr: 'l’import {what} lève {exception} ici sur le dyno : {message} ; le processus écoute et répond 500 à chaque page',
  },
} as const

const tables = {
  text: {
    en: 'importing {what} asks the database here, with `{call}`: where no migration has run yet, the tables are not there, and {phase} ends with "no such table" or "relation does not exist"',
    fr: 'l’import {what} interroge ici la base de données, avec `{call}` : tant qu’aucune migration n’a été lancée, les tables n’existent pas, et {phase} s’arrête sur « no such table » ou « relation does not exist »',
  },
  help: {
    en: 'Ask when a request or a task needs the answer.',
    fr: 'Interrogez-la quand une requête ou une tâche a besoin de la réponse.',
  },
} as const

/** What the rule says. */
export const messages = {
  demand: {
    text: {
      en: '`{app}` asks for `{middleware}` in MIDDLEWARE: "ImproperlyConfigured: {middleware} must be added to settings.MIDDLEWARE", wherever Django is set up',
      fr: '`{app}` exige `{middleware}` dans MIDDLEWARE : « ImproperlyConfigured: {middleware} must be added to settings.MIDDLEWARE », partout où Django est initialisé',
    },
    help: {
      en: 'Add "{middleware}" to MIDDLEWARE, or pin the package to a release that does not ask for it.',
      fr: 'Ajoutez « {middleware} » à MIDDLEWARE, ou épinglez le paquet à une version qui ne l’exige pas.',
    },
    fix: { safety: 'safe', en: 'Add the middleware', fr: 'Ajouter le middleware' },
  },
  raises: {
    ...raises,
    fix: {
      safety: 'safe',
      en: 'Import {name}, which the star leaves out',
      fr: 'Importer {name}, que l’étoile laisse de côté',
    },
  },
  'raises-folder': {
    ...raises,
    help: {
      en: 'Make the folder first, or send the log to the console: what a dyno writes to its disk is gone when it ends.',
      fr: 'Créez d’abord le dossier, ou envoyez le journal à la console : ce qu’un dyno écrit sur son disque disparaît avec lui.',
    },
    fix: { safety: 'safe', en: 'Make the folder first', fr: 'Créer d’abord le dossier' },
  },
  'raises-port': {
    ...raises,
    help: {
      en: 'Give it a default: Heroku sets PORT for the process `web` alone, neither for the build nor for the release.',
      fr: 'Donnez-lui une valeur par défaut : Heroku ne définit PORT que pour le processus `web`, ni pour le build ni pour la release.',
    },
    fix: { safety: 'safe', en: 'Read PORT with a default', fr: 'Lire PORT avec une valeur par défaut' },
  },
  'raises-case': {
    ...raises,
    help: {
      en: 'Write the module as its file is spelled: unlike macOS and Windows, a dyno tells cases apart.',
      fr: 'Écrivez le module comme son fichier : à la différence de macOS et de Windows, un dyno distingue la casse.',
    },
    fix: { safety: 'safe', en: 'Spell the module as its file is', fr: 'Écrire le module comme son fichier' },
  },
  'raises-file': {
    ...raises,
    help: {
      en: 'Read it from config vars (os.environ): a dyno has only what git carries, in /app, and what its stack brings; nobody can put a file elsewhere.',
      fr: 'Lisez-le dans les config vars (os.environ) : un dyno n’a que ce que transporte git, dans /app, et ce qu’apporte sa stack ; personne ne peut déposer un fichier ailleurs.',
    },
  },
  'raises-module': {
    ...raises,
    help: {
      en: 'Name the file relative to the module: what a relative name leads to depends on the folder in which the process is started.',
      fr: 'Nommez le fichier par rapport au module : ce à quoi mène un nom relatif dépend du dossier où le processus est lancé.',
    },
    fix: {
      safety: 'safe',
      en: 'Name the file relative to the module',
      fr: 'Nommer le fichier par rapport au module',
    },
  },
  'raises-merged': {
    ...raises,
    help: {
      en: 'Read the config vars too: the file is not on the dyno.',
      fr: 'Lisez aussi les config vars : le fichier n’est pas sur le dyno.',
    },
    fix: { safety: 'safe', en: 'Read the config vars too', fr: 'Lire aussi les config vars' },
  },
  page: {
    ...page,
    help: {
      en: 'Correct the line, or make it depend on what the dyno has.',
      fr: 'Corrigez la ligne, ou faites-la dépendre de ce que le dyno possède.',
    },
  },
  'page-async': {
    ...page,
    help: {
      en: 'Say that the middleware is asynchronous: `async_capable = True`, `sync_capable = False`, and `markcoroutinefunction(self)` in `__init__`.',
      fr: 'Dites que le middleware est asynchrone : `async_capable = True`, `sync_capable = False`, et `markcoroutinefunction(self)` dans `__init__`.',
    },
    fix: { safety: 'safe', en: 'Say that it is asynchronous', fr: 'Dire qu’il est asynchrone' },
  },
  'page-scope': {
    ...page,
    help: {
      en: 'Take it out of MIDDLEWARE, and put it around the application in the ASGI module: it is called with scope, receive and send.',
      fr: 'Retirez-le de MIDDLEWARE, et mettez-le autour de l’application dans le module ASGI : il est appelé avec scope, receive et send.',
    },
    fix: {
      safety: 'unsafe',
      changes: {
        en: 'the pages are served without the middleware until it stands around the application in the ASGI module',
        fr: 'les pages sont servies sans le middleware tant qu’il n’entoure pas l’application dans le module ASGI',
      },
      en: 'Take it out of MIDDLEWARE',
      fr: 'Le retirer de MIDDLEWARE',
    },
  },
  'raises-beside': {
    text: {
      en: 'importing {what} raises {exception} here in the process `{process}`, which ends: {message}',
      fr: 'l’import {what} lève {exception} ici dans le processus `{process}`, qui se termine : {message}',
    },
    help: {
      en: 'Correct the line, or make it depend on what the dyno has.',
      fr: 'Corrigez la ligne, ou faites-la dépendre de ce que le dyno possède.',
    },
  },
  variable: {
    text: {
      en: 'importing {what} raises {exception} here: the config var {variable} is not set on the dyno',
      fr: 'l’import {what} lève {exception} ici : la config var {variable} n’est pas définie sur le dyno',
    },
    help: { en: 'Set it: heroku config:set {variable}=…', fr: 'Définissez-la : heroku config:set {variable}=…' },
  },
  connects: {
    ...connects,
    fix: {
      safety: 'unsafe',
      changes: {
        en: 'the app starts without asking whether the service answers',
        fr: 'l’application démarre sans demander si le service répond',
      },
      en: 'Leave the call out, as nothing uses its answer',
      fr: 'Omettre l’appel, dont rien n’utilise la réponse',
    },
  },
  tables,
  'tables-choices': {
    ...tables,
    help: {
      en: 'Give the field a function: Django asks it for the choices of each form.',
      fr: 'Donnez une fonction au champ : Django lui demande les choix de chaque formulaire.',
    },
    fix: { safety: 'safe', en: 'Ask for the choices of each form', fr: 'Demander les choix de chaque formulaire' },
  },
  'tables-ready': {
    ...tables,
    fix: {
      safety: 'unsafe',
      changes: {
        en: 'the app starts also when the database answers with an error, without what was to be asked or written there',
        fr: 'l’application démarre aussi quand la base de données répond par une erreur, sans ce qui devait y être lu ou écrit',
      },
      en: 'Go on where the tables are not there yet',
      fr: 'Continuer quand les tables n’existent pas encore',
    },
  },
  'in-loop': {
    text: {
      en: 'importing {what} asks the database here, with `{call}`, and {server} imports the application in its running event loop: "SynchronousOnlyOperation: You cannot call this from an async context", the process ends before it listens',
      fr: 'l’import {what} interroge ici la base de données, avec `{call}`, et {server} importe l’application dans sa boucle d’événements : « SynchronousOnlyOperation: You cannot call this from an async context », le processus se termine avant d’écouter',
    },
    help: {
      en: 'Ask when a request or a task needs the answer. A handler for errors of the database does not catch this one.',
      fr: 'Interrogez-la quand une requête ou une tâche a besoin de la réponse. Un `except` pour les erreurs de la base de données n’attrape pas celle-ci.',
    },
  },
  git: {
    text: {
      en: '`{call}` asks for the repository, which neither the build nor a dyno has ("fatal: not a git repository"), and nothing catches that: {end}',
      fr: '`{call}` interroge le dépôt, que n’ont ni le build ni un dyno (« fatal: not a git repository »), et rien n’attrape l’erreur : {end}',
    },
    help: {
      en: 'Read the commit from SOURCE_VERSION in the build or from HEROKU_BUILD_COMMIT on the dyno (`heroku labs:enable runtime-dyno-build-metadata`), and go on without it where it is not set.',
      fr: 'Lisez le commit dans SOURCE_VERSION pendant le build ou dans HEROKU_BUILD_COMMIT sur le dyno (`heroku labs:enable runtime-dyno-build-metadata`), et continuez sans lui quand la variable manque.',
    },
  },
  shadows: {
    text: {
      en: '`import {module}` finds this file in place of the standard library’s: {by} comes before it on sys.path. Django takes `{wanted}` from it while it starts, which is not here: AttributeError or ImportError',
      fr: '`import {module}` trouve ce fichier à la place du module de la bibliothèque standard : {by} passe avant elle dans sys.path. Django y prend `{wanted}` au démarrage, qui n’y est pas : AttributeError ou ImportError',
    },
    help: {
      en: 'Give the file another name, or move it into a folder: `scripts/{module}.py`.',
      fr: 'Donnez un autre nom au fichier, ou déplacez-le dans un dossier : `scripts/{module}.py`.',
    },
  },
  // A server of somebody else is asked for its own reasons; it is not known to be down when the dyno starts.
  'connects-elsewhere': { ...connects, severity: 'warning' },
  secret: {
    // Django looks at the key when it first uses it.
    hop: 'http',
    text: {
      en: 'SECRET_KEY is empty on the dyno: the first page, session or token raises ImproperlyConfigured "The SECRET_KEY setting must not be empty"',
      fr: 'SECRET_KEY est vide sur le dyno : la première page, la première session ou le premier jeton lève ImproperlyConfigured « The SECRET_KEY setting must not be empty »',
    },
    help: {
      en: 'Read it from a config var: SECRET_KEY = os.environ["SECRET_KEY"].',
      fr: 'Lisez-le dans une config var : SECRET_KEY = os.environ["SECRET_KEY"].',
    },
  },
  'required-secret': {
    severity: 'info',
    hop: 'http',
    text: {
      en: 'unless the config var {variable} is set, SECRET_KEY is empty: the app starts, and the first page, session or token raises ImproperlyConfigured "The SECRET_KEY setting must not be empty"',
      fr: 'si la config var {variable} n’est pas définie, SECRET_KEY est vide : l’application démarre, et la première page, la première session ou le premier jeton lève ImproperlyConfigured « The SECRET_KEY setting must not be empty »',
    },
    help: {
      en: 'Check it with `heroku config`, or tell dynolint about it under `env` in its configuration.',
      fr: 'Vérifiez-la avec `heroku config`, ou indiquez-la à dynolint sous `env` dans sa configuration.',
    },
  },
  misnamed: {
    text: {
      en: 'the app does not start without {name}, and app.json sets {set}, which nothing reads',
      fr: 'l’application ne démarre pas sans {name}, et app.json définit {set}, que rien ne lit',
    },
    help: {
      en: 'Set {name} in app.json, or read {set} here.',
      fr: 'Définissez {name} dans app.json, ou lisez {set} ici.',
    },
    fix: {
      safety: 'unsafe',
      changes: {
        en: 'an app made from app.json has {name} and no {set}',
        fr: 'une application créée d’après app.json a {name} et non {set}',
      },
      needs: {
        en: 'heroku config:set {name}=… for an app that there is already',
        fr: 'heroku config:set {name}=… pour une application déjà créée',
      },
      en: 'Set {name} in app.json instead',
      fr: 'Définir plutôt {name} dans app.json',
    },
  },
  required: {
    severity: 'info',
    text: {
      en: 'the app does not start unless these config vars are set: {names}',
      fr: 'l’application ne démarre pas si ces config vars ne sont pas définies : {names}',
    },
    help: {
      en: 'Check them with `heroku config`, or tell dynolint about them under `env` in its configuration.',
      fr: 'Vérifiez-les avec `heroku config`, ou indiquez-les à dynolint sous `env` dans sa configuration.',
    },
  },
} as const
