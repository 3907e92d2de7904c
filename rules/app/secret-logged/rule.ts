import { rule } from '../../../src/engine/rule.ts'
import { loggedSecrets } from './logged.ts'

export default rule({
  id: 'app/secret-logged',
  hop: 'safety',
  severity: 'warning',
  security: 'all',
  summary: {
    en: 'A secret is printed or logged',
    fr: 'Un secret est affiché ou journalisé',
  },
  messages: {
    password: {
      text: {
        en: 'this writes the password of {variable} to the log, where everyone who may read the app’s logs sees it, and every log drain',
        fr: 'ceci écrit le mot de passe de {variable} dans le journal, que voient tous ceux qui peuvent lire les journaux de l’application, et chaque drain',
      },
      help: {
        en: 'Log the host alone (`urlsplit(url).hostname`), or nothing. A password that has been in a log should be changed.',
        fr: 'N’écrivez que l’hôte (`urlsplit(url).hostname`), ou rien. Un mot de passe passé dans un journal devrait être changé.',
      },
    },
    value: {
      text: {
        en: 'this writes the value of {variable} to the log, where everyone who may read the app’s logs sees it, and every log drain',
        fr: 'ceci écrit la valeur de {variable} dans le journal, que voient tous ceux qui peuvent lire les journaux de l’application, et chaque drain',
      },
      help: {
        en: 'Say whether it is set, not what it is. A secret that has been in a log should be changed.',
        fr: 'Dites s’il est défini, pas ce qu’il vaut. Un secret passé dans un journal devrait être changé.',
      },
    },
    environment: {
      text: {
        en: 'this writes every config var to the log, passwords of the add-ons and keys among them, where everyone who may read the app’s logs sees them, and every log drain',
        fr: 'ceci écrit toutes les variables de configuration dans le journal, mots de passe des add-ons et clés compris, que voient tous ceux qui peuvent lire les journaux de l’application, et chaque drain',
      },
      help: {
        en: 'Log the names that are set, `sorted(os.environ)`, or nothing. Passwords and keys that have been in a log should be changed.',
        fr: 'N’écrivez que les noms définis, `sorted(os.environ)`, ou rien. Les mots de passe et clés passés dans un journal devraient être changés.',
      },
    },
  },
  check(app, report) {
    for (const { kind, at, variable, when, chain } of loggedSecrets(app)) {
      const related = chain.slice(-1).map((place) => ({
        at: place,
        message: { en: 'imported here', fr: 'importé ici' },
      }))
      report(kind, { at, data: { variable }, related, when, symbol: variable === '' ? 'os.environ' : variable })
    }
  },
})
