import { insertLast } from '../../../src/app/settings/list-edits.ts'
import { type Place, samePlace } from '../../../src/contracts/place.ts'
import { rule } from '../../../src/engine/rule.ts'
import { connectsAtImport, queriesInLoop } from './connects.ts'
import {
  emptiedSecretKey,
  emptySecretKey,
  misnamedVariables,
  requiredVariables,
  secretKeyHop,
  startupCrashes,
} from './crashes.ts'
import { gitAsked } from './git-asked.ts'
import { isElsewhere, mendOf } from './mends.ts'
import { unmetDemands } from './ready-demands.ts'
import { shadowing } from './shadowing.ts'
import { leftOut } from './star-import.ts'

const apps = { en: 'the apps of INSTALLED_APPS', fr: 'des applications d’INSTALLED_APPS' }

const asked = {
  settings: { en: 'the settings', fr: 'des settings' },
  asgi: { en: 'the ASGI module', fr: 'du module ASGI' },
  logging: { en: 'what LOGGING names', fr: 'de ce que nomme LOGGING' },
  apps,
  models: apps,
  ready: apps,
  command: { en: 'the command', fr: 'de la commande' },
  handler: { en: 'the middleware', fr: 'des middlewares' },
  urls: { en: 'the URLconf', fr: 'de l’URLconf' },
  templates: { en: 'the template tags', fr: 'des balises de template' },
  page: { en: 'what a page needs', fr: 'de ce dont une page a besoin' },
  caches: { en: 'the cache backends', fr: 'des caches' },
  static: { en: 'what collects the static files', fr: 'de ce qui collecte les fichiers statiques' },
  task: { en: 'the module of the tasks', fr: 'du module des tâches' },
}

const services = {
  redis: { en: 'Redis', fr: 'Redis' },
  database: { en: 'the database', fr: 'la base de données' },
  network: { en: 'another server', fr: 'un autre serveur' },
  tables: { en: 'the database', fr: 'la base de données' },
}

const phases = {
  build: { en: 'collectstatic in the build', fr: 'collectstatic pendant le build' },
  release: { en: 'the release, `migrate` itself', fr: 'la release, `migrate` elle-même,' },
  boot: { en: 'the process', fr: 'le processus' },
}

const folders = {
  path: { en: 'the root, which Heroku’s PYTHONPATH names,', fr: 'la racine, que nomme le PYTHONPATH de Heroku,' },
  manage: { en: 'the folder of manage.py', fr: 'le dossier de manage.py' },
}

const withoutTables = {
  en: 'the database has no tables yet (a new app, a review app)',
  fr: 'la base de données n’a pas encore de tables (nouvelle application, review app)',
}

const noAnswer = {
  en: 'the database does not answer while the process starts, or lacks the table',
  fr: 'la base de données ne répond pas au démarrage du processus, ou n’a pas la table',
}

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

const messageOf = {
  redis: 'connects',
  database: 'connects',
  network: 'connects-elsewhere',
  tables: 'tables',
} as const

const askedAt = (chain: readonly Place[], others: readonly Place[]) => [
  ...chain.map((at) => ({ at, message: { en: 'imported here', fr: 'importé ici' } })),
  ...others.map((at) => ({ at, message: { en: 'asked here too', fr: 'interrogé ici aussi' } })),
]

/** What an exception ends, by the hop at which it is raised. */
const ends = {
  build: { en: 'the build fails', fr: 'le build échoue' },
  release: { en: 'the release fails', fr: 'la release échoue' },
  boot: { en: 'the process ends before it listens', fr: 'le processus se termine avant d’écouter' },
  http: { en: 'the page is answered with a 500', fr: 'la page répond 500' },
}

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

