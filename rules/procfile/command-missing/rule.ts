import { rule } from '../../../src/engine/rule.ts'
import { absentCommands } from './absent-commands.ts'

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
    },
    mode: {
      text: {
        en: '`{type}` runs `{name}`, which git does not record as executable: "Permission denied", and the dyno crashes',
        fr: '`{type}` lance `{name}`, que git n’enregistre pas comme exécutable : « Permission denied », et le dyno s’arrête',
      },
      help: {
        en: 'Run `git update-index --chmod=+x {name}` and commit, or start it with `bash {name}`.',
        fr: 'Lancez `git update-index --chmod=+x {name}` et committez, ou démarrez-le par `bash {name}`.',
      },
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
    typo: {
      text: {
        en: '`{type}` starts `{name}`: "command not found"; did you mean {instead}?',
        fr: '`{type}` lance `{name}` : « command not found » ; vouliez-vous dire {instead} ?',
      },
      help: absent,
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
    program: {
      text: {
        en: '`{type}` starts `{name}`: "command not found", and the dyno crashes (127)',
        fr: '`{type}` lance `{name}` : « command not found », et le dyno s’arrête (127)',
      },
      help: {
        en: 'Start a server, e.g. `daphne -b 0.0.0.0 -p $PORT mysite.asgi:application`, or require the package that brings `{name}`.',
        fr: 'Lancez un serveur, par exemple `daphne -b 0.0.0.0 -p $PORT mysite.asgi:application`, ou installez le paquet qui apporte `{name}`.',
      },
    },
    colon: {
      text: {
        en: '`{type}` starts a program called `{name}`: "command not found"; the process type stands there twice',
        fr: '`{type}` lance un programme appelé `{name}` : « command not found » ; le type de processus y figure deux fois',
      },
      help: absent,
    },
  },
  check(app, report) {
    for (const { kind, process, name, instead, at } of absentCommands(app)) {
      report(kind, {
        at,
        process: process.type,
        hop: process.type === 'release' ? 'release' : undefined,
        data: { type: process.type, name, instead: instead ?? '' },
        when:
          kind === 'program'
            ? {
                en: `no requirement and no buildpack brings a program called \`${name}\``,
                fr: `aucune dépendance ni aucun buildpack n’apporte de programme appelé \`${name}\``,
              }
            : undefined,
        symbol: `${process.type} ${name}`,
      })
    }
  },
})
