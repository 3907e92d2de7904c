import { envFileFaults } from '../../../src/app/settings/env-files.ts'
import { rule } from '../../../src/engine/rule.ts'

export default rule({
  id: 'settings/dotenv',
  hop: 'safety',
  severity: 'warning',
  security: 'some',
  needs: 'django',
  summary: {
    en: 'A .env file with secrets is not ignored by git, or production reads one that is not deployed',
    fr: 'Un fichier .env avec des secrets n’est pas ignoré par git, ou la production en lit un qui n’est pas déployé',
  },
  messages: {
    committed: {
      security: true,
      text: {
        en: '{file} holds secrets ({names}) and git does not ignore it: everyone with access to the repository can read them, and the dyno gets the file too',
        fr: '{file} contient des secrets ({names}) et git ne l’ignore pas : quiconque a accès au dépôt peut les lire, et le dyno reçoit aussi le fichier',
      },
      help: {
        en: 'Add it to .gitignore, remove it from the index (git rm --cached), set config vars instead and change the secrets: the history keeps them.',
        fr: 'Ajoutez-le à .gitignore, retirez-le de l’index (git rm --cached), définissez plutôt des config vars et changez les secrets : l’historique les garde.',
      },
    },
    'not-deployed': {
      // The settings load: what is missing is missed by the first page.
      hop: 'http',
      text: {
        en: 'these values come from {file} alone, which is not on the dyno; config vars are not read here, so every one of them is missing',
        fr: 'ces valeurs ne viennent que de {file}, qui n’est pas sur le dyno ; les config vars ne sont pas lues ici, elles manquent donc toutes',
      },
      help: {
        en: 'Use load_dotenv() and os.environ, or merge: {**dotenv_values(".env"), **os.environ}.',
        fr: 'Utilisez load_dotenv() et os.environ, ou fusionnez : {**dotenv_values(".env"), **os.environ}.',
      },
      fix: { safety: 'safe', en: 'Read the config vars too', fr: 'Lire aussi les config vars' },
    },
  },
  check(app, report) {
    for (const { kind, at, file, names, edits } of envFileFaults(app)) {
      const found = { at, data: { file, names: names.join(', ') }, symbol: file }
      if (kind === 'committed') report(kind, found)
      else report(kind, { ...found, data: { file }, edits })
    }
  },
})