export default rule({
  id: 'settings/startup-crash',
  hop: 'boot',
  severity: 'error',
  needs: 'django',
  importsSettings: true,
  summary: {
    en: 'Importing the settings or the ASGI module raises on the dyno',
    fr: 'L’import des settings ou du module ASGI lève une exception sur le dyno',
  },
  messages: {
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
    page: {
      hop: 'http',
      text: {
        en: 'importing {what} raises {exception} here on the dyno: {message}; the process listens and answers every page with a 500',
        fr: 'l’import {what} lève {exception} ici sur le dyno : {message} ; le processus écoute et répond 500 à chaque page',
      },
      help: raises.help,
    },
    'raises-beside': {
      text: {
        en: 'importing {what} raises {exception} here in the process `{process}`, which ends: {message}',
        fr: 'l’import {what} lève {exception} ici dans le processus `{process}`, qui se termine : {message}',
      },
      help: raises.help,
    },
    variable: {
      text: {
        en: 'importing {what} raises {exception} here: the config var {variable} is not set on the dyno',
        fr: 'l’import {what} lève {exception} ici : la config var {variable} n’est pas définie sur le dyno',
      },
      help: { en: 'Set it: heroku config:set {variable}=…', fr: 'Définissez-la : heroku config:set {variable}=…' },
    },
    connects,
    tables: {
      text: {
        en: 'importing {what} asks the database here, with `{call}`: where no migration has run yet, the tables are not there, and {phase} ends with "no such table" or "relation does not exist"',
        fr: 'l’import {what} interroge ici la base de données, avec `{call}` : tant qu’aucune migration n’a été lancée, les tables n’existent pas, et {phase} s’arrête sur « no such table » ou « relation does not exist »',
      },
      help: {
        en: 'Ask when a request or a task needs the answer.',
        fr: 'Interrogez-la quand une requête ou une tâche a besoin de la réponse.',
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
  },
  check(app, report) {
    for (const { crash, what, when, hop, process } of startupCrashes(app)) {
      const absent = crash.variable !== undefined && app.settings.environment.get(crash.variable).state === 'absent'
      const kind = process === undefined ? (hop === 'http' ? 'page' : 'raises') : 'raises-beside'
      const lost = kind === 'raises' ? leftOut(app, crash) : undefined
      const mend = kind === 'raises' && lost === undefined ? mendOf(app, crash) : undefined
      const told =
        mend !== undefined
          ? (`raises-${mend.kind}` as const)
          : isElsewhere(crash) && kind === 'raises'
            ? 'raises-file'
            : kind
      report(absent ? 'variable' : told, {
        at: crash.at,
        edits: lost?.edits ?? mend?.edits,
        process,
        data: {
          what: asked[what],
          exception: crash.exception,
          message: crash.message,
          variable: crash.variable ?? '',
          process: process ?? '',
          name: lost?.name ?? '',
        },
        related: crash.chain.map((at) => ({ at, message: { en: 'imported here', fr: 'importé ici' } })),
        hop,
        when,
        restsOn: what === 'asgi' ? [] : ['settings'],
        symbol: `${crash.exception} ${crash.variable ?? ''}`,
      })
    }
    for (const { check, app: name, middleware, at, when, world } of unmetDemands(app)) {
      const list = world.settings.get('MIDDLEWARE')?.alternatives ?? []
      const [only] = list
      report('demand', {
        at,
        data: { app: name, middleware },
        hop: world.hop,
        edits: list.length === 1 && only !== undefined ? insertLast(app, only.value, middleware) : undefined,
        when: world.when === undefined ? when : [...when, world.when],
        restsOn: ['settings'],
        symbol: check.id,
      })
    }
    const inLoop = queriesInLoop(app)
    for (const { call, at, chain, what, when, others, server } of inLoop) {
      report('in-loop', {
        at,
        data: { what: asked[what], call, server },
        related: askedAt(chain, others),
        hop: 'boot',
        when,
        restsOn: what === 'asgi' ? [] : ['settings'],
        symbol: `loop ${call}`,
      })
    }
    for (const { service, call, at, chain, what, when, hop, others } of connectsAtImport(app)) {
      if (service === 'database' && inLoop.some((one) => samePlace(one.at, at))) continue
      // With a database that answers, and after the migrations, it passes.
      const rests = service === 'tables' ? [withoutTables] : service === 'database' ? [noAnswer] : []
      report(messageOf[service], {
        at,
        data: { what: asked[what], service: services[service], call, phase: phases[hop] },
        related: askedAt(chain, others),
        hop,
        when: [...when, ...rests],
        restsOn: what === 'settings' ? ['settings'] : [],
        symbol: `${service} ${call}`,
      })
    }
    for (const { call, at, chain, when, hop } of gitAsked(app)) {
      report('git', {
        at,
        data: { call, end: ends[hop] },
        related: askedAt(chain, []),
        hop,
        when,
        restsOn: ['heroku'],
        symbol: call,
      })
    }
    for (const { module, at, wanted, by, hop } of shadowing(app))
      report('shadows', { at, data: { module, wanted, by: folders[by] }, hop, restsOn: ['heroku'], symbol: module })
    const secret = emptySecretKey(app)
    if (secret !== undefined) {
      report('secret', { at: secret, hop: secretKeyHop(app), symbol: 'SECRET_KEY' })
    }
    const required = requiredVariables(app)
    const emptied = emptiedSecretKey(app)
    if (emptied?.hop === 'http' && !required.some(({ name }) => name === emptied.name))
      report('required-secret', { at: emptied.at, data: { variable: emptied.name }, symbol: 'SECRET_KEY required' })
    for (const { name, at, hop, set, setAt } of misnamedVariables(app, required))
      report('misnamed', {
        at,
        data: { name, set },
        hop,
        related: [{ at: setAt, message: { en: 'app.json sets this one', fr: 'app.json définit celle-ci' } }],
        when: [{ en: `nobody has set ${name} by hand`, fr: `personne n’a défini ${name} à la main` }],
        symbol: `misnamed ${name}`,
      })
    const [first] = required
    if (first === undefined) return
    report('required', {
      at: first.at,
      data: { names: required.map(({ name }) => name).join(', ') },
      hop: (['build', 'release', 'boot'] as const).find((hop) => required.some((one) => one.hop === hop)),
      related: required
        .slice(1)
        .map(({ name, at }) => ({ at, message: { en: `${name} is read here`, fr: `${name} est lue ici` } })),
      symbol: 'required',
    })
  },
})
