import { rule } from '../../../src/engine/rule.ts'
import { absentCommands } from './absent-commands.ts'

const absent = {
  en: 'Add it to the repository, or correct the command.',
  fr: 'Ajoutez-le au dépôt, ou corrigez la commande.',
}

export default rule({
  id: 'procfile/command-missing',
  hop: 'boot',
  severity: 'error',
  fix: 'none',
  summary: {
    en: 'A process starts something that is not there',
    fr: 'Un processus lance quelque chose qui n’existe pas',
  },
  messages: {
    script: {
      en: '`{type}` runs `{name}`, which is not in the repository: "No such file or directory", and the dyno crashes',
      fr: '`{type}` lance `{name}`, qui n’est pas dans le dépôt : « No such file or directory », et le dyno s’arrête',
    },
    mode: {
      en: '`{type}` runs `{name}`, which git does not record as executable: "Permission denied", and the dyno crashes',
      fr: '`{type}` lance `{name}`, que git n’enregistre pas comme exécutable : « Permission denied », et le dyno s’arrête',
    },
    folder: {
      en: '`{type}` changes to the folder `{name}`, which is not in the repository: "cd: {name}: No such file or directory"',
      fr: '`{type}` passe dans le dossier `{name}`, qui n’est pas dans le dépôt : « cd: {name}: No such file or directory »',
    },
    target: {
      en: '`{type}` asks make for `{name}`, which no rule makes: "No rule to make target"',
      fr: '`{type}` demande à make `{name}`, qu’aucune règle ne produit : « No rule to make target »',
    },
    module: {
      en: '`{type}` loads the module `{name}`, which is neither in the repository nor installed: "ModuleNotFoundError: No module named \'{name}\'"',
      fr: "`{type}` charge le module `{name}`, qui n’est ni dans le dépôt ni installé : « ModuleNotFoundError: No module named '{name}' »",
    },
    typo: {
      en: '`{type}` starts `{name}`: "command not found"; did you mean {instead}?',
      fr: '`{type}` lance `{name}` : « command not found » ; vouliez-vous dire {instead} ?',
    },
    colon: {
      en: '`{type}` starts a program called `{name}`: "command not found"; the process type stands there twice',
      fr: '`{type}` lance un programme appelé `{name}` : « command not found » ; le type de processus y figure deux fois',
    },
  },
  mend: {
    script: absent,
    folder: absent,
    target: absent,
    module: absent,
    typo: absent,
    colon: absent,
    mode: {
      en: 'Run `git update-index --chmod=+x {name}` and commit, or start it with `bash {name}`.',
      fr: 'Lancez `git update-index --chmod=+x {name}` et committez, ou démarrez-le par `bash {name}`.',
    },
  },
  check(app, report) {
    if (!app.isDjango) return
    for (const { kind, process, name, instead, at } of absentCommands(app)) {
      report(kind, {
        at,
        process: process.type,
        ...(process.type === 'release' && { hop: 'release' }),
        data: { type: process.type, name, instead: instead ?? '' },
        symbol: `${process.type} ${name}`,
      })
    }
  },
})
