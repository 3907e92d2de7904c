import { rule } from '../../../src/engine/rule.ts'
import { literalSecrets, writtenSecrets } from './secrets.ts'

export default rule({
  id: 'app/secret-in-source',
  hop: 'safety',
  severity: 'error',
  security: 'all',
  summary: {
    en: 'A secret is written in a file of the repository',
    fr: 'Un secret figure dans un fichier du dépôt',
  },
  messages: {
    url: {
      text: {
        en: 'this URL ({name}) holds a password, which everyone with access to the repository can read',
        fr: 'cette URL ({name}) contient un mot de passe, que peut lire quiconque a accès au dépôt',
      },
      help: {
        en: 'Move it to a config var (`heroku config:set`), and change the password: the history of the repository keeps it.',
        fr: 'Déplacez-la dans une config var (`heroku config:set`), et changez le mot de passe : l’historique du dépôt le garde.',
      },
    },
    key: {
      text: {
        en: 'this is a private key, which everyone with access to the repository can read',
        fr: 'ceci est une clé privée, que peut lire quiconque a accès au dépôt',
      },
      help: {
        en: 'Move it to a config var, and make a new key: the history of the repository keeps this one.',
        fr: 'Déplacez-la dans une config var, et créez une nouvelle clé : l’historique du dépôt garde celle-ci.',
      },
    },
    literal: {
      severity: 'warning',
      text: {
        en: '{name} is written in the source code, and the dyno uses this value',
        fr: '{name} est écrit en clair dans le code source, et le dyno utilise cette valeur',
      },
      help: {
        en: 'Read it from a config var: os.environ["…"].',
        fr: 'Lisez-le dans une config var : os.environ["…"].',
      },
    },
  },
  check(app, report) {
    const written = writtenSecrets(app)
    for (const { kind, at, name } of written) report(kind, { at, data: { name }, symbol: name })
    for (const { at, name, when } of literalSecrets(app)) {
      if (
        written.some(
          (one) => one.at.file === at.file && one.at.span.start >= at.span.start && one.at.span.end <= at.span.end,
        )
      )
        continue
      report('literal', { at, data: { name }, when, symbol: name })
    }
  },
})
