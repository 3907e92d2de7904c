import { namedTarget } from '../../../src/app/asgi/named-target.ts'
import type { Related } from '../../../src/contracts/place.ts'
import { rule } from '../../../src/engine/rule.ts'
import { absentCommands } from './absent-commands.ts'
import { correctionOf, quotedInterpreter, usualInstead } from './correction.ts'
import type { NearTask } from './project-tasks.ts'
import { unregisteredTasks } from './scheduled-tasks.ts'

const absent = {
  en: 'Add it to the repository, or correct the command.',
  fr: 'Ajoutez-le au dépôt, ou corrigez la commande.',
} as const

export default rule({
  id: 'procfile/command-missing',
  hop: 'boot',
  severity: 'error',
  needs: 'django',
  summary: {
    en: 'A process starts something that is not there',
    fr: 'Un processus lance quelque chose qui n’existe pas',
  },
  messages: {
    script: {
      text: {
        en: '`{type}` runs `{name}`, which is not in the repository: "No such file or directory", and the dyno crashes',
        fr: '`{type}` lance `{name}`, qui n’est pas dans le dépôt : « No such file or directory », et le dyno s’arrête',
      },
      help: absent,
      fix: {
        safety: 'unsafe',
        changes: {
          en: 'the file of that name in another folder runs',
          fr: 'le fichier du même nom d’un autre dossier s’exécute',
        },
        en: 'Run {instead}',
        fr: 'Lancer {instead}',
      },
      otherFix: {
        safety: 'unsafe',
        changes: {
          en: 'nothing else is done of what the script was to do',
          fr: 'rien d’autre n’est fait de ce que le script devait faire',
        },
        en: 'Run `{usual}` instead',
        fr: 'Lancer plutôt `{usual}`',
      },
    },
    mode: {
      text: {
        en: '`{type}` runs `{name}`, which git does not record as executable: "Permission denied", and the dyno crashes',
        fr: '`{type}` lance `{name}`, que git n’enregistre pas comme exécutable : « Permission denied », et le dyno s’arrête',
      },
      help: {
        en: 'Run `git update-index --chmod=+x {name}` and commit, or name its interpreter in the command.',
        fr: 'Lancez `git update-index --chmod=+x {name}` et committez, ou nommez son interpréteur dans la commande.',
      },
      fix: { safety: 'safe', en: 'Start it with {program}', fr: 'Le lancer par {program}' },
    },
    interpreter: {
      text: {
        en: '`{type}` runs `{name}`, whose first line ends with a carriage return: "{asked}: No such file or directory", and the dyno crashes',
        fr: '`{type}` lance `{name}`, dont la première ligne se termine par un retour chariot : « {asked}: No such file or directory », et le dyno s’arrête',
      },
      help: {
        en: 'Save it with Unix line ends, and keep them with `*.sh text eol=lf` (or its name) in .gitattributes.',
        fr: 'Enregistrez-le avec des fins de ligne Unix, et gardez-les avec `*.sh text eol=lf` (ou son nom) dans .gitattributes.',
      },
      fix: { safety: 'safe', en: 'Write Unix line ends', fr: 'Écrire des fins de ligne Unix' },
    },
    'line-ends': {
      text: {
        en: '`{type}` has a shell read `{name}`, whose lines end with carriage returns: each becomes part of the last word of its line ("set: -: invalid option", "$\'\\r\': command not found"), so no command gets the words as they are written',
        fr: "`{type}` fait lire à un shell `{name}`, dont les lignes se terminent par un retour chariot : celui-ci fait partie du dernier mot de sa ligne (« set: -: invalid option », « $'\\r': command not found »), aucune commande ne reçoit donc les mots tels qu’ils sont écrits",
      },
      help: {
        en: 'Save it with Unix line ends, and keep them with `*.sh text eol=lf` (or its name) in .gitattributes.',
        fr: 'Enregistrez-le avec des fins de ligne Unix, et gardez-les par `*.sh text eol=lf` (ou son nom) dans .gitattributes.',
      },
      fix: { safety: 'safe', en: 'Write Unix line ends', fr: 'Écrire des fins de ligne Unix' },
    },
    folder: {
      text: {
        en: '`{type}` changes to the folder `{name}`, which is not in the repository: "cd: {name}: No such file or directory"',
        fr: '`{type}` passe dans le dossier `{name}`, qui n’est pas dans le dépôt : « cd: {name}: No such file or directory »',
      },
      help: absent,
    },
    target: {
      text: {
        en: '`{type}` asks make for `{name}`, which no rule makes: "No rule to make target"',
        fr: '`{type}` demande à make `{name}`, qu’aucune règle ne produit : « No rule to make target »',
      },
      help: absent,
    },
    module: {
      text: {
        en: '`{type}` loads the module `{name}`, which is neither in the repository nor installed: "ModuleNotFoundError: No module named \'{name}\'"',
        fr: "`{type}` charge le module `{name}`, qui n’est ni dans le dépôt ni installé : « ModuleNotFoundError: No module named '{name}' »",
      },
      help: absent,
    },
    'module-elsewhere': {
      text: {
        en: '`{type}` loads the module `{name}`, which stands in `{instead}/`, where the command does not look: "ModuleNotFoundError: No module named \'{name}\'"',
        fr: "`{type}` charge le module `{name}`, qui se trouve dans `{instead}/`, où la commande ne cherche pas : « ModuleNotFoundError: No module named '{name}' »",
      },
      help: {
        en: 'Start it in that folder: `{type}: cd {instead} && …`.',
        fr: 'Lancez-la dans ce dossier : `{type}: cd {instead} && …`.',
      },
    },
    command: {
      text: {
        en: '`{type}` asks manage.py for `{name}`, which neither Django nor an installed app has: "Unknown command: \'{name}\'"',
        fr: "`{type}` demande à manage.py la commande `{name}`, que ni Django ni une application installée ne connaît : « Unknown command: '{name}' »",
      },
      help: {
        en: 'Correct the command, or add the app that has it to INSTALLED_APPS.',
        fr: 'Corrigez la commande, ou ajoutez l’application qui la possède à INSTALLED_APPS.',
      },
    },
    'command-typo': {
      text: {
        en: '`{type}` asks manage.py for `{name}`: "Unknown command: \'{name}\'"; did you mean {instead}?',
        fr: "`{type}` demande `{name}` à manage.py : « Unknown command: '{name}' » ; vouliez-vous dire {instead} ?",
      },
      help: { en: 'Write `{instead}`.', fr: 'Écrivez `{instead}`.' },
      fix: {
        safety: 'unsafe',
        changes: {
          en: 'the nearest known name runs, and not the one that is written',
          fr: 'le nom connu le plus proche s’exécute, et non celui qui est écrit',
        },
        en: 'Write {instead}',
        fr: 'Écrire {instead}',
      },
    },
    'command-app': {
      text: {
        en: '`{type}` asks manage.py for `{name}`, a command of `{instead}`, which is not in INSTALLED_APPS: "Unknown command: \'{name}\'"',
        fr: "`{type}` demande à manage.py `{name}`, une commande de `{instead}`, qui n’est pas dans INSTALLED_APPS : « Unknown command: '{name}' »",
      },
      help: { en: "Add '{instead}' to INSTALLED_APPS.", fr: "Ajoutez '{instead}' à INSTALLED_APPS." },
    },
    'celery-typo': {
      text: {
        en: '`{type}` asks celery for `{name}`: "No such command \'{name}\'"; did you mean {instead}?',
        fr: "`{type}` demande `{name}` à celery : « No such command '{name}' » ; vouliez-vous dire {instead} ?",
      },
      help: { en: 'Write `{instead}`.', fr: 'Écrivez `{instead}`.' },
      fix: {
        safety: 'unsafe',
        changes: {
          en: 'the nearest known name runs, and not the one that is written',
          fr: 'le nom connu le plus proche s’exécute, et non celui qui est écrit',
        },
        en: 'Write {instead}',
        fr: 'Écrire {instead}',
      },
    },
    'celery-option': {
      text: {
        en: '`{type}` writes `{name}` after `{instead}`, where Celery 5 does not take it: "No such option \'{name}\'"',
        fr: "`{type}` écrit `{name}` après `{instead}`, où Celery 5 ne l’accepte pas : « No such option '{name}' »",
      },
      help: { en: 'Write `celery {name} … {instead}`.', fr: 'Écrivez `celery {name} … {instead}`.' },
    },
    'celery-application': {
      text: {
        en: '`{type}` takes the package `{name}` for the Celery application, but the package defines nothing and has no module `celery`: "Unable to load celery application"',
        fr: '`{type}` prend le paquet `{name}` pour l’application Celery, mais ce paquet ne définit rien et n’a pas de module `celery` : « Unable to load celery application »',
      },
      help: {
        en: 'Name the module that makes it, e.g. `celery -A {name}.tasks`.',
        fr: 'Nommez le module qui la crée, par exemple `celery -A {name}.tasks`.',
      },
    },
    'scheduled-task': {
      severity: 'warning',
      text: {
        en: '`{type}` sends the task `{name}`, which no module of the project defines: "Received unregistered task of type \'{name}\'" in the worker, which throws it away each time',
        fr: "`{type}` envoie la tâche `{name}`, qu’aucun module du projet ne définit : « Received unregistered task of type '{name}' » dans le worker, qui la jette à chaque fois",
      },
      help: {
        en: 'Write the name under which the task is registered: its module, a dot and the name of the function, or what `name=` says.',
        fr: 'Écrivez le nom sous lequel la tâche est enregistrée : son module, un point et le nom de la fonction, ou ce que dit `name=`.',
      },
    },
    typo: {
      text: {
        en: '`{type}` starts `{name}`: "command not found"; did you mean {instead}?',
        fr: '`{type}` lance `{name}` : « command not found » ; vouliez-vous dire {instead} ?',
      },
      help: absent,
      fix: {
        safety: 'unsafe',
        changes: {
          en: 'the nearest known name runs, and not the one that is written',
          fr: 'le nom connu le plus proche s’exécute, et non celui qui est écrit',
        },
        en: 'Write {instead}',
        fr: 'Écrire {instead}',
      },
    },
    'no-server': {
      text: {
        en: '`{type}` names no program: the shell looks for one called `{name}`, "command not found", and the dyno crashes (127)',
        fr: '`{type}` ne nomme pas de programme : le shell en cherche un appelé `{name}`, « command not found », et le dyno s’arrête (127)',
      },
      help: {
        en: 'Write the server in front of it: `daphne -b 0.0.0.0 -p $PORT {name}`.',
        fr: 'Écrivez le serveur devant : `daphne -b 0.0.0.0 -p $PORT {name}`.',
      },
    },
    manager: {
      restsOn: ['heroku'],
      text: {
        en: '`{type}` starts `{name}`, which heroku/python has at most during the build, and no dyno has: "{name}: command not found", and the dyno crashes (127)',
        fr: '`{type}` lance `{name}`, que heroku/python n’a tout au plus que pendant le build, et qu’aucun dyno n’a : « {name}: command not found », et le dyno s’arrête (127)',
      },
      help: {
        en: 'Write the command without `{name} run`: what the build installs is on the PATH of the dyno.',
        fr: 'Écrivez la commande sans `{name} run` : ce que le build installe est dans le PATH du dyno.',
      },
      fix: { safety: 'safe', en: 'Start the program itself', fr: 'Lancer le programme lui-même' },
    },
    program: {
      text: {
        en: '`{type}` starts `{name}`: "command not found", and the dyno crashes (127)',
        fr: '`{type}` lance `{name}` : « command not found », et le dyno s’arrête (127)',
      },
      help: {
        en: 'Start a server, e.g. `daphne -b 0.0.0.0 -p $PORT {asgi}`{note}, or install the package that brings `{name}`.',
        fr: 'Lancez un serveur, par exemple `daphne -b 0.0.0.0 -p $PORT {asgi}`{note}, ou installez le paquet qui apporte `{name}`.',
      },
    },
    colon: {
      text: {
        en: '`{type}` starts a program called `{name}`: "command not found"; the process type is written twice',
        fr: '`{type}` lance un programme appelé `{name}` : « command not found » ; le type de processus est écrit deux fois',
      },
      help: absent,
    },
  },
  check(app, report) {
    const { target: asgi, note } = namedTarget(app)
    for (const absentCommand of absentCommands(app)) {
      const { kind, process, name, at, when, others = [] } = absentCommand
      const { instead = '', program, edits } = correctionOf(app, absentCommand)
      const usual = kind === 'script' ? usualInstead(app, absentCommand) : undefined
      const asked = kind === 'interpreter' ? quotedInterpreter(app.tree, name) : ''
      const isHook = app.processes.hooks.includes(process)
      const found = {
        at,
        process: isHook ? undefined : process.type,
        hop: process.type === 'release' ? ('release' as const) : isHook ? ('build' as const) : undefined,
        data: { type: process.type, name, instead, program, asked, asgi, note, usual: usual?.command ?? '' },
        edits,
        related: others.map(
          (one): Related => ({
            at: one.at,
            message: { en: `\`${one.process.type}\` too`, fr: `\`${one.process.type}\` aussi` },
          }),
        ),
        when,
        symbol: `${process.type} ${name}`,
      }
      if (kind === 'script') report('script', { ...found, otherEdits: usual?.edits })
      else report(kind, found)
    }
    for (const { process, name, at, near } of unregisteredTasks(app))
      report('scheduled-task', {
        at,
        process,
        data: { type: process, name },
        related: near === undefined ? [] : [nearTask(near)],
        symbol: `${process} ${name}`,
      })
  },
})

const nearTask = ({ name, at, isTask }: NearTask) => ({
  at,
  message: isTask
    ? { en: `this one is ${name}`, fr: `celle-ci est ${name}` }
    : { en: 'nothing makes a task of this function', fr: 'rien ne fait une tâche de cette fonction' },
})
